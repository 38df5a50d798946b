package io.grace.runtime.journal;

/// What an export wrote.
public record ExportSummary(String journalId, long entries, long checkpoints) {}
