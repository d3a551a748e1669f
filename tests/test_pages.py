"""What the pages say, without a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from dashboard.codebook import HOME
from dashboard.evidence import cards, doubtful, rows_of_place, sentence_with
from dashboard.listing import listing, phases, printed
from dashboard.messages import words
from dashboard.moments import At, Moment, UpTo, day_of, in_force, looks
from dashboard.views import beside, method, notes, place, source
from tests.small_tables import CODEBOOK, PLACES
from tests.small_taken import tables


def session(**build: object) -> Any:
    return SimpleNamespace(words=words("en"), tables=SimpleNamespace(build=build))


def test_a_place_has_the_id_that_a_decision_of_a_person_needs() -> None:
    row = PLACES.to_dict("records")[0]
    assert place._facts(session(), row) == "Locality, Peru. 12.050° S, 77.040° W, radius 15 km. Coordinates: test. Id: lima."


def test_the_radius_of_a_building_is_not_nothing() -> None:
    jail = PLACES[PLACES["place_id"] == "callao-jail"].to_dict("records")[0]
    assert place._facts(session(), jail) == "Facility, Peru. 12.060° S, 77.140° W, radius 0.3 km. Coordinates: test. Id: callao-jail."


def test_a_place_is_described_in_the_language_of_the_interface() -> None:
    row = {**PLACES.to_dict("records")[0], "source": "estimate, 0.4 km"}
    said = place._facts(SimpleNamespace(words=words("es")), row)
    assert said == "Localidad, Perú. 12,050° S, 77,040° O, radio 15 km. Coordenadas: estimación, 0,4 km. Id: lima."


def test_the_history_of_a_place_may_end_with_the_calendar(tmp_path: Path) -> None:
    found = tables(tmp_path, "lima exploration 9999-12-31 confirmed a")
    _, drawn = place._history(SimpleNamespace(words=words("en"), tables=found, latest=0), found.observations)
    assert "Exploration, 31 December 9999" in str(drawn)


def test_what_the_build_said_of_its_inputs_is_listed() -> None:
    heading, listed = method._problems(session(problems=[{"message": "a.txt: is empty; remove it or put the text in", "document": "a.txt"}]))
    assert heading["text"] == "What the build said of its inputs"
    assert [item["text"] for item in listed["items"]] == ["a.txt: is empty; remove it or put the text in"]


@pytest.mark.parametrize(
    ("publisher", "expected"),
    [
        ("The Port Post", ("A port changes hands", "The Port Post, May 2023 (source grade B); 3 observations")),
        ("", ("A port changes hands", "May 2023 (source grade B); 3 observations")),
    ],
)
def test_a_source_without_a_publisher_is_not_named_twice(publisher: str, expected: tuple[str, str]) -> None:
    row = {"title": "A port changes hands", "publisher": publisher, "published": "2023-05", "reliability": "B"}
    assert source._named(words("en"), row, 3) == expected


@pytest.mark.parametrize("build", [{}, {"problems": None}, {"problems": []}])
def test_nothing_is_listed_where_all_was_well(build: dict[str, object]) -> None:
    assert method._problems(session(**build)) == []


@pytest.mark.parametrize(
    ("language", "identifier", "label", "choice"),
    [
        ("en", "peru", "Peru", "Peru"),
        ("es", "peru", "Perú", "Perú · Peru"),  # found by either name
        ("en", "lima", "Lima (Peru)", "Lima (Peru)"),
        ("es", "lima", "Lima (Perú)", "Lima (Perú)"),
        ("es", "andes", "Andes", "Andes"),
    ],
)
def test_a_place_in_the_list_of_all(tmp_path: Path, language: str, identifier: str, label: str, choice: str) -> None:
    found = tables(tmp_path)
    assert place._label(words(language), identifier, *found.names[identifier]) == label
    assert place._either(found, identifier, {identifier: label}) == choice


@pytest.mark.parametrize(
    ("language", "rank", "outcomes", "text"),
    [
        ("en", 3, 0, "Consolidation"),
        ("en", 3, 1 << HOME, "Consolidation + Origin"),
        ("es", 3, 1 << HOME | 2, "Consolidación + Origen + Intervención"),
        ("en", -1, 3, "Contested + Disruption"),
    ],
)
def test_a_look_in_words(language: str, rank: int, outcomes: int, text: str) -> None:
    assert phases(words(language), CODEBOOK, rank, outcomes) == text


def test_cards_and_the_table_name_countries_in_spanish_and_keep_what_the_text_writes(tmp_path: Path) -> None:
    found = tables(tmp_path, "peru consolidation 2022 confirmed b", "quito exploration 2018 reported b")
    shown = [card.record() for card in cards(words("es"), found, found.observations)]
    assert [dict(card["rows"])["Lugar"] for card in shown] == ["«Quito» es Quito (localidad, Ecuador).", "«Peru» es Perú (país)."]
    assert [card["pieces"][-2]["text"] for card in shown] == ["Quito", "Peru"]
    table = listing(words("es"), found, found.observations, looks(found.observations, UpTo(day_of(date(2023, 1, 1)))))
    assert table[["Lugar", "País"]].to_numpy().tolist() == [["Perú", "Perú"], ["Quito", "Ecuador"]]


@pytest.mark.parametrize(("language", "said"), [("en", "Written: “2018”. Understood: 2018"), ("es", "Escrito: «2018». Entendido: 2018")])
def test_a_card_quotes_the_date_as_its_language_does(tmp_path: Path, language: str, said: str) -> None:
    found = tables(tmp_path, "lima exploration 2018 confirmed a")
    rows = found.observations.assign(evidence="In 2018 it came to Lima.")
    (card,) = cards(words(language), found, rows)
    assert card.rows[1][1].startswith(said)


@pytest.mark.parametrize(
    ("evidence", "provenance", "date_text", "said"),
    [
        ("Two years\nlater it came to Lima.", "text", "Two years later", "Written: “Two years\nlater”. Understood: 2018, from the sentence."),
        ("It came to Lima.", "context", "In May 2018", "Written: “In May 2018”, not in this sentence. Understood: 2018, from the text around it."),
        ("It came to Lima.", "document", "", "Written: not in this sentence. Understood: 2018, the document's own date"),
    ],
)
def test_a_card_quotes_the_words_that_say_when(tmp_path: Path, evidence: str, provenance: str, date_text: str, said: str) -> None:
    found = tables(tmp_path, "lima exploration 2018 confirmed a")
    (card,) = cards(words("en"), found, found.observations.assign(evidence=evidence, date_provenance=provenance, date_text=date_text))
    assert card.rows[1][1].startswith(said)


OTHERS = [
    {"place_id": "CL-CO", "name": "Coquimbo", "level": "admin1", "country_code": "CL", "adm_1": "Coquimbo"},
    {"place_id": "gn:7", "name": "Coquimbo", "level": "locality", "country_code": "BR", "adm_1": "Bahia"},
    {"place_id": "ES", "name": "Spain", "level": "country", "country_code": "ES", "adm_1": ""},
    {"place_id": "ea:reef", "name": "Coquimbo Reef", "level": "region", "country_code": "", "adm_1": ""},
]


@pytest.mark.parametrize(
    ("language", "alternatives", "said"),
    [
        ("en", "CL-CO=0.2;gn:7=0.1", "Could also be Coquimbo (state or province), Chile; Coquimbo (locality), Bahia, Brazil."),
        ("es", "ES=0.2;ea:reef=0.1", "También podría ser España (país); Coquimbo Reef (región)."),
        ("en", "quito=0.2;gn:8=0.1", "Could also be Quito; GeoNames 8."),  # a build that does not name them
    ],
)
def test_a_card_names_what_else_a_name_may_mean(tmp_path: Path, language: str, alternatives: str, said: str) -> None:
    found = tables(tmp_path, "lima exploration 2018 confirmed a")
    known = replace(found, build={"alternatives": OTHERS}, mentions=found.mentions.assign(alternatives=alternatives))
    (card,) = cards(words(language), known, known.observations)
    assert card.rows[0][1].endswith(said)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (UpTo(day_of(date(2016, 1, 1))), [["Quito", "Exploration + Disruption", "2014"]]),
        (UpTo(day_of(date(2024, 1, 1))), [["Quito", "Penetration + Disruption", "2021-05"], ["Cusco", "Contested + Disruption", "2017"]]),
        (At(day_of(date(2021, 7, 1))), [["Quito", "Exploration", "2020"]]),
    ],
)
def test_a_place_looks_so_since_its_phase_is_said_of_it(tmp_path: Path, moment: Moment, expected: list[list[str]]) -> None:
    """Not since anything is said of it: Quito was explored in 2014, and its market entered in 2021."""
    found = tables(
        tmp_path, "quito exploration 2014 reported b", "quito exploration 2020/2021 confirmed a", "quito penetration 2021-05 suspected a",
        "quito penetration 2023 confirmed b", "quito disruption 2012 confirmed b", "cusco disruption 2017 confirmed a", "cusco contested 2022 confirmed b",
    )  # fmt: skip
    rows = found.observations[in_force(found.observations, moment)]
    table = listing(words("en"), found, rows, looks(rows, moment))
    assert table[["Place", "Phase", "Since"]].to_numpy().tolist() == expected


def test_a_table_is_put_on_paper_as_texts() -> None:
    table = pd.DataFrame({"Place": ["Lima\u202e\n<b>", "Puno"], "Differ": [True, False], "Sources": [1200, 1], "Latitude": [-12.05, float("nan")]})
    assert printed(words("es"), table) == (
        ["Place", "Differ", "Sources", "Latitude"],
        [["Lima <b>", "sí", "1.200", "-12,050"], ["Puno", "", "1", ""]],
        [2, 3],
    )


def test_a_card_names_activities_as_the_codebook_labels_them(tmp_path: Path) -> None:
    found = tables(tmp_path, "lima penetration 2022 confirmed b")
    (card,) = cards(words("en"), found, found.observations.assign(activities="extortion;tolls"))
    assert dict(card.rows)["Activities"] == "Extortion of shops, tolls"


def test_a_card_says_of_a_place_that_it_is_known_by_its_town_only(tmp_path: Path) -> None:
    found = tables(tmp_path, "callao-jail penetration 2022 confirmed b")
    (card,) = cards(words("en"), found, found.observations.assign(place_id="in:gn:1:facility:Callao-jail"))
    (plain,) = cards(words("en"), found, found.observations)
    assert (
        dict(card.rows)["Place"] == "“Callao jail” is Callao jail (facility, Peru). The gazetteer lacks it: drawn at the town that the text puts it in or near."
    )
    assert dict(plain.rows)["Place"] == "“Callao jail” is Callao jail (facility, Peru)."


THREE_READINGS = ("lima consolidation 2021 confirmed a", "lima consolidation 2020 reported b", "lima exploration 2022 confirmed a")


def test_the_surest_reading_of_the_furthest_phase_stands_first(tmp_path: Path) -> None:
    small = tables(tmp_path, *THREE_READINGS)
    rows = small.observations.assign(confidence=small.observations["observation_id"].map({"o0": 0.45, "o1": 0.98, "o2": 0.99}))
    found = rows_of_place(rows, "lima", UpTo(day_of(date(2023, 1, 1))))
    assert list(zip(found["phase"], found["confidence"], strict=True)) == [("consolidation", 0.98), ("consolidation", 0.45), ("exploration", 0.99)]


@pytest.mark.parametrize(
    ("language", "chance", "heading", "why"),
    [
        ("en", 0.98, "Consolidation, confirmed", "Reading: clear, 98%."),
        ("en", 0.5, "Consolidation, confirmed", "Reading: likely, 50%."),
        ("en", 0.3, "Consolidation, confirmed (doubtful reading)", "Reading: doubtful, 30%."),
        ("es", 0.3, "Consolidación: dato confirmado (lectura dudosa)", "Lectura: dudosa, 30 %."),
        ("en", None, "Consolidation, confirmed", ""),
    ],
)
def test_a_card_says_how_sure_its_reading_is(tmp_path: Path, language: str, chance: float | None, heading: str, why: str) -> None:
    small = tables(tmp_path, "lima consolidation 2021 confirmed a")
    (card,) = cards(words(language), small, small.observations.assign(confidence=chance))
    assert (card.heading, dict(card.rows)[words(language)("card.why_label")].endswith(why)) == (heading, True)


@pytest.mark.parametrize(("chances", "expected"), [((0.45, 0.98), None), ((0.45, 0.31), 45), ((None, None), None)])
def test_a_mark_of_which_even_the_surest_reading_is_doubtful(tmp_path: Path, chances: tuple[float | None, ...], expected: int | None) -> None:
    rows = tables(tmp_path, *THREE_READINGS).observations
    rows = rows.assign(confidence=rows["observation_id"].map(dict(zip(("o0", "o1", "o2"), (*chances, 0.99), strict=True))))
    assert doubtful(rows, 3) == expected


def test_what_has_no_date_is_said_to_have_none(tmp_path: Path) -> None:
    small = tables(tmp_path, "lima origin 2010 confirmed a", "cusco contested - confirmed c")
    moment = UpTo(day_of(date(2024, 1, 1)))
    told: Any = SimpleNamespace(words=words("en"), tables=small)
    rows = rows_of_place(small.observations, "cusco", moment)
    assert beside.look_line(told, "cusco", rows, moment, when="By 2024") == "What is said of it has no date, so no moment shows it."
    (card,) = cards(words("en"), small, rows)
    assert notes.card(words("en"), small.codebook, card, [])["later"] == "Without a date: no moment shows it"
    earlier = UpTo(day_of(date(2009, 1, 1)))
    assert beside.look_line(told, "lima", rows_of_place(small.observations, "lima", earlier), earlier, when="By 2009") == "By 2009: nothing is said of it yet."


def test_of_what_the_filters_leave_out_it_is_not_said_that_there_is_nothing(tmp_path: Path) -> None:
    small = tables(tmp_path, "lima origin 2010 confirmed a", "quito exploration 2018 reported b")
    moment = UpTo(day_of(date(2024, 1, 1)))
    told: Any = SimpleNamespace(words=words("en"), tables=small)
    passing = small.observations[small.observations["status"] == "reported"]
    said = beside.look_line(told, "lima", rows_of_place(passing, "lima", moment), moment, when="By 2024")
    assert said == "What is said of it does not pass the filters, or is about another actor."
    assert beside.look_line(told, "andes", rows_of_place(passing, "andes", moment), moment, when="By 2024") == "By 2024: nothing is said of it yet."


@pytest.mark.parametrize(("year", "expected"), [(2022, "By May: nothing is said of it yet."), (2024, "By May: it is only named, and no phase is said of it.")])
def test_of_a_place_that_is_only_named_it_is_not_said_that_nothing_names_it(tmp_path: Path, year: int, expected: str) -> None:
    small = tables(tmp_path, "quito origin 2010 confirmed a", "lima context 2023-05 confirmed a")
    told: Any = SimpleNamespace(words=words("en"), tables=small)
    moment = UpTo(day_of(date(year, 1, 1)))
    assert beside.look_line(told, "lima", rows_of_place(small.observations, "lima", moment), moment, when="By May") == expected


@pytest.mark.parametrize(
    ("publishers", "expected"),
    [
        (("The Paper", "The Gazette"), "Sources differ: Consolidation: The Paper; Exploration: The Gazette."),
        (("The Paper", "The Paper"), "Sources differ: Consolidation: The Paper (May 2023); Exploration: The Paper (2024)."),
        (("The Paper", ""), "Sources differ: Consolidation: The Paper; Exploration: “Second report”."),
    ],
)
def test_sources_that_differ_are_told_apart(tmp_path: Path, publishers: tuple[str, str], expected: str) -> None:
    small = tables(tmp_path, "lima consolidation 2022 confirmed a", "lima exploration 2022 confirmed b")
    small.documents.loc[:1, "publisher"] = publishers
    told: Any = SimpleNamespace(words=words("en"), tables=small)
    assert beside.agreement(told, small.observations)[0]["text"] == expected


def test_of_sources_that_differ_those_that_agree_stand_together(tmp_path: Path) -> None:
    small = tables(
        tmp_path, *(f"lima {told} 2022 confirmed {document}" for told, document in (("consolidation", "a"), ("consolidation", "b"), ("exploration", "c")))
    )
    told: Any = SimpleNamespace(words=words("en"), tables=small)
    small.documents["publisher"], small.documents["published"] = "The Paper", "2023-05"
    assert beside.agreement(told, small.observations)[0]["text"] == (
        "Sources differ: Consolidation: The Paper (First report) and The Paper (Second report); Exploration: The Paper (No date)."
    )


@pytest.mark.parametrize(
    ("language", "place_", "kind"),
    [
        ("en", "peru", "“Peru” is Peru (country)."),
        ("es", "peru", "«Peru» es Perú (país)."),
        ("en", "andes", "“Andes” is Andes (region)."),
        ("en", "lima", "“Lima” is Lima (locality, Peru)."),
    ],
)
def test_a_card_tells_no_codes(tmp_path: Path, language: str, place_: str, kind: str) -> None:
    found = tables(tmp_path, f"{place_} penetration 2022 confirmed b")
    (card,) = cards(words(language), found, found.observations)
    assert dict(card.rows)[words(language)("card.place_label")] == kind
    row = PLACES[PLACES["place_id"] == place_].to_dict("records")[0]
    assert place._facts(SimpleNamespace(words=words(language)), row).partition(".")[0].casefold() == kind[kind.index("(") + 1 : -2].casefold()


@pytest.mark.parametrize(("language", "expected"), [("en", "By May: Consolidation, confirmed."), ("es", "By May: Consolidación; dato confirmado.")])
def test_what_a_status_agrees_with_is_no_phase(tmp_path: Path, language: str, expected: str) -> None:
    """A phase may be of either gender, and is data of the codebook."""
    small = tables(tmp_path, "lima consolidation 2021 confirmed a")
    told: Any = SimpleNamespace(words=words(language), tables=small)
    moment = UpTo(day_of(date(2024, 1, 1)))
    assert beside.look_line(told, "lima", rows_of_place(small.observations, "lima", moment), moment, when="By May") == expected


def test_a_name_without_a_place_stands_with_its_sentence_where_the_tables_have_it(tmp_path: Path) -> None:
    small = tables(tmp_path, "lima origin 2010 confirmed a", "quito exploration 2018 confirmed b")
    here = small.observations["document_id"] == "a"
    small.observations.loc[here, ["evidence", "evidence_start", "evidence_end"]] = ["Lima and Atlantis fell.", 0, 23]
    told: Any = SimpleNamespace(words=words("en"), tables=small)
    assert sentence_with(small, "a", "Atlantis") == "Lima and Atlantis fell."
    assert source._why(told, "a", "Atlantis", "no candidate") == "no candidate: “Lima and Atlantis fell.”"
    small.observations.loc[here, ["evidence_start", "evidence_end"]] = [40, 63]
    assert source._why(told, "a", "Atlantis", "no candidate") == "no candidate"


def test_what_is_only_named_or_has_no_date_is_in_the_list_of_places(tmp_path: Path) -> None:
    found = tables(
        tmp_path, "lima exploration 2021 confirmed a", "lima penetration - confirmed a", "quito consolidation - confirmed c", "cusco context - confirmed a"
    )
    rows = found.observations
    shown, undated = place._looks(SimpleNamespace(slim=rows, latest=day_of(date(2023, 1, 1)), looks=lambda moment: looks(rows, moment)))  # type: ignore[arg-type]
    names = {PLACES["place_id"].iloc[position]: CODEBOOK.ordered[rank].id if rank >= 0 else "" for position, rank in shown["rank"].items()}
    assert names == {"lima": "exploration", "quito": "consolidation", "cusco": ""}
    assert {PLACES["place_id"].iloc[position] for position in undated} == {"quito", "cusco"}


def test_the_last_year_of_a_history_is_named_where_there_is_room() -> None:
    first, last = day_of(date(2021, 1, 1)), day_of(date(2025, 5, 31))
    assert [tick["label"] for tick in place._ticks(first, last)] == ["2021", "2022", "2023", "2024", "2025"]
    assert [tick["label"] for tick in place._ticks(first, day_of(date(2025, 1, 31)))] == ["2021", "2022", "2023", "2024"]


def test_why_few_names_have_no_place_is_told_in_whole_sentences() -> None:
    found = pd.DataFrame([("Freedom", "A report", "a reason that is longer than a column of a grid, which would cut it", 2)])
    ((listed),) = method._unresolved(words("en"), found)
    assert listed["items"][0]["text"] == "Freedom"
    assert listed["items"][0]["note"] == "A report: a reason that is longer than a column of a grid, which would cut it (2 times)"
    assert method._unresolved(words("en"), pd.concat([found] * 61)) == []


def test_a_route_on_the_page_of_a_place_names_its_source(tmp_path: Path) -> None:
    found = tables(tmp_path)
    leg = found.routes.to_dict("records")[0]
    told = place.story_line(SimpleNamespace(words=words("en"), tables=found), leg)  # type: ignore[arg-type]
    assert told == "2019, from the sentence; The Paper, May 2023 (source grade C): “From Lima it moved to Quito.”"
