"""The schema's declarations → tables, indexes, full-text search and views. sqlite-utils lives here.

A new database is made from schema.py and views.py as they are today, and every migration counts as
applied; an older one gets the migrations that it lacks. So a migration must do nothing where its
work is done already: `_align` brings tables, columns and indexes that are missing, and is all that
most migrations need. Views hold no data: they are replaced whenever their SQL differs.
"""

import sqlite3
from datetime import datetime

from sqlite_utils import Database, Migrations
from sqlite_utils.db import DescIndex, Table

from feedsette import schema
from feedsette.store import children, tallies
from feedsette.store.indexes import TRIGGERS_REST, merge_rarely
from feedsette.store.times import text_of
from feedsette.store.versions import lacks_tables
from feedsette.views import VIEWS

MIGRATIONS = Migrations("feedsette")
Tables = Database
"""What a user's own code is handed to write its tables with."""


def wrap(connection: sqlite3.Connection) -> Tables:
    """The connection as sqlite-utils knows it; within an open transaction it writes into that."""
    return Database(connection, execute_plugins=False)


@MIGRATIONS()
def m001_create(db: Database) -> None:
    """The tables of version 0.1."""
    _align(db)


@MIGRATIONS()
def m002_count_from_indexes(db: Database) -> None:
    """Indexes from which pages count, and full-text indexes that are merged rarely."""
    for index in (
        "idx_links_domain_article_id_footer_internal",
        "idx_article_tags_tag_id",
        "idx_article_authors_author_id",
    ):
        db.execute(f"drop index if exists {index}")
    _align(db)
    for table in schema.TABLES:
        if table.full_text:
            merge_rarely(db.conn, table.name)


@MIGRATIONS()
def m003_tallies(db: Database) -> None:
    """Counts that are kept, and an index from which the languages of code are counted."""
    db.execute("drop index if exists idx_code_blocks_language")
    _align(db)
    tallies.fill(db.conn)


@MIGRATIONS()
def m004_problems(db: Database) -> None:
    """Indexes of what is doubtful, and what repeats within a feed."""
    db.execute("drop index if exists idx_articles_canonical_url")
    _align(db)
    tallies.fill(db.conn)


@MIGRATIONS()
def m005_details(db: Database) -> None:
    """A hash of what a feed may put right beside an article's content."""
    _align(db)


@MIGRATIONS()
def m006_bigrams(db: Database) -> None:
    """An index for scripts that do not part their words, and indexes merged in small steps."""
    _align(db)
    for table in schema.TABLES:
        if table.full_text:
            merge_rarely(db.conn, table.name)
    if not db.table(schema.BIGRAMS.name).count:
        children.fill_bigrams(db.conn)


def upgrade(
    connection: sqlite3.Connection, now: datetime, migrations: Migrations = MIGRATIONS
) -> None:
    """Create or upgrade everything, in one transaction that is already open.

    Not for a database of a newer feedsette: versions.misfit tells those.
    """
    db = Database(connection, execute_plugins=False)
    known = {migration.name for migration in migrations._migrations}
    applied = {migration.name for migration in migrations.applied(db)}
    if applied != known:
        # SQLite refuses to change a table as long as a view would be left broken
        for name in db.view_names():
            db.view(name).drop()
        migrations.apply(db)
        # sqlite-utils asks the system's clock; a build must be repeatable
        for name in known - applied:
            db.execute(
                "update _sqlite_migrations set applied_at = ? where name = ?", (text_of(now), name)
            )
    if lacks_tables(connection):
        _align(db)  # a snapshot, which has no hidden tables, is loaded into again
    for view in VIEWS:
        db.create_view(view.name, view.sql.strip(), replace=True)


def _align(db: Database) -> None:
    missing = [table for table in schema.TABLES if not db.table(table.name).exists()]
    made = {table.name for table in schema.TABLES} - {table.name for table in missing}
    while missing:
        table = next(t for t in missing if _references(t) <= made | {t.name})
        _create(db, table)
        missing.remove(table)
        made.add(table.name)
    for table in schema.TABLES:
        _add_columns(db, table)
        _index(db, table)
        if table.full_text and not db.table(table.name).detect_fts():
            _enable_full_text(db.table(table.name), table.full_text)


def _references(table: schema.Table) -> set[str]:
    return {column.references for column in table.columns if column.references}


def _create(db: Database, table: schema.Table) -> None:
    db.table(table.name).create(
        {column.name: column.type for column in table.columns},
        pk="id" if table.has_id else table.key,
        foreign_keys=[(c.name, c.references, "id") for c in table.columns if c.references],
        not_null={column.name for column in table.columns if column.not_null},
    )


def _add_columns(db: Database, table: schema.Table) -> None:
    present = db.table(table.name).columns_dict
    for column in table.columns:
        if column.name not in present:
            db.table(table.name).add_column(
                column.name, column.type, fk=column.references, fk_col="id"
            )


def _index(db: Database, table: schema.Table) -> None:
    if table.has_id and table.key != ("id",):
        _index_key(db, table)
    leading = {table.key[0], *(index[0] for index in table.indexes)}
    for columns in table.indexes:
        names = [DescIndex(name[1:]) if name[0] == "-" else name for name in columns]
        db.table(table.name).create_index(names, if_not_exists=True)
    for index in table.partial_indexes:  # which sqlite-utils does not make
        db.execute(
            f"create index if not exists {index.name}"
            f" on {table.name} ({', '.join(index.columns)}) where {index.where}"
        )
    for column in table.columns:
        if column.has_index and column.name not in leading:
            db.table(table.name).create_index([column.name], if_not_exists=True)


def _index_key(db: Database, table: schema.Table) -> None:
    optional = {column.name for column in table.columns if not column.not_null}
    if not optional & set(table.key):
        db.table(table.name).create_index(table.key, unique=True, if_not_exists=True)
        return
    # an index holds NULLs for different from each other, and two authors without a page are not
    terms = ", ".join(f"coalesce({c}, '')" if c in optional else c for c in table.key)
    db.execute(
        f"create unique index if not exists idx_{table.name}_{'_'.join(table.key)}"
        f" on {table.name} ({terms})"
    )


def _enable_full_text(table: Table, full_text: schema.FullText) -> None:
    table.enable_fts(full_text.columns, create_triggers=True, tokenize=full_text.tokenize)
    merge_rarely(table.db.conn, table.name)
    # sqlite-utils' trigger would write the index again whenever last_seen moves
    updates = f"AFTER UPDATE OF {', '.join(full_text.columns)} ON"
    for name, sql in table.triggers_dict.items():
        quieter = sql.replace("AFTER UPDATE ON", updates)
        table.db.execute(f"drop trigger {name}")
        table.db.execute(quieter.replace(" BEGIN", f" {TRIGGERS_REST} BEGIN", 1))
