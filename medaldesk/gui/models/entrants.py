"""Who is meant by what was typed: people, teams and nations of the book, or new ones."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import chain, count
from typing import TypedDict

from medaldesk.book.changes import Action
from medaldesk.book.edits import Edits
from medaldesk.book.edits.results import whole_number
from medaldesk.book.errors import AlreadyEntered, BadNumber, PartOfName, UnknownCode
from medaldesk.book.reads.events import EventHead, ResultRow
from medaldesk.book.reads.search import AthleteChoice, NationChoice
from medaldesk.domain.names import FAMILY_FIRST, fold, split_name
from medaldesk.gui.live_book import LiveBook
from medaldesk.gui.models.sheet import Draft
from medaldesk.reports.language import tr


class Entrant(TypedDict, total=False):
    """Who is entered, as `Edits.add_entry` takes it: one of the two."""

    athlete: int
    team: str


class Entrants:
    """Finds and adds whoever competes in an event; `doubt` is what a person should look at."""

    def __init__(self, live: LiveBook) -> None:
        self._live = live
        self._doubt = ""

    def take_doubt(self) -> str:
        """The sentence about the one added last, once; empty where there is none."""
        doubt, self._doubt = self._doubt, ""
        return doubt

    # Finding

    def known(self, value: AthleteChoice | str) -> AthleteChoice | str:
        """The person of exactly this name, if there is just one and no other choice was made.

        Raises PartOfName for a single word that may be somebody of the book.
        """
        known = self._named(value)
        self._refuse_part(known)
        return known

    def _named(self, value: AthleteChoice | str) -> AthleteChoice | str:
        if type(value) is not str or not value.strip():
            return value
        named = self._live.reads.athletes_named(value)
        return named[0] if len(named) == 1 else value

    def _refuse_part(self, value: AthleteChoice | str) -> None:
        """Nobody new comes into the book by a part of a name. Raises PartOfName."""
        if type(value) is not str or len(value.split()) != 1:
            return
        if like := self._live.reads.athletes_like(value, 1):
            raise PartOfName(text=value.strip(), name=like[0].name)

    def nation(self, value: NationChoice | str, day: str | None) -> NationChoice:
        """The nation that was picked or typed. Raises UnknownCode."""
        if isinstance(value, NationChoice):
            return value
        wanted = value.strip()
        found = self._live.reads.nations_like(wanted, day, limit=1) if wanted else []
        if not found:
            raise UnknownCode(what="nation", code=wanted)
        return found[0]

    def nation_of(self, athlete: AthleteChoice, day: str | None) -> NationChoice | None:
        """For whom somebody competed the last time, under the code of a day."""
        if athlete.nation_id is None:
            return None
        reads = self._live.reads
        code = reads.nation_code(athlete.nation_id, day)
        return NationChoice(athlete.nation_id, code, reads.nation_name(athlete.nation_id, day))

    # The line of the next entry

    def name_draft(
        self, head: EventHead, draft: Draft, value: AthleteChoice | NationChoice | str
    ) -> None:
        """Say who is entered next; a nation is its team. Raises PartOfName."""
        if isinstance(value, NationChoice):
            draft.athlete, draft.nation = self._team_of(head, value), value
            return
        draft.athlete = value if head.team else self.known(value)
        if isinstance(draft.athlete, AthleteChoice) and draft.nation is None:
            draft.nation = self.nation_of(draft.athlete, head.day)

    def send_draft(self, head: EventHead, draft: Draft, value: NationChoice | str) -> None:
        """Say for whom the next entry competes; a team without a name has that of its nation.

        Raises UnknownCode.
        """
        draft.nation = self.nation(value, head.day) if value else None
        if head.team and draft.nation is not None and not draft.name.strip():
            draft.athlete = self._team_of(head, draft.nation)

    def _team_of(self, head: EventHead, nation: NationChoice) -> str:
        """`Netherlands`, or `Netherlands 2` where that one is entered already."""
        taken = {row.name for row in self._live.reads.results(head.id)}
        names = (f"{nation.name} {number}" for number in count(2))
        return next(name for name in chain((nation.name,), names) if name not in taken)

    # Entering

    def enter(
        self,
        head: EventHead,
        draft: Draft,
        nation: NationChoice,
        phase: int | None,
        present: Iterable[ResultRow],
    ) -> int:
        """Enter somebody in a phase, as one edit; who is in the event already goes on to it.

        `present` are the lines of the phase. Returns the result. Raises MedalDeskError.
        """
        edits, athlete = self._live.book.edits, draft.athlete
        with edits.together(Action.ADD_ENTRY, draft.name):
            if isinstance(athlete, AthleteChoice):
                if any(row.athlete == athlete.id for row in present):
                    raise AlreadyEntered(name=athlete.name)
                entry = self._live.reads.entry_of(head.id, athlete.id)
                if entry is not None and phase is not None:
                    return edits.add_result(entry, phase, unit=draft.unit)
            entry = edits.add_entry(
                head.id,
                nation.id,
                unit=draft.unit,
                start_order=whole_number(draft.order, BadNumber),
                phase=phase,
                **self._entrant(edits, head, athlete, nation.code),
            )
            return edits.result_of(entry)

    def replace(
        self, head: EventHead, row: ResultRow, value: AthleteChoice | NationChoice | str
    ) -> None:
        """Somebody else competes: a person picked, or another name as a new person.

        A name that is nearly the same corrects the spelling of the one entered. Raises PartOfName.
        """
        edits = self._live.book.edits
        if isinstance(value, NationChoice):
            self._replace_team(head, row, value)
            return
        known = value if row.athlete is None else self._named(value)
        if isinstance(known, AthleteChoice):
            edits.change_entry_athlete(row.entry, known.id)
        elif row.athlete is None:
            edits.rename_team(row.entry, known)
        elif type(known) is str and corrects(known, row.name):
            edits.rename_athlete(row.athlete, known)
        else:
            self._refuse_part(known)
            with edits.together(Action.CHANGE_ENTRY, known):
                person = self.add_person(edits, known, row.nation, head.gender)
                edits.change_entry_athlete(row.entry, person)

    def _replace_team(self, head: EventHead, row: ResultRow, nation: NationChoice) -> None:
        """The team of another nation competes."""
        edits = self._live.book.edits
        if row.nation_id == nation.id:
            edits.rename_team(row.entry, nation.name)
            return
        name = self._team_of(head, nation)
        with edits.together(Action.CHANGE_ENTRY, name):
            edits.rename_team(row.entry, name)
            edits.change_entry_nation(row.entry, nation.id)

    def _entrant(
        self, edits: Edits, head: EventHead, athlete: AthleteChoice | str, nation: str
    ) -> Entrant:
        """Who is entered: a person known or new, or in a team event a team by its name."""
        if isinstance(athlete, AthleteChoice):
            return {"athlete": athlete.id}
        if head.team:
            return {"team": athlete}
        return {"athlete": self.add_person(edits, athlete, nation, head.gender)}

    def add_person(self, edits: Edits, name: str, nation: str, gender: str) -> int:
        """Add a person, and doubt it where the book has one of nearly the same name.

        `gender` is that of the event: of a mixed or open one it says nothing.
        """
        similar = [known.name for known in self._live.reads.athletes_similar(name)]
        given, family = split_name(name, family_first=nation in FAMILY_FIRST)
        person = edits.add_athlete(
            name,
            family_name=family,
            given_name=given,
            gender=gender if gender in ("M", "W") else None,
        )
        if similar:
            text = tr("{name} is new in this book, which has {others}, too: is it the same person?")
            self._doubt = text.format(name=name, others=", ".join(similar))
        return person


def corrects(name: str, other: str) -> bool:
    """Whether a name is another spelling of the same: a letter or two apart."""
    return bool(other) and SequenceMatcher(None, fold(name), fold(other)).ratio() >= 0.8
