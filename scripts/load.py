#!/usr/bin/env python3
"""The front door: `python scripts/load.py SOURCE…` is `feedsette load SOURCE…`."""

import sys

from feedsette.cli import main

if __name__ == "__main__":
    main(["load", *sys.argv[1:]])
