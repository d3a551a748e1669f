"""The language of cues: what each finds in a sentence, what is no cue, and how fast many are found."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import codebook
from gazetteer.codebook import make_cues
from gazetteer.codebook.cues import Cue, Matcher, match_at
from gazetteer.codebook.patterns import SLOTS, CueSyntaxError, compile_pattern, one_of
from gazetteer.index import Index
from gazetteer.text.language import language
from gazetteer.text.names import key
from gazetteer.text.tokens import Tokens
from tests.reports import BOOK, passages


def no_slot(slot: str, position: int) -> int:
    del slot, position
    return 0


def cue(text: str, sense: str = "phase:x", weight: float = 2.0, unless: tuple[str, ...] = ()) -> Cue:
    return Cue(text, sense, weight, compile_pattern(text), tuple(compile_pattern(item) for item in unless))


def found(cues: list[Cue], sentence: str, slots: dict[str, str] | None = None, skip: tuple[str, ...] = ()) -> list[str]:
    """The words that the cues find in a sentence; ``slots``: what fills each, as it stands there."""
    tokens = Tokens(sentence)
    keys = [token_key if any(char.isalnum() for char in text) else "" for token_key, text in zip(tokens.keys, tokens.texts, strict=True)]
    fillers = {slot: key(text).split() for slot, text in (slots or {}).items()}

    def slot_end(slot: str, position: int) -> int:
        words = fillers.get(slot)
        return position + len(words) if words and keys[position : position + len(words)] == words else 0

    left_out = {position for position, text in enumerate(tokens.texts) if text in skip}
    hits = Matcher(cues).find(keys, slot_end, left_out)
    return [sentence[tokens.starts[hit.start] : tokens.ends[hit.end - 1]] for hit in hits]


@pytest.mark.parametrize(
    ("words", "end"),
    [("the gang", 2), ("the gangsters of", 2), ("the task force of", 3), ("the task forces", 3), ("the task", 0), ("the —", 0)],
)
def test_any_of_a_list_may_stand_at_a_place(words: str, end: int) -> None:
    assert one_of(["gang*", "task force*", "clique"]).end(Tokens(words).keys, 1) == end


@pytest.mark.parametrize(
    ("text", "sentence", "words"),
    [
        ("arriv*", "It arrived, they say; the arrival was late, the rivals arrive.", ["arrived", "arrival", "arrive"]),
        ("arrive", "They arrived. They arrive.", ["arrive"]),
        ("take* over", "It takes over, and takes them over.", ["takes over"]),
        ("take* ... over", "It takes all of them over.", ["takes all of them over"]),
        ("take* ..2 over", "It takes all of them over, and takes them over.", ["takes them over"]),
        ("take* … over", "It takes them over.", ["takes them over"]),
        ("(control|rule)* of", "In control of one, ruler of two, rules off three.", ["control of", "ruler of"]),
        ("(set up|open)* shop*", "They set up shop and opened shops.", ["set up shop", "opened shops"]),
        ("(set up)* shop*", "They set ups shops.", ["set ups shops"]),
        ("first (new|big)? store", "A first store, a first big store, a first old store.", ["first store", "first big store"]),
        ("opened the? store", "They opened the store, she opened store two.", ["opened the store", "opened store"]),
        ("foot-hold", "A foot-hold is a foot hold.", ["foot hold"]),
        ("Límite", "the LIMITE and the límite", ["LIMITE", "límite"]),
        ("first store", "Their first, store.", []),
        ("{actor} in {place}", "The Crew in Lima.", ["Crew in Lima"]),
        ("{actor} ... in {place}", "The Crew has come to be in Lima.", ["Crew has come to be in Lima"]),
        ("({actor}|they) arriv*", "They arrived before the Crew arrived.", ["They arrived", "Crew arrived"]),
        ("of the", "of the of the", ["of the", "of the"]),
    ],
)
def test_what_a_cue_finds(text: str, sentence: str, words: list[str]) -> None:
    assert found([cue(text)], sentence, {"actor": "Crew", "place": "Lima"}) == words


def test_optional_slot_stands_in_brackets() -> None:
    assert found([cue("arriv* in ({place})?")], "It arrived in Lima. It arrived in spring.", {"place": "Lima"}) == ["arrived in Lima", "arrived in"]


def test_hyphens_and_line_ends_can_be_passed_over() -> None:
    assert found([cue("foot-hold")], "A foot-hold is a foot\nhold.", skip=("-", "\n")) == ["foot-hold", "foot\nhold"]


def test_unless_looks_six_words_before_and_four_behind() -> None:
    one = cue("arrived", unless=("tourist*",))
    assert found([one], "The tourists arrived.") == []
    assert found([one], "arrived there as a tourist") == []
    assert found([one], "arrived there all alone as a tourist") == ["arrived"]
    assert found([one], "a tourist is not who it was that arrived") == ["arrived"]


def test_longest_hit_of_a_sense_stays() -> None:
    cues = [cue("took"), cue("took over"), cue("over the port", "phase:y")]
    assert found(cues, "They took over the port.") == ["took over", "over the port"]
    hits = Matcher([cue("took over", weight=1), cue("took over", weight=4)]).find(["took", "over"], no_slot)
    assert [hit.cue.weight for hit in hits] == [4]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' names no word"),
        ("   ", "'   ' names no word"),
        ("...", "'...' names no word"),
        ("{place}", "'{place}' names no word"),
        (
            "{planet} falls",
            "unknown slot {planet} in '{planet} falls'; the slots are {actor}, {authority}, {date}, {figure}, {generic}, {number}, {place}, {rival}",
        ),
        ("({planet}|x) falls", "unknown slot {planet} in '{planet}'; the slots are"),
        ("a (b", "'a (b' cannot be read at"),
        ("a b)", "')' in 'a b)' cannot be read"),
        ("a{place}", "'a{place}' cannot be read at"),
        ("sells..2 drugs", "'sells..2 drugs' cannot be read at 'sells..2 drugs'"),
        ("sells... drugs", "'sells... drugs' cannot be read at"),
        ("sells… drugs", "'sells… drugs' cannot be read at"),
        ("(a|b)c", "'(a|b)c' cannot be read at"),
        ("a|b", "'a|b' in 'a|b' cannot be read: * and ? stand at the end of a word, | only inside brackets, a slot by itself"),
        ("*", "'*' in '*' cannot be read"),
        ("a*b", "'a*b' in 'a*b' cannot be read"),
        ("a ?", "'' has no letter"),
        ("(a||b)", "'' has no letter"),
        ("()", "'' has no letter"),
        ("’’", "'’’' has no letter"),
        ("the? store", "'the? store' begins with a word that may be missing, or ends in a gap"),
        ("store ...", "'store ...' begins with a word that may be missing, or ends in a gap"),
        ("... store", "'... store' begins with a gap; begin with a word or a slot"),
        ("a ... ... b", "'a ... ... b' has a gap that is none of ..1 to ..20, or two gaps side by side"),
        ("a ..99 b", "'a ..99 b' has a gap that is none of ..1 to ..20, or two gaps side by side"),
        ("a ..0 b", "'a ..0 b' has a gap"),
        ("word " * 41, "has 41 words; a cue has at most 40"),
    ],
)
def test_what_is_no_cue(text: str, message: str) -> None:
    with pytest.raises(CueSyntaxError) as caught:
        compile_pattern(text)
    assert message in str(caught.value)


@given(st.text(max_size=60) | st.text(st.sampled_from("ab *?|(){}.…-'place "), max_size=40))
def test_any_text_is_a_cue_or_an_error(text: str) -> None:
    try:
        pattern = compile_pattern(text)
    except CueSyntaxError as error:
        assert str(error)  # noqa: PT017 -- either is right
    else:
        assert 1 <= len(pattern) <= 40


@given(
    st.lists(st.sampled_from(["a", "b*", "(a|b)", "(a b|c)*", "... ", "..2", "{place}", "c?"]), min_size=1, max_size=6),
    st.lists(st.sampled_from(["a", "b", "bc", "c", ""]), max_size=12),
)
def test_matcher_agrees_with_trying_every_place(parts: list[str], words: list[str]) -> None:
    try:
        pattern = compile_pattern(" ".join(parts))
    except CueSyntaxError:
        return

    def slot_end(slot: str, position: int) -> int:
        return position + 1 if slot == "place" and words[position] == "c" else 0

    tried = [(position, end) for position in range(len(words)) if (end := match_at(pattern, words, position, slot_end))]
    hits = Matcher([Cue("x", "s", 2.0, pattern)]).find(words, slot_end)
    assert {(hit.start, hit.end) for hit in hits} <= set(tried)
    assert bool(hits) == bool(tried)


NUMBERS = """
[[activity]]
id = "sells"
cues = ["{number} (shops|locales)"]
[[activity]]
id = "counts"
cues = ["{figure} (shops|locales)"]
"""


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("The Harbour Men have 12 shops in Lima.", "en", {"sells": "12 shops", "counts": "12 shops"}),
        ("The Harbour Men have twelve shops in Lima.", "en", {"sells": "twelve shops"}),
        ("The Harbour Men have thirty-five shops in Lima.", "en", {"sells": "thirty-five shops"}),
        ("The Harbour Men have two hundred shops in Lima.", "en", {"sells": "two hundred shops"}),
        ("The Harbour Men have no shops in Lima, nor one shop in Quito.", "en", {}),
        ("Los Hombres del Puerto tienen doce locales en Lima.", "es", {"sells": "doce locales"}),
        ("Los Hombres del Puerto tienen treinta y cinco locales en Lima.", "es", {"sells": "treinta y cinco locales"}),
        ("Los Hombres del Puerto tienen un local en Lima.", "es", {}),
    ],
)
def test_a_number_stands_in_figures_or_in_words(index: Index, text: str, code: str, words: dict[str, str]) -> None:
    (passage,) = passages(index, text, code, BOOK + NUMBERS)
    found = {hit.cue.sense.removeprefix("activity:"): " ".join(passage.texts[hit.start : hit.end]).replace(" - ", "-") for hit in passage.hits}
    assert {sense: said for sense, said in found.items() if sense in ("sells", "counts")} == words


# ------------------------------------------------------------------ entries


def test_entry_of_a_list() -> None:
    made = list(make_cues({"words": ["a", "b c"], "weight": -1, "unless": "d", "scope": "heading"}, "status:negated", own=False))
    assert [(one.text, one.weight, one.scope, len(one.unless), one.own) for one in made] == [
        ("a", -1.0, "heading", 1, False),
        ("b c", -1.0, "heading", 1, False),
    ]


@pytest.mark.parametrize("code", ["en", "es"])
def test_general_words_can_all_be_read(code: str) -> None:
    spoken = language(code)
    assert spoken is not None
    assert len(_general(code)) > 50


def _general(code: str) -> list[Cue]:
    """All cues that ship for a language."""
    spoken = language(code)
    assert spoken is not None
    rows = spoken.table("cues")["cue"]
    return [made for row in rows for made in make_cues({name: value for name, value in row.items() if name != "sense"}, row["sense"], own=False)]


# ------------------------------------------------------------------ speed


def test_seven_hundred_cues_in_five_hundred_words_take_well_under_a_millisecond() -> None:
    every = [*_general("en"), *codebook.read(codebook.default_path()).cues]
    cues = (every * (700 // len(every) + 1))[:700]
    text = (codebook.default_path().parent / "001-from-prison-gang-to-business-across-borders.md").read_text("utf-8")
    tokens = Tokens(text[3000:7000])
    words = [word if word and word[0].isalnum() else "" for word in tokens.keys[:500]]
    assert len(words) == 500
    ends = {position: position + 1 for position in range(0, 500, 25)}
    matcher = Matcher(cues)

    def slot_end(slot: str, position: int) -> int:
        return ends.get(position, 0) if slot in ("place", "actor") else 0

    sentences = [words[start : start + 25] for start in range(0, 500, 25)]
    times = []
    for _ in range(30):
        start = time.process_time()
        for sentence in sentences:
            matcher.find(sentence, slot_end)
        times.append(time.process_time() - start)
    assert min(times) < 0.002  # an idle machine takes 0.35 ms


def test_gaps_in_a_row_do_not_multiply() -> None:
    pattern = compile_pattern(" ..20 ".join(["a"] * 30))
    start = time.process_time()
    assert match_at(pattern, ["a", "b"] * 29, 0, no_slot) == 0
    assert time.process_time() - start < 0.5


def test_slots_are_what_the_documentation_says() -> None:
    assert sorted(SLOTS) == ["actor", "authority", "date", "figure", "generic", "number", "place", "rival"]
