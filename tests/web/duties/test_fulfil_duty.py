"""The page of one duty: one thing to do, where it comes from, and honest ways out."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.cases_kit import NOW, fresh, later, open_case, row, settle
from tests.people_kit import Municipality, actor, logged_in
from tests.web.case_kit import at
from vaern.cases import queries, service
from vaern.cases.models import Case, Fulfilment
from vaern.guideline.facts import State
from vaern.journal import queries as journal


def duty(case: Case, name: str) -> str:
    return at("fulfil_duty", case, duty=name)


def text_of(town: Municipality, who: str, case: Case, name: str) -> str:
    return logged_in(getattr(town, who)).get(duty(case, name)).content.decode()


# --- who -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["karim", "olav", "adam", "amalie", "lone", "xenia"])
def test_nobody_without_a_part_sees_it(town: Municipality, case: Case, who: str) -> None:
    client = logged_in(getattr(town, who))
    assert client.get(duty(case, "listen_and_note")).status_code == 404
    assert client.post(duty(case, "listen_and_note"), {"text": "x", "times_seen": "0"}).status_code == 404
    assert not Fulfilment.objects.filter(duty="listen_and_note").exists()


def test_the_employee_sees_her_own_and_not_what_the_manager_writes(town: Municipality, case: Case) -> None:
    assert "Fortæl, hvad du behøver" in text_of(town, "anna", case, "say_needs")
    assert logged_in(town.anna).get(duty(case, "listen_and_note")).status_code == 404


def test_a_duty_the_case_does_not_have_is_not_found(town: Municipality, case: Case) -> None:
    assert logged_in(town.mads).get(duty(case, "no_such_duty")).status_code == 404


def test_hr_reads_it_and_is_told_whose_it_is(town: Municipality, case: Case) -> None:
    service.bring_in(
        actor=actor(town.mads), case_id=case.pk, user_id=town.hanne.pk, role="hr", reason="Fravær", now=NOW
    )
    page = logged_in(town.hanne).get(duty(case, "listen_and_note"))
    assert "Det er en anden, der skal gøre dette." in page.content.decode()
    assert 'name="text"' not in page.content.decode()
    refused = logged_in(town.hanne).post(duty(case, "listen_and_note"), {"text": "x", "times_seen": "0"})
    assert refused.status_code == 422


def test_looking_is_on_record(town: Municipality, case: Case) -> None:
    logged_in(town.mads).get(duty(case, "listen_and_note"))
    assert journal.entries_of(f"case:{case.pk}", acts=["see_case"])[0].data == {"page": "duty"}


# --- what it says --------------------------------------------------------------------------------------------


def test_it_says_where_it_comes_from_and_how_firm_it_is(town: Municipality, case: Case) -> None:
    text = text_of(town, "mads", case, "contact_psychologist")
    for words in ("B29", "B30", "B31", "Sørg for kontakt til psykolog", "snarest muligt", "skal (sørge for)"):
        assert words in text
    assert 'href="tel:60111144"' in text
    assert "5798003951164" in text
    assert "Vi ved ikke, hvornår oplysningen sidst er kontrolleret." in text


@pytest.mark.parametrize(("name", "clauses"), [("agree_psychologist", "B25 B29"), ("contact_psychologist", "B29 B25")])
def test_an_ambiguity_is_shown_both_ways(town: Municipality, case: Case, name: str, clauses: str) -> None:
    text = text_of(town, "mads", case, name)
    part = text.split("Kan læses på to måder")[1].split("</section>")[0]
    assert all(clause in part for clause in clauses.split())
    assert "Værn vælger ikke for dig." in part


def test_the_police_report_in_albertslund_shows_both_readings(town: Municipality) -> None:
    case = open_case(town, "albertslund")
    part = text_of(town, "mads", case, "police_report").split("Kan læses på to måder")[1]
    assert "A32" in part
    assert "A34" in part


def test_what_the_law_adds_is_shown_as_coming_from_there(town: Municipality) -> None:
    case = open_case(town, discovered_on="2026-11-17", discovered_at="08:00")
    with time_machine.travel(later(hours=1)):
        text = text_of(town, "mads", case, "national_decide_police_report")
    assert "Følger ikke af retningslinjen, men af lov eller god praksis." in text
    assert "Offererstatningsloven § 10, stk. 1" in text
    assert "20. november 2026 kl. 08.00" in text
    assert "Opdaget" in text
    assert "Kontrolleret 21. november 2026." in text


def test_a_missed_deadline_is_shown_as_missed_with_what_is_still_possible(town: Municipality) -> None:
    case = open_case(town, discovered_on="2026-11-17", discovered_at="08:00")
    with time_machine.travel(later(hours=73)):
        text = text_of(town, "mads", case, "national_decide_police_report")
    assert "Fristen er gået" in text
    assert "Der kan stadig anmeldes." in text


def test_one_that_waits_says_for_what_and_leads_there(town: Municipality, case: Case) -> None:
    page = logged_in(town.mads).get(duty(case, "inform_colleagues"))
    text = page.content.decode()
    assert "Vent, til “Aftal, hvad de andre på arbejdspladsen får at vide” er på plads." in text
    assert duty(case, "agree_colleague_information") in text
    assert page.context["page"].form == ""


def test_one_that_is_blocked_says_what_is_missing_and_can_be_set_aside(town: Municipality, case: Case) -> None:
    page = logged_in(town.mads).get(duty(case, "national_report_work_accident"))
    text = page.content.decode()
    assert "Har der været fravær?" in text
    assert 'value="not_relevant"' in text
    assert 'value="declined"' not in text
    given = {"outcome": "not_relevant", "why_not": "Der var intet fravær.", "times_seen": "0"}
    assert logged_in(town.mads).post(duty(case, "national_report_work_accident"), given).status_code == 302
    assert row(case, "national_report_work_accident", timezone.now()).state is State.NOT_RELEVANT


def test_a_letter_begins_with_the_guidelines_text_and_what_the_case_knows(town: Municipality) -> None:
    case = open_case(town, national=False)
    form = logged_in(town.mads).get(duty(case, "letter_to_author")).context["form"]
    text = form["text"].value()
    assert "Jobcenter" in text
    assert "Mads Madsen" in text
    assert "____ medarbejdere" in text
    assert "{{" not in text


def test_in_english_the_guidelines_own_words_are_marked_as_danish_where_there_are_no_others(
    town: Municipality, case: Case
) -> None:
    client = logged_in(town.mads)
    text = client.get(duty(case, "listen_and_note"), headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en">' in text
    assert "Listen" in text or '<span lang="da">Lyt' in text


# --- doing it ------------------------------------------------------------------------------------------------

FULL = {
    "text": "Det er gjort", "recipient": "Rette vedkommende", "reference": "SN-77", "agreed": "Vi taler i morgen",
    "offered": "En samtale", "reasons": "Fordi", "on_date": "2026-11-17", "at_time": "09:15",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("listen_and_note", {"text"}),
        ("agree_psychologist", {"offered", "agreed"}),
        ("privacy_check", {"text"}),
        ("keep_informed", {"recipient", "text"}),
        ("register_incident", {"reference"}),
        ("refer_to_secretariat", {"recipient", "text"}),
        ("not_alone", {"text"}),
        ("national_offer_police_help", {"recipient", "text", "offered"}),
        ("letter_to_author", {"recipient", "text", "reference"}),
    ],
)
def test_each_kind_asks_for_its_own_and_keeps_it(town: Municipality, name: str, asked: set[str]) -> None:
    case = open_case(town)
    settle(case, town.mads, "national_evidence_first", outcome="not_relevant")
    client = logged_in(town.mads)
    form = client.get(duty(case, name)).context["form"]
    assert set(form.fields) == asked | {"on_date", "at_time", "why_not", "times_seen"}
    assert client.post(duty(case, name), {**FULL, "times_seen": "0"}).status_code == 302
    written = Fulfilment.objects.get(case=case, duty=name)
    assert written.fields == {field: FULL[field] for field in asked}
    assert (written.outcome, written.at.isoformat()) == ("done", "2026-11-17T08:15:00+00:00")
    text = client.get(duty(case, name)).content.decode()
    assert all(FULL[field] in text for field in asked)
    assert "Mads Madsen, Leder" in text


@pytest.mark.parametrize(
    ("name", "given", "wrong"),
    [
        ("listen_and_note", {"text": ""}, {"text"}),
        ("agree_psychologist", {"offered": "En samtale"}, {"agreed"}),
        ("agree_psychologist", {}, {"offered", "agreed"}),
        ("register_incident", {"on_date": "2026-11-17"}, {"reference"}),
        ("listen_and_note", {"text": "Ja", "on_date": "2126-01-01"}, {"on_date"}),
        ("listen_and_note", {"text": "Ja", "on_date": "den anden dag"}, {"on_date"}),
        ("listen_and_note", {"text": "Ja", "on_date": "2026-11-17", "at_time": "kvart"}, {"at_time"}),
        ("listen_and_note", {"text": "Ja", "outcome": "declined", "why_not": ""}, {"why_not"}),
        ("listen_and_note", {"text": "Ja", "outcome": "not_relevant", "why_not": " "}, {"why_not"}),
        ("listen_and_note", {"text": "Ja", "outcome": "opdigtet"}, {"__all__"}),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    town: Municipality, case: Case, name: str, given: dict[str, str], wrong: set[str]
) -> None:
    page = logged_in(town.mads).post(duty(case, name), {**given, "times_seen": "0"})
    assert page.status_code == 422
    form = page.context["form"]
    assert set(form.errors) == wrong
    assert {field: form[field].value() for field in given if field in form.fields} == {
        field: value for field, value in given.items() if field in form.fields
    }
    assert not Fulfilment.objects.filter(case=case, duty=name).exists()


def test_the_refusal_names_the_clause(town: Municipality, case: Case) -> None:
    text = logged_in(town.mads).post(duty(case, "register_incident"), {"times_seen": "0"}).content.decode()
    assert "Skriv det nummer eller den kvittering, du fik. (punkt B37)" in text


def test_declined_by_the_employee_creates_what_the_guideline_says_follows(town: Municipality) -> None:
    case = open_case(town, "albertslund")
    given = {"outcome": "declined", "why_not": "Hun ønsker ikke at anmelde.", "times_seen": "0"}
    page = logged_in(town.mads).post(duty(case, "police_report"), given, follow=True)
    text = page.content.decode()
    assert "Nu er det her også en opgave: “Skriv et notat om, at medarbejderen ikke vil anmelde”." in text
    written = Fulfilment.objects.get(case=case, duty="police_report")
    assert written.fields == {"reasons": "Hun ønsker ikke at anmelde.", "declined_by": "affected"}
    assert row(case, "decline_note", timezone.now()).state is State.OWED


def test_an_ending_the_guideline_names_is_chosen_and_followed(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    url = duty(case, "national_decide_police_report")
    page = client.post(url, {"reasons": "Vi er enige", "times_seen": "0"})
    assert page.context["form"].errors["ending"] == ["Vælg, hvordan det gik."]
    assert "done" not in dict(page.context["form"].fields["ending"].choices)
    assert client.post(url, {"ending": "report", "reasons": "Vi er enige", "times_seen": "0"}).status_code == 302
    assert row(case, "national_file_police_report", timezone.now()).state is State.OWED


def test_an_alternative_must_be_chosen(town: Municipality) -> None:
    case = open_case(town, "albertslund")
    client = logged_in(town.anna)
    page = client.post(duty(case, "secure_evidence"), {"times_seen": "0"})
    assert page.context["form"].errors["choice"][0].startswith("Vælg, hvad der er gjort.")
    assert "Læg beviset på sagen først." in page.content.decode()


def test_whoever_comes_second_is_told_and_loses_nothing(town: Municipality, case: Case) -> None:
    client = logged_in(town.mads)
    settle(case, town.mads, "listen_and_note", text="Den første")
    page = client.post(duty(case, "listen_and_note"), {"text": "Den anden", "times_seen": "0"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "En anden har skrevet" in text
    assert "Den første" in text
    assert page.context["form"]["text"].value() == "Den anden"


def test_it_can_be_written_again_and_both_stay(town: Municipality, case: Case) -> None:
    settle(case, town.mads, "listen_and_note", text="Første gang")
    client = logged_in(town.mads)
    page = client.get(duty(case, "listen_and_note"))
    assert page.context["page"].form == "again"
    again = {"text": "Anden gang", "times_seen": str(page.context["form"]["times_seen"].value())}
    assert client.post(duty(case, "listen_and_note"), again).status_code == 302
    text = client.get(duty(case, "listen_and_note")).content.decode()
    assert "Første gang" in text
    assert "Anden gang" in text


def test_one_goes_back_to_where_one_came_from(town: Municipality, case: Case) -> None:
    given = {"text": "Ja", "times_seen": "0"}
    mads, url = logged_in(town.mads), duty(case, "listen_and_note")
    assert mads.post(f"{url}?back=duties", given).headers["Location"] == reverse("see_my_duties")
    assert mads.post(url, {**given, "times_seen": "1"}).headers["Location"] == at("see_case", case)
    anna = logged_in(town.anna).post(duty(case, "say_needs"), given)
    assert anna.headers["Location"] == at("see_my_case", case)


def test_a_closed_case_takes_no_more(town: Municipality, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    client = logged_in(town.mads)
    page = client.get(duty(case, "listen_and_note"))
    assert page.context["page"].form == ""
    assert client.post(duty(case, "listen_and_note"), {"text": "x", "times_seen": "0"}).status_code == 422


def test_every_duty_of_both_guidelines_has_a_page(town: Municipality) -> None:
    for name in ("brovst", "albertslund"):
        case = open_case(town, name)
        client: Any = logged_in(town.mads)
        for one in queries.plan_of(fresh(case), NOW).rows:
            assert client.get(duty(case, one.id)).status_code == 200, one.id
