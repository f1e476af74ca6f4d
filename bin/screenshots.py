"""Pictures of every page of a running demonstration, wide and narrow, under var/screenshots/.

`python bin/screenshots.py http://127.0.0.1:8000 [part of a name …]`: logs in as one account of each
role, walks the links from its home page and keeps one picture per address name, role and width.
"""

import os
import re
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import bootstrap
import django
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Error, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DOMAIN, PASSWORD = "lamgiang.example", "doi-thoai-thu"
HERE = ROOT / "var" / "screenshots"
WIDTHS = (1280, 360)
MOST = 300  # pages one role opens
ROLES = (
    "vanphong", "bithu", "kinhte", "nongdan", "mattran", "tiepdan", "quantri", "",
)  # fmt: skip


def main(root: str, wanted: list[str]) -> None:
    """Take the pictures; a page wider than its window, or one that fails, is named."""
    executable = bootstrap.browser()
    if executable is None:
        sys.exit("Chromium is missing: run `make test`, or install the package chromium.")
    HERE.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for role in ROLES:
            seen |= walk(browser, root, role, seen, wanted)
            print(f"{role or 'citizen'}: {len(seen)} pages so far")
        browser.close()


def walk(browser: Browser, root: str, role: str, seen: set[str], wanted: list[str]) -> set[str]:
    """Open what the role's pages link to, each address name once; the names that are new."""
    context = browser.new_context(base_url=root, locale="vi-VN")
    page = context.new_page()
    if role:
        sign_in(page, role)
    waiting = ["/", "/viec-cua-toi/"] if role else ["/", "/styleguide/", "/khong-co/"]
    done: set[str] = set()
    while waiting and len(done) < MOST:
        address = waiting.pop(0)
        name = name_of(address)
        if name is None or name in done:
            continue
        done.add(name)
        answer = answer_of(page, address)
        if answer is None or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        waiting += links_of(page, root)
        is_wanted = not wanted or any(part in name for part in wanted)
        if is_wanted and (name not in seen or name == "home"):
            shoot(page, f"{name}-{role or 'citizen'}")
    context.close()
    return done


def answer_of(page: Page, address: str) -> Response | None:
    """Open an address; a file that is downloaded instead of shown is no page."""
    try:
        return page.goto(address)
    except Error as refusal:
        if "Download is starting" not in refusal.message:
            raise
        return None


def sign_in(page: Page, role: str) -> None:
    """Log in with the demonstration's password."""
    page.goto("/tai-khoan/login/")
    shoot(page, "account_login-citizen")
    page.fill("[name=login]", f"{role}@{DOMAIN}")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def name_of(address: str) -> str | None:
    """The name of an address; the editor's kinds of clause count as pages of their own."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return "404" if "khong-co" in address else None
    kind = re.search(r"kind=(\w+)", parts.query)
    skipped = name.endswith((":pdf", ":slip", ":skin_css", ":evidence", "logout"))
    return None if skipped else re.sub(r"\W+", "_", name) + (f"_{kind[1]}" if kind else "")


def links_of(page: Page, root: str) -> list[str]:
    """Addresses of the same site the page links to."""
    found = page.eval_on_selector_all(
        "a[href]", "rows => rows.map(row => row.getAttribute('href'))"
    )
    full = [urljoin(page.url, link) for link in found]
    return [link[len(root) :] for link in full if link.startswith(root + "/")]


def shoot(page: Page, name: str) -> None:
    """One picture of each width; a sideways scroll bar is said aloud."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if width != WIDTHS[0]:
            page.reload()  # what a page does when it opens depends on its width
        page.screenshot(path=HERE / f"{name}-{width}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            print(f"  too wide: {name} at {width}: {wide} ({page.url})")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogue.settings")
    os.environ.setdefault("DIALOGUE_MODE", "demo")
    os.environ.setdefault("DATABASE_URL", "postgres://none")
    django.setup()
    main(sys.argv[1].rstrip("/"), sys.argv[2:])
