"""The help: its topics at the left, the one that is read at the right, beside the work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QWidget,
)

from medaldesk.gui.theme import theme
from medaldesk.resources import resource

_MARKDOWN = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)

_ABOVE = {1: 8, 2: 18, 3: 12}
_SIZE = {1: 1.5, 2: 1.15, 3: 1.0}
"""Of headings by their level: pixels above them, and their size over that of the text."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the help; `title` is its first heading."""

    name: str
    title: str
    path: Path


def topics() -> list[Topic]:
    """The pages of the help in their order: their names begin with numbers."""
    found = []
    for path in sorted(resource("help", "en").glob("*.md")):
        first, _, _ = path.read_text(encoding="utf-8").partition("\n")
        found.append(Topic(path.stem.partition("-")[2], first.removeprefix("# "), path))
    return found


class HelpWindow(QDialog):
    """Stays beside the window it belongs to; Esc closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setWindowTitle(self.tr("MedalDesk help"))
        self._topics = topics()
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Topics"))
        for topic in self._topics:
            self.list.addItem(QListWidgetItem(topic.title))
        self.list.setObjectName("panel")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.text = QTextBrowser(self)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName(self.tr("Help"))
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(lambda link: self.show_topic(link.fileName()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(self.text, 1)
        self.list.currentRowChanged.connect(self._read)
        theme().changed.connect(self._restyle)
        self.list.setCurrentRow(0)
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(900), theme().px(640))

    def show_topic(self, name: str) -> None:
        """Turn to a page by its name, `importing`."""
        for row, topic in enumerate(self._topics):
            if name in (topic.name, topic.path.name):
                self.list.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Close):
            self.close()
        else:
            super().keyPressEvent(event)

    def _read(self, row: int) -> None:
        document = self.text.document()
        document.setDefaultFont(theme().font())
        document.setDocumentMargin(theme().px(24))
        document.setMarkdown(self._topics[row].path.read_text(encoding="utf-8"), _MARKDOWN)
        _lay_out(document)
        self.text.moveCursor(self.text.textCursor().MoveOperation.Start)

    def _restyle(self) -> None:
        look = theme()
        self.list.setStyleSheet(
            f"QListWidget {{ background: {look.colours.panel.name()}; padding: {look.px(8)}px }}"
            f"QListWidget::item {{ padding: 0 {look.px(8)}px }}"
        )
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, look.row_height))
        letters = self.list.fontMetrics()
        widest = max(letters.horizontalAdvance(topic.title) for topic in self._topics)
        self.list.setFixedWidth(min(widest + look.px(40), look.px(280)))
        self._read(max(0, self.list.currentRow()))


def _lay_out(document: QTextDocument) -> None:
    """Headings with room above them, code on a ground of its own, tables without lines."""
    look = theme()
    block = document.begin()
    while block.isValid():
        _lay_out_block(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            table = frame.format()
            table.setCellPadding(look.px(3))
            table.setCellSpacing(0)
            table.setBorder(0)
            table.setTopMargin(look.px(8))
            table.setBottomMargin(look.px(8))
            frame.setFormat(table)


def _lay_out_block(block: QTextBlock) -> None:
    look, form = theme(), block.blockFormat()
    cursor = QTextCursor(block)
    level = form.headingLevel()
    if form.hasProperty(QTextFormat.Property.BlockCodeFence):
        form.setBackground(look.colours.panel)
        form.setLeftMargin(look.px(8))
    else:
        form.setTopMargin(look.px(_ABOVE.get(level, 4)))
        form.setBottomMargin(look.px(6))
        form.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(form)
    if level:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        letters = QTextCharFormat()
        letters.setFont(look.font(_SIZE.get(level, 1.0), QFont.Weight.DemiBold))
        cursor.mergeCharFormat(letters)
