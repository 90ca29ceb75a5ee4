"""How the medal table is ranked, which medals count, and which columns it has (RULES R17, R19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from medaldesk.domain.errors import BadWeights
from medaldesk.domain.standings import USUAL_WEIGHTS, PerCapitaOf, RankBy, Weights
from medaldesk.gui.theme import theme
from medaldesk.gui.widgets.filter_line import UndoPassedOn
from medaldesk.gui.widgets.segments import Segments
from medaldesk.reports import table_words, words

ROOM_BESIDE = 560
"""The width of the page, at 100 %, from which there is more than a menu beside the heading."""


class WeightsEdit(QLineEdit):
    """Weights typed as `3-2-1`; `taken` carries them, `wrong` a sentence about what they lack."""

    taken = Signal(object)
    wrong = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(str(USUAL_WEIGHTS), parent)
        UndoPassedOn(self)
        self.setAccessibleName(self.tr("Points of gold, silver and bronze"))
        self.setToolTip(self.tr("Points of gold, silver and bronze, such as 3-2-1 or 5-3-1"))
        self.editingFinished.connect(self._take)

    def _take(self) -> None:
        if not self.isModified():
            return
        try:
            weights = Weights.parse(self.text())
        except BadWeights as error:
            self._mark(wrong=True)
            self.wrong.emit(words.sentence(error))
            return
        self._mark(wrong=False)
        self.setModified(False)
        self.setText(str(weights))
        self.taken.emit(weights)

    def _mark(self, *, wrong: bool) -> None:
        self.setProperty("wrong", wrong)
        self.style().polish(self)


class TableControls(QObject):
    """The controls of a medal table: `beside` the heading, and `parts` in lines below it."""

    order_chosen = Signal(object)
    weights_chosen = Signal(object)
    weights_wrong = Signal(str)
    per_capita_chosen = Signal(object)
    basis_chosen = Signal(object)
    day_wanted = Signal(bool)
    compare_wanted = Signal(bool)
    columns_chosen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tight = self._compared = False
        self._build_segments(parent)
        self.as_of = self._toggle(
            parent, self.tr("As of…"), self.tr("The table of any day; [ and ] go day by day")
        )
        self.compare = self._toggle(
            parent, self.tr("Compare…"), self.tr("Two tables, with the change in each number")
        )
        self.view = QPushButton(self.tr("View"), parent)
        self.view.setToolTip(self.tr("Order, medals counted, day, comparison, columns"))
        self._build_menu()
        self.parts: tuple[QWidget, ...] = (
            self.order,
            self.weights,
            self.counted,
            self.basis,
        )
        self.beside = (self.as_of, self.compare, self.view)
        self._connect()
        theme().changed.connect(self._restyle)
        self._restyle()

    def _build_segments(self, parent: QWidget) -> None:
        per_capita = {what: table_words.per_capita_name(what) for what in PerCapitaOf}
        self._order_names = {rank: table_words.order_name(rank) for rank in RankBy}
        self._basis_names = {False: self.tr("Official"), True: self.tr("As it stands")}
        self.order = Segments(self.tr("Order"), self._order_names, parent)
        self.weights = WeightsEdit(parent)
        self.counted = Segments(self.tr("Counted per million people"), per_capita, parent)
        self.basis = Segments(self.tr("Medals counted"), self._basis_names, parent)

    def _build_menu(self) -> None:
        """The same in a menu, for a window with little room, and the further columns."""
        self._menu = QMenu(self.view)
        self.view.setMenu(self._menu)
        self._orders = self._choices(self._order_names, self.order_chosen)
        self._bases = self._choices(self._basis_names, self.basis_chosen)
        self._menu_as_of = self._entry(self.tr("As &of…"), self.day_wanted)
        self._menu_compare = self._entry(self.tr("&Compare…"), self.compare_wanted)
        self._menu.addSeparator()
        self.all_ranks = self._entry(self.tr("All &ranks"), self.columns_chosen)
        self.by_gender = self._entry(self.tr("&Men, women, mixed, open"), self.columns_chosen)

    def show_choice(
        self, rank_by: RankBy, per_capita_of: PerCapitaOf, *, as_it_stands: bool
    ) -> None:
        """Show what the table goes by; only its own settings are in sight."""
        self.order.choose(rank_by)
        self.counted.choose(per_capita_of)
        self.basis.choose(as_it_stands)
        self._orders[rank_by].setChecked(True)
        self._bases[as_it_stands].setChecked(True)
        self.weights.setVisible(rank_by is RankBy.WEIGHTED)
        self.counted.setVisible(rank_by is RankBy.PER_CAPITA)

    def show_time(self, *, day: bool, compared: bool) -> None:
        """Show whether the table is of a day, and whether two are compared."""
        for of_day in (self.as_of, self._menu_as_of):
            of_day.setChecked(day)
        for comparing in (self.compare, self._menu_compare):
            comparing.setChecked(compared)
        self._compared = compared
        self.basis.setVisible(not compared and not self._tight)
        for basis in self._bases.values():
            basis.setVisible(not compared)

    def set_room(self, width: int, *, tight: bool) -> None:
        """Fit into a width in pixels; where it is tight, the menu alone is in sight."""
        self._tight = tight
        for segments in (self.order, self.counted, self.basis):
            segments.set_room(0 if tight else width)
        self.order.setVisible(not tight)
        for part in (self.as_of, self.compare):
            part.setVisible(width >= theme().px(ROOM_BESIDE) and not tight)
        self.basis.setVisible(not self._compared and not tight)

    def _choices(self, choices: Mapping[Any, str], chosen: SignalInstance) -> dict[Any, QAction]:
        """Choices of the menu of which one holds."""
        group = QActionGroup(self._menu)
        actions = {}
        for choice, text in choices.items():
            action = actions[choice] = group.addAction(text)
            action.setCheckable(True)
            action.triggered.connect(lambda _, picked=choice: chosen.emit(picked))
            self._menu.addAction(action)
        self._menu.addSeparator()
        return actions

    def _entry(self, text: str, wanted: SignalInstance) -> QAction:
        action = self._menu.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(wanted)
        return action

    def _toggle(self, parent: QWidget, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, parent)
        button.setCheckable(True)
        button.setProperty("segment", True)
        button.setToolTip(tip)
        return button

    def _connect(self) -> None:
        self.order.chosen.connect(self.order_chosen)
        self.weights.taken.connect(self.weights_chosen)
        self.weights.wrong.connect(self.weights_wrong)
        self.counted.chosen.connect(self.per_capita_chosen)
        self.basis.chosen.connect(self.basis_chosen)
        self.as_of.clicked.connect(self.day_wanted)
        self.compare.clicked.connect(self.compare_wanted)

    def _restyle(self) -> None:
        width = self.weights.fontMetrics().horizontalAdvance("100-100-100")
        self.weights.setFixedWidth(width + theme().px(24))
