-- The ledger in PostgreSQL: the tables of record of a file (../1-ledger.sql and after), column by column, so that one reads as the other.
-- Days are text as YYYY-MM-DD, instants text as RFC 3339 in UTC. Text sorts by its bytes, whatever the database's own order is.
-- Rows are numbered without gaps by whoever holds the writers' lock: see the functions next_….

CREATE TABLE layout (number bigint NOT NULL);
INSERT INTO layout VALUES (1);

CREATE TABLE reports (
    id        bigint PRIMARY KEY,
    digest    text COLLATE "C" NOT NULL UNIQUE,
    hash      text COLLATE "C" NOT NULL,
    report_id text COLLATE "C",
    source    text COLLATE "C",
    published text COLLATE "C",
    title     text COLLATE "C",
    url       text COLLATE "C",
    text      text COLLATE "C" NOT NULL,
    other     text COLLATE "C" NOT NULL,
    added_at  text COLLATE "C" NOT NULL,
    known     text COLLATE "C" NOT NULL,
    address   text COLLATE "C"
);
CREATE INDEX reports_hash ON reports (hash);
CREATE INDEX reports_known ON reports (known, id);
CREATE INDEX reports_address ON reports (address, known, id) WHERE address IS NOT NULL;
CREATE INDEX reports_id ON reports (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX reports_source ON reports (lower(source COLLATE "C"), known, id) WHERE source IS NOT NULL;

CREATE TABLE extractions (
    id        bigint PRIMARY KEY,
    report    bigint NOT NULL REFERENCES reports (id),
    version   text COLLATE "C" NOT NULL,
    model     text COLLATE "C" NOT NULL,
    knowledge text COLLATE "C" NOT NULL,
    added_at  text COLLATE "C" NOT NULL,
    UNIQUE (report, version, model, knowledge)
);
CREATE INDEX extractions_newest ON extractions (report, id);

CREATE TABLE claims (
    id         bigint PRIMARY KEY,
    claim      text COLLATE "C" NOT NULL,
    key        text COLLATE "C" NOT NULL,
    extraction bigint NOT NULL REFERENCES extractions (id),
    base       bigint,
    decided    text COLLATE "C",
    standing   text COLLATE "C" NOT NULL DEFAULT 'machine' CHECK (standing IN ('machine', 'accepted', 'corrected', 'rejected')),
    kind       text COLLATE "C" NOT NULL,
    type       text COLLATE "C" NOT NULL,
    polarity   text COLLATE "C" NOT NULL,
    certainty  text COLLATE "C" NOT NULL,
    first_day  text COLLATE "C",
    last_day   text COLLATE "C",
    day        text COLLATE "C" NOT NULL,
    known      text COLLATE "C" NOT NULL,
    root       text COLLATE "C" NOT NULL,
    quote      text COLLATE "C" NOT NULL,
    json       text COLLATE "C" NOT NULL,
    outlet     text COLLATE "C"
);
CREATE INDEX claims_extraction ON claims (extraction);
CREATE INDEX claims_claim ON claims (claim);
CREATE INDEX claims_called ON claims (substr(claim, 4, 8));
CREATE INDEX claims_key ON claims (substr(key, 4, 8));
CREATE INDEX claims_decided ON claims (key, extraction, decided) WHERE decided IS NOT NULL;
CREATE INDEX claims_type ON claims (type, day, known, id);
CREATE INDEX claims_day ON claims (day, known, id);
CREATE INDEX claims_outlet ON claims (lower(outlet COLLATE "C"), day, known, id) WHERE outlet IS NOT NULL;

CREATE TABLE claim_places (
    claim    bigint NOT NULL REFERENCES claims (id),
    n        bigint NOT NULL,
    place    text COLLATE "C" NOT NULL,
    name     text COLLATE "C" NOT NULL,
    lat      double precision,
    lon      double precision,
    country  text COLLATE "C",
    relation text COLLATE "C" NOT NULL,
    ground   bigint NOT NULL,
    day      text COLLATE "C" NOT NULL,
    known    text COLLATE "C" NOT NULL,
    PRIMARY KEY (claim, n)
);
CREATE INDEX claim_places_place ON claim_places (place, ground, day, known, claim, n);
CREATE INDEX claim_places_country ON claim_places (country, ground, day, known, claim) WHERE country IS NOT NULL;

CREATE TABLE claim_actors (
    claim bigint NOT NULL REFERENCES claims (id),
    n     bigint NOT NULL,
    role  text COLLATE "C" NOT NULL CHECK (role IN ('agent', 'target', 'source')),
    actor text COLLATE "C" NOT NULL,
    name  text COLLATE "C" NOT NULL,
    day   text COLLATE "C" NOT NULL,
    known text COLLATE "C" NOT NULL,
    PRIMARY KEY (claim, n)
);
CREATE INDEX claim_actors_actor ON claim_actors (actor, role, day, known, claim);

CREATE TABLE disputes (
    id         bigint PRIMARY KEY,
    dispute    text COLLATE "C" NOT NULL,
    extraction bigint NOT NULL REFERENCES extractions (id),
    question   text COLLATE "C" NOT NULL,
    json       text COLLATE "C" NOT NULL,
    UNIQUE (extraction, dispute)
);

CREATE TABLE copies (
    report   bigint NOT NULL REFERENCES reports (id),
    original bigint NOT NULL REFERENCES reports (id),
    share    double precision NOT NULL,
    added_at text COLLATE "C" NOT NULL,
    PRIMARY KEY (report, original)
);
CREATE INDEX copies_original ON copies (original);

CREATE TABLE report_marks (
    mark   bigint NOT NULL,
    report bigint NOT NULL,
    PRIMARY KEY (mark, report)
);
CREATE INDEX report_marks_report ON report_marks (report);

CREATE TABLE tombstones (
    report bigint PRIMARY KEY REFERENCES reports (id),
    at     text COLLATE "C" NOT NULL,
    by     text COLLATE "C" NOT NULL,
    why    text COLLATE "C" NOT NULL,
    claims bigint NOT NULL
);

CREATE TABLE decisions (
    id      bigint PRIMARY KEY,
    at      text COLLATE "C" NOT NULL,
    known   text COLLATE "C" NOT NULL,
    by      text COLLATE "C" NOT NULL,
    why     text COLLATE "C" NOT NULL,
    action  text COLLATE "C" NOT NULL CHECK (action IN ('accept', 'reject', 'correct', 'merge', 'split', 'withdraw')),
    what    text COLLATE "C" NOT NULL CHECK (what IN ('claim', 'actor', 'place', 'event', 'decision')),
    subject text COLLATE "C" NOT NULL,
    field   text COLLATE "C",
    value   text COLLATE "C",
    judged  text COLLATE "C"
);
CREATE INDEX decisions_subject ON decisions (subject, what);

CREATE TABLE names (
    what   text COLLATE "C" NOT NULL CHECK (what IN ('actor', 'place', 'outlet')),
    name   text COLLATE "C" NOT NULL,
    id     text COLLATE "C" NOT NULL,
    claims bigint NOT NULL
);
CREATE UNIQUE INDEX names_name ON names (what, lower(name COLLATE "C"), id);
CREATE INDEX names_id ON names (what, id);
CREATE TABLE named (
    what   text COLLATE "C" NOT NULL,
    id     text COLLATE "C" NOT NULL,
    claims bigint NOT NULL,
    PRIMARY KEY (what, id)
);
CREATE INDEX named_most ON named (what, claims DESC, id);

CREATE TABLE spots (
    id    bigint PRIMARY KEY,
    place text COLLATE "C" NOT NULL,
    year  bigint NOT NULL,
    lat   double precision NOT NULL,
    lon   double precision NOT NULL,
    UNIQUE (place, year, lat, lon)
);
CREATE INDEX spots_where ON spots USING gist (point (lon, lat));

CREATE TABLE learning_runs (
    id     bigint PRIMARY KEY,
    at     text COLLATE "C" NOT NULL,
    known  text COLLATE "C" NOT NULL,
    claims bigint NOT NULL
);
CREATE INDEX learning_runs_known ON learning_runs (known, id);
CREATE TABLE learnt (
    rowid    bigint GENERATED ALWAYS AS IDENTITY,
    run      bigint NOT NULL REFERENCES learning_runs (id),
    source   text COLLATE "C" NOT NULL,
    name     text COLLATE "C" NOT NULL,
    kind     text COLLATE "C",
    stake    text COLLATE "C" NOT NULL CHECK (stake IN ('neutral', 'gain', 'loss', 'denial')),
    month    text COLLATE "C",
    believed double precision NOT NULL,
    weight   double precision NOT NULL
);
CREATE INDEX learnt_run ON learnt (run, rowid);

CREATE TABLE unread (
    extraction bigint PRIMARY KEY REFERENCES extractions (id),
    reason     text COLLATE "C" NOT NULL CHECK (reason IN ('language')),
    detail     text COLLATE "C" NOT NULL
);
CREATE TABLE passed_pages (
    archive  text COLLATE "C" NOT NULL,
    "offset" bigint NOT NULL,
    url      text COLLATE "C" NOT NULL,
    language text COLLATE "C" NOT NULL,
    PRIMARY KEY (archive, "offset", url)
);
CREATE TABLE places_reached (
    file     text COLLATE "C" PRIMARY KEY,
    content  text COLLATE "C" NOT NULL,
    "offset" bigint NOT NULL,
    records  bigint NOT NULL,
    lines    bigint NOT NULL
);
CREATE TABLE watched (
    what     text COLLATE "C" PRIMARY KEY,
    etag     text COLLATE "C",
    modified text COLLATE "C",
    asked_at text COLLATE "C" NOT NULL,
    next_at  text COLLATE "C" NOT NULL,
    failures bigint NOT NULL,
    told     text COLLATE "C"
);

-- Words of quotes and of reports, as the program cuts and folds them.
CREATE TABLE claim_words (rowid bigint PRIMARY KEY REFERENCES claims (id), words tsvector NOT NULL);
CREATE INDEX claim_words_words ON claim_words USING gin (words);
CREATE TABLE report_words (rowid bigint PRIMARY KEY REFERENCES reports (id), words tsvector NOT NULL);
CREATE INDEX report_words_words ON report_words USING gin (words);

-- Numbers of rows: one more than the last, as a file gives them.
CREATE FUNCTION next_report () RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT coalesce(max(id), 0) + 1 FROM reports';
CREATE FUNCTION next_extraction () RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT coalesce(max(id), 0) + 1 FROM extractions';
CREATE FUNCTION next_claim () RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT coalesce(max(id), 0) + 1 FROM claims';
CREATE FUNCTION next_dispute () RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT coalesce(max(id), 0) + 1 FROM disputes';
CREATE FUNCTION next_decision () RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT coalesce(max(id), 0) + 1 FROM decisions';
CREATE FUNCTION next_spot () RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT coalesce(max(id), 0) + 1 FROM spots';
CREATE FUNCTION next_learning_run () RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT coalesce(max(id), 0) + 1 FROM learning_runs';
ALTER TABLE reports ALTER id SET DEFAULT next_report();
ALTER TABLE extractions ALTER id SET DEFAULT next_extraction();
ALTER TABLE claims ALTER id SET DEFAULT next_claim();
ALTER TABLE disputes ALTER id SET DEFAULT next_dispute();
ALTER TABLE decisions ALTER id SET DEFAULT next_decision();
ALTER TABLE spots ALTER id SET DEFAULT next_spot();
ALTER TABLE learning_runs ALTER id SET DEFAULT next_learning_run();

-- Rows never change and never go, with one exception: what a tombstone was put up for may be blanked and taken away.
CREATE FUNCTION never () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: rows of % never change and are never deleted', TG_TABLE_NAME;
END $$;

CREATE FUNCTION unless_forgotten () RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE gone boolean;
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'claims', 'disputes' THEN
            gone := EXISTS (SELECT 1 FROM extractions e JOIN tombstones t ON t.report = e.report WHERE e.id = old.extraction);
        WHEN 'claim_places', 'claim_actors' THEN
            gone := EXISTS (SELECT 1 FROM claims c JOIN extractions e ON e.id = c.extraction JOIN tombstones t ON t.report = e.report WHERE c.id = old.claim);
        WHEN 'copies' THEN
            gone := EXISTS (SELECT 1 FROM tombstones WHERE report IN (old.report, old.original));
        WHEN 'learnt' THEN
            gone := EXISTS (SELECT 1 FROM tombstones)
                AND NOT EXISTS (SELECT 1 FROM names WHERE what = 'actor' AND lower(name COLLATE "C") = lower(old.name COLLATE "C"))
                AND NOT EXISTS (SELECT 1 FROM reports WHERE source = old.name);
    END CASE;
    IF NOT gone THEN
        RAISE EXCEPTION 'the ledger is append-only: rows of % are never deleted', TG_TABLE_NAME;
    END IF;
    RETURN old;
END $$;

CREATE FUNCTION only_blanked_report () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM tombstones WHERE report = old.id)
       AND new.text = '' AND new.title IS NULL AND new.url IS NULL AND new.other = '{}'
       AND (new.id, new.digest, new.hash, new.report_id, new.source, new.published, new.added_at, new.known, new.address)
         IS NOT DISTINCT FROM (old.id, old.digest, old.hash, old.report_id, old.source, old.published, old.added_at, old.known, old.address) THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only: reports never change';
