r"""Text that SQLite cannot hold: halves of surrogate pairs, as a JSON feed may write ("\ud83d").

They are rare, so nobody looks for them until SQLite refuses one.
"""

from typing import TypeVar

Value = TypeVar("Value")


def mend_surrogates(value: Value) -> Value:
    """The same record with whole pairs joined and U+FFFD for every half; goes into its tuples."""
    mended: object = value
    if isinstance(value, str):
        mended = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    elif isinstance(value, tuple):
        items = map(mend_surrogates, value)
        mended = type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return mended  # type: ignore[return-value]
