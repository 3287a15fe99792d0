"""Short patterns of words, many at once: compiled into a tree, held against a text word by word.

`late` a word · `deliver*` a word that begins so, `*ving` one that ends so (3 letters at least) · `not working` words in a row ·
`no .. answer` up to 3 words between (`..5` up to 5) · `(refund|money back)` one of several · `[the] bill` may be left out ·
`#` a number · `.` the end of a sentence, `?` of a question; nothing else crosses them.

Every word of a pattern, and every group of single words, is an *atom*; a text is first turned into atoms, and only words that have
some are walked. By hand: the well-kept libraries for many patterns (Aho–Corasick, RE2 sets) match characters, know no words, gaps or
folding, and are no faster than a dictionary of words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from clientcoach.matching.words import KNOWN, LONGEST, STOPS, TYPED, Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    Tree = dict[str, Any]
    Hit = tuple[int, int, int]  # pattern's number, first word, word after the last
    Node = tuple[tuple[int, ...], "Side | None", "Side | None", "Far | None"]  # whole patterns; what may stand left, right, further
    Children = dict[str, tuple[list[int], list[Node]]]  # by atom: patterns that are whole with it, and what goes on
    Apart = Callable[[Iterable[str]], bool]  # whether none of some atoms is here
    Side = tuple[Apart, Children]  # whether a word has none of these atoms, and what they lead to
    Gap = tuple[bool, int, Side]  # whether to the left; words that may stand between
    Far = tuple[Apart, tuple[Gap, ...]]  # whether a text has none of the atoms of any gap
    Item = str | tuple[str, ...]  # a word, `stem*`, a mark, a gap `..3`; several words that may stand in one place

HEAD = 3  # letters of a beginning at least; beginnings are looked up by them
GAP = 3
MAX_EXPANDED = 64  # rows of words that one pattern may stand for
NUMBER, STOP, QUESTION = MARKS = ("#", ".", "?")
END = "end"  # the key of a node beside its sides
SIDES = "<>"
_GROUP = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_ITEM = re.compile(r"\x00\d+|\.\.\d{0,2}|#|[^\s\x00]+")
_PLAIN = re.compile(r"[^\s|]+(?:\|[^\s|]+)*")  # single words alone


class PatternError(ValueError):
    """A pattern that cannot be; says why."""


@lru_cache(maxsize=KNOWN)  # read twice: is it one, and what does it stand for
def expand(pattern: str) -> list[list[Item]]:
    """The rows of items a pattern stands for, folded. Raises PatternError."""
    pieces: list[list[str]] = []
    groups: list[Item] = []
    end = 0
    for group in _GROUP.finditer(pattern):
        pieces.append([pattern[end : group.start()]])
        pieces.append(_choices(group, pattern, groups))
        end = group.end()
    pieces.append([pattern[end:]])
    if any(mark in text for piece in pieces for text in piece for mark in "()[]|"):
        raise PatternError("brackets that do not match")
    count = 1
    for piece in pieces:
        count *= len(piece)
    if count > MAX_EXPANDED:
        raise PatternError(f"stands for {count} rows of words, more than {MAX_EXPANDED}")
    return [_row("".join(choice), groups) for choice in product(*pieces)]


def _choices(group: re.Match[str], pattern: str, groups: list[Item]) -> list[str]:
    """What may stand in the place of a group; single words of a group that stands alone are one item, a NUL and its number."""
    optional = group[1] is None
    inside = group[2] if optional else group[1]
    alone = all(not char.strip() for char in (pattern[: group.start()][-1:], pattern[group.end() :][:1]))
    if alone and not optional and _PLAIN.fullmatch(inside):
        words = [_words(choice) for choice in inside.split("|")]
        if all(len(one) == 1 and one[0] not in MARKS for one in words):
            groups.append(tuple(sorted({way for one in words for way in _ways(one[0])})))
            return [f"\0{len(groups) - 1}"]
    return [*inside.split("|"), *([""] if optional else [])]


def _row(text: str, groups: Sequence[Item]) -> list[Item]:
    row: list[Item] = []
    for item in _ITEM.findall(text):
        if item[0] == "\0":
            row.append(groups[int(item[1:])])
        elif item == ".." or (item[:2] == ".." and item[2:].isdigit()):
            row.append(f"..{item[2:] or GAP}")
        elif item in MARKS:
            row.append(item)
        else:
            row += [_typed(word) for word in _words(item)]
    if not row or row[0][:2] == ".." or row[-1][:2] == ".." or row[0] in {STOP, QUESTION}:
        raise PatternError("begins or ends with nothing")
    return row


@lru_cache(maxsize=KNOWN)
def _words(item: str) -> list[str]:
    """One item of a row: usually a word; `e-mail` is two, as in a text."""
    if item in MARKS:
        return [item]
    plain = item.strip("*")
    found = Words(plain).folded
    if not found or "*" in plain or item not in {plain, f"{plain}*", f"*{plain}"} or any(word[0] in STOPS for word in found):
        raise PatternError(f"'{item}' is no word")
    begins, ends = item.endswith("*"), item.startswith("*")
    if (begins and len(found[-1]) < HEAD) or (ends and (len(found[0]) < HEAD or len(found) > 1)):
        raise PatternError(f"'{item}' is too short: {HEAD} letters at least")
    return [*found[:-1], f"{found[-1]}*"] if begins else [f"*{found[0]}"] if ends else found


def _ways(word: str) -> set[str]:
    """A word, and how it is typed without Kazakh letters where that would fold words of other languages together."""
    return {word, word.translate(TYPED)}


def _typed(word: str) -> Item:
    ways = _ways(word)
    return word if len(ways) == 1 else tuple(sorted(ways))


def tree(patterns: Iterable[tuple[str, int]]) -> Tree:
    """The tree of (pattern, number): plain data that JSON can hold. Raises PatternError.

    {"words": {word: [atoms]}, "stems": {first three letters: {stem: [atoms]}}, "ends": {last three: {end: [atoms]}},
    "root": {atom: node}}. A row hangs on its rarest item; from there its items to the left, the nearest first, then those to the right.
    A node has `<` and `>`: {atom: node}; `<..` and `>..`: [[words that may stand between, {atom: node}], …]; `end`: the patterns that
    are whole there. One with nothing but an end is that number.
    """
    rows = [(row, number) for pattern, number in patterns for row in expand(pattern)]
    common = _commonness(row for row, _ in rows)
    numbers: dict[Item, str] = {}
    root: Tree = {}
    for row, number in rows:
        anchor = min(range(len(row)), key=lambda place: common(row[place]))
        node = root.setdefault(_atom(row[anchor], numbers), {})
        for side, items in (("<", row[:anchor][::-1]), (">", row[anchor + 1 :])):
            node = _grown(node, side, items, numbers)
        whole = node.setdefault(END, [])
        if number not in whole:
            whole.append(number)
    words: dict[str, list[str]] = {}
    stems: dict[str, dict[str, list[str]]] = {}
    ends: dict[str, dict[str, list[str]]] = {}
    for item, atom in numbers.items():
        for word in (item,) if isinstance(item, str) else item:
            place = words
            if word.endswith("*"):
                place = stems.setdefault(word[:HEAD], {})
            elif word.startswith("*"):
                place = ends.setdefault(word[-HEAD:], {})
            place.setdefault(word.strip("*"), []).append(atom)
    return {"words": words, "stems": stems, "ends": ends, "root": {atom: _packed(node) for atom, node in root.items()}}


def _commonness(rows: Iterable[Sequence[Item]]) -> Callable[[Item], int]:
    """How common an item is in texts, guessed from how many rows have its words: "not" stands in hundreds, "parcel" in a few."""
    counts: dict[str, int] = {}
    for row in rows:
        for item in row:
            for word in (item,) if isinstance(item, str) else item:
                counts[word] = counts.get(word, 0) + 1
    never = 1 << 30

    def common(item: Item) -> int:
        if item[:2] == ".." or item in MARKS:
            return never
        return sum(counts[word] for word in ((item,) if isinstance(item, str) else item))

    return common


def _atom(item: Item, numbers: dict[Item, str]) -> str:
    return numbers.setdefault(item, str(len(numbers)))


def _grown(node: Tree, side: str, items: Iterable[Item], numbers: dict[Item, str]) -> Tree:
    children = node.setdefault(side, {})
    for item in items:
        if item[:2] == "..":
            children = node.setdefault(f"{side}..", {}).setdefault(item[2:], {})
        else:
            node = children.setdefault(_atom(item, numbers), {})
            children = node.setdefault(side, {})
    return node


def _packed(node: Tree) -> Any:
    """A node as small as it can be: most are nothing but the end of one pattern."""
    packed: Tree = {}
    for side in "<>":
        if node.get(side):
            packed[side] = {atom: _packed(child) for atom, child in node[side].items()}
        if f"{side}.." in node:
            gaps = node[f"{side}.."].items()
            packed[f"{side}.."] = [[int(reach), {atom: _packed(child) for atom, child in after.items()}] for reach, after in gaps]
    if END in node:
        if not packed and len(node[END]) == 1:
            return node[END][0]
        packed[END] = node[END]
    return packed


class Matcher:
    """A tree that is held against texts; it remembers what the words it met are to its patterns."""

    def __init__(self, grown: Mapping[str, Any]) -> None:
        self.words: Mapping[str, list[str]] = grown["words"]
        self.stems: Mapping[str, Mapping[str, list[str]]] = grown["stems"]
        self.ends: Mapping[str, Mapping[str, list[str]]] = grown["ends"]
        self.root: Mapping[str, Any] = grown["root"]
        self.known: dict[str, tuple[frozenset[str], Node | None]] = {}
        self.nodes: dict[str, Node] = {}
        self.folded: Sequence[str] = ()
        self.atoms: Sequence[frozenset[str]] = ()
        self.present: frozenset[str] = frozenset()
        self.found: list[Hit] = []

    def hits(self, words: Words) -> list[Hit]:
        """Every pattern in the text, in the order of their first words."""
        known = self.known
        met = [known[word] if word in known else self._learn(word) for word in words.folded]
        self.folded = words.folded
        found: list[Hit] = []
        self.found = found
        self.atoms = atoms = [one[0] for one in met]
        self.present = present = frozenset().union(*atoms)
        last = len(met) - 1
        for place, (_, node) in enumerate(met):
            if node is None:
                continue
            ends, left, right, gaps = node  # most words lead nowhere, or are a whole pattern: that is seen here, without a call
            if ends:
                found.extend((number, place, place + 1) for number in ends)
            if left is not None and place and not left[0](atoms[place - 1]):
                self._step(left[1], place - 1, place - 1, place + 1)
            if right is not None and place < last and not right[0](atoms[place + 1]):
                self._step(right[1], place + 1, place, place + 2)
            if gaps is not None and not gaps[0](present):
                self._over_gaps(gaps[1], place, place + 1)
        if len(found) > 1:
            found.sort(key=_by_place)
        return found

    def _learn(self, word: str) -> tuple[frozenset[str], Node | None]:
        """The atoms of a word, and the rows that hang on it as one node: most texts lack what they need beside it, and one look tells."""
        if word[0] in STOPS:
            asked = self.words.get(QUESTION, []) if QUESTION in word else []
            atoms = [*self.words.get(STOP, []), *asked]
        else:
            begun = (atoms for stem, atoms in self.stems.get(word[:HEAD], {}).items() if word.startswith(stem))
            ended = (atoms for end, atoms in self.ends.get(word[-HEAD:], {}).items() if word.endswith(end))
            numbers = self.words.get(NUMBER, []) if word[0].isdigit() else []
            atoms = [*self.words.get(word, []), *(atom for some in (*begun, *ended) for atom in some), *numbers]
        nodes = [self._node(atom) for atom in atoms if atom in self.root]
        found = (frozenset(atoms), _merged(nodes) if nodes else None)
        if len(self.known) >= KNOWN:
            self.known.clear()
        if len(word) <= LONGEST:
            self.known[word] = found
        return found

    def _node(self, atom: str) -> Node:
        if atom not in self.nodes:
            self.nodes[atom] = _node(self.root[atom])
        return self.nodes[atom]

    def _take(self, node: Node, first: int, after: int) -> None:
        """What a row comes to whose words from `first` to before `after` are there."""
        ends, left, right, gaps = node
        for number in ends:
            self.found.append((number, first, after))
        if left and first and not left[0](self.atoms[first - 1]):
            self._step(left[1], first - 1, first - 1, after)
        if right and after < len(self.atoms) and not right[0](self.atoms[after]):
            self._step(right[1], after, first, after + 1)
        if gaps and not gaps[0](self.present):
            self._over_gaps(gaps[1], first, after)

    def _step(self, children: Children, place: int, first: int, after: int) -> None:
        """One word more, at `place`."""
        for atom in children.keys() & self.atoms[place]:
            whole, more = children[atom]
            for number in whole:
                self.found.append((number, first, after))
            for child in more:
                self._take(child, first, after)

    def _over_gaps(self, gaps: Sequence[Gap], first: int, after: int) -> None:
        """Rows that go on some words away, as far as the sentence does; its stop belongs to it."""
        for before, reach, (apart, children) in gaps:
            if apart(self.present):
                continue
            if before:
                self._back(children, apart, first, after, reach)
            elif self.folded[after - 1][0] not in STOPS:
                self._ahead(children, apart, first, after, reach)

    def _back(self, children: Children, apart: Apart, first: int, after: int, reach: int) -> None:
        for place in range(first - 1, max(first - 2 - reach, -1), -1):
            if self.folded[place][0] in STOPS:
                return
            if not apart(self.atoms[place]):
                self._step(children, place, place, after)

    def _ahead(self, children: Children, apart: Apart, first: int, after: int, reach: int) -> None:
        for place in range(after, min(after + reach + 1, len(self.folded))):
            if not apart(self.atoms[place]):
                self._step(children, place, first, place + 1)
            if self.folded[place][0] in STOPS:
                return


def _by_place(hit: Hit) -> tuple[int, int, int]:
    return hit[1], hit[2], hit[0]


def _node(node: Any) -> Node:
    """A node of the tree as it is walked."""
    if type(node) is int:
        return (node,), None, None, None
    near = [_side(_children(node.get(side, {}))) for side in SIDES]
    far = tuple(
        (mark == "<", reach, side)
        for mark in SIDES
        for reach, children in node.get(f"{mark}..", ())
        if (side := _side(_children(children)))
    )
    return tuple(node.get(END, ())), near[0], near[1], _far(far)


def _children(given: Mapping[str, Any]) -> Children:
    """Most are the end of one pattern and nothing else."""
    return {atom: ([child], []) if type(child) is int else ([], [_node(child)]) for atom, child in given.items()}


def _far(gaps: tuple[Gap, ...]) -> Far | None:
    return (frozenset(atom for gap in gaps for atom in gap[2][1]).isdisjoint, gaps) if gaps else None


def _side(children: Children) -> Side | None:
    """Children with the quick look whether a word has none of them; None for no children."""
    return (frozenset(children).isdisjoint, children) if children else None


def _merged(nodes: Sequence[Node]) -> Node:
    """Several nodes as one."""
    if len(nodes) == 1:
        return nodes[0]
    far: dict[tuple[bool, int], list[Side]] = {}
    for node in nodes:
        for before, reach, side in node[3][1] if node[3] else ():
            far.setdefault((before, reach), []).append(side)
    gaps = tuple((*key, joined) for key, sides in far.items() if (joined := _joined(sides)))
    left, right = _joined(node[1] for node in nodes), _joined(node[2] for node in nodes)
    return tuple(number for node in nodes for number in node[0]), left, right, _far(gaps)


def _joined(sides: Iterable[Side | None]) -> Side | None:
    children: Children = {}
    for side in sides:
        for atom, (whole, more) in side[1].items() if side else ():
            both = children.setdefault(atom, ([], []))
            both[0].extend(whole)
            both[1].extend(more)
    return _side(children)
