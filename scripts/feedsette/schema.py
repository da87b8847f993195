"""The shape of the database, declared once, as data.

Everything follows from TABLES and VIEWS (views.py): the tables, indexes and full-text indexes that
the store creates, the descriptions in metadata.yml and README.md, the data package's types, and
the test that everything is described. A column exists in this file only; its value comes from the
attribute of the same name of a record in rows.py, or from the store.

Children of an article have the id `article_id * CHILDREN + position`: it can be told without
asking the database, it survives every reload, and it reads as "article 12, link 3" (1200003).
"""

from dataclasses import dataclass

CHILDREN = 100_000
"""How many children of one kind an article can have; more are reported as skipped."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a Python type (str, int or float) as sqlite-utils takes it, and what it holds."""

    name: str
    type: type
    description: str
    references: str | None = None
    indexed: bool = False
    facet: bool = False
    """Offered as a facet on the table's page, and therefore indexed."""
    not_null: bool = False

    @property
    def has_index(self) -> bool:
        """Whether an index of it alone is wanted, unless another begins with it."""
        return bool(self.references or self.facet or self.indexed)


@dataclass(frozen=True, slots=True)
class FullText:
    """An external-content FTS5 index with triggers."""

    columns: tuple[str, ...]
    tokenize: str


@dataclass(frozen=True, slots=True)
class PartialIndex:
    """An index of the few rows that are looked for by what they lack."""

    name: str
    columns: tuple[str, ...]
    where: str
    """A query takes the index only if it has these conditions, word for word."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table: `key` is its natural key, `label` the column that stands for a row in links.

    A table equals itself alone, which keeps it cheap as a key of the store's statements.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    label: str | None = None
    full_text: FullText | None = None
    sort_desc: str | None = None
    tag_facets: tuple[str, ...] = ()
    """Columns that the facet `tag` of serving/asking/facets.py counts, and so for years."""
    year_facets: tuple[str, ...] = ()
    has_id: bool = True
    hidden: bool = False
    """Left out where tables are listed and exported."""
    is_private: bool = False
    """What is the operator's own: no page, no query and no snapshot shows it."""
    indexes: tuple[tuple[str, ...], ...] = ()
    """Further indexes; a column that begins with `-` counts down."""
    partial_indexes: tuple[PartialIndex, ...] = ()
    counted: str | None = None
    """Of a tally, the SELECT of its columns; `{chosen}` stands for a relation of articles.

    The key comes first; every other column is a number that adds up from article to article. The
    store keeps the rows right with every document, so that no page counts a million links.
    """
    repeats: bool = False
    """Of a tally, that it holds what two articles have or more, and not what only one has.

    Its key are columns of articles, which have an index that begins with them.
    """

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def leading_columns(self) -> frozenset[str]:
        """The columns that an index begins with, in either direction, but for the number's own."""
        named = (column.name for column in self.columns if column.has_index)
        return frozenset((*named, *(index[0].lstrip("-") for index in self.indexes)))

    @property
    def is_child(self) -> bool:
        """True for the rows of an article that are numbered by position."""
        return self.key == ("article_id", "position")


def _id() -> Column:
    return Column("id", int, "Number of the row; stays the same when a feed is loaded again.")


def _article() -> Column:
    return Column(
        "article_id", int, "The article it stands in.", references="articles", not_null=True
    )


def _position(first: str = "from 0, in reading order") -> Column:
    return Column("position", int, f"Its place in the article, {first}.", not_null=True)


def _section() -> Column:
    return Column("section_id", int, "The section it stands in.", references="sections")


FEEDS = Table(
    "feeds",
    "The feeds that were loaded, one row each.",
    (
        _id(),
        Column(
            "feed_key",
            str,
            "What identifies the feed: its own URL (self link), else the URL it was loaded from, "
            "else its site's URL, else the file's name.",
            not_null=True,
        ),
        Column("title", str, "The feed's title."),
        Column("site_url", str, "The page that the feed belongs to."),
        Column(
            "feed_url",
            str,
            "Where the feed can be fetched: its self link, else the URL that it was loaded from;"
            " NULL for a file that names none.",
        ),
        Column("description", str, "The feed's subtitle or description."),
        Column("language", str, "Language that the feed declares (BCP 47)."),
        Column("format", str, "Format and version: rss20, atom10, json11 …"),
        Column("generator", str, "The program that wrote the feed."),
        Column("image_url", str, "The feed's logo or icon."),
        Column("updated", str, "When the feed says that it was last changed (UTC)."),
        Column("first_seen", str, "When feedsette first read the feed (UTC).", not_null=True),
        Column("last_seen", str, "When feedsette last read the feed successfully (UTC)."),
        Column("article_count", int, "How many articles of the feed are in the database."),
        Column(
            "key_policy",
            str,
            "How its items are told apart: guid, or guid+link where the feed repeats guids.",
        ),
        Column("failing_since", str, "First of the failed attempts since the last success (UTC)."),
        Column("last_error", str, "What the latest attempt said, if it failed."),
        Column("gone_at", str, "When the server said that the feed is gone for good (UTC)."),
    ),
    key=("feed_key",),
    label="title",
)

