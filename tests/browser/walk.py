"""Walking through Værn as a person does, and looking at every page on the way.

A look at a page is: nothing that axe finds against WCAG 2.1 A and AA, nothing to scroll sideways for on a phone, and
since the page was opened no error in the browser's console (which is where a refused script or style is said), no fault
of the server. That nothing leaves the machine is watched by `open_page`.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Response, expect

from tests.browser.conftest import PHONE, OpenPage
from vaern.people.models import User

# Only what is wrong is told in full: a list of everything that is right takes longer to carry than to find.
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"], "preload": False}
JUDGED: dict[bool, set[int]] = {True: set(), False: set()}
"""Every way an element has been built on a page that was looked at before, by whether it was on a phone's screen. axe
judges how a page is built and not its words, and takes longer than the page: it is asked about what is new."""
# The browser says in its console that a page came with 422, which is how a form with something missing comes back.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")

# One line for each kind of element, with what it stands in: its tag, its attributes (of those that only name another
# element: whether that is there), and whether it has words of its own. Last, what is true of the page as a whole. What
# is not known yet is said, and each such element marked, for axe to look at; whether anything of the whole is new, too.
WHAT_IS_NEW = r"""(html, known) => {
  const points = /^(for|headers|aria-(labelledby|describedby|controls|owns|errormessage))$/;
  const free = /^(id|name|value|href|src|alt|title|action|content|placeholder|datetime|aria-label|data-.*)$/;
  const there = value => value.split(/\s+/).every(id => document.getElementById(id));
  const said = a => points.test(a.name) ? a.name + (there(a.value) ? "" : "!") : free.test(a.name)
    ? a.name + (a.value.trim() ? "" : "!") : a.name + "=" + a.value;
  const words = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) ? "words" : "";
  const one = e => [e.tagName, ...[...e.attributes].map(said).sort(), words(e)].join(" ");
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  const whole = ["ids " + (new Set(ids).size === ids.length), "title " + Boolean(document.title.trim()),
    ...["main", "h1", "nav", "header", "footer"].map(t => t + " " + document.querySelectorAll(t).length)];
  // As numbers of 53 bits (cyrb53), so that none is mistaken: the lines of a long page are heavy to carry.
  const number = line => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let i = 0; i < line.length; i++) {
      const c = line.charCodeAt(i);
      a = Math.imul(a ^ c, 2654435761);
      b = Math.imul(b ^ c, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return 4294967296 * (2097151 & b) + (a >>> 0);
  };
  const paths = new Map(), before = new Set(known.split(" ").map(Number));
  const path = e => {
    if (!paths.has(e)) paths.set(e, number((e.parentElement ? path(e.parentElement) : "") + " > " + one(e)));
    return paths.get(e);
  };
  const fresh = [...document.querySelectorAll("*")].map(e => [e, path(e)]).filter(([, n]) => !before.has(n));
  const page = whole.map(number).filter(n => !before.has(n));
  for (const [e] of fresh) e.setAttribute("data-new", "");
  return [[...fresh.map(([, n]) => n), ...page].join(" "), page.length > 0, html.scrollWidth];
}"""
LOOKED_AT = """() => { for (const e of document.querySelectorAll("[data-new]")) e.removeAttribute("data-new"); }"""

WORDS = {
    "recipient": "Rette vedkommende",
    "offered": "En samtale og hjælp i hverdagen",
    "agreed": "Vi tager en dag ad gangen",
    "text": "Det er gjort, som vi talte om.",
    "reasons": "Det er det bedste for medarbejderen.",
    "reference": "KVIT-2026-17",
}
# Every field of the form that is asked for and still empty; in one call, since each takes longer than the typing.
FILL = """(main, words) => {
  for (const [name, text] of Object.entries(words)) {
    for (const field of main.querySelectorAll(`form [name=${name}]`)) field.value ||= text;
  }
  const choice = main.querySelector("form [name=choice]");
  if (choice) choice.checked = true;
  return Boolean(main.querySelector("form [name=ending]"));
}"""
WHAT = "En borger har lagt mit navn og billede op og skriver, at jeg skal passe på."


class Walk:
    """One person's browser. Every step ends with a look at the page it led to."""

    def __init__(self, open_page: OpenPage, user: User, *, screen: dict[str, int] = PHONE, script: bool = True) -> None:
        self.page: Page = open_page(user, screen=screen, script=script)
        self.phone, self.script = screen["width"] == PHONE["width"], script
        self.faults: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._broke)
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not ANSWERED.match(message.text):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _broke(self, error: Error) -> None:
        self.faults.append(f"{self.page.url}: {error}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")

    def look(self) -> None:
        if self.script:
            # A locator waits for a page that is on its way; asked of the page, the next one may have no content yet.
            page = self.page.locator("html:has(main)")
            new, whole, width = page.evaluate(WHAT_IS_NEW, " ".join(map(str, JUDGED[self.phone])))
            self._judge(new, whole)
            if self.phone and width > PHONE["width"]:
                self.faults.append(f"{self.page.url}: wider than a phone")
        assert self.faults == []

    def _judge(self, new: str, whole: bool) -> None:
        if not new:
            return
        found = Axe().run(self.page, context=None if whole else {"include": [["[data-new]"]]}, options=STANDARD)
        self.page.evaluate(LOOKED_AT)
        if found.violations_count:
            self.faults.append(f"{self.page.url}: {found.generate_report()}")
        else:
            JUDGED[self.phone] |= {int(number) for number in new.split()}

    def goto(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def follow(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.look()

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """The last button of that name: the first "Videre" of a step is there for the Enter key alone."""
        place = within or self.page.locator("main")
        place.get_by_role("button", name=name, exact=True).last.click()
        self.look()

    def main(self) -> Locator:
        return self.page.locator("main")

    def reads(self, *words: str) -> None:
        for one in words:
            expect(self.main()).to_contain_text(one)


def report(walk: Walk, pictures: list[Path], *, definition: str = "", danger: str = "Nej") -> str:
    """The whole report by the one it happened to, from the front door to the receipt; the address of the case."""
    walk.goto("/")
    walk.follow("Det er sket for mig")
    walk.page.get_by_label("Fortæl det med dine egne ord").fill(WHAT)
    walk.page.get_by_label(danger, exact=True).check()
    walk.press("Videre")
    walk.page.get_by_label("Vælg billeder eller filer").set_input_files(pictures)
    walk.page.get_by_label("Hvor er det sket?").select_option(label="Facebook")
    walk.page.get_by_label("Link til det").fill("https://example.org/opslag/1")
    walk.press("Videre")
    if definition:
        walk.page.get_by_label(definition).check()
    walk.press("Videre")
    walk.page.get_by_label("Hvordan har du det?").fill("Jeg er rystet og sover dårligt.")
    walk.page.get_by_label("Hvad har du brug for i det praktiske?").fill("At en anden tager telefonen.")
    walk.press("Videre")
    walk.reads(WHAT, *(picture.name for picture in pictures))
    walk.press("Send")
    expect(walk.page).to_have_url(re.compile(r"/receipt/$"))
    walk.reads("Mads Madsen")
    return urlsplit(walk.page.url).path.removesuffix("receipt/")


def open_duty(walk: Walk, start: str, duty: str) -> None:
    """From the page at `start` by the link to the duty, opening what it is folded away in."""
    walk.goto(start)
    link = walk.main().locator(f'a[href*="/duty/{duty}/"]').first
    folded = link.locator("xpath=ancestor::details[not(@open)]/summary")
    if folded.count():
        folded.first.click()
    link.click()
    expect(walk.page).to_have_url(re.compile(f"/duty/{duty}/"))
    walk.look()


def settle(walk: Walk, start: str, duty: str, *, ending: str = "", again: bool = False) -> None:
    """Opens a duty, fills in everything its page asks for, and saves."""
    open_duty(walk, start, duty)
    if again:
        walk.main().get_by_text("Skriv igen", exact=True).click()
    asks_how = walk.page.locator("main").evaluate(FILL, WORDS)
    if ending:
        walk.page.get_by_label(ending).check()
    walk.press("Gem" if asks_how else "Gem: det er gjort")
    walk.reads("Det er gemt")


def decline(walk: Walk, start: str, duty: str, why: str) -> None:
    """The honest way out: the employee does not want it. First without a reason, which is asked for."""
    open_duty(walk, start, duty)
    walk.main().get_by_text("Skal det ikke gøres?").click()
    walk.press("Medarbejderen ønsker det ikke")
    expect(walk.main().get_by_role("alert")).to_be_visible()
    walk.page.locator("[name=why_not]").fill(why)
    walk.press("Medarbejderen ønsker det ikke")
    walk.reads("Det er gemt")


def close(walk: Walk, case: str, words: str) -> None:
    walk.goto(case)
    walk.follow("Se, om sagen kan afsluttes")
    walk.page.get_by_label("Sidste ord til medarbejderen").fill(words)
    walk.press("Afslut sagen")
    walk.reads("Sagen er afsluttet", words)


def refused_to_close(walk: Walk, case: str, *clauses: str) -> None:
    """The page says what is missing, each with its clause, and offers no button."""
    walk.goto(f"{case}close/")
    walk.reads("Sagen kan ikke afsluttes endnu", *clauses)
    expect(walk.page.get_by_label("Sidste ord til medarbejderen")).to_have_count(0)
