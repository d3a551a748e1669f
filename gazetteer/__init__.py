"""From documents to tables.

A package is a stage, or what several of them stand on; its docstring lists its modules. In the order in which the data passes:

- `documents`: a folder of documents, read one by one: manifest, text, sections, paragraphs, sentences
- `codebook`: actors, phases, cues and activities, checked with line numbers
- `text`: words, names and the data of a language
- `index`: the embedded gazetteer, mapped into memory, and how it is made
- `mentions`: which spans of a text name a place, and in which sense
- `resolution`: which place a name means, with the reason and the alternatives
- `geocoding`: the gazetteer as a geopy geocoder, and geopy's online ones behind it
- `timexes`: time expressions as EDTF and TIMEX3
- `passages`: sentences with all that was found in them, who is spoken of, how near words are in meaning
- `phases`: which phases a sentence says of a place
- `observations`: what a document says of its places and of the ways between them: phase, status, date
- `tables`: what was read, with a fixed schema, and what must hold

What puts them together:

- `pipeline`, `batch`: the whole way of one document, and of many on all cores
- `overrides`: a person's decisions, which win
- `build`, `annotation`, `explain`: a build that knows when it is up to date, annotation files, why it was read so
- `cli`: the commands
- `records`, `edtf`, `errors`: the types that pass between the stages, dates as intervals, what a user is told
- `files`, `progress`: whole files or none, what a terminal shows meanwhile
- `chances`, `hidden_layer`: chances and scores, the small network of several models

`data` holds what ships (its README tells from where), `derive` and `training` hold what made it.
"""

__version__ = "0.1.0"
