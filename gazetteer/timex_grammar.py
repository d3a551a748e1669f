"""The grammar of time expressions: a language's words by class, and the orders in which the classes stand.

Every token of a text becomes one character that stands for all classes the token belongs to; the forms of ``timexes.toml`` become regular expressions over those
characters. So a text is read once, and only the places where a month, a unit, a year ... stands are looked at again.

A form is a regular expression whose atoms are words. Upper-case atoms are classes (``MONTH``) or macros, the others stand for themselves; ``?``, ``*``, ``|``
and ``( )`` are as usual; ``<`` and ``>`` enclose what is marked when the form also looks at its neighbours; ``!( )`` must not follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

from gazetteer.language import Language

_TOKEN = re.compile(r"[^\S\n]*\n?[^\S\n]*(?:[^\W\d_]+|\d+(?:[.,:/]\d+)*[^\W\d_]*|.)", re.DOTALL)
_ATOM = re.compile(r"!\(|[()|?*<>]|[^\s()|?*<>!]+")
_CHOICE = re.compile(r"(?<!!)\( [^\s()|?*<>]+(?: \| [^\s()|?*<>]+)* \)")
"""A choice between single words, which is one set of characters."""
_SIGNS = {"(": "(?:", "!(": "(?!", "<": "", ">": "", ")": ")", "|": "|", "?": "?", "*": "*"}
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th|º|ª|°|er|do|ro|to|o|a)")
_DECADE = re.compile(r"(\d{2}|\d{4})s")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(h|hs|hrs|am|pm)?")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/(?:\d{2}|\d{4})|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}/\d{1,2}/\d{1,2}")
_DASHES = str.maketrans("–—‐‑−’‘`´", "-----''''")
_CACHE = 100_000
"""Words that a grammar remembers; a document has some hundreds, so only hostile input comes near it."""
_MARK = frozenset({"MARK"})
_MAX_LEAD = 9
"""How many words may stand before the head of a form."""
_NUMERIC = ("5", "45", "07", "99", "0", "2019", "1066", "3.5", "5,000", "5th", "45th", "1990s", "90s", "10:35", "10:35pm", "9pm", "1/2", "09/20/2023", "2019/20", "100000", "30", "00", "1.50")


@dataclass(frozen=True, slots=True)
class Form:
    """One form with the name of the rule that gives its value, and what it tells the rule."""

    rule: str
    args: dict[str, str]
    classes: frozenset[str]
    pattern: str


@dataclass(frozen=True, slots=True)
class Match:
    """A form found at tokens ``start`` to ``end``."""

    start: int
    end: int
    form: Form


class Tokens:
    """The tokens of a text with their classes; token 0 is an empty one that stands for the beginning of the text."""

    __slots__ = ("codes", "ends", "raw")

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.raw: list[str] = ["", *_TOKEN.findall(text)]
        self.codes = "".join(map(grammar.codes.__getitem__, self.raw))
        self.ends = list(accumulate(map(len, self.raw)))

    def word(self, index: int) -> str:
        """A token in lower case, its dashes and apostrophes plain."""
        return _plain(self.raw[index])

    def start(self, index: int) -> int:
        """Offset of a token's first character."""
        raw = self.raw[index]
        return self.ends[index] - len(raw.lstrip()) if raw.strip() else self.ends[index] - 1


def _plain(raw: str) -> str:
    return raw.strip().translate(_DASHES).lower()


