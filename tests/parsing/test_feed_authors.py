"""Names and tags as feeds spell them."""

import pytest

from feedsette.parsing.authors import author_name, unique_authors
from feedsette.parsing.tags import unique_tags
from feedsette.records import Author


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Doe", "Jane Doe"),
        ("jane@example.org (Jane Doe)", "Jane Doe"),
        ("jane@example.industries (Jane Große-Doe)", "Jane Große-Doe"),
        ("Jane Doe <jane@example.org>", "Jane Doe"),
        ("Jane Doe (jane@example.org)", "Jane Doe"),
        ("Jane Doe [jane@example.org]", "Jane Doe"),
        ('"Jane Doe" <jane@example.org>', "Jane Doe"),
        ("Jane Doe (mailto:jane@example.org)", "Jane Doe"),
        ("jane@example.org Jane Doe", "Jane Doe"),
        ("jane@example.org (Jane Doe (Acme))", "Jane Doe (Acme)"),
        ("jane [at] example.org (Jane)", "Jane"),
        ("Jane (Acme)", "Jane (Acme)"),
        ("Tom &amp; Jane", "Tom & Jane"),
        ("<b>Jane</b>\n Doe\u200b", "Jane Doe"),
        ("@jane", "@jane"),
        ("@jane@m.example", "@jane"),
        ("J. Doe - j@example.org", "J. Doe"),
        ("Jane at Work", "Jane at Work"),
        ("★", "★"),
        ("jane at example dot org", None),
        ("jane AT example [dot] org (Jane)", "Jane"),
        ("jane {at} example.org", None),
        ("jane＠example.org", None),
        ("jane%40example.org", None),
        ("jane@example.org", None),
        ("jane@localhost", None),
        ("mailto:jane@example.org", None),
        ("<jane@example.org>", None),
        ("noreply@blogger.com (Unknown)", None),
        ("(jane@example.org)", None),
        ("", None),
        (None, None),
        ("x" * 2000, None),
    ],
)
def test_a_name_without_its_address(text: str | None, name: str | None) -> None:
    assert author_name(text) == name


def test_authors_keep_their_order_and_appear_once() -> None:
    people = [
        ("Jane", None),
        ("tom@e.org", "http://e.org"),
        ("JANE", "/jane"),
        ("Ann", "mailto:a@b.c"),
    ]
    assert unique_authors(people, "https://e.org/feed") == (
        Author("Jane", "https://e.org/jane"),
        Author("Ann"),
    )


@pytest.mark.parametrize(
    ("terms", "split", "keywords", "expected"),
    [
        (["b", "a", "B"], False, [], ("b", "a")),
        (["Paris, France"], False, [], ("Paris, France",)),
        (["a, b,,c "], True, [], ("a", "b", "c")),
        (["Computers/Software"], True, ["x ", "computers/software"], ("Computers/Software", "x")),
        (["Uncategorized", " ", "a\x08b"], False, [], ("Uncategorized", "ab")),
    ],
)
def test_tags(
    terms: list[str], split: bool, keywords: list[str], expected: tuple[str, ...]
) -> None:
    assert unique_tags(terms, split=split, keywords=keywords) == expected
