"""Who may do what: the one table of acts. Every view names its act; a middleware refuses a view that names none.

A door has a kind:

* `public`  anybody, also without login (health, language, login itself)
* `login`   anybody logged in who belongs to an organisation
* `post`    a person who holds one of `who` (a role) today
* `draft`   the author of the draft report
* `case`    a person with one of `who` (a relation) to that case; anybody else gets 404, as if it did not exist

The relations to a case come from `cases.queries.relations`; what each one means stands in `RELATIONS`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

RELATIONS: dict[str, str] = {
    "affected": "the employee it happened to",
    "reporter": "reported it for somebody else: a receipt, not the case",
    "manager": "the manager who has the case",
    "managers_manager": "the level above, after stepping in",
    "above": "the level above: sees that a case is late, silent or has somebody in danger, and may step in",
    "amr": "the safety representative: what is done and not done, not the content",
    "amr_reads": "the safety representative, when the affected employee agrees",
    "tr": "the shop steward, when the affected employee wants it",
    "secretariat": "the secretariat, once the case is referred to it",
    "head_of_authority": "the head of authority, once notified",
    "hr": "HR, once brought in",
}

Kind = Literal["public", "login", "post", "draft", "case"]


@dataclass(frozen=True, slots=True)
class Door:
    kind: Kind
    who: frozenset[str] = frozenset()


def _case(*who: str) -> Door:
    return Door("case", frozenset(who))


def _post(*who: str) -> Door:
    return Door("post", frozenset(who))


_HANDLERS = ("manager", "managers_manager", "secretariat")
_READERS = (*_HANDLERS, "head_of_authority", "hr", "tr", "amr_reads")

DOORS: dict[str, Door] = {
    # anybody
    "check_health": Door("public"),
    "choose_language": Door("public"),
    "log_in": Door("public"),
    "read_statement": Door("public"),
    "read_calendar": Door("public"),
    "read_referral": Door("public"),
    # everybody logged in
    "start": Door("login"),
    "log_out": Door("public"),
    "keep_profile": Door("login"),
    "see_my_duties": Door("login"),
    "read_capture_guide": Door("login"),
    "read_privacy_guide": Door("login"),
    "see_notices": Door("login"),
    "keep_calendar": Door("login"),
    "read_guideline": Door("login"),
    "start_report": Door("login"),
    # the author of a draft
    "write_report": Door("draft"),
    "send_report": Door("draft"),
    "discard_report": Door("draft"),
    # administrator
    "manage_people": _post("administrator"),
    "manage_guidelines": _post("administrator"),
    "adopt_guideline": _post("administrator"),
    "see_health": _post("administrator"),
    # the level above and the secretariat
    "see_inbox": _post("manager", "secretariat"),
    "list_cases": _post("manager", "secretariat", "head_of_authority", "hr", "tr", "amr"),
    # a case
    "see_receipt": _case("affected", "reporter"),
    "see_my_case": _case("affected"),
    "add_account": _case("affected"),
    "say_needs": _case("affected"),
    "give_consent": _case("affected"),
    "see_openings": _case("affected"),
    "see_status": _case("amr", "amr_reads", "above"),
    "see_case": _case(*_READERS),
    "see_timeline": _case(*_READERS),
    "fulfil_duty": _case("affected", "amr", *_READERS),
    "write_message": _case("affected", *_HANDLERS),
    "write_note": _case(*_HANDLERS),
    "note_conversation": _case(*_HANDLERS),
    "see_evidence": _case("affected", *_READERS),
    "preview_evidence": _case("affected", *_READERS),
    "download_evidence": _case("affected", *_HANDLERS),
    "describe_evidence": _case("affected", *_HANDLERS),
    "download_infected": _case(*_HANDLERS),
    "search_evidence": _case("affected", *_READERS),
    "take_in_evidence": _case("affected", *_HANDLERS),
    "hold_evidence": _case(*_HANDLERS),
    "lift_hold": _case(*_HANDLERS),
    "erase_evidence": _case("secretariat", "hr"),
    "mask_evidence": _case("affected", *_HANDLERS),
    "set_mask_aside": _case("affected", *_HANDLERS),
    "capture_page": _case("affected", *_HANDLERS),
    "see_bundles": _case("affected", *_HANDLERS),
    "make_bundle": _case(*_HANDLERS),
    "download_bundle": _case(*_HANDLERS),
    "see_letters": _case(*_HANDLERS),
    "see_letter": _case(*_HANDLERS),
    "draft_letter": _case(*_HANDLERS),
    "write_letter": _case(*_HANDLERS),
    "download_letter": _case(*_HANDLERS),
    "approve_letter": _case(*_HANDLERS),
    "reopen_letter": _case(*_HANDLERS),
    "send_letter": _case(*_HANDLERS),
    "confirm_letter": _case(*_HANDLERS),
    "see_referrals": _case(*_HANDLERS),
    "make_referral": _case(*_HANDLERS),
    "revoke_referral": _case(*_HANDLERS),
    "see_watches": _case("affected", *_HANDLERS),
    "start_watch": _case(*_HANDLERS),
    "look_at_post": _case("affected", *_HANDLERS),
    "end_watch": _case(*_HANDLERS),
    "see_handovers": _case(*_HANDLERS),
    "start_handover": _case(*_HANDLERS),
    "see_handover": _case(*_HANDLERS),
    "fill_handover": _case(*_HANDLERS),
    "download_handover": _case(*_HANDLERS),
    "send_handover": _case(*_HANDLERS),
    "keep_halfway": _case(*_HANDLERS),
    "follow_up_handover": _case(*_HANDLERS),
    "confirm_handover": _case(*_HANDLERS),
    "note_facts": _case(*_HANDLERS),
    "bring_in": _case(*_HANDLERS),
    "take_out": _case(*_HANDLERS),
    "name_affected": _case(*_HANDLERS),
    "shut_out": _case(*_HANDLERS),
    "unname_affected": _case(*_HANDLERS),
    "step_in": _case("above"),
    "close_case": _case(*_HANDLERS),
    "reopen_case": _case(*_HANDLERS),
}


def may(act: str, relations_or_roles: Iterable[str]) -> bool:
    """Whether one of these relations (case) or roles (post) opens the door. KeyError for an act not in the table."""
    door = DOORS[act]
    return door.kind in {"public", "login"} or not door.who.isdisjoint(relations_or_roles)


ORIGINALS = frozenset({"affected", *_HANDLERS})
"""Who sees, and may let out, what a masked copy covers. No door of its own: a narrower look behind several."""


def may_see_originals(relations: Iterable[str]) -> bool:
    return not ORIGINALS.isdisjoint(relations)
