"""Which elements a reader sees as text: a verdict for each, by name, role, class and style."""

import re
from enum import Enum, auto
from itertools import islice

from feedsette.flattening.caches import remember
from feedsette.flattening.listings.furniture import is_byline, is_push_button
from feedsette.markup import Element


class Sight(Enum):
    """What the walk does with an element's inside."""

    SHOWN = auto()
    MUTED = auto()
    """No text, but links and pictures inside still count: tables of contents, no-script doubles."""
    GONE = auto()
    """Nothing inside is content: scripts, styles, drawings."""
    FOOTER = auto()
    """Muted, and what is inside belongs to a syndication footer."""


SHOWN, MUTED, GONE, FOOTER = Sight
"""By these names: to look one up in its class takes longer than to judge most elements."""
_GONE = frozenset(
    {"script", "style", "template", "head", "title", "svg", "link", "meta", "param", "select",
     "option", "datalist", "textarea", "progress", "meter", "applet", "frameset"}
)  # fmt: skip
_MUTED = frozenset(
    {"noscript", "button", "nav", "iframe", "object", "audio", "video", "canvas", "map", "rp"}
)  # what stands inside them is shown only where they do not work
_CONTENTS = re.compile(
    # not any prefix: `has-toc` is a class of what stands beside one
    r"(?:(?:wp-block|rank-math|markdown|article|post|entry|page|ez|js|md|yoast|kb|rtoc|inline|nav)"
    r"(?:-[\w-]*)?[-_])?(?:toc|table[-_]?of[-_]?contents?)"
    r"(?:[-_]*(?:container|wrap(?:per)?|list|title|nav|box|header|block|inner|tree))?"
    r"|toctree-wrapper|lwptoc\w*|simpletoc[\w-]*|uagb-toc__\w+|(?:rank-math|yoast|wp-block)[\w-]*-toc-block"
)
"""A table of contents; themes and plugins name its boxes after it."""
_CONTENTS_IDS = frozenset(
    {"toc", "table-of-contents", "tableofcontents", "table_of_contents", "toc_container",
     "toc-container", "ez-toc-container", "markdown-toc", "toc-wrapper", "article-toc", "post-toc"}
)  # fmt: skip
"""Apart from classes, because ids are made of headings: `how-to-write-a-toc`."""
_DECORATION = frozenset(
    {"btn-toggle-moreless",  # Tistory's button before what it unfolds
     "mathjax_preview", "mathjax_display", "mathjax_svg", "mathjax_chtml", "mathjax",
     "headerlink", "header-anchor", "hash-link", "heading-anchor",
     "anchorjs-link", "anchor-link", "heading-link", "header-link", "headline-hash", "sr-only",
     "hide-text", "visually-hidden", "screen-reader-text", "screen-reader-only",
     "lyt-visually-hidden", "crayons-story__hidden-navigation-link",
     "enlighter-origin", "pre-numbering", "input_prompt", "output_prompt", "footnote_tooltip",
     "margin-toggle", "copy-button", "copybtn", "btn-clipboard", "edit-link", "mw-editsection",
     "button-wrapper", "igbar", "kg-audio-player", "kg-video-player",
     "wp-block-file__button", "wpcnt", "wpa-about", "gistload",
     "byline", "entry-meta", "post-meta", "article-meta",
     "listing-no-matching",  # what Quarto's lists of pages say when a filter leaves none
     # Drupal shows title, writer and date once more above each entry of its feed
     "field--name-title", "field--name-uid", "field--name-created"}
)  # fmt: skip
_FOOTER = frozenset(
    {"feedflare", "subscription-widget-wrap", "subscription-widget", "subscribe-widget",
     "subscription-widget-wrap-editor", "sharedaddy", "jp-relatedposts",
     "addtoany_share_save_container", "more-link", "read-more", "kg-signup-card",
     "blogger-post-footer", "postamble", "beehiiv__footer", "share_submission",
     # plugins' bars to share, and what buttons say that no script has drawn
     "ssba", "ssba-wrap", "simplesocialbuttons", "rrssb-buttons", "essb_links", "mashsb-container",
     "dpsp-content-wrapper", "shariff", "swp_social_panel", "apss-social-share", "juiz_sps_links",
     "scriptlesssocialsharing", "et_social_inline", "wpsr-share-icons", "sfsi_sicons",
     "hupso-share-buttons", "elementor-social-icons-wrapper", "printfriendly",
     "twitter-share-button", "fb-share-button", "hatena-bookmark-button", "line-it-button",
     # related articles, ratings, counters, and the tags once more (K2's, org-static-blog's)
     "crp_related", "wp_rp_wrap", "zem_rp_wrap", "bawmrp", "kk-star-ratings", "wpulike",
     "post-ratings", "rmp-widgets-container", "thumbs-rating-container", "tptn_counter",
     "post-views", "k2feedtags", "taglist",
     # WordPress's blocks that list what else is on the site, and Elementor's
     "wp-block-latest-posts", "wp-block-latest-comments", "wp-block-archives",
     "wp-block-categories", "wp-block-tag-cloud", "elementor-widget-posts",
     # the pages before and behind in a book of Drupal; what Discuz tells who has not logged in
     "book-navigation", "attach_nopermission"}
)  # fmt: skip
_FOOTER_IDS = frozenset(
    {"postamble", "mc_embed_signup", "mc_embed_shell", "jp-post-flair", "templatefooter",
     "quarto-back-to-top"}
)  # fmt: skip
"""Org's last lines, Mailchimp's form and the end of its letters, Jetpack's and Quarto's buttons."""
_BOX = re.compile(
    r"(?:[\w-]*[-_])?shar(?:e|ing)[-_]+(?:buttons?|links?|bar|container|icons?|box|tools?|widget|wrap)\w*"
    r"|(?:[\w-]*[-_])?related[-_]?(?:posts?|articles?)(?:[-_][\w-]*)?|yarpp[\w-]*"
    r"|heateor_sss\w*|wp-block-jetpack-subscriptions\w*|mc4wp-form\w*|formkit-form|sib-form"
    r"|(?:[\w-]*[-_])?(?:newsletter|subscribe|subscription|sign-?up)[-_]+(?:form|box|widget|wrap)[\w-]*"
)
"""Share bars, related articles and calls to subscribe that plugins put into feeds."""
_TELLING = frozenset(
    {"class", "id", "style", "role", "hidden", "aria-hidden", "fallback", "placeholder"}
)
"""The attributes that are looked at: most links and pictures have none of them."""
_ADDRESS = re.compile(r"\s*+https?://\S++\s*+")
_FEW = 4
LONGEST = 80
"""No class that means something is longer; it also bounds the patterns above."""
_UNDISPLAYED = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{4})",
    re.IGNORECASE,
)


