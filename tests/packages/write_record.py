# write_record.py: writes docs/packages.md from what script/packages has left in its folder.
# SPDX-License-Identifier: MIT
"""write_record.py FOLDER SUITE...; the page goes to stdout."""
import datetime
import re
import subprocess
import sys
from pathlib import Path

folder, suites = Path(sys.argv[1]), sys.argv[2:]
NAMES = {"12": "bookworm", "13": "trixie"}


def lines(name):
    return (folder / name).read_text(encoding="utf-8").splitlines()


def field(suite, name):
    deb, = Path("build/packages", suite).glob("*.deb")
    return subprocess.run(["dpkg-deb", "-f", deb, name], capture_output=True, text=True,
                          check=True).stdout.strip()


def print_suite(suite):
    deb, = Path("build/packages", suite).glob("*.deb")
    print(f"\n## Debian {suite} ({NAMES[suite]})\n")
    print(f"`{deb.name}`: {deb.stat().st_size / 1e6:.1f} MB, {int(field(suite, 'Installed-Size')) / 1e3:.1f} "
          f"MB installed. Building, installing and trying took {lines(f'seconds-{suite}')[0]} s.\n")
    print(f"Depends: {field(suite, 'Depends')}\n")
    print("| check | result | what it said |\n|---|---|---|")
    for line in lines(f"checks-{suite}"):
        result, rest = line.split(" ", 1)
        what, said = rest.split(": ", 1)
        said = said.replace("|", "\\|").strip()
        print(f"| {what} | {result} | `{said}` |")
    tags = lines(f"lintian-{suite}")
    errors = [tag for tag in tags if tag.startswith("E:")]
    warnings = [tag for tag in tags if tag.startswith("W:")]
    print(f"\nlintian: {len(errors)} errors, {len(warnings)} warnings.")
    if errors + warnings:
        print("\n" + "\n".join(f"- `{tag}`" for tag in errors + warnings))


print(f"""# The Debian package, tried

<!-- written by script/packages --record -->

`script/packages` builds the package of the last commit in one root of Debian's base system, with the
flags of Debian's own packages. It installs the package in another root, in which nothing else is, and
tries it there. The date of this record is {datetime.date.today().isoformat()}.""")
for suite in suites:
    print_suite(suite)
overridden = re.findall(r"bootleap: ([\w-]+) \*", Path("cmake/debian_files.cmake").read_text(encoding="utf-8"))
print(f"\nOverridden, with reasons in `cmake/debian_files.cmake`: {', '.join(overridden)}.")
print("""
## Not run here

- A desktop session that plugs in a board: `uaccess` needs a running systemd-logind.
- Other distributions, and other processors than this one's.""")
