"""The first schema of a book: what migration 1 makes. Fixed once released."""

from __future__ import annotations

_REFERENCE = """
CREATE TABLE book (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL UNIQUE,
    url TEXT
) STRICT;

CREATE TABLE nation (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('noc', 'historic', 'neutral', 'mixed', 'refugee', 'other'))
) STRICT;

CREATE TABLE nation_code (
    id INTEGER PRIMARY KEY,
    nation_id INTEGER NOT NULL REFERENCES nation (id),
    code TEXT NOT NULL CHECK (length(code) BETWEEN 2 AND 8),
    name TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
) STRICT;
CREATE INDEX nation_code_by_code ON nation_code (code);
CREATE INDEX nation_code_by_nation ON nation_code (nation_id);

CREATE TABLE discipline (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sport TEXT NOT NULL,
    season TEXT CHECK (season IN ('summer', 'winter', 'both'))
) STRICT;

CREATE TABLE irm (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code = upper(code)),
    name TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE record_kind (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    scope TEXT NOT NULL
) STRICT;
"""

_PROGRAMME = """
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE competition (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code NOT LIKE '%/%'),
    name TEXT NOT NULL,
    series_id INTEGER REFERENCES series (id),
    city TEXT,
    country TEXT,
    start_date TEXT NOT NULL,
    end_date TEXT NOT NULL,
    source_id INTEGER REFERENCES source (id),
    CHECK (start_date <= end_date)
) STRICT;
CREATE INDEX competition_by_series ON competition (series_id, start_date);

CREATE TABLE competition_nation (
    id INTEGER PRIMARY KEY,
    competition_id INTEGER NOT NULL REFERENCES competition (id),
    nation_id INTEGER NOT NULL REFERENCES nation (id),
    membership TEXT NOT NULL CHECK (membership IN ('ranked', 'unranked', 'left_out')),
    UNIQUE (competition_id, nation_id)
) STRICT;

CREATE TABLE venue (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    city TEXT
) STRICT;

CREATE TABLE event_type (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code NOT LIKE '%/%'),
    discipline_id INTEGER NOT NULL REFERENCES discipline (id),
    name TEXT NOT NULL,
    gender TEXT NOT NULL CHECK (gender IN ('M', 'W', 'X', 'O')),
    team INTEGER NOT NULL DEFAULT 0 CHECK (team IN (0, 1)),
    mark_kind TEXT NOT NULL
        CHECK (mark_kind IN ('time', 'distance', 'weight', 'points', 'score', 'placing')),
    better TEXT NOT NULL CHECK (better IN ('lower', 'higher')),
    decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 6),
    classification TEXT NOT NULL DEFAULT 'final'
        CHECK (classification IN ('final', 'total', 'best', 'manual')),
    bronzes INTEGER NOT NULL DEFAULT 1 CHECK (bronzes IN (1, 2)),
    unit_kind TEXT NOT NULL DEFAULT 'heat'
) STRICT;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    competition_id INTEGER NOT NULL REFERENCES competition (id),
    event_type_id INTEGER NOT NULL REFERENCES event_type (id),
    venue_id INTEGER REFERENCES venue (id),
    date TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'scheduled'
        CHECK (status IN ('scheduled', 'running', 'unofficial', 'official')),
    official_at TEXT,
    classification TEXT NOT NULL CHECK (classification IN ('final', 'total', 'best', 'manual')),
    bronzes INTEGER NOT NULL CHECK (bronzes IN (1, 2)),
    note TEXT,
    source_id INTEGER REFERENCES source (id),
    UNIQUE (competition_id, event_type_id),
    CHECK ((status = 'official') = (official_at IS NOT NULL))
) STRICT;
CREATE INDEX event_by_type ON event (event_type_id, date);
CREATE INDEX event_by_venue ON event (venue_id);
CREATE INDEX event_by_source ON event (source_id);

CREATE TABLE phase (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    date TEXT,
    UNIQUE (event_id, position),
    UNIQUE (id, event_id)
) STRICT;
CREATE INDEX phase_by_date ON phase (date) WHERE date IS NOT NULL;

CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    phase_id INTEGER NOT NULL REFERENCES phase (id),
    position INTEGER NOT NULL,
    name TEXT,
    date TEXT,
    clock_time TEXT CHECK (clock_time GLOB '[0-2][0-9]:[0-5][0-9]*'),
    UNIQUE (phase_id, position),
    UNIQUE (id, phase_id)
) STRICT;
CREATE INDEX unit_by_date ON unit (date) WHERE date IS NOT NULL;
"""

