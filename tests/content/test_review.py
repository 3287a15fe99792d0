"""Signatures: what voids them, where they may stand, and what a policy that asks for them leaves of a playbook."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcoach.content import library, review, strict_yaml
from clientcoach.content.lint import lint
from clientcoach.content.review import Book, digest, lines
from clientcoach.content.schemas import REVIEW
from clientcoach.content.source import Source
from clientcoach.errors import ContentError, NotApproved
from tests.content.test_library import GOOD
from tests.content.test_library import places as named

BUNDLED = Path(library.bundled())
PHRASES = ("insult.limit.any", "insult.limit.end", "insult.limit.rung", "insult.back.any")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of our own with one playbook, in four languages, which nobody has signed."""
    shutil.copytree(GOOD / "everything", tmp_path / "pack")
    (tmp_path / "pack" / "demo" / "review.yaml").unlink()
    return tmp_path / "pack"


def places(*packs: Path, cache: Path | None = None) -> library.Places:
    """Ours last, as always: it has the interruptions."""
    return named(*packs, BUNDLED, cache=cache)


def book(pack: Path, *before: Path) -> Book:
    found = places(*before, pack)
    return Book("demo", library.find(found, "demo"), library.reviews(found, "demo"))


def sign(pack: Path, *names: str, lang: str = "ru", into: Path | None = None) -> None:
    """As `playbook approve` does it."""
    file = (into or pack) / "demo" / "review.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    signed = review.read(str(file)) if file.exists() else {}
    now = book(pack)
    signed.setdefault(lang, {}).update({name: {**now.hashes(lang, name), "by": "Айгүл", "on": "2026-11-22"} for name in names})
    file.write_text("".join(lines(signed)), encoding="utf-8")


