"""Records come out of a pickle as they went in."""

import copyreg
import pickle
from dataclasses import fields, is_dataclass

import pytest

from feedsette import rows

RECORDS = [
    one for one in vars(rows).values() if is_dataclass(one) and one.__module__ == rows.__name__
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_survives(record: type) -> None:
    one = record(*(f"{field.name}!" for field in fields(record)))
    assert pickle.loads(pickle.dumps(one)) == one


def test_every_record_of_a_wall_is_packed_quickly() -> None:
    assert [record for record in RECORDS if record not in copyreg.dispatch_table] == []
