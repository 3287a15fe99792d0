"""The screen of the live call as rows: whatever the call has come to and whatever the size, it fits, and the line is there whole."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from clientcoach.asking.sight import held
from clientcoach.case.fields import STEPS
from clientcoach.coach.board import board
from clientcoach.coach.choose import form_of, sayable
from clientcoach.content import library
from clientcoach.errors import StorageError
from clientcoach.views.terminal import draw
from tests.support import LANGS, live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientcoach.views.terminal import Frame
    from tests.support import Hands, Place

SMALL, USUAL, LARGE = (40, 12), (80, 24), (200, 60)
HOSTILE = "a\x1b[31m\u202e\n[red]x[/] [/x] :warning: {order} \x9b 王小明 👩‍👩‍👧 e\u0301 \ue000\u200b" + "long" * 30
CASES: list[dict[str, Any]] = [
    {},
    {"cause": "delivery", "order": "4471", "verified": True, "anger": 8},
    {"cause": "product", "item": HOSTILE, "customer": HOSTILE, "order": HOSTILE, "reference": HOSTILE, "address": HOSTILE},
    {"cause": "billing", "amount": {"minor": 3800, "currency": "EUR"}, "prior": 12, "hardship": True, "fault": "ours", "customer": "Zuzanna", "customer_gender": "f", "promised": "2026-11-20", "deadline": "2h", "agent": "Ola", "role": "lead"},
]  # fmt: skip
LETTERS = "qwertuiopasdfghjklzxcvbnmйцукенәіңғүұқ"
KEYS = st.sampled_from(
    ["enter", "enter", "enter", "space", "backspace", "escape", "up", "down", "left", "x", "f", "g", "j", "o"]
) | st.sampled_from(LETTERS)
DOES = st.one_of(
    KEYS.map(lambda key: ("press", key)),
    KEYS.map(lambda key: ("press", key)),
    (st.text(max_size=30) | st.just(HOSTILE)).map(lambda text: ("type", text)),
    (st.text(max_size=30) | st.just(HOSTILE)).map(lambda text: ("paste", text)),
    st.sampled_from([1, 95, 130, 4000]).map(lambda seconds: ("wait", seconds)),
)
SIZES = st.tuples(st.integers(20, 220), st.integers(6, 70)) | st.sampled_from([SMALL, USUAL, LARGE, (20, 6), (59, 15), (60, 16)])


def frame(hands: Hands, width: int, height: int) -> Frame:
    seen = board(hands.call)
    return draw(seen, held(hands, seen), hands.words.strings, width, height)


def rows(drawn: Frame) -> list[str]:
    return [row.plain.rstrip() for row in drawn.rows]


def said_in(drawn: Frame) -> str:
    """All that the rows below the bar say, in one line; a space that must not break stays one."""
    return " ".join(word for row in rows(drawn)[2:] for word in row.split(" ") if word)


def whole(text: str) -> str:
    return " ".join(word for word in text.split(" ") if word)


def check(drawn: Frame, width: int, height: int) -> None:
    assert len(drawn.rows) == height
    for row in drawn.rows:
        assert cell_len(row.plain) <= width, row.plain
    shown = drawn.fragments()
    for _, text in shown:
        assert text == "\n" or not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text), repr(text)
        assert not set(text) & set("\u202e\u2066\u200e\u200f\u200b"), repr(text)
    assert "".join(text for _, text in shown).split("\n") == [row.plain for row in drawn.rows]
    if drawn.entry is not None:
        assert 0 <= drawn.entry < height
        assert not drawn.rows[drawn.entry].plain.strip(), "the entry has its row for itself"


@settings(max_examples=100)
@given(
    langs=st.sampled_from([*((lang, lang) for lang in LANGS), ("kk", "ru"), ("ru", "pl")]),
    case=st.sampled_from(CASES),
    steps=st.lists(st.tuples(DOES, SIZES), min_size=1, max_size=20),
)
@example(langs=("en", "en"), case={}, steps=[(("press", key), (20, 6)) for key in "fs"])
def test_every_screen_fits_whatever_has_happened(at: Place, langs: tuple[str, str], case: dict[str, Any], steps: list[Any]) -> None:
    hands = live(at, case, *langs)
    for (do, what), (width, height) in steps:
        getattr(hands, do)(what)
        check(frame(hands, width, height), width, height)
        if hands.call.ended:
            break


class Record:
    """A record of hostile texts, after abuse."""

    abusive = True

    def __init__(self) -> None:
        self.told = [("label", HOSTILE), (HOSTILE, "text"), *(("row", f"{number} {HOSTILE}") for number in range(9))]

    def rows(self) -> list[tuple[str, str]]:
        return self.told

    def notices(self) -> list[str]:
        return [HOSTILE, "masked"]

    def text(self, _name: str) -> str:
        return HOSTILE

    def change(self, name: str, text: str) -> None:
        self.told.append((name, text))

    def save(self) -> None:
        raise StorageError("store_full", file=HOSTILE, reason="disk")

    def discard(self) -> None:
        pass


@settings(max_examples=60)
@given(lang=st.sampled_from(LANGS), steps=st.lists(st.tuples(DOES, SIZES), min_size=1, max_size=12))
@example(lang="en", steps=[(("press", key), (20, 6)) for key in "wxh"])
def test_the_record_fits_whatever_is_in_it(at: Place, lang: str, steps: list[Any]) -> None:
    hands = live(at, lang=lang)
    hands.ending = Record
    hands.keys("enter", "o", "enter")
    for (do, what), (width, height) in steps:
        getattr(hands, do)(what)
        check(frame(hands, width, height), width, height)
        if hands.over:
            break


@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
@pytest.mark.parametrize("lang", LANGS)
def test_every_key_of_the_record_is_in_sight_and_all_of_it_can_be_scrolled_to(at: Place, lang: str, size: tuple[int, int]) -> None:
    hands = live(at, lang=lang)
    hands.ending = Record
    hands.keys("enter", "o", "enter")
    shown = said_in(frame(hands, *size))
    for key, label in held(hands, board(hands.call))["hints"]:
        assert f"{key} {label}" in shown
    seen = ""
    for _ in range(150):
        drawn = frame(hands, *size)
        hands.panel.pointed = drawn.first
        seen += said_in(drawn)
        hands.keys("down")
    assert all(f"{number} a[31m" in seen for number in range(9))


@pytest.mark.parametrize("size", [(20, 6), SMALL, USUAL, LARGE])
def test_what_is_owed_takes_two_lines_and_a_count(at: Place, size: tuple[int, int]) -> None:
    hands = live(at)
    hands.owed = [f"day {number}: {HOSTILE}" for number in range(5)]
    hands.warned = "one warning"
    drawn = frame(hands, *size)
    check(drawn, *size)
    shown = said_in(drawn)
    if size in {USUAL, LARGE}:
        assert [f"day {number}" in shown for number in range(5)] == [True, True, False, False, False]
        assert f"{hands.words('screen.owed_more', count=3, letter='n')} · one warning" in shown
    assert hands.call.line()["text"].split()[0] in shown
    hands.keys("n")
    assert "one warning" in said_in(frame(hands, 200, 60))
    assert "day 4" in said_in(frame(hands, 200, 60))


def test_warnings_alone_stand_under_another_word(at: Place) -> None:
    hands = live(at)
    hands.warned = "one warning"
    assert f"{hands.words('screen.before')} one warning" in said_in(frame(hands, *USUAL))
    assert hands.words("screen.owed") not in said_in(frame(hands, *USUAL))


# the line -------------------------------------------------------------------------------------------------------------------------

FULL: dict[str, Any] = {
    "customer": "Zuzanna", "customer_gender": "f", "agent": "Ola", "agent_gender": "f", "company": "Acme", "order": "4471", "item": "odkurzacz X20",
    "promised": "2026-11-20", "deadline": "2h", "amount": {"minor": 150000, "currency": "EUR"}, "prior": 3, "reference": "REF-77", "hardship": True, "verified": True, "cause": "delivery",
}  # fmt: skip
FORMS = (None, "short", "softer", "firmer", "written")


def every_line(at: Place, lang: str) -> Iterator[tuple[Hands, str]]:
    """Each form of each phrase of each playbook, as the line on the screen of a call of which everything is known."""
    hands = live(at, FULL, lang)
    call = hands.call
    call.act({"do": "offer", "id": "pickup", "answer": "accepted"})
    for name in (call.desk().playbook["name"], "interruptions"):
        book = call.world.session.playbook(lang, name)
        for key, phrases in book["phrases"].items():
            place, part = key.split(".")
            if name == "interruptions":
                call.act({"do": "hold", "for": "10m"} if place == "hold" else {"do": "interrupt", "kind": place})
                call.turn["part"] = part
            else:
                call.turn, call.step, call.part = None, STEPS.index(place), part
            call.wish = None
            yield from _forms(hands, phrases)


def _forms(hands: Hands, phrases: list[Any]) -> Iterator[tuple[Hands, str]]:
    call = hands.call
    for phrase in phrases:
        for wish in FORMS:
            if (wish is None or wish in phrase["forms"]) and sayable(form_of(phrase, wish), call.desk().values):
                call.phrase, call.wish = phrase, wish
                yield hands, call.line()["text"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_line_of_every_playbook_is_on_the_screen_whole(at: Place, lang: str) -> None:
    lines = set()
    for hands, text in every_line(at, lang):
        lines.add(text)
        for size in (SMALL, (57, 13), USUAL, LARGE):
            assert whole(text) in said_in(frame(hands, *size)), size
    assert len(lines) > 300, "every phrase has had its turn"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
def test_the_own_offers_are_on_the_screen_whole_or_seen_to_be_cut(at: Place, lang: str, size: tuple[int, int]) -> None:
    for cause in ("product", "promise", "delivery", "staff", "experience", "billing", "misunderstanding"):
        hands = live(at, {"cause": cause, "verified": True}, lang)
        hands.call.act({"do": "go", "step": "propose"})
        while hands.call.part != "options":
            hands.call.act({"do": "next"})
        shown = said_in(frame(hands, *size))
        cut = size == SMALL and "…" in shown
        for offer in hands.call.offers():
            assert offer["needs_lead"] or cut or whole(offer["text"]) in shown, cause


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [SMALL, (50, 14), USUAL])
def test_the_line_after_it_is_whole_or_seen_to_be_cut(at: Place, lang: str, size: tuple[int, int]) -> None:
    hands = live(at, {"cause": "delivery"}, lang)
    label, seen = hands.words("call.next"), 0
    while hands.call.phrase:
        drawn, following = frame(hands, *size), hands.call.upcoming()
        row = next((row for row in rows(drawn)[2:] if row.strip().startswith(label)), "…")
        assert row.endswith("…") or whole(following["text"]) in said_in(drawn), row
        seen += row != "…"
        hands.press("enter")
    assert seen > 5


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
def test_the_count_of_warnings_is_in_sight(at: Place, lang: str, size: tuple[int, int]) -> None:
    hands = live(at, {}, lang)
    for count in (1, 2):
        hands.call.act({"do": "interrupt", "kind": "insult"})
        assert hands.words("screen.rung", rung="ask", count=count, required=2) in said_in(frame(hands, *size))
    hands.call.act({"do": "interrupt", "kind": "insult"})
    assert hands.words("screen.rung_end") in said_in(frame(hands, *size))


@pytest.mark.parametrize("lang", LANGS)
def test_the_line_stays_whole_under_a_panel_where_there_is_room(at: Place, lang: str) -> None:
    hands = live(at, FULL, lang)
    for key in ("f", "g", "h", "j", "n", "o", "x", "c"):
        hands.press(key)
        for size in (USUAL, LARGE):
            assert whole(hands.call.line()["text"]) in said_in(frame(hands, *size)), key
        hands.press("escape")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
def test_the_item_pointed_at_is_always_in_sight(at: Place, lang: str, size: tuple[int, int]) -> None:
    hands = live(at, {"cause": "delivery"}, lang)
    for key in ("f", "x", "g", "j", "c", "o"):
        hands.press(key)
        for place in range(len(hands.panel.shown()) + 1):
            pointed = [row for row in rows(frame(hands, *size)) if "› " in row]
            assert len(pointed) == 1, (key, place)
            hands.press("down")
        hands.press("escape")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [USUAL, LARGE])
def test_the_keys_are_always_in_sight(at: Place, lang: str, size: tuple[int, int]) -> None:
    hands = live(at, {"cause": "delivery"}, lang)
    for key in ("x", "f", "g", "j", "c", "n", "h", "o"):
        assert hands.words("key.keys") in " ".join(rows(frame(hands, *size))[-2:])
        hands.press(key)
        assert hands.words("key.escape") in " ".join(rows(frame(hands, *size))[-2:]), key
        hands.press("escape")
    while hands.call.phrase:
        hands.press("enter")
        assert hands.words("key.keys") in " ".join(rows(frame(hands, *size))[-2:])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [SMALL, (60, 16), (80, 30)])
def test_long_facts_push_no_keys_off_the_screen(at: Place, lang: str, size: tuple[int, int]) -> None:
    long = {name: f"{name} " * 30 for name in ("order", "item", "customer", "reference")}
    hands = live(at, {**long, "cause": "product", "hardship": True, "prior": 3}, lang)
    assert hands.words("key.next") in " ".join(rows(frame(hands, *size))[-2:])


@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
def test_the_end_of_what_is_only_read_can_be_scrolled_to(at: Place, size: tuple[int, int]) -> None:
    hands = live(at)
    hands.press("n")
    shown = set()
    for _ in range(40):
        shown |= set(rows(frame(hands, *size)))
        hands.press("down")
    everything = " ".join(sorted(shown))
    for note in hands.call.advice()["notes"]:
        for word in note.split():
            assert word in everything


def test_up_answers_at_once_after_scrolling_past_the_end(at: Place) -> None:
    hands = live(at)
    hands.keys("h", *["down"] * 60)
    before = rows(frame(hands, *SMALL))
    hands.panel.pointed = frame(hands, *SMALL).first  # as the terminal does after each drawing
    hands.press("up")
    hands.press("up")
    assert rows(frame(hands, *SMALL)) != before


# the safety card --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["threat", "self_harm"])
@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
def test_the_number_to_call_is_on_every_safety_card(at: Place, lang: str, kind: str, size: tuple[int, int]) -> None:
    hands = live(at, {}, lang)
    hands.call.act({"do": "interrupt", "kind": kind})
    shown = said_in(frame(hands, *size))
    assert "112" in shown
    assert whole(hands.call.line()["text"]) in shown
    assert hands.call.advice()["notes"][0].split()[0] in shown


# text is text -----------------------------------------------------------------------------------------------------------------------

MARKUP = [
    "[red]x[/]",
    "[/x]",
    ":warning:",
    "[bold]a[/bold]",
    "{order}",
    "<b>x</b>",
    "\\[red]",
    "[link=http://x.y]z[/link]",
    "%s",
    "[@click=app.bell]q[/]",
]


@pytest.mark.parametrize("text", MARKUP)
def test_what_looks_like_markup_stays_as_it_was_typed(at: Place, text: str) -> None:
    hands = live(at, {"item": text, "order": text, "cause": "product"})
    hands.call.part = "read_back"
    hands.call.retailor()
    assert text in hands.call.line()["text"]
    assert text in said_in(frame(hands, *LARGE)).partition(hands.call.line()["text"])[2], "among what is known as well"
    assert whole(hands.call.line()["text"]) in said_in(frame(hands, *LARGE))
    hands.press("f")
    assert text in said_in(frame(hands, *LARGE))
    hands.press("escape")
    hands.paste(text)
    assert text in said_in(frame(hands, *LARGE))
    hands.notices = [text]
    assert text in said_in(frame(hands, *LARGE))


def test_no_style_comes_from_a_text(at: Place) -> None:
    plain, marked = live(at, {"item": "xyz", "cause": "product"}), live(at, {"item": "[red]xyz[/red]", "cause": "product"})
    styles = [{style for style, _ in frame(hands, *LARGE).fragments()} for hands in (plain, marked)]
    assert styles[0] == styles[1]


def test_every_language_of_the_interface_speaks_every_playbook(at: Place) -> None:
    """What the tests above go through is all there is."""
    assert set(library.languages(library.find(at.session().places, "angry-customer"))) == set(LANGS)