ARTICLES = Table(
    "articles",
    "Every item of every feed: one row an article, as it was when it was last seen.",
    (
        _id(),
        Column(
            "feed_id", int, "The feed it came in.", references="feeds", facet=True, not_null=True
        ),
        Column("item_key", str, "What identifies the item within its feed.", not_null=True),
        Column("guid", str, "The item's guid (RSS), id (Atom, JSON Feed) as found."),
        Column("key_source", str, "What item_key was made of: guid, link or hash."),
        Column("url", str, "The item's link, absolute."),
        Column(
            "clean_url",
            str,
            "url without tracking parameters and fragment, host in lower case.",
            indexed=True,
        ),
        Column(
            "canonical_url",
            str,
            "Where the original stands: what the feed or a syndication footer names, else "
            "clean_url. Equal for the same article in two feeds.",
        ),
        Column("title", str, "The title as plain text."),
        Column("author", str, "The authors' names, joined by commas.", facet=True),
        Column("published", str, "Date of publication (UTC, ISO 8601)."),
        Column("updated", str, "Date of the last change that the feed names (UTC, ISO 8601)."),
        Column("published_raw", str, "The date as found, only where it is unusable."),
        Column("first_seen", str, "When feedsette first read the item (UTC).", not_null=True),
        Column(
            "last_seen",
            str,
            "Latest document that held the item, by the time that document was read (UTC). "
            "A fetch that brings the very same bytes moves only the feed's last_seen.",
            not_null=True,
        ),
        Column("removed_at", str, "When a newer document lacked it although it was not old (UTC)."),
        Column("language", str, "Language of the item, else of its feed (BCP 47).", facet=True),
        Column("word_count", int, "Words of text; Chinese and Japanese count characters."),
        Column("reading_minutes", int, "Minutes it takes to read."),
        Column("code_block_count", int, "Number of its code blocks."),
        Column("link_count", int, "Number of its links, without those of syndication footers."),
        Column("image_count", int, "Number of its images."),
        Column("tags", str, "Its tags as a JSON array, for facets; see article_tags for joins."),
        Column("revision_count", int, "How many earlier versions are kept in revisions."),
        Column("content_sha256", str, "Hash of title, link, authors, tags and html."),
        Column(
            "details_sha256",
            str,
            "Hash of what else the feed says of it: summary, files, pictures, language, original. "
            "Where only this differs the row follows the feed, and no revision is kept.",
        ),
        Column(
            "extractor_version", int, "The version of feedsette's extraction that made the row."
        ),
        Column("load_id", int, "The load that wrote this version.", references="loads"),
        Column(
            "summary",
            str,
            "The feed's summary, only if it says something else than title and text.",
        ),
        Column("text", str, "The article as plain text."),
        Column("html", str, "The article as its author sent it: raw HTML, not sanitised."),
    ),
    key=("feed_id", "item_key"),
    label="title",
    full_text=FullText(("title", "tags", "author", "text"), "porter"),
    sort_desc="published",
    tag_facets=("tags",),
    year_facets=("published",),
    indexes=(
        # the default order: without it the CSV of 100,000 rows took five times as long
        ("-published", "id"),
        # a feed's own page, and the question what a document lacks
        ("feed_id", "-published", "id"),
        # the order by title; titles that repeat or are missing
        ("title", "feed_id"),
        # the longest articles; with the rest the home page's sums, read from here alone instead of
        # from rows that are full of HTML
        (
            "-word_count",
            "id",
            "link_count",
            "code_block_count",
            "image_count",
            "revision_count",
            "published",
        ),
        # the same article in several feeds, or twice in one
        ("canonical_url", "feed_id"),
    ),
    # what the view problems looks for
    partial_indexes=(
        PartialIndex("idx_articles_empty", ("word_count",), "text is null and image_count = 0"),
        PartialIndex("idx_articles_early", ("published",), "published > last_seen"),
    ),
)

