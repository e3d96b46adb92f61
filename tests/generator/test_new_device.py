# test_new_device.py: a new device is one row: with it the library compiles and the look-up works.
# SPDX-License-Identifier: MIT
"""Follows docs/adding-a-device.md in a copy of the project: an invented chip gets a row, the
generator runs, and nothing else is written by hand."""
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "adding-a-device.md"
NEEDED = ("devices", "tools", "common", "src")
FINDS_IT = """
#include "devices.h"
#include <stdio.h>
int main(void)
{
    const struct device *device = device_find("STM32Z999RBT6");
    if (device == NULL || device->product != 0x4FF || device_find("STM32Z999xx") != device) {
        return 1;
    }
    puts(device->name);
    return 0;
}
"""
STRICT = "-std=c11 -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Wundef -Werror".split()


def run_in(folder, *command, given=None):
    """What a command prints, which ends well."""
    command = [str(part) for part in command]
    result = subprocess.run(command, cwd=folder, input=given, text=True, capture_output=True)
    if result.returncode != 0:
        raise AssertionError(f"{command}: {result.stdout}{result.stderr}")
    return result.stdout


class NewDevice(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """The row is added once; the tests look at what came of it, and change none of it."""
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name)
        for name in NEEDED:
            shutil.copytree(ROOT / name, cls.root / name)
        file = re.search(r"^```toml\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
        if file is None:
            raise AssertionError("the guide has no example")
        (cls.root / "devices" / "z9.toml").write_text(file[1], encoding="utf-8")
        run_in(cls.root, sys.executable, "tools/gen_devices.py")

    def run_it(self, *command, given=None):
        return run_in(self.root, *command, given=given)

    def test_only_generated_files_change(self):
        changed = [
            str(path.relative_to(self.root))
            for name in NEEDED
            for path in sorted((self.root / name).rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
            if not (ROOT / path.relative_to(self.root)).exists()
            or path.read_bytes() != (ROOT / path.relative_to(self.root)).read_bytes()
        ]
        self.assertEqual(
            sorted(changed), ["common/devices.c", "devices/z9.toml", "src/bootleap_devices.h"]
        )
        index = (self.root / "docs" / "devices.md").read_text(encoding="utf-8")
        self.assertIn("| [Z9](devices/z9.md) | STM32Z999xx |", index)
        self.assertIn("[STM32Z999xx](devices/z9.md#z999) |", index)
        page = (self.root / "docs" / "devices" / "z9.md").read_text(encoding="utf-8")
        self.assertIn('<a id="z999"></a>\n\n## STM32Z999xx\n', page)

    def test_the_library_knows_it(self):
        core = ["-mcpu=cortex-m4", "-mthumb", "-Os", "-ffreestanding", "-DSTM32Z999xx"]
        self.run_it("arm-none-eabi-gcc", *STRICT, *core, "-c", "-o", "b.o", "src/bootleap.c")
        symbols = self.run_it("arm-none-eabi-nm", "b.o")
        self.assertIn("bootleap_depart", symbols, "its row says that the library enters")

    def test_the_programs_know_it(self):
        generated = ["devices.c", "devices_clock_trees.c", "devices_option_fields.c",
                     "devices_registers.c"]
        needed = ["device_lookup.c", "device_typed.c", "flash_layout.c"]
        sources = [f"common/{name}" for name in (*generated, *needed)]
        options = ["-Icommon", "-D_POSIX_C_SOURCE=200809L", "-o", "look", "-x", "c", "-"]
        self.run_it(COMPILER, *STRICT, *options, *sources, given=FINDS_IT)
        self.assertEqual(self.run_it("./look"), "STM32Z999xx\n")


if __name__ == "__main__":
    COMPILER = sys.argv.pop(1) if len(sys.argv) > 1 else "cc"
    unittest.main()
