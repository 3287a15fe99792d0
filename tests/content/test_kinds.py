"""The JSON Schemas of what a team writes: they take all that the compiler takes, and refuse what can be told by its shape."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import jsonschema
import pytest
import yaml

from clientcoach.case.fields import FIELDS, LANGS
from clientcoach.case.read import read_case
from clientcoach.commands.schemas import WRITTEN
from clientcoach.content import plain
from clientcoach.content.described import DESCRIBED, TITLES
from clientcoach.content.kinds import KINDS, schema
from clientcoach.errors import CoachError
from tests.content.test_packs import PACKS, problems
from tests.support import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support import Place

BUNDLED = sorted((ROOT / "playbooks").rglob("*.yaml")) + sorted((ROOT / "clientcoach" / "share").glob("*/*.yaml"))
GOOD = sorted((PACKS / "good").rglob("*.y*ml"))
BAD = sorted((PACKS / "bad").iterdir())
SHAPE = {"wrong-type", "empty-text", "bad-value", "unknown-value", "unknown-key", "missing-key", "bad-name", "bad-amount", "unknown-zone", "verbatim-forms"}  # fmt: skip
ALL = {"text", "editor", "core"}
BEYOND = {  # what has such a code and yet is taken, and by whom
    "bad-folder-name/Demo Pack/playbook.yaml": ALL,  # the name of its folder
    "drill-persona/drills/Anna Keller/persona.yaml": ALL,  # the name of its folder, and whether there is a fact at all
    "named-avoid/demo/en.yaml": ALL,  # whether playbook.yaml names what must not be said
    "policy-zone/policy.yaml": ALL,  # whether there is a zone of that name
    "policy-hours/policy.yaml": ALL,  # whether a day ends before it begins
    "flag-yes/demo/en.yaml": {"editor"},  # `yes` is true in YAML 1.1
    "policy-flag/policy.yaml": {"editor"},
}


class Editor(yaml.CSafeLoader):
    """YAML 1.1 as editors have it: `yes` is true and 10 a number, but a date stays text, and so does a key."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


Editor.add_constructor("tag:yaml.org,2002:timestamp", yaml.CSafeLoader.construct_yaml_str)
Editor.add_constructor("tag:yaml.org,2002:map", Editor.construct_mapping)


