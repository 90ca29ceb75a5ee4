"""Files that are dragged over a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_files(data: QMimeData) -> list[Path]:
    """Those of this machine; nothing is fetched from elsewhere."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
