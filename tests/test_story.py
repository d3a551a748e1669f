from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard.codebook import Codebook
from dashboard.messages import words
from dashboard.moments import At, Moment, Shown, UpTo, Window, day_of, focused, looks, prepared
from dashboard.steps import Step
from dashboard.story import Counts, Reach, changed, changes, compared, counts, finding, heading_unit, news, reached, sources, when
from tests.small_tables import CODEBOOK, DOCUMENTS, PLACES, frame, table

ROWS = (
    "lima origin 2010 confirmed a",
    "quito exploration 2018-06-03 confirmed a",
    "lima exploration 2019 confirmed a",
    "cusco exploration 2019-02 suspected a",
    "peru consolidation 2021 confirmed b",
    "callao-jail disruption 2023-05* confirmed a",
    "andes context 2023-05* confirmed a",
)


def day(text: str) -> int:
    return day_of(date.fromisoformat(text))


def say(moment: Moment, *, step: Step = "event", language: str = "en", focus: str | None = None) -> str:
    speak, rows = words(language), frame(*ROWS)
    rows = focused(rows, CODEBOOK, focus) if focus else rows
    when_text = when(speak, moment, heading_unit(rows, moment, step))
    return finding(speak, looks(rows, moment), PLACES, CODEBOOK, moment=when_text, focus=focus)


@pytest.mark.parametrize(
    ("moment", "step", "language", "expected"),
    [
        (UpTo(day("2001-01-01")), "event", "en", "By 1 January 2001: nothing on the map"),
        (UpTo(day("2010-01-01")), "event", "en", "By 2010: origin in 1 place in 1 country"),
        (UpTo(day("2010-01-01")), "event", "es", "Hasta 2010: origen en 1 lugar en 1 país"),
        # A home that has not gone on is not among what was reached.
        (UpTo(day("2018-06-03")), "event", "en", "By 3 June 2018: 1 place in 1 country under exploration"),
        (UpTo(day("2019-02-01")), "event", "en", "By February 2019: 3 places in 2 countries under exploration"),
        (UpTo(day("2021-12-31")), "year", "en", "By 2021: 3 places and 1 area in 2 countries reached, 1 country under consolidation"),
        (UpTo(day("2021-12-31")), "month", "es", "Hasta diciembre de 2021: expansión a 3 lugares y 1 zona en 2 países; 1 país en consolidación"),
        (At(day("2018-06-03")), "event", "en", "On 3 June 2018: 1 place in 1 country under exploration"),
        (At(day("2018-06-03")), "event", "es", "El 3 de junio de 2018: 1 lugar en 1 país en exploración"),
        (
            Window(day("2018-01-01"), day("2020-12-31")),
            "year",
            "en",
            "From 2018 to 2020: 3 places in 2 countries under exploration",
        ),
        # Callao jail, where nothing but an outcome is said, is not among what was reached.
        (UpTo(day("2023-05-01")), "event", "en", "By May 2023: 3 places and 1 area in 2 countries reached, 1 country under consolidation"),
        (At(day("2023-05-01")), "event", "en", "In May 2023: no place reached, outcomes in 1 place in 1 country"),
        (At(day("2023-05-01")), "event", "es", "En mayo de 2023: ningún lugar alcanzado; resultados en 1 lugar en 1 país"),
    ],
)
def test_the_finding(moment: Moment, step: Step, language: str, expected: str) -> None:
    assert say(moment, step=step, language=language) == expected


def test_a_map_of_names_alone_is_not_called_empty() -> None:
    found = looks(frame("lima context 2018 confirmed a", "quito context 2018 confirmed b", "peru context 2018 confirmed b"), UpTo(day("2018-12-31")))
    for language, moment, expected in (
        ("en", "By 2018", "By 2018: 2 places and 1 area in 2 countries only named"),
        ("es", "Hasta 2018", "Hasta 2018: solo mención de 2 lugares y 1 zona en 2 países"),
    ):
        assert finding(words(language), found, PLACES, CODEBOOK, moment=moment) == expected
    assert finding(words("en"), found[:0], PLACES, CODEBOOK, moment="By 2018") == "By 2018: nothing on the map"


