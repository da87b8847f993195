"""Share bars: blocks of links with which readers pass an article on to a network."""

import re

from feedsette.markup import Element

_NETWORKS = re.compile(
    r"(?:https?:)?//(?:(?:www|m|mobile|api|web|share|bookmark)\.)?(?:"
    r"facebook\.com/(?:sharer|share\.php|dialog/(?:share|feed|send)\b)"
    r"|(?:twitter|x)\.com/(?:intent/(?:tweet|post)\b|share\b|home/?\?status=)"
    r"|bsky\.app/intent/|threads\.net/intent/|digg\.com/submit|reddit\.com/(?:r/[^/]+/)?submit"
    r"|stumbleupon\.com/(?:submit|badge)|del(?:\.icio\.us|icious\.com)/(?:post|save)"
    r"|linkedin\.com/(?:sharearticle|cws/share|sharing/)|pinterest\.[a-z.]{2,6}/pin/create"
    r"|plus\.google\.com/share|google\.com/(?:bookmarks/mark|buzz/post|reader/link)"
    r"|tumblr\.com/(?:share|widgets/share)|news\.ycombinator\.com/submitlink"
    r"|(?:t|telegram)\.me/share|whatsapp\.com/send(?!/?\?(?:[^#]*&)?phone=[+%\d])|wa\.me/\?"
    r"|vk(?:ontakte)?\.(?:com|ru)/share"
    r"|(?:connect\.)?ok\.ru/(?:dk|offer)|odnoklassniki\.ru/dk|getpocket\.com/(?:save|edit)"
    r"|instapaper\.com/(?:hello2|text|e2|edit)|flipboard\.com/bookmarklet"
    r"|b\.hatena\.ne\.jp/(?:entry|add|append)|line\.me/(?:r/(?:msg|share)|lineit/share)"
    r"|social-plugins\.line\.me/lineit|xing\.com/(?:spi/shares|app/user)"
    r"|(?:addtoany|addthis)\.com/(?:share|add_to|bookmark)|technorati\.com/faves"
    r"|slashdot\.org/(?:bookmark|submit)|meneame\.net/submit|newsvine\.com/_tools|mixx\.com/submit"
    r"|netscape\.com/submit|furl\.net/storeit|blinklist\.com/index|myweb2?\.search\.yahoo\.com"
    r"|service\.weibo\.com/share|connect\.qq\.com/widget/share|buffer\.com/add|bufferapp\.com/add"
    r"|flattr\.com/submit)|whatsapp://send|fb-messenger://share"
    r"|https?://[^\s?#]{1,200}\?flattrss_redirect&",
    re.IGNORECASE,
)
"""What the networks' own addresses for it begin with; Flattr's plugin for WordPress, to pay.
WhatsApp's with a number writes to whoever has that."""
_NEUTRAL = ("mailto:?", "javascript:")
"""By mail, and to print: they may stand beside."""
_PASSES_ON = re.compile(r"https?://[^?#]++\?[^#]*?=https?(?::|%3A)", re.IGNORECASE)
"""An address that is given another: beside two networks' own it is a third's."""
_MOST_NODES = 200
_BRIEF = 40
"""Characters of a link, and of all words beside links: a quotation to be shared is longer."""


def is_share_bar(nodes: list[Element | str]) -> bool:
    """Whether a block is nothing but links to pass the article on, with icons or a few words."""
    stack = nodes[::-1]
    found, unknown, beside = 0, 0, 0
    for _ in range(_MOST_NODES):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, str):
            beside += len(node.strip())
        elif node.name == "a" and node.attribute("href"):
            shares = is_share_link(node)
            address = node.attributes["href"].strip()
            passes = not shares and bool(_PASSES_ON.match(address))
            neutral = address.lower().startswith(_NEUTRAL)
            if not (shares or passes or neutral) or not _is_brief(node):
                return False
            found, unknown = found + shares, unknown + passes
        elif node.name in {"img", "picture", "video", "audio", "iframe", "pre"}:
            return False
        else:
            stack.extend(reversed(node.children))
    return found > min(unknown, 1) and not stack and beside <= _BRIEF


def is_share_link(element: Element) -> bool:
    """Whether an element is a link to a network's own form to share a page."""
    return element.name == "a" and bool(_NETWORKS.match(element.attributes.get("href", "").strip()))


def _is_brief(link: Element) -> bool:
    words = 0
    for count, node in enumerate(link.descendants()):
        words += len(node.strip()) if isinstance(node, str) else 0
        if words > _BRIEF or count > _BRIEF:
            return False
    return True
