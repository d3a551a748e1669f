"""A folder of documents, read one by one.

- `folder`: its files, each with its text, sections, paragraphs and sentences
- `manifest`, `sheets`, `decoding`: documents.csv, CSV files with their line numbers, encodings
- `running`, `citations`: the text without what only its way to us put into it and whom a study cites, and the way back
- `segmentation`: headings, paragraphs, list items, sentences
"""

from gazetteer.documents.decoding import MAX_BYTES
from gazetteer.documents.folder import SUFFIXES, digest, find_sources, read
from gazetteer.documents.manifest import Problem, Source

__all__ = ["MAX_BYTES", "SUFFIXES", "Problem", "Source", "digest", "find_sources", "read"]
