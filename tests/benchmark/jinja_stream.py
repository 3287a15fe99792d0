"""The program to beat: `script --stream` as one would write it with Jinja2, for clean cases in English.

Every text of the playbook is compiled once into a Jinja2 template (code in Python, kept). The choice among phrases and the values of a
case (names, dates, forms of address) are ours, so that both programs say the same phrases; checking the input, settings, answers to
bad lines and mending the seams of a sentence are left out, which is to this program's advantage.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from clientcoach.coach.choose import form_of, said_names, sayable
from clientcoach.coach.facts import possible
from clientcoach.coach.offers import SHOWN, fitting, needs_lead
from clientcoach.coach.script import NAMES, NEEDS_OFFERS, QUESTIONS, Desk
from clientcoach.content import library
from clientcoach.wording import plural
from clientcoach.wording.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENVIRONMENT = Environment(autoescape=False)  # plain text, as ours
ENVIRONMENT.globals.update(category=plural.category, number=plural.number_text)
LANG = "en"
KEPT: dict[int, tuple[Any, Callable[[Values], str]]] = {}


def source(message: list[Any], names: set[str], count: str = "") -> Iterator[str]:
    """A compiled message as Jinja2 code; the variables it names are added to `names`."""
    for part in message:
        if isinstance(part, str):
            yield part.replace("{", "{{ '{' }}")
            continue
        if part[0] == "#":
            yield f"{{{{ number('{LANG}', {count}) }}}}"
            continue
        names.add(part[1])
        if part[0] == "v":
            yield f"{{{{ {part[1]} }}}}"
            continue
        tested = part[1] if part[0] == "s" else f"category('{LANG}', {part[1]})"
        branches = {key: "".join(source(branch, names, part[1])) for key, branch in part[2].items()}
        otherwise, word = branches.pop("other"), "if"
        for key, branch in branches.items():
            test = f"{part[1]} == {key[1:]}" if key.startswith("=") else f"{tested} == '{key}'"
            yield f"{{% {word} {test} %}}{branch}"
            word = "elif"
        yield f"{{% else %}}{otherwise}{{% endif %}}" if branches else otherwise


def template(message: list[Any]) -> Callable[[Values], str]:
    """The function that renders a message, compiled when first needed."""
    found = KEPT.get(id(message))
    if found is None:
        names: set[str] = set()
        code = "".join(source(message, names)).replace("\n", "{{ '\\n' }}")
        render, needed = ENVIRONMENT.from_string(code).render, tuple(names)
        found = KEPT[id(message)] = message, lambda values: render({name: values[name] for name in needed})
    return found[1]


def text(form: Any, values: Values) -> str:
    """A form as a sentence."""
    said = template(form["text"])(values)
    return said[:1].upper() + said[1:]


class JinjaDesk(Desk):
    """Our choice, their rendering."""

    def said(self, key: str, phrase: Any) -> dict[str, Any]:
        """A phrase as a line."""
        form, values = form_of(phrase, self.wish), self.values
        if said_names(form):
            values = values if self.names < NAMES else values.without_name()
            self.names += 1
        return {"id": phrase["id"], "part": key.partition(".")[2], "text": text(form, values)}

    def offers(self) -> list[dict[str, Any]]:
        """What can be laid before the customer."""
        own: list[dict[str, Any]] = []
        lead: list[dict[str, Any]] = []
        for offer in fitting(self.playbook, self.policy, self.case, self.today):
            asks = needs_lead(offer, self.case)
            exact = offer["precise"]
            form = exact if exact is not None and sayable(exact, self.values) else offer["say"]
            entry = {"id": offer["id"], "kind": offer["kind"], "text": text(form, self.values), "needs_lead": asks}
            if offer["limit"]:
                entry["limit"] = {"minor": offer["limit"][0], "currency": offer["limit"][1]}
            (lead if asks else own).append(entry)
        return own[:SHOWN] + lead

    def step(self, number: int, step: str, parts: list[str]) -> dict[str, Any]:
        """One step of the script."""
        book, values = self.playbook, self.values
        offers = self.offers() if step == "propose" else []
        own = sum(not offer["needs_lead"] for offer in offers)
        lines, questions = [], []
        for part in parts:
            key = f"{step}.{part}"
            if not possible(book["parts"].get(key, {}), self.facts) or own < NEEDS_OFFERS.get(key, 0):
                continue
            ranked = self.ranked(key)
            if part == "ask":
                questions = [self.said(key, phrase)["text"] for phrase in ranked[:QUESTIONS]]
            elif ranked:
                label = book["label"].get(part)
                lines.append({**self.said(key, ranked[0]), "label": template(label["text"])(values) if label else ""})
        avoid = [{"text": text(one["text"], values), "why": text(one["why"], values)} for one in book["avoid"].get(step, {}).values()]
        notes = [text(form, values) for form in book["do"].get(step, []) if sayable(form, values)]
        head = {"step": step, "number": number, "say": lines, "ask": questions}
        return {**head, "title": text(book["title"][step], values), "notes": notes, "avoid": avoid, "offers": offers}


def main() -> None:
    """Cases from standard input, scripts to standard output."""
    places: Any = {"packs": [library.bundled()], "policy": None, "cache": os.path.join(os.environ["XDG_CACHE_HOME"], "clientcoach")}
    book: Any = library.playbook(places, "angry-customer", LANG)
    policy: Any = library.policy(places, LANG)
    for line in sys.stdin:
        case = json.loads(line)
        name = case.pop("id")
        del case["lang"]
        moments = None
        if "deadline" in case:
            from clientcoach.case.moments import Moments

            moments = Moments(case, policy, os.environ.get("CLIENTCOACH_NOW"))
        desk = JinjaDesk(book, policy, case, Values(case, policy, moments, LANG), None)
        steps = [desk.step(number, step, parts) for number, (step, parts) in enumerate(book["steps"], 1)]
        deadline = moments.moment("deadline") if moments else None
        shown = {**case, "deadline_at": deadline["iso"]} if deadline else case
        warnings = [f"deadline_{flag}" for flag in ("moved", "outside", "past") if deadline and deadline[flag]]
        answer = {"id": name, "schema": "clientcoach/script@1", "playbook": book["name"], "lang": LANG, "steps": steps}
        print(json.dumps({**answer, "missing": desk.missing, "case": shown, "warnings": warnings}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
