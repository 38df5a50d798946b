package io.grace.core.govern;

import io.grace.core.model.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the gate says, with what every rule said. *Immutable.*
public sealed interface Verdict {
  List<Receipt> receipts();

  /// One sentence for people.
  String reason();

  /// What follows from it, or would in the mode above observe.
  default String would() {
    return switch (this) {
      case Allowed _ -> "would act";
      case NeedsApproval v -> "would ask: " + v.reason();
      case Deferred v -> "would wait: " + v.reason();
      case Denied v -> "would not act: " + v.reason();
    };
  }

  record Allowed(List<Receipt> receipts) implements Verdict {
    @Override
    public String reason() {
      return "every rule agrees";
    }
  }

  record NeedsApproval(List<Receipt> receipts, String reason) implements Verdict {}

  /// Not now.
  ///
  /// @param until when it opens; empty if that is up to people, such as the kill switch
  record Deferred(List<Receipt> receipts, String reason, Optional<Instant> until)
      implements Verdict {}

  /// @param rule the first rule that denied
  record Denied(List<Receipt> receipts, String rule, String reason) implements Verdict {}
}
