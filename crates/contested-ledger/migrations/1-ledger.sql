-- The ledger's tables of record. Rows are only ever added; triggers refuse the rest.
-- Days are text as YYYY-MM-DD, instants text as RFC 3339 in UTC.

-- "ctst": tells a ledger from other SQLite files. Set with the tables or not at all.
PRAGMA application_id = 1668576116;

CREATE TABLE reports (
    id        INTEGER PRIMARY KEY,
    digest    TEXT NOT NULL UNIQUE,  -- of the text and of all that its container said of it: the same report twice has one digest
    hash      TEXT NOT NULL,         -- of the text alone: copies share it
    report_id TEXT,                  -- the id that came with the report
    source    TEXT,
    published TEXT,
    title     TEXT,
    url       TEXT,
    text      TEXT NOT NULL,
    other     TEXT NOT NULL,         -- JSON: keys of the container that mean nothing to us
    added_at  TEXT NOT NULL,
    known     TEXT NOT NULL          -- reported time: day of publication, else the day of adding
) STRICT;
CREATE INDEX reports_hash ON reports (hash);
CREATE INDEX reports_known ON reports (known);

-- One run of one extractor over one report. Several stand side by side; the newest is current.
CREATE TABLE extractions (
    id        INTEGER PRIMARY KEY,
    report    INTEGER NOT NULL REFERENCES reports (id),
    version   TEXT NOT NULL,
    model     TEXT NOT NULL,
    knowledge TEXT NOT NULL,
    added_at  TEXT NOT NULL,
    UNIQUE (report, version, model, knowledge)
) STRICT;

CREATE TABLE claims (
    id         INTEGER PRIMARY KEY,
    claim      TEXT NOT NULL,         -- c1:…
    key        TEXT NOT NULL,         -- k1:…, stable across extractors
    extraction INTEGER NOT NULL REFERENCES extractions (id),
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
    json       TEXT NOT NULL,         -- the whole record
    UNIQUE (extraction, claim)
) STRICT;
CREATE INDEX claims_claim ON claims (claim);
CREATE INDEX claims_key ON claims (key);
CREATE INDEX claims_type ON claims (type, day);
CREATE INDEX claims_day ON claims (day);
CREATE INDEX claims_known ON claims (known);

CREATE TABLE claim_places (
    claim    INTEGER NOT NULL REFERENCES claims (id),
    place    TEXT NOT NULL,           -- id, or `name:` and the lower-cased name where none was found
    name     TEXT NOT NULL,
    lat      REAL,
    lon      REAL,
    country  TEXT,
    relation TEXT NOT NULL
) STRICT;
CREATE INDEX claim_places_place ON claim_places (place, claim);
CREATE INDEX claim_places_claim ON claim_places (claim);
CREATE INDEX claim_places_name ON claim_places (name COLLATE NOCASE);

CREATE TABLE claim_actors (
    claim INTEGER NOT NULL REFERENCES claims (id),
    role  TEXT NOT NULL CHECK (role IN ('agent', 'target', 'source')),
    actor TEXT NOT NULL,              -- id, or `name:` and the lower-cased name
    name  TEXT NOT NULL
) STRICT;
CREATE INDEX claim_actors_actor ON claim_actors (actor, claim);
CREATE INDEX claim_actors_claim ON claim_actors (claim);
CREATE INDEX claim_actors_name ON claim_actors (name COLLATE NOCASE);

CREATE TABLE disputes (
    id         INTEGER PRIMARY KEY,
    dispute    TEXT NOT NULL,         -- d1:…
    extraction INTEGER NOT NULL REFERENCES extractions (id),
    question   TEXT NOT NULL,
    json       TEXT NOT NULL,
    UNIQUE (extraction, dispute)
) STRICT;

