"""Writes `data/demonyms.csv`: adjectives and nouns of people derived from places, one row for each form that a text may write.

    python -m gazetteer.derive.demonyms

`tables/demonyms.csv` holds a place a row with its English and Spanish words, each word once, with marks behind it:

- none: adjective and person, with the plural that its ending asks for ("Venezuelan"; "venezolano" gives four forms)
- `=` adjective and people without a plural ("Chinese"); `^` adjective alone ("Swedish"); `@` person alone ("Swede", "Swedes")
- `&` person in -man ("Frenchman", -men, -woman, -women); `#` people, as it stands ("Malagasies")
- Spanish: `/` as it stands ("kirguises"); `/a` a feminine in -a that the ending does not show ("español")
- `*` also the name of a language
- `~` a rarer sense of a form that another row has without this mark

A place that shares its name and its demonyms with its capital has both levels, the usual one first: a first-level unit before its capital, save where
that is one of the great cities ("limeño" is of the city of Lima); a city before the lesser unit around it. What comes second, and the rarer senses, go to the
column `also` as `name|country|level`, `;` between them.

Left out: what another sense of the word outweighs ("Hamburger", "Victorian", "palmera", "misionero"), peoples not named after a place ("Pashtun", "Maya").
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gazetteer.derive.tables import DATA, read_table, split_list, write_table
from gazetteer.text.names import key

COLUMNS = ("surface", "name", "country", "level", "language", "sense", "language_name", "also")
_MARKS = "=^@&#/*~"
_INVARIABLE = {"^": "adjective", "=": "both", "#": "people"}
_SPANISH = {
    "és": ("és", "esa", "eses", "esas"), "án": ("án", "ana", "anes", "anas"), "ín": ("ín", "ina", "ines", "inas"), "ón": ("ón", "ona", "ones", "onas"),
    "z": ("z", "za", "ces", "zas"), "o": ("o", "a", "os", "as"), "a": ("a", "as"), "e": ("e", "es"), "é": ("é", "és"), "i": ("i", "is"),
    "í": ("í", "íes", "ís"), "ú": ("ú", "úes", "ús"), "l": ("l", "les"), "r": ("r", "res"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a demonym, and whether it is a rarer sense of it."""

    surface: str
    language: str
    sense: str
    language_name: bool
    rarer: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """The place that a form is derived from."""

    name: str
    country: str
    level: str


def english(word: str) -> list[tuple[str, str]]:
    """Forms of a marked English word with their senses, its own first: `"Swede@"` gives Swede and Swedes, both `people`."""
    plain = word.rstrip(_MARKS)
    for mark, sense in _INVARIABLE.items():
        if mark in word:
            return [(plain, sense)]
    if "&" in word:
        stem = plain.removesuffix("man")
        return [(stem + ending, "people") for ending in ("man", "men", "woman", "women")]
    if plain.endswith(("s", "x", "z", "sh")):
        raise ValueError(f"tables/demonyms.csv: {word!r} has no plural in -s, mark it with one of = ^ #")
    return [(plain, "people" if "@" in word else "both"), (plain + "s", "people")]


def spanish(word: str) -> list[str]:
    """Forms of a marked Spanish word by gender and number, its own first: `"catalán"` gives catalán, catalana, catalanes, catalanas."""
    plain = word.rstrip("*~")
    if plain.endswith("/a"):
        stem = plain[:-2]
        return [stem, stem + "a", stem + "es", stem + "as"]
    if plain.endswith("/"):
        return [plain[:-1]]
    for ending, endings in _SPANISH.items():
        if plain.endswith(ending):
            return [plain.removesuffix(ending) + other for other in endings]
    raise ValueError(f"tables/demonyms.csv: the plural of {word!r} does not show, write its forms with / behind each")


def _forms(row: dict[str, str]) -> Iterator[Form]:
    for word in split_list(row["english"]):
        for number, (surface, sense) in enumerate(english(word)):
            yield Form(surface, "en", sense, "*" in word and number == 0, "~" in word)
    for word in split_list(row["spanish"]):
        for number, surface in enumerate(spanish(word)):
            yield Form(surface, "es", "both", "*" in word and number == 0, "~" in word)


def _gather(rows: list[dict[str, str]]) -> dict[tuple[str, str], list[tuple[Form, list[Origin]]]]:
    """(Language, surface) -> the forms with their places, one entry a row of the table."""
    found: defaultdict[tuple[str, str], list[tuple[Form, list[Origin]]]] = defaultdict(list)
    for row in rows:
        origins = [Origin(row["name"], row["country"], level) for level in split_list(row["level"])]
        for form in _forms(row):
            entries = found[form.language, form.surface]
            if not entries or entries[-1][1] != origins:
                entries.append((form, origins))
    return found


def _line(form: Form, origins: list[Origin]) -> dict[str, str]:
    first, *others = dict.fromkeys(origins)
    also = ";".join(f"{other.name}|{other.country}|{other.level}" for other in others)
    name = "1" if form.language_name else ""
    return dict(zip(COLUMNS, (form.surface, first.name, first.country, first.level, form.language, form.sense, name, also), strict=True))


def lines(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Derive the rows of `data/demonyms.csv`, sorted by language and form.

    Raises `ValueError` with every form that two places claim as their usual one, or none does, and every two spellings of one key that mean different places.
    """
    out: list[dict[str, str]] = []
    wrong: list[str] = []
    bearer: dict[tuple[str, str], tuple[str, str]] = {}
    for (language, surface), entries in _gather(rows).items():
        usual = [entry for entry in entries if not entry[0].rarer]
        if len(usual) != 1:
            wrong.append(f"{surface!r} ({language}): {[origins[0].name for _, origins in entries]}, {len(usual)} of them usual")
            continue
        form, origins = usual[0]
        rarer = [origin for other, places in entries if other.rarer for origin in places]
        out.append(_line(form, [*origins, *rarer]))
        place = (origins[0].name, origins[0].country)
        if bearer.setdefault((language, key(surface)), place) != place:
            wrong.append(f"{surface!r} ({language}) is {place[0]!r}, another spelling of it {bearer[language, key(surface)][0]!r}")
    if wrong:
        raise ValueError(f"tables/demonyms.csv: {len(wrong)} forms to decide: {'; '.join(wrong)}")
    return sorted(out, key=lambda line: (line["language"], key(line["surface"]), line["surface"]))


def main() -> None:
    """Write the table."""
    found = lines(read_table("demonyms"))
    write_table(DATA / "demonyms.csv", COLUMNS, [tuple(line[column] for column in COLUMNS) for line in found])
    print(f"demonyms.csv: {len(found)}")


if __name__ == "__main__":
    main()
