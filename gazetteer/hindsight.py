"""A second look at the phases of a document's places, when all its sentences have been read once.

The first look (:mod:`gazetteer.phases`) sees one sentence. The second knows more: where the home of what spreads is, so that what grows there is no
arrival; what else the sentence says of the places that hold this one or lie in it ("in Kaure, in Shiroro"); what the neighbours in a list were given.
One more logistic model, over the chances of the first look; its weights are learned by ``gazetteer/training/hindsight.py``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from gazetteer.codebook import Phase
from gazetteer.passages import Passage
from gazetteer.phase_model import PhaseModel, logit_of
from gazetteer.records import Place
from gazetteer.resolution import holds
from gazetteer.standing import Standing, Vector

_HOMES = 20
"""How many likely homes of a document are looked at."""
_CLOSE, _FAR = 3, 8
"""Words between two names: up to the first they are said in one breath, beyond the second they are far apart."""
_OPENS = 5
"""Word up to which a place and a comma behind it frame what follows: "In Honduras, ..."."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A place in a sentence with the chance of each phase, by the phase's id."""

    passage: int
    named: int
    key: str
    """Of its place, the same throughout the document."""
    place: Place | None
    chances: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Home:
    """A place that may be the home, by the best chance that a sentence gave it."""

    key: str
    place: Place | None
    chance: float


class Hindsight:
    """The features of the second look, for the phases of one codebook."""

    def __init__(self, standing: Standing, phases: Sequence[Phase]) -> None:
        self.standing = standing
        self.phases = phases
        self.origins = tuple(phase.id for phase in phases if phase.like == "origin")
        self.stages = tuple(phase.id for phase in phases if phase.order is not None)

    def vectors(self, passages: Sequence[Passage], looks: Sequence[FirstLook]) -> list[dict[str, Vector]]:
        """For each look the features of each phase, by its id."""
        homes = self._homes(looks)
        of_sentence: dict[int, list[FirstLook]] = defaultdict(list)
        for look in looks:
            of_sentence[look.passage].append(look)
        return [self._vectors(passages[look.passage], look, of_sentence[look.passage], homes) for look in looks]

    def _homes(self, looks: Sequence[FirstLook]) -> dict[str, _Home]:
        """The likeliest homes, the first of them the document's."""
        found: dict[str, _Home] = {}
        for look in looks:
            chance = self._origin(look)
            if look.key not in found or chance > found[look.key].chance:
                found[look.key] = _Home(look.key, look.place, chance)
        best = sorted(found.values(), key=lambda home: -home.chance)[:_HOMES]
        return {home.key: home for home in best}

    def _origin(self, look: FirstLook) -> float:
        return max((look.chances[phase] for phase in self.origins), default=0.0)

    def _vectors(self, passage: Passage, look: FirstLook, beside: Sequence[FirstLook], homes: Mapping[str, _Home]) -> dict[str, Vector]:
        group = set(self.standing.group(passage, look.named)) - {look.named}
        listed = [other for other in beside if other.named in group]
        related = self._related(passage, look, beside, group)
        at_home = self._at_home(look, homes)
        out: dict[str, Vector] = {}
        for phase in self.phases:
            mine = look.chances[phase.id]
            vector: Vector = {"logit": logit_of(mine)}
            vector["others"] = logit_of(max((look.chances[other] for other in self.stages if other != phase.id), default=0.0))
            for name, other in related:
                vector[name] = max(vector.get(name, 0.0), other.chances[phase.id])
            if listed:
                vector["listed"] = logit_of(sum(other.chances[phase.id] for other in listed) / len(listed)) - logit_of(mine)
            vector |= at_home
            if phase.id in self.origins:
                del vector["origin here"]  # its own chance says it
            out[phase.id] = vector
        return out

    def _related(self, passage: Passage, look: FirstLook, beside: Sequence[FirstLook], group: set[int]) -> list[tuple[str, FirstLook]]:
        """The sentence's other places, each with how it stands to this one."""
        mine = passage.named[look.named]
        frames = mine.start <= _OPENS and passage.words[mine.end : mine.end + 1] == ("",)
        out: list[tuple[str, FirstLook]] = []
        for other in beside:
            if other.place is None or look.place is None or other.key == look.key:
                continue
            item = passage.named[other.named]
            gap = item.start - mine.end if other.named > look.named else mine.start - item.end
            side = ("behind" if other.named > look.named else "before") + (" close" if gap <= _CLOSE else " far" if gap > _FAR else "")
            if holds(look.place, other.place):
                out.append(("holds " + side, other))
                if frames:
                    out.append(("frames", other))
            elif holds(other.place, look.place):
                out.append(("held " + side, other))
            elif other.named not in group:
                out.append(("beside", other))
        return out

    @staticmethod
    def _at_home(look: FirstLook, homes: Mapping[str, _Home]) -> Vector:
        """How a place stands to the home."""
        here, first = homes.get(look.key), next(iter(homes.values()))
        out: Vector = {"origin here": logit_of(here.chance if here else 0.0)}
        place = look.place
        if place is not None:
            others = [(home.place, home.chance) for home in homes.values() if home.place and home.key != look.key]
            out["home inside"] = max((chance for other, chance in others if holds(place, other)), default=0.0)
            out["home around"] = max((chance for other, chance in others if holds(other, place)), default=0.0)
        if first.key == look.key:
            out["home"] = first.chance
        elif place is not None and first.place is not None:
            out["home country"] = first.chance * (bool(place.country) and place.country == first.place.country)
            out["holds home"] = first.chance * holds(place, first.place)
        return out


@lru_cache(maxsize=1)
def shipped() -> tuple[PhaseModel, dict[str, float]]:
    """The model that ships with the package, and by language (ISO 639-1, ``*`` for all others) the chance from which a phase is said."""
    raw = json.loads((files("gazetteer") / "data" / "hindsight.json").read_text("utf-8"))
    return PhaseModel(raw["weights"]), raw["thresholds"]
