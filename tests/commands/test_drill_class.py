"""`drill export` and `drill report`: what a trainee hands on, what a class sees of it, and files that are not what they should be."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.records.drills import keep
from tests.drill.results import made
from tests.support import LANGS, validate
from tests.views.test_report import HOSTILE, Page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Place

LESSON = "/home/anna/our-lesson.yaml"
WIDTHS = (500, 688, 1200)  # a phone on its side, a sheet of A4 as it is printed, a projector
MEASURE = """<script>addEventListener("load",()=>{const cut=[...document.querySelectorAll("main *")].filter(e=>!e.closest("svg")&&
(e.getBoundingClientRect().right>innerWidth+1||e.scrollWidth>e.clientWidth+1&&getComputedStyle(e).display!="inline")).map(e=>e.tagName+e.textContent.slice(0,20))
document.title=JSON.stringify({width:document.documentElement.scrollWidth,cut})})</script>"""


def filled(at: Place) -> Path:
    """A trainee's own results: two of Monday, one of no course."""
    file = at.home / ".local" / "share" / "clientcoach" / "drills.ndjson"
    for number, session in enumerate(("monday", None, "monday")):
        keep(str(file), made(number, session=session, said=["My words", ""], lesson=LESSON))
    return file


def export(alias: str = "trainee-7f3a", results: Any = None) -> dict[str, Any]:
    return {"schema": "clientcoach/drill-export@1", "alias": alias, "results": [made()] if results is None else results}


def saved(at: Place, *exports: Any) -> list[str]:
    """Files of exports, by what they are called."""
    for number, one in enumerate(exports):
        (at.cwd / f"{number}.json").write_text(one if isinstance(one, str) else json.dumps(one), encoding="utf-8")
    return [f"{at.cwd}/{number}.json" for number in range(len(exports))]


def classroom() -> list[dict[str, Any]]:
    """Some trainees with drills of both kinds, in more personas than there are charts, with ends of all kinds."""
    ends = ("settled", "grudging", "false_peace", "left", "hung_up", "timeout", "handed_over", "boundary_end")
    people = ("late-sofa", "worn-coat", "cold-room", "no-internet", "third-repair", "rude-clerk", "free-month", "gone-away")
    return [
        export(
            f"trainee-{who}",
            [
                made(
                    100 * who + number,
                    persona=people[(who + number) % len(people)],
                    end=ends[(who * number) % len(ends)],
                    turns=14,
                    acts=[["listen"]] * 14,
                    said=[""] * 14,
                    anger=[50, *range(100 - who, 86 - who, -1)],
                    trust=[50] * 15,
                    label=("before", "after")[number % 2],
                    process=10 * who + number,
                )
                for number in range(8)
            ],
        )
        for who in range(9)
    ]


def test_without_results_there_is_nothing_to_hand_on(at: Place) -> None:
    ran = at.run("drill", "export")
    assert (ran.code, ran.out) == (1, "")
    assert "clientcoach drill" in ran.err
    assert not (at.home / ".local").exists()


def test_an_export_tells_neither_the_words_nor_the_machine(at: Place) -> None:
    filled(at)
    ran = at.run("drill", "export")
    assert ran.code == 0
    validate(ran.json)
    assert [one["said"] for one in ran.json["results"]] == [["", ""]] * 3
    assert re.fullmatch(r"trainee-[0-9a-f]{4}", ran.json["alias"])
    assert at.run("drill", "export", "--session", "monday").json["alias"] == ran.json["alias"], "the same trainee, whatever is handed on"
    for told in ("My words", "/home/", "anna", os.uname().nodename, str(at.home)):
        assert told not in ran.out
    assert ran.json["results"][0]["lesson"] == "our-lesson.yaml"
    assert "without your own words" in ran.err


