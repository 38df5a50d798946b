package io.grace.cli.log;

/// An entry as it was found, not yet believed; texts are UTF-8 bytes, since that is what is hashed.
///
/// @param previous what should be 64 hexadecimal digits
/// @param hash likewise
@SuppressWarnings("ArrayRecordComponent") // millions are read, none is compared as a record
public record RawEntry(
    long index,
    long epoch,
    long atMicros,
    byte[] actor,
    byte[] kind,
    byte[] subject,
    byte[] payload,
    byte[] previous,
    byte[] hash) {}
