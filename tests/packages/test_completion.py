# test_completion.py: shells complete what --help lists, no less and no more.
# SPDX-License-Identifier: MIT
"""The function for bash is called as bash calls it, without the package bash-completion; one line is
typed into a real bash on a terminal. Of zsh's the text is compared: script/packages runs it."""
import json
import os
import pty
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = HERE.parents[1] / "host/ask/peers"
BUILD = Path(sys.argv.pop(1)).resolve()
PROGRAMS = {"bootleap": "_bootleap", "bootleap-check": "_bootleap_check", "bootleap-sim": "_bootleap_sim"}
WITH_VERBS = ("bootleap", "bootleap-sim")
OPTION = re.compile(r"^  (--[\w-]+)", re.MULTILINE)
BREAKS = re.compile(r"([:=]+)")  # of COMP_WORDBREAKS, as far as words of ours hold them


def say(*words):
    return subprocess.run([str(BUILD / words[0]), *words[1:]], capture_output=True, text=True,
                          check=True).stdout


def verbs(program):
    return re.findall(r"^  ([a-z][a-z-]+)  ", say(program, "--help"), re.MULTILINE)


class Bash:
    """What bash offers for the last of some words."""

    def __init__(self, program):
        self.program = program

    def offers(self, *lines):
        """A list for each line, which is a tuple of words; the program's name is added."""
        asked = []
        for line in lines:
            words = [str(BUILD / self.program)]
            for word in line:
                parts = [part for part in BREAKS.split(word) if part]
                words += parts or [""]
            asked.append("\x1f".join(words) + "\n")
        done = subprocess.run(
            ["bash", "--norc", HERE / "bash_driver.sh", BUILD / f"manual/{self.program}.bash",
             PROGRAMS[self.program]], input="".join(asked), capture_output=True, text=True, check=True)
        answers = [line.split("\x1f") if line else [] for line in done.stdout.split("\n")[:-1]]
        assert len(answers) == len(lines) and not done.stderr, done.stdout + done.stderr
        return answers


