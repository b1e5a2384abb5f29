"""Nothing of the machine or the network gets into a PDF, and no document stops the others."""

import json
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from qms_docs.edges import pdf
from qms_docs.edges.workers import WorkerPool
from qms_docs.words.errors import QmsError
from qms_docs.words.printing import PrintJob
from tests import pdfs
from tests.edges.printing import ENDLESS, drawing, job
from tests.outer import PROJECT, environment

# The engine leaves its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")

PAGES = (
    '<img src="http://127.0.0.1:9/a.png" alt="a">',
    '<img src="https://127.0.0.1:9/a.png" alt="a">',
    '<img src="ftp://127.0.0.1:9/a.png" alt="a">',
    '<img src="//127.0.0.1:9/a.png" alt="a">',
    '<img src="SECRET" alt="a">',
    '<img src="data:image/png;base64,AAAA" alt="a">',
    '<img src="https://assets.invalid/fonts/../messages/en.toml" alt="a">',
    '<img src="https://assets.invalid/fonts/OFL.txt" alt="a">',
    '<img src="https://assets.invalid/fonts/PATH" alt="a">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
    '<link rel="stylesheet" href="SECRET">',
    '<link rel="attachment" href="SECRET">',
    '<a rel="attachment" href="SECRET">text</a>',
    "<style>@import url(http://127.0.0.1:9/a.css);</style>",
    "<style>p { background: url(SECRET) }</style><p>Text</p>",
    "<style>li { list-style-image: url(http://127.0.0.1:9/a.png) }</style><ul><li>Text</ul>",
    "<style>p::before { content: url(http://127.0.0.1:9/a.png) }</style><p>Text</p>",
    "<style>@font-face { font-family: F; src: url(SECRET) } p { font-family: F }</style><p>T</p>",
    '<object data="SECRET"></object>',
    '<embed src="SECRET">',
    '<iframe src="SECRET"></iframe>',
    '<script src="http://127.0.0.1:9/a.js"></script>',
)
DRAWINGS = (
    '<image href="SECRET" width="9" height="9"/>',
    '<image xlink:href="http://127.0.0.1:9/a.png" width="9" height="9"/>',
    '<image href="data:image/png;base64,AAAA" width="9" height="9"/>',
    '<use href="http://127.0.0.1:9/a.svg#a"/>',
    '<use xlink:href="SECRET#a"/>',
    '<rect width="9" height="9" fill="url(http://127.0.0.1:9/a.svg#a)" filter="url(SECRET#a)"/>',
    "<style>@import url(http://127.0.0.1:9/a.css);</style>",
    '<style>@font-face { font-family: F; src: url("SECRET") }</style><text y="9">T</text>',
    '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="SECRET"/></foreignObject>',
    '<script href="http://127.0.0.1:9/a.js"/>',
)
ENTITIES = (
    '<!DOCTYPE svg [<!ENTITY s SYSTEM "SECRET">]>',
    '<!DOCTYPE svg [<!ENTITY % s SYSTEM "SECRET"> %s;]>',
    '<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/a.dtd">',
    '<?xml-stylesheet href="http://127.0.0.1:9/a.css"?>',
)


def audited(jobs: list[PrintJob], home: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.edges.audited"],
        cwd=PROJECT,
        env=environment(home),
        input=pickle.dumps([job("<p>First</p>"), *jobs]),
        capture_output=True,
        check=True,
    )
    return list(json.loads(done.stdout))[1:]


def test_nothing_is_read_or_fetched_beside_the_job(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of this machine")
    address = secret.as_uri()
    jobs = [job(page.replace("SECRET", address).replace("PATH", str(secret))) for page in PAGES]
    jobs += [drawing(content.replace("SECRET", address)) for content in DRAWINGS]
    jobs += [drawing("", before=text.replace("SECRET", address)) for text in ENTITIES]
    jobs += [drawing("<text y='9'>&s;</text>", before=ENTITIES[0].replace("SECRET", address))]
    allowed = (str(PROJECT / "qms_docs"), sys.prefix, sys.base_prefix, tempfile.gettempdir())
    for number, answer in enumerate(audited(jobs, tmp_path / "home")):
        for event in answer["events"]:
            name, _, what = event.partition(" ")
            assert name == "open", (number, event)
            assert what.startswith(allowed) or what.isdigit(), (number, event)
            assert str(secret) not in what
        data = bytes.fromhex(answer["pdf"])
        assert pdfs.attachments(data) == {}
        assert b"a secret of this machine" not in pdfs.plain(data)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.png", "file:///etc/hosts", "data:,x"])
def test_a_refused_image_is_told(address: str) -> None:
    troubles = pdf.render(job(f'<img src="{address}" alt="a">')).troubles
    assert [trouble.case for trouble in troubles] == ["image"]
    assert "not part of the document" in troubles[0].detail


def test_documents_that_never_end_are_stopped_and_the_others_printed() -> None:
    bombs = (
        drawing(ENDLESS),
        job("<table><tr>" + "<td>x</td>" * 5000 + "</table>"),
        job('<table style="table-layout: auto"><tr><td colspan="65534">x<td>y</table>'),
    )
    with WorkerPool(len(bombs), seconds=15) as pool:
        bad = [pool.submit(pdf.render, bomb) for bomb in bombs]
        good = [pool.submit(pdf.render, job("<p>Text</p>")) for _ in bombs]
        for future in bad:
            with pytest.raises(QmsError) as raised:
                future.result()
            assert (raised.value.key, raised.value.values["name"]) == (
                "render-timeout",
                "procedures/CSC-QP-12.md",
            )
        assert [future.result().pages for future in good] == [1] * len(bombs)


@pytest.mark.parametrize("depth", [60, 300])
def test_a_document_nested_too_deeply_is_an_error_with_its_name(depth: int) -> None:
    with WorkerPool(1, seconds=60) as pool:
        with pytest.raises(QmsError) as raised:
            pool.submit(pdf.render, job("<table><tr><td>" * depth + "x")).result()
        assert raised.value.key == "render-failed"
        assert raised.value.values["name"] == "procedures/CSC-QP-12.md"
        assert "RecursionError" in raised.value.values["detail"]
        assert pool.submit(pdf.render, job("<p>Text</p>")).result().pages == 1


def test_entities_do_not_multiply() -> None:
    lines = ['<!ENTITY e0 "laughter ">']
    lines += [f'<!ENTITY e{n + 1} "' + f"&e{n};" * 10 + '">' for n in range(9)]
    bomb = drawing("<text y='9'>&e9;</text>", before=f"<!DOCTYPE svg [{''.join(lines)}]>")
    begun = time.monotonic()
    assert [trouble.case for trouble in pdf.render(bomb).troubles] == ["image"]
    assert time.monotonic() - begun < 5
