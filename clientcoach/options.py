"""Every option of every verb, as plain data. The front door walks it, the Typer app, the completions and the man page are built from it.

A value is text, a list of text (`many`) or True (`switch`); nothing is converted here: `case/` and `settings` validate.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Option = dict[str, Any]


def _option(*flags: str, text: str, metavar: str = "TEXT", **more: Any) -> Option:
    return {"flags": flags, "help": text, "metavar": metavar, **more}


def _switch(*flags: str, text: str) -> Option:
    return {"flags": flags, "help": text, "switch": True}


def _place(metavar: str, text: str, *, required: bool = False, values: str = "") -> Option:
    return {"flags": (), "help": text, "metavar": metavar, "required": required, "values": values}


CASE: dict[str, Option] = {
    "lang": _option("--lang", "-l", metavar="LANG", text="Language of the phrases: en, ru, pl, kk."),
    "ui": _option("--ui", metavar="LANG", text="Language of menus and coach notes (default: --lang)."),
    "customer": _option("--customer", metavar="NAME", text="The customer's name, as given."),
    "customer_gender": _option("--customer-gender", metavar="f|m", text="The customer's gender, when known."),
    "address": _option("--address", metavar="FORM", text='The form of address to say, when you know it better: "Pani Żaneto".'),
    "agent": _option("--agent", metavar="NAME", text="Your name."),
    "agent_gender": _option("--agent-gender", metavar="f|m", text="Your gender, for the endings of your verbs."),
    "company": _option("--company", metavar="NAME", text="Your company."),
    "cause": _option("--cause", metavar="CAUSE", text="product, promise, delivery, staff, experience, billing or misunderstanding."),
    "anger": _option("--anger", metavar="0..10", text="How angry the customer is."),
    "channel": _option("--channel", metavar="CHANNEL", text="phone, chat, email or desk."),
    "item": _option("--item", text="The product, in the customer's words."),
    "order": _option("--order", metavar="NUMBER", text="The order's number."),
    "promised": _option("--promised", metavar="DATE", text="The date promised earlier."),
    "deadline": _option("--deadline", metavar="WHEN", text="When you will be done: 2h, 3d, 15:00, 2026-11-25, 2026-11-25T15:00."),
    "amount": _option("--amount", metavar="MONEY", text='The sum in question: "38 EUR".'),
    "offer": _option("--offer", metavar="ID", many=True, text="An offer of the policy (repeatable)."),
    "fault": _option("--fault", metavar="WHOSE", text="ours, third_party, customer or unknown."),
    "prior": _option("--prior", metavar="N", text="Earlier failures in this matter."),
    "relationship": _option("--relationship", metavar="KIND", text="ongoing or one_off."),
    "hardship": _switch("--hardship", text="The customer is in a hard place: health, debt, loss."),
    "reference": _option("--reference", metavar="ID", text="The customer's or the case's number."),
    "received": _option("--received", metavar="DATE", text="When a written complaint came in."),
    "role": _option("--role", metavar="ID", text="What you may give depends on it (default: agent)."),
    "verified": _switch("--verified", text="The caller's identity is checked."),
    "set": _option("--set", metavar="NAME=VALUE", many=True, text="A pack's own fact (repeatable)."),
    "seed": _option("--seed", metavar="N", text="Choose among equal phrases (default: 0)."),
}
CASE_FILE = {"case": _option("--case", metavar="FILE", text="A whole case as JSON or YAML, or a triage@1 object; - for standard input.")}
COMMON: dict[str, Option] = {
    "color": _option("--color", metavar="WHEN", text="auto, always or never.", choices=("auto", "always", "never")),
    "no_input": _switch("--no-input", text="Never ask."),
    "debug": _switch("--debug", text="Show a traceback when something breaks."),
}
JSON = {"json": _switch("--json", text="Short for --format json.")}


def _format(*names: str) -> dict[str, Option]:
    return {"format": _option("--format", metavar="FORMAT", text=f"{', '.join(names)}.", choices=names), **JSON}


PLAYBOOK = {"playbook": _place("[PLAYBOOK]", "The playbook (default: angry-customer).", values="playbooks")}

VERBS: dict[str, dict[str, Any]] = {
    "call": {
        "help": "Walk a call, one line to say at a time.",
        "examples": (
            "clientcoach call",
            "clientcoach call --lang kk --ui ru",
            "clientcoach call --resume",
            "clientcoach call --answers answers.ndjson --json",
        ),
        "options": {
            **PLAYBOOK,
            **CASE,
            **CASE_FILE,
            "resume": _switch("--resume", text="Go on with the call that broke off last."),
            "screen": _option(
                "--screen", metavar="HOW", text="full, or plain: line by line, for screen readers.", choices=("full", "plain")
            ),
            "answers": _option("--answers", metavar="FILE", text="What the worker does, one JSON object a line; - for standard input."),
            **_format("text", "ndjson"),
            **COMMON,
        },
    },
    "script": {
        "help": "Print the five steps, tailored to the case.",
        "examples": (
            "clientcoach script --lang ru --cause delivery --anger 8 --order 4471 --deadline 2h",
            "clientcoach script --case case.json --format markdown",
            "clientcoach script --stream < cases.ndjson > scripts.ndjson",
        ),
        "options": {
            **PLAYBOOK,
            **CASE,
            **CASE_FILE,
            "stream": _switch("--stream", text="One JSON case a line in, one script a line out."),
            **_format("text", "json", "markdown", "html"),
            **COMMON,
        },
    },
    "say": {
        "help": "Print one line: the best next phrase of a step.",
        "examples": (
            "clientcoach say listen",
            "clientcoach say apologize --cause billing --another 1",
            "clientcoach say propose --part plan --deadline 2h",
        ),
        "options": {
            "step": _place("STEP", "listen, empathize, apologize, propose or follow_up.", required=True, values="steps"),
            **CASE,
            **CASE_FILE,
            "playbook": _option("--playbook", metavar="NAME", text="The playbook (default: angry-customer)."),
            "part": _option("--part", metavar="PART", text="A part of the step (default: its first)."),
            "another": _option("--another", metavar="N", text="The Nth alternative (0 is the best)."),
            "form": _option(
                "--form", metavar="FORM", text="short, softer, firmer or written.", choices=("short", "softer", "firmer", "written")
            ),
            **_format("text", "json"),
            **COMMON,
        },
    },
    "playbook list": {
        "help": "List the playbooks.",
        "examples": ("clientcoach playbook list",),
        "options": {**_format("text", "json"), "ui": CASE["ui"], **COMMON},
    },
    "playbook show": {
        "help": "Show a playbook: its steps, parts and phrases.",
        "examples": ("clientcoach playbook show angry-customer --lang pl",),
        "options": {**PLAYBOOK, "lang": CASE["lang"], "ui": CASE["ui"], **_format("text", "json"), **COMMON},
    },
    "playbook lint": {
        "help": "Check playbooks, the policy and the catalogues.",
        "examples": ("clientcoach playbook lint", "clientcoach playbook lint ./our-pack"),
        "options": {
            "folder": _place("[FOLDER]", "A playbook or a folder of playbooks (default: all that are in use)."),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "config show": {
        "help": "Show every setting and where it comes from.",
        "examples": ("clientcoach config show",),
        "options": {**_format("text", "json"), "ui": CASE["ui"], **COMMON},
    },
    "config path": {
        "help": "Print the path of the settings file.",
        "examples": ("clientcoach config path", "clientcoach config path --project"),
        "options": {"project": _switch("--project", text="The project's file instead of the user's."), "ui": CASE["ui"], **COMMON},
    },
    "config set": {
        "help": "Keep a setting.",
        "examples": ("clientcoach config set lang kk", "clientcoach config set policy team/policy.yaml --project"),
        "options": {
            "name": _place("NAME", "The setting.", required=True, values="settings"),
            "value": _place("VALUE", "Its value.", required=True),
            "project": _switch("--project", text="In the project's file instead of the user's."),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "schema": {
        "help": "Print the JSON Schema of an answer.",
        "examples": ("clientcoach schema script", "clientcoach schema"),
        "options": {
            "name": _place("[NAME]", "script, say, call, case, … (default: the list).", values="schemas"),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "complete": {
        "help": "Print the words that can stand next (used by the shell completions).",
        "examples": ("clientcoach complete script --cause",),
        "options": {"words": {**_place("[WORDS]", "The words typed so far, without the last."), "many": True}},
    },
    "doctor": {
        "help": "Check this installation.",
        "examples": ("clientcoach doctor",),
        "options": {**_format("text", "json"), "ui": CASE["ui"], **COMMON},
    },
}
