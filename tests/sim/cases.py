#!/usr/bin/env python3
# cases.py: runs a group of cases on the simulator, and says of each whether it is as it must be.
# SPDX-License-Identifier: MIT
"""cases.py SIM FILE [NAME...]   the cases of FILE, or those of them whose name holds a NAME

FILE is made by cmake/cases.cmake, in build/cases. A line is a case: its name, its check, which is a
function of case_checks.py, and what the check takes, with tabs between. A failure is shown with
the command that repeats the run."""
import json
import subprocess
import sys
from pathlib import Path

from case_checks import CHECKS
from simulator import NoResult, Simulator


def load(path, names):
    """[name, check, argument...] of each case."""
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        fields = [field.replace("\\n", "\n").replace("\\\\", "\\") for field in line.split("\t")]
        if not names or any(name in fields[0] for name in names):
            yield fields


def decide(filters):
    """Which of the (jq filter, value) hold, with one jq for all of them: [True, "why not"...]"""
    texts = list(dict.fromkeys(text for text, _ in filters))
    program = "".join(f"def f{i}: {text}\n;" for i, text in enumerate(texts))
    program += ".[0] as $i | .[1] | try (if false then . "
    program += "".join(f"elif $i == {i} then [f{i}] | last " for i in range(len(texts)))
    program += "else error(\"no filter\") end | if . then true else \"does not hold\" end) catch ."
    lines = "\n".join(json.dumps([texts.index(text), value]) for text, value in filters)
    done = subprocess.run(["jq", "-c", program], input=lines, capture_output=True, text=True,
                          check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(filters):
        sys.exit(f"jq: {done.stderr}")
    return answers


def judge_all(simulator, cases):
    """(name, what came of it, what is wrong, the command) of each."""
    told, filters, asked = [], [], []
    for name, check, *words in cases:
        try:
            line, wrong, result, *asks = CHECKS[check](simulator, *words)
        except NoResult as error:
            line, wrong, result, asks = "no result", [str(error)], None, []
        told.append((name, line, wrong, result))
        if asks:
            filters.append(tuple(asks))
            asked.append((wrong, asks[0]))
    for (wrong, text), answer in zip(asked, decide(filters) if filters else []):
        if answer is not True:
            wrong.append(f"{answer}: {' '.join(text.split())}")
    return told


def main(program, path, *names):
    simulator = Simulator(program)
    told = judge_all(simulator, load(path, names))
    failed = [one for one in told if one[2]]
    for name, line, _, _ in told:
        print(f"{name}: {line}")
    for name, line, wrong, result in failed:
        print(f"\nFAILED: {name}: {line}")
        print("".join(f"  {one}\n" for one in wrong), end="")
        if result:
            print(f"  {result.command}")
    print(f"\n{len(told)} cases, {len(simulator.results)} runs, {len(failed)} failed")
    return 1 if failed or not told else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
