"""Reads one spreadsheet in a process of its own and prints its rows as lines of JSON.

Run by its path and isolated: it imports nothing of the site. The limits of memory and time hold
for this process alone, so that a file that lies about its size can stop nothing else. The first
line names the merged cells, each further line is a list of rows [number of the row, cell, cell, …],
the last one says how it ended.
"""

import codecs
import csv
import datetime
import io
import json
import re
import resource
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import python_calamine

MEMORY = 1024 * 1024 * 1024
SECONDS = 120
COLUMNS = 60
CELL = 200_000
AT_ONCE = 200


def main(path: str, kind: str, most: int) -> None:
    """Print the rows of the first sheet, `most` + 1 of them at the most."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        merged, rows = _csv(path) if kind == "csv" else _book(path)
        _say({"merged": merged})
        _say_rows(rows, most)
        _say({"end": "whole"})
    except python_calamine.PasswordError:
        _say({"end": "password"})
    except (python_calamine.CalamineError, csv.Error, UnicodeError, ValueError, OSError):
        _say({"end": "broken"})


def _say_rows(rows: Iterable[list[Any]], most: int) -> None:
    """Rows without a single word are left out and counted, as a spreadsheet counts them."""
    said, lot = 0, list[list[Any]]()
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row[:COLUMNS]]
        if not any(cells):
            continue
        lot.append([number, *cells])
        if len(lot) == AT_ONCE:
            _say(lot)
            said += len(lot)
            lot = []
        if said > most + 1:
            return
    _say(lot)


def _say(line: object) -> None:
    words = json.dumps(line, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(words.encode("utf-8", "surrogatepass"))


def _book(path: str) -> tuple[list[list[int]], Iterator[list[Any]]]:
    sheet = python_calamine.load_workbook(path).get_sheet_by_index(0)
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
    return merged[:10_000], _rows_of(sheet)


def _rows_of(sheet: python_calamine.CalamineSheet) -> Iterator[list[Any]]:
    """Every row from the first of the sheet on, as its cells stand below the letters."""
    yield from sheet.iter_rows()


def _csv(path: str) -> tuple[list[list[int]], Iterator[list[str]]]:
    """Bytes that are not UTF-8 stay visible as such, so that only their rows are refused."""
    content = Path(path).read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16")
    else:
        text = content.decode("utf-8-sig", "surrogateescape")
    # A comma inside a heading parts nothing: it is quoted where commas part the cells.
    first = re.sub('"[^"]*"', "", text.split("\n", 1)[0])
    csv.field_size_limit(CELL)
    delimiter = max(";\t,", key=first.count)
    return [], csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime.date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return str(value)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
