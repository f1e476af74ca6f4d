"""One person at the site: opens pages, fills the forms they show, reads what they say."""

import io
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import mechanicalsoup
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.urls import Resolver404, resolve, reverse

TIMEOUT = 60
PATIENCE = 40
# Words, words of several choices, a box to tick, a file as (name, content).
Value = str | Sequence[str] | bool | tuple[str, bytes]


class SmokeError(Exception):
    """What did not happen, in one sentence."""


@dataclass(frozen=True)
class Line:
    """One clause in the outline of the editor."""

    pk: int
    kind: str
    text: str


class Visitor:
    """A browser without a window, as one person uses it."""

    def __init__(self, root: str, name: str) -> None:
        """`root` is the address of the installation, `name` says in messages who this is."""
        self.root, self.name = root.rstrip("/"), name
        self.browser = mechanicalsoup.StatefulBrowser(soup_config={"features": "lxml"})

    def __enter__(self) -> "Visitor":
        """Use it in a `with`."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Leave no connection open."""
        self.close()

    def close(self) -> None:
        """Forget cookies and connections."""
        self.browser.close()

    # --- opening and reading ----------------------------------------------------------------------

    def go(self, name: str, *args: object, query: str = "", status: int = 200) -> None:
        """Open a page by the name of its address; anything but `status` is an error."""
        address = reverse(name, args=args) + (f"?{query}" if query else "")
        self._check(self.browser.open(self.root + address, timeout=TIMEOUT), status)

    def follow(self, words: str) -> None:
        """Click the link that says `words`."""
        self._check(self.browser.open(self._address_behind(words), timeout=TIMEOUT), 200)

    def _address_behind(self, words: str) -> str:
        for link in self.page.find_all("a", href=True):
            if words in _words(link):
                return urljoin(self.url, str(link["href"]))
        raise SmokeError(f"{self._here()} has no link “{words}”.")

    def wait_for(self, words: str) -> None:
        """Look at the page again and again until a worker has done what was asked."""
        end = time.monotonic() + PATIENCE
        while words not in self.text:
            if time.monotonic() > end:
                raise SmokeError(f"{self._here()} does not say “{words}” after {PATIENCE} s.")
            time.sleep(0.3)
            self.browser.refresh()

    def pdf(self, name: str, *args: object) -> bytes:
        """Download a PDF; what is not one is an error."""
        return self._pdf_at(self.root + reverse(name, args=args))

    def pdf_behind(self, words: str) -> bytes:
        """Download the PDF the link `words` leads to."""
        return self._pdf_at(self._address_behind(words))

    def _pdf_at(self, address: str) -> bytes:
        answer = self.browser.session.get(address, timeout=TIMEOUT)
        content: bytes = answer.content
        if answer.status_code != 200 or not content.startswith(b"%PDF"):
            raise SmokeError(f"{answer.url} is no PDF: status {answer.status_code}.")
        return content

    @property
    def page(self) -> BeautifulSoup:
        """The page that is open."""
        page: BeautifulSoup = self.browser.page
        return page

    @property
    def url(self) -> str:
        """Its address."""
        return str(self.browser.url)

    @property
    def pk(self) -> int:
        """The number of the row that is open, from the address."""
        try:
            found = resolve(urlsplit(self.url).path).kwargs
        except Resolver404:
            found = {}
        if "pk" not in found:
            raise SmokeError(f"{self._here()} shows no row, but one was expected.")
        return int(found["pk"])

    @property
    def text(self) -> str:
        """Everything the page says."""
        return _words(self.page.body or self.page)

    @property
    def quoted(self) -> str:
        """The first words on the page that are somebody's own, as that person wrote them."""
        quote = self.page.select_one("main .pre")
        return _words(quote) if quote else ""

    def sees(self, *sentences: str) -> None:
        """Each of these stands on the page."""
        for words in sentences:
            if words not in self.text:
                raise SmokeError(f"{self._here()} does not say “{words}”.")

    def misses(self, *sentences: str) -> None:
        """None of these stands on the page, markup included."""
        for words in sentences:
            if words in str(self.page) or words in self.text:
                raise SmokeError(f"{self._here()} says “{words}”, which it must not.")

    def links(self, name: str, within: str = "body") -> list[int]:
        """The numbers of the rows whose pages `within` links to, in order, each once."""
        found: dict[int, None] = {}
        for link in self.page.select(f"{within} a[href]"):
            try:
                match = resolve(urlsplit(str(link["href"])).path)
            except Resolver404:
                continue
            if match.view_name == name:
                found[int(match.kwargs["pk"])] = None
        return list(found)

    def lines(self) -> list[Line]:
        """The outline of the editor that is open."""
        rows = []
        for row in self.page.select("li[id^=clause-]"):
            kind, text = row.select_one(".outline-kind"), row.select_one(".outline-text")
            if kind and text:
                number = int(str(row["id"]).removeprefix("clause-"))
                rows.append(Line(number, _words(kind), _words(text)))
        return rows

    def line(self, words: str, kind: str = "") -> int:
        """The clause of the outline that says `words` (and is of a kind, as people read it)."""
        for row in self.lines():
            if words in row.text and kind in ("", row.kind):
                return row.pk
        raise SmokeError(f"{self._here()} has no clause “{words}”.")

    # --- forms ------------------------------------------------------------------------------------

    def fill(self, **values: Any) -> None:
        """Fill fields of the form they stand in, without pressing anything."""
        for name, value in values.items():
            field = self.page.select_one(f'[name="{_spelt(name)}"]')
            form = field.find_parent("form") if field else None
            if form is None:
                raise SmokeError(f"{self._here()} has no field “{_spelt(name)}”.")
            _fill(form, _spelt(name), value, self._here())

    def submit(self, button: str, /, *, form_action: str = "", **values: Any) -> None:
        """Fill the form with the button `button` and press it; a form not taken is an error.

        `form_action` tells forms alike apart by their address; `__` in a name stands for `-`.
        """
        self._check(self._send(button, form_action, values), 200)

    def send(self, button: str, /, **values: Any) -> str:
        """The same without looking at the page that follows; its address."""
        answer = self._send(button, "", values, allow_redirects=False)
        self._check(answer, 302)
        return str(answer.headers["Location"])

    def _send(self, button: str, action: str, values: dict[str, Any], **options: Any) -> Any:
        form, pressed = self._form(button, action)
        here = self._here()
        for name, value in values.items():
            _fill(form, _spelt(name), value, here)
        self.browser.select_form(form)
        answer = self.browser.submit_selected(pressed, timeout=TIMEOUT, **options)
        problem = self.page.select_one(".error-summary, .errorlist") if self.page else None
        if problem is not None:
            raise SmokeError(f"{here} was not taken (“{button}”): {_words(problem)}")
        return answer

    def sign_in(self, email: str, password: str) -> None:
        """Log in."""
        self.go("account_login")
        self.submit("Đăng nhập", login=email, password=password)
        if urlsplit(self.url).path == reverse("account_login"):
            raise SmokeError(f"{email} cannot log in with this password.")

    def _form(self, button: str, action: str) -> tuple[Tag, Tag]:
        """The form and its button: said exactly so, else beginning so, else containing it."""
        found = [
            (form, tag)
            for form in self.page.select("main form, form")
            for tag in form.find_all("button")
            if action in str(form.get("action", ""))
        ]
        for fits in (str.__eq__, str.startswith, str.__contains__):
            for form, tag in found:
                if fits(_words(tag), button):
                    return form, tag
        raise SmokeError(f"{self._here()} has no button “{button}”.")

    def _check(self, answer: Any, status: int) -> None:
        if answer.status_code != status:
            said = self.page.select_one("main") if self.browser.page else None
            words = f": {_words(said)[:300]}" if said else ""
            path = urlsplit(str(answer.url)).path
            raise SmokeError(
                f"{self.name}: {path} answered {answer.status_code} instead of {status}{words}"
            )

    def _here(self) -> str:
        return f"{self.name}: the page {urlsplit(self.url).path}"


