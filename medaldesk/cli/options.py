"""What a person types after an option of the medal table, and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from medaldesk.book.errors import BadDate
from medaldesk.domain.errors import BadWeights
from medaldesk.domain.standings import USUAL_WEIGHTS, PerCapitaOf, RankBy, Weights
from medaldesk.reports import words
from medaldesk.reports.words import tr

AS_IT_STANDS = "as-it-stands"


class Day(click.ParamType[str]):
    """An ISO day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(words.sentence(BadDate(text=value)), param, ctx)


class DayOrNow(Day):
    """An ISO day, or the table as it stands."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        is_now = value.lower() == AS_IT_STANDS
        return AS_IT_STANDS if is_now else super().convert(value, param, ctx)


@dataclass(frozen=True, slots=True)
class Order:
    """What decides the order of a medal table (RULES R17)."""

    rank_by: RankBy
    weights: Weights = USUAL_WEIGHTS
    per_capita_of: PerCapitaOf = PerCapitaOf.TOTAL


class OrderType(click.ParamType[Order]):
    """`gold`, `total`, `weighted:3-2-1`, `per-capita` or `per-capita:gold`."""

    name = "order"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Order:
        if isinstance(value, Order):
            return value
        rank_by, _, detail = value.lower().partition(":")
        try:
            return _order(RankBy(rank_by.replace("-", "_")), detail)
        except BadWeights as error:
            self.fail(words.sentence(error), param, ctx)
        except ValueError:
            template = tr("“{text}” is no order: type {known}.")
            known = "gold, total, weighted:3-2-1, per-capita, per-capita:gold"
            self.fail(template.format(text=value, known=known), param, ctx)


def _order(rank_by: RankBy, detail: str) -> Order:
    """Raises BadWeights, and ValueError for a detail that does not belong there."""
    if not detail:
        return Order(rank_by)
    if rank_by is RankBy.WEIGHTED:
        return Order(rank_by, weights=Weights.parse(detail))
    if rank_by is RankBy.PER_CAPITA:
        return Order(rank_by, per_capita_of=PerCapitaOf(detail))
    raise ValueError(detail)
