"""The report as somebody would write it who knows SQL and these tables: `python -I by_hand.py FILE SINCE UNTIL NOW` prints its numbers as JSON.

One pass over the incidents into a temporary table, everything else from that. Imports nothing of ours.
"""

import json
import sqlite3
import sys

SEEN = """CREATE TEMP TABLE seen AS SELECT id, closed_at, cause, channel, lang, playbook, outcome, warnings, softened, anger_start, anger_end,
    CAST((julianday(closed_at) - julianday(:since)) / 7 AS INTEGER) AS week,
    prior > 0 OR EXISTS (SELECT 1 FROM incident AS before WHERE before.reference = incident.reference
        AND (before.closed_at, before.id) < (incident.closed_at, incident.id)) AS again
    FROM incident WHERE closed_at >= :since AND closed_at < :until"""
SUMS = """count(*), sum(again), sum(warnings), count(anger_start + anger_end),
    avg(CASE WHEN anger_end IS NOT NULL THEN anger_start END), avg(CASE WHEN anger_start IS NOT NULL THEN anger_end END)"""
MIDDLE = """SELECT avg(softened) FROM (SELECT softened, row_number() OVER (ORDER BY softened) AS place, count(*) OVER () AS every
    FROM seen WHERE softened IS NOT NULL AND (:week IS NULL OR week = :week)) WHERE place IN ((every + 1) / 2, (every + 2) / 2)"""
MEASURES = """SELECT kind, name, state, count(*) FROM seen CROSS JOIN measure ON measure.incident = seen.id
    WHERE kind <> 'phrase' GROUP BY kind, name, state"""
PHRASES = """SELECT playbook, name, count(*), sum(state IS 'calmed') AS calmed FROM seen CROSS JOIN measure ON measure.incident = seen.id
    WHERE kind = 'phrase' GROUP BY playbook, name HAVING calmed ORDER BY calmed DESC, count(*), name, playbook LIMIT 10"""
PROMISES = """SELECT count(*), count(done_at), total(done_at <= due_at), total(done_at IS NULL AND due_at < :now) FROM promise
    WHERE made_at >= :since AND made_at < :until"""
NEWEST = """SELECT cause, id FROM (SELECT cause, id, row_number() OVER (PARTITION BY cause ORDER BY closed_at DESC, id DESC) AS place
    FROM seen WHERE cause IS NOT NULL) WHERE place <= 5 ORDER BY cause, place"""


def sums(row: tuple) -> list:
    count, again, warnings, both, start, end = row
    return [count, again or 0, warnings or 0, both, start and round(start, 2), end and round(end, 2)]


def main(file: str, since: str, until: str, now: str) -> None:
    told = {"since": since, "until": until, "now": now}
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    db.execute(SEEN, told)
    found: dict = {"totals": sums(db.execute(f"SELECT {SUMS} FROM seen").fetchone())}
    for name in ("cause", "channel", "lang", "playbook", "outcome"):
        found[f"by_{name}"] = {row[0]: sums(row[1:]) for row in db.execute(f"SELECT {name}, {SUMS} FROM seen GROUP BY {name}")}
    found["weeks"] = {str(row[0]): sums(row[1:]) for row in db.execute(f"SELECT week, {SUMS} FROM seen GROUP BY week")}
    found["causes by week"] = {
        f"{row[0]} {row[1]}": sums(row[2:]) for row in db.execute(f"SELECT week, cause, {SUMS} FROM seen GROUP BY week, cause")
    }
    found["softened"] = [db.execute(MIDDLE, {"week": week}).fetchone()[0] for week in (None, *map(int, found["weeks"]))]
    found["measures"] = sorted(db.execute(MEASURES).fetchall(), key=str)
    found["phrases"] = db.execute(PHRASES).fetchall()
    found["promises"] = list(map(int, db.execute(PROMISES, told).fetchone()))
    found["newest"] = {}
    for cause, name in db.execute(NEWEST):
        found["newest"].setdefault(cause, []).append(name)
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
