"""Time expressions as EDTF and TIMEX3.

- `finding`: all of them in a text
- `grammar`, `tokens`, `moments`, `values`: the patterns of a language, words as they see them, moments, and how they are written
- `dates`, `units`, `ranges`, `context`: days and months, counted units, from one to the other, and what the text before says
- `publication`: a missing publication date
"""

from gazetteer.timexes.finding import find

__all__ = ["find"]
