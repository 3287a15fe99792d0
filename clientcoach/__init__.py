"""clientcoach: the next right line while a customer is angry."""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from clientcoach.api import check, triage

__all__ = ["__version__", "check", "triage"]


def __getattr__(name: str) -> object:
    """`triage` and `check`, when they are first used: importing clientcoach costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'clientcoach' has no attribute '{name}'")
    from clientcoach import api

    return getattr(api, name)
