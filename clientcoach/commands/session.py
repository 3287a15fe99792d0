"""What every verb needs first: settings, the case, the languages, the packs, the clock."""

from __future__ import annotations

from clientcoach.case.fields import FIELDS
from clientcoach.case.read import from_triage, read_case, unknown
from clientcoach.coach.offers import check_role
from clientcoach.coach.script import Desk
from clientcoach.content import library
from clientcoach.errors import UsageError
from clientcoach.settings import Settings, locale_lang
from clientcoach.views.messages import LANG
from clientcoach.wording.values import Values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, BinaryIO

    from clientcoach.case.moments import Clock, Moment, Moments
    from clientcoach.coach.shapes import Playbook, Policy
    from clientcoach.content.library import Places
    from clientcoach.env import Env

DEFAULT_PLAYBOOK = "angry-customer"
DEFAULT_LANG = "en"
CASE, TRIAGE = "clientcoach/case@1", "clientcoach/triage@1"  # what a case may come as; without a name it is a case
MOMENTS = ("promised", "deadline", "received")
MAX_CASE_FILE = 1 << 20  # bytes; a case is a page at most


class Session:
    """One run of a verb: flags over a case file over the environment over settings files."""

    def __init__(self, values: Mapping[str, Any], env: Env) -> None:
        self.values, self.env = values, env
        self.flags = {name: value for name, value in values.items() if name in FIELDS}
        self.settings = Settings(env)
        self.named: str | None = None
        self.unwritten: dict[str, str] | None = None  # the notes that were wished for in a language they do not have
        self.silent: dict[str, str] | None = None  # the language that has no interface, and the one it is in instead
        self.kept: dict[tuple[str, ...], Any] = {}
        self.places: Places = {
            "packs": [*self.settings.paths("packs"), *library.installed(env.directory("data")), library.bundled()],
            "policy": next(iter(self.settings.paths("policy")), None),
            "cache": env.directory("cache"),
        }

    def case(self, given: Mapping[str, Any] | None = None, without: tuple[str, ...] = ()) -> dict[str, Any]:
        """The checked case: flags over `given` (a line of a stream) or `--case`, over the settings but for those `without`."""
        if given is None:
            given = self._case_file(self.values["case"]) if self.values.get("case") else {}
        kind = given.get("schema", CASE)
        if kind not in (CASE, TRIAGE):
            raise unknown("schema", str(kind), (CASE, TRIAGE))
        if kind == TRIAGE:
            given = from_triage(given)
        named = self.values.get("playbook") or given.get("playbook")
        if named is not None and not isinstance(named, str):
            raise UsageError("wrong_type", field="playbook", expected="text", value=str(named)[:40])
        self.named = named
        kept = {name: value for name, value in self.settings.fields().items() if name not in without}
        return read_case({**kept, **given, **self.flags})

    def _case_file(self, path: str) -> dict[str, Any]:
        text = self.read(path, MAX_CASE_FILE)
        if text.lstrip().startswith("{"):
            from clientcoach import quickjson

            try:
                found = quickjson.loads(text)
            except (ValueError, RecursionError) as error:
                raise UsageError("bad_json", file=path, reason=str(error)) from error
        else:
            from clientcoach.content import plain

            found = plain.case(path, text)
        if not isinstance(found, dict):
            raise UsageError("not_an_object", file=path)
        return found

    def read(self, path: str, limit: int) -> str:
        """A whole text, from a file or from standard input (`-`). Raises UsageError."""
        data = self.read_bytes(path, limit)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError("not_utf8", file=path, byte=error.start) from error

    def read_bytes(self, path: str, limit: int) -> bytes:
        """A whole file, or standard input (`-`). Raises UsageError."""
        source = self.open(path)
        try:
            data = source.read(limit + 1)
        except OSError as error:
            raise UsageError("unreadable_file", file=path, reason="") from error
        finally:
            if path != "-":
                source.close()
        if len(data) > limit:
            raise UsageError("file_too_large", file=path, limit=limit)
        return data

    def open(self, path: str) -> BinaryIO:
        """A file, or standard input (`-`), as bytes; the caller closes the file. Raises UsageError."""
        if path == "-":
            if self.env.stdin is None:
                raise UsageError("no_stdin")
            return self.env.stdin.buffer
        try:
            return open(path, "rb")
        except OSError as error:
            raise UsageError("unreadable_file", file=path, reason="") from error

    def lang(self, case: Mapping[str, Any]) -> str:
        """The language of the phrases."""
        return case.get("lang") or locale_lang(self.env) or DEFAULT_LANG

    def ui(self, case: Mapping[str, Any] | None = None) -> str:
        """The language of menus, notes and messages; without a case it is read alone, so that any error can be told in it."""
        if case is None:
            raw = {name: self.values.get(name) or self.settings.get(name) for name in ("lang", "ui")}
            case = read_case({name: value for name, value in raw.items() if value})
        if case.get("ui"):
            return library.interface(case["ui"])
        lang = self.lang(case)
        if library.has_interface(lang):
            return lang
        self.silent = {"lang": lang, "ui": locale_lang(self.env) or DEFAULT_LANG}
        return self.silent["ui"]

    def playbook(self, lang: str, name: str | None = None, *, whole: bool = False) -> Playbook:
        """A playbook in a language (default: the one named, else the angry customer).

        Where the policy wants approved phrases it has no others, unless the `whole` of it is wanted: to be read, not to be said.
        """
        name = name or self.named or DEFAULT_PLAYBOOK
        approved = not whole and bool(self.policy(lang)["require_approved"])
        kept = ("playbook", name, lang, "approved" if approved else "whole")
        found: Playbook = self._once(kept, lambda: library.playbook(self.places, name, lang, approved=approved))
        return found

    def notes(self, lang: str, book: Playbook) -> Playbook:
        """The playbook of `book` in the worker's language, as `written`."""
        return self.written(lang, book["name"])

    def written(self, lang: str, name: str) -> Playbook:
        """A playbook in the worker's language; where it is not written in that, in its source language, with a warning."""
        try:
            return self.playbook(lang, name, whole=True)
        except UsageError as error:
            if error.code != "unknown_language":
                raise
        source = library.source_language(self.places, name)
        self.unwritten = {"playbook": name, "lang": lang, "source": source}
        return self.playbook(source, name, whole=True)

    def warned(self) -> list[str]:
        """What the worker should know about the content that was used, as sentences."""
        if not self.unwritten and not self.silent:
            return []
        from clientcoach.views.messages import word

        told = (("warning.notes_language", self.unwritten, "lang"), ("warning.interface_language", self.silent, "ui"))
        return [word(self.strings(about[ui]), key, **about) for key, about, ui in told if about]

    def policy(self, lang: str) -> Policy:
        """The team's policy with its offers in a language."""
        found: Policy = self._once(("policy", lang), lambda: library.policy(self.places, lang))
        return found

    def _once(self, key: tuple[str, ...], read: Callable[[], Any]) -> Any:
        """Content read once a run: a stream of a hundred thousand cases reads its packs one time."""
        if key not in self.kept:
            self.kept[key] = read()
        return self.kept[key]

    def moments(self, case: Mapping[str, Any], policy: Policy) -> Moments | None:
        """The dates of a case; None (and no calendar imported) where it has none."""
        if not any(name in case for name in MOMENTS):
            return None
        from clientcoach.case.moments import Moments

        return Moments(case, policy, self.now_text)

    @property
    def now_text(self) -> str | None:
        """The stopped clock, where one is set."""
        return self.env.variables.get("CLIENTCOACH_NOW")

    @property
    def day(self) -> str:
        """Today as an ISO date, where no policy tells the zone."""
        from clientcoach.case.clock import clock

        return clock({}, self.now_text).today

    def clock(self, policy: Policy) -> Clock:
        """The clock of the policy's zone and hours."""
        from clientcoach.case.moments import clock

        return clock(policy, self.now_text)

    def today(self, policy: Policy) -> str | None:
        """Today as an ISO date where an offer's validity depends on it."""
        if not any(offer["valid_until"] for offer in policy["offers"]):
            return None
        return self.clock(policy).today

    def desk(
        self, case: Mapping[str, Any], lang: str, extra: Mapping[str, str] | None = None, *, name: str | None = None, whole: bool = False
    ) -> Desk:
        """Everything a script of this case is made from; `name` and `whole` as in `playbook`."""
        policy = self.policy(lang)
        moments = self.moments(case, policy)
        facts = {**case, **extra} if extra else case
        playbook = self.playbook(lang, name, whole=whole)
        case = taken(playbook, case)
        _check_set(case, playbook)
        if "role" in case:
            check_role(policy, case["role"])
        return Desk(playbook, policy, case, Values(facts, policy, moments, lang), self.today(policy))

    def strings(self, lang: str) -> dict[str, Any]:
        """The interface catalogue of a language."""
        return catalogue(self.places, lang)

    def told_in(self, lang: str) -> Callable[[], dict[str, Any]]:
        """The catalogue of a language, read only when a view asks for it."""
        return lambda: self.strings(lang)


