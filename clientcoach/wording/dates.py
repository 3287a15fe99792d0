"""What languages share about dates. A moment is as `case/moments.py` resolves it."""

from __future__ import annotations

from clientcoach.wording.tables import locale

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.case.moments import Moment

_WEEKDAY_HELPS = 6  # up to six days ahead a weekday names one day only


def near(moment: Moment) -> bool:
    """Today or tomorrow: said by that word."""
    return moment["ahead"] in (0, 1)


def far(moment: Moment) -> bool:
    """Not within the next six days: a weekday would not help."""
    return not 0 <= moment["ahead"] <= _WEEKDAY_HELPS


def day_month(lang: str, moment: Moment) -> str:
    """25 November, 25 ноября, 25 listopada, 25 қараша."""
    _, month, day = moment["date"].split("-")
    return f"{int(day)} {locale(lang)['months'][int(month) - 1]}"


def other_year(moment: Moment) -> str:
    """The year when it is not the running one, else ""."""
    year = moment["date"][:4]
    return "" if year == moment["today"][:4] else year


def hour_minute(moment: Moment) -> tuple[int, int]:
    """Hour and minute of a moment that has a time."""
    hour, _, minute = (moment["time"] or "").partition(":")
    return int(hour), int(minute)
