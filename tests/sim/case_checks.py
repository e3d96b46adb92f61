# case_checks.py: what a case of cases.py can ask of its runs; a function a check.
# SPDX-License-Identifier: MIT
"""Each takes the simulator and the words of its line. It returns a line that says what came of the
run, a list of what is wrong with it, and the result; a check that a jq filter decides adds the
filter and the value to look at."""
import re
import subprocess

FINDINGS = 7  # exit code of the simulator


def broken_points(report):
    """The points of the contract that do not hold, in order: H2, H8, R1."""
    points = [point for handoff in report["handoffs"] for point in handoff["contract"]]
    ids = {point["id"] for point in points + report["checks"] if not point["ok"]}
    return " ".join(sorted(ids, key=lambda one: (one[0], int(one[1:]))))


def judge(simulator, elf, device, handoffs, points, *options):
    """Exactly these points are broken ("H2 H8"), and there are at least that many handoffs."""
    result = simulator.run(elf, device, *options)
    report, wrong = result.report, []
    broken, count = broken_points(report), len(report["handoffs"])
    status = FINDINGS if points else due(report)
    if broken != points:
        wrong.append(f"broken [{broken}], expected [{points}]")
    if count < int(handoffs):
        wrong.append(f"{count} handoffs, expected at least {handoffs}")
    if result.status != status:
        wrong.append(f"exit code {result.status}, expected {status}")
    return f"broken [{broken}], {count} handoffs, {end_of(report)}", wrong, result


def says(simulator, elf, device, text, *options):
    """The text is in the end's detail, in the reason why nothing entered, or in the advice."""
    result = simulator.run(elf, device, *options)
    said = [end_of(result.report), (result.report["reason"] or {"text": ""})["text"]]
    said += [f"{one['about']}: {one['text']}" for one in result.report.get("advice", [])]
    wrong = [] if any(text in one for one in said) else [f"not said: {text}"]
    return said[0], wrong + unexpected_status(result, 0, FINDINGS), result


def ends(simulator, elf, device, why, pattern, *options):
    """The run ends for this reason, with a detail that matches, and without findings."""
    result = simulator.run(elf, device, *options)
    report, wrong = result.report, unexpected_status(result, due(result.report))
    if report["end"]["why"] != why or not re.search(pattern, report["end"]["detail"]):
        wrong.append(f"expected {why}: {pattern}")
    if report["findings"]:
        wrong.append("findings")
    return end_of(report), wrong, result


def nothing(simulator, elf, device, kind, pattern, *options):
    """Nothing was judged, for a reason of this kind whose sentence matches; that is no success."""
    result = simulator.run(elf, device, *options)
    report, wrong = result.report, unexpected_status(result, FINDINGS)
    reason = report["reason"] or {"kind": None, "text": ""}
    if reason["kind"] != kind or not re.search(pattern, reason["text"]):
        wrong.append(f"expected {kind}: {pattern}")
    if report["verdict"] != "nothing judged":
        wrong.append(f"the verdict is {report['verdict']}")
    return f"{report['verdict']}: {reason['kind']}: {reason['text']}", wrong, result


def origin(simulator, elf, device, expected, handoffs, *options):
    """Exactly that many handoffs, no findings; the application's last line ends in `expected`."""
    result = simulator.run(elf, device, *options, events=True)
    last, count = (result.texts or [""])[-1], len(result.report["handoffs"])
    wrong = unexpected_status(result, due(result.report))
    if not last.endswith(f", {expected}"):
        wrong.append(f"the last line does not end in: {expected}")
    if count != int(handoffs):
        wrong.append(f"expected {handoffs} handoffs")
    return f'"{last}", {count} handoffs, {result.report["resets"]} resets', wrong, result


def faults(simulator, elf, device, pattern):
    """The run ends in a fault whose detail matches, before anything entered: nothing is judged."""
    result = simulator.run(elf, device, "--host", "end", "--limit", "30000", events=True)
    end = result.report["end"]
    wrong = []
    if end["why"] != "fault" or not re.search(pattern, end["detail"]):
        wrong.append(f"expected fault: {pattern}")
    if result.report["verdict"] != "nothing judged" or result.report["reason"]["kind"] != "fault":
        wrong.append("expected nothing judged because of a fault")
    return end_of(result.report), wrong + unexpected_status(result, FINDINGS), result


def prints(simulator, elf, device, pattern):
    """A line of the firmware matches, and what it touches and nobody models, 0x4002F000, is told."""
    result = simulator.run(elf, device, "--host", "end", "--limit", "30000", events=True)
    touched = r"^register 0x4002F000, first touched by PC 0x08"
    wrong = []
    if not any(re.search(pattern, text) for text in result.texts):
        wrong.append(f"no line matches: {pattern}")
    if not any(re.search(touched, one) for one in result.report["not_modelled"]):
        wrong.append("0x4002F000 is not in not_modelled")
    return " / ".join(result.texts), wrong, result


def answers(simulator, elf, device, line, *options):
    """The firmware prints this line, and no other, before 60000 instructions are over."""
    result = simulator.run(elf, device, "--host", "end", "--limit", "60000", *options, events=True)
    wrong = [] if result.texts == [line] else [f"it does not print: {line}"]
    return " / ".join(result.texts), wrong, result


