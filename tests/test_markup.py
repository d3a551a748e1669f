"""Readings: what a small one means, and what is said of a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer.errors import InputError
from gazetteer.training.markup import MarkedMention, MarkedObservation, MarkedPlace, parse, read_all

SMALL = """title: The Harbour Men Come Ashore
published: 2019-10
language: en
actor: harbour-men | Harbour Men | the Firm
actor: quay-crew | Quay Crew
place: ghent-be | Ghent | BE | locality | 51.05 | 3.72
place: belgium-be | Belgium | BE | country | 50.8 | 4.5
place: europe | Europe | | region | 50 | 15

# In port

The Harbour Men reached [Ghent](ghent-be) in 2011.{ghent-be exploration 2011 year confirmed} The [Ghent](ghent-be!e) Post says
that [Belgian](belgium-be!d) police, and [Belgium](belgium-be!m), fear both.{ghent-be penetration - document reported; ghent-be contested
2018/.. year suspected @quay-crew}
"""
HEAD = "actor: a | A\nplace: ghent-be | Ghent | BE | locality | 51.05 | 3.72\n\n"


def test_text_is_without_marks() -> None:
    assert parse("small", SMALL).text == (
        "# In port\n\nThe Harbour Men reached Ghent in 2011. The Ghent Post says\nthat Belgian police, and Belgium, fear both.\n"
    )


def test_mentions_are_spans_of_the_text() -> None:
    assert parse("small", SMALL).mentions == (
        MarkedMention(35, 40, "Ghent", "literal", "ghent-be"),
        MarkedMention(54, 59, "Ghent", "embedded", "ghent-be"),
        MarkedMention(75, 82, "Belgian", "demonym", "belgium-be"),
        MarkedMention(95, 102, "Belgium", "metonymic", "belgium-be"),
    )


def test_observations_stand_behind_their_sentence() -> None:
    assert parse("small", SMALL).observations == (
        MarkedObservation("ghent-be", "exploration", "2011", "year", "confirmed", "harbour-men", 49),
        MarkedObservation("ghent-be", "penetration", "", "document", "reported", "harbour-men", 114),
        MarkedObservation("ghent-be", "contested", "2018/..", "year", "suspected", "quay-crew", 114),
    )


def test_header() -> None:
    reading = parse("small", SMALL)
    assert (reading.title, reading.published, reading.language) == ("The Harbour Men Come Ashore", "2019-10", "en")
    assert reading.actors == (("harbour-men", "Harbour Men", "the Firm"), ("quay-crew", "Quay Crew"))
    assert reading.places["europe"] == MarkedPlace("europe", "Europe", "", "region", 50.0, 15.0)


@pytest.mark.parametrize(
    ("line", "phases", "local"),
    [("title: x", True, False), ("phases: no", False, False), ("reach: local", True, True)],
)
def test_what_a_reading_is_good_for(line: str, phases: bool, local: bool) -> None:
    reading = parse("x", f"{line}\n\nNothing.\n")
    assert (reading.phases, reading.local) == (phases, local)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (HEAD + "In [Gent](gent-be).", "x.txt:4: place 'gent-be' of 'Gent' is not in the header"),
        (HEAD + "One.\n\nIn [Ghent](ghent-be.", "x.txt:6: '[' belongs to no mark"),
        (HEAD + "One.\nTwo. } Three.", "x.txt:5: '}' belongs to no mark"),
        (HEAD + "In Ghent.{ghent-be exploration 2011 year}", "x.txt:4: 'ghent-be exploration 2011 year' is no observation"),
        (HEAD + "In Ghent.{ghent-be arrival 2011 year confirmed}", "x.txt:4: 'ghent-be arrival 2011 year confirmed' is no observation"),
        (HEAD + "In Ghent.{ghent-be exploration 2011 annum confirmed}", "x.txt:4: 'ghent-be exploration 2011 annum confirmed' is no observation"),
        (HEAD + "In Ghent.{ghent-be exploration 2011 year sure}", "x.txt:4: 'ghent-be exploration 2011 year sure' is no observation"),
        (HEAD + "In Ghent.{ghent-be exploration 2011 year confirmed @b}", "x.txt:4: actor 'b' is not in the header"),
        ("title: x\nplace: ghent-be | Ghent | BE | locality | 51.05\n\nText.", "x.txt:2: 'place: ghent-be | Ghent | BE | locality | 51.05' needs six cells"),
        ("place: ghent-be | Ghent | BE | town | 51.05 | 3.72\n\nText.", "x.txt:1: 'place: ghent-be | Ghent | BE | town | 51.05 | 3.72' needs six cells"),
        ("place: ghent-be | Ghent | BE | locality | north | 3.72\n\nText.", "x.txt:1: 'place: ghent-be | Ghent | BE | locality | north | 3.72': latitude"),
        ("title: x\ntitel: y\n\nText.", "x.txt:2: 'titel: y' is no header line"),
    ],
)
def test_errors_say_where(raw: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse("x", raw)
    assert str(error.value).startswith(message)


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(f"title: {name}\n\nText.\n", "utf-8")
    assert [(reading.id, reading.title) for reading in read_all(tmp_path)] == [("a", "a.txt"), ("b", "b.txt")]


def test_a_folder_without_readings_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no reading"):
        list(read_all(tmp_path))
