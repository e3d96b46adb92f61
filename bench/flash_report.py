# flash_report.py: what the benchmark of `bootleap flash` prints and records, and its targets.
# SPDX-License-Identifier: MIT
import subprocess
from datetime import datetime, timezone

from flash_chip import SECONDS_PER_BYTE

BEGIN = "<!-- script/bench-flash writes from here -->"
END = "<!-- to here -->"
MINIMUM = 1.02  # of the protocol's minimum, everywhere
# By how much times of one program differ from each other on a busy machine.
NOISE = 0.02
# Of stm32flash's, by case: at most this much, on these rows.
ALL = ("f405", "g0b1", "f10medium")
TARGETS = {
    "first flash over another application": (1.00, ALL),
    "the same image again": (0.53, ALL),
    "one page changed": (0.55, ("f10medium",)),
    "half of the image 0xFF": (0.78, ALL),
}


def ratios(result):
    """Of bytes to the minimum, of bytes and of seconds to stm32flash's."""
    return (result.ours.total() / result.least.total(), result.ours.total() / result.theirs.total(),
            result.our_seconds / result.their_seconds)


def missed(results):
    """What is above its target. A target has two digits, and so has what is compared with it."""
    texts = []
    for result in results:
        of_least, of_bytes, of_time = ratios(result)
        most, rows = TARGETS.get(result.case, (None, ()))
        checks = [(of_least, MINIMUM, "of the minimum")]
        if result.row in rows:
            checks += [(of_bytes, most, "of stm32flash's bytes"),
                       (of_time, most + NOISE, "of its time")]
        texts += [f"{result.row}, {result.case}: {ratio:.3f} {of_what}, at most {limit:.2f}"
                  for ratio, limit, of_what in checks if round(ratio, 2) > round(limit, 2)]
        texts += [f"{result.row}, {result.case}: {name}'s line was too fast"
                  for name, excess in excesses(result) if excess < 0]
    return texts


def excesses(result):
    """By how much each run took longer than its bytes one behind the other, as a part of that."""
    return [(name, seconds / (count.total() * SECONDS_PER_BYTE) - 1)
            for name, count, seconds in (("bootleap", result.ours, result.our_seconds),
                                         ("stm32flash", result.theirs, result.their_seconds))]


def print_row(result):
    of_least, of_bytes, of_time = ratios(result)
    late = ", ".join(f"{name} {excess:+.1%}" for name, excess in excesses(result))
    print(f"{result.row}, {result.case}: {result.ours.to_rom} bytes to the ROM, {result.ours.to_host} to "
          f"the host, {of_least:.4f} of the minimum, {of_bytes:.4f} of stm32flash's bytes, "
          f"{of_time:.3f} of its time; over the bytes' own time: {late}", flush=True)


def _table(results):
    lines = ["| | bytes to the ROM | bytes to the host | minimum | x minimum | bytes of stm32flash "
             "| x stm32flash | time | time of stm32flash | x stm32flash |",
             "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for result in results:
        of_least, of_bytes, of_time = ratios(result)
        lines.append(
            f"| {result.case} | {result.ours.to_rom} | {result.ours.to_host} | {result.least.total()} "
            f"| {of_least:.3f} | {result.theirs.total()} | {of_bytes:.3f} | {result.our_seconds:.2f} s "
            f"| {result.their_seconds:.2f} s | {of_time:.3f} |")
    return lines


def _output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _versions(build):
    theirs = _output("dpkg-query", "-W", "-f", "${Version}", "stm32flash")
    commit = _output("git", "log", "-1", "--format=%h", "--", "cli", "common", "host")
    return f"{_output(build / 'bootleap', '--version')} (sources as of {commit}), stm32flash {theirs} of Debian"


def _section(build, rounds, results):
    lines = [f"{datetime.now(timezone.utc):%Y-%m-%d}, {_versions(build)}, rounds: {rounds}.", ""]
    for row in dict.fromkeys(result.row for result in results):
        lines += [f"### {row}", "", *_table([one for one in results if one.row == row]), ""]
    late = [excess for result in results for _, excess in excesses(result)]
    lines += [f"The runs took {min(late):.1%} to {max(late):.1%} longer than their bytes alone take "
              "(11 bits each, one after the other).", ""]
    wrong = missed(results)
    return lines + ([f"- Missed: {text}" for text in wrong] or ["No target is missed."])


def document(path, build, rounds, results):
    """Writes the section between BEGIN and END anew."""
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    section = "\n".join(_section(build, rounds, results))
    path.write_text(f"{before}{BEGIN}\n\n{section}\n\n{END}{after}", encoding="utf-8")
