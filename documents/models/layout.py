"""How papers look and what kinds there are: skins and document types."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation


class Skin(models.Model):
    """A versioned layout profile: which system, from when, and every measure as data."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(_("tên"), max_length=120)
    system = models.CharField(_("hệ thống"), max_length=10, choices=Organisation.System)
    valid_from = models.DateField(_("áp dụng từ"), null=True, blank=True)
    valid_to = models.DateField(_("đến"), null=True, blank=True)
    profile = models.JSONField(_("số đo"))
    source = models.CharField(_("căn cứ"), max_length=250)

    def __str__(self) -> str:
        return self.name


class DocumentType(models.Model):
    """A named type (Kế hoạch, Thông báo…) with its abbreviations in both systems."""

    code = models.SlugField(primary_key=True, max_length=20)
    name = models.CharField(_("tên loại"), max_length=60)
    party_symbol = models.CharField(_("ký hiệu của Đảng"), max_length=10, blank=True)
    state_symbol = models.CharField(_("ký hiệu của Nhà nước"), max_length=10, blank=True)

    def __str__(self) -> str:
        return self.name
