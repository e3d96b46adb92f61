# trial.py: runs bootleap-check on a file, and looks at what every run must keep to.
# SPDX-License-Identifier: MIT
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

MEMORY_MIB, SECONDS = 200, 5
ONE_LINE = re.compile(r"bootleap-check: [^\n]+\. Try: [^\n]+\n")


class Done:
    def __init__(self, code, output, error, usage):
        self.code, self.output, self.error = code, output, error
        self.seconds, self.mib = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def run(*command):
    """The processor time and memory of this process alone, with that of its own children."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as error:
        with subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=output,
                              stderr=error) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (output, error):
            file.seek(0)
            texts.append(file.read().decode("utf-8"))
        return Done(process.returncode, *texts, usage)


class Trial(unittest.TestCase):
    """trial CHECK SLOWER: SLOWER is how many times as long a run may take in a slow build, which has no
    limit of memory."""

    check, slower = sys.argv[1], float(sys.argv[2])

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.addCleanup(self.folder.cleanup)

    def file(self, content, name="a.elf"):
        path = Path(self.folder.name, name)
        path.write_bytes(content)
        return path

    def look(self, path, *options):
        """Runs it: the time, the memory, and nothing but its output."""
        before = sorted(os.listdir(self.folder.name))
        done = run(self.check, path, *options)
        self.assertIn(done.code, (0, 2, 7), (path, options, done.error[-2000:]))
        self.assertLess(done.seconds, SECONDS * self.slower, (path, options))
        if self.slower == 1:
            self.assertLess(done.mib, MEMORY_MIB, (path, options))
        self.assertEqual(sorted(os.listdir(self.folder.name)), before)
        if done.code == 2:
            self.assertRegex(done.error, ONE_LINE)
            self.assertEqual(done.error.count("\n"), 1, done.error)
        else:
            self.assertEqual(done.error, "")
        return done

    def refused(self, pattern, content, *options):
        path = content if isinstance(content, Path) else self.file(content)
        done = self.look(path, *options)
        self.assertEqual((done.code, done.output), (2, ""), done.output)
        self.assertRegex(done.error, pattern)
        self.assertIn(str(path), done.error)

    def report(self, content, *options):
        """What is found in it, as JSON."""
        done = self.look(self.file(content), "--json", *options)
        self.assertIn(done.code, (0, 7))
        return json.loads(done.output)


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
