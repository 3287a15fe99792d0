"""British English: spelling, contractions, articles, plurals; no titles guessed; and planted mistakes that the checks must see."""

from __future__ import annotations

import re

import pytest

from tests.language.expand import Said, expansions, interface, texts, variables

AMERICAN = re.compile(
    r"\b(?:\w+(?:yz|iz)(?:e|es|ed|ing)|(?:color|favor|honor|labor|behavior|neighbor)\w*|(?:center|theater|fulfill|enroll|catalog|dialog|program)s?"
    r"|canceled|canceling|traveled|labeled|gotten|gray|toward|practicing|jewelry|zip code|vacation|apartment|mom|anymore|someplace)\b",
    re.IGNORECASE,
)
BRITISH_IZE = frozenset(["size", "sized", "prize", "seize", "seized"])
TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Sir|Madam|Ma’am)\b\.?")
CONTRACTED = re.compile(r"\b(?:dont|wont|cant|isnt|doesnt|didnt|wasnt|im|ive|youre|youve|theyre|thats|whats|heres|lets)\b", re.IGNORECASE)
VOWEL_SOUND = re.compile(r"(?:[aei]|o(?!ne|nce)|u(?!s[eu]|ni)|hour|honest|11\b|18\b|8\d?\b|X|MP|SMS)")
ARTICLE = re.compile(r"\b(an?) ([\w“]+)", re.IGNORECASE)
DOTTED = re.compile(r"\b[ap]\.m\.|\be\.g\b|\bi\.e\b|\betc\b|\bp\.m\b")
COUNTED = re.compile(r"(?<![\d.,:])\b(\d+) (?:working )?(day|days|time|times|hour|hours|minute|minutes|week|weeks)\b")


def faults(sentence: str) -> list[str]:
    """What is not British English, or not right, in one sentence."""
    found = [hit[0] for pattern in (TITLES, CONTRACTED, DOTTED) for hit in pattern.finditer(sentence)]
    found += [word for hit in AMERICAN.finditer(sentence) if (word := hit[0].lower()) not in BRITISH_IZE]
    for article, word in ARTICLE.findall(sentence):
        if article.lower() in ("a", "an") and (article.lower() == "an") != bool(VOWEL_SOUND.match(word.lstrip("“"))):
            found.append(f"{article} {word}")
    found += [f"{number} {noun}" for number, noun in COUNTED.findall(sentence) if (number == "1") == noun.endswith("s")]
    return found


def sentences() -> list[Said]:
    """Without the one customer who gave a title."""
    return [said for said in expansions("en") if said.case.get("customer") != "Mr Smith"]


def test_every_sentence_is_british_english() -> None:
    assert not [(found, str(said)) for said in sentences() if (found := faults(said.sentence))]


def test_the_interface_is_british_english() -> None:
    """The steps are shown by the names one types (`say apologize`)."""
    assert not [(found, key) for key, text in interface("en") if not key.startswith("step.") and (found := faults(text))]


def test_a_title_is_only_said_when_it_was_typed() -> None:
    with_title = [said for said in expansions("en") if TITLES.search(said.sentence)]
    assert with_title
    assert {said.case.get("customer") for said in with_title} == {"Mr Smith"}


def test_nothing_depends_on_gender_in_english() -> None:
    assert not [text.place for text in texts("en") if variables(text.form["text"]) & {"wg", "cg"}]


@pytest.mark.parametrize(
    "sentence",
    [
        "I apologize for that.",
        "The color is wrong.",
        "I dont know.",
        "Mr. Smith, one moment.",
        "By 3 p.m. today.",
        "It takes 1 days.",
        "It takes 5 day.",
        "A order came.",
        "An useful answer.",
        "We organized it.",
    ],
)
def test_the_check_sees(sentence: str) -> None:
    assert faults(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["I apologise: an hour, a useful day, 1 day, 21 days, an “X20”.", "It’s a size I don’t have. That’s a one-off, an honest mistake."],
)
def test_good_sentences_pass(sentence: str) -> None:
    assert not faults(sentence)
