package io.grace.runtime.journal;

import io.grace.core.model.Hash;
import java.time.Instant;

/// A folded state as bytes, with the place in the chain up to which it was folded.
///
/// @param size the index of the last entry that is in it
/// @param head the hash of that entry
/// @param format what wrote the bytes; a reader that knows another one replays instead
/// @param bytes not copied: whoever gets them must not change them
@SuppressWarnings("ArrayRecordComponent") // a blob of megabytes that is written or read once
public record StateBlob(long size, Hash head, Instant at, int format, byte[] bytes) {}
