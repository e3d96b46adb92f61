# test_readme.py: devices/README.md explains every key and every word that a device file may have.
# SPDX-License-Identifier: MIT
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from schema import words  # noqa: E402
from schema.register_groups import FILE  # noqa: E402
from schema.row import DEVICE, GROUPS, UNLISTED  # noqa: E402

# Words of lists of texts, which the schema does not hold against them by itself.
IN_TEXTS = (*words.PIN_MODES, *words.PULLS)
# The README leads to the schema for the kinds of blocks: a new one is explained where it is named.
KINDS = "peripherals.list.block"


def explained():
    """What stands in `...` outside examples: words, and texts of several."""
    text = (ROOT / "devices" / "README.md").read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    code = re.findall(r"`([^`]+)`", text)
    return {*code, *(word for words in code for word in re.findall(r"[\w-]+", words))}


def names(keys, path=""):
    """(where, name) of each key and each word that is to be explained."""
    for name, key in keys.items():
        yield path + name, name
        yield from ((f"{path}{name}", word) for word in key.choices)
        yield from names(key.keys, f"{path}{name}.")


class Readme(unittest.TestCase):
    def test_every_key_and_word_is_there(self):
        found = explained()
        asked = [*names(GROUPS), *names(DEVICE), *names(UNLISTED), *names(FILE)]
        self.assertGreater(len(asked), 300)
        asked += [("a list of texts", word) for word in IN_TEXTS]
        missing = [f"{where}: {name}" for where, name in asked if name not in found and where != KINDS]
        self.assertEqual(missing, [])

    def test_every_kind_of_block_has_its_layout(self):
        keys = GROUPS["peripherals"].keys["list"].keys
        self.assertEqual(keys["block"].choices, tuple(words.BLOCKS))
        self.assertIn("`BLOCKS`", (ROOT / "devices" / "README.md").read_text(encoding="utf-8"))
        for kind, (layout, needed) in words.BLOCKS.items():
            self.assertRegex(layout, r"^\w.* .*\w$", kind)
            for key in needed:
                self.assertTrue(keys[key].optional, f"{kind}: {key}")


if __name__ == "__main__":
    unittest.main()
