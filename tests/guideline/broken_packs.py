"""The table of broken packs: one change to the small pack each, and the refusal it must meet."""
# ruff: noqa: E501 - a row of the table, and a table of TOML, stay on one line

from __future__ import annotations

from dataclasses import dataclass, field

from tests.guideline.small_pack import FILES, LAYER, OVERLAY
from vaern.guideline import load, reading, wording
from vaern.guideline.checks import circles, clauses, conditions, duties, identity, people, places, texts, times
from vaern.guideline.overlay import NO_CLAUSE, NO_WORD


@dataclass(frozen=True)
class Row:
    """In `file`, `old` becomes `new` (once); "" as `old` puts `new` at the end, "*" makes it the whole file."""

    name: str
    file: str
    old: str
    new: str
    place: str
    reason: str
    start: dict[str, str] = field(default_factory=lambda: FILES)
    others: list[dict[str, str]] = field(default_factory=list)
    told_in: str = ""
    """The file the refusal names, when it is another than the one that was changed."""

    def files(self) -> dict[str, str]:
        text = self.start.get(self.file, "")
        assert self.old in ("", "*") or self.old in text, f"{self.name}: nothing to change"
        changed = self.new if self.old == "*" else text.replace(self.old, self.new, 1) if self.old else text + self.new
        return {**self.start, self.file: changed}


P, C, R, F, D, A, L = (
    "pack.toml", "clauses.toml", "roles.toml", "facts.toml", "duties.toml", "directory.toml", "letters/request.md",
)  # fmt: skip
TALK_DEADLINE = 'deadline = { words = "hurtigst muligt" }'
NEVER = 'when = { all = [{ fact = "injury", is = ["yes"] }, { fact = "injury", is = ["no"] }] }'


def layer(name: str, old: str, new: str, place: str, reason: str, file: str = "layer.toml", told: str = "") -> Row:
    return Row(name, file, old, new, place, reason, LAYER, [FILES], told)


def overlay(name: str, old: str, new: str, place: str, reason: str, file: str = "overlay.toml") -> Row:
    return Row(name, file, old, new, place, reason, OVERLAY, [FILES])


