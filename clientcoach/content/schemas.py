"""The schema of every kind of content file, as tables of shapes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clientcoach.case import money
from clientcoach.case.fields import CHANNELS
from clientcoach.content.facts import CAUSES, FACTS, LANGS
from clientcoach.content.shape import NAME, Choice, ListOf, MapOf, Message, Optional, Record, Text, matching, names, some_text, whole

if TYPE_CHECKING:
    from clientcoach.content.shape import Schema, Shape
    from clientcoach.content.source import Node, Source

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ID = r"[a-z0-9][a-z0-9_-]{0,63}"
PART_ID = re.compile(rf"{_ID}\.{_ID}", re.ASCII)
PHRASE_ID = re.compile(rf"{_ID}\.{_ID}\.{_ID}", re.ASCII)
ANY_KEY = re.compile(r"[A-Za-z0-9_=+-][A-Za-z0-9_.=+-]{0,127}", re.ASCII)
_DAYS_KEY = re.compile(rf"({'|'.join(DAYS)})(-({'|'.join(DAYS)}))?", re.ASCII)
_RANGE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(([01]\d|2[0-3]):[0-5]\d|24:00)|closed", re.ASCII)
_AGE = {"d": 1, "w": 7}
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)  # Python reads 20261122 as a date too; nobody else does
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}", re.ASCII)
_SUM = re.compile(r"[0-9].*[^0-9 .,]|[^0-9 .,].*[0-9]")  # a number beside something else; what currencies there are `money` knows


def _age(text: str) -> int:
    return int(text[:-1]) * _AGE[text[-1]]


def _date(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _zone(text: str) -> str:
    if text != "local":
        try:
            ZoneInfo(text)
        except (OSError, LookupError) as error:
            raise ValueError(text) from error
    return text


def _open(text: str) -> list[str] | str:
    if text == "closed":
        return text
    start, _, end = text.partition("-")
    if start >= end:
        raise ValueError(text)
    return [start, end]


def _limit(text: str) -> list[Any]:
    amount = money.parse(text)
    return [amount["minor"], amount["currency"]]


_FLAG = matching(re.compile("true|false"), "true or false", parse=lambda text: text == "true")


class Hours:
    """Opening hours by day or range of days → {"mon": ["09:00", "18:00"] | None, …}; a day that is not named is closed."""

    _GIVEN = MapOf(matching(_RANGE, '"09:00-18:00" or closed', parse=_open), key=_DAYS_KEY)

    def read(self, node: Node, source: Source) -> dict[str, list[str] | None]:
        given = self._GIVEN.read(node, source)
        hours: dict[str, list[str] | None] = dict.fromkeys(DAYS)
        taken: set[str] = set()
        for key, value in given.items():
            first, _, last = key.partition("-")
            days = DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
            if not days or taken & set(days):
                source.report("bad-hours", f"'{key}' names no day, or one that is given already", node.keys[key])
            taken |= set(days)
            hours.update(dict.fromkeys(days, None if value == "closed" else value))
        if isinstance(node.value, dict) and len(given) == len(node.value) and not any(hours.values()):
            source.report("bad-hours", "no day is open", node)
        return hours

    def schema(self) -> Schema:
        return self._GIVEN.schema()


class When:
    """What has to hold: values by fact → {fact: [value, …]}. Which facts a playbook has of its own, the structure knows."""

    _GIVEN = MapOf(ListOf(Text()))

    def read(self, node: Node, source: Source) -> dict[str, list[str]]:
        return self._GIVEN.read(node, source)

    def schema(self) -> Schema:
        return {**self._GIVEN.schema(), "properties": {fact: ListOf(Choice(values)).schema() for fact, values in FACTS.items()}}


FORMS = ("say", "short", "softer", "firmer", "written")


class Forms:
    """A phrase: text alone, or a mapping with `say` and other forms → {"say": Node, …, "verbatim": bool}."""

    _RECORD = Record({**{form: Message() for form in FORMS}, "verbatim": _FLAG}, ("say",))

    def read(self, node: Node, source: Source) -> dict[str, Any] | None:
        if not isinstance(node.value, dict) or (node.style == "{" and "say" not in node.value):
            said = Message().read(node, source)
            return {"say": said, "verbatim": False} if said else None
        forms = {"verbatim": False, **self._RECORD.read(node, source)}
        if forms["verbatim"] and len(forms) > 2:
            source.report("verbatim-forms", "a verbatim phrase has only say", node)
        return forms if forms.get("say") else None

    def schema(self) -> Schema:
        verbatim = {"properties": {"verbatim": {"enum": [True, "true"]}}, "required": ["verbatim"]}
        alone = {"if": verbatim, "then": {"properties": dict.fromkeys(FORMS[1:], False)}}
        return {**some_text(), **self._RECORD.schema(), "type": [*some_text()["type"], "object"], **alone}


class Advice:
    """What to avoid in a step: a mapping by name, or a list where playbook.yaml gives no names → {name: {"text": Node, "why": Node}}."""

    _RECORD = Record({"text": Message(), "why": Message()}, ("text", "why"))

    def read(self, node: Node, source: Source) -> dict[str, dict[str, Node]]:
        if isinstance(node.value, list):
            items = ListOf(self._RECORD).read(node, source)
            return {str(number): item for number, item in enumerate(items, 1)}
        return MapOf(self._RECORD).read(node, source)

    def schema(self) -> Schema:
        return {**ListOf(self._RECORD).schema(), **MapOf(self._RECORD).schema(), "type": ["object", "array"]}


_NAME = matching(NAME, "a name (a-z 0-9 _ -, at most 64)", "bad-name")
_TEXT = Text()
_DAY = matching(_DATE, "a date like 2026-11-22", parse=_date)
_KEPT = matching(re.compile(r"[1-9]\d{0,4}[dw]", re.ASCII), "an age like 180d", parse=_age)
_LANG = Choice(LANGS)
_BY_LANG = MapOf(Message(), key=re.compile("|".join(LANGS)))

PLAYBOOK = Record(
    {
        "source": _LANG,
        "facts": MapOf(ListOf(_NAME)),
        "steps": MapOf(ListOf(_NAME)),
        "parts": MapOf(When(), key=PART_ID),
        "shared": MapOf(matching(PART_ID, "a part of the interruptions (STEP.PART)"), key=PART_ID),
        "case": Record({"channel": Choice(CHANNELS), "anger": whole(0, 10), "set": MapOf(_NAME)}),
        "looks_up": ListOf(Choice(("commitments", "clocks"))),
        "interruptions": ListOf(_NAME),
        "danger": ListOf(_NAME),
        "avoid": MapOf(ListOf(_NAME)),
        "remedies": MapOf(ListOf(_NAME)),
        "prevent": MapOf(ListOf(_NAME)),
        "phrases": MapOf(Record({"when": When()}), key=PHRASE_ID),
    },
    required=("steps", "phrases"),
)

LANGUAGE = Record(
    {
        "title": MapOf(Message()),
        "part": MapOf(Message()),
        "fact": MapOf(MapOf(Message())),
        "do": MapOf(ListOf(Message())),
        "avoid": MapOf(Advice()),
        "prevent": MapOf(Message()),
        "phrases": MapOf(Forms(), key=PHRASE_ID),
    },
    required=("title", "part", "phrases"),
)

_CLOCK = Record(
    {
        "country": matching(re.compile("[A-Z]{2}"), "a country code like KZ"),
        "kind": Choice(("written_claim",)),
        "days": whole(0, 3650),
        "calendar": Choice(("calendar", "working")),
        "from": Choice(("received",)),
        "source": _TEXT,
        "checked_on": _DAY,
    },
    required=("country", "kind", "days", "source", "checked_on"),
)

OFFER = Record(
    {
        "kind": _NAME,
        "limit": Optional(Text('an amount like "10 EUR"', _limit, "bad-amount", {"type": "string", "pattern": _SUM.pattern})),
        "per": _NAME,
        "roles": ListOf(_NAME),
        "causes": ListOf(Choice(CAUSES)),
        "valid_until": Optional(_DAY),
        "needs_lead": _FLAG,
        "say": _BY_LANG,
        "agreed": _BY_LANG,
        "precise": _BY_LANG,
    },
    required=("kind", "say", "agreed"),
)

POLICY = Record(
    {
        "zone": matching(_ZONE, "local or a time zone like Asia/Almaty", "unknown-zone", _zone),
        "hours": Hours(),
        "verify": Choice(("after_listen", "before_details", "never")),
        "own_the_fix": Choice(("always", "verified")),
        "parting": Choice(("after_commitments", "never")),
        "warnings_required": whole(0, 9),
        "require_approved": _FLAG,
        "crisis_lines": MapOf(_TEXT),
        "retention": Record(dict.fromkeys(("personal", "details"), _KEPT)),
        "clocks": ListOf(_CLOCK),
        "offers": MapOf(OFFER),
    }
)

REVIEW = MapOf(
    MapOf(
        Record({"source": _TEXT, "text": _TEXT, "by": _TEXT, "on": _DAY, "until": _DAY}, ("source", "text", "by", "on")),
        key=PHRASE_ID,
    ),
    key=re.compile("|".join(LANGS)),
)


class Catalogue:
    """The interface's strings: mappings within mappings are joined with dots → {"error.full_disk": Node, …}."""

    def read(self, node: Node, source: Source) -> dict[str, Node]:
        if not isinstance(node.value, dict):
            source.report("wrong-type", "expected a mapping", node)
            return {}
        return dict(self._flat(node, source, ""))

    def _flat(self, node: Node, source: Source, prefix: str) -> list[tuple[str, Node]]:
        found: list[tuple[str, Node]] = []
        for key, item in node.value.items() if isinstance(node.value, dict) else ():
            if not ANY_KEY.fullmatch(key):
                source.report("bad-name", f"'{key[:80]}' is not a valid name here", node.keys[key])
            elif isinstance(item.value, dict) and (item.style != "{" or any(inner.value for inner in item.value.values())):
                found += self._flat(item, source, f"{prefix}{key}.")
            elif is_message := Message().read(item, source):
                found.append((prefix + key, is_message))
        return found

    def schema(self) -> Schema:
        inside = {"propertyNames": names(ANY_KEY), "additionalProperties": {"$ref": "#/$defs/string"}}
        string = {**some_text(), **inside, "type": [*some_text()["type"], "object"]}
        return {"type": "object", **inside, "$defs": {"string": string}}


UI: Shape = Catalogue()
