"""`drill list`, `drill role`, `drill new`, `drill lint`."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from clientcoach.content import library
from clientcoach.content.personas import OPT_INS
from tests.language.expand import PLACES
from tests.support import LANGS, ROOT, validate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place

PEOPLE = library.personas(PLACES)
DRILLS = ROOT / "playbooks" / "drills"


def own(at: Place, name: str = "anna", like: str = "late-sofa") -> Path:
    """A team's own persona in its own pack, which is in use."""
    ran = at.run("drill", "new", name, "--like", like)
    assert ran.code == 0, ran.err
    (at.cwd / ".clientcoach.toml").write_text('packs = ["playbooks"]\n')
    return at.cwd / "playbooks" / "drills" / name


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_list_names_everybody_the_easiest_first(at: Place) -> None:
    ran = at.run("drill", "list", "--json")
    validate(ran.json, "drills")
    told = ran.json["personas"]
    assert sorted(one["name"] for one in told) == PEOPLE
    assert [one["level"] for one in told] == sorted(one["level"] for one in told)
    assert {one["opt_in"] for one in told} == {None, *OPT_INS}
    assert [one["name"] for one in told if one["transfer"]] == ["wedding-photos"]
    assert all(one["langs"] == list(LANGS) for one in told)


@pytest.mark.parametrize("lang", LANGS)
def test_list_is_a_table_in_which_opt_ins_are_marked(at: Place, lang: str) -> None:
    lines = at.run("drill", "list", "--lang", lang).out.splitlines()
    assert len(lines) == len(PEOPLE) + 1
    marked = {line.split()[0] for line in lines[1:] if not line.endswith("en ru pl kk")}
    assert marked == {"at-the-door", "last-letter", "shouting-caller", "wedding-photos"}
    assert len({line.index("en ru pl kk") for line in lines[1:]}) == 1
    assert library.persona(PLACES, "late-sofa", lang)["title"] in "\n".join(lines)


def test_a_title_comes_in_a_language_that_there_is(at: Place) -> None:
    folder = own(at)
    for lang in ("en", "ru", "kk"):
        (folder / f"{lang}.yaml").unlink()
    edit(folder / "persona.yaml", "languages: [en, ru, pl, kk]", "languages: [pl]")
    told = {one["name"]: one for one in at.run("drill", "list", "--lang", "en", "--json").json["personas"]}
    assert (told["anna"]["title"], told["anna"]["langs"]) == (library.persona(PLACES, "late-sofa", "pl")["title"], ["pl"])


