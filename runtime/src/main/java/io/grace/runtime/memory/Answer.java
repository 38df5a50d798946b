package io.grace.runtime.memory;

import io.grace.core.model.Hash;
import io.grace.core.model.Receipt;
import java.util.List;

/// What whoever turns to the broker gets to know. *Immutable.*
public sealed interface Answer {
  /// Memories; the grant is in the journal.
  record Recalled(Signed<Told> told) implements Answer {}

  /// It is kept; that it is, is in the journal.
  record Kept(Hash memory) implements Answer {}

  /// They are gone; the proof's hash is in the journal.
  record Forgot(Signed<ForgetProof> proof) implements Answer {}

  /// The policy says no, and the journal says that it did.
  record Refused(String rule, String why, List<Receipt> receipts) implements Answer {
    public Refused {
      receipts = List.copyOf(receipts);
    }
  }

  /// It cannot be done now; nothing was handed out.
  record Unavailable(String why) implements Answer {}
}
