"""Add a phase to an event: heats and semi-finals before the final, a further run after it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from medaldesk.book.edits import Edits
from medaldesk.book.reads.events import EventHead, PhaseRow
from medaldesk.domain.classification import Classification
from medaldesk.domain.errors import MedalDeskError
from medaldesk.domain.names import fold
from medaldesk.gui.dialogs.form import Choice, FormDialog, Making
from medaldesk.gui.live_book import LiveBook


class PhaseDialog(FormDialog):
    """The name of a phase and where it stands; `created` is its id.

    The last phase is the one that decides (RULES R4): by its name a new one is put where such a
    phase mostly stands, until a person says otherwise.
    """

    def __init__(self, live: LiveBook, event: int, parent: QWidget | None = None) -> None:
        super().__init__(live, parent)
        self.created: int | None = None
        self._head = live.reads.event_head(event)
        self._placed = False
        # The names by which a phase is known, from the first to the one that decides.
        self._stages = (
            self.tr("Heats"), self.tr("Quarter-final"), self.tr("Semi-final"), self.tr("Final"),
        )  # fmt: skip
        self.entitle(self.tr("Add phase to {event}").format(event=self._head.name), self.tr("Add"))
        self.name = QLineEdit()
        self.place = Choice(self._places(self._head.phases))
        self.add_field(self.tr("&Name"), self.name, needed=True)
        tip = self.tr("The last phase decides the ranks; who was only in the one before follows")
        self.add_field(self.tr("&Place"), self.place, tip=tip)
        self.name.textChanged.connect(self._suggest_place)
        self.place.activated.connect(self._on_placed)
        self.name.setText(self._suggested_name(self._head))

    def _places(self, phases: Sequence[PhaseRow]) -> list[tuple[str, object]]:
        """Before each of the phases, and after the last."""
        before: list[tuple[str, object]] = [
            (self.tr("before {phase}").format(phase=phase.name), phase.position) for phase in phases
        ]
        return [*before, (self.tr("last: it decides"), None)]

    def _suggested_name(self, head: EventHead) -> str:
        """What is missing most: the final, then a semi-final, then heats; or a further run."""
        if head.classification in (Classification.TOTAL, Classification.BEST):
            return self.tr("Run {n}").format(n=len(head.phases) + 1)
        heats, quarter, semi, final = self._stages
        held = {fold(phase.name) for phase in head.phases}
        missing = (name for name in (final, semi, heats, quarter) if fold(name) not in held)
        return next(missing, "")

    def _on_placed(self) -> None:
        """From now on the person says where the phase stands, not its name."""
        self._placed = True

    def _suggest_place(self) -> None:
        if self._placed:
            return
        stage = self._stage(self.name.text())
        later = (phase.position for phase in self._head.phases if self._stage(phase.name) > stage)
        self.place.choose(next(later, None) if stage >= 0 else None)

    def _stage(self, name: str) -> int:
        """How far towards the end a phase of this name stands; -1 where the name does not say."""
        found = (n for n, stage in enumerate(self._stages) if _begins_alike(name, stage))
        return next(found, -1)

    def making(self) -> Making:
        name, position = self.name.text(), self.place.chosen()

        def make(edits: Edits) -> None:
            self.created = edits.add_phase(self._head.id, name, position)

        return make

    def field_of(self, error: MedalDeskError) -> QWidget | None:
        return self.name if error.details.get("what") == "name" else None


def _begins_alike(name: str, stage: str) -> bool:
    """`Heat 2` and `Semifinals` are names of the stages `Heats` and `Semi-final`."""
    plain, known = (fold(text).replace("-", "").replace(" ", "") for text in (name, stage))
    return plain.startswith(known.removesuffix("s"))
