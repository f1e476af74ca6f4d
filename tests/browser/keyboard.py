"""Walking a page by its keys."""

import pytest
from playwright.sync_api import Locator, Page

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
