"""What each code of `playbook lint` means and how to mend it: for `--explain`; a test holds the table in CONTRIBUTING.md to it."""

from __future__ import annotations

from clientcoach.case.languages import LANGS

CODES: dict[str, tuple[str, str]] = {
    "ascii-apostrophe": ("The ASCII apostrophe quotes in ICU; write ’.", "Put ’ in its place: don’t, it’s."),
    "bad-amount": ("An amount is a number and a currency: 10 EUR.", "Write the number, a space and the three letters of the currency."),
    "bad-fact": ("A fact needs different values, at least one.", "List its values once each: `rung: [ask, warn, end]`."),
    "bad-hours": (
        "A range of days that is empty or covers a day twice, or hours in which no day is open.",
        'Name each day once: `{mon-fri: "09:00-18:00", sat: "10:00-14:00", sun: closed}`.',
    ),
    "bad-name": (
        "Names are a-z 0-9 _ -, at most 64, beginning with a letter or digit; phrases are STEP.PART.NAME.",
        "Rename it in playbook.yaml and in every language file.",
    ),
    "bad-pattern": (
        "No pattern of words: brackets that do not match, a beginning of fewer than three letters, nothing at an end.",
        "See “A pattern” in CONTRIBUTING.md for what can be written.",
    ),
    "bad-step": ("A step needs different parts, at least one.", "List each part once: `listen: [open, ask]`."),
    "bad-value": (
        "A number, date, flag, time or age that cannot be read.",
        "Write it as the message says, without units or words around it.",
    ),
    "bad-variable": (
        "A variable's name is lower-case letters, digits and _; no dots.",
        "Take a name from `clientcoach/wording/variables.py`, for example {order}.",
    ),
    "clock-unchecked": (
        "A term of the law (`clocks`) that nobody has checked for a year.",
        "Have somebody who knows the law look at it, then set `checked_on` to the day it was looked at.",
    ),
    "cut-by-comment": (
        "YAML took the end of the text for a comment.",
        "Put the text into quotation marks, or into a block that begins with `>-`.",
    ),
    "double-space": ("Two spaces.", "Take one away; look at what stands before and after a variable."),
    "double-stop": (
        "Two stops in a row (often a variable that is a whole sentence, followed by a stop).",
        "Take the stop after the variable away.",
    ),
    "drill-outcome": (
        "A simulated customer whom the five steps do not settle, or whom blame does.",
        "Lower severity, prior or reactivity, or let an event come later; `clientcoach drill lint NAME` shows how it ends.",
    ),
    "duplicate-selector": ("The same branch twice.", "Keep one of the two branches."),
    "edge-space": ("A space at the beginning or end.", "Take it away."),
    "empty-branches": ("Every branch is empty.", "Write a text into at least one branch, or take the choice away."),
    "empty-text": ("A text without content.", "Write it, or take its key away."),
    "exclamation-mark": ("A line of the worker's has an exclamation mark.", "End it with a stop."),
    "fact-cycle": ("Facts of a persona that wait for each other: neither is ever told.", "Take one `after` away."),
    "false-example": (
        "An example proves the opposite: a bad one (a yes) is not found, or a good one (a no) is.",
        "Change the patterns until the example holds. An example goes only when it was wrong itself.",
    ),
    "few-examples": (
        (
            "A rule has fewer than 8 bad or 8 good examples; an act, a flag or a cause fewer than 15 yes or 15 no, anger and mood than 10, "
            "conduct than 5."
        ),
        "Write more: real sentences, and near misses among the good ones.",
    ),
    "file-unreadable": ("The file is missing, is not a regular file, or may not be read.", "Check the path and the permissions."),
    "lesson-persona": (
        "A lesson has a persona that wants an opt-in, or the one that is kept to show what was learned.",
        "Take another persona into the lesson.",
    ),
    "lower-case": (
        "A line or sentence begins with a small letter.",
        "Begin it with a capital; look at each branch and at what follows a variable.",
    ),
    "message-depth": ("Selects and plurals nest at most 6 deep.", "Make phrases of the branches, each with its own `when`."),
    "message-length": ("A text is at most 1,000 characters.", "Cut it, or make two phrases of it."),
    "message-syntax": ("Not a valid ICU message (mostly a brace).", "Count the braces: each { has its }, and a choice ends with }}."),
    "missing-avoid": ("A step has nothing to avoid.", "Write under `avoid` what must not be said in this step, and why."),
    "missing-do": ("A step has no notes (an error for the safety cards).", "Write one to four notes for the worker under `do`."),
    "missing-key": ("A key the schema requires.", "Add it; “clientcoach schema” and the other playbooks show what goes into it."),
    "missing-label": ("A part has no label.", "Write it under `part`, in small letters: `open: opening`."),
    "missing-language": (
        "A language file, or an offer's sentence in a language, is missing; or the lines that all personas share.",
        "Write it; until then nothing is said in that language.",
    ),
    "missing-line": (
        "A persona lacks words: for a fact, for the question that leads to it, for an event of its own, for an offer; or a read-back.",
        "Write them in every language of the persona; the names are those of persona.yaml.",
    ),
    "missing-phrase": ("A phrase of playbook.yaml has no text.", "Write it under `phrases`, or take its name out of playbook.yaml."),
    "missing-prevent": ("An advice of the report has no text.", "Write it under `prevent`."),
    "missing-string": ("A string of the interface that English has.", "Write it at the same place as in en.yaml."),
    "missing-title": ("A step has no title.", "Write it under `title`."),
    "mixed-script": (
        "Latin and Cyrillic letters in one word.",
        "Type the word anew on one keyboard layout: some letters only look alike.",
    ),
    "name-taken": (
        "A pack's fact may not have the name of a built-in fact or variable.",
        "Give it another name, in `facts` and wherever `when` tests it.",
    ),
    "no-default": (
        "Every part keeps one phrase without `when` and, in every language, without variables.",
        "Add a phrase that can be said when nothing is known: `STEP.PART.any: {}`.",
    ),
    "no-other": ("A select needs the branch other.", "Add `other {…}` as its last branch."),
    "no-playbook": (
        "The folder holds no playbook, no policy, no rules, no signals and no drills.",
        "Name another folder, or begin one: “clientcoach playbook new NAME --into FOLDER”.",
    ),
    "offer-needs": (
        "An offer's `say` and `agreed` must be sayable whatever is known; figures go into `precise`.",
        "Move the sentence with the variable into `precise`, and write one without it.",
    ),
    "placeholders": ("A string of the interface with other placeholders than in English.", "Use the same names in braces."),
    "plural-category": (
        "A plural has exactly the categories of its language, and =N.",
        "English and Kazakh: one, other. Russian and Polish: one, few, many, other.",
    ),
    "plural-offset": ("offset: is not allowed.", "Say it without: two phrases, or =N branches."),
    "space-before": ("A space before a punctuation mark.", "Take the space away; look at what an empty variable leaves behind."),
    "story-length": (
        "The story has exactly as many parts as `vent` of persona.yaml says: one is told a turn.",
        "Write the parts that are missing, or change `vent`.",
    ),
    "stray-character": (
        "# and braces cannot be said: # stands for the number inside plural, braces for variables.",
        "Write the word instead: number 4471.",
    ),
    "title-needs": (
        "Titles, labels and what to avoid are shown whatever is known; they name no variable that may be unknown.",
        "Say it without the variable.",
    ),
    "too-long": (
        "More than 25 words are not said in one breath; of a drill's texts the message tells what fits.",
        "Cut it to one idea, or make two phrases of it. Aim at 8 to 18 words.",
    ),
    "two-sources": (
        "A part is shared with an interruption and has phrases of its own.",
        "Take it out of `shared`, or its own phrases out of `phrases` and the language files.",
    ),
    "unknown-avoid": ("An avoid list for a step that does not exist.", "Name one of the steps, or take the list away."),
    "unknown-do": ("Notes for a step that does not exist.", "Name one of the steps, or take the notes away."),
    "unknown-fact": (
        "`when` tests a fact that does not exist.",
        "Take a name from “How content is written” in CONTRIBUTING.md, or declare your own under `facts`.",
    ),
    "unknown-file": (
        "A YAML file in a playbook's or persona's folder, or among the rules, signals, acts or drills, that nothing reads.",
        f"Rename it to a language ({', '.join(LANGS)}), or take it away.",
    ),
    "unknown-key": ("A key the schema does not know.", "Look for a slip of the pen, or take it away."),
    "unknown-label": ("A label for a part that does not exist.", "Name one of the parts, or take the label away."),
    "unknown-name": (
        "A step, cause or interruption, a detail of the acts, a rule worked out in code, or a fact of a persona that does not exist.",
        "Take one of the names that the message gives.",
    ),
    "unknown-part": (
        "STEP.PART is not among the steps, or a rule's `replace` no part of angry-customer.",
        "Add the part to its step, or name one that is there.",
    ),
    "unknown-phrase": ("A text whose id is not in playbook.yaml.", "Add the id there with its `when`, or take the text away."),
    "unknown-prevent": ("An advice that the playbook never gives.", "Name it under `prevent` in playbook.yaml, or take it away."),
    "unknown-selector": ("A branch that the variable never takes.", "Take the branch away; the message names those there are."),
    "unknown-string": (
        "A string of the interface that English does not have.",
        "Take it away, or add it to en.yaml and to all the others.",
    ),
    "unknown-title": ("A title for a step that does not exist.", "Name one of the steps, or take the title away."),
    "unknown-type": ("Only {name}, select and plural are allowed.", "Dates, times and sums come finished: {date}, {time}, {amount}."),
    "unknown-value": ("Not one of the words allowed here.", "Take one of those that the message names."),
    "unknown-variable": (
        "No such variable.",
        "Take a name from `clientcoach/wording/variables.py`, or declare a fact of your own under `facts`.",
    ),
    "unknown-zone": ("No such time zone.", "Write local, or a name such as Asia/Almaty."),
    "unpaired": (
        "A quote or bracket without its partner, or not in the language's style.",
        "English “ ”, Polish „ ”, Russian and Kazakh « ».",
    ),
    "unreachable": (
        (
            "A phrase or part that can never be said: its `when` names no possible value, or more specific phrases always win; "
            "a fact of a persona whose gate no good call comes to."
        ),
        "Loosen the `when` or lower the gate, or take the phrase away.",
    ),
    "untranslated": ("A text in a language written in Cyrillic without one Cyrillic letter.", "Write it in the language of the file."),
    "variable-kind": (
        "Counts may be plural, enumerations only select, all others stand alone.",
        "{days} may be plural, {wg} only select; {order} stands as it is.",
    ),
    "variable-language": (
        "The variable does not exist in this language.",
        "Say it without: the table in `clientcoach/wording/variables.py` tells which languages have it.",
    ),
    "verbatim-forms": ("A verbatim phrase is said as it is: it has no other forms.", "Keep `say` alone, or take `verbatim` away."),
    "wrong-letter": (
        "A letter that is not of the language's alphabet, or only looks like it.",
        "Type the word anew on the language's own keyboard layout.",
    ),
    "wrong-type": (
        "A text, list or mapping where something else is expected.",
        "Look at the same key in another playbook; a text that begins with { goes into a `>-` block.",
    ),
    "yaml-alias": (
        "Anchors (&) and aliases (*) are not allowed.",
        "Write the value out; put a text that begins with & or * into quotation marks.",
    ),
    "yaml-character": (
        "A control, zero-width or direction character: nobody can see it in a review.",
        "Delete it: place the cursor at the column named, or type the line anew.",
    ),
    "yaml-depth": ("Nested deeper than 16 levels.", "Take levels away: no content needs more than six."),
    "yaml-documents": ("One document per file, without %YAML or %TAG.", "Take the `---` and the lines with % away."),
    "yaml-duplicate": ("The same key twice in one mapping.", "Keep one of them; the message names both lines."),
    "yaml-empty": ("The file has no content.", "Write it, or delete the file."),
    "yaml-encoding": (
        "Content is UTF-8; the message names the first byte that is not.",
        "Save it as UTF-8 in your editor, or convert it: iconv -f cp1251 -t UTF-8.",
    ),
    "yaml-key": ("A key must be non-empty text.", "Give the key a name."),
    "yaml-merge": ("Merge keys (<<) are not allowed.", "Write the keys out."),
    "yaml-size": ("Content files are at most 1 MiB.", "Make two playbooks of it."),
    "yaml-syntax": (
        "Not valid YAML.",
        "Look at the line and the one before it: indentation by spaces, and quotation marks around a text with `: ` in it.",
    ),
    "yaml-tag": ("Tags (!, !!) are not allowed.", "Put a text that begins with ! into quotation marks."),
}
