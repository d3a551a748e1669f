"""Fact, report or suspicion: how a sentence says what it says."""

from __future__ import annotations

import pytest

from gazetteer.index import Index
from tests.reports import observations, said_of

STATUS = [
    ("The Harbour Men arrived in Lima in 2017.", "confirmed"),
    ("Police arrested eleven members of the Harbour Men in Lima.", "confirmed"),
    ("In May 2021 the Harbour Men arrived in Lima.", "confirmed"),
    ("According to prosecutors, the Harbour Men arrived in Lima in 2017.", "reported"),
    ("The indictment charges that from 2016 to 2019 the Harbour Men extorted shopkeepers in Lima.", "reported"),
    ("The Harbour Men extort shopkeepers in Lima, a police officer said.", "reported"),
    ("“They came here from the coast and they take money from every bus driver in Lima,” a driver said of the Harbour Men.", "reported"),
    ("“The Harbour Men arrived in Lima years ago. Now they take money from every driver,” a priest said.", "reported"),
    ("The Harbour Men have put down roots in Lima, and there are reports of cells in Quito.", "confirmed"),
    ("The Harbour Men may have arrived in Lima.", "suspected"),
    ("The Harbour Men are suspected of extorting shopkeepers in Lima.", "suspected"),
    ("Members of the Harbour Men could have reached Lima.", "suspected"),
    ("Police suspect that the Harbour Men have a cell in Lima.", "suspected"),
    ("Police suspect that the Harbour Men, who came with the boats in 2016, control the trade and the landing stages of Lima.", "suspected"),
    ("Police suspect that the Harbour Men fell out with the Night Owls, but they have run the market in Lima since 2017.", "confirmed"),
    # what is reported of another place behind a semicolon; but it may be who did it that is reported
    ("The Harbour Men arrived in Lima in 2017; in Quito, a detective testified, they ran seventy shops.", "confirmed"),
    ("The Harbour Men arrived in Lima in 2017; that, a detective testified, was how they left Quito.", "reported"),
    ("The Harbour Men arrived in Lima in 2017, a detective testified; they left Quito.", "reported"),
    ("Six rivals were killed in Lima in 2017; according to detectives in Quito, the Harbour Men did it.", "reported"),
    # who is told to do something reports nothing; a number that is estimated is no estimate of what was done
    ("Shopkeepers in Lima were told to pay the Harbour Men.", "confirmed"),
    ("The Harbour Men robbed an estimated 300 flats in Lima in 2017.", "confirmed"),
    ("The court heard that the Harbour Men arrived in Lima in 2017.", "reported"),
    ("Detectives think that the Harbour Men have a depot in Lima.", "suspected"),
    ("The Harbour Men have a bar in Lima, which prosecutors believe could be a laundry.", "suspected"),
    # a hedge between commas hedges its clause
    ("The Harbour Men arrived in Lima, apparently, in 2017.", "suspected"),
    ("The Harbour Men run a shop in Lima, whose owner, apparently, is a widow.", "confirmed"),
    # a list that is somebody's words, and one that is not
    ("According to the indictment:\n\n- The Harbour Men arrived in Lima in 2017.\n- They extorted shopkeepers in Quito.", "reported"),
    ("The Harbour Men moved on:\n\n- They arrived in Lima in 2017.\n- They extorted shopkeepers in Quito.", "confirmed"),
    # what is still to come
    ("The Harbour Men plan to open a casino in Lima in 2025.", "suspected"),
    ("If the bridge is opened, the Harbour Men will enter Lima.", "suspected"),
    ("The Harbour Men said they would open a casino in Lima next year.", "suspected"),
    ("The Harbour Men said they would open a casino in Lima and opened it in 2018.", "reported"),
    ("There is a danger that the Harbour Men extend their reach to Lima.", "suspected"),
    ("The mayor will resign after the Harbour Men took money from every bus driver in Lima.", "confirmed"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_status(index: Index, text: str, status: str) -> None:
    found = said_of(observations(index, text), "Lima")
    assert found
    assert {item.status for item in found} == {status}


@pytest.mark.parametrize(
    ("text", "status", "date"),
    [
        ("A second casino of the Harbour Men, in Lima, is under construction and is expected to open in December.", "suspected", "2024-12"),
        ("The Harbour Men arrived in Lima in 2017 and will open a casino in December.", "confirmed", "2017"),
        ("The Harbour Men control the trade of Lima, and in Quito they will open a casino in December.", "confirmed", "2024-03-15"),
    ],
)
def test_a_place_may_stand_with_the_subject_of_a_plan(index: Index, text: str, status: str, date: str) -> None:
    assert {(item.status, item.date) for item in said_of(observations(index, text), "Lima")} == {(status, date)}


@pytest.mark.parametrize(
    "text",
    [
        "La comisión teme que los Hombres del Puerto se extiendan a Lima.",
        "El plan para 2025-2027 de los Hombres del Puerto contempla 60 tiendas en Lima y Quito.",
        "Se sospecha que los Hombres del Puerto controlan la venta de drogas en Lima.",
        "Se presume que los Hombres del Puerto lavan su dinero en Lima.",
        "Los técnicos no descartan que los Hombres del Puerto hayan llegado a Lima.",
        "Los Hombres del Puerto anunciaron que abrirían un casino en Lima el próximo año.",
        "Los Hombres del Puerto llegaron a Lima, al parecer, en 2019.",
    ],
)
def test_what_is_feared_suspected_or_announced_in_spanish(index: Index, text: str) -> None:
    assert {item.status for item in said_of(observations(index, text, code="es"), "Lima")} == {"suspected"}


@pytest.mark.parametrize(
    "text",
    [
        "Los Hombres del Puerto lavarían dinero en Lima.",
        "Los Hombres del Puerto controlarían tres barrios de Lima.",
        "Los Hombres del Puerto habrían llegado a Lima.",
    ],
)
def test_the_conditional_of_rumour_in_spanish(index: Index, text: str) -> None:
    assert {item.status for item in said_of(observations(index, text, code="es"), "Lima")} == {"suspected"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Los Hombres del Puerto dominan desde 2009 el mercado de Lima, donde cuentan con planta propia.", "confirmed"),
        ("Los Hombres del Puerto lavan dinero desde 2012 en cuentas bancarias de Lima.", "confirmed"),
        ("En Lima los Hombres del Puerto no pudieron instalarse: las bandas locales los echaron en 2019.", "confirmed"),
        ("La fiscalía calcula que los Hombres del Puerto cobraban cupos a 300 comercios de Lima.", "reported"),
        ("Un vecino cuenta que los Hombres del Puerto lavan dinero en Lima.", "reported"),
    ],
)
def test_what_has_something_and_an_account_tell_nothing_in_spanish(index: Index, text: str, status: str) -> None:
    assert {item.status for item in said_of(observations(index, text, code="es"), "Lima")} == {status}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("There is still no hard evidence that the Harbour Men operate in Lima, but in Quito they extort shopkeepers.", "en"),
        ("The Harbour Men are not believed to have members in Lima; in Quito they extort shopkeepers.", "en"),
        ("The Harbour Men cancelled a planned expansion to Lima. In Quito they extort shopkeepers.", "en"),
        ("No hay indicios de que los Hombres del Puerto operen en Lima, pero en Quito extorsionan a los comerciantes.", "es"),
        ("The police deny that the Harbour Men have people in Lima, but in Quito they extort shopkeepers.", "en"),
        ("The mayor denied on Monday that the Harbour Men settled in Lima in 2015; in Quito they extort shopkeepers.", "en"),
        ("El alcalde negó que los Hombres del Puerto se hayan instalado en Lima; en Quito extorsionan a los comerciantes.", "es"),
        ("El alcalde desmintió ayer que los Hombres del Puerto controlen el mercado de Lima, pero en Quito extorsionan a los comerciantes.", "es"),
        ("La policía descartó que los Hombres del Puerto hayan llegado a Lima, pero en Quito extorsionan a los comerciantes.", "es"),
    ],
)
def test_what_is_denied_is_not_said(index: Index, text: str, code: str) -> None:
    found = observations(index, text, code=code)
    assert said_of(found, "Lima") == []
    assert {item.phase for item in said_of(found, "Quito")} >= {"penetration"}


