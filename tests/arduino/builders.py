#!/usr/bin/env python3
# builders.py: links sketches for one board as Arduino's builder does, and as PlatformIO does.
# SPDX-License-Identifier: MIT
"""builders.py BOARD FOLDER   makes FOLDER/BUILDER-SKETCH-BOARD.elf, of the list `links` below

  arduino     arduino-cli 5994c5d (internal/arduino/builder) with the recipes of STM32duino b4bae0d
              (platform.txt): objects of the sketch, of each library, of the variant, what
              library.properties adds, then core.a, all in one group
  platformio  platformio-core 145142e (builder/tools) with STM32duino's platformio-build.py: what
              library.json adds comes first
  old         as arduino, by a builder that reads neither precompiled nor ldflags
The core is a stand-in in the shape of STM32duino's, written for this test. So is the C library:
-nostdlib and libraries of our own stand for --specs=nano.specs, because newlib is large."""
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class Board(NamedTuple):
    """What boards.txt and a variant of STM32duino say of a board."""

    mcu: str
    part: str
    float_flags: tuple
    flash: int
    ram: int
    ram_start: int


HARD = ("-mfpu=fpv4-sp-d16", "-mfloat-abi=hard")
BOARDS = {
    "nucleo_f103rb": Board("cortex-m3", "STM32F103xB", (), 131072, 20480, 0x20000000),
    "nucleo_f446re": Board("cortex-m4", "STM32F446xx", HARD, 524288, 131072, 0x20000000),
    "nucleo_g0b1re": Board("cortex-m0plus", "STM32G0B1xx", (), 262144, 147456, 0x20000000),
    "nucleo_h743zi": Board("cortex-m7", "STM32H743xx", HARD, 2097152, 524288, 0x24000000),
    "nucleo_u575zi_q": Board("cortex-m33", "STM32U575xx", HARD, 2097152, 786432, 0x20000000),
}
SERIAL = ROOT / "examples/EnterBySerial/EnterBySerial.ino"
TOUCH = ROOT / "examples/EnterBy1200Baud/EnterBy1200Baud.ino"
LARGE = HERE / "large.cpp"
SOURCES = (".c", ".cpp", ".S")  # what arduino-cli compiles of src/ and its folders


def links(name):
    """(builder, sketch, optimisation, name in the file's name). The second sketch waits for a
    quarter of a second: it is for the board with the slowest clock."""
    for builder in ("arduino", "platformio"):
        yield builder, SERIAL, ("-Os",), "serial"
        if name == "nucleo_u575zi_q":
            yield builder, TOUCH, ("-Os",), "touch"
    if name == "nucleo_f446re":
        yield "arduino", SERIAL, ("-Os", "-flto"), "lto"
        yield "arduino", LARGE, ("-Os",), "large"
        yield "old", SERIAL, ("-Os",), "serial"
        yield "old", LARGE, ("-Os",), "large"


def run(command, folder, may_say=None):
    """A command that succeeds and says nothing, or only lines with `may_say`, which it must."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    if done.returncode or bool(said) != bool(may_say) or (may_say and may_say not in said):
        sys.exit(f"exit code {done.returncode}: {' '.join(map(str, command))}\n{said}")


def properties_of(path):
    """The fields of a library.properties."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def ldflags(board):
    """{compiler.libraries.ldflags}: of a library with `precompiled`, if the folder of this core has
    a file (builder/libraries.go, compileLibrary)."""
    fields = properties_of(ROOT / "library.properties")
    folder = ROOT / "src" / board.mcu
    if fields.get("precompiled") not in ("true", "full") or not folder.is_dir():
        return []
    if not any(path.is_file() for path in folder.iterdir()):
        return []
    return [f"-L{folder}", *fields.get("ldflags", "").split()]


def chosen(source_filter):
    """The files of src/ that PlatformIO's srcFilter leaves, in order."""
    files = set()
    for sign, pattern in re.findall(r"([+-])<([^>]*)>", " ".join(source_filter)):
        found = {path for path in (ROOT / "src").rglob(pattern) if path.suffix == ".c"}
        files = files | found if sign == "+" else files - found
    return sorted(files)


