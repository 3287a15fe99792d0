"""`drill report`: what a class practised, from files of `drill export`; nobody is named unasked."""

from __future__ import annotations

from clientcoach import quickjson
from clientcoach.commands.drill_export import MOST_NAME, SCHEMA, answer
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.errors import ContentError, UsageError
from clientcoach.views import render
from clientcoach.views.messages import LANG, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from clientcoach.commands import Result
    from clientcoach.env import Env

    Json = dict[str, Any]

MOST_BYTES = 1 << 24  # of an export: eight thousand drills


def run_report(values: Mapping[str, Any], env: Env) -> Result:
    """The class's report in the format that was asked for. Raises UsageError naming a file that is no export, StorageError."""
    from clientcoach.drill.group import once, report

    session = Session(values, env)
    told, double = once([_export(session, path) for path in values["files"]])
    if not told:
        raise UsageError("nothing_to_report")
    rules = library.drill_model(session.places)["rules"]
    data = report(told, rules, leaderboard=bool(values.get("leaderboard")))
    strings = session.strings(session.ui())
    _named(data, session, strings)
    style = "json" if values.get("json") else values.get("format", "text")
    return answer(session, _lines(data, style, session, strings), [word(strings, "class.twice", count=double)] if double else [])


def _export(session: Session, path: str) -> Json:
    """A file of `drill export`, checked. Raises UsageError."""
    from clientcoach.records.drill_shape import known, misfit, text

    try:
        found = quickjson.loads(session.read_bytes(path, MOST_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError("not_utf8", file=path, byte=error.start) from error
    except (ValueError, RecursionError) as error:
        raise UsageError("bad_json", file=path, reason=str(error)[:200]) from error
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != SCHEMA:
        raise UsageError("not_an_export", file=path, value=str(schema)[:MOST_NAME])
    if not text(MOST_NAME, least=1)(found.get("alias")) or not isinstance(found.get("results"), list):
        raise UsageError("not_an_export", file=path, value="alias, results")
    for number, one in enumerate(found["results"], 1):
        if field := misfit(one):
            raise UsageError("bad_export", file=path, number=number, field=field)
    return {"alias": found["alias"], "results": [known(one) for one in found["results"]]}


def _named(data: Json, session: Session, strings: Mapping[str, Any]) -> None:
    """Puts in what personas and rules are called, and the points to talk about as sentences."""
    ui = strings[LANG]
    words = library.drill_words(session.places, ui)
    for one in data["personas"]:
        one["title"] = _title(session, one["persona"], ui)
    for one in data["rules"]:
        one["name"] = words["rules"].get(one["rule"], {"name": one["rule"]})["name"]
    titles = {one["persona"]: one["title"] for one in data["personas"]}
    for point in data["points"]:
        point["text"] = _sentence(point, words, titles, strings)


def _title(session: Session, name: str, ui: str) -> str:
    """What a persona is called; one that is not here keeps its bare name."""
    try:
        return str(library.persona(session.places, name, ui)["title"])
    except (UsageError, ContentError):
        return name


def _sentence(point: Json, words: Json, titles: Mapping[str, str], strings: Mapping[str, Any]) -> str:
    from clientcoach.wording.figures import number

    told = {name: value for name, value in point.items() if name != "kind"}
    if "rule" in point:
        told.update({"why": "", "name": point["rule"], **words["rules"].get(point["rule"], {})})
    if "act" in point:
        told.update(act=words["acts"].get(point["act"], point["act"]), by=number(point["by"], strings[LANG]))
    if "end" in point:
        told["end"] = word(strings, f"drill.{point['end']}")
    if "persona" in point:
        told["title"] = titles[point["persona"]]
    return word(strings, f"class.point_{point['kind']}", **told)


def _lines(data: Json, style: str, session: Session, strings: Mapping[str, Any]) -> Iterable[str]:
    if style == "json":
        return [render("drill-report", data, style, {})]
    if style == "html":
        from clientcoach.views.drill_report_html import page

        return [page(data, strings)]
    from clientcoach.commands.report import screen
    from clientcoach.views.drill_report_text import text

    return [text(data, strings, *screen(session))]
