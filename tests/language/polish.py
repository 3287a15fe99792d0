"""Agreement in Polish sentences, by morfeusz2 (SGJP): the worker's and the customer's gender, forms of address, numbers. Each check returns what is wrong."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import morfeusz2

if TYPE_CHECKING:
    from collections.abc import Iterator

GENDERS = {"f": "f", "m": "m1"}
SELF = {
    "sam": "m",
    "sama": "f",
    "pewien": "m",
    "pewna": "f",
    "gotów": "m",
    "gotowa": "f",
    "wdzięczny": "m",
    "wdzięczna": "f",
    "zła": "f",
    "zły": "m",
    "pierwszy": "m",
    "pierwsza": "f",
}
TY_WY = frozenset(
    "ty ciebie cię tobie ci tobą wy was wam wami twój twoja twoje twojego twojej twojemu twoim twoją twoich wasz wasza wasze waszego waszej waszym waszą waszych".split()
)
PANI = frozenset(["Pani", "Panią"])
PAN = frozenset(["Pan", "Pana", "Panu", "Panem", "Panie"])
MONTHS = frozenset("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split())
GENITIVE_AFTER = frozenset("do od z bez około ciągu powyżej poniżej".split())
LOCATIVE_AFTER = frozenset(["po", "przy"])
ODD = frozenset(["dzienia", "dzienie", "dzień:Sf"])  # nobody means these when they say dzień
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[.!?…;:—()„”]|,(?!\d)|(?<=\s)(?:i|a|ale|lub|albo)(?=\s)")
_NUMBER = re.compile(r"(?:(\w+)\s)?(?<![\d.,:])(?<!nr )\b(\d+)[ \u00a0]([^\W\d_]+)(?:[ \u00a0]([^\W\d_]+))?")


@cache
def analyser() -> Any:
    return morfeusz2.Morfeusz()


@cache
def readings(word: str) -> tuple[tuple[str, ...], ...]:
    """Every reading of a word as its tags in a row (past tense and ending are two); surnames and place names are left out."""
    edges: dict[int, list[tuple[int, str]]] = {}
    end = 0
    for start, stop, (_, lemma, tag, names, _) in analyser().analyse(word):
        end = max(end, stop)
        if lemma in ODD:
            continue
        if not set(names) & {"nazwisko", "nazwa_geograficzna"} or "imię" in names:
            edges.setdefault(start, []).append((stop, tag))

    def paths(at: int) -> Iterator[tuple[str, ...]]:
        if at == end:
            yield ()
        for stop, tag in edges.get(at, ()):
            for rest in paths(stop):
                yield (tag, *rest)

    return tuple(paths(0))


def tags(word: str) -> tuple[str, ...]:
    return tuple(tag for reading in readings(word) for tag in reading)


def clauses(sentence: str) -> Iterator[list[str]]:
    for piece in _CLAUSE.split(sentence):
        words = _WORD.findall(piece)
        if words:
            yield words


def past_gender(tag: str) -> set[str]:
    """The genders of a singular past form: {"f"}, {"m"}; empty for anything else."""
    parts = tag.split(":")
    if parts[0] not in ("praet", "winien") or parts[1] != "sg":
        return set()
    return {gender[0] for gender in parts[2].split(".") if gender[0] in "fm"}


def first_person_past(word: str) -> set[str]:
    """The gender that a past form of the first person shows (sprawdziłam: f)."""
    found = readings(word.lower())
    if any(tag.startswith("fin:") for reading in found for tag in reading):
        return set()  # działam is also read as a past form of dziać
    for reading in found:
        if any(tag.startswith("aglt:sg:pri") for tag in reading):
            return {gender for tag in reading for gender in past_gender(tag)}
    return set()


def worker(sentence: str, gender: str | None) -> list[str]:
    """Words by which the worker shows another gender than theirs; with None: any gender."""
    wrong = [word for word in _WORD.findall(sentence) if (shown := first_person_past(word)) and shown != {gender}]
    for words in clauses(sentence):
        low = [word.lower() for word in words]
        said_of_me = any("pri" in tag.split(":") and "sg" in tag.split(":") for word in words for tag in tags(word.lower()))
        if said_of_me and not set(words) & (PANI | PAN):
            wrong += [word for word in low if word in SELF and SELF[word] != gender]
    return wrong


def customer(sentence: str, gender: str | None) -> list[str]:
    """Pan and Pani where they do not fit the customer's gender, and past forms that do not agree with them."""
    words = _WORD.findall(sentence)
    wrong = [word for word in words if (word in PANI and gender != "f") or (word in PAN and gender != "m")]
    for clause in clauses(sentence):
        for subject, shown in (("Pani", "f"), ("Pan", "m")):
            if subject in clause:
                wrong += [word for word in clause if (found := _third_past(word)) and found != {shown} and not _neuter_subject(clause)]
    return wrong


