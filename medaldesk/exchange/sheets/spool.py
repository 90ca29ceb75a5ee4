"""Where the content of a file lies, and the folder for what is unpacked of it."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from pathlib import Path

SUMMARY = "summary.json"
"""What `convert` writes beside the rows of a workbook."""


class Spool:
    """A temporary folder that lasts as long as the object."""

    def __init__(self) -> None:
        # The start of the window waits for no module that only an import needs.
        import shutil
        import tempfile

        self.path = Path(tempfile.mkdtemp(prefix="medaldesk-sheets-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Source:
    """A file: `path` is the name that a person knows it by, `content` is what to read.

    `spool` is the folder in which `content` was unpacked; whoever reads holds on to the source.
    """

    path: Path
    content: Path
    spool: Spool | None = None