_RESULTS = """
CREATE TABLE athlete (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    family_name TEXT,
    given_name TEXT,
    gender TEXT CHECK (gender IN ('M', 'W', 'X')),
    birth_date TEXT,
    search_name TEXT NOT NULL,
    note TEXT,
    source_id INTEGER REFERENCES source (id)
) STRICT;
CREATE INDEX athlete_by_search_name ON athlete (search_name);
CREATE INDEX athlete_by_source ON athlete (source_id);

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event (id),
    nation_id INTEGER NOT NULL REFERENCES nation (id),
    athlete_id INTEGER REFERENCES athlete (id),
    team_name TEXT,
    printed_name TEXT,
    bib TEXT,
    typed_rank INTEGER CHECK (typed_rank > 0),
    note TEXT,
    UNIQUE (event_id, athlete_id),
    UNIQUE (id, event_id),
    CHECK ((athlete_id IS NULL) <> (team_name IS NULL))
) STRICT;
CREATE INDEX entry_by_athlete ON entry (athlete_id);
CREATE INDEX entry_by_nation ON entry (nation_id);

CREATE TABLE entry_member (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entry (id),
    athlete_id INTEGER NOT NULL REFERENCES athlete (id),
    position INTEGER NOT NULL,
    UNIQUE (entry_id, athlete_id)
) STRICT;
CREATE INDEX entry_member_by_athlete ON entry_member (athlete_id);

CREATE TABLE result (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    phase_id INTEGER NOT NULL,
    unit_id INTEGER,
    start_order INTEGER,
    lane TEXT,
    mark INTEGER,
    mark_decimals INTEGER CHECK (mark_decimals BETWEEN 0 AND 6),
    score TEXT,
    status TEXT REFERENCES irm (code),
    tie_break INTEGER,
    clock_time TEXT CHECK (clock_time GLOB '[0-2][0-9]:[0-5][0-9]*'),
    wind INTEGER,
    note TEXT,
    source_id INTEGER REFERENCES source (id),
    FOREIGN KEY (entry_id, event_id) REFERENCES entry (id, event_id),
    FOREIGN KEY (phase_id, event_id) REFERENCES phase (id, event_id),
    FOREIGN KEY (unit_id, phase_id) REFERENCES unit (id, phase_id),
    UNIQUE (entry_id, phase_id, unit_id),
    CHECK ((mark IS NULL) = (mark_decimals IS NULL))
) STRICT;
CREATE INDEX result_by_event ON result (event_id);
CREATE INDEX result_by_phase ON result (phase_id, event_id);
CREATE INDEX result_by_unit ON result (unit_id, phase_id);
CREATE INDEX result_by_source ON result (source_id);

CREATE TABLE split (
    id INTEGER PRIMARY KEY,
    result_id INTEGER NOT NULL REFERENCES result (id),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('cumulative', 'lap')),
    value INTEGER NOT NULL,
    decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 6),
    UNIQUE (result_id, position)
) STRICT;
"""

_DECISIONS = """
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event (id),
    date TEXT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT NOT NULL,
    revoked_on TEXT,
    source_id INTEGER REFERENCES source (id),
    UNIQUE (id, event_id)
) STRICT;
CREATE INDEX decision_by_event ON decision (event_id, date);

CREATE TABLE decision_line (
    id INTEGER PRIMARY KEY,
    decision_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    sets_status INTEGER NOT NULL DEFAULT 0 CHECK (sets_status IN (0, 1)),
    status TEXT REFERENCES irm (code),
    sets_rank INTEGER NOT NULL DEFAULT 0 CHECK (sets_rank IN (0, 1)),
    rank INTEGER CHECK (rank > 0),
    medal TEXT CHECK (medal IN ('gold', 'silver', 'bronze', 'none', 'withheld', 'pending')),
    FOREIGN KEY (decision_id, event_id) REFERENCES decision (id, event_id),
    FOREIGN KEY (entry_id, event_id) REFERENCES entry (id, event_id),
    UNIQUE (decision_id, entry_id)
) STRICT;
CREATE INDEX decision_line_by_entry ON decision_line (entry_id, event_id);
"""

