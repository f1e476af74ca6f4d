"""A paper must not reach for anything outside of itself, whatever somebody managed to write into it."""

import base64
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pikepdf
import pytest

from documents.printing.html import render_html
from documents.printing.paper import Extra, build_paper
from documents.printing.pdf import ForbiddenAddressError, render_pdf, write_pdf
from tests.documents import papers
from tests.documents.measure import read
from tests.documents.papers import PARTY
from tests.documents.test_printing_outline import PROFILES

MARKER = "canary-5f1d"


@pytest.fixture(scope="module")
def canary():
    """A server on this machine that counts who asks it for anything."""
    hits = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(302 if self.path == "/redirect" else 200)
            if self.path == "/redirect":
                self.send_header("Location", "/other")
            self.end_headers()
            self.wfile.write(MARKER.encode())

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()
    server.server_close()


def svg(address):
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="{address}" href="{address}" width="9" height="9"/></svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()


PAYLOADS = {
    "img": lambda a: f'<img src="{a}">',
    "attachment": lambda a: f'<link rel="attachment" href="{a}">',
    "anchor": lambda a: f'<a rel="attachment" href="{a}">x</a>',
    "stylesheet": lambda a: f'<link rel="stylesheet" href="{a}">',
    "import": lambda a: f'<style>@import url("{a}")</style>',
    "background": lambda a: f'<p style="background:url({a})">x</p>',
    "content": lambda a: f'<style>p::before{{content:url("{a}")}}</style><p>x</p>',
    "face": lambda a: (
        f'<style>@font-face{{font-family:F;src:url("{a}")}}p{{font-family:F}}</style>x'
    ),
    "list": lambda a: f'<ul style="list-style-image:url({a})"><li>x</ul>',
    "object": lambda a: f'<object data="{a}"></object>',
    "embed": lambda a: f'<embed src="{a}">',
    "svg image": lambda a: f'<img src="{svg(a)}">',
    "inline svg": lambda a: (
        f'<svg width="9" height="9"><image href="{a}" width="9" height="9"/></svg>'
    ),
    "base": lambda a: f'<base href="{a}"><img src="x.png">',
}


def print_raw(payload):
    page = f'<!DOCTYPE html><html lang="vi"><title>x</title><body>{payload}<p>Hết</p></body></html>'
    return write_pdf(page, PROFILES["party"])


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("path", ("/plain", "/redirect"))
def test_no_address_is_visited(canary, name, path):
    address, hits = canary

    with pytest.raises(ForbiddenAddressError):
        print_raw(PAYLOADS[name](address + path))

    assert hits == []


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_file_is_read(tmp_path, name):
    secret = tmp_path / "secret.txt"
    secret.write_text(MARKER)

    with pytest.raises(ForbiddenAddressError):
        print_raw(PAYLOADS[name](secret.as_uri()))


@pytest.mark.parametrize("address", ("asset:../../settings.py", "asset:/etc/passwd", "ftp://x/y"))
def test_only_the_four_faces_are_assets(address):
    with pytest.raises(ForbiddenAddressError, match="Bản in không được lấy nội dung"):
        print_raw(f'<img src="{address}">')


def test_links_without_a_base_lead_nowhere():
    pdf = pikepdf.open(
        io.BytesIO(print_raw('<img src="secret.png" alt="x"><img src="//x/y" alt="x">'))
    )

    assert "/Names" not in pdf.Root or "/EmbeddedFiles" not in pdf.Root.Names


@pytest.mark.django_db
def test_typed_html_is_printed_as_typed(canary):
    address, hits = canary
    attack = f'<img src="{address}/x"> & <script>alert(1)</script>'
    row = papers.document("GM", PARTY, abstract=attack, signer_name=attack[:30], place="<b>Mỹ</b>")
    row.clauses.update(text=f"{attack} [khách mời]")
    paper = build_paper(
        row, list(row.clauses.all()), extra=Extra(fill={"khách mời": "<i>Ông A</i>"})
    )

    page = render_html(paper, for_print=True)
    text = " ".join(read(render_pdf(paper)).text.split())

    assert "<img src=&quot;" not in page.replace("&lt;img", "")
    assert "<script" not in page
    assert "<i>Ông A</i>" not in page
    assert "<script>alert(1)</script>" in text
    assert "<i>Ông A</i>" in text
    assert hits == []
