"""Official documents: clauses, numbers, approval, skins, printing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Official documents: clauses, numbers, approval, skins, printing."""

    name = "documents"
    verbose_name = _("Văn bản")
