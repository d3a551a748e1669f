"""Learns the weights of :mod:`gazetteer.hindsight`: what the whole document says about the phases that its sentences gave.

    python -m gazetteer.training.hindsight [--out FOLDER]

The chances that it learns from are those of first looks that did not see the reading: as sure, and as wrong, as they are on other documents. Prints the F1 of
(place, phase) pairs of a document, cross-validated by document.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

from gazetteer.hindsight import FirstLook, Hindsight
from gazetteer.phase_model import PhaseModel
from gazetteer.standing import Standing
from gazetteer.training import phases
from gazetteer.training.folds import folds
from gazetteer.training.instances import Prepared
from gazetteer.training.options import Options, run, write_model
from gazetteer.training.phases import Instance

STRENGTH = 0.1
"""Inverse of the regularisation: scikit-learn's ``C``."""
THRESHOLDS = {"*": 0.28}
"""Chance from which a phase is said, by language (``*``: any other): what the program finds, and what it invents, hang on it (the card in
``data/README.md`` has the numbers)."""
_PARTS = 5
_UNLIKELY = 0.03
"""First chances under it teach nothing: the phase is not said."""


def first_looks(prepared: Mapping[str, Prepared], instances: Mapping[str, Sequence[Instance]], snippets: Sequence[Instance]) -> dict[str, list[FirstLook]]:
    """Return the first looks at each reading by models that did not learn from it."""
    out: dict[str, list[FirstLook]] = {}
    for held in folds(prepared, _PARTS):
        model = PhaseModel(phases.fit([*(instance for ident in prepared if ident not in held for instance in instances[ident]), *snippets]))
        out |= {ident: list(_looks(prepared[ident], instances[ident], model)) for ident in held}
    return out


def _looks(prepared: Prepared, instances: Sequence[Instance], model: PhaseModel) -> Iterator[FirstLook]:
    where = [(number, named) for number, passage in enumerate(prepared.passages) for named in range(len(passage.named))]
    for (number, named), instance in zip(where, instances, strict=True):
        place = prepared.passages[number].named[named].resolution.place
        yield FirstLook(number, named, instance.place, place, model.by_phase(prepared.codebook.phases, instance.common, instance.own))


def second_instances(prepared: Prepared, first: Sequence[Instance], looks: Sequence[FirstLook]) -> list[Instance]:
    """Return what the second look sees of a reading: an instance for each place in a sentence but the qualifiers."""
    standing = Standing(prepared.passage_reader)
    vectors = Hindsight(standing, prepared.codebook.phases).vectors(prepared.passages, looks)
    return [
        Instance(instance.document, instance.place, {}, own, instance.phases)
        for instance, look, own in zip(first, looks, vectors, strict=True)
        if not standing.is_qualifier(prepared.passages[look.passage], look.named) and max(look.chances.values()) >= _UNLIKELY
    ]


def train(options: Options) -> None:
    """Learn and write ``hindsight.json``."""
    prepared, snippets = phases.material(options)
    first = {ident: list(phases.instances_of(item)) for ident, item in prepared.items()}
    looks = first_looks(prepared, first, snippets)
    second = [instance for ident in sorted(prepared) for instance in second_instances(prepared[ident], first[ident], looks[ident])]
    print(f"hindsight: {len(second)} places in sentences of {len(prepared)} readings")
    if options.folds:
        marked = phases.marked_pairs([instance for instances in first.values() for instance in instances])
        score = phases.cross_validated(prepared, second, marked, _learn, THRESHOLDS, options.folds)
        print(f"hindsight: F1 of places' phases in the readings {score:.4f}, cross-validated")
    write_model(options.out, "hindsight.json", {"weights": phases.rounded(_learn(second)), "thresholds": THRESHOLDS})


def _learn(instances: Sequence[Instance]) -> dict[str, list[float]]:
    return phases.fit_one(instances, STRENGTH)


if __name__ == "__main__":
    sys.exit(run(__doc__, train))
