"""Every variable a text may name: the field it comes from, its kind, the languages that have it, an example in each.

`always`: never missing (it may be empty). `kind`: a plural needs a `count`, a select an `enum` (`f m other`).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    class Variable(TypedDict):
        """One row of the table."""

        field: str
        always: bool
        kind: str
        langs: tuple[str, ...]


_ALL = ("en", "ru", "pl", "kk")
_NOT_RU = ("en", "pl", "kk")  # a typed name is not inflected in Russian


def _row(field: str, kind: str = "text", langs: tuple[str, ...] = _ALL, *, always: bool = False) -> Variable:
    return {"field": field, "always": always, "kind": kind, "langs": langs}


VARIABLES: dict[str, Variable] = {
    "wg": _row("agent_gender", "enum", always=True),
    "cg": _row("customer_gender", "enum", always=True),
    "addr_pre": _row("customer", always=True),
    "addr_mid": _row("customer", always=True),
    "customer_voc": _row("customer"),
    "customer_dat": _row("customer", langs=_NOT_RU),
    "customer_gen": _row("customer", langs=_NOT_RU),
    "you_nom": _row("customer_gender"),
    "you_gen": _row("customer_gender"),
    "you_dat": _row("customer_gender"),
    "company": _row("company"),
    "agent": _row("agent"),
    "item_quoted": _row("item"),
    "order": _row("order"),
    "promised": _row("promised"),
    "promised_dat": _row("promised"),
    "promised_loc": _row("promised"),
    "days": _row("promised", "count"),
    "prior": _row("prior", "count"),
    "amount": _row("amount"),
    "date": _row("deadline"),
    "time": _row("deadline"),
    "until": _row("deadline"),
    "until_dat": _row("deadline"),
    "by": _row("deadline"),
    "wait": _row("deadline"),
    "wait_nom": _row("deadline"),
    "wait_acc": _row("deadline"),
    "wait_gen": _row("deadline"),
    "agreed": _row("offer"),
    "emergency": _row("policy"),
    "hold": _row("hold"),
    "limit": _row("policy"),
}

# A case with every field, on Sunday 22 November 2026 at 13:00 (tests/wording/test_variables.py holds it).
EXAMPLES: dict[str, dict[str, str | int]] = {
    "wg": {"en": "m", "ru": "m", "pl": "m", "kk": "m"},
    "cg": {"en": "f", "ru": "f", "pl": "f", "kk": "f"},
    "addr_pre": {"en": "Anna, ", "ru": "Анна Сергеевна, ", "pl": "Pani Anno, ", "kk": "Айгүл ханым, "},
    "addr_mid": {"en": ", Anna", "ru": ", Анна Сергеевна", "pl": ", Pani Anno", "kk": ", Айгүл ханым"},
    "customer_voc": {"en": "Anna", "ru": "Анна Сергеевна", "pl": "Pani Anno", "kk": "Айгүл ханым"},
    "customer_dat": {"en": "Anna", "pl": "Pani", "kk": "Айгүл ханымға"},
    "customer_gen": {"en": "Anna", "pl": "Pani", "kk": "Айгүл ханымның"},
    "you_nom": {"en": "you", "ru": "вы", "pl": "Pani", "kk": "сіз"},
    "you_gen": {"en": "your", "ru": "вас", "pl": "Pani", "kk": "сіздің"},
    "you_dat": {"en": "you", "ru": "вам", "pl": "Pani", "kk": "сізге"},
    "company": {"en": "Acme", "ru": "Acme", "pl": "Acme", "kk": "Acme"},
    "agent": {"en": "Ivan", "ru": "Иван", "pl": "Jan", "kk": "Ерлан"},
    "item_quoted": {"en": "“X20 vacuum”", "ru": "«пылесос X20»", "pl": "„odkurzacz X20”", "kk": "«X20 шаңсорғышы»"},
    "order": {"en": "4471", "ru": "4471", "pl": "4471", "kk": "4471"},
    "promised": {"en": "13 November", "ru": "13 ноября", "pl": "13 listopada", "kk": "13 қараша"},
    "promised_dat": {"en": "13 November", "ru": "13 ноября", "pl": "13 listopada", "kk": "13 қарашаға"},
    "promised_loc": {"en": "13 November", "ru": "13 ноября", "pl": "13 listopada", "kk": "13 қарашада"},
    "days": {"en": 9, "ru": 9, "pl": 9, "kk": 9},
    "prior": {"en": 2, "ru": 2, "pl": 2, "kk": 2},
    "amount": {"en": "€38", "ru": "38\u00a0€", "pl": "38\u00a0€", "kk": "38\u00a0€"},
    "date": {"en": "22 November", "ru": "22 ноября", "pl": "22 listopada", "kk": "22 қараша"},
    "time": {"en": "3 pm", "ru": "15:00", "pl": "15:00", "kk": "15:00"},
    "until": {"en": "3 pm today", "ru": "15:00", "pl": "15:00", "kk": "15:00"},
    "until_dat": {"en": "3 pm today", "ru": "15:00", "pl": "15:00", "kk": "15:00-ге"},
    "by": {"en": "by 3 pm today", "ru": "сегодня до 15:00", "pl": "dziś do 15:00", "kk": "бүгін 15:00-ге дейін"},
    "wait": {"en": "in 2 hours", "ru": "через 2 часа", "pl": "za 2 godziny", "kk": "2 сағаттан кейін"},
    "wait_nom": {"en": "2 hours", "ru": "2 часа", "pl": "2 godziny", "kk": "2 сағат"},
    "wait_acc": {"en": "2 hours", "ru": "2 часа", "pl": "2 godziny", "kk": "2 сағатты"},
    "wait_gen": {"en": "2 hours", "ru": "2 часов", "pl": "2 godzin", "kk": "2 сағаттың"},
    "agreed": {
        "en": "I return the delivery charge today.",
        "ru": "Возвращаю деньги за доставку сегодня.",
        "pl": "Dziś zwracam koszt dostawy.",
        "kk": "Жеткізу ақысын бүгін қайтарамын.",
    },
    "emergency": {"en": "112", "ru": "112", "pl": "112", "kk": "112"},
    "hold": {"en": "for 2 minutes", "ru": "на 2 минуты", "pl": "na 2 minuty", "kk": "2 минутқа"},
    "limit": {"en": "€10", "ru": "10\u00a0€", "pl": "10\u00a0€", "kk": "10\u00a0€"},
}