class Completion(unittest.TestCase):
    def test_each_verb_is_offered(self):
        for program in WITH_VERBS:
            offered, = Bash(program).offers(("",))
            self.assertEqual(sorted(offered), sorted([*verbs(program), "--help", "--version"]))

    def test_options_are_those_of_help(self):
        for program in WITH_VERBS:
            names = verbs(program)
            for verb, offered in zip(names, Bash(program).offers(*((verb, "--") for verb in names))):
                listed = set(OPTION.findall(say(program, verb, "--help")))
                self.assertEqual(set(offered), listed | {"--help"}, f"{program} {verb}")

    def test_zsh_has_the_same_options(self):
        for program in WITH_VERBS:
            text = (BUILD / f"manual/_{program}").read_text(encoding="utf-8")
            for verb in verbs(program):
                part = re.search(rf"^        {verb}\)\n(.*?);;$", text, re.MULTILINE | re.DOTALL)[1]
                listed = set(OPTION.findall(say(program, verb, "--help")))
                found = set(re.findall(r"'(--[a-z0-9-]*[a-z0-9])", part))
                self.assertEqual(found, listed | {"--help"}, f"{program} {verb}")

    def test_a_program_without_verbs(self):
        listed = {*OPTION.findall(say("bootleap-check", "--help")), "--help", "--version"}
        bash = Bash("bootleap-check")
        first, later, rule, accepted, device, name = bash.offers(
            ("--",), ("a.elf", "--"), ("--explain=E",), ("a.elf", "--accept", ""),
            ("--device", "h72"), (f"{BUILD}/bootleap-chec",))
        self.assertEqual([set(first), set(later)], [listed] * 2)
        self.assertEqual(rule, [f"E{number}" for number in range(1, 10)])
        self.assertEqual([accepted, device], [["no-entry"], ["h723"]])
        self.assertIn(f"{BUILD}/bootleap-check", name)
        text = (BUILD / "manual/_bootleap-check").read_text(encoding="utf-8")
        self.assertEqual(set(re.findall(r"(--[a-z]+)[=\[]", text)), listed)

    def test_values(self):
        ways = ["text", "1200", "dfu", *sorted(path.stem for path in PEERS.glob("*.ask"))]
        self.assertEqual(Bash("bootleap").offers(
            ("flash", "--ask", ""), ("flash", "--ask", "t"), ("enter", "--ask=d"), ("enter", "--ask="),
            ("flash", "--baud", ""), ("go", "--"), ("flash", "a.elf", "--no-go", "--ask", "1")),
            [ways, ["text"], ["dfu"], ways, [],
             ["--baud", "--dtr-rts", "--verbose", "--timeout", "--recover", "--json", "--quiet",
              "--help"],
             ["1200"]])
        self.assertEqual(Bash("bootleap-sim").offers(
            ("run", "--interface", "us"), ("run", "--interface", "usb,c"), ("matrix", "--way", "b"),
            ("matrix", "--digest", "--wa"), ("matrix", "--digest=out")),
            [["usb", "usart"], ["usb,can"], ["both"], ["--way"], ["outcome"]])

    def test_device_names_are_those_of_the_table(self):
        names = {name for device in json.loads(say("bootleap", "devices", "--json"))["devices"]
                 for name in (device["slug"], *device["parts"])}
        at_option, at_argument, few = Bash("bootleap").offers(
            ("flash", "--device", ""), ("pins", ""), ("info", "--device", "STM32H72"))
        self.assertEqual(set(at_option), names)
        self.assertEqual(set(at_argument), names)
        self.assertEqual(set(few), {name for name in names if name.startswith("STM32H72")})
        runs = {line.split()[0] for line in say("bootleap-sim", "devices").splitlines()[:-1]
                if " not run: " not in line}
        offered, = Bash("bootleap-sim").offers(("run", "--device", ""))
        self.assertEqual({name for name in offered if not name.startswith("STM32")}, runs)

    def test_files_and_ports(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "with blank.elf").touch()
            Path(folder, "sub").mkdir()
            file, option, directory, port, again = Bash("bootleap").offers(
                ("flash", f"{folder}/w"), ("flash", "--no-go", f"{folder}/w"), ("list", f"{folder}/w"),
                ("flash", "a.elf", "/dev/nul"), ("flash", "--rom-port", "/dev/nul"))
            self.assertEqual([file, option, directory], [[f"{folder}/with blank.elf"]] * 2 + [[]])
            self.assertEqual([port, again], [["/dev/null"]] * 2)
            self.assertEqual(Bash("bootleap-sim").offers(("matrix", f"{folder}/"),
                                                         ("run", f"{folder}/s")),
                             [[f"{folder}/sub"]] * 2)

    def test_typed_into_bash(self):
        leader, terminal = pty.openpty()
        environment = {**os.environ, "PATH": f"{BUILD}:{os.environ['PATH']}", "PS1": "", "TERM": "dumb"}
        with subprocess.Popen(["bash", "--norc", "--noprofile", "-i"], stdin=terminal, stdout=terminal,
                              stderr=terminal, env=environment, start_new_session=True) as bash:
            os.close(terminal)
            os.write(leader, f"bind 'set enable-bracketed-paste off'; . {BUILD}/manual/bootleap.bash\n"
                     "bootleap() { printf '<%s>' \"$@\"; }\n"
                     "bootleap fl\ta.elf --ask=df\t --onl\t--rom-port /dev/nul\t; exit\n".encode())
            said = b""
            while True:
                try:
                    said += os.read(leader, 4096)
                except OSError:  # bash has ended
                    break
        os.close(leader)
        self.assertIn(b"<flash><a.elf><--ask=dfu><--only-flash><--rom-port></dev/null>", said)


unittest.main()
