# stage_site.py: copies the documents, and the files that they link to, to where mkdocs reads them.
# SPDX-License-Identifier: MIT
"""stage_site.py FOLDER

Links of a document may lead anywhere in the project. So the copy keeps the project's folders, and
a link to a folder gets a page that lists it.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/*.md", "docs/**/*.md")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def tracked():
    """The project's files: those that git has, and new ones that it does not ignore."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True,
                            capture_output=True, check=True)
    return [Path(line) for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def targets(page):
    """The files and folders that a page links to, from the project's folder."""
    text = FENCE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    for link in LINK.findall(text):
        if "://" not in link and not link.startswith("mailto:"):
            yield (ROOT / page.parent / link).resolve().relative_to(ROOT)


def list_folder(folder, files):
    """A page for a folder that has none of its own."""
    lines = [f"# {folder}/", ""]
    lines += [f"- `{file.relative_to(folder)}`" for file in files if folder in file.parents]
    return "\n".join(lines) + "\n"


def stage(to):
    files = tracked()
    queue = [file for file in files if any(file.match(page) for page in PAGES)
             if len(file.parts) == 1 or file.parts[0] == "docs"]
    done = set()
    while queue:
        one = queue.pop()
        if one in done:
            continue
        done.add(one)
        place = to / one
        if (ROOT / one).is_dir():
            if one / "README.md" in files:
                queue.append(one / "README.md")
                continue
            place = place / "index.md"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(list_folder(one, files), encoding="utf-8")
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / one, place)
        if one.suffix == ".md":
            queue += targets(one)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    stage(Path(sys.argv[1]))
