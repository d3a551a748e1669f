"""A sentence as the encoder reads it: English words, and actors that are called the same everywhere."""

from __future__ import annotations

import pytest

from gazetteer.index import Index
from gazetteer.phases.retelling import Reteller, context_of
from gazetteer.text.language import language
from tests.reports import passages

RETOLD = [
    # the tracked actor and another one; an article before the name is not said twice
    ("en", "The Harbour Men reached Lima in 2018.", "The group reached Lima in 2018 ."),
    ("en", "Harbour Men beat the Night Owls.", "the group beat the rival ."),
    # both of them at once, where both were named before
    ("en", "The Harbour Men fought the Night Owls until the two gangs shared Lima.", "The group fought the rival until the two the group shared Lima ."),
    # Spanish, word by word: what English does without goes, names of places stay
    ("es", "Los Hombres del Puerto se instalaron en Lima.", "the group settled in Lima ."),
    ("es", "Fueron detenidos dos sicarios en Cali.", "were arrested two hitmen in Cali ."),
    # a phrase that means something else than its words one by one; the longest that fits; none that a name is part of
    ("es", "Los Hombres del Puerto echaron raíces al otro lado de la frontera.", "the group took root on the other side of the border ."),
    ("es", "Los Hombres del Puerto se quedaron con el mercado de Cali a mediados del año.", "the group took over the market of Cali in mid the year ."),
    ("es", "Son migrantes de paso en Tacna.", "are migrants in transit in Tacna ."),
    ("es", "Llegaron de Paso de los Libres.", "arrived of Paso de los Libres ."),
    # a word that has no gloss stays as it is
    ("es", "Llegaron a Tacna los zafarranchistas.", "arrived to Tacna the zafarranchistas ."),
]


@pytest.mark.parametrize(("code", "text", "words"), RETOLD)
def test_retold(index: Index, code: str, text: str, words: str) -> None:
    found = language(code)
    assert found is not None
    (passage,) = passages(index, text, code)
    assert " ".join(Reteller(found, "harbour-men").retell(passage).words) == words


def test_spans_are_those_of_the_retold_words(index: Index) -> None:
    spanish = language("es")
    assert spanish is not None
    (passage,) = passages(index, "Los Hombres del Puerto se mudaron de San Juan de Lurigancho a Cali.", "es")
    found = Reteller(spanish, "harbour-men").retell(passage)
    assert [" ".join(found.words[start:end]) for start, end in found.spans] == ["San Juan de Lurigancho", "Cali"]


def test_context_is_the_heading_and_the_sentence_before(index: Index) -> None:
    english = language("en")
    assert english is not None
    heading, before, _ = passages(index, "# Moving south\n\nThe Harbour Men came by bus. They settled in Tacna.", "en")
    reteller = Reteller(english, "harbour-men")
    assert context_of(reteller, heading, before) == ("#", "Moving", "south", "|", "The", "group", "came", "by", "bus", ".")
    assert context_of(reteller, None, None) == ()


def test_every_language_but_english_has_glosses() -> None:
    spanish, english = language("es"), language("en")
    assert spanish is not None
    assert english is not None
    glosses = spanish.glosses()
    assert len(glosses) > 15_000
    assert [glosses[word] for word in ("cárceles", "llegaron", "se", "desarticuló")] == ["prisons", "arrived", "-", "dismantled"]
    assert all(gloss and gloss == gloss.strip() and word == word.lower() for word, gloss in glosses.items())
    assert english.glosses() == {}
