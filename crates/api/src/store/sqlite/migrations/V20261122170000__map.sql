-- What a map needs of all reports at once, and what has changed of it since it was read.

-- Everything but the supports, in the order a map keeps it. The visibility is in it, although it says nothing here:
-- without it SQLite looks each row up in the table, which is ten times as much to read.
CREATE INDEX reports_on_map ON reports (cell, id, category, status, status_since, created_at, visibility)
    WHERE visibility <> 'private';

-- The supports, by an index that there was already and that each support has to change anyway; again with the
-- visibility.
DROP INDEX reports_by_supports;
CREATE INDEX reports_by_supports ON reports (supports, id, visibility) WHERE visibility <> 'private';

-- One row for each change of what a map shows, written by triggers: whatever writes, in whatever process, cannot
-- forget it. A number is one more than the largest there is, so the newest row is never deleted, or its number would
-- be given again.
CREATE TABLE changes (
    rev    INTEGER PRIMARY KEY,
    report BLOB    NOT NULL
) STRICT;

CREATE TRIGGER report_added AFTER INSERT ON reports WHEN NEW.visibility <> 'private'
BEGIN
    INSERT INTO changes (report) VALUES (NEW.id);
END;

-- Also one that became private, so that it is taken off the maps.
CREATE TRIGGER report_changed
    AFTER UPDATE OF category, cell, visibility, status, status_since, supports, created_at ON reports
    WHEN OLD.visibility <> 'private' OR NEW.visibility <> 'private'
BEGIN
    INSERT INTO changes (report) VALUES (NEW.id);
END;

CREATE TRIGGER report_removed AFTER DELETE ON reports WHEN OLD.visibility <> 'private'
BEGIN
    INSERT INTO changes (report) VALUES (OLD.id);
END;
