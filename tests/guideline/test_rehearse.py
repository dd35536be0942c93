"""Facts files for a rehearsal, and rows as plain data."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.guideline.planner_kit import at, duty, rows, say, together
from vaern.guideline.facts import CaseFacts, Done
from vaern.guideline.plan import plan
from vaern.guideline.problem import PackProblems
from vaern.guideline.rehearse import case_of, moment, read_rehearsal, row_to_json

WHOLE = together(
    duty(
        "talk",
        outcomes=[{"id": "agreed", "label": "Aftalt"}],
        alternatives=[{"id": "phone", "label": "Telefon"}, {"id": "meet", "label": "Møde"}],
    ),
    duty("both", owners={"roles": ["manager", "amr"], "mode": "all"}, modality_words="skal"),
    facts=[
        {"id": "severity", "label": "Alvor", "kind": "scale", "values": [{"id": "mild", "label": "Mild"}]},
        {"id": "hearing", "label": "Høring", "kind": "date"},
        {"id": "words", "label": "Ord", "kind": "text"},
    ],
    definitions=[{"id": "threat", "name": "Trussel", "text": "En trussel."}],
)

FULL = """
absent = ["manager"]
part_of_it = ["above"]
out_of_hours = true

[facts]
absence = true
injury = "no"
still_online = "unknown"
severity = "mild"
episodes = 3
category = "threat"
hearing = 2026-02-03
words = "fri tekst"

[events]
discovered = 2026-02-02T09:00:00
reported = 2026-02-02
posted = "2026-02-02T08:00:00+00:00"

[consents]
police_report = false
amr_reads = "unknown"

[[done]]
duty = "talk"
at = 2026-02-02T10:00:00
outcome = "agreed"
by_role = "manager"
choice = "phone"