AUTHORS = Table(
    "authors",
    "The people and organisations that the feeds name as authors.",
    (
        _id(),
        Column(
            "name", str, "The name as the feed writes it, without e-mail address.", not_null=True
        ),
        Column("url", str, "The author's page."),
        Column("article_count", int, "How many articles name this author."),
    ),
    key=("name", "url"),
    label="name",
    sort_desc="article_count",
    indexes=(("-article_count", "id"),),
)

ARTICLE_AUTHORS = Table(
    "article_authors",
    "Who wrote which article.",
    (
        _article(),
        Column("author_id", int, "The author.", references="authors", not_null=True),
        Column("position", int, "The author's place among the article's authors, from 0."),
    ),
    key=("article_id", "author_id"),
    has_id=False,
    indexes=(("author_id", "article_id"),),
)

TAGS = Table(
    "tags",
    "The tags (categories) of all articles.",
    (
        _id(),
        Column("slug", str, "The tag in lower case with hyphens.", not_null=True),
        Column("name", str, "The tag as it was first seen."),
        Column("article_count", int, "How many articles bear it."),
    ),
    key=("slug",),
    label="name",
    sort_desc="article_count",
    indexes=(("-article_count", "id"),),
)

ARTICLE_TAGS = Table(
    "article_tags",
    "Which article bears which tag.",
    (
        _article(),
        Column("tag_id", int, "The tag.", references="tags", not_null=True),
        Column("position", int, "The tag's place among the article's tags, from 0."),
    ),
    key=("article_id", "tag_id"),
    has_id=False,
    indexes=(("tag_id", "article_id"),),
)

SECTIONS = Table(
    "sections",
    "The articles cut at their headings.",
    (
        _id(),
        _article(),
        _position("from 0; 0 is the text before the first heading"),
        Column("level", int, "Level of the heading, 1 to 6; 0 before the first heading."),
        Column("title", str, "The heading."),
        Column("path", str, "The headings above it and its own, joined by ' › '."),
        Column("anchor", str, "The heading's id, to be put behind the article's URL after '#'."),
        Column("word_count", int, "Words of text."),
        Column("text", str, "The section's own text, without the heading."),
    ),
    key=("article_id", "position"),
    label="title",
    full_text=FullText(("title", "text"), "porter"),
)

LINKS = Table(
    "links",
    "Every link in every article, with its text and where it leads.",
    (
        _id(),
        _article(),
        _position(),
        _section(),
        Column("url", str, "The address, absolute, as the author meant it; NULL if unusable."),
        Column(
            "clean_url",
            str,
            "url without tracking parameters and fragment, host in lower case; where a service "
            "put a page of its own before it (link.zhihu.com, google.com/url), what is behind it.",
            indexed=True,
        ),
        Column("domain", str, "The host that it leads to.", facet=True),
        Column("text", str, "The linked text."),
        Column(
            "kind",
            str,
            "page; image (its target is the very picture that it wraps); anchor (within the "
            "article); mailto; other.",
            facet=True,
        ),
        Column(
            "internal",
            int,
            "1 if it leads to the article's or the feed's own site, else 0.",
            facet=True,
        ),
        Column(
            "footer",
            int,
            "1 if it stands in a syndication footer ('The post … appeared first "
            "on …'), which counts and rankings leave out; else 0.",
        ),
        Column("reference", int, "The n of the [n] that follows it or that it is."),
        Column("reference_title", str, "What the list of references calls it."),
        Column(
            "target_article_id",
            int,
            "The article of this database that it leads to.",
            references="articles",
        ),
        Column("rel", str, "The link's rel attribute."),
        Column("problem", str, "Why it is doubtful: empty, bad host, unknown scheme …", facet=True),
    ),
    key=("article_id", "position"),
    label="text",
    indexes=(
        # the most linked sites and pages of a million links are counted from these alone
        ("domain", "article_id", "footer", "internal", "kind"),
        ("clean_url", "article_id", "footer", "internal", "kind"),
    ),
)

CODE_BLOCKS = Table(
    "code_blocks",
    "Every code listing, without line numbers and copy buttons.",
    (
        _id(),
        _article(),
        _position(),
        _section(),
        Column(
            "language",
            str,
            "Short name of the language (Pygments' first alias), or NULL.",
            facet=True,
        ),
        Column(
            "language_source",
            str,
            "declared by the author, or detected by its content.",
            facet=True,
        ),
        Column("language_raw", str, "The marking as found."),
        Column("confidence", float, "How sure the detection is, 0 to 1; NULL if declared."),
        Column("line_count", int, "Number of lines."),
        Column("caption", str, "Its caption or file name."),
        Column("code", str, "The code."),
    ),
    key=("article_id", "position"),
    label="caption",
    full_text=FullText(("code",), "trigram"),
    # languages are counted from this alone, instead of from rows that are full of code
    indexes=(("language", "article_id", "language_source", "line_count"),),
)

