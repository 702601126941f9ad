-- The views of a file (../3-guards.sql and after) for people with psql, row by row the same. The tables that programs may rely on stay as they are.

-- A record as PostgreSQL can read it: it takes no JSON that names the first of all characters, which is written here as in the other columns.
CREATE FUNCTION readable (record text) RETURNS json LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(record, '(?<!\\)((?:\\\\)*)\\u0000', '\1' || chr(1114111) || '0', 'g')::json
$$;

-- What became of each report: `counts` is 1 where its claims are a telling of their own.
CREATE VIEW v_reports AS
    SELECT r.id AS report, r.report_id, r.source AS outlet, r.published, r.known, r.title, r.url, r.added_at,
           (SELECT min(original) FROM copies WHERE report = r.id) AS copy_of,
           (SELECT n.id FROM reports n WHERE n.address = r.address AND (n.known, n.id) > (r.known, r.id) AND n.hash <> r.hash
            ORDER BY n.known, n.id LIMIT 1) AS superseded_by,
           t.at AS forgotten_at,
           (t.at IS NULL
             AND NOT EXISTS (SELECT 1 FROM copies k WHERE k.report = r.id
                             AND NOT EXISTS (SELECT 1 FROM copies b JOIN reports o ON o.id = b.original WHERE b.report = k.original AND o.address = r.address))
             AND NOT EXISTS (SELECT 1 FROM reports n WHERE n.address = r.address AND (n.known, n.id) > (r.known, r.id) AND n.hash <> r.hash)
             AND r.hash IS DISTINCT FROM (SELECT p.hash FROM reports p WHERE p.address = r.address AND (p.known, p.id) < (r.known, r.id)
                                          ORDER BY p.known DESC, p.id DESC LIMIT 1))::int AS counts
    FROM reports r LEFT JOIN tombstones t ON t.report = r.id;

-- Claims that count today: of the newest extraction of reports that count, as people decided that they read.
CREATE VIEW v_current AS
    SELECT c.id, c.extraction, e.report
    FROM v_reports v JOIN extractions e ON e.report = v.report JOIN claims c ON c.extraction = e.id
    WHERE v.counts = 1 AND e.id = (SELECT max(id) FROM extractions WHERE report = e.report) AND c.standing <> 'rejected'
      AND NOT EXISTS (SELECT 1 FROM claims x WHERE x.key = c.key AND x.extraction = c.extraction AND x.decided IS NOT NULL
                      AND (c.decided IS NULL OR (x.decided, x.id) > (c.decided, c.id)));

-- Actors and places that people merged, with what each is now.
CREATE VIEW v_merged AS
    WITH RECURSIVE last AS (
        SELECT d.what, d.subject, d.action, readable(d.value) ->> 'id' AS into_id, readable(d.value) ->> 'name' AS into_name
        FROM decisions d
        WHERE d.what IN ('actor', 'place')
          AND d.id = (SELECT max(o.id) FROM decisions o WHERE o.what = d.what AND o.subject = d.subject
                      AND NOT EXISTS (SELECT 1 FROM decisions w WHERE w.action = 'withdraw' AND w.subject = CAST(o.id AS text)))
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
           (SELECT string_agg(coalesce(m.into_name, a.name), '; ' ORDER BY a.n) FROM claim_actors a LEFT JOIN v_merged m ON m.what = 'actor' AND m.id = a.actor
            WHERE a.claim = c.id AND a.role = 'agent') AS agents,
           (SELECT string_agg(coalesce(m.into_name, a.name), '; ' ORDER BY a.n) FROM claim_actors a LEFT JOIN v_merged m ON m.what = 'actor' AND m.id = a.actor
            WHERE a.claim = c.id AND a.role = 'target') AS targets,
           (SELECT string_agg(coalesce(m.into_name, p.name), '; ' ORDER BY p.n) FROM claim_places p LEFT JOIN v_merged m ON m.what = 'place' AND m.id = p.place
            WHERE p.claim = c.id) AS places,
           c.root, r.source AS outlet, r.published, c.standing, c.quote
    FROM v_current v JOIN claims c ON c.id = v.id JOIN reports r ON r.id = v.report;

CREATE VIEW v_control AS
    SELECT coalesce(m.into_name, p.name) AS place, coalesce(m.into_id, p.place) AS place_id, c.day, c.known, c.type, c.polarity, c.certainty,
           readable(c.json) ->> 'extent' AS extent,
           (SELECT string_agg(coalesce(n.into_name, a.name), '; ' ORDER BY a.n) FROM claim_actors a LEFT JOIN v_merged n ON n.what = 'actor' AND n.id = a.actor
            WHERE a.claim = c.id AND a.role = 'agent') AS agents,
           (SELECT string_agg(coalesce(n.into_name, a.name), '; ' ORDER BY a.n) FROM claim_actors a LEFT JOIN v_merged n ON n.what = 'actor' AND n.id = a.actor
            WHERE a.claim = c.id AND a.role = 'target') AS targets,
           c.root, r.source AS outlet, c.standing, c.quote
    FROM v_current v JOIN claims c ON c.id = v.id JOIN reports r ON r.id = v.report JOIN claim_places p ON p.claim = c.id
         LEFT JOIN v_merged m ON m.what = 'place' AND m.id = p.place
    WHERE c.type IN ('seize', 'retreat', 'holds', 'contests', 'clash', 'siege', 'repel')
    ORDER BY 1, c.day, c.id;

-- Sides as they were told; a claim that was rejected since is on no side, and a dispute of one side is none.
CREATE VIEW v_disputes AS
    WITH told AS (
        SELECT d.id, d.dispute, d.question, d.extraction, e.report, readable(d.json) -> 'dispute' AS body
        FROM v_reports w JOIN extractions e ON e.report = w.report JOIN disputes d ON d.extraction = e.id
        WHERE w.counts = 1
    ),
    sides AS (
        SELECT t.id, t.dispute, t.question, (t.body -> 'about')::text AS about, s.n - 1 AS side, v.id AS claim, v.report
        FROM told t CROSS JOIN LATERAL json_array_elements(t.body -> 'sides') WITH ORDINALITY AS s (members, n)
             CROSS JOIN LATERAL json_array_elements_text(s.members) AS m (claim)
        JOIN claims c ON c.claim = m.claim AND c.extraction = t.extraction AND c.decided IS NULL
        JOIN claims k ON k.key = c.key AND k.extraction = c.extraction
        JOIN v_current v ON v.id = k.id
    )
    SELECT s.dispute, s.question, s.about, s.side, c.claim, c.day, c.type, c.polarity, c.root, r.source AS outlet, c.quote
    FROM sides s JOIN claims c ON c.id = s.claim JOIN reports r ON r.id = s.report
    WHERE EXISTS (SELECT 1 FROM sides o WHERE o.id = s.id AND o.side <> s.side)
    ORDER BY s.id, s.side, c.id;

-- How far each source is believed by the newest run, all its days together.
CREATE VIEW v_learnt AS
    SELECT l.name, l.kind, l.stake, round(l.believed::numeric, 2)::float8 AS believed, round(l.weight::numeric, 1)::float8 AS claims, l.source,
           r.known AS learnt_at
    FROM learnt l JOIN learning_runs r ON r.id = l.run
    WHERE l.month IS NULL AND l.run = (SELECT id FROM learning_runs ORDER BY known DESC, id DESC LIMIT 1)
    ORDER BY l.name, l.stake;

UPDATE layout SET number = 2;
