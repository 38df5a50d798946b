package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.core.model.Report;
import io.grace.runtime.loop.Reply.Receipt;
import java.util.List;
import java.util.Optional;

/// Hands reports to the loop and waits until what is news of them is durable.
final class Receipts {
  private Receipts() {}

  /// @throws Refusal if they must be sent again
  static void require(Backend backend, List<Report> reports) {
    Optional<Receipt> receipt;
    try {
      receipt = backend.report(reports);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw IngestApi.overloaded("GRACE is stopping");
    }
    if (receipt.isEmpty()) {
      throw IngestApi.overloaded("GRACE did not record it in time");
    }
    switch (receipt.get()) {
      case Receipt.Taken(long refused) -> {
        if (refused > 0) {
          throw IngestApi.overloaded(refused + " alerts found no room: too many are on at once");
        }
      }
      case Receipt.NotRecorded(String reason) -> throw IngestApi.overloaded(reason);
    }
  }
}