def catalogue(places: Places, lang: str) -> dict[str, Any]:
    """The interface's texts by key, with their language: English where there are none in the one that was asked for."""
    found = library.ui(places, lang)
    return {**found["strings"], LANG: found["lang"]}


def taken(playbook: Playbook, case: Mapping[str, Any]) -> dict[str, Any]:
    """A case with what the playbook takes for granted where the case does not say."""
    found = {**playbook["case"], **case}
    if "set" in playbook["case"]:
        found["set"] = {**playbook["case"]["set"], **case.get("set", {})}
    return found


def looked_up(session: Session, case: Mapping[str, Any], playbook: Playbook) -> list[str]:
    """What the playbook wants known before anything is said, as sentences. Raises OpenPromises, StorageError."""
    if not playbook["looks_up"]:
        return []
    from clientcoach.commands.lookup import look

    return look(session, case, playbook)


def deadline_of(moments: Moments | None) -> Moment | None:
    """The deadline of a case, resolved."""
    return moments.moment("deadline") if moments else None


def hints(answer: Mapping[str, Any], strings: Callable[[], dict[str, Any]], style: str) -> Iterable[str]:
    """What stands on stderr beside an answer in plain text: what would make it more exact, what to know about the deadline."""
    if style != "text" or not (answer["missing"] or answer["warnings"] or answer.get("hints")):
        return ()
    from clientcoach.views.script import foot

    return foot(answer, strings())


def _check_set(case: Mapping[str, Any], playbook: Playbook) -> None:
    """Raises UsageError for a `--set` that the playbook does not know."""
    for name, value in case.get("set", {}).items():
        if name not in playbook["facts"]:
            raise unknown("set", name, playbook["facts"])
        if value not in playbook["facts"][name]:
            raise unknown(name, value, playbook["facts"][name])
