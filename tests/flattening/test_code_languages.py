"""Names of languages, and guesses where there is no name."""

import time

import pytest

from feedsette.flattening.listings import detection
from feedsette.flattening.listings.clues import LONGEST, find_clue, has_types
from feedsette.flattening.listings.languages import bare_name, canonical, label_name


@pytest.mark.parametrize(
    ("marking", "name"),
    [
        ("js", "javascript"),
        ("C#", "csharp"),
        ("c++", "cpp"),
        ("Text", None),
        ("plaintext", None),
        ("error", None),
        ("mermaid", "mermaid"),
        ("js{1,3}", "javascript"),
        ("rust,ignore", "rust"),
        ("{r echo=FALSE}", canonical("r")),
        ("text/x-python", "python"),
        ("app.ts", "typescript"),
        ("Objective_C", "objective-c"),
        ("objective_cpp", "objective-c++"),
        ("my_own_words", "my_own_words"),
        ("perl5", "perl"),
        ("php-7.4", "php"),
        ("c++17", "cpp"),
        ("d3", "d3"),
        ("base64", "base64"),
        ("pt-br", None),
        ("1234", None),
        ("`", None),
        ("repl", None),
        ("x" * 60, None),
    ],
)
def test_canonical(marking: str, name: str | None) -> None:
    assert canonical(marking) == name


@pytest.mark.parametrize(
    "word", ["code", "text", "box", "output", "note", "pony", "md5", "h", "c_objdump"]
)
def test_everyday_words_are_no_bare_names(word: str) -> None:
    assert bare_name(word) is None


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("C++", "cpp"),
        ("JavaScript", "javascript"),
        ("Common  Lisp", "common-lisp"),
        ("My", None),
        ("Plain text", None),
    ],
)
def test_labels(label: str, name: str | None) -> None:
    assert label_name(label) == name


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (">>> lamp.on()\nTrue", "python"),
        ("$ lamp --on\nlit", "console"),
        ("me@box:~/lamps$ ls\ndesk", "console"),
        ("diff --git a/lamp b/lamp\n-dark\n+lit", "diff"),
        ("@@ -1,2 +1 @@\n-dark", "diff"),
        ("GET /lamps HTTP/1.1\nHost: x.test", "http"),
        ("<?php\n$lamp = 1;", "php"),
        ('<?xml version="1.0"?>\n<lamp/>', "xml"),
        ("<!DOCTYPE html>\n<p>lit", "html"),
        ("<!DOCTYPE html>\n<p>{{ lamp }}</p>", None),
        ("FROM debian:12 AS lamp\nRUN apt-get install lamp", "docker"),
        ("---\ntitle: My lamp\ndate: 2026-01-02\ntags:\n  - a\n- b\n---", "yaml"),
        ("---\ntitle: My lamp\n---\n# Lamp\n\nIt burns.", None),
        ("select name from lamps where lit", "sql"),
        ("CREATE TABLE lamps (name text);", "sql"),
        ("class Lamp:\n    async def on(self) -> None:\n        ...", "python"),
        ("from lamps import Lamp\n", "python"),
        ("import lamps\n\nlamp = lamps.first()", "python"),
        ("import lamps", None),
        ("return $this->lamp;", "php"),
        ("my $lamp = $this->lamp;", None),
        ("use Lamps\\Desk as Lamp;\n", "php"),
        ("public function on(Lamp $lamp)\n{\n    burn();\n}", "php"),
        ("function on($lamp) {\n  burn\n}", None),
        ("using Lamps.Desks;\n", "csharp"),
        ("using namespace lamps;\n", "cpp"),
        ("var lit = from lamp in lamps\n  select lamp.Name;", "csharp"),
        ("from lamp in select:", None),
        ("public static Dictionary<int, Lamp> lamps = new Dictionary<int, Lamp>();", "csharp"),
        ("public override string Name { get { return name; } }", "csharp"),
        ("Dim lamps() As New Lamp", "vb.net"),
        ("Sub Light()\n  Dim lamp\nEnd Sub", "vb.net"),
        ("Get-Lamp -Name desk | Set-Lamp $lit", "powershell"),
        ("Add-Ons are sold with the lamp", None),
        ("package main\n\nfunc main() {\n}", "go"),
        ("#include <vector>\n\nint lamps;", "cpp"),
        ("#include <stdio.h>\n\nint lamps;", "c"),
        ("class Lamp\n  def on?\n    true\n  end\nend", "ruby"),
        ("lamps.each do |lamp|\n  lamp.on\nend", "ruby"),
        ("gem 'lamp', '~> 1.0'", "ruby"),
        (".lamp {\n  color: red;\n}\n\n.lamp:hover { top: 0 }", "css"),
        (".lamp { &:hover { color: red; } }", None),
        ("#!/usr/bin/env python3\nx = 1", "python"),
        ("#!/bin/sh\nlamp", "bash"),
        ("#!/usr/bin/lamp\n", None),
        ("pip install lamp", "bash"),
        ("# get it\ngit clone x.git && \\\n  cd lamp\nmake\nlamp --on", "bash"),
        ("make\nlamp on\nlamp off", None),
        ("make it so.", None),
        ("docker build -t lamp .", "bash"),
        ("ls -l  # what is there?\ncd lamps # go", "bash"),
        ("no member named 'lit' in 'std::list<int>'", None),
        ("go home and find the lamp", "bash"),
        ("cat is a lamp", None),
        ("lamp --on", None),
        ('<div class="lamp">\n  <b>lit</b>\n</div>', "html"),
        ('<script type="module">\nimport {lamp} from "lamp"\n</script>', "html"),
        ("<Lamp lit />", None),
        ('<b v-if="lit">x</b>', None),
        ("<lamp><lit/></lamp>", None),
        ('[lamp]\nlit = true\nname = "desk"', "toml"),
        ("[lamp]\nname = desk", None),
        ("[lamp]", None),
        ('{"lamps": []}', "json"),
        ("[1, 2]", None),
        ("{'lit': 1}", None),
        ('["' + "a" * LONGEST + '"]', None),
        ("Lamps, tables and chairs.", None),
        ("", None),
    ],
)
def test_clues(code: str, language: str | None) -> None:
    guess = find_clue(code)
    assert (guess and guess[0]) == language


