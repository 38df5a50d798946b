package io.grace.core.loop;

import io.grace.core.memory.Credential;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Forgetting;
import io.grace.core.memory.Grant;
import io.grace.core.memory.Memory;
import io.grace.core.memory.Recall;
import io.grace.core.model.Hash;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What the memory broker wants recorded before it goes on. *Immutable.*
public sealed interface MemoryCommand {
  /// @param found what is about to be handed out; empty if the broker expects a refusal
  record Tell(Recall recall, Optional<Found> found) implements MemoryCommand {}

  /// What a search came to.
  ///
  /// @param under what was searched; the loop must still grant it
  /// @param answer the hash of the memories, in their order
  record Found(
      Grant under,
      int considered,
      SortedMap<DomainId, Integer> given,
      int restricted,
      Hash answer) {}

  /// A domain remembers something of its own.
  record Remember(Credential who, Memory memory) implements MemoryCommand {
    public Remember {
      if (who.domain() != memory.cell().owner()) {
        throw new IllegalArgumentException(
            who.domain() + " cannot remember for " + memory.cell().owner());
      }
    }
  }

  /// A domain wants memories of its own forgotten.
  record Forget(Credential who, List<Hash> memories, String reason) implements MemoryCommand {
    public Forget {
      memories = Forgetting.checked(memories);
    }
  }

  /// The broker itself has to refuse, for a reason that the journal alone does not show.
  ///
  /// @param subject the hash of what was asked for
  record Refuse(Credential who, Hash subject, String rule, String why) implements MemoryCommand {}

  /// What expired is to be forgotten; nobody asked for it and no quota counts it.
  record Expire(DomainId domain, List<Hash> memories) implements MemoryCommand {
    public Expire {
      memories = Forgetting.checked(memories);
    }
  }

  /// What is being forgotten is gone.
  record Forgotten(Hash request, int removed, Hash proof) implements MemoryCommand {}

  /// A person says how far a domain is trusted.
  record Trust(DomainId domain, double trust, String by, String reason) implements MemoryCommand {
    public Trust {
      if (!(trust >= 0 && trust <= 1)) {
        throw new IllegalArgumentException("trust must be in [0, 1]: " + trust);
      }
    }
  }
}
