"""The lessons that are shipped, and those of a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientcoach.content import library
from clientcoach.content.lessons import compile_lessons
from clientcoach.drill.schedule import about
from clientcoach.errors import ContentError, UsageError
from tests.drill.models import model
from tests.language.expand import PLACES
from tests.support import LANGS

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = range(1, 6)


def test_there_are_five_each_with_a_rule_of_its_own() -> None:
    found = library.lessons(PLACES)
    assert [library.lesson(PLACES, number) for number in NUMBERS] == found
    assert len({lesson["rule"] for lesson in found}) == 5
    assert all(lesson["rule"] in model()["rules"] for lesson in found)
    assert all(set(lesson["title"]) == set(LANGS) and len(lesson["drills"]) >= 3 for lesson in found)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_lesson_grows_harder_and_gives_a_chance_for_its_rule(number: int) -> None:
    lesson = library.lesson(PLACES, number)
    told = [about(library.persona(PLACES, drill["persona"], "en")) for drill in lesson["drills"]]
    assert [one["difficulty"] for one in told] == sorted(one["difficulty"] for one in told)
    assert all(lesson["rule"] in one["rules"] for one in told)
    assert not any(one["opt_in"] or one["transfer"] for one in told)


def test_a_lesson_that_there_is_not() -> None:
    for number in (0, 6, -1):
        with pytest.raises(UsageError) as caught:
            library.lesson(PLACES, number)
        assert (caught.value.code, caught.value.params["choices"]) == ("unknown_lesson", ["1", "2", "3", "4", "5"])


def test_a_team_s_own_lessons_are_taken_instead(tmp_path: Path) -> None:
    (tmp_path / "drills").mkdir()
    text = "lessons:\n  - {title: {pl: Nasza}, rule: sum_up, drills: [{persona: late-sofa, seed: 7}]}\n"
    (tmp_path / "drills" / "lessons.yaml").write_text(text)
    places: library.Places = {"packs": [str(tmp_path), *PLACES["packs"]], "policy": None, "cache": None}
    assert library.lesson(places, 1) == {"title": {"pl": "Nasza"}, "rule": "sum_up", "drills": [{"persona": "late-sofa", "seed": 7}]}


@pytest.mark.parametrize(
    "text",
    [
        "lessons: []\n",
        "lessons: {}\n",
        "lessons:\n  - {title: {}, rule: sum_up, drills: [{persona: a, seed: 1}]}\n",
        "lessons:\n  - {title: {en: A}, rule: sum_up, drills: []}\n",
        "lessons:\n  - {title: {en: A}, rule: sing, drills: [{persona: a, seed: 1}]}\n",
        "lessons:\n  - {title: {en: A}, rule: sum_up, drills: [{persona: ../a, seed: 1}]}\n",
        "lessons:\n  - {title: {en: A}, rule: sum_up, drills: [{persona: a, seed: 2147483648}]}\n",
        "- title\n",
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lessons.yaml"
    path.write_text(text)
    with pytest.raises(ContentError) as caught:
        compile_lessons(str(path))
    assert all(problem["file"] == str(path) and problem["line"] >= 1 for problem in caught.value.problems)
