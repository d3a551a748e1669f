"""The date of the thing said, and where it comes from."""

from __future__ import annotations

import pytest

from gazetteer.index import Index
from tests.reports import observations, said_of

DATES = [
    # text, place, date, provenance
    ("The Harbour Men arrived in Lima in 2017.", "Lima", "2017", "text"),
    ("The Harbour Men arrived in Lima in March 2017 and in Quito in 2019.", "Lima", "2017-03", "text"),
    ("The Harbour Men arrived in Lima in March 2017 and in Quito in 2019.", "Quito", "2019", "text"),
    ("The Harbour Men opened an office in Lima on 5 May 2021, one in Quito on the same day and one in Cali a year later.", "Quito", "2021-05-05", "text"),
    ("The Harbour Men opened an office in Lima on 5 May 2021, one in Quito on the same day and one in Cali a year later.", "Cali", "2022-05", "text"),
    ("The Harbour Men arrived in Lima last year.", "Lima", "2023", "text"),
    ("Police arrested four members of the Harbour Men in Lima on 3 May 2022.", "Lima", "2022-05-03", "text"),
    ("The Harbour Men arrived in Lima in the summer of 2024.", "Lima", "2023-12/2024-02", "text"),  # told in March 2024: the northern one was to come
    ("Since 2018 the Harbour Men have extorted shopkeepers in Lima.", "Lima", "2018/..", "text"),
    ("In 2016 the Harbour Men crossed the border. They arrived in Lima and settled near the port.", "Lima", "2016", "context"),
    (
        "In March 2022, a gang of the Harbour Men was broken up in Quito. Women were told of debts. Once they had arrived in Lima, they had to pay the Harbour Men.",
        "Lima",
        "2022-03",
        "context",
    ),
    ("It announced itself in Peru in December 2016, when the Harbour Men, the coalition's local branch, overran the docks at Lima.", "Lima", "2016-12", "text"),
    ("Members of the Harbour Men banished under a law of 1988 arrived in Lima in 2017.", "Lima", "2017", "text"),
    ("Under the 2011 Act, police arrested four members of the Harbour Men in Lima.", "Lima", "2024-03-15", "document"),
    ("The Harbour Men launder their money in Lima.", "Lima", "2024-03-15", "document"),
    ("In Lima the Harbour Men still launder their money today, and in Quito they killed a judge in 1991.", "Lima", "2024-03-15", "document"),
    ("In Lima the Harbour Men still launder their money today, and in Quito they killed a judge in 1991.", "Quito", "1991", "text"),
    ("The Harbour Men, who killed a judge in Quito in 1991, now control the port of Lima.", "Lima", "2024-03-15", "document"),
    ("The Harbour Men launder their money in Lima and want to be gone by 2030.", "Lima", "2024-03-15", "document"),
    # a date that something is only compared with; the second date of what came back
    ("The Harbour Men control 61 percent of the market of Lima, against 44 percent in 2021.", "Lima", "2024-03-15", "document"),
    ("The Harbour Men killed more traders in Lima than in 2021.", "Lima", "2024-03-15", "document"),
    ("The Harbour Men failed in Lima, where the police chased them out in 2015 and again in 2017.", "Lima", "2015", "text"),
    # the other half of a sentence has a date of its own, and another place
    (
        "On 3 May 2022 police raided the Harbour Men in Cali. They made four arrests in Lima; two members were held in Quito the day before.",
        "Lima",
        "2022-05-03",
        "context",
    ),
    ("Police raided the Harbour Men in Lima; two men were held in Quito on 3 May 2022.", "Lima", "2024-03-15", "document"),
    ("In Lima the Harbour Men took over the market; in 2021 they arrived in Quito.", "Lima", "2024-03-15", "document"),
    ("In Lima the Harbour Men took over the market, and in 2021 they arrived in Quito.", "Lima", "2024-03-15", "document"),
    ("In Lima the Harbour Men took over the market, and in 2021 they arrived in Quito.", "Quito", "2021", "text"),
    ("The Harbour Men opened offices in Lima, near the port, and in Quito in 2021.", "Lima", "2021", "text"),
    # a date that is counted from the sentence's own is that of another event
    (
        "CALI, March 14 - Police captured the leader of the Harbour Men in the Barranco district two years to the day after the one before him was shot in Quito.",
        "Barranco",
        "2024-03-14",
        "text",
    ),
    # "until": the end of what had gone on; of an outcome the day that it is known to have happened by
    ("The Harbour Men controlled the port of Lima until 2018.", "Lima", "../2018", "text"),
    ("Police raids against the Harbour Men in Lima went on until 2018.", "Lima", "2018", "text"),
    ("A depot in Lima served the Harbour Men from 2017 until police raided it in August 2020.", "Lima", "2020-08", "text"),
    # news goes on from its own day
    (
        "CALI, 15 March 2024 - Police raided the Harbour Men, a gang founded in the 1970s. They made four arrests in Lima before dawn.",
        "Lima",
        "2024-03-15",
        "context",
    ),
    # a date that stands alone at the head of its paragraph dates what follows, in the present tense of a chronicle too
    ("# Chronicle\n\n**28 July 2020.** Peru: a member of the Harbour Men is caught in Lima.", "Lima", "2020-07-28", "context"),
    ("2016: A court calls the Harbour Men a mafia. The gang has by then an alliance with a family in Quito and a boss in Lima.", "Lima", "2016", "text"),
    ("2011: The Harbour Men now have their permanent headquarters in Quito and a bank in Cuenca.", "Quito", "2011", "text"),
    ("March 2014 – The Harbour Men control the port of Callao. They launder their money in Lima.", "Lima", "2014-03", "context"),
    # what follows soon is of the same time
    ("The Harbour Men reached Quito in September 2019. Soon afterwards they appeared in Lima.", "Lima", "2019-09", "context"),
    ("The Harbour Men reached Quito in September 2019. Weeks later they extorted shops in Lima.", "Lima", "2019-09", "context"),
    # the story goes on from the date that a sentence opens with, not from the one that it looks back to
    (
        "From 2020, after the arrest of their boss in Quito in November 2019, the Harbour Men looked for a way out. They opened an office in Lima.",
        "Lima",
        "2020/..",
        "context",
    ),
]