IMAGES = Table(
    "images",
    "Every picture, with the address of the original instead of a resizing proxy's.",
    (
        _id(),
        _article(),
        _position(),
        _section(),
        Column("url", str, "Address of the original, absolute.", not_null=True),
        Column("src", str, "The address as found."),
        Column("alt", str, "The text for those who do not see it; NULL if there is none."),
        Column("title", str, "Its title."),
        Column("caption", str, "Its caption."),
        Column("width", int, "Declared width in pixels."),
        Column("height", int, "Declared height in pixels."),
        Column("link_url", str, "Where a click on it leads."),
    ),
    key=("article_id", "position"),
    label="alt",
    partial_indexes=(
        PartialIndex(
            "idx_images_silent", ("article_id",), "alt is null and section_id is not null"
        ),
    ),
)

EMBEDS = Table(
    "embeds",
    "Videos, gists, posts and players of other sites shown inside an article.",
    (
        _id(),
        _article(),
        _position(),
        _section(),
        Column("provider", str, "youtube, vimeo, x, gist, codepen, spotify or other.", facet=True),
        Column("url", str, "Address of what is embedded.", not_null=True),
        Column("title", str, "Its title."),
    ),
    key=("article_id", "position"),
    label="url",
)

ENCLOSURES = Table(
    "enclosures",
    "Files that come with an article: recordings, their transcripts and chapters, downloads.",
    (
        _id(),
        _article(),
        _position(),
        Column("url", str, "Address of the file.", not_null=True),
        Column("media_type", str, "Its media type, such as audio/mpeg.", facet=True),
        Column("length_bytes", int, "Its size in bytes, as declared."),
        Column("duration_seconds", int, "How long it plays, in seconds."),
    ),
    key=("article_id", "position"),
    label="url",
)

BIGRAMS = Table(
    "bigrams",
    "For searching: articles in Chinese, Japanese, Korean, Thai, Lao, Burmese or Khmer once more, "
    "every two characters as a word.",
    (
        _id(),
        _article(),
        _position("always 0"),
        Column("title", str, "The title's pairs of characters."),
        Column("tags", str, "The tags'."),
        Column("author", str, "The authors' names'."),
        Column("text", str, "The text's; what is in other scripts stays as it is."),
    ),
    key=("article_id", "position"),
    # marks are letters here: vowels of Thai are such (sqlite.org/fts5.html#unicode61_tokenizer)
    full_text=FullText(
        ("title", "tags", "author", "text"), "porter unicode61 categories 'L* N* Co M*'"
    ),
    hidden=True,
)

REVISIONS = Table(
    "revisions",
    "Earlier versions of articles that were edited after publication.",
    (
        _id(),
        _article(),
        Column("number", int, "1 for the first version, counting up.", not_null=True),
        Column("replaced_at", str, "When a newer version was seen (UTC).", not_null=True),
        Column(
            "change", str, "What the next version changed: text, markup or metadata.", facet=True
        ),
        Column("title", str, "The title then."),
        Column("content_sha256", str, "The hash of the content then."),
        Column("text", str, "The text then."),
        Column("html", str, "The raw HTML then."),
    ),
    key=("article_id", "number"),
    label="title",
    sort_desc="replaced_at",
    indexes=(("-replaced_at", "id"),),
)

LOADS = Table(
    "loads",
    "The log: one row for every attempt to load a document.",
    (
        _id(),
        Column(
            "started_at",
            str,
            "When it was written down, after it was fetched or the attempt had failed (UTC).",
            not_null=True,
        ),
        Column("seconds", float, "How long parsing and flattening took, without fetching."),
        Column("feed_id", int, "The feed that was found.", references="feeds"),
        Column(
            "location", str, "Where the document came from: a URL or a file's name.", not_null=True
        ),
        Column(
            "status",
            str,
            "loaded, unchanged (same bytes), not_modified (304) or failed.",
            facet=True,
            not_null=True,
        ),
        Column("http_status", int, "The server's answer."),
        Column("document_sha256", str, "Hash of the document."),
        Column("bytes", int, "Size of the document, decompressed."),
        Column("entries", int, "How many items it held."),
        Column("new", int, "How many were new."),
        Column("changed", int, "How many had changed."),
        Column("unchanged", int, "How many were as before."),
        Column("removed", int, "How many articles were found removed."),
        Column(
            "skipped", int, "How many items gave no row of their own (twins, empty ones, drafts)."
        ),
        Column("extractor_version", int, "The version of feedsette's extraction."),
        Column("message", str, "What went wrong or was odd."),
    ),
    key=("id",),
    sort_desc="id",
)

