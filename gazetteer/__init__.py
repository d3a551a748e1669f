"""From documents to tables.

In the order in which the data passes (what stands indented serves the module above it):

- `documents`: a folder of documents, read one by one
    - `manifest`, `sheets`, `decoding`: documents.csv, CSV files with their line numbers, encodings
    - `segmentation`: headings, paragraphs, list items, sentences
- `codebook`: actors, phases, cues and activities, checked with line numbers
    - `toml_lines`, `patterns`, `cues`: where a TOML value stands, how a cue is written, where cues are found
- `tokens`, `names`, `language`, `lexicon`: words, the key of a name, the data of a language
- `index`: the embedded gazetteer, mapped into memory
    - `index_build`, `index_rows`, `index_dump`, `index_write`: how it is made, from packages or a GeoNames dump
- `mentions`: which spans of a text name a place, and in which sense
    - `matching`, `tagger`, `recognizers`, `surroundings`: names of the gazetteer in a text, what a capital says, a user's own recognizer, words beside a name
- `resolution`: which place a name means
    - `namesakes`, `ranking`, `votes`, `containment`: candidates, what speaks for each, what the names say of one another, what lies in what
- `geocoder`, `online`, `online_answers`: the gazetteer as a geopy geocoder, and geopy's online ones behind it
- `timexes`: time expressions as EDTF and TIMEX3
    - `timex_*`, `edtf`, `publication`: their parts, dates as intervals, a missing publication date
- `actors`, `passages`, `clauses`: who is spoken of, sentences with all that was found in them, how near words are in meaning
- `phases`: which phases a sentence says of a place
    - `standing`, `phase_features`: how a name stands in its sentence, what speaks for each phase
- `claims`, `dating`: fact, report or suspicion; which date
- `observations`, `routes`: what a document says of a place, and of the ways between places
- `overrides`: a person's decisions, which win
- `pipeline`, `batch`: the whole way of one document, and of many on all cores
- `tables`, `build`, `annotation`, `explain`: tables with their checks, a build that knows when it is up to date, annotation files, why it was read so
    - `table_columns`, `table_files`, `table_check`, `files`, `progress`
- `cli`: the commands; `records`, `errors`: the types that pass between the stages, and what a user is told

`data` holds what ships (its README tells from where), `derive` and `training` hold what made it.
"""

__version__ = "0.1.0"
