-- What was learnt of the sources, run by run: an assessment as known on a day uses the newest run of that day or before.

CREATE TABLE learning_runs (
    id     INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    known  TEXT NOT NULL,            -- the run saw what had been reported by this day
    claims INTEGER NOT NULL          -- how many claims it saw
) STRICT;
CREATE INDEX learning_runs_known ON learning_runs (known, id);

CREATE TABLE learnt (
    run      INTEGER NOT NULL REFERENCES learning_runs (id),
    source   TEXT NOT NULL,           -- key of the root source
    name     TEXT NOT NULL,
    kind     TEXT,
    stake    TEXT NOT NULL CHECK (stake IN ('neutral', 'gain', 'loss', 'denial')),
    month    TEXT,                    -- first day of the month; null for all days together
    believed REAL NOT NULL,           -- chance that what it says of who holds a place is so
    weight   REAL NOT NULL            -- claims observed
) STRICT;
CREATE INDEX learnt_run ON learnt (run, source, stake);

CREATE TRIGGER learning_runs_never_change BEFORE UPDATE ON learning_runs BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: learning runs never change'); END;
CREATE TRIGGER learning_runs_never_go BEFORE DELETE ON learning_runs BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: learning runs are never deleted'); END;
CREATE TRIGGER learnt_never_changes BEFORE UPDATE ON learnt BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: what was learnt never changes'); END;
-- But for a source that nothing names any more since a report was forgotten.
CREATE TRIGGER learnt_never_goes BEFORE DELETE ON learnt
    WHEN NOT EXISTS (SELECT 1 FROM tombstones)
         OR EXISTS (SELECT 1 FROM names WHERE what = 'actor' AND name = old.name) OR EXISTS (SELECT 1 FROM reports WHERE source = old.name)
    BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: what was learnt is never deleted'); END;

-- How far each source is believed by the newest run, all its days together.
CREATE VIEW v_learnt AS
    SELECT l.name, l.kind, l.stake, round(l.believed, 2) AS believed, round(l.weight, 1) AS claims, l.source, r.known AS learnt_at
    FROM learnt l JOIN learning_runs r ON r.id = l.run
    WHERE l.month IS NULL AND l.run = (SELECT id FROM learning_runs ORDER BY known DESC, id DESC LIMIT 1)
    ORDER BY l.name, l.stake;