@pytest.mark.parametrize(
    ("moment", "step", "english", "spanish"),
    [
        (UpTo(day("2018-12-31")), "year", "By 2018", "Hasta 2018"),
        (UpTo(day("2018-06-15")), "year", "By 15 June 2018", "Hasta el 15 de junio de 2018"),  # there is more to come in that year
        (UpTo(day("2019-02-28")), "month", "By February 2019", "Hasta febrero de 2019"),
        (UpTo(day("2019-02-01")), "month", "By 1 February 2019", "Hasta el 1 de febrero de 2019"),
        (UpTo(day("2023-05-01")), "year", "By 2023", "Hasta 2023"),  # nothing begins any later: the year ends as it is then
        (UpTo(day("2023-05-01")), "month", "By May 2023", "Hasta mayo de 2023"),
        (UpTo(day("9999-12-31")), "year", "By 9999", "Hasta 9999"),
        (At(day("2018-12-31")), "year", "On 31 December 2018", "El 31 de diciembre de 2018"),  # what holds on one day is no year
        (Window(day("2018-01-01"), day("2018-12-31")), "year", "In 2018", "En 2018"),
        (Window(day("2018-01-01"), day("2018-12-31")), "month", "From January 2018 to December 2018", "De enero de 2018 a diciembre de 2018"),
        (
            Window(day("2018-02-01"), day("2018-12-31")),
            "year",
            "From 1 February 2018 to 31 December 2018",
            "Del 1 de febrero de 2018 al 31 de diciembre de 2018",
        ),
        (Window(day("2017-01-01"), day("2018-06-03")), "year", "From 1 January 2017 to 3 June 2018", "Del 1 de enero de 2017 al 3 de junio de 2018"),
        (Window(day("2022-01-01"), day("2023-05-01")), "year", "From 2022 to 2023", "De 2022 a 2023"),
        (Window(day("2018-06-01"), day("2018-06-30")), "month", "In June 2018", "En junio de 2018"),
        (Window(day("2018-06-03"), day("2018-06-03")), "event", "On 3 June 2018", "El 3 de junio de 2018"),
    ],
)
def test_a_heading_names_a_month_or_a_year_only_where_it_tells_of_the_whole_of_it(moment: Moment, step: Step, english: str, spanish: str) -> None:
    unit = heading_unit(frame(*ROWS), moment, step)
    assert (when(words("en"), moment, unit), when(words("es"), moment, unit)) == (english, spanish)


@pytest.mark.parametrize(
    ("focus", "moment", "expected"),
    [
        ("origin", UpTo(day("2010-01-01")), "By 2010: origin in 1 place in 1 country"),
        ("exploration", UpTo(day("2019-02-01")), "By February 2019: 3 places in 2 countries under exploration"),
        ("consolidation", UpTo(day("2021-01-01")), "By 2021: 1 country under consolidation"),
        ("disruption", UpTo(day("2023-05-01")), "By May 2023: disruption in 1 place in 1 country"),
        ("contested", UpTo(day("2023-05-01")), "By 1 May 2023: contested in no place"),
    ],
)
def test_a_step_of_the_story(focus: str, moment: Moment, expected: str) -> None:
    assert say(moment, focus=focus) == expected


