"""Listings: the 97 conventions of the wild, and our own cases beside them."""

import json
from pathlib import Path
from typing import Any

import pytest

from feedsette.flattening.code import Listing, read_listing
from feedsette.flattening.languages import canonical
from feedsette.markup import Element, parse_html

CASES = json.loads(
    (Path(__file__).parent.parent / "data" / "code_conventions.json").read_text("utf-8")
)


def listings(html: str) -> list[Listing]:
    """What a walk finds that asks every element and does not descend into listings."""
    found = []
    stack: list[Element] = [parse_html(html)]
    while stack:
        element = stack.pop()
        listing = read_listing(element)
        if listing:
            found.append(listing)
        else:
            stack.extend(reversed(list(element.elements)))
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_conventions(case: dict[str, Any]) -> None:
    found = listings(case["html"])
    if case["code"] is None:
        assert found == []
        return
    count = 2 if case["id"] == "quarto" else 1
    assert len(found) == count
    language = case["language"] and canonical(case["language"])
    assert (found[0].code, found[0].language) == (case["code"], language)
