"""What every language must offer, and what none may say: lengths, counts, parity, apologies, clichés, claims."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from clientcoach.case.fields import CAUSES
from tests.language.expand import BOOKS, LANGS, PHRASE_FORMS, Said, own_phrases, phrases, playbook, policy, spoken, texts, variables
from tests.language.words_of_speech import APOLOGY, FORBIDDEN, OWNED, SYSTEM, forbidden, pattern

FIRST_PARTS = ("listen.open", "empathize.feel", "apologize.own", "propose.options", "follow_up.summary")
INSERTED = ("by", "wait", "agreed", "item_quoted", "addr_pre", "addr_mid", "hold", "amount")  # may be long through no fault of the phrase
NAMES = {"addr_pre", "addr_mid", "customer_voc", "customer_dat", "customer_gen"}
LIMITS = {
    "say": 25,
    "softer": 25,
    "firmer": 25,
    "short": 8,
    "written": 30,
    "do": 14,
    "avoid.text": 12,
    "avoid.why": 12,
    "label": 6,
    "title": 8,
    "offer": 20,
}


def spoken_words(sentence: str) -> int:
    return sum(any(char.isalnum() for char in word) for word in sentence.split())


def own_words(message: list[object]) -> int:
    """The words of the longest branch, an inserted value counted as one word however long it is."""

    def flat(parts: list[object]) -> str:
        text = ""
        for part in parts:
            if isinstance(part, str):
                text += part
            elif part == ["#"]:
                text += "1"
            elif part[0] == "v":  # type: ignore[index]
                text += "" if part[1] in ("addr_pre", "addr_mid", "agreed") else "X"  # type: ignore[index]
            else:
                text += max((flat(branch) for branch in part[2].values()), key=spoken_words)  # type: ignore[index]
        return text

    return spoken_words(flat(message))


@pytest.mark.parametrize("lang", LANGS)
def test_no_line_is_too_long(lang: str) -> None:
    """An inserted deadline, name, product or agreed sentence counts as one word (an agreed sentence and a name as none)."""
    over = [
        (text.place, count, limit)
        for text in texts(lang)
        if (limit := LIMITS.get(text.kind)) and (count := own_words(text.form["text"])) > limit
    ]
    assert not over


@pytest.mark.parametrize("lang", LANGS)
def test_no_line_is_too_long_even_with_what_is_inserted(lang: str) -> None:
    over = [str(said) for said in spoken(lang) if spoken_words(said.sentence) > (18 if said.text.kind == "short" else 36)]
    assert not over


@pytest.mark.parametrize("lang", LANGS)
def test_enough_phrases(lang: str) -> None:
    assert len(phrases(lang)) >= 200
    free, by_cause = Counter(), Counter()
    for phrase in phrases(lang, "angry-customer"):
        step = phrase["id"].partition(".")[0]
        free[step] += not phrase["when"] and not phrase["forms"]["say"]["needs"]
        for cause in phrase["when"].get("cause", ()):
            by_cause[step, cause] += 1
    steps = [step for step, _ in playbook("angry-customer", lang)["steps"]]
    assert {step: free[step] for step in steps if free[step] < 8} == {}
    assert {(step, cause): by_cause[step, cause] for step in steps for cause in CAUSES if by_cause[step, cause] < 3} == {}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("book", [book for book in BOOKS if book not in {"care", "investigation"}])  # what only the worker reads is short
def test_every_playbook_has_enough(book: str, lang: str) -> None:
    assert len(phrases(lang, book)) >= 40


@pytest.mark.parametrize("lang", LANGS)
def test_every_fact_of_a_playbook_s_own_has_words(lang: str) -> None:
    for book in BOOKS:
        shard = playbook(book, lang)
        assert {name: {"label", *values} for name, values in shard["facts"].items()} == {
            name: set(words) for name, words in shard["fact"].items()
        }, book


@pytest.mark.parametrize("lang", LANGS)
def test_first_parts_have_all_their_forms(lang: str) -> None:
    by_id = {phrase["id"]: phrase["forms"] for phrase in phrases(lang, "angry-customer", "interruptions")}
    wanted = [f"{part}.{name}" for part in FIRST_PARTS for name in ("any", *CAUSES)]
    assert not {name: by_id[name].keys() for name in wanted if not {"say", "short", "softer", "firmer"} <= by_id[name].keys()}
    kinds = [f"{kind}.{parts[0]}.any" for kind, parts in playbook("interruptions", lang)["steps"]]
    assert not {name: by_id[name].keys() for name in kinds if not {"say", "short", "firmer"} <= by_id[name].keys()}


@pytest.mark.parametrize("lang", LANGS)
def test_forms_of_a_phrase_differ(lang: str) -> None:
    for phrase in phrases(lang):
        forms = [str(form["text"]) for form in phrase["forms"].values()]
        assert len(set(forms)) == len(forms), phrase["id"]


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_phrases_are_the_same(lang: str) -> None:
    """Within a part, two phrases or forms with the same words would be no choice."""
    for book in BOOKS:
        for part, found in own_phrases(book, lang).items():
            sayings = Counter(str(form["text"]).casefold() for phrase in found for form in phrase["forms"].values())
            assert max(sayings.values()) == 1, (part, sayings.most_common(1))


@pytest.mark.parametrize("lang", LANGS)
def test_openings_vary(lang: str) -> None:
    """At most fourteen spoken lines of a playbook begin with the same two words."""
    starts = Counter((said.text.book, *re.findall(r"\w+(?:’\w+)?", said.sentence.lower())[:2]) for said in _one_each(lang, "say"))
    assert starts.most_common(1)[0][1] <= 14, starts.most_common(5)


def _one_each(lang: str, kind: str) -> list[Said]:
    first: dict[str, Said] = {}
    for said in spoken(lang):
        if said.text.kind == kind and not said.case.get("customer"):
            first.setdefault(said.text.place, said)
    return list(first.values())


@pytest.mark.parametrize("lang", LANGS)
def test_enough_written_forms(lang: str) -> None:
    assert sum("written" in phrase["forms"] for phrase in phrases(lang)) >= 25


@pytest.mark.parametrize("lang", LANGS)
def test_written_forms_do_not_speak(lang: str) -> None:
    """What is read in a chat names no call, line, telephone or voice."""
    spoken_only = {
        "en": r"on the line|this call|on hold|\bring(?:ing)? you|\bhear\b|speak",
        "ru": r"на линии|звонк|слышу|слышите|не кладите|говорю\b|вслух",
        "pl": r"na linii|słysz|rozłącz|słuchawk|na głos|mówię",
        "kk": r"желіде|тұтқа|естіп|еститін|дауыстап",
    }
    voice = re.compile(spoken_only[lang])
    assert not [str(said) for said in spoken(lang) if said.text.kind == "written" and voice.search(said.sentence.lower())]


def test_all_languages_have_the_same_names() -> None:
    def outline(lang: str) -> dict[str, object]:
        return {
            book: {
                "phrases": {part: [phrase["id"] for phrase in found] for part, found in playbook(book, lang)["phrases"].items()},
                "titles": sorted(playbook(book, lang)["title"]),
                "labels": sorted(playbook(book, lang)["label"]),
                "prevent": sorted(playbook(book, lang)["prevent_text"]),
                "avoid": {step: list(quotes) for step, quotes in playbook(book, lang)["avoid"].items()},
            }
            for book in BOOKS
        }

    for lang in LANGS[1:]:
        assert outline(lang) == outline("en"), lang
        assert [offer["id"] for offer in policy(lang)["offers"]] == [offer["id"] for offer in policy("en")["offers"]], lang
        assert [bool(offer["precise"]) for offer in policy(lang)["offers"]] == [
            bool(offer["precise"]) for offer in policy("en")["offers"]
        ], lang


@pytest.mark.parametrize("lang", LANGS)
def test_interruptions_are_short_and_come_back(lang: str) -> None:
    shard = playbook("interruptions", lang)
    for kind, parts in shard["steps"]:
        assert len(parts) <= 5, kind
        assert parts[-1] == ("close" if kind in shard["danger"] else "back"), kind
        assert 1 <= len(shard["do"][kind]) <= 5, kind
    book = playbook("angry-customer", lang)
    assert all(2 <= len(book["do"][step]) <= 4 and 2 <= len(book["avoid"][step]) <= 3 for step, _ in book["steps"])


@pytest.mark.parametrize("lang", LANGS)
def test_one_apology_and_only_in_its_step(lang: str) -> None:
    """In the five steps exactly where they apologise; elsewhere only in a part that owns something, and never twice."""
    apology = pattern(APOLOGY, lang)
    wrong = []
    for said in spoken(lang):
        count, part = len(apology.findall(said.sentence)), said.text.id.rpartition(".")[0]
        if count > part.endswith(".own") or (part == "apologize.own" and said.text.book == "angry-customer" and not count):
            wrong.append(f"{count}× {said}")
    assert not wrong


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_forbidden_is_said(lang: str) -> None:
    assert not [f"{found} {said}" for said in spoken(lang) if (found := forbidden(said.sentence, lang))]


@pytest.mark.parametrize("lang", LANGS)
def test_names_never_stand_beside_hardship(lang: str) -> None:
    for text in texts(lang):
        if "hardship" in text.id or "hardship" in text.when or text.book == "interruptions":
            assert not variables(text.form["text"]) & NAMES, text.place


@pytest.mark.parametrize("lang", LANGS)
def test_names_are_rare(lang: str) -> None:
    """The name is said in three parts of a playbook at most, and in a few of their phrases."""
    with_name: dict[str, set[str]] = {}
    for text in texts(lang):
        if text.spoken and variables(text.form["text"]) & NAMES:
            with_name.setdefault(text.book, set()).add(text.id)
    parts = {book: {name.rpartition(".")[0] for name in names} for book, names in with_name.items()}
    assert parts["angry-customer"] <= {"empathize.feel", "propose.options", "follow_up.thanks"}
    assert not {book: found for book, found in parts.items() if len(found) > 3}
    assert 3 <= len(with_name["angry-customer"]) <= 30  # of some fifty; the coach says it twice in a call at most


@pytest.mark.parametrize("lang", LANGS)
def test_only_what_is_known_is_claimed(lang: str) -> None:
    """Without `owns: [yes]` a phrase neither reports from the company's system nor takes the fault on us."""
    system, owned = pattern(SYSTEM, lang), pattern(OWNED, lang)
    wrong = [
        str(said)
        for said in spoken(lang)
        if said.text.when.get("owns") != ["yes"] and (system.search(said.sentence) or owned.search(said.sentence))
    ]
    assert not wrong


