"""Kazakh typed in Latin letters, word by word in Cyrillic as patterns see it.

The letters are those of the alphabet of 2021 (ä ğ ı ñ ö ş ū ü), the older proposals' (á ǵ ń ó ú ý) and the pairs that people type
(sh, zh, gh, kh, ng). Since folding makes ә а, і и, ң н, ғ г, ү у and қ к of the Cyrillic ones, most ways of typing come to the same.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.matching.words import Words

_CYRILLIC = re.compile("[а-я]")
_LATIN = re.compile(r"[a-zäáåğǵıíîñńöóşšçūüúýž]+")
_VOWELS = "aeouäáöóúüūаеоу"
_PAIRS = (
    ("shch", "щ"),
    ("sh", "ш"),
    ("ch", "ч"),
    ("zh", "ж"),
    ("gh", "г"),
    ("kh", "х"),
    ("ng", "н"),
    ("ya", "я"),
    ("yu", "ю"),
    ("ts", "ц"),
)
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxzäáåğǵıíîñńöóşšçūüúýž", "абсдефгхижклмнопкрстувухзаааггыиинноошшчууууж")


def cyrillic(words: Words) -> None:
    """Makes the words of a Latin text Cyrillic; one that holds any Cyrillic stays as it is, for its Latin words are names."""
    if not _CYRILLIC.search(words.low):
        words.folded = [_cyrillic(word) if _LATIN.fullmatch(word) else word for word in words.folded]


def _cyrillic(word: str) -> str:
    for pair, letter in _PAIRS:
        word = word.replace(pair, letter)
    return "".join(_short(word, place, letter) for place, letter in enumerate(word)).translate(_LETTERS)


def _short(word: str, place: int, letter: str) -> str:
    """й where a vowel stands before i, y or ı (kelmeidi, úıde), or after y; ы for the other y and ı."""
    if letter not in "iyı":
        return letter
    before, after = word[place - 1 : place], word[place + 1 : place + 2]
    if (before and before in _VOWELS) or (letter == "y" and after and after in _VOWELS):
        return "й"
    return "и" if letter == "i" else "ы"
