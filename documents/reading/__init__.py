"""From plain text to a proposed reading of an official paper; nothing here touches the database.

`intake` gives the lines of a file, `read` turns lines into a `Reading`, `read_duty` understands
one pasted paragraph, `as_text` writes a reading out again.
"""

from documents.reading.exchange import reading_json
from documents.reading.reader import read, read_text
from documents.reading.rendering import as_text
from documents.reading.results import DocumentReading, DutyReading, Reading
from documents.reading.sentence import read_duties, read_duty

__all__ = [
    "DocumentReading",
    "DutyReading",
    "Reading",
    "as_text",
    "read",
    "read_duties",
    "read_duty",
    "read_text",
    "reading_json",
]
