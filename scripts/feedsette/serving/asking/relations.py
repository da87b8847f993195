"""Which articles go with one: by tags, by pages that both link to, and by words of its title.

What is rare counts more: a tag of three articles says more than one of three thousand. A thousand
articles may share a tag, so SQLite gives their numbers in one text and Python counts: row by row,
and grouped by SQLite, took four times as long.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from feedsette.serving.asking.reading import Ask, Row

MOST = 6
MAX_TITLE_WORDS = 4
MAX_BY_TAG = 1_000
"""Articles that are looked at because they share a tag; so many links, and of both the best:"""
BEST_BY_TAG = 50
MAX_TEXTS = 3_000
"""Articles with a word of which it is still asked how many titles have it: that takes longest."""
PATIENCE_MS = 100
"""For each question about many articles."""

_TAGS = """
select tags.id, 3.0 / (2 + tags.article_count) as score
from article_tags cross join tags on tags.id = article_tags.tag_id
where article_tags.article_id = :id and tags.article_count between 2 and 3000
order by tags.article_count, tags.id
"""
_BY_TAG = """
select json_group_array(article_id) as others from (
  select article_id from article_tags where tag_id = :tag limit :most)
"""
# `+`: of the conditions only article_id is worth an index, which SQLite does not know
_BY_LINK = """
select json_group_array(article_id) as others from (
  select other.article_id
  from (
    select distinct clean_url from links
    where article_id = :id and +kind = 'page' and +footer = 0 and +internal = 0
    and +clean_url is not null limit 40
  ) as mine join links as other on other.clean_url = mine.clean_url
  where other.article_id <> :id and other.footer = 0 limit 500
)
"""
# not `order by rank`, for which FTS5 prepares and runs a statement of its own each time
_BY_TEXT = """
select rowid as id, -0.12 * bm25(articles_fts, 8.0, 4.0, 0.0, 1.0) as score
from articles_fts where articles_fts match :words order by 2 desc limit 20
"""
_FEW = """
select case
  when exists (
    select 1 from articles_fts where articles_fts match :word limit 1 offset :most) then 0
  else (select count(*) <= 100 from (
    select 1 from articles_fts where articles_fts match '{title tags} : ' || :word limit 101))
end as few
"""
_CHOSEN = """
select articles.id, articles.title, articles.published
from json_each(:numbers) as chosen join articles on articles.id = chosen.value
order by chosen.key
"""


def related(ask: Ask, number: int, title: str | None) -> list[Row]:
    """Give the articles that go best with that of a number and title, the best first."""
    scores: dict[int, float] = defaultdict(float, _by_tag(ask, number))
    for row in ask(_BY_LINK, limit_ms=PATIENCE_MS, id=number):
        for other in json.loads(row["others"]):
            scores[other] += 0.5
    words = _rare_words(ask, title)
    for row in ask(_BY_TEXT, limit_ms=PATIENCE_MS, words=words) if words else ():
        scores[row["id"]] += row["score"]
    scores.pop(number, None)
    chosen = _best(scores, MOST)
    return ask(_CHOSEN, numbers=json.dumps(chosen)) if chosen else []


def _by_tag(ask: Ask, number: int) -> Iterator[tuple[int, float]]:
    scores: dict[int, float] = {}
    left = MAX_BY_TAG
    for tag in ask(_TAGS, id=number):
        if not left:
            break
        for row in ask(_BY_TAG, limit_ms=PATIENCE_MS, tag=tag["id"], most=left):
            others = json.loads(row["others"])
            left -= len(others)
            score: float = tag["score"]
            new = dict.fromkeys(others, score)
            twice = scores.keys() & new.keys()  # few have two tags in common with it
            scores |= new | {other: scores[other] + score for other in twice}
    return ((other, scores[other]) for other in _best(scores, BEST_BY_TAG))


def _best(scores: Mapping[int, float], count: int) -> list[int]:
    """The best numbers, the best first; of equal ones, that which came into the file last."""
    return sorted(sorted(scores, reverse=True), key=scores.__getitem__, reverse=True)[:count]


def _rare_words(ask: Ask, title: str | None) -> str:
    """Write a full-text query for the words of a title that few other titles or tags have.

    A word of a thousand titles or of some thousand texts says nothing, and to rank a thousand
    articles takes long. Nor are whole texts searched: most words are common there.
    """
    words = sorted(set(re.findall(r"\w{4,}", title or "")), key=lambda word: (-len(word), word))
    # in lower case, as the index has them: `Tea` need not be asked for where `tea` was
    terms = [f'"{_plain(word)}"' for word in words[:MAX_TITLE_WORDS]]
    return " OR ".join(f"{{title tags}} : {term}" for term in terms if _is_rare(ask, term))


def _plain(word: str) -> str:
    return word.lower() if word.isascii() else word


def _is_rare(ask: Ask, term: str) -> bool:
    """Tell whether few articles have a word, which the next with that word need not ask again."""
    return ask(_FEW, limit_ms=20, again=True, word=term, most=MAX_TEXTS) == [{"few": 1}]
