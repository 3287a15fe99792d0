"""Every variable a text may name: the field it comes from and its kind. An example, where a language has it: `EXAMPLES` of its module.

`always`: never missing (it may be empty). `kind`: a plural needs a `count`, a select an `enum` (`f m other`).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    class Variable(TypedDict):
        """One row of the table."""

        field: str
        always: bool
        kind: str


def _row(field: str, kind: str = "text", *, always: bool = False) -> Variable:
    return {"field": field, "always": always, "kind": kind}


VARIABLES: dict[str, Variable] = {
    "wg": _row("agent_gender", "enum", always=True),
    "cg": _row("customer_gender", "enum", always=True),
    "addr_pre": _row("customer", always=True),
    "addr_mid": _row("customer", always=True),
    "customer_voc": _row("customer"),
    "customer_dat": _row("customer"),
    "customer_gen": _row("customer"),
    "you_nom": _row("customer_gender"),
    "you_gen": _row("customer_gender"),
    "you_dat": _row("customer_gender"),
    "company": _row("company"),
    "agent": _row("agent"),
    "item_quoted": _row("item"),
    "order": _row("order"),
    "promised": _row("promised"),
    "promised_dat": _row("promised"),
    "promised_loc": _row("promised"),
    "days": _row("promised", "count"),
    "prior": _row("prior", "count"),
    "amount": _row("amount"),
    "date": _row("deadline"),
    "time": _row("deadline"),
    "until": _row("deadline"),
    "until_dat": _row("deadline"),
    "by": _row("deadline"),
    "wait": _row("deadline"),
    "wait_nom": _row("deadline"),
    "wait_acc": _row("deadline"),
    "wait_gen": _row("deadline"),
    "agreed": _row("offer"),
    "emergency": _row("policy"),
    "hold": _row("hold"),
    "limit": _row("policy"),
}