def quiet(simulator, elf, device, most, limit):
    """bootleap_on_reset() costs at most `most` instructions and changes nothing when nothing is
    pending: after power-on, and after resets by the watchdog that option bytes start, which comes
    within `limit`."""
    told, wrong = [], []
    for scenario in (("--limit", "20000"), ("--hardware-watchdog", "--limit", limit)):
        result = simulator.run(elf, device, "--host", "end", *scenario)
        calls, resets = result.report["on_reset"], result.report["resets"]
        slowest = max(call["instructions"] for call in calls)
        told.append(f"{len(calls)} calls, {slowest} instructions, {resets} resets")
        wrong += unexpected_status(result, due(result.report))
        if len(calls) != resets + 1:
            wrong.append(f"{len(calls)} calls in {resets} resets")
        if slowest > int(most):
            wrong.append(f"{slowest} instructions, expected at most {most}")
        wrong += [f"not quiet: {call}" for call in calls if call["pending"]
                  or call["returned"] != 0 or call["ram_bytes_written"] != 0
                  or call["reset_flags_changed"] or call["primask_changed"]]
    if resets < 1:
        wrong.append("the watchdog did not bite")
    return "; ".join(told), wrong, result


def boots(simulator, elf, device, resets, handoffs, returned, *options):
    """That many resets and handoffs, and what the application gets from bootleap_on_reset() last."""
    result = simulator.run(elf, device, *options)
    report = result.report
    found = [report["resets"], len(report["handoffs"]), report["on_reset"][-1]["returned"]]
    wanted = [int(resets), int(handoffs), int(returned)]
    wrong = unexpected_status(result, due(report))
    if found != wanted:
        wrong.append(f"expected {wanted}")
    return f"resets, handoffs, returned: {found}", wrong, result


def holds(simulator, elf, device, jq, *options):
    """The filter holds for the report; findings are allowed."""
    result = simulator.run(elf, device, *options)
    told = [end_of(result.report), *[handoff["outcome"] for handoff in result.report["handoffs"]]]
    return "; ".join(told[:4]), unexpected_status(result, 0, FINDINGS), result, jq, result.report


def stands(simulator, elf, device, end, kind, pattern, *options):
    """Nothing enters, the run ends for this reason, and it says where the application stands."""
    result = simulator.run(elf, device, *options)
    report, wrong = result.report, unexpected_status(result, FINDINGS)
    where = report["where"] or {"kind": None, "text": ""}
    if report["end"]["why"] != end:
        wrong.append(f"expected the end {end}")
    if where["kind"] != kind or not re.search(pattern, where["text"]):
        wrong.append(f"expected {kind}: {pattern}")
    return f"{end_of(report)}: {where['kind']}: {where['text']}", wrong, result


def tells(simulator, elf, device, jq, *options):
    """The filter holds for the report, `texts` (what the firmware printed) and `exit_code`."""
    result = simulator.run(elf, device, *options, events=True)
    value = {**result.report, "texts": result.texts, "exit_code": result.status}
    return f"exit code {result.status}, {result.texts[-3:]}", [], result, jq, value


def hook(_, elf, kind):
    """A linked ELF has its hook where start-up code finds it: preinit, systeminit, both; or, from an
    archive, out of which the linker leaves it, has none."""
    symbols = [line.split() for line in output("arm-none-eabi-nm", elf)]
    words = array_words(output("arm-none-eabi-objdump", "-s", "-j", ".preinit_array", elf))
    calls = calls_of("reset_handler", output("arm-none-eabi-objdump", "-d", "--no-show-raw-insn",
                                             elf))
    told = f".preinit_array {words}, reset_handler calls {calls}"
    found = [int(one[0], 16) | 1 for one in symbols if one[-1] == "on_preinit"]
    late = len(found) == 1 and found[0] in [int(word, 16) for word in words]
    early = calls[:1] == ["<__wrap_SystemInit>"]
    if kind in ("preinit", "systeminit", "both"):
        right = (late, early) == (kind != "systeminit", kind != "preinit")
    else:
        right = not words and not any("on_preinit" in one[-1] for one in symbols)
    return told, [] if right else [f"this is not right for {kind}"], None


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()


def array_words(lines):
    """Words of memory in what objdump -s prints, as addresses are written."""
    found = [group for line in lines if re.match(r" [0-9a-f]+ ", line)
             for group in line.split()[1:5] if re.fullmatch("[0-9a-f]{8}", group)]
    return [bytes.fromhex(word)[::-1].hex() for word in found]


def calls_of(function, lines):
    """What a function calls, in order, in what objdump -d prints."""
    found, inside = [], False
    for line in lines:
        if re.match("[0-9a-f]+ <.*>:$", line):
            inside = line.endswith(f"<{function}>:")
        elif inside and "\tbl" in line:
            found.append(line.split()[-1])
    return found


def end_of(report):
    return f"{report['end']['why']}: {report['end']['detail']}"


def due(report):
    """The exit code of a run without findings: where nothing entered, nothing was judged."""
    return 0 if report["handoffs"] else FINDINGS


def unexpected_status(result, *expected):
    if result.status in expected:
        return []
    return [f"exit code {result.status}, expected {' or '.join(map(str, expected))}"]


CHECKS = {one.__name__: one for one in (answers, boots, ends, faults, holds, hook, judge, nothing, origin,
                                        prints, quiet, says, stands, tells)}
