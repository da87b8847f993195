"""content.db → what is handed out: a snapshot to serve, or a data package of plain files."""

from feedsette.publishing.exports import ExportOptions, write_export
from feedsette.publishing.packages import Imprint
from feedsette.publishing.snapshots import write_snapshot

__all__ = ["ExportOptions", "Imprint", "write_export", "write_snapshot"]