TODAY_WORDS = {
    "en": r"\b(?:today|tomorrow)\b",
    "ru": r"\b(?:сегодня|завтра)\b",
    "pl": r"\b(?:dziś|dzisiaj|jutro)\b",
    "kk": r"\b(?:бүгін|ертең)\b",
}


@pytest.mark.parametrize("lang", LANGS)
def test_no_day_is_named_twice(lang: str) -> None:
    """{by} may be "by 3 pm today": the words around it name no day. Nor does a word stand twice in a row."""
    day = re.compile(TODAY_WORDS[lang])
    places = {
        said.text.place: said.sentence
        for said in spoken(lang)
        if "by" in said.text.form["needs"] and "agreed" not in said.text.form["needs"] and len(day.findall(said.sentence.lower())) > 1
    }
    assert not places
    twice = re.compile(r"\b(\w+)[ \u00a0]\1\b", re.IGNORECASE)
    assert not {said.text.place: said.sentence for said in spoken(lang) if twice.search(said.sentence)}


@pytest.mark.parametrize("lang", LANGS)
def test_our_fault_is_named_as_ours(lang: str) -> None:
    """Every `…_ours` phrase takes responsibility in the first person; no fact-free phrase is bound to it."""
    ours = [phrase for phrase in phrases(lang, "angry-customer") if phrase["id"].endswith("_ours")]
    assert len(ours) == 8
    assert all(phrase["when"]["owns"] == ["yes"] for phrase in ours)


