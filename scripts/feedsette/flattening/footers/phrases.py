"""What syndication footers say, in the languages seen, and which address they name.

A block is judged by its skeleton: its text with every link replaced by LINK. Most of a footer is
links, so a short skeleton with the right words in it leaves little room for an author's sentence.
"""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from feedsette.flattening.text.texts import comparable

LINK = "\ufff9"
"""Stands for a link in a skeleton."""


class Block(NamedTuple):
    """A short block of text: one line, white space folded."""

    text: str
    skeleton: str
    """The text in lower case, with LINK for each link."""
    links: tuple[tuple[str, str], ...]
    """href and text."""


class Verdict(NamedTuple):
    """A block is a footer; url is the original's address, if it names one."""

    url: str | None = None
    syndication: bool = True
    """It speaks of another place of publication; else it is a call to read on or to subscribe."""


_FIRST_ON = re.compile(  # WordPress' own footer in its translations, and its elder variants
    "appeared first (?:on|in)|first appeared (?:on|in)|erschien zuerst (?:auf|bei)|"
    "est apparu en premier sur|appara[iî]t en premier sur|public(?:ó|ado) primero en|"
    "apareció primero en|aparece primero en|apareceu primeiro em|aparece primeiro em|"
    "proviene da|sembra essere il primo su|verscheen eerst op|dök först upp på|"
    "pochodzi z serwisu|появил\\w+ сначала на|впервые появил\\w+ на|blev først udgivet|"
    "dukket først opp på|först på|ilmestyi ensin|最初出现在|最先出现在|最早出现在|最早出現於|"
    "に最初に表示されました|最初に登場した投稿|ilk önce .{0,40} ortaya çıktı|se publică prima dată|"
    "először a.{0,40} jelent meg|se nejdříve objevil|เกิดขึ้นครั้งแรก|xuất hiện đầu tiên"
)
_ON_MEDIUM = re.compile("where people are continuing the conversation")
_ORIGINALLY = re.compile(
    r"\W*(?:(?:note|disclaimer|update|edit)\W+)?"
    r"(?:(?:this|the|an?|earlier|version|of|article|blog|post|posting|story|entry|piece|essay|"
    r"text|content|tutorial|guide|it|is|was|were|has|have|been|also)\s+){0,8}"
    r"(?:(?:originally|initially|previously|first)\s+"
    r"(?:published|posted|appeared|written|shared|released)|cross[- ]?posted)"
    r"(?:\s+by\s+[^.]{1,40})?(?:\s+on\s+[\w ,]{1,25})?\s+(?:on|at|in|to|from|over at|here)\b"
    r"|\W*(?:(?:ursprünglich|zuerst) (?:veröffentlicht|erschienen) (?:auf|unter|bei)"
    r"|(?:articulo |artículo )?publicado originalmente en|publicado originalmente em"
    r"|(?:article )?(?:initialement publié|publié initialement) sur"
    r"|原文链接|原文地址|原文連結|本文首发于|本文原载于|本文首發於)"
)
_BY_LINK = re.compile(rf"\bby {LINK} (?:on|at|in)\b")
"""The first link is an author's."""
_COPIED_TO = re.compile(r"cross[- ]?posted (?:on|to|in|at)\b")
_READ_ON = re.compile(
    r"\W*(?:read more|continue reading|read the (?:rest|full|whole|original|entire)|keep reading|"
    r"read (?:full|original) (?:article|post|story|topic|thread)|weiterlesen|lire la suite|"
    r"leer más|"
    r"seguir leyendo|leia mais|continue lendo|leggi tutto|lees verder|läs mer|czytaj dalej|"
    r"читать далее|阅读全文|阅读更多|继续阅读|続きを読む|"
    r"view (?:the )?(?:full )?(?:post|article)|to read (?:this|the) [a-z]{3,10} in full)(?!\w)"
)
_TAKE_PART = re.compile(
    r"\W*(?:subscribe(?: now)?|leave a comment|comments|share(?: this post)?|get more from )(?!\w)"
)
_REPLY = re.compile(
    rf"\W*(?:reply|respond|comment)(?: to (?:this|the) (?:post|author))? (?:via|by) {LINK}?"
    rf"(?:e-?mail)?\W*|\W*(?:you can )?reply (?:to this (?:post|article) )?(?:via|by) e-?mail"
    rf"(?:,? or leave a comment)?\W*|{LINK}\W*"
)
_SUBSCRIBE = re.compile(
    r"\W*thank(?:s| you) for (?:reading|subscribing|using)\b.*(?:subscribe|free to share|\brss\b)"
)
_FORUM = re.compile(rf"\w[\w ]{{2,20}}: ?[^{LINK}]{{2,40}}{LINK} — ")
"""phpBB's `Statistics: Posted by LINK — 29 minutes ago`, in whatever language."""
_LISTS = frozenset({"author", "authors", "tag", "tags", "category", "categories", "user", "users"})

_FLAT = 120
"""Characters behind the title in a footer without links."""
_FLAT_LEAD = re.compile(r"(?:^|[.!?…\])\"”»\n。])\s{0,3}([^.!?…\])\n。]{0,25})\Z")
"""The words before it, which begin a sentence."""
_ANYTHING_ON = re.compile("first appeared|appeared first in")
"""So is said of books and machines, too, not only of posts."""
_POST = re.compile(r"the (?:post|article|entry|story)\s*+[\"'“‘]?", re.IGNORECASE)
_BRIEF = 60
"""Characters of a skeleton that says no more than where a link leads."""
_MOST_WORDS = 160
"""Characters of a skeleton beyond which a block is an author's own text."""


