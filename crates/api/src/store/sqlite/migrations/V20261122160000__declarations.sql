-- Who has joined the Smart Citizen declaration: one row a device, so that none can count twice.

CREATE TABLE declarations (
    device   INTEGER PRIMARY KEY REFERENCES devices (id),
    -- Kemendagri's code of two digits.
    province TEXT    NOT NULL,
    at       INTEGER NOT NULL
) STRICT;

-- The counts are made of this alone, in the order it has.
CREATE INDEX declarations_by_province ON declarations (province);
