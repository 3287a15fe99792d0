"""What the language modules say: names, dates, waits, money."""

from __future__ import annotations

from typing import Any

import pytest

from clientcoach.case.moments import Moments
from clientcoach.wording.harmony import ending, spoken, suffix
from clientcoach.wording.languages import language
from clientcoach.wording.values import Values

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
POLICY: dict[str, Any] = {"zone": "Asia/Almaty", "hours": dict.fromkeys(DAYS, ["09:00", "18:00"])}
SUNDAY = "2026-11-22T13:00+05:00"


def say(lang: str, name: str, **case: Any) -> Any:
    """One variable of a case on Sunday 22 November 2026, 13:00."""
    return Values(case, POLICY, Moments(case, POLICY, SUNDAY), lang)[name]


def address(lang: str, name: str, gender: str | None = None) -> str:
    """The form of address of a customer."""
    return language(lang).address({"customer": name, **({"customer_gender": gender} if gender else {})})


NAMES = {
    "en": [
        ("Anna Petrova", None, "Anna"),
        ("Mr Petrov", None, "Mr Petrov"),
        ("Dr. Jane Smith", "f", "Dr. Jane Smith"),
        ("J. Smith", None, "J. Smith"),
        ("Smith, Jane", None, "Jane"),
        ("  ", None, ""),
        ("J.R. Smith", None, "J.R. Smith"),
        ("j.r. smith", None, "J.R. Smith"),
        ("J R SMITH", None, "J R Smith"),
        ("TJ Smith", None, "TJ"),
        ("de Souza Maria", None, "de Souza Maria"),
        ("De Souza Maria", None, "De Souza Maria"),
        ("DE SOUZA MARIA", None, "de Souza Maria"),
        ("van der Berg", None, "van der Berg"),
        ("Van der Berg", None, "Van der Berg"),
        ("Van Morrison", None, "Van"),
        ("mr. smith", None, "Mr. Smith"),
        ("MR SMITH", None, "Mr Smith"),
        ("Mr McDonald", None, "Mr McDonald"),
        ("dr o’neil", None, "Dr O’Neil"),
        ("Dr O’Neil", None, "Dr O’Neil"),
        ("JANE SMITH", "f", "Jane"),
        ("mary-jane smith", None, "Mary-Jane"),
        ("DeShawn Smith", None, "DeShawn"),
        ("a@b.cd", None, "a@b.cd"),
    ],
    "ru": [
        ("Анна Сергеевна", None, "Анна Сергеевна"),
        ("Петрова Анна Сергеевна", None, "Анна Сергеевна"),
        ("Анна Сергеевна Петрова", "f", "Анна Сергеевна"),
        ("Петрова, Анна", None, "Анна"),
        ("Петров Илья Ильич", None, "Илья Ильич"),
        ("Вера Кузьминична", None, "Вера Кузьминична"),
        ("Айгүл Серікқызы Нұрланова", None, "Айгүл Серікқызы"),
        ("Ерлан Серік ұлы", None, "Ерлан Серік ұлы"),
        ("Анна Петрова", None, "Анна"),
        ("Петрова Анна", None, "Анна"),
        ("Шевченко Тарас", None, "Тарас"),
        ("Абрамович Роман", None, "Роман"),
        ("Марина Ким", None, "Марина"),
        ("Константин Лем", None, "Константин"),
        ("Лев Толстой", None, "Лев"),
        ("Сагынов Айдын", None, "Айдын"),
        ("Марина Петрова", None, "Марина"),
        ("Ферузина Петрова", None, "Ферузина"),
        ("Анна", None, "Анна"),
        ("Иванов", None, ""),
        ("Петрова А. С.", None, ""),
        ("господин Петров", None, "господин Петров"),
        ("ГОСПОДИН ПЕТРОВ", None, "господин Петров"),
        ("Г-жа петрова", None, "Г-жа Петрова"),
        ("Цой Виктор", None, "Виктор"),
        ("Виктор Цой", None, "Виктор"),
        ("Ким Виктор", None, "Виктор"),
        ("Толстой Лев", None, "Лев"),
        ("Ильина Полина", None, "Полина"),
        ("Ильина Полина", "f", "Полина"),
        ("Мкртчян Фрунзик", None, "Фрунзик"),
        ("Браун Ева", None, "Ева"),
        ("Берия Лаврентий", None, "Лаврентий"),
        ("Герман Анна", None, "Анна"),
        ("Роман Анна", "f", "Анна"),
        ("Анна Роман", "m", "Роман"),
        ("Ким", None, "Ким"),
        ("Цой Айгүл", "f", "Айгүл"),
        ("Алена Цой", None, "Алена"),
        ("Цой Алёна", None, "Алёна"),
        ("Сара Рабинович", "f", "Сара"),
        ("Сара Рабинович", None, "Сара"),
        ("Рабинович Сара Марковна", "f", "Сара Марковна"),
        ("Ульжан Рабинович", "f", "Ульжан"),
        ("Роман Абрамович", "m", "Роман Абрамович"),
        ("Роман Аркадьевич Абрамович", "m", "Роман Аркадьевич"),
        ("Петров Иванович", None, ""),
        ("Петров Иванович Пётр", None, "Пётр"),
        ("Сергеевна", None, ""),
        ("Сергеевна Анна", None, "Анна"),
        ("Абрамович", None, ""),
        ("АННА СЕРГЕЕВНА", None, "Анна Сергеевна"),
        ("анна сергеевна", None, "Анна Сергеевна"),
        ("ЕРЛАН СЕРІК ҰЛЫ", None, "Ерлан Серік ұлы"),
        ("АННА-МАРИЯ петрова", None, "Анна-Мария"),
        ("", None, ""),
    ],
    "pl": [
        ("Anna Nowak", "f", "Pani Anno"),
        ("Jan Kowalski", "m", "Panie Janie"),
        ("Kowalska Anna", "f", "Pani Anno"),
        ("kasia nowak", "f", "Pani Kasiu"),
        ("PAWEŁ NOWAK", "m", "Panie Pawle"),
        ("Pani Anna Nowak", "f", "Pani Anno"),
        ("Łukasz", "m", "Panie Łukaszu"),
        ("Anna", "m", "proszę Pana"),
        ("Anna Maria", "m", "proszę Pana"),
        ("Oksana Szewczenko", "f", "proszę Pani"),
        ("", "m", "proszę Pana"),
        ("Anna Nowak", None, ""),
        ("Anna-Maria", "f", "Pani Anno-Mario"),
        ("anna-maria nowak", "f", "Pani Anno-Mario"),
        ("Anna-Xyz", "f", "proszę Pani"),
        ("Nowak-Kowalska Anna", "f", "Pani Anno"),
        ("Anna-Maria", "m", "proszę Pana"),
        ("Anna-", "f", "proszę Pani"),
    ],
    "kk": [
        ("Айгүл Нұрланова", "f", "Айгүл ханым"),
        ("Нұрланова Айгүл", "f", "Айгүл ханым"),
        ("Ерлан Серікұлы", "m", "Ерлан мырза"),
        ("Айгүл Серікқызы", None, "Айгүл Серікқызы"),
        ("Айгүл", None, "Айгүл"),
        ("Айгүл ханым", None, "Айгүл ханым"),
        ("АЙГҮЛ ХАНЫМ", None, "Айгүл ханым"),
        ("АЙГҮЛ", "f", "Айгүл ханым"),
        ("айгүл нұрланова", "f", "Айгүл ханым"),
        ("Цой Айгүл", "f", "Айгүл ханым"),
        ("ханым", None, "ханым"),
        ("", "f", ""),
    ],
}


