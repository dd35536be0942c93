"""The one file that lies in every bundle: what holds, holds, and whatever is changed is found and named."""

from __future__ import annotations

import io
import json
import random
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.bundle.made import ABOUT, parts, zip_of
from vaern.bundle import rules, verify


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "pakke.zip"
    path.write_bytes(zip_of(parts()))
    return path


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(whole) as package:
        package.extractall(tmp_path)
    return tmp_path / rules.root_of(ABOUT)


def code(path: Path) -> int:
    return verify.check(path).code


def said(path: Path) -> str:
    return "\n".join(verify.check(path, "en").lines())


def test_an_untouched_bundle_holds_as_a_zip_and_as_a_folder(whole: Path, folder: Path) -> None:
    for path in (whole, folder):
        assert code(path) == 0, said(path)
        assert "2 items, 7 journal entries (4 of them shown), 2 time stamps" in said(path)
        assert said(path).count("its signature holds") == 2


def test_other_programs_read_the_zip(whole: Path, folder: Path) -> None:
    with zipfile.ZipFile(whole) as package:
        assert package.testzip() is None
        assert {one.compress_type for one in package.infolist()} == {zipfile.ZIP_STORED}
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--strict", "-c", name], cwd=folder, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "bagit", "--validate", folder], check=True, capture_output=True)


def test_the_readers_own_openssl_verifies_a_time_stamp(folder: Path) -> None:
    head = json.loads((folder / "data/bundle.json").read_text())
    stamp = head["stamps"][0]
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-digest", head["items"][0]["sha256"], "-in", stamp["file"],
         "-CAfile", stamp["roots"]],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "Verification: OK" in done.stdout + done.stderr


def test_the_same_facts_make_the_same_bytes(whole: Path) -> None:
    assert zip_of(parts()) == whole.read_bytes()


@pytest.mark.parametrize("place", range(60))
def test_a_single_changed_byte_of_the_zip_is_found(whole: Path, tmp_path: Path, place: int) -> None:
    """Sampled here, in content and wrapping alike; `./run bench mutate` does ten thousand."""
    data = bytearray(whole.read_bytes())
    dice = random.Random(place)
    at = dice.randrange(len(data)) if place else len(data) - 1
    data[at] ^= 1 << dice.randrange(8)
    (tmp_path / "changed.zip").write_bytes(data)
    assert code(tmp_path / "changed.zip") in (1, 2), at


def test_a_single_changed_byte_of_any_file_is_found_and_named(folder: Path) -> None:
    dice = random.Random(11)
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        kept = path.read_bytes()
        at = dice.randrange(len(kept))
        path.write_bytes(kept[:at] + bytes([kept[at] ^ 1 << dice.randrange(8)]) + kept[at + 1 :])
        report = verify.check(folder)
        assert report.code == 1, path
        assert path.relative_to(folder).as_posix() in "\n".join(report.changed), path
        path.write_bytes(kept)
    assert code(folder) == 0


def test_what_is_missing_and_what_is_too_much_is_named(folder: Path) -> None:
    (folder / "data/extra.txt").write_text("x")
    assert "data/extra.txt: does not belong in the bundle" in said(folder)
    (folder / "data/extra.txt").unlink()
    (folder / "data/items/001.png").unlink()
    assert "data/items/001.png: is missing" in said(folder)


def resealed(folder: Path) -> None:
    """Whoever changes a file can make new lists; what they cannot make is another journal or another stamp."""
    for name, tags in ((verify.MANIFEST, False), (verify.TAGMANIFEST, True)):
        source = verify.Folder(folder)
        digests = {}
        for one in source.names:
            with source.open(one) as file:
                digests[one] = verify.digest_of(verify.chunks_of(file))
        info = (folder / "bag-info.txt").read_text().splitlines()
        kept = [line for line in info if not line.startswith("Payload-Oxum")]
        (folder / "bag-info.txt").write_text("\n".join([*kept, f"Payload-Oxum: {verify.oxum(digests)}", ""]))
        (folder / name).write_bytes(verify.manifest(digests, tags=tags))


