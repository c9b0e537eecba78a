-- Who has joined the Smart Citizen declaration: one row a device, so that none can count twice. When is nobody's business.

CREATE TABLE declarations (
    device   INTEGER PRIMARY KEY REFERENCES devices (id),
    -- Kemendagri's code of two digits.
    province TEXT    NOT NULL
) STRICT;

-- The counts are made of this alone, in the order it has.
CREATE INDEX declarations_by_province ON declarations (province);
