"""What simulated customers and those who work with them say: letter by letter, and agreement. Spelling: test_spelling.py.

People in a drill break off, are rude and speak as they are: what holds for a worker's phrases holds here for the worker's lines only.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from clientcoach.content import library
from tests.language import kazakh, polish, russian
from tests.language.drills import PEOPLE, PLACEHOLDER, Text, drill_texts
from tests.language.expand import PLACES
from tests.language.test_kazakh import MIXED
from tests.language.test_punctuation import faults
from tests.support import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAUSE = re.compile(r"(?<=\s)…\s?(?=\w)")
BROKEN_OFF = re.compile(r"…(?=\s+[«“„]?[^\W\d_])")  # a thought goes on with a small letter
LABELS = re.compile(r"(?:title|acts\.\w+|rules\.\w+\.name|customer|item|amount)")
CODES = {"lines.jargon": {"SLA"}}  # what a worker says who forgets that nobody knows it
SHORT = {"SMS", "café"}
INSULT = {
    "en": {"insult", "swearing"},
    "ru": {"оскорбление", "ругательство", "мат"},
    "pl": {"obelga", "przekleństwo"},
    "kk": {"балағат", "балағат сөз", "Балағат сөз", "боқтық"},
}
# Words that a check takes for something else, and rightly in another sentence.
INNOCENT = {
    "ru": {"пришли", "был", "согласна"},  # вы пришли; любой был бы; ваша мама согласна
    "pl": {"działem", "skończył", "zastał", "Panie", "SMS"},  # z innym działem; miesiąc się skończył; kierowca nie zastał; mama i Pani
    "kk": {"қойма"},
}


def heard(text: Text) -> str:
    """With something in the place of an insult that no check minds."""
    return PLACEHOLDER.sub("X20", text.sentence)


def continued(sentence: str) -> str:
    """As if nobody had faltered."""
    return BROKEN_OFF.sub(",", PAUSE.sub("", sentence))


@cache
def gender(name: str) -> str | None:
    """The customer's."""
    return library.persona(PLACES, name, "en")["case"].get("customer_gender") if name in PEOPLE else None


def wrong(lang: str, check: Callable[[str], Iterable[str]], who: str = "") -> list[str]:
    """Texts in which a check finds something, with what it found."""
    found = []
    for text in drill_texts(lang):
        if not who or text.who == who:
            hits = [hit for hit in check(heard(text)) if not INNOCENT.get(lang, set()) & set(re.findall(r"\w+", str(hit)))]
            found += [f"{text.place} → {hits}"] if hits else []
    return found


def test_all_of_everybody_is_looked_at() -> None:
    for lang in LANGS:
        texts = drill_texts(lang)
        assert {text.file for text in texts} == {"lines", "lessons", *PEOPLE}
        assert {text.who for text in texts} == {"customer", "worker", "reader"}
        assert len(texts) > 2000


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_is_clean(lang: str) -> None:
    found = {}
    for text in drill_texts(lang):
        if text.key == "amount":
            continue
        latin = SHORT | CODES.get(text.key, set())
        hits = [hit for hit in faults(continued(heard(text)).replace("None!", "Nobody!"), lang) if hit.split(":")[0] not in latin]
        if hits:
            found[text.place] = hits
    assert not found


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_said_ends_as_a_sentence_and_labels_do_not(lang: str) -> None:
    found = []
    for text in drill_texts(lang):
        last = heard(text).rstrip('»”"')[-1:] or "…"
        if LABELS.fullmatch(text.key):
            found += [text.place] if last in ".;:," else []
        elif last not in ".!?…":
            found.append(text.place)
    assert not found


@pytest.mark.parametrize("lang", LANGS)
def test_brackets_stand_for_insults_only(lang: str) -> None:
    used = {text.sentence[hit.start() + 1 : hit.end() - 1] for text in drill_texts(lang) for hit in PLACEHOLDER.finditer(text.sentence)}
    assert used
    assert used <= INSULT[lang]


def test_russian() -> None:
    assert not wrong("ru", russian.numbers)
    assert not wrong("ru", lambda sentence: russian.worker(sentence, None), "worker")
    assert not wrong("ru", russian.polite_you, "worker")
    assert not wrong("ru", russian.familiar, "worker")
    sure = {"еще", "ее", "счет", "учет", "расчет", "ждет", "придет", "пришлет", "вернет", "идет", "найдет", "твердый"}
    assert not wrong("ru", lambda sentence: sure & set(russian._WORD.findall(sentence.lower())))


def test_polish() -> None:
    assert not wrong("pl", lambda sentence: polish.worker(sentence, None), "worker")
    assert not wrong("pl", polish.familiar, "worker")
    assert not wrong("pl", polish.vocative)
    for text in drill_texts("pl"):
        if text.who == "worker":
            found = [hit for hit in polish.customer(heard(text), gender(text.file)) if hit not in INNOCENT["pl"]]
            assert not found, text.place


def test_kazakh() -> None:
    assert not wrong("kk", kazakh.familiar, "worker")
    assert not wrong("kk", lambda sentence: [hit for hit in kazakh.suffixes(sentence) if not re.match(r"\d+-бөлме", hit)])
    assert not wrong("kk", kazakh.particles)
    assert not wrong("kk", kazakh.plurals)
    assert not wrong("kk", kazakh.government)


def test_kazakh_endings_are_in_harmony() -> None:
    """Names of people apart: a surname in -ов has its own."""
    names = {part.lower() for name in PEOPLE for part in library.persona(PLACES, name, "kk")["case"]["customer"].split()}
    found = {
        word: text.place
        for text in drill_texts("kk")
        for word in kazakh.words(heard(text))
        if kazakh.disharmony(word, MIXED) and not any(word.startswith(name) for name in names)
    }
    assert not found
