"""A chip: a filter and its value, opened by a click, cleared by its × or Delete."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from medaldesk.gui.theme import theme

_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class FilterChip(QPushButton):
    """`opened` asks for its choices, `cleared` to do without it; quiet while it has no value."""

    opened = Signal()
    cleared = Signal()

    def __init__(
        self, name: str, parent: QWidget, *, clearable: bool = True, sign: str = "▾"
    ) -> None:
        super().__init__(parent)
        self._name, self._clearable, self._sign = name, clearable, sign
        self._value, self._said = "", name
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.opened)
        theme().changed.connect(self._restyle)
        self.show_value("")

    @property
    def value(self) -> str:
        """What it filters by; empty while it does not filter."""
        return self._value

    def show_value(self, value: str, text: str | None = None) -> None:
        """Show a value, as `Gender: Women` or by a text of its own."""
        self._value = value
        named = self.tr("{filter}: {value}").format(filter=self._name, value=value)
        said = (text or named) if value else self._name
        self._said = said
        self.setAccessibleName(said)
        clears = value and self._clearable
        self.setToolTip(self.tr("Delete takes the filter away") if clears else self._name)
        self._restyle()

    def sizeHint(self) -> QSize:
        """As wide as all that it says; with less room the text ends in …."""
        metrics = self.fontMetrics()
        said, end = map(metrics.horizontalAdvance, (self._said, self._end()))
        width = said + end + 2 * self._margin + theme().px(2)
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_text()

    def _end(self) -> str:
        sign = "×" if self._value and self._clearable else self._sign
        return f"  {sign}" if sign else ""

    @property
    def _margin(self) -> int:
        return theme().px(13)

    def _fit_text(self) -> None:
        metrics, end = self.fontMetrics(), self._end()
        room = self.width() - 2 * self._margin - metrics.horizontalAdvance(end)
        said = metrics.elidedText(self._said, Qt.TextElideMode.ElideRight, max(room, 0))
        self.setText(f"{said.replace('&', '&&')}{end}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLEAR and self._value and self._clearable:
            self.cleared.emit()
        elif event.key() in _OPEN:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        on_sign = event.position().x() > self.width() - theme().px(26)
        if on_sign and self._value and self._clearable:
            self.setDown(False)
            self.cleared.emit()
            return
        super().mouseReleaseEvent(event)

    def _restyle(self) -> None:
        px, colours = theme().px, theme().colours
        ink, ground, edge = (
            (colours.text, colours.selection, colours.selection)
            if self._value
            else (colours.muted, colours.page, colours.line)
        )
        self.setStyleSheet(
            f"QPushButton {{ color: {ink.name()}; background: {ground.name()};"
            f"border: 1px solid {edge.name()}; border-radius: {px(9)}px;"
            f"padding: {px(5)}px {px(12)}px; }}"
            f"QPushButton:hover {{ border-color: {colours.accent.name()}; }}"
            f"QPushButton:focus {{ border: 2px solid {colours.accent.name()};"
            f"padding: {px(5) - 1}px {px(12) - 1}px; }}"
        )
        self.updateGeometry()
        self._fit_text()
