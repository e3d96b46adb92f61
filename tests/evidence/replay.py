# replay.py: runs what people observed on silicon on the virtual STM32, and compares.
# SPDX-License-Identifier: MIT
"""replay.py run SIM FOLDER [--observations FILE|FOLDER]... [--json]
                                prints each observation and what is judged, then the counts
replay.py check SIM FOLDER      the same, and fails where a limit is not kept
replay.py page SIM FOLDER       the same in Markdown, for docs/proof.md

SIM is bootleap-sim or bootleap-sim-server. FOLDER has program.elf, and gets the programs. Without
--observations it is evidence/, and each observation is judged twice: with all observations, and without
those of its own project. An observation that is not in evidence/ is new to the judge either way."""
import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "sim")]

from act import Program  # noqa: E402
from compare import (  # noqa: E402
    AT_RISK, GOOD, JUMPS, Judged, answers, contradicts, count, judged, not_left)
from evidence.bits import was_left  # noqa: E402
from evidence.load import (  # noqa: E402
    Observation, load_leftovers, load_observations, read_observations)
from evidence.words import NO_JUMP  # noqa: E402
from simulator import NoResult, Simulator  # noqa: E402
from steps import NotExpressible, Planner  # noqa: E402
from table.builds import builds  # noqa: E402
from table.load import load_devices  # noqa: E402
from table.registers import load_registers  # noqa: E402

EVIDENCE = ROOT / "evidence"
# A program is some thousand instructions; one that the ROM sent back goes round for ever.
LIMIT = "60000"
MOST_HELD_OUT = 0.03  # contradictions, of all that were run
LEAST_SEEN = 0.6  # of those that failed for a named cause
MOST_AT_RISK = 0.25  # of those that served
MOST_NOT_EXPRESSED = 35


class Replayed(NamedTuple):
    """An observation, and what is judged with all observations and without its project's; or why no
    program can stand for it."""

    observation: dict
    everything: Judged | None
    held_out: Judged | None
    why_not: str = ""


def unfaithful(replayed):
    """What programs were to leave and did not, in words."""
    leftovers = load_leftovers(EVIDENCE, [])
    for item in replayed:
        if item.everything and item.observation["way"] in JUMPS:
            one = Observation("", item.observation)
            said = [leftover["id"] for leftover in leftovers if was_left(leftover, one)]
            for missing in not_left(said, item.everything):
                yield f"{head_of(one)}: the program does not leave {missing}"


class Replay:
    """Runs observations. `program` is bootleap-sim or its server, `folder` has program.elf."""

    def __init__(self, program, folder):
        self.simulator, self.folder = Simulator(program), Path(folder)
        self.elf = Program(self.folder / "program.elf")
        devices = {device.slug: device for device in load_devices(ROOT / "devices", [])}
        stacks = {slug: int(stack, 16) for slug, _, _, _, stack, *_ in
                  map(str.split, builds(devices.values()).splitlines())}
        registers = load_registers(ROOT / "devices" / "registers", [])
        self.planner = Planner(devices, stacks, registers)
        # Those that the judge knows: of jumps that got into a ROM.
        self.projects = {one["project"] for one in load_observations([EVIDENCE])
                         if one["way"] in JUMPS and one["outcome"] not in NO_JUMP}

    def replay(self, observation):
        try:
            plan = self.planner.plan(observation)
            everything = held_out = self._judge(observation, plan, [])
        except NotExpressible as error:
            return Replayed(observation, None, None, str(error))
        except NoResult as error:  # it has no such version of the ROM, or the like
            return Replayed(observation, None, None, str(error).splitlines()[-1])
        if observation["project"] in self.projects:
            held_out = self._judge(observation, plan, ["--without-project", observation["project"]])
        return Replayed(observation, everything, held_out)

    def _judge(self, observation, plan, more):
        options = [*plan.options, *more, "--limit", LIMIT]
        if "--host" not in options:
            options += ["--host", "end"]
        result = self.simulator.run(self._program(plan), plan.row, *options)
        return judged(result.report, options, observation.get("wire"))

    def _program(self, plan):
        """Equal plans are one program."""
        content = self.elf.filled(plan.steps, plan.stack)
        path = self.folder / f"replay-{hashlib.sha256(content).hexdigest()[:16]}.elf"
        if not path.exists():
            path.write_bytes(content)
        return str(path)


def replay_all(program, folder, paths):
    """Each observation of these files and folders. One with words that nobody knows is not run."""
    replay, refusals = Replay(program, folder), []
    found = [one for path in paths for one in read_observations(path, refusals)]
    if not found:
        sys.exit("\n".join(refusals) or "replay: no observations")
    return [replay.replay(one.facts) for one in found] + not_read(refusals)


def not_read(refusals):
    """One for each observation with refusals, as "FILE: ID: KEY: WHY"."""
    by_id = {}
    for refusal in refusals:
        _, identity, why = refusal.split(": ", 2)
        by_id.setdefault(identity, []).append(why)
    return [Replayed({"id": identity, "way": "-", "outcome": "-", "part": "-"}, None, None,
                     "; ".join(why)) for identity, why in by_id.items()]


def counts_of(replayed):
    """(with all observations, without the project's own)"""
    run = [one for one in replayed if one.everything]
    return (count([(one.observation, one.everything) for one in run]),
            count([(one.observation, one.held_out) for one in run]))


def share(part, whole):
    return part / whole if whole else 0.0


