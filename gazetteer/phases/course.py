"""The course of a spread as the looks at a document's places tell it: where its home is, when the story goes abroad, and how far.

What an organisation grows in its home country before it first crosses a border is its origin (codebook, section 3). No sentence says so by itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gazetteer.chances import chance_of
from gazetteer.codebook import GENERAL_PHASES
from gazetteer.index.containment import holds
from gazetteer.records import Place

_ORIGIN = GENERAL_PHASES.index("origin")
_STAGES = tuple(map(GENERAL_PHASES.index, ("exploration", "penetration", "consolidation")))
_HOMES = 20
"""How many likely homes of a document are looked at."""
_SURE_HOME = 3
"""Chances of origin, summed over the places of a country, from which it is the home beyond doubt."""
_SHARPNESS = 4
"""Power of the chances that decide which country is the home."""
_LIKELY = 0.3
"""Chance of a stage abroad from which its date counts."""
_MANY, _YEARS = 10, 10
"""Places and years from which on more of them make no difference."""
FEATURES = (
    "the home",
    "in the home's country",
    "holds the home",
    "home inside",
    "home around",
    "origin here",
    "at home",
    "of no country",
    "sure of the home",
    "home's share",
    "abroad before",
    "at home, not abroad before",
    "at home, abroad before",
    "dated",
    "years since abroad",
    "at home, years since abroad",
    "at home, earlier than abroad",
    "at home, later than abroad",
    "most likely abroad",
    "places abroad",
    "share abroad",
    "at home, share abroad",
    "at home, places abroad later",
)
"""What :meth:`Course.features` gives."""


@dataclass(frozen=True, slots=True)
class View:
    """A look at a place, as far as the course of the spread goes."""

    key: str
    """Of the place, the same throughout the document."""
    place: Place | None
    passage: int
    logits: tuple[float, ...]
    """Of ``GENERAL_PHASES``."""
    year: int | None
    """The year that the sentence gives, or else the text before it."""
    dated: float
    """1 where the sentence gives it, 0.5 where the text before does, 0 where nothing does."""

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2, empty where it has none."""
        return self.place.country if self.place else ""


@dataclass(frozen=True, slots=True)
class Home:
    """A place that may be the home, by the best chance that a sentence gave it."""

    key: str
    place: Place | None
    chance: float


class Course:
    """What the views of a document come to."""

    def __init__(self, views: Sequence[View], passages: int) -> None:
        """``passages``: how many sentences the document has."""
        self.views = views
        self.chances = [[chance_of(logit) for logit in view.logits] for view in views]
        self.stages = [1 - math.prod(1 - row[phase] for phase in _STAGES) for row in self.chances]
        """How likely some stage is said."""
        homes = self._homes()
        self.first = homes[0]
        self.homes = {home.key: home for home in homes[:_HOMES]}
        self.country, self.sure, self.share = _home_country(homes)
        self.is_abroad = [bool(self.country) and view.country not in ("", self.country) for view in views]
        self.before = self._before(passages)

    def _homes(self) -> list[Home]:
        """All places, the likeliest homes first."""
        found: dict[str, Home] = {}
        for view, row in zip(self.views, self.chances, strict=True):
            if view.key not in found or row[_ORIGIN] > found[view.key].chance:
                found[view.key] = Home(view.key, view.place, row[_ORIGIN])
        return sorted(found.values(), key=lambda home: -home.chance)

    def _before(self, passages: int) -> list[float]:
        """For each sentence how likely one before it says a stage of a place abroad."""
        here = [0.0] * passages
        for view, stage, abroad in zip(self.views, self.stages, self.is_abroad, strict=True):
            if abroad:
                here[view.passage] = max(here[view.passage], stage)
        out = [0.0]
        for chance in here:
            out.append(max(out[-1], chance))
        return out

    @cached_property
    def year_abroad(self) -> int | None:
        """The earliest year of a stage abroad."""
        told = zip(self.views, self.stages, self.is_abroad, strict=True)
        return min((view.year for view, stage, abroad in told if abroad and view.year and stage > _LIKELY), default=None)

    @cached_property
    def abroad(self) -> tuple[float, float, float]:
        """The chance of the likeliest stage abroad; how many places have one there, as a share of many; and their share of all places with one."""
        everywhere: dict[str, float] = {}
        outside: dict[str, float] = {}
        for view, stage, abroad in zip(self.views, self.stages, self.is_abroad, strict=True):
            for found in (everywhere, outside) if abroad else (everywhere,):
                found[view.key] = max(found.get(view.key, 0.0), stage)
        count = sum(outside.values())
        return max(outside.values(), default=0.0), min(count, _MANY) / _MANY, count / max(sum(everywhere.values()), 1e-6)

    def features(self, view: View) -> list[float]:
        """Give :data:`FEATURES` of a view."""
        at_home = float(bool(self.country) and view.country == self.country)
        before = self.before[view.passage]
        years = max(-_YEARS, min(_YEARS, view.year - self.year_abroad)) / _YEARS if view.year and self.year_abroad else 0.0
        most, places, share = self.abroad
        return [
            *self._of_home(view),
            at_home,
            float(not view.country),
            self.sure,
            self.share,
            before,
            at_home * (1 - before) * self.sure,
            at_home * before,
            view.dated,
            years,
            at_home * years,
            at_home * (years < 0),
            at_home * (years > 0),
            most,
            places,
            share,
            at_home * share,
            at_home * (1 - before) * places,
        ]

    def _of_home(self, view: View) -> list[float]:
        """Give the features from "the home" to "origin here"."""
        first, place = self.first, view.place
        is_home = first.key == view.key
        here = self.homes.get(view.key)
        out = [first.chance * is_home, 0.0, 0.0, 0.0, 0.0, here.chance if here else 0.0]
        if place is not None:
            others = [(home.place, home.chance) for home in self.homes.values() if home.place and home.key != view.key]
            out[3] = max((chance for other, chance in others if holds(place, other)), default=0.0)
            out[4] = max((chance for other, chance in others if holds(other, place)), default=0.0)
            if not is_home and first.place is not None:
                out[1] = first.chance * (bool(place.country) and place.country == first.place.country)
                out[2] = first.chance * holds(place, first.place)
        return out


def _home_country(homes: Sequence[Home]) -> tuple[str, float, float]:
    """The country with most of the likely homes, how surely it is one, and its share of all homes.

    One likely home weighs more than many hardly likely ones, such as a list of towns has.
    """
    votes: dict[str, float] = defaultdict(float)
    likely: dict[str, float] = defaultdict(float)
    for home in homes:
        if home.place is not None and home.place.country:
            votes[home.place.country] += home.chance
            likely[home.place.country] += home.chance**_SHARPNESS
    if not votes:
        return "", 0.0, 0.0
    country = max(likely, key=likely.__getitem__)
    return country, min(votes[country], _SURE_HOME) / _SURE_HOME, likely[country] / max(sum(likely.values()), 1e-6)
