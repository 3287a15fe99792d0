"""All that the store holds about one customer, out of it: incidents, promises, drafts, older copies of the file. What stays is the audit,
which names nobody, and a digest by which a certificate can be told from another.
"""

from __future__ import annotations

import os

from clientcoach.records import audit, drafts, incidents, promises
from clientcoach.records.engine import is_url
from clientcoach.records.ids import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from clientcoach.records.engine import Engine

ACTION = "forget"


def spellings(engine: Engine, reference: str) -> list[str]:
    """The reference as the store has it: k-1 and K-1 are one customer's."""
    wanted = reference.casefold()
    sql = "SELECT reference FROM incident WHERE reference IS NOT NULL UNION SELECT reference FROM promise WHERE reference IS NOT NULL"
    return [found for (found,) in engine.rows(sql) if found.casefold() == wanted]


def held(engine: Engine, references: Iterable[str]) -> dict[str, Any]:
    """The ids of the incidents and of the promises under these references, wherever a promise hangs; the number of measures."""
    found: dict[str, Any] = {"incidents": [], "promises": [], "measures": 0}
    for reference in references:
        found["incidents"] += _ids(engine, "SELECT id FROM incident WHERE reference = ? ORDER BY id", reference)
        found["promises"] += _ids(engine, "SELECT id FROM promise WHERE reference = ? ORDER BY id", reference)
    for name in found["incidents"]:
        found["promises"] += _ids(engine, "SELECT id FROM promise WHERE incident = ? ORDER BY id", name)
        found["measures"] += next(engine.rows("SELECT count(*) FROM measure WHERE incident = ?", (name,)))[0]
    found["promises"] = sorted(set(found["promises"]))
    return found


def _ids(engine: Engine, sql: str, value: str) -> list[str]:
    return [row[0] for row in engine.rows(sql, (value,))]


def erase(engine: Engine, reference: str, at: str, actor: str) -> dict[str, Any]:
    """All that is held, out of the store, each with its line in the audit, and one for the reference itself; what it was."""
    found = held(engine, spellings(engine, reference))
    for name in found["incidents"]:
        incidents.erase(engine, name, at, actor, ACTION)
    left = {row[0] for name in found["promises"] for row in engine.rows("SELECT id FROM promise WHERE id = ?", (name,))}
    for name in sorted(left):
        promises.erase(engine, name, at, actor, ACTION)
    audit.append(engine, at, actor, ACTION, sealed(engine, reference), None)
    return found


def sealed(engine: Engine, reference: str) -> str:
    """The reference as a digest with this store's own salt: it tells two certificates apart and gives no number away."""
    return digest([salt(engine), reference.casefold()])


def salt(engine: Engine) -> str:
    """The store's salt, made when it is first needed. Inside a transaction."""
    found = next(engine.rows("SELECT value FROM meta WHERE name = 'salt'"), None)
    if found is None:
        found = (os.urandom(16).hex(),)
        engine.run("INSERT INTO meta (name, value) VALUES ('salt', ?)", found)
    return str(found[0])


def drafts_of(folder: str | None, reference: str) -> list[str]:
    """The ids of the incidents under this reference that wait to be saved."""
    wanted = reference.casefold()
    return [found["id"] for found in drafts.waiting(folder) if wanted in _references(found)]


def _references(draft: Mapping[str, Any]) -> Iterator[str]:
    """Whatever a draft gives as a reference: nobody has checked it yet."""
    promised = draft.get("promises")
    for one in (draft, *(promised if isinstance(promised, list) else ())):
        if isinstance(one, dict) and isinstance(one.get("reference"), str):
            yield one["reference"].casefold()


def copies(place: str) -> list[str]:
    """The copies of a file that were made before it was changed to a newer schema: they hold what it held then."""
    if is_url(place):
        return []
    file = os.path.realpath(place)
    folder, start = os.path.dirname(file), f"{os.path.basename(file)}.before-"
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in names if name.startswith(start) and name[len(start) :].isdigit()]
