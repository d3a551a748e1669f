"""What a document says of its places, and of the ways between them.

- `observer`: place, phase, actor, status and date together
- `context`, `doers`: what they are made from, whose doing a sentence tells
- `claims`, `dating`: fact, report or suspicion; which date
- `turns`: lists of places and of dates told in step
- `routes`: the ways between places
"""

from gazetteer.observations.context import Context
from gazetteer.observations.observer import Observer

__all__ = ["Context", "Observer"]
