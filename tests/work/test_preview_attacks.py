"""Nothing of the machine or the network ends up in a preview, wherever a text can name it."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms_docs.text import facts
from tests import pdfs
from tests.conftest import tree
from tests.edges.printing import svg
from tests.outer import Repo

SECRET = "a secret of this machine"


class _Counter(http.server.BaseHTTPRequestHandler):
    hits: list[str]

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(SECRET.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a web server of this machine and the list of what was asked of it."""
    hits: list[str] = []
    handler = type("Counter", (_Counter,), {"hits": hits})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}", hits
        running.shutdown()


MARKDOWN = """
![image](FILE) ![image](WEB/a.png) ![image](//HOST/a.png) ![image](<FILE>) ![image][one]
![image](PATH) ![image](../../../../../../../../../..PATH) ![image](..\\..\\..PATH)
![image](%2e%2e/%2e%2e/%2e%2e/secret.svg) ![image](data:image/svg+xml,SVG)
![image](link.svg) ![image](folder/secret.svg) ![image](folder/../../secret.svg)
![image](https://assets.invalid/fonts/fonts.conf) ![image](jar:FILE!/a) ![image](WEB/a.svg#b)
[link](FILE) [link](WEB/b) [link](PATH) [![image](WEB/c.png)](FILE) <WEB/d> <FILE>
<img src="FILE"> <link rel="attachment" href="FILE"> <object data="FILE"></object>
<style>@import url(WEB/e.css); @font-face { src: url(FILE) }</style> <iframe src="FILE"></iframe>
![image](image.svg){style="background: url(WEB/f.png)" src="FILE" id="i" lang="FILE"}
![image](image.svg "FILE")

{style="background: url(FILE)"}
text[^1] ^[![image](WEB/g.png)]

| ![image](WEB/h.png) |
|---|
| ![image](FILE) |

```FILE
WEB/i
```

::: note ![image](WEB/j.png)
<script src="WEB/k.js"></script>
:::

[one]: FILE
[^1]: ![image](WEB/l.png)

"""
DRAWINGS = (
    '<image href="FILE" width="9" height="9"/>',
    '<image xlink:href="WEB/m.png" width="9" height="9"/>',
    '<image href="link.svg" width="9" height="9"/>',
    '<use href="WEB/n.svg#a"/><use xlink:href="FILE#a"/>',
    '<rect width="9" height="9" fill="url(WEB/o.svg#a)" style="stroke: url(FILE#a)"/>',
    '<rect width="9" height="9" mask="url(WEB/p#a)" clip-path="url(FILE#a)"/>',
    '<rect width="9" height="9" filter="url(WEB/q#a)"/>',
    '<style>@import "WEB/r.css"; @import url(FILE);</style><rect width="9" height="9"/>',
    '<style>@font-face { font-family: F; src: url(WEB/s.ttf) }</style><text font="F">T</text>',
    '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="WEB/t.png"/></foreignObject>',
    '<script href="WEB/u.js"/><a href="FILE"><text y="9">T</text></a>',
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="FILE" parse="text"/>',
    '<linearGradient id="g" href="WEB/v.svg#a"/><rect fill="url(#g)" width="9" height="9"/>',
    '<text y="9"><textPath href="WEB/w.svg#a">T</textPath><tref xlink:href="FILE#a"/></text>',
)
PROLOGUES = (
    '<!DOCTYPE svg SYSTEM "WEB/x.dtd">',
    '<!DOCTYPE svg [<!ENTITY s SYSTEM "FILE">]>',
    '<!DOCTYPE svg [<!ENTITY % s SYSTEM "WEB/y.dtd"> %s;]>',
    '<?xml-stylesheet href="WEB/z.css"?>',
)

PROLOGUE_IS_HARMLESS = len(DRAWINGS)
"""A document type that is only named is not fetched, and old drawings have one."""


