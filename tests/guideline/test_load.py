"""Loading: what a folder may hold, how it is put together, and that a stranger's folder does no harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.guideline.small_pack import FILES, small_pack, write
from vaern.guideline import load as loading
from vaern.guideline import reading
from vaern.guideline.load import load, load_with_files
from vaern.guideline.problem import PackProblems, Problem


def refused(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(PackProblems) as caught:
        load(folder)
    return caught.value.problems


def test_a_folder_becomes_one_frozen_pack(tmp_path: Path) -> None:
    pack = load(small_pack(tmp_path))
    assert pack.pack.id == "lille"
    assert [duty.id for duty in pack.duties][:3] == ["talk", "police", "note"]
    assert pack.letters[0].id == "request"
    assert pack.letters[0].body == "Vi skriver om sag {{ case_number }}."
    with pytest.raises(ValueError, match="frozen"):
        pack.duties[0].title = "x"


def test_each_entry_knows_its_file(tmp_path: Path) -> None:
    write(tmp_path / "lille", {"more.toml": '[[duties]]\nid = "x"\nphase = "handle"\ntitle = "x"\nmodality = "may"\n'
                               'kind = "note"\nowners = { roles = ["leder"] }\n'})  # fmt: skip
    loaded = load_with_files(small_pack(tmp_path))
    assert len(loaded.files["duties"]) == len(loaded.pack.duties)
    assert loaded.files["duties"][-1] == "more.toml"
    assert loaded.files["letters"] == ("letters/request.md",)


def test_a_long_text_stands_in_its_own_file(tmp_path: Path) -> None:
    text = '+++\nkind = "values"\nclauses = ["L3"]\n+++\n\nFørste linje.\n\nAnden linje.\n'
    pack = load(write(small_pack(tmp_path), {"texts/values.md": text}))
    assert pack.passages[-1].id == "values"
    assert pack.passages[-1].text == "Første linje.\n\nAnden linje."


def test_moving_entries_between_files_changes_nothing(tmp_path: Path) -> None:
    together = {"pack.toml": "\n".join(text for name, text in FILES.items() if name.endswith(".toml"))}
    together["letters/request.md"] = FILES["letters/request.md"]
    assert load(write(tmp_path / "one", together)) == load(small_pack(tmp_path))


def test_a_byte_order_mark_and_windows_lines_are_no_fault(tmp_path: Path) -> None:
    folder = tmp_path / "windows"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(folder) == load(small_pack(tmp_path))


def test_hidden_files_a_readme_and_rehearsals_are_left_alone(tmp_path: Path) -> None:
    folder = write(small_pack(tmp_path), {".duties.toml.swp": "x", "README.md": "x", "rehearsals/one.toml": "x = 1"})
    assert load(folder).pack.id == "lille"


def test_no_folder(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path / "none")
    assert (problem.place, problem.reason) == (str(tmp_path / "none"), reading.NO_FOLDER)


def test_no_head_file(tmp_path: Path) -> None:
    (problem,) = refused(write(tmp_path / "x", {"clauses.toml": FILES["clauses.toml"]}))
    assert (problem.file, problem.reason) == ("pack.toml", loading.NO_HEAD_FILE)


@pytest.mark.parametrize("name", ["clauses.yaml", "letters/request.docx", "duties.toml.txt", "images", "notes.md"])
def test_files_of_other_kinds_are_refused_not_skipped(tmp_path: Path, name: str) -> None:
    (problem,) = refused(write(small_pack(tmp_path), {name: "x"}))
    assert (problem.file, problem.reason) == (name, reading.STRANGE_FILE)


def test_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = small_pack(tmp_path)
    (folder / "roles.toml").write_bytes(b'[[roles]]\nid = "x"\nname = "\xe6"\n')
    (problem,) = refused(folder)
    assert (problem.file, problem.place, problem.reason) == ("roles.toml", "linje 3", reading.NOT_UTF8)


def test_a_shortcut_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('password = "hunter2"')
    folder = small_pack(tmp_path)
    (folder / "extra.toml").symlink_to(secret)
    (folder / "letters" / "out.md").symlink_to(secret)
    problems = refused(folder)
    assert {(problem.file, problem.reason) for problem in problems} == {
        ("extra.toml", reading.OUTSIDE),
        ("letters/out.md", reading.OUTSIDE),
    }
    assert "hunter2" not in "".join(map(str, problems))


def test_a_folder_of_texts_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.md").write_text("secret")
    folder = small_pack(tmp_path)
    (folder / "texts").symlink_to(tmp_path / "elsewhere")
    (problem,) = refused(folder)
    assert (problem.file, problem.reason) == ("texts/x.md", reading.OUTSIDE)


def test_a_pipe_does_not_make_the_reader_wait(tmp_path: Path) -> None:
    folder = small_pack(tmp_path)
    os.mkfifo(folder / "pipe.toml")
    (problem,) = refused(folder)
    assert (problem.file, problem.reason) == ("pipe.toml", reading.NO_REGULAR)


def test_a_shortcut_to_nothing_is_refused(tmp_path: Path) -> None:
    folder = small_pack(tmp_path)
    (folder / "gone.toml").symlink_to(folder / "nothing.toml")
    (problem,) = refused(folder)
    assert (problem.file, problem.reason) == ("gone.toml", reading.UNREADABLE)


def test_too_many_files(tmp_path: Path) -> None:
    folder = write(small_pack(tmp_path), {f"f{at}.toml": "" for at in range(reading.MAX_FILES)})
    assert reading.TOO_MANY in {problem.reason for problem in refused(folder)}


@pytest.mark.parametrize("text", ["a = " + "[" * 50_000, "a = 1" + "0" * 5_000], ids=["too deep", "too long a number"])
def test_a_file_made_to_break_the_reader_is_refused(tmp_path: Path, text: str) -> None:
    (problem,) = refused(write(small_pack(tmp_path), {"x.toml": text}))
    assert problem.file == "x.toml"
    assert problem.reason in (reading.TOO_DEEP, reading.NO_TOML)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('a = "x', "linje 1", "anførselstegn"),
        ("a = 1\na = 2", "linje 2", "allerede brugt"),
        ("[a]\n[a]", "linje 2", "allerede begyndt"),
        ("a 1", "linje 1", "lighedstegn"),
        ("a = [1", "linje 1", "parentes"),
        ("a = 1 2", "linje 1", "ikke hører til"),
        ("a = hej", "linje 1", "anførselstegn"),
        ('a = "c:\\dir"', "linje 1", "Skråstregen"),
    ],
)
def test_syntax_faults_are_said_in_plain_words(tmp_path: Path, text: str, place: str, words: str) -> None:
    (problem,) = refused(write(small_pack(tmp_path), {"x.toml": text}))
    assert problem.file == "x.toml"
    assert problem.place.startswith(place)
    assert words in problem.sentence


def test_a_fault_in_front_matter_counts_lines_from_the_top_of_the_file(tmp_path: Path) -> None:
    (problem,) = refused(write(small_pack(tmp_path), {"letters/x.md": '+++\ntitle = "x"\nto 1\n+++\nHej\n'}))
    assert (problem.file, problem.place) == ("letters/x.md", "linje 3, kolonne 4")


def test_nothing_is_loaded_when_anything_is_wrong_and_all_of_it_is_told(tmp_path: Path) -> None:
    files = {"a.toml": "x", "b.toml": "[[rolls]]", "letters/c.md": "Hej", "d.txt": "x", "e.toml": "clauses = [1]"}
    problems = refused(write(small_pack(tmp_path), files))
    assert [problem.file for problem in problems] == ["a.toml", "b.toml", "d.txt", "e.toml", "letters/c.md"]


def test_the_allowed_values_are_named(tmp_path: Path) -> None:
    files = {"roles.toml": FILES["roles.toml"].replace('"affected"', '"victim"')}
    (problem,) = refused(write(small_pack(tmp_path), files))
    assert problem.place == "roles 'ansat' › kind"
    assert "affected, reporter, colleague" in problem.sentence
    assert "committee, employees, outsider." in problem.sentence
