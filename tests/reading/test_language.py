"""Which language a message is in, whatever keyboard it was typed on."""

from __future__ import annotations

import pytest

from clientcoach.matching.words import Words
from tests.reading.readers import reader

SAMPLES = {
    "en": """Where is my parcel|It stopped working after a week|Can I change the address|The courier was rude to me|Please cancel my subscription
I have been charged twice|Nobody answers the phone|thx, all good|The app keeps crashing|You promised to call me back|My bill is wrong
Is the shop open today|Refund please|The door is damaged|I want to speak to a manager|how do i reset the password""",
    "ru": """Где моя посылка|Перестало работать через неделю|Можно поменять адрес|Курьер мне нахамил|Отмените подписку пожалуйста
С меня списали дважды|Никто не берёт трубку|спс, все хорошо|Приложение вылетает|Вы обещали перезвонить|Счёт неправильный
Магазин сегодня открыт|Верните деньги|Дверь повреждена|Хочу поговорить с руководителем|как сбросить пароль""",
    "pl": """Gdzie jest moja paczka|Przestało działać po tygodniu|Czy mogę zmienić adres|Kurier był niegrzeczny|Proszę anulować subskrypcję
Pobraliście opłatę dwa razy|Nikt nie odbiera telefonu|dzięki, wszystko ok|Aplikacja ciągle się zawiesza|Obiecaliście oddzwonić
Rachunek jest błędny|Czy sklep jest dziś otwarty|Proszę o zwrot pieniędzy|Drzwi są uszkodzone|Chcę rozmawiać z kierownikiem
jak zresetować hasło""",
    "pl without its letters": """Gdzie jest moja paczka|Przestalo dzialac po tygodniu|Czy moge zmienic adres|Kurier byl niegrzeczny
Prosze anulowac subskrypcje|Pobraliscie oplate dwa razy|Nikt nie odbiera telefonu|dzieki, wszystko ok|Aplikacja ciagle sie zawiesza
Obiecaliscie oddzwonic|Rachunek jest bledny|Czy sklep jest dzis otwarty|Prosze o zwrot pieniedzy|Drzwi sa uszkodzone
Chce rozmawiac z kierownikiem|jak zresetowac haslo""",
    "kk": """Сәлемдемем қайда|Бір аптадан кейін істемей қалды|Мекенжайды өзгертуге бола ма|Курьер маған дөрекі сөйледі|Жазылымды тоқтатыңызшы
Менен екі рет ақша алынды|Ешкім телефонды көтермейді|рахмет, бәрі жақсы|Қосымша қайта-қайта жабылып қалады|Қайта хабарласамыз деп едіңіздер
Шот қате шықты|Дүкен бүгін ашық па|Ақшамды қайтарыңыздар|Есік бүлінген|Басшыңызбен сөйлескім келеді|құпиясөзді қалай өзгертемін""",
    "kk without its letters": """Салемдемем кайда|Бир аптадан кейин истемей калды|Мекенжайды озгертуге бола ма|Курьер маган дореки сойледи
Жазылымды токтатынызшы|Менен еки рет акша алынды|Ешким телефонды котермейди|рахмет, бари жаксы|Косымша кайта-кайта жабылып калады
Кайта хабарласамыз деп единиздер|Шот кате шыкты|Дукен бугин ашык па|Акшамды кайтарыныздар|Есик булинген|Басшынызбен сойлеским келеди
куписозди калай озгертемин""",
    "kk in Latin": """Salemdemem qaida|Bir aptadan keiin istemei qaldy|Mekenjaidy ozgertuge bola ma|Kurer magan doreki soiledi
Jazylymdy toqtatynyzshy|Menen eki ret aqsha alyndy|Eshkim telefondy kotermeidi|rahmet, bari jaqsy|Qosymsha qaita-qaita jabylyp qalady
Qaita habarlasamyz dep edinizder|Shot qate shyqty|Duken bugin ashyq pa|Aqshamdy qaitarynyzdar|Esik bulingen|Basshynyzben soileskim keledi
qupiasozdi qalai ozgertemin""",
    "kk mixed with Russian": """Заказым әлі келген жоқ, почему так долго|Здравствуйте, менің ақшам қайда|Приложение істемейді, не делать
Оператор трубканы алмайды вообще|Деньги қайтарыңыздар пожалуйста|Курьер келмеді, я весь день күттім|Посылка қайда жатыр
Возврат қашан болады|Маған чек керек еді|Интернет жоқ екі күн болды|Скидка бар ма сендерде|Карта жұмыс істемейді
Түсінбедім, почему бұлай|Номерім дұрыс емес, исправьте|Доставка қашан келеді""",
}
WRONG = 1  # of a kind at most


@pytest.mark.parametrize("kind", SAMPLES)
def test_languages_are_told(kind: str) -> None:
    texts = [text for line in SAMPLES[kind].split("\n") for text in line.split("|")]
    told = {text: reader().languages.told(text, Words(text)) for text in texts}
    assert len(texts) >= 15
    assert len([text for text, (lang, _) in told.items() if lang != kind[:2]]) <= WRONG, told


@pytest.mark.parametrize("text", ["", "12345", "ok", "???", "😡"])
def test_a_guess_is_said_to_be_one(text: str) -> None:
    assert reader().languages.told(text, Words(text))[1] == 0.0
