"""The second schema of a book: what migration 2 adds. Fixed once released.

Decisions come to bear on ranks, medals and records; a medal is known for every day. The derived
tables are made anew and empty: whoever migrates derives them in the same transaction.
"""

from __future__ import annotations

from medaldesk.book.schema_001 import ENTRY_NAME, mark_text, on_day

_NATIONS = """
ALTER TABLE nation ADD COLUMN continent TEXT
    CHECK (continent IN ('africa', 'america', 'asia', 'europe', 'oceania'));

CREATE TABLE population (
    id INTEGER PRIMARY KEY,
    nation_id INTEGER NOT NULL REFERENCES nation (id),
    date TEXT NOT NULL,
    people INTEGER NOT NULL CHECK (people > 0),
    source_id INTEGER REFERENCES source (id),
    UNIQUE (nation_id, date)
) STRICT;

CREATE TABLE grouping_view (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE nation_group (
    id INTEGER PRIMARY KEY,
    grouping_view_id INTEGER NOT NULL REFERENCES grouping_view (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (grouping_view_id, code),
    UNIQUE (id, grouping_view_id)
) STRICT;

CREATE TABLE nation_group_member (
    id INTEGER PRIMARY KEY,
    grouping_view_id INTEGER NOT NULL,
    nation_group_id INTEGER NOT NULL,
    nation_id INTEGER NOT NULL REFERENCES nation (id),
    FOREIGN KEY (nation_group_id, grouping_view_id) REFERENCES nation_group (id, grouping_view_id),
    UNIQUE (grouping_view_id, nation_id)
) STRICT;
CREATE INDEX nation_group_member_by_group ON nation_group_member (nation_group_id);
"""

_RESULTS = """
ALTER TABLE event_type ADD COLUMN breaks_ties INTEGER NOT NULL DEFAULT 0
    CHECK (breaks_ties IN (0, 1));
ALTER TABLE event_type ADD COLUMN measures_wind INTEGER NOT NULL DEFAULT 0
    CHECK (measures_wind IN (0, 1));
ALTER TABLE event_type ADD COLUMN keeps_bests INTEGER NOT NULL DEFAULT 0
    CHECK (keeps_bests IN (0, 1));
ALTER TABLE event ADD COLUMN breaks_ties INTEGER NOT NULL DEFAULT 0 CHECK (breaks_ties IN (0, 1));
ALTER TABLE result ADD COLUMN assistance TEXT;

CREATE TABLE irm_order (
    id INTEGER PRIMARY KEY,
    discipline_id INTEGER NOT NULL REFERENCES discipline (id),
    irm_id INTEGER NOT NULL REFERENCES irm (id),
    position INTEGER NOT NULL,
    UNIQUE (discipline_id, irm_id)
) STRICT;
CREATE INDEX result_by_status ON result (status, event_id) WHERE status IS NOT NULL;
CREATE INDEX decision_line_by_status ON decision_line (status, event_id) WHERE status IS NOT NULL;
"""

_RECORDS = """
ALTER TABLE record_list ADD COLUMN continent TEXT
    CHECK (continent IN ('africa', 'america', 'asia', 'europe', 'oceania'));
ALTER TABLE record_list ADD COLUMN minimum_margin INTEGER CHECK (minimum_margin > 0);
ALTER TABLE record_list ADD COLUMN day_best INTEGER NOT NULL DEFAULT 0 CHECK (day_best IN (0, 1));
ALTER TABLE record_list ADD COLUMN wind_limit INTEGER;
ALTER TABLE record_list ADD COLUMN allows_assistance INTEGER NOT NULL DEFAULT 0
    CHECK (allows_assistance IN (0, 1));
ALTER TABLE record_list ADD COLUMN needs_ratification INTEGER NOT NULL DEFAULT 0
    CHECK (needs_ratification IN (0, 1));

CREATE TABLE published_record (
    id INTEGER PRIMARY KEY,
    record_list_id INTEGER NOT NULL REFERENCES record_list (id),
    position INTEGER NOT NULL,
    mark INTEGER NOT NULL,
    mark_decimals INTEGER NOT NULL CHECK (mark_decimals BETWEEN 0 AND 6),
    holder TEXT NOT NULL,
    nation_id INTEGER REFERENCES nation (id),
    date TEXT,
    source_id INTEGER REFERENCES source (id),
    UNIQUE (record_list_id, position)
) STRICT;
"""