@pytest.mark.parametrize(("lang", "name", "gender", "said"), [(lang, *row) for lang, rows in NAMES.items() for row in rows])
def test_forms_of_address(lang: str, name: str, gender: str | None, said: str) -> None:
    assert address(lang, name, gender) == said


@pytest.mark.parametrize(
    ("case", "before", "inside"),
    [
        ({"customer": "Anna", "customer_gender": "f"}, "Pani Anno, ", ", Pani Anno"),
        ({"customer": "Xyz", "customer_gender": "f"}, "Proszę Pani, ", ", proszę Pani"),
        ({"customer": "Anna"}, "", ""),
        ({"customer": "Anna", "address": "Droga Aniu"}, "Droga Aniu, ", ", Droga Aniu"),
    ],
)
def test_the_address_with_its_punctuation(case: dict[str, Any], before: str, inside: str) -> None:
    assert (say("pl", "addr_pre", **case), say("pl", "addr_mid", **case)) == (before, inside)


INFLECTED = [
    ("kk", {"customer": "Айгүл", "customer_gender": "f"}, ("Айгүл ханым", "Айгүл ханымға", "Айгүл ханымның")),
    ("kk", {"customer": "Ерлан", "customer_gender": "m"}, ("Ерлан мырза", "Ерлан мырзаға", "Ерлан мырзаның")),
    ("kk", {"customer": "Айгүл"}, ("Айгүл", None, None)),
    ("kk", {"address": "Айгүл ханым"}, ("Айгүл ханым", "Айгүл ханымға", "Айгүл ханымның")),
    ("ru", {"customer": "Анна"}, ("Анна", None, None)),
    ("en", {"customer": "Anna"}, ("Anna", "Anna", "Anna")),
    ("pl", {"customer": "Jan", "customer_gender": "m"}, ("Panie Janie", "Panu", "Pana")),
    ("pl", {"customer": "Jan"}, (None, None, None)),
]