def sight_of(element: Element) -> Sight:
    """Judge an element by itself; the walk applies the verdict to everything inside."""
    name = element.name
    if name in _GONE:
        return GONE
    if name in _MUTED:
        return MUTED
    if _TELLING.isdisjoint(element.attributes):
        return MUTED if name == "header" and is_byline(element) else SHOWN
    return _sight_by_attributes(element)


def _sight_by_attributes(element: Element) -> Sight:
    attributes, name = element.attributes, element.name
    classes = attributes.get("class")
    # MathJax 3 hides its drawing itself; 2 keeps the TeX in a script behind
    if classes and name != "mjx-container" and (sight := _sight_of_class(classes.lower())):
        return sight
    identifier = attributes.get("id")
    if identifier and (sight := _sight_of_id(identifier.lower())):
        return sight
    return MUTED if _is_hidden(element) else SHOWN


@remember
def _sight_of_class(classes: str) -> Sight | None:
    tokens = frozenset(token for token in classes.split() if len(token) < LONGEST)
    if not tokens.isdisjoint(_FOOTER) or any(map(_BOX.fullmatch, tokens)):
        return FOOTER
    if not tokens.isdisjoint(_DECORATION) or any(map(_CONTENTS.fullmatch, tokens)):
        return MUTED
    return None


@remember
def _sight_of_id(identifier: str) -> Sight | None:
    if identifier in _FOOTER_IDS:
        return FOOTER
    return MUTED if identifier in _CONTENTS_IDS else None


def _is_hidden(element: Element) -> bool:
    attributes = element.attributes
    if attributes.get("class") == "meta" and _is_lightbox(element.parent):
        return True  # Discourse shows a picture's file name only while a mouse is over it
    if "hidden" in attributes and attributes.get("role") != "tabpanel":
        return True  # the panels of tabs are hidden only until a reader chooses them
    if attributes.get("aria-hidden", "").lower() == "true":
        shown = _is_lone_katex(element) or _is_lone_drawing(element) or _is_spoken_of(element)
        return not shown
    if attributes.get("role") in {"navigation", "doc-toc"} or _stands_in(element):
        return True
    if element.name != "a" and is_push_button(element):
        return True
    return "style" in attributes and bool(_UNDISPLAYED.search(attributes["style"]))


def _stands_in(element: Element) -> bool:
    """AMP shows these only while, or where, the thing around them does not work; WordPress replaces
    an address by what it leads to; and bylines.
    """
    if element.name == "header":
        return is_byline(element)
    attributes = element.attributes
    if "wp-block-embed" in attributes.get("class", ""):
        return _is_address(element)
    return "fallback" in attributes or ("placeholder" in attributes and element.name != "input")


def _is_address(box: Element) -> bool:
    """Whether a box holds a bare address; to what WordPress could not embed it links."""
    inside = list(islice(box.descendants(), _FEW))  # boxes may be nested thousands deep
    if len(inside) == _FEW or any(not isinstance(n, str) and n.name == "a" for n in inside):
        return False
    return bool(_ADDRESS.fullmatch("".join(n for n in inside if isinstance(n, str))))


def _is_lightbox(element: Element | None) -> bool:
    return element is not None and "lightbox" in element.classes


def _is_lone_drawing(element: Element) -> bool:
    """Wikipedia hides its pictures of formulas from screen readers, its MathML from all others."""
    around = element.parent.children if element.name == "img" and element.parent else []
    beside = [one for one in around[:_FEW] if isinstance(one, Element)]
    return any(_UNDISPLAYED.search(one.attributes.get("style", "")) for one in beside)


def _is_spoken_of(element: Element) -> bool:
    """Starlight hides the title of its asides from screen readers, which read the box's label."""
    label = element.parent.attributes.get("aria-label") if element.parent else None
    if not label or len(element.children) > _FEW:
        return False
    return "".join(one for one in element.children if isinstance(one, str)).strip() == label


def _is_lone_katex(element: Element) -> bool:
    """KaTeX hides its HTML from screen readers, which read its MathML; some write HTML alone."""
    if "katex-html" not in element.classes or element.parent is None:
        return False
    return not any("katex-mathml" in one.classes for one in element.parent.elements)
