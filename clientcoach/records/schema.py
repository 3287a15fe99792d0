"""The store's tables as append-only migrations, in the SQL that SQLite and PostgreSQL share; where they differ, a statement for each.

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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Statement = str | Mapping[str, str]

WORDS = {
    "sqlite": {"{strict}": "STRICT"},  # columns keep their types
    "postgresql": {"{strict}": "", "TEXT": 'TEXT COLLATE "C"'},  # texts sort by their bytes, whatever the database's language
}

MIGRATIONS: tuple[tuple[Statement, ...], ...] = (
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
    (  # what a report asks of a million: whether a customer had called before, what was promised in a period
        "DROP INDEX incident_reference",
        "CREATE INDEX incident_reference ON incident (reference, closed_at) WHERE reference IS NOT NULL",
        "CREATE INDEX promise_made ON promise (made_at, due_at, done_at)",
    ),
    (  # who may write may not rewrite the audit, not even by mistake
        {
            "sqlite": "CREATE TRIGGER audit_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "postgresql": """CREATE FUNCTION audit_grows() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'the audit only grows' USING ERRCODE = 'insufficient_privilege'; END $$""",
        },
        {
            "sqlite": "CREATE TRIGGER audit_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "postgresql": """CREATE TRIGGER audit_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
                FOR EACH STATEMENT EXECUTE FUNCTION audit_grows()""",
        },
    ),
)


def said(statement: Statement, engine: str) -> str:
    """A statement of a migration in the words of `sqlite` or `postgresql`."""
    text = statement if isinstance(statement, str) else statement[engine]
    for ours, theirs in WORDS[engine].items():
        text = text.replace(ours, theirs)
    return text
