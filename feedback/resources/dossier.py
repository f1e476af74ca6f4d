"""The dossier for the chair as files."""

import datetime

from documents.printing import docx as word
from documents.printing.pdf import render_pdf
from feedback.documents.dossier import dossier_paper
from feedback.queries.dossier import dossier_of
from organisations.models import User
from plans.models import DialogueSession

TYPES = {"pdf": "application/pdf", "docx": word.CONTENT_TYPE}


def dossier_file(session: DialogueSession, kind: str, *, user: User, today: datetime.date) -> bytes:
    """The dossier as the person may read it; it tells so many matters and no more, so it is quick."""
    paper = dossier_paper(dossier_of(session, user=user, today=today), today=today)
    return render_pdf(paper) if kind == "pdf" else word.render_docx(paper)
