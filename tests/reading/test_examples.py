"""The examples in the files of signals, acts and rules are tests: all of them are tried, and there are enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientcoach.case.fields import CAUSES
from clientcoach.content import library
from clientcoach.content.lint import lint
from clientcoach.content.rules import WORDLESS, examples, read_rules
from clientcoach.content.signals import ACT_NAMES, FLAGS, read_file, signals
from clientcoach.reading.examples import lint_examples
from tests.reading.readers import LANGS

PACK = Path(library.bundled())


def test_every_example_holds() -> None:
    problems, count = lint_examples(str(PACK))
    assert [(problem["file"], problem["line"], problem["message"]) for problem in problems] == []
    assert count == sum(_count(lang) for lang in LANGS)


def _count(lang: str) -> int:
    told = [signal["examples"] for kind in ("signals", "acts") for _, signal in signals(read_file(str(PACK / kind / f"{lang}.yaml"))[1])]
    _, rules = read_rules(str(PACK / "rules" / f"{lang}.yaml"))
    tried = [len(examples(rule, kind)) for rule in rules.values() if rule["extends"] != WORDLESS for kind in ("bad", "good")]
    return sum(len(given[kind]) for given in told for kind in ("yes", "no")) + sum(tried)


@pytest.mark.parametrize("lang", LANGS)
def test_flags_causes_and_acts_have_thirty_examples_half_of_them_near_misses(lang: str) -> None:
    told = dict(signals(read_file(str(PACK / "signals" / f"{lang}.yaml"))[1])) | dict(
        signals(read_file(str(PACK / "acts" / f"{lang}.yaml"))[1])
    )
    wanted = [*(f"flags.{name}" for name in FLAGS), *(f"causes.{name}" for name in CAUSES), *(f"acts.{name}" for name in ACT_NAMES)]
    few = {name: kind for name in wanted for kind in ("yes", "no") if len({str(node.value) for node in told[name]["examples"][kind]}) < 15}
    assert few == {}


def test_what_is_shipped_lints_clean() -> None:
    found = [(problem["file"], problem["line"], problem["code"]) for problem in lint(str(PACK))]
    assert [one for one in found if Path(one[0]).parent.name in ("signals", "acts", "rules")] == []
