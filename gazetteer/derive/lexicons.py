"""Writes the word lists under ``data/lexicons`` that tell names of people and ordinary words from names of places.

    python -m gazetteer.derive.lexicons /usr/share/dict

* ``given_names.txt``, ``surnames.txt``: Faker's providers of persons (MIT), all locales in Latin script, and the US Census' lists of 1990 as the package
  ``names`` holds them (MIT; public domain), surnames down to a share of 0.001 %.
* ``words.en.txt``: words that English writes with a small letter (SCOWL, from Debian's ``wamerican-small`` and ``wbritish-small``; free of conditions).
* ``words.es.txt``: the same for Spanish, from ``simplemma``'s dictionary (MIT), ranked by ``wordfreq``.

Needs, for this script only: faker, names, simplemma, wordfreq. All entries are keys (:func:`gazetteer.text.names.key`), sorted, one a line.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable
from pathlib import Path

from gazetteer.text.names import key

OUT = Path(__file__).parent.parent / "data" / "lexicons"
SPANISH_WORDS = 40_000
MIN_SURNAME_SHARE = 0.001
"""Per cent of the US population of 1990."""


def _latin(name: str) -> bool:
    return all(ord(char) < 0x250 for char in name) and any(char.isalpha() for char in name)


def _faker(attribute: str) -> set[str]:
    from faker.providers import person  # noqa: PLC0415 - for this derivation only

    out: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for name in dir(provider):
            value = getattr(provider, name)
            if name.startswith(attribute) and isinstance(value, (tuple, list, dict)):
                out |= {item for item in value if isinstance(item, str) and _latin(item)}
    return out


def _census(file: str, least: float = 0.0) -> set[str]:
    import names  # noqa: PLC0415 - for this derivation only

    lines = (Path(names.__file__).parent / file).read_text("ascii").splitlines()
    return {line.split()[0] for line in lines if float(line.split()[1]) >= least}


def _small_letter_words(folder: Path) -> set[str]:
    words = {word for name in ("american-english-small", "british-english-small") for word in (folder / name).read_text("utf-8").split()}
    return {word for word in words if word[0].islower() and "'" not in word}


def _spanish_words() -> list[str]:
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # noqa: PLC0415 - for this derivation only
    from wordfreq import top_n_list  # noqa: PLC0415 - for this derivation only

    known = DefaultDictionaryFactory().get_dictionary("es")
    words = (word for word in top_n_list("es", 4 * SPANISH_WORDS) if word in known)
    return [word for _, word in zip(range(SPANISH_WORDS), words, strict=False)]


def _write(name: str, words: Iterable[str]) -> None:
    keys = sorted({key(word) for word in words} - {""})
    (OUT / name).write_text("\n".join(keys) + "\n", "utf-8")
    print(f"{name}: {len(keys)}")


def main() -> None:
    """Write the lists."""
    OUT.mkdir(exist_ok=True)
    given = _faker("first_name") | _census("dist.female.first") | _census("dist.male.first")
    _write("given_names.txt", (name for name in given if " " not in name))
    _write("surnames.txt", _faker("last_name") | _census("dist.all.last", MIN_SURNAME_SHARE))
    _write("words.en.txt", _small_letter_words(Path(sys.argv[1])))
    _write("words.es.txt", _spanish_words())


if __name__ == "__main__":
    main()
