"""Which of the places of a name is meant: one row a case, each name with the id of its place, ``-`` for none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gazetteer.index import Index
from gazetteer.mentions import Recognizer
from gazetteer.records import Level, Mention, Place, Resolution
from gazetteer.resolution import Resolver
from gazetteer.resolution.namesakes import groups
from gazetteer.resolution.ranking import FEATURES, named
from gazetteer.resolution.votes import Votes
from gazetteer.text.language import language
from tests.test_mentions import document

ENGLISH = [
    ("A store opened in Paris, Texas.", [("Paris", "gn:4717560"), ("Texas", "US-TX")]),
    ("A store opened in Paris, France.", [("Paris", "gn:2988507"), ("France", "FR")]),
    (
        "She went to Lyon, to Nantes, to Paris, Texas, and to London, Ontario.",
        [("Lyon", "gn:2996944"), ("Nantes", "gn:2990969"), ("Paris", "gn:4717560"), ("Texas", "US-TX"), ("London", "gn:6058560"), ("Ontario", "CA-ON")],
    ),
    (
        "The store in Alexandria, Virginia, was shut; the one in Alexandria, Egypt, is open.",
        [("Alexandria", "gn:4744091"), ("Virginia", "US-VA"), ("Alexandria", "gn:361058"), ("Egypt", "EG")],
    ),
    ("A man from Rome, Georgia, moved to Rome.", [("Rome", "gn:4219762"), ("Georgia", "US-GA"), ("Rome", "gn:4219762")]),
    (
        "It was seen in Paris and Lyon. A man from Paris, Texas, said so.",
        [("Paris", "gn:2988507"), ("Lyon", "gn:2996944"), ("Paris", "gn:4717560"), ("Texas", "US-TX")],
    ),
    # a country of several words is one, far from all else that the text speaks of
    (
        "The gang paid leaders in El Salvador. It ran cliques in Freeport, Brentwood and Huntington Station, in Suffolk and Nassau counties, and in Queens.",
        [
            ("El Salvador", "SV"),
            ("Freeport", "gn:5117949"),
            ("Brentwood", "gn:5110077"),
            ("Huntington Station", "gn:5121650"),
            ("Suffolk", "us-36103"),
            ("Nassau", "us-36059"),
            ("Queens", "gn:5133273"),
        ],
    ),
    ("He flew from Bogotá's El Dorado airport.", [("Bogotá", "gn:3688689"), ("El Dorado", "ea:el-dorado-international-airport-co")]),
    ("It spread through upstate New York and to New York's subway.", [("New York", "US-NY"), ("New York", "gn:5128581")]),
    ("The storm hit Georgia, Alabama and Tennessee.", [("Georgia", "US-GA"), ("Alabama", "US-AL"), ("Tennessee", "US-TN")]),
    (
        "The firm has sold cars in Mississippi for years. Georgia was opened in 2003 from Atlanta.",
        [("Mississippi", "US-MS"), ("Georgia", "US-GA"), ("Atlanta", "gn:4180439")],
    ),
    # an area by its own name and what it is, where another country has both in its name; a namesake of a world region, beside its like
    (
        "Ghana reported it from the Eastern Region; farmers near Koforidua took it for stem borers.",
        [("Ghana", "GH"), ("Eastern Region", "GH-EP"), ("Koforidua", "gn:2299522")],
    ),
    ("Zambia found it in Eastern Province and in Lusaka.", [("Zambia", "ZM"), ("Eastern Province", "ZM-03"), ("Lusaka", "gn:909137")]),
    (
        "It was found in the Northern Region and the Volta Region of Ghana.",
        [("Northern Region", "GH-NP"), ("Volta", "GH-TV"), ("Ghana", "GH")],
    ),
    # a line of a list or a table that a country or a state heads, and one that tells more
    (
        "Shops:\n\n- Peru: 3 (Trujillo)\n- **Honduras**: 19 shops (Trujillo and San Lorenzo)\n",
        [("Peru", "PE"), ("Trujillo", "gn:3691175"), ("Honduras", "HN"), ("Trujillo", "gn:3600591"), ("San Lorenzo", "gn:3601977")],
    ),
    (
        "| Area | Since | Towns |\n|---|---|---|\n| Georgia | May 2018 | Rome, Athens |\n| Greece | June 2018 | Athens |",
        [("Georgia", "US-GA"), ("Rome", "gn:4219762"), ("Athens", "gn:4180386"), ("Greece", "GR"), ("Athens", "gn:264371")],
    ),
    ("Peru: the leader of the gang had fled to Cali and Medellín.", [("Peru", "PE"), ("Cali", "gn:3687925"), ("Medellín", "gn:3674962")]),
    # names that old texts write apart
    ("Four sisters went to Civita Vecchia, and thence to Rome.", [("Civita Vecchia", "gn:3178587"), ("Rome", "gn:3169070")]),
    ("In Mexico they were at Vera Cruz from 1864 till 1867.", [("Mexico", "MX"), ("Vera Cruz", "gn:3514783")]),
    ("They kept a house at Vera Cruz, in Bahia.", [("Vera Cruz", "gn:3465813"), ("Bahia", "BR-BA")]),
    # an island that the gazetteer lacks is no town on another continent; the West is no town in Texas
    ("In Cape Verde larvae were found on the island of Santiago, near Praia.", [("Cape Verde", "CV"), ("Santiago", "-"), ("Praia", "gn:3374333")]),
    (
        "The Bishop of Galveston invited them to Texas. In the mining camps of the West they kept schools; San Antonio and Waco had one.",
        [("Galveston", "gn:4692883"), ("Texas", "US-TX"), ("West", "-"), ("San Antonio", "gn:4726206"), ("Waco", "gn:4739526")],
    ),
    ("A shop opened in West, Texas.", [("West", "gn:4740686"), ("Texas", "US-TX")]),
    # a river behind an article that states do not take; a county that the gazetteer has without that word
    ("He would not stop at the Limpopo, he said in Johannesburg.", [("Limpopo", "ea:limpopo-river"), ("Johannesburg", "gn:993800")]),
    # a river, a gulf, an island, where the word for it stands before a name that is a state's or a country's by itself
    ("Pirates attacked ships in the gulf of Guinea.", [("Guinea", "ea:gulf-of-guinea")]),
    ("The group took hostages on the island of Jolo, in the Philippines.", [("Jolo", "ea:jolo-ph"), ("Philippines", "PH")]),
    (
        "The Columbia-based firm has an office in Charleston, South Carolina.",
        [("Columbia", "gn:4575352"), ("Charleston", "gn:4574324"), ("South Carolina", "US-SC")],
    ),
    ("Pickets stood in the Limpopo town of Burgersfort, South Africa.", [("Limpopo", "ZA-LP"), ("Burgersfort", "gn:1014650"), ("South Africa", "ZA")]),
    ("It was found in Laisamis, in Marsabit County, Kenya.", [("Laisamis", "gn:189783"), ("Marsabit County", "gn:187585"), ("Kenya", "KE")]),
    ("It is made in Georgia, Armenia and Azerbaijan.", [("Georgia", "GE"), ("Armenia", "AM"), ("Azerbaijan", "AZ")]),
    ("She flew from London to Paris for the weekend.", [("London", "gn:2643743"), ("Paris", "gn:2988507")]),
    (
        "The fair in Paris, Ky., drew people from Lexington and Frankfort.",
        [("Paris", "gn:4303602"), ("Ky.", "US-KY"), ("Lexington", "gn:4297983"), ("Frankfort", "gn:4292188")],
    ),
    ("Tbilisi is the capital of Georgia, and Batumi its port.", [("Tbilisi", "gn:611717"), ("Georgia", "GE"), ("Batumi", "gn:615532")]),
    ("Batumi, Georgia, is a port.", [("Batumi", "gn:615532"), ("Georgia", "GE")]),
    ("He grew up in Sparta, a company town in Georgia.", [("Sparta", "gn:4223880"), ("Georgia", "US-GA")]),
    # a camp that the gazetteer lacks, and the great town of another continent that has its name as another spelling; what a heading is about
    (
        "In Congo it ran camps such as Madina, north of Eringeti, and the army took Madina in May.",
        [("Congo", "CD"), ("Madina", "-"), ("Eringeti", "ea:eringeti-cd"), ("Madina", "-")],
    ),
    (
        "The Pacific coast is calm.\n\n## Bolivia\n\nBoats were seized at Copacabana.",
        [("Pacific", "ea:pacific-ocean"), ("Bolivia", "BO"), ("Copacabana", "gn:3919189")],
    ),
    ("Atlanta and Savannah, Georgia, were hit by the storm.", [("Atlanta", "gn:4180439"), ("Savannah", "gn:4221552"), ("Georgia", "US-GA")]),
    ("Athens, Ga., is home to a university.", [("Athens", "gn:4180386"), ("Ga.", "US-GA")]),
    ("Athens and Thessaloniki are in Greece.", [("Athens", "gn:264371"), ("Thessaloniki", "gn:734077"), ("Greece", "GR")]),
    ("Police in Birmingham, Alabama, and Montgomery made arrests.", [("Birmingham", "gn:4049979"), ("Alabama", "US-AL"), ("Montgomery", "gn:4076784")]),
    (
        "Police in Birmingham, Coventry and Wolverhampton made arrests in the West Midlands.",
        [("Birmingham", "gn:2655603"), ("Coventry", "gn:2652221"), ("Wolverhampton", "gn:2633691"), ("West Midlands", "GB-x-west-midlands")],
    ),
    ("He moved from Cambridge, Massachusetts, to Boston.", [("Cambridge", "gn:4931972"), ("Massachusetts", "US-MA"), ("Boston", "gn:4930956")]),
    ("He moved from Cambridge to Oxford, in England.", [("Cambridge", "gn:2653941"), ("Oxford", "gn:2640729"), ("England", "GB-ENG")]),
    ("The gang reached Santiago and Valparaíso in Chile.", [("Santiago", "gn:3871336"), ("Valparaíso", "gn:3868626"), ("Chile", "CL")]),
    (
        "A hurricane hit the cities of Santiago, La Vega and Puerto Plata in the Dominican Republic.",
        [("Santiago", "gn:3492914"), ("La Vega", "gn:3509382"), ("Puerto Plata", "gn:3493175"), ("Dominican Republic", "DO")],
    ),
    (
        "A hurricane hit Santiago, La Vega and Puerto Plata in the Dominican Republic.",
        [("Santiago", "gn:3492914"), ("La Vega", "gn:3509382"), ("Puerto Plata", "gn:3493175"), ("Dominican Republic", "DO")],
    ),
    ("It spread from the capital city of Jalisco to Nayarit.", [("Jalisco", "MX-JAL"), ("Nayarit", "MX-NAY")]),
    ("Two men were held at King's Lynn, Norfolk, in England.", [("King's Lynn", "gn:2645456"), ("Norfolk", "GB-NFK"), ("England", "GB-ENG")]),
    ("Forces took Managua, the capital of Nicaragua.", [("Managua", "gn:3617763"), ("Nicaragua", "NI")]),
    ("The militia controls Goma, in eastern Congo.", [("Goma", "gn:216281"), ("Congo", "CD")]),
    ("Brazzaville, in Congo, was raided.", [("Brazzaville", "gn:2260535"), ("Congo", "CG")]),
    ("In Mozambique, cholera reached Gaza.", [("Mozambique", "MZ"), ("Gaza", "MZ-G")]),
    ("Two men were held in Maryland.", [("Maryland", "US-MD")]),
    ("Two men were held in Ontario.", [("Ontario", "CA-ON")]),
    ("The triad is run from Hong Kong and owns casinos in Macau.", [("Hong Kong", "HK"), ("Macau", "MO")]),
    (
        "Cocaine was seized at Opa-locka, in Coeur d'Alene and in King's Lynn.",
        [("Opa-locka", "gn:4167003"), ("Coeur d'Alene", "gn:5589173"), ("King's Lynn", "gn:2645456")],
    ),
    ("Kafolo lies on Côte d'Ivoire's border with Burkina Faso.", [("Kafolo", "gn:2287682"), ("Côte d'Ivoire", "CI"), ("Burkina Faso", "BF")]),
    ("Santiago de Cuba lies in the east of Cuba.", [("Santiago de Cuba", "gn:3536729"), ("Cuba", "CU")]),
    ("The fire near Santa Cruz, California, spread toward Monterey.", [("Santa Cruz", "gn:5393052"), ("California", "US-CA"), ("Monterey", "gn:5374361")]),
    ("San Jose and Oakland, California, lost jobs.", [("San Jose", "gn:5392171"), ("Oakland", "gn:5378538"), ("California", "US-CA")]),
    ("The gang runs trails at Cúcuta, on the border of Colombia and Venezuela.", [("Cúcuta", "gn:3685533"), ("Colombia", "CO"), ("Venezuela", "VE")]),
    (
        "Barcelona and Puerto La Cruz are towns in Anzoátegui, Venezuela.",
        [("Barcelona", "gn:3648559"), ("Puerto La Cruz", "gn:3629672"), ("Anzoátegui", "VE-B"), ("Venezuela", "VE")],
    ),
    ("Barcelona beat Madrid in Spain.", [("Barcelona", "gn:3128760"), ("Madrid", "gn:3117735"), ("Spain", "ES")]),
    (
        "He was born in Valencia, Carabobo, and grew up in Maracay, Venezuela.",
        [("Valencia", "gn:3625549"), ("Carabobo", "VE-G"), ("Maracay", "gn:3632998"), ("Venezuela", "VE")],
    ),
    ("Valencia and Alicante are on the coast of Spain.", [("Valencia", "gn:2509954"), ("Alicante", "gn:2521978"), ("Spain", "ES")]),
    ("Mérida, Yucatán, is a city in Mexico.", [("Mérida", "gn:3523349"), ("Yucatán", "MX-YUC"), ("Mexico", "MX")]),
    ("Trujillo and Chiclayo are in the north of Peru.", [("Trujillo", "gn:3691175"), ("Chiclayo", "gn:3698350"), ("Peru", "PE")]),
    ("Cordoba and Rosario are large cities in Argentina.", [("Cordoba", "gn:3860259"), ("Rosario", "gn:3838583"), ("Argentina", "AR")]),
    ("Córdoba and Seville are cities in Spain.", [("Córdoba", "gn:2519240"), ("Seville", "gn:2510911"), ("Spain", "ES")]),
    ("The state of New York sued the city of New York.", [("New York", "US-NY"), ("New York", "gn:5128581")]),
    ("The provincial council of Salta and the city council of Salta met.", [("Salta", "AR-A"), ("Salta", "gn:3838233")]),
    ("The Arequipa governor asked for help.", [("Arequipa", "PE-ARE")]),
    ("The city of Lima lies in the region of Lima.", [("Lima", "gn:3936456"), ("Lima", "PE-LIM")]),
    ("The port of Callao is near Lima.", [("Callao", "gn:3946083"), ("Lima", "gn:3936456")]),
    ("A base in San Martín de Porres, a district of Lima, was raided.", [("San Martín de Porres", "ea:san-martin-de-porres-lima-pe"), ("Lima", "gn:3936456")]),
    ("Officials in Washington, D.C., met those from Ottawa.", [("Washington", "gn:4140963"), ("D.C.", "gn:4140963"), ("Ottawa", "gn:6094817")]),
    ("The state of Washington has 39 counties.", [("Washington", "US-WA")]),
    ("Springfield, Illinois, is the capital of the state.", [("Springfield", "gn:4250542"), ("Illinois", "US-IL")]),
    ("Springfield, Missouri, is near Branson.", [("Springfield", "gn:4409896"), ("Missouri", "US-MO"), ("Branson", "gn:4378219")]),
    ("Portland and Salem are in Oregon.", [("Portland", "gn:5746545"), ("Salem", "gn:5750162"), ("Oregon", "US-OR")]),
    ("Portland and Bangor are in Maine.", [("Portland", "gn:4975802"), ("Bangor", "gn:4957280"), ("Maine", "US-ME")]),
    ("Homicides rose in the county of San Diego, California.", [("San Diego", "us-06073"), ("California", "US-CA")]),
    ("Homicides rose in the counties of Riverside and Orange, in California.", [("Riverside", "us-06065"), ("Orange", "us-06059"), ("California", "US-CA")]),
    ("Homicides rose in Riverside, California.", [("Riverside", "gn:5387877"), ("California", "US-CA")]),
    ("Miami-Dade, Florida, has a new sheriff.", [("Miami-Dade", "us-12086"), ("Florida", "US-FL")]),
    # what the words beside a name say, with the gazetteer's own word for it; or where one candidate alone is such a thing
    ("The San Juan river flooded towns in Colombia.", [("San Juan", "ea:san-juan-river-colombia-co"), ("Colombia", "CO")]),
    ("They lie between the rivers Tigris and Euphrates.", [("Tigris", "ea:tigris"), ("Euphrates", "ea:euphrates")]),
    ("Four people were taken from the island of Samal.", [("Samal", "ea:samal-island-ph")]),
    ("The gang was founded at Tocorón prison and took root in Texas.", [("Tocorón", "ea:tocoron-prison-ve"), ("Texas", "US-TX")]),
    # a park without its generic word, where that stands beside it or nothing else is called so
    (
        "Hikers went missing in Kibale National Park and in the Virunga and Kruger parks.",
        [("Kibale National Park", "ea:kibale-national-park-ug"), ("Virunga", "ea:virunga-national-park-cd"), ("Kruger", "ea:kruger-national-park-za")],
    ),
    ("Poachers were caught in Yosemite.", [("Yosemite", "ea:yosemite-national-park-us")]),
    ("Harris County, Texas, includes Houston.", [("Harris County", "us-48201"), ("Texas", "US-TX"), ("Houston", "gn:4699066")]),
    ("Orange County, Florida, includes Orlando.", [("Orange County", "us-12095"), ("Florida", "US-FL"), ("Orlando", "gn:4167147")]),
    ("Orange County, California, includes Anaheim.", [("Orange County", "us-06059"), ("California", "US-CA"), ("Anaheim", "gn:5323810")]),
    ("The sheriff of Madison County, Alabama, lives in Huntsville.", [("Madison County", "us-01089"), ("Alabama", "US-AL"), ("Huntsville", "gn:4068590")]),
    ("Kent, Wash., lies south of Seattle.", [("Kent", "gn:5799625"), ("Wash.", "US-WA"), ("Seattle", "gn:5809844")]),
    ("Victoria, British Columbia, lies across from Vancouver.", [("Victoria", "gn:6174041"), ("British Columbia", "CA-BC"), ("Vancouver", "gn:6173331")]),
    ("Melbourne is the capital of Victoria, in Australia.", [("Melbourne", "gn:2158177"), ("Victoria", "AU-VIC"), ("Australia", "AU")]),
    ("Hamilton and Toronto are in Ontario.", [("Hamilton", "gn:5969782"), ("Toronto", "gn:6167865"), ("Ontario", "CA-ON")]),
    ("Hamilton and Auckland are in New Zealand.", [("Hamilton", "gn:2190324"), ("Auckland", "gn:2193733"), ("New Zealand", "NZ")]),
    ("Perth and Dundee are in Scotland.", [("Perth", "gn:2640358"), ("Dundee", "gn:2650752"), ("Scotland", "GB-SCT")]),
    ("Perth and Fremantle are in Western Australia.", [("Perth", "gn:2063523"), ("Fremantle", "gn:2071223"), ("Western Australia", "AU-WA")]),
    ("Tripoli and Benghazi are in Libya.", [("Tripoli", "gn:2210247"), ("Benghazi", "gn:88319"), ("Libya", "LY")]),
    ("Tripoli and Beirut are in Lebanon.", [("Tripoli", "gn:266826"), ("Beirut", "gn:276781"), ("Lebanon", "LB")]),
    ("Hyderabad and Karachi are in Pakistan.", [("Hyderabad", "gn:1176734"), ("Karachi", "gn:1174872"), ("Pakistan", "PK")]),
    ("Hyderabad and Chennai are in India.", [("Hyderabad", "gn:1269843"), ("Chennai", "gn:1264527"), ("India", "IN")]),
    ("Lagos and Abuja are in Nigeria.", [("Lagos", "gn:2332459"), ("Abuja", "gn:2352778"), ("Nigeria", "NG")]),
    ("Lagos and Faro are in Portugal.", [("Lagos", "gn:2267226"), ("Faro", "gn:2268339"), ("Portugal", "PT")]),
    ("Niger borders Nigeria, Chad and Mali.", [("Niger", "NE"), ("Nigeria", "NG"), ("Chad", "TD"), ("Mali", "ML")]),
    ("The Congo River runs past Kinshasa and Brazzaville.", [("Congo River", "ea:congo-river"), ("Kinshasa", "gn:2314302"), ("Brazzaville", "gn:2260535")]),
    ("Kosovo and Serbia signed an accord in Brussels.", [("Kosovo", "XK"), ("Serbia", "RS"), ("Brussels", "gn:2800866")]),
    ("Puerto Rico and Hong Kong were hit by storms.", [("Puerto Rico", "PR"), ("Hong Kong", "HK")]),
    ("Venezuelans crossed the Darién Gap into Panama.", [("Venezuelans", "VE"), ("Darién Gap", "ea:darien-gap"), ("Panama", "PA")]),
    ("They came to the Big Apple from Miami.", [("Big Apple", "gn:5128581"), ("Miami", "gn:4164138")]),
    ("LIMA, Peru - Nine people were held.", [("LIMA", "gn:3936456"), ("Peru", "PE")]),
    ("BUENOS AIRES, Argentina - Nine people were held.", [("BUENOS AIRES", "gn:3435910"), ("Argentina", "AR")]),
    ("They met in Zzyxqaville.", [("Zzyxqaville", "-")]),
    ("Naples and Rome are in Italy.", [("Naples", "gn:3172394"), ("Rome", "gn:3169070"), ("Italy", "IT")]),
    (
        "The gang came to Arica, Iquique and Tarapacá in northern Chile.",
        [("Arica", "gn:3899361"), ("Iquique", "gn:3887127"), ("Tarapacá", "CL-TA"), ("Chile", "CL")],
    ),
    ("The group took over Celaya, an industrial city in Guanajuato.", [("Celaya", "gn:4014875"), ("Guanajuato", "MX-GUA")]),
    ("The gang operates in Bogotá's Kennedy district.", [("Bogotá", "gn:3688689"), ("Kennedy", "gn:7033318")]),
    (
        "He was moved from Tocorón prison to Yare prison in Venezuela.",
        [("Tocorón", "ea:tocoron-prison-ve"), ("Yare", "ea:yare-prison-ve"), ("Venezuela", "VE")],
    ),
    ("The region of Callao borders on Lima.", [("Callao", "PE-CAL"), ("Lima", "gn:3936456")]),
    ("Congolese troops hold Kinshasa and Goma.", [("Congolese", "CD"), ("Kinshasa", "gn:2314302"), ("Goma", "gn:216281")]),
    (
        "Congolese troops hold Brazzaville and Pointe-Noire in the Republic of the Congo.",
        [("Congolese", "CG"), ("Brazzaville", "gn:2260535"), ("Pointe-Noire", "gn:2255414"), ("Republic of the Congo", "CG")],
    ),
    ("Chihuahuan traders came from the state of Chihuahua, in Mexico.", [("Chihuahuan", "MX-CHH"), ("Chihuahua", "MX-CHH"), ("Mexico", "MX")]),
]
SPANISH = [
    # a river by what is done on it, a dam that is known by its lake
    (
        "Remontó el Paraná y navegó por el Magdalena. Cruzó el Ucayali y vive en el Magdalena.",
        [("Paraná", "ea:parana-river"), ("Magdalena", "ea:magdalena-river-co"), ("Ucayali", "ea:ucayali-river-pe"), ("Magdalena", "CO-MAG")],
    ),
    ("La represa de Yacyretá fue cerrada.", [("Yacyretá", "ea:yacyreta-reservoir")]),
    ("Cruzó el río Uruguay cerca de Salto, en Uruguay.", [("Uruguay", "ea:uruguay-river"), ("Salto", "gn:3440714"), ("Uruguay", "UY")]),
    ("Los contrabandistas pasan el río Paraná.", [("Paraná", "ea:parana-river")]),
    ("El río Suchiate separa a Guatemala de México.", [("Suchiate", "ea:suchiate-river"), ("Guatemala", "GT"), ("México", "MX")]),
    (
        "La banda llegó a Encarnación y a Posadas, al otro lado del Paraná.",
        [("Encarnación", "gn:3438735"), ("Posadas", "gn:3429886"), ("Paraná", "ea:parana-river")],
    ),
    ("La banda llegó a Curitiba y a otras ciudades del Paraná, en Brasil.", [("Curitiba", "gn:3464975"), ("Paraná", "BR-PR"), ("Brasil", "BR")]),
    ("La banda llegó a Santiago y Antofagasta, en Chile.", [("Santiago", "gn:3871336"), ("Antofagasta", "gn:3899539"), ("Chile", "CL")]),
    (
        "Un terremoto sacudió Santiago de los Caballeros, en República Dominicana.",
        [("Santiago de los Caballeros", "gn:3492914"), ("República Dominicana", "DO")],
    ),
    ("Fue detenido en San Cristóbal, estado Táchira.", [("San Cristóbal", "gn:3628473"), ("Táchira", "VE-S")]),
    ("El ministro viajó de Bogotá a Caracas y a La Paz.", [("Bogotá", "gn:3688689"), ("Caracas", "gn:3646738"), ("La Paz", "gn:3911925")]),
    ("El gobernador de Córdoba, en Colombia, visitó Montería.", [("Córdoba", "CO-COR"), ("Colombia", "CO"), ("Montería", "gn:3674453")]),
    ("La ciudad de Córdoba, en Argentina, tiene un aeropuerto.", [("Córdoba", "gn:3860259"), ("Argentina", "AR")]),
    ("En Pasto, Nariño, hay una sede desde 2019.", [("Pasto", "gn:3672778"), ("Nariño", "CO-NAR")]),
    ("En Barcelona, Anzoátegui, hubo tres detenidos.", [("Barcelona", "gn:3648559"), ("Anzoátegui", "VE-B")]),
    ("En Barcelona y Tarragona hubo huelga en Cataluña.", [("Barcelona", "gn:3128760"), ("Tarragona", "gn:3108288"), ("Cataluña", "ES-CT")]),
    ("La región de Lima y la ciudad de Lima.", [("Lima", "PE-LIM"), ("Lima", "gn:3936456")]),
    (
        "En Estados Unidos, la banda opera en Nueva York, Denver y Chicago.",
        [("Estados Unidos", "US"), ("Nueva York", "gn:5128581"), ("Denver", "gn:5419384"), ("Chicago", "gn:4887398")],
    ),
    ("Los hechos ocurrieron en Santa Cruz de la Sierra, Bolivia.", [("Santa Cruz de la Sierra", "gn:3904906"), ("Bolivia", "BO")]),
    (
        "Lo detuvieron en el aeropuerto Jorge Chávez de Lima.",
        [("Jorge Chávez", "ea:jorge-chavez-international-airport-pe"), ("Lima", "gn:3936456")],
    ),
    ("La banda controla el barrio Buenos Aires de Medellín.", [("Buenos Aires", "ea:buenos-aires-medellin-co"), ("Medellín", "gn:3674962")]),
    ("La red lavaba dinero en Roma, Amberes y Ginebra.", [("Roma", "gn:3169070"), ("Amberes", "gn:2803138"), ("Ginebra", "gn:2660646")]),
    ("El virus llegó a Anse-à-Pitres, en Haití.", [("Anse-à-Pitres", "gn:3731126"), ("Haití", "HT")]),
    ("Viajaron en un vuelo de Buenos Aires a Madrid.", [("Buenos Aires", "gn:3435910"), ("Madrid", "gn:3117735")]),
    ("El cartel controla media docena de ciudades de Guanajuato.", [("Guanajuato", "MX-GUA")]),
    # an adjective between what a place is and its name
    ("Una plaga afecta a la región chilena de Valparaíso.", [("chilena", "CL"), ("Valparaíso", "CL-VS")]),
    ("Hubo detenidos en la ciudad argentina de Córdoba.", [("argentina", "AR"), ("Córdoba", "gn:3860259")]),
    ("Hubo detenidos en el departamento colombiano de Córdoba.", [("colombiano", "CO"), ("Córdoba", "CO-COR")]),
    ("Hubo detenidos en los estados mexicanos de Colima y Durango.", [("mexicanos", "MX"), ("Colima", "MX-COL"), ("Durango", "MX-DUR")]),
    # who governs, and what
    ("La gobernadora de Puebla y el alcalde de Puebla lo negaron.", [("Puebla", "MX-PUE"), ("Puebla", "gn:3521081")]),
    ("El gobierno regional de Arequipa pidió ayuda en Arequipa.", [("Arequipa", "PE-ARE"), ("Arequipa", "gn:3947322")]),
    # a county of the United States, whose own name has "County" in it
    (
        "La policía del condado de Los Ángeles, en California, y la del condado de Riverside lo buscan.",
        [("Los Ángeles", "us-06037"), ("California", "US-CA"), ("Riverside", "us-06065")],
    ),
    (
        "En el Chocó crecieron los ríos Atrato y San Juan.",
        [("Chocó", "CO-CHO"), ("Atrato", "ea:atrato-river-co"), ("San Juan", "ea:san-juan-river-colombia-co")],
    ),
    ("Viven en la isla de San Andrés.", [("San Andrés", "ea:san-andres-island-co")]),
    ("Dos turistas se perdieron en el parque de la Pendjari, en Benín.", [("Pendjari", "ea:pendjari-national-park-bj"), ("Benín", "BJ")]),
]


def resolved(index: Index, text: str, code: str = "en", resolver: Resolver | None = None) -> list[Resolution]:
    found = language(code)
    assert found is not None
    read = document(text, code)
    return (resolver or Resolver(index)).resolve(read, Recognizer(index, found).find(read).mentions)


def ids(resolutions: Sequence[Resolution]) -> list[tuple[str, str]]:
    return [(item.mention.surface, item.place.id if item.place else "-") for item in resolutions]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_places_in_english(index: Index, text: str, expected: list[tuple[str, str]]) -> None:
    assert ids(resolved(index, text)) == expected


@pytest.mark.parametrize(("text", "expected"), SPANISH)
def test_places_in_spanish(index: Index, text: str, expected: list[tuple[str, str]]) -> None:
    assert ids(resolved(index, text, "es")) == expected


def test_what_is_not_known_says_so(index: Index) -> None:
    (found,) = resolved(index, "They met in Zzyxqaville.")
    assert (found.place, found.reason, found.method, found.alternatives) == (None, "the gazetteer has no such name", "none", ())


@pytest.mark.parametrize(
    ("text", "language", "surface", "expected"),
    [
        ("They met in Buenos Aires, in Imbabura.", "en", "Buenos Aires", "-"),
        ("Se vieron en Buenos Aires, en Imbabura.", "es", "Buenos Aires", "-"),
        ("They dug for gold at Songo, in southern Sudan.", "en", "Songo", "-"),
        ("They met at Hamilton in New Zealand.", "en", "Hamilton", "NZ"),
        ("Vivían en Santa Rosa, en el sur de Ecuador.", "es", "Santa Rosa", "EC"),
        ("They met in Paris, in the state of Texas.", "en", "Paris", "US"),
        ("The gangs of Caracas in Peru moved on.", "en", "Caracas", "VE"),
        ("They fled Lima in July.", "en", "Lima", "PE"),
        ("Cells were found in Lima, in Colombia and in Spain.", "en", "Lima", "PE"),
        ("Hubo redadas en Lima, en Colombia y en España.", "es", "Lima", "PE"),
    ],
)
def test_where_the_text_puts_a_name(index: Index, text: str, language: str, surface: str, expected: str) -> None:
    found = next(item for item in resolved(index, text, language) if item.mention.surface == surface)
    assert (found.place.country if found.place else "-") == expected


def test_a_name_that_is_known_elsewhere_says_so(index: Index) -> None:
    first, _, again = resolved(index, "They met in Buenos Aires, in Imbabura, and left Buenos Aires in May.")
    assert (first.place, first.reason) == (None, "the gazetteer has no place of that name where the text puts it")
    assert (again.place, again.reason) == (None, "the gazetteer has no place of that name where the text puts it")


def test_alternatives_are_ranked_and_differ_from_the_place(index: Index) -> None:
    found = resolved(index, "A store opened in Paris, Texas.")[0]
    assert found.place is not None
    assert found.place.id not in {other.place.id for other in found.alternatives}
    scores = [found.score, *(other.score for other in found.alternatives)]
    assert scores == sorted(scores, reverse=True)


def test_features_add_up_to_the_chances(index: Index) -> None:
    """What is learned from and explained is what is ranked with."""
    resolver = Resolver(index)
    text = "Portland, Oregon, and Salem lie near Vancouver, Washington."
    groups = resolver.groups(
        text, [Mention(text.index(name), text.index(name) + len(name), name, "literal") for name in ("Portland", "Oregon", "Salem", "Vancouver", "Washington")]
    )
    resolver.rank_first(groups)
    countries, units = named(groups)
    votes = Votes(groups)
    for group in groups:
        rows = resolver.features(group, groups, countries, units, votes)
        scores = [sum(resolver.weights[number] * value for number, value in row.items()) for row in rows]
        assert all(0 <= number < len(FEATURES) for row in rows for number in row)
        assert max(range(len(scores)), key=scores.__getitem__) == max(range(len(scores)), key=group.chances.__getitem__)


# ------------------------------------------------------------------ an online geocoder behind it


class Answers:
    """A geocoder that answers from a list, and keeps what it was asked."""

    def __init__(self, *places: Place) -> None:
        self.places = {place.name: place for place in places}
        self.asked: list[tuple[str, str, tuple[Level, ...]]] = []

    def locate(self, surface: str, country: str = "", levels: Sequence[Level] = ()) -> Place | None:
        self.asked.append((surface, country, tuple(levels)))
        return self.places.get(surface)


def place(name: str, country: str, level: Level, latitude: float, longitude: float) -> Place:
    return Place(f"online:{name}", name, country, "", "", level, latitude, longitude, 1.0, 0, "test")


def test_online_is_asked_only_for_what_is_not_known(index: Index) -> None:
    online = Answers(place("Zzyxqaville", "PE", "locality", -12.0, -77.0))
    found = resolved(index, "They met in Zzyxqaville, near Lima, in Peru.", resolver=Resolver(index, online=online))
    assert online.asked == [("Zzyxqaville", "PE", ())]
    assert ids(found) == [("Zzyxqaville", "online:Zzyxqaville"), ("Lima", "gn:3936456"), ("Peru", "PE")]
    assert [item.method for item in found] == ["online", "gazetteer", "gazetteer"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("They met in Zzyxqaville, Peru.", place("Zzyxqaville", "PH", "locality", 14.0, 121.0)),  # set in another country
        ("They met in Zzyxqaville and in Lima, Peru.", place("Zzyxqaville", "PH", "locality", 14.0, 121.0)),  # of which the text does not speak
        ("They met in Zzyxqaville prison in Lima, Peru.", place("Zzyxqaville", "PE", "locality", -12.0, -77.0)),  # a town, but a prison is meant
    ],
)
def test_online_never_stands_where_the_text_contradicts_it(index: Index, text: str, answer: Place) -> None:
    found = resolved(index, text, resolver=Resolver(index, online=Answers(answer)))
    assert [item.place for item in found if item.mention.surface == "Zzyxqaville"] == [None]


@pytest.mark.parametrize(
    ("code", "text", "held", "listed"),
    [
        ("en", "A ship left Horta in the Azores.", True, False),
        ("es", "Un barco salió de Horta, en las Azores.", True, False),
        ("es", "Un barco salió de Horta en las Azores.", True, False),
        ("en", "It is made in Peru and the Netherlands.", False, True),
        ("es", "Se fabrica en Perú y los Países Bajos.", False, True),
    ],
)
def test_words_between_two_names(index: Index, code: str, text: str, held: bool, listed: bool) -> None:
    found = language(code)
    assert found is not None
    first, second = groups(index, text, Recognizer(index, found).find(document(text, code)).mentions)
    assert (first.containers, second.contents) == (([1], [0]) if held else ([], []))
    assert (first.neighbours, second.neighbours) == (([1], [0]) if listed else ([], []))
