-- What is asked about runs and incidents; made of the journal's entries in the same transaction.
CREATE TABLE run (
  id           TEXT NOT NULL PRIMARY KEY,
  service      TEXT NOT NULL,
  playbook     TEXT NOT NULL,
  diagnosis    TEXT NOT NULL,
  incident     TEXT NOT NULL,
  phase        TEXT NOT NULL,
  acted        BIGINT NOT NULL,
  reason       TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  proposed_us  BIGINT NOT NULL,
  ended_us     BIGINT,
  first_index  BIGINT NOT NULL,
  last_index   BIGINT NOT NULL,
  proposal     TEXT NOT NULL
);
CREATE INDEX run_by_service ON run (service, proposed_us);
CREATE INDEX run_by_end ON run (ended_us);

CREATE TABLE incident (
  id          TEXT NOT NULL PRIMARY KEY,
  service     TEXT NOT NULL,
  severity    TEXT NOT NULL,
  state       TEXT NOT NULL,
  opened_us   BIGINT NOT NULL,
  resolved_us BIGINT,
  recovery    TEXT,
  diagnosis   TEXT,
  reason      TEXT,
  first_index BIGINT NOT NULL,
  last_index  BIGINT NOT NULL
);
CREATE INDEX incident_by_time ON incident (opened_us);
