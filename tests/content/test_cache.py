"""The cache: never stale, never fatal, whatever happens to its files."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from binascii import crc32
from pathlib import Path
from typing import Any

import pytest

from clientcoach.content import cache
from clientcoach.content.cache import cached, stamp

OLD = time.time() - 1000


class Content:
    """A source file and a count of how often it was compiled."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "a.yaml"
        self.cache = folder / "cache"
        self.builds = 0
        self.write("one")

    def write(self, text: str, *, age: float = OLD) -> None:
        self.source.write_text(text)
        os.utime(self.source, (age, age))

    def build(self) -> dict[str, Any]:
        self.builds += 1
        return {"text": self.source.read_text()}

    def read(self, name: str = "shard", sources: list[str] | None = None) -> str:
        directory = str(self.cache)
        return str(cached(directory, name, str(self.source), sources or [str(self.source)], self.build)["text"])

    @property
    def shard(self) -> Path:
        (path,) = self.cache.iterdir()
        return path


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return Content(tmp_path)


def test_compiles_once(content: Content) -> None:
    assert [content.read(), content.read()] == ["one", "one"]
    assert content.builds == 1
    assert content.shard.stat().st_mode & 0o777 == 0o600
    assert content.cache.stat().st_mode & 0o777 == 0o700


def test_header(content: Content) -> None:
    shard = cached(str(content.cache), "n", str(content.source), [str(content.source)], content.build)
    again = cached(str(content.cache), "n", str(content.source), [str(content.source)], content.build)
    assert shard == again
    assert shard["sources"] == [stamp(str(content.source))]
    assert {"format", "version", "text"} <= shard.keys()


@pytest.mark.parametrize("text", ["two", "longer"])
def test_an_edit_is_seen(content: Content, text: str) -> None:
    content.read()
    content.write(text, age=OLD + 1)
    assert content.read() == text


def test_an_edit_of_the_same_size_in_the_same_tick_is_seen(content: Content) -> None:
    now = time.time()
    content.write("one", age=now)
    assert content.read() == "one"
    content.write("two", age=now)
    assert content.read() == "two"
    assert content.read() == "two"
    assert content.builds == 2


def test_a_source_from_the_future_is_cached_and_watched(content: Content) -> None:
    content.write("one", age=time.time() + 10_000)
    assert [content.read(), content.read()] == ["one", "one"]
    assert content.builds == 1
    content.write("two", age=content.source.stat().st_mtime)
    assert content.read() == "two"


def test_an_edit_during_compilation_is_seen_next_time(content: Content) -> None:
    content.write("one", age=time.time())

    def build() -> dict[str, Any]:
        shard = content.build()
        content.write("two", age=content.source.stat().st_mtime)
        return shard

    path = str(content.source)
    assert cached(str(content.cache), "shard", path, [path], build)["text"] == "one"
    assert content.read() == "two"


def test_a_source_that_appears_is_seen(content: Content, tmp_path: Path) -> None:
    sources = [str(content.source), str(tmp_path / "own.yaml")]
    content.read(sources=sources)
    content.read(sources=sources)
    assert content.builds == 1
    (tmp_path / "own.yaml").write_text("x")
    content.read(sources=sources)
    assert content.builds == 2


def test_another_version_format_name_or_place_is_another_shard(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    content.read()
    monkeypatch.setattr(cache, "FORMAT", 99)
    content.read()
    monkeypatch.setattr(cache, "__version__", "9.9.9")
    content.read()
    content.read(name="other/../name")
    assert content.builds == 4
    assert all(path.parent == content.cache for path in content.cache.rglob("*"))


def test_two_names_that_look_alike_as_files_are_kept_apart(content: Content) -> None:
    content.read(name="a b")
    content.read(name="a-b")
    assert content.builds == 2


DAMAGE: dict[str, Any] = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[:-5],
    "flipped": lambda data: data.replace(b"one", b"two"),
    "header only": lambda data: data[:9],
    "not json": lambda data: _signed(b"{"),
    "not utf-8": lambda data: _signed(b'"\xff"'),
    "a list": lambda data: _signed(b"[]"),
    "deep": lambda data: _signed(b"[" * 100_000),
    "no sources": lambda data: _signed(b'{"text": "evil"}'),
    "other sources": lambda data: _signed(data[9:].replace(b"a.yaml", b"b.yaml")),
    "racy nonsense": lambda data: _signed(data[9:].replace(b'"racy": []', b'"racy": [7]')),
    "racy text": lambda data: _signed(data[9:].replace(b'"racy": []', b'"racy": "x"')),
    "racy missing": lambda data: _signed(data[9:].replace(b'"racy"', b'"rarely"')),
    "binary": lambda data: bytes(range(256)) * 10,
}


