# questions.py: asks `bootleap` one question a process, or hundreds of them in one process.
# SPDX-License-Identifier: MIT
import subprocess
import sys

RS = "\x1e"


def check(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")


def finish(case):
    """Runs a case, which fails by check()."""
    case()
    print(f"{case.__name__}: {case.__doc__}")


class Answer:
    """What one command line came to."""

    def __init__(self, words, out, code, message):
        self.words, self.out, self.code, self.message = words, out, code, message
        self.lines = out.splitlines()

    def expect(self, code, *texts):
        """The exit code, and a message of one line with these texts; none where all went well."""
        line = f"bootleap {' '.join(self.words)}"
        check(self.code == code, f"{line}: exit code {self.code} instead of {code}: {self.message}")
        lines = self.message.count("\n") if code else len(self.message)
        check(lines == (1 if code else 0), f"{line}: stderr is {self.message!r}")
        for text in texts:
            check(text in self.message, f"{line}: {self.message!r} lacks {text!r}")
        return self


class Answers:
    """The tool, and the program that runs many of its command lines in one process (batch.c)."""

    def __init__(self, tool, batch):
        self.tool, self.batch = tool, batch

    def run(self, *words, code=0):
        done = subprocess.run([self.tool, *words], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL)
        return Answer(words, done.stdout, done.returncode, done.stderr).expect(code)

    def ask(self, questions):
        questions = list(questions)
        lines = "".join("\t".join(words) + "\n" for words in questions)
        done = subprocess.run([self.batch], input=lines, capture_output=True, text=True, check=True)
        fields = done.stdout.split(RS)
        check(len(fields) == 3 * len(questions) + 1, f"{len(questions)} questions, other answers")
        # The newline behind an answer comes before what the next one prints.
        return [Answer(words, fields[3 * i][bool(i):], int(fields[3 * i + 1]), fields[3 * i + 2])
                for i, words in enumerate(questions)]
