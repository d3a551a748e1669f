"""The trainers: each learns from a few small readings a model that its stage can use."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from gazetteer.codebook import GENERAL_PHASES, Phase
from gazetteer.errors import InputError
from gazetteer.hidden_layer import network_of
from gazetteer.index import LEVELS, Index
from gazetteer.mentions.level_words import model_of
from gazetteer.mentions.tagger import LABELS, Tagger
from gazetteer.observations.claims import StatusModel
from gazetteer.observations.dating import DateChoice, Dater, scorer_of
from gazetteer.phases.model import PhaseModel
from gazetteer.phases.silent import SilentModel
from gazetteer.records import Mention
from gazetteer.resolution import Resolver
from gazetteer.resolution.ranking import FEATURES
from gazetteer.resolution.shortlist import SEEN
from gazetteer.text.language import language
from gazetteer.text.tokens import Tokens
from gazetteer.training.agreement import f1, same_start
from gazetteer.training.folds import folds
from gazetteer.training.options import MODELS, Options

claims = pytest.importorskip("gazetteer.training.claims", reason="needs the extras of training")
dating = pytest.importorskip("gazetteer.training.dating")
hindsight = pytest.importorskip("gazetteer.training.hindsight")
level_words = pytest.importorskip("gazetteer.training.level_words")
phases = pytest.importorskip("gazetteer.training.phases")
ranker = pytest.importorskip("gazetteer.training.ranker")
shortlist = pytest.importorskip("gazetteer.training.shortlist")
silent = pytest.importorskip("gazetteer.training.silent")
tagger = pytest.importorskip("gazetteer.training.tagger")

HEAD = """published: 2019-10
actor: men | Harbour Men
place: pe | Peru | PE | country | -9.2 | -75
place: co | Colombia | CO | country | 4 | -73
place: lima-pe | Lima | PE | locality | -12.04 | -77.03
place: cucuta-co | Cúcuta | CO | locality | 7.89 | -72.51
place: rosa-pe | Santa Rosa | PE | locality | -11.8 | -77.1
place: rosa-co | Santa Rosa | CO | locality | 4.9 | -75.6

"""
READINGS = {
    "one": """The Harbour Men first arrived in [Lima](lima-pe) in 2011.{lima-pe exploration 2011 year confirmed}
Police arrested four of the Harbour Men in [Cúcuta](cucuta-co) in May 2014.{cucuta-co disruption 2014-05 month confirmed}
The Harbour Men may have members in [Santa Rosa](rosa-co), [Colombia](co).{rosa-co exploration - document suspected}
""",
    "two": """The Harbour Men arrived in [Cúcuta](cucuta-co) in 2012.{cucuta-co exploration 2012 year confirmed}
According to police, the Harbour Men extort shops in [Lima](lima-pe).{lima-pe penetration - document reported}
Police arrested the leader of the Harbour Men in [Santa Rosa](rosa-pe), [Peru](pe), in 2016.{rosa-pe disruption 2016 year confirmed}
""",
    "three": """Reports say that the Harbour Men arrived in [Peru](pe).{pe exploration - document reported}
