"""What the commands print keeps the schemas, and the schemas stand still: a new field has to be declared, none may go."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from clientcoach.case.fields import FIELDS
from clientcoach.coach.turns import KINDS
from clientcoach.commands.schemas import WRITTEN
from clientcoach.content.library import bundled
from clientcoach.records.incidents import blank
from tests.support import SCHEMAS, schema, validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support import Place

NAMES = sorted(path.stem for path in SCHEMAS.glob("*.json"))
FULL = ("--lang", "en", "--customer", "Anna Nowak", "--customer-gender", "f", "--address", "Ms Nowak", "--agent", "Ola", "--agent-gender", "f", "--company", "Łódka", "--cause", "delivery", "--anger", "8",
        "--channel", "phone", "--item", "lamp", "--order", "4471", "--promised", "2026-11-20", "--deadline", "2h", "--amount", "38 EUR", "--offer", "pickup", "--offer", "refund_delivery", "--fault", "ours", "--prior", "2",
        "--relationship", "ongoing", "--hardship", "--reference", "K-1", "--received", "2026-11-19", "--role", "agent", "--verified", "--seed", "3")  # fmt: skip
ANSWERS: list[Any] = [
    "next", "another", "shorter", "notes", "avoid", {"do": "fact", "set": {"cause": "delivery", "anger": "8", "order": 4471, "amount": "5 EUR", "hardship": None}}, "next", {"do": "interrupt", "kind": "insult"}, "next", "return",
    {"do": "language", "lang": "ru"}, {"do": "fact", "set": {"lang": "en", "deadline": "2h"}}, {"do": "anger", "to": 3}, {"do": "hold", "for": "2m"}, "next", "return", {"do": "interrupt", "kind": "threat"}, "next", "return", {"do": "go", "step": "propose"},
    {"do": "offer", "id": "free_service", "answer": "accepted"}, {"do": "offer", "id": "free_service", "answer": "accepted", "approved_by": "Ewa"}, {"do": "offer", "id": "refund_delivery", "answer": "refused", "amount": "5 EUR"},
    {"do": "promise", "what": "a courier", "owner": "me", "by": "2026-11-20"}, {"do": "promise", "what": "a letter", "by": "tomorrow"}, "back", "nonsense", {"do": "end"}, {"do": "end", "outcome": "grudging"},
]  # fmt: skip

PROMISE = {
    "schema",
    "id",
    "incident",
    "reference",
    "what",
    "owner",
    "due_at",
    "due",
    "channel",
    "made_at",
    "snoozed",
    "done_at",
    "day",
    "status",
}
FROZEN = {
    "script": {"id", "schema", "playbook", "lang", "steps", "missing", "case", "warnings", "hints"},
    "say": {"schema", "lang", "step", "part", "id", "text", "alternatives", "missing", "warnings"},
    "case": {*FIELDS, "schema", "id", "playbook"},
    "playbooks": {"schema", "playbooks"},
    "playbook": {"schema", "playbook", "lang", "facts", "steps", "interruptions"},
    "lint": {"schema", "problems", "errors", "warnings", "playbooks", "examples"},
    "settings": {"schema", "settings"},
    "promise": PROMISE,
    "promises": {"schema", "at", "today", "late", "put_off", "playbook", "promises"},
    "incident": {*blank()},
    "incidents": {"schema", "incidents", "promises"},
    "report": {
        "schema",
        "at",
        "since",
        "until",
        "by",
        "first",
        "last",
        "where",
        "mine",
        "rule",
        "totals",
        "periods",
        "by_cause",
        "by_channel",
        "by_lang",
        "by_playbook",
        "by_outcome",
        "by_step",
        "interruptions",
        "offers",
        "phrases",
        "promises",
        "rising",
        "prevention",
    },
    "triage": {
        "schema",
        "id",
        "safety",
        "lang",
        "sure",
        "cause",
        "causes",
        "anger",
        "mood",
        "flags",
        "playbook",
        "case",
        "evidence",
        "history",
    },
    "check": {"schema", "id", "lang", "steps", "acts", "findings", "file"},
    "replies": {"schema", "files", "replies", "findings"},
    "simulation": {"schema", "runs", "seed", "policies"},
    "drills": {"schema", "lang", "personas"},
    "drill-lint": {"schema", "personas", "problems", "errors", "warnings"},
    "drill-numbers": {"schema", "file", "groups"},
    "drill-cards": {"schema", "from", "to", "seed", "cards"},
    "drill-result": {
        "schema",
        "id",
        "at",
        "persona",
        "lang",
        "seed",
        "call",
        "acts",
        "said",
        "end",
        "turns",
        "anger",
        "trust",
        "marks",
        "process",
        "critical",
        "prompted",
        "rule",
        "lesson",
        "session",
        "label",
    },
    "drill-export": {"schema", "alias", "results"},
    "drill-report": {
        "schema",
        "trainees",
        "first",
        "last",
        "drills",
        "process",
        "settled",
        "critical",
        "anger",
        "trust",
        "turns",
        "ends",
        "personas",
        "rules",
        "change",
        "points",
        "leaderboard",
    },
    "drill-spot": {"schema", "rule", "persona", "title", "who", "lang", "seed", "opening", "turns", "answer", "right", "fault"},
    "import": {"schema", "imported", "skipped", "failed", "errors"},
    "drafts": {"schema", "saved", "there_already", "failed"},
    "exchange": {
        "schema",
        "file",
        "format",
        "encoding",
        "pack",
        "in_use",
        "written",
        "new",
        "changed",
        "same",
        "left_out",
        "conditions",
        "lines",
    },
    "forget": {"schema", "done", "at", "actor", "reason", "reference", "counts", "records", "copies", "audit"},
    "prune": {"schema", "done", "at", "personal", "details", "erased", "scrubbed", "open", "copies"},
    "copy": {"schema", "to", "copied", "there_already", "updated", "erased_there", "conflicts", "ids"},
    "checks": {"schema", "checks"},
    "recovery": {"schema", "file", "to", "recovered", "changed", "unchecked", "lost", "audit_lost"},
    "error": {"id", "schema", "line", "error"},
    "phrase": {"schema", "playbook", "lang", "id", "status", "forms", "source", "signed"},
    "review": {"schema", "phrases"},
    "found": {"schema", "words", "count", "phrases"},
    "approval": {"schema", "playbook", "signed", "file", "by"},
    "new": {"schema", "playbook", "folder", "langs", "packs"},
    "pack": {"schema", "name", "version", "folder", "playbooks"},
    "pack_update": {"schema", "name", "before", "after", "changed_here", "changes", "done"},
    "lint_code": {"schema", "code", "means", "mend"},
    "coverage": {"schema", "langs", "lowest", "min", "playbooks", "rows", "use"},
}
FROZEN_DRILL = {
    "begin": {"persona", "customer", "title", "who", "may", "lang", "seed", "rule", "lesson"},
    "customer": {"text", "state"},
    "hint": {"rule", "text"},
    "worker": {"acts", "text", "by", "hint"},
    "event": {"kind", "of_the_customer"},
    "end": {"end"},
    "debrief": {
        "done_well",
        "costliest",
        "instead",
        "instead_said",
        "rule",
        "marks",
        "process",
        "critical",
        "outcome",
        "par",
        "curves",
        "better",
        "next",
        "lines",
    },
}
FROZEN_PARTS = {
    ("script", "step"): {"step", "number", "title", "say", "ask", "notes", "avoid", "offers"},
    ("script", "line"): {"id", "part", "text", "label"},
    ("script", "avoid"): {"text", "why"},
    ("script", "offer"): {"id", "kind", "text", "needs_lead", "limit"},
    ("script", "case"): {*FIELDS, "deadline_at"} - {"lang", "ui"},
    ("script", "money"): {"minor", "currency"},
    ("promises", "promise"): PROMISE,
    ("call", "line"): {"id", "part", "text", "label"},
    ("lint", "problem"): {"file", "line", "col", "code", "level", "message", "text"},
}
FROZEN_EVENTS = {
    "begin": {"playbook", "lang", "case", "resumed"},
    "step": {"step", "number", "title", "line"},
    "say_step": {"step", "part", "id", "text", "said"},
    "say_turn": {"interruption", "part", "id", "text", "said"},
    "fact": {"set", "line"},
    "language": {"lang", "from", "line"},
    "interruption": {"kind", "rung", "card", "line"},
    "offer": {"id", "answer", "amount", "approved_by", "text", "line"},
    "anger": {"from", "to", "line"},
    "hold_on": {"on", "for", "line"},
    "hold_off": {"on"},
    "promise": {"what", "owner", "by", "line"},
    "needs_lead": {"code", "offer", "line"},
    "promise_in_the_past": {"code", "by"},
    "steps_skipped": {"code", "steps"},
    "deadline": {"code"},
    "bad_answer": {"code", "answer", "message"},
    "end": {"steps", "offers", "promises", "interruptions", "anger", "outcome"},
}


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_valid_and_open(name: str) -> None:
    found = schema(name)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$id"] == f"clientcoach/{name}@1"
    for one in objects(found):
        assert one.get("additionalProperties", True) is (name != "case"), (
            "answers may get new fields; a case with an unknown one is refused"
        )
        assert set(one.get("required", ())) <= set(one["properties"])


def test_key_sets_stand_still() -> None:
    assert {name: set(schema(name)["properties"]) for name in FROZEN} == FROZEN
    assert {place: set(schema(place[0])["$defs"][place[1]]["properties"]) for place in FROZEN_PARTS} == FROZEN_PARTS
    for stream, frozen, always in (("call", FROZEN_EVENTS, {"at"}), ("drill", FROZEN_DRILL, {"turn", "call"})):
        events = {
            name.removeprefix("event_"): set(one["properties"]) - {"schema", "type", *always}
            for name, one in schema(stream)["$defs"].items()
            if name.startswith("event_")
        }
        assert events == frozen
    assert sorted([*FROZEN, "call", "drill"]) == NAMES
    assert set(schema("call")["$defs"]["event_interruption"]["properties"]["kind"]["enum"]) == set(KINDS)


def test_every_field_of_a_case_comes_back(at: Place) -> None:
    found = at.run("script", "--json", *FULL).json
    validate(found)
    assert set(found["case"]) == {*FIELDS, "deadline_at"} - {"lang", "ui", "set"}


@pytest.mark.parametrize(
    "argv",
    [("script", "--json"), ("script", "--json", *FULL), ("script", "--json", "--lang", "ru", "--cause", "billing", "--ui", "en"), ("say", "propose", "--json"), ("say", "listen", "--json", "--channel", "chat", "--another", "1"), ("playbook", "list", "--json"), ("playbook", "show", "--json", "--lang", "en"), ("playbook", "show", "interruptions", "--json", "--lang", "en"),
     ("playbook", "lint", "--json"), ("config", "show", "--json"), ("doctor", "--json")],
    ids=lambda argv: " ".join(argv)[:40],
)  # fmt: skip
def test_answers_keep_their_schema(at: Place, argv: tuple[str, ...]) -> None:
    found = at.run(*argv).json
    assert found["schema"].startswith("clientcoach/")
    validate(found)
    assert at.run(*argv).out == json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def test_lint_of_a_broken_pack_keeps_its_schema(at: Place) -> None:
    folder = at.cwd / "broken"
    folder.mkdir()
    (folder / "playbook.yaml").write_text("source: xx\nsteps: [\n", encoding="utf-8")
    ran = at.run("playbook", "lint", str(folder), "--json")
    assert ran.code == 4
    assert ran.json["errors"] > 0
    validate(ran.json)


def test_a_pack_of_one_s_own_keeps_the_schemas(at: Place) -> None:
    folder = at.cwd / "packs" / "two-steps"
    shutil.copytree(f"{bundled()}/interruptions", folder)
    at.variables["CLIENTCOACH_PACKS"] = str(at.cwd / "packs")
    validate(at.run("script", "two-steps", "--json", "--lang", "en").json)
    validate(at.run("say", "insult", "--playbook", "interruptions", "--json", "--lang", "en").json)
    validate(at.run("playbook", "show", "two-steps", "--json", "--lang", "en").json)
    for event in at.run(
        "call", "two-steps", "--answers", "-", "--json", "--lang", "en", stdin='{"do":"next"}\n{"do":"end"}\n{"do":"end"}\n'
    ).events:
        validate(event)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"case", "call", "drill"}])
def test_who_validates_may_meet_new_fields(name: str) -> None:
    assert {error.validator for error in jsonschema.Draft202012Validator(schema(name)).iter_errors({"new": 1})} == {"required"}


def test_every_event_of_a_call_keeps_its_schema(at: Place) -> None:
    text = "".join(json.dumps({"do": one} if isinstance(one, str) else one) + "\n" for one in ANSWERS)
    ran = at.run("call", "--answers", "-", "--json", "--lang", "en", "--verified", stdin=text)
    assert ran.code == 1, "one answer is nonsense"
    for event in ran.events:
        validate(event)
    kinds = {event["type"] for event in ran.events}
    assert kinds == {
        "begin",
        "step",
        "say",
        "fact",
        "language",
        "interruption",
        "offer",
        "anger",
        "hold",
        "promise",
        "warning",
        "end",
    }
    assert {event["code"] for event in ran.events if event["type"] == "warning"} >= {
        "needs_lead",
        "promise_in_the_past",
        "unknown_value",
        "steps_skipped",
    }
    assert ran.events[-1]["type"] == "end"
    assert ran.events[-1]["outcome"] == "grudging"


def test_the_schema_command(at: Place) -> None:
    assert sorted({*at.run("schema").out.split()} - {*WRITTEN}) == NAMES
    for name in NAMES:
        for form in (name, f"clientcoach/{name}@1"):
            assert at.run("schema", form).json == schema(name)


@pytest.mark.parametrize("change", [{"new": 1}, {"steps": []}, {"lang": "kz"}, {"missing": ["order", "order"]}, {"warnings": ["x"]}])
def test_the_script_schema_refuses(at: Place, change: dict[str, Any]) -> None:
    found = {**at.run("script", "--json").json, **change}
    with pytest.raises(jsonschema.ValidationError):
        validate(found)
