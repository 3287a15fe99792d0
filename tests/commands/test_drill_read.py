"""What a trainee's own words are read as. The sentences are nobody's lines: neither the persona's nor the examples of the acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands.drill_read import Reader
from clientcoach.content import library
from clientcoach.drill.acts import ACTS
from clientcoach.drill.talk import Talk
from tests.drill.models import model
from tests.support import LANGS

if TYPE_CHECKING:
    from tests.support import Place

SAID: dict[str, list[tuple[str, list[str]]]] = {
    "en": [
        ("Mm-hm, go on, I'm listening.", ["listen"]),
        ("You waited at the window on Tuesday, and nobody came or rang.", ["paraphrase"]),
        ("So it was due on Tuesday between 14 and 16, is that right?", ["paraphrase_wrong"]),
        ("I'm sorry that nobody came to you on Tuesday and nobody rang.", ["apology"]),
        ("I'm sorry.", ["apology_generic"]),
        ("I will call you back tomorrow by 10.", ["promise"]),
        ("Please calm down.", ["calm_down"]),
        ("That is against our policy.", ["flat_no"]),
        ("What would be the best way out of this for you?", ["explore"]),
        ("You waited all Tuesday by the window and nobody rang. What do you need the sofa for?", ["paraphrase", "explore"]),
    ],
    "ru": [
        ("Да-да, слушаю вас.", ["listen"]),
        ("Вы с утра ждали диван с телефоном в руке, и вам никто не позвонил.", ["paraphrase"]),
        ("Извините, что во вторник вам не привезли диван и даже не позвонили.", ["apology"]),
        ("Извините.", ["apology_generic"]),
        ("Я перезвоню вам завтра до десяти.", ["promise"]),
        ("Успокойтесь, пожалуйста.", ["calm_down"]),
        ("У нас такие правила.", ["flat_no"]),
        ("А что для вас было бы лучшим выходом?", ["explore"]),
    ],
    "pl": [
        ("Tak, słucham Panią.", ["listen"]),
        ("Przepraszam, że we wtorek nikt nie przyjechał i nikt nie zadzwonił.", ["apology"]),
        ("Przepraszam.", ["apology_generic"]),
        ("Zadzwonię do Pani jutro do dziesiątej.", ["own", "promise"]),
        ("Proszę się uspokoić.", ["calm_down"]),
        ("Takie mamy procedury.", ["flat_no"]),
        ("Jakie rozwiązanie byłoby dla Pani najlepsze?", ["explore"]),
    ],
    "kk": [
        ("Иә, тыңдап тұрмын.", ["listen"]),
        ("Сейсенбіде диван келмей, сізге ешкім хабар бермегені үшін кешіріңіз.", ["apology"]),
        ("Болған жағдай үшін кешіріңіз.", ["apology_generic"]),
        ("Ертең сағат онға дейін сізге өзім қоңырау шаламын.", ["promise"]),
        ("Сабыр етіңіз.", ["calm_down"]),
        ("Бізде ереже солай.", ["flat_no"]),
        ("Сізге қандай шешім ыңғайлы болар еді?", ["explore"]),
    ],
}


def drill(at: Place, lang: str, turns: int) -> tuple[Reader, Talk]:
    """A reader, and a call that was listened to for some turns."""
    session = at.session()
    persona = library.persona(session.places, "late-sofa", lang)
    talk = Talk(model(), persona, 0)
    for _ in range(turns):
        talk.take(["listen"])
    return Reader(session, persona, lang), talk


@pytest.mark.parametrize("lang", LANGS)
def test_own_words(at: Place, lang: str) -> None:
    reader, talk = drill(at, lang, 3)
    read = [(text, reader.acts(text, talk)) for text, _ in SAID[lang]]
    assert read == SAID[lang]


@pytest.mark.parametrize("lang", LANGS)
def test_the_lines_to_pick_from_are_read_as_what_they_are(at: Place, lang: str) -> None:
    """Whoever types what they have learnt from the lines is understood."""
    reader, talk = drill(at, lang, 3)
    talk.state.solution = 0
    lines: dict[str, list[str]] = talk.persona["texts"]["lines"]
    wrong = [
        (name, line, reader.acts(line, talk)) for name, several in lines.items() for line in several if name not in reader.acts(line, talk)
    ]
    assert [name for name, _, _ in wrong if name not in {"confirm"}] == [], wrong


def test_a_question_after_an_offer_asks_for_the_yes(at: Place) -> None:
    reader, talk = drill(at, "en", 3)
    text = "So the sofa comes on Tuesday with a call before, is that right?"
    assert "confirm" not in reader.acts(text, talk)
    talk.state.solution = 70
    assert reader.acts(text, talk) == ["confirm"]


def test_what_was_not_told_is_not_named(at: Place) -> None:
    """A feeling with its reason is one only where the reason is the customer's."""
    reader, talk = drill(at, "en", 3)
    assert reader.acts("I understand how upsetting that is.", talk) == ["empathy_generic"]
    assert reader.acts("I understand how upsetting it is to wait at the window for a sofa.", talk) == ["empathy"]


@pytest.mark.parametrize(
    "text", ["", "   ", "…", "42", "asdf qwer", "🙂", "\u202eevil", "[red]x[/red]", "{customer}", "a" * 5000, "?" * 300]
)
def test_whatever_is_typed(at: Place, text: str) -> None:
    reader, talk = drill(at, "en", 1)
    found: list[Any] = reader.acts(text, talk)
    assert set(found) <= set(ACTS)
