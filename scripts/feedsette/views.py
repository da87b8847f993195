"""The views that people download, straight off an index.

Datasette pages through a view by OFFSET, so a view must not sort or group more than it has to: the
wide ones below read one table as its rows lie, by id, and look the rest up by key in subqueries.
Rows that are skipped look nothing up there, which they did in a join (the last page of a million
links took three times as long), and SQLite counts the one table alone, page by page instead of row
by row. What would be grouped is kept counted (TALLIES in schema.py).

A download over the web ends where a page takes too long, after some hundred thousand rows, or
sooner where the machine is busy; `feedsette export` reads any number. It sorts by `View.order`,
which alone promises an order.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """One column of a view and what it holds."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class View:
    """A saved SELECT with its columns in order."""

    name: str
    description: str
    order: str
    """Columns after which no two rows differ: what an export sorts by, so that two are equal."""
    columns: tuple[ViewColumn, ...]
    sql: str


def _columns(**descriptions: str) -> tuple[ViewColumn, ...]:
    return tuple(ViewColumn(name, text) for name, text in descriptions.items())


ARTICLE_LIST = View(
    "article_list",
    "Every article without its text and HTML: the table to download.",
    "id",
    _columns(
        id="Number of the article.",
        feed="The feed's title.",
        title="The title.",
        author="The authors' names.",
        published="Date of publication (UTC).",
        updated="Date of the last change that the feed names (UTC).",
        url="The article's address.",
        canonical_url="Where the original stands.",
        tags="Its tags as a JSON array.",
        language="Its language (BCP 47).",
        word_count="Words of text.",
        reading_minutes="Minutes it takes to read.",
        code_block_count="Number of code blocks.",
        link_count="Number of links, without those of syndication footers.",
        image_count="Number of images.",
        revision_count="How many earlier versions are kept.",
        first_seen="When feedsette first read it (UTC).",
        last_seen="Latest document that held it (UTC).",
        removed_at="When it was found removed from its feed (UTC).",
        feed_id="Number of the feed.",
    ),
    """
select id, (select coalesce(title, feed_key) from feeds where id = articles.feed_id) as feed, title,
  author, published, updated, url, canonical_url, tags, language, word_count, reading_minutes,
  code_block_count, link_count, image_count, revision_count, first_seen, last_seen, removed_at,
  feed_id
from articles
""",
)

LINK_LIST = View(
    "link_list",
    "Every link with the title of the article that it stands in.",
    "id",
    _columns(
        id="Number of the link.",
        article_id="Number of the article it stands in.",
        article="Title of the article it stands in.",
        published="When that article was published (UTC).",
        position="Its place in the article, from 0.",
        url="The address, absolute.",
        clean_url="The address without tracking parameters and fragment.",
        domain="The host that it leads to.",
        text="The linked text.",
        kind="page, image, anchor, mailto or other.",
        internal="1 if it leads to the article's or the feed's own site.",
        footer="1 if it stands in a syndication footer.",
        reference="The n of the [n] that follows it or that it is.",
        reference_title="What the list of references calls it.",
        target_article_id="Number of the article of this database that it leads to.",
        problem="Why it is doubtful.",
    ),
    """
select id, article_id, (select title from articles where id = links.article_id) as article,
  (select published from articles where id = links.article_id) as published, position, url,
  clean_url, domain, text, kind, internal, footer, reference, reference_title, target_article_id,
  problem
from links
""",
)

CODE_LIST = View(
    "code_list",
    "Every code block with the title and address of its article.",
    "id",
    _columns(
        id="Number of the code block.",
        article_id="Number of the article it stands in.",
        article="Title of the article it stands in.",
        url="Address of the article.",
        published="When that article was published (UTC).",
        position="Its place in the article, from 0.",
        language="Short name of the language, or NULL.",
        language_source="declared or detected.",
        line_count="Number of lines.",
        caption="Its caption or file name.",
        code="The code.",
    ),
    """
select id, article_id, (select title from articles where id = code_blocks.article_id) as article,
  (select url from articles where id = code_blocks.article_id) as url,
  (select published from articles where id = code_blocks.article_id) as published, position,
  language, language_source, line_count, caption, code
from code_blocks
""",
)

TAG_MONTHS = View(
    "tag_months",
    "How many articles bore each tag, month by month.",
    "tag_id, month",
    _columns(
        tag="The tag's slug.",
        month="The month of publication, such as 2024-09 (UTC).",
        articles="How many articles of that month bear the tag.",
        tag_id="Number of the tag.",
    ),
    """
select (select slug from tags where id = tag_month_counts.tag_id) as tag, month, articles, tag_id
from tag_month_counts
order by tag_id, month
""",
)