def _third_past(word: str) -> set[str]:
    for reading in readings(word.lower()):
        if len(reading) == 1 and (found := past_gender(reading[0])):
            return found
    return set()


def _neuter_subject(clause: list[str]) -> bool:
    return any(word.lower() in ("co", "to", "kto", "nikt") for word in clause)


def familiar(sentence: str) -> list[str]:
    """ty- and wy-forms, and „Pan/i”."""
    wrong = re.findall(r"[Pp]an\w*/\w*|[Pp]an\(i\)|\w+/\w+a\b", sentence)
    for word in _WORD.findall(sentence):
        found = readings(word.lower()) or readings(word)
        if word.lower() in TY_WY or (found and all(any("sec" in tag.split(":") for tag in reading) for reading in found)):
            wrong.append(word)
    return wrong


def vocative(sentence: str) -> list[str]:
    """Names after Pani or Panie (as an address) that are not in the vocative; „proszę Panią” as an address."""
    wrong = re.findall(r"[Pp]roszę Panią,|[Pp]roszę Pan,", sentence)
    for title, name in re.findall(r"\b(Pani|Panie|Pan) ([A-ZŁŚŻŹĆ]\w+)", sentence):
        forms = [tag.split(":") for reading in readings(name) for tag in reading]
        voc = any(
            form[0] == "subst" and any("voc" in part.split(".") for part in form) and form[-1].startswith("f" if title == "Pani" else "m1")
            for form in forms
        )
        if not voc or title == "Pan":
            wrong.append(f"{title} {name}")
    return wrong


def numbers(sentence: str) -> list[str]:
    """Nouns (and adjectives before them) that do not agree with the number before them."""
    wrong = []
    for before, digits, first, second in _NUMBER.findall(sentence):
        if first in MONTHS or first in ("roku", "r"):
            continue
        nouns = [tag for tag in tags(first) if tag.startswith("subst:")]
        if nouns and not _fits(nouns, int(digits), before.lower()):
            wrong.append(f"{digits} {first}")
        adjectives = (
            [tag for tag in tags(second or "") if tag.startswith("adj:") and ":m1:" not in tag]
            if nouns and second and second.startswith("robocz")
            else []
        )
        if adjectives and not _fits(adjectives, int(digits), before.lower()):
            wrong.append(f"{digits} {first} {second}")
    return wrong


def _fits(found: list[str], number: int, before: str) -> bool:
    few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    if before in LOCATIVE_AFTER:
        wanted = {("sg" if number == 1 else "pl", "loc")}
    elif before in GENITIVE_AFTER:
        wanted = {("sg" if number == 1 else "pl", "gen")}
    elif number == 1:
        wanted = {("sg", "acc")} if before in ("za", "na") else {("sg", "nom"), ("sg", "acc")}
    else:
        wanted = {("pl", "nom"), ("pl", "acc")} if few else {("pl", "gen")}
    have = set()
    for tag in found:
        parts = tag.split(":")
        have |= {(count, case) for count in parts[1].split(".") for case in parts[2].split(".")}
    return bool(have & wanted)
