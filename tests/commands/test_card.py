"""`card`: what stands on it, in one language and in two; and that a browser prints it on one sheet with nothing cut off."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from clientcoach.content.library import bundled
from tests.support import LANGS

if TYPE_CHECKING:
    from tests.support import Place

PAIRS = [*itertools.permutations(LANGS, 2)]
BOOKS = sorted(path.parent.name for path in Path(bundled()).glob("*/playbook.yaml"))
# A4 with margins of 12 mm, as the browser lays a page out before it prints it, in CSS pixels.
WIDTH, HEIGHT = round(186 * 96 / 25.4), round(273 * 96 / 25.4)
MEASURE = """<script>
const cut = [...document.querySelectorAll("td,th,p,span,footer")].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth).map(e => e.textContent);
document.title = JSON.stringify({width: document.documentElement.scrollWidth, height: document.body.scrollHeight, cut});
</script>"""


class Cells(HTMLParser):
    """The texts of the cells of a page, and every tag that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.open = True

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.open:
            self.rows[-1][-1] += data


def page(at: Place, *argv: str) -> str:
    ran = at.run("card", *argv)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


@pytest.mark.parametrize("lang", LANGS)
def test_five_steps_three_lines_each_and_what_not_to_say(at: Place, lang: str) -> None:
    found = Cells(page(at, "--lang", lang))
    assert [len(row) for row in found.rows] == [1] * 25
    assert [row[0][:2] for row in found.rows[::5]] == ["1.", "2.", "3.", "4.", "5."]
    told = at.run("script", "--lang", lang, "--json").json["steps"]
    for number, step in enumerate(told):
        _, *lines, avoid = (row[0] for row in found.rows[number * 5 : number * 5 + 5])
        assert step["say"][0]["text"] in lines[0]
        assert all(quote["text"] in avoid for quote in step["avoid"])
        assert len(set(lines)) == 3
        assert not [line for line in lines if "{" in line]


@pytest.mark.parametrize(("lang", "other"), PAIRS[::3])
def test_two_languages_say_the_same_lines(at: Place, lang: str, other: str) -> None:
    both, one, two = (Cells(page(at, *argv)) for argv in (("--lang", lang, "--beside", other), ("--lang", lang), ("--lang", other)))
    assert {len(row) for row in both.rows} == {2}
    assert [row[0] for row in both.rows] == [row[0] for row in one.rows]
    assert [row[1] for row in both.rows][::5] == [row[0] for row in two.rows][::5]


def test_keys_are_those_of_the_worker_s_keyboard(at: Place) -> None:
    assert "<b>xx</b> DANGER" in page(at, "--lang", "en")
    assert "<b>чч</b>" in page(at, "--lang", "en", "--ui", "ru")


def test_nothing_comes_from_elsewhere(at: Place) -> None:
    text = page(at, "--lang", "pl")
    assert Cells(text).tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "table",
        "tbody",
        "tr",
        "th",
        "td",
        "small",
        "b",
        "footer",
        "span",
    }
    assert "default-src 'none'" in text
    assert not re.search(r"https?:|url\(|@import", text)


@pytest.mark.parametrize("argv", [("--lang", "kk"), ("--lang", "kk", "--beside", "en")])
def test_markdown(at: Place, argv: tuple[str, ...]) -> None:
    text = page(at, *argv, "--format", "markdown")
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<h2>") + html.count("<thead>") == 5
    assert html.count("<td>") in {0, 40}
    assert not re.findall(r"<(?:script|img|a)\b", html)


def test_words_of_a_pack_are_text(at: Place) -> None:
    folder = at.cwd / "packs" / "ours"
    folder.mkdir(parents=True)
    (folder / "playbook.yaml").write_text("source: en\nsteps: {one: [open]}\navoid: {one: [tag]}\nphrases:\n  one.open.any: {}\n")
    (folder / "en.yaml").write_text(
        'title: {one: "Say <script>alert(1)</script>"}\npart: {open: "a|b"}\navoid: {one: {tag: {text: "<img src=x>", why: "No."}}}\n'
        'phrases:\n  one.open.any: "One | two </td> *three*"\n'
    )
    at.variables["CLIENTCOACH_PACKS"] = str(at.cwd / "packs")
    text = page(at, "ours", "--lang", "en")
    assert not {"script", "img"} & Cells(text).tags
    assert Cells(text).rows[1] == ["a|b One | two </td> *three*"]
    assert "<script" not in MarkdownIt().render(page(at, "ours", "--lang", "en", "--format", "markdown"))


@pytest.mark.parametrize(
    ("argv", "told"),
    [(("--beside", "zz"), "“zz”"), (("--lang", "ru", "--beside", "ru", "--ui", "en"), "do not go together"), (("nowhere",), "“nowhere”"), (("--format", "pdf"), "“pdf”")],
)  # fmt: skip
def test_what_makes_no_sense(at: Place, argv: tuple[str, ...], told: str) -> None:
    ran = at.run("card", *argv)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_into_a_file(at: Place) -> None:
    ran = at.run("card", "--out", str(at.cwd / "card.html"), "--lang", "en")
    assert (ran.code, ran.out) == (0, "")
    assert (at.cwd / "card.html").read_text(encoding="utf-8") == page(at, "--lang", "en")


CASES = [
    *(("angry-customer", lang) for lang in LANGS),
    *(("angry-customer", *pair) for pair in PAIRS[::2]),
    *((name, "ru", "kk") for name in BOOKS),
]


@pytest.mark.parametrize("argv", CASES, ids=" ".join)
def test_a_browser_prints_it_on_one_sheet_with_nothing_cut_off(at: Place, argv: tuple[str, ...]) -> None:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is not installed")
    name, lang, *other = argv
    text = page(at, name, "--lang", lang, *(("--beside", other[0]) if other else ()))
    plain, measured, pdf = (at.cwd / file for file in ("card.html", "measured.html", "card.pdf"))
    plain.write_text(text, encoding="utf-8")
    as_printed = (
        re.sub(r"<meta http-equiv[^>]*>", "", text)
        .replace("@media print", "@media all")
        .replace("max-width:none", f"width:{WIDTH}px;max-width:none")
    )
    measured.write_text(as_printed.replace("</body>", f"{MEASURE}</body>"), encoding="utf-8")
    options = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={at.home}/browser",
        f"--window-size={WIDTH},{HEIGHT}",
    ]
    subprocess.run(
        [*options, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", plain.as_uri()], check=True, capture_output=True, timeout=120
    )
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) == 1
    dom = subprocess.run([*options, "--dump-dom", measured.as_uri()], check=True, capture_output=True, timeout=120).stdout.decode()
    found = re.search(r'<title>\{"width":(\d+),"height":(\d+),"cut":(\[.*?\])\}</title>', dom)
    assert found, dom[:500]
    assert int(found[1]) <= WIDTH
    assert int(found[2]) <= HEIGHT
    assert name != "angry-customer" or int(found[2]) > HEIGHT * 0.7, "the sheet is used"
    assert found[3] == "[]"
