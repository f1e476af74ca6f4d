"""Filling in a form the way a browser does: what the page shows, with a few fields changed."""

import uuid
from html.parser import HTMLParser
from typing import Any

from django.test import Client


def once(**fields: Any) -> dict[str, Any]:
    """What is typed, with the token of a form that has not been sent before."""
    return fields | {"_once": str(uuid.uuid4())}


class FormReader(HTMLParser):
    """Collects what a browser would send of each form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.field = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "option" and self.select:
            self._option(given)
        elif self.forms and "name" in given:
            getattr(self, f"_{tag}", lambda _given: None)(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.field = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.field:
            self.forms[-1][self.field] += data.removeprefix("\n")

    def _input(self, given: dict[str, str]) -> None:
        form, name, kind = self.forms[-1], given["name"], given.get("type", "text")
        if kind in {"checkbox", "radio"}:
            chosen = [given.get("value", "on")] if "checked" in given else []
            form[name] = [*form.get(name, []), *chosen]
        elif kind == "hidden" and name in form:
            before = form[name] if isinstance(form[name], list) else [form[name]]
            form[name] = [*before, given.get("value", "")]
        elif kind not in {"submit", "file"}:
            form[name] = given.get("value", "")

    def _textarea(self, given: dict[str, str]) -> None:
        self.field = given["name"]
        self.forms[-1][self.field] = ""

    def _select(self, given: dict[str, str]) -> None:
        self.select = given["name"]
        self.forms[-1][self.select] = []

    def _option(self, given: dict[str, str]) -> None:
        if "selected" in given:
            self.forms[-1][self.select].append(given.get("value", ""))


def shown_form(answer: Any, field: str) -> dict[str, Any]:
    """What the browser would send of the form that holds `field`."""
    reader = FormReader()
    reader.feed(answer.content.decode())
    found = [form for form in reader.forms if field in form]
    assert found, f"no form with a field {field}"
    return found[0]


def fill_in(client: Client, address: str, **changed: Any) -> tuple[Any, dict[str, Any]]:
    """Open the page, change fields, send it; gives the answer and what was sent."""
    sent = {**shown_form(client.get(address), next(iter(changed))), **changed}
    return client.post(address, sent), sent
