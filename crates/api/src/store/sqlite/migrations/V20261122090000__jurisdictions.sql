-- Governments that the operator has imported. Those of data/jurisdictions.json are not copied here: one of the same
-- code here stands in their place.

CREATE TABLE jurisdictions (
    code   TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    domain TEXT NOT NULL,
    lat    REAL NOT NULL,
    lng    REAL NOT NULL,
    west   REAL NOT NULL,
    south  REAL NOT NULL,
    east   REAL NOT NULL,
    north  REAL NOT NULL
) STRICT, WITHOUT ROWID;
