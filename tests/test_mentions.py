"""Which names of a text are places, and in which sense: one row a case."""

from __future__ import annotations

import pytest

from gazetteer.documents.segmentation import segment
from gazetteer.index import Index
from gazetteer.mentions import Recognizer
from gazetteer.mentions.extents import Extents
from gazetteer.records import Document
from gazetteer.text.language import language
from gazetteer.text.tokens import Tokens

ACTORS = ("Tren de Aragua", "TdA", "Cartel de Sinaloa", "Vancouver Lions", "Ejército Gaitanista")
L, E, M, D = "literal", "embedded", "metonymic", "demonym"


def document(text: str, code: str = "en") -> Document:
    found = language(code)
    assert found is not None
    sections, sentences = segment(text, found)
    return Document("d", "d.txt", text, "", "", "", "", code, "F", "", "unknown", sections, sentences)


@pytest.fixture(scope="module")
def recognizers(index: Index) -> dict[str, Recognizer]:
    found = {code: language(code) for code in ("en", "es")}
    return {code: Recognizer(index, known, ACTORS) for code, known in found.items() if known}


def kinds(recognizer: Recognizer, text: str) -> list[tuple[str, str]]:
    return [(mention.surface, mention.kind) for mention in recognizer.find(document(text, recognizer.language.code)).mentions]


