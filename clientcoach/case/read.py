"""From what was typed, set or piped in to a checked case. Every bad field is named, not only the first."""

from __future__ import annotations

from clientcoach.case.fields import FIELDS, MAX_TEXT
from clientcoach.case.text import clean, edges, is_text
from clientcoach.case.text import name as tidy_name
from clientcoach.errors import FieldErrors, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    Case = dict[str, Any]

_YES_NO = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}
_TIDIED = {"customer": tidy_name, "address": tidy_name, "agent": tidy_name, "company": edges}
_NOT_FIELDS = ("schema", "id", "playbook")  # an envelope may carry them beside the fields


def near(value: str, known: Iterable[str]) -> list[str]:
    """Up to three known names that look like `value`, best first."""
    import difflib

    return difflib.get_close_matches(value.lower(), list(known), n=3, cutoff=0.6)


def unknown(field: str, value: str, known: Iterable[str]) -> UsageError:
    """The error for a value that is not in a closed list."""
    names = sorted(known)
    return UsageError("unknown_value", field=field, value=value[:40], near=near(value, names), choices=names)


def _choice(field: str, spec: Mapping[str, Any], raw: Any) -> str:
    if not isinstance(raw, str):
        raise UsageError("wrong_type", field=field, expected="text", value=_shown(raw))
    typed = raw.strip().lower().replace("-", "_")
    value: str = spec.get("aliases", {}).get(typed, typed)
    if value not in spec["choices"]:
        raise unknown(field, raw, spec["choices"])
    return value


def _text(field: str, _spec: Mapping[str, Any], raw: Any) -> str | None:
    if not isinstance(raw, str):
        raise UsageError("wrong_type", field=field, expected="text", value=_shown(raw))
    if not is_text(raw):
        raise UsageError("not_text", field=field)
    value = _TIDIED.get(field, str)(clean(raw))
    if len(value) > MAX_TEXT:
        raise UsageError("too_long", field=field, length=len(value), limit=MAX_TEXT)
    return value or None


def _id(field: str, spec: Mapping[str, Any], raw: Any) -> str | None:
    return _text(field, spec, str(raw) if type(raw) is int else raw)


def _number(field: str, spec: Mapping[str, Any], raw: Any) -> int:
    text = raw.strip() if isinstance(raw, str) else str(raw) if type(raw) is int else ""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        raise UsageError("wrong_type", field=field, expected=f"{spec['min']}–{spec['max']}", value=_shown(raw))
    value = int(text)
    if not spec["min"] <= value <= spec["max"]:
        raise UsageError("out_of_range", field=field, value=text, low=spec["min"], high=spec["max"])
    return value


def _yes_no(field: str, _spec: Mapping[str, Any], raw: Any) -> bool:
    value = raw if isinstance(raw, bool) else _YES_NO.get(raw.strip().lower()) if isinstance(raw, str) else None
    if value is None:
        raise UsageError("wrong_type", field=field, expected="yes/no", value=_shown(raw))
    return value


def _moment(field: str, spec: Mapping[str, Any], raw: Any) -> str | None:
    from clientcoach.case.moments import parse

    text = _text(field, spec, raw)
    if text is None:
        return None
    try:
        parse(text)
    except ValueError as error:
        raise UsageError("bad_moment", field=field, value=text[:40]) from error
    return text


def _money(field: str, _spec: Mapping[str, Any], raw: Any) -> dict[str, Any]:
    from clientcoach.case.money import parse

    try:
        return parse(raw)
    except ValueError as error:
        raise UsageError("bad_money", field=field, value=_shown(raw)) from error


def _names(field: str, _spec: Mapping[str, Any], raw: Any) -> list[str]:
    values = [raw] if isinstance(raw, str) else raw
    if not isinstance(values, list) or not all(isinstance(value, str) and is_text(value) for value in values):
        raise UsageError("wrong_type", field=field, expected="names", value=_shown(raw))
    return [value.strip() for value in values]


def _pairs(field: str, _spec: Mapping[str, Any], raw: Any) -> dict[str, str]:
    if isinstance(raw, dict) and all(isinstance(value, str) for value in raw.values()):
        return {str(name): clean(value) for name, value in raw.items()}
    values = [raw] if isinstance(raw, str) else raw
    if not isinstance(values, list) or not all(isinstance(value, str) and "=" in value for value in values):
        raise UsageError("wrong_type", field=field, expected="NAME=VALUE", value=_shown(raw))
    return {name.strip(): clean(value) for name, _, value in (item.partition("=") for item in values)}


_READERS: dict[str, Callable[[str, Mapping[str, Any], Any], Any]] = {
    "choice": _choice,
    "text": _text,
    "id": _id,
    "name": _text,
    "number": _number,
    "yes_no": _yes_no,
    "moment": _moment,
    "money": _money,
    "names": _names,
    "pairs": _pairs,
}


def _shown(raw: Any) -> str:
    if raw is None or isinstance(raw, bool):
        return {None: "null", True: "true", False: "false"}[raw]
    return str(raw)[:40] if isinstance(raw, (str, int, float)) else "{…}" if isinstance(raw, dict) else "[…]"


def whole(field: str, raw: Any, low: int, high: int) -> int:
    """A whole number that is no field of a case. Raises UsageError naming `field`."""
    return _number(field, {"min": low, "max": high}, raw)


def read_text(field: str, raw: Any) -> str | None:
    """A cleaned text that is no field of a case (what is promised, who approved it); None when it says nothing. Raises UsageError."""
    return _text(field, {}, raw)


def read_field(name: str, raw: Any) -> Any:
    """The checked value of one field; None when it says nothing. Raises UsageError naming the field."""
    spec = FIELDS[name]
    return _READERS[spec["kind"]](name, spec, raw)


def read_case(given: Mapping[str, Any]) -> Case:
    """A case from raw fields (text from flags, typed from JSON). Raises FieldErrors naming every bad or unknown field."""
    case: Case = {}
    errors: list[UsageError] = []
    for name, raw in given.items():
        if name in _NOT_FIELDS or (raw is None and name in FIELDS):
            continue
        try:
            if name not in FIELDS:
                raise UsageError("unknown_field", field=str(name)[:40], near=near(str(name), FIELDS))
            value = read_field(name, raw)
        except UsageError as error:
            errors.append(error)
        else:
            if value is not None:
                case[name] = value
    if errors:
        raise errors[0] if len(errors) == 1 else FieldErrors(errors)
    return case


def from_triage(found: Mapping[str, Any]) -> dict[str, Any]:
    """The raw case fields that a triage@1 object tells."""
    facts = found.get("case") or {}
    if not isinstance(facts, dict):
        raise UsageError("wrong_type", field="case", expected="object", value=_shown(facts))
    given = {**facts, **{name: found.get(name) for name in ("lang", "cause", "anger", "playbook", "id")}}
    flags = found.get("flags") or ()
    if not isinstance(flags, (list, tuple)):
        raise UsageError("wrong_type", field="flags", expected="names", value=_shown(flags))
    if "hardship" in flags:
        given["hardship"] = True
    if "repeat" in flags:
        given["prior"] = 1
    return given
