"""The rules of the written record: which acts exist, how an entry is hashed, and where a chain does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from vaern.core.digest import digest_of
from vaern.core.text import gettext_noop as _
from vaern.journal.facts import Break, Entry, Payload

START = "0" * 64
"""What the first entry of every chain follows."""

# The closed table of acts: the act, and its sentence on the timeline (the acting person's name stands before it).
# A room keeps its acts together; an act without a line here is refused by the service.
ACTS: dict[str, str] = {
    # journal
    "erase_payload": _("slettede indholdet af tidligere hændelser"),
    # cases
    "add_account": _("skrev til sin beretning"),
    "adopt_guideline": _("tog en retningslinje i brug"),
    "bring_in": _("tog en kollega med ind i sagen"),
    "close_case": _("afsluttede sagen"),
    "discard_report": _("slettede et udkast"),
    "follow_up_handover": _("skrev, hvad der blev af en plan"),
    "fulfil_duty": _("skrev på en opgave"),
    "give_consent": _("svarede på et spørgsmål om samtykke"),
    "hand_over": _("gav sagen videre sammen med posten"),
    "note_facts": _("noterede nye oplysninger"),
    "name_affected": _("skrev, hvilken medarbejder sagen handler om"),
    "reopen_case": _("åbnede sagen igen"),
    "see_case": _("åbnede sagen"),
    "send_report": _("sendte meldingen"),
    "shut_out": _("lukkede en person ude af sagen"),
    "start_report": _("begyndte på en melding"),
    "step_in": _("gik ind i sagen fra niveauet over"),
    "take_out": _("tog en person ud af sagen"),
    "unname_affected": _("fortrød, hvilken medarbejder sagen handler om"),
    "write_message": _("skrev en besked"),
    "note_conversation": _("skrev en samtale med medarbejderen ned"),
    "say_needs": _("fortalte, hvordan det går, og hvad der er brug for"),
    "write_note": _("skrev et internt notat"),
    "write_report": _("gemte et trin af meldingen"),
    # bundle
    "bundle_failed": _("fik ikke lavet en bevispakke"),
    "bundle_made": _("fik lavet en bevispakke"),
    "download_bundle": _("hentede en bevispakke"),
    "make_bundle": _("bestilte en bevispakke"),
    # evidence
    "capture_ended": _("fik svar på, om en side kunne hentes"),
    "capture_page": _("bad Værn hente en side på nettet"),
    "check_evidence": _("gennemlæste alle beviser"),
    "create_key": _("lavede nøglen til organisationens beviser"),
    "describe_evidence": _("fortalte mere om et bevis"),
    "derive_evidence": _("lavede en miniature eller en søgbar tekst af et bevis"),
    "download_evidence": _("hentede et bevis"),
    "download_infected": _("hentede et farligt bevis, låst med kodeord"),
    "erase_evidence": _("slettede alle sagens beviser, fordi deres tid var gået"),
    "evidence_damaged": _("fandt et bevis, som ikke længere er det, der blev afleveret"),
    "hold_evidence": _("bestemte, at sagens beviser skal gemmes indtil videre"),
    "lift_hold": _("bestemte, at sagens beviser ikke længere skal gemmes ud over deres tid"),
    "mask_evidence": _("lavede en maskeret udgave af et bevis"),
    "enclose_evidence": _("sendte et bevis med et brev"),
    "export_evidence": _("lagde et bevis i en bevispakke"),
    "preview_evidence": _("så et bevis"),
    "read_evidence": _("læste begyndelsen af et bevis"),
    "see_evidence": _("åbnede siden om et bevis"),
    "set_mask_aside": _("satte en maskeret udgave til side"),
    "rotate_key": _("skiftede nøglen til organisationens beviser"),
    "stamp_evidence": _("fik et tidsstempel på et bevis"),
    "scan_evidence": _("scannede et bevis for virus"),
    "search_evidence": _("søgte i bevisernes tekst"),
    "sweep_evidence": _("ryddede op i filer uden sag"),
    "take_in_evidence": _("afleverede et bevis"),
    "withdraw_evidence": _("tog et bevis ud af udkastet"),
    # letters
    "approve_letter": _("godkendte et brev"),
    "confirm_letter": _("skrev, hvad der skete med et brev"),
    "download_letter": _("hentede et brev"),
    "draft_letter": _("begyndte på et brev"),
    "reopen_letter": _("tog godkendelsen af et brev tilbage"),
    "send_letter": _("sendte et brev"),
    # referral
    "make_referral": _("lod en udenforstående læse noget af sagen"),
    "revoke_referral": _("lukkede en udenforståendes adgang"),
    "open_referral": _("læste sagen gennem sin adresse"),
    "fail_referral": _("skrev en forkert kode"),
    # takedown
    "start_watch": _("begyndte at holde øje med et opslag"),
    "look_at_post": _("så efter, om opslaget er væk"),
    "end_watch": _("holdt op med at holde øje med et opslag"),
    # handover
    "start_handover": _("begyndte på et skema til et andet system"),
    "fill_handover": _("skrev i et skema"),
    "download_handover": _("hentede et skema"),
    "send_handover": _("bad om, at et skema blev sendt"),
    "deliver_handover": _("fik et skema frem til det andet system"),
    "keep_halfway": _("noterede, at noget ligger som kladde i et andet system"),
    "confirm_handover": _("skrev en kvittering fra et andet system"),
    "write_letter": _("skrev i et brev"),
    # stamps
    "stamp_journal": _("fik et tidsstempel på hændelsesloggen"),
    "stamping_fails": _("kan ikke få tidsstempler"),
    "stamping_works_again": _("får igen tidsstempler"),
    # mailbox
    "receive_mail": _("sendte en mail ind"),
    # notices
    "open_calendar": _("åbnede en privat kalender"),
    "close_calendar": _("lukkede sin private kalender"),
    # people
    "activate_user": _("åbnede en bruger igen"),
    "change_organisation": _("ændrede organisationens indstillinger"),
    "change_unit": _("ændrede en enhed"),
    "change_user": _("ændrede en brugers oplysninger"),
    "create_organisation": _("oprettede organisationen"),
    "create_unit": _("oprettede en enhed"),
    "create_user": _("oprettede en bruger"),
    "deactivate_user": _("lukkede en bruger"),
    "end_absence": _("meldte en person tilbage"),
    "end_deputy": _("afsluttede en stedfortræders periode"),
    "end_post": _("afsluttede en post"),
    "give_post": _("gav en person en post"),
    "import_people": _("indlæste personer og enheder fra en fil"),
    "issue_link": _("lavede et engangslink til en bruger"),
    "keep_profile": _("ændrede sine egne oplysninger"),
    "set_absence": _("noterede et fravær"),
    "set_deputy": _("valgte en stedfortræder"),
    "use_link": _("valgte en adgangskode med et engangslink"),
    # login
    "change_password": _("skiftede adgangskode"),
    "logged_in": _("loggede ind"),
    "login_failed": _("forsøgte at logge ind, uden at det lykkedes"),
    "make_recovery_codes": _("lavede nye gendannelseskoder"),
    "remove_second_factor": _("fjernede en totrinskode"),
    "reset_second_factor": _("nulstillede en brugers totrinskode"),
    "set_second_factor": _("satte totrinskode på"),
}

BREAKS: dict[str, str] = {
    "gap": "an entry is missing, or stands in the wrong place",
    "prev": "does not follow the entry before it",
    "hash": "was changed after it was recorded",
    "payload": "its content was changed after it was recorded",
    "unreadable": "cannot be read any more: a column holds what was never written there",
    "payload_gone": "its content is gone, and no erasure was recorded",
    "head": "the end of the chain is not where it was: entries are missing from the end",
}


def chain_of(organisation_id: int | None) -> str:
    """One chain per organisation, so that organisations do not wait for each other; one for the installation."""
    return "system" if organisation_id is None else f"org:{organisation_id}"


def organisation_of(chain: str) -> int | None:
    """The organisation whose chain it is; None for the installation's own."""
    kind, _colon, number = chain.partition(":")
    return int(number) if kind == "org" else None