@pytest.fixture
def attacked(small: Repo, server: tuple[str, list[str]]) -> Repo:
    """Return a manual whose texts and drawings name a secret file and the server everywhere."""
    secret = small.root.parent / "secret.svg"
    secret.write_text(svg(f'<text y="9">{SECRET}</text>'))
    places = {"FILE": secret.as_uri(), "WEB": server[0], "PATH": str(secret)}
    places["HOST"] = server[0].removeprefix("http://")

    def filled(text: str) -> str:
        for word, address in places.items():
            text = text.replace(word, address)
        return text

    drawings = [svg(filled(content)) for content in DRAWINGS]
    drawings += [filled(text) + svg("<rect/>") for text in PROLOGUES]
    body = [filled(MARKDOWN)]
    for number, drawing in enumerate(drawings):
        small.write(f"procedures/d{number}.svg", drawing)
        body.append(f"![drawing](d{number}.svg)\n")
    (small.root / "procedures" / "link.svg").symlink_to(secret)
    (small.root / "procedures" / "folder").symlink_to(secret.parent)
    small.write("procedures/image.svg", svg("<rect/>"))
    source = small.root / "procedures" / "CSC-QP-01.md"
    source.write_text(source.read_text("utf-8") + "\n".join(body), "utf-8")
    return small


@pytest.mark.parametrize("arguments", [(), ("--html",)], ids=["pdf", "html"])
def test_a_preview_reads_and_fetches_nothing_outside_the_tree(
    attacked: Repo, server: tuple[str, list[str]], arguments: tuple[str, ...]
) -> None:
    answer = attacked.qms("preview", *arguments, "--output", "../out")
    assert (answer.code, answer.err) == (1, "")
    assert server[1] == []
    made = sorted((attacked.root.parent / "out").glob("*.html" if arguments else "*.pdf"))
    assert len(made) == 5
    for path in made:
        data = path.read_bytes()
        assert SECRET.encode() not in (data if arguments else pdfs.plain(data))
        if not arguments:
            assert SECRET not in " ".join(pdfs.pages(path))
            sources = [Path(name).name for name in tree(attacked.root) if name.endswith(".md")]
            assert set(pdfs.attachments(data)) <= {*sources, facts.NAME}


def test_the_check_says_so_at_every_place(attacked: Repo, server: tuple[str, list[str]]) -> None:
    answer = attacked.ask("check", "--json")
    assert server[1] == []
    path = "procedures/CSC-QP-01.md"
    told = {(code, line) for code, place, line in answer.findings if place == path}
    for number in range(len(DRAWINGS) + len(PROLOGUES)):
        if number == PROLOGUE_IS_HARMLESS:
            continue
        line = attacked.line(path, f"![drawing](d{number}.svg)")
        assert told & {("QMS803", line)}, DRAWINGS[number] if number < len(DRAWINGS) else number
    for name in ("WEB/a.png", "WEB/g.png", "WEB/h.png", "WEB/l.png", "PATH"):
        text = name.replace("WEB", server[0]).replace(
            "PATH", str(attacked.root.parent / "secret.svg")
        )
        assert ("QMS507", attacked.line(path, text)) in told


def test_a_folder_of_the_tree_that_becomes_a_link_is_not_followed(small: Repo) -> None:
    small.write("procedures/img/chart.svg", svg("<rect/>"))
    for source in (small.root / "procedures").glob("CSC-QP-01*.md"):
        source.write_text(source.read_text("utf-8") + "\n![A chart](img/chart.svg)\n", "utf-8")
    small.commit()
    assert small.ask("check").code == 0
    outside = small.root.parent / "outside"
    outside.mkdir()
    (outside / "chart.svg").write_text(svg(f"<text y='9'>{SECRET}</text>"))
    folder = small.root / "procedures" / "img"
    (folder / "chart.svg").unlink()
    folder.rmdir()
    folder.symlink_to(outside)
    answer = small.qms("preview", "CSC-QP-01", "--output", "../out")
    assert answer.code == 1
    assert "QMS504" in answer.out
    for path in (small.root.parent / "out").glob("*.pdf"):
        assert SECRET not in " ".join(pdfs.pages(path))
