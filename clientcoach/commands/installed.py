"""Where installed packs are: each put in place by one rename, with its hash in a lock file."""

from __future__ import annotations

import os
import shutil
import tempfile

from clientcoach import quickjson
from clientcoach.case.read import near
from clientcoach.content import library
from clientcoach.content.archive import gather
from clientcoach.content.pack import digest
from clientcoach.errors import ContentError, StorageError, UsageError
from clientcoach.outfile import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.content.pack import Pack
    from clientcoach.env import Env

LOCK = "packs.lock"


class Installed:
    """Where installed packs are, and the lock file with what was installed. Raises UsageError where there is no home."""

    def __init__(self, env: Env) -> None:
        folder = library.shelf(env.directory("data"))
        if folder is None:
            raise UsageError("no_home")
        self.folder, self.lock = folder, os.path.join(folder, LOCK)

    def locked(self) -> dict[str, Any]:
        """What was installed, by name. Raises UsageError for a lock file that cannot be read."""
        try:
            with open(self.lock, encoding="utf-8") as file:
                packs = quickjson.loads(file.read())["packs"]
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise UsageError("bad_json", file=self.lock, reason=str(error)[:80]) from error
        return packs if isinstance(packs, dict) else {}

    def entry(self, name: str) -> dict[str, Any]:
        """The line of a pack in the lock file. Raises UsageError."""
        packs = self.locked()
        if not isinstance(packs.get(name), dict):
            raise UsageError("unknown_pack", value=name[:64], near=near(name, packs))
        found: dict[str, Any] = packs[name]
        return found

    def changed(self, name: str) -> bool:
        """Whether an installed pack is no longer as it was installed."""
        try:
            return digest(gather(self.place(name))) != self.entry(name).get("sha256")
        except UsageError:
            return True

    def place(self, name: str) -> str:
        """The folder of a pack."""
        return os.path.join(self.folder, name)

    def stage(self, pack: Pack) -> str:
        """The pack written beside its place and linted there; the caller puts it in place or throws it away. Raises ContentError."""
        from clientcoach.content.lint import lint

        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            temporary = tempfile.mkdtemp(prefix=f".{pack.name}.", dir=self.folder)
        except OSError as error:
            raise StorageError("cannot_save", file=self.folder, reason=os.strerror(error.errno or 0)) from error
        try:
            for name, data in pack.files.items():
                path = os.path.join(temporary, *name.split("/"))
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as out:
                    out.write(data)
            problems = [problem for problem in lint(temporary) if problem["level"] == "error"]
            if problems:
                raise ContentError([{**one, "file": one["file"].replace(temporary, pack.path, 1)} for one in problems])
        except OSError as error:
            shutil.rmtree(temporary, ignore_errors=True)
            raise StorageError("cannot_save", file=self.folder, reason=os.strerror(error.errno or 0)) from error
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        return temporary

    def put(self, staged: str, pack: Pack, today: str) -> None:
        """Into its place, in one step; what was there before is back if that fails. Raises StorageError."""
        place, aside = self.place(pack.name), ""
        try:
            if os.path.lexists(place):
                aside = tempfile.mkdtemp(prefix=f".{pack.name}.old.", dir=self.folder)
                os.rename(place, os.path.join(aside, "pack"))
            try:
                os.rename(staged, place)
                self.write({**self.locked(), pack.name: pack.locked(today)})
            except BaseException:
                shutil.rmtree(place, ignore_errors=True)
                if aside:
                    os.rename(os.path.join(aside, "pack"), place)
                raise
        except OSError as error:
            raise StorageError("cannot_save", file=place, reason=os.strerror(error.errno or 0)) from error
        finally:
            for left in filter(None, (aside, staged)):
                shutil.rmtree(left, ignore_errors=True)

    def write(self, packs: Mapping[str, Any]) -> None:
        """The lock file. Raises StorageError."""
        text = quickjson.dumps({"schema": "clientcoach/packs@1", "packs": dict(sorted(packs.items()))}, indent=2)
        write(self.lock, [text, "\n"], settings=True)
