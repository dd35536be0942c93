"""Import: what is read, what is planned, and every line that is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaern.people.rules import Plan, plan_import, read_sheets
from vaern.people.rules.importing import Known, KnownPost, KnownUnit, KnownUser

TODAY = date(2026, 11, 21)
UNITS = "enhed_kode;enhed_navn;overenhed_kode\nK;Kommunen;\nS;Social;K\n"
HEAD = "navn;email;titel;enhed_kode;rolle;fra;til\n"
ANNA = "Anna Ankersen;anna@k.example;Sagsbehandler;S;medarbejder;01-02-2024;\n"
KNOWN = Known(
    units={"K": KnownUnit("Kommunen", ""), "S": KnownUnit("Social", "K"), "J": KnownUnit("Jobcenter", "S")},
    users={
        "anna@k.example": KnownUser("Anna Ankersen", "Sagsbehandler", "11", "x1", "S"),
        "lukket@k.example": KnownUser("Luk Ket", "", "", "", "S", active=False),
    },
    posts={("anna@k.example", "S", "employee"): (KnownPost(7, date(2024, 2, 1), None),)},
    external_ids={"x1": "anna@k.example"},
    taken=frozenset({"xenia@anden.example"}),
)


def plan(units: str | bytes | None = None, people: str | bytes | None = None, known: Known = KNOWN) -> Plan:
    return plan_import(read_sheets(_bytes(units), _bytes(people)), known, TODAY)


def _bytes(text: str | bytes | None) -> bytes | None:
    return text.encode() if isinstance(text, str) else text


def reasons(found: Plan) -> list[tuple[int, str]]:
    return [(one.line, one.reason % one.params) for one in found.refused]


def test_a_new_municipality_is_all_new() -> None:
    found = plan(UNITS, HEAD + ANNA, Known())
    assert [unit.code for unit in found.units] == ["K", "S"]
    assert [(user.email, user.kind) for user in found.users] == [("anna@k.example", "create")]
    assert [(post.role, post.from_date) for post in found.posts] == [("employee", date(2024, 2, 1))]
    assert found.refused == ()


def test_the_same_again_changes_nothing() -> None:
    found = plan(UNITS, HEAD + ANNA)
    assert not found.changes
    assert (len(found.same), found.refused) == (4, ())


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + UNITS.encode(),
        UNITS.replace("\n", "\r\n").encode(),
        UNITS.replace(";", ",").encode(),
        b"Enhed_Kode;ENHED_NAVN; overenhed_kode \n\"K\";Kommunen;\n;;\nS;\"Social\";K",
        b"overenhed_kode;enhed_kode;enhed_navn\nK;S;Social\n;K;Kommunen\n",
    ],
)  # fmt: skip
def test_marks_quotes_line_ends_and_order_do_not_matter(content: bytes) -> None:
    found = plan(content, None, Known())
    assert [(unit.code, unit.name, unit.parent_code) for unit in found.units] == [
        ("K", "Kommunen", ""),
        ("S", "Social", "K"),
    ]
    assert found.refused == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "mangler i første linje"),
        (b"\xff\xfe\x00", "ikke UTF-8"),
        ("enhed_kode;enhed_navn\nK;Kø\n".encode("latin-1"), "ikke UTF-8"),
        (b"enhed_kode;enhed_navn\nK;Kommunen\n", "overenhed_kode mangler"),
        (b"enhed_kode;enhed_navn;overenhed_kode;farve\n", "farve er ukendt"),
        (b"enhed_kode;enhed_navn;overenhed_kode;enhed_kode\n", "to gange"),
        (b'enhed_kode;"enhed_navn;overenhed_kode\n', "anførselstegn"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_on_line_1(content: bytes, said: str) -> None:
    found = plan(content)
    assert len(found.refused) == 1
    assert found.refused[0].line == 1
    assert said in reasons(found)[0][1]
    assert not found.changes


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A;Afdeling", "2 felter. Der skal være 3"),
        ("A;Afdeling;K;", "4 felter"),
        (";Afdeling;K", "enhed_kode er tomt"),
        ("A;;K", "enhed_navn er tomt"),
        ('A;"Afdeling;K', "anførselstegn"),
        ("A;Af\x00deling;K", "usynlige tegn"),
        (f"A;{'x' * 201};K", "for langt"),
        ("A;Afdeling;", "allerede en øverste enhed: “K”"),
        ("A;Afdeling;Z", "“Z” findes ikke"),
        ("A;Afdeling;A", "“A” findes ikke"),
        ("K;Kommunen;S", "allerede i linje 2"),
    ],
)
def test_one_broken_unit_never_stops_the_rest(line: str, said: str) -> None:
    found = plan(UNITS + line + "\nB;Bibliotek;K\n", None, Known())
    assert [unit.code for unit in found.units] == ["K", "S", "B"]
    assert [number for number, _reason in reasons(found)] == [4]
    assert said in reasons(found)[0][1]


def test_units_below_a_refused_one_are_refused_too_and_rings_as_well() -> None:
    found = plan(UNITS + "A;A;Z\nB;B;A\nC;C;D\nD;D;C\n", None, Known())
    assert [line for line, _reason in reasons(found)] == [4, 5, 6, 7]


def test_a_unit_cannot_be_moved_below_itself() -> None:
    found = plan("enhed_kode;enhed_navn;overenhed_kode\nS;Social;J\nK;Kommunen;J\n")
    assert [line for line, _reason in reasons(found)] == [2, 3]


def test_a_unit_is_renamed_and_moved() -> None:
    found = plan("enhed_kode;enhed_navn;overenhed_kode\nJ;Job og Virksomhed;K\n")
    assert [(unit.kind, unit.name, unit.parent_code) for unit in found.units] == [("update", "Job og Virksomhed", "K")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Bo;bo@k.example;;S;leder;01-01-2024", "6 felter"),
        (";bo@k.example;;S;leder;;", "navn er tomt"),
        ("Bo;bo;;S;leder;;", "“bo” er ikke en e-mail"),
        ("Bo;bo@k;;S;leder;;", "er ikke en e-mail"),
        ("Bo;bo@k.example;;Z;leder;;", "Enheden “Z” findes ikke"),
        ("Bo;bo@k.example;;S;chef;;", "Rollen “chef” findes ikke"),
        ("Bo;bo@k.example;;S;leder;31-02-2024;", "“31-02-2024” i feltet fra er ikke en dato"),
        ("Bo;bo@k.example;;S;leder;i går;", "er ikke en dato"),
        ("Bo;bo@k.example;;S;leder;01-02-2024;01-01-2024", "til ligger før"),
        ("Bo;bo@k.example;;S;leder;;01-01-2024", "til er forbi"),
        ("Xenia;xenia@anden.example;;S;leder;;", "E-mailen kan ikke bruges"),
        ("Luk Ket;lukket@k.example;;S;leder;;", "Brugeren er lukket"),
        ("Anna Andet;ANNA@k.example;Sagsbehandler;S;leder;;", "anderledes end i linje 2"),
        ("Anna Ankersen;anna@k.example;Sagsbehandler;S;medarbejder;01-02-2024;", "allerede den post i linje 2"),
    ],
)
def test_one_broken_person_never_stops_the_rest(line: str, said: str) -> None:
    found = plan(None, HEAD + ANNA + line + "\nCilla;cilla@k.example;;K;hr;2024-03-01;\n")
    assert [user.email for user in found.users] == ["anna@k.example", "cilla@k.example"]
    assert [number for number, _reason in reasons(found)] == [3]
    assert said in reasons(found)[0][1]


def test_a_post_that_overlaps_an_open_one_is_refused() -> None:
    found = plan(None, HEAD + ANNA.replace("01-02-2024", "01-03-2025"))
    assert reasons(found) == [(2, "Personen har allerede den post fra 01-02-2024.")]


@pytest.mark.parametrize(("begins", "kind"), [("01-02-2024", "update"), ("", "update")])
def test_a_post_is_ended_by_its_last_day(begins: str, kind: str) -> None:
    found = plan(None, HEAD + f"Anna Ankersen;anna@k.example;Sagsbehandler;S;;{begins};31-12-2026\n")
    assert [(post.kind, post.post_id, post.to_date) for post in found.posts] == [(kind, 7, date(2026, 12, 31))]


def test_without_a_first_day_the_post_begins_today_and_only_once() -> None:
    text = "navn;email;enhed_kode;rolle\nBo Bo;bo@k.example;S;leder\n"
    first = plan(None, text)
    assert [(post.kind, post.from_date) for post in first.posts] == [("create", TODAY)]
    known = Known(
        units=KNOWN.units,
        users={"bo@k.example": KnownUser("Bo Bo", "", "", "", "S")},
        posts={("bo@k.example", "S", "manager"): (KnownPost(1, date(2026, 1, 1), None),)},
    )
    assert not plan(None, text, known).changes


def test_several_posts_of_one_person_are_several_lines_and_the_first_is_her_unit() -> None:
    found = plan(None, HEAD + "Bo Bo;bo@k.example;;J;leder;;\nBo Bo;bo@k.example;;K;amr;;\n")
    assert [(user.email, user.unit_code) for user in found.users] == [("bo@k.example", "J")]
    assert [(post.role, post.unit_code) for post in found.posts] == [("manager", "J"), ("amr", "K")]


def test_the_same_post_twice_in_time_is_two_posts() -> None:
    found = plan(None, HEAD + "Bo;bo@k.example;;J;leder;01-01-2020;31-12-2020\nBo;bo@k.example;;J;leder;01-01-2024;\n")
    assert [post.from_date.year for post in found.posts] == [2020, 2024]
    assert found.refused == ()


def test_an_empty_cell_empties_and_a_missing_column_leaves() -> None:
    emptied = plan(None, HEAD + ANNA.replace("Sagsbehandler", ""))
    assert [(user.kind, user.title, user.phone) for user in emptied.users] == [("update", "", "11")]
    left = plan(None, "navn;email;enhed_kode\nAnna Ankersen;anna@k.example;S\n")
    assert [(user.kind, user.title) for user in left.users] == [("same", "Sagsbehandler")]


def test_an_external_id_belongs_to_one_person() -> None:
    head = "navn;email;enhed_kode;eksternt_id\n"
    found = plan(None, head + "Bo;bo@k.example;S;x1\nCi;ci@k.example;S;x2\nDo;do@k.example;S;x2\nEa;ea@k.example;S;\n")
    assert [line for line, _reason in reasons(found)] == [2, 4]


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_no_bytes_ever_stop_it(units: bytes, people: bytes) -> None:
    found = plan(UNITS.encode() + units, HEAD.encode() + people, Known())
    assert all(one.reason % one.params for one in found.refused)


@given(st.lists(st.text('abK;S"\n,@.-2', max_size=40), max_size=12))
def test_every_line_is_planned_or_refused(lines: list[str]) -> None:
    """Counting lines that are not blank: none passes in silence."""
    rows = [line for text in lines for line in text.split("\n")]
    found = plan(None, HEAD + "\n".join(rows))
    numbers = {post.line for post in found.posts} | {one.line for one in found.refused}
    assert numbers == {number for number, row in enumerate(rows, start=2) if row.strip("; \t")}