_DERIVED = """
DROP VIEW v_results;
DROP VIEW v_medallists;
DROP VIEW v_standings;
DROP VIEW v_record_history;
DROP TABLE placing;
DROP TABLE award;
DELETE FROM record_mark;

CREATE TABLE placing (
    entry_id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL,
    rank INTEGER,
    rank_equal INTEGER NOT NULL,
    sort_order INTEGER NOT NULL,
    behind INTEGER,
    tie_open INTEGER NOT NULL,
    status TEXT,
    status_decided INTEGER NOT NULL,
    medal_ruling TEXT,
    decision_id INTEGER
) STRICT;
CREATE INDEX placing_by_event ON placing (event_id, sort_order);

CREATE TABLE award (
    entry_id INTEGER NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    competition_id INTEGER NOT NULL,
    nation_id INTEGER NOT NULL,
    discipline_id INTEGER NOT NULL,
    gender TEXT NOT NULL,
    day TEXT NOT NULL,
    medal TEXT NOT NULL CHECK (medal IN ('gold', 'silver', 'bronze')),
    official INTEGER NOT NULL,
    decision_id INTEGER,
    PRIMARY KEY (entry_id, from_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX award_by_event ON award (event_id);
CREATE INDEX award_by_competition
    ON award (competition_id, official, until_day, from_day, nation_id, gender, medal, event_id);
CREATE INDEX award_by_nation
    ON award (nation_id, gender, medal, official, until_day, from_day);

CREATE TABLE best_mark (
    result_id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL,
    athlete_id INTEGER NOT NULL,
    event_type_id INTEGER NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('personal', 'season')),
    outcome TEXT NOT NULL CHECK (outcome IN ('set', 'equalled'))
) STRICT;
CREATE INDEX best_mark_by_event ON best_mark (event_id);
CREATE INDEX best_mark_by_athlete ON best_mark (athlete_id, event_type_id);
"""

STANDS = "9999-12-31"
"""The last day of a medal that nothing has taken away."""

_STATUS = "iif(pl.status_decided, pl.status, r.status)"

