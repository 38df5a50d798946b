package io.grace.cli.log;

/// A checkpoint as it was found, not yet believed.
///
/// @param signature base64 of 64 bytes
public record RawCheckpoint(
    long size, String head, long atMicros, String keyId, String signature) {}
