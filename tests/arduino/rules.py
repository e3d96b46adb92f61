# rules.py: the manifests of this repository meet the rules of the two registries.
# SPDX-License-Identifier: MIT
"""rules.py

The rules are typed from arduino-lint f8104a9 (its rules by number, etc/schemas) and from the
documents of arduino-cli 5994c5d and platformio-core 145142e (package/manifest/schema.py). What asks
the network (is the name taken, does the address answer) is not here. Each rule is also shown a
manifest that breaks it."""
import json
import re
import sys
from pathlib import Path

from builders import BOARDS, ROOT, properties_of

SEMVER = r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?"
NAME = r"([a-zA-Z][a-zA-Z0-9 _.\-]*)|([0-9][a-zA-Z0-9 _.\-]*[a-zA-Z][a-zA-Z0-9 _.\-]*)"
CATEGORIES = {"Display", "Communication", "Signal Input/Output", "Sensors", "Device Control",
              "Timing", "Data Storage", "Data Processing", "Other"}
REQUIRED = ["name", "version", "author", "maintainer", "sentence", "paragraph", "category", "url",
            "architectures"]
OPTIONAL = ["depends", "includes", "dot_a_linkage", "precompiled", "ldflags"]
SUFFIXES = {".ino", ".c", ".cpp", ".S", ".h", ".hpp", ".hh"}
PATHS = ("library.json", "library.properties", "keywords.txt", "README.md", "LICENSE")


def broken_properties(fields, files):
    """The numbers of the rules that these fields of a library.properties break."""
    def has(name, pattern):
        return re.search(pattern, fields.get(name, ""), re.IGNORECASE) is not None

    name, includes = fields.get("name", ""), fields.get("includes")
    rules = {
        "LP006": not set(fields) <= {*REQUIRED, *OPTIONAL},
        "LP007 and others": any(not fields.get(one) for one in REQUIRED),
        "LP009": len(name) > 63, "LP010": len(name) > 32, "LP011": not re.fullmatch(NAME, name),
        "LP012": has("name", "^arduino"), "LP014": has("name", ".arduino"), "LP015": " " in name,
        "LP016": has("name", "library"),
        "LP021": not re.fullmatch(SEMVER, fields.get("version", "")),
        "LP027": has("maintainer", "arduino"),
        "LP036": fields.get("sentence", " ") in fields.get("paragraph", ""),
        "LP038": fields.get("category") not in CATEGORIES,
        "LP042": not has("url", r"^https?://[\w.-]+(/\S*)?$"),
        "LP046": fields.get("architectures", "") != fields.get("architectures", "").lower(),
        "LP049": fields.get("dot_a_linkage", "true") not in ("true", "false"),
        "LP051": includes == "",
        "LP052": any(one.strip() not in files for one in (includes or "").split(",") if includes),
        "LP053": fields.get("precompiled", "true") not in ("true", "full", "false"),
        "LP055": len(fields.get("ldflags", "-lx")) < 3,
        "LS008": f"{name}.h" not in files,
    }
    return [rule for rule, broken in rules.items() if broken]


BREAKS = [
    ("LP006", {"ldflag": "-lx"}), ("LP007 and others", {"url": ""}), ("LP010", {"name": "b" * 33}),
    ("LP009", {"name": "b" * 64}), ("LP011", {"name": "boot/leap"}), ("LP012", {"name": "ArduinoB"}),
    ("LP014", {"name": "b_arduino"}), ("LP015", {"name": "boot leap"}),
    ("LP016", {"name": "LeapLibrary"}), ("LP021", {"version": "1.0"}),
    ("LP027", {"maintainer": "Arduino"}), ("LP036", {"paragraph": "S", "sentence": "S"}),
    ("LP038", {"category": "Devices"}), ("LP042", {"url": "bootleap"}),
    ("LP046", {"architectures": "STM32"}), ("LP049", {"dot_a_linkage": "no"}),
    ("LP051", {"includes": ""}), ("LP052", {"includes": "boot.h"}),
    ("LP053", {"precompiled": "yes"}), ("LP055", {"ldflags": "-l"}), ("LS008", {"name": "leap"}),
]


def check_properties():
    """library.properties, and that each rule sees what breaks it."""
    fields = properties_of(ROOT / "library.properties")
    files = {path.name for path in (ROOT / "src").iterdir()}
    for rule, change in BREAKS:
        if rule not in broken_properties({**fields, **change}, files):
            yield f"rules.py: {rule} does not see {change}"
    for rule in broken_properties(fields, files):
        yield f"library.properties: {rule}"
    if fields.get("precompiled") == "full":
        yield "library.properties: with precompiled=full the sources would not be compiled"


