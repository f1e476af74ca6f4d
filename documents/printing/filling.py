"""Blank rows that a hand fills: they end where the page ends.

Only the printer knows how high the rows above came out. So it sets more blank rows than a page
holds, and the pages behind those that are wanted stay unprinted.
"""

import re
from itertools import count

from documents.printing import pdf
from documents.printing.html import render_html
from documents.printing.paper import Paper

_TABLE = '<table class="grid'
_BODY_ROW = re.compile(r"<tr(?=[^>]*><td)")
_ENOUGH = "enough"


def render_filled(paper: Paper, *, least: int) -> bytes:
    """The paper as PDF, its last table, of more blank rows than a page holds, cut where a page ends.

    The table ends on the page it begins on; where that has no room for `least` rows, on the next.
    """
    before, mark, table = render_html(paper, for_print=True).rpartition(_TABLE)
    number = count(1)
    marked = _BODY_ROW.sub(
        lambda row: f'{row[0]} id="{_ENOUGH}"' if next(number) == least else row[0], table
    )
    return pdf.write_pdf(before + mark + marked, paper.profile, until=_ENOUGH)
