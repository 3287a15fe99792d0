"""A better line from the packs, in the case of every persona."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientcoach.commands.drill_better import DANGERS, PARTS, better
from clientcoach.content import library
from clientcoach.drill.acts import ACTS
from tests.support import LANGS

if TYPE_CHECKING:
    from tests.support import Place


@pytest.mark.parametrize("lang", LANGS)
def test_there_is_a_phrase_of_the_part_for_every_persona(at: Place, lang: str) -> None:
    session = at.session()
    for name in library.personas(session.places):
        persona = library.persona(session.places, name, lang)
        for act, (book, part, _) in PARTS.items():
            line = better(session, persona, [act], lang)
            assert line, (name, act)
            assert line["id"].startswith(f"{part}.")
            assert line["id"] in {phrase["id"] for phrase in session.playbook(lang, book)["phrases"][part]}
            assert line["text"]
            assert "{" not in line["text"]


def test_the_first_act_that_the_packs_have_words_for(at: Place) -> None:
    session = at.session()
    persona = library.persona(session.places, "late-sofa", "en")
    line = better(session, persona, ["paraphrase", "empathy", "explore"], "en")
    assert line == better(session, persona, ["empathy"], "en")
    assert better(session, persona, ["listen"], "en") is None
    assert better(session, persona, [], "en") is None
    assert better(session, persona, ["safety"], "en") is None, "there is no danger here"


@pytest.mark.parametrize(("name", "event"), [("at-the-door", "threat"), ("last-letter", "self_harm")])
def test_safety_is_said_to_the_danger_that_there_is(at: Place, name: str, event: str) -> None:
    session = at.session()
    line = better(session, library.persona(session.places, name, "en"), ["safety"], "en")
    assert line
    assert line["id"].startswith(DANGERS[event])


def test_it_is_said_in_this_case_and_at_this_anger(at: Place) -> None:
    session = at.session()
    persona = library.persona(session.places, "late-sofa", "en")
    cold, hot = (better(session, persona, ["empathy"], "en", anger=anger) for anger in (15, 95))
    assert cold and hot and "delivery" in cold["id"] + hot["id"]
    assert all(better(session, persona, [act], "en", anger=anger) for act in PARTS for anger in (0, 9, 10, 50, 99, 100))


def test_it_does_not_depend_on_whose_machine_it_is(at: Place) -> None:
    before = better(at.session(), library.persona(at.session().places, "rude-clerk", "ru"), ["apology"], "ru")
    (at.cwd / ".clientcoach.toml").write_text('agent = "Ольга"\ncompany = "Ромашка"\nagent_gender = "f"\n', encoding="utf-8")
    assert better(at.session(), library.persona(at.session().places, "rude-clerk", "ru"), ["apology"], "ru") == before


def test_where_nothing_is_approved_the_drill_goes_on(at: Place) -> None:
    (at.cwd / "policy.yaml").write_text("require_approved: true\n")
    (at.cwd / ".clientcoach.toml").write_text('policy = "policy.yaml"\n')
    session = at.session()
    assert better(session, library.persona(session.places, "late-sofa", "en"), ["empathy"], "en") is None


def test_acts_are_those_of_the_model() -> None:
    assert set(PARTS) <= set(ACTS)