class Build:
    """One board's objects and images. Objects are made once for all images with the same flags."""

    def __init__(self, name, folder):
        self.name, self.board, self.folder = name, BOARDS[name], folder
        self.machine = [f"-mcpu={self.board.mcu}", "-mthumb", *self.board.float_flags]
        self.made = {}

    def compile(self, files, optimisation):
        """The objects of these files."""
        objects = []
        for language in (".c", ".cpp", ".ino", ".S"):
            some = tuple(path for path in files if path.suffix == language)
            if some and (some, optimisation) not in self.made:
                self.made[some, optimisation] = self._compile(some, language, optimisation)
            objects += self.made.get((some, optimisation), [])
        return objects

    def _compile(self, files, language, optimisation):
        cpp = language in (".cpp", ".ino")
        work = self.folder / "objects" / self.name / f"{len(self.made)}"
        work.mkdir(parents=True, exist_ok=True)
        command = ["arm-none-eabi-g++" if cpp else "arm-none-eabi-gcc", "-c",
                   *self.machine, "-DARDUINO=10607", "-DARDUINO_ARCH_STM32", "-DVECT_TAB_OFFSET=0x0",
                   f"-D{self.board.part}", f"-I{HERE / 'boards' / self.name}", f"-I{HERE / 'core'}",
                   f"-I{HERE / 'wrapper'}", f"-I{ROOT / 'src'}", "-DNDEBUG"]
        if files == (TOUCH,):  # Tools > USB support
            command += ["-DUSBCON", "-DUSBD_USE_CDC"]
        if language != ".S":
            command += [*optimisation, "-Wall", "-Wextra", "-ffunction-sections",
                        "-fdata-sections", "-ffreestanding", "--param", "max-inline-insns-single=500"]
        if cpp:
            command += ["-std=gnu++17", "-fno-threadsafe-statics", "-fno-rtti", "-fno-exceptions",
                        "-fno-use-cxa-atexit"]
        if language == ".ino":  # C++ that includes Arduino.h without saying so
            command += ["-xc++", "-include", "Arduino.h"]
        run([*command, *files], work)
        return [work / f"{path.stem}.o" for path in files]

    def archive(self, name, folder, optimisation):
        """An archive of what is in a folder beside this script, or an empty one."""
        files = sorted((HERE / folder).glob("*.[cS]*")) if folder else []
        path = self.folder / "objects" / self.name / "-".join([*optimisation, name])
        if path not in self.made:
            objects = self.compile(files, optimisation)
            path.unlink(missing_ok=True)
            run(["arm-none-eabi-gcc-ar", "rcs", path, *objects], self.folder)
            self.made[path] = True
        return path

    def libraries(self):
        """-L of a folder with a C library."""
        path = self.archive("libc.a", "libc", ("-Os",))
        for name in ("libc.a", "libm.a", "libstdc++.a"):
            source = path if name == "libc.a" else self.archive(name, None, ("-Os",))
            path.with_name(name).write_bytes(source.read_bytes())
        return f"-L{path.parent}"

    def flags(self):
        """What both builders pass to the linker."""
        board = self.board
        return ["-nostdlib", self.libraries(), "-Wl,--check-sections", "-Wl,--entry=Reset_Handler",
                "-Wl,--unresolved-symbols=report-all", "-Wl,--warn-common",
                "-Wl,--defsym=LD_FLASH_OFFSET=0x0", f"-Wl,--defsym=LD_MAX_SIZE={board.flash}",
                f"-Wl,--defsym=LD_MAX_DATA_SIZE={board.ram}",
                f"-Wl,--defsym=ld_ram={board.ram_start}"]

    def link(self, builder, sketch, optimisation, label):
        """One image."""
        mine = self.compile([sketch], optimisation)
        wrapper = self.compile(sorted((HERE / "wrapper").glob("*.c")), optimisation)
        core = self.archive("core.a", "core", optimisation)
        variant, first = HERE / "boards/variant.ld", HERE / "boards/noinit.ld"
        image = self.folder / f"{builder}-{label}-{self.name}.elf"
        if builder == "platformio":
            manifest = json.loads((ROOT / "library.json").read_text(encoding="utf-8"))["build"]
            library = self.compile(chosen(manifest["srcFilter"]), optimisation)
            if manifest.get("libArchive", True):
                sys.exit("library.json: this script links objects, as for libArchive false")
            command = ["arm-none-eabi-g++", "-o", image, "-T", first, *manifest.get("flags", []),
                       *self.machine, *optimisation, "-Wl,--gc-sections,--relax", *self.flags(),
                       "-Wl,--default-script", f"{variant}", *wrapper, *library, *mine,
                       f"-L{self.folder}", "-Wl,--start-group", core, "-lc", "-lm", "-lgcc",
                       "-lstdc++", "-Wl,--end-group"]
        else:
            library = self.compile(sorted(path for path in (ROOT / "src").rglob("*")
                                          if path.suffix in SOURCES), optimisation)
            command = ["arm-none-eabi-gcc", *self.machine, *optimisation, "-Wl,--cref",
                       "-Wl,--gc-sections", *self.flags(), f"-Wl,--default-script={variant}",
                       f"-Wl,--script={first}", f"-Wl,-Map,{image}.map",
                       "-Wl,--no-warn-rwx-segments", "-o", image, f"-L{self.folder}",
                       "-Wl,--start-group", *mine, *library, *wrapper,
                       *([] if builder == "old" else ldflags(self.board)), core, "-lc",
                       "-Wl,--end-group", "-lm", "-lgcc", "-lstdc++"]
        run(command, self.folder, "no --wrap=SystemInit" if builder == "old" else None)


def main(name, folder):
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    build = Build(name, folder)
    for one in links(name):
        build.link(*one)


if __name__ == "__main__":
    main(*sys.argv[1:])
