package io.grace.runtime.node;

import io.grace.runtime.domain.Ledger;
import io.grace.runtime.journal.JournalException;

/// The journal of a node, for its upkeep.
record NodeLedger(Node node) implements Ledger {
  @Override
  public long entries() {
    return node.store().head().index();
  }

  @Override
  public long entriesUnsaved() {
    return entries() - node.savedAt();
  }

  @Override
  public void saveState() {
    node.wantSave();
  }

  @Override
  public long logBytes() {
    return node.storage().logBytes();
  }

  @Override
  public boolean truncateLog() throws JournalException {
    return node.storage().truncateLog();
  }

  @Override
  public void rotateKey(String actor) throws JournalException {
    node.store().rotateKey(actor);
  }
}