@pytest.mark.parametrize(
    ("rows", "focus", "english", "spanish"),
    [
        (
            ("lima exploration 2018 suspected a", "quito exploration 2018 suspected a"),
            None,
            "By 2018: 2 places in 2 countries under exploration (only suspected)",
            "Hasta 2018: 2 lugares en 2 países en exploración (solo sospechas)",
        ),
        (
            ("lima exploration 2018 suspected a", "quito exploration 2018 confirmed a"),
            None,
            "By 2018: 2 places in 2 countries under exploration",
            "Hasta 2018: 2 lugares en 2 países en exploración",
        ),
        (
            ("lima exploration 2018 confirmed a", "quito consolidation 2018 suspected a"),
            None,
            "By 2018: 2 places in 2 countries reached, 1 place in 1 country under consolidation (only suspected)",
            "Hasta 2018: expansión a 2 lugares en 2 países; 1 lugar en 1 país en consolidación (solo sospechas)",
        ),
        (
            ("lima exploration 2018 suspected a",),
            "exploration",
            "By 2018: 1 place in 1 country under exploration (only suspected)",
            "Hasta 2018: 1 lugar en 1 país en exploración (solo sospechas)",
        ),
        # Of what supports the mark of a place with an outcome, its phase alone is known to be suspected.
        (
            ("lima exploration 2018 suspected a", "lima disruption 2018 confirmed a"),
            "disruption",
            "By 2018: disruption in 1 place in 1 country",
            "Hasta 2018: intervención en 1 lugar en 1 país",
        ),
    ],
)
def test_what_is_only_suspected_is_not_stated_as_a_fact(rows: tuple[str, ...], focus: str | None, english: str, spanish: str) -> None:
    found = looks(frame(*rows), UpTo(day("2018-12-31")))
    for language, moment, expected in (("en", "By 2018", english), ("es", "Hasta 2018", spanish)):
        assert finding(words(language), found, PLACES, CODEBOOK, moment=moment, focus=focus) == expected


LABELS = Codebook(
    CODEBOOK.actors, tuple(replace(phase, label={"exploration": "Arrived", "consolidation": "Rooted"}.get(phase.id, phase.label)) for phase in CODEBOOK.phases)
)


@pytest.mark.parametrize(
    ("focus", "moment", "language", "expected"),
    [
        ("exploration", "2019-02-01", "en", "By February 2019: “Arrived” in 3 places in 2 countries"),
        ("exploration", "2019-02-01", "es", "Hasta febrero de 2019: «Arrived» en 3 lugares en 2 países"),
        ("exploration", "2009-02-01", "en", "By 1 February 2009: “Arrived” in no place"),
        ("exploration", "2009-02-01", "es", "Hasta el 1 de febrero de 2009: «Arrived» en ningún lugar"),
        ("origin", "2010-01-01", "en", "By 2010: origin in 1 place in 1 country"),
        (None, "2019-02-01", "en", "By February 2019: “Arrived” in 3 places in 2 countries"),
        (None, "2021-01-01", "es", "Hasta 2021: expansión a 3 lugares y 1 zona en 2 países; «Rooted» en 1 país"),
    ],
)
def test_a_codebooks_own_label_is_quoted_whatever_kind_of_word_it_is(focus: str | None, moment: str, language: str, expected: str) -> None:
    speak, rows = words(language), prepared(table(*ROWS), LABELS, places=PLACES["place_id"], documents=DOCUMENTS["document_id"])
    rows = focused(rows, LABELS, focus) if focus else rows
    text = when(speak, UpTo(day(moment)), heading_unit(rows, UpTo(day(moment)), "event"))
    assert finding(speak, looks(rows, UpTo(day(moment))), PLACES, LABELS, moment=text, focus=focus) == expected


def test_the_numbers_behind_a_view() -> None:
    """Lima, explored since, is counted as the origin too: a home that has come further still shows as one."""
    assert counts(looks(frame(*ROWS), UpTo(day("2024-01-01"))), PLACES, CODEBOOK) == Counts(
        reach=Reach(points=4, areas=1, countries=2, whole=1), phases=(1, 3, 0, 1), outcomes=(0, 1), suspected=1, known=1, named=1
    )