_RECORDS = """
CREATE TABLE record_list (
    id INTEGER PRIMARY KEY,
    record_kind_id INTEGER NOT NULL REFERENCES record_kind (id),
    event_type_id INTEGER NOT NULL REFERENCES event_type (id),
    series_id INTEGER REFERENCES series (id),
    nation_id INTEGER REFERENCES nation (id),
    venue_id INTEGER REFERENCES venue (id),
    age_class TEXT,
    shares_equal INTEGER NOT NULL DEFAULT 1 CHECK (shares_equal IN (0, 1))
) STRICT;
CREATE INDEX record_list_by_event_type ON record_list (event_type_id);

CREATE TABLE record_baseline (
    id INTEGER PRIMARY KEY,
    record_list_id INTEGER NOT NULL UNIQUE REFERENCES record_list (id),
    holder TEXT NOT NULL,
    athlete_id INTEGER REFERENCES athlete (id),
    nation_id INTEGER REFERENCES nation (id),
    mark INTEGER NOT NULL,
    mark_decimals INTEGER NOT NULL CHECK (mark_decimals BETWEEN 0 AND 6),
    date TEXT,
    place TEXT,
    source_id INTEGER REFERENCES source (id)
) STRICT;

CREATE TABLE record_ruling (
    id INTEGER PRIMARY KEY,
    record_list_id INTEGER NOT NULL REFERENCES record_list (id),
    result_id INTEGER NOT NULL REFERENCES result (id),
    ruling TEXT NOT NULL CHECK (ruling IN ('provisional', 'ratified', 'annulled', 'reinstated')),
    date TEXT NOT NULL,
    source_id INTEGER REFERENCES source (id)
) STRICT;
CREATE INDEX record_ruling_by_list ON record_ruling (record_list_id, date);
CREATE INDEX record_ruling_by_result ON record_ruling (result_id);
"""

_JOURNAL = """
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo')),
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    target_id INTEGER REFERENCES journal (id),
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    change TEXT NOT NULL
) STRICT;
CREATE INDEX journal_undo ON journal (kind, undone, id);

CREATE TABLE journal_row (
    id INTEGER PRIMARY KEY,
    journal_id INTEGER NOT NULL REFERENCES journal (id),
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX journal_row_by_journal ON journal_row (journal_id);
CREATE INDEX journal_row_by_row ON journal_row (table_name, row_id);
"""

# Derived rows carry no foreign keys: they are compared with a full derivation instead.
_DERIVED = """
CREATE TABLE placing (
    entry_id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL,
    rank INTEGER,
    rank_equal INTEGER NOT NULL,
    sort_order INTEGER NOT NULL,
    behind INTEGER,
    tie_open INTEGER NOT NULL
) STRICT;
CREATE INDEX placing_by_event ON placing (event_id, sort_order);

CREATE TABLE award (
    entry_id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL,
    competition_id INTEGER NOT NULL,
    nation_id INTEGER NOT NULL,
    medal TEXT NOT NULL CHECK (medal IN ('gold', 'silver', 'bronze')),
    official INTEGER NOT NULL
) STRICT;
CREATE INDEX award_by_event ON award (event_id);
CREATE INDEX award_by_competition ON award (competition_id, official, nation_id, medal);

CREATE TABLE record_mark (
    record_list_id INTEGER NOT NULL,
    result_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('set', 'equalled')),
    moment TEXT NOT NULL,
    mark INTEGER NOT NULL,
    PRIMARY KEY (record_list_id, result_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_mark_by_moment ON record_mark (record_list_id, moment, result_id);
CREATE INDEX record_mark_by_event ON record_mark (event_id);
"""


def mark_text(mark: str, decimals: str, kind: str) -> str:
    """A mark as text in SQL, printed as `format_mark` prints it."""
    whole = f"({mark} / 1000000)"
    return f"""CASE WHEN {mark} IS NULL THEN NULL ELSE
        CASE WHEN {kind} <> 'time' OR {whole} < 60 THEN printf('%d', {whole})
             WHEN {whole} < 3600 THEN printf('%d:%02d', {whole} / 60, {whole} % 60)
             ELSE printf('%d:%02d:%02d', {whole} / 3600, {whole} / 60 % 60, {whole} % 60) END
        || CASE WHEN {decimals} = 0 THEN ''
             ELSE '.' || substr(printf('%06d', {mark} % 1000000), 1, {decimals}) END
    END"""


def on_day(column: str, nation: str, day: str) -> str:
    """The code or name of a nation on a day (RULES R13); its latest where none covers the day."""
    spans = f"SELECT nc.{column} FROM nation_code AS nc WHERE nc.nation_id = {nation}"
    covers = f"coalesce(nc.valid_from, '') <= {day} AND {day} <= coalesce(nc.valid_to, '9999')"
    latest = "ORDER BY coalesce(nc.valid_from, '') DESC, nc.id DESC LIMIT 1"
    return f"coalesce(({spans} AND {covers} {latest}), ({spans} {latest}))"


ENTRY_NAME = "coalesce(n.printed_name, n.team_name, a.name)"

