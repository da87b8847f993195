"""The floor: feedparser with its default settings, which writes nothing.

python floor.py FILE…
"""

import sys
from pathlib import Path

import feedparser

for name in sys.argv[1:]:
    for path in sorted(Path(name).glob("*.xml")):
        if not feedparser.parse(path.read_bytes()).entries:
            sys.exit(f"{path}: no entries")
