"""Kazakh by rules: polite forms only, harmony, suffixes of digits, question particles, nouns after numbers. Each check returns what is wrong.

There is no morphological analyser to install everywhere, so these look at endings; what they cannot tell apart is in short
lists that a person has read.
"""

from __future__ import annotations

import re

BACK, FRONT = frozenset("аоұыя"), frozenset("әеөүіэ")  # и у ю ё say nothing
VOICELESS = frozenset("пфкқтсшщчцхһбвгд")
_WORD = re.compile(r"[а-яёәғқңөұүһі]+", re.IGNORECASE)

SEN = frozenset("сен сені саған сенің сенде сенен сенімен сендер сендерге сендерді өзің өзіңе өзіңді өзіңнің өздерің".split())
# Stems whose own ң is no sign of «сен».
ENG = tuple("мың таң тең кең ең оң соң терең әрең жаңа қалың заң мұның ненің ертең кезең ештеңе бірдеңе".split())
VERBS = frozenset(
    "айт жаз күт бер кел қара тыңда жібер тоқта сөйле түсін сұра көр біл тап шық кешір кет ойла істе жаса шал ұмыт алаңда уайымда ренжі қорқ мазасызда сен отыр қой тұр"
    " қайтар тексер шеш хабарла көрсет қабылда".split()
)
ALSO_FINAL = frozenset(["тұр", "отыр", "қой", "сен"])  # айтып тұр, болды ғой: said of others too
_SEN_ENDINGS = re.compile(r"(?:сың|сің|сыңдар|сіңдер|ыңдар|іңдер|ңдар|ңдер)$")
_SEN_CASES = re.compile(r"[аәеоөұүыіу]ң(?:ды|ді|а|е|да|де|нан|нен|мен|ның|нің)$")
_GENITIVE = re.compile(r"(?:н|д|т)[ыі]ң$")

# Digits with a case take the suffix of the last spoken word, here dative, locative, ablative, genitive, accusative of each.
_SPOKEN = {
    "0": "ге де ден дің ді",  # нөл, also minutes 00
    "1": "ге де ден дің ді",
    "2": "ге де ден нің ні",
    "3": "ке те тен тің ті",
    "4": "ке те тен тің ті",
    "5": "ке те тен тің ті",
    "6": "ға да дан ның ны",
    "7": "ге де ден нің ні",
    "8": "ге де ден дің ді",
    "9": "ға да дан дың ды",
    "10": "ға да нан ның ды",
    "20": "ға да дан ның ны",
    "30": "ға да дан дың ды",
    "40": "қа та тан тың ты",
    "50": "ге де ден дің ді",
    "60": "қа та тан тың ты",
    "70": "ке те тен тің ті",
    "80": "ге де нен нің ді",
    "90": "ға да нан ның ды",
    "100": "ге де ден дің ді",
    "1000": "ға да нан ның ды",
}
_MONTH_DATIVE = "қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға желтоқсанға".split()
_MONTH_LOCATIVE = "қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте қазанда қарашада желтоқсанда".split()
_MONTHS = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()
_NUMERALS = "екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан жүз мың бірнеше".split()
_PLURAL = re.compile(r"(?:лар|лер|дар|дер|тар|тер)(?:ы|і|ды|ді|ға|ге|да|де|дан|ден|дың|дің|ым|ім|ыңыз|іңіз|ымыз|іміз)*\w{0,4}$")


def words(sentence: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(sentence)]


def familiar(sentence: str) -> list[str]:
    """Forms of «сен»: pronouns, -сың, possessives in -ң, bare and negated imperatives, -шы without -ңыз."""
    wrong = [word for word in words(sentence) if _is_familiar(word)]
    for hit in re.finditer(r"([а-яёәғқңөұүһі]+)\s*[.,!?…]", sentence.lower()):
        word = hit[1]
        if (word in VERBS and word not in ALSO_FINAL) or (word[:-2] in VERBS and word[-2:] in ("ма", "ме", "ба", "бе", "па", "пе")):
            wrong.append(word)
    return wrong


