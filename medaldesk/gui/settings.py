"""What the window remembers between starts; never anything of a book."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from medaldesk.gui.theme import ThemeChoice

RECENT = 10


class Settings:
    """A person's settings on this machine, through QSettings."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("MedalDesk", "MedalDesk")

    def recent(self) -> list[Path]:
        """The books opened last, the latest first."""
        value = self._store.value("recent", [])
        names = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        return [Path(str(name)) for name in names]

    def remember_book(self, path: Path) -> None:
        """Put a book on top of the list."""
        others = [known for known in self.recent() if known != path]
        self._store.setValue("recent", [str(p) for p in [path, *others][:RECENT]])

    def forget_book(self, path: Path) -> None:
        """Take a book off the list: it is not there any more."""
        self._store.setValue("recent", [str(p) for p in self.recent() if p != path])

    @property
    def theme(self) -> ThemeChoice:
        name = str(self._store.value("theme", ThemeChoice.SYSTEM))
        return ThemeChoice(name) if name in set(ThemeChoice) else ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("theme", str(choice))

    @property
    def zoom(self) -> int:
        try:
            return int(str(self._store.value("zoom", 100)))
        except ValueError:
            return 100

    @zoom.setter
    def zoom(self, per_cent: int) -> None:
        self._store.setValue("zoom", per_cent)

    def bytes(self, key: str) -> QByteArray | None:
        """A saved state of a window or a splitter."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None

    def set_bytes(self, key: str, value: QByteArray) -> None:
        self._store.setValue(key, value)

    def text(self, key: str) -> str:
        """A short remembered text, e.g. which tab was open."""
        value = self._store.value(key)
        return value if isinstance(value, str) else ""

    def set_text(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def flag(self, key: str, default: bool) -> bool:
        """A remembered yes or no."""
        value = self._store.value(key)
        return default if value is None else str(value).lower() in ("true", "1")

    def set_flag(self, key: str, value: bool) -> None:
        self._store.setValue(key, value)
