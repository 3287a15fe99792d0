"""What a report counts, in the SQL that SQLite and PostgreSQL share. Every number is added up by the database: a million incidents need
no more memory than the few hundred combinations of cause, channel, language, playbook and outcome that there are.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clientcoach.records.engine import Engine, Row

    Where = Mapping[str, str]
    Period = tuple[str, str]  # UTC text; its end is not in it

DIMENSIONS = ("cause", "channel", "lang", "playbook", "outcome")
SUMS = ("incidents", "repeats", "warnings", "both", "start", "end")  # `both`: incidents whose anger is known at the start and at the end
EXAMPLES = 5
_BOUNDS = "one.closed_at >= ? AND one.closed_at < ?"
_COUNTED = """SELECT one.cause, one.channel, one.lang, one.playbook, one.outcome,
    count(*),
    sum(CASE WHEN one.prior > 0 OR EXISTS (SELECT 1 FROM incident AS before WHERE before.reference = one.reference
        AND (before.closed_at, before.id) < (one.closed_at, one.id)) THEN 1 ELSE 0 END),
    sum(one.warnings),
    count(one.anger_start + one.anger_end),
    sum(CASE WHEN one.anger_end IS NOT NULL THEN one.anger_start END),
    sum(CASE WHEN one.anger_start IS NOT NULL THEN one.anger_end END)
    FROM incident AS one WHERE {test} GROUP BY one.cause, one.channel, one.lang, one.playbook, one.outcome"""
_SOFTENED = "SELECT one.softened, count(*) FROM incident AS one WHERE {test} AND one.softened IS NOT NULL GROUP BY one.softened"
# CROSS JOIN: to SQLite it is an order, incidents first; without the planner's figures it would go through all measures of all years
_MEASURED = """SELECT one.playbook, measure.kind, measure.name, measure.state, count(*) FROM incident AS one CROSS JOIN measure
    WHERE measure.incident = one.id AND {test} GROUP BY one.playbook, measure.kind, measure.name, measure.state"""
_PROMISED = """SELECT count(*), count(promise.done_at), sum(CASE WHEN promise.done_at <= promise.due_at THEN 1 ELSE 0 END),
    sum(CASE WHEN promise.done_at IS NULL AND promise.due_at < ? THEN 1 ELSE 0 END)
    FROM promise {join}WHERE promise.made_at >= ? AND promise.made_at < ?{test}"""
_EXAMPLES = f"SELECT one.id FROM incident AS one WHERE {{test}} ORDER BY one.closed_at DESC, one.id DESC LIMIT {EXAMPLES}"  # noqa: S608 - a number


def counted(engine: Engine, period: Period, where: Where) -> Iterator[Row]:
    """The incidents that were closed in a period, by DIMENSIONS: (…, SUMS…). A repeat: an earlier failure was told, or an earlier
    incident, of whenever and whomever, has the same reference.

    `where`: columns of the incident and the value each must have.
    """
    test, values = _test(period, where)
    for row in engine.rows(_COUNTED.format(test=test), values):
        yield (*row[: len(DIMENSIONS)], *(number or 0 for number in row[len(DIMENSIONS) :]))


def softened(engine: Engine, period: Period, where: Where) -> dict[int, int]:
    """How many incidents of a period softened after how many seconds."""
    test, values = _test(period, where)
    return dict(engine.rows(_SOFTENED.format(test=test), values))


def measured(engine: Engine, period: Period, where: Where, kind: str | None = None) -> Iterator[Row]:
    """The measures of the incidents of a period: (playbook, kind, name, state, count); of one kind, when it is named."""
    test, values = _test(period, where)
    if kind:
        test, values = f"{test} AND measure.kind = ?", [*values, kind]
    yield from engine.rows(_MEASURED.format(test=test), values)


def phrase_counts(engine: Engine, period: Period, where: Where) -> dict[tuple[str | None, str], tuple[int, int]]:
    """(playbook, phrase) → how often it was said, and how often the anger went down right after it."""
    return phrases(measured(engine, period, where, "phrase"))


def phrases(rows: Iterator[Row]) -> dict[tuple[str | None, str], tuple[int, int]]:
    """The same, of rows that are there already."""
    found: dict[tuple[str | None, str], tuple[int, int]] = {}
    for playbook, _, name, state, count in rows:
        said, calmed = found.get((playbook, name), (0, 0))
        found[playbook, name] = (said + count, calmed + count * (state == "calmed"))
    return found


def promised(engine: Engine, period: Period, where: Where, now: str) -> dict[str, int]:
    """The promises made in a period, as they stand at a moment: made = kept + open + late; of the kept ones, those in time."""
    columns = {"channel": "promise.channel", "worker": "coalesce(one.worker, promise.owner)"}
    test = "".join(f" AND {columns.get(name, f'one.{name}')} = ?" for name in where)
    join = "LEFT JOIN incident AS one ON one.id = promise.incident " if where else ""
    row = next(engine.rows(_PROMISED.format(join=join, test=test), [now, *period, *where.values()]))
    made, kept, in_time, late = (number or 0 for number in row)
    return {"made": made, "kept": kept, "in_time": in_time, "late": late, "open": made - kept - late}


def examples(engine: Engine, period: Period, where: Where) -> list[str]:
    """The newest incidents of a period, by as much of their ids as names one alone."""
    test, values = _test(period, where)
    return [_beginning(engine, row[0]) for row in list(engine.rows(_EXAMPLES.format(test=test), values))]


def _beginning(engine: Engine, name: str) -> str:
    from clientcoach.records.incidents import beginning

    short = 8
    while short < len(name) and len(list(beginning(engine, name[:short], 2))) > 1:
        short += 1
    return name[:short].rstrip("-")


def _test(period: Period, where: Where) -> tuple[str, Sequence[str]]:
    """A condition and its values; the names of columns are our own."""
    return " AND ".join([_BOUNDS, *(f"one.{name} = ?" for name in where)]), [*period, *where.values()]
