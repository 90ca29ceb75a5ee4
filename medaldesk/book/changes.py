"""What an edit did: handed to every reader, so that each re-reads only what was touched."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum

from medaldesk.domain.medals import Medal
from medaldesk.domain.records import Outcome


class Action(StrEnum):
    """Every edit by name; the window and the journal page translate it."""

    CREATE_BOOK = "create_book"
    RENAME_BOOK = "rename_book"
    ADD_SERIES = "add_series"
    ADD_COMPETITION = "add_competition"
    CHANGE_COMPETITION = "change_competition"
    DELETE_COMPETITION = "delete_competition"
    SET_MEMBERSHIP = "set_membership"
    ADD_EVENT_TYPE = "add_event_type"
    CHANGE_EVENT_TYPE = "change_event_type"
    ADD_EVENT = "add_event"
    CHANGE_EVENT = "change_event"
    DELETE_EVENT = "delete_event"
    MAKE_OFFICIAL = "make_official"
    REOPEN_EVENT = "reopen_event"
    ADD_PHASE = "add_phase"
    RENAME_PHASE = "rename_phase"
    DELETE_PHASE = "delete_phase"
    TAKE_DECISION = "take_decision"
    CHANGE_DECISION = "change_decision"
    REVOKE_DECISION = "revoke_decision"
    DELETE_DECISION = "delete_decision"
    ADD_STATUS = "add_status"
    RENAME_STATUS = "rename_status"
    DELETE_STATUS = "delete_status"
    SET_STATUS_ORDER = "set_status_order"
    ADD_ENTRY = "add_entry"
    CHANGE_ENTRY = "change_entry"
    DELETE_ENTRY = "delete_entry"
    CHANGE_TEAM = "change_team"
    ADD_ATHLETE = "add_athlete"
    RENAME_ATHLETE = "rename_athlete"
    DESCRIBE_ATHLETE = "describe_athlete"
    MERGE_ATHLETES = "merge_athletes"
    DELETE_ATHLETE = "delete_athlete"
    ADD_NATION = "add_nation"
    CHANGE_NATION = "change_nation"
    CHANGE_NATION_CODE = "change_nation_code"
    DELETE_NATION_CODE = "delete_nation_code"
    SET_POPULATION = "set_population"
    ADD_GROUPING = "add_grouping"
    CHANGE_GROUPING = "change_grouping"
    DELETE_GROUPING = "delete_grouping"
    ENTER_MARK = "enter_mark"
    ENTER_STATUS = "enter_status"
    CLEAR_MARK = "clear_mark"
    ENTER_RANK = "enter_rank"
    ENTER_TIE_BREAK = "enter_tie_break"
    ENTER_SPLIT = "enter_split"
    ENTER_START_ORDER = "enter_start_order"
    ENTER_CLOCK_TIME = "enter_clock_time"
    ENTER_WIND = "enter_wind"
    ENTER_ASSISTANCE = "enter_assistance"
    PLACE_IN_UNIT = "place_in_unit"
    WRITE_NOTE = "write_note"
    PASTE_MARKS = "paste_marks"
    ADD_RECORD_LIST = "add_record_list"
    CHANGE_RECORD_LIST = "change_record_list"
    DELETE_RECORD_LIST = "delete_record_list"
    SET_BASELINE = "set_baseline"
    RULE_RECORD = "rule_record"
    SET_PUBLISHED = "set_published"
    IMPORT_RESULTS = "import_results"


@dataclass(frozen=True, slots=True)
class RankMove:
    """An entry whose rank moved; None is no rank."""

    entry: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class MedalMove:
    """An entry whose medal, or whose medal's standing (official or not), changed."""

    entry: int
    nation: int
    competition: int
    before: Medal | None
    after: Medal | None
    was_official: bool
    is_official: bool


@dataclass(frozen=True, slots=True)
class RecordMove:
    """A result that became, or is no longer, a record of a list."""

    record_list: int
    result: int
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True)
class Moves:
    """What a derivation changed in the derived tables."""

    ranks: tuple[RankMove, ...] = ()
    medals: tuple[MedalMove, ...] = ()
    records: tuple[RecordMove, ...] = ()

    def __add__(self, other: Moves) -> Moves:
        return Moves(
            self.ranks + other.ranks, self.medals + other.medals, self.records + other.records
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One journal entry as its readers see it.

    `tables` are the fact tables written; `events`, `competitions` and `results` the ids of all
    that was touched, whether or not anything moved, and `record_lists` those of the lists that
    are not what they were. Of the `events`, those `flagged` were touched in nothing but somebody's
    personal or season best, which a mark elsewhere made one or no longer one.
    """

    journal: int
    kind: str
    action: Action
    subject: str
    tables: frozenset[str] = frozenset()
    events: frozenset[int] = frozenset()
    competitions: frozenset[int] = frozenset()
    record_lists: frozenset[int] = frozenset()
    results: frozenset[int] = frozenset()
    flagged: frozenset[int] = frozenset()
    moves: Moves = field(default_factory=Moves)

    def dumps(self) -> str:
        """The part that the journal keeps: what was touched and what moved."""
        return json.dumps(
            {
                "tables": sorted(self.tables),
                "events": sorted(self.events),
                "competitions": sorted(self.competitions),
                "record_lists": sorted(self.record_lists),
                "results": sorted(self.results),
                "flagged": sorted(self.flagged),
                "ranks": [(m.entry, m.before, m.after) for m in self.moves.ranks],
                "medals": [
                    (
                        m.entry,
                        m.nation,
                        m.competition,
                        m.before,
                        m.after,
                        m.was_official,
                        m.is_official,
                    )
                    for m in self.moves.medals
                ],
                "records": [
                    (m.record_list, m.result, m.before, m.after) for m in self.moves.records
                ],
            },
            separators=(",", ":"),
        )

    @classmethod
    def loads(cls, journal: int, kind: str, action: str, subject: str, text: str) -> Change:
        """Read back what `dumps` wrote into journal entry `journal`."""
        kept = json.loads(text)
        moves = Moves(
            tuple(RankMove(*move) for move in kept["ranks"]),
            tuple(
                MedalMove(entry, nation, competition, _medal(before), _medal(after), was, now)
                for entry, nation, competition, before, after, was, now in kept["medals"]
            ),
            tuple(
                RecordMove(record_list, result, _outcome(before), _outcome(after))
                for record_list, result, before, after in kept["records"]
            ),
        )
        return cls(
            journal,
            kind,
            Action(action),
            subject,
            frozenset(kept["tables"]),
            frozenset(kept["events"]),
            frozenset(kept["competitions"]),
            frozenset(kept["record_lists"]),
            frozenset(kept["results"]),
            frozenset(kept.get("flagged", ())),  # books of 0.1 have none
            moves,
        )


def _medal(name: str | None) -> Medal | None:
    return None if name is None else Medal(name)


def _outcome(name: str | None) -> Outcome | None:
    return None if name is None else Outcome(name)
