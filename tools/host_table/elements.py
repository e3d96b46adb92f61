# elements.py: writes the elements of the lists of the host's table.
# SPDX-License-Identifier: MIT
from c_literals import enumerator, flag, text, word
from host_table.direct import locks_of
from schema.pins import PIN
from schema.sources import sources_of
from table.device import fact_groups


def region(one):
    return f"{{{text(one['name'])}, {word(one['start'])}, 0x{one['size']:X}u}}"


def sources(device):
    for group, table in fact_groups(device):
        if table and group != "defect":
            sure = enumerator("CONFIDENCE", table["confidence"])
            for source in sources_of(table):
                yield f"{{{text(group)}, {sure}, {text(source)}}}"
    for source in sources_of(device.facts):
        yield f'{{"device", CONFIDENCE_DOCUMENTED, {text(source)}}}'


def pin(pin):
    signal, name, mode, pull = PIN.fullmatch(pin).groups()
    pull = {"no pull": "none", "pull unknown": "unknown"}.get(pull, pull.removeprefix("pull-"))
    mode = enumerator("PIN", mode)
    return f"{{{text(signal)}, {text(name)}, {mode}, {enumerator('PIN_PULL', pull)}}}"


def interface(device, one, versions):
    kind, name = enumerator("INTERFACE", one["kind"]), text(one["name"])
    ids = f"{device.slug}_{versions[tuple(one.get('versions', []))]}"
    pins = ", ".join(map(pin, one["pins"]))
    return (
        f"{{{kind}, {name}, 0x{one.get('address', 0):02X}, {ids},"
        f" {text(one.get('packages', ''))}, {{{pins}}}}}"
    )


def packages(listed):
    """Each pattern of ordering codes with the pins that it lacks, or with its pin BOOT0."""
    for one in listed:
        pins = text(" ".join(one["lacks"]) if "lacks" in one else one["pin"])
        yield from (f"{{{text(code)}, {pins}}}" for code in one["codes"])


def defect(device, one, versions):
    ids = f"{device.slug}_{versions[tuple(one['versions'])]}"
    source = text("; ".join(sources_of(one)))
    what, workaround = text(one["what"]), text(one.get("workaround", ""))
    return f"{{{text(one['affects'])}, {ids}, {what}, {workaround}, {source}}}"


def usarts(device):
    """The pairs of pins of each USART, once each, and what brings it there."""
    listed = device.get("usart_pins", {}).get("list", [])
    known = {(one["usart"], one["tx"], one["rx"]): one for one in listed}
    for name, tx, rx in device.usart_pins():
        one = known.get((name, tx, rx), {})
        ports = ", ".join(map(text, one.get("ports", [tx, rx])))
        functions = ", ".join(map(str, one.get("functions", [0, 0])))
        remap = one.get("remap", {})
        keys = ("register", "set", "clock_register", "clock_mask")
        bits = ", ".join(word(remap.get(key, 0)) for key in keys)
        yield (
            f"{{{text(name)}, {text(tx)}, {text(rx)}, {flag(bool(one))}, {{{ports}}},"
            f" {{{functions}}}, {{{bits}}}}}"
        )


def numbers(values):
    """All of them as one element; none where there is none."""
    return [", ".join(f"0x{value:02X}" for value in values)] if values else []


def page_run(run, erase_times):
    """`erase_times`: milliseconds at most, by the size of a page."""
    erase_ms = erase_times.get(run["size"], 0)
    place = f"{word(run['start'])}, {run['first_number']}, {run['count']}"
    return f"{{{place}, 0x{run['size']:X}u, {erase_ms}}}"


def erase_times(device):
    """Milliseconds that the erasure of a page takes at most, by its size."""
    return {one["size"]: one["ms"] for one in device.get("erase_times", {}).get("list", [])}


def ram(ram):
    loses = flag(ram.get("loses_last", False))
    also_at, erased_by = word(ram.get("also_at", 0)), text(ram.get("erased_by", ""))
    return f"{{{region(ram)}, {also_at}, {ram['ecc_bytes']}, {erased_by}, {loses}}}"


def register(register):
    name, value = text(register["name"]), word(register["value"])
    return f"{{{name}, {word(register['address'])}, {value}}}"


def reset_register(register):
    """One that resets peripherals, and those of its bits that may be set while code runs."""
    name, safe = text(register["name"]), word(register["safe_mask"])
    return f"{{{name}, {word(register['address'])}, {safe}}}"


def ready(device, bit):
    on, ready = word(1 << bit["on"]), word(1 << bit["ready"])
    locks = f"{device.slug}_{locks_of(bit)}"
    return f"{{{word(bit['address'])}, {on}, {ready}, {bit.get('selects', -1)}, {locks}}}"


def write(write):
    value = write["value"] if "value" in write else 1 << write["bit"]
    return f"{{{text(write['name'])}, {word(write['register'])}, {word(value)}}}"


def peripheral(p):
    block = enumerator("BLOCK", p["block"])
    clock = f"{word(p['clock_register'])}, {word(p['clock_mask'])}"
    resets = f"{word(p.get('reset_register', 0))}, {word(p.get('reset_mask', 0))}"
    return (
        f"{{{text(p['name'])}, {block}, {word(p['start'])}, 0x{p['size']:X}u,"
        f" {clock}, {word(p['control_reset'])}, {resets}, {p.get('interrupt', -1)},"
        f" {_timer(p)}}}"
    )


def _timer(p):
    if "apb" not in p:
        return "{0}"
    counters = f"{p['counter_bits']}, {p['repetition_bits']}"
    kinds = f"{flag(p['up_down'])}, {flag(p.get('basic', False))}"
    channels = f"{p.get('channels', 0)}, {flag('compare_interrupt' in p)}"
    return f"{{{p['apb']}, {counters}, {kinds}, {channels}}}"


def system_init(one):
    clock, mask = one.get("clock_register", 0), one.get("clock_mask", 0)
    return (
        f"{{{text(one['name'])}, {word(one['register'])}, {word(one['mask'])},"
        f" {word(one['left'])}, {word(one['reset'])}, {word(clock)}, {word(mask)}}}"
    )


def pullup(one):
    """The bit that switches it off, as a step."""
    mask = 1 << one["bit"]
    off = mask if one["off"] == "set" else 0
    return (
        f"{{{text(one['name'])}, {word(one['register'])}, {word(mask)}, {word(off)},"
        " false}"
    )