@pytest.mark.parametrize(("lang", "case", "forms"), INFLECTED)
def test_the_name_in_other_cases(lang: str, case: dict[str, Any], forms: tuple[str | None, ...]) -> None:
    values = Values(case, {}, None, lang)
    names = ("customer_voc", "customer_dat", "customer_gen")
    assert tuple(values[name] if values.known(name) else None for name in names) == forms


@pytest.mark.parametrize(
    ("lang", "gender", "forms"),
    [
        ("en", None, ("you", "your", "you")),
        ("ru", None, ("вы", "вас", "вам")),
        ("kk", None, ("сіз", "сіздің", "сізге")),
        ("pl", "f", ("Pani", "Pani", "Pani")),
        ("pl", "m", ("Pan", "Pana", "Panu")),
        ("pl", None, (None, None, None)),
    ],
)
def test_you(lang: str, gender: str | None, forms: tuple[str | None, ...]) -> None:
    values = Values({"customer_gender": gender}, {}, None, lang)
    assert tuple(values[name] if values.known(name) else None for name in ("you_nom", "you_gen", "you_dat")) == forms


BY = {
    "2h": ("by 3 pm today", "сегодня до 15:00", "dziś do 15:00", "бүгін 15:00-ге дейін"),
    "30m": ("by 1:30 pm today", "сегодня до 13:30", "dziś do 13:30", "бүгін 13:30-ға дейін"),
    "today": ("by the end of today", "до конца дня", "do końca dnia", "бүгін күн соңына дейін"),
    "tomorrow": ("by tomorrow", "завтра до конца дня", "jutro do końca dnia", "ертең күн соңына дейін"),
    "tomorrow 12:00": ("by noon tomorrow", "завтра до 12:00", "jutro do 12:00", "ертең 12:00-ге дейін"),
    "2026-11-24 00:00": (
        "by midnight on Tuesday 24 November",
        "во вторник, 24 ноября, до 00:00",
        "we wtorek 24 listopada do 00:00",
        "24 қараша, сейсенбі күні 00:00-ге дейін",
    ),
    "2026-11-25 15:00": (
        "by 3 pm on Wednesday 25 November",
        "в среду, 25 ноября, до 15:00",
        "w środę 25 listopada do 15:00",
        "25 қараша, сәрсенбі күні 15:00-ге дейін",
    ),
    "2026-11-28 09:05": (
        "by 9:05 am on Saturday 28 November",
        "в субботу, 28 ноября, до 09:05",
        "w sobotę 28 listopada do 09:05",
        "28 қараша, сенбі күні 09:05-ке дейін",
    ),
    "2026-11-29 15:00": (
        "by 3 pm on 29 November",
        "29 ноября до 15:00",
        "29 listopada do 15:00",
        "29 қараша күні 15:00-ге дейін",
    ),
    "25.11": ("by 25 November", "до 25 ноября", "do 25 listopada", "25 қарашаға дейін"),
    "2027-01-25": (
        "by 25 January 2027",
        "до 25 января 2027 года",
        "do 25 stycznia 2027 roku",
        "2027 жылғы 25 қаңтарға дейін",
    ),
}


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [(text, lang, said) for text, row in BY.items() for lang, said in zip(("en", "ru", "pl", "kk"), row, strict=True)],
)
def test_by(text: str, lang: str, said: str) -> None:
    assert say(lang, "by", deadline=text) == said


UNTIL = {
    "2h": ("3 pm today", "15:00", "15:00", "15:00", "15:00-ге"),
    "today": ("the end of today", "конца дня", "końca dnia", "бүгін күн соңы", "бүгін күн соңына"),
    "tomorrow": ("tomorrow", "конца завтрашнего дня", "końca jutrzejszego dnia", "ертең күн соңы", "ертең күн соңына"),
    "tomorrow 15:00": ("3 pm tomorrow", "15:00 завтрашнего дня", "15:00 jutro", "ертең 15:00", "ертең 15:00-ге"),
    "25.11": ("25 November", "25 ноября", "25 listopada", "25 қараша", "25 қарашаға"),
    "2026-11-25 15:00": (
        "3 pm on Wednesday 25 November",
        "15:00 25 ноября",
        "15:00 25 listopada",
        "25 қараша күні 15:00",
        "25 қараша күні 15:00-ге",
    ),
}


