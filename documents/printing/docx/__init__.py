"""A paper as a Word file, for offices that go on in Word: the same words, real styles and lists.

python-docx packs the file; what stands in it is written here as WordprocessingML, because Word's
lists, headers and exact measures lie below what that library offers.
"""

from documents.printing.docx.file import CONTENT_TYPE, render_docx

__all__ = ["CONTENT_TYPE", "render_docx"]
