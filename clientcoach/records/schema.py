"""The store's tables as append-only migrations, in the SQL that SQLite and PostgreSQL share. `{strict}` is SQLite's word for typed columns.

Times are UTC text to the second (`2026-11-22T10:00:00Z`), so that they sort as they are; texts are masked before they come here.
"""

from __future__ import annotations

INCIDENT = (
    "id", "kind", "opened_at", "closed_at", "lang", "channel", "playbook", "cause", "reference", "worker",
    "anger_start", "anger_end", "softened", "warnings", "prior", "outcome", "detail",
)  # fmt: skip
PROMISE = ("id", "incident", "reference", "what", "owner", "due_at", "due", "channel", "made_at", "snoozed", "done_at")
MEASURE = ("incident", "place", "kind", "name", "state")
AUDIT = ("seq", "at", "actor", "action", "record", "digest", "chain")

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE incident (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT NOT NULL,
            lang TEXT, channel TEXT, playbook TEXT, cause TEXT, reference TEXT, worker TEXT,
            anger_start INTEGER, anger_end INTEGER, softened INTEGER, warnings INTEGER NOT NULL, prior INTEGER NOT NULL,
            outcome TEXT, detail TEXT NOT NULL) {strict}""",
        """CREATE TABLE measure (
            incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE, place INTEGER NOT NULL,
            kind TEXT NOT NULL, name TEXT NOT NULL, state TEXT, PRIMARY KEY (incident, place)) {strict}""",
        """CREATE TABLE promise (
            id TEXT PRIMARY KEY, incident TEXT REFERENCES incident (id) ON DELETE CASCADE, reference TEXT,
            what TEXT NOT NULL, owner TEXT NOT NULL, due_at TEXT NOT NULL, due TEXT NOT NULL, channel TEXT,
            made_at TEXT NOT NULL, snoozed TEXT, done_at TEXT) {strict}""",
        """CREATE TABLE audit (
            seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            record TEXT NOT NULL, digest TEXT NOT NULL, chain TEXT NOT NULL) {strict}""",
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) {strict}",
        "CREATE INDEX incident_closed ON incident (closed_at, cause)",
        "CREATE INDEX incident_reference ON incident (reference) WHERE reference IS NOT NULL",
        "CREATE INDEX promise_open ON promise (due_at) WHERE done_at IS NULL",
        "CREATE INDEX promise_reference ON promise (reference) WHERE reference IS NOT NULL",
        "CREATE INDEX promise_incident ON promise (incident)",
        "CREATE INDEX audit_record ON audit (record)",
    ),
)
