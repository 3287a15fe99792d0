"""`check`: what a worker's draft does and what is wrong with it; a draft, or a stream of them. No file is ever changed."""

from __future__ import annotations

from clientcoach.case.fields import LANGS
from clientcoach.case.read import unknown
from clientcoach.commands import Result
from clientcoach.commands.reading import read_text, text_of
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.errors import NotApproved, UsageError
from clientcoach.matching.words import Words
from clientcoach.reading.check import Checker
from clientcoach.reading.language import Languages
from clientcoach.wording.evaluate import fragment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from clientcoach.env import Env

    Report = dict[str, Any]

MAX_TEXT = 1 << 20  # bytes
LEVELS = ("error", "warning", "hint")
WORST = "error"
MARK = "clientcoach-off:"  # in a comment line of a draft
FOR_NOTES = "label-word"  # what it says to write instead is for notes about a customer, not for the customer


def run(values: Mapping[str, Any], env: Env) -> Result:
    """The findings of a draft, of a stream of them or of whole libraries; exit 1 from `--fail-on` upwards. Raises UsageError."""
    session = Session(values, env)
    drafts = Drafts(session)
    if values.get("replies"):
        from clientcoach.commands.replies import library as checked_library

        result = checked_library(drafts, drafts.case())
    elif values.get("stream"):
        from clientcoach.commands.stream import streamed

        return streamed(session, drafts.line, ("file", "case", "fix", "diff"), "check")
    else:
        result = _one(drafts, values)
    result.colour = session.settings.get("color")
    return result


def _one(drafts: Drafts, values: Mapping[str, Any]) -> Result:
    path, *more = values.get("file") or ["-"]
    if more:
        raise UsageError("one_draft", names=[path, *more])
    if path == values.get("case") == "-":
        raise UsageError("not_together", names=["--case -", "-"])
    text = read_text(drafts.session, path, MAX_TEXT)
    report = drafts.report(text, drafts.case())
    if values.get("fix") or values.get("diff"):
        from clientcoach.commands.mending import mended

        return mended(text, report, path, drafts.session, diff=bool(values.get("diff")))
    return Result("check", {**report, "file": path}, strings=drafts.session.told_in(drafts.ui), exit_code=drafts.failed(report))


class Drafts:
    """Checks drafts with what a session knows: rules of each language, the playbook's own phrases, the policy."""

    def __init__(self, session: Session) -> None:
        self.session, self.ui = session, session.ui()
        self.off = self._off()
        self.checkers: dict[str, Checker] = {}
        self.rules: dict[str, Mapping[str, Any]] = {}
        self.model = library.model(session.places)["check"]
        fail_on = session.values.get("fail_on", WORST)
        self.failing = LEVELS[: LEVELS.index(fail_on) + 1]
        self.languages = Languages(library.languages_told(session.places))

    def line(self, given: Mapping[str, Any]) -> Report:
        """One line of a stream: {text, lang?, id?, case?}. Raises UsageError."""
        text, case = text_of(given), given.get("case") or {}
        if not isinstance(case, dict):
            raise UsageError("wrong_type", field="case", expected="object", value=type(case).__name__)
        named = {"lang": given["lang"]} if given.get("lang") else {}
        return self.report(text, self.case({**case, **named}))

    def case(self, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The case; the language that a team speaks by default does not tell which one a draft is in."""
        return self.session.case(given, without=("lang",))

    def failed(self, report: Report) -> int:
        """The exit code of a report."""
        return int(any(finding["level"] in self.failing for finding in report["findings"]))

    def report(self, text: str, case: Mapping[str, Any], *, whole: bool = True) -> Report:
        """check@1 of a draft; one that is not `whole` is asked for no steps."""
        words = Words(text)
        lang = case.get("lang") or self.languages.told(text, words)[0]
        checker, policy = self._checker(lang), self.session.policy(lang)
        found = checker.check(words, self._asked(case, lang) if whole else (), case, policy)
        off = self.off_in(text)
        kept = [finding for finding in found["findings"] if finding["rule"] not in off]
        parts = {checker.rules[finding["rule"]]["replace"] for finding in kept if not finding.get("instead")}
        phrases = {part: self._phrase(part, lang, case) for part in parts}
        findings = [self._told(finding, lang, text, phrases) for finding in kept]
        return {"schema": "clientcoach/check@1", "lang": lang, "steps": found["steps"], "acts": found["acts"], "findings": findings}

    def off_in(self, text: str) -> frozenset[str]:
        """The rules that are off for a text, also by a comment line of its own. Raises UsageError."""
        return self.off.union(self._known(_switched_off(text))) if MARK in text else self.off

    def _off(self) -> frozenset[str]:
        """The rules that are switched off by `--disable` or the settings. Raises UsageError for a name that is no rule's."""
        kept = self.session.settings.get("disable") or []
        named = [*self.session.values.get("disable", ()), *(kept if isinstance(kept, list) else kept.split(","))]
        return frozenset([FOR_NOTES, *self._known(part.strip() for name in named for part in name.split(","))])

    def _known(self, named: Iterable[str]) -> list[str]:
        """The names, each of a rule in some language. Raises UsageError naming the nearest."""
        wanted = list(filter(None, named))
        rules: dict[str, Any] = {}
        for lang in sorted(LANGS, key=lambda one: one != self.ui):
            if not rules.keys() >= set(wanted):
                rules |= library.rules(self.session.places, lang)["rules"]
        for name in wanted:
            if name not in rules:
                raise unknown("rule", name, rules)
        return wanted

    def _checker(self, lang: str) -> Checker:
        if lang not in self.checkers:
            places = self.session.places
            library.readable(places, "rules", lang)
            self.checkers[lang] = Checker(library.acts(places, lang), self._rules(lang), self.model)
        return self.checkers[lang]

    def _rules(self, lang: str) -> Mapping[str, Any]:
        """The rules of a language, read once a run."""
        if lang not in self.rules:
            self.rules[lang] = library.rules(self.session.places, lang)
        return self.rules[lang]

    def _asked(self, case: Mapping[str, Any], lang: str) -> list[str]:
        """The steps that a message of this channel takes, as far as the playbook that was named has them."""
        wanted: list[str] = self.model["steps"].get(case.get("channel") or "any", self.model["steps"]["any"])
        if self.session.named is None:
            return wanted
        has = {step for step, _ in self.session.playbook(lang, whole=True)["steps"]}
        return [step for step in wanted if step in has]

    def _told(self, finding: Mapping[str, Any], lang: str, text: str, phrases: Mapping[str | None, str | None]) -> dict[str, Any]:
        """A finding with its level, place, message in the worker's language, evidence and what to say instead."""
        rule = self.checkers[lang].rules[finding["rule"]]
        message = self._rules(self.ui)["rules"].get(finding["rule"], rule)["message"]
        before = text[: finding["start"]]
        instead = finding.get("instead") or phrases[rule["replace"]]
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
        try:
            desk = self.session.desk(case, lang)
        except NotApproved:  # the finding stands, with nothing to say instead
            return None
        ranked = desk.ranked(part) if part in desk.playbook["phrases"] else []
        return desk.line(part, ranked[0])["text"] if ranked else None


def _switched_off(text: str) -> list[str]:
    """The rules that a comment line of the draft switches off: `<!-- clientcoach-off: too-long -->`, `# clientcoach-off: …`."""
    lines = [line for line in text.splitlines() if MARK in line]
    return [name.strip(" -<>!*/#") for line in lines for name in line.partition(MARK)[2].split(",")]
