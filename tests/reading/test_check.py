"""Whole drafts in four languages: five faults are all found, a good reply is left alone, the case and the policy are kept."""

from __future__ import annotations

from typing import Any

import pytest

from clientcoach.matching.words import Words
from clientcoach.reading.acts import STEPS
from tests.reading.readers import LANGS, checker, policy

FIVE = {
    "en": "Please calm down. As I already told you, you should have checked the address. It is not our fault, that is the courier's department. Our policy does not allow refunds. We will look into it as soon as possible.",
    "ru": "Успокойтесь, пожалуйста. Я вам уже говорил, надо было проверить адрес. Это не наша вина, это другой отдел. У нас такие правила, возврат не положен. Мы разберёмся как можно скорее.",
    "pl": "Proszę się uspokoić. Już Panu mówiłem, trzeba było sprawdzić adres. To nie nasza wina, to inny dział. Takie są procedury, zwrot nie przysługuje. Zajmiemy się tym jak najszybciej.",
    "kk": "Сабыр етіңізші. Мен сізге айттым ғой, мекенжайды тексеру керек еді. Бұл біздің кінәміз емес, бұл басқа бөлім. Ереже солай, ақша қайтарылмайды. Мүмкіндігінше тезірек қараймыз.",
}  # fmt: skip
FAULTS = {
    "calm-down": {"calm-down"}, "told already": {"blame-client"}, "not our fault": {"deny", "blame-colleague"}, "rules": {"policy-wall"},
    "as soon as possible": {"vague-time"},
}  # fmt: skip
GOOD = {
    "en": "Good morning, Ms Novak. You ordered the kettle on 3 May, it came without its lid, and nobody answered your two letters; have I understood that correctly? I can see why you are upset about this order. I am sorry that we sent you an incomplete kettle. I will send the lid today by courier, and you will have it tomorrow by 15:00. I will call you tomorrow at 16:00 to make sure that it fits. Does that suit you?",
    "ru": "Добрый день, Анна Петровна. Вы заказали чайник 3 мая, он пришёл без крышки, и на два ваших письма никто не ответил, правильно я понимаю? Понимаю, как неприятно получить неполный заказ. Прошу прощения за то, что мы отправили вам чайник без крышки. Я сегодня отправлю крышку курьером, она будет у вас завтра до 15:00. Завтра в 16:00 я вам позвоню и проверю, всё ли подошло. Вам так подходит?",
    "pl": "Dzień dobry, Pani Anno. Zamówiła Pani czajnik 3 maja, przyszedł bez pokrywki i nikt nie odpowiedział na dwa Pani listy, czy dobrze rozumiem? Rozumiem, jak bardzo to zamówienie Panią zdenerwowało. Przepraszam, że wysłaliśmy Pani niekompletny czajnik. Wyślę dziś pokrywkę kurierem, będzie u Pani jutro do 15:00. Jutro o 16:00 zadzwonię do Pani i sprawdzę, czy wszystko pasuje. Czy tak będzie dobrze?",
    "kk": "Қайырлы күн, Айгүл Серікқызы. Сіз 3 мамырда шәйнекке тапсырыс бердіңіз, ол қақпақсыз келді, екі хатыңызға ешкім жауап бермеді, дұрыс түсіндім бе? Тапсырыстың толық келмегені қаншалықты ренжітетінін түсінемін. Сізге шәйнекті қақпақсыз жібергеніміз үшін кешірім сұраймын. Қақпақты бүгін курьермен жіберемін, ол ертең сағат 15:00-ге дейін сізде болады. Ертең сағат 16:00-де сізге қоңырау шалып, бәрі дұрыс екенін тексеремін. Сізге осылай ыңғайлы ма?",
}  # fmt: skip
ASKED = tuple(STEPS)


def check(text: str, lang: str, case: dict[str, Any] | None = None, asked: tuple[str, ...] = ()) -> dict[str, Any]:
    return checker(lang).check(Words(text), asked, case or {}, policy(lang))


def rules(text: str, lang: str, **case: Any) -> list[str]:
    return [finding["rule"] for finding in check(text, lang, case)["findings"]]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("fault", FAULTS)
def test_five_faults(lang: str, fault: str) -> None:
    found = check(FIVE[lang], lang)["findings"]
    assert FAULTS[fault] & {finding["rule"] for finding in found}
    assert all(FIVE[lang][finding["start"] : finding["end"]] == finding["text"] for finding in found)


