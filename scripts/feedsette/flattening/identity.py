"""Which item is which: keys that tell the items of a feed apart, and hashes that show an edit."""

import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from feedsette.flattening.addresses.cleaning import clean_url
from feedsette.records import Entry, Known
from feedsette.rows import KEY_SEPARATOR

HASH_RECIPE = 1
"""Part of every content hash: a new recipe gives new hashes, never a false "unchanged"."""

POLICIES = ("guid", "guid+link")
"""How much a key says at least. A feed whose guids repeat takes the second, and keeps it."""

_STEPS = 4
"""guid; guid and link; guid, link and date; all that and the content's hash."""


class Identity(NamedTuple):
    """An entry with what identifies it."""

    entry: Entry
    item_key: str
    key_source: str
    """guid, link or hash."""
    content_sha256: str
    details_sha256: str


class Identities(NamedTuple):
    """All entries of a document, told apart."""

    policy: str
    items: tuple[Identity, ...]
    skipped: tuple[str, ...]


class _Candidate(NamedTuple):
    entry: Entry
    source: str
    keys: tuple[str, ...]
    """One for each step, each saying more than the one before."""
    digest: str


def identify_entries(entries: Iterable[Entry], known: Known) -> Identities:
    """Give every entry a key that is unique in the document and stays the same between documents.

    Byte-identical twins are one item and empty items are none; both are listed as skipped.
    """
    candidates, skipped = _candidates(entries)
    counts = [_count_keys(candidates, step) for step in range(_STEPS)]
    policy = _policy(counts[0], known)
    items: dict[str, Identity] = {}
    for one in candidates:
        key = _key(one, counts, policy, known)
        if key in items:
            skipped.append(
                f"{one.entry.label}: says the same as an item before it, and is kept once"
            )
        else:
            items[key] = Identity(one.entry, key, one.source, one.digest, details_sha256(one.entry))
    return Identities(POLICIES[policy], tuple(items.values()), tuple(skipped))


def content_sha256(entry: Entry) -> str:
    """Hash what an author can edit: title, link, authors, tags, html. Dates are left out.

    JSON keeps the fields apart, so that no text can move from one into the next unseen.
    """
    authors = [[author.name, author.url] for author in entry.authors]
    recipe = [HASH_RECIPE, entry.title, entry.link, authors, entry.tags, entry.html]
    return _sha256(recipe)


def details_sha256(entry: Entry) -> str:
    """Hash what else a feed may put right: summary, files, pictures, language, original.

    Dates are left out, as some programs stamp all of them anew each time. But it counts that there
    is one where there was none that could be used.
    """
    dated = entry.published is not None
    named = [entry.language, entry.canonical_url, dated]
    return _sha256([HASH_RECIPE, entry.summary, entry.attachments, entry.pictures, *named])


def _sha256(recipe: object) -> str:
    return sha256(json.dumps(recipe).encode("ascii")).hexdigest()


def _candidates(entries: Iterable[Entry]) -> tuple[list[_Candidate], list[str]]:
    seen: set[Entry] = set()
    candidates: list[_Candidate] = []
    skipped: list[str] = []
    for number, entry in enumerate(entries, 1):
        if entry.is_empty:
            skipped.append(f"item {number}: empty, and skipped")
        elif entry in seen:
            skipped.append(f"{entry.label}: twin of an item before it, and kept once")
        else:
            seen.add(entry)
            candidates.append(_candidate(entry))
    return candidates, skipped


def _candidate(entry: Entry) -> _Candidate:
    digest = content_sha256(entry)
    link = clean_url(entry.link) if entry.link else ""
    date = entry.published.isoformat() if entry.published else entry.published_raw or ""
    if entry.guid:
        return _Candidate(entry, "guid", _ladder(entry.guid, link, date, digest), digest)
    if link:
        return _Candidate(entry, "link", _ladder(link, entry.title, date, digest), digest)
    files = [attachment.url for attachment in entry.attachments]
    key = _sha256([digest, date, entry.summary, files])
    return _Candidate(entry, "hash", (key,) * _STEPS, digest)


def _ladder(*parts: str | None) -> tuple[str, ...]:
    """Keys of one to four parts; no part holds the separator, so no two of them are confused."""
    clean = [(part or "-").replace(KEY_SEPARATOR, " %7C ") for part in parts]
    return tuple(KEY_SEPARATOR.join(clean[: n + 1]) for n in range(_STEPS))


def _count_keys(candidates: list[_Candidate], step: int) -> Counter[str]:
    """How many different contents bear each key; a date alone makes no second item."""
    return Counter([key for key, _ in {(one.keys[step], one.digest) for one in candidates}])


def _policy(counts: Counter[str], known: Known) -> int:
    repeats = any(count > 1 for count in counts.values())
    return 1 if repeats or known.key_policy == POLICIES[1] else 0


def _key(one: _Candidate, counts: list[Counter[str]], policy: int, known: Known) -> str:
    """The key under which the item is known; else the shortest after the policy that is unique.

    So a change of policy touches only items that were never seen, and no key flips back when the
    item that made another one ambiguous has rolled off. Of the items that share a known key, it
    is the one with the known content.
    """
    for key, count in zip(reversed(one.keys), reversed(counts), strict=True):
        if key not in known.keys and key not in known.hashes:
            continue
        if count[key] == 1 or known.hashes.get(key) == one.digest:
            return key
    steps = range(policy, _STEPS)
    return next((one.keys[n] for n in steps if counts[n][one.keys[n]] == 1), one.keys[-1])
