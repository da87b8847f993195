"""Which item is which: keys that tell the items of a feed apart, and hashes that show an edit."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from feedsette.flattening.addresses import clean_url
from feedsette.records import Entry, Known

HASH_RECIPE = 1
"""Part of every content hash: a new recipe gives new hashes, never a false "unchanged"."""

POLICIES = ("guid", "guid+link", "guid+link+date")
"""How much a key says. A feed moves to the right when its keys repeat, and never back."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An entry with what identifies it."""

    entry: Entry
    item_key: str
    key_source: str
    """guid, link or hash."""
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Identities:
    """All entries of a document, told apart."""

    policy: str
    items: tuple[Identity, ...]
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    entry: Entry
    source: str
    keys: tuple[str, ...]
    """One for each policy, each saying more than the one before."""
    digest: str


def identify_entries(entries: Iterable[Entry], known: Known) -> Identities:
    """Give every entry a key that is unique in the document and stays the same between documents.

    Byte-identical twins are one item and empty items are none; both are listed as skipped.
    """
    candidates, skipped = _candidates(entries)
    counts = [_count_keys(candidates, level) for level in range(len(POLICIES))]
    level = _level(counts, known)
    items: dict[str, Identity] = {}
    for one in candidates:
        key = _key(one, counts, level, known)
        if key in items and items[key].content_sha256 != one.digest:
            key = f"{key} | {one.digest}"
        if key in items:
            skipped.append(f"{_label(one.entry)}: differs from its twin only in what is no content")
            continue
        items[key] = Identity(one.entry, key, one.source, one.digest)
    return Identities(POLICIES[level], tuple(items.values()), tuple(skipped))


def content_sha256(entry: Entry) -> str:
    """Hash what an author can edit: title, link, authors, tags, html. Dates are left out.

    JSON keeps the fields apart, so that no text can move from one into the next unseen.
    """
    authors = [[author.name, author.url] for author in entry.authors]
    recipe = [HASH_RECIPE, entry.title, entry.link, authors, entry.tags, entry.html]
    return _sha256(recipe)


def _sha256(recipe: object) -> str:
    return sha256(json.dumps(recipe).encode("ascii")).hexdigest()


def _candidates(entries: Iterable[Entry]) -> tuple[list[_Candidate], list[str]]:
    seen: set[Entry] = set()
    candidates: list[_Candidate] = []
    skipped: list[str] = []
    for number, entry in enumerate(entries, 1):
        if _is_empty(entry):
            skipped.append(f"item {number}: empty")
        elif entry in seen:
            skipped.append(f"{_label(entry)}: twin of an item before it, byte by byte")
        else:
            seen.add(entry)
            candidates.append(_candidate(entry))
    return candidates, skipped


def _is_empty(entry: Entry) -> bool:
    named = entry.guid or entry.link or entry.title or entry.html or entry.summary
    return not (named or entry.attachments or entry.pictures)


def _candidate(entry: Entry) -> _Candidate:
    digest = content_sha256(entry)
    link = clean_url(entry.link) if entry.link else ""
    date = entry.published.isoformat() if entry.published else entry.published_raw or ""
    if entry.guid:
        return _Candidate(entry, "guid", _ladder(entry.guid, link, date), digest)
    if link:
        return _Candidate(entry, "link", _ladder(link, entry.title or "", date), digest)
    key = _sha256(
        [entry.title, date, entry.html, entry.summary, [a.url for a in entry.attachments]]
    )
    return _Candidate(entry, "hash", (key, key, key), digest)


def _ladder(first: str, second: str, third: str) -> tuple[str, str, str]:
    return first, f"{first} | {second}", f"{first} | {second} | {third}"


def _count_keys(candidates: list[_Candidate], level: int) -> Counter[str]:
    """How many different contents bear each key; a date alone makes no second item."""
    return Counter(key for key, _ in {(one.keys[level], one.digest) for one in candidates})


def _level(counts: list[Counter[str]], known: Known) -> int:
    """The policy: the first whose keys are unique here, but never left of the one once taken."""
    taken = POLICIES.index(known.key_policy) if known.key_policy in POLICIES else 0
    last = len(POLICIES) - 1
    needed = next((n for n, keys in enumerate(counts) if not _repeats(keys)), last)
    return max(taken, needed)


def _repeats(keys: Counter[str]) -> bool:
    return any(count > 1 for count in keys.values())


def _key(one: _Candidate, counts: list[Counter[str]], level: int, known: Known) -> str:
    """Keep the key under which the item is known; else make one after the feed's policy."""
    for step in range(level, -1, -1):
        key = one.keys[step]
        if key not in known.keys and key not in known.hashes:
            continue
        if counts[step][key] == 1 or known.hashes.get(key) == one.digest:
            return key
    return one.keys[level]


def _label(entry: Entry) -> str:
    return entry.title or entry.link or entry.guid or "item without a name"
