"""The INSERT, UPDATE and upsert statements of the tables, generated from the schema.

Their names come from schema.py only, never from a feed, which is what S608 asks about.
"""

from functools import cache

from feedsette.schema import Table


@cache
def insert(table: Table) -> str:
    """INSERT of a whole row, columns in the order of the schema."""
    names = ", ".join(f'"{name}"' for name in table.column_names)
    marks = ", ".join("?" * len(table.columns))
    return f'insert into "{table.name}" ({names}) values ({marks})'  # noqa: S608


@cache
def upsert(table: Table) -> str:
    """Insert a row, or update the row of that id where a value differs.

    The comparison keeps the full-text triggers from writing what is there already.
    """
    others = [name for name in table.column_names if name != "id"]
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    old = ", ".join(f'"{table.name}"."{name}"' for name in others)
    new = ", ".join(f'excluded."{name}"' for name in others)
    return f"{insert(table)} on conflict (id) do update set {changes} where ({old}) is not ({new})"


@cache
def update(table: Table, columns: tuple[str, ...]) -> str:
    """UPDATE of these columns of the row whose id comes last."""
    changes = ", ".join(f'"{name}" = ?' for name in columns)
    return f'update "{table.name}" set {changes} where id = ?'  # noqa: S608
