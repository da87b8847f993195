r"""Text that SQLite cannot hold: halves of surrogate pairs, as a JSON feed may write ("\ud83d").

They are rare, so nobody looks for them until SQLite refuses one.
"""

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

Value = TypeVar("Value")


def mend_surrogates(value: Value) -> Value:
    """The same record with whole pairs joined and U+FFFD for every half; goes into its tuples."""
    mended: object = value
    if isinstance(value, str):
        mended = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    elif isinstance(value, tuple):
        mended = tuple(mend_surrogates(item) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value)]
        mended = replace(value, **{name: mend_surrogates(getattr(value, name)) for name in names})
    return mended  # type: ignore[return-value]
