"""What hosts of podcasts and forums put beneath every entry is no text; a resembling end stays."""

import pytest

from feedsette.flattening.body.bodies import read_body

URL = "https://show.example/7"
PRIVACY = '<a href="https://host.example/privacy">host.example/privacy</a>'
CHOICES = '<a href="https://host.example/adchoices">host.example/adchoices</a>'
RULES = '<a href="https://host.example/privacy#rights">https://host.example/privacy#rights</a>'


def read(html: str) -> tuple[str, list[bool]]:
    body = read_body(html, "Owls", URL)
    return body.text, [spot.footer for spot in body.spots]


@pytest.mark.parametrize(
    "notice",
    [
        pytest.param(f"<hr><p> Hosted on Pod. See {PRIVACY} for more information.</p>", id="Acast"),
        pytest.param(f"<p> </p><p>Learn about your ads. Visit {CHOICES}</p>", id="Megaphone"),
        pytest.param(f"<p>Regeln finden Sie unter {PRIVACY}. Auch {RULES} gilt.</p>", id="German"),
        pytest.param(
            "<br><br>See <a href='https://pcm.adswizz.com'>pcm.adswizz.com</a> for information "
            "about our use of data.<br><br><a href='https://radio.example/privacy-policy'>"
            "Radio Privacy Policy</a>",
            id="two lines",
        ),
        pytest.param(
            "\n\n--- \n\nSupport this podcast: <a href='https://h.example/s'>h</a>", id="dashes"
        ),
        pytest.param(
            "<p><a rel=payment href='https://h.example/s'>Support the show</a></p>", id="call"
        ),
        pytest.param(" Learn more about your ad choices. Visit host.example/adchoices", id="plain"),
        pytest.param(
            "\nHosted by Pod, an AdsWizz company. See pcm.adswizz.com for information about our "
            "collection and use of personal data for advertising.",
            id="plain, without a path",
        ),
        pytest.param(
            " Hébergé par Pod. Visitez pod.example/politique-de-confidentialite pour plus "
            "d'informations.",
            id="French",
        ),
        pytest.param(
            "<br/><br/>Get full access to Owls at <a href='https://o.example/s'>o.example/s</a>",
            id="Substack",
        ),
        pytest.param(
            "\n\n--- \n\nThis episode is sponsored by \n· Host: The way to make a podcast. "
            "<a href='https://h.example/url'>https://h.example/app</a>",
            id="sponsor",
        ),
        pytest.param(
            "<br/>This is a public episode. To hear more, visit <a href='https://o.example'>o</a>",
            id="Substack's podcasts",
        ),
        pytest.param(
            "<p><small>3 posts - 2 participants</small></p>"
            f"<p><a href='{URL}'>Read full topic</a></p>",
            id="Discourse",
        ),
        pytest.param(
            f"<p><small>1 个帖子 - 1 位参与者</small></p><p><a href='{URL}'>阅读完整话题</a></p>",
            id="Discourse in Chinese",
        ),
        pytest.param(
            "<p>Statistics: Posted by Guest — Sun Nov 23, 2014 6:55 pm</p><hr />", id="phpBB"
        ),
        pytest.param(
            f"<p><a href='{URL}#jump'>To read this article in full, please click here</a></p>",
            id="in full",
        ),
        pytest.param(
            "<div class='beehiiv__footer'><a href='https://h.example'>By h</a></div>", id="class"
        ),
    ],
)
def test_a_notice_at_the_end_is_no_text(notice):
    text, footers = read(
        f"<p>We count owls.</p>{notice}" if notice[0] == "<" else f"We count owls.{notice}"
    )
    assert (text, set(footers) - {True}) == ("We count owls.", set())


def test_a_post_in_a_table_beside_its_picture_ends_before_who_submitted_it():
    page = f'<a href="{URL}">'
    html = (
        f'<table> <tr><td> {page} <img src="https://p.example/owl.jpg" alt="Owl" /> </a> </td><td> '
        f'<!-- off --><div class="md"><p>We count owls.</p> </div><!-- on --> &#32; submitted by '
        f'&#32; <a href="https://r.example/user/jo"> /u/jo </a> &#32; to &#32; '
        f'<a href="https://r.example/r/owls"> r/owls </a> <br/> <span>{page}[link]</a></span> &#32; '
        f"<span>{page}[comments]</a></span> </td></tr></table>"
    )
    assert read(html) == ("We count owls.", [False, False, True, True, True, True])


def test_a_link_post_keeps_its_link():
    html = (
        'submitted by <a href="https://r.example/user/jo">/u/jo</a><br/>'
        f'<a href="https://else.example/owls">[link]</a> <a href="{URL}">[comments]</a>'
    )
    assert read(html) == ("submitted by /u/jo\n[link] [comments]", [False, False, False])


@pytest.mark.parametrize(
    "words",
    ["View this email in your browser", "View in browser »", "Im Browser ansehen", "Web Version"],
)
def test_a_letters_call_to_read_it_elsewhere_is_no_text(words):
    hidden = "<div style='display:none'>Owls &#847; &zwnj;</div>"
    call = f"<table><tr><td><a href='https://h.example/x'>{words}</a></td></tr>"
    assert read(f"{hidden}{call}<tr><td><h1>We count owls.</h1></td></tr></table>")[0] == (
        "We count owls."
    )
    assert read(f"<p>View {call}</table></p><p>Owls</p>")[0] != "Owls"
    assert read("<p><a href=/x>Open Web</a></p><p>Owls</p>")[0] == "Open Web\n\nOwls"


def test_a_call_to_write_above_the_notes_is_no_text():
    call = "<p><a href='https://h.example/sms'>Send us Fan Mail</a></p>"
    assert read(f"{call}<p>We count owls.</p>") == ("We count owls.", [True])


def test_what_drupal_says_once_more_above_an_entry_is_no_text():
    html = (
        '<span class="field field--name-title">Owls</span> <span class="field field--name-uid">'
        '<span>admin</span></span> <span class="field field--name-created">Tue, 05/14/2024</span>'
        '<div class="field field--name-body"><p>We count owls.</p></div>'
    )
    assert read(html)[0] == "We count owls."


@pytest.mark.parametrize(
    "end",
    [
        'Read the <a href="https://maker.example/privacy">rules of the maker</a>.',
        f"Two pages, {PRIVACY} and <a href='https://e.example/x'>e.example/x</a>, agree.",
        "I learned more about ads. Visit host.example/owls",
        "12 owls - 3 nests",
        "---",
        f"<a href='{URL}'>[1]</a> <a href='https://e.example/x'>[2]</a>",
        "We support this podcast host, and write to many others.",
    ],
)
def test_what_only_resembles_a_notice_stays(end):
    html = f"<p>We count owls.</p><p>{end}</p>"
    text, footers = read(html)
    assert text.startswith("We count owls.\n\n")
    assert not any(footers)