def test_what_changed() -> None:
    rows = frame(*ROWS)
    kinds = changes(looks(rows, UpTo(day("2018-12-31"))), looks(rows, UpTo(day("2024-01-01"))))
    assert {PLACES["name"][position]: kind for position, kind in kinds.items()} == {
        "Lima": "advanced", "Quito": "unchanged", "Cusco": "new", "Peru": "new", "Callao jail": "new",
    }  # fmt: skip
    assert changed(words("en"), kinds, PLACES) == "New: Cusco, Peru and Callao jail. Advanced: Lima."
    assert changed(words("es"), kinds, PLACES) == "Nuevos: Cusco, Perú y Callao jail. Avanza: Lima."


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (["lima penetration 2018 confirmed a"], ["lima exploration 2018 confirmed a"], "receded"),
        (["lima penetration 2018 confirmed a"], ["lima context 2018 confirmed a"], "gone"),
        (["lima exploration 2018 confirmed a"], ["lima exploration 2018 confirmed a", "lima contested 2018 confirmed a"], "outcome"),
        (["lima contested 2018 confirmed a"], ["lima exploration 2018 confirmed a", "lima contested 2018 confirmed a"], "advanced"),
        (["lima exploration 2018 confirmed a", "lima contested 2018 confirmed a"], ["lima exploration 2018 confirmed a"], "receded"),
        (["lima exploration 2018 suspected a"], ["lima exploration 2018 confirmed b"], "unchanged"),
        (["lima exploration 2018 confirmed a"], ["lima exploration 2018 confirmed a", "lima origin 2018 confirmed a"], "unchanged"),
        (["lima exploration 2018 confirmed a", "lima origin 2018 confirmed a"], ["lima exploration 2018 confirmed a"], "unchanged"),
        (["lima origin 2018 confirmed a"], ["lima exploration 2018 confirmed a", "lima origin 2018 confirmed a"], "advanced"),
    ],
)
def test_kinds_of_change(before: list[str], after: list[str], kind: str) -> None:
    moment = UpTo(day("2020-01-01"))
    assert changes(looks(frame(*before), moment), looks(frame(*after), moment)).tolist() == [kind]


@pytest.mark.parametrize(
    ("latest", "first"),
    [
        ("2021-06-01", "2020-06-01"),
        ("2023-06-01", "2022-06-01"),
        ("2024-06-01", "2019-06-01"),
        ("2023-04-30", "2018-04-30"),
        ("2031-01-01", "2021-01-01"),
        ("2140-01-01", "2139-01-01"),
    ],
)
def test_the_latest_date_is_first_compared_with_one_since_which_something_has_changed(latest: str, first: str) -> None:
    rows = frame(*ROWS)
    assert compared(lambda moment: looks(rows, moment), day(latest)) == day(first)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ((UpTo(day("2018-12-31")), None), (UpTo(day("2019-12-31")), None)),
        ((At(day("2018-06-03")), None), (At(day("2019-02-11")), None)),
        ((Window(day("2018-01-01"), day("2018-12-31")), None), (Window(day("2019-01-01"), day("2021-12-31")), None)),
        ((UpTo(day("2019-02-01")), "exploration"), (UpTo(day("2023-05-01")), "disruption")),
        (None, (UpTo(day("2021-12-31")), None)),
    ],
)
def test_the_news_of_a_step_are_the_changes_between_all_looks(before: Shown | None, now: Shown) -> None:
    def whole(shown: Shown) -> pd.DataFrame:
        return looks(focused(rows, CODEBOOK, shown[1]) if shown[1] else rows, shown[0])

    rows = frame(*ROWS)
    kinds, found = news(rows, CODEBOOK, before, now)
    all_kinds, all_looks = changes(whole(before) if before else whole(now)[:0], whole(now)), whole(now)
    assert kinds.to_dict() == all_kinds[all_kinds.index.isin(kinds.index)].to_dict()
    assert set(all_kinds[~all_kinds.index.isin(kinds.index)]) <= {"unchanged"}
    assert found.equals(all_looks[all_looks.index.isin(found.index)])


