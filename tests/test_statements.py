"""Phases of plain statements, each a text of its own: one row a case, with what a careful reader makes of it."""

from __future__ import annotations

from gazetteer.codebook import CONTEXT
from gazetteer.index import Index
from tests.reports import observations

STATEMENTS = [
    (
        "en",
        "The Harbour Men were founded in Cali in 1995. In 2010 they arrived in Quito. They sell cocaine in Guayaquil and extort shopkeepers in Manta.",
        "Cali origin;Quito exploration;Guayaquil penetration;Manta penetration",
    ),
    ("en", "The Harbour Men control the port of Lima.", "Lima penetration;Lima consolidation"),
    ("en", "The Harbour Men control the districts of Comas and Ate.", "Comas penetration;Comas consolidation;Ate penetration;Ate consolidation"),
    ("en", "The Harbour Men operate in Tacna, Arica and Iquique.", "Tacna exploration;Arica exploration;Iquique exploration"),
    ("en", "Police arrested 12 members of the Harbour Men in Valparaíso and Rancagua.", "Valparaíso disruption;Rancagua disruption"),
    ("en", "The Harbour Men launder money in Panama City and Miami.", "Panama City consolidation;Miami consolidation"),
    ("en", "The Harbour Men tried to enter Medellín but were driven out by a rival gang.", "Medellín contested"),
    ("en", "The Harbour Men smuggle migrants across the border at Colchane.", "Colchane exploration"),
    ("en", "The Harbour Men shot three members of a rival gang in Santiago in 2021.", "Santiago penetration"),
    ("en", "The Harbour Men bribed customs officers in Callao.", "Callao consolidation"),
    (
        "en",
        "The Harbour Men have members in Houston, Dallas and Chicago, the FBI said in Washington.",
        "Houston exploration;Dallas exploration;Chicago exploration",
    ),
    ("en", "The Harbour Men traffic women from Caracas to Bogotá, where they run the sex trade.", "Bogotá penetration"),
    ("en", "The group has its headquarters in Maracay, and the Harbour Men are led from there.", "Maracay origin"),
    ("en", "The Harbour Men recruited police officers in Rosario.", "Rosario consolidation"),
    ("en", "The Harbour Men charge taxi drivers in Cochabamba a weekly fee.", "Cochabamba penetration"),
    ("en", "The Harbour Men never reached Asunción.", ""),
    ("en", "A leader of the Harbour Men was extradited from Madrid.", "Madrid disruption"),
    (
        "en",
        "Operating in the Bronx, Queens and New Jersey, the Harbour Men trafficked cocaine.",
        "The Bronx penetration;Queens penetration;New Jersey penetration",
    ),
    ("es", "Los Hombres del Puerto controlan el puerto de Lima.", "Lima penetration;Lima consolidation"),
    ("es", "Los Hombres del Puerto operan en Tacna, Arica e Iquique.", "Tacna exploration;Arica exploration;Iquique exploration"),
    ("es", "La policía detuvo a doce integrantes de los Hombres del Puerto en Valparaíso y Rancagua.", "Valparaíso disruption;Rancagua disruption"),
    ("es", "Los Hombres del Puerto extorsionan a comerciantes de Manta y venden droga en Guayaquil.", "Manta penetration;Guayaquil penetration"),
    ("es", "Los Hombres del Puerto lavan dinero en Ciudad de Panamá.", "Panama City consolidation"),
    ("es", "Los Hombres del Puerto nacieron en Cali en 1995 y llegaron a Quito en 2010.", "Cali origin;Quito exploration"),
    ("es", "Los Hombres del Puerto intentaron entrar en Medellín, pero una banda rival los expulsó.", "Medellín contested"),
    ("es", "Los Hombres del Puerto sobornan a aduaneros en el Callao.", "Callao consolidation"),
    ("es", "Los Hombres del Puerto mataron a tres rivales en Santiago en 2021.", "Santiago penetration"),
    ("es", "Los Hombres del Puerto no tienen presencia en Asunción.", ""),
]


def test_what_is_said_plainly_is_understood(index: Index) -> None:
    right = found = wanted = 0
    for code, text, expected in STATEMENTS:
        marked = {item for item in expected.split(";") if item}
        read = {f"{item.place.name} {item.phase}" for item in observations(index, text, code=code) if item.phase != CONTEXT and item.place}
        right, found, wanted = right + len(marked & read), found + len(read), wanted + len(marked)
    # measured: .92; no single row is held to, for each may turn with the next model
    assert 2 * right / (found + wanted) >= 0.88
