"""Tidy results: the documented exchange table, one row a result (a mark of an entry in a phase).

Header names say what a column is; their order does not matter. A column that is not one of these
is kept as a note. The same table goes out of a book and comes into one.

A row with a `decision_date` is no result: it says what a decision set of one entry (RULES R8),
and names the entry as its results do. Rows of one day, body and reason are one decision unless
another one of that day stands between them; those of one day hold in their order (RULES R9).
What it does not set is empty, and `none` where it takes a status, rank or medal away. `status`,
`rank` and `medal` of the results are what stands after all of them; `entered_status` is what
stood in a result before a decision set its status, `none` where nothing did.
"""

from __future__ import annotations

from collections.abc import Mapping

TIDY_COLUMNS: Mapping[str, str] = {
    "series": "code of the series",
    "competition": "code of the competition",
    "competition_name": "its name",
    "city": "where it was held",
    "start_date": "its first day, 2026-02-06",
    "end_date": "its last day",
    "discipline": "code of the discipline",
    "event": "code of the event type, without the competition",
    "event_name": "its name",
    "gender": "M, W, X or O",
    "mark_kind": "time, distance, weight, points, score or placing",
    "better": "lower or higher",
    "decimals": "decimals of its marks",
    "classification": "final, total, best or manual",
    "bronzes": "bronze medals that are usual, 1 or 2",
    "venue": "where the event was held",
    "date": "the day of the result, else of the event",
    "time": "the time of day, 16:42",
    "phase": "name of the phase",
    "unit": "number of the heat, pair or group",
    "order": "start order",
    "bib": "number of the start list",
    "lane": "lane",
    "athlete": "printed name",
    "family_name": "family name",
    "given_name": "given name",
    "team": "name of the team",
    "member_of": "name of the team of the same event that the athlete is a member of",
    "nation": "code, or name, of the nation competed for",
    "mark": "as printed: 1:12.31",
    "status": "DNF, DSQ …",
    "tie_break": "lower is better",
    "wind": "metres per second, +1.8",
    "rank": "rank of the event",
    "medal": "gold, silver or bronze",
    "official": "the day the event was official; empty while it is not",
    "note": "whatever else",
    "source": "where the row comes from",
    "athlete_gender": "M, W or X: of the person, where it is not that of the event",
    "birth_date": "the day the person was born",
    "entered_status": "status before a decision set it, or none",
    "decision_date": "the day of a decision; then the row is about that alone",
    "decision_body": "who decided",
    "decision_reason": "why",
    "decision_status": "the status it sets, or none",
    "decision_rank": "the rank it sets, or none",
    "decision_medal": "gold, silver, bronze, none, withheld or pending",
    "decision_revoked": "the day from which it holds no longer",
    "membership": "of the nation in the medal table of the competition: ranked, unranked, left_out",
}
"""Name of a column to what stands in it; in the order in which a book is written."""

NEEDED = ("competition", "event", "nation")
"""Every row needs these, an athlete or a team, and one of `GIVES`."""

NONE = "none"
"""What a decision, or an entered status, says where there is none."""

GIVES = ("mark", "status", "rank", "medal")
"""What a row can be about; one with none of them is an entry without a result yet."""
