"""What hosts and forums put beneath every entry: notices of privacy, calls to support, counters.

They are known by where their links lead and by their shape, so in any language, and only as the
last lines of an entry. Nothing here names an original: see phrases.py for that.
"""

import re

from feedsette.flattening.footers.phrases import LINK, Block, is_same_page

_LONGEST = 300
"""Characters; no notice seen is longer."""
_NOTICE_PAGE = re.compile(  # where podcast hosts say what they do with a listener's data
    r"[/.-](?:privacy|confidentialite|privacidade?|datenschutz|ad-?choices|adswizz)(?:[-/.#?]|\Z)"
    r"|\bomnystudio\.com/listener"
)
_ADDRESS = re.compile(r"(?:https?://)?[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}(?:/[^\s,;)]{0,200})?")
_AT = r"(?:https?://)?[\w-]{1,40}(?:\.[\w-]{1,40}){1,4}(?:/[\w/-]{0,60})?"
_SENTENCE = re.compile(
    rf"(?:learn more about your ad[- ]choices\. visit {_AT}"
    rf"|(?:hosted (?:on|by) [\w ,]{{2,40}}\. )?see {_AT} for (?:more information|"
    r"privacy (?:and opt-out )?information|information about our collection and use of personal "
    r"data for (?:advertising|sponsorship)[\w ]{0,70})"
    rf"|hébergé par [\w ]{{2,30}}\. visitez {_AT} pour plus d[’']informations)\W{{0,3}}",
    re.IGNORECASE,
)
"""A host's notice where it is plain text, perhaps behind the last words of the entry."""
_MARKED = ("choices", "adswizz", "privacy", "listener", "confidentialite")
_POLICY = re.compile(r"\bprivacy (?:policy|notice)\W*\Z")
_SUPPORT = re.compile(
    r"\W*(?:support (?:this|the|our) (?:podcast|show)"
    r"|become an? (?:\w{1,20} )?(?:supporter|member|patron|subscriber) of (?:this|the) "
    r"(?:podcast|show)"
    r"|advertising inquiries|this episode is sponsored by\W{1,3}·)(?!\w)"
)
_ACCESS = re.compile(  # Substack, beneath the notes of a podcast
    rf"get full access to [^{LINK}]{{1,120}} at {LINK}\W*"
    rf"|this is a (?:public|private|free preview of a paid) episode\b[^{LINK}]{{1,160}}{LINK}\W*"
)
_SEND = re.compile(r"\W*send (?:us|me) (?:a )?(?:text(?: message)?|fan ?mail)\W*")
_IN_BROWSER = re.compile(
    r"\W*(?:view|read|open|see)(?: this)?(?: (?:e-?mail|newsletter|message|issue|it))?"
    r"(?: (?:in|on)(?: your| a| the)? (?:web ?browser|browser|web)| online)\W*|\W*web version\W*"
    r"|\W*(?:diese e-?mail |newsletter )?"
    r"(?:im browser (?:ansehen|anzeigen|öffnen|lesen)|online lesen)\W*"
    r"|\W*voir (?:(?:cet e-?mail|la version) )?(?:en ligne|dans (?:votre|le|un) navigateur)\W*"
    r"|\W*ver (?:este (?:correo|e-?mail|mensaje) )?en (?:el|su|tu) navegador\W*"
)
"""The first words of a letter, for programs that show it badly."""
_COUNTS = re.compile(r"\d{1,6} ?[^\W\d][\w ]{1,30}? [-–·|] \d{1,6} ?[^\W\d][\w ]{1,30}")
"""Discourse's `3 posts - 2 participants`, in whatever language."""
_SUBMITTED = re.compile(rf"submitted by {LINK}(?: to {LINK})?")
_POSTED = re.compile(
    r"(?:statistics: posted by|statistik: verfasst von|statistiques: posté par|"
    r"estadísticas: publicado por|статистика: добавлено) [^—]{1,60} — [^—]{1,60}"
)
"""phpBB's line for one who is no member, so that no link tells it."""


_SHELF = re.compile(r"(?:\A|[/?&])(?:tags?|categor(?:y|ies)|labels?|topics?)[/_=-]", re.IGNORECASE)
_SHELVED = re.compile(
    r"\W*(?:[\w.]{1,20} )?(?:filed|posted|tagged|tags?|categor(?:y|ies|ized)|labels?|topics?|"
    r"schlagwörter|kategorien?|étiquettes|mots-clés|etiquetas|标签|分类|タグ|カテゴリー?|태그)(?!\w)"
)
"""Perhaps with a service's name before it: `Technorati tags`."""
_FEW_LETTERS = 40


def is_notice(block: Block, own_url: str | None) -> bool:
    """Is it what a host or a forum puts at the end of each entry?"""
    words = block.text.casefold()
    if len(words) > _LONGEST:
        return False
    if block.links and _is_bracketed(block, own_url):
        return True
    if _SUPPORT.match(words) and len(block.skeleton) <= 80:
        return True
    if block.links and (_is_shelf(block) or _ACCESS.fullmatch(block.skeleton)):
        return True
    return _is_about_privacy(block) or bool(_POSTED.fullmatch(words) or _SENTENCE.fullmatch(words))


def is_before_notice(block: Block) -> bool:
    """Does it belong to the footer that follows: a counter, who posted it, a line of dashes?"""
    words = block.text.casefold()
    if len(words) > _LONGEST:
        return False
    if not any(map(str.isalnum, words)):
        return not block.links
    return bool(_COUNTS.fullmatch(words) or _SUBMITTED.fullmatch(block.skeleton))


def is_opening_call(block: Block) -> bool:
    """Is it a host's call to write, which stands before a podcast's notes, or a letter's to read it
    elsewhere?
    """
    words = block.text.casefold()
    if block.skeleton.strip() != LINK or len(words) > _LONGEST:
        return False
    return bool(_SEND.fullmatch(words) or _IN_BROWSER.fullmatch(words))


def _is_bracketed(block: Block, own_url: str | None) -> bool:
    """`[link] [comments]`: nothing but links to the entry itself, in square brackets."""
    if block.skeleton.replace(LINK, "").strip():
        return False
    return all(
        text.startswith("[") and text.endswith("]") and is_same_page(href, own_url)
        for href, text in block.links
    )


def _is_about_privacy(block: Block) -> bool:
    """Every link in it shows its address, or says so, and leads to a page about privacy or ads."""
    return bool(block.links) and all(
        _NOTICE_PAGE.search(href.lower())
        and (_ADDRESS.fullmatch(text) or _POLICY.search(text.casefold()))
        for href, text in block.links
    )


def notice_mark(text: str) -> int:
    """Where a host's notice begins that ends a text; else the text's length."""
    start = max(0, len(text) - _LONGEST)
    end = text[start:].casefold()
    if not any(mark in end for mark in _MARKED):
        return len(text)
    for match in _SENTENCE.finditer(text, start):
        if match.end() == len(text):
            return len(text[: match.start()].rstrip())
    return len(text)


def _is_shelf(block: Block) -> bool:
    """Is it `Filed under: LINK, LINK Tagged: LINK`, its links lists of a blog's articles?"""
    shown = [href for href, text in block.links if text]
    if not shown or not all(map(_SHELF.search, shown)) or not _SHELVED.match(block.skeleton):
        return False
    return len(block.skeleton.replace(LINK, "")) <= _FEW_LETTERS + 2 * len(shown)