ENGLISH = [
    ("It reached Prince George's County and Prince William County in May.", [("Prince George's County", L), ("Prince William County", L)]),
    # what stands in a name is not the place itself
    ("Tren de Aragua was born in a prison in Aragua state.", [("Aragua", E), ("Aragua", L)]),
    ("Members of the Cartel de Sinaloa met in Tijuana.", [("Sinaloa", E), ("Tijuana", L)]),
    ("The New York Post said so on Friday.", [("New York", E)]),
    ("An editor of the Chicago Tribune flew to Denver.", [("Chicago", E), ("Denver", L)]),
    ("The New York Police Department made two arrests in Queens.", [("New York", E), ("Queens", L)]),
    ("He studied at the University of Michigan before he moved to Ohio.", [("Michigan", E), ("Ohio", L)]),
    ("The Bank of England raised its rate.", [("England", E)]),
    ("Heroin grew in Ústí nad Labem and Varnsdorf.", [("Ústí nad Labem", L), ("Varnsdorf", L)]),
    ("They fled El Jocote on foot.", [("El Jocote", L)]),
    ("The Supreme Court of Florida sat in Tallahassee.", [("Florida", E), ("Tallahassee", L)]),
    ("The National Police of Peru raided homes in Tacna.", [("Peru", E), ("Tacna", L)]),
    ("The Vancouver Lions opened a club in Calgary.", [("Vancouver", E), ("Calgary", L)]),
    ("Ontario Provincial Police officers drove to Sudbury.", [("Ontario", E), ("Sudbury", L)]),
    ("A society founded at the University of Benin in Nigeria.", [("Benin", E), ("Nigeria", L)]),
    # the word behind a name says that it is an area
    ("The gang opened a bar in China's Guangdong province.", [("China", L), ("Guangdong", L)]),
    ("The gang arrived in Vietnam's Quang Ninh province in 2014.", [("Vietnam", L), ("Quang Ninh", L)]),
    ("Traders went to Myanmar's Karen state and to Thailand's Tak province.", [("Myanmar", L), ("Karen", L), ("Thailand", L), ("Tak", L)]),
    ("Jordan Hebei spoke of the northern province.", []),
    # a district of a court is none
    ("Prosecutors in the Southern District of Texas charged ten people.", [("Texas", E)]),
    # an Arabic article in small letters belongs to its noun; in what the gazetteer does not know it may be a group's or a person's
    ("Fighters left al-Bab and al-Raqqa in Syria.", [("al-Bab", L), ("al-Raqqa", L), ("Syria", L)]),
    ("It besieged el-Fasher and moved from el-Arish to Deir ez-Zor.", [("el-Fasher", L), ("el-Arish", L), ("Deir ez-Zor", L)]),
    ("Al-Raqqa fell in 2017.", [("Al-Raqqa", L)]),
    ("Fighters of Jaish al-Adl and Bashar al-Assad were in Homs.", [("Homs", L)]),
    ("Members of al-Shabaab arrived in al-Mukalla.", [("al-Mukalla", L)]),
    # the capitals of a headline; what every town has; a prison by its town; where somebody was born
    ("Eight Members Charged in New Jersey With Romance Scam and Fraud Conspiracies", [("New Jersey", L)]),
    ("Man Sentenced in Florida To Ten Years", [("Florida", L)]),
    ("Two Men Extradited From Spain To Ohio On Drug Charges", [("Spain", L), ("Ohio", L)]),
    ("He spoke at City Hall in Dublin.", [("Dublin", L)]),
    ("They are held in Maroua Central Prison and in the prison of Mora.", [("Maroua", L), ("Mora", L)]),
    ("DOB 10 Sep 1989; POB Dublin; nationality Ireland; address Palm Jumeirah, Dubai.", [("Dublin", L), ("Ireland", L), ("Palm Jumeirah", L), ("Dubai", L)]),
    # a day that is called after a place
    ("They came to Darwin on the Australia Day weekend.", [("Darwin", L), ("Australia", E)]),
    ("In Australia day labourers went to Darwin.", [("Australia", L), ("Darwin", L)]),
    # newspapers, ships, firms, and half a name
    ("A journalist of El País flew to Bern.", [("Bern", L)]),
    ("Reports in the Daily Nation of a find in Kisumu were wrong.", [("Kisumu", L)]),
    ("It was driven out of Tenosique by the Jalisco cartel.", [("Tenosique", L), ("Jalisco", E)]),
    ("Maputo was the base of Gilberto dos Santos, its supplier.", [("Maputo", L)]),
    # a list is governed by what stands before the whole of it
    ("Four groups operating around Timbuktu, Kidal and Mopti pledged allegiance.", [("Timbuktu", L), ("Kidal", L), ("Mopti", L)]),
    ("Police in Nigeria, Italy and Canada say that it has grown.", [("Nigeria", L), ("Italy", L), ("Canada", L)]),
    ("Bologna, 3 October 2024\n\nThe hornet has been seen in Spain.", [("Bologna", L), ("Spain", L)]),
    ("Homicides rise in Arica, says a researcher at AthenaLab, a conservative think tank.", [("Arica", L)]),
    ("They flew to Kambiya, a company town, as the news outlet El Deber reported.", [("Kambiya", L)]),
    ("The director of the National Central Bureau Ottawa flew to Bern.", [("Ottawa", E), ("Bern", L)]),
    ("Operation “Porto Seguro” led to arrests in Lisbon.", [("Porto Seguro", E), ("Lisbon", L)]),
    ("The operation in Lima ended.", [("Lima", L)]),
    ("The freighter *Guayaquil* sank off Peru.", [("Guayaquil", E), ("Peru", L)]),
    ("They met in a Toyota showroom in Helsingborg.", [("Toyota", E), ("Helsingborg", L)]),
    ("The plant stands in Toyota, the other in Helsingborg.", [("Toyota", L), ("Helsingborg", L)]),
    ("Sibanye-Stillwater runs mines in Montana.", [("Montana", L)]),
    ("They won at Lonmin's Marikana mine.", [("Marikana", L)]),
    ("A Georgia Bureau of Investigation agent drove to Macon.", [("Georgia", E), ("Macon", L)]),
    ("The director of Tennessee's Methamphetamine Task Force spoke.", [("Tennessee", L)]),
    # a name is read once, inside a body's name as a part of it
    ("Officials in Woodstock signed the permit. Woodstock General Hospital will open in May.", [("Woodstock", L), ("Woodstock", E)]),
    # what stands in a list of places is one, whatever else it may be called
    ("It reached Mombasa, Dar es Salaam and Kinshasa.", [("Mombasa", L), ("Dar es Salaam", L), ("Kinshasa", L)]),
    ("The disease spread from Wuhan to Lombardy, Madrid and New York.", [("Wuhan", L), ("Lombardy", L), ("Madrid", L), ("New York", L)]),
    ("It was confirmed in Warren, Mercer and Hunterdon counties.", [("Warren", L), ("Mercer", L), ("Hunterdon", L)]),
    ("Outbreaks were reported from Quang Nam, Ha Tinh and Bac Kan.", [("Quang Nam", L), ("Ha Tinh", L), ("Bac Kan", L)]),
    ("They spoke with Mercer, Hunterdon and Bac Kan.", [("Hunterdon", L), ("Bac Kan", L)]),
    # cells of a table
    ("| Date | Port |\n|---|---|\n| 2018 | Máncora |\n| 2019 | Ilo |", [("Máncora", L), ("Ilo", L)]),
    ("Callao | Peru\nDenver | CO", [("Callao", L), ("Peru", L), ("Denver", L), ("CO", L)]),
    # an area may have "and" in its name; two towns have it between them
    (
        "The regions of northern Chile – Arica and Parinacota, Tarapacá and Antofagasta – came first.",
        [("Chile", L), ("Arica and Parinacota", L), ("Tarapacá", L), ("Antofagasta", L)],
    ),
    ("They met in Arica and Antofagasta.", [("Arica", L), ("Antofagasta", L)]),
    # people are no places
    ("General José de San Martín reached Lima in 1821.", [("Lima", L)]),
    ("Paris Hilton opened a hotel in Manila.", [("Manila", L)]),
    ("Senator Lindsey Graham and Jack London never met in Boston.", [("Boston", L)]),
    ("Mr. Houston, a lawyer, said the case was closed.", []),
    ("Virginia Woolf lived in London.", [("London", L)]),
    ("Prosecutor Camila Santiago spoke to reporters in Quito.", [("Quito", L)]),
    # nicknames, and the shortest span that still names the place
    ("They came to the Big Apple last summer.", [("Big Apple", L)]),
    ("He was held in Tocorón prison for a year.", [("Tocorón", L)]),
    ("He was sent to Tocorón Penitentiary.", [("Tocorón", L)]),
    ("Shots were heard in the Kennedy neighborhood.", [("Kennedy", L)]),
    ("The department of Norte de Santander is on the border.", [("Norte de Santander", L)]),
    ("They crossed the Simón Bolívar International Bridge on foot.", [("Simón Bolívar International Bridge", L)]),
    ("New York City has five boroughs.", [("New York City", L)]),
    ("The mine lies near El Callao.", [("El Callao", L)]),
    ("It is the southern tip of South America.", [("South America", L)]),
    ("A gang from northern Chile moved into southern Peru.", [("Chile", L), ("Peru", L)]),
    # containers
    ("She grew up in Santa Cruz, Bolivia.", [("Santa Cruz", L), ("Bolivia", L)]),
    ("A store opened in Paris, Texas.", [("Paris", L), ("Texas", L)]),
    ("He was arrested in Aurora, Colo., on Monday.", [("Aurora", L), ("Colo.", L)]),
    ("A fire broke out in London, Ky.", [("London", L), ("Ky.", L)]),
    ("Police in Springfield, Mass. are looking for him.", [("Springfield", L), ("Mass.", L)]),
    ("She works in Charleston, W.Va., for a bank.", [("Charleston", L), ("W.Va.", L)]),
    ("Two suspects fled from Portland, Maine, to Quebec, Canada.", [("Portland", L), ("Maine", L), ("Quebec", L), ("Canada", L)]),
    # abbreviations
    ("Cells are active across the U.S. and in Mexico.", [("U.S.", L), ("Mexico", L)]),
    ("Arrests rose in the US last year.", [("US", L)]),
    ("A former US marshal was shot.", [("US", D)]),
    ("It grew in the U.K. after 2015.", [("U.K.", L)]),
    ("He left for the UAE.", [("UAE", L)]),
    ("They met in Washington, D.C., in May.", [("Washington", L), ("D.C.", L)]),
    # demonyms
    # a people whose name a small town or an alias has too; a town of the name where the words say so
    ("Malian and Ivorian forces held the road.", [("Malian", D), ("Ivorian", D)]),
    ("The police held Kazakh and Chechen robbers.", [("Kazakh", D), ("Chechen", D)]),
    ("A farmer in Canadian, Texas, lost his cattle.", [("Canadian", L), ("Texas", L)]),
    ("Venezuelan migrants were robbed in Lima.", [("Venezuelan", D), ("Lima", L)]),
    ("Two Peruvians and a Colombian were held.", [("Peruvians", D), ("Colombian", D)]),
    ("A Texan bought the farm.", [("Texan", D)]),
    ("South Korean troops left Iraq.", [("South Korean", D), ("Iraq", L)]),
    ("Most New Yorkers take the train.", [("New Yorkers", D)]),
    ("Latin American gangs recruit online.", [("Latin American", D)]),
    # all capitals, datelines, headings
    ("LIMA, Peru — Police arrested nine people on Tuesday.", [("LIMA", L), ("Peru", L)]),
    ("BOGOTÁ (Reuters) - Soldiers found a camp.", [("BOGOTÁ", L)]),
    ("DENVER -- A judge ruled on Monday.", [("DENVER", L)]),
    # lists
    ("Cells were found in Lima, Trujillo, Chiclayo and Piura.", [("Lima", L), ("Trujillo", L), ("Chiclayo", L), ("Piura", L)]),
    ("It grew in the states of Táchira, Zulia and Bolívar.", [("Táchira", L), ("Zulia", L), ("Bolívar", L)]),
    ("Countries such as Chile, Peru, and Ecuador shut their borders.", [("Chile", L), ("Peru", L), ("Ecuador", L)]),
    # possessives
    ("Bogotá's Kennedy district is poor.", [("Bogotá", L), ("Kennedy", L)]),
    ("Chile’s northern border was closed.", [("Chile", L)]),
    ("Texas’ governor went to Houston.", [("Texas", L), ("Houston", L)]),
    # accents and their absence
    ("They moved from Bogota to Medellin.", [("Bogota", L), ("Medellin", L)]),
    ("The road runs from São Paulo to Asunción.", [("São Paulo", L), ("Asunción", L)]),
    # hyphens
    ("They were stopped at the US-Mexico border.", [("US", L), ("Mexico", L)]),
    ("Beds in Cúcuta cost US$2 a night, or US\\$40 a month.", [("Cúcuta", L)]),
    ("The Colombia–Venezuela border is long.", [("Colombia", L), ("Venezuela", L)]),
    ("They were held in Baden-Württemberg on Sunday.", [("Baden-Württemberg", L)]),
    # a name over the end of a line
    ("After two years of quiet the group reached New\nYork in the spring, where it met with others, and\nstayed.", [("New\nYork", L)]),
    ("The second cell, it seems, moved to Santa\nCruz de la Sierra, and was found there\nlater.", [("Santa\nCruz de la Sierra", L)]),
    # metonymy
    ("The United States and Canada have signed a treaty.", [("United States", M), ("Canada", M)]),
    ("Mexico has agreed to send troops.", [("Mexico", M)]),
    ("A partnership between the United States and Canada was announced.", [("United States", M), ("Canada", M)]),
    # a direction alone is a heading
    ("**West.** Shops in Cork opened.\n\n**East.** One in Lima closed.", [("Cork", L), ("Lima", L)]),
    # regions that are called by what lies in them
    ("The Baltic states were added in 2006.", [("Baltic states", L)]),
    ("It sells in the Nordic countries and in the Baltic States.", [("Nordic countries", L), ("Baltic States", L)]),
    ("It sells in the states of Lagos and Borno.", [("Lagos", L), ("Borno", L)]),
    ("They work at Kenya Airways.", [("Kenya", E)]),
    # water, mountains, regions
    ("They paddled down the Amazon River to Manaus.", [("Amazon River", L), ("Manaus", L)]),
    ("Migrants walk through the Darién Gap.", [("Darién Gap", L)]),
    ("The gang spread through Latin America and into Europe.", [("Latin America", L), ("Europe", L)]),
    ("Farms on the Gulf Coast were flooded.", [("Gulf Coast", L)]),
    ("Boats cross the Caribbean Sea by night.", [("Caribbean Sea", L)]),
    # ordinary words
    ("Police said the Company will close its Store on May 3.", []),
    ("He likes reading, but nice weather is rare in march.", []),
    ("The Church and the State were parted.", []),
    ("God bless America, he said.", [("America", L)]),
    ("The council sits in Northern Nigeria.", [("Northern Nigeria", L)]),
    ("Farmers in northern Nigeria lost cattle.", [("Nigeria", L)]),
    ("Mizoram lost maize worth millions; Kasungu and Zomba lost a third of it.", [("Mizoram", L), ("Kasungu", L), ("Zomba", L)]),
    ("Brazil lost 2-1; Peru lost to Chile, and Kenya lost the match.", [("Brazil", M), ("Peru", M), ("Chile", L), ("Kenya", M)]),
    ("It opened offices in the Volta Region of Ghana.", [("Volta", L), ("Ghana", L)]),
    ("The state of New York sued the city of New York.", [("New York", L), ("New York", L)]),
    ("Dakota and Renville counties in Minnesota share a judge.", [("Dakota", L), ("Renville", L), ("Minnesota", L)]),
    ("In Laurel County, Kentucky, a bridge fell.", [("Laurel County", L), ("Kentucky", L)]),
]
SPANISH = [
    # what lies in the town behind it, and an airport that is called after a person
    ("La banda controla el barrio Siloé de Cali.", [("Siloé", L), ("Cali", L)]),
    ("Cayeron en la colonia Roma de Ciudad de México.", [("Roma", L), ("Ciudad de México", L)]),
    ("Viven en el barrio Santa Rosa de Lima.", [("Santa Rosa de Lima", L)]),
    ("Ocurrió en el barrio Antonia Santos y en la vereda Juan Frío.", [("Antonia Santos", L), ("Juan Frío", L)]),
    ("Dispararon cerca del puente Francisco de Paula Santander.", []),
    ("El gobernador de Santander, Mauricio Aguilar, y la fiscal, Trinidad Steinert, viajaron a Mauricio.", [("Santander", L), ("Mauricio", L)]),
    ("La Policía de Norte de Santander capturó a ocho. El gobernador de Santander lo confirmó.", [("Norte de Santander", E), ("Santander", L)]),
    ("Lo detuvieron en el aeropuerto internacional Jorge Chávez de Lima.", [("Jorge Chávez", L), ("Lima", L)]),
    ("Luis Pérez de Cali llegó con Jorge Chávez.", [("Cali", L)]),
    ("Tomaron al-Hasaka y Deir ez-Zor, en Siria.", [("al-Hasaka", L), ("Deir ez-Zor", L), ("Siria", L)]),
    ("El Día de Andalucía cerraron los bares de Sevilla.", [("Andalucía", E), ("Sevilla", L)]),
    ("En el Día de Canarias cerraron los bares de Sevilla.", [("Día de Canarias", E), ("Sevilla", L)]),
    ("Nació en Fuzhou, en la provincia china de Fujian.", [("Fuzhou", L), ("china", D), ("Fujian", L)]),
    # an article with a capital inside a sentence belongs to the name
    ("Agricultores de La Ligua y de El Guabo viajaron al Zulia.", [("La Ligua", L), ("El Guabo", L), ("Zulia", L)]),
    ("# El Caribe\n\nEl Zulia está lejos.", [("Caribe", L), ("Zulia", L)]),
    # a body's name begins where its word stands, however far before "of"
    ("La Policía Nacional del Perú allanó once viviendas en Tacna.", [("Perú", E), ("Tacna", L)]),
    ("El Juzgado de Instrucción n.º 38 de Madrid lo investiga.", [("Madrid", E)]),
    ("Un estudio de la Universidad de los Andes habla de Cali.", [("Cali", L)]),
    ("La Fiscalía Regional de Arica y Parinacota pidió diez años.", [("Arica y Parinacota", E)]),
    # who acts stands right behind where
    ("Y en Argentina Prefectura retuvo cuarenta lanchas.", [("Argentina", L)]),
    ("En Perú Indecopi la multó y en Chile Carabineros los detuvo.", [("Perú", L), ("Chile", L)]),
    # Finns and Cantonese have an accent
    ("A fines de mayo un finés cruzó los cantones de Suiza.", [("finés", D), ("Suiza", L)]),
    # una ciudad entre dos de una lista; un diario, un buque
    ("Había llegado a Cali, Buga y Armenia.", [("Cali", L), ("Buga", L), ("Armenia", L)]),
    ("Un periodista de El País habló de Suiza.", [("Suiza", L)]),
    ("Los más golpeados son Prado, Villarrica y Purificación.", [("Prado", L), ("Villarrica", L), ("Purificación", L)]),
    ("Mataron a educadores de Valladolid y de Ruan.", [("Valladolid", L), ("Ruan", L)]),
    ("Buscan a un primo de Lima y de Oro nada saben.", [("Lima", L)]),
    ("El buque *Guayaquil* zarpó hacia Panamá.", [("Panamá", L)]),
    # a street is not the town that it is called after
    ("El tiroteo ocurrió en la Avenida Sarandí, en Montevideo, no en la Plaza de Mayo.", [("Montevideo", L), ("Plaza de Mayo", L)]),
    ("Nació en Paita, en la calle Zepita; la plaza San Martín y la Av. Corrientes quedan lejos.", [("Paita", L)]),
    ("Vende en la plaza de Trujillo.", [("Trujillo", L)]),
    ("El Tren de Aragua llegó a Lima en 2018.", [("Aragua", E), ("Lima", L)]),
    ("La banda opera en Bogotá, Cali y Medellín.", [("Bogotá", L), ("Cali", L), ("Medellín", L)]),
    ("El diario La Nación de Buenos Aires lo publicó.", [("Buenos Aires", L)]),
    ("Fue detenido en el estado Táchira, en Venezuela.", [("Táchira", L), ("Venezuela", L)]),
    ("Los migrantes venezolanos cruzaron a Chile.", [("venezolanos", D), ("Chile", L)]),
    ("La policía de Santiago de Chile detuvo a dos colombianos.", [("Santiago de Chile", L), ("colombianos", D)]),
    ("El general San Martín cruzó los Andes.", [("Andes", L)]),
    ("Viven en la ciudad de Guayaquil, Ecuador.", [("Guayaquil", L), ("Ecuador", L)]),
    ("El penal de Tocorón fue tomado en septiembre.", [("Tocorón", L)]),
    ("Una célula opera en el norte de Chile.", [("Chile", L)]),
    ("El departamento de Norte de Santander limita con Venezuela.", [("Norte de Santander", L), ("Venezuela", L)]),
    ("Viajaron desde San Cristóbal hasta Cúcuta por una trocha.", [("San Cristóbal", L), ("Cúcuta", L)]),
    ("Los limeños protestaron en Miraflores.", [("limeños", D), ("Miraflores", L)]),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_kinds_in_english(recognizers: dict[str, Recognizer], text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(recognizers["en"], text) == expected


@pytest.mark.parametrize(("text", "expected"), SPANISH)
def test_kinds_in_spanish(recognizers: dict[str, Recognizer], text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(recognizers["es"], text) == expected


def test_an_actor_stays_one_inside_a_longer_name(recognizers: dict[str, Recognizer]) -> None:
    found = recognizers["es"].find(document("El Ejército Gaitanista de Colombia llegó a Turbo.", "es"))
    assert [(mention.surface, mention.kind) for mention in found.mentions] == [("Colombia", E), ("Turbo", L)]
    assert [" ".join(found.tokens.texts[span.start : span.end]) for span in found.names if span.type == "ACT"] == ["Ejército Gaitanista"]


@pytest.mark.parametrize(
    ("text", "tagged", "expected"),
    [
        ("They fish the East China Sea.", "China Sea", "East China Sea"),  # no place is called "China Sea"
        ("They fish East of Lima Bay.", "Lima Bay", "Lima Bay"),
        ("They sailed the Baltic states.", "Baltic", "Baltic states"),
    ],
)
def test_a_name_that_the_tagger_cut_is_whole_again(recognizers: dict[str, Recognizer], text: str, tagged: str, expected: str) -> None:
    known = recognizers["en"]
    tokens = Tokens(text)
    extents = Extents(tokens, known.matcher.all(tokens), known.matcher, known.classes, frozenset({0}))
    start = tokens.texts.index(tagged.split(maxsplit=1)[0])
    ((first, last),) = extents.whole([(start, start + len(tagged.split()))])
    assert text[tokens.starts[first] : tokens.ends[last - 1]] == expected
