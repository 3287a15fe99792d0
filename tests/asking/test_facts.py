"""Facts by keys: every one, its forgetting, those of a pack of one's own, and what cannot be used."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.asking.facts import FACTS, OTHER
from clientcoach.case.fields import FIELDS
from tests.support import LANGS, ROOT, live, validate

if TYPE_CHECKING:
    from tests.support import Hands, Place

TEXTS = {"order": "№ 4471-а", "item": "Лампа «Свет»", "customer": "Łucja", "address": "Pani Łucjo", "reference": "REF 5"}
CHOICES = [name for name in FACTS if FIELDS[name]["kind"] == "choice" and name != "lang"]
YES_NO = [name for name in FACTS if FIELDS[name]["kind"] == "yes_no"]
MOMENTS = [name for name in FACTS if FIELDS[name]["kind"] == "moment"]


def opened(hands: Hands, name: Any) -> Hands:
    hands.keys("f")
    hands.pick(name)
    return hands


def values(hands: Hands) -> list[Any]:
    return [value for value, _ in hands.panel.items]


def label(hands: Hands, name: str) -> str:
    """What the list of facts shows for a fact."""
    hands.keys("f")
    found = dict(hands.panel.items)[name]
    hands.keys("escape")
    return found


def field(hands: Hands, name: str) -> str:
    return hands.words(f"field.{name}")


def test_every_fact_of_a_customer_can_be_told() -> None:
    not_of_a_customer = {"ui", "agent", "agent_gender", "company", "anger", "offer", "role", "set", "seed"}
    assert set(FACTS) == set(FIELDS) - not_of_a_customer


def test_every_fact_has_a_key(at: Place) -> None:
    hands = live(at)
    hands.keys("f")
    assert values(hands) == list(FACTS)
    assert not hands.panel.typing
    assert len(hands.panel.letters) >= len(FACTS)


@pytest.mark.parametrize("lang", LANGS)
def test_every_fact_has_a_name_in_the_workers_language(at: Place, lang: str) -> None:
    hands = live(at, ui=lang)
    hands.keys("f")
    labels = [text for _, text in hands.panel.items]
    assert labels == [field(hands, name) for name in FACTS]
    assert len(set(labels)) == len(labels)
    assert not any(text.startswith("field.") for text in labels)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_typed_changed_and_forgotten(at: Place, name: str) -> None:
    hands = opened(live(at), name)
    assert (hands.panel.typing, hands.panel.text) == (True, "")
    (event,) = hands.write(f"  {TEXTS[name]} ")
    assert event["set"] == {name: TEXTS[name]}
    assert hands.panel is None
    assert label(hands, name) == f"{field(hands, name)}: {TEXTS[name]}"
    opened(hands, name)
    assert hands.panel.text == TEXTS[name]
    (event,) = hands.write("")
    assert event["set"] == {name: None}
    assert name not in hands.call.case
    assert label(hands, name) == field(hands, name)


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_one_key_and_can_be_unknown_again(at: Place, name: str) -> None:
    hands = opened(live(at), name)
    choices = list(FIELDS[name]["choices"])
    assert values(hands) == choices
    hands.keys("escape")
    for choice in choices:
        (event,) = opened(hands, name).pick(choice)
        assert event["set"] == {name: choice}
        assert label(hands, name) == f"{field(hands, name)}: {hands.words(f'value.{name}.{choice}')}"
        opened(hands, name)
        assert hands.panel.entered() == (True, choice), "the pointer is at the value of now"
        assert values(hands) == [*choices, None]
        hands.keys("escape")
    (event,) = opened(hands, name).pick(None)
    assert event["set"] == {name: None}
    assert name not in hands.call.case


@pytest.mark.parametrize("name", YES_NO)
def test_a_yes_or_no_asks_and_a_slip_of_the_hand_changes_nothing(at: Place, name: str) -> None:
    hands = opened(live(at), name)
    assert values(hands) == [True, False]
    hands.keys("escape")
    assert name not in hands.call.case
    for value in (True, False, True):
        opened(hands, name).pick(value)
        assert hands.call.case[name] is value
        shown = f"{field(hands, name)}: {hands.words('value.yes')}" if value else field(hands, name)
        assert label(hands, name) == shown
        opened(hands, name)
        assert hands.panel.entered() == (True, value)
        hands.keys("escape")


def test_failures_before_are_counted_from_none(at: Place) -> None:
    for count in range(6):
        hands = opened(live(at), "prior")
        (event,) = hands.pick(count)
        assert event["set"] == {"prior": count}
        assert label(hands, "prior") == f"{field(hands, 'prior')}: {hands.words('value.prior', count=count)}"
    (event,) = opened(hands, "prior").pick(None)
    assert event["set"] == {"prior": None}
    assert "prior" not in hands.call.case


@pytest.mark.parametrize("name", MOMENTS)
def test_a_date_is_picked_typed_and_forgotten(at: Place, name: str) -> None:
    hands = opened(live(at), name)
    first = values(hands)[0]
    assert values(hands)[-1] is OTHER
    hands.pick(first)
    assert hands.call.case[name] == first
    assert label(hands, name) == f"{field(hands, name)}: {hands.words.day(name, first)}"
    opened(hands, name).pick(OTHER)
    assert hands.panel.text == ""
    hands.write("tomorrow" if name == "deadline" else "13.11")
    assert hands.call.case[name] in {"13.11", "2026-11-26"}
    opened(hands, name).pick(None)
    assert name not in hands.call.case


def test_a_date_of_the_past_is_picked_from_the_last_days_today_first(at: Place) -> None:
    hands = opened(live(at), "promised")
    days = values(hands)[:-1]
    assert days == [f"2026-11-{day}" for day in range(25, 16, -1)]
    assert len({text for _, text in hands.panel.items}) == len(hands.panel.items)


@pytest.mark.parametrize("typed", ["38 EUR", "12 500,50 ₸", "5.10 pln"])
def test_a_sum_is_typed(at: Place, typed: str) -> None:
    hands = opened(live(at), "amount")
    hands.write(typed)
    amount = hands.call.case["amount"]
    assert label(hands, "amount") == f"{field(hands, 'amount')}: {hands.words.money(amount['minor'], amount['currency'])}"
    (event,) = opened(hands, "amount").write("")
    assert event["set"] == {"amount": None}


def test_the_language_of_the_lines_is_a_fact_too(at: Place) -> None:
    hands = opened(live(at), "lang")
    assert values(hands) == list(FIELDS["lang"]["choices"])
    events = hands.pick("kk")
    assert [event["type"] for event in events] == ["fact", "language"]
    assert hands.call.lang == "kk"
    opened(hands, "lang")
    assert None not in values(hands), "a language cannot be unknown"


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("amount", "38", "bad_money"), ("amount", "a lot", "bad_money"), ("amount", "5 XXX", "bad_money"),
        ("promised", "soon", "bad_moment"), ("deadline", "31.02", "bad_moment"), ("received", "25:00", "bad_moment"),
        ("order", "4" * 201, "too_long"), ("customer", "\ud800", "not_text"), ("item", "x" * 201, "too_long"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_keeps_the_panel_open_and_says_why(at: Place, name: str, typed: str, code: str) -> None:
    hands = opened(live(at), name)
    if name in MOMENTS:
        hands.pick(OTHER)
    panel, before = hands.panel, dict(hands.call.case)
    assert hands.write(typed) == []
    assert hands.panel is panel
    assert [error.code for error in hands.errors] == [code]
    assert len(hands.notices) == 1
    assert hands.call.case == before
    hands.write({"amount": "38 EUR", "promised": "13.11", "deadline": "2h", "received": "13.11"}.get(name, "good"))
    assert name in hands.call.case
    assert hands.panel is None


@pytest.mark.parametrize("name", ["order", "customer", "amount", "promised"])
@pytest.mark.parametrize("typed", ["", "  ", "...", "-"])
def test_a_text_that_says_nothing_is_no_fact_and_the_panel_says_so(at: Place, name: str, typed: str) -> None:
    hands = opened(live(at), name)
    if name == "promised":
        hands.pick(OTHER)
    panel = hands.panel
    assert hands.write(typed) == []
    assert hands.panel is panel
    assert len(hands.notices) == 1
    assert name not in hands.call.case


def test_a_fact_changes_the_line_at_once(at: Place) -> None:
    hands = live(at)
    before = hands.call.line()["id"]
    (event,) = opened(hands, "cause").pick("delivery")
    assert event["line"]["id"] == hands.call.line()["id"] != before


def test_what_a_deadline_needs_knowing_is_a_notice(at: Place) -> None:
    hands = opened(live(at), "deadline")
    hands.pick(OTHER)
    fact, warning = hands.write("2026-11-01")
    assert (fact["type"], warning["code"]) == ("fact", "deadline_past")
    assert hands.notices == ["deadline_past"]


@pytest.fixture
def own(at: Place) -> Place:
    """A team's own copy of the playbook, with facts of its own."""
    pack = at.cwd / "pack" / "angry-customer"
    shutil.copytree(ROOT / "playbooks" / "angry-customer", pack)
    text = (pack / "playbook.yaml").read_text(encoding="utf-8")
    assert "facts: {}" in text
    (pack / "playbook.yaml").write_text(text.replace("facts: {}", "facts: {tariff: [old, new], tower: [north]}"), encoding="utf-8")
    (at.cwd / ".clientcoach.toml").write_text('packs = ["pack"]\n', encoding="utf-8")
    return at