@pytest.mark.parametrize(("text", "row"), UNTIL.items())
def test_until(text: str, row: tuple[str, ...]) -> None:
    assert tuple(say(lang, "until", deadline=text) for lang in ("en", "ru", "pl", "kk")) == row[:4]
    assert say("kk", "until_dat", deadline=text) == row[4]
    assert say("ru", "until_dat", deadline=text) == row[1]


WAITS = {
    "en": {
        (1, "minute"): ("in 1 minute", "1 minute", "1 minute", "1 minute"),
        (2, "working-day"): ("in 2 working days", "2 working days", "2 working days", "2 working days"),
    },
    "ru": {
        (1, "minute"): ("через 1 минуту", "1 минута", "1 минуту", "1 минуты"),
        (21, "minute"): ("через 21 минуту", "21 минута", "21 минуту", "21 минуты"),
        (1, "hour"): ("через 1 час", "1 час", "1 час", "1 часа"),
        (22, "hour"): ("через 22 часа", "22 часа", "22 часа", "22 часов"),
        (11, "day"): ("через 11 дней", "11 дней", "11 дней", "11 дней"),
        (1, "week"): ("через 1 неделю", "1 неделя", "1 неделю", "1 недели"),
        (1, "working-day"): ("через 1 рабочий день", "1 рабочий день", "1 рабочий день", "1 рабочего дня"),
        (3, "working-day"): ("через 3 рабочих дня", "3 рабочих дня", "3 рабочих дня", "3 рабочих дней"),
    },
    "pl": {
        (1, "hour"): ("za 1 godzinę", "1 godzina", "1 godzinę", "1 godziny"),
        (1, "minute"): ("za 1 minutę", "1 minuta", "1 minutę", "1 minuty"),
        (5, "hour"): ("za 5 godzin", "5 godzin", "5 godzin", "5 godzin"),
        (21, "hour"): ("za 21 godzin", "21 godzin", "21 godzin", "21 godzin"),
        (22, "hour"): ("za 22 godziny", "22 godziny", "22 godziny", "22 godzin"),
        (1, "day"): ("za 1 dzień", "1 dzień", "1 dzień", "1 dnia"),
        (1, "week"): ("za 1 tydzień", "1 tydzień", "1 tydzień", "1 tygodnia"),
        (2, "week"): ("za 2 tygodnie", "2 tygodnie", "2 tygodnie", "2 tygodni"),
        (2, "working-day"): ("za 2 dni robocze", "2 dni robocze", "2 dni robocze", "2 dni roboczych"),
    },
    "kk": {
        (2, "hour"): ("2 сағаттан кейін", "2 сағат", "2 сағатты", "2 сағаттың"),
        (5, "minute"): ("5 минуттан кейін", "5 минут", "5 минутты", "5 минуттың"),
        (3, "day"): ("3 күннен кейін", "3 күн", "3 күнді", "3 күннің"),
        (1, "week"): ("1 аптадан кейін", "1 апта", "1 аптаны", "1 аптаның"),
        (2, "working-day"): ("2 жұмыс күнінен кейін", "2 жұмыс күні", "2 жұмыс күнін", "2 жұмыс күнінің"),
    },
}


@pytest.mark.parametrize(("lang", "wait", "forms"), [(lang, wait, forms) for lang, rows in WAITS.items() for wait, forms in rows.items()])
def test_waits_have_a_paradigm_per_governing_case(lang: str, wait: tuple[int, str], forms: tuple[str, ...]) -> None:
    assert tuple(language(lang).wait(*wait, form) for form in ("adv", "nom", "acc", "gen")) == forms


@pytest.mark.parametrize(
    ("lang", "count", "unit", "said"),
    [
        ("en", 2, "minute", "for 2 minutes"),
        ("ru", 1, "minute", "на 1 минуту"),
        ("pl", 1, "minute", "na 1 minutę"),
        ("kk", 2, "minute", "2 минутқа"),
        ("kk", 1, "hour", "1 сағатқа"),
        ("kk", 2, "day", "2 күнге"),
        ("kk", 2, "working-day", "2 жұмыс күніне"),
    ],
)
def test_holds(lang: str, count: int, unit: str, said: str) -> None:
    assert language(lang).hold(count, unit) == said


