"""Which place a name means.

- `resolver`: all of it, from mentions to places, with the reason and the alternatives
- `candidates`, `namesakes`, `between`, `headings`: which places bear a name, how the names stand together, what stands between two and over them
- `ranking`, `votes`, `shortlist`: what speaks for each, what the names say of one another, the last choice
- `approximate`: names that the gazetteer lacks, at the town that the text puts them in
"""

from gazetteer.resolution.resolver import Locator, Resolver

__all__ = ["Locator", "Resolver"]
