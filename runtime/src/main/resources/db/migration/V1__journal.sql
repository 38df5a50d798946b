-- The journal and what belongs to it. Times are microseconds UTC; JSON and hashes are TEXT.
-- ${rowkey} is BIGINT, but INTEGER on SQLite: only that spelling makes the key the table's own order
-- there (64 bits as well), which spares a second B-tree on the busiest table.
CREATE TABLE entry (
  idx      ${rowkey} NOT NULL PRIMARY KEY,
  epoch    BIGINT NOT NULL,
  at_us    BIGINT NOT NULL,
  actor    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  subject  TEXT NOT NULL,
  payload  TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash     TEXT NOT NULL
);

-- One row: who may write. Every write renews it under its own epoch, or is fenced off.
CREATE TABLE lease (
  id         ${rowkey} NOT NULL PRIMARY KEY CHECK (id = 1),
  epoch      BIGINT NOT NULL,
  holder     TEXT NOT NULL,
  expires_us BIGINT NOT NULL
);
INSERT INTO lease (id, epoch, holder, expires_us) VALUES (1, 0, 'nobody', 0);

CREATE TABLE checkpoint (
  size      ${rowkey} NOT NULL PRIMARY KEY,
  head      TEXT NOT NULL,
  at_us     BIGINT NOT NULL,
  key_id    TEXT NOT NULL,
  signature TEXT NOT NULL
);

-- Which key signs from which entry on. For the writer only: the verifier reads the entries themselves.
CREATE TABLE signing_key (
  from_index ${rowkey} NOT NULL PRIMARY KEY,
  key_id     TEXT NOT NULL,
  public_key TEXT NOT NULL
);

-- The folded state, gzip in base64, so that a start need not replay everything.
CREATE TABLE state_snapshot (
  size   ${rowkey} NOT NULL PRIMARY KEY,
  head   TEXT NOT NULL,
  at_us  BIGINT NOT NULL,
  format BIGINT NOT NULL,
  body   TEXT NOT NULL,
  hash   TEXT NOT NULL
);

-- The last epoch in which a projection took part. One that missed an epoch is rebuilt at the next start.
CREATE TABLE projection (
  name    TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  epoch   BIGINT NOT NULL
);