_VIEWS = f"""
CREATE VIEW v_results AS
SELECT c.code AS competition, et.code AS event, c.name AS competition_name,
    et.name AS event_name, e.date, p.name AS phase, u.position AS unit, r.lane, r.start_order,
    pl.rank, pl.rank_equal, pl.sort_order, {ENTRY_NAME} AS name,
    {on_day("code", "n.nation_id", "c.start_date")} AS nation,
    {mark_text("r.mark", "r.mark_decimals", "et.mark_kind")} AS mark, r.mark AS mark_millionths,
    r.score, {_STATUS} AS status, w.medal, d.body AS decided_by, r.note, r.id AS result_id
FROM result AS r
JOIN entry AS n ON n.id = r.entry_id
JOIN event AS e ON e.id = r.event_id
JOIN event_type AS et ON et.id = e.event_type_id
JOIN competition AS c ON c.id = e.competition_id
JOIN phase AS p ON p.id = r.phase_id
LEFT JOIN unit AS u ON u.id = r.unit_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
LEFT JOIN placing AS pl ON pl.entry_id = n.id
LEFT JOIN decision AS d ON d.id = pl.decision_id
LEFT JOIN award AS w ON w.entry_id = n.id AND w.until_day = '{STANDS}' AND NOT EXISTS (
    SELECT 1 FROM result AS later JOIN phase AS lp ON lp.id = later.phase_id
    WHERE later.entry_id = r.entry_id AND (lp.position, later.id) > (p.position, r.id));

CREATE VIEW v_medallists AS
SELECT c.code AS competition, et.code AS event, c.name AS competition_name,
    et.name AS event_name, e.date, w.medal, {ENTRY_NAME} AS name,
    {on_day("code", "w.nation_id", "c.start_date")} AS nation, w.official,
    w.from_day, nullif(w.until_day, '{STANDS}') AS until_day, d.body AS decided_by
FROM award AS w
JOIN entry AS n ON n.id = w.entry_id
JOIN event AS e ON e.id = w.event_id
JOIN event_type AS et ON et.id = e.event_type_id
JOIN competition AS c ON c.id = w.competition_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
LEFT JOIN decision AS d ON d.id = w.decision_id;

CREATE VIEW v_standings AS
WITH tally AS (
    SELECT w.competition_id, w.nation_id, coalesce(cn.membership, 'ranked') = 'ranked' AS ranked,
        sum(w.medal = 'gold') AS gold, sum(w.medal = 'silver') AS silver,
        sum(w.medal = 'bronze') AS bronze, count(*) AS total
    FROM award AS w
    LEFT JOIN competition_nation AS cn
        ON cn.competition_id = w.competition_id AND cn.nation_id = w.nation_id
    WHERE w.official AND w.until_day = '{STANDS}'
        AND coalesce(cn.membership, 'ranked') <> 'left_out'
    GROUP BY w.competition_id, w.nation_id
)
SELECT c.code AS competition,
    iif(ranked, rank() OVER (
        PARTITION BY c.id, ranked ORDER BY gold DESC, silver DESC, bronze DESC), NULL) AS rank,
    {on_day("code", "t.nation_id", "c.start_date")} AS nation,
    {on_day("name", "t.nation_id", "c.start_date")} AS name, gold, silver, bronze, total,
    iif(ranked, rank() OVER (PARTITION BY c.id, ranked ORDER BY total DESC), NULL) AS rank_total
FROM tally AS t
JOIN competition AS c ON c.id = t.competition_id
ORDER BY c.start_date, c.code, gold DESC, silver DESC, bronze DESC, nation;

CREATE VIEW v_record_history AS
WITH list AS (
    SELECT l.id, k.code AS record, et.code AS event_type, s.code AS series,
        {on_day("code", "l.nation_id", "'9999'")} AS of_nation, l.continent, v.name AS venue,
        l.age_class, et.mark_kind
    FROM record_list AS l
    JOIN record_kind AS k ON k.id = l.record_kind_id
    JOIN event_type AS et ON et.id = l.event_type_id
    LEFT JOIN series AS s ON s.id = l.series_id
    LEFT JOIN venue AS v ON v.id = l.venue_id
)
SELECT l.record, l.event_type, l.series, l.of_nation, l.continent, l.venue, l.age_class,
    b.date, '' AS moment, 'baseline' AS outcome,
    {mark_text("b.mark", "b.mark_decimals", "l.mark_kind")} AS mark,
    b.holder, {on_day("code", "b.nation_id", "coalesce(b.date, '9999')")} AS nation,
    NULL AS competition, NULL AS unit, NULL AS ruling
FROM record_baseline AS b
JOIN list AS l ON l.id = b.record_list_id
UNION ALL
SELECT l.record, l.event_type, l.series, l.of_nation, l.continent, l.venue, l.age_class,
    substr(m.moment, 1, 10), m.moment, m.outcome,
    {mark_text("r.mark", "r.mark_decimals", "l.mark_kind")},
    {ENTRY_NAME}, {on_day("code", "n.nation_id", "c.start_date")}, c.code, u.position,
    (SELECT ruling FROM record_ruling AS g
        WHERE g.record_list_id = m.record_list_id AND g.result_id = m.result_id
        ORDER BY g.date DESC, g.id DESC LIMIT 1)
FROM record_mark AS m
JOIN list AS l ON l.id = m.record_list_id
JOIN result AS r ON r.id = m.result_id
JOIN entry AS n ON n.id = r.entry_id
JOIN event AS e ON e.id = r.event_id
JOIN competition AS c ON c.id = e.competition_id
LEFT JOIN unit AS u ON u.id = r.unit_id
LEFT JOIN athlete AS a ON a.id = n.athlete_id
ORDER BY 1, 2, 3, 4, 5, 6, 7, moment;
"""

SECOND_SCHEMA = "".join((_NATIONS, _RESULTS, _RECORDS, _DERIVED, _VIEWS))
"""Every statement of the second step, each ending in a semicolon and a line break."""
