-- Photos that a device has sent. They stay its own until a report takes them, and expire if none does.

CREATE TABLE photos (
    id          BLOB    PRIMARY KEY,
    -- Who may put it on a report, and read it until then.
    device      INTEGER NOT NULL REFERENCES devices (id),
    -- Of the bytes as they came, which are not kept.
    body_hash   BLOB    NOT NULL,
    -- Under what its two sizes lie in the photos' folder or bucket.
    object      BLOB    NOT NULL UNIQUE,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    -- When it was last sent.
    sent_at     INTEGER NOT NULL,
    report      BLOB REFERENCES reports (id),
    -- Its place among the report's own photos; null for one that was added to it as evidence.
    place       INTEGER,
    -- When an officer accepted it as evidence, which makes it public.
    accepted_at INTEGER
) STRICT;

CREATE INDEX photos_by_report ON photos (report, place) WHERE report IS NOT NULL;
CREATE INDEX photos_unattached ON photos (sent_at) WHERE report IS NULL;

-- Ids are bytes here as everywhere. No update has a photo yet.
ALTER TABLE updates DROP COLUMN photo;
ALTER TABLE updates ADD COLUMN photo BLOB REFERENCES photos (id);
