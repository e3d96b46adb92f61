#!/usr/bin/env python3
# test_kconfig.py: zephyr/Kconfig, read as Zephyr reads it: with Debian's kconfiglib.
# SPDX-License-Identifier: MIT
#
# test_kconfig.py [--write]   --write writes the .config files of this folder anew
import os
import pathlib
import re
import sys
import tempfile
import unittest

import kconfiglib

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
HOOKS = {"4": "SOC_RESET_HOOK", "3.7": "PLATFORM_SPECIFIC_INIT"}  # what Zephyr declares itself
TREE = """\
config SOC_FAMILY_STM32
\tbool
\tdefault {stm32}

config ARM
\tbool
\tdefault y

config SOC_SERIES_STM32H7X
\tbool "STM32H7"

config CPU_CORTEX_M4
\tbool "Cortex-M4"

config {hook}
\tbool "Run the hook of the SoC"
\tdepends on ARM

config SHELL
\tbool "Shell"

source "{module}"
"""

# The .config files that the images are made with: what prj.conf has, and one line more.
FILES = {
    "default.config": "",
    "unhooked.config": "CONFIG_BOOTLEAP_ON_RESET=n\n",
    "park.config": "CONFIG_SOC_SERIES_STM32H7X=y\nCONFIG_CPU_CORTEX_M4=y\n",
    "mark.config": "CONFIG_BOOTLEAP_MARK_AT=y\nCONFIG_BOOTLEAP_MARK_ADDRESS=0x20003FF0\n",
}


def read(lines, version="4", stm32="y"):
    """The configuration that Kconfig makes of `lines`, with all of its warnings."""
    with tempfile.TemporaryDirectory() as folder:
        tree, conf = pathlib.Path(folder, "Kconfig"), pathlib.Path(folder, "prj.conf")
        tree.write_text(TREE.format(stm32=stm32, hook=HOOKS[version],
                                    module=ROOT / "zephyr/Kconfig"))
        conf.write_text(lines)
        kconf = kconfiglib.Kconfig(str(tree), warn_to_stderr=False)
        kconf.warn_assign_undef = True  # as in scripts/kconfig/kconfig.py
        kconf.load_config(str(conf))
        return kconf


def config_text(kconf):
    """What of a .config file is the module's: its own symbols and the hooks that it selects."""
    names = re.compile(r"BOOTLEAP|SOC_RESET_HOOK$|PLATFORM_SPECIFIC_INIT$")
    lines = [symbol.config_string for symbol in kconf.unique_defined_syms
             if names.match(symbol.name) and symbol.config_string.startswith("CONFIG_")]
    return "# Written by test_kconfig.py --write.\n# SPDX-License-Identifier: MIT\n" + "".join(lines)


def project():
    return (FOLDER / "application/prj.conf").read_text()


class Kconfig(unittest.TestCase):
    def test_images_are_made_with_what_it_says(self):
        for name, more in FILES.items():
            self.assertEqual(config_text(read(project() + more)), (FOLDER / name).read_text(), name)

    def test_no_warning_in_either_version(self):
        for version in HOOKS:
            self.assertEqual(read(project(), version).warnings, [], version)

    def test_either_version_gets_its_hook(self):
        for version, hook in HOOKS.items():
            self.assertEqual(read(project(), version).syms[hook].str_value, "y")
            without = read(project() + "CONFIG_BOOTLEAP_ON_RESET=n\n", version)
            self.assertEqual(without.syms[hook].str_value, "n")

    def test_not_for_other_chips(self):
        kconf = read(project(), stm32="n")
        self.assertEqual(kconf.syms["BOOTLEAP"].str_value, "n")
        self.assertEqual(kconf.syms["SOC_RESET_HOOK"].str_value, "n")

    def test_a_cortex_m4_is_the_second_core_of_an_h7_only(self):
        for more, second in (("CONFIG_CPU_CORTEX_M4=y\n", "n"),
                             ("CONFIG_CPU_CORTEX_M4=y\nCONFIG_SOC_SERIES_STM32H7X=y\n", "y")):
            kconf = read(project() + more)
            self.assertEqual(kconf.syms["BOOTLEAP_SECOND_CORE"].str_value, second)

    def test_a_misspelt_line_is_told(self):
        self.assertTrue(read(project() + "CONFIG_BOOTLEAP_ON_RESTE=y\n").warnings)

    def test_cmake_knows_all_that_may_be_said(self):
        """A prompt that the build does not look at would do nothing, without a word."""
        build = (ROOT / "zephyr/CMakeLists.txt").read_text()
        symbols = {symbol.name for symbol in read("").unique_defined_syms
                   if symbol.name.startswith("BOOTLEAP")}
        listed = re.search(r"foreach\(allowed ([A-Z0-9_ ]+)\)", build)[1].split()
        asked = set(re.findall(r"CONFIG_(BOOTLEAP\w*)", build)) - {"BOOTLEAP_"}
        asked |= {f"BOOTLEAP_{name}" for name in listed}
        self.assertEqual(symbols - asked, {"BOOTLEAP_MARK_IN_TABLE"})
        self.assertEqual(asked - symbols, set())

    def test_what_it_allows_is_what_the_library_takes(self):
        manual = (ROOT / "src/bootleap.h").read_text()
        for name in re.search(r"foreach\(allowed ([A-Z0-9_ ]+)\)",
                              (ROOT / "zephyr/CMakeLists.txt").read_text())[1].split():
            self.assertIn(f"//   BOOTLEAP_{name} ", manual)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        for file, extra in FILES.items():
            (FOLDER / file).write_text(config_text(read(project() + extra)))
        sys.exit()
    os.chdir(FOLDER)
    unittest.main()
