"""A draft against the case and the policy: another order, sum or name, a wrong form of address, more than the worker may give."""

from __future__ import annotations

from clientcoach.matching.words import fold
from clientcoach.reading.facts import amounts, numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clientcoach.matching.words import Words
    from clientcoach.reading.acts import Act

    Finding = dict[str, Any]

NAMES = 2  # a name said a third time begins to grate (research E30)
SELF = frozenset(["i", "im", "ive", "ill"])  # capitalised in English, and nobody's name
TITLES = ("pan", "mr", "ms", "dr")
NEAR = 60  # characters between a gift and its sum
STEM = 3  # letters that all forms of a name share
GIVING = ("compensation", "propose_concrete", "choice", "promise_dated")
FORMS = {"f": "customer_m", "m": "customer_f"}  # the forms that disagree with a customer's gender


def case(
    words: Words, details: Sequence[tuple[str, int, int]], read: Sequence[Act], given: Mapping[str, Any], policy: Mapping[str, Any]
) -> Iterator[Finding]:
    """What disagrees with what is known."""
    yield from _forms(words, details, given)
    yield from _facts(words, given)
    yield from _names(words, details, given)
    yield from _authority(words, read, given, policy)


def nameless(words: Words, given: Mapping[str, Any]) -> bool:
    """Whether the case has facts and the draft names none of them."""
    facts = [str(given[name]) for name in ("order", "item", "reference") if given.get(name)]
    sums = given.get("amount")
    if not facts and not sums:
        return False
    stems = [word[: max(STEM, len(word) - 2)] for fact in facts for word in fold(fact).split()]
    low = words.low
    return not any(stem in low for stem in stems) and not (sums and any(value == sums for _, _, value in amounts(words.text)))


def finding(rule: str, start: int, end: int, text: str, instead: str | None = None) -> Finding:
    """One finding; an empty span is about the whole text."""
    told = {"rule": rule, "start": start, "end": end, "text": text[start:end]}
    return {**told, "instead": instead} if instead else told


def _at(words: Words, place: int, rule: str, instead: str | None = None) -> Finding:
    return finding(rule, *words.span(place, place + 1), words.text, instead)


def _forms(words: Words, details: Sequence[tuple[str, int, int]], given: Mapping[str, Any]) -> Iterator[Finding]:
    """Too familiar a form, and one that disagrees with the customer's gender."""
    wrong = {"familiar", FORMS.get(given.get("customer_gender", ""))}
    for name, first, after in details:
        if name in wrong and first not in words.quoted:
            yield finding("wrong-form", *words.span(first, after), words.text)


def _facts(words: Words, given: Mapping[str, Any]) -> Iterator[Finding]:
    """Another order's number."""
    order = given.get("order")
    known = {fold(str(given[name])) for name in ("order", "reference") if given.get(name)}
    if order:
        yield from (
            finding("wrong-fact", start, end, words.text, order)
            for start, end in numbers(words)
            if fold(words.text[start:end]) not in known
        )


def _names(words: Words, details: Sequence[tuple[str, int, int]], given: Mapping[str, Any]) -> Iterator[Finding]:
    """A greeting that names somebody else, and a name said too often."""
    customer = given.get("customer")
    if not customer:
        return
    stems = {fold(part)[:STEM] for part in customer.split()}
    own = [place for place, word in enumerate(words.folded) if word[:STEM] in stems and _capital(words, place)]
    if len(own) > NAMES:
        yield _at(words, own[NAMES], "too-many-names")
    for name, _, after in details:
        if name == "greeting" and (called := _called(words, after)) and not any(words.folded[one][:STEM] in stems for one in called):
            yield _at(words, called[-1], "wrong-fact", customer)


def _called(words: Words, after: int) -> list[int]:
    """The capitalised words right after a greeting: a title and a name. "Hello, I'm Ann" calls nobody."""
    called = []
    for place in range(after, min(after + 4, len(words))):
        if words.stops(place) or not _capital(words, place) or (place > after and words.apart(place - 1, place)):
            break
        if words.folded[place] in SELF:
            break
        if not words.folded[place].startswith(TITLES):
            called.append(place)
    return called


def _capital(words: Words, place: int) -> bool:
    return words.text[words.span(place, place + 1)[0]].isupper()


def _authority(words: Words, read: Sequence[Act], given: Mapping[str, Any], policy: Mapping[str, Any]) -> Iterator[Finding]:
    """A sum given away that no offer of this worker's role reaches."""
    role = given.get("role", "agent")
    limits = [offer["limit"] for offer in policy.get("offers", ()) if role in offer["roles"] and offer["limit"] and not offer["needs_lead"]]
    giving = [(act["start"], act["end"]) for act in read if act["act"] in GIVING]
    for start, end, value in amounts(words.text):
        near = any(abs(start - there[1]) < NEAR or there[0] <= start <= there[1] for there in giving)
        allowed = [limit[0] for limit in limits if limit[1] == value["currency"]]
        if near and allowed and value["minor"] > max(allowed) and value != given.get("amount"):
            yield finding("over-authority", start, end, words.text)
