"""What a reading is about: actors, phases, cues and activities, checked with line numbers.

- `book`: the codebook as it is used
- `patterns`, `cues`: how a cue is written, where cues are found
- `toml_lines`: where a TOML value stands
"""

from gazetteer.codebook.book import CONTEXT, GENERAL_PHASES, MAX_OUTCOMES, Actor, Codebook, Phase, default_path, find, make_cues, read

__all__ = ["CONTEXT", "GENERAL_PHASES", "MAX_OUTCOMES", "Actor", "Codebook", "Phase", "default_path", "find", "make_cues", "read"]