END $$;

-- A decision on a claim that was forgotten may quote it; its words go, the fact stays.
CREATE FUNCTION only_blanked_decision () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.what IN ('claim', 'event') AND new.value IS NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE key = old.subject)
       AND (new.id, new.at, new.known, new."by", new.action, new.what, new.subject, new.field, new.judged)
         IS NOT DISTINCT FROM (old.id, old.at, old.known, old."by", old.action, old.what, old.subject, old.field, old.judged)
       AND new.why IN (old.why, '') THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only: decisions never change';
END $$;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['extractions', 'tombstones', 'learning_runs', 'unread'] LOOP
        EXECUTE format('CREATE TRIGGER never BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION never()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['claims', 'disputes', 'claim_places', 'claim_actors', 'copies', 'learnt'] LOOP
        EXECUTE format('CREATE TRIGGER never_changes BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION never()', name);
        EXECUTE format('CREATE TRIGGER never_goes BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION unless_forgotten()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['reports', 'extractions', 'claims', 'claim_places', 'claim_actors', 'disputes', 'copies', 'tombstones', 'decisions',
                                'learning_runs', 'learnt', 'unread'] LOOP
        EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION never()', name);
    END LOOP;
END $$;
CREATE TRIGGER never_changes BEFORE UPDATE ON reports FOR EACH ROW EXECUTE FUNCTION only_blanked_report();
CREATE TRIGGER never_goes BEFORE DELETE ON reports FOR EACH ROW EXECUTE FUNCTION never();
CREATE TRIGGER never_changes BEFORE UPDATE ON decisions FOR EACH ROW EXECUTE FUNCTION only_blanked_decision();
CREATE TRIGGER never_goes BEFORE DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION never();

-- For people with psql. Views may change with a version; the tables above are what programs may rely on.

CREATE VIEW v_unread AS
    SELECT r.id AS report, r.report_id, r.source AS outlet, r.published, r.title, r.url, u.reason, u.detail
    FROM unread u JOIN extractions e ON e.id = u.extraction JOIN reports r ON r.id = e.report
    WHERE e.id = (SELECT max(id) FROM extractions WHERE report = e.report);

-- Who did what, as the server knows its users, whatever name a decision is signed with. Written by triggers that act as the ledger's owner, so that
-- nobody else can write here, and nobody at all can change it.
CREATE TABLE audit (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    who  text COLLATE "C" NOT NULL DEFAULT session_user,
    did  text COLLATE "C" NOT NULL,       -- added, decided, forgot, learnt, granted
    what text COLLATE "C" NOT NULL
);
CREATE FUNCTION note_row () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'decisions' THEN
            INSERT INTO audit (did, what) VALUES ('decided', format('decision %s: %s %s, signed %s', new.id, new.action, new.subject, new."by"));
        WHEN 'tombstones' THEN
            INSERT INTO audit (did, what) VALUES ('forgot', format('report %s: %s', new.report, new.why));
        WHEN 'learning_runs' THEN
            INSERT INTO audit (did, what) VALUES ('learnt', format('run %s over %s claims', new.id, new.claims));
    END CASE;
    RETURN NULL;
END $$;
CREATE FUNCTION note_added () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO audit (did, what) SELECT 'added', format('%s claims', count(*)) FROM added HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER note AFTER INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION note_row();
CREATE TRIGGER note AFTER INSERT ON tombstones FOR EACH ROW EXECUTE FUNCTION note_row();
CREATE TRIGGER note AFTER INSERT ON learning_runs FOR EACH ROW EXECUTE FUNCTION note_row();
CREATE TRIGGER note AFTER INSERT ON claims REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_added();
CREATE TRIGGER never BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION never();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION never();