def _is_familiar(word: str) -> bool:
    if word in SEN:
        return True
    if any(word.startswith(stem) and not _SEN_ENDINGS.search(word[len(stem) :]) for stem in ENG):
        return False
    if word[:-2] in VERBS and word.endswith(("шы", "ші")):
        return True
    if _SEN_ENDINGS.search(word) or _SEN_CASES.search(word):
        return True
    if not re.search(r"[аәеоөұүыіу]ң$", word):
        return False
    genitive = _GENITIVE.search(word)
    return not genitive or word[: genitive.start()] in VERBS


def vowels(word: str) -> list[str]:
    """b or f for each vowel that decides."""
    return ["b" if char in BACK else "f" for char in word if char in BACK or char in FRONT]


_EITHER = re.compile(r"(?:[мбп]ен|[мбп]енен|[нд]ікі|тікі|нікін\w*)$")  # endings with one form only
_COMPOUND = re.compile(r"^(?:бірақ|бүгін|қазір|ешқ\w+|ешт\w+|әлде\w+|әрқ\w+|кез\w*)")


def disharmony(word: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether two neighbouring vowels are of different kinds, where neither an ending of one form nor a known word (a loan, a compound) explains it."""
    low = word.lower()
    if any(low.startswith(stem) and _agrees(low[len(stem) :], stem) for stem in known):
        return False
    found = vowels(_EITHER.sub("", low))
    return len(set(found)) > 1


def _agrees(ending: str, stem: str) -> bool:
    """Whether an ending follows the last vowel of a known stem and is in harmony in itself."""
    found = vowels(_EITHER.sub("", ending))
    return not found or (len(set(found)) == 1 and found[0] == (vowels(stem) or ["b"])[-1])


def suffixes(sentence: str) -> list[str]:
    """Digits, times and months with a suffix that does not follow what is spoken."""
    wrong = [hit[0] for hit in re.finditer(r"\d+(?::\d\d)?-(\w+)", sentence) if hit[1] not in right_endings(hit[0].partition("-")[0])]
    wrong += [hit[0] for hit in re.finditer(r"\d(?::\d\d)?(?:ге|ке|ға|қа|де|те|да|та|ден|тен|дан|тан)\b", sentence)]
    for word in words(sentence):
        for month in _MONTHS:
            if word.startswith(month) and word != month and re.fullmatch(r"(?:ғ|г|қ|к)[ае]|[дт][ае]", word[len(month) :]):
                wrong += [word] if word not in _MONTH_DATIVE + _MONTH_LOCATIVE else []
    return wrong


def right_endings(digits: str) -> set[str]:
    """The suffix a number may take, one for each case."""
    hour, _, minute = digits.partition(":")
    number = (minute.lstrip("0") or "0") if minute else hour
    zeros = len(number) - len(number.rstrip("0"))
    spoken = number if number == "0" else number[-1] if zeros == 0 else number[-2:] if zeros == 1 else "100" if zeros == 2 else "1000"
    return set(_SPOKEN[spoken].split())


def particles(sentence: str) -> list[str]:
    """ма/ме ба/бе па/пе that do not follow the word before, or follow an inserted piece."""
    wrong = []
    for before, particle in re.findall(r"(\S+)\s+(ма|ме|ба|бе|па|пе)\b(?=\s*[?,.!])", sentence.lower()):
        last = before[-1]
        if not _WORD.fullmatch(last):
            wrong.append(f"{before} {particle}")
            continue
        first = "п" if last in VOICELESS else "б" if last in "змнңж" else "м"
        found = vowels(before) or ["b"]
        if particle != first + ("а" if found[-1] == "b" else "е"):
            wrong.append(f"{before} {particle}")
    return wrong


def plurals(sentence: str) -> list[str]:
    """A plural noun after a number."""
    wrong = []
    for number, noun in re.findall(rf"\b(\d+|{'|'.join(_NUMERALS)})[ \u00a0]([а-яёәғқңөұүһі]+)", sentence.lower()):
        if _PLURAL.search(noun) and len(noun) > 5 and not noun.startswith(tuple(_MONTHS)):
            wrong.append(f"{number} {noun}")
    return wrong


def government(sentence: str) -> list[str]:
    """«дейін» without a dative before it (оған, бұған too)."""
    return [before for before in re.findall(r"(\S+)\s+дейін\b", sentence.lower()) if not re.search(r"(?:[ае]|ған)$", before)]
