# lengths.py: hand-written files have at most 400 lines, their functions at most 40.
# SPDX-License-Identifier: MIT
"""C, Python, shell and CMake. A function counts from its first line to its last: declarator, name
or decorator to the end of the body.

In C it is what lies between a line "{" and the next line "}", both in column 1, and the
declarator above it. That is exact for this project because lint.format enforces the layout:
braces of everything else open at the end of a line or are indented. In shell it ends at the first
line that closes it in the column in which its name stands, in CMake at endfunction() or endmacro().
"""
import ast
import re

from sources import C_SUFFIXES, hand_written, report, root

FILE_LINES = 400
FUNCTION_LINES = 40


def c_functions(text):
    """(first line, last line), counted from 1, of each function."""
    lines = text.splitlines()
    first = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            first = number
            # Back to where the declarator begins: after a blank line, a comment, a statement.
            while first > 1 and lines[first - 2].strip() and not lines[first - 2].startswith(
                    ("//", "#", "}", "*/")) and not lines[first - 2].endswith(";"):
                first -= 1
        elif line == "}" and first:
            yield first, number
            first = None


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield first, node.end_lineno


SHELL_BEGIN = re.compile(r"( *)(?:function +[\w-]+(?: *\( *\))?|[\w-]+ *\( *\)) *[{(]? *(?:#.*)?")


def shell_functions(text):
    first = None
    for number, line in enumerate(text.splitlines(), 1):
        begin = SHELL_BEGIN.fullmatch(line)
        if begin and not first:
            first, ends = number, (begin[1] + "}", begin[1] + ")")
        elif first and line.rstrip().startswith(ends):
            yield first, number
            first = None


def cmake_functions(text):
    first = None
    for number, line in enumerate(text.splitlines(), 1):
        words = re.match(r"\s*(end)?(?:function|macro)\s*\(", line, re.IGNORECASE)
        if words and not words[1]:
            first = number
        elif words and first:
            yield first, number
            first = None


def language(path, text):
    """What finds the functions of this file; None for a file that nobody measures."""
    if path.suffix in C_SUFFIXES:
        return c_functions
    if path.suffix == ".py":
        return python_functions
    if path.suffix == ".cmake" or path.name == "CMakeLists.txt":
        return cmake_functions
    interpreter = text.split("\n", 1)[0]
    if path.suffix == ".sh" or re.match(r"#!.*\b(ba|da)?sh\b", interpreter):
        return shell_functions
    return python_functions if re.match(r"#!.*\bpython", interpreter) else None


def too_long(path, text):
    functions = language(path, text)
    if not functions:
        return
    length = len(text.splitlines())
    if length > FILE_LINES:
        yield path, length, f"{length} lines, {FILE_LINES} are allowed"
    for first, last in functions(text):
        if last - first + 1 > FUNCTION_LINES:
            yield (path, first, f"a function of {last - first + 1} lines, "
                                f"{FUNCTION_LINES} are allowed")


report([finding for path, text in hand_written(root()) for finding in too_long(path, text)])
