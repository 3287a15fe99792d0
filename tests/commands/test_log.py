"""`log`: an incident saved, listed, shown, written out and read in. Bad lines are told, good ones kept, nothing doubled."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands import log_in
from clientcoach.views.sheet import harmless
from tests.records.postgres import ENGINES
from tests.support import LANGS, ndjson, validate

if TYPE_CHECKING:
    from tests.support import Place

ADD = ("log", "add", "--cause", "delivery", "--reference", "K-1", "--did", "sent a courier", "--outcome", "settled")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def line(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"019ae2f4-5c1e-7d33-9a51-{number:012x}", "closed_at": "2026-11-24T10:00:00Z", "cause": "billing", **more}


def test_an_incident_from_flags(at: Place) -> None:
    ran = at.run(
        *ADD, "--did", "wrote to anna@example.com", "--worked", "silence", "--better", "ask first", "--promise", "call back", "--due", "2h",
        "--anger", "8", "--anger-end", "2", "--prior", "3", "--amount", "38.50 EUR", "--order", "4471", "--offer", "pickup", "--customer", "Anna Nowak", "--agent", "Ola", "--json",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "Masked before saving: e-mail addresses 1.\n")
    validate(ran.json)
    assert ran.json["measures"] == ["sent a courier", "wrote to [email]"]
    assert ran.json["facts"] == [{"name": "order", "value": "4471"}, {"name": "amount", "value": "38.50 EUR"}]
    assert (ran.json["worker"], ran.json["prior"], ran.json["anger_start"], ran.json["anger_end"]) == ("Ola", 1, 8, 2)
    promise = ran.json["promises"][0]
    assert (promise["what"], promise["owner"], promise["due"], promise["status"]) == ("call back", "Ola", "2026-11-25T12:00+05:00", "open")
    assert "Nowak" not in ran.out
    shown = at.run("log", "show", ran.json["id"][:8], "--json")
    assert shown.json == ran.json
    assert at.run("promises", "--json").json["promises"] == [promise]


def test_the_text_answers(at: Place) -> None:
    saved = at.run(*ADD, "--promise", "call back", "--due", "2026-11-26").out
    assert at.run("log", "list").out == f"{saved[:13]}  2026-11-25 10:00  delivery  settled  K-1\n"
    shown = at.run("log", "show", saved.strip().upper()).out
    assert "Case number: K-1\n" in shown
    assert "  - sent a courier\n" in shown
    assert "  - call back (me, 2026-11-26)\n" in shown


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_tells_it(at: Place, lang: str) -> None:
    at.variables["CLIENTCOACH_UI"] = lang
    ran = at.run(*ADD, "--did", "card 4111 1111 1111 1111", "--promise", "call", "--due", "3d", "--worked", "x", "--anger", "5")
    texts = [
        ran.err,
        at.run("log", "list").out,
        at.run("log", "show", ran.out.strip()).out,
        at.run("log", "import", "-", stdin=ndjson([{}, line(1)])).out,
    ]
    assert ran.code == 0
    assert not any(f"{start}." in text for text in texts for start in ("log", "mask", "value", "outcome"))


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ((), "nothing to save"), (("--lang", "ru", "--ui", "en", "--agent", "Ola"), "nothing to save"), (("--promise", "x"), "--due"), (("--due", "3d"), "--promise"), (("--promise", "x", "--due", "soon"), "due cannot be"),
        (("--cause", "x"), "cause"), (("--outcome", "x"), "outcome"), (("--anger-end", "11", "--cause", "staff"), "anger_end"), (("--reference", "+77011234567"), "personal data (phone)"), (("--from", "-", "--did", "x"), "do not go together"), (("--from", "no.json"), "no.json"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved(at: Place, argv: tuple[str, ...], told: str) -> None:
    ran = at.run("log", "add", *argv, "--no-input")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert at.run("log", "list").out == ""


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff", b'{"new": 1}', b"[" * 100_000, b'{"worked": "\\ud800"}', b'{"prior": 1e400}'])
def test_a_bad_file(at: Place, data: bytes) -> None:
    ran = at.run("log", "add", "--from", "-", stdin=data)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert "Traceback" not in ran.err


def test_the_order_stands_for_the_reference(at: Place) -> None:
    assert at.run("log", "add", "--order", "4471", "--json").json["reference"] == "4471"
    assert at.run("log", "add", "--order", "+77011234567", "--json").json["reference"] is None


def test_from_a_file_and_again(at: Place) -> None:
    given = json.dumps(line(1))
    for _ in range(2):
        assert at.run("log", "add", "--from", "-", stdin=given).out.strip() == line(1)["id"]
    assert at.run("log", "add", "--from", "-", stdin=json.dumps(line(1, cause="staff"))).code == 2
    assert len(at.run("log", "list", "--format", "ndjson").events) == 1


def test_the_filters(at: Place) -> None:
    given = [
        line(1),
        line(2, closed_at="2026-11-20T10:00:00Z", cause="staff", lang="pl"),
        line(3, closed_at="2026-11-25T04:00:00Z", reference="K-1", channel="chat"),
    ]
    assert at.run("log", "import", "-", stdin=ndjson(given)).code == 0

    def listed(*argv: str) -> list[int]:
        ran = at.run("log", "list", "--format", "ndjson", *argv)
        assert ran.code == 0
        return [int(one["id"][-1]) for one in ran.events]

    assert listed() == [3, 1, 2]
    assert listed("--limit", "2") == [3, 1]
    assert listed("--limit", "0") == []
    assert listed("--cause", "staff") == listed("--lang", "pl") == [2]
    assert listed("--reference", "K-1") == listed("--channel", "chat") == [3]
    assert listed("--since", "2026-11-24") == listed("--since", "2d") == [3, 1]
    assert listed("--until", "2026-11-24") == [1, 2]
    assert listed("--since", "2026-11-24", "--until", "2026-11-24") == [1]
    assert listed("--reference", "x' OR 1=1--") == []
    for argv in (("--since", "31.02"), ("--limit", "-1"), ("--cause", "x"), ("--until", "2026-13-01"), ("--since", "x" * 100)):
        assert at.run("log", "list", *argv).code == 2
    validate(at.run("log", "list", "--json").json)


def test_an_empty_store(at: Place) -> None:
    for argv in (("list",), ("list", "--json"), ("export",), ("export", "--format", "csv")):
        assert at.run("log", *argv).code == 0
    assert at.run("log", "list", "--json").json == {"schema": "clientcoach/incidents@1", "incidents": []}
    assert not (at.home / ".local" / "share").exists(), "reading makes no store"


@pytest.mark.parametrize("name", ["019ae2f4", "xyz", "", "%", "019", "\ud800", "z" * 5000])
def test_no_such_incident(at: Place, name: str) -> None:
    ran = at.run("log", "show", name)
    assert ran.code in {1, 2}
    assert ran.out == ""


def test_a_beginning_of_several_ids(at: Place) -> None:
    at.run("log", "import", "-", stdin=ndjson([line(1), line(2)]))
    ran = at.run("log", "show", "019ae2f4")
    assert ran.code == 1
    assert line(1)["id"] in ran.err
    assert line(2)["id"] in ran.err
    assert at.run("log", "show", line(2)["id"], "--json").json["id"] == line(2)["id"]


def test_out_and_in_again(at: Place) -> None:
    at.run(*ADD, "--promise", "call back", "--due", "3d")
    at.run("log", "import", "-", stdin=ndjson([line(1, steps={"listen": "done"}, offers=[{"id": "pickup"}], behaviours=["shouted"])]))
    out = at.run("log", "export").out
    for wanted in ((2, 0), (0, 2)):
        ran = at.run("log", "import", "-", "--db", str(at.cwd / "other.db"), "--json", stdin=out)
        validate(ran.json)
        assert (ran.code, ran.json["imported"], ran.json["skipped"]) == (0, *wanted)
    assert at.run("log", "export", "--db", str(at.cwd / "other.db")).out == out
    assert at.run("log", "export", "--format", "json").json == at.run("log", "list", "--json").json
    whole = at.run("log", "list", "--json")
    assert whole.out == json.dumps(whole.json, ensure_ascii=False, indent=2) + "\n"


def test_bad_lines_are_told_and_the_rest_goes_on(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_in, "BATCH", 2)
    promised = {"id": line(99)["id"], "what": "x", "owner": "y", "due": "2026-11-26"}
    given = [
        line(1),
        b"{",
        line(2, cause="x"),
        line(3),
        line(3, cause="staff"),
        {"cause": "staff"},
        {**line(7), "closed_at": None},
        line(8, promises=[promised]),
        line(9, promises=[promised]),
        b"\xff",
        line(11),
        b"",
    ]
    ran = at.run("log", "import", "-", stdin=ndjson(given))
    assert ran.code == 1
    assert ran.out == "Imported: 4. Already there: 0. Not imported: 7.\n"
    assert [told.split(":")[0] for told in ran.err.splitlines()] == [f"Line {number}" for number in (2, 3, 5, 6, 7, 9, 10)]
    assert len(at.run("log", "list", "--format", "ndjson").events) == 4


def test_a_file_full_of_bad_lines_is_counted(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_in, "MOST_TOLD", 3)
    lines = ndjson([line(1), *({"cause": "x"} for _ in range(5)), line(2)])
    ran = at.run("log", "import", "-", "--json", stdin=lines)
    validate(ran.json)
    assert (ran.code, ran.json["imported"], ran.json["failed"], [one["line"] for one in ran.json["errors"]]) == (1, 2, 5, [2, 3, 4])
    assert at.run("log", "import", "-", stdin=lines).err.splitlines()[3:] == ["And 2 more."]


def test_a_csv_cannot_calculate(at: Place) -> None:
    at.run(
        "log",
        "import",
        "-",
        stdin=ndjson([line(1, reference="=1+1", worked='@SUM(A1), "quoted"', better="＝cmd", measures=["-2+3", "a; b"])]),
    )
    found = list(csv.DictReader(io.StringIO(at.run("log", "export", "--format", "csv").out, newline="")))
    assert [found[0][name] for name in ("reference", "worked", "better", "measures")] == [
        "'=1+1",
        '\'@SUM(A1), "quoted"',
        "'＝cmd",
        "'-2+3; a; b",
    ]
    assert [harmless(text)[0] for text in ("+1", "\tx", "\rx", "＋1", "－1", "＠x")] == ["'"] * 6
    assert [harmless(value) for value in (None, 5, "a=b")] == ["", "5", "a=b"]


def test_an_export_is_whole_or_not_at_all(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    at.run(*ADD)
    out = at.cwd / "out.ndjson"
    ran = at.run("log", "export", "--out", str(out))
    assert (ran.code, ran.out, ran.err) == (0, "", "1 incident exported.\n")
    assert out.read_text(encoding="utf-8") == at.run("log", "export").out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    before = out.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    ran = at.run("log", "export", "--format", "csv", "--out", str(out))
    assert ran.code == 6
    assert "out.ndjson cannot be saved" in ran.err
    assert out.read_bytes() == before
    assert sorted(path.name for path in at.cwd.iterdir()) == ["out.ndjson"], "nothing half written is left"


@pytest.mark.parametrize("where", ["no/such/folder/x", ".", "/dev/null"])
def test_an_export_that_cannot_be(at: Place, where: str) -> None:
    at.run(*ADD)
    assert at.run("log", "export", "--out", os.path.join(at.cwd, where)).code == 6


def test_a_store_that_cannot_be_used(at: Place) -> None:
    (at.cwd / "text.db").write_text("not a store, surely, whatever it is called\n" * 50, encoding="utf-8")
    for argv in (ADD, ("log", "list"), ("log", "export"), ("log", "import", "-"), ("log", "show", "019ae2f4")):
        assert at.run(*argv, "--db", str(at.cwd / "text.db"), stdin=ndjson([line(1)])).code == 6
    at.variables["CLIENTCOACH_DB"] = ""
    assert at.run("log", "list").code == 2


def test_standard_input_that_is_closed(at: Place) -> None:
    for argv in (("log", "add", "--from", "-"), ("log", "import", "-")):
        assert at.run(*argv, stdin=None).code == 2
    assert at.run("log", "import", "no.ndjson").code == 2
    assert at.run("log", "import", str(at.cwd)).code == 2


def test_the_events_of_a_call_become_its_incident(at: Place) -> None:
    answers = ndjson([
        {"do": "fact", "set": {"cause": "delivery", "order": "4471", "customer": "Zuzanna Kowal"}},
        {"do": "next"}, {"do": "anger", "to": 8}, {"do": "next"}, {"do": "anger", "to": 3},
        {"do": "interrupt", "kind": "insult"}, {"do": "return"},
        {"do": "offer", "id": "pickup", "answer": "accepted"},
        {"do": "promise", "what": "ring +7 701 123 45 67", "by": "2h"},
        {"do": "end"}, {"do": "end"},
    ])  # fmt: skip
    told = at.run("call", "--answers", "-", "--json", stdin=answers).out
    store = ("--db", str(at.cwd / "call.db"))
    incident = at.run("log", "add", "--from", "-", "--json", *store, stdin=told).json
    validate(incident)
    assert (incident["cause"], incident["reference"], incident["outcome"]) == ("delivery", "4471", "settled")
    assert (incident["anger_start"], incident["anger_end"], incident["warnings"], incident["interruptions"]) == (8, 3, 1, ["insult"])
    assert incident["offers"] == [{"id": "pickup", "answer": "accepted"}]
    assert [phrase for phrase in incident["phrases"] if phrase.get("calmed")] == [incident["phrases"][-1]]
    (promise,) = incident["promises"]
    assert promise["what"] == "ring [phone]"
    assert "Zuzanna" not in json.dumps(incident)
    assert "[phone]" in at.run("promises", *store).out


def test_events_that_are_none_are_refused(at: Place) -> None:
    ran = at.run("log", "add", "--from", "-", "--db", str(at.cwd / "call.db"), stdin='{"schema": "clientcoach/call@1", "type": "begin"}\n')
    assert ran.code == 2
    assert not (at.cwd / "call.db").exists()
