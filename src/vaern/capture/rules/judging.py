"""What a visit was worth: evidence, or a reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from urllib.parse import urldefrag, urljoin

from vaern.capture.facts import Exchange, Page, Verdict
from vaern.capture.rules.walls import wall_of

_HOPS = 20


def redirects(asked: str, exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """The main page's own way: the answer to the asked address and each redirect after it, in order.

    In the order in which they were asked: an answer is noted when it has come through, and what it sends to may be
    refused before that. Each answer is used once, so that a page that sends back to itself (with a cookie, say) is
    followed and ends.
    """
    chain: list[Exchange] = []
    url: str | None = urldefrag(asked).url
    for one in sorted(exchanges, key=attrgetter("at")):
        if one.url == url and one.method == "GET" and len(chain) < _HOPS:
            chain.append(one)
            url = urldefrag(urljoin(one.url, one.location)).url if one.location else None
    return tuple(chain)


def judge(asked: str, page: Page | None, problem: str, exchanges: Sequence[Exchange], *, limit_hit: bool) -> Verdict:
    """`problem` is a code of `REASONS` from the browser ("" when it got through), `page` what it ended on."""
    chain = redirects(asked, exchanges)
    last = chain[-1] if chain else None
    if last and last.refused:
        return Verdict("refused", "inside")
    if problem in {"no_browser", "no_room", "crashed", "time", "not_page", "too_large"}:
        return Verdict("failed", problem)
    if page is None or last is None or not page.url.startswith(("http://", "https://")):
        return Verdict("failed", last.problem if last and last.problem else "unreachable")
    return _of_page(asked, page, _status(page, last, exchanges), exchanges, limit_hit)


def _of_page(asked: str, page: Page, status: int, exchanges: Sequence[Exchange], limit_hit: bool) -> Verdict:
    wall = (
        "captcha" if any(one.captcha and one.status >= 400 for one in exchanges[:3]) else wall_of(asked, page, status)
    )
    if wall in {"login_wall", "captcha"}:
        return Verdict("failed", wall)
    if status in {404, 410}:
        return Verdict("failed", "gone")
    if status == 0 or status >= 400:
        return Verdict("failed", "denied" if status in {403, 429, 451} else "bad_status" if status else "unreachable")
    remarks = [wall] if wall else []
    if not page.loaded:
        remarks.append("not_finished")
    if limit_hit:
        remarks.append("too_large")
    if any(one.refused for one in exchanges):
        remarks.append("blocked")
    return Verdict("done", "", tuple(remarks))


def _status(page: Page, last: Exchange, exchanges: Sequence[Exchange]) -> int:
    """Of the page the browser ended on; a page that changed its own address without asking keeps the first answer's."""
    found = [one for one in exchanges if one.url == urldefrag(page.url).url and one.method == "GET"]
    return found[-1].status if found else last.status