def test_the_facts_of_ones_own_pack_come_after_the_others_and_are_found_by_typing(own: Place) -> None:
    hands = live(own)
    hands.keys("f")
    assert len(hands.panel.items) == len(FACTS) + 2
    hands.type("tari")
    hands.keys("enter")
    assert values(hands)[:2] == ["old", "new"]
    (event,) = hands.pick("new")
    assert event["set"] == {"set": {"tariff": "new"}}
    validate(event)
    hands.keys("f")
    hands.type("towe")
    hands.keys("enter")
    hands.pick("north")
    assert hands.call.case["set"] == {"tariff": "new", "tower": "north"}
    assert hands.errors == []


def told_tariff(place: Place) -> Hands:
    hands = live(place)
    hands.fact("set", {"tariff": "new"})
    hands.keys("f")
    hands.type("tari")
    return hands


def test_a_fact_of_ones_own_shows_its_value(own: Place) -> None:
    hands = told_tariff(own)
    ((_, shown),) = hands.panel.shown()
    assert "new" in shown
    hands.keys("enter")
    assert hands.panel.entered() == (True, "new")


def test_forgetting_one_fact_of_ones_own_keeps_the_others(own: Place) -> None:
    hands = live(own)
    hands.fact("set", {"tariff": "new", "tower": "north"})
    hands.keys("f")
    hands.type("tari")
    hands.keys("enter")
    hands.pick(None)
    assert hands.call.case["set"] == {"tower": "north"}


def test_a_fact_of_ones_own_can_be_unknown_again(own: Place) -> None:
    hands = told_tariff(own)
    hands.keys("enter")
    hands.keys("down", "enter")
    assert hands.call.case.get("set", {}) == {}
    assert hands.errors == []
