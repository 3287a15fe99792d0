"""`drill cards` and `drill --explain`."""

from __future__ import annotations

import pytest

from clientcoach.content.drill_marks import marks
from clientcoach.wording.evaluate import render
from tests.drill.models import PATH
from tests.language.expand import phrases, values
from tests.support import LANGS, validate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tests.support import Place


def test_cards_are_pairs_of_one_phrase_and_the_same_by_seed(at: Place) -> None:
    argv = ("drill", "cards", "--from", "ru", "--to", "kk", "--count", "12", "--json")
    ran = at.run(*argv)
    validate(ran.json, "drill-cards")
    assert (ran.json["from"], ran.json["to"], ran.json["seed"], len(ran.json["cards"])) == ("ru", "kk", 0, 12)
    assert at.run(*argv, "--seed", "0").out == ran.out
    assert at.run(*argv, "--seed", "1").json["cards"] != ran.json["cards"]
    for card in ran.json["cards"]:
        assert card["shown"] == _text("ru", card["id"])
        assert card["wanted"] == _text("kk", card["id"])


def _text(lang: str, name: str) -> str:
    (form,) = (one["forms"]["say"] for one in phrases(lang, "angry-customer") if one["id"] == name)
    return render(form["text"], values(lang, {}))


def test_there_are_no_more_cards_than_phrases_and_none_twice(at: Place) -> None:
    cards = at.run("drill", "cards", "--from", "en", "--to", "pl", "--count", "100", "--json").json["cards"]
    assert len({card["id"] for card in cards}) == len(cards) > 20


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ((), "--to en"),
        (("--to", "de"), "de"),
        (("--from", "pl", "--to", "pl"), "--from"),
        (("--from", "en", "--to", "pl", "--count", "0"), "--count"),
        (("--from", "en", "--to", "pl", "--count", "101"), "--count"),
        (("--from", "en", "--to", "pl", "--seed", "-1"), "seed"),
        (("no-such", "--from", "en", "--to", "pl"), "no-such"),
    ],
)
def test_what_cannot_be_meant(at: Place, argv: tuple[str, ...], told: str) -> None:
    ran = at.run("drill", "cards", *argv, "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_cards_need_somebody_who_answers(at: Place) -> None:
    ran = at.run("drill", "cards", "--from", "en", "--to", "pl")
    assert (ran.code, ran.out) == (5, "")


def test_every_number_has_its_mark(at: Place) -> None:
    ran = at.run("drill", "--explain", "--json")
    validate(ran.json, "drill-numbers")
    groups = ran.json["groups"]
    assert groups == marks(str(PATH))
    lines = PATH.read_text(encoding="utf-8").splitlines()
    told = {one["line"] for one in groups}
    marked = {
        number for number, line in enumerate(lines, 1) if not line.lstrip().startswith("#") and ("evidence: [" in line or "chosen:" in line)
    }
    assert len(groups) == len(told) == len(marked)
    apology = next(one for one in groups if one["place"] == "acts.apology 3")
    assert (apology["numbers"], apology["evidence"]) == (
        {"does": "apologizes", "anger": "-8", "trust": "6", "heard": "4"},
        ["E3", "E4", "E6"],
    )


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_told_what_is_proven_and_what_is_chosen(at: Place, lang: str) -> None:
    out = at.run("drill", "--explain", "--ui", lang).out
    groups = marks(str(PATH))
    proven = sum("evidence" in one for one in groups)
    first = out.splitlines()[0]
    assert all(str(number) in first for number in (len(groups), proven, len(groups) - proven))
    assert "E3, E4, E6" in out
    assert "nobody turns a call round in two turns" in out
    assert "drill." not in out.replace("drill-model", "")


def test_a_broken_model_is_not_explained(at: Place) -> None:
    path = at.cwd / "team" / "drills" / "drill-model.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(PATH.read_text(encoding="utf-8").replace("evidence: [E23]", "evidence: [X]", 1), encoding="utf-8")
    (at.cwd / ".clientcoach.toml").write_text('packs = ["team"]\n')
    ran = at.run("drill", "--explain")
    assert (ran.code, ran.out) == (4, "")
    assert f"{path}:" in ran.err
