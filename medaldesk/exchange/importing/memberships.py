"""What nations are in the medal tables of competitions: ranked, unranked, left out (RULES R15)."""

from __future__ import annotations

from medaldesk.book.edits.nations import MEMBERSHIPS
from medaldesk.book.reads.bulk import BulkReads
from medaldesk.exchange.importing.matching import Doubt, DoubtKind
from medaldesk.exchange.importing.pending import Pending
from medaldesk.exchange.importing.programme import CompetitionState
from medaldesk.exchange.importing.rows import TidyRow

RANKED = MEMBERSHIPS[0]
"""What a nation is of which nothing is said."""


class Memberships:
    """Takes what rows say of their nation; of a nation and a competition the first row counts."""

    def __init__(self, reads: BulkReads, pending: Pending, doubts: list[Doubt]) -> None:
        self._known = reads.known_memberships()
        self._pending = pending
        self._doubts = doubts
        self._said: dict[tuple[int, int], str] = {}

    def take(self, row: TidyRow, competition: CompetitionState, nation: int) -> None:
        """What a row that was taken says; a later one that says another thing is doubtful."""
        if not row.membership:
            return
        key = (competition.id, nation)
        if key not in self._said:
            self._said[key] = row.membership
            self._settle(key, row.membership)
        elif self._said[key] != row.membership:
            self._doubts.append(
                Doubt(
                    DoubtKind.FACTS_DIFFER, row.source, row.number, competition.code, 0,
                    column="membership", text=f"{self._said[key]} / {row.membership}",
                )
            )  # fmt: skip

    def _settle(self, key: tuple[int, int], said: str) -> None:
        row, was = self._known.get(key, (0, RANKED))
        if row:
            changes = {"membership": said} if said != was else {}
            self._pending.settle("competition_nation", row, changes)
        elif said != was:
            self._pending["competition_nation"].add(*key, said)
