"""Reads of careers: the best an athlete ever did, event by event (RULES R29)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from medaldesk.book.connection import explained_sql
from medaldesk.book.derive_bests import Career, read_careers
from medaldesk.book.reads.programme import ProgrammeReads, mark_format
from medaldesk.domain.marks import Mark, MarkFormat


@dataclass(frozen=True, slots=True)
class AthleteBest:
    """The personal best of an athlete in a type of event, and where it was first reached.

    `day` is the ISO day of the mark, `place` the city, `nation` the code competed under.
    """

    event_type: int
    event_type_code: str
    event_type_name: str
    form: MarkFormat
    mark: Mark
    day: str
    competition: str
    competition_name: str
    place: str | None
    nation: str
    event: int
    result: int


class BestReads(ProgrammeReads):
    """What somebody's best is."""

    def athlete_bests(self, athlete: int) -> list[AthleteBest]:
        """The personal best in each type of event, by the name of the type.

        Also where it is the only mark, which is nobody's best on a sheet.
        """
        with explained_sql(self._path):
            careers = list(read_careers(self._connection, json.dumps([athlete])))
        bests = [self._best(career) for career in careers if career.candidates]
        return sorted(bests, key=lambda best: (best.event_type_name, best.event_type))

    def _best(self, career: Career) -> AthleteBest:
        verdicts = [verdict for verdict in career.personal() if verdict.is_record]
        mark = verdicts[-1].candidate.mark
        first = next(v.candidate for v in verdicts if v.candidate.mark.value == mark.value)
        code, name, kind, better, decimals, competition, title, city, start, nation, event = (
            self._needed("result", first.key, _WHERE, first.key)
        )
        return AthleteBest(
            event_type=career.event_type,
            event_type_code=code,
            event_type_name=name,
            form=mark_format(kind, better, decimals),
            mark=first.mark,
            day=first.day,
            competition=competition,
            competition_name=title,
            place=city,
            nation=self.nation_code(nation, start),
            event=event,
            result=first.key,
        )


_WHERE = """SELECT t.code, t.name, t.mark_kind, t.better, t.decimals,
    c.code, c.name, c.city, c.start_date, n.nation_id, r.event_id
FROM result AS r
JOIN entry AS n ON n.id = r.entry_id
JOIN event AS e ON e.id = r.event_id
JOIN event_type AS t ON t.id = e.event_type_id
JOIN competition AS c ON c.id = e.competition_id
WHERE r.id = ?"""
