"""From documents to tables.

In the order in which the data passes (what stands indented serves the module above it):

- `documents`: a folder of documents, read one by one
    - `manifest`, `sheets`, `decoding`: documents.csv, CSV files with their line numbers, encodings
    - `running`, `citations`: the text without what only its way to us put into it and whom a study cites, and the way back
    - `segmentation`: headings, paragraphs, list items, sentences
- `codebook`: actors, phases, cues and activities, checked with line numbers
    - `toml_lines`, `patterns`, `cues`: where a TOML value stands, how a cue is written, where cues are found
- `tokens`, `names`, `language`, `lexicon`: words, the key of a name, the data of a language
- `index`: the embedded gazetteer, mapped into memory
    - `index_build`, `index_rows`, `index_dump`, `index_write`: how it is made, from packages or a GeoNames dump
- `mentions`: which spans of a text name a place, and in which sense
    - `matching`, `tagger`, `recognizers`: names of the gazetteer in a text, what a capital says, a user's own recognizer
    - `retyping`, `extents`, `demonyms`: whether a name is a place's, where it begins and ends, what is named after a place
    - `surroundings`, `level_words`, `full_names`: what the words beside a name say of it, by rule and by model; the full name of a river, an airport
- `resolution`: which place a name means
    - `candidates`, `namesakes`, `between`: which places bear a name, how the names stand together, what stands between two
    - `ranking`, `votes`, `shortlist`, `containment`: what speaks for each, what the names say of one another, the last choice, what lies in what
- `approximate`: names that the gazetteer lacks, at the town that the text puts them in
- `geocoder`, `online`, `online_answers`: the gazetteer as a geopy geocoder, and geopy's online ones behind it
- `timexes`: time expressions as EDTF and TIMEX3
    - `timex_*`, `edtf`, `publication`: their parts, dates as intervals, a missing publication date
- `actors`, `passages`, `clauses`: who is spoken of, sentences with all that was found in them, how near words are in meaning
    - `passage_reader`, `anaphora`: what finds it, which place "there" and "the city" stand for
- `phases`: which phases a sentence says of a place
    - `standing`, `phase_features`, `phase_model`: how a name stands in its sentence, what speaks for each phase, and how much
    - `encoder`, `retelling`: a transformer's opinion, and the English that it reads
    - `hindsight`, `course`: a second look when all sentences are read, the course of the spread that they tell
    - `silent`: what a sentence that names no place says of those named before it
- `claims`, `dating`: fact, report or suspicion; which date
    - `time_frames`, `turns`: what the text before a sentence says of time; lists of places and of dates told in step
- `observations`, `routes`: what a document says of a place, and of the ways between places
- `overrides`: a person's decisions, which win
- `pipeline`, `batch`: the whole way of one document, and of many on all cores
- `tables`, `build`, `annotation`, `explain`: tables with their checks, a build that knows when it is up to date, annotation files, why it was read so
    - `table_columns`, `table_files`, `table_check`: what each column means, how they are written, what must hold in them
    - `files`, `progress`, `characters`: whole files or none, what a terminal shows meanwhile, what none may be told to obey
- `cli`: the commands; `records`, `errors`: the types that pass between the stages, and what a user is told; `hidden_layer`: the small network of several models

`data` holds what ships (its README tells from where), `derive` and `training` hold what made it.
"""

__version__ = "0.1.0"
