"""The embedded gazetteer.

- `lookup`: places by name, mapped into memory
- `containment`: what lies in what
- `build`, `rows`, `dump`, `write`: how the index is made, from packages or a GeoNames dump
"""

from gazetteer.index.lookup import ALTERNATE, CANONICAL, DEGREE_KM, LEVELS, RELAXED, SHORT, Facts, Index, open_index

__all__ = ["ALTERNATE", "CANONICAL", "DEGREE_KM", "LEVELS", "RELAXED", "SHORT", "Facts", "Index", "open_index"]
