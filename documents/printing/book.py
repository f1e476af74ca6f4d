"""The register of outgoing documents in its official layout: A4 across, six columns, each page headed."""

from typing import Any

from django.template.loader import render_to_string

from documents.printing.pdf import write_pdf

BOOK_CSS = """
@page { size: A4 landscape; margin: 20mm 15mm 15mm 20mm;
  @bottom-center { content: counter(page) "/" counter(pages); font: 10pt "Times New Roman"; } }
html { font: 11pt/1.3 "Times New Roman"; }
h1 { font-size: 15pt; text-align: center; margin: 4mm 0 1mm; }
.body { font-size: 12pt; font-weight: bold; text-transform: uppercase; }
.what { text-align: center; margin: 0 0 5mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.5pt solid #000; padding: 1.2mm 1.5mm; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
th { text-align: center; font-weight: bold; }
.number { font-weight: normal; font-style: italic; }
.code { width: 27mm; } .day { width: 23mm; text-align: center; } .who { width: 34mm; } .to { width: 55mm; } .note { width: 40mm; }
tr.void td:nth-child(-n+5) { text-decoration: line-through; }
.end { margin-top: 6mm; }
"""


def render_book(context: dict[str, Any]) -> bytes:
    """The book as PDF: `organisation`, `period`, `columns`, `lines`, `printed_on`."""
    page = render_to_string("documents/print/book.html", context)
    return write_pdf(page, {}, css=BOOK_CSS)
