# test_article_page.py: docs/from-the-article.md says what the rows say.
# SPDX-License-Identifier: MIT
import re
import tomllib
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The article's list, typed from it.
ARTICLE = {
    "C0": 0x1FFF0000, "F030x8": 0x1FFFEC00, "F030xC": 0x1FFFD800, "F03xx": 0x1FFFEC00,
    "F05": 0x1FFFEC00, "F07": 0x1FFFC800, "F09": 0x1FFFD800, "F10xx": 0x1FFFF000,
    "F105": 0x1FFFB000, "F107": 0x1FFFB000, "F10XL": 0x1FFFE000, "F2": 0x1FFF0000,
    "F3": 0x1FFFD800, "F4": 0x1FFF0000, "F7": 0x1FF00000, "G0": 0x1FFF0000, "G4": 0x1FFF0000,
    "H503": 0x0BF87000, "H563": 0x0BF97000, "H573": 0x0BF97000, "H7x": 0x1FF09800,
    "H7A": 0x1FF0A800, "H7B": 0x1FF0A000, "L0": 0x1FF00000, "L1": 0x1FF00000, "L4": 0x1FFF0000,
    "L5": 0x0BF90000, "WBA": 0x0BF88000, "WBX": 0x1FFF0000, "WL": 0x1FFF0000, "U5": 0x0BF90000,
}
GROUP = re.compile(r"(0x[0-9A-F]{8}|not known): (`\w+`(?:, `\w+`)*)")
# A document with revision and place, a file in a commit, or a thread.
SOURCE = re.compile(r"AN2606 Rev 70 (Tables?|Section) \d+|[\w.-]+/[\w.-]+ [0-9a-f]{7} \S+")


def rows():
    for path in sorted((ROOT / "devices").glob("*.toml")):
        with path.open("rb") as file:
            for row in tomllib.load(file)["device"]:
                yield row["slug"], row


def tables():
    """The cells of each line of the page's tables, without their heads."""
    text = (ROOT / "docs" / "from-the-article.md").read_text(encoding="utf-8")
    for block in re.findall(r"^\|---.*\n((?:\|.*\n)+)", text, re.MULTILINE):
        yield [[cell.strip() for cell in line[1:-1].split("|")] for line in block.splitlines()]


ROWS = dict(rows())
NAMED, WAYS, MISSING = tables()


def slugs(cell):
    return re.findall(r"`(\w+)`", cell)


def vector(slug):
    return ROWS[slug].get("rom", {}).get("vector")


def accepts_jump(slug):
    return ROWS[slug].get("entry", {}).get("mechanism") == "reset"


class ArticlePage(unittest.TestCase):
    def test_has_each_name_with_the_address_of_the_article(self):
        self.assertEqual([(line[0], int(line[1], 16)) for line in NAMED], [*ARTICLE.items()])

    def test_prints_the_vector_of_each_row(self):
        for name, cell in [(line[0], line[2]) for line in NAMED] + [line[:2] for line in MISSING]:
            groups = GROUP.findall(cell)
            with self.subTest(name):
                self.assertEqual("; ".join(f"{start}: {keys}" for start, keys in groups), cell)
            for start, keys in groups:
                for slug in slugs(keys):
                    with self.subTest(name, slug=slug):
                        self.assertIn(slug, ROWS)
                        wanted = None if start == "not known" else int(start, 16)
                        self.assertEqual(vector(slug), wanted)

    def test_verdicts_follow_from_the_rows(self):
        for name, address, cell, verdict, *_ in NAMED:
            same = [vector(slug) == int(address, 16) for slug in slugs(cell)]
            enters = [accepts_jump(slug) for slug in slugs(cell)]
            follows = "covers less"
            if all(same) and all(enters):
                follows = "right"
            elif not any(same):
                follows = "wrong"
            with self.subTest(name):
                self.assertEqual(verdict, follows)

    def test_says_of_each_name_what_to_write_instead(self):
        self.assertEqual([line[0] for line in WAYS], [*ARTICLE])
        for line in WAYS:
            with self.subTest(line[0]):
                self.assertEqual(len(line), 4)
                self.assertRegex(line[1], r"^`STM32\w+`")
                for cell in line[2:]:
                    self.assertRegex(cell, "enters and returns|refuses: .|not run: .")

    def test_every_line_has_a_source(self):
        for line in NAMED + MISSING:
            with self.subTest(line[0]):
                self.assertRegex(line[-1], SOURCE)


if __name__ == "__main__":
    unittest.main()