def _signed(body: bytes) -> bytes:
    return b"%08x\n" % crc32(body) + body


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_shard_is_compiled_anew(content: Content, damage: Any) -> None:
    content.read()
    content.shard.write_bytes(damage(content.shard.read_bytes()))
    assert content.read() == "one"
    assert content.builds == 2
    assert content.read() == "one"
    assert content.builds == 2


def test_every_cut_and_every_flipped_byte(content: Content) -> None:
    content.read()
    whole = content.shard.read_bytes()
    shard = content.shard
    for at in range(len(whole)):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            shard.write_bytes(data)
            assert cache._read(str(shard)) is None  # noqa: SLF001 - the point is that it is never trusted


@pytest.mark.parametrize("kind", ["folder", "fifo", "dangling link", "device"])
def test_something_else_in_place_of_the_shard(content: Content, kind: str) -> None:
    content.read()
    shard = content.shard
    shard.unlink()
    if kind == "folder":
        shard.mkdir()
    elif kind == "fifo":
        os.mkfifo(shard)
    else:
        shard.symlink_to("/dev/zero" if kind == "device" else "nowhere")
    assert content.read() == "one"


def test_a_shard_of_another_user_is_not_trusted(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    content.read()
    monkeypatch.setattr(os, "geteuid", lambda: content.shard.stat().st_uid + 1)
    content.read()
    assert content.builds == 2


def test_no_cache(content: Content) -> None:
    path = str(content.source)
    assert [cached(None, "x", path, [path], content.build)["text"] for _ in range(2)] == ["one", "one"]
    assert content.builds == 2
    assert not content.cache.exists()


@pytest.mark.parametrize("place", ["file", "inside a file", "/proc/nowhere", "nul"])
def test_a_cache_that_cannot_be_written(content: Content, tmp_path: Path, place: str) -> None:
    (tmp_path / "taken").write_text("")
    directory = {"file": tmp_path / "taken", "inside a file": tmp_path / "taken" / "x", "nul": Path("a\0b")}.get(place, Path(place))
    path = str(content.source)
    assert cached(str(directory), "x", path, [path], content.build)["text"] == "one"


def test_a_full_disk_leaves_nothing(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert content.read() == "one"
    assert list(content.cache.iterdir()) == []


def test_errors_of_the_build_come_through_and_are_not_cached(content: Content) -> None:
    def build() -> dict[str, Any]:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        cached(str(content.cache), "shard", str(content.source), [str(content.source)], build)
    assert not content.cache.exists()


WRITER = """
import sys
from clientcoach.content.cache import cached
path, cache, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
for _ in range(rounds):
    text = open(path).read()
    shard = cached(cache, "shard", path, [path], lambda: {"text": open(path).read(), "filling": ["x" * 50] * 2000})
    assert len(shard["text"]) == 10 and len(shard["filling"]) == 2000, shard["text"]
"""


def test_two_processes_at_once(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("0" * 10)
    root = str(Path(__file__).parent.parent.parent)
    command = [sys.executable, "-c", WRITER, str(source), str(tmp_path / "cache"), "60"]
    running = [subprocess.Popen(command, cwd=root) for _ in range(2)]
    for number in range(200):
        replacement = tmp_path / "new"
        replacement.write_text(f"{number:010}")
        replacement.replace(source)
        time.sleep(0.002)
    assert [process.wait(60) for process in running] == [0, 0]
    last = cached(str(tmp_path / "cache"), "shard", str(source), [str(source)], lambda: {"text": source.read_text()})
    assert last["text"] == "0000000199"
