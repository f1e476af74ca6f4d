"""Official documents: clauses, numbers, approval, skins, printing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Official documents: clauses, numbers, approval, skins, printing."""

    name = "documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        """Hang the legal-basis fact on its kind of clause; enter the rules over any paper."""
        from core.chain import register_papers
        from documents import facts
        from documents.actions import bases
        from documents.checks.header import HEADER
        from documents.checks.keeping import KEEPING
        from documents.checks.registry import register
        from documents.checks.wording import WORDING
        from documents.forms import BasisForm
        from documents.models import ClauseBasis, ClauseKind
        from documents.queries import issued_files, issued_papers

        facts.register(
            ClauseKind.LEGAL_BASIS,
            facts.Fact(
                model=ClauseBasis,
                beside=("basis",),
                form=BasisForm,
                initial=bases.basis_initial,
                save=bases.save_basis,
                propose=bases.propose_basis,
                summary=bases.basis_summaries,
                copy=bases.copy_bases,
            ),
        )
        register_papers(issued_papers, issued_files)
        register([*HEADER, *WORDING, *KEEPING])
