"""What a document says of its places, and of the ways between them.

- `observer`: place, phase, actor, status and date together
- `claims`, `dating`: fact, report or suspicion; which date
- `turns`: lists of places and of dates told in step
- `routes`: the ways between places
"""

from gazetteer.observations.observer import Context, Observer

__all__ = ["Context", "Observer"]
