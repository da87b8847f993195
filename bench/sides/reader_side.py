"""lemon24/reader with search: add the feeds, update them, update the index.

python reader_side.py DATABASE FILE_OF_URLS
"""

import sys
from pathlib import Path

from reader import make_reader

database, urls = sys.argv[1:]
reader = make_reader(database, search_enabled=True)
for url in Path(urls).read_text().split():
    reader.add_feed(url, exist_ok=True)
for result in reader.update_feeds_iter():
    if isinstance(result.value, Exception):
        sys.exit(f"{result.url}: {result.value}")
reader.update_search()