def changed_json(folder: Path, old: str, new: str, name: str = "data/bundle.json") -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("data/journal.jsonl", '"act":"write_note"', '"act":"read_note"', "the journal does not hold at number"),
        ("data/journal.jsonl", "Anna Andersen", "Anne Andersen", "the content of the journal was changed"),
        ("data/journal.jsonl", '{"commitment":"', '{"commitment":"0', "does not follow the format"),
        ("data/bundle.json", '"last": 47', '"last": 48', "the journal does not end where it should"),
        ("data/bundle.json", '"sha256": "', '"sha256": "0', "item 1: the file is not the one described"),
        ("data/bundle.json", '"entry": 41', '"entry": 43', "item 1: the journal does not say"),
        ("data/bundle.json", '"seq": 45', '"seq": 44', "the time stamp is about something else"),
        ("data/custody.json", "export_evidence", "preview_evidence", "does not say what the journal says"),
        ("data/custody.csv", "Anna Andersen", "Anne Andersen", "does not say what the journal says"),
    ],
)
def test_a_change_under_a_new_manifest_is_found_by_the_journal_and_the_stamps(
    folder: Path, name: str, old: str, new: str, finding: str
) -> None:
    changed_json(folder, old, new, name)
    resealed(folder)
    assert code(folder) == 1
    assert finding in said(folder)


def test_a_file_nobody_speaks_of_is_found_under_new_lists(folder: Path) -> None:
    (folder / "data/items/009.txt").write_text("x")
    resealed(folder)
    assert "data/items/009.txt: does not belong in the bundle" in said(folder)


def test_an_item_swapped_under_new_lists_does_not_fit_the_journal(folder: Path) -> None:
    old = verify.digest_of([(folder / "data/items/002.txt").read_bytes()])
    (folder / "data/items/002.txt").write_bytes(b"Noget helt andet\n")
    new = verify.digest_of([b"Noget helt andet\n"])
    changed_json(folder, old.sha256, new.sha256)
    changed_json(folder, f'"size": {old.size}', f'"size": {new.size}')
    resealed(folder)
    assert "item 2: the journal does not say that this very file was taken in" in said(folder)


def test_a_stamp_by_nobody_known_is_found(folder: Path) -> None:
    """The signature changed under new lists: openssl says no, and so do we."""
    path = folder / "data/stamps/001.tsr"
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)
    resealed(folder)
    assert "data/stamps/001.tsr: its signature does not hold" in said(folder)


def test_without_openssl_the_signature_is_said_not_to_be_judged(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert code(whole) == 0
    assert said(whole).count("its signature was not judged here (openssl)") == 2


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("../../etc/passwd", ""), ("/etc/passwd", ""), ("x/..\\up", ""), ("x/data/\x01", ""), ("x/.hidden", ""),
        ("x/link", "link"), ("x/big", "deflate"), ("x/bagit.txt", "twice"), ("x/C:evil", ""),
    ],
)  # fmt: skip
def test_a_hostile_zip_is_refused_before_anything_is_unpacked(tmp_path: Path, name: str, how: str) -> None:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("x/bagit.txt", "a")
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if how == "deflate" else zipfile.ZIP_STORED
        info.external_attr = (stat.S_IFLNK | 0o777) << 16 if how == "link" else 0
        if how == "twice":
            with pytest.warns(UserWarning, match="Duplicate"):
                package.writestr(info, b"0" * 10_000_000)
        else:
            package.writestr(info, b"0" * 10_000_000)
    report = verify.check(path, "en")
    assert report.code == 2
    assert "is not opened" in report.unknown[0]


