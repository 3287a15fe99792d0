"""Counted nouns in Russian and Polish: the governing case decides the form (language.md §3)."""

from __future__ import annotations

from clientcoach.wording.plural import category

TYPE_CHECKING = False
if TYPE_CHECKING:
    # with 1: nominative, accusative, genitive · 2–4 · 5 and more · genitive with more than 1
    Nouns = tuple[str, str, str, str, str, str]

_WITH_ONE = {"nom": 0, "acc": 1, "gen": 2}


def counted(lang: str, nouns: Nouns, count: int, form: str) -> str:
    """`count` and its noun; `form`: nom acc gen."""
    kind = category(lang, count)
    if kind == "one":
        return f"{count} {nouns[_WITH_ONE[form]]}"
    if form == "gen":
        return f"{count} {nouns[5]}"
    return f"{count} {nouns[3 if kind == 'few' else 4]}"
