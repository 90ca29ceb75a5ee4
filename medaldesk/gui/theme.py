"""Colours, fonts and distances of the window, light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from medaldesk.domain.medals import Medal
from medaldesk.resources import resource


class ThemeChoice(StrEnum):
    """What a person chose; `system` follows the platform."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Pill:
    """Text and fill of a small coloured label."""

    text: QColor
    fill: QColor


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme; every text colour passes contrast on `page` and `panel`."""

    page: QColor
    panel: QColor
    line: QColor
    text: QColor
    muted: QColor
    selection: QColor
    stripe: QColor
    accent: QColor
    better: QColor
    record: Pill
    medals: dict[Medal, Pill]
    running: Pill
    flash: QColor

    @property
    def error(self) -> QColor:
        return self.record.text

    def pill(self, kind: Medal | str) -> Pill:
        """The pill of a medal, of a `decision`, of a `record`, or of what is `quiet` beside one."""
        if isinstance(kind, Medal):
            return self.medals[kind]
        if kind == "decision":
            return Pill(self.accent, self.selection)
        return Pill(self.muted, self.panel) if kind == "quiet" else self.record


def _pill(text: str, fill: str) -> Pill:
    return Pill(QColor(text), QColor(fill))


LIGHT = Colours(
    page=QColor("#ffffff"),
    panel=QColor("#f5f6f8"),
    line=QColor("#e3e5ea"),
    text=QColor("#1b1f27"),
    muted=QColor("#667085"),
    selection=QColor("#e6eefc"),
    stripe=QColor("#fafbfc"),
    accent=QColor("#1f5fd0"),
    better=QColor("#12743b"),
    record=_pill("#b42318", "#fdecea"),
    medals={
        Medal.GOLD: _pill("#8a6100", "#fbeebc"),
        Medal.SILVER: _pill("#4a5361", "#e8ebf0"),
        Medal.BRONZE: _pill("#8a4a1c", "#f8e3d3"),
    },
    running=_pill("#8a6100", "#fbeebc"),
    flash=QColor("#fff6d6"),
)

DARK = Colours(
    page=QColor("#1e2229"),
    panel=QColor("#16191e"),
    line=QColor("#2d323b"),
    text=QColor("#e8eaee"),
    muted=QColor("#98a1b0"),
    selection=QColor("#24344f"),
    stripe=QColor("#21252d"),
    accent=QColor("#7aa9ff"),
    better=QColor("#6fd195"),
    record=_pill("#ff8f84", "#452422"),
    medals={
        Medal.GOLD: _pill("#ffd666", "#4a3d10"),
        Medal.SILVER: _pill("#d3d9e3", "#3a404a"),
        Medal.BRONZE: _pill("#f0a878", "#4a3020"),
    },
    running=_pill("#ffd666", "#4a3d10"),
    flash=QColor("#38341f"),
)

ZOOM_STEPS = (75, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""Per cent of the system's text size."""


