"""Lists an office keeps that are no official papers: A4 across, a head, one table."""

from typing import Any

from django.template.loader import render_to_string

from documents.printing.book import BOOK_CSS
from documents.printing.pdf import write_pdf

LIST_CSS = """
col.tt { width: 12mm; } col.who { width: 45mm; } col.field { width: 35mm; }
.pre { white-space: pre-wrap; margin: 0 0 1mm; } .basis { font-style: italic; }
.sums { margin-top: 5mm; }
"""


def render_list(template: str, context: dict[str, Any]) -> bytes:
    """The page of a template as PDF, in the dress of the register."""
    return write_pdf(render_to_string(template, context), {}, css=BOOK_CSS + LIST_CSS)