def judge_last(block: Block, title: str | None, own_url: str | None = None) -> Verdict | None:
    """Is a block at the end of an article a footer?

    So is, in any language, a link to the article itself that stands alone.
    """
    verdict = _judge_syndication(block, title)
    if verdict is not None:
        return verdict
    words = block.text.casefold()
    alone = block.skeleton.strip(" .!|·•—–-»→…[]()") == LINK
    if alone and (_is_invitation(words) or is_same_page(block.links[0][0], own_url)):
        return Verdict(syndication=False)
    if _SUBSCRIBE.match(words) or _reply(words) or _is_forums(block):
        return Verdict(syndication=False)
    return Verdict() if _continues(block, words, own_url) else None


def flat_mark(text: str, title: str | None) -> int:
    """Where `The post My title appeared first on My site.` begins, which ends a text that lost its
    links: a robot's, or one that a feed strips of markup. Else the text's length.
    """
    place = text.rfind(title, max(0, len(text) - len(title) - _FLAT)) if title else -1
    if place < 0 or not title:
        return len(text)
    first_on = _FIRST_ON.search(text[place + len(title) :].casefold())
    lead = _FLAT_LEAD.search(text, max(0, place - 30), place)
    if not first_on or not lead:
        return len(text)
    vague = _ANYTHING_ON.match(first_on[0]) and not _POST.fullmatch(lead[1].strip())
    return len(text) if vague else lead.start(1)


def _is_invitation(words: str) -> bool:
    return bool(_READ_ON.match(words) or _TAKE_PART.match(words)) or _reply(words)


def is_call(words: str, *, own: bool = False) -> bool:
    """Is it a link's `Read more`, and not much else? Or, of an `own` page, its `Comments`?"""
    own = own and not words.startswith("[")  # Reddit's `[comments]` stays with its `[link]`
    words = words.casefold().strip(" .!|·•—–-»→›…[]()")
    match = _READ_ON.match(words) or (_TAKE_PART.match(words) if own else None)
    return match is not None and len(words) - match.end() <= 3


def judge_first(block: Block, title: str | None) -> Verdict | None:
    """Is the first block of an article a remark on where it was published before?"""
    return _judge_original(block, title)


def is_same_page(href: str, own_url: str | None) -> bool:
    """Do two addresses name one page, whatever their query and fragment say?"""
    if not own_url:
        return False
    one, other = [re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/") for url in (href, own_url)]
    return one == other


def _continues(block: Block, words: str, own_url: str | None) -> bool:
    """Slashdot's `LINK at Slashdot.`: `Read more of this story`, which leads to the article."""
    brief = len(block.skeleton) <= _BRIEF and block.skeleton.startswith(LINK)
    if len(block.links) != 1 or not brief or not _READ_ON.match(words):
        return False
    return is_same_page(block.links[0][0], own_url)


def _is_forums(block: Block) -> bool:
    if len(block.links) != 1 or "mode=viewprofile" not in block.links[0][0]:
        return False
    return len(block.skeleton) < 100 and bool(_FORUM.match(block.skeleton))


def _reply(words: str) -> bool:
    return len(words) < 60 and bool(_REPLY.fullmatch(words))


def _judge_syndication(block: Block, title: str | None) -> Verdict | None:
    if not block.links:
        return None
    if _ON_MEDIUM.search(block.skeleton):
        return Verdict(_named(block.links[0], title))
    known = _FIRST_ON.search(block.skeleton)
    if known and len(block.skeleton) <= _MOST_WORDS + len(title or ""):
        return Verdict(_named(block.links[0], title))
    if _is_post_on_site(block, title):
        return Verdict(block.links[0][0])
    return _judge_original(block, title)


def _judge_original(block: Block, title: str | None) -> Verdict | None:
    if not block.links or len(block.skeleton) > _MOST_WORDS:
        return None
    if not _ORIGINALLY.match(block.skeleton):
        return None
    if _COPIED_TO.search(block.skeleton):
        return Verdict()
    place = 1 if len(block.links) > 1 and _BY_LINK.search(block.skeleton) else 0
    return Verdict(_named(block.links[place], title))


def _is_post_on_site(block: Block, title: str | None) -> bool:
    """Tell `words <this title> words <home of the same site>.` in whatever language.

    Some add where to subscribe: `You should really <get the newsletter> as well.`
    """
    count = len(block.links)
    if not 2 <= count <= 4 or block.skeleton.count(LINK) != count:
        return False
    (url, text), (home, _), *others = block.links
    _, between, *behind = map(str.strip, block.skeleton.split(LINK))
    asks = not others or behind[0][:1] in {".", "!", "。"}
    same = bool(title) and comparable(text) == comparable(title)
    short = len(between) > 2 and len(block.skeleton) <= 40 + 20 * count
    return (
        same and short and asks and all(_is_home_of(home, one) for one, _ in [(url, text), *others])
    )


def _is_home_of(home: str, url: str) -> bool:
    above = home.split("?")[0].partition("://")[2].rstrip("/")
    below = url.split("?")[0].partition("://")[2].rstrip("/")
    return bool(above) and below.startswith(above + "/")


def _named(link: tuple[str, str], title: str | None) -> str | None:
    """The address, if it is a page's and not a site's, an author's or a publication's."""
    href, text = link
    try:
        path = unquote(urlsplit(href).path)
    except ValueError:
        return None
    parts = [part for part in path.split("/") if part]
    if not parts or parts[-1].startswith("@") or (len(parts) > 1 and parts[-2].lower() in _LISTS):
        return None
    if title and comparable(text) == comparable(title):
        return href
    return href if re.search(r"[-_\d]|\.html?$", parts[-1]) else None