class Theme(QObject):
    """The theme in use: applies itself to the application and tells when it changed."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._base_font = QFont(app.font())
        self.choice = ThemeChoice.SYSTEM
        self.zoom = 100
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.apply()

    @property
    def dark(self) -> bool:
        if self.choice is ThemeChoice.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self.choice is ThemeChoice.DARK

    @property
    def colours(self) -> Colours:
        return DARK if self.dark else LIGHT

    def choose(self, choice: ThemeChoice) -> None:
        """Use a theme from now on."""
        self.choice = choice
        self.apply()

    def set_zoom(self, per_cent: int) -> None:
        """Show text at a size between 75 and 300 per cent of the system's."""
        self.zoom = min(max(per_cent, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        self.apply()

    def step_zoom(self, by: int) -> None:
        """Go to the next larger (1) or smaller (-1) step."""
        steps = [z for z in ZOOM_STEPS if (z > self.zoom if by > 0 else z < self.zoom)]
        if steps:
            self.set_zoom(steps[0] if by > 0 else steps[-1])

    def font(self, size: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The system font at a multiple of its size, with figures of one width."""
        font = QFont(self._base_font)
        font.setPointSizeF(self._base_font.pointSizeF() * self.zoom / 100 * size)
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def px(self, pixels: float) -> int:
        """A distance in pixels at the zoom in use (the rhythm is 8 px)."""
        return round(pixels * self.zoom / 100)

    @property
    def row_height(self) -> int:
        """Rows of tables: 30 px at 100 %, never less than the text needs."""
        return max(self.px(30), round(QFontMetricsF(self.font()).height() * 1.6))

    def apply(self) -> None:
        """Put palette, font and style sheet on the application and tell everybody."""
        self._app.setPalette(_palette(self.colours))
        self._app.setFont(self.font())
        self._app.setStyleSheet(_style_sheet(self))
        self.changed.emit()

    def _follow_system(self) -> None:
        if self.choice is ThemeChoice.SYSTEM:
            self.apply()


_theme: Theme | None = None


def theme() -> Theme:
    """The theme of the application: one for all its windows, like its palette."""
    global _theme  # noqa: PLW0603 - an application has one look
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if _theme is None or _theme.parent() is not app:
        _theme = Theme(app)
    return _theme


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: colours.panel,
        role.WindowText: colours.text,
        role.Base: colours.page,
        role.AlternateBase: colours.stripe,
        role.Text: colours.text,
        role.Button: colours.panel,
        role.ButtonText: colours.text,
        role.BrightText: colours.error,
        role.ToolTipBase: colours.page,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Accent: colours.accent,
        role.Light: colours.page,
        role.Midlight: colours.line,
        role.Mid: colours.line,
        role.Dark: colours.muted,
        role.Shadow: colours.line,
    }.items():
        palette.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, colours.muted)
    return palette


def _icon(name: str, *, dark: bool) -> str:
    """The file of an arrow or a check mark, as a style sheet names it."""
    return resource("icons", f"{name}-{'dark' if dark else 'light'}.svg").as_posix()


def _style_sheet(look: Theme) -> str:
    c, px = look.colours, look.px
    line, page, panel, text = c.line.name(), c.page.name(), c.panel.name(), c.text.name()
    muted, accent, selection = c.muted.name(), c.accent.name(), c.selection.name()
    up, down = _icon("up", dark=look.dark), _icon("down", dark=look.dark)
    check, dot = _icon("check", dark=look.dark), _icon("dot", dark=look.dark)
    # Room beside the names of the pages grows less than they do: all of them have to fit.
    tab_padding = px(12) - (px(12) - 12) * 3 // 4
    return f"""
    QMainWindow, QDialog {{ background: {panel}; }}
    QWidget#page {{ background: {page}; }}
    QWidget#panel {{ background: {panel}; }}
    QLabel[role="muted"] {{ color: {muted}; }}
    QLabel[role="error"] {{ color: {c.error.name()}; }}
    QSplitter::handle {{ background: {line}; }}
    QProgressBar {{ background: {line}; border: 0; border-radius: {px(3)}px;
        min-height: {px(6)}px; max-height: {px(6)}px; }}
    QProgressBar::chunk {{ background: {accent}; border-radius: {px(3)}px; }}
    QTableView, QTreeView, QListView {{ border: 0; outline: 0; background: {page};
        alternate-background-color: {c.stripe.name()}; gridline-color: transparent; }}
    QTreeView {{ background: {panel}; show-decoration-selected: 1; }}
    QTableView::item {{ border: 0; padding: 0 {px(5)}px; }}
    QTableView::item:focus {{ border: 0; }}
    QTreeView::item {{ padding: {px(3)}px 0; }}
    QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {{
        background: {selection}; color: {text}; }}
    QHeaderView {{ background: {page}; }}
    QHeaderView::section {{ background: {page}; color: {muted}; border: 0;
        border-bottom: 1px solid {line}; padding: {px(6)}px {px(8)}px; }}
    QTabBar {{ background: {page}; border-bottom: 1px solid {line}; }}
    QTabBar::tab {{ color: {muted}; background: transparent; border: 2px solid transparent;
        padding: {px(6)}px {tab_padding}px; }}
    QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
    QTabBar::tab:hover {{ color: {text}; }}
    QTabBar::tab:focus {{ border-color: {accent}; }}
    QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit {{ background: {page}; color: {text};
        border: 1px solid {line}; border-radius: {px(6)}px; padding: {px(4)}px {px(8)}px;
        selection-background-color: {accent}; selection-color: {page}; }}
    QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus {{
        border: 2px solid {accent}; padding: {px(4) - 1}px {px(8) - 1}px; }}
    QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{ background: {panel};
        color: {muted}; }}
    QPlainTextEdit, QPlainTextEdit:focus {{ padding: {px(2)}px; }}
    QAbstractSpinBox, QAbstractSpinBox:focus {{ padding: {px(2)}px 0; }}
    QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{ border: 0; padding: 0;
        background: transparent; }}
    QTableView QLineEdit, QTableView QLineEdit:focus {{ border: 2px solid {accent};
        border-radius: 0; padding: 0 {px(6)}px; }}
    QLineEdit[wrong="true"], QLineEdit[wrong="true"]:focus {{
        border: 2px solid {c.error.name()}; color: {c.error.name()};
        padding: {px(4) - 1}px {px(8) - 1}px; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox::drop-down {{ border: 0; width: {px(24)}px; }}
    QComboBox::down-arrow, QAbstractSpinBox::down-arrow {{ image: url("{down}");
        width: {px(10)}px; height: {px(10)}px; }}
    QAbstractSpinBox::up-arrow {{ image: url("{up}"); width: {px(10)}px;
        height: {px(10)}px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: 0;
        width: {px(24)}px; }}
    QComboBox QAbstractItemView {{ border: 1px solid {line}; background: {page}; }}
    QComboBox QAbstractItemView::item {{ padding: {px(4)}px {px(8)}px; }}
    QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: {px(4)}px;
        padding: {px(2)}px; spacing: {px(6)}px; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {px(14)}px; height: {px(14)}px;
        background: {page}; border: 1px solid {muted}; border-radius: {px(3)}px; }}
    QRadioButton::indicator {{ border-radius: {px(14) // 2 + 1}px; }}
    QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {accent}; }}
    QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {accent};
        border-color: {accent}; }}
    QCheckBox::indicator:checked {{ image: url("{check}"); }}
    QRadioButton::indicator:checked {{ image: url("{dot}"); }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {panel}; }}
    QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled {{
        background: {muted}; border-color: {muted}; }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {muted}; }}
    QToolButton {{ border: 2px solid transparent; border-radius: {px(4)}px;
        padding: {px(2)}px {px(6)}px; color: {text}; background: transparent; }}
    QToolButton:hover {{ background: {selection}; }}
    QToolButton:focus {{ border-color: {accent}; }}
    QLineEdit QToolButton {{ border: 0; padding: 0; background: transparent; }}
    QPushButton {{ background: {page}; color: {text}; border: 1px solid {line};
        border-radius: {px(8)}px; padding: {px(5)}px {px(14)}px; }}
    QPushButton:hover {{ border-color: {accent}; }}
    QPushButton:default {{ background: {accent}; color: {page}; border-color: {accent}; }}
    QPushButton:disabled, QPushButton:default:disabled {{ background: {panel}; color: {muted};
        border-color: {line}; }}
    QPushButton[segment="true"]:checked {{ background: {selection}; border-color: {accent}; }}
    QPushButton:focus {{ border: 2px solid {accent}; padding: {px(5) - 1}px {px(14) - 1}px; }}
    QPushButton:default:focus {{ border-color: {text}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QMenu {{ background: {page}; color: {text}; border: 1px solid {line}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(5)}px {px(24)}px; border-radius: {px(4)}px; }}
    QMenu::item:selected {{ background: {selection}; }}
    QMenu::item:disabled {{ color: {muted}; }}
    QMenu::separator {{ height: 1px; background: {line}; margin: {px(4)}px {px(8)}px; }}
    QMenuBar {{ background: {panel}; color: {text}; }}
    QMenuBar::item {{ padding: {px(4)}px {px(10)}px; background: transparent; }}
    QMenuBar::item:selected {{ background: {selection}; }}
    QStatusBar {{ background: {panel}; color: {muted}; border-top: 1px solid {line}; }}
    QStatusBar::item {{ border: 0; }}
    QStatusBar QLabel {{ color: {muted}; padding: 0 {px(8)}px; }}
    QToolTip {{ background: {page}; color: {text}; border: 1px solid {line};
        padding: {px(4)}px; }}
    QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 0; }}
    QScrollBar::handle {{ background: {line}; border-radius: {px(4)}px; min-height: 24px;
        min-width: 24px; }}
    QScrollBar::handle:hover {{ background: {muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
