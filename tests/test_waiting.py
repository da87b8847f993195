"""What is saved when: in order, as much at once as is ready, and nothing waits for long."""

from concurrent.futures import Future
from datetime import UTC, datetime

import pytest

from feedsette import waiting
from feedsette.records import Document, Failure
from feedsette.waiting import BATCH_BYTES, BATCH_DOCUMENTS, WINDOW_DOCUMENTS, Queue

SEEN = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a machine that stands still for a second changes nothing."""
    monkeypatch.setattr(waiting, "BATCH_SECONDS", 60.0)


def document(number: int, size: int = 1, copy_of: str | None = None) -> Document:
    return Document(str(number), b"x" * size, SEEN, copy_of=copy_of)


def done() -> "Future[int]":
    future: Future[int] = Future()
    future.set_result(0)
    return future


def names(batches: object) -> list[list[int]]:
    return [[int(found.location) for found, _ in batch] for batch in batches]


def filled(count: int, size: int = 1) -> Queue[int]:
    """A queue of documents that are ready."""
    queue: Queue[int] = Queue()
    for number in range(count):
        queue.append(document(number, size), done())
    return queue


def test_a_batch_is_due_when_enough_is_ready() -> None:
    queue = filled(BATCH_DOCUMENTS - 1)
    assert names(queue.due()) == []
    queue.append(Failure("15", "gone", SEEN), None)
    assert names(queue.due()) == [list(range(BATCH_DOCUMENTS))]
    assert names(queue.rest()) == []


def test_large_documents_are_a_batch_of_their_own() -> None:
    assert names(filled(3, BATCH_BYTES).due()) == [[0], [1], [2]]
    assert names(filled(3, BATCH_BYTES // 2).due()) == [[0, 1]]


def test_what_is_not_ready_is_waited_for_when_much_waits() -> None:
    queue: Queue[int] = Queue()
    queue.append(document(0), Future())
    for number in range(1, WINDOW_DOCUMENTS - 1):
        queue.append(document(number), done())
        assert names(queue.due()) == []
    queue.append(document(WINDOW_DOCUMENTS - 1), Future())
    assert names(queue.due())[0] == list(range(BATCH_DOCUMENTS))


def test_little_is_saved_too_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = filled(2)
    queue.append(document(2), Future())
    assert names(queue.due()) == []
    monkeypatch.setattr(waiting, "BATCH_SECONDS", -1.0)
    assert names(queue.due()) == [[0, 1]]
    assert names(queue.rest()) == [[2]]


def test_a_copy_that_is_ready_is_saved_before_the_next() -> None:
    queue: Queue[int] = Queue()
    for number, name in enumerate(["a", "b", None, "c"]):
        queue.append(document(number, copy_of=name), done())
    assert not queue.has_copy(document(4))
    assert names(queue.copies_before(document(4))) == []
    assert queue.has_copy(document(4, copy_of="b"))
    assert names(queue.copies_before(document(4, copy_of="b"))) == [[0, 1, 2, 3]]
    queue.append(document(4, copy_of="b"), Future())
    assert names(queue.copies_before(document(5, copy_of="b"))) == []