FETCHES = Table(
    "fetches",
    "What is remembered of each location between loads; private: no visitor sees it, no snapshot "
    "has it.",
    (
        _id(),
        Column("location", str, "The location as given: a URL or a full path.", not_null=True),
        Column("feed_id", int, "The feed that was found there.", references="feeds"),
        Column("document_sha256", str, "Hash of the last document that was loaded from it."),
        Column("extractor_version", int, "The extraction that read it."),
        Column("etag", str, "The server's validator, verbatim."),
        Column("last_modified", str, "The server's other validator, verbatim."),
        Column("fresh_until", str, "Until when asking again is pointless (UTC)."),
        Column("moved_to", str, "Where permanent redirects lead."),
        Column("last_attempt", str, "When it was last tried (UTC)."),
        Column("last_success", str, "When it last answered (UTC)."),
        Column("gone_at", str, "When the server said 410 (UTC)."),
    ),
    key=("location",),
    hidden=True,
    is_private=True,
)

TAG_MONTH_COUNTS = Table(
    "tag_month_counts",
    "A tally for the view tag_months.",
    (
        Column("tag_id", int, "The tag.", references="tags", not_null=True),
        Column("month", str, "The month of publication, such as 2024-09 (UTC).", not_null=True),
        Column("articles", int, "How many articles of that month bear the tag.", not_null=True),
    ),
    key=("tag_id", "month"),
    has_id=False,
    hidden=True,
    counted="""
select article_tags.tag_id, substr(chosen.published, 1, 7) as month, count(*) as articles
from {chosen} as chosen cross join article_tags on article_tags.article_id = chosen.id
where chosen.published is not null
group by 1, 2
""",
)

DOMAIN_COUNTS = Table(
    "domain_counts",
    "A tally for the view domains; without syndication footers.",
    (
        Column("domain", str, "The host.", not_null=True),
        Column("links", int, "How many links lead to it.", not_null=True),
        Column("articles", int, "How many articles link to it.", not_null=True),
        Column(
            "outward_links",
            int,
            "How many links of other sites lead to a page of it.",
            not_null=True,
        ),
        Column("outward_articles", int, "How many articles have one of those.", not_null=True),
    ),
    key=("domain",),
    has_id=False,
    hidden=True,
    counted="""
select domain, count(*) as links, count(distinct article_id) as articles,
  count(outward) as outward_links, count(distinct outward) as outward_articles
from (
  select links.domain, links.article_id,
    case when links.internal = 0 and links.kind = 'page' then links.article_id end as outward
  from {chosen} as chosen
    cross join links on links.id between chosen.id * 100000 and chosen.id * 100000 + 99999
  -- +: SQLite would make an index of its own for footers
  where links.domain is not null and +links.footer = 0
)
group by domain
""",
)

REPEATED_TITLES = Table(
    "repeated_titles",
    "A tally for the view problems: titles that several articles of one feed have.",
    (
        Column("title", str, "The title.", not_null=True),
        Column("feed_id", int, "The feed.", references="feeds", not_null=True),
        Column("articles", int, "How many articles of the feed have it.", not_null=True),
    ),
    key=("title", "feed_id"),
    has_id=False,
    hidden=True,
    repeats=True,
    counted="""
select title, feed_id, count(*) as articles
from {chosen} as chosen where title is not null
group by title, feed_id
""",
)

REPEATED_URLS = Table(
    "repeated_urls",
    "A tally for the view problems: originals that several articles of one feed name.",
    (
        Column("canonical_url", str, "Where the original stands.", not_null=True),
        Column("feed_id", int, "The feed.", references="feeds", not_null=True),
        Column("articles", int, "How many articles of the feed name it.", not_null=True),
    ),
    key=("canonical_url", "feed_id"),
    has_id=False,
    hidden=True,
    repeats=True,
    counted="""
select canonical_url, feed_id, count(*) as articles
from {chosen} as chosen where canonical_url is not null
group by canonical_url, feed_id
""",
)

TABLES = (
    FEEDS, ARTICLES, AUTHORS, ARTICLE_AUTHORS, TAGS, ARTICLE_TAGS, SECTIONS, LINKS, CODE_BLOCKS,
    IMAGES, EMBEDS, ENCLOSURES, BIGRAMS, REVISIONS, LOADS, FETCHES, TAG_MONTH_COUNTS, DOMAIN_COUNTS,
    REPEATED_TITLES, REPEATED_URLS,
)  # fmt: skip
CHILD_TABLES = tuple(table for table in TABLES if table.is_child)
TALLIES = tuple(table for table in TABLES if table.counted)
