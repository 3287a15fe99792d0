"""`check`: what a worker's draft does and what is wrong with it; a draft, or a stream of them. No file is ever changed."""

from __future__ import annotations

from clientcoach.commands import Result
from clientcoach.commands.reading import checked, read_text
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.errors import UsageError
from clientcoach.reading.check import Checker
from clientcoach.reading.language import Languages
from clientcoach.reading.words import Words
from clientcoach.wording.evaluate import fragment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientcoach.env import Env

    Report = dict[str, Any]

MAX_TEXT = 1 << 20  # bytes
LEVELS = ("error", "warning", "hint")
WORST = "error"
MARK = "clientcoach-off:"  # in a comment line of a draft


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The findings of a draft; exit 1 from `--fail-on` upwards. Raises UsageError."""
    session = Session(values, env)
    drafts = Drafts(session)
    if values.get("stream"):
        from clientcoach.commands.stream import streamed

        return streamed(session, drafts.line, ("file", "fix", "diff"))
    path = values.get("file", "-")
    text = read_text(session, path, MAX_TEXT)
    report = drafts.report(text, session.case())
    if values.get("fix") or values.get("diff"):
        from clientcoach.commands.mending import mended

        return mended(text, report, path, diff=bool(values.get("diff")))
    result = Result("check", {**report, "file": path, "draft": text}, strings=session.told_in(drafts.ui), exit_code=drafts.failed(report))
    result.colour = session.settings.get("color")
    return result


class Drafts:
    """Checks drafts with what a session knows: rules of each language, the playbook's own phrases, the policy."""

    def __init__(self, session: Session) -> None:
        self.session, self.ui = session, session.ui()
        self.off = _off(session)
        self.checkers: dict[str, Checker] = {}
        self.model = library.model(session.places)["check"]
        fail_on = session.values.get("fail_on", WORST)
        self.failing = LEVELS[: LEVELS.index(fail_on) + 1]
        self.languages = Languages(library.languages_told(session.places))

    def line(self, given: Mapping[str, Any]) -> Report:
        """One line of a stream: {text, lang?, id?, case?}. Raises UsageError."""
        text = given.get("text")
        if not isinstance(text, str):
            raise UsageError("wrong_type", field="text", expected="text", value="" if text is None else type(text).__name__)
        case = given.get("case") or {}
        if not isinstance(case, dict):
            raise UsageError("wrong_type", field="case", expected="object", value=type(case).__name__)
        named = {"lang": given["lang"]} if given.get("lang") else {}
        return self.report(checked(text), self.session.case({**case, **named}))

    def failed(self, report: Report) -> int:
        """The exit code of a report."""
        return int(any(finding["level"] in self.failing for finding in report["findings"]))

    def report(self, text: str, case: Mapping[str, Any]) -> Report:
        """check@1 of a draft."""
        lang = case.get("lang") or self.languages.told(text, Words(text))[0]
        checker, policy = self._checker(lang), self.session.policy(lang)
        found = checker.check(text, self._asked(case), case, policy)
        off = self.off | frozenset(_switched_off(text))
        findings = [self._told(finding, lang, text, case) for finding in found["findings"] if finding["rule"] not in off]
        return {"schema": "clientcoach/check@1", "lang": lang, "steps": found["steps"], "acts": found["acts"], "findings": findings}

    def _checker(self, lang: str) -> Checker:
        if lang not in self.checkers:
            places = self.session.places
            self.checkers[lang] = Checker(library.acts(places, lang), library.rules(places, lang), self.model)
        return self.checkers[lang]

    def _asked(self, case: Mapping[str, Any]) -> list[str]:
        """The steps that a message of this channel takes, as far as the playbook has them."""
        wanted: list[str] = self.model["steps"].get(case.get("channel") or "any", self.model["steps"]["any"])
        return wanted

    def _told(self, finding: Mapping[str, Any], lang: str, text: str, case: Mapping[str, Any]) -> dict[str, Any]:
        """A finding with its level, place, message in the worker's language, evidence and what to say instead."""
        rule = self.checkers[lang].rules[finding["rule"]]
        message = library.rules(self.session.places, self.ui)["rules"].get(finding["rule"], rule)["message"]
        before = text[: finding["start"]]
        instead = finding.get("instead") or self._phrase(rule["replace"], lang, case)
        told = {name: finding[name] for name in ("rule", "start", "end", "text")}
        values = {"lang": self.ui, "word": finding["text"], "instead": instead or ""}
        return {
            **told,
            "level": rule["level"],
            "line": before.count("\n") + 1,
            "column": len(before) - before.rfind("\n"),
            "message": fragment(message, values),
            "why": rule["why"],
            **({"replacement": instead, "whole": "instead" not in finding} if instead else {}),
        }

    def _phrase(self, part: str | None, lang: str, case: Mapping[str, Any]) -> str | None:
        """The pack's own best line for a part (STEP.PART)."""
        if part is None:
            return None
        desk = self.session.desk(case, lang)
        ranked = desk.ranked(part) if part in desk.playbook["phrases"] else []
        return desk.line(part, ranked[0])["text"] if ranked else None


def _off(session: Session) -> frozenset[str]:
    """The rules that are switched off by `--disable` or the settings."""
    named = [*session.values.get("disable", ()), *str(session.settings.get("disable") or "").split(",")]
    return frozenset(name.strip() for name in named if name.strip())


def _switched_off(text: str) -> list[str]:
    """The rules that a comment line of the draft switches off: `<!-- clientcoach-off: too-long -->`, `# clientcoach-off: …`."""
    lines = [line for line in text.splitlines() if MARK in line]
    return [name.strip(" -<>!*/#") for line in lines for name in line.partition(MARK)[2].split(",")]
