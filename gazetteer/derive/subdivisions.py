"""ISO 3166-2 units, as `countrystatecity-countries` lists them (ODbL), with the level that each has.

The package gives a name, a code, a type and a point for each; it gives no parent. `tables/levels.csv` says for each country and
type which level it is on (anything not in the table is on the first) and whether Natural Earth draws units of that type.
"Second level" is taken as a reader takes it: provinces of Italy, counties of Ireland, but also municipalities, where these are all
that a country has.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

import countrystatecity_countries as source

from gazetteer.derive.tables import read_table

Kind = Literal["admin1", "admin2"]

_ELSEWHERE = {"CN-TW", "RS-KM", "RS-25", "RS-26", "RS-27", "RS-28", "RS-29"}
"""Units that are countries here (Taiwan) or lie in one (Kosovo's districts as Serbia lists them)."""


@dataclass(frozen=True, slots=True)
class Subdivision:
    """One unit. `latitude`, `longitude` are the package's own in WGS 84 degrees, wrong at times, None where it has none.

    `id` is its ISO 3166-2 code, or the country and the package's own code where ISO has none (yet). `drawn`: whether Natural Earth
    draws units of its type, so that it can be joined by name.
    """

    id: str
    country: str
    code: str
    name: str
    kind: Kind
    drawn: bool
    latitude: float | None
    longitude: float | None


class _Level(NamedTuple):
    kind: str
    drawn: bool


def read_subdivisions() -> list[Subdivision]:
    """All units save those that have an ISO 3166-1 code of their own or are no places (military post), by country and id."""
    levels = {(row["country"], row["type"]): _Level(row["kind"], row["outline"] == "yes") for row in read_table("levels")}
    default = _Level("admin1", drawn=True)
    found: list[Subdivision] = []
    for country in sorted(source.get_countries(), key=lambda country: country.iso2):
        states = source.get_states_of_country(country.iso2)
        leveled = [(state, levels.get((country.iso2, state.type or ""), default)) for state in states]
        found += sorted(
            (_subdivision(country.iso2, state, level) for state, level in leveled if level.kind in {"admin1", "admin2"}),
            key=lambda unit: unit.id,
        )
    return [unit for unit in found if unit.id not in _ELSEWHERE]


def _subdivision(country: str, state: source.State, level: _Level) -> Subdivision:
    return Subdivision(
        id=state.iso3166_2 or f"{country}-{state.state_code}",
        country=country,
        code=state.state_code,
        name=state.name,
        kind=cast(Kind, level.kind),
        drawn=level.drawn,
        latitude=_degrees(state.latitude),
        longitude=_degrees(state.longitude),
    )


def _degrees(text: str | None) -> float | None:
    return float(text) if text else None