@pytest.mark.parametrize("lang", LANGS)
def test_questions_are_questions(lang: str) -> None:
    parts = ("listen.ask", "empathize.agree", "propose.choose", "follow_up.confirm", "check.ask", "welcome.ask", "check.understood")
    assert not [str(said) for said in spoken(lang) if said.text.id.rpartition(".")[0] in parts and "?" not in said.sentence]


@pytest.mark.parametrize("lang", LANGS)
def test_safety_cards_name_the_emergency_number(lang: str) -> None:
    for kind in ("threat", "self_harm"):
        assert any("112" in said.sentence for said in _notes(lang, kind)), kind
    assert any("112" in said.sentence for said in spoken(lang) if said.text.id == "self_harm.stay.number")


def _notes(lang: str, kind: str) -> list[Said]:
    from tests.language.expand import expansions

    return [said for said in expansions(lang) if said.text.id.startswith(f"do.{kind}.")]


@pytest.mark.parametrize("lang", LANGS)
def test_patterns_still_compile_and_catch(lang: str) -> None:
    planted = {
        "en": ("Please calm down.", "It is our policy.", "I hear you.", "We will call you as soon as possible.", "Sorry if you felt bad."),
        "ru": ("Успокойтесь.", "У нас такие правила.", "Я вас услышал.", "Решим в ближайшее время.", "Приносим извинения за неудобства."),
        "pl": (
            "Proszę się uspokoić.",
            "Takie są procedury.",
            "Rozumiem, ale nie.",
            "Oddzwonimy wkrótce.",
            "Przepraszamy za niedogodności.",
        ),
        "kk": ("Сабыр етіңіз.", "Ереже солай.", "Сезіміңізді түсінемін.", "Жақында хабарласамыз.", "Бұл мүмкін емес."),
    }
    assert all(re.compile(one) for one in FORBIDDEN[lang])
    assert [sentence for sentence in planted[lang] if not forbidden(sentence, lang)] == []
    sorry = {
        "en": "I’m sorry, I apologise.",
        "ru": "Простите, извините.",
        "pl": "Przepraszam, przykro mi.",
        "kk": "Кешіріңіз, кешірім сұраймын.",
    }
    assert len(pattern(APOLOGY, lang).findall(sorry[lang])) == 2


def test_every_spoken_form_is_known() -> None:
    assert {text.kind for lang in LANGS for text in texts(lang) if text.spoken} == {*PHRASE_FORMS, "offer"}
