-- What people decide, which reports are copies or revisions of others, and what had to be forgotten. The tables of layout 1 are written anew with
-- the columns that this needs; their rows stay what they were.

DROP VIEW v_disputes; DROP VIEW v_control; DROP VIEW v_claims; DROP VIEW v_current;
DROP TRIGGER reports_never_change; DROP TRIGGER reports_never_go;
DROP TRIGGER extractions_never_change; DROP TRIGGER extractions_never_go;
DROP TRIGGER disputes_never_change; DROP TRIGGER disputes_never_go;
DROP TRIGGER claims_words;

-- Digest of the page's address without scheme, advertisers' marks and the like: versions of one page share it.
ALTER TABLE reports ADD COLUMN address TEXT;
CREATE INDEX reports_address ON reports (address, known, id) WHERE address IS NOT NULL;

-- A report that is, for the most part, the words of an earlier one: it is told, but it is no second telling.
CREATE TABLE copies (
    report   INTEGER NOT NULL REFERENCES reports (id),
    original INTEGER NOT NULL REFERENCES reports (id),
    share    REAL NOT NULL,           -- of the copy's runs of four words that stand in the original
    added_at TEXT NOT NULL,
    PRIMARY KEY (report, original)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_original ON copies (original);

-- Marks by which copies are found (an index, no record): a sample of the report's runs of four words, hashed.
CREATE TABLE report_marks (
    mark   INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (mark, report)
) STRICT, WITHOUT ROWID;

-- Reports whose text had to go. The row in `reports` stays, with its words blank.
CREATE TABLE tombstones (
    report INTEGER PRIMARY KEY REFERENCES reports (id),
    at     TEXT NOT NULL,
    by     TEXT NOT NULL,
    why    TEXT NOT NULL,
    claims INTEGER NOT NULL          -- how many claims went with it
) STRICT;

-- What people decided: by whom, when, why. A decision is taken back by another one.
CREATE TABLE decisions (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    known   TEXT NOT NULL,           -- day from which it counts for --known-at
    by      TEXT NOT NULL,
    why     TEXT NOT NULL,
    action  TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'correct', 'merge', 'split', 'withdraw')),
    what    TEXT NOT NULL CHECK (what IN ('claim', 'actor', 'place', 'event', 'decision')),
    subject TEXT NOT NULL,           -- key of a claim, id of an actor or place, number of a decision
    field   TEXT,
    value   TEXT,                    -- JSON
    judged  TEXT                     -- id of the claim as it read when it was decided on
) STRICT;
CREATE INDEX decisions_subject ON decisions (subject, what);

DROP TABLE claim_words;
ALTER TABLE claims RENAME TO old_claims;
ALTER TABLE claim_places RENAME TO old_claim_places;
ALTER TABLE claim_actors RENAME TO old_claim_actors;
DROP INDEX claims_claim; DROP INDEX claims_key; DROP INDEX claims_type; DROP INDEX claims_day; DROP INDEX claims_known;
DROP INDEX claim_places_place; DROP INDEX claim_places_claim; DROP INDEX claim_places_name;
DROP INDEX claim_actors_actor; DROP INDEX claim_actors_claim; DROP INDEX claim_actors_name;

-- A row is a claim as an extractor told it, or as it reads from the day `decided` on, after what people decided. Old readings stay.
CREATE TABLE claims (
    id         INTEGER PRIMARY KEY,
    claim      TEXT NOT NULL,         -- c1:…
    key        TEXT NOT NULL,         -- k1:…, stable across extractors
    extraction INTEGER NOT NULL REFERENCES extractions (id),
    base       INTEGER,               -- row of the claim as extracted; null: this is it
    decided    TEXT,                  -- null: as extracted
    standing   TEXT NOT NULL DEFAULT 'machine' CHECK (standing IN ('machine', 'accepted', 'corrected', 'rejected')),
    kind       TEXT NOT NULL,
    type       TEXT NOT NULL,
    polarity   TEXT NOT NULL,
    certainty  TEXT NOT NULL,
    first_day  TEXT,                  -- stated time, null where none is
    last_day   TEXT,
    day        TEXT NOT NULL,         -- where it stands in valid time: last_day, first_day or known
    known      TEXT NOT NULL,
    root       TEXT NOT NULL,         -- who vouches: first of the attribution chain, or the outlet
    quote      TEXT NOT NULL,
    json       TEXT NOT NULL          -- the whole record
) STRICT;
INSERT INTO claims (id, claim, key, extraction, kind, type, polarity, certainty, first_day, last_day, day, known, root, quote, json)
    SELECT id, claim, key, extraction, kind, type, polarity, certainty, first_day, last_day, day, known, root, quote, json FROM old_claims;
