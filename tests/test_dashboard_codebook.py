from __future__ import annotations

from dashboard.codebook import HOME, Actor, codebook_of
from tests.small_tables import CODEBOOK


def test_phases_in_their_order() -> None:
    assert [phase.id for phase in CODEBOOK.ordered] == ["origin", "exploration", "penetration", "consolidation"]
    assert [phase.id for phase in CODEBOOK.outcomes] == ["contested", "disruption"]
    assert CODEBOOK.ranks == {"origin": 0, "exploration": 1, "penetration": 2, "consolidation": 3}
    assert [(position, phase.id) for position, phase in CODEBOOK.beside] == [(HOME, "origin"), (0, "contested"), (1, "disruption")]


def test_ranks_follow_the_order_and_not_the_file() -> None:
    build = {"codebook": {"phases": [{"id": "open", "order": 20}, {"id": "plan", "order": 10, "label": "Planned"}, {"id": "closed"}]}}
    codebook = codebook_of(build, phases=[], actors=[])
    assert codebook.ranks == {"plan": 0, "open": 1}
    assert codebook.home is None
    assert [(position, phase.id) for position, phase in codebook.beside] == [(0, "closed")]
    assert [phase.label for phase in codebook.phases] == ["open", "Planned", "closed"]


def test_what_only_the_tables_name_is_not_lost() -> None:
    codebook = codebook_of({}, phases=["sold", "context"], actors=["grocer", ""])
    assert [phase.id for phase in codebook.phases] == ["context", "sold"]
    assert codebook.actors == (Actor("grocer", "grocer"),)
    assert codebook.label("sold") == "Sold"
    assert codebook.actor_name("nobody") == "nobody"


def test_activities_have_the_labels_that_the_codebook_gives_them() -> None:
    codebook = codebook_of({"codebook": {"activities": [{"id": "retail", "label": "Retail trade"}, {"id": "rent"}]}}, phases=[], actors=[])
    assert [codebook.activity(activity) for activity in ("retail", "rent", "tolls")] == ["Retail trade", "rent", "tolls"]
