"""What the map shows as a table: one row a place, in words, for reading, sorting and taking away."""

from __future__ import annotations

import math

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from dashboard.codebook import Codebook
from dashboard.data import Tables, called
from dashboard.messages import Words
from dashboard.moments import CERTAINTIES, date_of, support
from dashboard.plain import line
from dashboard.story import unit_of

_LONGEST = 200
"""Characters of a cell on paper, at most."""


def listing(words: Words, tables: Tables, rows: pd.DataFrame, looks: pd.DataFrame) -> pd.DataFrame:
    """Return the looks as a table, the furthest phase first.

    `rows` are the observations in force: they say since when a place looks so.
    """
    places = tables.places.iloc[looks.index.to_numpy()]
    telling = rows[support(rows, looks) & ((rows["rank"] >= 0) | (rows["outcome"] >= 0))]
    first = telling.sort_values("begin", kind="stable").drop_duplicates("place")
    since = {place: _since(*row) for place, *row in first[["place", "precision", "first", "last", "begin"]].itertuples(index=False, name=None)}
    table = pd.DataFrame(
        {
            words("panel.place"): called(words, places),
            words("panel.country"): [words.country(code) for code in places["country_code"].fillna("")],
            words("list.level"): [words.get(f"level.{level}", str(level)) for level in places["level"]],
            words("panel.phase"): [phases(words, tables.codebook, rank, outcomes) for rank, outcomes in zip(looks["rank"], looks["outcomes"], strict=True)],
            words("panel.status"): [words(f"status.{CERTAINTIES[certainty]}") for certainty in looks["certainty"]],
            words("list.known"): looks["known"].to_numpy(),
            words("panel.since"): [since.get(place, "") for place in looks.index],
            words("panel.sources"): looks["sources"].to_numpy(),
            words("list.differ"): looks["differ"].to_numpy(),
            words("list.latitude"): places["latitude"].to_numpy(),
            words("list.longitude"): places["longitude"].to_numpy(),
        },
        index=looks.index,
    )
    order = looks.assign(has=looks["outcomes"] > 0).sort_values(["rank", "has", "count"], ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def printed(words: Words, table: pd.DataFrame) -> tuple[list[str], list[list[str]], list[int]]:
    """Return the headings and the cells of a table as texts, and which of its columns are numbers."""
    numbers = [position for position, kind in enumerate(table.dtypes) if is_numeric_dtype(kind) and not is_bool_dtype(kind)]
    rows = [[_cell(words, value) for value in row] for row in table.itertuples(index=False, name=None)]
    return [str(name) for name in table.columns], rows, numbers


def _cell(words: Words, value: object) -> str:
    if isinstance(value, bool):
        return words("list.yes") if value else ""
    if isinstance(value, int):
        return words.number(value)
    if isinstance(value, float):
        return "" if math.isnan(value) else words.decimal(f"{value:.3f}")
    return line(str(value), _LONGEST)


def _since(precision: str, first: int, last: int, begin: int) -> str:
    """Return the day on which an observation begins, as far as it is known: a year, a month or a day."""
    return date_of(begin).isoformat()[: {"year": 4, "month": 7, "day": 10}[unit_of(precision, first, last)]]


def phases(words: Words, codebook: Codebook, rank: int, outcomes: int) -> str:
    """Phase and outcomes of a look in words, the home with them."""
    names = [words.phase(codebook.ordered[rank].id, codebook.ordered[rank].label)] if rank >= 0 else []
    names += [words.phase(phase.id, phase.label) for position, phase in codebook.beside if outcomes & (1 << position)]
    return " + ".join(names) or words("legend.named")
