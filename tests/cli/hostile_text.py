# hostile_text.py: no control character of a name, a file or a process reaches stdout or stderr.
# SPDX-License-Identifier: MIT
"""hostile_text.py BOOTLEAP FAKE_ROM

ESC, a line end, DEL, C1 as a byte (0x9B) and as UTF-8 (C2 9B) stand in names of files, of ports and of
verbs, in an ELF's symbols, and in the name of the process that has the port. Text and JSON have them
in a form that no terminal obeys; a name that is not UTF-8 is still read."""
import json
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from chips import G0B1, fake_chip

HERE = Path(__file__).resolve().parent
NASTY = b"\x1b]0;x\x07\n\r\x7f\x9b31m\xc2\x9b1m\xff\xc3\xa4"
AS_JSON = "\x1b]0;x\x07\n\r\x7f\\x9B31m\u009b1m\\xFF\u00e4"
LINE_ENDS = {0x0A}


def raw_controls(output):
    """Bytes that a terminal obeys, but for the ends of lines."""
    text = output.decode("utf-8", "surrogateescape")
    return [hex(ord(one)) for one in text
            if (ord(one) < 0x20 and ord(one) not in LINE_ENDS) or 0x7F <= ord(one) <= 0x9F
            or 0xDC80 <= ord(one) <= 0xDC9F]


class Tool:
    def __init__(self, program):
        self.program, self.wrong = program, []

    def run(self, *arguments, code=None):
        done = subprocess.run([self.program, *arguments], capture_output=True, check=False,
                              stdin=subprocess.DEVNULL)
        found = raw_controls(done.stdout) + raw_controls(done.stderr)
        if found:
            self.wrong.append(f"{arguments}: {found} in {done.stdout}{done.stderr}")
        if code is not None and done.returncode != code:
            self.wrong.append(f"{arguments}: exit code {done.returncode}: {done.stderr}")
        return done

    def both(self, *arguments, code=None):
        """As text, then as JSON, which is returned."""
        text = self.run(*arguments, code=code)
        if text.stderr.count(b"\n") > 1:
            self.wrong.append(f"{arguments}: more than one line: {text.stderr}")
        done = self.run(*arguments, "--json", code=code)
        try:
            return json.loads(done.stdout)
        except ValueError:
            self.wrong.append(f"{arguments}: no JSON: {done.stdout}")
            return {}

    def same(self, what, found, wanted):
        if found != wanted:
            self.wrong.append(f"{what}: {found!r} instead of {wanted!r}")


def words(tool):
    """What is typed."""
    tool.same("verb", tool.both(NASTY, code=2).get("verb"), AS_JSON)
    for verb in (b"info", b"enter", b"wait", b"go", b"reset", b"doctor"):
        more = (b"--limit", b"1") if verb == b"wait" else ()
        report = tool.both(verb, b"/nowhere/" + NASTY, *more)
        if AS_JSON not in report.get("error", {}).get("what", ""):
            tool.wrong.append(f"{verb}: {report}")
    tool.both(b"devices", NASTY, code=2)
    tool.both(b"info", b"--" + NASTY, code=2)
    tool.both(b"flash", b"/nowhere/" + NASTY, code=2)
    tool.both(b"example", b"--device", NASTY, b"/nowhere", code=2)


def files(tool, folder, port):
    """A file, and a port, of such a name."""
    name, link = os.path.join(os.fsencode(folder), NASTY), os.path.join(os.fsencode(folder), b"p" + NASTY)
    plain = f"{folder}/app.elf"
    subprocess.run([sys.executable, HERE / "firmware.py", "elf", plain], check=True)
    os.rename(plain, name)
    os.symlink(port, link)
    shown = f"{folder}/{AS_JSON}"
    report = tool.both(b"flash", name, link, b"--no-go", code=0)
    tool.same("file", report.get("file"), shown)
    tool.same("port", report.get("port"), f"{folder}/p{AS_JSON}")
    readable = tool.run(b"flash", name, b"/nowhere").stderr + tool.run(b"verify", name, link).stdout
    if NASTY[-2:] not in readable or b"\xff" not in readable:
        tool.wrong.append(f"the name cannot be read: {readable}")
    for verb in (b"info", b"wait"):
        tool.both(verb, link, code=0)
    tool.both(b"doctor", link)
    tool.both(b"verify", name, link, code=0)
    report = tool.both(b"read", name + b".bin", link, b"--range", b"0x08000000+64", b"--overwrite", code=0)
    tool.same("file", report.get("file"), shown + ".bin")
    tool.both(b"example", b"--device", b"f411", name + b"/x")
    return link


def with_section(elf, name):
    """The ELF with sections: its segment, and one of this name in no segment, of which a note tells."""
    names, at = b"\0" + name + b"\0", len(elf)
    _, offset, address, _, size = struct.unpack_from("<5I", elf, struct.unpack_from("<I", elf, 0x1C)[0])
    sections = ((0,) * 10, (0, 1, 2, address, offset, size, 0, 0, 4, 0),
                (1, 1, 2, address + 0xF000, 0, 4, 0, 0, 4, 0), (0, 3, 0, 0, at, len(names), 0, 0, 1, 0))
    head = bytearray(elf)
    struct.pack_into("<I", head, 0x20, at + len(names))
    struct.pack_into("<3H", head, 0x2E, 40, len(sections), len(sections) - 1)
    return bytes(head) + names + b"".join(struct.pack("<10I", *one) for one in sections)


def elf_texts(tool, folder, port):
    path = Path(folder, "named.elf")
    subprocess.run([sys.executable, HERE / "firmware.py", "elf", path], check=True)
    path.write_bytes(with_section(path.read_bytes(), NASTY))
    report = tool.both(b"flash", os.fsencode(path), os.fsencode(port), b"--no-go", code=0)
    notes = report.get("notes", [])
    if len(notes) != 1 or "\u00e4" not in notes[0]:
        tool.wrong.append(f"notes: {notes}")


def holders(tool):
    """A process of such a name has a port."""
    terminal, line = os.openpty()
    port = os.ttyname(line)
    os.close(line)
    script = f"printf '\\033[2J\\233m\\303\\244' >/proc/$$/comm; exec 9<>'{port}'; flock -n 9; echo; read -r _"
    with subprocess.Popen(["bash", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        report = tool.both(b"doctor", os.fsencode(port), code=1)
        if "?[2J?m\u00e4" not in json.dumps(report, ensure_ascii=False):
            tool.wrong.append(f"the name of the process is missing: {report}")
        tool.both(b"info", os.fsencode(port))
        other.stdin.close()
    os.close(terminal)


def main(bootleap, fake_rom):
    tool = Tool(bootleap)
    with tempfile.TemporaryDirectory() as folder:
        words(tool)
        with fake_chip(fake_rom, f"{folder}/port", *G0B1) as port:
            files(tool, folder, port)
            elf_texts(tool, folder, port)
        holders(tool)
    print("\n".join(tool.wrong) or "none")
    return 1 if tool.wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
