"""Sentences with all that was found in them.

- `passage`: the type
- `reader`: what finds it: cues, quotes, how far words are from one another
- `actors`, `anaphora`: who is spoken of, which place "there" and "the city" stand for
- `clauses`, `time_frames`: how near words are in meaning, what the text before a sentence says of time
"""

from gazetteer.passages.passage import Named, Passage

__all__ = ["Named", "Passage"]
