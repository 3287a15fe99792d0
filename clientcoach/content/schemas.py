"""The schema of every kind of content file, as tables of shapes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clientcoach.case import money
from clientcoach.content.facts import CAUSES, LANGS
from clientcoach.content.shape import NAME, Choice, ListOf, MapOf, Message, Optional, Record, Text

if TYPE_CHECKING:
    from clientcoach.content.shape import Shape
    from clientcoach.content.source import Node, Source

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ID = r"[a-z0-9][a-z0-9_-]{0,63}"
PART_ID = re.compile(rf"{_ID}\.{_ID}", re.ASCII)
PHRASE_ID = re.compile(rf"{_ID}\.{_ID}\.{_ID}", re.ASCII)
ANY_KEY = re.compile(r"[A-Za-z0-9_=+-][A-Za-z0-9_.=+-]{0,127}", re.ASCII)
_DAYS_KEY = re.compile(rf"({'|'.join(DAYS)})(-({'|'.join(DAYS)}))?", re.ASCII)
_RANGE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(([01]\d|2[0-3]):[0-5]\d|24:00)", re.ASCII)
_AGE = {"d": 1, "w": 7}


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError(text)
    return text


def _flag(text: str) -> bool:
    return {"true": True, "false": False}.get(text) if text in ("true", "false") else _fail()  # type: ignore[return-value]


def _fail() -> Any:
    raise ValueError


def _whole(low: int, high: int) -> Text:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and low <= int(text) <= high):
            raise ValueError(text)
        return int(text)

    return Text(f"a whole number {low}–{high}", parse)


def _age(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,4}[dw]", text, re.ASCII):
        raise ValueError(text)
    return int(text[:-1]) * _AGE[text[-1]]


def _date(text: str) -> str:
    if len(text) != 10:  # Python reads 20261122 as a date too; nobody else does
        raise ValueError(text)
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
    if not _RANGE.fullmatch(text) or start >= end:
        raise ValueError(text)
    return [start, end]


def _limit(text: str) -> list[Any]:
    amount = money.parse(text)
    return [amount["minor"], amount["currency"]]


class Hours:
    """Opening hours by day or range of days → {"mon": ["09:00", "18:00"] | None, …}; a day that is not named is closed."""

    def read(self, node: Node, source: Source) -> dict[str, list[str] | None]:
        given = MapOf(Text('"09:00-18:00" or closed', _open), key=_DAYS_KEY).read(node, source)
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


class NotYet:
    """A switch that nothing reads yet: whoever turns it on is told so."""

    def read(self, node: Node, source: Source) -> bool | None:
        wanted: bool | None = _FLAG.read(node, source)
        if wanted:
            source.report("not-yet-used", "nothing obeys this yet; it changes nothing", node, "warning")
        return wanted


class Forms:
    """A phrase: text alone, or a mapping with `say` and other forms → {"say": Node, …, "verbatim": bool}."""

    _FORMS = ("say", "short", "softer", "firmer", "written")
    _RECORD = Record({**{form: Message() for form in _FORMS}, "verbatim": Text("true or false", _flag)}, ("say",))

    def read(self, node: Node, source: Source) -> dict[str, Any] | None:
        if not isinstance(node.value, dict) or (node.style == "{" and "say" not in node.value):
            said = Message().read(node, source)
            return {"say": said, "verbatim": False} if said else None
        forms = {"verbatim": False, **self._RECORD.read(node, source)}
        if forms["verbatim"] and len(forms) > 2:
            source.report("verbatim-forms", "a verbatim phrase has only say", node)
        return forms if forms.get("say") else None


class Advice:
    """What to avoid in a step: a mapping by name, or a list where playbook.yaml gives no names → {name: {"text": Node, "why": Node}}."""

    _RECORD = Record({"text": Message(), "why": Message()}, ("text", "why"))

    def read(self, node: Node, source: Source) -> dict[str, dict[str, Node]]:
        if isinstance(node.value, list):
            items = ListOf(self._RECORD).read(node, source)
            return {str(number): item for number, item in enumerate(items, 1)}
        return MapOf(self._RECORD).read(node, source)


_NAME = Text("a name (a-z 0-9 _ -, at most 64)", _name, "bad-name")
_TEXT = Text()
_FLAG = Text("true or false", _flag)
_WHEN = MapOf(ListOf(_TEXT))
_LANG = Choice(LANGS)
_BY_LANG = MapOf(Message(), key=re.compile("|".join(LANGS)))

PLAYBOOK = Record(
    {
        "source": _LANG,
        "facts": MapOf(ListOf(_NAME)),
        "steps": MapOf(ListOf(_NAME)),
        "parts": MapOf(_WHEN, key=PART_ID),
        "interruptions": ListOf(_NAME),
        "danger": ListOf(_NAME),
        "avoid": MapOf(ListOf(_NAME)),
        "remedies": MapOf(ListOf(_NAME)),
        "prevent": MapOf(ListOf(_NAME)),
        "phrases": MapOf(Record({"when": _WHEN}), key=PHRASE_ID),
    },
    required=("steps", "phrases"),
)

LANGUAGE = Record(
    {
        "title": MapOf(Message()),
        "part": MapOf(Message()),
        "do": MapOf(ListOf(Message())),
        "avoid": MapOf(Advice()),
        "prevent": MapOf(Message()),
        "phrases": MapOf(Forms(), key=PHRASE_ID),
    },
    required=("title", "part", "phrases"),
)

_CLOCK = Record(
    {
        "country": Text("a country code like KZ", lambda text: text if re.fullmatch("[A-Z]{2}", text) else _fail()),
        "kind": Choice(("written_claim",)),
        "days": _whole(0, 3650),
        "calendar": Choice(("calendar", "working")),
        "from": Choice(("received",)),
        "source": _TEXT,
        "checked_on": Text("a date like 2026-11-22", _date),
    },
    required=("country", "kind", "days", "source", "checked_on"),
)

OFFER = Record(
    {
        "kind": _NAME,
        "limit": Optional(Text('an amount like "10 EUR"', _limit, "bad-amount")),
        "per": _NAME,
        "roles": ListOf(_NAME),
        "causes": ListOf(Choice(CAUSES)),
        "valid_until": Optional(Text("a date like 2026-12-31", _date)),
        "needs_lead": _FLAG,
        "say": _BY_LANG,
        "agreed": _BY_LANG,
        "precise": _BY_LANG,
    },
    required=("kind", "say", "agreed"),
)

POLICY = Record(
    {
        "zone": Text("local or a time zone like Asia/Almaty", _zone, "unknown-zone"),
        "hours": Hours(),
        "verify": Choice(("after_listen", "before_details", "never")),
        "own_the_fix": Choice(("always", "verified")),
        "parting": Choice(("after_commitments", "never")),
        "warnings_required": _whole(0, 9),
        "require_approved": NotYet(),
        "crisis_lines": MapOf(_TEXT),
        "retention": Record(dict.fromkeys(("personal", "details"), Text("an age like 180d", _age))),
        "clocks": ListOf(_CLOCK),
        "offers": MapOf(OFFER),
    }
)

REVIEW = MapOf(
    MapOf(
        Record({"source": _TEXT, "text": _TEXT, "by": _TEXT, "on": _TEXT}, ("source", "text", "by", "on")),
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


UI: Shape = Catalogue()