def test_contents_that_lie_on_top_of_each_other_are_refused(tmp_path: Path) -> None:
    """A bomb of stored files: every directory entry points at the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("x/a", b"0" * 100_000)
        for name in ("x/b", "x/c"):
            package.filelist.append(zipfile.ZipInfo(name))
            first, copy = package.filelist[0], package.filelist[-1]
            copy.file_size = copy.compress_size = first.file_size
            copy.CRC, copy.header_offset = first.CRC, first.header_offset
        package._didModify = True  # type: ignore[attr-defined]
    (tmp_path / "bomb.zip").write_bytes(out.getvalue())
    assert code(tmp_path / "bomb.zip") == 2


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", b"\x00" * 5000])
def test_what_is_no_bundle_cannot_be_judged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    assert code(tmp_path / "x.zip") == 2
    assert code(tmp_path / "missing.zip") == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    assert code(empty) == 2


def test_a_link_in_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "data/items/003.txt").symlink_to("/etc/hostname")
    assert code(folder) == 2


def test_another_format_is_not_judged(folder: Path) -> None:
    changed_json(folder, verify.FORMAT, "vaern-bundle/9")
    resealed(folder)
    assert code(folder) == 2


@pytest.mark.parametrize("text", ["[" * 100_000, "{}", "null", '{"format": 1}', "\xff", '{"a": 1, "a": 1}', "1e400"])
def test_nothing_in_the_files_makes_it_fall_over(folder: Path, text: str) -> None:
    (folder / "data/bundle.json").write_bytes(text.encode("latin-1"))
    resealed(folder)
    assert code(folder) in (1, 2)


def test_it_runs_alone_without_network_from_inside_the_bundle(folder: Path, tmp_path: Path) -> None:
    """Isolated from everything installed, in a folder of its own, where there is no network at all."""
    empty = tmp_path / "empty"
    empty.mkdir()
    cut_off = ["unshare", "-rn"] if _may_unshare() else []
    command = [*cut_off, sys.executable, "-I", "-S", str(folder / "verify.py"), "--english"]
    done = subprocess.run(command, cwd=empty, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ALL OF IT HOLDS")
    (folder / "data/items/001.png").write_bytes(b"x")
    assert subprocess.run(command, cwd=empty, capture_output=True).returncode == 1
    assert list(empty.iterdir()) == []


def test_the_installation_has_the_same_program_as_a_command(whole: Path) -> None:
    """It needs no settings and no database: an empty environment, where the program could not even start."""
    command = [sys.executable, "-m", "vaern.ops.main", "evidence", "verify", str(whole), "--english"]
    done = subprocess.run(command, capture_output=True, text=True, env={"VAERN_DATA": "/nowhere", "PATH": "/usr/bin"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ALL OF IT HOLDS")
    gone = subprocess.run([*command[:-2], "missing.zip"], capture_output=True, env={"PATH": "/usr/bin"})
    assert gone.returncode == 2


def _may_unshare() -> bool:
    found = shutil.which("unshare")
    return bool(found) and subprocess.run([str(found), "-rn", "true"], capture_output=True).returncode == 0


def test_it_is_written_in_the_python_of_2019_and_imports_nothing_of_others() -> None:
    import ast

    source = Path(verify.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    names = {one.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    names |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)
    newer = {"removeprefix", "removesuffix", "is_relative_to", "file_digest", "pairwise", "bit_count"}
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not used & newer
    assert not any(isinstance(node, ast.keyword) and node.arg in {"strict", "slots"} for node in ast.walk(tree))


def test_a_zip_of_more_than_four_gigabytes_has_its_longer_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same code with a smaller limit: a program that knows ZIP64 reads it."""
    monkeypatch.setattr(verify, "BIG", 300)
    path = tmp_path / "big.zip"
    path.write_bytes(zip_of(parts()))
    assert code(path) == 0
    monkeypatch.undo()
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None


def test_what_a_bundle_says_cannot_steer_the_terminal(folder: Path) -> None:
    changed_json(folder, verify.FORMAT, "\\u001b[2Jx")
    resealed(folder)
    assert "\x1b" not in said(folder)
    assert "cannot" in said(folder).lower()
