-- Reports, who sent them (a device, never a person), and who supports them.
-- Times are milliseconds since 1970 in UTC; ids are the sixteen bytes of a UUIDv7.

CREATE TABLE devices (
    id         INTEGER PRIMARY KEY,
    token_hash BLOB    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE reports (
    id            BLOB    PRIMARY KEY,
    category      TEXT    NOT NULL,
    description   TEXT    NOT NULL,
    lat           REAL    NOT NULL,
    lng           REAL    NOT NULL,
    -- The place on a space-filling curve (crates/geo): what a view asks for is a few runs of it.
    cell          INTEGER NOT NULL,
    address       TEXT,
    attributes    TEXT    NOT NULL,
    visibility    TEXT    NOT NULL,
    name          TEXT,
    status        TEXT    NOT NULL,
    status_since  INTEGER NOT NULL,
    -- Always the number of this report's rows in supports, set in the transaction that changes them.
    supports      INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL,
    observed_at   INTEGER,
    updated_at    INTEGER NOT NULL,
    due_at        INTEGER,
    jurisdiction  TEXT    NOT NULL,
    agency        TEXT,
    source        TEXT,
    -- The source's own verdict on whether its promise was kept, word for word.
    source_ontime TEXT,
    demo          INTEGER NOT NULL,
    duplicate_of  BLOB,
    device        INTEGER REFERENCES devices (id),
    -- What was sent, so that the same again is told from something else under the same id.
    body_hash     BLOB    NOT NULL,
    secret_hash   BLOB
) STRICT;

-- Lists never hold private reports, so neither do the indexes that serve them.
CREATE INDEX reports_by_cell     ON reports (cell)               WHERE visibility <> 'private';
CREATE INDEX reports_by_created  ON reports (created_at, id)     WHERE visibility <> 'private';
CREATE INDEX reports_by_updated  ON reports (updated_at, id)     WHERE visibility <> 'private';
CREATE INDEX reports_by_supports ON reports (supports, id)       WHERE visibility <> 'private';

CREATE TABLE contacts (
    report BLOB PRIMARY KEY REFERENCES reports (id),
    email  TEXT,
    phone  TEXT
) STRICT;

CREATE TABLE updates (
    id     BLOB    PRIMARY KEY,
    report BLOB    NOT NULL REFERENCES reports (id),
    at     INTEGER NOT NULL,
    status TEXT,
    note   TEXT,
    photo  TEXT,
    agency TEXT
) STRICT;

CREATE INDEX updates_by_report ON updates (report, at);

CREATE TABLE supports (
    report BLOB    NOT NULL REFERENCES reports (id),
    device INTEGER NOT NULL REFERENCES devices (id),
    at     INTEGER NOT NULL,
    PRIMARY KEY (report, device)
) STRICT, WITHOUT ROWID;