def payload_digest(payload: Payload) -> str:
    return digest_of([payload.salt, payload.actor_name, payload.data])


def commitment(
    *,
    chain: str,
    seq: int,
    at: datetime,
    act: str,
    actor_id: int | None,
    subject: str,
    payload_digest: str,
) -> str:
    """SHA-256 over what an entry says. It can be shown instead of the entry: the salted payload digest inside it keeps
    anybody from guessing what it stands for. `at` must be aware; it is hashed as UTC with microseconds."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be hashed")
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest_of([chain, seq, stamp, act, actor_id, subject, payload_digest])


def link(prev: str, commitment: str) -> str:
    """The hash of the entry with this commitment that follows the entry with the hash `prev`. Two steps, so that a
    slice of the chain can be proved to an outsider while the entries in between stay closed (decision 20)."""
    return digest_of([prev, commitment])


def commitment_of(entry: Entry) -> str:
    return commitment(
        chain=entry.chain,
        seq=entry.seq,
        at=entry.at,
        act=entry.act,
        actor_id=entry.actor_id,
        subject=entry.subject,
        payload_digest=entry.payload_digest,
    )


def hash_of(entry: Entry) -> str:
    return link(entry.prev, commitment_of(entry))


def _taken(digest: Callable[[Any], str], of: Entry | Payload) -> str:
    """The digest; "" for what has none, because something stands in it that is never recorded."""
    try:
        return digest(of)
    except (ValueError, TypeError, AttributeError):
        return ""


@dataclass(slots=True)
class Walk:
    """Verifies a chain entry by entry, in the order of `seq`, without keeping more than what may still be excused."""

    chain: str
    seq: int = 0
    hash: str = START
    erased: int = 0
    _missing: dict[str, list[int]] = field(default_factory=dict)

    def step(self, entry: Entry) -> Iterator[Break]:
        """Every way in which this entry does not hold. After a break the walk goes on from what it found."""
        if entry.seq != self.seq + 1 or entry.chain != self.chain:
            yield Break(self.chain, entry.seq, "gap")
        elif entry.prev != self.hash:
            yield Break(self.chain, entry.seq, "prev")
        if _taken(hash_of, entry) != entry.hash:
            yield Break(self.chain, entry.seq, "hash")
        if entry.payload is None:
            self._missing.setdefault(entry.subject, []).append(entry.seq)
        elif _taken(payload_digest, entry.payload) != entry.payload_digest:
            yield Break(self.chain, entry.seq, "payload")
        if entry.act == "erase_payload":
            # An erasure excuses what is missing before it, never itself: its own row says why.
            self.erased += sum(seq < entry.seq for seq in self._missing.get(entry.subject, ()))
            self._missing[entry.subject] = [seq for seq in self._missing.get(entry.subject, ()) if seq >= entry.seq]
        self.seq, self.hash = entry.seq, entry.hash

    def skip(self, seq: int) -> Break:
        """An entry that is there and cannot be read."""
        self.seq, self.hash = seq, ""
        return Break(self.chain, seq, "unreadable")

    def end(self, seq: int, head: str) -> Iterator[Break]:
        """What can be said only at the end: `seq` and `head` are those the database keeps for the end of the chain."""
        for missing in sorted(seq for seqs in self._missing.values() for seq in seqs):
            yield Break(self.chain, missing, "payload_gone")
        if (self.seq, self.hash) != (seq, head):
            yield Break(self.chain, self.seq, "head")


def verify(chain: str, entries: Iterable[Entry], *, seq: int, head: str) -> tuple[Break, ...]:
    """Where the chain does not hold; empty when all of it does. Entries in the order of `seq`."""
    walk = Walk(chain)
    breaks = [found for entry in entries for found in walk.step(entry)]
    return (*breaks, *walk.end(seq, head))
