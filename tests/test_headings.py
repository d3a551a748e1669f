"""Which names stand in the heading over a name."""

from __future__ import annotations

import pytest

from gazetteer.records import Mention
from gazetteer.resolution import headings

REPORT = """# Report on Peru

Lima is large.

## Chile

Arica and Iquique.

### Arrests

Santiago was raided.

**Costa Rica.** A first case in Corredores, near Canoas.

Upala followed.

## South

Bolivia and Beyond

Oruro.

- Honduras: Trojes, Danlí
- It left Tela
"""


def over(text: str, *names: str) -> dict[str, list[str]]:
    """The names in the heading over each of some names."""
    mentions = [Mention(text.index(name), text.index(name) + len(name), name, "literal") for name in names]
    return {name: [names[number] for number in numbers] for name, numbers in zip(names, headings.over(text, mentions), strict=True)}


def test_a_section_is_about_what_its_heading_names() -> None:
    found = over(REPORT, "Peru", "Lima", "Chile", "Arica", "Iquique")
    assert found == {"Peru": [], "Lima": ["Peru"], "Chile": [], "Arica": ["Chile"], "Iquique": ["Chile"]}


def test_a_heading_without_a_name_leaves_the_one_above_it() -> None:
    assert over(REPORT, "Peru", "Chile", "Santiago") == {"Peru": [], "Chile": [], "Santiago": ["Chile"]}


def test_a_label_is_about_its_own_line() -> None:
    found = over(REPORT, "Chile", "Costa Rica", "Corredores", "Canoas", "Upala")
    assert found == {"Chile": [], "Costa Rica": ["Chile"], "Corredores": ["Costa Rica"], "Canoas": ["Costa Rica"], "Upala": ["Chile"]}
    found = over(REPORT, "Bolivia", "Oruro", "Honduras", "Trojes", "Danlí", "Tela")
    assert found == {"Bolivia": [], "Oruro": ["Bolivia"], "Honduras": ["Bolivia"], "Trojes": ["Honduras"], "Danlí": ["Honduras"], "Tela": ["Bolivia"]}


@pytest.mark.parametrize(
    "text",
    [
        "Chile and its neighbours.\n\nArica is a port.",  # a sentence
        "Chile\nArica is a port.",  # no line of its own
        "- Chile\n\nArica is a port.",  # an item
        f"Chile {'and more ' * 10}\n\nArica is a port.",  # long
        "Chile: a short way to say that it is so, near Peru\nArica is a port.",
    ],
)
def test_no_heading(text: str) -> None:
    assert over(text, "Chile", "Arica")["Arica"] == []


@pytest.mark.parametrize("heading", ["# Chile", "**Chile**", "Chile", "CHILE (2021)", "Chile:", "_Chile_"])
def test_headings(heading: str) -> None:
    name = "CHILE" if "CHILE" in heading else "Chile"
    assert over(f"It began.\n\n{heading}\n\nArica is a port.", name, "Arica")["Arica"] == [name]
