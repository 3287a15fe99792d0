"""Short patterns of words, many at once: compiled into a tree, held against a text word by word.

`late` a word · `deliver*` a word that begins so, `*ving` one that ends so (3 letters at least) · `not working` words in a row ·
`no .. answer` up to 3 words between (`..5` up to 5) · `(refund|money back)` one of several · `[the] bill` may be left out ·
`#` a number · `.` the end of a sentence, which nothing else crosses.

Every word of a pattern, and every group of single words, is an *atom*; a text is first turned into atoms, and only words that have
some are walked. By hand: the well-kept libraries for many patterns (Aho–Corasick, RE2 sets) match characters, know no words, gaps or
folding, and are no faster than a dictionary of words.
"""

from __future__ import annotations

import re
from itertools import product

from clientcoach.reading.words import STOPS, TYPED, Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Tree = dict[str, Any]
    Hit = tuple[int, int, int]  # pattern's number, first word, word after the last
    Hanging = tuple[Any, list[frozenset[str]] | None]  # a node; the atoms that each of its rows needs, None where it is whole by itself
    Item = str | tuple[str, ...]  # a word, `stem*`, a mark, a gap `..3`; several words that may stand in one place

HEAD = 3  # letters of a beginning at least; beginnings are looked up by them
GAP = 3
MAX_EXPANDED = 64  # rows of words that one pattern may stand for
NUMBER, STOP = MARKS = ("#", ".")
END = "end"  # the key of a node beside its sides
KNOWN = 20_000  # words whose atoms are remembered
_GROUP = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_ITEM = re.compile(r"\x00\d+|\.\.\d?|#|[^\s\x00]+")
_PLAIN = re.compile(r"[^\s|]+(?:\|[^\s|]+)*")  # single words alone


class PatternError(ValueError):
    """A pattern that cannot be; says why."""


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
    if not row or row[0][:2] == ".." or row[-1][:2] == ".." or row[0] == STOP:
        raise PatternError("begins or ends with nothing")
    return row


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
        ends = node.setdefault(END, [])
        if number not in ends:
            ends.append(number)
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


def _rows(node: Any) -> Iterator[list[str]]:
    """The atoms on the way to each end below a node."""
    if type(node) is int or END in node:
        yield []
    if type(node) is int:
        return
    for side in "<>":
        steps = [node.get(side, {}), *(children for _, children in node.get(f"{side}..", ()))]
        for children in steps:
            for atom, child in children.items():
                yield from ([atom, *row] for row in _rows(child))


class Matcher:
    """A tree that is held against texts; it remembers what the words it met are to its patterns."""

    def __init__(self, grown: Mapping[str, Any]) -> None:
        self.words: Mapping[str, list[str]] = grown["words"]
        self.stems: Mapping[str, Mapping[str, list[str]]] = grown["stems"]
        self.ends: Mapping[str, Mapping[str, list[str]]] = grown["ends"]
        self.root: Mapping[str, Any] = grown["root"]
        self.known: dict[str, tuple[frozenset[str], Sequence[Hanging]]] = {}
        self.nodes: dict[str, Hanging] = {}
        self.text = Words("")
        self.atoms: Sequence[frozenset[str]] = ()
        self.found: list[Hit] = []
        self.bounds: list[tuple[int, int]] | None = None

    def hits(self, words: Words) -> list[Hit]:
        """Every pattern in the text, in the order of their first words."""
        known = self.known
        met = [known[word] if word in known else self._learn(word) for word in words.folded]
        self.atoms = [atoms for atoms, _ in met]
        self.text, self.bounds, self.found = words, None, []
        found = self.found
        there = frozenset().union(*self.atoms).issuperset
        for place, (_, nodes) in enumerate(met):
            for node, rows in nodes:
                if rows is None or any(map(there, rows)):
                    self._take(node, place, place + 1)
        if len(found) > 1:
            found.sort(key=_by_place)
        return found

    def _learn(self, word: str) -> tuple[frozenset[str], Sequence[Hanging]]:
        """The atoms of a word, and the nodes of the rows that hang on it."""
        if len(self.known) >= KNOWN:
            self.known.clear()
        if word[0] in STOPS:
            atoms = self.words.get(STOP, [])
        else:
            begun = (atoms for stem, atoms in self.stems.get(word[:HEAD], {}).items() if word.startswith(stem))
            ended = (atoms for end, atoms in self.ends.get(word[-HEAD:], {}).items() if word.endswith(end))
            numbers = self.words.get(NUMBER, []) if word[0].isdigit() else []
            atoms = [*self.words.get(word, []), *(atom for some in (*begun, *ended) for atom in some), *numbers]
        nodes = [self._node(atom) for atom in atoms if atom in self.root]
        self.known[word] = found = (frozenset(atoms), nodes)
        return found

    def _node(self, atom: str) -> Hanging:
        """A node with what its rows need besides: a text that lacks some of that for each of them need not be walked."""
        if atom not in self.nodes:
            node = self.root[atom]
            whole = type(node) is int or END in node
            self.nodes[atom] = (node, None if whole else sorted({frozenset(row) for row in _rows(node)}, key=len))
        return self.nodes[atom]

    def _take(self, node: Any, first: int, after: int) -> None:
        """What a row comes to whose words from `first` to before `after` are there."""
        if type(node) is int:
            self.found.append((node, first, after))
            return
        if END in node:
            self.found.extend((number, first, after) for number in node[END])
        if "<" in node and first:
            self._step(node["<"], first - 1, first - 1, after)
        if ">" in node and after < len(self.atoms):
            self._step(node[">"], after, first, after + 1)
        if "<.." in node or ">.." in node:
            self._over_gaps(node, first, after)

    def _step(self, children: Mapping[str, Any], place: int, first: int, after: int) -> None:
        """One word more, at `place`; most steps end here, so this is one operation on sets."""
        these = self.atoms[place]
        if these and not children.keys().isdisjoint(these):
            for atom in children.keys() & these:
                self._take(children[atom], first, after)

    def _over_gaps(self, node: Mapping[str, Any], first: int, after: int) -> None:
        bounds = self.bounds or self._sentences()
        for reach, children in node.get("<..", ()):
            for place in range(first - 1, max(first - 2 - reach, bounds[first][0] - 1), -1):
                self._step(children, place, place, after)
        for reach, children in node.get(">..", ()):
            for place in range(after, min(after + reach + 1, bounds[after - 1][1])):
                self._step(children, place, first, place + 1)

    def _sentences(self) -> list[tuple[int, int]]:
        """For each word the first of its sentence and the one after its last; the stop belongs to both. Worked out when needed."""
        words = self.text
        bounds: list[tuple[int, int]] = []
        start = 0
        for place in range(len(words) + 1):
            if place == len(words) or words.stops(place):
                bounds += [(start, min(place + 1, len(words)))] * (place + (place < len(words)) - start)
                start = place + 1
        self.bounds = bounds
        return bounds


def _by_place(hit: Hit) -> tuple[int, int]:
    return hit[1], hit[2]
