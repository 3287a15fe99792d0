"""The module of a language, and what each has. Whatever is a language's own is in its module; nothing else has a table of languages."""

from __future__ import annotations

from clientcoach.case.languages import LANGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Protocol

    from clientcoach.case.moments import Moment

    class Language(Protocol):
        """What every language module offers (`en.py` tells what each is); of a function "" means: cannot be said."""

        SCRIPTS: tuple[str, ...]
        ALIASES: tuple[str, ...]
        NAME: str
        NO: str
        DAYS: tuple[str, str]
        MARKS: tuple[str, str]
        PERCENT: str
        PLURALS: dict[str, str]
        GETTEXT: str
        QUOTES: tuple[str, str]
        LETTERS: str
        INFLECTS: bool
        SAMPLES: tuple[str, str, str]
        EXAMPLES: dict[str, str | int]

        def plural(self, whole: int, fraction: str, /) -> str: ...
        def address(self, case: Mapping[str, Any], /) -> str: ...
        def inflected(self, case: Mapping[str, Any], form: str, /) -> str: ...
        def you(self, case: Mapping[str, Any], form: str, /) -> str: ...
        def day(self, moment: Moment, form: str = ..., /) -> str: ...
        def clock(self, moment: Moment, /) -> str: ...
        def by(self, moment: Moment, /) -> str: ...
        def until(self, moment: Moment, form: str = ..., /) -> str: ...
        def wait(self, count: int, unit: str, form: str, /) -> str: ...
        def hold(self, count: int, unit: str, /) -> str: ...
        def quoted(self, item: str, /) -> str: ...
        def money(self, minor: int, currency: str, /) -> str: ...


_kept: dict[str, Language] = {}


def language(lang: str) -> Language:
    """The module of a language, loaded when it is first needed. Raises KeyError for another language."""
    found = _kept.get(lang)
    if found is None:
        if lang not in LANGS:
            raise KeyError(lang)
        found = _kept[lang] = __import__(f"clientcoach.wording.{lang}", fromlist=["address"])
    return found
