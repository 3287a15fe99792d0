"""`playbook find WORDS`: the phrases that hold them, in every playbook and language, however they are typed."""

from __future__ import annotations

from clientcoach import quickjson
from clientcoach.case.fields import LANGS
from clientcoach.case.read import whole
from clientcoach.commands import Result
from clientcoach.commands.books import langs_of
from clientcoach.commands.session import Session
from clientcoach.content import library
from clientcoach.errors import ContentError, UsageError
from clientcoach.wording.outline import outline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from clientcoach.env import Env

SHOWN, MOST = 20, 1000  # phrases, unless --limit says otherwise


def run_find(values: Mapping[str, Any], env: Env) -> Result:
    """The phrases that have every word, best first; exit 1 where there is none. A playbook that is broken is passed over and named."""
    from clientcoach.matching.find import Index

    session = Session(values, env)
    typed = " ".join(values["words"])
    if not any(map(str.isalnum, typed)):
        raise UsageError("nothing_to_find", value=typed[:40])
    limit = whole("--limit", values.get("limit", str(SHOWN)), 1, MOST)
    broken: list[str] = []
    index = Index((phrase, " ".join(phrase["forms"].values())) for phrase in _phrases(session, langs_of(values), broken))
    found = [phrase for phrase, _ in index.find(typed, stems=True)]
    data = {"schema": "clientcoach/found@1", "words": typed, "count": len(found), "phrases": found[:limit]}
    strings = session.told_in(session.ui())
    result = Result("found", data, strings=strings, exit_code=0 if found else 1)
    if values.get("format") == "ndjson" and not values.get("json"):
        result.lines = (f"{quickjson.dumps({'schema': 'clientcoach/phrase@1', **phrase})}\n" for phrase in found[:limit])
        result.eager = False
    result.notes = lambda _style: _notes(strings, broken)
    return result


def _phrases(session: Session, langs: list[str], broken: list[str]) -> Iterator[dict[str, Any]]:
    """Every phrase with the texts of its forms, the languages in the order of the worker's wish."""
    case = session.case()
    first = session.lang(case)
    for name in [session.named] if session.named else library.names(session.places):
        spoken = library.languages(library.find(session.places, name))
        for lang in sorted(set(langs) & set(spoken), key=lambda lang: (lang != first, LANGS.index(lang))):
            try:
                book = session.playbook(lang, name, whole=True)
            except ContentError:
                broken.append(f"{name} ({lang})")
                continue
            for phrases in book["phrases"].values():
                for phrase in phrases:
                    forms = {form: outline(told["text"]) for form, told in phrase["forms"].items()}
                    yield {"playbook": name, "lang": lang, "id": phrase["id"], "forms": forms}


def _notes(strings: Any, broken: list[str]) -> Iterator[str]:
    if broken:
        from clientcoach.views.messages import word

        yield word(strings(), "authoring.passed_over", names=broken)