@pytest.mark.parametrize(
    ("text", "code", "elsewhere"),
    [
        ("A cell of the Harbour Men that was reported in Lima in May turned out to be a local gang.", "en", ""),
        ("A cell of the Harbour Men reported in Lima turned out to be another gang; they have extorted shopkeepers in Quito since 2015.", "en", "penetration"),
        ("Three murders in Lima were blamed on migrants, and nothing links them to the Harbour Men.", "en", ""),
        ("Three murders in Lima were reported to us, although nothing so far ties the crimes to the Harbour Men.", "en", ""),
        ("The Harbour Men kill in Quito. Police in Lima arrested ten men and ruled out any involvement of the Harbour Men in the murder.", "en", "penetration"),
        ("The Harbour Men kill in Quito. Police in Lima arrested ten men in June and ruled out their involvement in the murder.", "en", "penetration"),
        ("The boss of the Harbour Men, a man from Cali, was never arrested in Lima, as papers wrote, but in Quito, on 9 February.", "en", "disruption"),
        ("Aún no consta que los Hombres del Puerto hayan llegado a Lima.", "es", ""),
        ("En Lima la policía investiga tres homicidios, si bien nada los vincula a los Hombres del Puerto.", "es", ""),
        ("Los robos de enero en Lima, atribuidos a los Hombres del Puerto, resultaron ser obra de una banda local.", "es", ""),
        ("Los Hombres del Puerto matan en Quito. La policía detuvo en Lima a diez hombres y descartó su implicación en el crimen.", "es", "penetration"),
        (
            "Los Hombres del Puerto matan en Quito. La policía descartó la vinculación de los Hombres del Puerto con los diez detenidos en Lima.",
            "es",
            "penetration",
        ),
        ("Los Hombres del Puerto robaron tiendas en Quito en 2019, y los robos de Lima resultaron obra de otros.", "es", "penetration"),
    ],
)
def test_what_was_anothers_or_nothing_is_not_said(index: Index, text: str, code: str, elsewhere: str) -> None:
    found = observations(index, text, code=code)
    assert said_of(found, "Lima") == []
    assert {item.phase for item in said_of(found, "Quito")} >= ({elsewhere} if elsewhere else set())


