"""Sentences that name no place go on about the places named before them in their paragraph, or do not."""

from __future__ import annotations

import pytest

from gazetteer.index import Index
from gazetteer.phases import SAID as LEAST
from gazetteer.phases import PhaseTagger
from gazetteer.phases.silent import Silent
from gazetteer.training.instances import Preparer
from gazetteer.training.markup import read_all
from tests.reports import observations
from tests.scoring import HELD_OUT

CAME = "The Harbour Men opened a brothel in Lima in 2018. "
SAID = [
    ("en", CAME + "Two years later police raided it and arrested nine members of the gang.", {("disruption", "Lima", "2020")}),
    # of all that a list names
    (
        "en",
        "The Harbour Men reached Lima and Quito in 2018. By 2020 the gang taxed every shop and had bought the chief of police.",
        {("penetration", "Lima", "2020"), ("penetration", "Quito", "2020")},
    ),
    # of what the other one says where it lies, nothing
    (
        "en",
        "Irving, in Texas, is where the Harbour Men came first, in 2018. In 2020 the police arrested nine of their members.",
        {("disruption", "Irving", "2020")},
    ),
    (
        "es",
        "En 2018 los Hombres del Puerto llegaron a Lima. Dos años después la policía detuvo a nueve integrantes de la banda.",
        {("disruption", "Lima", "2020")},
    ),
    # nothing of a place where something was denied, nor in another paragraph, nor farther on
    ("en", "Police never found a cell of the Harbour Men in Arequipa. In 2020 police arrested nine of their members.", set()),
    ("en", "The Harbour Men reached Lima in 2018.\n\nIn 2020 police arrested nine of their members.", set()),
    ("en", CAME + "It rained. The street was quiet. Nobody came. Then it stopped. In 2020 police arrested nine of their members.", set()),
    # a sentence that tells of no spread says nothing of it
    ("en", CAME + "Their leader was born in 1971.", set()),
]


@pytest.mark.parametrize(("code", "text", "said"), SAID)
def test_what_a_sentence_without_a_place_says(index: Index, code: str, text: str, said: set[tuple[str, str, str]]) -> None:
    found = [item for item in observations(index, text, code=code) if item.mention.start < item.evidence_start]
    assert {(item.phase, item.mention.surface, item.date) for item in found} == said


def test_its_evidence_is_the_sentence_itself(index: Index) -> None:
    text = CAME + "Two years later police raided it and arrested nine members of the gang."
    (found,) = [item for item in observations(index, text) if item.phase == "disruption"]
    assert text[found.evidence_start : found.evidence_end] == "Two years later police raided it and arrested nine members of the gang."
    assert (text[found.mention.start : found.mention.end], found.method) == ("Lima", "gazetteer+anaphora")
    assert "arrested" in found.cue


def test_a_phase_of_the_codebooks_own_is_said_by_its_cues(index: Index) -> None:
    book = (
        '[[actor]]\nid = "hornet"\nname = "Hornet"\n\n[[phase]]\nid = "seen"\norder = 1\nlike = "exploration"\n\n'
        '[[phase]]\nid = "sealed"\ncues = [{ words = "sealed off", weight = 5 }]\n\n[[phase]]\nid = "context"\n'
    )
    found = observations(index, "The Hornet arrived in Lyon in 2018. A year later the orchard was sealed off.", codebook_text=book)
    assert [(item.phase, item.mention.surface, item.date) for item in found] == [("seen", "Lyon", "2018"), ("sealed", "Lyon", "2019")]


def test_both_are_two_places_however_far_apart_they_were_named(index: Index) -> None:
    text = "Exit holes of the Harbour Men were found in Lima in December 2007 and in Quito two years later. Both infestations were destroyed in 2010."
    found = [(item.mention.surface, item.date) for item in observations(index, text) if item.phase == "disruption"]
    assert found == [("Lima", "2010"), ("Quito", "2010")]


def test_the_encoder_is_not_asked_where_no_answer_would_count(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    heard = Silent._heard
    monkeypatch.setattr(Silent, "_heard", lambda self, passage, *rest: asked.append(" ".join(passage.words)) or heard(self, passage, *rest))
    observations(index, CAME + "It rained all week. Two years later police raided it and arrested nine members of the gang.")
    assert asked == ["two years later police raided it and arrested nine members of the gang "]


@pytest.mark.parametrize("name", ["d03-05", "g04-05"])
def test_nothing_is_left_out_that_would_be_said(index: Index, name: str) -> None:
    (reading,) = [item for item in read_all(HELD_OUT) if item.id == name]
    prepared = Preparer(index).prepare(reading)
    tagger = PhaseTagger(prepared.passage_reader, prepared.codebook)
    every, asked = list(tagger.judge(prepared.passages)), list(tagger.judge(prepared.passages, LEAST))
    assert len(asked) < len(every)
    assert [item for item in every if item.said] == [item for item in asked if item.said]
