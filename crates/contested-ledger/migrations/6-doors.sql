-- What came in and was not read, and the notes of those who bring it in.

-- Extractions that read nothing of their report, and why. The report is kept; a later version may read it.
CREATE TABLE unread (
    extraction INTEGER PRIMARY KEY REFERENCES extractions (id),
    reason     TEXT NOT NULL CHECK (reason IN ('language')),
    detail     TEXT NOT NULL          -- the language, ISO 639-3
) STRICT;
CREATE TRIGGER unread_never_changes BEFORE UPDATE ON unread BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: what was not read never changes'); END;
CREATE TRIGGER unread_never_goes BEFORE DELETE ON unread BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: what was not read is never deleted'); END;

-- Pages of web archives that were passed over because they are in another language: where they lie. The archive keeps their text.
CREATE TABLE passed_pages (
    archive  TEXT NOT NULL,           -- path of the file
    offset   INTEGER NOT NULL,        -- of the page's record, or of the packed member that holds it
    url      TEXT NOT NULL,
    language TEXT NOT NULL,           -- ISO 639-3
    PRIMARY KEY (archive, offset, url)
) STRICT, WITHOUT ROWID;

-- Working notes, no record, and the only tables that change: how far a file was read by a run that has not ended yet …
CREATE TABLE places_reached (
    file    TEXT PRIMARY KEY,         -- its path
    content TEXT NOT NULL,            -- digest of its size, its beginning, and of who read it and how
    offset  INTEGER NOT NULL,
    records INTEGER NOT NULL,
    lines   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- … and what `contested watch` knows of a feed or a folder's file.
CREATE TABLE watched (
    what     TEXT PRIMARY KEY,        -- an address, or a path
    etag     TEXT,                    -- as the server gave it; of a file, size and time of change
    modified TEXT,                    -- Last-Modified as the server gave it
    asked_at TEXT NOT NULL,
    next_at  TEXT NOT NULL,           -- not to be asked before
    failures INTEGER NOT NULL,        -- in a row
    told     TEXT                     -- what went wrong last
) STRICT, WITHOUT ROWID;

-- Reports whose newest extraction did not read them.
CREATE VIEW v_unread AS
    SELECT r.id AS report, r.report_id, r.source AS outlet, r.published, r.title, r.url, u.reason, u.detail
    FROM unread u JOIN extractions e ON e.id = u.extraction JOIN reports r ON r.id = e.report
    WHERE e.id = (SELECT max(id) FROM extractions WHERE report = e.report);
