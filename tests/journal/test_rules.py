"""The chain as pure data: what holds verifies, and whatever is changed is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaern.core.digest import NotCanonical, canonical
from vaern.journal import rules
from vaern.journal.facts import Entry, Payload

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
data = st.dictionaries(
    words, st.none() | st.booleans() | st.integers() | words | st.lists(words, max_size=3), max_size=3
)
times = st.integers(0, 10**14).map(lambda span: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=span))


def build(steps: list[tuple[str, dict[str, object], datetime]]) -> list[Entry]:
    entries: list[Entry] = []
    for seq, (subject, content, at) in enumerate(steps, start=1):
        payload = Payload(f"{seq:032x}", "Mette Holm", content)
        entry = Entry(
            chain="org:7",
            seq=seq,
            at=at,
            act="take_in_evidence",
            actor_id=seq % 3 or None,
            subject=subject,
            payload_digest=rules.payload_digest(payload),
            prev=entries[-1].hash if entries else rules.START,
            hash="",
            payload=payload,
        )
        entries.append(replace(entry, hash=rules.hash_of(entry)))
    return entries


chains = st.lists(st.tuples(words, data, times), min_size=3, max_size=8).map(build)


def verify(entries: list[Entry], whole: list[Entry]) -> tuple[rules.Break, ...]:
    return rules.verify("org:7", entries, seq=whole[-1].seq, head=whole[-1].hash)


@given(chains)
def test_an_untouched_chain_holds(entries: list[Entry]) -> None:
    assert verify(entries, entries) == ()


@given(chains, st.data())
def test_every_changed_field_is_found(entries: list[Entry], draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(entries) - 1))
    old = entries[place]
    assert old.payload is not None
    field, value = draw.draw(
        st.sampled_from(
            [
                ("chain", "org:8"),
                ("seq", old.seq + 1),
                ("at", old.at + timedelta(microseconds=1)),
                ("act", "preview_evidence"),
                ("actor_id", 99),
                ("subject", old.subject + "x"),
                ("payload_digest", "0" * 64),
                ("prev", "1" * 64),
                ("hash", "2" * 64),
                ("payload", replace(old.payload, data={**old.payload.data, "added": 1})),
                ("payload", replace(old.payload, actor_name="Someone else")),
                ("payload", replace(old.payload, salt="0" * 31 + "z")),
                ("payload", None),
            ]
        )
    )
    changed = [*entries[:place], replace(old, **{field: value}), *entries[place + 1 :]]
    assert verify(changed, entries)


@given(chains, st.data())
def test_a_removed_moved_or_doubled_entry_is_found(entries: list[Entry], draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(entries) - 2))
    assert verify([*entries[:place], *entries[place + 1 :]], entries)
    assert verify([*entries[:place], entries[place + 1], entries[place], *entries[place + 2 :]], entries)
    assert verify([*entries[: place + 1], *entries[place:]], entries)
    assert {found.code for found in verify(entries[:-1], entries)} == {"head"}


@given(chains, st.data())
def test_rewriting_an_entry_with_a_fitting_hash_breaks_the_next(entries: list[Entry], draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(entries) - 2))
    forged = replace(entries[place], subject="forged")
    forged = replace(forged, hash=rules.hash_of(forged))
    found = verify([*entries[:place], forged, *entries[place + 1 :]], entries)
    assert [(one.seq, one.code) for one in found] == [(place + 2, "prev")] or entries[place].subject == "forged"


def test_an_erasure_excuses_what_came_before_it_about_the_same_subject_only() -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    entries = build([("case:1", {"a": 1}, at), ("case:2", {"a": 2}, at), ("case:1", {"a": 3}, at)])
    erasing = replace(entries[2], act="erase_payload")
    entries[2] = replace(erasing, hash=rules.hash_of(erasing))
    gone = [replace(one, payload=None) for one in entries]
    assert verify([gone[0], *entries[1:]], entries) == ()
    assert [(one.seq, one.code) for one in verify([entries[0], gone[1], entries[2]], entries)] == [(2, "payload_gone")]
    assert [(one.seq, one.code) for one in verify([*entries[:2], gone[2]], entries)] == [(3, "payload_gone")]


def test_the_same_moment_in_another_zone_has_the_same_hash() -> None:
    given_at = datetime(2026, 11, 21, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    entry = build([("case:1", {}, given_at)])[0]
    assert rules.hash_of(entry) == rules.hash_of(replace(entry, at=given_at.astimezone(UTC)))
    with pytest.raises(ValueError, match="zone"):
        rules.hash_of(replace(entry, at=given_at.replace(tzinfo=None)))


@pytest.mark.parametrize("value", [1.5, {1: "a"}, {"a": object()}, "half \ud800", ["nul \x00"], {"a": b"x"}])
def test_what_has_two_spellings_has_no_canonical_form(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


def test_canonical_form_is_the_one_documented() -> None:
    assert canonical({"b": [1, True, None], "a": "ærø"}) == '{"a":"ærø","b":[1,true,null]}'.encode()
    assert canonical("e\u0301") != canonical("\u00e9"), "no normal form: two texts, two digests"


def test_acts_are_verbs_with_a_danish_sentence() -> None:
    assert all(act.isidentifier() and act == act.lower() and sentence for act, sentence in rules.ACTS.items())
    assert all(len(act) <= 60 for act in rules.ACTS)


@given(chains, st.data())
def test_a_slice_is_proved_with_the_commitments_of_the_others_alone(entries: list[Entry], draw: st.DataObject) -> None:
    shown = draw.draw(st.sets(st.integers(0, len(entries) - 1)))
    reached = rules.START
    for place, entry in enumerate(entries):
        said = rules.commitment_of(replace(entry, prev="", hash="") if place in shown else entry)
        reached = rules.link(reached, said)
    assert reached == entries[-1].hash


@given(words, data)
def test_a_commitment_cannot_be_guessed_from_what_was_said(subject: str, said: dict[str, object]) -> None:
    """The same act on the same subject at the same moment: the salt alone makes the difference."""
    at = datetime(2026, 11, 21, tzinfo=UTC)
    one, other = build([(subject, said, at)])[0], build([(subject, said, at)])[0]
    assert one.payload is not None
    salted = replace(other, payload_digest=rules.payload_digest(replace(one.payload, salt="f" * 32)))
    assert rules.commitment_of(one) != rules.commitment_of(salted)