@pytest.mark.parametrize(
    ("lang", "minor", "currency", "said"),
    [
        ("en", 3800, "EUR", "€38"),
        ("en", 1500000, "KZT", "₸15,000"),
        ("en", 5000, "PLN", "50\u00a0PLN"),
        ("en", 1250, "USD", "$12.50"),
        ("ru", 150000, "RUB", "1\u00a0500\u00a0₽"),
        ("ru", 5000, "PLN", "50\u00a0zł"),
        ("pl", 5005, "PLN", "50,05\u00a0zł"),
        ("pl", 123456789, "EUR", "1\u00a0234\u00a0567,89\u00a0€"),
        ("kk", 1500000, "KZT", "15\u00a0000\u00a0₸"),
        ("kk", 3800, "XYZ", "38\u00a0XYZ"),
        ("en", 3800, "XYZ", "38\u00a0XYZ"),
        ("en", 1500, "JPY", "¥1,500"),
    ],
)
def test_money(lang: str, minor: int, currency: str, said: str) -> None:
    assert language(lang).money(minor, currency) == said


@pytest.mark.parametrize(
    ("lang", "item", "said"),
    [
        ("en", "X20", "“X20”"),
        ("ru", 'пылесос "X20"', '«пылесос "X20"»'),
        ("ru", "«X20»", "«X20»"),
        ("pl", "X20", "„X20”"),
        ("pl", "„X20”", "„X20”"),
        ("kk", "X20", "«X20»"),
        ("kk", "«X20»", "«X20»"),
        ("en", "“X20”", "“X20”"),
    ],
)
def test_items_are_quoted_once(lang: str, item: str, said: str) -> None:
    assert language(lang).quoted(item) == said


GOLDEN = (
    "0-ге 1-ге 2-ге 3-ке 4-ке 5-ке 6-ға 7-ге 8-ге 9-ға 10-ға 20-ға 30-ға 40-қа 50-ге 60-қа 70-ке 80-ге 90-ға 100-ге 1000-ға "
    "15-ке 112-ге 10000-ға 200-ге 1000000-ға 1000000000-қа 18:00-ге 07:30-ға 15:05-ке 09:40-қа 1,5-ке"
)


@pytest.mark.parametrize("form", GOLDEN.split())
def test_digits_take_the_suffix_of_their_last_spoken_word(form: str) -> None:
    assert suffix(form.rpartition("-")[0], "dat") == form


MONTHS = (
    "қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға желтоқсанға",
    "қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте қазанда қарашада желтоқсанда",
)


@pytest.mark.parametrize(("case", "forms"), [("dat", MONTHS[0]), ("loc", MONTHS[1])])
def test_months_take_their_suffixes(case: str, forms: str) -> None:
    from clientcoach.wording.tables import locale

    assert " ".join(suffix(month, case) for month in locale("kk")["months"]) == forms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("елу", "елуге елуде елуден елудің елуді"),
        ("алты", "алтыға алтыда алтыдан алтының алтыны"),
        ("мың", "мыңға мыңда мыңнан мыңның мыңды"),
        ("бес", "беске бесте бестен бестің бесті"),
        ("жүз", "жүзге жүзде жүзден жүздің жүзді"),
        ("минут", "минутқа минутта минуттан минуттың минутты"),
    ],
)
def test_all_five_cases(word: str, forms: str) -> None:
    assert " ".join(word + ending(word, case) for case in ("dat", "loc", "abl", "gen", "acc")) == forms


def test_the_last_spoken_word_of_round_numbers() -> None:
    assert [spoken(number) for number in (0, 7, 40, 300, 5000, 40000, 10**6, 10**10)] == [
        "нөл", "жеті", "қырық", "жүз", "мың", "мың", "миллион", "миллиард"
    ]  # fmt: skip


def test_no_narrow_spaces_and_no_abbreviations() -> None:
    said = "".join(
        str(say(lang, name, deadline=text, promised="1.3.2025"))
        for lang in ("en", "ru", "pl", "kk")
        for text in BY
        for name in ("by", "until", "date", "promised_loc")
    )
    assert "\u202f" not in said
    assert "." not in said


@pytest.mark.parametrize("lang", ["en", "ru", "pl", "kk"])
def test_what_is_not_true_is_not_said(lang: str) -> None:
    for name in ("by", "until", "date", "time", "wait"):
        with pytest.raises(KeyError):
            say(lang, name, deadline="2026-11-20 15:00")
    with pytest.raises(KeyError):
        say(lang, "promised", promised="2026-11-23")
    assert say(lang, "promised", promised="2026-11-22")


def test_another_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        language("zz")
