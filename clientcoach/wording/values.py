"""The variables of a case in one language, each worked out when a phrase first asks for it."""

from __future__ import annotations

from clientcoach.wording.languages import language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from clientcoach.case.moments import Moment, Moments


class Values(dict[str, "Any"]):
    """Variables by name; KeyError for one that the case cannot give, or that nobody knows.

    `case` is a plain dict of the fields of a case, and the coach's `hold`, `agreed`, `limit`; `moments` gives its dates
    (None: no dates are known).
    """

    def __init__(self, case: Mapping[str, Any], policy: Mapping[str, Any], moments: Moments | None, lang: str) -> None:
        super().__init__(lang=lang)
        self.case, self.policy, self.moments = case, policy, moments

    def __missing__(self, name: str) -> Any:
        derive = _DERIVED.get(name)
        value = derive(self) if derive else _own(self, name)
        if value == "" and name not in _MAY_BE_EMPTY:
            raise KeyError(name)
        self[name] = value
        return value

    def known(self, name: str) -> bool:
        """Whether the case gives this variable."""
        if name in self:
            return True
        try:
            self[name]
        except KeyError:
            return False
        return True

    def without_name(self) -> Values:
        """The same values with the customer's name left out: said too often, it grates."""
        other = Values(self.case, self.policy, self.moments, self["lang"])
        other.update(self, addr_pre="", addr_mid="")
        return other

    def text(self, field: str) -> str:
        """A text field of the case with single spaces; "" when it is not there."""
        return " ".join(str(self.case.get(field) or "").split())

    def moment(self, field: str) -> Moment:
        """A date of the case. Raises KeyError when it has none."""
        found = self.moments.moment(field) if self.moments else None
        if found is None or _untrue(field, found):
            raise KeyError(field)
        return found


def _untrue(field: str, moment: Moment) -> bool:
    """A deadline that is over cannot be promised, a promise for a day to come is not broken yet: neither is said."""
    return moment["past"] if field == "deadline" else field == "promised" and moment["ahead"] > 0


def _own(values: Values, name: str) -> str:
    """A pack's own variable (`--set NAME=VALUE`)."""
    return " ".join(str((values.case.get("set") or {}).get(name, "")).split())


def _gender(field: str) -> Callable[[Values], str]:
    return lambda values: gender if (gender := values.case.get(field)) in ("f", "m") else "other"


def _text(field: str) -> Callable[[Values], str]:
    return lambda values: values.text(field)


def _address(values: Values) -> str:
    return values.text("address") or language(values["lang"]).address(values.case)


def _addr_pre(values: Values) -> str:
    name = _address(values)
    return f"{name[0].upper()}{name[1:]}, " if name else ""


def _addr_mid(values: Values) -> str:
    name = _address(values)
    return f", {name}" if name else ""


def _customer(form: str) -> Callable[[Values], str]:
    return lambda values: language(values["lang"]).inflected(values.case, form)


def _you(form: str) -> Callable[[Values], str]:
    return lambda values: language(values["lang"]).you(values.case, form)


def _item_quoted(values: Values) -> str:
    item = values.text("item")
    return language(values["lang"]).quoted(item) if item else ""


def _day(field: str, form: str) -> Callable[[Values], str]:
    return lambda values: language(values["lang"]).day(values.moment(field), form)


def _until(form: str) -> Callable[[Values], str]:
    return lambda values: language(values["lang"]).until(values.moment("deadline"), form)


def _time(values: Values) -> str:
    return language(values["lang"]).clock(values.moment("deadline"))


def _by(values: Values) -> str:
    return language(values["lang"]).by(values.moment("deadline"))


def _wait(form: str) -> Callable[[Values], str]:
    def derive(values: Values) -> str:
        wait = values.moment("deadline")["wait"]
        return language(values["lang"]).wait(wait[0], wait[1], form) if wait else ""

    return derive


def _days(values: Values) -> int | str:
    return (values.moments.days_late() if values.moments else None) or ""


def _prior(values: Values) -> int | str:
    return values.case.get("prior") or ""


def _money(field: str) -> Callable[[Values], str]:
    def derive(values: Values) -> str:
        sum_ = values.case.get(field)
        if not sum_:
            return ""
        minor, currency = (sum_["minor"], sum_["currency"]) if isinstance(sum_, dict) else sum_
        return language(values["lang"]).money(minor, currency)

    return derive


def _hold(values: Values) -> str:
    hold = values.case.get("hold")
    if isinstance(hold, str) and hold:
        from clientcoach.case.moments import parse

        asked = parse(hold)
        hold = (asked["count"], asked["unit"]) if asked["kind"] == "wait" else None
    return language(values["lang"]).hold(*hold) if hold else ""


def _emergency(values: Values) -> str:
    return str((values.policy.get("crisis_lines") or {}).get("emergency", ""))


_MAY_BE_EMPTY = frozenset(["addr_pre", "addr_mid"])
_DERIVED: dict[str, Callable[[Values], Any]] = {
    "wg": _gender("agent_gender"),
    "cg": _gender("customer_gender"),
    "addr_pre": _addr_pre,
    "addr_mid": _addr_mid,
    "customer_voc": _customer("voc"),
    "customer_dat": _customer("dat"),
    "customer_gen": _customer("gen"),
    "you_nom": _you("nom"),
    "you_gen": _you("gen"),
    "you_dat": _you("dat"),
    "company": _text("company"),
    "agent": _text("agent"),
    "item_quoted": _item_quoted,
    "order": _text("order"),
    "promised": _day("promised", "nom"),
    "promised_dat": _day("promised", "dat"),
    "promised_loc": _day("promised", "loc"),
    "days": _days,
    "prior": _prior,
    "amount": _money("amount"),
    "date": _day("deadline", "nom"),
    "time": _time,
    "until": _until("nom"),
    "until_dat": _until("dat"),
    "by": _by,
    "wait": _wait("adv"),
    "wait_nom": _wait("nom"),
    "wait_acc": _wait("acc"),
    "wait_gen": _wait("gen"),
    "agreed": _text("agreed"),
    "emergency": _emergency,
    "hold": _hold,
    "limit": _money("limit"),
}