def test_words_a_name_and_a_course_when_they_are_wanted(at: Place) -> None:
    filled(at)
    out = at.cwd / "mine.json"
    ran = at.run("drill", "export", "--session", " monday", "--as", "Anna\n<b>", "--with-words", "--out", str(out))
    assert (ran.code, ran.out) == (0, "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["alias"], len(found["results"]), found["results"][0]["said"]) == ("Anna <b>", 2, ["My words", ""])
    assert "hand the file on" in ran.err


@pytest.mark.parametrize(
    ("argv", "told"),
    [(("--session", "friday"), "friday"), (("--session", "…"), "…"), (("--as", "…"), "--as"), (("--as", "x" * 65), "--as")],
)
def test_what_cannot_be_handed_on(at: Place, argv: tuple[str, ...], told: str) -> None:
    filled(at)
    ran = at.run("drill", "export", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_results_of_a_newer_clientcoach_and_damaged_ones(at: Place) -> None:
    file = filled(at)
    with file.open("ab") as stream:
        stream.write(b"\x00\n")
    ran = at.run("drill", "export", "--ui", "ru")
    assert ran.code == 0
    assert len(ran.json["results"]) == 3
    assert "не читается 1 строка" in ran.err
    assert "drills.ndjson.damaged-" in ran.err
    file.write_text('{"schema": "clientcoach/drill-result@2"}\n')
    ran = at.run("drill", "export")
    assert ran.code == 6
    assert "clientcoach/drill-result@2" in ran.err


def test_there_is_a_place_for_results_or_an_error(at: Place) -> None:
    at.variables["HOME"] = ""
    ran = at.run("drill", "export")
    assert ran.code == 6
    assert "XDG_DATA_HOME" in ran.err


@pytest.mark.parametrize("lang", LANGS)
def test_a_report_in_the_terminal(at: Place, lang: str) -> None:
    ran = at.run("drill", "report", *saved(at, *classroom()), "--ui", lang)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "trainee-" not in ran.out
    assert "let_finish" not in ran.out
    assert "gone-away" in ran.out, "a persona that is not here keeps its name"
    assert [line[:4] for line in ran.out.splitlines() if re.match(r"  [1-9]\. ", line)] == ["  1.", "  2.", "  3."]
    assert "{" not in ran.out
    at.variables["COLUMNS"] = "40"
    assert max(map(len, at.run("drill", "report", *saved(at, *classroom()), "--ui", lang).out.splitlines())) <= 40


def test_a_report_as_json(at: Place) -> None:
    files = saved(at, *classroom())
    ran = at.run("drill", "report", *files, "--json")
    validate(ran.json)
    assert (ran.json["trainees"], ran.json["drills"], ran.json["change"]["trainees"]) == (9, 72, 9)
    assert "trainee-" not in ran.out
    ranked = at.run("drill", "report", *files, "--json", "--leaderboard").json
    validate(ranked)
    assert [one["alias"] for one in ranked["leaderboard"]] == [f"trainee-{who}" for who in range(8, -1, -1)]


def test_the_same_file_twice_is_told(at: Place) -> None:
    [file] = saved(at, export())
    ran = at.run("drill", "report", file, file, "--json")
    assert ran.json["drills"] == 1
    assert "counted once: 1 drill." in ran.err


def test_an_export_by_a_pipe(at: Place) -> None:
    filled(at)
    ran = at.run("drill", "report", "-", "--json", stdin=at.run("drill", "export").out)
    assert ran.json["drills"] == 3


def deep(levels: int) -> str:
    return '{"schema": ' + "[" * levels + "]" * levels + "}"


@pytest.mark.parametrize(
    ("content", "told"),
    [("", "JSON"), ("null", "None"), ("[]", "None"), ("{", "JSON"), (deep(100_000), "JSON"), ('{"schema": ' + "9" * 5000 + "}", "JSON"), ('{"schema": NaN}', "JSON"),
     (json.dumps({"schema": "clientcoach/drill-export@2"}), "drill-export@2"), (json.dumps({"schema": ["x" * 500]}), "xxx"), (json.dumps({"schema": "clientcoach/report@1"}), "report@1"),
     (json.dumps(export(results={})), "alias, results"), (json.dumps(export(alias="")), "alias, results"), (json.dumps(export(alias="x" * 65)), "alias, results"), (json.dumps({**export(), "alias": 7}), "alias, results"),
     ('{"schema": "clientcoach/drill-export@1", "alias": "\\ud800", "results": []}', "alias, results"), (json.dumps(export(results=[made(), None])), "schema does not fit in result 2"), (json.dumps(export(results=[made(anger=[1e308] * 3)])), "anger does not fit in result 1"),
     (json.dumps(export(results=[made(marks={"a" * 65: "kept"})])), "marks"), (json.dumps(export(results=[made(turns=10**9)])), "turns"), (json.dumps(export(results=[])), "no result")],
    ids=lambda one: one[:40],
)  # fmt: skip
def test_files_that_are_no_exports(at: Place, content: str, told: str) -> None:
    good, bad = saved(at, export(), content)
    ran = at.run("drill", "report", *([bad] if told == "no result" else [good, bad]))
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert len(ran.err) < 800


def test_bytes_folders_and_giants(at: Place) -> None:
    (at.cwd / "latin").write_bytes(b'{"alias": "\xe9"}')
    with (at.cwd / "giant").open("wb") as file:
        file.truncate((1 << 24) + 1)
    for what in ("latin", "giant", "gone", "."):
        ran = at.run("drill", "report", str(at.cwd / what))
        assert (ran.code, ran.out) == (2, ""), what
        assert "error: " in ran.err
    assert at.run("drill", "report").code == 2


@pytest.mark.parametrize("style", ["text", "html"])
def test_what_strangers_wrote_is_only_text(at: Place, style: str) -> None:
    result = made(session=HOSTILE[:64], lesson=HOSTILE, said=[HOSTILE, HOSTILE], persona="not-there", marks={"x_y": "missed"})
    ran = at.run("drill", "report", *saved(at, export(alias=HOSTILE[:64], results=[result])), "--leaderboard", "--format", style)
    assert ran.code == 0
    assert not {"\x1b", "\u202e"} & set(ran.out)
    if style == "html":
        read = Page(ran.out)
        assert not {"script", "img", "a", "link"} & {tag for tag, _ in read.elements}
        assert any(HOSTILE[:40] in one for one in read.texts), "but it is there"


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_stands_alone(at: Place, lang: str) -> None:
    source = at.run("drill", "report", *saved(at, *classroom()), "--format", "html", "--ui", lang).out
    read = Page(source)
    assert read.of("html") == [{"lang": lang}]
    assert not {"script", "link", "img", "iframe", "object", "use", "image", "a", "base", "form"} & {tag for tag, _ in read.elements}
    assert not [key for _, attrs in read.elements for key in attrs if key.startswith("on") or key.split(":")[-1] in {"href", "src"}]
    assert not re.search(r"(?i)https?:|url\(|@import|//[a-z]", re.sub(r"default-src[^\"]*", "", source))
    assert [attrs["id"] for attrs in read.of("section")] == ["totals", "ends", "personas", "curves", "rules", "change", "talk"]
    assert len(read.of("svg")) == 6 + 2
    assert all(len(attrs["aria-label"] or "") > 20 for attrs in read.of("div") if attrs.get("role") == "img")
    assert "trainee-" not in source
    assert len([tag for tag, _ in read.elements if tag == "ol"]) == 1


def test_a_page_into_a_file(at: Place) -> None:
    files, out = saved(at, *classroom()), at.cwd / "class.html"
    ran = at.run("drill", "report", *files, "--format", "html", "--out", str(out))
    assert (ran.code, ran.out) == (0, "")
    assert out.read_text(encoding="utf-8") == at.run("drill", "report", *files, "--format", "html").out
    assert at.run("drill", "report", *files, "--out", str(at.cwd)).code == 6


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_a_browser_shows_and_prints_it_with_nothing_cut_off(at: Place, lang: str) -> None:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is not installed")
    page = at.run("drill", "report", *saved(at, *classroom()), "--format", "html", "--ui", lang, "--leaderboard").out
    options = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={at.home}/browser"]
    for width in WIDTHS:
        measured = at.cwd / "measured.html"
        shown = (
            page.replace("@media print", "@media all").replace("max-width:none", f"width:{width}px;max-width:none")
            if width == 688
            else page
        )
        measured.write_text(re.sub(r"<meta http-equiv[^>]*>", "", shown).replace("</body>", f"{MEASURE}</body>"), encoding="utf-8")
        words = [*options, f"--window-size={width},2000", "--dump-dom", measured.as_uri()]
        dom = subprocess.run(words, check=True, capture_output=True, timeout=120).stdout.decode()
        found = re.search(r'<title>\{"width":(\d+),"cut":(\[.*?\])\}</title>', dom)
        assert found, dom[:300]
        assert (int(found[1]) <= width, found[2]) == (True, "[]"), width
