-- What devices say against reports, for whoever looks into it; never public.

CREATE TABLE flags (
    report BLOB    NOT NULL REFERENCES reports (id),
    device INTEGER NOT NULL REFERENCES devices (id),
    reason TEXT    NOT NULL,
    note   TEXT,
    at     INTEGER NOT NULL,
    PRIMARY KEY (report, device)
) STRICT, WITHOUT ROWID;
