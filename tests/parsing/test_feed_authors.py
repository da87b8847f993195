"""Names and tags as feeds spell them."""

import pytest

from feedsette.parsing.authors import author_name, author_names, unique_authors
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
        (" (Jane Doe)", "Jane Doe"),
        (" ()", None),
        ("(Jane) Doe (Acme)", "(Jane) Doe (Acme)"),
        ("Jane (Acme)", "Jane (Acme)"),
        ("Tom &amp; Jane", "Tom & Jane"),
        ("<b>Jane</b>\n Doe\u200b", "Jane Doe"),
        ("@jane", "@jane"),
        ("@jane@m.example", "@jane"),
        ("J. Doe - j@example.org", "J. Doe"),
        ("Jane at Work", "Jane at Work"),
        ("map[email:jane@example.org name:Jane Doe]", "Jane Doe"),
        ("map[name:Jane Doe site:https://example.org/?a=1]", "Jane Doe"),
        ("map[email:jane@example.org]", None),
        ("map[", "map["),
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("Posted by Jane", ["Jane"]),
        ("(Published by owlPress)", ["owlPress"]),
        ("By the editors", ["By the editors"]),
        ("Byron Doe", ["Byron Doe"]),
        ("Jane Doe and Max Roe", ["Jane Doe", "Max Roe"]),
        ("By Jane Doe, Max Roe, and Ann van der Poe", ["Jane Doe", "Max Roe", "Ann van der Poe"]),
        ("Jane Doe & J. R. Roe", ["Jane Doe", "J. R. Roe"]),
        ("Jana Doe und Max Roe", ["Jana Doe", "Max Roe"]),
        ("Иван Петров, Анна Иванова", ["Иван Петров", "Анна Иванова"]),
        ("Doe, Jane; Roe, Max", ["Doe, Jane", "Roe, Max"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("Jane Doe, PhD", ["Jane Doe, PhD"]),
        ("Jane Doe, Staff Writer", ["Jane Doe, Staff Writer"]),
        ("Jane Doe (Owl Press), Max Roe (1)", ["Jane Doe", "Max Roe"]),
        ("Jane Doe, C\\'ecile {\\L}ee", ["Jane Doe", "C\\'ecile {\\L}ee"]),
        ("Jane Doe, Max Roe, Ann Poe, owl42", ["Jane Doe", "Max Roe", "Ann Poe", "owl42"]),
        ("Jane Doe, Max Roe, owl42", ["Jane Doe, Max Roe, owl42"]),
        (
            " Doe, J., van der Roe, M. K., Poe-Lee, A. ",
            ["Doe, J.", "van der Roe, M. K.", "Poe-Lee, A."],
        ),
        ("Ana Doe e Rui Roe | Jane Poe", ["Ana Doe", "Rui Roe", "Jane Poe"]),
        ("Rui Doe e Roe", ["Rui Doe e Roe"]),
        ("Doe, J.", ["Doe, J."]),
        ("Doe, J., and others", ["Doe, J., and others"]),
        ("王小明、李雷", ["王小明", "李雷"]),
        # a blank line between is a template's loop; a line's end alone may be a wrapped line's
        ("Owl Staff,\n\t\n\t\tJane Doe", ["Owl Staff", "Jane Doe"]),
        ("Jane Doe,\n\tStaff Writer", ["Jane Doe, Staff Writer"]),
        ("Jane Doe (Owl Press)", ["Jane Doe (Owl Press)"]),
        ("Food and Drug Administration", ["Food and Drug Administration"]),
        ("The Hill and The Dale", ["The Hill and The Dale"]),
        ("Rosa Pérez y Doe", ["Rosa Pérez y Doe"]),
        ("jane@example.org", []),
    ],
)
def test_several_names_in_one_credit(text: str, names: list[str]) -> None:
    assert author_names(text) == names


def test_a_page_belongs_to_one_author_only() -> None:
    people = [("Jane Doe and Max Roe", "https://e.org/both"), ("Max Roe", "https://e.org/max")]
    assert unique_authors(people) == (Author("Jane Doe"), Author("Max Roe", "https://e.org/max"))


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


def test_a_login_beside_the_name_is_the_same_author() -> None:
    people = [("janedoe", "https://e.org/jane"), ("Jane Doe", None), ("Max Roe", None)]
    assert unique_authors(people) == (Author("Jane Doe", "https://e.org/jane"), Author("Max Roe"))


@pytest.mark.parametrize(
    ("terms", "split", "keywords", "expected"),
    [
        (["net", "net,", "udp,", ","], False, [], ("net", "udp")),
        (["b", "a", "B"], False, [], ("b", "a")),
        (['"a b"', '"a" or "b"', '"'], False, [], ("a b", '"a" or "b"', '"')),
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
