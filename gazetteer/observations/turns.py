"""Lists told in step: "opened in Lima and Quito in 2006 and 2007, respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gazetteer import edtf
from gazetteer.observations.dating import DateChoice
from gazetteer.passages import Passage
from gazetteer.records import Span, Timex
from gazetteer.text.language import Language

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_GAP = 3
"""Words and signs between two dates of a list, and between the last one and "respectively", at most: ", and in"."""


class Turns:
    """Gives the places of a list the dates of a list in a language."""

    def __init__(self, language: Language) -> None:
        self.words = language.words("clauses", "in_turn")

    def date(self, passage: Passage, spans: Sequence[Span], place: Span, chosen: DateChoice) -> DateChoice:
        """The date whose turn it is at a ``place`` of the list ``spans``, where the ``chosen`` one is one of as many; else that one."""
        said = next((position for position, word in enumerate(passage.words) if word in self.words), None)
        order = sorted(set(spans))
        if said is None or len(order) < 2 or place not in order:
            return chosen
        dates = [dated for dated in passage.timexes if dated[2].edtf and dated[1] <= said][-len(order) :]
        follow = [*(start for start, _, _ in dates[1:]), said]
        in_step = len(dates) == len(order) and all(start - end <= _GAP for (_, end, _), start in zip(dates, follow, strict=True))
        if not in_step or chosen.timex not in [timex for _, _, timex in dates]:
            return chosen
        timex = _alone(dates[order.index(place)][2])
        return replace(chosen, date=timex.edtf, precision=timex.precision or "document", timex=timex)


def _alone(timex: Timex) -> Timex:
    """An expression by itself, where the next one made a stretch of both: 2006 in "2006 and 2007"."""
    return replace(timex, edtf=timex.value, precision=edtf.parse(timex.value).precision) if _DATE.fullmatch(timex.value) else timex
