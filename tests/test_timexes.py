"""Time expressions: what is found, and what it means."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import edtf
from gazetteer.documents.segmentation import segment
from gazetteer.records import Timex
from gazetteer.text.language import Language, language
from gazetteer.timexes import find

DCT = "2023-10-18"  # a Wednesday


def timexes(text: str, dct: str = DCT, code: str = "en") -> list[Timex]:
    found = language(code)
    assert isinstance(found, Language)
    return find(text, dct, found, segment(text, found)[1])


def table(text: str, dct: str = DCT, code: str = "en") -> list[tuple[str, str, str, str, str | None]]:
    return [(text[t.start : t.end], t.type, t.value, t.edtf, t.precision) for t in timexes(text, dct, code)]


def dates(text: str, dct: str = DCT, code: str = "en") -> list[tuple[str, str]]:
    return [(text[t.start : t.end], t.edtf) for t in timexes(text, dct, code)]


# ------------------------------------------------------------------ one expression in a sentence: text, span, type, value, edtf, precision

ABSOLUTE = [
    ("The bakery opened on September 20, 2023.", "September 20, 2023", "DATE", "2023-09-20", "2023-09-20", "day"),
    ("The bakery opened on 20 September 2023.", "20 September 2023", "DATE", "2023-09-20", "2023-09-20", "day"),
    ("The bakery opened on the 20th of September, 2023.", "the 20th of September, 2023", "DATE", "2023-09-20", "2023-09-20", "day"),
    ("The bakery opened on Sept. 20, 2021.", "Sept. 20, 2021", "DATE", "2021-09-20", "2021-09-20", "day"),
    ("The bakery opened on Sat, 1 May 2021.", "Sat, 1 May 2021", "DATE", "2021-05-01", "2021-05-01", "day"),
    ("The form is dated 09/20/2021.", "09/20/2021", "DATE", "2021-09-20", "2021-09-20", "day"),
    ("The form is dated 20/09/2021.", "20/09/2021", "DATE", "2021-09-20", "2021-09-20", "day"),
    ("The form is dated 2021-09-20.", "2021-09-20", "DATE", "2021-09-20", "2021-09-20", "day"),
    ("The form is dated 2021.03.04.", "2021.03.04", "DATE", "2021-03-04", "2021-03-04", "day"),
    ("The form is dated 20.9.2021.", "20.9.2021", "DATE", "2021-09-20", "2021-09-20", "day"),
    ("It reached the lake in May 2019.", "May 2019", "DATE", "2019-05", "2019-05", "month"),
    ("It reached the lake in March of 2019.", "March of 2019", "DATE", "2019-03", "2019-03", "month"),
    ("It reached the lake in 2019.", "2019", "DATE", "2019", "2019", "year"),
    ("As early as 2019 the gang reached the lake.", "2019", "DATE", "2019", "2019", "year"),
    ("As far back as 1998 fishermen saw them.", "1998", "DATE", "1998", "1998", "year"),
    ("The order of 1312 was burnt.", "", "", "", "", None),
    ("In 1312 the order was dissolved.", "1312", "DATE", "1312", "1312", "year"),
    ("In 2015 police found the shop.", "2015", "DATE", "2015", "2015", "year"),
    ("In 2015 people began to leave.", "2015", "DATE", "2015", "2015", "year"),
    ("By the turn of the century the shop had spread.", "the turn of the century", "DATE", "2000", "2000~", "year"),
    ("The shop spread at the turn of the millennium.", "the turn of the millennium", "DATE", "2000", "2000~", "year"),
    ("The shop spread in the 1980s.", "1980s", "DATE", "198", "1980/1989", "years"),
    ("The shop spread in the early 1970s.", "early 1970s", "DATE", "197", "1970/1973", "years"),
    ("The shop spread in the mid-1970s.", "mid-1970s", "DATE", "197", "1974/1976", "years"),
    ("The shop spread in the late 1970s.", "late 1970s", "DATE", "197", "1977/1979", "years"),
    ("The shop spread in the '90s.", "'90s", "DATE", "199", "1990/1999", "years"),
    ("The shop spread in the nineties.", "nineties", "DATE", "199", "1990/1999", "years"),
    ("The shop spread in the second half of the nineties.", "the second half of the nineties", "DATE", "199", "1995/1999", "years"),
    ("It was a village in the 19th century.", "the 19th century", "DATE", "18", "1800/1899", "years"),
    ("It was a village in the late nineteenth century.", "the late nineteenth century", "DATE", "18", "1867/1899", "years"),
    ("It grew in the first half of the nineteenth century.", "the first half of the nineteenth century", "DATE", "18", "1800/1849", "years"),
    ("It grew in the last quarter of the 18th century.", "the last quarter of the 18th century", "DATE", "17", "1775/1799", "years"),
    ("It grew in the last third of the 18th century.", "the last third of the 18th century", "DATE", "17", "1766/1799", "years"),
    ("It sold most in the 2019-20 season.", "2019-20", "DATE", "2019", "2019/2020", "years"),
    ("Sales fell in FY2020.", "FY2020", "DATE", "FY2020", "2020", "year"),
    ("Sales fell in Q3 2020.", "Q3 2020", "DATE", "2020-Q3", "2020-07/2020-09", "season"),
    ("Sales fell in the third quarter of 2020.", "the third quarter of 2020", "DATE", "2020-Q3", "2020-07/2020-09", "season"),
    ("Sales fell in the first half of 2023.", "the first half of 2023", "DATE", "2023-H1", "2023-01/2023-06", "season"),
    ("Sales fell in early 2023.", "early 2023", "DATE", "2023", "2023-01/2023-04", "season"),
    ("Sales fell by mid-2021.", "mid-2021", "DATE", "2021", "2021-05/2021-08", "season"),
    ("Sales fell in the middle of 2021.", "the middle of 2021", "DATE", "2021", "2021-05/2021-08", "season"),
    ("Sales fell in late 2021.", "late 2021", "DATE", "2021", "2021-09/2021-12", "season"),
    ("Sales fell by the end of 2021.", "the end of 2021", "DATE", "2021", "2021", "year"),
    ("Sales fell at the end of 2021.", "the end of 2021", "DATE", "2021", "2021-09/2021-12", "season"),
    ("Sales fell in mid-July 2022.", "mid-July 2022", "DATE", "2022-07", "2022-07", "month"),
    ("It crossed the river in the summer of 2017.", "the summer of 2017", "DATE", "2017-SU", "2017-06/2017-08", "season"),
    ("It crossed the river in spring 2019.", "spring 2019", "DATE", "2019-SP", "2019-03/2019-05", "season"),
    ("It crossed the river in the winter of 2014.", "the winter of 2014", "DATE", "2014-WI", "2014-12/2015-02", "season"),
    ("It came in the first three months of 2019.", "the first three months of 2019", "DATE", "2019", "2019-01/2019-03", "season"),
    ("It came in the early months of 2010.", "the early months of 2010", "DATE", "2010", "2010-01/2010-04", "season"),
    ("It came in the last week of January 1991.", "the last week of January 1991", "DATE", "1991-01", "1991-01-25/1991-01-31", "day"),
    ("It came on the last day of 1980.", "the last day of 1980", "DATE", "1980-12-31", "1980-12-31", "day"),
    ("It came on Canada Day 2015.", "Canada Day 2015", "DATE", "2015-07-01", "2015-07-01", "day"),
    ("It came on the Australia Day weekend of 2014.", "Australia Day weekend of 2014", "DATE", "2014-01-26", "2014-01-24/2014-01-26", "day"),
    ("It came on Christmas Day 1981.", "Christmas Day 1981", "DATE", "1981-12-25", "1981-12-25", "day"),
    ("It came on a single August morning in 2005.", "August morning in 2005", "DATE", "2005-08", "2005-08", "month"),
    ("THE NEWSLETTER - Spring 2023", "Spring 2023", "DATE", "2023-SP", "2023-03/2023-05", "season"),
    ("It came at Easter 2022.", "Easter 2022", "DATE", "2022-04-17", "2022-04-17", "day"),
    ("It opened around 1957.", "1957", "DATE", "1957", "1957~", "year"),
    ("2016: the first nest is found.", "2016", "DATE", "2016", "2016", "year"),
    ("Chile's 2017 law forbids it.", "2017", "DATE", "2017", "2017", "year"),
]

RELATIVE = [
    ("The shutters came down yesterday.", "yesterday", "DATE", "2023-10-17", "2023-10-17", "day"),
    ("The shutters came down today.", "today", "DATE", "2023-10-18", "2023-10-18", "day"),
    ("The shutters came down on Friday.", "Friday", "DATE", "2023-10-13", "2023-10-13", "day"),
    ("The shutters came down on Wednesday.", "Wednesday", "DATE", "2023-10-18", "2023-10-18", "day"),
    ("The shutters will come down on Friday.", "Friday", "DATE", "2023-10-20", "2023-10-20", "day"),
    ("The shutters came down last Friday.", "last Friday", "DATE", "2023-10-13", "2023-10-13", "day"),
    ("The shutters come down next Friday.", "next Friday", "DATE", "2023-10-20", "2023-10-20", "day"),
    ("The shutters came down last week.", "last week", "DATE", "2023-W41", "2023-10-09/2023-10-15", "day"),
    ("The shutters came down over the weekend.", "the weekend", "DATE", "2023-W41-WE", "2023-10-14/2023-10-15", "day"),
    ("The shutters came down last month.", "last month", "DATE", "2023-09", "2023-09", "month"),
    ("The shutters came down last year.", "last year", "DATE", "2022", "2022", "year"),
    ("The shutters came down late last year.", "late last year", "DATE", "2022", "2022-09/2022-12", "season"),
    ("The shutters came down earlier this year.", "earlier this year", "DATE", "2023", "2023-01/2023-04", "season"),
    ("The shutters came down last March.", "last March", "DATE", "2023-03", "2023-03", "month"),
    ("The shutters came down last October.", "last October", "DATE", "2022-10", "2022-10", "month"),
    ("The shutters came down this July.", "this July", "DATE", "2023-07", "2023-07", "month"),
    ("The shutters came down in November.", "November", "DATE", "2022-11", "2022-11", "month"),
    ("The shutters will come down in November.", "November", "DATE", "2023-11", "2023-11", "month"),
    ("The shutters came down in mid-July.", "mid-July", "DATE", "2023-07", "2023-07", "month"),
    ("The shutters came down on September 20.", "September 20", "DATE", "2023-09-20", "2023-09-20", "day"),
    ("The shutters came down on December 20.", "December 20", "DATE", "2022-12-20", "2022-12-20", "day"),
    ("The hearing is on October 30.", "October 30", "DATE", "2023-10-30", "2023-10-30", "day"),
    ("The shutters came down in May of last year.", "May of last year", "DATE", "2022-05", "2022-05", "month"),
    ("The shutters came down on 3 March this year.", "3 March this year", "DATE", "2023-03-03", "2023-03-03", "day"),
    ("The shutters came down last summer.", "last summer", "DATE", "2023-SU", "2023-06/2023-08", "season"),
    ("Three years ago today the shutters came down.", "Three years ago today", "DATE", "2020-10-18", "2020-10-18", "day"),
    ("The shutters came down eight months ago yesterday.", "eight months ago yesterday", "DATE", "2023-02-17", "2023-02-17", "day"),
    ("The shutters came down three years ago.", "three years ago", "DATE", "2020", "2020", "year"),
    ("The shutters came down two months ago.", "two months ago", "DATE", "2023-08", "2023-08", "month"),
    ("The shutters came down ten days ago.", "ten days ago", "DATE", "2023-10-08", "2023-10-08", "day"),
    ("The shutters came down a decade ago.", "a decade ago", "DATE", "2013", "2013", "year"),
    ("The shutters came down more than four decades ago.", "more than four decades ago", "DATE", "1983", "1983", "year"),
    ("The shutters come down next month.", "next month", "DATE", "2023-11", "2023-11", "month"),
    ("The shutters came down at the end of the decade.", "the end of the decade", "DATE", "201", "2017/2019", "years"),  # this one's is not yet over
    ("The shutters will come down at the end of the decade.", "the end of the decade", "DATE", "202", "2027/2029", "years"),
    ("The shutters came down on New Year's Eve.", "New Year's Eve", "DATE", "2022-12-31", "2022-12-31", "day"),
    ("The shutters are down now.", "now", "DATE", "PRESENT_REF", "", None),
    ("The shutters came down recently.", "recently", "DATE", "PAST_REF", "", None),
    ("The shutters may come down in the future.", "the future", "DATE", "FUTURE_REF", "", None),
    ("The first half of this year was dry.", "The first half of this year", "DATE", "2023-H1", "2023-01/2023-06", "season"),
    ("She said it on Monday, Sept. 12.", "Monday, Sept. 12", "DATE", "2022-09-12", "2022-09-12", "day"),
]

OTHERS = [
    ("They worked for seven months.", "seven months", "DURATION", "P7M", "", None),
    ("It was a ten-year war.", "ten-year", "DURATION", "P10Y", "", None),
    ("They worked there for decades.", "decades", "DURATION", "PXDE", "", None),
    ("They worked there for two and a half years.", "two and a half years", "DURATION", "P30M", "", None),
    ("They worked there for half a century.", "half a century", "DURATION", "P50Y", "", None),
    ("They worked for twenty-one days.", "twenty-one days", "DURATION", "P21D", "", None),
    ("They waited at least 72 hours.", "at least 72 hours", "DURATION", "PT72H", "", None),
    ("They worked a few weeks.", "a few weeks", "DURATION", "PXW", "", None),
    ("They have taxed the market for six years.", "six years", "DURATION", "P6Y", "2017/..", "year"),
    ("They tax the market for six years now.", "six years", "DURATION", "P6Y", "2017/..", "year"),
    ("Sales rose over the past two months.", "the past two months", "DURATION", "P2M", "2023-08/2023-10", "season"),
    ("Bosses meet there every September.", "every September", "SET", "XXXX-09", "", None),
    ("Bosses meet there annually.", "annually", "SET", "P1Y", "", None),
    ("Bosses meet there every Friday.", "every Friday", "SET", "XXXX-WXX-5", "", None),
    ("Bosses meet there twice a week.", "twice a week", "SET", "P1W", "", None),
    ("The port earns $2 billion a year.", "a year", "SET", "P1Y", "", None),
    ("The shop closed at 10:35 a.m. Friday.", "10:35 a.m. Friday", "TIME", "2023-10-13T10:35", "2023-10-13", "day"),
    ("The shop closed at 5 p.m. yesterday.", "5 p.m.", "TIME", "2023-10-17T17:00", "2023-10-17", "day"),
    ("The shop closed on Friday night.", "Friday night", "TIME", "2023-10-13TNI", "2023-10-13", "day"),
    ("The shop closed last night.", "last night", "TIME", "2023-10-17TNI", "2023-10-17", "day"),
]


@pytest.mark.parametrize(
    ("text", "code", "span", "interval", "southern"),
    [
        ("It came in mid-2016, and to Christchurch two summers later.", "en", "two summers later", "2018-06/2018-08", "2017-12/2018-02"),
        ("It came in March 2016, and two winters later it left.", "en", "two winters later", "2017-12/2018-02", "2018-06/2018-08"),
        ("It came in March 2016; a summer later it left.", "en", "a summer later", "2017-06/2017-08", "2016-12/2017-02"),
        ("It came three summers ago.", "en", "three summers ago", "2020-06/2020-08", "2019-12/2020-02"),
        ("Llegó en 2016 y dos veranos después se fue.", "es", "dos veranos después", "2018-06/2018-08", "2017-12/2018-02"),
        ("Llegó en 2016 y tres inviernos más tarde se fue.", "es", "tres inviernos más tarde", "2018-12/2019-02", "2019-06/2019-08"),
        ("Llegó hace casi tres inviernos.", "es", "hace casi tres inviernos", "2020-12/2021-02", "2020-06/2020-08"),
    ],
)
def test_seasons_are_counted(text: str, code: str, span: str, interval: str, southern: str) -> None:
    assert [(text[t.start : t.end], t.edtf, t.southern) for t in timexes(text, code=code)][-1] == (span, interval, southern)


@pytest.mark.parametrize(("text", "code"), [("It spent two summers there.", "en"), ("Palm Springs later said no.", "en"), ("Pasó dos veranos allí.", "es")])
def test_seasons_that_are_not_counted_from_anywhere(text: str, code: str) -> None:
    assert timexes(text, code=code) == []


@pytest.mark.parametrize(("text", "span", "kind", "value", "interval", "precision"), ABSOLUTE + RELATIVE + OTHERS)
def test_english(text: str, span: str, kind: str, value: str, interval: str, precision: str | None) -> None:
    expected = [(span, kind, value, interval, precision)] if span else []
    found = table(text)
    assert [row for row in found if row[0] == span] == expected
    assert span or not found


SPANISH = [
    ("La tienda abrió el 3 de mayo de 2019.", "el 3 de mayo de 2019", "DATE", "2019-05-03", "2019-05-03", "day"),
    ("La tienda abrió el viernes 3 de mayo de 2019.", "el viernes 3 de mayo de 2019", "DATE", "2019-05-03", "2019-05-03", "day"),
    ("La tienda abrió el 1º de mayo de 2019.", "el 1º de mayo de 2019", "DATE", "2019-05-01", "2019-05-01", "day"),
    ("Consta en el acta del 04/05/2019.", "04/05/2019", "DATE", "2019-05-04", "2019-05-04", "day"),
    ("La tienda abrió en mayo de 2019.", "mayo de 2019", "DATE", "2019-05", "2019-05", "month"),
    ("La tienda abrió en mayo del 2019.", "mayo del 2019", "DATE", "2019-05", "2019-05", "month"),
    ("La tienda abrió en el 98.", "98", "DATE", "1998", "1998", "year"),
    ("Creció en la primera mitad del siglo XIX.", "la primera mitad del siglo XIX", "DATE", "18", "1800/1849", "years"),
    ("Creció en el último tercio del siglo XVIII.", "el último tercio del siglo XVIII", "DATE", "17", "1766/1799", "years"),
    ("En el 98 abrió la tienda.", "98", "DATE", "1998", "1998", "year"),
    ("La tienda abrió en 2019.", "2019", "DATE", "2019", "2019", "year"),
    ("La tienda abrió a principios de 2023.", "principios de 2023", "DATE", "2023", "2023-01/2023-04", "season"),
    ("La tienda abrió a mediados de 2021.", "mediados de 2021", "DATE", "2021", "2021-05/2021-08", "season"),
    ("La tienda abrió a fines de 2021.", "fines de 2021", "DATE", "2021", "2021-09/2021-12", "season"),
    ("La tienda abrió a finales del año pasado.", "finales del año pasado", "DATE", "2022", "2022-09/2022-12", "season"),
    ("La tienda abrió en la primera mitad de 2003.", "la primera mitad de 2003", "DATE", "2003-H1", "2003-01/2003-06", "season"),
    ("La tienda abrió en el primer semestre de este año.", "el primer semestre de este año", "DATE", "2023-H1", "2023-01/2023-06", "season"),
    ("La tienda abrió en el segundo trimestre de 2021.", "el segundo trimestre de 2021", "DATE", "2021-Q2", "2021-04/2021-06", "season"),
    ("La tienda abrió en la década de 1890.", "la década de 1890", "DATE", "189", "1890/1899", "years"),
    ("La tienda abrió en los años setenta.", "los años setenta", "DATE", "197", "1970/1979", "years"),
    ("La tienda abrió en los ochenta.", "ochenta", "DATE", "198", "1980/1989", "years"),
    ("La tienda abrió en el siglo XIX.", "siglo XIX", "DATE", "18", "1800/1899", "years"),
    ("La tienda abrió en el verano de 2017.", "el verano de 2017", "DATE", "2017-SU", "2017-06/2017-08", "season"),
    ("La tienda cerró en 2021 por la crisis.", "2021", "DATE", "2021", "2021", "year"),
    ("En 2019 por falta de personal cerró la tienda.", "2019", "DATE", "2019", "2019", "year"),
    # a word that ends like a plural, or is one and acts, counts nothing
    ("La tienda abrió en 2019 detrás de la plaza.", "2019", "DATE", "2019", "2019", "year"),
    ("La tienda abrió en 2019 gracias a un socio.", "2019", "DATE", "2019", "2019", "year"),
    ("En 2019 nuestras tiendas cerraron.", "2019", "DATE", "2019", "2019", "year"),
    ("La tienda, que a 2019 además perdía, cerró.", "2019", "DATE", "2019", "2019", "year"),
    ("Con el cambio de siglo la tienda cerró.", "el cambio de siglo", "DATE", "2000", "2000~", "year"),
    ("La tienda abrió a finales de la década.", "finales de la década", "DATE", "201", "2017/2019", "years"),
    ("En lo que va de año la tienda abrió dos veces.", "lo que va de año", "DATE", "2023", "2023", "year"),
    ("En lo que va del mes la tienda abrió dos veces.", "lo que va del mes", "DATE", "2023-10", "2023-10", "month"),
    ("En lo que va de siglo la tienda abrió dos veces.", "lo que va de siglo", "DATE", "20", "2000/2023", "years"),
    ("La tienda abrió ayer.", "ayer", "DATE", "2023-10-17", "2023-10-17", "day"),
    ("La tienda abrió anoche.", "anoche", "TIME", "2023-10-17TNI", "2023-10-17", "day"),
    ("La tienda abrió el lunes.", "el lunes", "DATE", "2023-10-16", "2023-10-16", "day"),
    ("La tienda abrió el lunes pasado.", "el lunes pasado", "DATE", "2023-10-16", "2023-10-16", "day"),
    ("La tienda abrirá el lunes.", "el lunes", "DATE", "2023-10-23", "2023-10-23", "day"),
    ("La tienda abrió la semana pasada.", "la semana pasada", "DATE", "2023-W41", "2023-10-09/2023-10-15", "day"),
    ("La tienda abrió el mes pasado.", "el mes pasado", "DATE", "2023-09", "2023-09", "month"),
    ("La tienda abrió en marzo pasado.", "marzo pasado", "DATE", "2023-03", "2023-03", "month"),
    ("La tienda abrió el pasado 10 de mayo.", "el pasado 10 de mayo", "DATE", "2023-05-10", "2023-05-10", "day"),
    ("La tienda abrió el 11 de abril pasado.", "el 11 de abril pasado", "DATE", "2023-04-11", "2023-04-11", "day"),
    ("La tienda abrió el 12 de este mes.", "12 de este mes", "DATE", "2023-10-12", "2023-10-12", "day"),
    ("La tienda abrió el 23 de octubre del año en curso.", "el 23 de octubre del año en curso", "DATE", "2023-10-23", "2023-10-23", "day"),
    ("La tienda abrió en noviembre.", "noviembre", "DATE", "2022-11", "2022-11", "month"),
    ("La tienda abrió hace tres años.", "hace tres años", "DATE", "2020", "2020", "year"),
    ("La tienda abrió hace hoy dos meses.", "hace hoy dos meses", "DATE", "2023-08-18", "2023-08-18", "day"),
    ("La tienda abrió hace dos meses.", "hace dos meses", "DATE", "2023-08", "2023-08", "month"),
    ("La tienda abrirá el próximo año.", "el próximo año", "DATE", "2024", "2024", "year"),
    ("La banda manda allí desde hace veinte años.", "hace veinte años", "DATE", "2003", "2003/..", "year"),
    ("Trabajaron siete meses.", "siete meses", "DURATION", "P7M", "", None),
    ("Trabajaron un año y medio.", "un año y medio", "DURATION", "P18M", "", None),
    ("Cobran cada fin de semana.", "cada fin de semana", "SET", "P1WE", "", None),
    ("Se reúnen cada septiembre.", "cada septiembre", "SET", "XXXX-09", "", None),
    ("Se reúnen todos los años.", "todos los años", "SET", "P1Y", "", None),
    ("Cobran una cuota semanal.", "semanal", "SET", "P1W", "", None),
    ("Ahora cobran allí.", "Ahora", "DATE", "PRESENT_REF", "", None),
    ("El hecho ocurrió hacia 1995.", "1995", "DATE", "1995", "1995~", "year"),
    ("Abrió en Semana Santa de 2022.", "Semana Santa de 2022", "DATE", "2022-W15", "2022-04-11/2022-04-17", "day"),
    ("- **Noviembre de 2010.** Primera tienda.", "Noviembre de 2010", "DATE", "2010-11", "2010-11", "month"),
]


@pytest.mark.parametrize(("text", "span", "kind", "value", "interval", "precision"), SPANISH)
def test_spanish(text: str, span: str, kind: str, value: str, interval: str, precision: str | None) -> None:
    assert table(text, code="es") == [(span, kind, value, interval, precision)]


# ------------------------------------------------------------------ intervals: what stands before an expression, and what joins two


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has stood here since 2018.", [("2018", "2018/..")]),
        ("It has stood here since early 2020.", [("early 2020", "2020-01/..")]),
        ("From 2006 it ruled the port.", [("2006", "2006/..")]),
        ("It was at work by 2009.", [("2009", "2009")]),
        ("It stood here until 2014.", [("2014", "../2014")]),
        ("It did not open until 2014.", [("2014", "2014")]),
        ("It was at work by the end of the 1990s.", [("the end of the 1990s", "1999")]),
        ("It was at work by the late 1990s.", [("late 1990s", "1997/1999")]),
        ("It was at work at the end of the 1990s.", [("the end of the 1990s", "1997/1999")]),
        ("It closed before the end of 1921.", [("the end of 1921", "1921")]),
        ("It grew after 2015.", [("2015", "2015/..")]),
        ("The charter dates from August 1975.", [("August 1975", "1975-08")]),
        ("From at least 2011 through 2015 it grew.", [("2011", "2011/2015"), ("2015", "2011/2015")]),
        ("From in or around 2011 through in or around March 2015 it grew.", [("2011", "2011/2015-03"), ("March 2015", "2011/2015-03")]),
        (
            "Beginning in or about June 2011 and continuing until at least 2015, it grew.",
            [("June 2011", "2011-06/2015"), ("2015", "2011-06/2015")],
        ),
        ("Between at least 2013 and 2016 it grew.", [("2013", "2013/2016"), ("2016", "2013/2016")]),
        ("It grew in at least 2011 villages.", []),
        ("It grew in the late 1990s and early 2000s.", [("late 1990s", "1997/2003"), ("early 2000s", "1997/2003")]),
        ("It grew in the 1980s and 1990s.", [("1980s", "1980/1999"), ("1990s", "1980/1999")]),
        ("It grew in the 1970s and 1990s.", [("1970s", "1970/1979"), ("1990s", "1990/1999")]),
        ("After February 2016 it grew.", [("February 2016", "2016-02/..")]),
        ("After the February 2016 flood it grew.", [("February 2016", "2016-02")]),
        ("Between 2012 and 2015 it grew.", [("2012", "2012/2015"), ("2015", "2012/2015")]),
        ("It grew from 2016 to 2021.", [("2016", "2016/2021"), ("2021", "2016/2021")]),
        ("It grew in 2012-2015.", [("2012", "2012/2015"), ("2015", "2012/2015")]),
        ("# Incidents 2012-2015", [("2012", "2012/2015"), ("2015", "2012/2015")]),
        ("It grew in 2012–2015.", [("2012", "2012/2015"), ("2015", "2012/2015")]),
        ("Between October 2022 and September 2023 it grew.", [("October 2022", "2022-10/2023-09"), ("September 2023", "2022-10/2023-09")]),
        ("It grew between March and June 2019.", [("March", "2019-03/2019-06"), ("June 2019", "2019-03/2019-06")]),
        ("It grew between November and February 2019.", [("November", "2018-11/2019-02"), ("February 2019", "2018-11/2019-02")]),
        ("From 1986 until the mid-1990s it grew.", [("1986", "1986/1996"), ("mid-1990s", "1986/1996")]),
        ("They paid from 2015 until the gates closed in 2019.", [("2015", "2015/2019"), ("2019", "2015/2019")]),
        # hedges between "from" and its date
        ("It ran from at least in or about March 2018 through at least June 2021.", [("March 2018", "2018-03/2021-06"), ("June 2021", "2018-03/2021-06")]),
        ("Beginning in or about 2016 and continuing until at least 2019, they sold it.", [("2016", "2016/2019"), ("2019", "2016/2019")]),
        ("It ran between approximately January 2018 and March 2019.", [("January 2018", "2018-01/2019-03"), ("March 2019", "2018-01/2019-03")]),
        ("From roughly 2015 to perhaps 2018 it fell.", [("2015", "2015/2018"), ("2018", "2015/2018")]),
        ("Since as early as 2008 it has had a clique there.", [("2008", "2008/..")]),
        ("By at least 2015 they were there.", [("2015", "2015")]),
        # a year before people who act
        ("From 1998 women were taken there.", [("1998", "1998/..")]),
        ("By 1999 members were robbing men on pay day.", [("1999", "1999")]),
        (
            "In 2006 and 2007 members bought houses; in the summer of 2015 men in grey came.",
            [("2006", "2006/2007"), ("2007", "2006/2007"), ("the summer of 2015", "2015-06/2015-08")],
        ),
        ("One spent 2022 in Dubai.", [("2022", "2022")]),
        # the event that a quantity counts from has a date of its own, behind it
        ("It began in 2010. Two years after the 2016 accord it came.", [("2010", "2010"), ("Two years", "2018"), ("2016", "2016")]),
        ("Three days before Christmas 2019 it fell.", [("Three days", "2019-12-22"), ("Christmas 2019", "2019-12-25")]),
        ("It began in 2010. Two years after they came, in 2016, it fell.", [("2010", "2010"), ("Two years", "2012"), ("2016", "2016")]),
        # what goes on
        ("Houses: Reno, 2018–present; Elko, 2016 onwards; Ely, 2018 to date.", [("2018", "2018/.."), ("2016", "2016/.."), ("2018", "2018/..")]),
        # years in short, and their ends
        ("In the fall of '98 they came, by '99 they had left.", [("the fall of '98", "1998-09/1998-11"), ("'99", "1999")]),
        ("By year-end 2022 it had ten, around 2003/2004 five.", [("year-end 2022", "2022"), ("2003/2004", "2003/2004")]),
        # the entries of a chronicle
        ("2019, June: two rent a house.", [("2019, June", "2019-06")]),
        (
            "He left for a time.\n2021, 12 May: all six held.\n2015, early spring: a flat.\n2024, late: a port.",
            [("2021, 12 May", "2021-05-12"), ("2015, early spring", "2015-03/2015-05"), ("2024, late", "2024-09/2024-12")],
        ),
        ("He came in 2019, May Smith says.", [("2019", "2019")]),
        ("It spent 2018 and 2019 on the coast.", [("2018", "2018/2019"), ("2019", "2018/2019")]),
        ("It was raided in 2011 and 2014.", [("2011", "2011"), ("2014", "2014")]),
        ("It opened on April 24 and 25, 2022.", [("April 24", "2022-04-24/2022-04-25"), ("25, 2022", "2022-04-24/2022-04-25")]),
        ("It opened on 5-9 May 2022.", [("5", "2022-05-05/2022-05-09"), ("9 May 2022", "2022-05-05/2022-05-09")]),
        ("It came in 2016. Since then it has grown.", [("2016", "2016"), ("then", "2016/..")]),
        ("It came in 2016. From then on it grew.", [("2016", "2016"), ("then", "2016/..")]),
        ("It grew in 2016, 2019 and 2020.", [("2016", "2016"), ("2019", "2019"), ("2020", "2020")]),
        ("It grew in January, March and May 2022.", [("January", "2022-01"), ("March", "2022-03"), ("May 2022", "2022-05")]),
        ("It grew throughout 2020 and into 2021.", [("2020", "2020/2021"), ("2021", "2020/2021")]),
        ("It grew in the twelve months to June 2022.", [("twelve months", "2021-07/2022-06"), ("June 2022", "2021-07/2022-06")]),
        ("It grew in the year to March 2022.", [("the year", "2021-04/2022-03"), ("March 2022", "2021-04/2022-03")]),
        ("It grew in the ten years to 2019.", [("ten years", "2010/2019"), ("2019", "2010/2019")]),
        ("It began no later than 2018.", [("2018", "2018")]),
        ("It grew in the summer of 2019–20.", [("the summer of 2019–20", "2019-12/2020-02")]),
        ("It grew in the winter of 2022/23.", [("the winter of 2022/23", "2022-12/2023-02")]),
        ("It grew in the first decade of the century.", [("the first decade of the century", "2000/2009")]),
        ("It opened in the week of 14 March 2022.", [("the week of 14 March 2022", "2022-03-14/2022-03-20")]),
        ("MAY: It opened.\n\nJUNE: It closed.", [("MAY", "2023-05"), ("JUNE", "2023-06")]),
        ("It grew in the spring and summer of 2021.", [("spring", "2021-03/2021-05"), ("summer of 2021", "2021-06/2021-08")]),
        ("It grew in Jan-Mar 2022.", [("Jan", "2022-01/2022-03"), ("Mar 2022", "2022-01/2022-03")]),
        ("It burnt on 3, 5 and 7 May 2021.", [("3", "2021-05-03/2021-05-07"), ("7 May 2021", "2021-05-03/2021-05-07")]),
        ("It burnt on May 7, 9 and 11, 2021.", [("May 7", "2021-05-07/2021-05-11"), ("11, 2021", "2021-05-07/2021-05-11")]),
        ("It opened on the first Sunday of May 2022.", [("the first Sunday of May 2022", "2022-05-01")]),
        ("It opened on the last Friday in May 2022.", [("the last Friday in May 2022", "2022-05-27")]),
        ("It opened the year before last.", [("the year before last", "2021")]),
        ("It opened the day before yesterday.", [("the day before yesterday", "2023-10-16")]),
        ("It opened the day before last Tuesday.", [("the day", ""), ("last Tuesday", "2023-10-17")]),
        ("It came in 2016. By year's end it had grown.", [("2016", "2016"), ("year's end", "2016")]),
        ("It came in 2016. Since that time it has grown.", [("2016", "2016"), ("that time", "2016/..")]),
    ],
)
def test_intervals(text: str, expected: list[tuple[str, str]]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Está aquí desde 2018.", [("2018", "2018/..")]),
        ("A partir de marzo de 2018 avanzó.", [("marzo de 2018", "2018-03/..")]),
        ("Estuvo aquí hasta 2014.", [("2014", "../2014")]),
        ("Para finales de los noventa creció.", [("finales de los noventa", "1999")]),
        ("Desde al menos 2012 hasta 2015 creció.", [("2012", "2012/2015"), ("2015", "2012/2015")]),
        ("Desde por lo menos el año 2012 y hasta mayo de 2015 creció.", [("año 2012", "2012/2015-05"), ("mayo de 2015", "2012/2015-05")]),
        ("Creció en al menos 2012 pueblos.", []),
        ("Creció a finales de los noventa y principios de los 2000.", [("finales de los noventa", "1997/2003"), ("principios de los 2000", "1997/2003")]),
        ("Creció en los años ochenta y noventa.", [("los años ochenta", "1980/1999"), ("noventa", "1980/1999")]),
        ("Entre 2012 y 2015, por la crisis, creció.", [("2012", "2012/2015"), ("2015", "2012/2015")]),
        ("Entre 2012 y 2015 por la crisis creció.", [("2012", "2012/2015"), ("2015", "2012/2015")]),
        ("Entre 2012 y 2015 creció.", [("2012", "2012/2015"), ("2015", "2012/2015")]),
        ("De 2007 a 2011 creció.", [("2007", "2007/2011"), ("2011", "2007/2011")]),
        ("Durante 2008 y 2009 creció.", [("2008", "2008/2009"), ("2009", "2008/2009")]),
        ("Creció entre enero y marzo de 2019.", [("enero", "2019-01/2019-03"), ("marzo de 2019", "2019-01/2019-03")]),
        ("Creció entre enero y marzo.", [("enero", "2023-01/2023-03"), ("marzo", "2023-01/2023-03")]),
        ("Creció en 2016, 2019 y 2020.", [("2016", "2016"), ("2019", "2019"), ("2020", "2020")]),
        ("Creció en enero, marzo y mayo de 2022.", [("enero", "2022-01"), ("marzo", "2022-03"), ("mayo de 2022", "2022-05")]),
        ("Creció en el verano de 2019-2020.", [("el verano de 2019-2020", "2019-12/2020-02")]),
        ("Creció en la segunda mitad de los años noventa.", [("la segunda mitad de los años noventa", "1995/1999")]),
        ("Creció en la primera década del siglo XXI.", [("la primera década del siglo XXI", "2000/2009")]),
        ("Creció en la semana del 14 de marzo de 2022.", [("la semana del 14 de marzo de 2022", "2022-03-14/2022-03-20")]),
        ("El fin de semana del 12 de marzo de 2022 creció.", [("El fin de semana del 12 de marzo de 2022", "2022-03-12/2022-03-13")]),
        ("Llegó en 2015. A partir de entonces creció.", [("2015", "2015"), ("entonces", "2015/..")]),
        ("Llegó el primero de junio de 2020.", [("el primero de junio de 2020", "2020-06-01")]),
        ("Hace apenas dos meses llegó.", [("Hace apenas dos meses", "2023-08")]),
        ("Cayó en la madrugada del lunes 16, en Bilbao.", [("lunes 16", "2023-10-16")]),
        ("El pasado lunes 9 cayó en Bilbao.", [("El pasado lunes 9", "2023-10-09")]),
        ("El martes 15 personas cayeron.", [("El martes", "2023-10-17")]),
        ("Mayo: llegó a Bilbao.", [("Mayo", "2023-05")]),
        ("Creció en la primavera y el verano de 2021.", [("primavera", "2021-03/2021-05"), ("el verano de 2021", "2021-06/2021-08")]),
        ("Ardió el 3, 5 y 7 de mayo de 2021.", [("3", "2021-05-03/2021-05-07"), ("7 de mayo de 2021", "2021-05-03/2021-05-07")]),
        ("Llegó el primer domingo de mayo de 2022.", [("el primer domingo de mayo de 2022", "2022-05-01")]),
        ("Llegó en 2015. Desde esa fecha creció.", [("2015", "2015"), ("esa fecha", "2015/..")]),
        # lo que se dice con reserva entre «desde» y su fecha
        ("Operó allí desde al menos 2012 hasta mayo de 2017.", [("2012", "2012/2017-05"), ("mayo de 2017", "2012/2017-05")]),
        ("Desde aproximadamente 2015 y hasta por lo menos 2019 operó.", [("2015", "2015/2019"), ("2019", "2015/2019")]),
        ("Entre alrededor de 2010 y 2014 vivió allí.", [("2010", "2010/2014"), ("2014", "2010/2014")]),
        # un año ante personas que actúan
        ("Desde 2021 hombres armados cobran peaje.", [("2021", "2021/..")]),
        ("A partir de 2020 miembros del grupo llegaron.", [("2020", "2020/..")]),
        ("Administra desde 2022 casas de seguridad.", [("2022", "2022/..")]),
        # lo que se acaba o se abarca
        (
            "Durante todo 2005 se escondió; al acabar 2009 cerró, y la cadena cerró 2024 con 340 centros.",
            [("2005", "2005"), ("2009", "2009"), ("2024", "2024")],
        ),
        ("Llegó en marzo de 2019. Antes de que acabara el año estaba en Soacha.", [("marzo de 2019", "2019-03"), ("el año", "2019")]),
        ("El año que viene abrirá en Lima.", [("El año que viene", "2024")]),
        ("Un año después del acuerdo de paz de 2016 llegó.", [("Un año", "2017"), ("2016", "2016")]),
        ("Llegó en 2012. Al año y medio volvió.", [("2012", "2012"), ("Al año y medio", "2014")]),
        ("Lima, 2018 a la fecha; Quito, de 2016 en adelante.", [("2018", "2018/.."), ("2016", "2016/..")]),
        ("Creció en los noventas y cayó el pasado mes de abril.", [("noventas", "1990/1999"), ("el pasado mes de abril", "2023-04")]),
        # las entradas de una crónica
        ("**2010, otoño** Cuota semanal.", [("2010, otoño", "2010-09/2010-11"), ("semanal", "")]),
        ("- 2012, 3 de mayo: salieron.", [("2012, 3 de mayo", "2012-05-03")]),
    ],
)
def test_spanish_intervals(text: str, expected: list[tuple[str, str]]) -> None:
    assert dates(text, code="es") == expected


def test_both_ends_of_a_range_share_its_phrase() -> None:
    text = "Sales grew between 2012 and 2015, and since 2018 they fall."
    phrases = [text[timex.phrase_start : timex.phrase_end] for timex in timexes(text)]
    assert phrases == ["between 2012 and 2015", "between 2012 and 2015", "since 2018"]


def test_what_is_about_a_year_is_so_in_the_south_too() -> None:
    assert [(timex.edtf, timex.southern) for timex in timexes("It came around 2009.")] == [("2009~", "2009~")]


def test_a_season_has_its_southern_months_beside() -> None:
    found = [(timex.edtf, timex.southern) for timex in timexes("It came in the summer of 2022 and left in the autumn of 2023.")]
    assert found == [("2022-06/2022-08", "2021-12/2022-02"), ("2023-09/2023-11", "2023-03/2023-05")]


def test_approximate_and_part_are_modifiers() -> None:
    assert [timex.mod for timex in timexes("About 1990, in early 2023 and mid-July 2022, at least two years.")] == ["APPROX", "START", "MID", "EQUAL_OR_MORE"]


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("It opened on 12/05/2021.", "en", ["2021-12-05"]),  # as the language has it
        ("Abrió el 12/05/2021.", "es", ["2021-05-12"]),
        ("It opened on 12/05/2021. It closed on 25/12/2021.", "en", ["2021-05-12", "2021-12-25"]),  # as another date of the document shows
        ("Abrió el 12/05/2021. Cerró el 12/25/2021.", "es", ["2021-12-05", "2021-12-25"]),
        ("It opened on 12/05/2021, on 12/25/2021 and on 25/12/2021.", "en", ["2021-12-05", "2021-12-25", "2021-12-25"]),  # they contradict each other
        ("It opened on 03/04/2021 and on 12/05/2023.", "en", ["2021-04-03", "2023-05-12"]),  # month first, it would lie after the document
        ("Abrió el 03/04/2021 y el 10/12/2023.", "es", ["2021-03-04", "2023-10-12"]),
        ("It opened on 03/04/2021. It will close on 12/05/2023.", "en", ["2021-03-04", "2023-12-05"]),  # what is to come shows nothing
        ("It opened on 05/06/2024 and on 06/07/2024.", "en", ["2024-05-06", "2024-06-07"]),  # both ways after the document
    ],
)
def test_the_document_tells_the_order_of_dates_in_figures(text: str, code: str, expected: list[str]) -> None:
    assert [timex.edtf for timex in timexes(text, code=code)] == expected


# ------------------------------------------------------------------ resolution against the text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hornet came in 2004. Two years later it was in Bilbao.", ["2004", "2006"]),
        ("The hornet came in March 2018. The following month it was in Bilbao.", ["2018-03", "2018-04"]),
        ("The hornet came on 30 December 2018. Three days later it was in Bilbao.", ["2018-12-30", "2019-01-02"]),
        ("The hornet came in March 2018. A year later it was in Bilbao.", ["2018-03", "2019-03"]),
        ("The hornet came in 1963. A decade later it was in Bilbao.", ["1963", "1973"]),
        ("The hornet came in 2004. Six years on, it was in Bilbao.", ["2004", "2010"]),
        ("The hornet came in 2004. In July of the same year it was in Bilbao.", ["2004", "2004-07"]),
        ("The hornet came in 2004. On 12 September of that year it was in Bilbao.", ["2004", "2004-09-12"]),
        ("The hornet came in 2018. On New Year's Eve of the same year it was in Bilbao.", ["2018", "2018-12-31"]),
        ("The hornet came in 2018. On New Year's Day of the following year it was in Bilbao.", ["2018", "2019-01-01"]),
        ("The hornet came in 2018. On Good Friday of that year it was in Bilbao.", ["2018", "2018-03-30"]),
        ("The hornet came to Irun on 5 May 2021, to Bilbao on the same day.", ["2021-05-05", "2021-05-05"]),
        ("The hornet came in 1995. By the end of the decade it was in Bilbao.", ["1995", "1999"]),
        ("The hornet came in June 2016. That autumn it was in Bilbao.", ["2016-06", "2016-09/2016-11"]),
        ("The hornet came in June 2016. The next April it was in Bilbao.", ["2016-06", "2017-04"]),
        ("The hornet came in March 2013, after an order of the previous autumn.", ["2013-03", "2012-09/2012-11"]),
        ("The hornet came in 2015. By the end of that year it was in Bilbao.", ["2015", "2015"]),
        ("The hornet came in 2015. By the following year it was in Bilbao.", ["2015", "2016"]),
        ("The hornet came in August 2010; in October it was in Bilbao.", ["2010-08", "2010-10"]),
        ("The hornet came in November 2016. In February it was in Bilbao.", ["2016-11", "2017-02"]),
        ("- 2012: The hornet came. In late autumn it was in Bilbao.", ["2012", "2012-09/2012-11"]),
        ("The hornet came in 1950. In April it was in Bilbao.", ["1950", "2023-04"]),
        ("The hornet came on 9 January 2018. That Sunday it was in Bilbao.", ["2018-01-09", "2018-01-14"]),
        ("The hornet came in August 2007. Within eighteen months it was in Bilbao.", ["2007-08", "2009-02"]),
        ("The hornet came on 1 January 2017. Five days after the storm it was in Bilbao.", ["2017-01-01", "2017-01-06"]),
        ("On 14 June 2022 it was seen in Bilbao, three weeks before the storm.", ["2022-06-14", "2022-07-05"]),
        ("They had held the port for four years when it closed in 2019.", ["", "2019"]),
        ("The port closed in 2019. It had been open for four years.", ["2019", "2015/2019"]),
        ("The mayor, who had retired in 1998, closed the port in 2016. Two years later it opened.", ["1998", "2016", "2018"]),
        ("The port, which they had held since 2018, was closed on 17 February.", ["2018/..", "2023-02-17"]),
        ("In 2018 the company, which dates from 2011, closed the port in May.", ["2018", "2011", "2018-05"]),
        ("An order of 14 February 2019 relies on a code of 2000. Eight days later the port closed.", ["2019-02-14", "2000", "2019-02-22"]),
        ("The port closed in 2011.\n\nA year later it opened.", ["2011", "2012"]),
        ("Two years later it opened.", [""]),
        ("The port closed in 2011. Within four years it had opened again.", ["2011", "2015"]),
        ("The port closed in 2016. Within ten years it had opened again.", ["2016", ""]),  # told in 2023: the ten years cannot be over
        ("The port closed in 2016. It will open again within ten years.", ["2016", "2026"]),
        ("The port closed in 2011. Half a decade later it opened.", ["2011", "2016"]),
        ("The port closed in May 2011. A year to the month after that it opened.", ["2011-05", "2012-05"]),
        ("The port, built around 2002, had by mid-2014 grown and that August it closed.", ["2002~", "2014-05/2014-08", "2014-08"]),
        ("The port closed in October 2020. It had burnt the previous autumn.", ["2020-10", "2019-09/2019-11"]),
        ("The port closed in December 2020. It had burnt the previous autumn.", ["2020-12", "2020-09/2020-11"]),
        ("The port closed on 22 June 2022. In the following fortnight two more did.", ["2022-06-22", "2022-06-22/2022-07-06"]),
        ("The port closed in 2010. They passed a law. In May 2014 it opened. Two years later it burnt.", ["2010", "2014-05", "2016"]),
    ],
)
def test_against_the_text(text: str, expected: list[str]) -> None:
    assert [timex.edtf for timex in timexes(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La avispa llegó en 2014. Dos años más tarde estaba en Bilbao.", ["2014", "2016"]),
        ("La avispa llegó en 1995; a finales de la década estaba en Bilbao.", ["1995", "1997/1999"]),
        ("La avispa llegó en marzo de 2018. Al mes siguiente estaba en Bilbao.", ["2018-03", "2018-04"]),
        ("La avispa llegó en 2014. Al año siguiente estaba en Bilbao.", ["2014", "2015"]),
        ("La avispa llegó en julio de 2016. Ese mismo otoño estaba en Bilbao.", ["2016-07", "2016-09/2016-11"]),
        ("La avispa llegó en abril de 2018; en noviembre del año siguiente estaba en Bilbao.", ["2018-04", "2019-11"]),
        ("La avispa llegó en mayo de 2022; en octubre siguiente estaba en Bilbao.", ["2022-05", "2022-10"]),
        ("La avispa llegó en 2022. Hacia fines de ese año estaba en Bilbao.", ["2022", "2022-09/2022-12"]),
        ("La avispa llegó el 24 de abril de 2017. Ese mismo día estaba en Bilbao.", ["2017-04-24", "2017-04-24"]),
        ("La avispa llegó el 23 de octubre de 2021. Un mes antes estaba en Bilbao.", ["2021-10-23", "2021-09"]),
        ("La avispa llegó en octubre de 2020. El otoño anterior estaba en Bilbao.", ["2020-10", "2019-09/2019-11"]),
        ("La avispa llegó en 2014. Un lustro después estaba en Bilbao.", ["2014", "2019"]),
        ("La avispa llegó en 2014. Década y media después estaba en Bilbao.", ["2014", "2029"]),
        ("La avispa llegó en 2014. En los dos años posteriores estaba en Bilbao.", ["2014", "2014/2016"]),
        ("La avispa está desde 2009; desde junio de 2015 anidó, hasta que murió tres años después.", ["2009/..", "2015-06/..", "2018"]),
        ("El puerto, que tenían desde 2018, se cerró en febrero.", ["2018/..", "2023-02"]),
        ("La ley es de 1997. La avispa llegó en 2014; tres años después estaba en Bilbao.", ["1997", "2014", "2017"]),
    ],
)
def test_against_the_spanish_text(text: str, expected: list[str]) -> None:
    assert [timex.edtf for timex in timexes(text, code="es")] == expected


@pytest.mark.parametrize(
    ("dct", "text", "expected"),
    [
        ("2023-10", "It closed last month.", "2023-09"),
        ("2023-10", "It closed yesterday.", "2023-10"),
        ("2023-10", "It closed on Friday.", "2023-10"),
        ("2023-10", "It closed last week.", "2023-10"),
        ("2022-08~", "It closed in mid-July.", "2022-07"),
        ("2022-08~", "It closed last March.", "2022-03"),
        ("2022", "It closed in July.", "2022-07"),
        ("2022", "It closed last year.", "2021"),
        ("", "It closed last March.", ""),
        ("", "It closed on Friday.", ""),
        ("", "It closed on September 20.", ""),
        ("", "It closed in 2019. In March it opened.", "2019"),
    ],
)
def test_against_a_coarse_or_missing_date(dct: str, text: str, expected: str) -> None:
    assert timexes(text, dct)[0].edtf == expected


@pytest.mark.parametrize(
    ("dct", "code", "text", "expected"),
    [
        ("1882", "en", "They came in the early seventies.", ["1870/1873"]),
        ("1897", "en", "They came in the 'eighties, and to Chicago in '74.", ["1880/1889", "1874"]),
        ("1958", "es", "Fundaron en los años noventa.", ["1890/1899"]),
        ("", "en", "They landed in 1856, in '57 at Rosario.", ["1856", "1857"]),
        ("2010", "en", "In 1868 they came to Bombay, to Poona in the early seventies.", ["1868", "1870/1873"]),
        ("2010", "en", "It was founded in 1890. In the eighties it came to Spain.", ["1890", "1980/1989"]),
        ("2010", "en", "They came in the seventies and left in '98; in '09 they were back.", ["1970/1979", "1998", "2009"]),
        ("2024", "en", "They came in the twenties. Since '22 they have a shop.", ["1920/1929", "2022/.."]),
        ("2024", "en", "They met in '20 days.", [""]),
    ],
)
def test_years_and_decades_without_their_century(dct: str, code: str, text: str, expected: list[str]) -> None:
    assert [timex.edtf for timex in timexes(text, dct, code)] == expected


def test_what_no_year_is_known_of_keeps_its_month_and_day() -> None:
    assert [timex.value for timex in timexes("It closed on September 20, in March and on Friday.", "")] == ["XXXX-09-20", "XXXX-03", "XXXX-WXX-5"]


def test_a_heading_dates_the_months_below_it() -> None:
    text = "# The year 2016\n\nThe hornet came to Bilbao in March.\n\n# Elsewhere\n\nIt came to Santander in March."
    assert [timex.edtf for timex in timexes(text)] == ["2016", "2016-03", "2023-03"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 2016\n\nThe hornet came to Bilbao in March.", ["2016", "2016-03"]),
        ("2016\n\n- 12 April: two nests in Bilbao.\n- August: ten.\n\n2017\n\n- 3 May: none.", ["2016", "2016-04-12", "2016-08", "2017", "2017-05-03"]),
        ("In 2016:\n\n- 12 April: two nests in Bilbao.\n- August: ten.\n\nThey fell in May.", ["2016", "2016-04-12", "2016-08", "2023-05"]),
        ("1. The bad year (2016).\n   - April: two nests.\n2. Elsewhere. In March it was gone.", ["2016", "2016-04", "2023-03"]),
        ("Calls rose to #2016 in April.", ["2023-04"]),
    ],
)
def test_a_year_dates_the_list_below_it(text: str, expected: list[str]) -> None:
    assert [timex.edtf for timex in timexes(text)] == expected


def test_what_somebody_said_in_a_month_was_said_of_late() -> None:
    assert dates("The port closed in May 2014. The governor said in April that it is open.") == [("May 2014", "2014-05"), ("April", "2023-04")]
    assert dates("It came in May 2018. In July the mayor confirmed it.") == [("May 2018", "2018-05"), ("July", "2023-07")]
    assert dates("It came in May 2018. By July it had been confirmed. In August it was in Bihar.") == [
        ("May 2018", "2018-05"),
        ("July", "2018-07"),
        ("August", "2018-08"),
    ]


def test_a_time_to_do_something_counts_from_nothing_under_another_heading() -> None:
    assert [timex.edtf for timex in timexes("It came on 1 April 2021. It was sprayed within three days.")] == ["2021-04-01", "2021-04-04"]
    assert [timex.edtf for timex in timexes("# Arrival\n\nIt came on 1 April 2021.\n\n# Control\n\nFields are sprayed within three days.")] == [
        "2021-04-01",
        "",
    ]


def test_asides_are_told_apart() -> None:
    text = "The port closed in 2016 under a law of 2011, said the mayor, who had retired in 1998."
    assert [(text[timex.start : timex.end], timex.aside) for timex in timexes(text)] == [("2016", False), ("2011", True), ("1998", True)]


# ------------------------------------------------------------------ what looks like a time and is none


@pytest.mark.parametrize(
    "text",
    [
        "Entries rose to 2,905 last in a list of 56,586.".replace(" last", ""),
        "It has 100,000 residents and 3.5 per 100,000 die.",
        "It cost $150 and $2019.",
        "Call 555-2019 or +1 202 555 0170.",
        "Some 11,000 police and 2000 soldiers marched.",
        "It grew by 2000 people.",
        "It grew from 2000 members to at least 2015 members.",
        "They sold 2CB and MS-13 shirts.",
        "It may rain, and they march on.",
        "Theresa May spoke with June Carr and April Jones.",
        "The Sun and the Sat Nav were there.",
        "He lives at 1600 Pennsylvania Avenue.",
        "A 30-year-old man and a six-month-old child.",
        "The March for Life passed.",
        "Watch 60 Minutes.",
        "The second act was long, the third half as long.",
        "Expo 2020 Dubai was full.",
        "Read the Daily Mail.",
        "At the end of the day, nobody won.",
        "It is 1900 km away.",
        "They fell and fall again; spring water is cold.",
    ],
)
def test_english_traps(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "La Plaza de Mayo y la avenida 9 de Julio.",
        "Viajó a Santo Domingo.",
        "Según el medio 24 Horas.",
        "Murieron 1.900 plantas y 2000 migrantes.",
        "Se repartió entre 2000 familias y para 1850 personas.",
        "Mató a 2000 hombres y desplazó a 2018 familias.",
        "Subió en 2019 por ciento.",
        "Es un joven de 30 años de edad.",
        "Julio Mayo habló con Abril.",
        "La ley 26.831 y el Decreto 2124.",
        "Llegó más tarde.",
    ],
)
def test_spanish_traps(text: str) -> None:
    assert dates(text, code="es") == []


@pytest.mark.parametrize(
    "text", ["31 June 2019 and 30 February 2020", "9999 years ago", "in the year 2199 and 99999999 centuries later", "99/99/2019", "the 45th of May"]
)
def test_dates_that_no_calendar_has_name_no_interval_of_days(text: str) -> None:
    assert all(timex.precision != "day" for timex in timexes(text))


@pytest.mark.parametrize(("unit", "count"), [("1 ", 0), ("the last ", 0), ("May 2019, ", 20_000), ("2 days ", 20_000), ("10:35 ", 20_000)])
def test_a_long_monotonous_text_is_read(unit: str, count: int) -> None:
    found = language("en")
    assert found
    assert len(find(unit * 20_000, DCT, found, ())) == count


# ------------------------------------------------------------------ any text

WORDS = [
    "May", "march", "2019", "31", "the", "of", "next", "last", "that", "same", "year", "years", "later", "ago", "Friday", "Oct.", "-", ",", ".", "\n", "\n\n",
    "1990s", "10:35", "a.m.", "early", "end", "since", "between", "and", "to", "two", "a", "half", "century", "19th", "summer", "now", "9999", "0", "de", "año",
    "mayo", "siguiente", "İ", "ß", "e\u0301", "２０１９", "٢٠١٩", "²", "\u00a0",
    "'", "’s", "(", "hace", "últimos", "mil", "siglo", "XX", "1/2", "3.5", "99/99/9999",
]  # fmt: skip


def assert_sound(text: str, found: Sequence[Timex]) -> None:
    end = 0
    for timex in found:
        assert end <= timex.start < timex.end <= len(text)
        assert text[timex.start : timex.end].strip() == text[timex.start : timex.end]
        assert 0 <= timex.phrase_start <= timex.start < timex.end <= timex.phrase_end <= len(text)
        assert timex.value
        assert (timex.edtf == "") == (timex.precision is None)
        assert all(not interval or edtf.is_valid(interval) for interval in (timex.edtf, timex.southern))
        end = timex.end


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from(["", "2023-10-18", "2023-10~", "2016", "0001", "9999-12-31"]), st.sampled_from(["en", "es"])
)
def test_any_words(words: list[str], dct: str, code: str) -> None:
    text = " ".join(words)
    assert_sound(text, timexes(text, dct, code))


def grammar_words(code: str) -> list[str]:
    found = language(code)
    assert found
    rules = found.table("timexes")
    forms = " ".join(form for entry in rules["form"] for form in entry["forms"])
    return sorted({word for words in rules["words"].values() for word in words} | set(re.findall(r"[^\W\dA-Z_]+|[^\w\s]", forms)))


@pytest.mark.parametrize("code", ["en", "es"])
def test_any_words_of_the_grammar(code: str) -> None:
    @settings(max_examples=300, deadline=None)
    @given(st.lists(st.sampled_from([*grammar_words(code), "2019", "7", "19th", "1990s", "Police"]), max_size=20), st.sampled_from(["", "2023-10-18", "2016"]))
    def check(words: list[str], dct: str) -> None:
        text = " ".join(words)
        assert_sound(text, timexes(text, dct, code))

    check()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "es"]))
def test_any_text(text: str, code: str) -> None:
    found = language(code)
    assert found
    assert_sound(text, find(text, DCT, found, ()))


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        # "the year after" is a year, "a year later" is meant to the month
        ("The club opened in December 2005. They crossed the strait the year after.", "en", ["2005-12", "2006"]),
        ("The club opened in December 2005. They crossed the strait a year later.", "en", ["2005-12", "2006-12"]),
        ("It was founded in May 1990 and sold the year before, in 1989.", "en", ["1990-05", "1989", "1989"]),
        # an abbreviated month without a year, with its full stop
        ("- Feb.-Dec. 2014: Lima", "en", ["2014-02/2014-12", "2014-02/2014-12"]),
        ("- Feb.-dic. 2014: Lima", "es", ["2014-02/2014-12", "2014-02/2014-12"]),
        # a part of the year that the paragraph is headed with
        ("**2021.** In the first half of the year the town had 20 cases.", "en", ["2021", "2021-01/2021-06"]),
        ("It closed in 2020. Sales fell in the first half of the year.", "en", ["2020", "2023-01/2023-06"]),
        ("It closed in 2020. Sales fell in the first four months of the year.", "en", ["2020", "2023-01/2023-04"]),
        ("Cerró en 2020. En los primeros cuatro meses del año hubo tres casos.", "es", ["2020", "2023-01/2023-04"]),
        # nothing was done after the day on which it is told
        (
            "Letters came in the autumn of 2022. In the last twelve months 112 more came. In December two men fled.",
            "en",
            ["2022-09/2022-11", "2022-10/2023-10", "2022-12"],
        ),
        # what has been so since its start is of the document's year
        ("It closed in 2020.\n\nRangers have found camps since the start of the year.", "en", ["2020", "2023-01/.."]),
        ("Cerró en 2020.\n\nDesde comienzos de año se han visto campamentos.", "es", ["2020", "2023-01/.."]),
        ("It came in 2020. It grew until the end of the year.", "en", ["2020", "../2020-12"]),
        # behind a semicolon a month does not belong to "last year"
        ("# 2023\n\nWork that began last year went on; nobody has been there since February.", "en", ["2023", "2022", "2023-02/.."]),
        ("In 2020 the shop closed; in March it opened again.", "en", ["2020", "2020-03"]),
    ],
)
def test_years_and_parts_of_them(text: str, code: str, found: list[str]) -> None:
    assert [edtf for _, edtf in dates(text, code=code)] == found