def _spelt(name: str) -> str:
    return name.replace("__", "-") if not name.startswith("_") else name


def _words(tag: Tag) -> str:
    return re.sub(r"\s+", " ", tag.get_text(" ")).replace(" .", ".").strip()


def _fill(form: Tag, name: str, value: Value, where: str) -> None:
    """Put a value into the field called `name`: choices are named by the words people see."""
    fields = form.select(f'[name="{name}"]')
    if not fields:
        raise SmokeError(f"{where} has no field “{name}”.")
    first, kind = fields[0], str(fields[0].get("type", ""))
    if first.name == "select":
        _choose(first.find_all("option"), _listed(value), "selected", name, where)
    elif kind in ("checkbox", "radio") and not isinstance(value, bool):
        _choose(fields, _listed(value), "checked", name, where)
    elif isinstance(value, bool):
        first.attrs.pop("checked", None)
        first.attrs |= {"checked": ""} if value else {}
    elif first.name == "textarea":
        first.string = str(value)
    elif kind == "file" and isinstance(value, tuple):
        file = io.BytesIO(value[1])
        file.name = value[0]
        first.attrs["value"] = file  # type: ignore[assignment]
    else:
        first["value"] = str(value)


def _listed(value: Value) -> list[str]:
    return [value] if isinstance(value, str) else [str(part) for part in value]  # type: ignore[union-attr]


def _choose(options: Iterable[Tag], wanted: list[str], mark: str, name: str, where: str) -> None:
    rows = list(options)
    for row in rows:
        row.attrs.pop(mark, None)
    for words in wanted:
        found = [row for row in rows if words in (str(row.get("value")), _label(row))]
        found = found or [row for row in rows if words and words in _label(row)]
        if not found:
            raise SmokeError(f"{where} offers no choice “{words}” in “{name}”.")
        found[0][mark] = ""


def _label(option: Tag) -> str:
    """The words beside a box, or inside an option."""
    if option.name == "option":
        return _words(option)
    page = option.find_parent("form") or option
    label = option.find_parent("label") or page.select_one(f'label[for="{option.get("id")}"]')
    return _words(label) if label else ""
