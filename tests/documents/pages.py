"""Addresses of a document, and what its form of the header holds."""

from django.urls import reverse


def url(name, document, *more):
    return reverse(f"documents:{name}", args=[document.pk, *more])


def header_values(document, **changed):
    values = {
        "version": document.version,
        "abstract": document.abstract,
        "place": document.place,
        "introduction_verb": "Căn cứ",
        "urgency": "",
        "addressees": "",
        "recipients": "Ban Dân vận (để báo cáo),\nLưu Văn phòng.",
        "capacity": "collective",
        "collective": "Ban Thường vụ",
        "signer_post": "Bí thư",
        "signer_name": "Trần Thị Bình",
    }
    return values | changed
