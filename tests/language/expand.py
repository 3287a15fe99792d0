"""Every sentence the bundled content can become, through the real engine: compiled shard, `Values`, `render`.

A text is multiplied only by the dimensions it uses (worker's gender, customer, deadline, …), and each different result is
kept once. The dimensions and their values are `DIMENSIONS`; the clock stands at Sunday 22 November 2026, 13:00.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clientcoach.case.moments import Moments
from clientcoach.content import library
from clientcoach.wording.evaluate import fragment, render
from clientcoach.wording.values import Values
from clientcoach.wording.variables import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAYBOOKS = Path(library.bundled())
PLACES: library.Places = {"packs": [str(PLAYBOOKS)], "policy": None, "cache": None}
BOOKS = tuple(library.names(PLACES))
ALL_LANGS = ("en", "ru", "pl", "kk")
KEYS = ("call.keys", "record.lines")  # tables of keys among the interface's texts
LANGS = tuple(lang for lang in ALL_LANGS if all((PLAYBOOKS / book / f"{lang}.yaml").is_file() for book in BOOKS))

NOW = "2026-11-22T13:00+05:00"
TODAY = date(2026, 11, 22)
POLICY: dict[str, Any] = {"zone": "local", "hours": {}, "crisis_lines": {"emergency": "112"}}
COUNTS = (1, 2, 3, 4, 5, 10, 11, 12, 14, 20, 21, 22, 25, 100, 101, 111, 112)

DEADLINES = (
    *("1m", "2m", "5m", "30m", "45m", "1h", "2h", "3h", "5h", "1d", "2d", "4d", "5d", "1w", "2w", "3w", "21d", "22d"),
    *("2026-11-22T15:00", "2026-11-22T14:30", "2026-11-22T23:40", "2026-11-22"),
    *("2026-11-23T15:00", "2026-11-23T12:00", "2026-11-23T09:00", "2026-11-23"),
    *(f"2026-11-{day}T15:00" for day in range(24, 29)),
    *("2026-11-26", "2026-12-10T15:00", "2026-12-10T07:30", "2026-12-01"),
    *("2027-01-25", "2027-01-25T15:00", "2027-03-03", "2027-06-30T16:40", "2026-11-20"),
)
MONTHLY = tuple(date(2026, month, day) for month in range(1, 11) for day in (1, 3, 13, 20, 25)) + (
    *(date(2026, 11, day) for day in range(1, 22)),
    *(date(2025, month, 25) for month in (1, 6, 11, 12)),
)
AMOUNTS = ((3800, "EUR"), (1250, "EUR"), (100, "EUR"), (1500000, "KZT"), (150000, "RUB"), (2100, "PLN"), (4200, "XYZ"))
HOLDS = tuple((count, "minute") for count in (1, 2, 3, 5, 10, 21)) + ((1, "hour"), (2, "hour"))

_CUSTOMERS = {
    "en": (("Anna Nowak", "f"), ("Jan", "m"), ("Mr Smith", "m"), ("Айгүл", None), (None, None), (None, "f"), (None, "m")),
    "ru": (("Анна Сергеевна", "f"), ("Иван Петров", "m"), ("Айгүл Серікқызы", "f"), ("Саша", None), (None, None), (None, "f"), (None, "m")),
    "pl": (("Anna Nowak", "f"), ("Jan", "m"), ("Qwerty", "f"), ("Qwerty", "m"), ("Anna", None), (None, None), (None, "f"), (None, "m")),
    "kk": (("Айгүл", "f"), ("Ерлан", "m"), ("Айгүл Серікқызы", None), ("Айгүл", None), (None, None), (None, "f"), (None, "m")),
}
_ITEMS = {"en": "X20 vacuum", "ru": "пылесос X20", "pl": "odkurzacz X20", "kk": "X20 шаңсорғышы"}
_NAMES = {"en": "Ivan", "ru": "Иван", "pl": "Jan", "kk": "Ерлан"}

# A variable's dimension: what in a case makes it what it is.
_DIMENSION = {
    **dict.fromkeys(("wg",), "agent_gender"),
    **dict.fromkeys(
        ("cg", "addr_pre", "addr_mid", "customer_voc", "customer_dat", "customer_gen", "you_nom", "you_gen", "you_dat"), "customer"
    ),
    **dict.fromkeys(("promised", "promised_dat", "promised_loc"), "promised"),
    **{name: VARIABLES[name]["field"] for name in ("days", "prior", "amount", "order", "company", "agent", "item_quoted")},
    **{name: "deadline" for name, row in VARIABLES.items() if row["field"] == "deadline"},
    **dict.fromkeys(("agreed",), "agreed"),
    **dict.fromkeys(("hold",), "hold"),
    **dict.fromkeys(("limit",), "limit"),
    **dict.fromkeys(("emergency",), "policy"),
}


@dataclass(frozen=True)
class Text:
    """One form of one text of the content, as compiled. `id`: phrase id, or kind and name of other texts."""

    lang: str
    book: str
    id: str
    kind: str  # say short softer firmer written · title label do avoid.text avoid.why prevent · offer · ui
    form: dict[str, Any]
    when: dict[str, list[str]]

    @property
    def spoken(self) -> bool:
        """Said or written to the customer (not read by the worker), as a sentence."""
        return self.kind in SPOKEN

    @property
    def place(self) -> str:
        """Where it stands, for messages of failures."""
        return f"{self.book}/{self.lang} {self.id} {self.kind}"

    def __hash__(self) -> int:
        return hash((self.lang, self.book, self.id, self.kind))


@dataclass(frozen=True)
class Said:
    """One result of a text and the case it was made with."""

    text: Text
    case: dict[str, Any]
    sentence: str

    def __str__(self) -> str:
        return f"{self.text.place}: {self.sentence}"

    def __hash__(self) -> int:
        return hash((self.text, self.sentence))


PHRASE_FORMS = ("say", "short", "softer", "firmer", "written")
SPOKEN = (*PHRASE_FORMS, "offer")


@cache
def playbook(book: str, lang: str) -> dict[str, Any]:
    """The compiled playbook."""
    return library.playbook(PLACES, book, lang)


@cache
def policy(lang: str) -> dict[str, Any]:
    """The compiled policy."""
    return library.policy(PLACES, lang)


@cache
def strings(lang: str) -> dict[str, Any]:
    """The interface's compiled strings."""
    found: dict[str, Any] = library.ui(PLACES, lang)["strings"]
    return found