[[done]]
duty = "both"
at = "2026-02-02T11:00"
"""


def read(tmp_path: Path, text: str, name: str = "facts.toml") -> CaseFacts:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_rehearsal(tmp_path / name, WHOLE)


def test_a_whole_file(tmp_path: Path) -> None:
    case = read(tmp_path, FULL)
    assert case.facts == {
        "absence": "yes", "injury": "no", "still_online": "unknown", "severity": "mild", "episodes": 3,
        "category": ("threat",), "hearing": "2026-02-03", "words": "fri tekst",
    }  # fmt: skip
    assert case.events == {"discovered": at(), "reported": at(hours=-9), "posted": at()}
    assert case.consents == {"police_report": "no", "amr_reads": "unknown"}
    assert (case.absent, case.part_of_it, case.out_of_hours) == (frozenset({"manager"}), frozenset({"above"}), True)
    assert case.done[0] == Done("talk", at(hours=1), "agreed", "manager", ("phone",))


def test_who_must_each_do_it_have_when_the_file_names_nobody(tmp_path: Path) -> None:
    acts = read(tmp_path, FULL).done[1:]
    assert [(act.duty, act.by_role) for act in acts] == [("both", "manager"), ("both", "amr")]
    assert say(rows(WHOLE, at(1), done=acts)["both"]) == "done outcome done"


def test_json_says_the_same(tmp_path: Path) -> None:
    said = json.dumps({"facts": {"absence": "yes"}, "done": [{"duty": "talk", "at": "2026-02-02T09:00:00+01:00"}]})
    case = read(tmp_path, said, "facts.json")
    assert case == CaseFacts(facts={"absence": "yes"}, done=(Done("talk", at()),))


def test_an_empty_file_is_a_case_nobody_knows_anything_about(tmp_path: Path) -> None:
    assert read(tmp_path, "") == CaseFacts()


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ({"fact": {}}, "fact", "kendes ikke"),
        ({"facts": {"absense": "yes"}}, "facts › absense", "kendes ikke"),
        ({"facts": {"absence": "maybe"}}, "facts › absence", "yes, no, unknown"),
        ({"facts": {"severity": "grave"}}, "facts › severity", "mild"),
        ({"facts": {"platform": "fax"}}, "facts › platform", "facebook"),
        ({"facts": {"episodes": "3"}}, "facts › episodes", "helt tal"),
        ({"facts": {"episodes": True}}, "facts › episodes", "helt tal"),
        ({"facts": {"category": ["rumour"]}}, "facts › category", "threat"),
        ({"facts": {"hearing": "snart"}}, "facts › hearing", "Tiden kan ikke læses"),
        ({"facts": {"words": 7}}, "facts › words", "en tekst"),
        ({"facts": []}, "facts", "en tabel"),
        ({"events": {"discoverd": "2026-02-02"}}, "events › discoverd", "kendes ikke"),
        ({"events": {"discovered": "i går"}}, "events › discovered", "Tiden kan ikke læses"),
        ({"events": {"discovered": 7}}, "events › discovered", "Tiden kan ikke læses"),
        ({"consents": {"police": "yes"}}, "consents › police", "kendes ikke"),
        ({"consents": {"police_report": "måske"}}, "consents › police_report", "yes, no, unknown"),
        ({"absent": "manager"}, "absent", "en liste"),
        ({"absent": ["boss"]}, "absent › boss", "kendes ikke"),
        ({"part_of_it": [7]}, "part_of_it › 7", "kendes ikke"),
        ({"out_of_hours": "ja"}, "out_of_hours", "true, false"),
        ({"done": {}}, "done", "en liste"),
        ({"done": ["talk"]}, "done nr. 1", "en tabel"),
        ({"done": [{"duty": "tlak", "at": "2026-02-02"}]}, "done nr. 1 › duty", "kendes ikke"),
        ({"done": [{"duty": "talk"}]}, "done nr. 1 'talk'", "Tiden kan ikke læses"),
        ({"done": [{"duty": "talk", "at": "2026-02-30"}]}, "done nr. 1 'talk'", "Tiden kan ikke læses"),
        ({"done": [{"duty": "talk", "at": "2026-02-02", "when": 1}]}, "done nr. 1 › when", "kendes ikke"),
        ({"done": [{"duty": "talk", "at": "2026-02-02", "outcome": "ok"}]}, "done nr. 1 'talk'", "agreed"),
        ({"done": [{"duty": "talk", "at": "2026-02-02", "by_role": "boss"}]}, "done nr. 1 'talk'", "kendes ikke"),
        ({"done": [{"duty": "talk", "at": "2026-02-02", "choice": "fax"}]}, "done nr. 1 'talk'", "phone, meet"),
        (
            {"done": [{"duty": "talk", "at": "2026-02-02", "choice": ["phone", "meet"]}]},
            "done nr. 1 'talk'",
            "kun vælges én",
        ),
        ([], "", "en tabel"),
    ],
)
def test_a_fault_is_named_with_its_place(content: Any, place: str, said: str) -> None:
    _, problems = case_of(content, WHOLE, "facts.toml")
    assert [(problem.file, problem.place) for problem in problems] == [("facts.toml", place)]
    assert said in problems[0].sentence


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(PackProblems) as refused:
        read(tmp_path, 'strange = 1\n[facts]\nabsence = "maybe"\n[events]\nremoved = "x"\n')
    assert [problem.place for problem in refused.value.problems] == ["strange", "facts › absence", "events › removed"]


@pytest.mark.parametrize(("name", "text"), [("facts.toml", "= 1"), ("facts.json", "{"), ("facts.toml", "\udcff")])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(PackProblems, match="kan ikke læses"):
        read_rehearsal(tmp_path / name, WHOLE)
    with pytest.raises(PackProblems, match="kan ikke læses"):
        read_rehearsal(tmp_path / "missing.toml", WHOLE)


def test_moments() -> None:
    assert moment("2026-02-02T09:00") == moment("2026-02-02T08:00Z") == at()
    assert moment("2026-07-01") == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert moment("09:00") is None


def test_rows_as_plain_data() -> None:
    case = CaseFacts(events={"discovered": at()}, done=(Done("talk", at()),))
    data = [row_to_json(row, WHOLE) for row in plan(WHOLE, case, at(1))]
    assert json.loads(json.dumps(data)) == data
    found = {row["id"]: row for row in data}
    needed = {"id", "clause", "layer", "owners", "modality", "state", "why", "not_before", "due", "words", "repeats"}
    assert needed <= found["both"].keys()
    assert found["talk"]["settled_at"] == "2026-02-02T08:00:00+00:00"
    assert (found["talk"]["state"], found["talk"]["why"], found["talk"]["refs"]) == ("done", "outcome", ["done"])
    assert (found["both"]["title"], found["both"]["modality_words"], found["both"]["owners"]) == (
        "both",
        "skal",
        ["manager", "amr"],
    )
    assert (found["both"]["must_close"], found["both"]["due"], found["both"]["deadlines"]) == (True, None, [])
