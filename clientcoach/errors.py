"""What can go wrong, as classes that carry their exit code.

A `CoachError` holds a code and parameters, never a sentence: the sentence is in the interface catalogue (`playbooks/ui/`),
so that a worker reads it in their own language. Exit codes: see the README.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypedDict

    class Problem(TypedDict, total=False):
        """One finding in content: 1-based line and column, a stable code, and the line quoted."""

        file: str
        line: int
        col: int
        code: str
        level: str
        message: str
        text: str


class CoachError(Exception):
    """Anything the worker has to be told; `code` names the catalogue entry `error.CODE`, `params` fill it."""

    exit_code = 1

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def each(self) -> Sequence[CoachError]:
        """What has to be told: itself, or the errors it stands for."""
        return [self]


class UsageError(CoachError):
    """What was typed cannot be used as it is."""

    exit_code = 2


class Cancelled(CoachError):
    """The worker left on purpose (Ctrl-D)."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__("cancelled")


class Terminated(CoachError):
    """The system asked the program to stop (SIGTERM)."""

    exit_code = 143

    def __init__(self, code: str = "terminated") -> None:
        super().__init__(code)


class ContentError(CoachError):
    """Packs, policy or catalogues that cannot be used; every problem names its place."""

    exit_code = 4

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("invalid_content", count=len(problems))
        self.problems = problems


class NotApproved(ContentError):
    """The policy wants approved phrases, and of a part not even its default is one. No file is wrong, so there are no problems to name."""

    def __init__(self, code: str, **params: object) -> None:
        CoachError.__init__(self, code, **params)
        self.problems = []


class NeedsTerminal(CoachError):
    """Something would have to be asked, and nobody is there to answer."""

    exit_code = 5


class StorageError(CoachError):
    """The disk, or the place the answer goes to, did not take it."""

    exit_code = 6


class FieldErrors(UsageError):
    """A case with several bad fields: one `UsageError` each, so that all are named at once."""

    def __init__(self, errors: list[UsageError]) -> None:
        super().__init__("bad_fields", count=len(errors))
        self.errors = errors

    def each(self) -> Sequence[CoachError]:
        return self.errors
