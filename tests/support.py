"""What the tests of the command line share: a run inside this process, a run as a process of its own, a call to drive."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema

from clientcoach.__main__ import run
from clientcoach.asking.live import Live
from clientcoach.coach.call import Call
from clientcoach.commands.call import World
from clientcoach.commands.live import Words
from clientcoach.commands.session import Session
from clientcoach.env import Env
from clientcoach.errors import CoachError
from clientcoach.views.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "clientcoach" / "schemas"
LANGS = ("en", "ru", "pl", "kk")
NOW = "2026-11-25T10:00:00+05:00"  # a Wednesday


@dataclass
class Ran:
    """How a command line ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer as one JSON value."""
        return json.loads(self.out)

    @property
    def events(self) -> list[Any]:
        """The answer as NDJSON."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Place:
    """A home, a working directory and the variables of a run; the cache is shared, so that content is compiled once."""

    home: Path
    cache: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def cwd(self) -> Path:
        """The working directory."""
        return self.home / "work"

    def environment(self) -> dict[str, str]:
        """The variables of a run, without anything of the machine's."""
        base = {
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.cache),
            "XDG_RUNTIME_DIR": str(self.home),
            "CLIENTCOACH_NOW": NOW,
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),  # a process tests the same tree, wherever the environment's own installation is
            "LANG": "C.UTF-8",
        }
        return {name: value for name, value in {**base, **self.variables}.items() if value is not None}

    def run(self, *argv: str, stdin: bytes | str | None = b"") -> Ran:
        """A command line inside this process; `stdin` None is a closed one."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        source = None if data is None else io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="surrogateescape")
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", newline="\n") for _ in range(2))
        env = Env(self.environment(), source, out, err)
        env.cwd = str(self.cwd)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(list(argv), env)
        texts = [(stream.flush(), stream.buffer.getvalue().decode())[1] for stream in (out, err)]
        return Ran(code, *texts)

    def process(self, *argv: str | bytes, **more: Any) -> subprocess.CompletedProcess[bytes]:
        """The same as a process of its own; bytes in, bytes out."""
        options = {
            "stdin": subprocess.DEVNULL,
            "capture_output": True,
            "env": self.environment(),
            "cwd": self.cwd,
            "timeout": 60,
            **more,
        }
        if "input" in options:
            del options["stdin"]
        return subprocess.run([sys.executable, "-m", "clientcoach", *argv], check=False, **options)

    def shell(self, script: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
        """A line of bash in which `coach` is clientcoach."""
        command = f'set -o pipefail; coach() {{ "{sys.executable}" -m clientcoach "$@"; }}; {script}'
        options = {
            "stdin": subprocess.DEVNULL,
            "capture_output": True,
            "env": self.environment(),
            "cwd": self.cwd,
            "timeout": 60,
            **more,
        }
        return subprocess.run(["bash", "-c", command], check=False, **options)

    def session(self, **values: Any) -> Session:
        """What a verb starts from."""
        env = Env(self.environment(), None, None, None)
        env.cwd = str(self.cwd)
        return Session(values, env)

    def call(
        self,
        case: Mapping[str, Any] | None = None,
        lang: str = "en",
        ui: str | None = None,
        policy: Mapping[str, Any] | None = None,
    ) -> Call:
        """A call that has begun; `policy` replaces keys of the team's policy."""
        session = self.session()
        if policy:
            kept = session.policy
            session.policy = lambda wanted: {**kept(wanted), **policy}  # type: ignore[method-assign]
        call = Call(World(session, ui or lang, lang), dict(case or {}), lang)
        call.begin()
        return call


def do(call: Call, *actions: Any) -> list[dict[str, Any]]:
    """The events of several actions; a text is an action without parameters."""
    return [event for action in actions for event in call.act({"do": action} if isinstance(action, str) else action)]


def go_to(call: Call, part: str) -> None:
    """Says line after line up to a part (STEP.PART)."""
    for _ in range(40):
        if call.key() == part:
            return
        do(call, "next")
    raise AssertionError(f"{part} does not come; the call stands at {call.key()}")


def schema(name: str) -> dict[str, Any]:
    """A schema as it is shipped."""
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return found


@functools.cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(closed(schema(name)))


def closed(node: Any) -> Any:
    """A schema in which no object may have other keys: those who validate may meet new fields, we may not print undeclared ones."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    shut = {"additionalProperties": False} if node.get("type") == "object" and "properties" in node else {}
    return {**shut, **{key: closed(value) for key, value in node.items()}}


def validate(value: Any, name: str | None = None) -> None:
    """Raises where a value does not keep its contract."""
    named = name or value["schema"].removeprefix("clientcoach/").partition("@")[0]
    _validator(named).validate(value)


def ndjson(lines: Sequence[Any]) -> bytes:
    """Values as NDJSON; bytes stay as they are."""
    return b"".join((line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()) + b"\n" for line in lines)


class Hands(Live):
    """A live call under a test's hands: all that it tells and copies is kept, and its clock goes only when it is told to."""

    def __init__(self, call: Call, words: Words) -> None:
        self.events: list[dict[str, Any]] = []
        self.errors: list[CoachError] = []
        self.copied: list[str] = []
        self.seconds = 0.0
        super().__init__(call, words, self._told, lambda: self.seconds)
        self.copy = self.copied.append

    def _told(self, found: list[dict[str, Any]] | CoachError) -> list[str]:
        if isinstance(found, CoachError):
            self.errors.append(found)
            return [sentence(one, self.words.strings) for one in found.each()]
        self.events += found
        return [event["code"] for event in found if event["type"] == "warning"]

    def keys(self, *keys: str) -> list[dict[str, Any]]:
        """Presses key after key; the events they cause."""
        before = len(self.events)
        for key in keys:
            self.press(key)
        return self.events[before:]

    def write(self, text: str) -> list[dict[str, Any]]:
        """Types a text into the open entry, then Enter."""
        self.type(text)
        return self.keys("enter")

    def pick(self, value: Any) -> list[dict[str, Any]]:
        """Takes the item of a value from the open panel, by its key where it has one."""
        place = [item[0] for item in self.panel.shown()].index(value)
        if self.panel.letters:
            return self.keys(self.panel.letters[place])
        self.panel.pointed = place
        return self.keys("enter")

    def wait(self, seconds: float) -> list[dict[str, Any]]:
        """Time goes by; the clock ticks once at its end."""
        before = len(self.events)
        self.seconds += seconds
        self.tick()
        return self.events[before:]


def live(
    at: Place,
    case: Mapping[str, Any] | None = None,
    lang: str = "en",
    ui: str | None = None,
    policy: Mapping[str, Any] | None = None,
) -> Hands:
    """A live call that has begun, on the real playbooks."""
    call = at.call(case, lang, ui, policy)
    session, ui = call.world.session, call.world.ui
    return Hands(call, Words(session, session.strings(ui), ui))
