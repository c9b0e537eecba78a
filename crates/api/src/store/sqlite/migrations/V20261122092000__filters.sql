-- What lists are filtered by. One index a filter, not one a filter and order: where a filter matches few reports, they
-- are ordered on the spot; where it matches many, the index of the order meets them soon. The creation time makes
-- each of them an order of its own for the list that is asked for most, the newest of one government. No support
-- and no answer touches them but the status, which changes a few times in a report's life.

CREATE INDEX reports_by_jurisdiction ON reports (jurisdiction, created_at, id) WHERE visibility <> 'private';
CREATE INDEX reports_by_category     ON reports (category, created_at, id)     WHERE visibility <> 'private';
CREATE INDEX reports_by_status       ON reports (status, created_at, id)       WHERE visibility <> 'private';
