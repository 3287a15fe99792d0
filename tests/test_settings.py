"""Settings: who wins, where each came from, what `config set` leaves alone."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest

from clientcoach.commands import configure
from clientcoach.settings import NAMES, locale_lang
from tests.support import Place, validate

if TYPE_CHECKING:
    from pathlib import Path


def user(at: Place, text: str) -> Path:
    path = at.home / ".config" / "clientcoach" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def project(at: Place, text: str, folder: Path | None = None) -> Path:
    path = (folder or at.cwd) / ".clientcoach.toml"
    path.write_text(text, encoding="utf-8")
    return path


def shown(at: Place) -> dict[str, tuple[Any, str]]:
    found = at.run("config", "show", "--json").json
    validate(found)
    return {one["name"]: (one["value"], one["origin"]) for one in found["settings"]}


def company(at: Place, *argv: str, stdin: str = "") -> str:
    found: str = at.run("script", "--json", *argv, stdin=stdin).json["case"]["company"]
    return found


def test_the_nearer_wins(at: Place) -> None:
    first = user(at, 'company = "user"\nagent = "Ola"\n')
    assert company(at) == "user"
    assert shown(at)["company"] == ("user", str(first))
    second = project(at, 'company = "project"\n')
    assert company(at) == "project"
    assert shown(at)["company"] == ("project", str(second))
    assert shown(at)["agent"] == ("Ola", str(first))
    at.variables["CLIENTCOACH_COMPANY"] = "variable"
    assert company(at) == "variable"
    assert shown(at)["company"] == ("variable", "CLIENTCOACH_COMPANY")
    assert company(at, "--case", "-", stdin='{"company": "case"}') == "case"
    assert company(at, "--case", "-", "--company", "flag", stdin='{"company": "case"}') == "flag"


def test_an_empty_variable_is_not_set(at: Place) -> None:
    user(at, 'company = "user"\n')
    at.variables["CLIENTCOACH_COMPANY"] = ""
    assert company(at) == "user"


def test_the_project_file_is_looked_for_upwards(at: Place) -> None:
    path = project(at, 'company = "above"\n', at.home)
    assert shown(at)["company"] == ("above", str(path))
    project(at, 'agent = "Ola"\n')
    assert "company" not in shown(at), "the nearest file alone counts"


@pytest.mark.parametrize(
    ("variables", "lang", "origin"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru", "locale"), ({"LANG": "kk_KZ.UTF-8"}, "kk", "locale"), ({"LANG": "kz"}, "kk", "locale"), ({"LANG": "zz_ZZ.UTF-8"}, "en", "default"),
        ({"LANG": "C"}, "en", "default"), ({"LANG": "ru_RU", "LC_ALL": "pl_PL.UTF-8"}, "pl", "locale"), ({"LANG": "rude"}, "en", "default"), ({"LANG": "ru", "LC_ALL": "C"}, "en", "default"),
        ({"LANG": "ru_RU", "CLIENTCOACH_LANG": "kz"}, "kz", "CLIENTCOACH_LANG"),
    ],
)  # fmt: skip
def test_the_language(at: Place, variables: dict[str, str], lang: str, origin: str) -> None:
    at.variables = variables
    assert shown(at)["lang"] == (lang, origin)


def test_locale_lang(at: Place) -> None:
    at.variables = {"LANG": "ru_RU.UTF-8"}
    assert locale_lang(at.session().env) == "ru"


def test_kz_is_kazakh_everywhere(at: Place) -> None:
    wanted = at.run("say", "listen", "--lang", "kk", "--ui", "en")
    assert at.run("say", "listen", "--lang", "kz", "--ui", "en") == wanted
    at.variables["CLIENTCOACH_LANG"] = "kz"
    assert at.run("say", "listen", "--ui", "en") == wanted


@pytest.mark.parametrize(
    ("name", "text", "flag"),
    [
        ("anger", "8", "8"),
        ("hardship", "yes", ""),
        ("verified", "1", ""),
        ("amount", "38 EUR", "38 EUR"),
        ("cause", "Delivery", "delivery"),
        ("prior", "2", "2"),
        ("fault", "third-party", "third_party"),
    ],
)
def test_every_variable_means_what_the_flag_means(at: Place, name: str, text: str, flag: str) -> None:
    wanted = at.run("script", "--json", f"--{name}", *([flag] if flag else [])).json
    at.variables[f"CLIENTCOACH_{name.upper()}"] = text
    assert at.run("script", "--json").json == wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [("langg = 'ru'", "lang"), ("lang = 'xx'", "xx"), ("lang = 5", "lang"), ("lang = ", "config.toml"), ("anger = 11", "anger"), ("packs = 5", "packs"), ("packs = ['']", "packs"), ("policy = ['a']", "policy"),
     ("color = 'red'", "color"), ("customer = 'Anna'", "customer"), ("verified = 'yes'", "verified"), ("item = 'lamp'", "item"), ("lang = 'ru'\nlang = 'en'", "overwrite"), ("deadline = 2026-11-25", "deadline"), ("a" * 10, "config.toml")],
)  # fmt: skip
def test_bad_settings_name_the_file_and_the_setting(at: Place, text: str, told: str) -> None:
    path = user(at, text)
    ran = at.run("script")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    if "color" not in text and "packs" not in text and "policy" not in text and "lang = " not in text[:7]:
        assert str(path) in ran.err


def test_settings_that_are_not_utf8(at: Place) -> None:
    user(at, "").write_bytes(b'company = "\xff"\n')
    assert at.run("script").code == 2


def test_a_changed_file_is_read_anew(at: Place) -> None:
    user(at, 'company = "one"\n')
    assert company(at) == "one"
    user(at, 'company = "two"\n')
    assert company(at) == "two"


def test_policy_and_packs_are_relative_to_their_file(at: Place) -> None:
    project(at, 'policy = "team/policy.yaml"\npacks = ["packs", "/abs"]\n', at.home)
    session = at.session()
    assert session.places["policy"] == str(at.home / "team" / "policy.yaml")
    assert session.places["packs"][:2] == [str(at.home / "packs"), "/abs"]
    at.variables |= {"CLIENTCOACH_POLICY": "here.yaml", "CLIENTCOACH_PACKS": f"a{os.pathsep}b"}
    session = at.session()
    assert session.places["policy"] == str(at.cwd / "here.yaml")
    assert session.places["packs"][:2] == [str(at.cwd / "a"), str(at.cwd / "b")]


def test_the_policy_is_used(at: Place) -> None:
    (at.home / "team").mkdir()
    (at.home / "team" / "policy.yaml").write_text('crisis_lines: {emergency: "999"}\n', encoding="utf-8")
    project(at, 'policy = "team/policy.yaml"\n', at.home)
    events = at.run("call", "--answers", "-", "--json", stdin='{"do":"interrupt","kind":"threat"}').events
    assert next(event for event in events if event["type"] == "interruption")["card"]["numbers"] == {"emergency": "999"}


def test_colour_as_set_and_as_flagged(at: Place) -> None:
    assert "\x1b[" not in at.run("script").out
    user(at, 'color = "always"\n')
    assert "\x1b[1m" in at.run("script").out
    assert "\x1b[" not in at.run("script", "--color", "never").out
    assert "\x1b[" not in at.run("script", "--json").out
    at.variables["CLIENTCOACH_COLOR"] = "never"
    assert "\x1b[" not in at.run("script").out


# config set and config path ------------------------------------------------------------------------------------------------


def test_set_keeps_comments_and_everything_else(at: Place) -> None:
    path = user(at, '# ours\ncompany = "Łódka"  # since 2020\n\nlang = "en"\n')
    ran = at.run("config", "set", "lang", "kk")
    assert ran.code == 0
    assert path.read_text(encoding="utf-8") == '# ours\ncompany = "Łódka"  # since 2020\n\nlang = "kk"\n'
    assert shown(at)["lang"] == ("kk", str(path))


@pytest.mark.parametrize("where", [[], ["--project"]])
def test_set_makes_the_file_where_path_says(at: Place, where: list[str]) -> None:
    path = at.run("config", "path", *where).out.strip()
    assert not os.path.exists(path)
    assert at.run("config", "set", "agent-gender", "f", *where).code == 0
    assert shown(at)["agent_gender"] == ("f", path)
    assert not stat.S_IMODE(os.stat(path).st_mode) & 0o077
    assert at.run("config", "path", *where).out.strip() == path


def test_set_of_packs_is_a_list(at: Place) -> None:
    assert at.run("config", "set", "packs", f"a{os.pathsep}b", "--project").code == 0
    assert at.session().places["packs"][:2] == [str(at.cwd / "a"), str(at.cwd / "b")]


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_can_be_named(at: Place, name: str) -> None:
    assert at.run("config", "set", name, "\x00").code == (0 if name in {"agent", "company", "role"} else 2)


def test_a_refused_value_changes_nothing(at: Place) -> None:
    path = user(at, 'lang = "en"\n')
    before = path.stat()
    assert at.run("config", "set", "lang", "xx").code == 2
    assert at.run("config", "set", "customer", "Anna").code == 2
    assert path.stat() == before


def test_a_broken_file_is_not_overwritten(at: Place) -> None:
    path = user(at, "lang = \n")
    assert at.run("config", "set", "lang", "ru").code == 2
    assert path.read_text(encoding="utf-8") == "lang = \n"


def test_set_is_whole_or_not_at_all(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path = user(at, 'lang = "en"\n')

    def full(_source: str, _target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(configure.os, "replace", full)
    ran = at.run("config", "set", "lang", "ru")
    assert ran.code == 6
    assert path.read_text(encoding="utf-8") == 'lang = "en"\n'
    assert [file.name for file in path.parent.iterdir()] == ["config.toml"]


def test_set_writes_through_a_link(at: Place) -> None:
    real = at.home / "real.toml"
    real.write_text("# real\n", encoding="utf-8")
    path = user(at, "")
    path.unlink()
    path.symlink_to(real)
    assert at.run("config", "set", "lang", "ru").code == 0
    assert path.is_symlink()
    assert real.read_text(encoding="utf-8") == '# real\nlang = "ru"\n'


# --case ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ['{"cause": "delivery", "anger": 8, "deadline": "2026-11-26", "hardship": true, "order": "4471"}', "cause: delivery\nanger: 8\ndeadline: 2026-11-26\nhardship: true\norder: 4471\n",
     "\ufeff# BOM\r\ncause: delivery\r\nanger: '8'\r\ndeadline: '2026-11-26'\r\nhardship: yes\r\norder: '4471'\r\n", '\ufeff {"schema": "clientcoach/case@1", "id": 5, "cause": "delivery", "anger": "8", "deadline": "2026-11-26", "hardship": "yes", "order": 4471}'],
)  # fmt: skip
def test_a_case_as_json_or_yaml_from_a_file_or_stdin(at: Place, text: str) -> None:
    wanted = at.run(
        "script",
        "--json",
        "--cause",
        "delivery",
        "--anger",
        "8",
        "--deadline",
        "2026-11-26",
        "--hardship",
        "--order",
        "4471",
    ).json
    assert at.run("script", "--json", "--case", "-", stdin=text).json == wanted
    (at.home / "case").write_text(text, encoding="utf-8", newline="")
    assert at.run("script", "--json", "--case", str(at.home / "case")).json == wanted


def test_a_triage_is_a_case(at: Place) -> None:
    triage = {
        "schema": "clientcoach/triage@1",
        "lang": "en",
        "cause": "billing",
        "causes": {"billing": 0.9},
        "anger": 7,
        "mood": "negative",
        "flags": ["hardship"],
        "playbook": "angry-customer",
        "evidence": [],
    }
    wanted = at.run("script", "--json", "--lang", "en", "--cause", "billing", "--anger", "7", "--hardship").json
    assert at.run("script", "--json", "--case", "-", stdin=json.dumps(triage)).json == wanted


@pytest.mark.parametrize(
    "name",
    ["verified", "hardship", "deadline", "promised", "item", "amount", "anger", "cause", "prior", "received", "fault", "order", "set"],
)
def test_what_belongs_to_one_customer_is_never_kept(at: Place, name: str) -> None:
    ran = at.run("config", "set", name, "yes")
    assert (ran.code, ran.out) == (2, "")
    assert not (at.home / ".config" / "clientcoach").exists()
    path = project(at, f'{name} = "yes"\n')
    ran = at.run("say", "listen")
    assert ran.code == 2
    assert name in ran.err
    assert str(path) in ran.err


def test_control_characters_never_come_back(at: Place) -> None:
    ran = at.run("config", "set", "company", "\x1b]0;x\x07Łódka\u202e")
    assert ran.code == 0
    assert "\x1b" not in ran.out + (at.home / ".config" / "clientcoach" / "config.toml").read_text(encoding="utf-8")
    project(at, 'agent = "\\u001b]0;x\\u0007y"\n')
    for out in (at.run("config", "show").out, at.run("config", "path", "--project").out):
        assert not set(out) & {"\x1b", "\x07", "\u202e"}


def test_a_path_that_is_not_utf8_is_refused(at: Place) -> None:
    assert at.run("config", "set", "policy", "\udcff").code == 2


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("cause: null\nanger: 8\n", ["--anger", "8"]),
        ("cause: ~\nprior:\nitem: lamp\n", ["--item", "lamp"]),
        ("amount: {minor: 3800, currency: EUR}\n", ["--amount", "38 EUR"]),
        ("amount:\n  minor: '3800'\n  currency: EUR\n", ["--amount", "38 EUR"]),
        ("item: 'null'\n", ["--item", "null"]),
        ("order: 0044\nprior: 2\nseed: 3\noffer: [pickup]\n", ["--order", "0044", "--prior", "2", "--seed", "3", "--offer", "pickup"]),
    ],
)
def test_a_yaml_case_is_what_it_would_be_in_json(at: Place, text: str, same: list[str]) -> None:
    assert at.run("script", "--json", "--case", "-", stdin=text).json == at.run("script", "--json", *same).json


@pytest.mark.parametrize("schema", ['"clientcoach/incident@1"', "5", '"clientcoach/triage@2"', "null", "[]"])
def test_another_object_is_no_case(at: Place, schema: str) -> None:
    ran = at.run("script", "--case", "-", stdin=f'{{"schema": {schema}, "anger": 3}}')
    assert (ran.code, ran.out) == (2, "")
    assert "schema" in ran.err
