"""`report`: what was counted, in every format and language; of everybody together or of oneself, and of nobody else."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from clientcoach.app import build
from clientcoach.options import VERBS
from tests.support import LANGS, ndjson, validate

if TYPE_CHECKING:
    from tests.support import Place, Ran

WORKER, OTHER = "Zenobia Kowal", "Quentin Xavier"
PHRASE = "listen.open.any"
FORMATS = ("text", "json", "csv", "markdown", "html")


def incident(number: int, day: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{number:08x}-5c1e-7d33-9a51-0242ac120002", "closed_at": f"{day}T10:00:00Z", "cause": "delivery", "channel": "phone", "lang": "ru", "playbook": "angry-customer", "worker": WORKER,
        "anger_start": 8, "anger_end": 3, "softened": 200, "warnings": 1, "outcome": "settled", "reference": f"K-{number}", "steps": {"listen": "done", "propose": "skipped"},
        "offers": [{"id": "pickup", "answer": "accepted"}], "interruptions": ["insult"], "phrases": [{"id": PHRASE, "calmed": True}],
        "promises": [{"what": "ring back", "owner": WORKER, "due": "2026-11-24", "made_at": f"{day}T09:00:00Z"}],
        **more,
    }  # fmt: skip


def filled(at: Place, *more: dict[str, Any]) -> None:
    """Nine incidents of the last four weeks, five of them new; one of another worker, one that is older."""
    days = ("2026-11-01", "2026-11-09", "2026-11-16", *["2026-11-23"] * 5)
    found = [incident(number, day) for number, day in enumerate(days, 1)]
    found += [
        incident(20, "2026-11-20", worker=OTHER, cause="billing", channel="chat", lang="pl", playbook="own"),
        incident(30, "2026-10-01", cause="staff"),
        *more,
    ]
    ran = at.run("log", "import", "-", stdin=ndjson(found))
    assert (ran.code, ran.err) == (0, "")


def report(at: Place, *argv: str) -> Ran:
    ran = at.run("report", *argv)
    assert (ran.code, ran.err) == (0, "")
    return ran


def test_the_answer_in_full(at: Place) -> None:
    filled(at)
    found = report(at, "--json").json
    validate(found)
    assert (found["since"], found["until"], found["first"], found["last"]) == (
        "2026-10-28T19:00:00Z",
        "2026-11-25T19:00:00Z",
        "2026-10-29",
        "2026-11-25",
    )
    assert [(one["first"], one["last"], one["incidents"]) for one in found["periods"]] == [
        ("2026-10-29", "2026-11-04", 1), ("2026-11-05", "2026-11-11", 1), ("2026-11-12", "2026-11-18", 1), ("2026-11-19", "2026-11-25", 6)
    ]  # fmt: skip
    assert found["totals"] == {
        "incidents": 9,
        "repeats": 0,
        "warnings": 9,
        "anger": {"count": 9, "start": 8.0, "end": 3.0, "change": -5.0},
        "softened": {"count": 9, "median": 200.0},
    }
    assert [(one["name"], one["incidents"], one["share"]) for one in found["by_cause"]] == [("delivery", 8, 0.8889), ("billing", 1, 0.1111)]
    assert found["by_step"] == [
        {"step": "propose", "done": 0, "skipped": 9, "share": 1.0},
        {"step": "listen", "done": 9, "skipped": 0, "share": 0.0},
    ]
    assert found["promises"] == {"made": 9, "kept": 0, "in_time": 0, "late": 9, "open": 0}
    assert found["rising"] == [{"cause": "delivery", "incidents": 5, "expected": 0.9, "ratio": 5.45}]
    assert found["prevention"][0]["examples"] == [f"{number:08x}" for number in (8, 7, 6, 5, 4)]
    assert (found["by"], found["where"], found["mine"], found["rule"]) == ("week", {}, False, {"fewest": 5, "rise": 1.5})


def test_texts_come_from_the_packs_in_the_worker_s_language(at: Place) -> None:
    """A phrase of a playbook that is gone has no text; the advice is that of the usual playbook then."""
    filled(at)
    texts = {}
    for lang in LANGS:
        found = report(at, "--json", "--ui", lang).json
        assert [(one["playbook"], one["id"], one["text"] is None) for one in found["phrases"]] == [
            ("angry-customer", PHRASE, False),
            ("own", PHRASE, True),
        ]
        assert [one["text"] is None for one in found["offers"]] == [False]
        assert [[advice["id"] for advice in one["advice"]] for one in found["prevention"]] == [
            ["clear_information", "fast_reaction"],
            ["quality_check", "clear_information"],
        ]
        texts[lang] = (found["phrases"][0]["text"], found["offers"][0]["text"], found["prevention"][0]["advice"][0]["text"])
    assert len(set(texts.values())) == len(LANGS)


def test_a_phrase_of_an_interruption_has_its_text(at: Place) -> None:
    shown = at.run("playbook", "show", "interruptions", "--json", "--lang", "en").json
    phrase = shown["steps"][0]["parts"][0]["phrases"][0]
    filled(at, incident(40, "2026-11-24", phrases=[{"id": phrase["id"], "calmed": True}]))
    found = {one["id"]: one["text"] for one in report(at, "--json", "--ui", "en").json["phrases"]}
    assert found[phrase["id"]] == phrase["text"]


def test_the_advice_of_a_team_s_own_pack_comes_first(at: Place) -> None:
    pack = at.cwd / "packs" / "own"
    pack.mkdir(parents=True)
    (pack / "playbook.yaml").write_text(
        "source: en\nsteps: {listen: [open]}\nprevent: {billing: [call_first]}\nphrases: {listen.open.any: {}}\n", encoding="utf-8"
    )
    (pack / "en.yaml").write_text(
        "title: {listen: Listen}\npart: {open: to begin}\nprevent: {call_first: Call them before they call you.}\nphrases: {listen.open.any: Tell me.}\n",
        encoding="utf-8",
    )
    (at.cwd / ".clientcoach.toml").write_text('packs = ["packs"]\n', encoding="utf-8")
    filled(at)
    ran = at.run("report", "--json", "--ui", "ru")
    assert ran.code == 0
    advice = {one["cause"]: [each["text"] for each in one["advice"]] for one in ran.json["prevention"]}
    assert advice["billing"] == ["Call them before they call you."]
    assert len(advice["delivery"]) == 2
    assert "own" in ran.err
    assert {one["playbook"]: one["text"] for one in ran.json["phrases"]}["own"] == "Tell me."


@pytest.mark.parametrize(
    ("argv", "count"),
    [
        (("--cause", "billing"), 1), (("--channel", "phone"), 8), (("--lang", "pl"), 1), (("--lang", "kz"), 0), (("--playbook", "own"), 1), (("--cause", "billing", "--channel", "phone"), 0),
        (("--since", "2026-11-20"), 6), (("--since", "2026-09-01"), 10), (("--until", "2026-11-09"), 2), (("--since", "7d"), 6), (("--by", "month"), 10), (("--by", "month", "--since", "2026-11-01"), 9),
    ],
)  # fmt: skip
def test_what_it_can_be_limited_to(at: Place, argv: tuple[str, ...], count: int) -> None:
    filled(at)
    found = report(at, "--json", *argv).json
    validate(found)
    assert found["totals"]["incidents"] == count
    assert sum(one["incidents"] for one in found["periods"]) == count
    assert found["promises"]["made"] == count


def test_the_language_of_the_call_is_not_that_of_the_answer(at: Place) -> None:
    filled(at)
    at.variables["CLIENTCOACH_UI"] = "en"
    assert report(at, "--lang", "pl").out.startswith("Report ")
    assert at.run("log", "list", "--lang", "pl").err == "1 incident.\n"
    assert at.run("log", "list", "--lang", "pl", "--ui", "ru").err == "1 инцидент.\n"


def test_nobody_is_set_beside_anybody(at: Place) -> None:
    """No format names a worker; no option asks for one; the help says so."""
    filled(at)
    at.variables["CLIENTCOACH_AGENT"] = WORKER
    for style in FORMATS:
        for argv in ((), ("--mine",)):
            out = report(at, "--format", style, *argv).out
            assert not re.search(r"(?i)zenobia|kowal|quentin|xavier", out), style
    assert not {"worker", "agent", "by_worker", "owner"} & set(VERBS["report"]["options"])
    assert VERBS["report"]["options"]["by"]["choices"] == ("week", "month")
    assert "nobody is set beside anybody" in VERBS["report"]["help"]
    assert build(lambda *_: None)


def test_mine_is_the_worker_of_the_settings(at: Place) -> None:
    filled(at)
    ran = at.run("report", "--mine")
    assert (ran.code, ran.out) == (2, "")
    assert "config set agent" in ran.err
    for name, count in ((WORKER, 8), (OTHER, 1), ("Nobody", 0)):
        at.variables["CLIENTCOACH_AGENT"] = name
        found = report(at, "--mine", "--json").json
        assert (found["mine"], found["totals"]["incidents"]) == (True, count)
    assert at.run("report", "--agent", WORKER).code == 2


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("--since", "2026-11-26", "--until", "2026-11-20"), "2026-11-26"), (("--since", "1970-01-01"), "--by month"), (("--since", "soon"), "since cannot be"), (("--by", "worker"), "month, week"), (("--format", "ics"), "markdown"),
        (("--cause", "x"), "cause"), (("--lang", "zz"), "lang"), (("--playbook", "angry-costumer"), "angry-customer"), (("--playbook", "../../x"), "no playbook"), (("--playbook", "\udcff"), "no playbook"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(at: Place, argv: tuple[str, ...], told: str) -> None:
    filled(at)
    ran = at.run("report", *argv, "--ui", "en")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert told in ran.err


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("style", ["text", "markdown", "html"])
def test_every_language_tells_it(at: Place, lang: str, style: str) -> None:
    filled(at)
    for argv in ((), ("--cause", "staff"), ("--by", "month"), ("--since", "2025-01-01", "--by", "month", "--lang", "ru")):
        out = report(at, "--ui", lang, "--format", style, *argv).out
        visible = re.sub(r"<style>.*?</style>|<[^>]*>", " ", out, flags=re.DOTALL)
        assert not re.search(r"\b(report|log|value|kind|outcome|step)\.[a-z_]+", visible.replace(PHRASE, ""))
        assert "None" not in visible
    if style == "html":
        assert f'<html lang="{lang}">' in out


def test_an_empty_store(at: Place) -> None:
    """A sentence, and no store is made by looking."""
    for argv in ((), ("--mine",)):
        at.variables["CLIENTCOACH_AGENT"] = WORKER
        assert report(at, "--ui", "en", *argv).out == "No incidents from 2026-10-29 to 2026-11-25.\n"
    for style in FORMATS:
        report(at, "--format", style)
    validate(report(at, "--json").json)
    assert not (at.home / ".local" / "share").exists()


def test_markdown_is_tables(at: Place) -> None:
    filled(at)
    out = report(at, "--ui", "en", "--format", "markdown").out
    page = MarkdownIt("commonmark").enable("table").render(out)
    assert page.count("<table>") == page.count("<thead>") >= 10
    assert '<td>delivery</td>\n<td style="text-align:right">8</td>' in page
    assert page.count("<h1>") == 1
    assert "<li>" in page


def test_csv_is_one_long_table(at: Place) -> None:
    filled(at)
    out = report(at, "--format", "csv").out
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert rows[0] == ["section", "key", "period", "measure", "value"]
    assert {len(row) for row in rows} == {5}
    for wanted in (
        ["totals", "", "", "incidents", "9"], ["totals", "", "", "anger.change", "-5.0"], ["periods", "", "2026-11-19", "incidents", "6"], ["periods.by_cause", "billing", "2026-11-19", "incidents", "1"],
        ["periods", "", "2026-11-19", "promises.late", "6"], ["by_step", "propose", "", "share", "1.0"], ["phrases", PHRASE, "", "calmed", "8"], ["prevention", "billing", "", "examples", "00000014"],
    ):  # fmt: skip
        assert wanted in rows, wanted


def test_a_file_is_whole_or_not_at_all(at: Place) -> None:
    filled(at)
    for style in FORMATS:
        path = at.cwd / f"report.{style}"
        assert report(at, "--format", style, "--out", str(path)).out == ""
        assert path.read_bytes() == report(at, "--format", style).out.encode()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert at.run("report", "--out", str(at.cwd / "no" / "folder")).code == 6


def test_names_that_others_chose_stay_names(at: Place) -> None:
    """What was imported may be named like a formula or hold dots; nothing of it becomes more than a text."""
    filled(
        at,
        incident(
            40,
            "2026-11-24",
            playbook="-rf",
            phrases=[{"id": "-1.x", "calmed": True}, {"id": "...", "calmed": True}],
            steps={"--": "skipped"},
            offers=[{"id": "-9"}],
            interruptions=["-a"],
        ),
    )
    rows = list(csv.reader(io.StringIO(report(at, "--format", "csv").out, newline="")))
    assert {row[1] for row in rows if row[1].endswith(("-rf", "-1.x", "--", "-9", "-a"))} == {"'-rf", "'-1.x", "'--", "'-9", "'-a"}
    for style in ("text", "markdown", "html"):
        assert "-1.x" in report(at, "--format", style).out


def test_a_store_that_cannot_be_used(at: Place) -> None:
    (at.cwd / "text.db").write_text("not a store, surely, whatever it is called\n" * 50, encoding="utf-8")
    assert at.run("report", "--db", str(at.cwd / "text.db")).code == 6


def test_the_width_of_the_screen(at: Place) -> None:
    filled(at)
    for columns in ("40", "57", "80", "100", "0", "-5", "x", "1000000"):
        at.variables["COLUMNS"] = columns
        lines = report(at, "--ui", "ru").out.splitlines()
        widest = int(columns) if columns in {"40", "57", "80"} else 100 if columns in {"100", "1000000"} else 80
        assert max(map(len, lines)) <= widest, columns
        assert any("█" in line for line in lines)


def test_without_blocks_where_they_cannot_be_written(at: Place) -> None:
    filled(at)
    for encoding, block in (("ascii", "#"), ("cp1251", "#"), ("utf-8", "█")):
        done = at.process("report", "--ui", "en", env={**at.environment(), "PYTHONIOENCODING": encoding, "LC_ALL": "C"})
        assert done.returncode == 0
        assert block.encode() in done.stdout or encoding != "utf-8"
    assert json.loads(at.process("report", "--json").stdout)["totals"]["incidents"] == 9
