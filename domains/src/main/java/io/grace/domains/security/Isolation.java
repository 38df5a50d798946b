package io.grace.domains.security;

import io.grace.core.spi.ActionProvider.Result;
import io.grace.domains.security.QuarantineList.Entry;
import io.grace.domains.security.Subject.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Isolates and releases for real: the list that the door asks, the network policy, and the
/// declared processes. *Thread-safe.*
final class Isolation {
  private final QuarantineList list;
  private final Optional<NetworkPolicy> policy;
  private final Map<String, DeclaredProcess> processes;

  Isolation(
      QuarantineList list, Optional<NetworkPolicy> policy, Map<String, DeclaredProcess> processes) {
    this.list = list;
    this.policy = policy;
    this.processes = Map.copyOf(processes);
  }

  /// Whether there is a way to isolate it.
  boolean canIsolate(Subject subject) {
    return subject.kind() != Kind.PROCESS || processes.containsKey(subject.value());
  }

  /// The list first: it is durable, and whoever it names is kept out from then on.
  Result isolate(List<Entry> wanted) throws InterruptedException {
    List<Entry> fresh;
    try {
      fresh = list.hold(wanted);
    } catch (IOException e) {
      return new Result.Failed("nobody was isolated: " + e.getMessage(), false);
    }
    List<String> troubles = new ArrayList<>();
    for (Entry entry : fresh) {
      enforce(entry.subject()).ifPresent(troubles::add);
    }
    return told("isolated", fresh, troubles);
  }

  /// The world first, the list last: what could not be released stays on it and can be tried again.
  Result release(Predicate<Entry> fits) throws InterruptedException {
    List<Entry> wanted = list.entries().stream().filter(fits).toList();
    List<Entry> gone = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    for (Entry entry : wanted) {
      Optional<String> trouble = relax(entry.subject());
      trouble.ifPresentOrElse(troubles::add, () -> gone.add(entry));
    }
    try {
      list.release(gone::contains);
    } catch (IOException e) {
      return new Result.Unknown("released, but the list could not be written: " + e.getMessage());
    }
    return told("released", gone, troubles);
  }

  private static Result told(String did, List<Entry> entries, List<String> troubles) {
    String detail =
        did
            + " "
            + entries.size()
            + (entries.isEmpty() ? "" : ": " + shown(entries))
            + (troubles.isEmpty() ? "" : "; " + String.join("; ", troubles));
    String cut = detail.length() > 500 ? detail.substring(0, 500) + "…" : detail;
    return troubles.isEmpty() ? new Result.Done(cut) : new Result.Unknown(cut);
  }

  private static String shown(List<Entry> entries) {
    return String.join(
        ", ", entries.stream().limit(5).map(entry -> entry.subject().toString()).toList());
  }

  private Optional<String> enforce(Subject subject) throws InterruptedException {
    return switch (subject.kind()) {
      case CALLER, NETWORK -> policy.isPresent() ? policy.get().block(subject) : Optional.empty();
      case TOKEN -> Optional.empty();
      case PROCESS -> {
        var process = processes.get(subject.value());
        yield process == null ? Optional.of("no such process is declared") : process.stop();
      }
    };
  }

  private Optional<String> relax(Subject subject) throws InterruptedException {
    return switch (subject.kind()) {
      case CALLER, NETWORK -> policy.isPresent() ? policy.get().release(subject) : Optional.empty();
      case TOKEN -> Optional.empty();
      case PROCESS -> {
        var process = processes.get(subject.value());
        yield process == null ? Optional.of("no such process is declared") : process.startAgain();
      }
    };
  }
}
