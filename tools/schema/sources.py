# sources.py: says whether a source is exact enough, and lists those of a table.
# SPDX-License-Identifier: MIT
import re

# A source says which document, which issue of it, and where in it: a revision or a commit,
# and a table, section, figure, page or file; or the number of an issue or pull request.
_ISSUE = re.compile(r"#\d+|\bthreads? \d+")
_REVISION = re.compile(r"\bRev\.? ?\d+|\b[0-9a-f]{7,40}\b|\b[vV]?\d+\.\d+\.\d+\b")
_PLACE = re.compile(
    r"\b(Tables?|Sections?|Figures?|pages?|chapters?) [0-9A-Z]"
    r"|\b[\w/-]+\.(h|c|rs|svd|dtsi|rst|toml|py|md|json|cfg|xml)\b"
)


def source_is_vague(source):
    if _ISSUE.search(source):
        return False
    return not (_REVISION.search(source) and _PLACE.search(source))


def sources_of(table):
    """A table's sources as a list: one may be written without brackets."""
    source = table.get("source", [])
    return [source] if isinstance(source, str) else list(source)