def broken_limits(replayed):
    """What is not kept, in words."""
    everything, held_out = counts_of(replayed)
    not_expressed = sum(not one.everything for one in replayed)
    seen = share(held_out.caused_seen, held_out.caused)
    found = []
    if everything.contradictions:
        found.append(f"{everything.contradictions} contradictions with all observations")
    if share(held_out.contradictions, held_out.run) > MOST_HELD_OUT:
        found.append(f"{held_out.contradictions} contradictions of {held_out.run} without their project")
    if held_out.caused and seen < LEAST_SEEN:
        found.append(f"{held_out.caused_seen} of {held_out.caused} named causes end as seen")
    if share(held_out.at_risk, held_out.served) > MOST_AT_RISK:
        found.append(f"{held_out.at_risk} of {held_out.served} that served are at risk")
    if not_expressed > MOST_NOT_EXPRESSED:
        found.append(f"{not_expressed} cannot be expressed, {MOST_NOT_EXPRESSED} may be")
    return found


def verdict_of(one, found):
    """How a judgement stands beside the observation."""
    if contradicts(one, found):
        return "CONTRADICTED"
    if found.verdict == AT_RISK:
        return "at risk"
    same = found.verdict in ("served", "runs after Go") if one["outcome"] in GOOD else answers(one, found)
    return "as seen" if same else "otherwise"


def head_of(one):
    return " ".join(filter(None, [one["id"], one.get("row", "-"), one.get("wire", "-"), one["way"],
                                  one["outcome"], ",".join(one.get("cause", []))]))


def print_all(replayed):
    for item in replayed:
        one = item.observation
        if item.why_not:
            print(f"{head_of(one)}: not expressible: {item.why_not}")
            continue
        print(f"{head_of(one)}: {verdict_of(one, item.everything)}: {item.everything.words()}"
              f" | {verdict_of(one, item.held_out)}: {item.held_out.words()}")
        print(f"    {item.held_out.broken or '-'}; {item.held_out.about or '-'}: {item.held_out.why}")


def last_line(replayed):
    """All counts, for a program."""
    everything, held_out = counts_of(replayed)
    return (f"replay rows={len(replayed)} not_expressed={len(replayed) - everything.run}"
            f" contradictions={everything.contradictions}"
            f" held_out_contradictions={held_out.contradictions}"
            f" caused={held_out.caused} caused_as_seen={held_out.caused_seen}"
            f" served={held_out.served} served_at_risk={held_out.at_risk}"
            f" undecided={held_out.undecided} undecided_at_risk={held_out.undecided_at_risk}")


def as_json(replayed):
    return json.dumps([{
        "id": item.observation["id"], "observed": item.observation["outcome"],
        "cause": item.observation.get("cause", []), "why_not": item.why_not,
        "all": item.everything and item.everything._asdict(),
        "held_out": item.held_out and item.held_out._asdict()} for item in replayed],
        indent=2, default=sorted)


def run(replayed, options):
    if options.json:
        print(as_json(replayed))
        return 0
    print_all(replayed)
    for words in broken_limits(replayed):
        print(f"not kept: {words}")
    print(last_line(replayed))
    return 0


def check(replayed, _):
    """The last line, and what is wrong."""
    wrong = [*broken_limits(replayed), *unfaithful(replayed)]
    for item in replayed:
        for found in filter(None, {item.everything, item.held_out}):
            if contradicts(item.observation, found):
                print(f"{head_of(item.observation)}: {found.words()}: {found.why}")
    print("\n".join([*wrong, last_line(replayed)]))
    return int(bool(wrong))


def percent(part, whole):
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


def page(replayed, _):
    everything, held_out = counts_of(replayed)
    print(f"{len(replayed)} observations, {everything.run} run as programs,"
          f" {len(replayed) - everything.run} cannot be run.\n")
    print("| counted | with all observations | without those of the same project |")
    print("|---|---|---|")
    for what, pair in (
            ("contradictions", [f"{one.contradictions} of {one.run}" for one in (everything, held_out)]),
            ("failed for a named cause, and \"fails\" as seen",
             [percent(one.caused_seen, one.caused) for one in (everything, held_out)]),
            ("served, and \"at risk\"",
             [percent(one.at_risk, one.served) for one in (everything, held_out)]),
            ("sometimes or partly served, and \"at risk\"",
             [percent(one.undecided_at_risk, one.undecided) for one in (everything, held_out)])):
        print(f"| {what} | {pair[0]} | {pair[1]} |")
    print_exceptions(replayed)
    print(f"\n`{last_line(replayed)}`")
    return 0


def print_exceptions(replayed):
    """Those that are contradicted, then those that cannot be expressed."""
    lines = [(item.observation, f"contradicted: {item.held_out.words()}", item.held_out.why)
             for item in replayed if item.everything
             and any(contradicts(item.observation, found) for found in item[1:3])]
    lines += [(item.observation, "cannot be expressed", item.why_not)
              for item in replayed if item.why_not]
    if lines:
        print("\n| observation | on | by | seen | here | why |\n|---|---|---|---|---|---|")
    for one, here, why in lines:
        cells = (f"`{one['id']}`", one.get("row", one["part"]), one["way"], one["outcome"], here, why)
        print(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("run", "check", "page"))
    parser.add_argument("sim")
    parser.add_argument("folder")
    parser.add_argument("--observations", action="append", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    replayed = replay_all(options.sim, options.folder, options.observations or [EVIDENCE])
    return {"run": run, "check": check, "page": page}[options.verb](replayed, options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
