-- One kind of problem in one government is what the portal's list asks for most. Either filter alone may match
-- hundreds of thousands of reports where both match a handful.

CREATE INDEX reports_by_jurisdiction_and_category ON reports (jurisdiction, category, created_at, id)
    WHERE visibility <> 'private';
