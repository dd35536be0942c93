"""Two ways of writing one address are seen to be one; two posts never are."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaern.core.addresses import plain_address

SAME: dict[str, tuple[str, ...]] = {
    "https://facebook.com/anna.ankersen/posts/pfbid02aB": (
        "https://www.facebook.com/anna.ankersen/posts/pfbid02aB?__cft__[0]=AZX&__tn__=%2CO%2CP-R",
        "HTTP://m.Facebook.com/Anna.Ankersen/posts/pfbid02aB/?mibextid=abc&utm_source=x",
        "https://da-dk.facebook.com/anna.ankersen/posts/pfbid02aB#",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Ffacebook.com%2Fanna.ankersen%2Fposts%2Fpfbid02aB&h=AT0",
    ),
    "https://facebook.com/permalink.php?id=42&story_fbid=7": (
        "https://mbasic.facebook.com/story.php?story_fbid=7&id=42&refid=17",
        "https://www.facebook.com/permalink.php?id=42&story_fbid=7",
    ),
    "https://facebook.com/groups/nabohjaelp/posts/9": (
        "https://www.facebook.com/groups/Nabohjaelp/permalink/9/",
        "https://facebook.com/groups/nabohjaelp/posts/9?ref=share",
    ),
    "https://facebook.com/photo?fbid=5": (
        "https://www.facebook.com/photo.php?fbid=5&set=a.1&type=3",
        "https://www.facebook.com/photo/?fbid=5&set=a.2",
    ),
    "https://instagram.com/p/CxAbCdEfGhI": (
        "https://www.instagram.com/reel/CxAbCdEfGhI/?igsh=MzRl",
        "https://instagram.com/anna/p/CxAbCdEfGhI/?img_index=2",
    ),
    "https://tiktok.com/@vred.borger/video/73": (
        "https://www.tiktok.com/@Vred.Borger/video/73?is_from_webapp=1&sender_device=pc",
        "https://m.tiktok.com/@vred.borger/video/73",
    ),
    "https://x.com/i/status/17": (
        "https://twitter.com/Vred/status/17?s=20&t=abc",
        "https://mobile.twitter.com/vred/status/17/photo/1",
        "https://x.com/i/web/status/17",
    ),
    "https://youtube.com/watch?v=dQw4w9WgXcQ": (
        "https://youtu.be/dQw4w9WgXcQ?si=abc&t=42",
        "https://m.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&index=3",
    ),
    "https://linkedin.com/feed/update/urn:li:activity:71234567890": (
        "https://www.linkedin.com/posts/vred-borger_emne-activity-71234567890-aBcD?utm_source=share",
        "https://dk.linkedin.com/feed/update/urn:li:activity:71234567890/",
    ),
    "https://xn--avis-jra.dk/debat/Indl%C3%A6g": (
        "http://www.avisø.dk:80/debat/Indlæg/?fbclid=IwAR",
        "https://m.avisø.dk/debat/Indl%c3%a6g",
    ),
    "https://example.org/": ("http://EXAMPLE.org", "https://anna:hemmeligt@www.example.org/#top"),
}


@pytest.mark.parametrize(("plain", "written"), [(plain, one) for plain, ways in SAME.items() for one in (plain, *ways)])
def test_many_ways_to_one_post(plain: str, written: str) -> None:
    assert plain_address(written) == plain


DIFFERENT = (
    ("https://facebook.com/a/posts/pfbid02aB", "https://facebook.com/a/posts/pfbid02ab"),
    ("https://facebook.com/permalink.php?id=1&story_fbid=7", "https://facebook.com/permalink.php?id=2&story_fbid=7"),
    ("https://facebook.com/a/posts/1?comment_id=3", "https://facebook.com/a/posts/1?comment_id=4"),
    ("https://facebook.com/a/posts/1?comment_id=3", "https://facebook.com/a/posts/1"),
    ("https://facebook.com/photo?fbid=1&fbid=3", "https://facebook.com/photo?fbid=2&fbid=3"),
    ("https://facebook.com/profile.php?id=1", "https://facebook.com/profile.php?id=2"),
    ("https://instagram.com/p/CxAbCdE", "https://instagram.com/p/CxAbCde"),
    ("https://instagram.com/stories/anna/1", "https://instagram.com/stories/anna/2"),
    ("https://vm.tiktok.com/ZABC", "https://tiktok.com/ZABC"),
    ("https://x.com/a/status/1", "https://x.com/a/status/11"),
    ("https://youtube.com/watch?v=dQw4w9WgXcQ", "https://youtube.com/watch?v=dQw4w9WgXcq"),
    ("https://youtube.com/watch?v=dQw4w9WgXcQ&lc=1", "https://youtube.com/watch?v=dQw4w9WgXcQ&lc=2"),
    ("https://youtube.com/playlist?list=A", "https://youtube.com/playlist?list=B"),
    ("https://youtube.com/embed/videoseries?list=A", "https://youtube.com/embed/videoseries?list=B"),
    ("https://youtube.com/watch?v=a&v=c", "https://youtube.com/watch?v=b&v=c"),
    ("https://example.org/Indlaeg", "https://example.org/indlaeg"),
    ("https://example.org/?pkid=1", "https://example.org/?pkid=2"),
    ("https://example.org/?p=%ff", "https://example.org/?p=%fe"),
    ("https://example.org/?a=1&a=2", "https://example.org/?a=2&a=1"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/1#comment-3", "https://example.org/1#comment-4"),
    ("https://example.org:8080/", "https://example.org/"),
    ("https://en.example.org/", "https://da.example.org/"),
)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_posts_stay_apart(one: str, other: str) -> None:
    assert plain_address(one) != plain_address(other)
    assert plain_address(one)


@pytest.mark.parametrize(
    "text", ["", "opslaget fra i går", "ftp://example.org/", "javascript:alert(1)", "https://", "http://[::1", "https://x:99999/",
             "https://example.org/" + "x" * 2000]
)  # fmt: skip
def test_what_is_no_address_has_none(text: str) -> None:
    assert plain_address(text) == ""


HOSTS = st.sampled_from(
    ["facebook.com", "www.facebook.com", "m.facebook.com", "l.facebook.com", "instagram.com", "www.tiktok.com", "x.com",
     "twitter.com", "youtu.be", "www.youtube.com", "dk.linkedin.com", "example.org", "www.www.example.org", "avisø.dk"]
)  # fmt: skip
SEGMENT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\t"), max_size=12)
PIECES = st.one_of(
    SEGMENT,
    st.sampled_from(
        ["watch", "photo.php", "p", "posts", "status", "groups", "permalink", "Story.php", "%41%2f", "%%34%31"]
    ),
    st.integers(0, 10**12).map(str),
)
NAMES = st.one_of(st.sampled_from(["v", "id", "story_fbid", "fbid", "u", "set", "list", "utm_source", "t"]), SEGMENT)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    path = "/".join(draw(st.lists(PIECES, max_size=4)))
    asked = "&".join(f"{name}={value}" for name, value in draw(st.lists(st.tuples(NAMES, SEGMENT), max_size=4)))
    fragment = draw(SEGMENT)
    return f"{draw(st.sampled_from(['http', 'https', 'HTTPS']))}://{draw(HOSTS)}/{path}?{asked}#{fragment}"


@given(
    st.one_of(
        addresses(), st.text(max_size=60), addresses().map(lambda one: f"https://l.facebook.com/l.php?u={quote(one)}")
    )
)
def test_the_plain_form_of_a_plain_form_is_itself(text: str) -> None:
    plain = plain_address(text)
    assert plain_address(plain) == plain


FORMS = st.sampled_from(
    ["https://www.facebook.com/anna/posts/{}", "https://m.facebook.com/story.php?story_fbid={}&id=1", "https://facebook.com/photo/?fbid={}",
     "https://www.facebook.com/groups/12/permalink/{}/", "https://www.facebook.com/watch/?v={}", "https://www.facebook.com/reel/{}",
     "https://www.tiktok.com/@anna/video/{}", "https://twitter.com/anna/status/{}", "https://www.instagram.com/stories/anna/{}/",
     "https://www.linkedin.com/feed/update/urn:li:activity:{}/", "https://example.org/?p={}", "https://example.org/debat/{}"]
)  # fmt: skip
NUMBER = st.integers(10**10, 10**16)
NOISE = st.sampled_from(["fbclid=a", "utm_source=b", "utm_medium=c&utm_campaign=d"])


@given(FORMS, NUMBER, NUMBER, NOISE, NOISE)
def test_one_post_has_one_form_and_two_posts_have_two(form: str, one: int, other: int, noise: str, more: str) -> None:
    def written(number: int, with_: str) -> str:
        address = form.format(number)
        return address + ("&" if "?" in address else "?") + with_

    assert (plain_address(written(one, noise)) == plain_address(written(other, more))) == (one == other)


CODE = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=11, max_size=11)
CODED = st.sampled_from(
    ["https://youtu.be/{}", "https://youtube.com/watch?v={}", "https://youtube.com/shorts/{}", "https://www.instagram.com/p/{}/",
     "https://www.instagram.com/anna/reel/{}/", "https://www.facebook.com/anna/posts/pfbid{}"]
)  # fmt: skip


@given(CODED, CODE, CODE)
def test_codes_that_differ_by_one_letter_are_two_posts(form: str, one: str, other: str) -> None:
    assert (plain_address(form.format(one)) == plain_address(form.format(other))) == (one == other)
