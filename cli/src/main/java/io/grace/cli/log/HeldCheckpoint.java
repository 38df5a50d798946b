package io.grace.cli.log;

/// A checkpoint that someone kept outside of the journal: the proof against a cut tail.
public record HeldCheckpoint(String journalId, RawCheckpoint checkpoint) {}
