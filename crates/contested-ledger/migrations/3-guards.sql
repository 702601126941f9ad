-- What keeps the tables of record append-only, what fills the indexes, and the views for people.

CREATE TRIGGER claims_words AFTER INSERT ON claims BEGIN
    INSERT INTO claim_words (rowid, quote) VALUES (new.id, new.quote);
END;
CREATE TRIGGER claim_places_space AFTER INSERT ON claim_places WHEN new.lat IS NOT NULL AND new.lon IS NOT NULL BEGIN
    INSERT INTO claim_space VALUES (new.id, new.lat, new.lat, new.lon, new.lon, unixepoch(new.day) / 86400, unixepoch(new.day) / 86400);
END;

-- Rows never change and never go, with one exception: what a tombstone was put up for may be blanked and taken away.
CREATE TRIGGER reports_never_change BEFORE UPDATE ON reports
    WHEN NOT (EXISTS (SELECT 1 FROM tombstones WHERE report = old.id)
              AND new.text = '' AND new.title IS NULL AND new.url IS NULL AND new.other = '{}'
              AND (new.id, new.digest, new.hash, new.report_id, new.source, new.published, new.added_at, new.known, new.address)
                IS (old.id, old.digest, old.hash, old.report_id, old.source, old.published, old.added_at, old.known, old.address))
    BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: reports never change'); END;
CREATE TRIGGER reports_never_go BEFORE DELETE ON reports BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: reports are never deleted'); END;

CREATE TRIGGER extractions_never_change BEFORE UPDATE ON extractions BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: extractions never change'); END;
CREATE TRIGGER extractions_never_go BEFORE DELETE ON extractions BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: extractions are never deleted'); END;

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
CREATE TRIGGER disputes_never_change BEFORE UPDATE ON disputes BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: disputes never change'); END;
CREATE TRIGGER disputes_never_go BEFORE DELETE ON disputes
    WHEN NOT EXISTS (SELECT 1 FROM extractions e JOIN tombstones t ON t.report = e.report WHERE e.id = old.extraction)
    BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: disputes are never deleted'); END;
CREATE TRIGGER copies_never_change BEFORE UPDATE ON copies BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: copies never change'); END;
CREATE TRIGGER copies_never_go BEFORE DELETE ON copies
    WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE report IN (old.report, old.original))
    BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: copies are never deleted'); END;
-- A decision on a claim that was forgotten may quote it; its words go, the fact stays.
CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
    WHEN NOT (old.what IN ('claim', 'event') AND new.value IS NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE key = old.subject)
              AND (new.id, new.at, new.known, new.by, new.action, new.what, new.subject, new.field, new.judged)
                IS (old.id, old.at, old.known, old.by, old.action, old.what, old.subject, old.field, old.judged)
              AND new.why IN (old.why, ''))
    BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: decisions never change'); END;
CREATE TRIGGER decisions_never_go BEFORE DELETE ON decisions BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: decisions are never deleted'); END;
CREATE TRIGGER tombstones_never_change BEFORE UPDATE ON tombstones BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: tombstones never change'); END;
CREATE TRIGGER tombstones_never_go BEFORE DELETE ON tombstones BEGIN SELECT RAISE (ABORT, 'the ledger is append-only: tombstones are never deleted'); END;

-- For people with a SQLite shell. Views may change with a version; the tables above are what programs may rely on.

-- What became of each report: `counts` is 1 where its claims are a telling of their own.
CREATE VIEW v_reports AS
    SELECT r.id AS report, r.report_id, r.source AS outlet, r.published, r.known, r.title, r.url, r.added_at,
           (SELECT min(original) FROM copies WHERE report = r.id) AS copy_of,
           (SELECT n.id FROM reports n WHERE n.address = r.address AND (n.known, n.id) > (r.known, r.id) AND n.hash <> r.hash
            ORDER BY n.known, n.id LIMIT 1) AS superseded_by,
           t.at AS forgotten_at,
           t.at IS NULL
             AND NOT EXISTS (SELECT 1 FROM copies k WHERE k.report = r.id
                             AND NOT EXISTS (SELECT 1 FROM copies b JOIN reports o ON o.id = b.original WHERE b.report = k.original AND o.address = r.address))
             AND NOT EXISTS (SELECT 1 FROM reports n WHERE n.address = r.address AND (n.known, n.id) > (r.known, r.id) AND n.hash <> r.hash)
             AND r.hash IS NOT (SELECT p.hash FROM reports p WHERE p.address = r.address AND (p.known, p.id) < (r.known, r.id)
                                ORDER BY p.known DESC, p.id DESC LIMIT 1) AS counts
    FROM reports r LEFT JOIN tombstones t ON t.report = r.id;

-- Claims that count today: of the newest extraction of reports that count, as people decided that they read.
CREATE VIEW v_current AS
    SELECT c.id, c.extraction, e.report
    FROM v_reports v JOIN extractions e ON e.report = v.report JOIN claims c ON c.extraction = e.id
    WHERE v.counts AND e.id = (SELECT max(id) FROM extractions WHERE report = e.report) AND c.standing <> 'rejected'
      AND NOT EXISTS (SELECT 1 FROM claims x WHERE x.key = c.key AND x.extraction = c.extraction AND x.decided IS NOT NULL
                      AND (c.decided IS NULL OR (x.decided, x.id) > (c.decided, c.id)));

-- Actors and places that people merged, with what each is now.
CREATE VIEW v_merged AS
    WITH RECURSIVE last AS (
        SELECT d.what, d.subject, d.action, json_extract(d.value, '$.id') AS into_id, json_extract(d.value, '$.name') AS into_name
        FROM decisions d
        WHERE d.what IN ('actor', 'place')
          AND d.id = (SELECT max(o.id) FROM decisions o WHERE o.what = d.what AND o.subject = d.subject
                      AND NOT EXISTS (SELECT 1 FROM decisions w WHERE w.action = 'withdraw' AND w.subject = CAST(o.id AS TEXT)))
    ),
    step (what, id, into_id, into_name, depth) AS (
        SELECT what, subject, into_id, into_name, 1 FROM last WHERE action = 'merge'
        UNION ALL
        SELECT s.what, s.id, l.into_id, l.into_name, s.depth + 1 FROM step s JOIN last l ON l.what = s.what AND l.subject = s.into_id AND l.action = 'merge'
        WHERE s.depth < 100
    )
    SELECT what, id, into_id, into_name FROM step s WHERE depth = (SELECT max(depth) FROM step o WHERE o.what = s.what AND o.id = s.id);

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
