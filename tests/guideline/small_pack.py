"""A small guideline that is right in everything, as files; each test breaks one thing in it."""
# ruff: noqa: E501 - a row of the table, and a table of TOML, stay on one line

from __future__ import annotations

from pathlib import Path

PACK = """\
[pack]
id = "lille"
title = "Lille retningslinje"
organisation = "Fjordby Kommune"
version = "1.0"
languages = ["da", "en"]
silence_days = 3

[pack.governance]
decided = "unknown"
valid_from = 2026-01-01
valid_to = 2027-12-31
"""

CLAUSES = """\
[[clauses]]
id = "L1"
title = "Titel"
rule = "scope"

[[clauses]]
id = "L2"
title = "Meld til politiet"

[[clauses]]
id = "L3"
title = "Tal sammen"

[[clauses]]
id = "L4"
title = "Overskrift"
none = "En overskrift uden indhold."

[[clauses]]
id = "L5"
title = "Ring efter hjælp"
"""

ROLES = """\
[[roles]]
id = "leder"
name = "Lederen"
kind = "manager"
fallback = ["chef"]

[[roles]]
id = "chef"
name = "Chefen"
kind = "managers_manager"

[[roles]]
id = "ansat"
name = "Den ramte"
kind = "affected"

[[roles]]
id = "borger"
name = "Borgeren"
kind = "outsider"
outside = true
"""

FACTS = """\
[[facts]]
id = "severity"
label = "Hvor alvorligt er det?"
kind = "scale"
values = [{ id = "low", label = "Lidt" }, { id = "high", label = "Meget" }]

[[facts]]
id = "remark"
label = "Bemærkning"
kind = "text"

[[events]]
id = "names_removed"
label = "Navnene er væk"

[[consents]]
id = "home_visit"
question = "Vil du have besøg hjemme?"
"""

DUTIES = """\
[[duties]]
id = "talk"
act = "talk"
phase = "handle"
title = "Tal sammen"
clauses = ["L3"]
owners = { roles = ["leder", "ansat"], mode = "joint" }
modality = "must"
kind = "conversation"
deadline = { words = "hurtigst muligt" }
outcomes = [{ id = "postponed", label = "Udsat", needs_reason = true }]

[[duties]]
id = "police"
act = "police_report"
phase = "handle"
title = "Meld det til politiet"
clauses = ["L2"]
owners = { roles = ["leder"] }
modality = "should"
kind = "registration"
register = "log"
proof = ["reference", "choice"]
when = { all = [{ fact = "severity", at_least = "high" }], none = [{ fact = "author_age_band", is = ["under_15"] }] }
exceptions = [{ when = { all = [{ fact = "still_online", is = ["no"] }] }, reason = "Det er væk." }]
after = [{ duty = "talk", outcomes = ["done", "postponed"] }]
gates = [{ kind = "wish", of = "police_report" }, { kind = "event", of = "evidence_secured" }]
alternatives = [{ id = "phone", label = "Ring 114" }, { id = "visit", label = "Mød op" }]
deadline = { words = "inden for tre dage", anchor = "event:discovered", offset = { days = 3 }, own = true }
contacts = ["station"]
events = ["police_reported"]
decision_right = { role = "chef", others_may = "Den ramte kan selv melde det." }
brings_in = ["chef"]

[[duties]]
id = "note"
phase = "handle"
title = "Skriv et notat om, at der ikke meldes"
clauses = ["L2"]
owners = { roles = ["leder"] }
modality = "must"
kind = "note"
arises_from = [{ duty = "police", outcomes = ["declined"] }]
hand_over = [{ to = "chef", after = "talk" }]

[[duties]]
id = "write"
act = "write"
phase = "handle"
title = "Skriv til den, der har skrevet"
clauses = ["L2"]
owners = { roles = ["leder"] }
modality = "may"
kind = "letter"
letter = "request"
gates = [{ kind = "approval", of = "police" }]
not_before = { anchor = "event:discovered", offset = { days = 1 } }
not_after = { anchor = "event:discovered", offset = { days = 9 } }
outsider = { who = "borger", words = "straks", offset = { days = 2 }, then = "follow_up", answered_by = "names_removed" }

[[duties]]
id = "follow_up"
phase = "follow_up"
title = "Hør, hvordan det går"
clauses = ["L3"]
owners = { roles = ["leder", "chef"] }
modality = "must"
kind = "conversation"
repeat = { every = { days = 7 }, until = "event:removed" }

[[duties]]
id = "inform"
phase = "handle"
title = "Hold den ramte orienteret"
clauses = ["L3"]
owners = { roles = ["leder"] }
modality = "must"
kind = "information"
repeat = { continuous = true }

[[duties]]
id = "no_comments"
phase = "discover"
title = "Skriv ikke med"
clauses = ["L3"]
owners = { roles = ["ansat"] }
modality = "must_not"
kind = "confirm"

[[standing]]
id = "training"
title = "Øv jer"
clauses = ["L3"]
owners = { roles = ["leder"] }
modality = "should"
times_a_year = 2
"""

