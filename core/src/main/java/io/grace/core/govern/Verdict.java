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