def phrases(lang: str, *books: str) -> list[dict[str, Any]]:
    """Every compiled phrase of the books (all when none is named), each in the one it is written in."""
    return [phrase for book in books or BOOKS for part in own_phrases(book, lang).values() for phrase in part]


@cache
def own_phrases(book: str, lang: str) -> dict[str, list[dict[str, Any]]]:
    """By part; what is shared with an interruption stands there."""
    return {part: found for part, found in playbook(book, lang)["phrases"].items() if all(one["id"].startswith(part) for one in found)}


@cache
def texts(lang: str) -> tuple[Text, ...]:
    """Every text of a language: phrases in all forms, what the worker reads, offers."""
    return tuple(text for book in BOOKS for text in _book_texts(lang, book)) + tuple(_offer_texts(lang))


def _book_texts(lang: str, book: str) -> Iterator[Text]:
    shard = playbook(book, lang)
    for phrase in phrases(lang, book):
        for kind, form in phrase["forms"].items():
            yield Text(lang, book, phrase["id"], kind, form, phrase["when"])
    for kind, table in (("title", "title"), ("label", "label"), ("prevent", "prevent_text")):
        for name, form in shard[table].items():
            yield Text(lang, book, f"{kind}.{name}", kind, form, {})
    for fact, words in shard["fact"].items():
        for name, form in words.items():
            yield Text(lang, book, f"fact.{fact}.{name}", "label", form, {})
    for step, notes in shard["do"].items():
        for number, form in enumerate(notes, 1):
            yield Text(lang, book, f"do.{step}.{number}", "do", form, {})
    for step, quotes in shard["avoid"].items():
        for name, quote in quotes.items():
            for key in ("text", "why"):
                yield Text(lang, book, f"avoid.{step}.{name}", f"avoid.{key}", quote[key], {})