DOMAINS = View(
    "domains",
    "Which sites the articles link to, most linked first; without syndication footers.",
    "links desc, domain",
    _columns(
        domain="The host.",
        links="How many links lead to it.",
        articles="How many articles link to it.",
    ),
    """
select domain, links, articles
from domain_counts
order by links desc, domain
""",
)

CROSS_POSTS = View(
    "cross_posts",
    "Articles that stand in several feeds: those that share a canonical URL.",
    "canonical_url",
    _columns(
        canonical_url="Where the original stands.",
        feeds="In how many feeds it was found.",
        articles="How many rows that makes.",
        first_published="The earliest date of publication among them (UTC).",
        first_article_id="Number of the first of these articles.",
        title="The title of the first of these articles.",
    ),
    """
select same.canonical_url, same.feeds, same.articles, same.first_published,
  same.first_article_id, articles.title
from (
  select twice.canonical_url, count(distinct feed_id) as feeds, count(*) as articles,
    min(published) as first_published, min(id) as first_article_id
  from (
    select canonical_url from articles
    where canonical_url is not null group by canonical_url having count(*) > 1
  ) as twice cross join articles on articles.canonical_url = twice.canonical_url
  group by twice.canonical_url
  having count(distinct feed_id) > 1
) as same cross join articles on articles.id = same.first_article_id
order by same.canonical_url
""",
)

PROBLEMS = View(
    "problems",
    "What is doubtful, to be looked at: one row for each malformed link, and for each article and "
    "other kind of problem.",
    "article_id, kind, detail",
    _columns(
        article_id="Number of the article.",
        title="Its title.",
        kind="malformed link, no date, unusable date, future date, no alt text, unlabelled "
        "code, no text, no title, repeated title or suspected duplicate.",
        detail="What exactly.",
    ),
    """
select links.article_id, articles.title, 'malformed link' as kind,
  links.problem || coalesce(': ' || coalesce(links.url, links.text), '') as detail
from links cross join articles on articles.id = links.article_id
-- > '', which is to be looked up in an index; not null, SQLite holds for no condition at all
where links.problem > ''
union all
select id, title, 'unusable date', published_raw
from articles where published is null and published_raw is not null
union all
select id, title, 'no date', 'the feed names no date of publication'
from articles where published is null and published_raw is null
union all
-- later than the day after it was last seen: compared with no clock, so it stays reproducible
select id, title, 'future date', published
from articles where published > strftime('%Y-%m-%dT%H:%M:%S+00:00', last_seen, '+1 day')
  and published > last_seen  -- follows, and an index knows these
union all
select id, title, 'no title', coalesce(url, guid, item_key)
from articles where title is null
  -- not of those who never write one: short notes have none
  and feed_id in (
    select feed_id from articles where title is null
    group by feed_id having count(*) < (select article_count from feeds where id = feed_id)
  )
union all
select id, title, 'no text', coalesce(url, guid, 'nor does the feed name its address')
from articles where (word_count = 0 or word_count is null) and text is null and image_count = 0
  and not exists (select 1 from enclosures where enclosures.article_id = articles.id)
  and not exists (select 1 from embeds where embeds.article_id = articles.id)
union all
-- not of pictures that only the feed names, which have no section: no format lets them have one
select images.article_id, articles.title, 'no alt text', count(*) || ' of its images'
from images cross join articles on articles.id = images.article_id
where images.alt is null and images.section_id is not null
group by images.article_id
union all
select code_blocks.article_id, articles.title, 'unlabelled code', count(*) || ' of its code blocks'
from code_blocks cross join articles on articles.id = code_blocks.article_id
where code_blocks.language is null
group by code_blocks.article_id
union all
select articles.id, articles.title, 'repeated title', same.articles || ' articles of the feed'
from repeated_titles as same cross join articles
  on articles.title = same.title and articles.feed_id = same.feed_id
union all
select articles.id, articles.title, 'suspected duplicate', articles.canonical_url
from repeated_urls as same cross join articles
  on articles.canonical_url = same.canonical_url and articles.feed_id = same.feed_id
""",
)

VIEWS = (ARTICLE_LIST, LINK_LIST, CODE_LIST, TAG_MONTHS, DOMAINS, CROSS_POSTS, PROBLEMS)