LAYERS = (
    "lima exploration 2018 confirmed a", "lima penetration 2022 confirmed a", "quito exploration 2018 confirmed a", "quito disruption 2022 confirmed b",
    "cusco exploration 2021 confirmed a", "callao-jail disruption 2023 confirmed b", "peru disruption 2018 confirmed b", "peru exploration 2022 confirmed b",
)  # fmt: skip
NEWS_OF_LAYERS: list[tuple[tuple[str, ...], str]] = [
    ((), "New: Cusco and Callao jail. Advanced: Lima and Peru. New outcome: Quito."),
    (("exploration",), "New: Callao jail. Advanced: Lima."),  # Lima is not new: it was there, though it was not drawn. Peru is not drawn any more
    (("exploration", "penetration"), "New: Callao jail."),
    (("disruption",), "New: Cusco and Peru. Advanced: Lima."),
]


@pytest.mark.parametrize(("hide", "expected"), NEWS_OF_LAYERS)
def test_of_layers_that_are_switched_off_nothing_is_told(hide: tuple[str, ...], expected: str) -> None:
    kinds, _ = news(frame(*LAYERS), CODEBOOK, (UpTo(day("2019-01-01")), None), (UpTo(day("2024-01-01")), None), hide=hide)
    assert changed(words("en"), kinds, PLACES) == expected


@pytest.mark.parametrize(
    ("extent", "english", "spanish"),
    [
        (Reach(points=9, areas=0, countries=3, whole=0), "9 places in 3 countries", "9 lugares en 3 países"),
        (Reach(points=9, areas=2, countries=3, whole=1), "9 places and 2 areas in 3 countries", "9 lugares y 2 zonas en 3 países"),  # a legend counts 11
        (Reach(points=0, areas=2, countries=2, whole=2), "2 countries", "2 países"),
        (Reach(points=0, areas=2, countries=2, whole=0), "2 areas in 2 countries", "2 zonas en 2 países"),  # two of their states
        (Reach(points=0, areas=2, countries=1, whole=1), "2 areas in 1 country", "2 zonas en 1 país"),
        (Reach(points=0, areas=1, countries=0, whole=0), "1 area", "1 zona"),
        (Reach(points=2, areas=1, countries=0, whole=0), "2 places and 1 area", "2 lugares y 1 zona"),
    ],
)
def test_reach_in_words(extent: Reach, english: str, spanish: str) -> None:
    assert (reached(words("en"), extent), reached(words("es"), extent)) == (english, spanish)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ((UpTo(day("2018-06-02")), None), (UpTo(day("2018-06-03")), None), ["a"]),  # not b, which tells of a later day
        ((UpTo(day("2018-06-03")), None), (UpTo(day("2020-01-01")), None), ["b"]),  # not a, which was known before
        (None, (UpTo(day("2020-01-01")), None), ["a", "b"]),
        ((UpTo(day("2018-06-02")), None), (UpTo(day("2018-06-03")), "exploration"), ["a"]),
        ((UpTo(day("2018-06-03")), "exploration"), (UpTo(day("2023-01-01")), "disruption"), ["c"]),  # not b, whose phase is not what the step tells of
        ((UpTo(day("2020-01-01")), None), (UpTo(day("2021-12-31")), None), []),  # c merely names the place
    ],
)
def test_the_sources_of_a_step_are_those_of_what_came_into_force(before: Shown | None, now: Shown, expected: list[str]) -> None:
    rows = frame(
        "quito exploration 2018-06-03 confirmed a",
        "quito exploration 2018-06-03 reported a",
        "quito consolidation 2019 confirmed b",
        "quito context 2021 confirmed c",
        "quito disruption 2023 confirmed c",
        "lima exploration 2018-06-03 confirmed c",
    )
    found = sources(rows, CODEBOOK, before, now, [PLACES["place_id"].tolist().index("quito")])
    assert [str(DOCUMENTS["document_id"][position]) for position in found] == expected
