"""feed-to-sqlite as its command does it, with the URLs from a file: they are too many for a shell.

python feed_to_sqlite_side.py DATABASE FILE_OF_URLS
"""

import sys
from pathlib import Path

from feed_to_sqlite.cli import cli

database, urls = sys.argv[1:]
cli(["--table", "articles", database, *Path(urls).read_text().split()])