class _Codes(dict[str, str]):
    """The code of each token seen so far."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__()
        self._grammar = grammar

    def __missing__(self, raw: str) -> str:
        code = self._grammar.code(self._grammar.classes(raw))
        if len(self) < _CACHE:
            self[raw] = code
        return code


class Grammar:
    """The compiled table ``timexes`` of a language."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.words: dict[str, dict[str, Any]] = table["words"]
        self.settings: dict[str, Any] = table["settings"]
        self.relations = {name: frozenset(phrases) for name, phrases in table["relations"].items()}
        self.around = {word: name for name, words in table["around"].items() for word in words}
        self.looks = re.compile(rf"\b(?:(?P<future>{self.settings['future']})|(?P<past>{self.settings['past']}))\b")
        self.likely = re.compile(rf"\b(?:{self.settings['likely']})\b\W*$")
        self.aside = re.compile(rf"\b(?:{self.settings['aside']})\b")
        self.law = re.compile(rf"\b(?:{self.settings['law']})\b\W*(?:\w+\W+){{0,4}}$", re.IGNORECASE)
        since = "|".join(sorted(self.relations["since"], key=len, reverse=True))
        self.ever = re.compile(rf"\b(?:{since})\W*$", re.IGNORECASE)
        self.args = {key: str(self.settings[key]) for key in ("day_first",)}
        self._macros: dict[str, str] = table["macros"]
        self._capital = frozenset(self.settings["capital"])
        self._lexicon: dict[str, set[str]] = {}
        for name, words in self.words.items():
            for word in words:
                self._lexicon.setdefault(word.split()[-1], set()).add(name)
        entries = [(entry["head"], form) for entry in table["form"] for form in self._forms(entry)]
        for _, form in entries:
            for atom in form.classes:
                if not atom.isupper():
                    self._lexicon.setdefault(atom, set()).add(atom)
        self._signs: dict[frozenset[str], str] = {}
        self._chars: dict[str, str] = {}
        self._enumerate()
        self.codes = _Codes(self)
        self._compile(entries)

    # ---------------------------------------------------------------- words

    def classes(self, raw: str) -> frozenset[str]:
        """The classes of a token; what no form names is told apart as CAP, LOWER, PLURAL or MARK."""
        word = raw.strip()
        if not word:
            return frozenset({"BREAK"})
        return _numeric(word) if word[0].isdigit() else self._known(word)

    def _known(self, word: str) -> frozenset[str]:
        plain = _plain(word)
        found = set(self._lexicon.get(plain, ()))
        capital = word[0].isupper()
        if plain in self._capital and not capital:
            found = {name for name in found if not name.isupper() or name in ("UNIT", "UNITS", "NTH")}
        if found:
            return frozenset(found)
        if not word[0].isalpha():
            return frozenset({"MARK"})
        return frozenset({"CAP"} if capital else {"PLURAL"} if plain.endswith("s") and len(plain) > 3 else {"LOWER"})

    def code(self, classes: frozenset[str]) -> str:
        """The character of a set of classes."""
        return self._signs.get(classes) or self._signs[_MARK]

    def _enumerate(self) -> None:
        """Give each set of classes that a token can have a character."""
        samples = [*self._lexicon, *(word.capitalize() for word in self._lexicon), *_NUMERIC, "a\u0300x", "Xyzq", "xyzqs", "xyzq", "_", "%", ""]
        kinds = {self.classes(sample) for sample in samples} | {frozenset({"LOWER"}), frozenset({"PLURAL"}), frozenset({"CAP"}), frozenset({"MARK"})}
        for kind in sorted(kinds, key=sorted):
            self._signs[kind] = chr(0x4E00 + len(self._signs))  # any range of letters without regular-expression characters
        self.classes_of = {char: kind for kind, char in self._signs.items()}
        for kind, char in self._signs.items():
            for name in kind:
                self._chars[name] = self._chars.get(name, "") + char

    # ---------------------------------------------------------------- forms

    def _forms(self, entry: dict[str, Any]) -> Iterator[Form]:
        args = self.args | {key: str(value) for key, value in entry.items() if key not in ("head", "rule", "forms")}
        for text in entry["forms"]:
            pattern = " ".join(self._expanded(text))
            atoms = {atom for atom in _ATOM.findall(pattern) if atom not in _SIGNS}
            yield Form(entry["rule"], args, frozenset(atoms), pattern)

    def _expanded(self, text: str) -> Iterator[str]:
        for atom in _ATOM.findall(text):
            if atom in self._macros:
                yield "("
                yield from self._expanded(self._macros[atom])
                yield ")"
            else:
                yield atom

    def _regex(self, form: Form) -> str:
        """A form over codes, its neighbours looked at only; the empty group behind it tells which form matched."""
        before, core, behind = form.pattern.rpartition(" < ")[0], form.pattern.rpartition(" < ")[2], ""
        if " >" in core:
            core, _, behind = core.partition(" >")
        out = self._part(core) + "()"
        if before:
            out = f"(?:{'|'.join(f'(?<={variant})' for variant in self._variants(before.split(' ')))})" + out
        return out + (f"(?={self._part(behind.strip())})" if behind.strip() else "")

    def _part(self, pattern: str) -> str:
        out: list[str] = []
        for atom in _CHOICE.sub(lambda match: match[0].replace(" ", ""), pattern).split(" "):
            if atom in _SIGNS:
                out.append(_SIGNS[atom])
            else:
                out.append(_charset("".join(self._chars.get(name, "") for name in atom.strip("()").split("|"))))
        return "".join(out)

    def _variants(self, atoms: list[str]) -> list[str]:
        """What may stand before a form, each variant of a fixed length, as looking back needs it: every ``?`` both ways."""
        text = _CHOICE.sub(lambda match: match[0].replace(" ", ""), " ".join(atoms)).split(" ")
        variants = [""]
        for index, atom in enumerate(text):
            if atom == "?":
                continue
            piece = self._part(atom)
            longer = [variant + piece for variant in variants]
            variants = longer + variants if text[index + 1 : index + 2] == ["?"] else longer
        return variants

    def _compile(self, entries: Sequence[tuple[Any, Form]]) -> None:
        by_head: dict[str, list[Form]] = {}
        for heads, form in entries:
            for head in heads if isinstance(heads, list) else [heads]:
                by_head.setdefault(head, []).append(form)
        self._masters: dict[str, tuple[re.Pattern[str], list[Form], frozenset[str]]] = {}
        self._sources = by_head
        self._head_of: dict[str, str] = {}
        for head in by_head:  # in the order of the file: a word of two heads is the earlier one's
            for name in self.settings["heads"][head]:
                for char in self._chars.get(name, ""):
                    self._head_of.setdefault(char, head)
        self._heads = re.compile(f"[{''.join(self._head_of)}]")

    def _master(self, head: str) -> tuple[re.Pattern[str], list[Form], frozenset[str]]:
        """The forms of a head as one expression; made when a text first has such a head."""
        if head not in self._masters:
            forms = self._sources[head]
            leads = frozenset(char for form in forms for atom in form.classes for char in self._chars.get(atom, ""))
            self._masters[head] = (re.compile("|".join(self._regex(form) for form in forms)), forms, leads)
        return self._masters[head]

    def find(self, tokens: Tokens) -> list[Match]:
        """The forms in a text, from left to right; of those that overlap, the one that begins first."""
        found: list[Match] = []
        codes = tokens.codes
        done = 1
        for hit in self._heads.finditer(codes):
            place = hit.start()
            if place < done:
                continue
            pattern, forms, leads = self._master(self._head_of[codes[place]])
            low = place
            limit = max(done, place - _MAX_LEAD)
            while low > limit and codes[low - 1] in leads:
                low -= 1
            match = self._at(pattern, codes, low, place)
            if match:
                number = match.lastindex or 1
                found.append(Match(match.start(), match.end(number), forms[number - 1]))
                done = match.end(number)
        return found

    @staticmethod
    def _at(pattern: re.Pattern[str], codes: str, low: int, place: int) -> re.Match[str] | None:
        """The first match that begins at or before a head and holds it."""
        while low <= place:
            match = pattern.search(codes, low)
            if match is None or match.start() > place:
                return None
            if place < match.end(match.lastindex or 1):
                return match
            low = match.start() + 1
        return None