@pytest.mark.parametrize("lang", LANGS)
def test_a_good_reply_is_left_alone(lang: str) -> None:
    told = check(GOOD[lang], lang, asked=ASKED)
    assert [step for step, one in told["steps"].items() if not one["found"]] == []
    assert [(finding["rule"], finding["text"]) for finding in told["findings"]] == []


@pytest.mark.parametrize("lang", LANGS)
def test_missing_steps_of_a_whole_reply_only(lang: str) -> None:
    whole = " ".join([FIVE[lang]] * 2)
    missing = {finding["rule"] for finding in check(whole, lang, asked=ASKED)["findings"] if finding["rule"].startswith("missing-")}
    assert {"missing-empathize", "missing-apologize", "missing-follow-up"} <= missing
    assert not any(finding["rule"].startswith("missing-") for finding in check("Ok.", lang, asked=ASKED)["findings"])
    assert not any(finding["rule"].startswith("missing-") for finding in check(whole, lang)["findings"])


@pytest.mark.parametrize(
    ("text", "lang", "case", "wanted"),
    [
        ("Your order No. 4418 leaves today.", "en", {"order": "4417"}, "wrong-fact"),
        ("Ваш заказ № 4418 уедет сегодня.", "ru", {"order": "4417"}, "wrong-fact"),
        ("Dear Ms Nowak, thank you.", "en", {"customer": "Anna Kowalska"}, "wrong-fact"),
        ("Здравствуйте, Ольга, спасибо.", "ru", {"customer": "Анна Ковальская"}, "wrong-fact"),
        ("Anna, yes. Anna, I will. Thank you, Anna.", "en", {"customer": "Anna Kowalska"}, "too-many-names"),
        ("Анна, да. Анне отправлю. Спасибо, Анна.", "ru", {"customer": "Анна"}, "too-many-names"),
        ("Ты можешь забрать заказ.", "ru", {}, "wrong-form"),
        ("Тапсырысыңды сен ертең аласың.", "kk", {}, "wrong-form"),
        ("Уважаемый клиент, спасибо.", "ru", {"customer_gender": "f"}, "wrong-form"),
        ("Szanowny Panie, dziękuję.", "pl", {"customer_gender": "f"}, "wrong-form"),
        ("I will refund you 100000 EUR today.", "en", {}, "over-authority"),
    ],
)
def test_the_case_and_the_policy(text: str, lang: str, case: dict[str, Any], wanted: str) -> None:
    assert wanted in rules(text, lang, **case)


@pytest.mark.parametrize(
    ("text", "lang", "case"),
    [
        ("Your order No. 4417 leaves today.", "en", {"order": "4417"}),
        ("Ваш заказ № 4417 уедет сегодня.", "ru", {"order": "4417"}),
        ("Dear Ms Kowalska, thank you.", "en", {"customer": "Anna Kowalska"}),
        ("Здравствуйте, Анна, спасибо.", "ru", {"customer": "Анна Ковальская"}),
        ("Hello, thank you for waiting.", "en", {"customer": "Anna Kowalska"}),
        ("Anna, yes. Thank you, Anna.", "en", {"customer": "Anna"}),
        ("Вы написали: «ты мне надоел».", "ru", {}),
        ("Уважаемая Анна, спасибо.", "ru", {"customer_gender": "f", "customer": "Анна"}),
        ("I will refund you 1 EUR today.", "en", {}),
    ],
)
def test_what_agrees_with_the_case(text: str, lang: str, case: dict[str, Any]) -> None:
    assert {"wrong-fact", "wrong-form", "too-many-names", "over-authority"}.isdisjoint(rules(text, lang, **case))


def test_a_reply_without_a_fact_of_the_case() -> None:
    case = {"order": "4417", "item": "kettle"}
    assert "no-case-noun" in [one["rule"] for one in check(GOOD["en"].replace("kettle", "thing"), "en", case)["findings"]]
    assert "no-case-noun" not in [one["rule"] for one in check(GOOD["en"], "en", case)["findings"]]


def test_long_lines() -> None:
    assert "too-long" in rules(" ".join(["word"] * 26) + ".", "en")
    assert "too-long" not in rules(" ".join(["word"] * 25) + ". More words here.", "en")
