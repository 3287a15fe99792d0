"""Threats and self-harm: recall first. The messages were written before the signals were looked at, or to get past them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.reading.readers import LANGS, reader

MESSAGES = yaml.safe_load((Path(__file__).parent / "data" / "danger.yaml").read_text(encoding="utf-8"))
MISSED = 1  # of the hardest ones in a language: irony that names no harm ("I hope your courier likes hospitals")
WIDER = ("mixed", "reworded", "again", "last", "plain")  # sets of the widening, in the order they were written


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("danger", ["threat", "self_harm"])
def test_dangers_are_noticed(lang: str, danger: str) -> None:
    missed = [text for text in MESSAGES[lang][danger] if danger not in reader().read(text)["flags"]]
    assert missed == []
    hard = [text for kind in ("oblique", "fresh", "later") for text in MESSAGES[lang][f"{kind}_{danger}"]]
    assert len([text for text in hard if danger not in reader().read(text)["flags"]]) <= MISSED


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("danger", ["threat", "self_harm"])
@pytest.mark.parametrize("kind", WIDER)
def test_the_recall_reached_is_held(lang: str, danger: str, kind: str) -> None:
    missed = [text for text in MESSAGES[lang][f"{kind}_{danger}"] if danger not in reader().read(text)["flags"]]
    assert len(missed) <= (MISSED if lang == "kk" else 0), missed  # one typed without its letters is taken for Russian


@pytest.mark.parametrize("lang", LANGS)
def test_idioms_and_quoted_words_are_none(lang: str) -> None:
    near = [text for kind, texts in MESSAGES[lang].items() if kind.endswith("near") for text in texts]
    found = {text: reader().read(text, lang)["flags"] for text in near}
    assert [text for text, flags in found.items() if {"threat", "self_harm"} & {*flags}] == []


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_enough_messages(lang: str) -> None:
    assert len(MESSAGES[lang]["threat"] + MESSAGES[lang]["self_harm"]) == 25
    assert len(MESSAGES[lang]["near"]) == 10