ROWS: tuple[Row, ...] = (
    # reading
    Row("toml syntax", D, 'title = "Tal sammen"', 'title = "Tal sammen', "linje 5, kolonne", reading._SYNTAX[6][1]),
    Row("strange file", "duties.txt", "*", "x", "", reading.STRANGE_FILE),
    Row("no front matter", L, "*", "Hej", "linje 1", reading.NO_FENCE),
    Row("control character", L, "Vi skriver", "Vi \x07skriver", "linje 7", reading.CONTROL),
    Row("too large", "big.toml", "*", "#" * (reading.MAX_FILE_BYTES + 1), "", reading.TOO_LARGE),
    # typed reading
    Row("head missing", P, "*", "", "pack", load.NO_HEAD),
    Row("head elsewhere", D, "", '\n[pack]\nid = "x"\n', "pack", load.HEAD_ELSEWHERE),
    Row("unknown table", D, "[[standing]]", "[[standings]]", "standings", load.UNKNOWN_TABLE),
    Row("single brackets", D, "[[standing]]", "[standing]", "standing", load.NO_ARRAY),
    Row("letter id", L, "title =", 'id = "other"\ntitle =', "id", load.OTHER_ID),
    Row("letter body twice", L, "title =", 'body = "x"\ntitle =', "body", load.BODY_TWICE),
    Row("unknown key", D, 'kind = "note"', 'kind = "note"\ncolour = "red"', "'note' › colour", wording.UNKNOWN_KEY),
    Row("missing key", D, 'title = "Tal sammen"\n', "", "'talk' › title", wording.MISSING),
    Row("not a text", D, 'title = "Tal sammen"', "title = 3", "'talk' › title", wording.NOT_TEXT),
    Row("empty text", D, 'title = "Tal sammen"', 'title = ""', "'talk' › title", wording.EMPTY_TEXT),
    Row("empty list", D, 'roles = ["leder"]', "roles = []", "'police' › owners › roles", wording.EMPTY_LIST),
    Row("not a list", D, 'brings_in = ["chef"]', 'brings_in = "chef"', "'police' › brings_in", wording.NOT_LIST),
    Row("not a number", D, "{ days = 3 }", "{ days = 1.5 }", "deadline › offset › days", wording.NOT_NUMBER),
    Row("not true or false", D, "own = true", 'own = "maybe"', "deadline › own", wording.NOT_TRUE_FALSE),
    Row("not a table", D, TALK_DEADLINE, 'deadline = "straks"', "'talk' › deadline", wording.NOT_TABLE),
    Row("no such choice", D, 'phase = "handle"', 'phase = "later"', "'talk' › phase", wording.CHOICE),
    Row("id pattern", D, 'id = "talk"', 'id = "Talk"', "'Talk' › id", wording.PATTERN_ID),
    Row("clause pattern", C, 'id = "L1"', 'id = "1"', "'1' › id", wording.PATTERN_CLAUSE),
    Row("anchor pattern", D, '"event:discovered", offset = { days = 3 }', '"discovered"', "anchor", wording.PATTERN_ANCHOR),
    Row("not a date", A, "checked_on = 2026-11-01", 'checked_on = "i går"', "legal › nr. 1 › checked_on", wording.NOT_DATE),
    Row("not a date or unknown", P, 'decided = "unknown"', 'decided = "?"', "decided", wording.NOT_DATE_OR_UNKNOWN),
    Row("not a number or text", D, 'at_least = "high"', "at_least = []", "at_least", wording.NOT_TEXT_OR_NUMBER),
    Row("law without source", A, 'source = "lovens egen side"\n', "", "legal › nr. 1 › source", wording.MISSING),
    # identity
    Row("id twice", D, 'id = "note"', 'id = "talk"', "duties 'talk'", identity.TWICE),
    Row("core fact", F, 'id = "remark"', 'id = "injury"', "facts 'injury'", identity.CORE),
    Row("core event", F, 'id = "names_removed"', 'id = "removed"', "events 'removed'", identity.CORE),
    Row("core consent", F, 'id = "home_visit"', 'id = "tr_reads"', "consents 'tr_reads'", identity.CORE),
    Row("act twice", D, 'act = "write"', 'act = "talk"', "'write' › act", identity.ACT_TWICE),
    Row("stands in outside a layer", D, 'act = "talk"', 'stands_in_for = "talk"', "stands_in_for", identity.STANDS_IN),
    Row("clock in a guideline", D, "", LAYER["layer.toml"][: LAYER["layer.toml"].index("[[orders]]")], "clocks", identity.ONLY_LAYER),
    Row("overlay in a guideline", D, "", OVERLAY["overlay.toml"], "overlays 'L3'", identity.ONLY_OVERLAY),
    Row("silence", P, "silence_days = 3", "silence_days = 0", "silence_days", identity.SILENCE),
    Row("language not listed", P, 'languages = ["da", "en"]', 'languages = ["en"]', "language", identity.LANGUAGE),
    Row("parent missing", P, 'version = "1.0"', 'version = "1.0"\nparent = "stor"', "parent", identity.PARENT_MISSING),
    Row("own parent", P, 'version = "1.0"', 'version = "1.0"\nparent = "lille"', "parent", identity.PARENT_SELF),
    overlay("translation left behind", '[[translations]]\nof = "duty:talk"\nlanguage = "en"\nfields = { title = "Have a chat" }\n', "", "overlays 'L3'", clauses.LEFT_BEHIND),
    overlay("overlay without parent", 'parent = "lille"', "", "parent", identity.NO_PARENT, P),
    Row("overlay of nothing", "overlay.toml", "*", "", "pack", identity.NO_OVERLAYS, OVERLAY, [FILES], told_in=P),
    layer("clock on no act", 'act = "police_report"\ndeadline', 'act = "police"\ndeadline', "'three_days' › act", identity.NO_SUCH_ACT),
    layer("order of no act", 'then = ["write"]', 'then = ["writ"]', "'talk_first' › then", identity.NO_SUCH_ACT),
    layer("stands in for no act", 'stands_in_for = "police_report"', 'stands_in_for = "x"', "stands_in_for", identity.NO_SUCH_ACT),
    # clauses
    Row("no such clause", D, 'clauses = ["L2"]', 'clauses = ["L9"]', "'police' › clauses", clauses.NO_CLAUSE),
    Row("clause named twice", D, 'clauses = ["L2"]', 'clauses = ["L2", "L2"]', "'police' › clauses", clauses.CLAUSE_TWICE),
    Row("clause unaccounted for", C, 'none = "En overskrift uden indhold."', "", "clauses 'L4'", clauses.UNACCOUNTED),
    Row("none but carried", C, 'title = "Tal sammen"', 'title = "x"\nnone = "y"', "'L3' › none", clauses.NONE_BUT_CARRIED),
    Row("no such rule", C, 'rule = "scope"', 'rule = "magic"', "'L1' › rule", clauses.NO_SUCH_RULE),
    overlay("overlay of no clause", 'clause = "L3"', 'clause = "L9"', "overlays 'L9'", NO_CLAUSE),
    overlay("word not there", 'replace = "Tal"', 'replace = "Syng"', "overlays 'L3'", NO_WORD),
    overlay("same word", 'with = "Snak"', 'with = "Tal"', "'L3' › with", clauses.SAME_WORD),
    # people
    Row("no such owner", D, 'roles = ["leder"]', 'roles = ["ledre"]', "'police' › owners › roles", people.NO_ROLE),
    Row("owner twice", D, '["leder", "chef"]', '["leder", "leder"]', "'follow_up' › owners › roles", people.ROLE_TWICE),
    Row("no such fallback", R, 'fallback = ["chef"]', 'fallback = ["vikar"]', "'leder' › fallback", people.NO_ROLE),
    Row("fallback to itself", R, 'fallback = ["chef"]', 'fallback = ["leder"]', "'leder' › fallback", people.FALLBACK_SELF),
    Row("fallback in a ring", R, 'kind = "managers_manager"', 'kind = "hr"\nfallback = ["leder"]', "fallback", people.FALLBACK_CIRCLE),
    Row("fallback never", R, 'fallback = ["chef"]', 'fallback = ["chef"]\nfallback_when = []', "fallback_when", people.FALLBACK_NEVER),
    Row("outsider inside", R, "outside = true", "", "'borger' › outside", people.OUTSIDER_INSIDE),
    Row("outside, of a kind that logs in", R, 'kind = "outsider"', 'kind = "hr"', "'borger' › kind", people.OUTSIDE_INSIDE),
    Row("all of one", D, 'roles = ["leder", "ansat"], mode = "joint"', 'roles = ["leder"], mode = "all"', "owners › mode", people.SEVERAL_ALONE),
    Row("owed by outsiders alone", D, 'roles = ["leder", "chef"]', 'roles = ["borger"]', "'follow_up' › owners", people.OUTSIDE_ALONE),
    Row("outsider brought in", D, 'brings_in = ["chef"]', 'brings_in = ["borger"]', "brings_in", people.OUTSIDE_BROUGHT_IN),
    Row("insider given an outsider's deadline", D, 'who = "borger"', 'who = "chef"', "outsider › who", people.OUTSIDER_WHO_INSIDE),
    Row("nobody to decide", D, '{ role = "chef"', '{ role = "konge"', "decision_right › role", people.NO_ROLE),
    Row("handed to nobody", D, 'to = "chef"', 'to = "konge"', "hand_over › nr. 1 › to", people.NO_ROLE),
    Row("letter to nobody", L, 'to = "borger"', 'to = "konge"', "letters 'request' › to", people.NO_ROLE),
    Row("passage to nobody", A, 'to = ["ansat"]', 'to = ["konge"]', "passages 'advice' › to", people.NO_ROLE),
    # duties
    Row("after no duty", D, 'after = [{ duty = "talk"', 'after = [{ duty = "tak"', "after › nr. 1 › duty", duties.NO_DUTY),
    Row("arises from no duty", D, '[{ duty = "police"', '[{ duty = "polis"', "arises_from › nr. 1 › duty", duties.NO_DUTY),
    Row("which outcome approves", D, '"approval", of = "police"', '"approval", of = "talk"', "gates › nr. 1 › outcomes", duties.WHICH_APPROVAL),
    Row("approval of no duty", D, '"approval", of = "police"', '"approval", of = "x"', "gates › nr. 1 › of", duties.NO_DUTY),
    Row("handed over after no duty", D, 'after = "talk" }', 'after = "x" }', "hand_over › nr. 1 › after", duties.NO_DUTY),
    Row("outsider then no duty", D, 'then = "follow_up"', 'then = "x"', "outsider › then", duties.NO_DUTY),
    Row("no such outcome", D, '"done", "postponed"]', '"done", "later"]', "after › nr. 1 › outcomes", duties.NO_OUTCOME),
    Row("arises from no outcome", D, 'outcomes = ["declined"]', "outcomes = []", "outcomes", duties.NO_OUTCOMES_AT_ALL),
    Row("no such consent", D, 'of = "police_report" }', 'of = "police" }', "gates › nr. 1 › of", duties.NO_CONSENT),
    Row("gate on no event", D, 'of = "evidence_secured"', 'of = "evidence"', "gates › nr. 2 › of", duties.NO_EVENT),
    Row("sets no event", D, 'events = ["police_reported"]', 'events = ["x"]', "'police' › events", duties.NO_EVENT),
    Row("no such register", D, 'register = "log"', 'register = "bog"', "'police' › register", duties.NO_REGISTER),
    Row("registered nowhere", D, 'register = "log"\nproof = ["reference", "choice"]\n', "", "register", duties.WHICH_REGISTER),
    Row("no such letter", D, 'letter = "request"', 'letter = "x"', "'write' › letter", duties.NO_LETTER),
    Row("no such contact", D, 'contacts = ["station"]', 'contacts = ["x"]', "'police' › contacts", duties.NO_CONTACT),
    Row("outcome built in", D, 'id = "postponed"', 'id = "declined"', "'talk' › outcomes", duties.OUTCOME_BUILT_IN),
    Row("outcome twice", D, "outcomes = [{", 'outcomes = [{ id = "postponed", label = "x" }, {', "'talk' › outcomes", duties.OUTCOME_TWICE),
    Row("one alternative", D, ', { id = "visit", label = "Mød op" }', "", "alternatives", duties.ONE_ALTERNATIVE),
    Row("alternative twice", D, 'id = "visit"', 'id = "phone"', "alternatives", duties.ALTERNATIVE_TWICE),
    Row("choice of nothing", D, 'alternatives = [{ id = "phone", label = "Ring 114" }, { id = "visit", label = "Mød op" }]', "", "proof", duties.NO_ALTERNATIVES),
    Row("no to what needs no yes", D, TALK_DEADLINE, 'may_decline = false\ndeclined_text = "Nå."', "declined_text", duties.DECLINE_TEXT),
    Row("declined by, but not declinable", D, TALK_DEADLINE, 'may_decline = false\ndeclined_by = "affected"', "declined_by", duties.DECLINED_BY),
    Row("prohibition with outcomes", D, 'kind = "confirm"', 'kind = "confirm"\noutcomes = [{ id = "x", label = "x" }]', "outcomes", duties.MUST_NOT_OUTCOMES),
    # conditions
    Row("no such fact", D, 'fact = "severity"', 'fact = "severe"', "when › all › nr. 1 › fact", conditions.NO_FACT),
    Row("no such value", D, 'is = ["under_15"]', 'is = ["under_16"]', "when › none › nr. 1 › is", conditions.NO_VALUE),
    Row("no such step of the scale", D, 'at_least = "high"', 'at_least = "worst"', "at_least", conditions.NO_VALUE),
    Row("no such definition", D, 'fact = "still_online", is = ["no"]', 'fact = "category", is = ["x"]', "exceptions", conditions.NO_VALUE),
    Row("test of nothing", D, ', at_least = "high"', "", "when › all › nr. 1", conditions.NO_TEST),
    Row("at least of what has no order", D, '"severity", at_least = "high"', '"injury", at_least = "yes"', "at_least", conditions.NOT_ORDERED),
    Row("number as text", D, '"severity", at_least = "high"', '"episodes", at_least = "two"', "at_least", conditions.NOT_A_NUMBER),
    Row("never between", D, 'at_least = "high"', 'at_least = "high", at_most = "low"', "when › all › nr. 1", conditions.NEVER_BETWEEN),
    Row("empty condition", D, 'when = { all = [{ fact = "still_online", is = ["no"] }] }', "when = {}", "exceptions › nr. 1 › when", conditions.EMPTY),
    Row("both must and must not", D, 'fact = "severity", at_least = "high"', 'fact = "author_age_band", is = ["under_15"]', "none", conditions.CONTRADICTION),
    Row("two at once", D, 'kind = "note"', f'kind = "note"\n{NEVER}', "when › all", conditions.TWO_AT_ONCE),
    Row("always exempt", D, 'kind = "note"', 'kind = "note"\nwhen = { all = [{ fact = "injury", is = ["yes"] }] }\nexceptions = [{ when = { all = [{ fact = "injury", is = ["yes"] }] }, reason = "x" }]', "exceptions", conditions.ALWAYS_EXEMPT),
    Row("scale of one", F, ', { id = "high", label = "Meget" }', "", "'severity' › values", conditions.NO_VALUES),
    Row("values of a text", F, 'kind = "text"', 'kind = "text"\nvalues = [{ id = "a", label = "a" }]', "'remark' › values", conditions.VALUES_UNUSED),
    Row("value twice", F, 'id = "high"', 'id = "low"', "'severity' › values", conditions.VALUE_TWICE),
    Row("unknown as value", F, 'id = "high"', 'id = "unknown"', "'severity' › values", conditions.VALUE_UNKNOWN),
    # time
    Row("two units", D, "{ days = 3 }", "{ days = 3, hours = 2 }", "'police' › deadline › offset", times.ONE_UNIT),
    Row("no unit", D, "every = { days = 7 }", "every = {}", "repeat › every", times.ONE_UNIT),
    Row("every zero days", D, "every = { days = 7 }", "every = { days = 0 }", "repeat › every", times.POSITIVE),
    Row("beyond every calendar", D, "every = { days = 7 }", "every = { days = 700000 }", "repeat › every › days", times.TOO_LONG),
    Row("before an expiry by centuries", D, "{ days = 3 }", "{ months = -1200 }", "'police' › deadline › offset › months", times.TOO_LONG),
    Row("before the event", D, "{ days = 3 }", "{ days = -3 }", "'police' › deadline › offset", times.NEGATIVE),
    Row("no such event", D, '"event:discovered", offset = { days = 3 }', '"event:found"', "'police' › deadline › anchor", times.NO_EVENT),
    Row("no duty to count from", D, '"event:discovered", offset = { days = 3 }', '"duty:found"', "deadline › anchor", times.NO_DUTY),
    Row("no contact to count from", D, '"event:discovered", offset = { days = 3 }', '"contact:found"', "deadline › anchor", times.NO_CONTACT),
    Row("deadline of nothing", D, TALK_DEADLINE, "deadline = {}", "'talk' › deadline", times.NOTHING),
    Row("number without anchor", D, 'anchor = "event:discovered", offset = { days = 3 }', "offset = { days = 3 }", "'police' › deadline › offset", times.NO_ANCHOR),
    Row("anchor and anchors", D, "offset = { days = 3 }", 'anchors = ["event:posted"], offset = { days = 3 }', "anchors", times.BOTH_ANCHORS),
    Row("own without number", D, TALK_DEADLINE, 'deadline = { words = "straks", own = true }', "'talk' › deadline › own", times.OWN_WORDS),
    Row("own and law", D, "own = true", 'own = true, certainty = "V"', "'police' › deadline › own", times.OWN_LAW),
    Row("law of unknown certainty", D, "own = true", 'reference = "§ 2"', "'police' › deadline › reference", times.UNSURE),
    Row("prohibition with deadline", D, 'kind = "confirm"', f'kind = "confirm"\n{TALK_DEADLINE}', "'no_comments' › deadline", times.NO_DEADLINE_MUST_NOT),
    Row("latest before earliest", D, "offset = { days = 1 }", "offset = { days = 10 }", "'write' › not_after", times.ORDER_OF_TIME),
    Row("repeat without every", D, 'every = { days = 7 }, until = "event:removed"', "at_least = 2", "'follow_up' › repeat", times.NO_REPEAT),
    Row("every and continuous", D, "continuous = true", "continuous = true, every = { days = 1 }", "continuous", times.BOTH_REPEATS),
    Row("until itself", D, 'until = "event:removed"', 'until = "duty:follow_up"', "repeat › until", times.UNTIL_SELF),
    Row("at least minus one", D, "every = { days = 7 }", "every = { days = 7 }, at_least = -1", "at_least", times.AT_LEAST),
    Row("outsider without time", D, 'words = "straks", offset = { days = 2 }, ', "", "'write' › outsider", times.OUTSIDER_NOTHING),
    Row("outsider in a ring", D, 'then = "follow_up"', 'then = "write"', "outsider › then", times.THEN_SELF),
    Row("answered by no event", D, 'answered_by = "names_removed"', 'answered_by = "x"', "answered_by", times.NO_EVENT),
    Row("law checked tomorrow", A, "checked_on = 2026-11-01", "checked_on = 2026-11-22", "legal › nr. 1 › checked_on", times.FUTURE),
    Row("contact checked tomorrow", A, "last_checked = 2026-10-01", "last_checked = 2026-11-22", "last_checked", times.FUTURE),
    Row("none a year", D, "times_a_year = 2", "times_a_year = 0", "'training' › times_a_year", times.TIMES_A_YEAR),
    Row("a period of nothing", A, "period = { weeks = 2 }", "period = { weeks = 0 }", "'escort' › period", times.POSITIVE),
    Row("valid backwards", P, "valid_to = 2027-12-31", "valid_to = 2025-12-31", "governance › valid_to", times.BACKWARDS),
    layer("clock from nowhere", ', reference = "§ 1", certainty = "V", checked_on = 2026-11-01', "", "'three_days' › deadline", times.CLOCK_SOURCE),
    # rings and dead ends
    Row("a ring of after", D, 'kind = "conversation"\ndeadline', 'kind = "conversation"\nafter = [{ duty = "police" }]\ndeadline', "duties", circles.CIRCLE),
    Row("a ring of arising", D, 'arises_from = [{ duty = "police", outcomes = ["declined"] }]', 'arises_from = [{ duty = "note" }]', "duties 'note'", circles.CIRCLE),
    layer("a suggestion that binds", 'kind = "layer"', 'kind = "layer"\nbasis = "suggestion"', "'land_police' › modality", identity.ONLY_SUGGESTED, "pack.toml", told="layer.toml"),
    layer("a suggestion with a clock", 'kind = "layer"', 'kind = "layer"\nbasis = "suggestion"', "clocks 'three_days'", identity.NO_LAW, "pack.toml", told="layer.toml"),
    Row("basis outside a layer", P, 'version = ', 'basis = "suggestion"\nversion = ', "pack › basis", identity.BASIS),
    layer("a ring of orders", '[[duties]]\nid = "land_police"', '[[duties]]\nid = "land_talk"\nact = "talk"\nphase = "handle"\ntitle = "x"\nowners = { roles = ["leder"] }\nmodality = "must"\nkind = "note"\n[[orders]]\nid = "ring"\nfirst = "police_report"\nthen = ["talk"]\nreason = "x"\n[[duties]]\nid = "land_police"\nafter = [{ duty = "land_talk" }]', "duties 'land_police'", circles.CIRCLE),
    Row("cannot end so", D, 'proof = ["reference", "choice"]', 'proof = ["reference"]\nmay_decline = false', "'note' › arises_from", circles.DEAD),
    Row("one way cannot end so", D, '[{ duty = "police", outcomes = ["declined"] }]', '[{ duty = "police" }, { duty = "follow_up" }]\n[[duties]]\nid = "none"\nphase = "handle"\ntitle = "x"\nowners = { roles = ["leder"] }\nmodality = "must"\nkind = "note"\nmay_decline = false\narises_from = [{ duty = "talk" }, { duty = "none" }]', "'none' › arises_from", circles.DEAD_WAY),
    Row("behind what cannot come", D, 'proof = ["reference", "choice"]', 'proof = ["reference"]\nmay_decline = false\n[[duties]]\nid = "behind"\nphase = "handle"\ntitle = "x"\nowners = { roles = ["leder"] }\nmodality = "must"\nkind = "note"\narises_from = [{ duty = "note", outcomes = ["done"] }]\n[[duties]]\nid = "police2"\nphase = "handle"\ntitle = "x"\nowners = { roles = ["leder"] }\nmodality = "must"\nkind = "note"', "'behind' › arises_from", circles.DEAD_TOO),
    Row("definitions in a ring", A, 'gøre dig noget."', 'gøre dig noget."\npart_of = "mild_threat"', "part_of", circles.DEFINITION_CIRCLE),
    # places
    Row("ean check digit", A, 'ean = "579', 'ean = "578', "'station' › ean", places.BAD_EAN),
    Row("phone of letters", A, "+45 12 34 56 78", "ring til Bo", "'station' › phone", places.BAD_PHONE),
    Row("url of another scheme", A, "https://example.org/hjaelp", "javascript:alert(1)", "'station' › url", places.BAD_URL),
    Row("email without at", A, "vagt@example.org", "vagt.example.org", "'station' › email", places.BAD_EMAIL),
    Row("expires before checked", A, "expires = 2027-10-01", "expires = 2026-09-01", "'station' › expires", places.EXPIRES_FIRST),
    Row("crisis without phone", A, 'phone = "+45 12 34 56 78"\n', "", "'station' › phone", places.CRISIS_PHONE),
    Row("part of no definition", A, 'part_of = "threat"', 'part_of = "x"', "'mild_threat' › part_of", places.NO_DEFINITION),
    # texts
    Row("html", A, "Gem det, du har set.", "Gem <b>alt</b>.", "passages 'advice' › text", texts.HTML),
    Row("html in the head", P, "Lille retningslinje", "Lille <script>", "pack › title", texts.HTML),
    Row("field not declared", L, "fields = [", 'fields = ["x", ', "letters 'request' › fields", texts.UNUSED),
    Row("field not used", L, "Vi skriver", "Vi {{ sender }} skriver", "letters 'request' › fields", texts.UNDECLARED),
    Row("field twice", L, "fields = [", 'fields = ["case_number", ', "letters 'request' › fields", texts.FIELD_TWICE),
    Row("field that is code", L, "{{ case_number }}", "{{ case_number }} {% if x %}", "letters 'request' › body", texts.BAD_FIELD),
    Row("letter in another language", L, "title =", 'language = "de"\ntitle =', "letters 'request' › language", texts.LANGUAGE),
    Row("translation to another language", A, 'language = "en"', 'language = "de"', "translations 'duty:talk' › language", texts.LANGUAGE),
    Row("translation to the first language", A, 'language = "en"', 'language = "da"', "language", texts.SAME_LANGUAGE),
    Row("translation of nothing", A, 'of = "duty:talk"', 'of = "duty:tak"', "'duty:tak' › of", texts.NO_TARGET),
    Row("translation of no kind", A, 'of = "duty:talk"', 'of = "pligt:talk"', "'pligt:talk' › of", texts.NO_KIND),
    Row("translation of a number", A, 'title = "Talk together"', 'proof = "x"', "fields › proof", texts.NO_TEXT_FIELD),
    Row("translation of a place that is not there", A, 'title = "Talk together"', '"deadline.word" = "x"', "fields › deadline.word", texts.NO_TEXT_FIELD),
    Row("empty translation", A, '{ title = "Talk together" }', "{}", "'duty:talk' › fields", texts.NOTHING_TRANSLATED),
    Row("translated twice", A, "", '[[translations]]\nof = "duty:talk"\nlanguage = "en"\nfields = { title = "Talk" }\n', "translations", texts.TRANSLATED_TWICE),
)  # fmt: skip
