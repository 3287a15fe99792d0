"""Agreement in Russian: every sentence that can be said, and planted mistakes that the checks must see."""

from __future__ import annotations

import pytest

from tests.language import russian
from tests.language.expand import Said, expansions, interface, spoken


def all_sentences() -> list[Said]:
    return list(expansions("ru"))


def test_the_worker_speaks_in_their_own_gender() -> None:
    """With the gender unknown nothing shows it: no past tense of «я», no рад or готова."""
    wrong = [(found, str(said)) for said in spoken("ru") if (found := russian.worker(said.sentence, said.case.get("agent_gender")))]
    assert not wrong


def test_vy_is_plural_and_small() -> None:
    assert not [(found, str(said)) for said in spoken("ru") if (found := russian.polite_you(said.sentence))]


def test_nobody_is_called_ty() -> None:
    """Neither the customer nor, in the notes, the worker."""
    assert not [(found, str(said)) for said in all_sentences() if (found := russian.familiar(said.sentence))]


def test_numbers_agree_in_the_interface() -> None:
    assert not [(found, key) for key, sentence in interface("ru") if (found := russian.numbers(sentence))]


def test_numbers_agree_with_their_nouns() -> None:
    assert not [(found, str(said)) for said in all_sentences() if (found := russian.numbers(said.sentence))]


def test_something_is_counted_and_something_is_gendered() -> None:
    """The checks above see the content they are for."""
    counted = {said.sentence for said in spoken("ru") if russian._NUMBER.search(said.sentence)}
    assert len(counted) > 50
    gendered = [said for said in spoken("ru") if any(russian.gendered(word) for words in russian.clauses(said.sentence) for word in words)]
    assert {said.case.get("agent_gender") for said in gendered} >= {"f", "m"}


def test_yo_is_written() -> None:
    """Words whose ё is certain are written with it."""
    sure = {"еще", "ее", "счет", "учет", "расчет", "ждет", "придет", "пришлет", "вернет", "идет", "найдет", "твердый"}
    words = [(word, str(said)) for said in all_sentences() for word in russian._WORD.findall(said.sentence.lower()) if word in sure]
    assert not words


@pytest.mark.parametrize(
    ("sentence", "gender"),
    [
        ("Я проверил заказ.", "f"),
        ("Я проверила заказ.", "m"),
        ("Я проверила заказ.", None),
        ("Проверил всё и передал дальше.", None),
        ("Проверила всё.", "m"),
        ("Я рад помочь.", None),
        ("Готова помочь вам сейчас.", "m"),
        ("Прослежу за этим сама.", None),
        ("Извините, что я не позвонил.", "f"),
    ],
)
def test_wrong_gender_is_seen(sentence: str, gender: str | None) -> None:
    assert russian.worker(sentence, gender)


@pytest.mark.parametrize(
    ("sentence", "gender"),
    [
        ("Я проверила заказ, а он опоздал.", "f"),
        ("Заказ пришёл поздно, курьер не позвонил.", None),
        ("Качество подвело, и это на нас.", None),
        ("Товар подвёл, решение подбираю сейчас.", None),
        ("Прослежу за этим сам.", "m"),
        ("Никто вам не ответил.", None),
    ],
)
def test_right_gender_passes(sentence: str, gender: str | None) -> None:
    assert not russian.worker(sentence, gender)


@pytest.mark.parametrize(
    "sentence", ["Вы права.", "Когда вы заказала товар?", "Вы получил счёт?", "Спасибо, что Вы ждали.", "Благодарю Вас.", "Вы ждёт ответа."]
)
def test_wrong_vy_is_seen(sentence: str) -> None:
    assert russian.polite_you(sentence)


@pytest.mark.parametrize(
    "sentence", ["Вы правы.", "Вы заказали товар, а он не пришёл.", "Вы видите, что заказ опоздал?", "Вам это нужно. Вы ждали."]
)
def test_right_vy_passes(sentence: str) -> None:
    assert not russian.polite_you(sentence)


@pytest.mark.parametrize(
    "sentence", ["Расскажи, что случилось.", "Ты прав.", "Тебе перезвонят.", "Подожди минуту.", "Знаешь, это так.", "Скажи твой номер."]
)
def test_familiar_forms_are_seen(sentence: str) -> None:
    assert russian.familiar(sentence)


def test_polite_forms_pass() -> None:
    assert not russian.familiar("Расскажите, пожалуйста, что случилось. Давайте сверим ваш заказ.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Опоздание на 5 дня.",
        "Это 21 дней.",
        "Вернусь через 1 минута.",
        "Прошло 2 часов.",
        "Уже 11 день.",
        "Ждать 3 рабочие дней.",
        "До 2 часа ждать, от 5 дня.",
    ],
)
def test_wrong_numbers_are_seen(sentence: str) -> None:
    assert russian.numbers(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Опоздание на 5 дней.",
        "Это 21 день.",
        "Через 1 минуту и 2 часа.",
        "До 25 ноября 2027 года.",
        "Около 2 часов.",
        "Ждать 3 рабочих дня.",
        "Заказ №\u00a05 ждёт.",
    ],
)
def test_right_numbers_pass(sentence: str) -> None:
    assert not russian.numbers(sentence)
