"""HTML becomes a light tree, whatever it is."""

import gc

import pytest

from feedsette.markup import Element, parse_html


def outline(html: str) -> str:
    """The tree as text: name(children), strings quoted."""
    parts: list[str] = []
    stack: list[Element | str] = [parse_html(html)]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        else:
            parts.append(f"{node.name}(")
            stack.append(")")
            stack.extend(repr(c) if isinstance(c, str) else c for c in reversed(node.children))
    return "".join(parts)


@pytest.mark.parametrize(
    ("html", "tree"),
    [
        pytest.param("", "()", id="nothing"),
        pytest.param("a &amp;&#160;b", r"('a &\xa0b')", id="text"),
        pytest.param("<p>a<p>b", "(p('a')p('b'))", id="left open"),
        pytest.param("</p>a</b>", "('a')", id="never opened"),
        pytest.param("<body><p>a</p></body></html>b", "(p('a')'b')", id="a whole page"),
        pytest.param("</body><p>a", "(p('a'))", id="behind the end"),
        pytest.param("a<!-- b -->c<?d e?>f", "('a''c''f')", id="no comments"),
        pytest.param("<script>a<b></script>c", "(script('a<b>')'c')", id="script"),
        pytest.param("<P>a<BR/>b", "(p('a'br()'b'))", id="capitals"),
        pytest.param("<i>  </i>\n <b>\t</b>", r"(i('  ')'\n 'b('\t'))", id="white space stays"),
        pytest.param("<td>a", "(td('a'))", id="without its table"),
    ],
)
def test_any_text_is_a_tree(html, tree):
    assert outline(html) == tree


def test_an_element_knows_its_attributes_and_place():
    root = parse_html('<div><p CLASS="B a" id=" x " hidden title=" ">1<b>2</b></p></div>')
    (paragraph,) = root.find_all("p", "q")
    assert paragraph.attributes == {"class": "B a", "id": " x ", "hidden": "", "title": " "}
    assert paragraph.classes == ["B", "a"]
    names = ("id", "hidden", "title", "lang")
    assert [paragraph.attribute(name) for name in names] == ["x", None, None, None]
    assert [element.name for element in paragraph.ancestors()] == ["div"]
    assert [element.name for element in paragraph.elements] == ["b"]
    assert paragraph.raw_text() == "12"
    assert repr(paragraph) == f"<p {paragraph.attributes} 2 children>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<div>" * 20_000 + "a", "a", id="depth"),
        pytest.param("<b>a" * 20_000, "a" * 20_000, id="depth of inline elements"),
        pytest.param("a" + "<!--" * 20_000, "a", id="comments, where html.parser is quadratic"),
        pytest.param("a" + "<?" * 20_000, "a", id="instructions, where html.parser is quadratic"),
    ],
)
def test_hostile_markup_is_no_hindrance(html, text):
    assert parse_html(html).raw_text() == text


def test_the_garbage_collector_is_left_as_it_was():
    gc.disable()
    try:
        parse_html("<p>a")
        assert not gc.isenabled()
    finally:
        gc.enable()
    parse_html("<p>a")
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ('<h2 id="a">\n<p class="x">Owls <b>at</b> night</p> </h2><p>Text</p>', "\nOwls at night "),
        ("<H3><p>Owls</p></H3>Text", "Owls"),
        ("<h2><p>Owls</p><p>Nests</p></h2>", ""),
        ("<h2><p>Owls</h2>", ""),
    ],
)
def test_a_paragraph_does_not_end_the_heading_that_holds_it(html, heading):
    """Unless it holds more than one, which no reader takes for a heading."""
    assert next(parse_html(html).find_all("h2", "h3")).raw_text() == heading
