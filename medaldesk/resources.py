"""Where the files that ship with MedalDesk are: nations, disciplines, templates, icons, help."""

import errno
import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Path of a shipped file or folder, in a checkout, an installed wheel and a bundle.

    Args:
        parts: the names below the resources' top folder, such as `"sample", "facts.toml"`.

    Raises:
        FileNotFoundError: there is no such resource; the error names it.
    """
    path = _top_folder().joinpath(*parts)
    if not path.exists():
        message = "MedalDesk was installed without this resource"
        raise FileNotFoundError(errno.ENOENT, message, str(path))
    return path


def _top_folder() -> Path:
    # PyInstaller unpacks a bundle into the folder it names here.
    bundle = getattr(sys, "_MEIPASS", None)
    package = Path(bundle, "medaldesk") if bundle else Path(__file__).parent
    installed = package / "_resources"
    if bundle or installed.is_dir():
        return installed
    return package.parent / "resources"
