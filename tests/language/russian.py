"""Agreement in Russian sentences, by pymorphy3: the worker's gender, «вы», ты-forms, numbers with nouns. Each check returns what is wrong."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pymorphy3

if TYPE_CHECKING:
    from collections.abc import Iterator

GENDERS = {"f": "femn", "m": "masc"}
TU = frozenset(
    [
        "ты",
        "тебя",
        "тебе",
        "тобой",
        "твой",
        "твоя",
        "твоё",
        "твои",
        "твоего",
        "твоей",
        "твоему",
        "твоим",
        "твоих",
        "твою",
        "давай",
        "прости",
        "извини",
    ]
)
# Words about oneself that show the speaker's gender beside the past tense.
SHORT = frozenset(
    "рад рада готов готова должен должна уверен уверена согласен согласна намерен намерена обязан обязана благодарен благодарна прав права".split()
)
MONTHS = frozenset(["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"])
GENITIVE_AFTER = frozenset(["до", "от", "из", "без", "около", "более", "менее", "больше", "меньше", "течение", "после", "с"])
_WORD = re.compile(r"[а-яёА-ЯЁ]+(?:-[а-яё]+)*")
_CLAUSE = re.compile(r"[.!?…;:—()]|,(?!\d)|(?<=\s)(?:и|а|но|или)(?=\s)")
_JOINS = ("и", "а", "но", "или")
_NUMBER = re.compile(r"(?:(\w+)\s)?(?<![\d.,:№])(?<!№\u00a0)\b(\d+)[ \u00a0]([а-яё]+)(?:[ \u00a0]([а-яё]+))?")


@cache
def analyser() -> Any:
    return pymorphy3.MorphAnalyzer()


@cache
def parses(word: str) -> list[Any]:
    found: list[Any] = analyser().parse(word.lower())
    return found


def tag(word: str) -> Any:
    """The likeliest reading."""
    return parses(word)[0].tag


def clauses(sentence: str) -> Iterator[list[str]]:
    """The words of each clause."""
    yield from (words for words, _ in linked(sentence))


def linked(sentence: str) -> Iterator[tuple[list[str], list[str]]]:
    """The words of each clause, and those of the one before when a conjunction joins the two (they may share a subject)."""
    before: list[str] = []
    start, joins = 0, False
    for hit in [*_CLAUSE.finditer(sentence), None]:
        words = _WORD.findall(sentence[start : hit.start()] if hit else sentence[start:])
        if words:
            yield words, before if joins else []
            before = words
            joins = False
        if hit:
            start, joins = hit.end(), joins or hit[0] in _JOINS


def gendered(word: str) -> str | None:
    """masc or femn of a past verb, of a short adjective about oneself, of сам/сама."""
    best = parses(word)[0]
    if "VERB" in best.tag and "past" in best.tag and "sing" in best.tag and best.tag.gender in ("masc", "femn"):
        return str(best.tag.gender)
    if word.lower() in SHORT or word.lower() in ("сам", "сама"):
        return "femn" if word.lower().endswith("а") else "masc"
    return None


def other_subject(words: list[str], gender: str) -> bool:
    """Whether the clause names somebody or something else that the word could agree with."""
    for word in words:
        for parse in parses(word):
            is_noun = parse.tag.POS in ("NOUN", "NPRO", "ADJF", "PRTF", "NUMR") and "nomn" in parse.tag and "1per" not in parse.tag
            agrees = parse.tag.gender in (gender, None) and "plur" not in parse.tag
            if is_noun and agrees and parse.score > 0.05 and word.lower() not in ("сам", "сама", "вы", "это"):
                return True
    return False


def worker(sentence: str, gender: str | None) -> list[str]:
    """Past tense and the like that the worker says about themselves in another gender than theirs; with None: in any."""
    wrong = []
    for words, before in linked(sentence):
        low = [word.lower() for word in words]
        for word in words:
            shown = gendered(word)
            if shown is None or ("вы" in low and "я" not in low):
                continue
            mine = "я" in low or not other_subject(words + before, shown)
            if mine and shown != GENDERS.get(gender or ""):
                wrong.append(word)
    return wrong


def polite_you(sentence: str) -> list[str]:
    """Singular predicates of «вы», and «Вы» with a capital inside a sentence."""
    wrong = [hit[1] for hit in re.finditer(r"(?<![.!?…] )(?<![.!?…:] [«])(?<!^)(?<!^«)\b(Вы|Вас|Вам|Вами|Ваш\w*)\b", sentence)]
    for words in clauses(sentence):
        low = [word.lower() for word in words]
        if "вы" not in low:
            continue
        wrong += _next_to(words[low.index("вы") + 1 :])
        for word in words:
            best = tag(word)
            single = ("VERB" in best and "past" in best and "sing" in best) or (best.POS in ("ADJS", "PRTS") and "sing" in best)
            present = "VERB" in best and best.person in ("2per", "3per") and "sing" in best
            if (single or present) and not _has_subject(words, best):
                wrong.append(word)
    return wrong


def _next_to(words: list[str]) -> list[str]:
    """The predicate right after «вы» (adverbs and particles aside) when it is singular."""
    for word in words:
        best = tag(word)
        if best.POS in ("ADVB", "PRCL", "CONJ"):
            continue
        return [word] if word.lower() in SHORT or ("VERB" in best and "sing" in best and "impr" not in best) else []
    return []


def _has_subject(words: list[str], verb: Any) -> bool:
    """Another nominative in the clause that the verb agrees with (вы знаете, что заказ придёт is two clauses)."""
    for word in words:
        for parse in parses(word):
            if parse.tag.POS in ("NOUN", "NPRO", "ADJF") and "nomn" in parse.tag and "sing" in parse.tag and word.lower() != "вы":
                if "past" not in verb or parse.tag.gender in (verb.gender, None):
                    return True
    return False


def familiar(sentence: str) -> list[str]:
    """ты-forms: pronouns, second person singular, imperative singular."""
    wrong = []
    for word in _WORD.findall(sentence):
        best = tag(word)
        if word.lower() in TU or ("VERB" in best and "sing" in best and ("impr" in best or "2per" in best)):
            wrong.append(word)
    return wrong


def numbers(sentence: str) -> list[str]:
    """Nouns (and the adjectives before them) that do not agree with the number before them."""
    wrong = []
    for before, digits, first, second in _NUMBER.findall(sentence):
        if first in MONTHS or first in ("года", "году"):
            continue
        adjective, noun = (first, second) if tag(first).POS in ("ADJF", "PRTF") and second else ("", first)
        reading = next((parse for parse in parses(noun) if parse.tag.POS == "NOUN"), None)
        if reading is None or tag(noun).POS != "NOUN":
            continue
        if noun not in _right(reading, int(digits), before.lower()) or (adjective and not _adjective_fits(adjective, int(digits))):
            wrong.append(f"{digits} {first} {second}".rstrip())
    return wrong


def _right(noun: Any, number: int, before: str) -> set[str]:
    base = next(parse for parse in parses(noun.normal_form) if parse.tag.POS == "NOUN" and "nomn" in parse.tag)
    last = number % 10 == 1 and number % 100 != 11
    if before in GENITIVE_AFTER:
        return {base.inflect({"gent", "sing" if last else "plur"}).word}
    right = {base.make_agree_with_number(number).word}
    if last:
        right.add(base.inflect({"accs", "sing"}).word)
    if base.normal_form == "минута" and before in ("через", "на", "за") and last:
        right = {"минуту"}
    return right


def _adjective_fits(adjective: str, number: int) -> bool:
    last = number % 10 == 1 and number % 100 != 11
    return any(("sing" in parse.tag) if last else ("gent" in parse.tag and "plur" in parse.tag) for parse in parses(adjective))
