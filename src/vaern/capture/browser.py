"""What the browser does in the closed room: opens one page, waits for it, and takes its picture. No Django here."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

from vaern.capture.facts import VIEWPORT

Say = Callable[..., None]
_LOOK = """() => {
  const text = document.body ? document.body.innerText : '';
  const seen = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
  return {
    url: location.href, title: document.title.slice(0, 300), text: text.slice(0, 4000), text_length: text.length,
    passwords: [...document.querySelectorAll('input[type=password]')].filter(seen).length,
    frames: [...document.querySelectorAll('iframe')].map(f => String(f.src).slice(0, 300)).slice(0, 50),
    height: document.documentElement.scrollHeight, width: document.documentElement.scrollWidth,
  };
}"""
_SCROLL = "y => window.scrollTo(0, y)"


def arguments(port: int, pin: str) -> list[str]:
    """The network is closed already; these keep the browser from trying, and from doing anything but show a page."""
    return [
        f"--proxy-server=http://127.0.0.1:{port}",
        "--proxy-bypass-list=<-loopback>",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        f"--ignore-certificate-errors-spki-list={pin}",
        "--disable-quic",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-breakpad",
        "--disable-gpu",
        "--no-pings",
        "--deny-permission-prompts",
        "--js-flags=--max-old-space-size=512",
    ]


def browse(order: dict[str, Any], port: int, say: Say) -> None:
    """Says one message with what was seen, the picture and the page as one file, or one with a problem."""
    until = time.monotonic() + order["seconds"]
    try:
        with sync_playwright() as playwright:
            browser = _launch(playwright, order, port)
            if browser is None:
                say({"problem": "no_browser"})
                return
            _visit(browser, order, until, say)
    except BrowserError:
        say({"problem": "crashed"})


def _launch(playwright: Playwright, order: dict[str, Any], port: int) -> Browser | None:
    try:
        return playwright.chromium.launch(
            executable_path=order["chromium"],
            chromium_sandbox=True,
            args=arguments(port, order["pin"]),
            ignore_default_args=["--disable-popup-blocking"],
            handle_sigint=False,
            handle_sigterm=False,
            timeout=30_000,
        )
    except BrowserError:
        return None


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(
        viewport=VIEWPORT,  # type: ignore[arg-type]
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        service_workers="block",
        accept_downloads=False,
        permissions=[],
        color_scheme="light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    return context


def _visit(browser: Browser, order: dict[str, Any], until: float, say: Say) -> None:
    context = _context(browser)
    page = context.new_page()
    # Windows that the page opens are closed again; what it asks in boxes is waved away by the library.
    context.on("page", lambda other: other.close() if other != page else None)
    problem, loaded = _open(page, order)
    if problem:
        say({"problem": problem, "browser": browser.version})
        return
    _scroll(page, order["height"])
    seen = _tried(lambda: page.evaluate(_LOOK))
    agent = _tried(lambda: page.evaluate("() => navigator.userAgent")) or ""
    picture = _picture(page, seen or {}, order)
    snapshot = _snapshot(context, page) if time.monotonic() < until else b""
    head = {"problem": "" if seen else "time", "browser": browser.version, "agent": agent, "loaded": loaded}
    most = order["file_max"]
    say({**head, "page": seen}, picture if len(picture) <= most else b"", snapshot if len(snapshot) <= most else b"")


def _open(page: Page, order: dict[str, Any]) -> tuple[str, bool]:
    """A problem or "", and whether the page came to rest. A page that never ends is shown as far as it came."""
    try:
        page.goto(order["url"], wait_until="commit", timeout=order["load_seconds"] * 1000)
    except BrowserError as error:
        return ("not_page" if "Download is starting" in error.message else "unreachable"), False
    for state, seconds in (("load", order["load_seconds"]), ("networkidle", 5)):
        try:
            page.wait_for_load_state(state, timeout=seconds * 1000)  # type: ignore[arg-type]
        except BrowserError:
            return "", state == "networkidle"
    return "", True


def _scroll(page: Page, height: int) -> None:
    """Down and up again, so that what loads when it comes into sight has come."""
    try:
        for y in range(0, min(height, page.evaluate("() => document.documentElement.scrollHeight")), 900):
            page.evaluate(_SCROLL, y)
            page.wait_for_timeout(80)
        page.evaluate(_SCROLL, 0)
        page.wait_for_load_state("networkidle", timeout=4000)
    except BrowserError:
        return


def _picture(page: Page, seen: dict[str, Any], order: dict[str, Any]) -> bytes:
    """The whole page, down to the height a graphics memory takes: beyond it Chromium repeats the beginning."""
    height = min(max(int(seen.get("height", 0)), VIEWPORT["height"]), order["height"])
    clip = {"x": 0, "y": 0, "width": VIEWPORT["width"], "height": height}
    return _tried(lambda: page.screenshot(type="png", full_page=True, clip=clip, timeout=20_000)) or b""  # type: ignore[arg-type]


def _snapshot(context: BrowserContext, page: Page) -> bytes:
    """The page as one file (MHTML), as the browser itself saves it."""
    found = _tried(lambda: context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"}))
    return str(found["data"]).encode() if found else b""


def _tried(what: Callable[[], Any]) -> Any:
    try:
        return what()
    except BrowserError:
        return None
