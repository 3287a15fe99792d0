"""Threats and self-harm: recall first. The messages were written before the signals were looked at, or to get past them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.reading.readers import LANGS, reader

MESSAGES = yaml.safe_load((Path(__file__).parent / "data" / "danger.yaml").read_text(encoding="utf-8"))
MISSED = 1  # of the hardest ones in a language: irony that names no harm ("I hope your courier likes hospitals")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("danger", ["threat", "self_harm"])
def test_dangers_are_noticed(lang: str, danger: str) -> None:
    missed = [text for text in MESSAGES[lang][danger] if danger not in reader().read(text)["flags"]]
    assert missed == []
    hard = [text for kind in ("oblique", "fresh", "later") for text in MESSAGES[lang][f"{kind}_{danger}"]]
    assert len([text for text in hard if danger not in reader().read(text)["flags"]]) <= MISSED


@pytest.mark.parametrize("lang", LANGS)
def test_idioms_and_quoted_words_are_none(lang: str) -> None:
    found = {text: reader().read(text, lang)["flags"] for text in MESSAGES[lang]["near"]}
    assert [text for text, flags in found.items() if {"threat", "self_harm"} & {*flags}] == []


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_enough_messages(lang: str) -> None:
    assert len(MESSAGES[lang]["threat"] + MESSAGES[lang]["self_harm"]) == 25
    assert len(MESSAGES[lang]["near"]) == 10