def test_a_role_in_a_language_that_is_not_spoken(at: Place) -> None:
    folder = own(at)
    (folder / "kk.yaml").unlink()
    ran = at.run("drill", "role", "anna", "--lang", "kk", "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: The customer anna does not speak “kk”. Choose one of: en, ru, pl.\n"


def test_one_that_is_broken_hides_no_other(at: Place) -> None:
    edit(own(at) / "persona.yaml", "severity: 2", "severity: 9")
    ran = at.run("drill", "list", "--json")
    assert ran.code == 0
    assert "anna" not in {one["name"] for one in ran.json["personas"]}
    assert len(ran.json["personas"]) == len(PEOPLE)
    assert "anna" in ran.err


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PEOPLE)
def test_a_role_has_all_that_is_said_and_what_opens_it(at: Place, name: str, lang: str) -> None:
    ran = at.run("drill", "role", name, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    texts = library.persona(PLACES, name, lang)["texts"]
    for line in (*texts["opening"], *texts["story"], *texts["facts"][1:], *filter(None, texts["ask"]), texts["wants"]):
        assert line in ran.out
    assert "drill." not in ran.out


def test_a_role_speaks_to_its_player_in_the_language_of_the_interface(at: Place) -> None:
    ran = at.run("drill", "role", "late-sofa", "--lang", "kk", "--ui", "en")
    assert "What you keep back, and what opens it" in ran.out
    assert library.persona(PLACES, "late-sofa", "kk")["texts"]["wants"] in ran.out


@pytest.mark.parametrize("name", ["last-letter", "shouting-caller", "at-the-door"])
def test_a_hard_role_begins_with_the_agreement_of_all(at: Place, name: str) -> None:
    assert "Only where everybody" in at.run("drill", "role", name, "--ui", "en").out.splitlines()[1]
    assert "Only where everybody" not in at.run("drill", "role", "late-sofa", "--ui", "en").out


class Page(HTMLParser):
    """The text of a page, and the tags that it opens."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_role_as_a_page_holds_nothing_from_elsewhere(at: Place) -> None:
    folder = own(at)
    edit(folder / "en.yaml", library.persona(PLACES, "late-sofa", "en")["texts"]["wants"], "<script>alert(1)</script> & <b>so</b>")
    ran = at.run("drill", "role", "anna", "--lang", "en", "--format", "html")
    page = Page(ran.out)
    assert "<script>alert(1)</script> & <b>so</b>" in page.text
    assert not {"script", "img", "link", "a", "b"} & {tag for tag, _ in page.tags}
    assert not re.search(r"(?:src|href)=|url\(", ran.out)
    markdown = at.run("drill", "role", "anna", "--lang", "en", "--format", "markdown").out
    assert "<script>" not in markdown
    assert markdown.startswith("# ")


def test_a_role_goes_into_a_file(at: Place) -> None:
    ran = at.run("drill", "role", "late-sofa", "--lang", "en", "--format", "html", "--out", str(at.cwd / "role.html"))
    assert (ran.code, ran.out) == (0, "")
    assert (at.cwd / "role.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("role", "late-soffa"), "late-sofa"),
        (("role", "../late-sofa"), "drill list"),
        (("role", "late-sofa", "--lang", "de"), "de"),
        (("role", "late-sofa", "--format", "json"), "format"),
        (("new", "anna", "--like", "late-sofa", "--lang", "de"), "de"),
        (("lint", "nowhere"), "nowhere"),
        (("lint", "."), "."),
        (("new", "Anna"), "Anna"),
        (("new", "lines"), "lines"),
        (("new", "late-sofa"), "late-sofa"),
        (("new", "../up"), "up"),
        (("new", "anna", "--like", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_meant(at: Place, argv: tuple[str, ...], told: str) -> None:
    ran = at.run("drill", *argv, "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.startswith("error: ")
    assert not (at.cwd / "playbooks").exists()


def test_a_new_one_can_be_played_checked_and_lints_clean(at: Place) -> None:
    ran = at.run("drill", "new", "late-parcel", "--json")
    validate(ran.json, "new")
    assert ran.json["langs"] == list(LANGS)
    (at.cwd / ".clientcoach.toml").write_text(f'packs = ["{ran.json["packs"]}"]\n')
    linted = at.run("drill", "lint", "late-parcel", "--json")
    assert (linted.code, linted.json["problems"]) == (0, [])
    assert linted.json["personas"][0]["five_steps"]["end"] == "settled"
    whole = at.run("playbook", "lint", "playbooks", "--json")
    assert (whole.code, whole.json["problems"]) == (0, [])
    assert "late-parcel" in {one["name"] for one in at.run("drill", "list", "--json").json["personas"]}
    assert "# late-parcel" in (at.cwd / "playbooks" / "drills" / "late-parcel" / "persona.yaml").read_text()


def test_a_new_one_in_some_languages_claims_these(at: Place) -> None:
    assert at.run("drill", "new", "anna", "--like", "late-sofa", "--lang", "pl", "--lang", "en", "--into", "team").code == 0
    folder = at.cwd / "team" / "drills" / "anna"
    assert {path.name for path in folder.iterdir()} == {"persona.yaml", "pl.yaml", "en.yaml"}
    assert "languages: [pl, en]" in (folder / "persona.yaml").read_text()
    assert at.run("drill", "lint", "team").code == 0


def test_a_new_one_never_stands_over_another(at: Place) -> None:
    folder = own(at)
    before = (folder / "en.yaml").read_bytes()
    ran = at.run("drill", "new", "anna", "--like", "anna")
    assert (ran.code, (folder / "en.yaml").read_bytes()) == (2, before)


def test_lint_tries_everybody_and_tells_how_it_ends(at: Place) -> None:
    ran = at.run("drill", "lint", "late-sofa", "--json")
    validate(ran.json, "drill-lint")
    (one,) = ran.json["personas"]
    assert (ran.code, one["name"], one["langs"], one["seeds"]) == (0, "late-sofa", list(LANGS), 200)
    assert (one["five_steps"]["end"], one["blamer"]["end"]) == ("settled", "hung_up")
    assert at.run("drill", "lint", "late-sofa", "--ui", "en").out.splitlines() == [
        f"late-sofa (en ru pl kk): five steps: settled ({one['five_steps']['turns']}); blame: hung up ({one['blamer']['turns']})",
        "0 errors, 0 warnings, 1 customer tried.",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("persona.yaml", "at: 20, after: guests_saturday", "at: 100, after: guests_saturday", "unreachable"),
        ("persona.yaml", "{on: explore, gate: heard, at: 10}", "{on: explore, gate: heard, at: 10, after: old_sofa_gone}", "fact-cycle"),
        ("persona.yaml", "severity: 2", "severity: 4", "bad-value"),
        ("persona.yaml", "vent: 3", "vent: 2", "story-length"),
        ("persona.yaml", "prior: 0\nstyle: loud\nreactivity: 110\nforgiveness: 100", "prior: 5\nstyle: loud\nreactivity: 200\nforgiveness: 10", "drill-outcome"),
        ("en.yaml", "  day_off:", "  day_of:", "missing-line"),
        ("kk.yaml", "title:", "titel:", "missing-key"),
        ("pl.yaml", "title:", "title: \u202e", "yaml-character"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(at: Place, file: str, old: str, new: str, code: str) -> None:
    path = own(at) / file
    edit(path, old, new)
    ran = at.run("drill", "lint", "anna", "--ui", "en")
    assert ran.code == 4
    assert re.search(rf"^{re.escape(str(path.parent))}/\w+\.yaml:\d+:\d+: {code} ", ran.out, re.M), ran.out
    assert "Traceback" not in ran.out + ran.err
    if code not in {"unreachable", "drill-outcome"}:
        assert "not tried" in ran.out


def test_a_missing_language_is_told_where_it_is_claimed(at: Place) -> None:
    folder = own(at)
    (folder / "kk.yaml").unlink()
    ran = at.run("drill", "lint", str(folder), "--json")
    claimed = (folder / "persona.yaml").read_text().splitlines().index("languages: [en, ru, pl, kk]") + 1
    (found,) = ran.json["problems"]
    assert (ran.code, found["code"], found["line"]) == (4, "missing-language", claimed)


def test_blame_that_wins_is_told(at: Place) -> None:
    """A team's own model in which it does: denying counts as a promise, and blaming a colleague calms and sums up."""
    folder = own(at)
    text = (DRILLS / "drill-model.yaml").read_text(encoding="utf-8")
    for old, new in (
        (r"(  deny:\n    - \{)[^}]*?(evidence|chosen)", r"\1does: promises, heard: 25, \2"),
        (r"(  blame_customer:\n    - \{)[^}]*?(evidence|chosen)", r"\1heard: 25, \2"),
        (r"(  blame_colleague:\n    - \{)[^}]*?(evidence|chosen)", r"\1does: closes, anger: -100, \2"),
        (r"(  settled: \{)anger: \d+, heard: \d+", r"\1anger: 80, heard: 10"),
    ):
        text, times = re.subn(old, new, text)
        assert times == 1
    (folder.parent / "drill-model.yaml").write_text(text, encoding="utf-8")
    ran = at.run("drill", "lint", "anna", "--json")
    assert (ran.code, ran.json["personas"][0]["blamer"]["end"]) == (4, "settled")
    assert "drill-outcome" in {problem["code"] for problem in ran.json["problems"]}


def test_nothing_in_a_folder_of_drills_breaks_it(at: Place) -> None:
    """Names that a terminal obeys, a pipe, a folder, a link to itself, what is no text, what is too long."""
    drills = at.cwd / "team" / "drills"
    for name in ("ev\x1b[31mil", "pipe", "folder", "link", "bytes", "big", "lines"):
        (drills / name).mkdir(parents=True)
    (drills / "ev\x1b[31mil" / "persona.yaml").write_text("x\n")
    os.mkfifo(drills / "pipe" / "persona.yaml")
    os.mkfifo(drills / "lines" / "en.yaml")
    (drills / "folder" / "persona.yaml").mkdir()
    (drills / "link" / "persona.yaml").symlink_to("persona.yaml")
    (drills / "bytes" / "persona.yaml").write_bytes(b"\xff\xfe")
    (drills / "big" / "persona.yaml").write_bytes(b"a" * (2 << 20))
    (drills / "lessons.yaml").symlink_to("/")
    ran = at.run("drill", "lint", str(at.cwd / "team"), "--ui", "en")
    assert ran.code == 4
    assert "\x1b" not in ran.out + ran.err
    assert "internal" not in ran.err
    (at.cwd / ".clientcoach.toml").write_text('packs = ["team"]\n')
    assert at.run("drill", "list").code == 0


def test_without_a_name_all_packs_are_checked(at: Place) -> None:
    own(at)
    ran = at.run("drill", "lint", "--json")
    assert (ran.code, ran.json["problems"]) == (0, [])
    assert sorted(one["name"] for one in ran.json["personas"]) == sorted([*PEOPLE, "anna"])


@pytest.mark.parametrize("verb", ["role", "lint"])
def test_names_are_completed(at: Place, verb: str) -> None:
    assert set(PEOPLE) <= set(at.run("complete", "drill", verb).out.split())