The Harbour Men may control the port of [Lima](lima-pe) since 2013.{lima-pe penetration 2013/.. year suspected}
Soldiers arrested nine of the Harbour Men in [Lima](lima-pe) on 3 March 2017.{lima-pe disruption 2017-03-03 day confirmed}
""",
}
NAMED = {
    "id": "n",
    "text": "Ann Smith of Acme Bank lives in Lima. Bob Jones went to Peru with Ann Smith.",
    "names": [
        {"start": 0, "end": 9, "type": "PER"},
        {"start": 13, "end": 22, "type": "ORG"},
        {"start": 32, "end": 36, "type": "LOC"},
        {"start": 38, "end": 47, "type": "PER"},
        {"start": 56, "end": 60, "type": "LOC"},
        {"start": 66, "end": 75, "type": "PER"},
    ],
}
PLACED = {
    "id": "p",
    "text": "Troops marched from Lima to Santa Rosa.",
    "toponyms": [{"start": 20, "end": 24, "lat": -12.0, "lon": -77.0}, {"start": 28, "end": 38, "lat": -11.8, "lon": -77.1}],
}


@pytest.fixture
def options(tmp_path: Path, small_index: Index, monkeypatch: pytest.MonkeyPatch) -> Options:
    monkeypatch.setenv("EXPANSION_ATLAS_INDEX", str(small_index.folder))
    readings, corpora = tmp_path / "readings", tmp_path / "corpora"
    for folder in (readings, corpora):
        folder.mkdir()
    for name, text in READINGS.items():
        (readings / f"{name}.txt").write_text(HEAD + text, "utf-8")
    for name, row in (("gum", NAMED), ("ewt", NAMED), ("wotr", PLACED)):
        (corpora / f"{name}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    return Options(readings, corpora, tmp_path / "out", tmp_path / "snippets", folds=0)


def model(options: Options, name: str) -> dict[str, object]:
    found = json.loads((options.out / name).read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_tagger_tells_places_from_people(options: Options) -> None:
    tagger.train(options)
    learned = Tagger(**model(options, "tagger.json"))  # type: ignore[arg-type]
    place, person = learned.decode([["w=lima", "-1=in"]]), learned.decode([["w=ann", "h=Xxf"], ["w=smith", "h=Xxl"]])
    assert [LABELS[label] for label in place + person] == ["B-LOC", "B-PER", "I-PER"]


def test_ranker_takes_the_place_in_the_country_that_follows(options: Options, small_index: Index) -> None:
    ranker.train(options)
    weights = model(options, "ranker.json")
    resolver = Resolver(small_index, [float(str(weights[name])) for name in FEATURES])
    text = "From Santa Rosa, Peru, by sea."
    mentions = [Mention(5, 15, "Santa Rosa", "literal"), Mention(17, 21, "Peru", "literal")]
    groups = resolver.groups(text, mentions)
    resolver.rank_first(groups)
    best = max(range(len(groups[0].numbers)), key=groups[0].chances.__getitem__)
    assert small_index.place(groups[0].numbers[best]).id == "gn:1"


def test_words_tell_the_level_of_what_they_stand_at(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(level_words, "_LEAST", 1)
    level_words.train(options)
    learned = model_of(model(options, "level_words.json"))  # type: ignore[arg-type]
    tokens = Tokens("They arrived in Quito in 2011. They landed in Quito, Quito.")
    town, country = LEVELS.index("locality"), LEVELS.index("country")
    behind_in, behind_comma = learned.spoken(tokens, 3, 4), learned.spoken(tokens, 12, 13)
    assert behind_in[town] - behind_in[country] > behind_comma[town] - behind_comma[country]


def test_network_takes_the_place_in_the_country_that_follows(options: Options, small_index: Index) -> None:
    shortlist.train(options)
    resolver = Resolver(small_index, network=network_of(model(options, "shortlist.json"), SEEN))
    text = "From Santa Rosa, Peru, by sea."
    mentions = [Mention(5, 15, "Santa Rosa", "literal"), Mention(17, 21, "Peru", "literal")]
    groups = resolver.groups(text, mentions)
    resolver.rank(groups, "en")
    best = max(range(len(groups[0].numbers)), key=groups[0].chances.__getitem__)
    assert small_index.place(groups[0].numbers[best]).id == "gn:1"


def test_phases_follow_the_cues(options: Options) -> None:
    phases.train(options)
    found = model(options, "phases.json")
    learned = PhaseModel(found["weights"])  # type: ignore[arg-type]

    def raised_most(word: str) -> str:
        """The phase whose chance a word raises most."""
        kinds = [Phase(name, name, None, "", name) for name in GENERAL_PHASES]
        nothing = {kind.id: {} for kind in kinds}
        ratios = zip(learned.chances(kinds, {word: 1.0}, nothing), learned.chances(kinds, {}, nothing), strict=True)
        return max(zip(kinds, (told / untold for told, untold in ratios), strict=True), key=lambda pair: pair[1])[0].id

    assert (raised_most("w=arrest"), raised_most("w=arriv")) == ("disruption", "exploration")


def test_hindsight_is_learned_from_readings_that_an_encoder_did_not_see(options: Options, capsys: pytest.CaptureFixture[str]) -> None:
    options.snippets.mkdir()
    encoders = options.out / "encoders"
    encoders.mkdir(parents=True)
    (encoders / "t.npz").write_bytes((MODELS / "encoder.npz").read_bytes())
    hindsight.train(replace(options, encoders=encoders))
    assert "of 2 readings" in capsys.readouterr().out  # "two" and "three"
    rows = np.zeros((1, len(hindsight.SEEN)), dtype=np.float32)
    assert network_of(model(options, "hindsight.json"), hindsight.SEEN).scores(rows).shape == (1, len(GENERAL_PHASES))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("", b"", "--encoders FOLDER"),
        ("t.npz", b"no array", "is no encoder"),
        ("x.npz", (MODELS / "encoder.npz").read_bytes(), "no reading's name begins with x"),
    ],
)
def test_hindsight_without_such_an_encoder_says_what_it_needs(options: Options, name: str, content: bytes, says: str) -> None:
    options.out.mkdir()
    if name:
        (options.out / name).write_bytes(content)
    with pytest.raises(InputError, match=says):
        hindsight.train(replace(options, encoders=options.out if name else None))


def test_hindsight_learns_that_what_grows_at_home_is_origin() -> None:
    """From opinions that are the same at home and abroad; what is seen besides is noise."""
    torch = pytest.importorskip("torch")
    torch.manual_seed(2)
    rows = torch.randn(2000, len(hindsight.SEEN))
    at_home, origin, exploration = hindsight.SEEN.index("at home, not abroad before"), *map(GENERAL_PHASES.index, ("origin", "exploration"))
    rows[:, at_home] = (torch.arange(2000) % 2).float()
    marked = torch.zeros(2000, len(GENERAL_PHASES))
    marked[:, origin], marked[:, exploration] = rows[:, at_home], 1 - rows[:, at_home]
    seen = hindsight.Seen("one", tuple(map(str, range(2000))), rows, torch.zeros_like(marked), marked)
    learned = hindsight.fit([seen])
    assert f1(hindsight.found_pairs([seen], None), hindsight.marked_pairs([seen])) < 0.3
    assert f1(hindsight.found_pairs([seen], learned), hindsight.marked_pairs([seen])) > 0.99


def test_silent_sentences_are_learned_from_readings(options: Options, capsys: pytest.CaptureFixture[str]) -> None:
    told = "The Harbour Men arrived in [Lima](lima-pe) in 2011.{lima-pe exploration 2011 year confirmed} "
    then = "A year later police arrested nine members of the gang.{lima-pe disruption 2012 year confirmed}"
    (options.readings / "four.txt").write_text(HEAD + told + then, "utf-8")
    silent.train(options)
    assert "silent: 1 phases marked of 6, in 1 readings" in capsys.readouterr().out
    assert isinstance(model(options, "silent.json")["encoder"], float)


def test_silent_sentences_say_what_the_encoder_hears() -> None:
    rows = [silent.Row("one", {"bias": 1.0, "encoder": 3.0 if number % 3 == 0 else -3.0}, marked=number % 3 == 0) for number in range(60)]
    learned = SilentModel(silent.fit(rows))
    heard, unheard = (learned.score({"bias": 1.0, "encoder": logit}) for logit in (3.0, -3.0))
    assert heard > 0 > unheard


def test_phases_are_learned_from_snippets_too(options: Options, capsys: pytest.CaptureFixture[str]) -> None:
    options.snippets.mkdir()
    (options.snippets / "en-a.txt").write_text("The <Harbour Men> sprang up in [Cúcuta|l]{origin}.\n" * 20, "utf-8")
    phases.train(options)
    assert "20 of snippets" in capsys.readouterr().out
    assert "w=sprang" in model(options, "phases.json")["weights"]  # type: ignore[operator]


def test_status_follows_the_hedge(options: Options) -> None:
    claims.train(options)
    learned = StatusModel(model(options, "status.json"))  # type: ignore[arg-type]
    assert learned.status({"bias": 1.0, "phase=disruption": 1.0}) == "confirmed"
    assert learned.status({"bias": 1.0, "phase=exploration": 1.0, "suspected": 1.0, "suspected anywhere": 1.0, "suspected before": 1.0}) == "suspected"


def test_status_cannot_be_learned_from_facts_alone(options: Options) -> None:
    for name in ("two", "three"):
        (options.readings / f"{name}.txt").unlink()
    with pytest.raises(InputError, match="no observation is reported"):
        claims.train(options)


def test_date_of_the_sentence_wins(options: Options) -> None:
    dating.train(options)
    found = language("en")
    assert found is not None
    dater = Dater(found, scorer_of(model(options, "dating.json")))
    own = DateChoice("2011", "year", "text", {"own": 1.0, "own|place": 0.9, "own|behind": 1.0})
    known_by = DateChoice("2019-10", "document", "document", {"document": 1.0})
    assert dater.choose([own, known_by])[0] is own


@pytest.mark.parametrize(
    ("trainer", "name"),
    [(tagger, "tagger.json"), (ranker, "ranker.json"), (phases, "phases.json"), (claims, "status.json"), (dating, "dating.json")],
)
def test_same_readings_give_the_same_bytes(options: Options, trainer: ModuleType, name: str) -> None:
    trainer.train(options)
    first = (options.out / name).read_bytes()
    trainer.train(options)
    assert (options.out / name).read_bytes() == first


@pytest.mark.parametrize("trainer", [tagger, ranker])
def test_missing_corpora_are_named(options: Options, trainer: ModuleType) -> None:
    with pytest.raises(InputError, match=r"not found; name a folder with gum.jsonl, ewt.jsonl, wotr.jsonl by --corpora"):
        trainer.train(Options(options.readings, None, options.out, options.snippets, 0))


@pytest.mark.parametrize("trainer", [tagger, ranker, phases, dating])
def test_scores_are_cross_validated(options: Options, trainer: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    trainer.train(Options(options.readings, options.corpora, options.out, options.snippets, folds=3))
    assert "cross-validated" in capsys.readouterr().out


def test_folds_hold_each_document_once() -> None:
    parts = list(folds(["a", "b", "c", "d", "e", "a"], 2))
    assert sorted(document for part in parts for document in part) == ["a", "b", "c", "d", "e"]
    assert parts == list(folds(["e", "d", "c", "b", "a"], 2))


@pytest.mark.parametrize(
    ("wanted", "precision", "found", "same"),
    [
        ("2018-05-03", "day", "2018-05-03", True),
        ("2018-05-03", "day", "2018-05", False),
        ("2018-05", "month", "2018-05-20", True),
        ("2018-05", "month", "2018-06", False),
        ("2018-06/2018-08", "season", "2018", True),
        ("2018/..", "year", "2018-11/2019", True),
        ("2018/..", "year", "2019", False),
        ("../2018", "years", "", True),
        ("2018", "year", "", False),
    ],
)
def test_dates_begin_in_the_same_unit(wanted: str, precision: str, found: str, same: bool) -> None:
    assert same_start(wanted, precision, found) is same
