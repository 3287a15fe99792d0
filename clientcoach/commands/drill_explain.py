"""`drill --explain`: which numbers of the simulated customer rest on studies, and which are chosen."""

from __future__ import annotations

from clientcoach.commands import Result
from clientcoach.content import library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.commands.session import Session


def explained(session: Session) -> Result:
    """drill-numbers@1: every group of numbers with its evidence, or with why it was chosen. Raises ContentError."""
    from clientcoach.content.drill_marks import marks

    path = library.drill_model_file(session.places)
    data = {"schema": "clientcoach/drill-numbers@1", "file": path, "groups": marks(path)}
    return Result("drill_model", data, strings=session.told_in(session.ui()))
