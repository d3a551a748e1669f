"""The grammar of time expressions: a language's words by class, and the orders in which the classes stand.

Every token of a text becomes one character that stands for all classes the token belongs to; the forms of ``timexes.toml`` become regular expressions over
those characters. So a text is read once, and only the places where a month, a unit, a year ... stands are looked at again.

A form is a regular expression whose atoms are words. Upper-case atoms are classes (``MONTH``) or macros, the others stand for themselves; ``?``, ``*``,
``|`` and ``( )`` are as usual; ``<`` and ``>`` enclose what is marked when the form also looks at its neighbours (before it only single words and choices
between them, each with or without ``?``); ``!( )`` must not follow. Of the forms of a head that begin at the same word the first one holds.

Besides the table's own classes there are those of figures (``gazetteer/timexes/tokens.py``), and for words that no form names CAP, LOWER and PLURAL (a
lower-case word with s), MARK for other signs, BREAK for a blank line and the beginning of the text, and LINEYEAR for a modern year that begins a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gazetteer.text.language import Language
from gazetteer.timexes.tokens import FIGURES, MARK, Tokens, figure_classes, plain

_ATOM = re.compile(r"!\(|[()|?*<>]|[^\s()|?*<>!]+")
_CHOICE = re.compile(r"(?<!!)\( [^\s()|?*<>]+(?: \| [^\s()|?*<>]+)* \)")
"""A choice between single words, which is one set of characters."""
_SIGNS = {"(": "(?:", "!(": "(?!", "<": "", ">": "", ")": ")", "|": "|", "?": "?", "*": "*"}
_FIRST_CODE = 0x4E00
"""Codes are letters that mean nothing in a regular expression."""
_CACHE = 100_000
"""Tokens that a grammar remembers; a document has some hundreds, so only hostile input comes near it."""
_LINEYEAR = frozenset({"LINEYEAR"})
_MAX_LEAD, _MAX_TAIL = 9, 30
"""How many words of a form may stand before its head, and behind."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form with the name of the rule that gives its value, and what it tells the rule."""

    rule: str
    args: dict[str, str]
    atoms: frozenset[str]
    pattern: str


@dataclass(frozen=True, slots=True)
class Match:
    """A form found at tokens ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    form: Form


class Phrases:
    """Some phrases, each with the names of what it may say; looked for beside a token."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        """``table``: the phrases of each name, their words in small letters with one blank between them."""
        names: dict[str, set[str]] = {}
        for name, phrases in table.items():
            for phrase in phrases:
                names.setdefault(phrase, set()).add(name)
        self._names = {phrase: frozenset(found) for phrase, found in names.items()}
        self._firsts, self._lasts = (frozenset(phrase.split(" ")[place] for phrase in names) for place in (0, -1))
        self.longest = max(phrase.count(" ") + 1 for phrase in names)

    def names(self, phrase: str) -> frozenset[str]:
        """What a phrase may say: nothing where it is none of these."""
        return self._names.get(phrase, frozenset())

    def before(self, tokens: Tokens, end: int) -> Iterator[tuple[int, frozenset[str]]]:
        """The phrases that end right before a token: how many words each has, and what it may say; the shortest first."""
        if tokens.word(end - 1) in self._lasts:
            for length in range(1, min(self.longest, end - 1) + 1):
                if found := self.names(tokens.phrase(end - length, end)):
                    yield length, found

    def behind(self, tokens: Tokens, start: int) -> Iterator[tuple[int, frozenset[str]]]:
        """The same of those that begin at a token."""
        if tokens.word(start) in self._firsts:
            for length in range(1, self.longest + 1):
                if found := self.names(tokens.phrase(start, start + length)):
                    yield length, found


class _Codes(dict[str, str]):
    """The code of each token seen so far."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__()
        self._grammar = grammar

    def __missing__(self, raw: str) -> str:
        code = self._grammar.code(raw)
        if len(self) < _CACHE:
            self[raw] = code
        return code