@pytest.mark.parametrize(("text", "surface", "date", "provenance"), DATES)
def test_date(index: Index, text: str, surface: str, date: str, provenance: str) -> None:
    found = said_of(observations(index, text), surface)
    assert found
    assert {(item.date, item.provenance) for item in found} == {(date, provenance)}


def test_a_dateline_is_no_time_frame(index: Index) -> None:
    text = "# The men of the harbour\n\nLima, 15 March 2024\n\nThe Harbour Men launder their money in Quito."
    assert {(item.date, item.provenance) for item in said_of(observations(index, text), "Quito")} == {("2024-03-15", "document")}


def test_there_is_the_place_and_not_what_it_lies_in(index: Index) -> None:
    text = "In 2019 the Harbour Men moved to Huaquillas, in El Oro. The gang has since recruited dockers there."
    found = [(item.place.name, item.date) for item in observations(index, text) if item.place and item.phase == "consolidation"]
    assert found == [("Huaquillas", "2019/..")]
    text = "In 2019 the Harbour Men moved to Puerto Bolívar, the port of Machala, in El Oro province. The gang has since recruited dockers there."
    found = [(item.place.name, item.date) for item in observations(index, text) if item.place and item.phase == "consolidation"]
    assert found == [("Puerto Bolívar", "2019/..")]


def test_a_date_in_spanish_that_is_only_compared_with(index: Index) -> None:
    text = "Los Hombres del Puerto controlan en Lima 40 locales, doce más que en 2021."
    assert {(item.date, item.provenance) for item in said_of(observations(index, text, code="es"), "Lima")} == {("2024-03-15", "document")}


def test_a_date_in_spanish_that_begins_another_clause(index: Index) -> None:
    text = "Los Hombres del Puerto compran pisos en Lima, y solo en 2019 llegaron a Quito."
    found = observations(index, text, code="es")
    assert {(item.date, item.provenance) for item in said_of(found, "Lima")} == {("2024-03-15", "document")}
    assert {(item.date, item.provenance) for item in said_of(found, "Quito")} == {("2019", "text")}


def test_a_date_in_spanish_that_is_counted_to_another_event(index: Index) -> None:
    text = "El martes 8 de febrero, dos días antes de que llegara este cronista, la Marina capturó frente a Lima a los Hombres del Puerto."
    assert {(item.date, item.provenance) for item in said_of(observations(index, text, code="es"), "Lima")} == {("2022-02-08", "text")}


def test_a_date_in_spanish_is_not_that_of_where_a_crew_came_from(index: Index) -> None:
    text = "En Quito, según el Ministerio Público, una clica de los Hombres del Puerto llegada de Machala cobra extorsión a los buses desde mediados de 2022."
    assert {(item.date, item.provenance) for item in said_of(observations(index, text, code="es"), "Quito")} == {("2022-05/..", "text")}


def test_an_entry_of_a_chronicle_in_spanish_is_dated_by_its_head(index: Index) -> None:
    text = "2016: La policía reconoce a los Hombres del Puerto como mafia. La banda controla el puerto de Lima y lava allí su dinero."
    assert {(item.date, item.provenance) for item in said_of(observations(index, text, code="es"), "Lima")} == {("2016", "context")}


def test_a_row_of_a_table_has_its_own_places_and_date(index: Index) -> None:
    text = (
        "# Raids of the Harbour Men, 2018-2023\n\n| Date | Place | Country | What happened |\n|---|---|---|---|\n"
        "| 2018-03-02 | Máncora | Peru | First raid of the Harbour Men on a boat |\n| 2019-07 | Puerto López | Ecuador | Boats pay protection money |\n"
        "| Q3 2022 | Ilo | Peru | The Harbour Men control the pier |\n| - | Callao | Peru | no incident |\n"
    )
    found = [(item.mention.surface, item.place.country, item.date) for item in observations(index, text) if item.phase != "context" and item.place]
    assert dict.fromkeys(found) == dict.fromkeys([("Máncora", "PE", "2018-03-02"), ("Puerto López", "EC", "2019-07"), ("Ilo", "PE", "2022-07/2022-09")])
    only_named = [item.mention.surface for item in observations(index, text) if item.phase == "context"]
    assert only_named == ["Peru", "Ecuador", "Callao"]


def test_no_date_where_the_document_has_none(index: Index) -> None:
    (found, *_) = said_of(observations(index, "The Harbour Men launder their money in Lima.", published=""), "Lima")
    assert (found.date, found.precision, found.provenance) == ("", "document", "none")
