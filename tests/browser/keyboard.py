"""Walking a page by its keys."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from documents.models import Clause

FOCUSED = "node => node.isConnected ? node === document.activeElement : null"


def tab_to(page: Page, target: Locator, steps: int = 120) -> None:
    """Press Tab until the element has the focus."""
    node = target.first.element_handle()
    for _step in range(steps):
        is_reached = node.evaluate(FOCUSED)
        if is_reached:
            return
        if is_reached is None:  # that part of the page came anew
            node = target.first.element_handle()
            continue
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {target}")


class Desk:
    """A person at the keyboard; there is no mouse."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard

    def tab_to(self, target) -> None:
        tab_to(self.page, target, steps=150)

    def go(self, name: str, role: str = "link") -> None:
        self.tab_to(self.page.locator("main").get_by_role(role, name=name))
        self.keys.press("Enter")

    def add(self, kind: str, *, inside: bool = False) -> None:
        """On a row of the outline: N, then the kind by arrows."""
        self.keys.press("n")
        self.page.wait_for_selector("[data-choices]")
        links = self.page.locator("[data-choices] a[data-kind-choice]").all_inner_texts()
        behind = self.page.locator("[data-choices] ul").first.locator("a").count()
        start = behind if inside else 0
        for _step in range(links.index(kind, start)):
            self.keys.press("ArrowDown")
        self.keys.press("Enter")
        self.page.wait_for_selector("form[data-new]")

    def write(self, text: str) -> None:
        self.keys.insert_text(text)

    def paste(self, lines: tuple[str, ...]) -> None:
        before = Clause.objects.count()
        self.page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(lines))
        self.keys.press("Control+v")
        if len(lines) > 1:
            self.page.wait_for_selector("form[data-editor]", state="detached")
            assert Clause.objects.count() == before + len(lines)

    def shut(self) -> None:
        self.keys.press("Escape")
        self.page.wait_for_selector("form[data-editor]", state="detached")

    def row(self, text: str) -> None:
        """Walk to a row with the arrow keys."""
        words = self.page.locator(".outline-text", has_text=re.compile(f"^{re.escape(text)}")).last
        steps = words.evaluate(
            """node => {
              const rows = [...document.querySelectorAll(".outline > li[data-clause]")];
              const at = rows.findIndex((row) => row.contains(document.activeElement));
              return rows.indexOf(node.closest("li")) - at;
            }"""
        )
        for _step in range(abs(steps)):
            self.keys.press("ArrowDown" if steps > 0 else "ArrowUp")
        expect(words.locator("xpath=..")).to_be_focused()

    def accept(self) -> None:
        """Alt+N takes what was understood of the words."""
        self.page.locator("[data-accept]").first.wait_for()
        self.keys.press("Alt+n")

    def mend(self, text: str, new: str) -> None:
        """Walk to a row, write it anew."""
        self.row(text)
        self.keys.press("Enter")
        self.page.wait_for_selector("form[data-editor]")
        self.keys.press("Control+a")
        self.write(new)
        self.shut()

    def next(self, kind: str) -> None:
        """Ctrl+Enter: saved, and one more of the same kind."""
        self.page.locator("form[data-editor]").evaluate("form => { form.id = 'before' }")
        self.keys.press("Control+Enter")
        self.page.wait_for_selector(f"form[data-new][data-kind={kind}]:not(#before)")
