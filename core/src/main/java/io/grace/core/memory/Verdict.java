package io.grace.core.memory;

import io.grace.core.model.Receipt;
import java.util.List;

/// What the policy says to a request, with the receipt of every rule. *Immutable.*
public sealed interface Verdict {
  List<Receipt> receipts();

  record Granted(Grant grant, List<Receipt> receipts) implements Verdict {
    public Granted {
      receipts = List.copyOf(receipts);
    }
  }

  /// @param rule the one that kept back what had passed the most others
  record Denied(String rule, String why, List<Receipt> receipts) implements Verdict {
    public Denied {
      receipts = List.copyOf(receipts);
    }
  }
}