def _charset(chars: str) -> str:
    """One of some characters as a regular expression, neighbours as a range: short sets compile fast."""
    runs: list[list[str]] = []
    for char in sorted(chars):
        if runs and ord(char) == ord(runs[-1][1]) + 1:
            runs[-1][1] = char
        else:
            runs.append([char, char])
    if len(chars) == 1:
        return chars
    return f"[{''.join(low if low == high else f'{low}-{high}' for low, high in runs)}]" if runs else "(?!)"


def _numeric(word: str) -> frozenset[str]:
    """The classes of a token that begins with a digit."""
    if word.isdecimal() and word.isascii():
        number, size = int(word), len(word)
        found = {"NUM"} if size <= 6 else {"MARK"}
        if size == 4 and 1000 <= number <= 2199:
            found |= {"YEAR", "MODERN"} if number >= 1800 else {"YEAR"}
        if size <= 2:
            found |= ({"DAY"} if 1 <= number <= 31 else set()) | ({"YY"} if size == 2 else set()) | ({"HOUR"} if number <= 24 else set())
        return frozenset(found)
    for pattern, name in ((_CLOCK, "CLOCK"), (_SLASHED, "SLASHED"), (_DECADE, "DECADE")):
        if pattern.fullmatch(word):
            return frozenset({name if name != "DECADE" or len(word) == 5 else "TENS"})
    if re.fullmatch(r"\d{4}/\d{2}", word):
        return frozenset({"YEARS"})
    if re.fullmatch(r"\d{1,2}(?:am|pm)", word, re.IGNORECASE):
        return frozenset({"CLOCK"})
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return frozenset({"DAY", "NTH"} if 1 <= int(ordinal[1]) <= 31 else {"NTH"})
    if re.fullmatch(r"1/[234]|\d{1,3}[.,]\d{1,2}", word):
        return frozenset({"NUM"})
    return frozenset({"MARK"})


@lru_cache
def grammar(language: Language) -> Grammar:
    """The grammar of a language."""
    return Grammar(language.table("timexes"))


def joined(words: Iterable[str]) -> str:
    """Words with one blank between them."""
    return " ".join(words)
