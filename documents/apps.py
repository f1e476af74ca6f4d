"""Official documents: clauses, numbers, approval, skins, printing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Official documents: clauses, numbers, approval, skins, printing."""

    name = "documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        """Hang the legal-basis fact on its kind of clause."""
        from documents import facts  # noqa: PLC0415
        from documents.actions import bases  # noqa: PLC0415
        from documents.forms import BasisForm  # noqa: PLC0415
        from documents.models import ClauseKind  # noqa: PLC0415

        facts.register(
            ClauseKind.LEGAL_BASIS,
            facts.Fact(
                form=BasisForm,
                initial=bases.basis_initial,
                save=bases.save_basis,
                propose=bases.propose_basis,
                summary=bases.basis_summaries,
                findings=bases.basis_findings,
            ),
        )