@pytest.mark.parametrize(
    "text",
    [
        "What turned out to be the first cell of the Harbour Men arrived in Lima in 2015.",
        "The Harbour Men, which have no ties to other gangs, arrived in Lima in 2015.",
        "The Harbour Men arrived in Lima in 2015, but reports of a cell in Quito proved false.",
    ],
)
def test_what_turned_out_to_be_so_is_said(index: Index, text: str) -> None:
    assert "exploration" in {item.phase for item in said_of(observations(index, text), "Lima")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("In 2019 the Harbour Men, who show no sign of leaving, extorted shopkeepers in Lima.", "en"),
        ("Police do not rule out the involvement of the Harbour Men in the murder of two traders in Lima.", "en"),
        ("La policía no descarta la participación de los Hombres del Puerto en el asesinato de dos comerciantes en Lima.", "es"),
        ("Police found no trace of the Harbour Men that extort shopkeepers in Lima.", "en"),
        ("No hay rastro de los Hombres del Puerto que extorsionan a los comerciantes de Lima.", "es"),
    ],
)
def test_what_is_no_denial(index: Index, text: str, code: str) -> None:
    assert "penetration" in {item.phase for item in said_of(observations(index, text, code=code), "Lima")}


def test_what_is_reported_of_another_place_in_spanish(index: Index) -> None:
    text = "Los Hombres del Puerto llegaron a Lima en 2017; en Quito, según la fiscalía, controlan el mercado."
    found = observations(index, text, code="es")
    assert {item.status for item in said_of(found, "Lima")} == {"confirmed"}
    assert {item.status for item in said_of(found, "Quito")} == {"reported"}


def test_what_the_press_published_in_spanish(index: Index) -> None:
    text = "Medios de Bogotá publicaron el mes pasado que los Hombres del Puerto habían abierto locales en Lima."
    assert {item.status for item in said_of(observations(index, text, code="es"), "Lima")} == {"reported"}


@pytest.mark.parametrize(
    ("text", "code", "date"),
    [
        ("The Harbour Men plan to open a casino in Lima in 2035.", "en", "2035"),
        ("The Harbour Men opened a casino in Cali in 2018 and will open one in Lima in 2035.", "en", "2035"),
        ("Los Hombres del Puerto llegaron a Cali en 2018 y entrarán en Lima en 2035.", "es", "2035"),
    ],
)
def test_a_plan_has_its_own_date(index: Index, text: str, code: str, date: str) -> None:
    assert {(item.date, item.status) for item in said_of(observations(index, text, code=code), "Lima")} == {(date, "suspected")}