CREATE VIRTUAL TABLE report_words USING fts5 (title, text, content = 'reports', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claim_words USING fts5 (quote, content = 'claims', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER reports_words AFTER INSERT ON reports BEGIN
    INSERT INTO report_words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER claims_words AFTER INSERT ON claims BEGIN
    INSERT INTO claim_words (rowid, quote) VALUES (new.id, new.quote);
END;

CREATE TRIGGER reports_never_change BEFORE UPDATE ON reports BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: reports never change'); END;
CREATE TRIGGER reports_never_go BEFORE DELETE ON reports BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: reports are never deleted'); END;
CREATE TRIGGER extractions_never_change BEFORE UPDATE ON extractions BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: extractions never change'); END;
CREATE TRIGGER extractions_never_go BEFORE DELETE ON extractions BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: extractions are never deleted'); END;
CREATE TRIGGER claims_never_change BEFORE UPDATE ON claims BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: claims never change'); END;
CREATE TRIGGER claims_never_go BEFORE DELETE ON claims BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: claims are never deleted'); END;
CREATE TRIGGER claim_places_never_change BEFORE UPDATE ON claim_places BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: places of claims never change'); END;
CREATE TRIGGER claim_places_never_go BEFORE DELETE ON claim_places BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: places of claims are never deleted'); END;
CREATE TRIGGER claim_actors_never_change BEFORE UPDATE ON claim_actors BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: actors of claims never change'); END;
CREATE TRIGGER claim_actors_never_go BEFORE DELETE ON claim_actors BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: actors of claims are never deleted'); END;
CREATE TRIGGER disputes_never_change BEFORE UPDATE ON disputes BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: disputes never change'); END;
CREATE TRIGGER disputes_never_go BEFORE DELETE ON disputes BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: disputes are never deleted'); END;

-- For people with a SQLite shell. Views may change with a version; the tables above are what programs may rely on.
CREATE VIEW v_current AS
    SELECT max(id) AS extraction, report FROM extractions GROUP BY report;

CREATE VIEW v_claims AS
    SELECT c.claim, c.day, c.first_day, c.last_day, c.known, c.kind, c.type, c.polarity, c.certainty,
           (SELECT group_concat(name, '; ') FROM claim_actors WHERE claim = c.id AND role = 'agent') AS agents,
           (SELECT group_concat(name, '; ') FROM claim_actors WHERE claim = c.id AND role = 'target') AS targets,
           (SELECT group_concat(name, '; ') FROM claim_places WHERE claim = c.id) AS places,
           c.root, r.source AS outlet, r.published, c.quote
    FROM claims c JOIN v_current v ON v.extraction = c.extraction JOIN reports r ON r.id = v.report;

CREATE VIEW v_control AS
    SELECT p.name AS place, p.place AS place_id, c.day, c.known, c.type, c.polarity, c.certainty,
           json_extract(c.json, '$.extent') AS extent,
           (SELECT group_concat(name, '; ') FROM claim_actors WHERE claim = c.id AND role = 'agent') AS agents,
           (SELECT group_concat(name, '; ') FROM claim_actors WHERE claim = c.id AND role = 'target') AS targets,
           c.root, r.source AS outlet, c.quote
    FROM claims c JOIN v_current v ON v.extraction = c.extraction JOIN reports r ON r.id = v.report JOIN claim_places p ON p.claim = c.id
    WHERE c.type IN ('seize', 'retreat', 'holds', 'contests', 'clash', 'siege', 'repel')
    ORDER BY p.name, c.day, c.id;

CREATE VIEW v_disputes AS
    SELECT d.dispute, d.question, json_extract(d.json, '$.dispute.about') AS about, s.key AS side, c.claim, c.day, c.type, c.polarity,
           c.root, r.source AS outlet, c.quote
    FROM disputes d JOIN v_current v ON v.extraction = d.extraction JOIN reports r ON r.id = v.report,
         json_each(d.json, '$.dispute.sides') AS s, json_each(s.value) AS m
    JOIN claims c ON c.claim = m.value AND c.extraction = d.extraction
    ORDER BY d.id, s.key, c.id;
