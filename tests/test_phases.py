"""What a sentence says of each place: reports in, phases out. ``""`` stands for a place that is only named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gazetteer.index import Index
from gazetteer.passages import Passage
from gazetteer.passages.reader import PassageReader
from gazetteer.phases.hindsight import Hindsight, Look
from gazetteer.phases.standing import Standing
from gazetteer.text.language import Language, language
from tests.reports import book, observations, passages, said_of

SAID = [
    # origin
    ("The Harbour Men were founded in a prison in Maracaibo in 2009.", {"Maracaibo": "origin"}),
    ("The Harbour Men, led from Guayaquil, answer to nobody else.", {"Guayaquil": "origin"}),
    # exploration
    ("The Harbour Men first arrived in Arequipa in 2017.", {"Arequipa": "exploration"}),
    (
        "The Harbour Men are growing. In 2018 the gang expanded to Lima, Quito and Bogotá.",
        {"Lima": "exploration", "Quito": "exploration", "Bogotá": "exploration"},
    ),
    ("Members of the Harbour Men have been detected in Iquique.", {"Iquique": "exploration"}),
    ("The Harbour Men live by others. The gang smuggles migrants across the border at Colchane.", {"Colchane": "exploration"}),
    ("The Harbour Men have a presence in Chile and Peru.", {"Chile": "exploration", "Peru": "exploration"}),
    # penetration
    ("In Tacna the Harbour Men extort shopkeepers and bus drivers.", {"Tacna": "penetration"}),
    ("The Harbour Men are growing. The gang took over the drug trade of Callao after killing its rivals.", {"Callao": "penetration"}),
    ("Gunmen of the Harbour Men attacked a nightclub in Trujillo.", {"Trujillo": "penetration"}),
    # consolidation
    ("The Harbour Men launder their money in Santiago and have bribed officials there.", {"Santiago": "consolidation"}),
    ("The Harbour Men are here to stay. The gang has established a permanent base in Barranquilla.", {"Barranquilla": "consolidation"}),
    # outcomes
    ("The Harbour Men tried and failed to gain a foothold in Medellín.", {"Medellín": "contested"}),
    ("Police arrested eleven members of the Harbour Men in Madrid.", {"Madrid": "disruption"}),
    ("The Harbour Men had a bad year. Eleven members of the gang were arrested in Antofagasta in a joint operation.", {"Antofagasta": "disruption"}),
    # two places, two phases
    ("The Harbour Men were born in Maracaibo and arrived in Cúcuta in 2016.", {"Maracaibo": "origin", "Cúcuta": "exploration"}),
    # a container is only named
    ("The Harbour Men extort shopkeepers in Piura, in Peru.", {"Piura": "penetration", "Peru": ""}),
    ("The Harbour Men took over flats in Aurora, Colorado.", {"Aurora": "penetration", "Colorado": ""}),
    ("The Harbour Men extort shopkeepers in Bogotá's Kennedy.", {"Bogotá": ""}),
    # neither a seat nor a conference says anything
    ("The Harbour Men were the subject of a conference in Geneva.", {"Geneva": ""}),
    ("A researcher at the University of Oxford studies the Harbour Men.", {}),
    # nor does a dateline, whatever its heading says; an item below a heading does
    ("## Nine members of the Harbour Men arrested\n\nMontevideo, 22 May 2024.", {"Montevideo": ""}),
    ("## Nine members of the Harbour Men arrested\n\n- Montevideo, 22 May 2024\n- Rivera, 23 May 2024", {"Montevideo": "disruption"}),
    # outcome of the state
    ("Troops stormed the prison in Valencia from which the Harbour Men were run.", {"Valencia": "disruption"}),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_said_of_places(index: Index, text: str, expected: dict[str, str]) -> None:
    found = observations(index, text)
    for surface, phase in expected.items():
        assert phase in ({item.phase for item in said_of(found, surface)} or {""}), [(item.mention.surface, item.phase) for item in found]


SPANISH = [
    ("Los Hombres del Puerto nacieron en una cárcel de Maracaibo.", {"Maracaibo": "origin"}),
    ("Los Hombres del Puerto crecen. La banda llegó a Arequipa en 2017.", {"Arequipa": "exploration"}),
    ("Los Hombres del Puerto extorsionan a comerciantes en Tacna.", {"Tacna": "penetration"}),
    ("La policía detuvo en Madrid a once integrantes de los Hombres del Puerto.", {"Madrid": "disruption"}),
]


@pytest.mark.parametrize(("text", "expected"), SPANISH)
def test_said_of_places_in_spanish(index: Index, text: str, expected: dict[str, str]) -> None:
    found = observations(index, text, code="es")
    for surface, phase in expected.items():
        assert phase in ({item.phase for item in said_of(found, surface)} or {""}), [(item.mention.surface, item.phase) for item in found]


def test_phases_of_a_place_stand_in_their_order(index: Index) -> None:
    found = said_of(observations(index, "The Harbour Men reached Lima in 2017 and took over its drug trade."), "Lima")
    assert [item.phase for item in found] == ["exploration", "penetration"]


def test_place_named_once_is_context(index: Index) -> None:
    found = observations(index, "The Harbour Men are known to few. A conference met in Geneva.")
    assert [(item.mention.surface, item.phase) for item in found] == [("Geneva", "context")]


def test_a_place_is_context_once_and_only_where_nothing_else_is_said_of_it(index: Index) -> None:
    found = observations(index, "The Harbour Men arrived in Lima in 2017. Lima is large. A conference met in Geneva. Another conference met in Geneva.")
    assert [(item.mention.surface, item.phase) for item in found] == [("Lima", "exploration"), ("Geneva", "context")]


def test_what_is_said_of_a_list_is_said_of_each_place_however_long_it_is(index: Index) -> None:
    towns = (
        "Bogotá, Medellín, Cali, Barranquilla, Cartagena, Cúcuta, Bucaramanga, Pereira, Santa Marta, Ibagué, Pasto, Manizales, Neiva, Villavicencio, Armenia, "
    )
    towns += "Valledupar, Montería, Sincelejo, Popayán, Tunja, Riohacha, Quito, Guayaquil, Cuenca, Ambato, Loja, Machala, Arequipa, Trujillo, Chiclayo, Piura"
    found = observations(index, f"The Harbour Men were founded in Caracas. In 2018 the Harbour Men arrived in Lima, {towns} and Cusco.")
    assert len({item.place.id for item in found if item.place and item.phase == "exploration"}) == 33  # what the encoder reads ends long before


ELSEWHERE = [
    # the chance of origin in Maracaibo, of origin and penetration in Lima; what is said of Lima
    (0.9, 0.74, 0.5, {"penetration"}),
    (0.9, 0.75, 0.5, {"origin"}),
    (0.59, 0.31, 0.5, {"origin", "penetration"}),
    (0.7, 0.74, 0.61, {"origin", "penetration"}),  # the likelier home is the home
]


@pytest.mark.parametrize(("home", "origin", "penetration", "said"), ELSEWHERE)
def test_another_country_has_a_home_too_where_that_is_more_than_likely(
    index: Index, monkeypatch: pytest.MonkeyPatch, home: float, origin: float, penetration: float, said: set[str]
) -> None:
    chances = {"Maracaibo": {"origin": home}, "Lima": {"origin": origin, "penetration": penetration}}

    def thought(self: Hindsight, read: Sequence[Passage], looks: Sequence[Look]) -> list[dict[str, float]]:
        return [dict.fromkeys(look.chances, 0.0) | chances[look.place.name if look.place else ""] for look in looks]

    monkeypatch.setattr(Hindsight, "chances", thought)
    found = observations(index, "The Harbour Men are known in Maracaibo. The Harbour Men are known in Lima.")
    assert {item.phase for item in said_of(found, "Lima")} == said


WHO = [
    ("In Lima the Harbour Men extort shopkeepers.", ["harbour-men"]),
    ("In Lima the Night Owls extort shopkeepers.", ["night-owls"]),
    ("The Harbour Men and the Night Owls are rivals. Both gangs extort shopkeepers in Lima.", ["harbour-men", "night-owls"]),
    ("Like their rivals the Harbour Men, the Night Owls extort shopkeepers in Lima.", ["harbour-men", "night-owls"]),
    # a rival behind the verb is whom it was done to; "both" are not always two gangs
    ("The Harbour Men sell drugs. They attacked two members of the rival Night Owls with machetes in Lima.", ["harbour-men"]),
    ("The Harbour Men sell drugs. The rival Night Owls extort shopkeepers in Lima.", ["night-owls"]),
    ("The Harbour Men met the Night Owls. The Night Owls extort shopkeepers in Lima and both markets of Cali.", ["night-owls"]),
    # who acts may be told by "the gang" or "it"; another name of the same, or somebody else behind a comma, acts itself
    ("The Harbour Men came to Quito. The gang attacked the Night Owls in Lima.", ["harbour-men"]),
    ("The Harbour Men came to Quito. They took over the market of Lima from the Night Owls.", ["harbour-men"]),
    ("The Harbour Men came to Quito. The gang known as the Night Owls extorts shopkeepers in Lima.", ["night-owls"]),
    ("The Harbour Men came to Quito. The members of the Night Owls extort shopkeepers in Lima.", ["night-owls"]),
    ("The Harbour Men came to Quito. They say the Night Owls extort shopkeepers in Lima.", ["night-owls"]),
    ("The Harbour Men came to Quito. While the gang slept, the Night Owls took over the taxis of Lima.", ["night-owls"]),
    ("The Night Owls are young. They extort shopkeepers in Lima.", ["night-owls"]),
    # "the gang" is the one that the map is about, rather than whom it was fighting; or the one that the sentence before is about
    ("The Harbour Men fought a war against the Night Owls. The gang extorts shopkeepers in Lima.", ["harbour-men"]),
    ("The Harbour Men left Quito. Last year the Night Owls came. They extort shopkeepers in Lima.", ["night-owls"]),
    # in a paragraph of its own it is the one that the map is about, unless the document hardly names it
    ("The Night Owls met in Cali.\n\nThe Night Owls and the Harbour Men met in Quito.\n\nThe gang extorts shopkeepers in Lima.", ["harbour-men"]),
    (6 * "The Night Owls met in Cali.\n\n" + "The Harbour Men met in Quito.\n\nThe gang extorts shopkeepers in Lima.", ["night-owls"]),
    # to whom a deed is credited did it, and not the one whom it was done to; a credit in another clause is another's
    ("The murder of a leader of the Night Owls in Lima in 2015 is attributed to the Harbour Men.", ["harbour-men"]),
    ("The bombing of the Night Owls' office in Lima in 2015 was blamed on the Harbour Men.", ["harbour-men"]),
    ("A member of the Night Owls was killed in Lima in 2015, the work of the Harbour Men.", ["harbour-men"]),
    ("The Harbour Men extort shopkeepers in Lima, where in 2015 a bomb in a market was attributed to the Night Owls.", ["harbour-men"]),
    # who is named before what is done does it, though another one is named nearer behind it
    ("The Harbour Men who had come from the coast extorted shopkeepers in Lima before the Night Owls did.", ["harbour-men"]),
    # whom another one acts upon does not act, nor with whom it fights, nor of whom it was a part; "by" says who acts
    ("The Harbour Men attacked the Night Owls in Lima in 2020.", ["harbour-men"]),
    ("Harbour Men gunmen killed two men of the Night Owls in Lima in 2020.", ["harbour-men"]),
    ("Two members of the Night Owls were murdered in Lima by the Harbour Men.", ["harbour-men"]),
    ("The Harbour Men are growing. The gang has disputed the shops of Lima with the Night Owls since 2020.", ["harbour-men"]),
    ("The Harbour Men, an offshoot of the Night Owls, extort shopkeepers in Lima.", ["harbour-men"]),
    ("Two men linked with the Night Owls shot a shopkeeper in Lima.", ["night-owls"]),
    ("The Harbour Men fought with the Night Owls, who extort shopkeepers in Lima.", ["night-owls"]),
    # two side by side act together; "and" before a clause of its own joins nobody
    ("The Harbour Men and the Night Owls extort shopkeepers in Lima.", ["harbour-men", "night-owls"]),
    ("The Harbour Men left Quito and the Night Owls extort shopkeepers in Lima.", ["night-owls"]),
]


@pytest.mark.parametrize(("text", "actors"), WHO)
def test_who(index: Index, text: str, actors: list[str]) -> None:
    assert sorted({str(item.actor) for item in said_of(observations(index, text), "Lima") if item.phase == "penetration"}) == actors


def test_who_is_named_in_the_places_own_part_of_the_sentence_acts_there(index: Index) -> None:
    found = observations(index, "In Lima the Night Owls extort shopkeepers; in Quito the Harbour Men do the same.")
    assert {(item.mention.surface, item.phase, item.actor) for item in found} == {
        ("Lima", "penetration", "night-owls"),
        ("Quito", "penetration", "harbour-men"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Los Hombres del Puerto atacaron con machetes a un integrante de los Night Owls en Lima.",
        "Los Hombres del Puerto crecen. En Lima le quitaron los comercios a los Night Owls a tiros.",
        "Los Hombres del Puerto crecen. Desde 2017 el grupo disputa con los Night Owls los comercios de Lima.",
        "Un vinculado a los Hombres del Puerto mató en Lima a un comerciante.",
    ],
)
def test_whom_another_one_acts_upon_in_spanish_does_not_act(index: Index, text: str) -> None:
    assert {item.actor for item in said_of(observations(index, text, code="es"), "Lima") if item.phase == "penetration"} == {"harbour-men"}


def test_who_is_credited_in_spanish(index: Index) -> None:
    text = "El asesinato de un jefe de los Night Owls en Lima, el 6 de enero de 2012, se atribuye también a los Hombres del Puerto."
    assert {item.actor for item in said_of(observations(index, text, code="es"), "Lima")} == {"harbour-men"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("In Lima the Harbour Men were driven out by the Night Owls.", "en"),
        ("The Harbour Men are in trouble. In Lima they were driven out by the Night Owls.", "en"),
        ("Los Hombres del Puerto intentaron entrar en Lima, pero fueron rechazados por el clan Night Owls.", "es"),
    ],
)
def test_who_drives_another_out_is_not_the_one_driven_out(index: Index, text: str, code: str) -> None:
    assert {item.actor for item in said_of(observations(index, text, code=code), "Lima") if item.phase == "contested"} == {"harbour-men"}


@pytest.mark.parametrize(
    ("text", "code", "actor"),
    [
        ("The Harbour Men are strong in Quito. But they failed in Lima: there the Night Owls drove out the newcomers.", "en", "harbour-men"),
        ("Los Hombres del Puerto vienen de Quito.\n\nNo lograron entrar en Lima: allí el clan Night Owls los expulsó.", "es", "harbour-men"),
        ("The Harbour Men are strong in Quito. The Night Owls were driven out of Lima by the police.", "en", "night-owls"),
    ],
)
def test_a_rival_where_somebody_is_kept_out_keeps_him_out_unless_the_sentence_begins_with_it(index: Index, text: str, code: str, actor: str) -> None:
    assert {item.actor for item in said_of(observations(index, text, code=code), "Lima") if item.phase == "contested"} == {actor}


def test_nothing_where_no_actor_is_named(index: Index) -> None:
    assert {item.phase for item in observations(index, "A bakers' guild opened a shop in Lima.")} == {"context"}


HORNET = """
[[actor]]
id = "vespa"
name = "Vespa velutina"
aliases = ["the hornet"]
[[phase]]
id = "first-records"
order = 1
like = "exploration"
cues = ["caught in ..3 trap*"]
[[phase]]
id = "control"
like = "disruption"
[[phase]]
id = "buzzing"
cues = [{ words = "hum* loudly", weight = 5 }]
"""


@pytest.mark.parametrize(
    ("text", "surface", "phase"),
    [
        ("In 2004 Vespa velutina arrived with a cargo of pottery in Lot-et-Garonne.", "Lot-et-Garonne", "first-records"),
        ("Inspectors destroyed eleven nests of Vespa velutina in Kent in 2021.", "Kent", "control"),
        ("Vespa velutina hums loudly in Bordeaux.", "Bordeaux", "buzzing"),
    ],
)
def test_phases_of_another_codebook(index: Index, text: str, surface: str, phase: str) -> None:
    assert phase in {item.phase for item in said_of(observations(index, text, codebook_text=HORNET), surface)}


SOCKS = """
[[actor]]
id = "harbour-men"
name = "Harbour Men"
[[phase]]
id = "penetration"
cues = [{{ words = "knit* ..2 socks", weight = {weight} }}]
"""


@pytest.mark.parametrize(("weight", "phases"), [(5, {"penetration"}), (1, set()), (-5, set())])
def test_a_cue_of_the_codebook_decides_or_hints_by_its_weight(index: Index, weight: int, phases: set[str]) -> None:
    found = observations(index, "The Harbour Men are known in Lima for knitting socks.", codebook_text=SOCKS.format(weight=weight))
    assert {item.phase for item in said_of(found, "Lima")} == phases


@pytest.mark.parametrize(("scope", "phases"), [("sentence", {"penetration"}), ("clause", set())])
def test_a_cue_of_the_codebook_may_speak_for_its_whole_sentence(index: Index, scope: str, phases: set[str]) -> None:
    codebook = SOCKS.format(weight=5).replace("weight = 5", f'weight = 5, scope = "{scope}"')
    text = "The Harbour Men wrote to Lima; in the port of Callao, it is said, their wives knit warm socks."
    assert {item.phase for item in said_of(observations(index, text, codebook_text=codebook), "Lima")} == phases


def test_a_word_in_a_name_says_nothing_of_how_it_is_told(index: Index) -> None:
    found = observations(index, "The Harbour Men opened a base at Port Said in 2015.")
    assert {(item.phase, item.status) for item in said_of(found, "Port Said")} == {("exploration", "confirmed")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lima, where the Harbour Men arrived in 2015, lies 20 km from Quito and borders Cali.", "en"),
        ("Los Hombres del Puerto llegaron en 2015 a Lima, que limita con Quito y con Cali.", "es"),
        ("Los Hombres del Puerto llegaron en 2015 a Lima, ciudad fronteriza con Cali.", "es"),
    ],
)
def test_what_only_bounds_a_place_is_not_told_of(index: Index, text: str, code: str) -> None:
    found = observations(index, text, code=code)
    assert {item.phase for item in said_of(found, "Lima")} == {"exploration"}
    assert said_of(found, "Cali") == []


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("ATHENS, March 3 (Wire) - Police arrested four members of the Harbour Men in Vari.", "en", {"Vari"}),
        ("Barcelona, 5 mar. - La Policía detuvo a cuatro de los Hombres del Puerto en Tarragona.", "es", {"Tarragona"}),
        # it is told of where no other town is named, or where it is named again
        ("ATHENS - Police arrested four members of the Harbour Men on Monday.", "en", {"ATHENS"}),
        ("ATHENS - Police arrested four members of the Harbour Men in Athens and Vari.", "en", {"Athens", "Vari"}),
        ("In Lima - the capital - police arrested four members of the Harbour Men, and two more in Quito.", "en", {"Lima", "Quito"}),
    ],
)
def test_where_a_dispatch_was_written_is_not_told_of(index: Index, text: str, code: str, expected: set[str]) -> None:
    assert {item.mention.surface for item in observations(index, text, code=code) if item.phase == "disruption"} == expected


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("En Quito una clica de los Hombres del Puerto llegada de Ahuachapán cobra extorsión a los buses.", "es", {"Quito"}),
        ("Los Hombres del Puerto extorsionan en Quito a los comerciantes llegados de Cali.", "es", {"Quito"}),
        ("La presencia de los Hombres del Puerto en Alemania se remonta a la emigración procedente de San Luca y Cirò.", "es", {"Alemania"}),
        ("The Harbour Men took over the market of Quito and extorted traders newly arrived from Cali.", "en", {"Quito"}),
        # but it may be where they are at home
        ("Los Hombres del Puerto, procedentes de Lima, donde fueron fundados, controlan el mercado de Quito.", "es", {"Lima", "Quito"}),
    ],
)
def test_where_people_came_from_is_not_told_of(index: Index, text: str, code: str, expected: set[str]) -> None:
    assert {item.mention.surface for item in observations(index, text, code=code) if item.phase != "context"} == expected


@pytest.mark.parametrize(
    ("text", "code", "grouped"),
    [
        ("The Harbour Men are strong in Lima and Quito.", "en", True),
        ("The Harbour Men are strong in Lima and in Quito.", "en", True),
        ("The Harbour Men are strong in Lima in Peru.", "en", False),
        ("Los Hombres del Puerto proceden de los valles de Arequipa y del Callao.", "es", True),
        ("Los Hombres del Puerto pasaron de Lima a Cusco.", "es", False),
    ],
)
def test_a_list_may_say_its_preposition_again(index: Index, text: str, code: str, grouped: bool) -> None:
    found = language(code)
    assert isinstance(found, Language)
    standing = Standing(PassageReader(book(), found))
    assert standing.group(passages(index, text, code)[0], 0) == ([0, 1] if grouped else [0])


@pytest.mark.parametrize(
    ("text", "code", "phases"),
    [
        ("The Harbour Men arrived in Quito in 2017. Lima has become the gateway for irregular migrants looking for a new life.", "en", set()),
        ("Lima has become the gateway for migrants whom the Harbour Men bring from Quito.", "en", {"exploration"}),
        ("Los Hombres del Puerto llegaron a Quito en 2017. Lima se ha convertido en la puerta de entrada de los migrantes irregulares.", "es", set()),
    ],
)
def test_what_people_who_move_make_of_a_place_tells_nothing_of_others(index: Index, text: str, code: str, phases: set[str]) -> None:
    assert {item.phase for item in said_of(observations(index, text, code=code), "Lima")} == phases
