"""Files are written whole, with the mode that is meant, and read with errors that say where and what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conformance import files
from conformance.errors import UsageError

UMASK = 0o027


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """What the user takes away from the modes of new files."""
    before = os.umask(UMASK)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    """The permissions of a file."""
    return path.stat().st_mode & 0o777


def test_a_new_file_is_ordinary(tmp_path: Path) -> None:
    """It has the mode that the user's umask leaves, whatever temporary files have, and folders are made for it."""
    path = tmp_path / "a" / "b" / "new.yaml"

    files.write(path, "é\n", folders=True)

    assert (path.read_bytes(), mode(path), list(path.parent.iterdir())) == ("é\n".encode(), 0o640, [path])


@pytest.mark.parametrize(("private", "expected"), [(False, 0o640), (True, 0o600)])
def test_a_private_file_is_private_from_the_beginning(private: bool, expected: int, tmp_path: Path) -> None:  # noqa: FBT001 - a table
    """While it is written as well as when it is finished."""
    path = tmp_path / "out.jsonl"

    unfinished = files.Unfinished(path, private=private)
    (beside,) = tmp_path.iterdir()
    began = mode(beside)
    unfinished.write(b"line\n")
    unfinished.finish()

    assert (began, mode(path), path.read_bytes()) == (expected, expected, b"line\n")


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    """Its own, not the umask's; a private one takes away what it had."""
    path = tmp_path / "report.json"
    path.write_text("old")
    path.chmod(0o664)

    files.write(path, "new")
    ordinary = mode(path)
    files.Unfinished(path, private=True).finish()

    assert (ordinary, mode(path)) == (0o664, 0o600)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it leads to is replaced."""
    path, link = tmp_path / "real.json", tmp_path / "link.json"
    path.write_text("old")
    link.symlink_to(path)

    files.write(link, "new")

    assert (link.is_symlink(), path.read_text()) == (True, "new")


def test_what_is_no_file_is_written_to_and_stays(tmp_path: Path) -> None:
    """A pipe that somebody reads is not replaced by a file; of a discarded file nothing is left."""
    pipe, path = tmp_path / "pipe", tmp_path / "out"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    direct = files.Unfinished(pipe)
    direct.write(b"line\n")
    direct.finish()
    files.Unfinished(path).discard()

    assert os.read(reader, 99) == b"line\n"
    os.close(reader)
    assert (pipe.is_fifo(), path.exists()) == (True, False)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (lambda folder: folder, "Is a directory"),
        (lambda folder: folder / "nowhere" / "x.json", "No such file or directory"),
        (lambda folder: folder / ("x" * 300), "File name too long"),
        (lambda _: Path("/proc/x.json"), "No such file or directory"),
    ],
    ids=["a folder", "no folder", "a long name", "a place that takes none"],
)
def test_what_cannot_be_written_is_known_before(place: Callable[[Path], Path], why: str, tmp_path: Path) -> None:
    """The check changes nothing and says what writing would say; a long name that may be is no reason."""
    files.ensure_writable(tmp_path / ("x" * 250))

    for act in (files.ensure_writable, lambda path, **named: files.write(path, "x", **named)):
        with pytest.raises(UsageError, match=f"^--report it: cannot be written: {why}") as caught:
            act(place(tmp_path), name="--report it")
        assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_several_files_are_replaced_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second cannot be put in its place, the first is what it was, and a new one is gone."""
    old, new, last = (tmp_path / name for name in ("old", "new", "last"))
    old.write_text("as it was")
    honest = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if target.name == "last":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return honest(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OSError, match="No space left on device") as caught:
        files.replace({old: "1", new: "2", last: "3"})

    assert caught.value.filename == str(last)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"old": "as it was"}


def test_half_a_surrogate_pair_is_written_as_json_has_it(tmp_path: Path) -> None:
    """A server may send it, and no encoding has it."""
    path = tmp_path / "x.json"

    files.write(path, '"\ud83d"')

    assert files.read_json(path, hint="") == "\ud83d"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_any_line_ends_are_read(end: str, tmp_path: Path) -> None:
    """Editors on Windows write both."""
    path = tmp_path / "x.json"
    path.write_bytes(b"\xef\xbb\xbf" + f'{{"a":{end}1}}{end}'.encode())

    assert files.read(path, hint="") == '{"a":\n1}\n'
    assert files.read_json(path, hint="") == {"a": 1}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"a":\n oops}', "x.json:2: is not JSON"),
        (b'{"a": "\n\xff"}', "x.json:2: is not UTF-8"),
        (b"[" * 100_000, "x.json:1: is not JSON that can be read"),
        (b"", "x.json:1: is not JSON"),
        (None, "x.json: cannot be read: No such file"),
    ],
)
def test_what_is_no_json_is_told_with_its_line(data: bytes | None, words: str, tmp_path: Path) -> None:
    """Broken, not encoded, too deep, empty, or not there."""
    path = tmp_path / "x.json"
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(UsageError) as caught:
        files.read_json(path, hint="Do this.")

    assert words in str(caught.value)
    assert caught.value.hint == "Do this."
