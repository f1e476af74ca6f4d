"""How many rows of a table still find room: blank rows that a hand fills end where the page ends.

Only the printer knows how high the rows above came out, so the paper is set once to measure.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from documents.printing import pdf
from documents.printing.css import skin_css
from documents.printing.html import render_html
from documents.printing.paper import Paper

_TABLE = '<table class="grid'
_BODY_ROW = re.compile(r"<tr(?=[^>]*><td)")


def filled(paper: Paper, *, least: int) -> Paper:
    """The paper with its last table, of more blank rows than a page holds, cut where a page ends.

    The table ends on the page it begins on; where that has no room for `least` rows, on the next.
    """
    *before, last = paper.blocks
    if last.table is None:
        return paper
    pages = _rows_by_page(paper)
    here, with_next = sum(pages[:1]), sum(pages[:2])
    fitting = here if here >= least else with_next
    table = replace(last.table, rows=last.table.rows[:fitting])
    return replace(paper, blocks=(*before, replace(last, table=table)))


def _rows_by_page(paper: Paper) -> Sequence[int]:
    """How many rows of the last table stand on each page that holds some."""
    number = count()
    before, mark, table = render_html(paper, for_print=True).rpartition(_TABLE)
    rows = _BODY_ROW.sub(lambda _row: f'<tr id="row-{next(number)}"', table)
    laid = pdf.lay_out(before + mark + rows, skin_css(paper.profile, screen=False))
    counted = [sum(name.startswith("row-") for name in boxes) for boxes in laid.boxes]
    return [rows for rows in counted if rows]
