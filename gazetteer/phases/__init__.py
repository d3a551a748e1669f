"""Which phases a sentence says of a place.

- `tagging`: all of it, from sentences to phases
- `standing`, `features`, `model`: how a name stands in its sentence, what speaks for each phase, and how much
- `encoder`, `retelling`: a transformer's opinion, and the English that it reads
- `hindsight`, `course`: a second look when all sentences are read, the course of the spread that they tell
- `silent`: what a sentence that names no place says of those named before it
"""

from gazetteer.phases.tagging import SAID, Judgement, PhaseTag, PhaseTagger

__all__ = ["SAID", "Judgement", "PhaseTag", "PhaseTagger"]
