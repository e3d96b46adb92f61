# links.py: a link in a document leads to a file of the project, and to a place that is in it.
# SPDX-License-Identifier: MIT
import re
from pathlib import Path, PurePosixPath

from sources import all_files, report, root

LINK = re.compile(r"\]\(([^)\s]*)\)")
HEADING = re.compile(r"^#+ +(.*?) *$", re.MULTILINE)
ANCHOR = re.compile(r'<a id="([^"]+)"')
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def places(text):
    """What a link may name after its #: ids, and headings as GitHub names them."""
    headings = (re.sub(r"[^\w\- ]", "", heading).lower() for heading in HEADING.findall(text))
    return {*ANCHOR.findall(text), *(heading.replace(" ", "-") for heading in headings)}


def problem_with(project, path, link, texts):
    """What is wrong with a link in the document `path`; None if nothing is."""
    name, _, place = link.partition("#")
    if re.match(r"[a-z]+:", name):
        return None  # not ours
    parts = []
    for part in (path.parent / PurePosixPath(name)).parts if name else path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    target = Path(*parts)
    if not (project / target).exists():
        return f"{link}: there is no {target.as_posix()}"
    if place and place not in texts.get(target, ()):
        return f"{link}: {target.as_posix()} has no place of that name"
    return None


project = root()
documents = {path: text for path, text in all_files(project) if path.suffix == ".md"}
known = {path: places(text) for path, text in documents.items()}
findings = []
for path, text in documents.items():
    # Code is no link; its lines still count.
    text = CODE.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(text.splitlines(), 1):
        for link in LINK.findall(line):
            problem = problem_with(project, path, link, known)
            if problem:
                findings.append((path, number, problem))
report(findings)
