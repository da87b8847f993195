"""Hosts that keep a run waiting: a dead server of five hundred feeds would hold it for hours."""

from feedsette.sources.answers import FetchError

MAX_SILENT = 3
"""Locations in a row for which a host gave nothing but a wait; no other of its is read in a run."""


class Silences:
    """How often each host was silent. One for a run, used from many threads.

    Of the host that was silent, which need not be the one that a location names: a redirect leads
    elsewhere, and who redirects has spoken. Threads may lose a count to each other; then a host is
    waited for once more.
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def require_voice(self, host: str) -> None:
        """Raise FetchError for a host that was silent too often."""
        if self._counts.get(host, 0) >= MAX_SILENT:
            reason = f"not asked: {host} kept us waiting for {MAX_SILENT} others in vain"
            raise FetchError(reason, silent=host)

    def count(self, host: str) -> None:
        """Count a location for which a host gave nothing, however often it was asked."""
        self._counts[host] = self._counts.get(host, 0) + 1

    def forget(self, host: str) -> None:
        """Begin anew with a host that said something, be it a refusal."""
        self._counts.pop(host, None)