def check_folders():
    """What lies where: LS001 to LS012, LD001 to LD006, SS001 to SS005."""
    top = [path for path in ROOT.iterdir() if path.name not in (".git", "build")]
    paths = [*top, *(path for folder in top for path in folder.rglob("*"))]
    names = {path.name for path in ROOT.iterdir()}
    if any(path.is_symlink() for path in paths):
        yield "LS005: a symbolic link"
    if any(path.suffix.lower() == ".exe" for path in paths):
        yield "LS007: a file .exe"
    if names & {".development", ".gitmodules"} or not {"src", "examples", *PATHS} <= names:
        yield "LS004, LS006, LS009, LD001, LD002: what must be in the root, and what must not"
    if sum(path.name == "library.properties" for path in paths) != 1:
        yield "LP004: a second library.properties"
    if any(path.is_dir() and path.name.lower() in ("utility", "extra", "example", "exampel")
           for path in (*ROOT.iterdir(), *(ROOT / "src").iterdir())):
        yield "LS010, LS011, LD005: a folder whose name means something else"
    sketches = [path for path in paths if path.suffix in (".ino", ".pde")]
    for path in sketches:
        inside = path.relative_to(ROOT).parts
        good = all(re.fullmatch(r"\w[\w.-]*", part) for part in inside[1:])
        if inside[0] != "examples" or path.stem != path.parent.name or path.suffix != ".ino" \
                or not good or len(path.stem) > 63:
            yield f"{path}: LD003, SS001 to SS005"
    if len(sketches) < 2:
        yield "LD004: no examples"
    for path in paths:
        if path.suffix in SUFFIXES and path.is_file() and re.search(
                rb'^\s*#\s*include\s*["<](a(?i:rduino)|ARDUINO)\.[hH]', path.read_bytes(), re.M):
            yield f"{path}: LC001: Arduino.h in another case"


def check_wrap():
    """The flag reaches the linker on every core that STM32duino has boards with."""
    cores = {"cortex-m0", *(board.mcu for board in BOARDS.values())}
    fields = properties_of(ROOT / "library.properties")
    flags = json.loads((ROOT / "library.json").read_text(encoding="utf-8"))["build"].get("flags", [])
    if fields.get("ldflags") != " ".join(flags):
        yield "library.properties and library.json do not give the linker the same flags"
    for core in sorted(cores):
        files = [path for path in (ROOT / "src" / core).glob("*") if path.is_file()]
        if len(files) != 1 or files[0].suffix in SUFFIXES:
            yield f"src/{core} must hold one file, and no code"


def check_keywords():
    """keywords.txt: a word, one tab, a kind; each word is in a header."""
    headers = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").glob("*.h"))
    lines = (ROOT / "keywords.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        match = re.fullmatch(r"(\w+)\t(KEYWORD[123]|LITERAL[12])", line)
        if line and line[0] != "#" and (not match or not re.search(rf"\b{match[1]}\b", headers)):
            yield f"keywords.txt:{number}: {line!r}"


def broken_manifest(one):
    """The fields of a library.json that break PlatformIO's schema."""
    def texts(name, pattern, most):
        values = one.get(name, [])
        values = values.split(",") if isinstance(values, str) else values
        return any(not re.fullmatch(pattern, value.strip()) or len(value) > most for value in values)

    address = r"https?://[\w.-]+/\S+"
    rules = {
        "name": not re.fullmatch(r"[^:;/,@<>]{1,100}", one.get("name", "")),
        "version": not re.fullmatch(SEMVER, one.get("version", "")) or len(one["version"]) > 50,
        "description": not 1 <= len(one.get("description", "")) <= 1000,
        "keywords": texts("keywords", r"[a-z\d\-_+. ]+", 50) or not one.get("keywords"),
        "platforms": texts("platforms", r"[a-z\d\-_]+|\*", 50),
        "frameworks": texts("frameworks", r"[a-z\d\-_]+|\*", 50),
        "homepage": not re.fullmatch(address, one.get("homepage", "https://a.b/c")),
        "repository": one.get("repository", {}).get("type") not in ("git", "hg", "svn"),
        "authors": any(not author.get("name") for author in one.get("authors", [])),
        "license": one.get("license") != "MIT",
        "examples": any(not re.fullmatch(r"[a-zA-Z\d\-_/. ]+", example["name"])
                        for example in one.get("examples", [])),
    }
    return [rule for rule, broken in rules.items() if broken]


def check_manifest():
    """library.json: the schema, and that the files that it names are there."""
    one = json.loads((ROOT / "library.json").read_text(encoding="utf-8"))
    for name, value in [("name", "boot:leap"), ("version", "1"), ("description", ""),
                        ("keywords", ["DFU"]), ("platforms", "ST"), ("frameworks", ["*", "A"]),
                        ("homepage", "x"), ("repository", {"type": "zip"}), ("authors", [{}]),
                        ("license", "mit"), ("examples", [{"name": "a?"}])]:
        if broken_manifest({**one, name: value}) != [name]:
            yield f"rules.py: {name} does not see {value}"
    yield from (f"library.json: {name}" for name in broken_manifest(one))
    named = [*one["export"]["include"], *(f"src/{header}" for header in one["headers"])]
    for example in one["examples"]:
        named += [f"{example['base']}/{file}" for file in example["files"]]
    yield from (f"library.json: {path} is not there" for path in named if not (ROOT / path).exists())
    fields = properties_of(ROOT / "library.properties")
    if (one["name"], one["version"]) != (fields["name"], fields["version"]):
        yield "library.json and library.properties differ in name or version"


def main():
    assert Path(ROOT / "library.json").is_file()
    checks = (check_properties, check_folders, check_wrap, check_keywords, check_manifest)
    findings = [finding for check in checks for finding in check()]
    print("\n".join(map(str, findings)) or f"{len(BREAKS)} rules and folders: nothing found")
    return 1 if findings else 0


sys.exit(main())
