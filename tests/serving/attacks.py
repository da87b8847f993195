"""What a hostile and an odd feed hold."""

from xml.sax.saxutils import escape

from datasets import feed, item

PAYLOADS = (
    "<script>window.attacked=1</script>",
    "<img src=x onerror=window.attacked=1>",
    "<svg onload=window.attacked=1><script>window.attacked=1</script></svg>",
    '"><script>window.attacked=1</script>',
    "' onmouseover='window.attacked=1' autofocus onfocus='window.attacked=1",
    "</title></textarea></style></script><script>window.attacked=1</script>",
    "<iframe srcdoc='<script>parent.attacked=1</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.attacked=1>",
    "<a href='java&#x73;cript:window.attacked=1'>x</a>",
    "<a href='\tjava\nscript:window.attacked=1'>x</a>",
    "<a href='data:text/html,<script>window.attacked=1</script>'>x</a>",
    "<a href='vbscript:window.attacked=1'>x</a>",
    "<details open ontoggle=window.attacked=1><summary>x</summary></details>",
    "<style>@import 'https://evil.example/x.css';*{display:none}</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example/><button>x</button></form>",
    "<object data=https://evil.example/x.swf></object>",
    "<embed src=https://evil.example/x.swf>",
    "<video src=x onerror=window.attacked=1 poster=https://evil.example/p.png></video>",
    "<audio src=x onerror=window.attacked=1></audio>",
    "<input autofocus onfocus=window.attacked=1>",
    "<body onload=window.attacked=1>",
    "<p style='background:url(https://evil.example/x.png)'>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=window.attacked=1>'>",
    "<template><script>window.attacked=1</script></template>",
    "<!--><img src=x onerror=window.attacked=1>-->",
    "{{ 7*7 }}{% raw %}",
    "\u2028\u2029<!--<script>",
)
"""After the OWASP and PortSwigger cheat sheets; each would set window.attacked if it ran."""

ODD = (
    item("x" * 400, html="<p>A title without a space.</p>"),
    item("عنوان طويل باللغة العربية عن قواعد البيانات", html="<p>نص عربي مع <code>code</code></p>"),
    item("", html="<p>No title.</p>", link="https://blog.example/untitled", published=""),
    item("Nothing", html="", link="https://blog.example/nothing"),
    item(
        "Wide",
        html=f"<pre><code>{'long_' * 100}</code></pre><table><tr>"
        + "<td>a cell that is wide</td>" * 30
        + f"</tr></table><p>{'w' * 500}</p><p><a href='https://a.example/{'p' * 400}'>link</a></p>"
        "<h1>One</h1><p>a</p><h3>Three</h3><p>b</p>",
        tags=[f"tag number {n} with a rather long name" for n in range(30)],
        authors=["A" * 120],
    ),
)


def attack() -> str:
    """A feed that carries every payload in every place that a feed has."""
    listed = "".join(
        f'<h2>{p}</h2><p>{p}</p><p><a href="https://a.example/?{n}" title="{escape(p)}">{p}</a></p>'
        f'<figure><img src="https://img.example/{n}.png" alt="{escape(p)}">'
        f"<figcaption>{p}</figcaption></figure>"
        f'<pre><code class="language-{escape(p)}">{escape(p)}</code></pre>'
        for n, p in enumerate(PAYLOADS)
    )
    entries = [
        item(f"{p} {n}", html=p + listed * (n == 0), tags=[p], authors=[p],
             link=f"https://blog.example/attack/{n}")
        for n, p in enumerate(PAYLOADS)
    ]  # fmt: skip
    return feed(*entries, title=PAYLOADS[0])