CREATE INDEX claims_extraction ON claims (extraction);
CREATE INDEX claims_claim ON claims (claim);
CREATE INDEX claims_key ON claims (key, extraction);
CREATE INDEX claims_decided ON claims (key, extraction, decided) WHERE decided IS NOT NULL;
CREATE INDEX claims_type ON claims (type, day);
CREATE INDEX claims_day ON claims (day, known);

CREATE TABLE claim_places (
    id       INTEGER PRIMARY KEY,
    claim    INTEGER NOT NULL REFERENCES claims (id),
    place    TEXT NOT NULL,           -- id, or `name:` and the lower-cased name where none was found
    name     TEXT NOT NULL,
    lat      REAL,
    lon      REAL,
    country  TEXT,
    relation TEXT NOT NULL,
    day      TEXT NOT NULL,           -- of the claim
    known    TEXT NOT NULL            -- likewise
) STRICT;
INSERT INTO claim_places (claim, place, name, lat, lon, country, relation, day, known)
    SELECT p.claim, p.place, p.name, p.lat, p.lon, p.country, p.relation, c.day, c.known FROM old_claim_places p JOIN claims c ON c.id = p.claim;
CREATE INDEX claim_places_place ON claim_places (place, day, known, claim);
CREATE INDEX claim_places_claim ON claim_places (claim);
CREATE INDEX claim_places_country ON claim_places (country, day, known, claim) WHERE country IS NOT NULL;

CREATE TABLE claim_actors (
    id    INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claims (id),
    role  TEXT NOT NULL CHECK (role IN ('agent', 'target', 'source')),
    actor TEXT NOT NULL,              -- id, or `name:` and the lower-cased name
    name  TEXT NOT NULL
) STRICT;
INSERT INTO claim_actors (claim, role, actor, name) SELECT claim, role, actor, name FROM old_claim_actors;
CREATE INDEX claim_actors_actor ON claim_actors (actor, role, claim);
CREATE INDEX claim_actors_claim ON claim_actors (claim);

DROP TABLE old_claim_actors; DROP TABLE old_claim_places; DROP TABLE old_claims;

-- Which names stand for which places and actors.
CREATE TABLE names (
    what TEXT NOT NULL CHECK (what IN ('actor', 'place')),
    name TEXT NOT NULL COLLATE NOCASE,
    id   TEXT NOT NULL,
    PRIMARY KEY (what, name, id)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO names SELECT 'place', name, place FROM claim_places;
INSERT OR IGNORE INTO names SELECT 'actor', name, actor FROM claim_actors;

CREATE VIRTUAL TABLE claim_words USING fts5 (quote, content = 'claims', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO claim_words (claim_words) VALUES ('rebuild');
-- So that what is forgotten leaves no trace in the index.
INSERT INTO claim_words (claim_words, rank) VALUES ('secure-delete', 1);
INSERT INTO report_words (report_words, rank) VALUES ('secure-delete', 1);

-- Claims in space and time: `id` is that of claim_places, days count from 1970-01-01.
CREATE VIRTUAL TABLE claim_space USING rtree (id, min_lat, max_lat, min_lon, max_lon, min_day, max_day);
INSERT INTO claim_space
    SELECT id, lat, lat, lon, lon, unixepoch(day) / 86400, unixepoch(day) / 86400 FROM claim_places WHERE lat IS NOT NULL AND lon IS NOT NULL;
