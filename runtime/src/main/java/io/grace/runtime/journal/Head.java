package io.grace.runtime.journal;

import io.grace.core.model.Hash;

/// The end of the chain: the index of the newest entry and its hash. *Immutable.*
///
/// @param index 0 in an empty journal, whose hash is then the genesis
public record Head(long index, Hash hash) {
  public Head {
    if (index < 0) {
      throw new IllegalArgumentException("head index must be 0 or more: " + index);
    }
  }
}