_VIEWS = f"""
CREATE VIEW v_results AS
SELECT c.code AS competition, et.code AS event, c.name AS competition_name,
    et.name AS event_name, e.date, p.name AS phase, u.position AS unit, r.lane, r.start_order,
    pl.rank, pl.rank_equal, pl.sort_order, {ENTRY_NAME} AS name,
    {on_day("code", "n.nation_id", "c.start_date")} AS nation,
    {mark_text("r.mark", "r.mark_decimals", "et.mark_kind")} AS mark, r.mark AS mark_millionths,
    r.score, r.status, w.medal, r.note, r.id AS result_id
FROM result AS r
JOIN entry AS n ON n.id = r.entry_id
JOIN event AS e ON e.id = r.event_id
JOIN event_type AS et ON et.id = e.event_type_id
JOIN competition AS c ON c.id = e.competition_id
JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
LEFT JOIN placing AS pl ON pl.entry_id = n.id
LEFT JOIN award AS w ON w.entry_id = n.id AND NOT EXISTS (
    SELECT 1 FROM result AS later JOIN phase AS lp ON lp.id = later.phase_id
    WHERE later.entry_id = r.entry_id AND (lp.position, later.id) > (p.position, r.id));

CREATE VIEW v_medallists AS
SELECT c.code AS competition, et.code AS event, c.name AS competition_name,
    et.name AS event_name, e.date, w.medal, {ENTRY_NAME} AS name,
    {on_day("code", "w.nation_id", "c.start_date")} AS nation, w.official
FROM award AS w
JOIN entry AS n ON n.id = w.entry_id
JOIN event AS e ON e.id = w.event_id
JOIN event_type AS et ON et.id = e.event_type_id
JOIN competition AS c ON c.id = w.competition_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id;

CREATE VIEW v_standings AS
WITH tally AS (
    SELECT w.competition_id, w.nation_id, sum(w.medal = 'gold') AS gold,
        sum(w.medal = 'silver') AS silver, sum(w.medal = 'bronze') AS bronze, count(*) AS total
    FROM award AS w
    LEFT JOIN competition_nation AS cn
        ON cn.competition_id = w.competition_id AND cn.nation_id = w.nation_id
    WHERE w.official AND coalesce(cn.membership, 'ranked') <> 'left_out'
    GROUP BY w.competition_id, w.nation_id
)
SELECT c.code AS competition,
    rank() OVER (PARTITION BY c.id ORDER BY gold DESC, silver DESC, bronze DESC) AS rank,
    {on_day("code", "t.nation_id", "c.start_date")} AS nation,
    {on_day("name", "t.nation_id", "c.start_date")} AS name, gold, silver, bronze, total,
    rank() OVER (PARTITION BY c.id ORDER BY total DESC) AS rank_total
FROM tally AS t
JOIN competition AS c ON c.id = t.competition_id
ORDER BY c.start_date, c.code, 2, nation;

CREATE VIEW v_record_history AS
WITH list AS (
    SELECT l.id, k.code AS record, et.code AS event_type, s.code AS series,
        {on_day("code", "l.nation_id", "'9999'")} AS of_nation, v.name AS venue, et.mark_kind
    FROM record_list AS l
    JOIN record_kind AS k ON k.id = l.record_kind_id
    JOIN event_type AS et ON et.id = l.event_type_id
    LEFT JOIN series AS s ON s.id = l.series_id
    LEFT JOIN venue AS v ON v.id = l.venue_id
)
SELECT l.record, l.event_type, l.series, l.of_nation, l.venue, b.date, '' AS moment,
    'baseline' AS outcome, {mark_text("b.mark", "b.mark_decimals", "l.mark_kind")} AS mark,
    b.holder, {on_day("code", "b.nation_id", "coalesce(b.date, '9999')")} AS nation,
    NULL AS competition, NULL AS unit
FROM record_baseline AS b
JOIN list AS l ON l.id = b.record_list_id
UNION ALL
SELECT l.record, l.event_type, l.series, l.of_nation, l.venue, substr(m.moment, 1, 10), m.moment,
    m.outcome, {mark_text("r.mark", "r.mark_decimals", "l.mark_kind")},
    {ENTRY_NAME}, {on_day("code", "n.nation_id", "c.start_date")}, c.code, u.position
FROM record_mark AS m
JOIN list AS l ON l.id = m.record_list_id
JOIN result AS r ON r.id = m.result_id
JOIN entry AS n ON n.id = r.entry_id
JOIN event AS e ON e.id = r.event_id
JOIN competition AS c ON c.id = e.competition_id
LEFT JOIN unit AS u ON u.id = r.unit_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
ORDER BY 1, 2, 3, 4, 5, moment;
"""

FIRST_SCHEMA = "".join(
    (_REFERENCE, _PROGRAMME, _RESULTS, _DECISIONS, _RECORDS, _JOURNAL, _DERIVED, _VIEWS)
)
"""Every statement of the first schema, each ending in a semicolon and a line break."""
