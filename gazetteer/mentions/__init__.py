"""Which spans of a text name a place, and in which sense.

- `recognition`: all of it, from a document to its mentions
- `matching`, `tagger`, `recognizers`: names of the gazetteer in a text, what a capital says, a user's own recognizer
- `retyping`, `extents`, `demonyms`: whether a name is a place's, where it begins and ends, what is named after a place
- `surroundings`, `level_words`, `full_names`: what the words beside a name say of it, by rule and by model; the full name of a river, an airport
"""

from gazetteer.mentions.recognition import Recognizer

__all__ = ["Recognizer"]