@pytest.mark.parametrize(
    "code",
    [
        "\n" * LONGEST, " " * LONGEST, "<a " * 6000, "a{" + "b:c " * 4900, "a{b:c;}" * 2800 + "x",
        "/**/" * 4900, "ls " + "a " * 9000 + "(", "--\n" * 6000, "def a(" * 3000, "# \n" * 5000 + "$",
        "= " * 9000 + "|" + " " * 1000, "function a(" * 1800, "public a a " * 1800, "from a in " * 2000,
    ],
)  # fmt: skip
def test_clues_take_linear_time(code: str) -> None:
    started = time.process_time()
    assert find_clue(code) is None
    assert time.process_time() - started < 1


def test_types_make_typescript() -> None:
    assert has_types("const lamp: Lamp = find()")
    assert has_types("interface Lamp { lit: boolean }")
    assert not has_types("const lamp = {lit: true}")


needs_magika = pytest.mark.skipif(not detection.is_installed(), reason="needs the extra detect")

SHELL = """#!/bin/bash
set -eu
for file in *.txt; do
  grep -q needle "$file" && echo "$file"
done
"""


SLENDER = """public LampService(ILampProvider
lampProvider /*, and so on*/)"""
"""C#; the model says Swift (0.76), of which no word is there."""


@needs_magika
@pytest.mark.parametrize(
    ("code", "language"),
    [
        ('{\n  "name": "lamp",\n  "watts": [40, 60],\n  "on": true\n}', "json"),
        ("const lamp = await find(room)\nif (lamp !== undefined) lamp.push(1)\n", "javascript"),
        (SHELL, "bash"),
        ("x = 1", None),
        ("It was a dark night, and nobody had brought a lamp to the house.", None),
        ("[link](a) and [another link](b) stand in this line of prose", None),
        ("fn main() {\n    let lamp = 1;\n}\nlamp.push(1); lamp.push(2); x", None),
        (SLENDER, None),
    ],
)
def test_detection(code: str, language: str | None) -> None:
    guess = detection.detect_language(code)
    assert (guess and guess[0]) == language
    assert guess is None or detection.THRESHOLD <= guess[1] <= 1