class Grammar:
    """The compiled table ``timexes`` of a language."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.words: dict[str, dict[str, Any]] = table["words"]
        self.settings: dict[str, Any] = table["settings"]
        self._read_relations(table["relations"])
        self._read_cues(table["cues"])
        self._macros: dict[str, str] = table["macros"]
        self.day_first: bool = self.settings["order"] == "day first"
        self._capital = frozenset(self.settings["capital"])
        self._small = frozenset(self.settings["small"])
        self._ordinals = frozenset(self.settings["ordinals"])
        self._plural: str = self.settings["plural"]
        self._lexicon: dict[str, set[str]] = {}
        for name, words in self.words.items():
            for word in words:
                self._lexicon.setdefault(word.split()[-1], set()).add(name)
        self._forms: dict[str, list[Form]] = {}
        for entry in table["form"]:
            self._forms.setdefault(entry["head"], []).extend(self._read(entry))
        for atom in {atom for forms in self._forms.values() for form in forms for atom in form.atoms if not atom.isupper()}:
            self._lexicon.setdefault(atom, set()).add(atom)
        self._assign_codes()
        self.codes = _Codes(self)
        self._masters: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}

    def _read_relations(self, table: dict[str, list[str]]) -> None:
        """What stands before an expression or between two of them."""
        self.relations = Phrases(table)

    def _read_cues(self, cues: dict[str, Any]) -> None:
        """What tells how an expression is meant: tense, telling, clauses beside the story."""
        self.looks = re.compile(rf"\b(?:(?P<future>{cues['future']})|(?P<past>{cues['past']}))\b")
        self.likely = re.compile(rf"\b(?:{cues['likely']})\W*$", re.IGNORECASE)
        self.telling = re.compile(rf"\b(?:{cues['telling']})\b")
        self.turn = re.compile(rf"\b(?:{cues['turn']})\b", re.IGNORECASE)
        self.aside = re.compile(rf"\b(?:{cues['aside']})\b")
        self.nested = re.compile(rf",\s(?:\w+\s)?(?:{cues['relative']})\b[^,;:.]*$")
        self.laws = frozenset(cues["laws"])
        self.approximate = frozenset(cues["approximate"])
        self.hedges = Phrases({"hedge": cues["hedges"]})
        self.articles = frozenset(cues["articles"])
        self.perfect = re.compile(rf"\b(?:(?P<present>{cues['perfect']['present']})|(?P<past>{cues['perfect']['past']}))\b")
        self.until_now = frozenset(cues["until_now"])
        self.ongoing = Phrases({"ongoing": cues["ongoing"]})
        self.behind: dict[str, str] = cues["behind"]
        self.ahead: dict[str, str] = cues["ahead"]
        self.publication = re.compile(rf"(?<!\w)(?:{cues['publication']})\W*$", re.IGNORECASE)
        self.masthead = re.compile(rf"\b(?:{cues['masthead']})\b", re.IGNORECASE)
        self.names = frozenset(cues["names"]) if "names" in cues else None

    # ---------------------------------------------------------------- words

    def code(self, raw: str) -> str:
        """The character of a token."""
        word = raw.strip()
        classes = MARK if word and raw[-1].isspace() else self._classes(word)
        if "\n" in raw and "MODERN" in classes:
            classes |= _LINEYEAR
        return self._code_of.get(classes) or self._code_of[MARK]

    def _classes(self, word: str) -> frozenset[str]:
        if not word:
            return frozenset({"BREAK"})
        if word[0].isdigit():
            return figure_classes(word, self._ordinals)
        lower = plain(word)
        capital = word[0].isupper()
        found = self._lexicon.get(lower, set())
        if found and (lower in self._small if capital else lower in self._capital):
            found = {name for name in found if not name.isupper()}
        if found:
            return frozenset(found)
        if not word[0].isalpha():
            return MARK
        return frozenset({"CAP"} if capital else {"PLURAL"} if lower.endswith(self._plural) and len(lower) > 3 else {"LOWER"})

    def _assign_codes(self) -> None:
        """Give each set of classes that a token can have a character, and each head its own."""
        ordinals = [figure + ending for figure in ("5", "45") for ending in self.settings["ordinals"]]
        samples = [*self._lexicon, *(word.capitalize() for word in self._lexicon), *FIGURES, *ordinals, "Xyzq", "xyzq" + self._plural, "xyzq", "%", ""]
        kinds = sorted({self._classes(sample) for sample in samples} | {self._classes("2019") | _LINEYEAR}, key=sorted)
        self._code_of = {kind: chr(_FIRST_CODE + number) for number, kind in enumerate(kinds)}
        self.classes_of = {code: kind for kind, code in self._code_of.items()}
        self._chars: dict[str, str] = {}
        for kind, code in self._code_of.items():
            for name in kind:
                self._chars[name] = self._chars.get(name, "") + code
        self._head_of: dict[str, str] = {}
        for head in self._forms:  # in the order of the file: a word of two heads is the earlier one's
            for name in self.settings["heads"][head]:
                for code in self._chars.get(name, ""):
                    self._head_of.setdefault(code, head)
        self._heads = re.compile(f"[{''.join(self._head_of)}]")

    # ---------------------------------------------------------------- forms

    def _read(self, entry: dict[str, Any]) -> Iterator[Form]:
        args = {key: str(value) for key, value in entry.items() if key not in ("head", "rule", "forms")}
        for text in entry["forms"]:
            pattern = " ".join(self._expanded(text))
            yield Form(entry["rule"], args, frozenset(atom for atom in pattern.split(" ") if atom not in _SIGNS), pattern)

    def _expanded(self, text: str) -> Iterator[str]:
        for atom in _ATOM.findall(text):
            if atom in self._macros:
                yield "("
                yield from self._expanded(self._macros[atom])
                yield ")"
            else:
                yield atom

    def _regex(self, form: Form) -> str:
        """A form as a regular expression that looks at its neighbours only; the empty group behind it tells which form matched."""
        before, core, behind = form.pattern.rpartition("< ")[0].strip(), form.pattern.rpartition("< ")[2], ""
        if " >" in core:
            core, _, behind = core.partition(" >")
        out = self._part(core) + "()"
        if before:
            variants = "|".join(f"(?<={variant})" for variant in self._variants(_choices(before)))
            out = f"(?:{variants}){out}"
        return f"{out}(?={self._part(behind.strip())})" if behind.strip() else out

    def _part(self, pattern: str) -> str:
        return "".join(_SIGNS.get(atom) or self._set(atom) for atom in _choices(pattern))

    def _set(self, atom: str) -> str:
        return _charset("".join(self._chars.get(name, "") for name in atom.strip("()").split("|")))

    def _variants(self, atoms: list[str]) -> list[str]:
        """What may stand before a form, each variant of a fixed length, as looking back needs it: every ``?`` both ways."""
        variants = [""]
        for index, atom in enumerate(atoms):
            if atom != "?":
                longer = [variant + self._set(atom) for variant in variants]
                variants = longer + variants if atoms[index + 1 : index + 2] == ["?"] else longer
        return variants

    def _master(self, head: str) -> tuple[re.Pattern[str], frozenset[str]]:
        """The forms of a head as one expression, and the codes of all their words; made when a text first has such a head."""
        if head not in self._masters:
            forms = self._forms[head]
            leads = frozenset(code for form in forms for atom in form.atoms for code in self._chars.get(atom, ""))
            self._masters[head] = (re.compile("|".join(self._regex(form) for form in forms)), leads)
        return self._masters[head]

    # ---------------------------------------------------------------- texts

    def find(self, tokens: Tokens) -> list[Match]:
        """The forms in a text, from left to right; of those that overlap the one that begins first."""
        found: list[Match] = []
        codes = tokens.codes
        done = 1
        for hit in self._heads.finditer(codes):
            place = hit.start()
            if place < done:
                continue
            head = self._head_of[codes[place]]
            pattern, leads = self._master(head)
            low, limit = place, max(done, place - _MAX_LEAD)
            while low > limit and codes[low - 1] in leads:
                low -= 1
            match = _holding(pattern, codes, low, place)
            if match:
                number = match.lastindex or 1
                done = match.end(number)
                found.append(Match(match.start(), done, self._forms[head][number - 1]))
        return found


def _holding(pattern: re.Pattern[str], codes: str, low: int, place: int) -> re.Match[str] | None:
    """The first match that begins at or before a head and holds it."""
    while low <= place:
        match = pattern.search(codes, low, place + _MAX_TAIL)
        if match is None or match.start() > place:
            return None
        if place < match.end(match.lastindex or 1):
            return match
        low = match.start() + 1
    return None


def _choices(pattern: str) -> list[str]:
    """The atoms of a pattern, choices between single words as one."""
    return _CHOICE.sub(lambda match: match[0].replace(" ", ""), pattern).split(" ")


def _charset(chars: str) -> str:
    """One of some characters as a regular expression, neighbours as a range: short sets compile fast."""
    runs: list[list[str]] = []
    for char in sorted(set(chars)):
        if runs and ord(char) == ord(runs[-1][1]) + 1:
            runs[-1][1] = char
        else:
            runs.append([char, char])
    if len(runs) == 1 and runs[0][0] == runs[0][1]:
        return runs[0][0]
    return f"[{''.join(low if low == high else f'{low}-{high}' for low, high in runs)}]" if runs else "(?!)"


@lru_cache
def grammar(language: Language) -> Grammar:
    """The grammar of a language."""
    return Grammar(language.table("timexes"))
