"""Every option of every verb, as plain data. The front door walks it, the Typer app, the completions and the man page are built from it.

A value is text, a list of text (`many`) or True (`switch`); nothing is converted here: `case/` and `settings` validate.
"""

from __future__ import annotations

from clientcoach.case import languages

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


CODES = ", ".join(languages.LANGS)
KINDS = ("call", "complaint", "conduct")  # as in records/reading.py; a test holds them together
POLICIES = (
    "five_steps", "five_steps_slips_15", "five_steps_slips_35", "apology_first", "calm_downer", "solver", "sympathy_only",
    "apology_machine", "policy_quoter", "blamer", "random",
)  # fmt: skip  # as in drill/policies.py; a test holds them together
OPT_INS = ("abuse", "self_harm")  # as in content/personas.py; a test holds them together
OUTCOMES = ("settled", "grudging", "handed_over", "ended", "open")  # as in coach/moves.py; a test holds them together

CASE: dict[str, Option] = {
    "lang": _option("--lang", "-l", metavar="LANG", text=f"Language of the phrases: {CODES}."),
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
DB = {"db": _option("--db", metavar="PATH|URL", text="The store: a file, or postgresql://… (default: a file in the data directory).")}
JSON = {"json": _switch("--json", text="Short for --format json.")}


def _format(*names: str) -> dict[str, Option]:
    return {"format": _option("--format", metavar="FORMAT", text=f"{', '.join(names)}.", choices=names), **JSON}


CALL_LANG = _option("--lang", "-l", metavar="LANG", values="langs", text=f"Language of the call: {CODES}.")  # no language to answer in

JOBS = _option("--jobs", metavar="N", text="So many processes at once, for a stream of many lines.")
BULK = {
    "source": _place("IN", "The messages: one JSON object with a text a line.", required=True),
    "out": _place("OUT", "Where the answers go, whole or not at all; run it again to go on where it stopped.", required=True),
    "lang": _option("--lang", "-l", metavar="LANG", text=f"Language of the texts: {CODES} (default: found out)."),
    "jobs": _option("--jobs", metavar="N", text="Processes on this machine (default: one for each of its cores)."),
    "scheduler": _option("--scheduler", metavar="ADDRESS", text="A Dask scheduler whose workers do it: tls://host:8786."),
    "insecure": _switch("--insecure-scheduler", text="Allow tcp:// to another machine: whoever is on the way can run code on all of them."),
    "ui": CASE["ui"],
}


def _told_about() -> dict[str, Option]:
    """Which incidents are meant."""
    return {
        "since": _option("--since", metavar="WHEN", text="From this day or time on: 2026-11-01, 7d (ago), 2026-11-25T15:00."),
        "until": _option("--until", metavar="WHEN", text="Up to this time, or to the end of this day."),
        **{name: CASE[name] for name in ("cause", "channel", "reference")},
        "call_lang": CALL_LANG,
        "limit": _option("--limit", metavar="N", text="The newest N only."),
    }


DRILL: dict[str, Option] = {
    "lang": _option("--lang", "-l", metavar="LANG", text=f"Language of the customer: {CODES}."),
    "ui": CASE["ui"],
    "coach": _switch("--coach", text="A tip before every turn."),
    "session": _option("--session", metavar="NAME", text="The course it belongs to; kept with the result."),
    "label": _option("--label", metavar="WHEN", text="before or after the course; kept with the result.", choices=("before", "after")),
    "screen": _option("--screen", metavar="HOW", text="full, or plain: line by line, for screen readers.", choices=("full", "plain")),
}
RESUMED = {"resume": _switch("--resume", text="Go on with the drill that broke off last.")}
OPT_IN = _option("--opt-in", metavar="WHAT", many=True, text="You know what comes: abuse or self_harm (repeatable).", values="opt_ins")
ANSWERED: dict[str, Option] = {
    "answers": _option("--answers", metavar="FILE", text="What you do, one JSON object a line; - for standard input."),
    "second": _switch("--second", text="With --answers: the customer's second call too, while answers are left."),
    "keep": _switch("--keep", text="With --answers: keep the result."),
}
_PROMISE = _place("ID", "The promise's id, or its beginning.", required=True)
INTO = _option("--into", metavar="FOLDER", text="The pack it goes into (default: the nearest you have, else ./playbooks).")
LANGS = _option("--lang", "-l", metavar="LANG", many=True, values="langs", text=f"A language: {CODES} (repeatable; default: all).")
LEAVING = ("espanso", "zammad", "csv", "markdown", "anki", "po")  # the formats of `playbook export`
ENTERING = ("espanso", "zammad", "csv", "po")
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
    "triage": {
        "help": "Read a customer's message: what it is about, how angry it is, which dangers are in it.",
        "examples": (
            'clientcoach triage "Third day without an answer. I will go to court!!!"',
            "pbpaste | clientcoach triage",
            "clientcoach triage --json < message.txt | clientcoach script --case -",
            "clientcoach triage --stream < messages.ndjson > readings.ndjson",
        ),
        "options": {
            "text": {**_place("[TEXT]", "The message (default: standard input)."), "many": True},
            "lang": _option("--lang", "-l", metavar="LANG", text=f"Language of the message: {CODES} (default: found out)."),
            "ui": CASE["ui"],
            "history": _option("--history", metavar="FILE", text="Earlier messages of the same customer, one JSON object a line."),
            "explain": _switch("--explain", text="Every signal with its place and weight."),
            "stream": _switch("--stream", text="One JSON object with a text a line in, one reading a line out."),
            "jobs": JOBS,
            **_format("text", "json", "ndjson"),
            **COMMON,
        },
    },
    "check": {
        "help": "Read a draft reply: which steps it takes, what is wrong with it, what to say instead.",
        "examples": (
            "clientcoach check draft.txt",
            "pbpaste | clientcoach check --lang pl --order 4471 --customer-gender f",
            "clientcoach check draft.txt --fix > better.txt",
            "clientcoach check draft.md --format github --fail-on warning",
            "clientcoach check --replies macros.csv snippets.yml",
        ),
        "options": {
            "file": {**_place("[FILE]", "The draft (default: standard input); with --replies, one file or more."), "many": True},
            **CASE,
            **CASE_FILE,
            "playbook": _option("--playbook", metavar="NAME", text="The playbook the draft follows (default: angry-customer)."),
            "replies": _switch("--replies", text="The files are libraries of canned replies: CSV, YAML, JSON, NDJSON, Markdown."),
            "disable": _option("--disable", metavar="RULE", many=True, text="A rule to leave out (repeatable)."),
            "fail_on": _option(
                "--fail-on",
                metavar="LEVEL",
                text="Exit with 1 from this level on: error, warning or hint.",
                choices=("error", "warning", "hint"),
            ),
            "fix": _switch("--fix", text="Print the mended draft."),
            "diff": _switch("--diff", text="Print what --fix would change."),
            "stream": _switch("--stream", text="One JSON object with a text a line in, one report a line out."),
            "jobs": JOBS,
            **_format("text", "json", "ndjson", "github", "sarif"),
            **COMMON,
        },
    },
    "bulk triage": {
        "help": "Read a whole file of messages, on all cores or on many machines.",
        "examples": (
            "clientcoach bulk triage messages.ndjson readings.ndjson",
            "clientcoach bulk triage messages.ndjson readings.ndjson --scheduler tls://cluster:8786",
        ),
        "options": {**BULK, **COMMON},
    },
    "bulk check": {
        "help": "Check a whole file of drafts, on all cores or on many machines.",
        "examples": ("clientcoach bulk check drafts.ndjson reports.ndjson --jobs 4",),
        "options": {**BULK, **COMMON},
    },
    "promises": {
        "help": "List what is owed: today's first, late ones marked.",
        "examples": ("clientcoach promises", "clientcoach promises --reference K-1042 --json", "clientcoach promises due --fail"),
        "options": {
            "reference": CASE["reference"],
            "all": _switch("--all", text="Kept ones and those put off too."),
            **DB,
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "promises add": {
        "help": "Write down a promise.",
        "examples": (
            'clientcoach promises add "call back about the courier" --due 2h',
            'clientcoach promises add "send the letter" --due 2026-11-25 --owner Ewa --reference K-1042 --channel email',
        ),
        "options": {
            "what": _place("WHAT", "What is promised: begin with the verb.", required=True),
            "due": _option("--due", metavar="WHEN", text="By when: 2h, 15:00, 2026-11-25 (when that day's hours end), 2026-11-25T15:00."),
            "owner": _option("--owner", metavar="NAME", text="Who does it (default: you)."),
            "reference": CASE["reference"],
            "channel": CASE["channel"],
            **DB,
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "promises due": {
        "help": "List what is late or due today, put off or not.",
        "examples": ("clientcoach promises due", "clientcoach promises due --fail || mail -s late lead@example.com < /dev/null"),
        "options": {
            "fail": _switch("--fail", text="Exit with 1 when something is late."),
            "reference": CASE["reference"],
            **DB,
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "promises done": {
        "help": "Mark a promise as kept.",
        "examples": ("clientcoach promises done 019ab3c4-7d21",),
        "options": {"id": _PROMISE, **DB, "ui": CASE["ui"], **_format("text", "json"), **COMMON},
    },
    "promises snooze": {
        "help": "Put a promise off the list for a while; its date stays, and it is back on that day at the latest.",
        "examples": ("clientcoach promises snooze 019ab3c4-7d21 --until 15:00",),
        "options": {
            "id": _PROMISE,
            "until": _option("--until", metavar="WHEN", text="When it shall be on the list again: 2h, 15:00, tomorrow, 2026-11-25T15:00."),
            **DB,
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "promises export": {
        "help": "Print what is owed as a calendar, each promise with its alarm, or as JSON.",
        "examples": ("clientcoach promises export > promises.ics", "clientcoach promises export --format json"),
        "options": {"reference": CASE["reference"], **DB, "ui": CASE["ui"], **_format("ics", "json"), **COMMON},
    },
    "report": {
        "help": "What came in, what helped, what to prevent. Of everybody together or of yourself: nobody is set beside anybody.",
        "examples": (
            "clientcoach report",
            "clientcoach report --by month --since 2026-01-01 --format html --out report.html",
            "clientcoach report --cause delivery --mine",
        ),
        "options": {
            "since": _option("--since", metavar="WHEN", text="From this day or time on (default: the last four weeks or months)."),
            "until": _option("--until", metavar="WHEN", text="Up to this time, or to the end of this day (default: today)."),
            "by": _option(
                "--by", metavar="PERIOD", text="week (seven days, counted back from the end) or month.", choices=("week", "month")
            ),
            **{name: CASE[name] for name in ("cause", "channel")},
            "call_lang": CALL_LANG,
            "playbook": _option("--playbook", metavar="NAME", text="The calls walked with this playbook."),
            "mine": _switch("--mine", text="Your own incidents only. There is no report on anybody else."),
            **_format("text", "json", "csv", "markdown", "html"),
            "out": _option("--out", metavar="FILE", text="Into a file, whole or not at all (default: standard output)."),
            **DB,
            "ui": _option("--ui", metavar="LANG", text="Language of the report."),
            **COMMON,
        },
    },
    "drill": {
        "help": "Practise with a simulated customer: the drill that is due.",
        "examples": (
            "clientcoach drill",
            "clientcoach drill --coach --lang pl",
            "clientcoach drill --resume",
            "clientcoach drill --explain",
        ),
        "options": {
            **DRILL,
            **RESUMED,
            "explain": _switch("--explain", text="Where each number of the model comes from: studies, or a choice and why."),
            **_format("text", "ndjson"),
            **COMMON,
        },
    },
    "drill run": {
        "help": "Practise with a customer of your choice, or by a file of answers.",
        "examples": (
            "clientcoach drill run late-sofa",
            "clientcoach drill run last-letter --opt-in self_harm",
            "clientcoach drill run late-sofa --answers answers.ndjson --seed 3 --json",
            "clientcoach drill run --resume",
        ),
        "options": {
            "name": _place("[NAME]", "The customer (default: the one that is due).", values="personas"),
            **DRILL,
            "seed": _option("--seed", metavar="N", text="The same customer again, to the word (default: drawn; 0 with --answers)."),
            "opt_in": OPT_IN,
            **RESUMED,
            **ANSWERED,
            **_format("text", "ndjson"),
            **COMMON,
        },
    },
    "drill lesson": {
        "help": "Practise a lesson: several customers, one rule.",
        "examples": ("clientcoach drill lesson 1", "clientcoach drill lesson our-lesson.yaml --session monday --label before"),
        "options": {
            "lesson": _place("N|FILE", "The lesson's number, or a file of your own.", required=True),
            **DRILL,
            "opt_in": OPT_IN,
            **ANSWERED,
            **_format("text", "ndjson"),
            **COMMON,
        },
    },
    "drill replay": {
        "help": "Reveal a drill turn by turn, for a projector; or see how it would have gone with other words in one turn.",
        "examples": (
            "clientcoach drill replay drill.ndjson",
            "clientcoach drill replay drill.ndjson --from 3 --act paraphrase --act empathy",
        ),
        "options": {
            "file": _place("FILE", "What `drill run --json` printed; - for standard input.", required=True),
            "turn": _option("--from", metavar="TURN", text="The turn that goes otherwise, counted from 1 (in the first call of the file)."),
            "acts": _option(
                "--act", metavar="ACT", many=True, values="acts", text="What is done in it: paraphrase, empathy, … (repeatable)."
            ),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "drill spot": {
        "help": "Find the fault: a call in which one turn breaks a rule. Before a rule is drilled.",
        "examples": (
            "clientcoach drill spot read_back",
            "clientcoach drill spot --lang kk --ui ru",
            "clientcoach drill spot date_promise --seed 4 --answer 6 --json",
        ),
        "options": {
            "rule": _place("[RULE]", "The rule that is broken (default: one by the seed).", values="rules"),
            "answer": _option("--answer", metavar="TURN", text="The turn it is, instead of being asked."),
            "lang": DRILL["lang"],
            "seed": _option("--seed", metavar="N", text="The same call again (default: another every day; 0 where nobody is asked)."),
            "opt_in": OPT_IN,
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "drill simulate": {
        "help": "How ways to work a call fare with simulated customers: whether the numbers hold together, not that the steps work.",
        "examples": ("clientcoach drill simulate", "clientcoach drill simulate --policy five_steps --policy solver --runs 500 --json"),
        "options": {
            "policies": _option(
                "--policy", metavar="NAME", many=True, values="policies", text="A way to work a call (repeatable; default: all)."
            ),
            "runs": _option("--runs", metavar="N", text="So many customers for each, 1 to 100000 (default: 2000)."),
            "seed": _option("--seed", metavar="N", text="Other customers; with the same one the same (default: 0)."),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "drill list": {
        "help": "List the customers that can be practised with.",
        "examples": ("clientcoach drill list", "clientcoach drill list --lang pl --json"),
        "options": {"lang": DRILL["lang"], "ui": CASE["ui"], **_format("text", "json"), **COMMON},
    },
    "drill role": {
        "help": "The card for whoever plays the customer: the story, what is held back and what opens it, what angers, what softens.",
        "examples": ("clientcoach drill role late-sofa", "clientcoach drill role late-sofa --lang kk --format html --out role.html"),
        "options": {
            "name": _place("PERSONA", "The customer.", required=True, values="personas"),
            "lang": DRILL["lang"],
            "ui": CASE["ui"],
            "format": _option("--format", metavar="FORMAT", text="text, markdown or html.", choices=("text", "markdown", "html")),
            "out": _option("--out", metavar="FILE", text="Into a file, whole or not at all (default: standard output)."),
            **COMMON,
        },
    },
    "drill new": {
        "help": "Begin a customer of your own: a skeleton with comments, or the words of another.",
        "examples": ("clientcoach drill new late-parcel", "clientcoach drill new wet-sofa --like late-sofa --lang pl --lang en"),
        "options": {
            "name": _place("NAME", "Its name: a-z 0-9 _ -.", required=True),
            "into": INTO,
            "like": _option("--like", metavar="PERSONA", text="Begin with a copy of this customer.", values="personas"),
            "langs": LANGS,
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "drill lint": {
        "help": "Check customers: their files, whether all they hide can be found out, whether good work wins and blame does not.",
        "examples": ("clientcoach drill lint", "clientcoach drill lint late-sofa", "clientcoach drill lint team/playbooks --json"),
        "options": {
            "what": _place("[NAME|FOLDER]", "A customer, or the folder of a pack (default: all).", values="personas"),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "drill cards": {
        "help": "Recall phrases: read one in a language, say it aloud in another, see it, and tell whether you had it.",
        "examples": ("clientcoach drill cards --from en --to kk", "clientcoach drill cards --from ru --to pl --count 5 --seed 3 --json"),
        "options": {
            **PLAYBOOK,
            "source": _option(
                "--from", metavar="LANG", values="langs", text="The language that is shown (default: --ui, else the settings)."
            ),
            "to": _option("--to", metavar="LANG", values="langs", text="The language that is to be said (default: that of your calls)."),
            "count": _option("--count", metavar="N", text="So many phrases, 1 to 100 (default: 10)."),
            "seed": _option("--seed", metavar="N", text="Other phrases; with the same one the same (default: drawn; 0 with --json)."),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "drill export": {
        "help": "Hand on your results: one file, under a made-up name, without what you typed. They are yours until you do.",
        "examples": ("clientcoach drill export --out mine.json", "clientcoach drill export --session monday --as blue --out blue.json"),
        "options": {
            "session": _option("--session", metavar="NAME", text="The drills of this session only."),
            "alias": _option("--as", metavar="NAME", text="The name it goes under (default: a made-up one)."),
            "words": _switch("--with-words", text="What you typed, too."),
            "out": _option("--out", metavar="FILE", text="Into a file, whole or not at all (default: standard output)."),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "drill report": {
        "help": "What a class practised, from exports: calls, rules, before and after, three points to talk about. Nobody is named.",
        "examples": (
            "clientcoach drill report *.json",
            "clientcoach drill report *.json --format html --out class.html",
            "clientcoach drill report *.json --leaderboard --ui ru",
        ),
        "options": {
            "files": {**_place("FILE", "Files of `drill export`.", required=True), "many": True},
            "leaderboard": _switch("--leaderboard", text="Names and points, too."),
            **_format("text", "html", "json"),
            "out": _option("--out", metavar="FILE", text="Into a file, whole or not at all (default: standard output)."),
            "ui": _option("--ui", metavar="LANG", text="Language of the report."),
            **COMMON,
        },
    },
    "playbook list": {
        "help": "List the playbooks.",
        "examples": ("clientcoach playbook list",),
        "options": {**_format("text", "json"), "ui": CASE["ui"], **COMMON},
    },
    "playbook show": {
        "help": "Show a playbook: its steps, parts and phrases; with --try what each says in a case, or what it lacks.",
        "examples": (
            "clientcoach playbook show angry-customer --lang pl",
            "clientcoach playbook show angry-customer --try --cause delivery --anger 8 --order 4471",
        ),
        "options": {
            **PLAYBOOK,
            "tried": _switch("--try", text="Every phrase in the case that is given: what it says, or what it lacks."),
            **CASE,
            **CASE_FILE,
            **_format("text", "json"),
            **COMMON,
        },
    },
    "playbook find": {
        "help": "Find phrases by words, in every playbook and language, however they are typed.",
        "examples": ("clientcoach playbook find refund today", "clientcoach playbook find перезвоню --lang ru"),
        "options": {
            "words": {**_place("WORDS", "What the phrase holds: all of the words.", required=True), "many": True},
            "playbook": _option("--playbook", metavar="NAME", text="In this playbook only."),
            "langs": LANGS,
            "limit": _option("--limit", metavar="N", text="The N best (default: 20)."),
            "ui": CASE["ui"],
            **_format("text", "json", "ndjson"),
            **COMMON,
        },
    },
    "playbook lint": {
        "help": "Check playbooks, the policy and the catalogues.",
        "examples": ("clientcoach playbook lint", "clientcoach playbook lint ./our-pack", "clientcoach playbook lint --explain no-default"),
        "options": {
            "folder": _place("[FOLDER]", "A playbook or a folder of playbooks (default: all that are in use)."),
            "explain": _option("--explain", metavar="CODE", text="What a code of a finding means, and how to mend it."),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "playbook new": {
        "help": "Begin a playbook of your own: a skeleton with comments, or the words of another.",
        "examples": (
            "clientcoach playbook new late-parcel",
            "clientcoach playbook new late-parcel --like follow-up --lang pl --lang en",
            "clientcoach playbook new angry-customer --like angry-customer --into team/playbooks",
        ),
        "options": {
            "name": _place("NAME", "Its name: a-z 0-9 _ -.", required=True),
            "into": INTO,
            "like": _option("--like", metavar="PLAYBOOK", text="Begin with a copy of this playbook."),
            "langs": LANGS,
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "playbook review": {
        "help": "List the phrases that nobody has approved as they are now: new, changed, or made from a text that has changed.",
        "examples": ("clientcoach playbook review", "clientcoach playbook review angry-customer --lang kk"),
        "options": {
            "playbook": _place("[PLAYBOOK]", "The playbook (default: all).", values="playbooks"),
            "langs": LANGS,
            "ui": CASE["ui"],
            **_format("text", "json", "ndjson"),
            **COMMON,
        },
    },
    "playbook approve": {
        "help": "Sign phrases as approved; a later change of the text voids it.",
        "examples": (
            "clientcoach playbook approve listen.open.any --playbook angry-customer --lang kk --by Айгүл",
            "clientcoach playbook approve --all --playbook follow-up --lang pl --lang en --by Ewa --until 2027-06-01",
        ),
        "options": {
            "ids": {**_place("[ID]", "The phrases, as “playbook review” names them."), "many": True},
            "playbook": _option("--playbook", metavar="NAME", text="The playbook; may be left out where only one has the phrase."),
            "all": _switch("--all", text="All of the playbook that “playbook review” lists."),
            "langs": LANGS,
            "by": _option("--by", metavar="NAME", text="Who approves (default: the setting agent)."),
            "until": _option("--until", metavar="DATE", text="The day by which it is to be looked at again."),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "playbook coverage": {
        "help": "How much of each playbook each language has; what is missing, stale, not approved or to be looked at again.",
        "examples": (
            "clientcoach playbook coverage",
            "clientcoach playbook coverage angry-customer --lang pl",
            "clientcoach playbook coverage --min 100 --format markdown",
        ),
        "options": {
            "playbooks": {**_place("[PLAYBOOK]", "By step and cause (default: all, in short).", values="playbooks"), "many": True},
            "langs": LANGS,
            "min": _option("--min", metavar="PERCENT", text="Exit with 1 where a language of a playbook has less."),
            "use": _switch("--use", text="Also which phrases nobody has said in eight weeks, and which are said more often of late."),
            **DB,
            "ui": CASE["ui"],
            **_format("text", "json", "markdown"),
            **COMMON,
        },
    },
    "playbook export": {
        "help": "Write phrases out for the tools people already use: espanso, Zammad, a spreadsheet, Markdown, Anki, PO.",
        "examples": (
            "clientcoach playbook export angry-customer --to csv --out phrases.csv",
            "clientcoach playbook export --to espanso --lang ru --out packages",
            "clientcoach playbook export boundaries --to po --lang kk --out kk.po",
        ),
        "options": {
            "playbooks": {**_place("[PLAYBOOK]", "Playbooks (default: all).", values="playbooks"), "many": True},
            "to": _option("--to", metavar="FORMAT", text=f"{', '.join(LEAVING)}.", choices=LEAVING),
            "langs": LANGS,
            "out": _option("--out", metavar="PATH", text="Into a file, or a folder where there are several (default: standard output)."),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "playbook import": {
        "help": "Take phrases in from espanso, Zammad, a spreadsheet or PO: tells what would change, and with --write changes it.",
        "examples": (
            "clientcoach playbook import phrases.csv",
            "clientcoach playbook import kk.po --into team/playbooks --write",
            "clientcoach playbook import macros.csv --playbook our-shop --part listen.open --lang ru",
        ),
        "options": {
            "file": _place("FILE", "The file; - for standard input.", required=True),
            "source": _option("--from", metavar="FORMAT", text=f"{', '.join(ENTERING)} (default: told by the file).", choices=ENTERING),
            "into": INTO,
            "lang": _option("--lang", "-l", metavar="LANG", text="Language of the texts whose file does not tell it."),
            "playbook": _option(
                "--playbook", metavar="NAME", text="Where texts go that were not made by export (default: angry-customer)."
            ),
            "part": _option("--part", metavar="STEP.PART", text="The part they go into."),
            "write": _switch("--write", text="Write it; without, only what would change is told."),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "playbook install": {
        "help": "Install a pack of playbooks from a folder or a zip file, once all of it is checked.",
        "examples": ("clientcoach playbook install courier-words.zip", "clientcoach playbook install ../packs/courier-words"),
        "options": {
            "source": _place("FILE", "The pack: a folder or a zip file with a _manifest.yml.", required=True),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "playbook update": {
        "help": "Show which words another version of an installed pack would change; with --yes take it.",
        "examples": ("clientcoach playbook update courier-words", "clientcoach playbook update courier-words courier-words-2.zip --yes"),
        "options": {
            "name": _place("NAME", "The pack.", required=True),
            "source": _place("[FILE]", "The other version (default: where the pack came from)."),
            "yes": _switch("--yes", text="Take it; without, only what would change is told."),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "playbook remove": {
        "help": "Take an installed pack away.",
        "examples": ("clientcoach playbook remove courier-words",),
        "options": {
            "name": _place("NAME", "The pack.", required=True),
            "yes": _switch("--yes", text="Even if it was changed since it was installed."),
            "ui": CASE["ui"],
            **_format("text", "json"),
            **COMMON,
        },
    },
    "log add": {
        "help": "Save an incident: what happened, what was done, what came of it.",
        "examples": (
            'clientcoach log add --cause delivery --reference K-1 --did "sent a courier" --outcome settled',
            'clientcoach log add --cause billing --promise "send the corrected bill" --due 3d --better "ask for the number first"',
            "clientcoach log add --kind complaint --received 2026-11-20 --answer happened=… --answer wish=…",
            "clientcoach log add --from call.ndjson",
            "clientcoach log add --drafts",
        ),
        "options": {
            **CASE,
            **CASE_FILE,
            "kind": _option("--kind", metavar="KIND", text="call (default), complaint or conduct.", choices=KINDS),
            "answer": _option(
                "--answer", metavar="NAME=TEXT", many=True, text="To a question of the playbook “investigation” (repeatable)."
            ),
            "warnings": _option("--warnings", metavar="N", text="Polite limits that were set."),
            "did": _option("--did", many=True, text="What was done about it (repeatable)."),
            "outcome": _option("--outcome", metavar="HOW", text="settled, grudging, handed_over, ended or open.", choices=OUTCOMES),
            "anger_end": _option("--anger-end", metavar="0..10", text="How angry the customer was at the end."),
            "worked": _option("--worked", text="What worked."),
            "better": _option("--better", text="What to do better next time."),
            "promise": _option("--promise", text="What was promised."),
            "due": _option("--due", metavar="WHEN", text="By when: 2h, 3d, 15:00, 2026-11-25, 2026-11-25T15:00."),
            "owner": _option("--owner", metavar="NAME", text="Who promised it (default: you)."),
            "drafts": _switch("--drafts", text="Save the incidents that wait because the store could not be written."),
            "source": _option("--from", metavar="FILE", text="An incident as JSON, or the events of a call; - for standard input."),
            **DB,
            **_format("text", "json"),
            **COMMON,
        },
    },
    "log list": {
        "help": "List incidents, the newest first.",
        "examples": ("clientcoach log list --since 7d", "clientcoach log list --cause billing --limit 20 --json"),
        "options": {**_told_about(), **DB, **_format("text", "json", "ndjson"), "ui": CASE["ui"], **COMMON},
    },
    "log show": {
        "help": "Show an incident.",
        "examples": ("clientcoach log show 019ae2f4",),
        "options": {
            "id": _place("ID", "The incident's id, or how it begins.", required=True),
            **DB,
            **_format("text", "json"),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "log export": {
        "help": "Write incidents out.",
        "examples": (
            "clientcoach log export --out incidents.ndjson",
            "clientcoach log export --format csv --since 2026-11-01 --out november.csv",
        ),
        "options": {
            **_told_about(),
            "out": _option("--out", metavar="FILE", text="Into a file, whole or not at all (default: standard output)."),
            **DB,
            **_format("ndjson", "json", "csv"),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "log import": {
        "help": "Read incidents in, one JSON object a line.",
        "examples": ("clientcoach log import incidents.ndjson", "clientcoach log export --db old.db | clientcoach log import -"),
        "options": {
            "file": _place("FILE", "The incidents (incident@1, NDJSON); - for standard input.", required=True),
            **DB,
            **_format("text", "json"),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "log copy": {
        "help": "Copy everything into another store: nothing twice, however often it is run.",
        "examples": ("clientcoach log copy --to postgresql://localhost/team", "clientcoach log copy --db old.db --to new.db"),
        "options": {
            "to": _option("--to", metavar="PATH|URL", text="The other store: a file, or postgresql://…"),
            **DB,
            **_format("text", "json"),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "log forget": {
        "help": "Erase all that is kept about one customer, and print what was erased as a certificate.",
        "examples": ("clientcoach log forget --reference K-1042", 'clientcoach log forget --reference K-1042 --yes --reason "asked to"'),
        "options": {
            "reference": CASE["reference"],
            "yes": _switch("--yes", text="Erase it; without, only what would be erased is told."),
            "reason": _option("--reason", text="Why, for the certificate."),
            **DB,
            **_format("text", "json"),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "log prune": {
        "help": "Erase what is older than the policy's retention.",
        "examples": ("clientcoach log prune", "clientcoach log prune --yes"),
        "options": {
            "yes": _switch("--yes", text="Erase it; without, only what would be erased is told."),
            **DB,
            **_format("text", "json"),
            "ui": CASE["ui"],
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
        "help": "Print the JSON Schema of an answer, or of a YAML file that you write.",
        "examples": ("clientcoach schema script", "clientcoach schema playbook.yaml", "clientcoach schema"),
        "options": {
            "name": _place("[NAME]", "script, say, case, … or playbook.yaml, policy.yaml, … (default: the list).", values="schemas"),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
    "complete": {
        "help": "Print the words that can stand next (used by the shell completions).",
        "examples": ("clientcoach complete script --cause",),
        "options": {"words": {**_place("[WORDS]", "The words typed so far, without the last."), "many": True}},
    },
    "handoff": {
        "help": "Six lines for the colleague who takes over, and what the customer hears.",
        "examples": ("clientcoach handoff", "clientcoach handoff --cause delivery --order 4471 --deadline 2h --ui ru --lang kk"),
        "options": {
            "incident": _place("[INCIDENT]", "The incident, or how its id begins (default: the newest, unless a case is typed)."),
            **CASE,
            **CASE_FILE,
            **DB,
            **_format("text", "json"),
            **COMMON,
        },
    },
    "care": {
        "help": "Your own reset after a hard call, before a shift, or when to seek help.",
        "examples": ("clientcoach care", "clientcoach care --set event=threat", "clientcoach care before"),
        "options": {
            "when": {**_place("[WHEN]", "after (default), before or limits."), "choices": ("after", "before", "limits")},
            **{name: CASE[name] for name in ("lang", "ui", "anger", "set", "seed")},
            **_format("text", "json"),
            **COMMON,
        },
    },
    "card": {
        "help": "A playbook on one page to print: each step with three lines, what to leave unsaid, the keys.",
        "examples": ("clientcoach card --lang kk --out card.html", "clientcoach card boundaries --lang en --beside ru --format markdown"),
        "options": {
            **PLAYBOOK,
            **{name: CASE[name] for name in ("lang", "ui", "agent_gender", "cause", "channel", "anger", "set", "seed")},
            "beside": _option("--beside", metavar="LANG", values="langs", text="A second language, in a column beside the first."),
            "format": _option("--format", metavar="FORMAT", text="html or markdown.", choices=("html", "markdown")),
            "out": _option("--out", metavar="FILE", text="Into a file, whole or not at all (default: standard output)."),
            **COMMON,
        },
    },
    "doctor": {
        "help": "Check this installation and the store; recover a damaged one.",
        "examples": ("clientcoach doctor", "clientcoach doctor --quick --json", "clientcoach doctor --recover records-new.db"),
        "options": {
            "quick": _switch("--quick", text="Leave out what takes time at a million records: each one against the audit."),
            "recover": _option("--recover", metavar="FILE", text="Copy what can be read of a damaged store into a new file."),
            **DB,
            **_format("text", "json"),
            "ui": CASE["ui"],
            **COMMON,
        },
    },
}
