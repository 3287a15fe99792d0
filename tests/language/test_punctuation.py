"""Every sentence that can be said, letter by letter: spacing, stops, quotes, capitals, alphabets. Independent of the linter's own rules."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.language.expand import ALL_LANGS, KEYS, LANGS, Said, expansions, interface

if TYPE_CHECKING:
    from collections.abc import Iterable

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
KAZAKH = "\u04d9\u0493\u049b\u04a3\u04e9\u04b1\u04af\u04bb\u0456"  # ә ғ қ ң ө ұ ү һ і
LETTERS = {"en": LATIN, "pl": LATIN + "ąćęłńóśźż", "ru": CYRILLIC, "kk": CYRILLIC + KAZAKH}
MARKS = {"en": "’“”", "ru": "«»—№", "pl": "„”—", "kk": "«»—№’"}
COMMON = " \u00a0.,!?:;…–-0123456789%€$₸₽()"
OPENING, CLOSING = {"en": "“", "ru": "«", "pl": "„", "kk": "«"}, {"en": "”", "ru": "»", "pl": "”", "kk": "»"}

# What the worker typed, or a currency; it may be in another alphabet than the sentence.
TYPED = frozenset(["X20", "Acme", "A", "XYZ", "PLN", "zł", "Айгүл", "Серікқызы"])
TECHNICAL = re.compile(
    r"[a-z]+://\w+:\d+|\S*[A-Za-z0-9][/_=][A-Za-z0-9]\S*|clientcoach(?:\[[a-z]+\]|(?: [a-z]+)*)|\w+\.yaml|STEP\.PART"
)  # Asia/Almaty, CLIENTCOACH_NOW, clientcoach config show, playbook.yaml
WORD = re.compile(r"[^\W\d_]+\d*|\d+")

FAULTS = (
    ("left over", re.compile(r"[{}<>#\[\]|_]|\bNone\b(?! of )|\bnull\b|[\ufdd0-\ufdef\ufffd]")),
    ("double space", re.compile(r"[ \u00a0]{2}")),
    ("edge space", re.compile(r"^\s|\s$")),
    ("odd space", re.compile(r"[^\S \u00a0]|\u200b|\u202f|\ufeff")),
    ("space before a mark", re.compile(r"\s[,.!?:;…»”)]")),
    ("space after an opening mark", re.compile(r"[«“„(]\s")),
    ("doubled mark", re.compile(r"\.\.|[,;:][,.;:!?]|[!?…][.,;:]|\.[,;:!?]")),
    ("no space after a mark", re.compile(r"[,;!?][^\W\d]|(?<!\d)[.:][^\W\d]")),
    ("straight quote", re.compile("['\"`]")),
    ("small letter after a full stop", re.compile(r"[.!?…] +[«“„(]?([^\W\d_])")),
)
LATIN_WORD = re.compile(r"[A-Za-z0-9]+: U\+00")

# A line may end with a colon where the worker goes on with the facts: offers, a read-back, a summary, the point in hand.
LEADS_ON = re.compile(r"^(propose\.options|listen\.read_back|follow_up\.summary|[a-z_]+\.back)\.")


def faults(sentence: str, lang: str) -> list[str]:
    """What is wrong with one finished sentence."""
    found = [name for name, pattern in FAULTS if (hit := pattern.search(sentence)) and not (hit.groups() and not hit[1].islower())]
    found += [f"{char!r} U+{ord(char):04X}" for char in sentence if not (char.isalpha() or char in COMMON or char in MARKS[lang])]
    found += [fault for word in WORD.findall(sentence) if word not in TYPED and (fault := wrong_word(word, lang))]
    if sentence.count(OPENING[lang]) != sentence.count(CLOSING[lang]) or crossed(sentence, lang):
        found.append("unpaired quotes")
    if unicodedata.normalize("NFC", sentence) != sentence:
        found.append("not NFC")
    return found


def wrong_word(word: str, lang: str) -> str:
    scripts = {unicodedata.name(char, "").partition(" ")[0] for char in word if char.isalpha()}
    if len(scripts) > 1:
        return f"mixed alphabets in {word}"
    strange = sorted(set(word.lower()) - set(LETTERS[lang]) - set("0123456789"))
    return f"{word}: U+{ord(strange[0]):04X} is not a letter of {lang}" if strange else ""


def crossed(sentence: str, lang: str) -> bool:
    """Whether a quote closes before it opens."""
    depth = 0
    for char in sentence:
        depth += (char == OPENING[lang]) - (char == CLOSING[lang])
        if depth not in (0, 1):
            return True
    return False


def report(found: Iterable[tuple[Said, list[str]]]) -> list[str]:
    return [f"{said}  → {'; '.join(wrong)}" for said, wrong in found if wrong][:40]


def test_all_four_languages_are_there() -> None:
    assert LANGS == ALL_LANGS


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_is_clean(lang: str) -> None:
    assert not report((said, faults(said.sentence, lang)) for said in expansions(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_every_interface_string_is_clean(lang: str) -> None:
    """Commands, keys and file names in it are Latin in every language, and a key may begin a sentence (`h shows all keys`)."""
    wrong = {}
    for key, text in interface(lang):
        found = [fault for fault in faults(TECHNICAL.sub("X20", text), lang) if not fault.startswith("small letter")]
        found = [fault for fault in found if lang in ("en", "pl") or not LATIN_WORD.match(fault)]
        if found and key not in KEYS:
            wrong[key] = found
    assert not wrong


@pytest.mark.parametrize("lang", LANGS)
def test_lines_begin_with_a_capital_and_end_with_a_stop(lang: str) -> None:
    wrong = []
    for said in expansions(lang):
        kind, first, last = said.text.kind, said.sentence.lstrip("«“„")[0], said.sentence.rstrip("»”")[-1]
        if kind != "label" and first.islower():
            wrong.append(f"{said}  → small start")
        if kind in ("title", "label"):
            continue
        ends = ".!?…:" if said.text.spoken and LEADS_ON.match(said.text.id) else ".!?…"
        if last not in ends:
            wrong.append(f"{said}  → ends with {last!r}")
    assert not wrong


@pytest.mark.parametrize("lang", LANGS)
def test_titles_and_labels_have_no_stop(lang: str) -> None:
    assert not [str(said) for said in expansions(lang) if said.text.kind in ("title", "label") and said.sentence[-1] in ".!:;,"]


@pytest.mark.parametrize("lang", LANGS)
def test_offers_are_led_in(lang: str) -> None:
    """The offers stand right below as sentences of their own."""
    wrong = [str(said) for said in expansions(lang) if said.text.id.startswith("propose.options.") and said.sentence[-1] not in ":."]
    assert not wrong


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_number_sign_holds_to_its_number(lang: str) -> None:
    if lang in LANGS:
        assert not [str(said) for said in expansions(lang) if re.search("№(?!\u00a0[0-9A-Z])", said.sentence)]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Hello , you."),
        ("en", "It’s done.. Bye."),
        ("en", "It's done."),
        ("en", "I said “yes."),
        ("en", "Order {order} is here."),
        ("en", "Order None is here."),
        ("en", "Done. then we go."),
        ("en", "Call 112,please."),
        ("ru", "Заказ  готов."),
        ("ru", "Тапсыpыс готов."),
        ("ru", "Сумма 38\u202f€."),
        ("ru", "Это «готово."),
        ("ru", "Ваш order готов."),
        ("ru", "Мiне."),
        ("pl", "Zamówienie “X” jest."),
        ("pl", "Zamówienie nr 5 jest gotowe ."),
        ("kk", "Cізге айтамын."),
        ("kk", "Сiзге айтамын."),
        ("kk", "Сізгe айтамын."),
        ("kk", "Сізгə айтамын."),  # U+0259, not U+04D9
        ("kk", "hәм осылай."),  # Latin h
    ],
)
def test_the_check_sees(lang: str, sentence: str) -> None:
    assert faults(sentence, lang)


def test_the_check_lets_good_sentences_through() -> None:
    good = {
        "en": "Anna, it’s “X20 vacuum”. By 3 pm today: yes?",
        "ru": "Анна, заказ №\u00a04471 («пылесос X20») готов: 38\u00a0€, до 15:00.",
        "pl": "Pani Anno, zamówienie nr 4471 („odkurzacz X20”) jest gotowe do 15:00.",
        "kk": "Айгүл ханым, №\u00a04471 тапсырысыңыз 15:00-ге дейін дайын.",
    }
    assert {lang: faults(sentence, lang) for lang, sentence in good.items()} == dict.fromkeys(good, [])


@pytest.mark.parametrize("lang", LANGS)
def test_one_kind_of_dash(lang: str) -> None:
    """Never in English, — in Russian and Kazakh, the shorter – in Polish, a space on each side; no hyphen in its place."""
    dash = {"en": "", "ru": "—", "kk": "—", "pl": "–"}[lang]
    wrong = []
    for said in expansions(lang):
        found = re.findall(r"(?<!\d)–|–(?!\d)|—|(?<= )-(?= )", said.sentence)
        if [one for one in found if one != dash] or (dash and len(found) != len(re.findall(f" {dash} ", said.sentence))):
            wrong.append(str(said))
    assert not wrong
