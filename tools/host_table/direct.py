# direct.py: writes the direct way into the ROM: its steps, and why there is none.
# SPDX-License-Identifier: MIT
from c_literals import flag, text, word
from table.direct_steps import direct_steps, latency_step


def locks_of(bit):
    """The C name of the list of registers that this oscillator locks."""
    return "_".join(["locks", *bit.get("locks", [])])


def jump_arrays(device):
    clock = device.get("clock", {})
    at = {register["name"]: register["address"] for register in clock.get("registers", [])}
    lists = {locks_of(bit): bit.get("locks", []) for bit in clock.get("ready", [])}
    for name, registers in lists.items():
        yield "uint32_t ", name, [word(at[register]) for register in registers], "0"
    yield "struct jump_step ", "jump_steps", map(_step, direct_steps(device)), "{0}"


def jump_fields(device):
    yield "jump.steps", f"{device.slug}_jump_steps"
    yield "no_direct", text(device.get("entry", {}).get("no_direct", ""))
    jump = device.get("jump")
    if jump:
        ports = jump["ports"]
        numbers = ("register", "start", "stride")
        places = [word(ports[key]) for key in numbers]
        yield "jump.latency", _step(latency_step(jump))
        yield "jump.hz", f"{jump['hz']}u"
        yield "jump.ports", f"{{{', '.join(places)}, {ports['first']}, {word(ports['mask'])}}}"


def _step(step):
    place = ", ".join(map(word, (step["register"], step["mask"], step["value"])))
    return f"{{{text(step['name'])}, {place}, {'true' if step['wait'] else 'false'}}}"
