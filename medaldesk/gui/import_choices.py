"""What can be typed for a column of an import: the codes of the book, or the words there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from medaldesk.book.reads import Reads
from medaldesk.domain.classification import Classification
from medaldesk.domain.marks import Better, MarkKind
from medaldesk.domain.medals import Medal
from medaldesk.gui.delegates.suggestions import Source, Suggestion, choice_source, nation_source
from medaldesk.reports import words

Choices = Callable[[], Sequence[Suggestion]]


def suggestions_for(reads: Reads, target: str) -> Source:
    """Suggestions for a tidy column; what is chosen is its text. Anything else may be typed."""
    if target == "nation":
        return nation_source(reads, lambda: None)
    return choice_source(lambda: _choices(reads, target), free=True)


def _choices(reads: Reads, target: str) -> list[Suggestion]:
    found: dict[str, Choices] = {
        "competition": lambda: _named((row.code, row.name) for row in reads.competitions()),
        "series": lambda: _named((row.code, row.name) for row in reads.series()),
        "event": lambda: _named((row.code, row.name) for row in reads.event_types()),
        "discipline": lambda: _named((row.code, row.name) for row in reads.disciplines()),
        "status": lambda: _named((row.code, row.name) for row in reads.statuses()),
        "venue": lambda: _named((name, "") for name in reads.venues()),
        "gender": lambda: _named((code, words.gender_word(code)) for code in "MWXO"),
        "athlete_gender": lambda: _named((code, words.gender_word(code)) for code in "MWX"),
        "medal": lambda: _named((medal.value, "") for medal in Medal),
        "mark_kind": lambda: _named((kind.value, words.mark_kind_word(kind)) for kind in MarkKind),
        "better": lambda: _named((better.value, "") for better in Better),
        "classification": lambda: _named((way.value, "") for way in Classification),
    }
    return list(found[target]()) if target in found else []


def _named(pairs: Iterable[tuple[str, str]]) -> list[Suggestion]:
    return [Suggestion(code, code, name if name != code else "") for code, name in pairs]
