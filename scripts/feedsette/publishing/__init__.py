"""content.db → what is handed out: a snapshot to serve, or a data package of plain files."""

from feedsette.publishing.exports import ExportOptions, write_export
from feedsette.publishing.packages import Imprint
from feedsette.publishing.snapshots import write_snapshot
from feedsette.publishing.templates import metadata_text

__all__ = ["ExportOptions", "Imprint", "metadata_text", "write_export", "write_snapshot"]
