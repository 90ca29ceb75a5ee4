"""The records that stand, always in sight above the sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

from medaldesk.book.reads.records import RecordHistory, RecordRow
from medaldesk.domain.marks import format_mark
from medaldesk.gui.theme import theme
from medaldesk.reports import words
from medaldesk.reports.language import tr


class RecordChip(QLabel):
    """One list: its code, the mark that stands, who holds it, what stood before."""

    chosen = Signal(int)

    def __init__(self, record_list: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.record_list = record_list
        self._whole = QSize()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Show the history of this record"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._restyle()

    def tell(self, chip: Chip) -> None:
        """Say something of the same list."""
        if (html := chip.html()) == self.text():
            return
        self.setWordWrap(False)
        self.setText(html)
        self._whole = super().sizeHint()
        self.setWordWrap(True)
        self.setAccessibleName(chip.text())

    def sizeHint(self) -> QSize:
        """As wide as all that it says; with less room it goes on in another line."""
        return self._whole

    def _restyle(self) -> None:
        px, colours = theme().px, theme().colours
        self.setStyleSheet(
            f"QLabel {{ border: 1px solid {colours.line.name()}; border-radius: {px(9)}px;"
            f"padding: {px(3)}px {px(12)}px; color: {colours.muted.name()}; }}"
            f"QLabel:focus {{ border: 2px solid {colours.accent.name()};"
            f"padding: {px(3) - 1}px {px(12) - 1}px; }}"
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.record_list)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.record_list)
        else:
            super().keyPressEvent(event)


class RecordsStrip(QWidget):
    """Chips for the record lists of an event; `chosen` names the list that was picked."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._chips: list[RecordChip] = []
        self._look: tuple[object, ...] = ()

    def show_records(
        self, histories: Sequence[RecordHistory], day: str, name: Callable[[RecordRow], str]
    ) -> None:
        """Show what stands in each list; `day` is that of the event, `name` says a holder."""
        look = (theme().dark, theme().zoom)
        lists = [history.list.id for history in histories]
        if look != self._look or lists != [chip.record_list for chip in self._chips]:
            self._look = look
            self._build(lists)
        for chip, history in zip(self._chips, histories, strict=True):
            chip.tell(Chip(history, day, name))
        self.setVisible(bool(histories))

    def _build(self, lists: Sequence[int]) -> None:
        """Make a chip for each list anew."""
        px = theme().px
        self._flow.setContentsMargins(px(20), px(2), px(20), px(10))
        self._flow.setSpacing(px(8))
        self._flow.clear()
        self._chips = [RecordChip(record_list, self) for record_list in lists]
        for chip in self._chips:
            chip.chosen.connect(self.chosen)
            self._flow.addWidget(chip)
            chip.show()


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip says of a list on the day of the event."""

    history: RecordHistory
    day: str
    name: Callable[[RecordRow], str]

    def text(self) -> str:
        """As it is read aloud."""
        before = self._before()
        text = f"{self._code()} {self._now()}"
        return f"{text} · {tr('before')} {before}" if before else text

    def html(self) -> str:
        """As it is painted; names are shown as text, never as markup."""
        colours, before = theme().colours, self._before()
        ink = colours.record.text if self._fell_today() else colours.text
        now = f"<span style='color:{ink.name()}'>{escape(self._now())}</span>"
        text = f"<b>{escape(self._code())}</b>&nbsp; {now}"
        return f"{text} · {escape(tr('before'))} {escape(before)}" if before else text

    def _code(self) -> str:
        """`OR`, or `NR NED`: with what tells apart lists of one kind."""
        found = self.history.list
        parts = (found.code, found.nation, found.venue, found.age_class)
        return " ".join(part for part in parts if part)

    def _fell_today(self) -> bool:
        return any(row.day == self.day for row in self.history.current)

    def _now(self) -> str:
        return ", ".join(self._held(row) for row in self.history.current) or tr("none yet")

    def _held(self, row: RecordRow) -> str:
        text = f"{self._mark(row)} {self.name(row)} {row.nation}".strip()
        if row.day == self.day:
            return tr("{record}, today").format(record=text)
        return f"{text} {(row.day or '')[:4]}".strip()

    def _before(self) -> str:
        """What fell today, back to the last record of an earlier day."""
        if not self._fell_today():
            return ""
        told: list[str] = []
        for row in reversed(self.history.rows):
            if row.reign.current:
                continue
            text = f"{self._mark(row)} {self.name(row)} {row.nation}".strip()
            if row.day != self.day:
                told.append(f"{text} {(row.day or '')[:4]}".strip())
                break
            stood = words.stood_for(row.reign.stood, row.unit_kind)
            told.append(f"{text} ({stood})" if stood else text)
        return ", ".join(told)

    def _mark(self, row: RecordRow) -> str:
        return format_mark(row.mark, self.history.list.form.kind)


class FlowLayout(QLayout):
    """Widgets side by side, in as many lines as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._tallest: dict[int, int] = {}

    def clear(self) -> None:
        """Take all widgets out and delete them."""
        self._tallest.clear()
        while (item := self.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Never less than it was: what stands below must not jump while marks come in."""
        height = self._arrange(QRect(0, 0, width, 0), move=False)
        self._tallest[width] = max(height, self._tallest.get(width, 0))
        return self._tallest[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        height = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins, gap = self.contentsMargins(), self.spacing()
        left, right = rect.left() + margins.left(), rect.right() - margins.right()
        x, y, tall = left, rect.top() + margins.top(), 0
        for item in self._items:
            hint = item.sizeHint()
            width, height = min(hint.width(), right - left), hint.height()
            if width < hint.width() and item.hasHeightForWidth():
                height = item.heightForWidth(width)
            if x > left and x + width > right:
                x, y, tall = left, y + tall + gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
            x, tall = x + width + gap, max(tall, height)
        return y + tall + margins.bottom() - rect.top() if self._items else 0