class Core(Editor):
    """YAML 1.2, which most editors read today: only true and false are no text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", "-+.0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def text(path: Path) -> Any:
    """As the compiler reads it: nothing is typed, but what says nothing is null."""
    return plain.case(str(path), path.read_text(encoding="utf-8"))


def editor(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Editor)


def core(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Core)


READINGS: tuple[Callable[[Path], Any], ...] = (text, editor, core)


def kind(path: Path) -> str:
    """Which schema a file of a pack has."""
    if path.parent.parent.name in ("drills", "share") and path.parent.name != "skeleton" and path.stem in LANGS:
        return "drill-lines.yaml" if path.parent.name == "lines" else "drill-language.yaml"
    if path.parent.name in ("signals", "acts", "rules", "ui"):
        return "model.yaml" if (path.parent.name, path.name) == ("signals", "model.yaml") else f"{path.parent.name}.yaml"
    return path.name if path.name in KINDS else "language.yaml"


@functools.cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(name))


def refused(path: Path, read: Callable[[Path], Any]) -> list[str]:
    try:
        found = read(path)
    except ValueError:  # a number of 5,000 digits
        return ["no parser takes it"]
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(kind(path)).iter_errors(found)]


def bad(folder: Path) -> Iterator[tuple[Path, set[str]]]:
    """The files of a bad pack that are YAML at all, each with the codes of its errors."""
    found = problems(folder)
    for path in sorted(folder.rglob("*.y*ml")):
        codes = {problem["code"] for problem in found if problem["file"] == str(path) and problem["level"] == "error"}
        known = path.stem in LANGS or path.name == kind(path)
        if known and not any(code.startswith("yaml-") for code in codes):
            yield path, codes


@pytest.mark.parametrize("name", WRITTEN)
def test_schemas_are_valid(at: Place, name: str) -> None:
    found = at.run("schema", name).json
    jsonschema.Draft202012Validator.check_schema(found)
    assert found == schema(name)
    assert found["$id"] == f"clientcoach/{name}@1"
    assert found["type"] == "object"


def test_every_kind_is_listed_and_named(at: Place) -> None:
    assert set(KINDS) == set(WRITTEN) == set(TITLES)
    assert set(WRITTEN) <= set(at.run("schema").out.split())
    assert set(WRITTEN) <= set(at.run("complete", "schema").out.split())
    assert at.run("schema", "playbook.yml").code == 2


@pytest.mark.parametrize("path", [*BUNDLED, *GOOD], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_good_is_taken(path: Path) -> None:
    assert {read.__name__: refused(path, read) for read in READINGS} == {"text": [], "editor": [], "core": []}


def test_all_kinds_of_a_pack_are_among_them() -> None:
    assert {kind(path) for path in [*BUNDLED, *GOOD]} >= set(KINDS) - {"_manifest.yml", "case.yaml"}


@pytest.mark.parametrize("folder", BAD, ids=lambda path: path.name)
def test_bad_shapes_are_refused_and_nothing_else(folder: Path) -> None:
    for path, codes in bad(folder):
        taken = {read.__name__ for read in READINGS if not refused(path, read)}
        if codes & SHAPE:
            assert taken == BEYOND.get(path.relative_to(PACKS / "bad").as_posix(), set()), codes
        elif not codes:
            assert taken == ALL, path


def test_there_are_bad_shapes_of_every_sort() -> None:
    """`SHAPE` and `BEYOND` name nothing that is not among the bad packs."""
    found = [(path, codes & SHAPE) for folder in BAD for path, codes in bad(folder) if codes & SHAPE]
    assert set().union(*(codes for _, codes in found)) == SHAPE
    assert set(BEYOND) <= {path.relative_to(PACKS / "bad").as_posix() for path, _ in found}


def test_every_key_is_explained() -> None:
    """At the top of a file and in the mappings under it, but for the closed lists of names (causes, flags, acts), which say what they are."""
    bare = set()
    for name in KINDS:
        found, told = schema(name), DESCRIBED.get(name, {})
        names = {where.rpartition(".")[2] for where in told}
        paths = set(keys(found))
        assert {where for where in told if not where.startswith("*.")} <= {path for path, _ in paths}, name
        assert names <= {path.rpartition(".")[2] for path, _ in paths}, name
        bare |= {f"{name}: {path}" for path, described in paths if not described and "." not in path and name != "case.yaml"}
    assert bare == set()


def keys(node: Any, path: str = "") -> Iterator[tuple[str, bool]]:
    if isinstance(node, list):
        for item in node:
            yield from keys(item, path)
    elif isinstance(node, dict):
        for key, inner in (node.get("properties") or {}).items():
            where = f"{path}.{key}" if path else key
            yield where, bool(inner.get("description"))
            yield from keys(inner, where)
        for key in ("items", "additionalProperties", "anyOf"):
            yield from keys(node.get(key), path)


@pytest.mark.parametrize(
    ("name", "good", "wrong"),
    [
        ("_manifest.yml", {"name": "parcels", "title": "Late parcels", "description": "What to say.", "version": "1.0.0", "author": "Ewa", "languages": ["pl", "en"], "requires": 0.1},
         [{"name": "Parcels"}, {"version": "1.0"}, {"version": 1}, {"languages": ["zz"]}, {"languages": "pl"}, {"requires": ">1"}, {"requires": True}, {"author": None}, {"price": 5}]),
        ("policy.yaml", {"zone": "Etc/GMT+5", "hours": {"mon": "09:00-24:00", "tue-fri": "closed"}, "warnings_required": 2, "require_approved": False, "clocks": [{"country": False, "kind": "written_claim", "days": 10, "source": 44, "checked_on": "2026-11-22"}],
                         "offers": {"refund": {"kind": "refund", "limit": None, "valid_until": "2026-12-31", "say": {"en": 5}, "agreed": {}}}},
         [{"zone": "../../etc/passwd"}, {"zone": 5}, {"hours": {"fri": "9-18"}}, {"hours": {"friday": "closed"}}, {"warnings_required": 10}, {"warnings_required": "10"}, {"warnings_required": -1}, {"require_approved": "no"},
          {"offers": {"refund": {"kind": "refund", "limit": 10, "say": {}, "agreed": {}}}}, {"offers": {"refund": {"kind": "refund", "limit": "EUR", "say": {}, "agreed": {}}}}, {"offers": {"refund": {"say": {}, "agreed": {}}}}, {"retention": {"personal": "6m"}}]),
        ("playbook.yaml", {"steps": {"listen": ["open"]}, "facts": {"answer": [True, "partly", 7]}, "phrases": {"listen.open.any": {}, "listen.open.late": {"when": {"hardship": [True, "no"], "answer": [False]}}}},
         [{"steps": {"Listen": []}}, {"steps": ["listen"]}, {"phrases": {"listen.open": {}}}, {"phrases": {"a.b.c": {"when": {"cause": ["late"]}}}}, {"phrases": {"a.b.c": {"when": {"cause": "delivery"}}}}, {"phrases": {"a.b.c": None}}, {"source": "zz"}, {"case": {"anger": 11}}]),
        ("language.yaml", {"title": {"a": "A"}, "part": {"b": 5}, "phrases": {"a.b.c": "Yes.", "a.b.d": {"say": "Law.", "verbatim": True}, "a.b.e": {"say": "One.", "short": "1", "verbatim": False}}},
         [{"title": {"a": " "}}, {"title": {"a": None}}, {"phrases": {"a.b.c": ["x"]}}, {"phrases": {"a.b.c": {"short": "x"}}}, {"phrases": {"a.b.c": {"say": "x", "loud": "X"}}}, {"phrases": {"a.b.c": {"by": None}}}, {"phrases": {"a.b.c": {"say": "x", "softer": "y", "verbatim": True}}}, {"avoid": {"a": [{"text": "x"}]}}, {"avoid": {"a": {"b": "x"}}}]),
        ("rules.yaml", {"label": {"extends": "substitution", "message": "No.", "swap": {"rude": "what they said"}, "examples": {"bad": [], "good": []}, "max": 3}},
         [{"label": {"extends": "substitution", "message": "No.", "examples": {}}}, {"label": {"extends": "existence", "message": "No.", "examples": {}, "swap": {}}}, {"label": {"extends": "acts", "message": "No.", "examples": {}, "max": 100}}, {"label": {"extends": "spelling", "message": "No.", "examples": {}}}]),
        ("review.yaml", {"en": {"a.b.c": {"source": "0", "text": "1", "by": "Ewa", "on": "2026-11-25"}}},
         [{"zz": {}}, {"en": {"a.b": {}}}, {"en": {"a.b.c": {"source": "0", "text": "1", "by": "Ewa", "on": "25.11.2026"}}}, {"en": {"a.b.c": {"source": "0"}}}]),
        ("model.yaml", {}, [{"mood": {"threshold": 11, "flag": 1}}, {"check": {"reply": -1}}, {"playbooks": [{"signal": "mood", "playbook": "x"}]}]),
        ("drill-model.yaml", {"spent": {"percent": "60", "evidence": ["E3"]}, "patience": {"after": 0, "anger": 3, "chosen": "why"}},
         [{"spent": {"percent": 60}}, {"spent": {"percent": 60, "evidence": ["E3"], "chosen": "why"}}, {"spent": {"percent": 101, "chosen": "why"}}, {"spent": {"percent": 60, "evidence": []}}, {"spent": {"percent": 60, "evidence": ["X3"]}},
          {"acts": {"listen": []}}, {"acts": {"listen": [{"anger": 1.5, "chosen": "why"}]}}, {"acts": {"listen": [{"when": ["never"], "chosen": "why"}]}}, {"acts": {"shout": []}}, {"interrupt": {"acts": ["shout"]}}, {"repeats": {"percent": [], "chosen": "why"}}]),
        ("persona.yaml", {"severity": "2", "prior": 0, "vent": 6, "one_off": True, "facts": {"day_off": {"on": "listen", "gate": "heard", "at": 0, "hardship": False}}, "events": {"threat": 3}, "languages": ["pl"], "case": {"order": 4471}},
         [{"severity": 4}, {"severity": 0}, {"prior": 6}, {"vent": 0}, {"vent": "7"}, {"reactivity": 9}, {"forgiveness": 201}, {"style": "rude"}, {"needs": ["time"]}, {"facts": {"Day": {"on": "listen", "gate": "heard", "at": 0}}}, {"facts": {"day": {"on": "listen", "at": 0}}},
          {"facts": {"day": {"on": "listen", "gate": "heard", "at": 101}}}, {"events": {"softening": 2}}, {"events": {"threat": 13}}, {"opt_in": "yes"}, {"languages": ["de"]}, {"case": {"anger": 5}}, {"case": {"order": "4 4"}}]),
        ("drill-language.yaml", {"title": 5, "opening": "Where is it?", "story": ["One.", "Two."], "says": {"propose": {"angry": ["Well."]}, "thank": "Yes."}, "events": {"threat": ["No."]}},
         [{"opening": []}, {"opening": [" "]}, {"story": "One."}, {"says": {"shout": "No."}}, {"says": {"propose": {}}}, {"says": {"propose": {"hot": "No."}}}, {"events": {"threats": "No."}}, {"ends": {"hung_up": "No."}}, {"again": {"kept": "Yes."}}, {"who": ["Anna"]}]),
        ("drill-lines.yaml", {"styles": {"cold": {"propose": "No."}}}, [{"styles": {"happy": {}}}, {"styles": {"cold": {"shout": "No."}}}, {"acts": {"shout": "shouting"}}, {"rules": {"ask_first": {"name": "Ask"}}}, {"replies": {"propose": []}}, {"lines": {"propose": "Thursday."}}]),
        ("lessons.yaml", {"lessons": [{"title": {"pl": "Nasza"}, "rule": "sum_up", "drills": [{"persona": "late-sofa", "seed": "7"}]}]},
         [{"lessons": [{"title": {"pl": "Nasza"}, "rule": "sum_up"}]}, {"lessons": [{"title": {"de": "A"}, "rule": "sum_up", "drills": []}]}, {"lessons": [{"title": {}, "rule": "sing", "drills": []}]}, {"lessons": [{"title": {}, "rule": "sum_up", "drills": [{"persona": "../a", "seed": 1}]}]},
          {"lessons": [{"title": {}, "rule": "sum_up", "drills": [{"persona": "a", "seed": -1}]}]}, {"lessons": [{"title": {}, "rule": "sum_up", "drills": ["a"]}]}, {"lesson": []}]),
        ("signals.yaml", {}, [{"flags": {"threat": {"terms": {}}}}, {"anger": {"terms": {"awful": 0}}}, {"anger": {"terms": {"awful": "eleven"}}}, {"causes": {"weather": {"terms": {}}}}]),
        ("ui.yaml", {"menu": {"a": "A", "b": {"c": "{count}"}}, "top": 5}, [{"menu": []}, {"menu": {"a": {"by": None}}}, {"a b": "x"}, {"a": " "}]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_taken_and_what_is_not(name: str, good: dict[str, Any], wrong: list[dict[str, Any]]) -> None:
    """Each of the wrong is alone in an otherwise good file."""
    missing = [error for error in validator(name).iter_errors(good) if error.validator != "required" or error.path]
    assert missing == []
    for part in wrong:
        assert [error for error in validator(name).iter_errors({**good, **part}) if error.path or error.validator != "required"], part


def test_every_zone_there_is_may_be_written() -> None:
    pattern = re.compile(schema("policy.yaml")["properties"]["zone"]["pattern"])
    assert [zone for zone in ("local", *available_timezones()) if not pattern.search(zone)] == []


CASES: tuple[tuple[str, bool], ...] = (
    ("customer: Anna Nowak\ncause: delivery\nanger: 7\norder: 4471\npromised: 2026-11-20\ndeadline: 15:00\namount: 38 EUR\nhardship: yes\nprior: 007\nset: {answer: no}\n", True),
    ("schema: clientcoach/case@1\nid: 5\nplaybook: parting\nlang: kz\noffer: pickup\nset: [answer=partly]\nverified: 1\nagent:\nitem: ~\n", True),
    ("amount: {minor: 3800, currency: EUR}\noffer: [pickup, refund_delivery]\nset: answer=partly\nseed: 2147483647\n", True),
    ("anger: 11\n", False), ("anger: very\n", False), ("cause: late\n", False), ("hardship: maybe\n", False), ("colour: red\n", False),
    ("amount: EUR\n", False), ("amount: {minor: 5}\n", False), ("set: answer\n", False), ("offer: {pickup: 1}\n", False), ("seed: -1\n", False), ("customer: [Anna]\n", False),
    (f"item: {'x' * 201}\n", False),
)  # fmt: skip


@pytest.mark.parametrize(("written", "good"), CASES, ids=lambda value: str(value)[:30])
def test_a_case_file_is_taken_as_the_reader_takes_it(tmp_path: Path, written: str, good: bool) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(written)
    assert {read.__name__: not refused(path, read) for read in READINGS} == dict.fromkeys(ALL, good)
    try:
        read_case(text(path))
        taken = True
    except CoachError:
        taken = False
    assert taken is good


def test_a_case_file_has_the_fields_of_a_case() -> None:
    assert set(schema("case.yaml")["properties"]) == {*FIELDS, "schema", "id", "playbook"}