DIRECTORY = """\
[[contacts]]
id = "station"
name = "Krisevagt"
phone = "+45 12 34 56 78"
ean = "5798000000001"
url = "https://example.org/hjaelp"
email = "vagt@example.org"
crisis = true
last_checked = 2026-10-01
expires = 2027-10-01
clauses = ["L5"]

[[registers]]
id = "log"
name = "Hændelseslog"
takes = "Hver hændelse"

[[measures]]
id = "escort"
name = "Følgeskab"
scope = "Til og fra arbejde"
period = { weeks = 2 }

[[definitions]]
id = "threat"
name = "Trussel"
text = "Nogen siger, at de vil gøre dig noget."

[[definitions]]
id = "mild_threat"
name = "Antydet trussel"
text = "Truslen siges ikke lige ud."
part_of = "threat"

[[passages]]
id = "advice"
kind = "advice"
text = "Gem det, du har set."
to = ["ansat"]
clauses = ["L3"]

[[passages.legal]]
reference = "Lov om eksempler § 1"
text = "Der er en lov."
certainty = "V"
checked_on = 2026-11-01
source = "lovens egen side"

[[translations]]
of = "duty:talk"
language = "en"
fields = { title = "Talk together" }
"""

LETTER = """\
+++
title = "Fjern navnene"
purpose = "Beder om, at navnene fjernes"
to = "borger"
fields = ["case_number"]
+++
Vi skriver om sag {{ case_number }}.
"""

FILES = {
    "pack.toml": PACK,
    "clauses.toml": CLAUSES,
    "roles.toml": ROLES,
    "facts.toml": FACTS,
    "duties.toml": DUTIES,
    "directory.toml": DIRECTORY,
    "letters/request.md": LETTER,
}

LAYER = {
    "pack.toml": """\
[pack]
id = "landet"
title = "Fra loven"
organisation = "Fælles"
version = "1"
kind = "layer"
""",
    "layer.toml": """\
[[clocks]]
id = "three_days"
act = "police_report"
deadline = { words = "inden 72 timer", anchor = "event:discovered", offset = { hours = 72 }, reference = "§ 1", certainty = "V", checked_on = 2026-11-01 }

[[orders]]
id = "talk_first"
first = "talk"
then = ["write"]
reason = "Tal sammen først."

[[duties]]
id = "land_police"
act = "police_report"
stands_in_for = "police_report"
phase = "handle"
title = "Meld det"
owners = { roles = ["leder"] }
modality = "should"
kind = "confirm"
""",
}  # fmt: skip

OVERLAY = {
    "pack.toml": """\
[pack]
id = "afdeling"
title = "Afdelingens udgave"
organisation = "Fjordby Kommune"
version = "1"
kind = "overlay"
parent = "lille"
languages = ["da", "en"]
""",
    "overlay.toml": """\
[[overlays]]
clause = "L3"
replace = "Tal"
with = "Snak"
reason = "Sådan siger vi her."

[[translations]]
of = "duty:talk"
language = "en"
fields = { title = "Have a chat" }
""",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """`files` as a pack's folder on disk."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def small_pack(folder: Path) -> Path:
    return write(folder / "lille", FILES)