def change(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / "demo" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_phrase_is_new_then_approved_then_changed_or_stale(pack: Path) -> None:
    assert {book(pack).standing("ru", name) for name in PHRASES} == {"new"}
    sign(pack, *PHRASES)
    assert {book(pack).standing("ru", name) for name in PHRASES} == {"approved"}
    assert book(pack).standing("pl", "insult.back.any") == "new"
    change(pack, "ru.yaml", "Вернёмся к заказу «пылесос».", "Вернёмся к вашему заказу.")
    change(pack, "en.yaml", "    short: Please speak with respect.\n", "")
    now = book(pack)
    assert [now.standing("ru", name) for name in PHRASES] == ["stale", "approved", "approved", "changed"]
    change(pack, "ru.yaml", "insult.back.any: Вернёмся к вашему заказу.", "")
    assert book(pack).standing("ru", "insult.back.any") == "missing"


def test_in_the_source_language_there_is_only_one_text(pack: Path) -> None:
    sign(pack, *PHRASES, lang="en")
    change(pack, "en.yaml", "Let’s go back to your order.", "Let’s return to your order.")
    assert [book(pack).standing("en", name) for name in PHRASES] == ["approved", "approved", "approved", "changed"]


def test_only_what_is_said_counts_not_how_the_file_writes_it(pack: Path) -> None:
    sign(pack, *PHRASES, lang="en")
    change(
        pack,
        "en.yaml",
        "insult.back.any: Let’s go back to your order.",
        "insult.back.any:\n    say: >-\n      Let’s go back\n      to your order.\n",
    )
    assert book(pack).standing("en", "insult.back.any") == "approved"
    change(pack, "en.yaml", "    verbatim: true\n", "")
    assert book(pack).standing("en", "insult.limit.end") == "changed", "it could now be softened"


def test_hashes_tell_forms_apart() -> None:
    assert digest({"say": "a", "short": "b"}) == digest({"short": "b", "say": " a\n"})
    assert len({digest({"say": "a", "short": "b"}), digest({"say": "b", "short": "a"}), digest({"say": "a"}), digest(None)}) == 4


def test_the_nearest_signature_counts_and_a_team_signs_what_it_did_not_write(pack: Path, tmp_path: Path) -> None:
    team = tmp_path / "team"
    sign(pack, "insult.back.any", into=team)
    assert book(pack, team).standing("ru", "insult.back.any") == "approved"
    assert book(pack).standing("ru", "insult.back.any") == "new", "the team's pack is not in use"
    assert not (pack / "demo" / "review.yaml").exists()
    assert book(pack, team).folder == str(pack / "demo"), "signatures alone make no playbook"


def shard(pack: Path, *before: Path, lang: str = "ru", cache: Path | None = None) -> list[str]:
    found = library.playbook(places(*before, pack, cache=cache), "demo", lang, approved=True)
    return [phrase["id"] for part in found["phrases"].values() for phrase in part]


def test_where_approval_is_wanted_the_rest_is_hidden(pack: Path, tmp_path: Path) -> None:
    sign(pack, "insult.limit.any", "insult.back.any")
    assert shard(pack) == ["insult.limit.any", "insult.back.any"]
    whole = library.playbook(places(pack), "demo", "ru")
    assert len([phrase for part in whole["phrases"].values() for phrase in part]) == 4


def test_the_compiled_playbook_follows_its_signatures_and_its_source(pack: Path, tmp_path: Path) -> None:
    cache, team = tmp_path / "cache", tmp_path / "team"
    sign(pack, "insult.limit.any", "insult.back.any")
    assert shard(pack, cache=cache) == shard(pack, cache=cache) == ["insult.limit.any", "insult.back.any"]
    sign(pack, "insult.limit.end")
    assert shard(pack, cache=cache) == ["insult.limit.any", "insult.limit.end", "insult.back.any"]
    sign(pack, "insult.limit.rung", into=team)
    assert "insult.limit.rung" in shard(pack, team, cache=cache)
    change(pack, "en.yaml", "I’m ending the call now", "I end the call now")
    assert shard(pack, cache=cache) == ["insult.limit.any", "insult.back.any"], "the text it was made from has changed"
    change(pack, "ru.yaml", "Вернёмся к заказу", "Вернёмся назад к заказу")
    with pytest.raises(NotApproved):
        shard(pack, cache=cache)
    sign(pack, "insult.back.any")
    assert "insult.back.any" in shard(pack, cache=cache)


def test_a_part_keeps_its_default_or_it_is_told_which_has_none(pack: Path) -> None:
    sign(pack, "insult.limit.any", "insult.limit.end")
    with pytest.raises(NotApproved) as error:
        shard(pack)
    assert error.value.exit_code == 4
    assert error.value.params == {"playbook": "demo", "value": "ru", "count": 1, "names": ["insult.back"]}
    assert error.value.problems == []


@pytest.mark.parametrize(
    "text", ["ru: [", "ru: {insult.back.any: {source: a}}", "ru: {insult.back.any: {source: a, text: b, by: x, on: today}}", "\x00", "- a"]
)
def test_broken_signatures_approve_nothing(pack: Path, text: str) -> None:
    (pack / "demo" / "review.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        shard(pack)
    assert error.value.problems[0]["file"] == str(pack / "demo" / "review.yaml")


@given(by=st.text(min_size=1, max_size=30).filter(str.strip), until=st.none() | st.just("2027-01-01"))
def test_any_name_can_sign_and_is_read_back(by: str, until: str | None) -> None:
    signed = {
        "kk": {"a.b.c": {"source": "0" * 16, "text": "1" * 16, "by": f"x{by}", "on": "2026-11-22", **({"until": until} if until else {})}}
    }
    text = "".join(lines(signed)).encode("utf-8", "replace")
    source = Source("review.yaml")
    again = REVIEW.read(strict_yaml.parse(text, source), source)
    assert source.problems == []
    assert {**again["kk"]["a.b.c"], "by": ""} == {**signed["kk"]["a.b.c"], "by": ""}
    assert again["kk"]["a.b.c"]["by"].startswith("x")


def test_no_signatures_are_a_file_too(tmp_path: Path) -> None:
    path = tmp_path / "review.yaml"
    path.write_text("".join(lines({"ru": {}})), encoding="utf-8")
    assert review.read(str(path)) == {}
    assert review.signatures([str(path), os.devnull + "/no"]) == {}


def test_a_shared_part_is_approved_among_the_interruptions(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "demo").mkdir(parents=True)
    (pack / "demo" / "playbook.yaml").write_text(
        "facts: {rung: [ask, warn, end], warned: [yes, no]}\nsteps: {stop: [rung, back]}\nshared: {stop.rung: insult.limit}\nphrases: {stop.back.any: {}}\n"
    )
    (pack / "demo" / "en.yaml").write_text(
        "title: {stop: Stop}\npart: {rung: limit, back: back}\nphrases: {stop.back.any: Let us go on.}\n"
    )
    found = places(pack)
    sign(pack, "stop.back.any", lang="en")
    with pytest.raises(NotApproved) as error:
        library.playbook(found, "demo", "en", approved=True)
    assert (error.value.params["playbook"], error.value.params["names"]) == ("interruptions", ["insult.limit"])
    turns = Book("interruptions", library.find(found, "interruptions"), [])
    default = next(name for name, when in turns.structure.phrases.items() if name.startswith("insult.limit.") and not when)
    signature = {**turns.hashes("en", default), "by": "Ewa", "on": "2026-11-22"}
    (pack / "interruptions").mkdir()
    (pack / "interruptions" / "review.yaml").write_text("".join(lines({"en": {default: signature}})), encoding="utf-8")
    shard = library.playbook(found, "demo", "en", approved=True)
    assert {part: [phrase["id"] for phrase in given] for part, given in shard["phrases"].items()} == {
        "stop.rung": [default],
        "stop.back": ["stop.back.any"],
    }


def test_signatures_alone_are_linted_and_hide_no_playbook(tmp_path: Path) -> None:
    (tmp_path / "interruptions").mkdir()
    path = tmp_path / "interruptions" / "review.yaml"
    path.write_text("ru: {insult.limit.any: {source: a}}\n", encoding="utf-8")
    assert {problem["code"] for problem in lint(str(tmp_path))} == {"missing-key"}
    path.write_text("".join(lines({})), encoding="utf-8")
    shutil.copytree(GOOD / "minimal" / "demo", tmp_path / "demo")
    with (tmp_path / "demo" / "playbook.yaml").open("a") as file:
        file.write("interruptions: [insult, nonsense]\n")
    assert [problem["code"] for problem in lint(str(tmp_path))] == ["unknown-name"]
