"""What can go wrong, as exceptions that say in one line what, where and what to do.

Every error of the package is an :class:`AtlasError`; each child is also the built-in exception that a plain caller would expect.
"""

from __future__ import annotations


class AtlasError(Exception):
    """Base of the package's errors. The message is one line for a person: file, place in it, value, remedy."""


class InputError(AtlasError, ValueError):
    """An input (a folder, a manifest, a document, an override) is not as it must be."""


class CodebookError(AtlasError, ValueError):
    """A codebook file is not valid; the message carries every finding, one a line, with line numbers."""


class IndexFileError(AtlasError, OSError):
    """The embedded gazetteer's index is missing, cut short or of another version."""


class OutputError(AtlasError, OSError):
    """The result cannot be written."""
