"""Label words in a worker's note: found in four languages at once, told in the worker's, and never at the cost of the note."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clientcoach.case.fields import LANGS
from clientcoach.content import library
from clientcoach.content.rules import read_rules
from clientcoach.reading.labels import labels

if TYPE_CHECKING:
    from tests.support import Place

BUNDLED = Path(library.bundled())
PLACES: library.Places = {"packs": [str(BUNDLED)], "policy": None, "cache": None}


def words(text: str, ui: str = "en") -> list[str]:
    return [label["word"] for label in labels([text], PLACES, ui)]


def test_a_label_tells_where_it_is_and_what_to_write() -> None:
    found = labels([None, "", "Nothing.", "A hysterical caller"], PLACES, "en")
    assert found == [
        {
            "text": "A hysterical caller",
            "start": 2,
            "end": 12,
            "word": "hysterical",
            "instead": "cried, shouted, repeated the demand",
            "message": "“hysterical” is a label. Write what was said or done: cried, shouted, repeated the demand.",
        }
    ]


def test_all_languages_are_tried_and_the_worker_s_speaks() -> None:
    text = "Скандалист, klient roszczeniowy, қыңыр, and a liar"
    assert words(text) == ["Скандалист", "roszczeniowy", "қыңыр", "liar"]
    told = {ui: labels([text], PLACES, ui) for ui in LANGS}
    assert all([label["instead"] for label in told[ui]] == [label["instead"] for label in told["en"]] for ui in LANGS)
    assert [told[ui][3]["message"].partition("liar")[2].split(maxsplit=2)[1] for ui in LANGS] == ["is", "—", "to", "—"]


def test_of_one_word_in_two_languages_the_worker_s_wins() -> None:
    """“troll” is one in English and in Polish."""
    assert labels(["troll"], PLACES, "en")[0]["instead"].startswith("sent")
    assert labels(["troll"], PLACES, "pl")[0]["instead"].startswith("dziewięć")
    assert len(labels(["troll"], PLACES, "ru")) == 1


def test_what_stands_in_a_note_cannot_break_the_sentence() -> None:
    assert labels(["so\x1b[31m {rude} was rude to me"], PLACES, "en")[0]["word"] == "rude to me"
    assert words("li\u202ear") == []


@pytest.mark.parametrize("lang", LANGS)
def test_good_examples_of_one_language_hold_in_all(lang: str) -> None:
    """A note is read in every language: what is fine in one may not be a label in another."""
    _, rules = read_rules(str(BUNDLED / "rules" / f"{lang}.yaml"))
    examples = rules["label-word"]["examples"]
    assert [str(node.value) for node in examples["good"] if words(str(node.value))] == []
    assert [str(node.value) for node in examples["bad"] if not words(str(node.value))] == []
    assert len(examples["bad"]) >= 8 <= len(examples["good"])
    assert len(rules["label-word"]["swap"]) >= 25


@pytest.mark.parametrize(
    "text",
    [
        "the customer was entitled to it, a difficult question, trolleybus 12, stubborn stain, unstable line",
        "debility scale, idyll, charm, chamber, Moroni, conmen",
        "brat i bratowa, szalona promocja, trudny dojazd, moherowy szal, troska, upał",
        "троллейбус, наглядно, психолог, хамон, дурной запах, пьянящий аромат, сложный случай, бабочка, приезжайте",
        "кемпірқосақ, масса, қиындық, Хамит Нұрланұлы, һәм, мастер, агрегат, топырақ, шатыр, надандық емес десе де",
    ],
)
def test_words_that_only_look_like_labels(text: str) -> None:
    assert words(text) == (["надандық"] if "надандық" in text else [])


def test_a_pack_s_rule_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "en.yaml").write_text(
        'label-word: {extends: substitution, message: "{word}, {instead}", swap: {grump*: says no}, examples: {bad: [], good: []}}\n'
    )
    places: library.Places = {"packs": [str(tmp_path), str(BUNDLED)], "policy": None, "cache": str(tmp_path / "cache")}
    for _ in range(2):
        told = [label["message"] for label in labels(["a grumpy liar", "скандалист"], places, "en")]
        assert told == ["grumpy, says no", f"скандалист, {RU}"]
    (tmp_path / "rules" / "en.yaml").write_text("label-word: &a {}\n")
    assert [label["word"] for label in labels(["a grumpy liar", "скандалист"], places, "en")] == ["скандалист"]


RU = "третий раз за день требует вернуть деньги, говорит громко"


def test_without_a_text_nothing_is_read(at: Place) -> None:
    """`log add` of facts alone costs nothing for this."""
    for more, wanted in (("", False), (" --did called", True)):
        ran = at.shell(f'"{sys.executable}" -X importtime -m clientcoach log add --cause delivery{more}')
        assert ran.returncode == 0
        assert (b" clientcoach.reading.labels" in ran.stderr) is wanted


def test_log_add_saves_and_points_at_it(at: Place) -> None:
    ran = at.run(
        "log", "add", "--did", "spoke to a hysterical man, a hysterical man", "--worked", "он не хам", "--better", "“liar” was his word",
        "--promise", "call the liar", "--due", "2h", "--json",
    )  # fmt: skip
    assert ran.code == 0
    assert ran.json["measures"] == ["spoke to a hysterical man, a hysterical man"]
    assert [line.split("”")[0] for line in ran.err.splitlines()] == ["“hysterical", "“liar", "“хам"]
    assert at.run("log", "show", ran.json["id"], "--json").json == ran.json


def test_labels_in_answers_are_pointed_at(at: Place) -> None:
    ran = at.run("log", "add", "--kind", "complaint", "--answer", "happened=a tantrum")
    assert ran.code == 0
    assert "“tantrum” is a label" in ran.err
