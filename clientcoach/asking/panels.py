"""The panels of the live call: interruptions, offers, a promise, a hold, a language, the end."""

from __future__ import annotations

from clientcoach.asking.panel import Panel
from clientcoach.coach.moves import OUTCOMES
from clientcoach.coach.offers import needs_lead

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from clientcoach.asking.live import Live
    from clientcoach.asking.panel import Item

DANGER = "threat"  # what X X means
HOLDS = (1, 2, 3, 5, 10, 15)  # minutes
USUAL_HOLD = "2m"
TASKS = ("call", "write", "check")  # what is promised most when nothing was accepted
OTHER = object()  # the item that leads on to more, or to typing


def interruption_panel(live: Live) -> Panel:
    """What the customer does, by one key."""
    kinds = live.call.desk().playbook["interruptions"]
    items = [(kind, live.words(f"kind.{kind}")) for kind in kinds]
    also = {"x": DANGER} if DANGER in kinds else {}
    return Panel(live.words("screen.interruption"), items, lambda kind: live.act("interrupt", kind=kind), also=also)


def hold_panel(live: Live) -> Panel:
    """How long they will wait."""
    items = [(f"{minutes}m", live.words("screen.minutes", count=minutes)) for minutes in HOLDS]
    return Panel(
        live.words("screen.hold_for"), items, lambda length: live.act("hold", **{"for": length}), also={"c": USUAL_HOLD}, at=USUAL_HOLD
    )


def language_panel(live: Live) -> Panel:
    """The languages this playbook speaks."""
    items = [(lang, live.words(f"value.lang.{lang}")) for lang in live.words.langs() if lang != live.call.lang]
    return Panel(live.words("screen.language"), items, lambda lang: live.act("language", lang=lang))


def end_panel(live: Live) -> Panel:
    """What the call came to; Enter takes what the call itself tells."""
    items = [(outcome, live.words(f"outcome.{outcome}")) for outcome in OUTCOMES]
    return Panel(live.words("screen.end"), items, live.end, at=live.call.outcome())


def offer_panel(live: Live) -> Panel:
    """The offers for this case, the lead's own marked; then all of them refused, and what else the policy has."""
    offers = live.call.offers()
    items: list[Item] = [(offer["id"], _told(live, offer)) for offer in offers]
    own = [offer["id"] for offer in offers if not offer["needs_lead"]]
    if own:
        items.append((tuple(own), live.words("screen.refused_all")))
    items.append((OTHER, live.words("screen.other_offer")))

    def take(picked: Any) -> Panel | None:
        if picked is OTHER:
            return _every_offer(live)
        if isinstance(picked, tuple):
            for name in picked:
                live.act("offer", id=name, answer="refused")
            return None
        return _answer_panel(live, picked, dict(items)[picked])

    return Panel(live.words("screen.offers"), items, take)


def limit_of(live: Live, offer: Mapping[str, Any]) -> str:
    """Up to which sum an offer may go; "" where it has no limit."""
    limit = offer.get("limit")
    return live.words("screen.up_to", limit=live.words.money(limit["minor"], limit["currency"])) if limit else ""


def _told(live: Live, offer: Mapping[str, Any]) -> str:
    text, limit = offer["text"].rstrip("."), limit_of(live, offer)
    text = f"{text} ({limit})" if limit else text
    return live.words("screen.lead_only", text=text) if offer["needs_lead"] else text


def _every_offer(live: Live) -> Panel:
    desk = live.call.desk()
    items = [(name, text) for name, text in live.words.every_offer(desk) if name not in live.call.answers]
    return Panel(live.words("screen.offers"), items, lambda name: _answer_panel(live, name, dict(items)[name]))


def _answer_panel(live: Live, name: str, text: str) -> Panel:
    """Accepted or refused; what only the lead may give asks who has allowed it."""
    desk = live.call.desk()
    lead = next(needs_lead(offer, live.call.case) for offer in desk.policy["offers"] if offer["id"] == name)

    def take(answer: str) -> Panel | None:
        if answer == "approved":
            return Panel(
                live.words("screen.approved_by"), take=lambda who: live.act("offer", id=name, answer="accepted", approved_by=who), entry=""
            )
        live.act("offer", id=name, answer=answer)
        return None

    answers = ["accepted", "refused", *(["approved"] if lead else [])]
    return Panel(text, [(answer, live.words(f"answer.{answer}")) for answer in answers], take)


def promise_panel(live: Live) -> Panel:
    """What, who, when: one key each."""
    agreed = live.call.extra.get("agreed")
    tasks = [live.words(f"task.{task}") for task in TASKS]
    items: list[Item] = [*([(None, agreed)] if agreed else []), *((task, task) for task in tasks)]  # None: what was accepted
    return _with_typing(live, "screen.what", items, lambda what: _owner_panel(live, what))


def _owner_panel(live: Live, what: str | None) -> Panel:
    name = live.call.case.get("agent")
    items = [(name, live.words("screen.me_named", name=name) if name else live.words("screen.me")), ("lead", live.words("screen.my_lead"))]
    return _with_typing(live, "screen.who", items, lambda owner: _when_panel(live, what, owner))


def _when_panel(live: Live, what: str | None, owner: str | None) -> Panel:
    return _with_typing(live, "screen.when", live.words.times(), lambda by: live.act("promise", what=what, owner=owner, by=by))


def _with_typing(live: Live, title: str, items: Sequence[Item], take: Any) -> Panel:
    """A list whose last item leads to typing something else."""
    told = live.words(title)
    return Panel(
        told,
        [*items, (OTHER, live.words("screen.type_it"))],
        lambda value: Panel(told, take=take, entry="") if value is OTHER else take(value),
    )
