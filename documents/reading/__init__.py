"""From plain text to a proposed reading of an official paper; nothing here touches the database.

`read_file` gives the lines of a file, `read` turns lines into a `Reading`, `read_duty` understands
one pasted paragraph, `as_text` writes a reading out again.
"""

from documents.reading.sentence import read_duties, read_duty

__all__ = ["read_duties", "read_duty"]
