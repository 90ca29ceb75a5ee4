"""The one gate through which English words pass on their way to a reader.

Every literal stands inside `tr("…")` with `str.format` places, so that Qt's `lupdate` finds it
(in the context without a name) and the window can put a translation in its place.
"""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]


def _english(text: str) -> str:
    return text


_translate: Translate = _english
_language = "en"


def use_translator(translate: Translate | None, language: str = "en") -> None:
    """Let `translate` turn each English literal into `language` (a BCP 47 tag); None is English."""
    global _translate, _language
    _translate, _language = translate or _english, language if translate else "en"


def language() -> str:
    """The tag of the language that `tr` speaks; a document states it."""
    return _language


def tr(text: str) -> str:
    """The text in the reader's language, its places in braces kept."""
    return _translate(text)
