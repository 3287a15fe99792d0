"""A team's records of two years, the same in every run: `python -m tests.benchmark.pile COUNT` makes the file and prints where it is.

Written by the store's own insert, audit lines and all; kept between runs, because a million take minutes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clientcoach.coach.moves import OUTCOMES
from clientcoach.records import incidents
from clientcoach.records.schema import PROMISE
from clientcoach.records.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientcoach.records.engine import Engine

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)  # a Wednesday, two in the afternoon where the team is
DAYS = 730
OPENS, CLOSES = 4, 13  # hours of the team's day, in UTC
BATCH = 20_000  # incidents a transaction
AGAIN, OFTEN = 0.25, 0.01  # of the calls: about a matter of the last weeks; by one of those who always call
REGULARS, WEEKS = 200, 0.02  # how many of them there are; how far back a matter is taken up again, as a part of all
KEPT = 0.9999  # of the promises that are over
WEIGHTS = {"delivery": 30, "product": 22, "billing": 16, "promise": 12, "misunderstanding": 9, "staff": 6, "experience": 5}
LANGS = {"ru": 45, "kk": 25, "en": 15, "pl": 15}
CHANNELS = {"phone": 60, "chat": 22, "email": 12, "desk": 6}
STEPS = ("listen", "empathize", "apologize", "propose", "follow_up")
OFFERS = ("exchange_item", "repair_item", "refund_item", "new_slot", "discount_next")
INTERRUPTIONS = {"insult": 30, "manager": 25, "threat": 10, "review": 15, "silence": 10, "tears": 10}
WORDS = {
    "en": ("call back about the courier", "A pause, then the question about the order.", "Read the number back sooner."),
    "ru": ("перезвонить насчёт курьера", "Пауза, потом вопрос о заказе.", "Раньше повторить номер вслух."),
    "pl": ("oddzwonić w sprawie kuriera", "Chwila ciszy, potem pytanie o zamówienie.", "Wcześniej powtórzyć numer."),
    "kk": ("курьер туралы қайта қоңырау шалу", "Үзіліс, содан кейін тапсырыс туралы сұрақ.", "Нөмірді ертерек қайталау."),
}


def _pick(dice: random.Random, weights: dict[str, int]) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]


def _utc(when: dt.datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _id(dice: random.Random, when: dt.datetime) -> str:
    """A UUID version 7 of that moment."""
    text = f"{int(when.timestamp() * 1000):012x}7{dice.getrandbits(12):03x}{0x8 | dice.getrandbits(2):x}{dice.getrandbits(60):015x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def moments(count: int) -> Iterator[dt.datetime]:
    """When the calls ended, in order: the same number each day, within its hours; today's until a minute ago."""
    open_for = (CLOSES - OPENS) * 3600
    start = NOW.replace(hour=OPENS) - dt.timedelta(days=DAYS)
    seconds = DAYS * open_for + (NOW.hour - OPENS) * 3600 - 60
    for number in range(count):
        day, second = divmod(number * seconds // count, open_for)
        yield start + dt.timedelta(days=day, seconds=second)


def made(count: int) -> Iterator[dict[str, Any]]:
    """Incidents from two years ago until now; on average two measures each, a promise in two of five."""
    dice = random.Random(11)
    for number, when in enumerate(moments(count)):
        yield _incident(dice, when, f"K-{_matter(dice, number, count)}")


def _matter(dice: random.Random, number: int, count: int) -> int:
    """The number of the matter: mostly a new one."""
    chance = dice.random()
    if chance < OFTEN:
        return dice.randrange(REGULARS)
    back = 1 + int(dice.expovariate(1 / (count * WEEKS))) if chance < OFTEN + AGAIN else 0
    return REGULARS + max(0, number - back)


def _incident(dice: random.Random, when: dt.datetime, reference: str) -> dict[str, Any]:
    lang, channel, name = _pick(dice, LANGS), _pick(dice, CHANNELS), _id(dice, when)
    anger, took = dice.randint(4, 10), dice.randint(120, 1500)
    end = dice.randint(0, anger)
    heated = [_pick(dice, INTERRUPTIONS)] if dice.random() < 0.2 else []
    what, worked, better = WORDS[lang]
    about = {"reference": reference, "channel": channel, "incident": name}
    return {
        **incidents.blank(),
        "id": name,
        "opened_at": _utc(when - dt.timedelta(seconds=took)),
        "closed_at": _utc(when),
        "lang": lang,
        "channel": channel,
        "playbook": "angry-customer",
        "cause": _pick(dice, WEIGHTS),
        "reference": reference,
        "worker": f"worker {dice.randrange(60)}",
        "anger_start": anger,
        "anger_end": end,
        "softened": dice.randint(30, took) if end <= 4 else None,
        "warnings": heated.count("insult"),
        "prior": int(dice.random() < 0.2),
        "outcome": dice.choice(OUTCOMES),
        "facts": [{"name": "order", "value": str(dice.randrange(10_000, 99_999))}],
        "measures": [what] if dice.random() < 0.6 else [],
        "offers": [{"id": dice.choice(OFFERS), "answer": dice.choice(("accepted", "refused", None))}] if dice.random() < 0.5 else [],
        "interruptions": heated,
        "steps": {dice.choice(STEPS): dice.choice(("done", "done", "skipped"))} if dice.random() < 0.5 else {},
        "phrases": [_phrase(dice)] if dice.random() < 0.8 else [],
        "worked": worked if dice.random() < 0.2 else None,
        "better": better if dice.random() < 0.2 else None,
        "promises": [_promise(dice, when, {**about, "what": what})] if dice.random() < 0.4 else [],
    }


def _phrase(dice: random.Random) -> dict[str, Any]:
    phrase = {"id": f"{dice.choice(STEPS)}.{dice.choice(('open', 'own', 'plan'))}.{dice.choice(('any', 'note', 'delivery'))}"}
    return {**phrase, "calmed": True} if dice.random() < 0.3 else phrase


def _promise(dice: random.Random, when: dt.datetime, about: dict[str, Any]) -> dict[str, Any]:
    """Promised for one of the next days and, once that is over, mostly kept; what is due today was mostly kept before."""
    due = when.date() + dt.timedelta(days=dice.randint(1, 5))
    ends = dt.datetime.combine(due, dt.time(CLOSES), dt.UTC)
    kept = when + (ends - when) * dice.random() ** 0.5
    done = kept < NOW and (ends > NOW or dice.random() < KEPT)
    given = {"id": _id(dice, when), "owner": f"worker {dice.randrange(60)}", "due_at": _utc(ends), "due": due.isoformat()}
    times = {"made_at": _utc(when), "done_at": _utc(kept) if done else None}
    return {"schema": "clientcoach/promise@1", **dict.fromkeys(PROMISE), **about, **given, **times}


def path(count: int) -> Path:
    """Where the file of so many incidents is kept; another generator makes another file."""
    key = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"clientcoach-pile-{os.getuid()}" / f"{count}-{key}.db"


def file(count: int) -> Path:
    """The file of so many incidents; made when it is not there yet, brought up to date when its schema is older."""
    found = path(count)
    if not found.exists():
        half = found.with_suffix(".part")
        half.unlink(missing_ok=True)
        _write(half, count)
        half.rename(found)
        half.with_name(f"{half.name}-journal").unlink(missing_ok=True)
    with _store(found):
        pass
    for copy in found.parent.glob(f"{found.name}.before-*"):
        copy.unlink()
    return found


def _store(target: Path) -> Store:
    return Store(str(target), lambda: _utc(NOW), "benchmark", write=True)


def _write(target: Path, count: int) -> None:
    left = made(count)
    with _store(target) as kept:
        for _ in range(0, count, BATCH):
            kept.change(lambda engine, _at, actor: _insert(engine, left, actor))


def _insert(engine: Engine, left: Iterator[dict[str, Any]], actor: str) -> None:
    for _, incident in zip(range(BATCH), left, strict=False):
        incidents.insert(engine, incident, incident["closed_at"], actor)


def main(count: int) -> None:
    begun = time.perf_counter()
    found = file(count)
    print(f"{found}: {found.stat().st_size / 2**20:,.0f} MiB, {time.perf_counter() - begun:,.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]))