def _offer_texts(lang: str) -> Iterator[Text]:
    for offer in policy(lang)["offers"]:
        for key in ("say", "agreed", "precise"):
            if offer[key]:
                yield Text(lang, "policy", f"{offer['id']}.{key}", "offer", offer[key], {})


def variables(message: list[Any]) -> set[str]:
    """The names of all variables in a compiled message."""
    found: set[str] = set()
    for part in message:
        if isinstance(part, list) and part != ["#"]:
            found.add(part[1])
            for branch in part[2].values() if len(part) > 2 else ():
                found |= variables(branch)
    return found


def _choices(lang: str, dimension: str, names: set[str]) -> list[dict[str, Any]]:
    """The pieces of a case that one dimension is tried with."""
    if dimension == "promised":
        late = [TODAY - timedelta(days=count) for count in COUNTS]
        days = late if "days" in names else MONTHLY
        return [{"promised": day.isoformat()} for day in days]
    if dimension == "customer":
        people = [{"customer": name, "customer_gender": gender} for name, gender in _CUSTOMERS[lang]]
        return [{key: value for key, value in person.items() if value} for person in people]
    if dimension == "agreed":
        offers = policy(lang)["offers"]
        return [{"agreed": render(offer["agreed"]["text"], Values({}, POLICY, None, lang))} for offer in offers]
    table: dict[str, list[Any]] = {
        "agent_gender": ["f", "m", None],
        "prior": list(COUNTS),
        "deadline": list(DEADLINES),
        "order": ["4471", "A-1042"],
        "item": [_ITEMS[lang]],
        "company": ["Acme"],
        "agent": [_NAMES[lang]],
        "hold": list(HOLDS),
    }
    money = [{dimension: {"minor": minor, "currency": currency}} for minor, currency in AMOUNTS]
    return money if dimension in ("amount", "limit") else [{dimension: value} if value else {} for value in table[dimension]]


def cases(lang: str, names: set[str]) -> Iterator[dict[str, Any]]:
    """Every case that matters to a message that uses these variables."""
    dimensions = sorted({_DIMENSION[name] for name in names} - {"policy"})
    for picked in product(*(_choices(lang, dimension, names) for dimension in dimensions)):
        yield {key: value for piece in picked for key, value in piece.items()}


@cache
def _values(lang: str, frozen: tuple[tuple[str, Any], ...]) -> Values:
    case = {key: dict(value) if key in ("amount", "limit") else value for key, value in frozen}
    return Values(case, POLICY, Moments(case, POLICY, NOW), lang)


def values(lang: str, case: dict[str, Any]) -> Values:
    """The engine's values of a case, worked out once."""
    frozen = tuple((key, tuple(value.items()) if isinstance(value, dict) else value) for key, value in sorted(case.items()))
    return _values(lang, frozen)


def expand(text: Text) -> Iterator[Said]:
    """Each different sentence of one text; cases that cannot give all it needs are left out, as the coach does."""
    seen: set[str] = set()
    say = fragment if text.kind == "label" else render
    for case in cases(text.lang, variables(text.form["text"])):
        known = values(text.lang, case)
        if not all(known.known(name) for name in text.form["needs"]):
            continue
        sentence = say(text.form["text"], known)
        if sentence not in seen:
            seen.add(sentence)
            yield Said(text, case, sentence)


@cache
def expansions(lang: str) -> tuple[Said, ...]:
    """Every different sentence of every text of a language (the interface's own strings: see test_catalogues.py)."""
    return tuple(said for text in texts(lang) for said in expand(text))


@cache
def spoken(lang: str) -> tuple[Said, ...]:
    """Those that the customer hears or reads."""
    return tuple(said for said in expansions(lang) if said.text.spoken)


@cache
def interface(lang: str) -> tuple[tuple[str, str], ...]:
    """Key and sentence of the interface's strings, counts tried with every number, other placeholders with a word."""
    found: dict[tuple[str, str], None] = {}
    for key, message in strings(lang).items():
        names = variables(message)
        counted = {part[1] for part in message if isinstance(part, list) and part[0] == "p"}
        for number in (0, *COUNTS) if counted else (0,):
            given = {name: number if name in counted else "X20" for name in names}
            found[key, fragment(message, {"lang": lang, **given})] = None
    return tuple(found)
