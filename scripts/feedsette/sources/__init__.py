"""Locations → documents. The network, files and the clock live here only."""

from feedsette.sources.options import FetchState, SourceOptions, is_due
from feedsette.sources.trips import read_documents

__all__ = ["FetchState", "SourceOptions", "is_due", "read_documents"]
