-- Lists in order of day, by place, actor, source, outlet and type, are read off their indexes, whatever the size of the ledger; and names know how
-- often they are told of. Tables of places and actors are written anew, with their rows as they were; every index is as narrow as it can be.

DROP VIEW v_disputes; DROP VIEW v_control; DROP VIEW v_claims;
DROP TRIGGER learnt_never_goes;
DROP TRIGGER claims_never_change; DROP TRIGGER claims_never_go;
DROP TRIGGER claim_places_space; DROP TRIGGER claim_places_never_change; DROP TRIGGER claim_places_never_go;
DROP TRIGGER claim_actors_never_change; DROP TRIGGER claim_actors_never_go;

-- Who published the report of the claim.
ALTER TABLE claims ADD COLUMN outlet TEXT;
UPDATE claims SET outlet = (SELECT r.source FROM extractions e JOIN reports r ON r.id = e.report WHERE e.id = claims.extraction);
DROP INDEX claims_claim; DROP INDEX claims_key; DROP INDEX claims_type;
-- Ids and keys are digests: eight of their digits find them.
CREATE INDEX claims_claim ON claims (substr(claim, 4, 8));
CREATE INDEX claims_key ON claims (substr(key, 4, 8));
CREATE INDEX claims_type ON claims (type, day, known);
CREATE INDEX claims_outlet ON claims (outlet COLLATE NOCASE, day, known) WHERE outlet IS NOT NULL;
CREATE INDEX reports_id ON reports (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX reports_source ON reports (source COLLATE NOCASE, known) WHERE source IS NOT NULL;

ALTER TABLE claim_places RENAME TO old_claim_places;
ALTER TABLE claim_actors RENAME TO old_claim_actors;
DROP INDEX claim_places_place; DROP INDEX claim_places_claim; DROP INDEX claim_places_country;
DROP INDEX claim_actors_actor; DROP INDEX claim_actors_claim;

CREATE TABLE claim_places (
    claim    INTEGER NOT NULL REFERENCES claims (id),
    n        INTEGER NOT NULL,        -- its number among the places of the claim
    place    TEXT NOT NULL,           -- id, or `name:` and the lower-cased name where none was found
    name     TEXT NOT NULL,
    lat      REAL,
    lon      REAL,
    country  TEXT,
    relation TEXT NOT NULL,
    ground   INTEGER NOT NULL,        -- 1: the claim is of a type that says who holds ground
    day      TEXT NOT NULL,           -- of the claim
    known    TEXT NOT NULL,           -- likewise
    PRIMARY KEY (claim, n)
) STRICT, WITHOUT ROWID;
INSERT INTO claim_places
    SELECT p.claim, row_number() OVER (PARTITION BY p.claim ORDER BY p.id) - 1, p.place, p.name, p.lat, p.lon, p.country, p.relation,
           c.type IN ('seize', 'retreat', 'holds', 'contests', 'clash', 'siege'), p.day, p.known
    FROM old_claim_places p JOIN claims c ON c.id = p.claim ORDER BY p.claim, p.id;
CREATE INDEX claim_places_place ON claim_places (place, ground, day, known);
CREATE INDEX claim_places_country ON claim_places (country, ground, day, known) WHERE country IS NOT NULL;

CREATE TABLE claim_actors (
    claim INTEGER NOT NULL REFERENCES claims (id),
    n     INTEGER NOT NULL,           -- its number among those named in the claim
    role  TEXT NOT NULL CHECK (role IN ('agent', 'target', 'source')),
    actor TEXT NOT NULL,              -- id, or `name:` and the lower-cased name
    name  TEXT NOT NULL,
    day   TEXT NOT NULL,              -- of the claim
    known TEXT NOT NULL,              -- likewise
    PRIMARY KEY (claim, n)
) STRICT, WITHOUT ROWID;
INSERT INTO claim_actors
    SELECT a.claim, row_number() OVER (PARTITION BY a.claim ORDER BY a.id) - 1, a.role, a.actor, a.name, c.day, c.known
    FROM old_claim_actors a JOIN claims c ON c.id = a.claim ORDER BY a.claim, a.id;
CREATE INDEX claim_actors_actor ON claim_actors (actor, role, day, known);

DROP TABLE old_claim_actors; DROP TABLE old_claim_places;

-- Which names stand for which places and actors, and which outlets there are; with how many claims, of all extractors, call them so.
ALTER TABLE names RENAME TO old_names;
CREATE TABLE names (
    what   TEXT NOT NULL CHECK (what IN ('actor', 'place', 'outlet')),
    name   TEXT NOT NULL COLLATE NOCASE,
    id     TEXT NOT NULL,
    claims INTEGER NOT NULL,
    PRIMARY KEY (what, name, id)
) STRICT, WITHOUT ROWID;
INSERT INTO names SELECT 'place', name, place, count(*) FROM claim_places GROUP BY name COLLATE NOCASE, place;
INSERT INTO names SELECT 'actor', name, actor, count(*) FROM claim_actors GROUP BY name COLLATE NOCASE, actor;
INSERT INTO names SELECT 'outlet', outlet, 'name:' || lower(outlet), count(*) FROM claims WHERE outlet IS NOT NULL GROUP BY outlet COLLATE NOCASE;
INSERT OR IGNORE INTO names SELECT what, name, id, 0 FROM old_names;
DROP TABLE old_names;
-- But for a source that nothing names any more since a report was forgotten.
CREATE TRIGGER learnt_never_goes BEFORE DELETE ON learnt
    WHEN NOT EXISTS (SELECT 1 FROM tombstones)
         OR EXISTS (SELECT 1 FROM names WHERE what = 'actor' AND name = old.name) OR EXISTS (SELECT 1 FROM reports WHERE source = old.name)
    BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: what was learnt is never deleted'); END;
CREATE INDEX names_id ON names (what, id);
-- The same, one row for whoever or whatever is so called: what lists are read off.
CREATE TABLE named (
    what   TEXT NOT NULL,
    id     TEXT NOT NULL,
    claims INTEGER NOT NULL,
    PRIMARY KEY (what, id)
) STRICT, WITHOUT ROWID;
INSERT INTO named SELECT what, id, sum(claims) FROM names GROUP BY what, id;
CREATE INDEX named_most ON named (what, claims DESC, id);

-- Where and in which year anything is told of: few rows however many claims, so that places are found on the map before their claims are.
DROP TABLE claim_space;
CREATE TABLE spots (
    id    INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    year  INTEGER NOT NULL,
    lat   REAL NOT NULL,
    lon   REAL NOT NULL,
    UNIQUE (place, year, lat, lon)
) STRICT;
-- `id` is that of the spot; days count from 1970-01-01.
CREATE VIRTUAL TABLE claim_space USING rtree (id, min_lat, max_lat, min_lon, max_lon, min_day, max_day);
CREATE TRIGGER spots_space AFTER INSERT ON spots BEGIN
    INSERT INTO claim_space VALUES (new.id, new.lat, new.lat, new.lon, new.lon,
                                    unixepoch(printf('%04d-01-01', new.year)) / 86400, unixepoch(printf('%04d-12-31', new.year)) / 86400);
END;
INSERT OR IGNORE INTO spots (place, year, lat, lon)
    SELECT place, CAST(substr(day, 1, 4) AS INTEGER), lat, lon FROM claim_places WHERE lat IS NOT NULL AND lon IS NOT NULL;

CREATE TRIGGER claims_never_change BEFORE UPDATE ON claims BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: claims never change'); END;
CREATE TRIGGER claims_never_go BEFORE DELETE ON claims
    WHEN NOT EXISTS (SELECT 1 FROM extractions e JOIN tombstones t ON t.report = e.report WHERE e.id = old.extraction)
    BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: claims are never deleted'); END;
CREATE TRIGGER claim_places_never_change BEFORE UPDATE ON claim_places BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: places of claims never change'); END;
CREATE TRIGGER claim_places_never_go BEFORE DELETE ON claim_places
    WHEN NOT EXISTS (SELECT 1 FROM claims c JOIN extractions e ON e.id = c.extraction JOIN tombstones t ON t.report = e.report WHERE c.id = old.claim)
    BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: places of claims are never deleted'); END;
CREATE TRIGGER claim_actors_never_change BEFORE UPDATE ON claim_actors BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: actors of claims never change'); END;
CREATE TRIGGER claim_actors_never_go BEFORE DELETE ON claim_actors
    WHEN NOT EXISTS (SELECT 1 FROM claims c JOIN extractions e ON e.id = c.extraction JOIN tombstones t ON t.report = e.report WHERE c.id = old.claim)
    BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: actors of claims are never deleted'); END;

CREATE VIEW v_claims AS
    SELECT c.claim, c.key, c.day, c.first_day, c.last_day, c.known, c.kind, c.type, c.polarity, c.certainty,
           (SELECT group_concat(coalesce(m.into_name, a.name), '; ') FROM claim_actors a LEFT JOIN v_merged m ON m.what = 'actor' AND m.id = a.actor
            WHERE a.claim = c.id AND a.role = 'agent') AS agents,
           (SELECT group_concat(coalesce(m.into_name, a.name), '; ') FROM claim_actors a LEFT JOIN v_merged m ON m.what = 'actor' AND m.id = a.actor
            WHERE a.claim = c.id AND a.role = 'target') AS targets,
           (SELECT group_concat(coalesce(m.into_name, p.name), '; ') FROM claim_places p LEFT JOIN v_merged m ON m.what = 'place' AND m.id = p.place
            WHERE p.claim = c.id) AS places,
           c.root, r.source AS outlet, r.published, c.standing, c.quote
    FROM v_current v JOIN claims c ON c.id = v.id JOIN reports r ON r.id = v.report;

CREATE VIEW v_control AS
    SELECT coalesce(m.into_name, p.name) AS place, coalesce(m.into_id, p.place) AS place_id, c.day, c.known, c.type, c.polarity, c.certainty,
           json_extract(c.json, '$.extent') AS extent,
           (SELECT group_concat(coalesce(n.into_name, a.name), '; ') FROM claim_actors a LEFT JOIN v_merged n ON n.what = 'actor' AND n.id = a.actor
            WHERE a.claim = c.id AND a.role = 'agent') AS agents,
           (SELECT group_concat(coalesce(n.into_name, a.name), '; ') FROM claim_actors a LEFT JOIN v_merged n ON n.what = 'actor' AND n.id = a.actor
            WHERE a.claim = c.id AND a.role = 'target') AS targets,
           c.root, r.source AS outlet, c.standing, c.quote
    FROM v_current v JOIN claims c ON c.id = v.id JOIN reports r ON r.id = v.report JOIN claim_places p ON p.claim = c.id
         LEFT JOIN v_merged m ON m.what = 'place' AND m.id = p.place
    WHERE c.type IN ('seize', 'retreat', 'holds', 'contests', 'clash', 'siege', 'repel')
    ORDER BY 1, c.day, c.id;

-- Sides as they were told; a claim that was rejected since is on no side, and a dispute of one side is none.
CREATE VIEW v_disputes AS
    WITH sides AS (
        SELECT d.id, d.dispute, d.question, json_extract(d.json, '$.dispute.about') AS about, s.key AS side, v.id AS claim, v.report
        FROM v_reports w JOIN extractions e ON e.report = w.report JOIN disputes d ON d.extraction = e.id,
             json_each(d.json, '$.dispute.sides') AS s, json_each(s.value) AS m
        JOIN claims c ON c.claim = m.value AND c.extraction = d.extraction AND c.decided IS NULL
        JOIN claims k ON k.key = c.key AND k.extraction = c.extraction
        JOIN v_current v ON v.id = k.id
        WHERE w.counts
    )
    SELECT s.dispute, s.question, s.about, s.side, c.claim, c.day, c.type, c.polarity, c.root, r.source AS outlet, c.quote
    FROM sides s JOIN claims c ON c.id = s.claim JOIN reports r ON r.id = s.report
    WHERE EXISTS (SELECT 1 FROM sides o WHERE o.id = s.id AND o.side <> s.side)
    ORDER BY s.id, s.side, c.id;
