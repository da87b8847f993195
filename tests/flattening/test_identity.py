"""Keys tell the items of a feed apart and stay the same; hashes show an edit and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsette.flattening.identity import (
    Identities,
    content_sha256,
    details_sha256,
    identify_entries,
)
from feedsette.records import Attachment, Author, Entry, Known, Picture

DAY = datetime(2024, 5, 6, tzinfo=UTC)
A = Entry(guid="g", link="https://e.org/a", title="A", published=DAY)
B = Entry(guid="g", link="https://e.org/b", title="B", published=DAY)
OTHER = Entry(guid="h", link="https://e.org/h", title="H")


def keys_of(found: Identities) -> list[tuple[str, str]]:
    return [(item.item_key, item.key_source) for item in found.items]


def known_after(found: Identities) -> Known:
    hashes = {item.item_key: item.content_sha256 for item in found.items}
    return Known(found.policy, hashes, frozenset(hashes))


def test_a_key_is_the_guid_else_the_clean_link_else_a_hash():
    found = identify_entries(
        [A, Entry(link="https://E.org/b?utm_source=rss#top"), Entry(html="<p>x</p>")], Known()
    )
    assert keys_of(found)[:2] == [("g", "guid"), ("https://e.org/b", "link")]
    assert keys_of(found)[2][1] == "hash"
    assert (found.policy, found.skipped) == ("guid", ())


@pytest.mark.parametrize(
    ("first", "second", "keys"),
    [
        pytest.param(A, B, ["g | https://e.org/a", "g | https://e.org/b"], id="links differ"),
        pytest.param(
            A,
            A._replace(title="later", published=DAY.replace(day=7)),
            [
                "g | https://e.org/a | 2024-05-06T00:00:00+00:00",
                "g | https://e.org/a | 2024-05-07T00:00:00+00:00",
            ],
            id="dates differ",
        ),
        pytest.param(
            A._replace(published=None),
            A._replace(published=None, title="B"),
            [
                f"g | https://e.org/a | - | {content_sha256(A)}",
                f"g | https://e.org/a | - | {content_sha256(A._replace(title='B'))}",
            ],
            id="only content differs",
        ),
        pytest.param(
            A._replace(guid=None),
            A._replace(guid=None, title="B"),
            ["https://e.org/a | A", "https://e.org/a | B"],
            id="no guid and one link for all",
        ),
    ],
)
def test_all_items_of_a_repeated_key_say_more(first, second, keys):
    found = identify_entries([first, OTHER, second], Known())
    assert [key for key, _ in keys_of(found)] == [keys[0], "h | https://e.org/h", keys[1]]
    assert (found.policy, found.skipped) == ("guid+link", ())


def test_the_order_of_items_does_not_matter():
    forwards, backwards = (identify_entries(row, Known()) for row in ([A, OTHER, B], [B, OTHER, A]))
    assert set(forwards.items) == set(backwards.items)


def test_keys_do_not_flip_back_when_the_repetition_is_gone():
    first = identify_entries([A, B, OTHER], Known())
    second = identify_entries([B, OTHER, A._replace(guid="n")], known_after(first))
    assert keys_of(second) == [
        ("g | https://e.org/b", "guid"),
        ("h | https://e.org/h", "guid"),
        ("n | https://e.org/a", "guid"),
    ]
    assert second.policy == "guid+link"


def test_items_known_before_guids_repeated_keep_their_keys():
    first = identify_entries([A, OTHER], Known())
    second = identify_entries([B, A, OTHER._replace(title="edited")], known_after(first))
    assert [key for key, _ in keys_of(second)] == ["g | https://e.org/b", "g", "h"]


def test_keys_outlive_the_version_that_made_them():
    known = replace(known_after(identify_entries([A, OTHER], Known())), hashes={})
    found = identify_entries([OTHER], replace(known, key_policy="guid+link"))
    assert keys_of(found) == [("h", "guid")]


def test_a_guid_that_reads_like_another_ones_guid_and_link_is_no_collision():
    trap = Entry(guid="g | https://e.org/a", title="trap")
    found = identify_entries([A, B, trap], Known())
    assert [key for key, _ in keys_of(found)] == [
        "g | https://e.org/a",
        "g | https://e.org/b",
        "g %7C https://e.org/a | -",
    ]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        pytest.param(A, "A: twin of an item before it, and kept once", id="twin"),
        pytest.param(
            A._replace(published=None),
            "A: says the same as an item before it, and is kept once",
            id="other date",
        ),
        pytest.param(
            Entry(base_url="https://e.org/", language="en"),
            "item 2: empty, and skipped",
            id="empty",
        ),
    ],
)
def test_what_becomes_no_item_is_told(entry, line):
    found = identify_entries([A, entry], Known())
    assert (keys_of(found), found.skipped) == ([("g", "guid")], (line,))


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        pytest.param(Entry(link="https://e.org/"), "https://e.org/", id="link"),
        pytest.param(Entry(guid="g"), "g", id="guid"),
        pytest.param(Entry(html="x"), "item without a name", id="neither"),
    ],
)
def test_a_skipped_item_is_called_by_what_it_has(entry, name):
    found = identify_entries([entry, entry], Known())
    assert found.skipped == (f"{name}: twin of an item before it, and kept once",)


@pytest.mark.parametrize(
    "entry",
    [
        Entry(published=DAY),
        Entry(tags=("t",)),
        Entry(authors=(Author("N"),)),
        Entry(attachments=(Attachment("https://e.org/x.mp3"),)),
    ],
)
def test_an_item_with_anything_at_all_is_kept(entry):
    assert len(identify_entries([entry], Known()).items) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "B"},
        {"link": "https://e.org/2"},
        {"authors": (Author("N", "https://n.example/"),)},
        {"tags": ("t",)},
        {"html": "<p>y</p>"},
        {"html": "\ud800"},
        {"title": None, "link": "A"},
    ],
)
def test_an_edit_changes_the_hash(change):
    assert content_sha256(A._replace(**change)) != content_sha256(A)


@pytest.mark.parametrize(
    "change", [{"published": None}, {"updated": DAY}, {"summary": "s"}, {"published_raw": "?"}]
)
def test_what_no_author_edits_leaves_the_hash(change):
    assert content_sha256(A._replace(**change)) == content_sha256(A)


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "s"},
        {"published": None},
        {"language": "de"},
        {"canonical_url": "https://o.example/"},
        {"attachments": (Attachment("https://e.org/1.mp3"),)},
        {"pictures": (Picture("https://e.org/1.png"),)},
    ],
)
def test_what_else_is_put_right_changes_the_hash_of_details(change):
    assert details_sha256(A._replace(**change)) != details_sha256(A)


@pytest.mark.parametrize(
    "change", [{"published": DAY + timedelta(1)}, {"updated": DAY}, {"title": "B"}]
)
def test_moved_dates_leave_the_hash_of_details(change):
    assert details_sha256(A._replace(**change)) == details_sha256(A)


def test_the_hash_keeps_fields_apart():
    assert content_sha256(Entry(tags=("a", "b"))) != content_sha256(Entry(tags=("a,b",)))
    assert content_sha256(Entry(title='a", "b')) != content_sha256(Entry(title="a", link="b"))


FEW = st.sampled_from([None, "a", "b", "a | b"])
DATES = st.sampled_from([None, DAY])
ENTRIES = st.lists(
    st.builds(
        Entry, guid=FEW, link=FEW, title=FEW, html=FEW, published=st.sampled_from([None, DAY])
    ),
    max_size=8,
)


@given(ENTRIES, ENTRIES)
@settings(max_examples=60, deadline=None)
def test_keys_are_unique_and_every_item_is_accounted_for(entries, later):
    first = identify_entries(entries, Known())
    second = identify_entries(later, known_after(first))
    for found, given_ in ((first, entries), (second, later)):
        keys = [item.item_key for item in found.items]
        assert len(keys) == len(set(keys))
        assert len(keys) + len(found.skipped) == len(given_)


@given(ENTRIES)
@settings(max_examples=60, deadline=None)
def test_the_same_document_again_finds_its_own_keys(entries):
    first = identify_entries(entries, Known())
    assert identify_entries(entries, known_after(first)).items == first.items
