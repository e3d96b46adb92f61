# licences.py: each file says its licence, or REUSE.toml says it for the file.
# SPDX-License-Identifier: MIT
"""A line with the SPDX identifier is among the first ten. Files that cannot hold one are listed in
REUSE.toml, whose format is that of https://reuse.software (version 1). An entry that fits no file
is a finding, too: it would hide the next file that takes the name."""
import re
import tomllib

from sources import all_files, report, root

LINE = "SPDX-License-Identifier: MIT"
FIRST_LINES = 10


def pattern_of(path):
    """The regular expression of a path of REUSE.toml: * stays in a folder, ** does not."""
    words = re.split(r"(\*\*|\*)", path)
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(word, re.escape(word)) for word in words))


def read_entries(project):
    """[(path, its regular expression)] of REUSE.toml; all of it is under one licence."""
    listed = project / "REUSE.toml"
    entries = []
    for entry in tomllib.loads(listed.read_text(encoding="utf-8"))["annotations"]:
        paths = entry["path"] if isinstance(entry["path"], list) else [entry["path"]]
        if entry["SPDX-License-Identifier"] == "MIT":
            entries += [(path, pattern_of(path)) for path in paths]
    return entries


def main():
    project = root()
    entries = read_entries(project)
    used, findings = set(), []
    for path, text in all_files(project):
        fits = [entry for entry, pattern in entries if pattern.fullmatch(path.as_posix())]
        used.update(fits)
        if not fits and not any(LINE in line for line in text.splitlines()[:FIRST_LINES]):
            findings.append((path, 1, f'no line "{LINE}", and REUSE.toml does not list the file'))
    findings += [("REUSE.toml", 1, f"{entry} fits no file") for entry, _ in entries if entry not in used]
    report(findings)


main()
