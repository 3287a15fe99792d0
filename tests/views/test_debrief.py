"""The debrief as words: six lines at most, quoted as the language quotes, charts that fit 40 columns and tell all in figures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.content import library
from clientcoach.drill.debrief import debrief
from clientcoach.drill.ends import ENDS
from clientcoach.drill.score import MARKS, RULES
from clientcoach.drill.what_if import what_if
from clientcoach.views import debrief as view
from tests.drill.calls import GOOD, call
from tests.language.expand import strings
from tests.support import LANGS

QUOTES = {"en": "“”", "ru": "«»", "pl": "„”", "kk": "«»"}
BAD = ("listen", "calm_down", "paraphrase empathy explore", "blame_customer", "apology own", "propose choice", "confirm thank")
WIDEST = 40
KINDS = ("insult", "manager", "review", "legal", "leaving", "silence", "hang_up")


def texts(lang: str) -> dict[str, Any]:
    return {**strings(lang), "": lang}


def words(lang: str) -> dict[str, Any]:
    return library.drill_words({"packs": [library.bundled()], "policy": None, "cache": None}, lang)


def told(*turns: str) -> dict[str, Any]:
    return debrief(call(*turns))


@pytest.mark.parametrize("lang", LANGS)
def test_six_lines_with_what_was_said_and_why(lang: str) -> None:
    found = told(*BAD)
    lines = view.lines(found, {"id": "x", "text": "Better words."}, {"rule": found["rule"], "days": 1}, words(lang), texts(lang))
    assert len(lines) == 6
    opening, closing = QUOTES[lang]
    said, costly, rule = found["done_well"]["said"], found["costliest"], words(lang)["rules"][found["rule"]]
    assert str(found["process"]) in lines[0]
    assert f"{opening}{said}{closing}" in lines[1]
    assert f"{opening}{costly['said']}{closing}" in lines[2]
    assert words(lang)["rules"][costly["rule"]]["why"] in lines[3]
    assert ", ".join(costly["evidence"]) in lines[3]
    assert f"{opening}Better words.{closing}" in lines[4]
    assert rule["name"] in lines[5]
    assert rule["tip"] in lines[5]


@pytest.mark.parametrize("lang", LANGS)
def test_a_good_call_needs_fewer(lang: str) -> None:
    lines = view.lines(told(*GOOD), None, None, words(lang), texts(lang))
    assert len(lines) == 3
    assert lines[2] == view.word(texts(lang), "debrief.all_kept")


def test_the_persona_s_own_line_stands_in() -> None:
    found = told(*BAD)
    assert found["instead_said"] in view.lines(found, None, None, words("en"), texts("en"))[4]


def test_what_no_good_call_has_is_said_first() -> None:
    assert "Turn 4 keeps it there" in view.lines(told(*BAD), None, None, words("en"), texts("en"))[0]
    assert "keeps it there" not in view.lines(told(*GOOD), None, None, words("en"), texts("en"))[0]


@pytest.mark.parametrize(("days", "when"), [(0, "today"), (1, "tomorrow"), (3, "in 3 days"), (35, "in 35 days")])
def test_when_it_comes_again(days: int, when: str) -> None:
    assert when in view.lines(told(*BAD), None, {"rule": "x", "days": days}, words("en"), texts("en"))[-1]


def test_a_rule_without_studies_names_none() -> None:
    found = {"rule": "meet_turn", "evidence": []}
    assert view.why(found, words("en"), texts("en")) == words("en")["rules"]["meet_turn"]["why"]


def test_a_long_turn_is_cut_at_a_word_and_hostile_text_is_harmless() -> None:
    talk = call(*BAD[:1])
    talk.take(["calm_down"], "\x1b[31m" + "word " * 200)
    talk.take(["transfer_cold"], "\u202e\x9b")
    shown = "\n".join(view.lines(debrief(talk), {"text": "\x07ok"}, None, words("en"), texts("en")))
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)
    assert "word …”" in shown
    assert max(map(len, shown.splitlines())) < 2 * view.QUOTED


def test_a_turn_without_words_is_told_by_its_acts() -> None:
    talk = call("listen")
    talk.take(["calm_down"])
    talk.take(["transfer"])
    assert words("en")["acts"]["calm_down"] in view.lines(debrief(talk), None, None, words("en"), texts("en"))[2]


@pytest.mark.parametrize("lang", LANGS)
def test_the_scorecard_names_every_rule_once_with_its_mark(lang: str) -> None:
    found = told(*BAD)
    rows = view.scorecard(found, words(lang), texts(lang)).splitlines()
    for row, (name, one) in zip(rows, found["marks"].items(), strict=False):
        assert row.endswith(f"  {words(lang)['rules'][name]['name']}")
        assert row.startswith(view.word(texts(lang), f"debrief.{one['mark']}"))
        assert (f" {one['turn']} " in row) is bool(one["turn"])
    assert len({len(row.removesuffix(words(lang)["rules"][name]["name"])) for row, name in zip(rows, RULES, strict=False)}) == 1
    assert any(str(found["outcome"]["peak"]) in row for row in rows[len(RULES) :])


@pytest.mark.parametrize("lang", LANGS)
def test_every_end_mark_and_event_has_its_words(lang: str) -> None:
    found = told(*BAD)
    shown = []
    for end in ENDS:
        outcome = {**found["outcome"], "end": end, "avoidable": list(KINDS), "turns": 5, "softening": 4}
        shown.append(
            view.scorecard({**found, "outcome": outcome}, words(lang), texts(lang)) + view.par({**found, "outcome": outcome}, texts(lang))
        )
    assert len(set(shown)) == len(ENDS)
    assert not [text for text in shown for name in (*ENDS, *MARKS, *KINDS) if f".{name}" in text or f"{name} {{" in text]


@pytest.mark.parametrize("lang", LANGS)
def test_par_stands_beside_what_was_reached(lang: str) -> None:
    found = told(*BAD)
    first, second = view.par(found, texts(lang)).splitlines()
    for line, one in ((first, found["par"]), (second, found["outcome"])):
        assert all(str(one[name]) in line for name in ("turns", "trust", "anger"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_curve_fits_and_tells_its_figures(lang: str) -> None:
    found = told(*BAD)
    head, *rows = view.curves(found["curves"], texts(lang)).splitlines()
    assert max(map(len, (head, *rows))) <= WIDEST
    assert view.word(texts(lang), "debrief.anger") in head
    told_ = [[int(part) for part in row.split() if part.isdigit()] for row in rows]
    assert told_ == [[turn, *pair] for turn, pair in enumerate(zip(found["curves"]["anger"], found["curves"]["trust"], strict=True))]


@pytest.mark.parametrize("lang", LANGS)
def test_two_courses_stand_beside_each_other(lang: str) -> None:
    talk = call(*BAD)
    other = what_if(talk, 2, ["transfer"])
    shown = view.compared(debrief(talk), other, 2, texts(lang))
    lines = shown.splitlines()
    assert max(len(line) for line in lines[:-1]) <= WIDEST
    assert [line.split()[1] for line in lines if line.startswith(">")] == ["2", "2"]
    assert lines[-1].count(view.word(texts(lang), "drill.handed_over")) == 1
    rows = [line for line in lines if line[:3].strip().isdigit() and not line.startswith(">")]
    assert len(rows) == 2 * len(talk.rounds), "also after the other one has ended"


@given(st.lists(st.integers(0, 100), min_size=1, max_size=20), st.lists(st.integers(0, 100), min_size=1, max_size=20))
def test_a_longer_bar_is_more(one: list[int], other: list[int]) -> None:
    shown = view.curves({"anger": one, "trust": other}, texts("en"), "#").splitlines()[1:]
    assert len(shown) == max(len(one), len(other))
    bars = {number: row[5:17].count("#") for number, row in zip(one, shown, strict=False)}
    assert [bars[number] for number in sorted(bars)] == sorted(bars.values())
    assert all(len(row) <= WIDEST for row in shown)
    assert bars.get(0, 0) == 0
    assert bars.get(100, 12) == 12
