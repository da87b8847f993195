"""The errors that a user can do something about; everything else is a bug and shows its traceback.

The command turns each of them into one line on stderr, `location: reason`, in one place (cli.py).
"""


class FeedsetteError(Exception):
    """The root: a message of one line that says what, where and what to do."""


class SourceError(FeedsetteError):
    """A location cannot be read: no such file, a refused connection, an answer that is no feed."""


class FeedError(FeedsetteError):
    """Bytes were read, but they are no feed that can be parsed."""


class StoreError(FeedsetteError):
    """The database cannot be opened or written: locked, read-only, full, or not SQLite."""
