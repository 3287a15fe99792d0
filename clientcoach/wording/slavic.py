"""Russian and Polish plurals, dates and waits: one grammar, two sets of words (language.md §3)."""

from __future__ import annotations

from clientcoach.wording.dates import day_month, far, near, other_year

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    from clientcoach.case.moments import Moment

    # with 1: nominative, accusative, genitive · 2–4 · 5 and more · genitive with more than 1
    Nouns = tuple[str, str, str, str, str, str]

    class Words(TypedDict):
        """The words of one language."""

        lang: str
        one_again: bool  # 21 is said as 1 is
        year: str  # after the number of a year
        near: tuple[str, str]  # today, tomorrow
        to: str  # the preposition before a limit
        on: tuple[str, str]  # before a weekday; before one that begins with „wt” (вт)
        wt: str
        comma: str  # beside the date after a weekday
        end_today: str
        end_tomorrow: str
        late_tomorrow: str  # in `by`
        until_tomorrow: str  # after a time, in `until`
        after: str  # in so much time
        for_: str  # for so much time
        nouns: dict[str, Nouns]


_WITH_ONE = {"nom": 0, "acc": 1, "gen": 2}


class Slavic:
    """What is said of dates and waits with a table of words."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def plural(self, whole: int, fraction: str) -> str:
        """The CLDR category of a number: its digits before and after the decimal mark."""
        tens, ones = whole % 100, whole % 10
        if fraction:
            return "other"
        if whole == 1 or (self.words["one_again"] and ones == 1 and tens != 11):
            return "one"
        return "few" if 2 <= ones <= 4 and not 12 <= tens <= 14 else "many"

    def day(self, moment: Moment, _form: str = "nom") -> str:
        """25 ноября, 25 listopada; with the year when it is another."""
        text, year = day_month(self.words["lang"], moment), other_year(moment)
        return f"{text} {year} {self.words['year']}" if year else text

    def by(self, moment: Moment) -> str:
        """сегодня до 15:00; в среду, 25 ноября, до 15:00; до 25 ноября; до конца дня."""
        words, time, to = self.words, moment["time"], self.words["to"]
        if near(moment):
            if time:
                return f"{words['near'][moment['ahead']]} {to} {time}"
            return words["late_tomorrow"] if moment["ahead"] else f"{to} {words['end_today']}"
        if not time:
            return f"{to} {self.day(moment)}"
        if far(moment):
            return f"{self.day(moment)} {to} {time}"
        comma = words["comma"]
        return f"{self.on_weekday(moment)}{comma} {self.day(moment)}{comma} {to} {time}"

    def until(self, moment: Moment, _form: str = "nom") -> str:
        """What stands after «до»: 15:00; 15:00 25 ноября; конца дня; 25 ноября."""
        words, time, ahead = self.words, moment["time"], moment["ahead"]
        if near(moment):
            if time:
                return f"{time} {words['until_tomorrow']}" if ahead else time
            return words["end_tomorrow"] if ahead else words["end_today"]
        return f"{time} {self.day(moment)}" if time else self.day(moment)

    def on_weekday(self, moment: Moment) -> str:
        """в среду, во вторник; w środę, we wtorek."""
        from clientcoach.wording.tables import locale

        name: str = locale(self.words["lang"])["weekdays_acc"][moment["weekday"]]
        return f"{self.words['on'][name.startswith(self.words['wt'])]} {name}"

    def wait(self, count: int, unit: str, form: str) -> str:
        """через 2 часа (`adv`); 1 минута, 1 минуту, 1 минуты, 2 часа, 2 часов (`nom acc gen`)."""
        if form == "adv":
            return f"{self.words['after']} {self._counted(count, unit, 'acc')}"
        return self._counted(count, unit, form)

    def hold(self, count: int, unit: str) -> str:
        """на 2 минуты."""
        return f"{self.words['for_']} {self._counted(count, unit, 'acc')}"

    def _counted(self, count: int, unit: str, form: str) -> str:
        """A number and its noun: the governing case decides the form."""
        nouns, kind = self.words["nouns"][unit], self.plural(count, "")
        if kind == "one":
            return f"{count} {nouns[_WITH_ONE[form]]}"
        if form == "gen":
            return f"{count} {nouns[5]}"
        return f"{count} {nouns[3 if kind == 'few' else 4]}"
