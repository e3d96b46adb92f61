# interrupts.py: writes interrupt lines, and what selects the pins of EXTI and the requests of DMA.
# SPDX-License-Identifier: MIT
from c_literals import flag, text, word


def interrupt_arrays(device):
    """An array is (type in C, name, elements, what ends it)."""
    group = device.get("interrupts", {})
    requests = [row for one in group.get("requests", []) for row in _request(one)]
    several = [p for p in device.blocks() if "lines" in p]
    for one in several:
        yield "int16_t ", f"lines_{one['name']}", map(str, one["lines"]), "-1"
    lines = (f"{{{text(p['name'])}, {device.slug}_lines_{p['name']}}}" for p in several)
    yield "struct block_lines ", "block_lines", lines, "{0}"
    yield "struct dma_selector ", "dma_selectors", map(_selector, group.get("selectors", [])), "{0}"
    yield "struct dma_request ", "dma_requests", requests, "{0}"


def interrupt_fields(device):
    yield "block_lines", f"{device.slug}_block_lines"
    yield "dma_selectors", f"{device.slug}_dma_selectors"
    yield "dma_requests", f"{device.slug}_dma_requests"
    for one in device.get("peripherals", {}).get("list", []):
        if one["block"].startswith("exti"):
            yield "exti", _exti(one, *device.get("interrupts", {}).get("selects", []))


def _exti(block, select=None):
    place = f"{word(block['start'])}, 0x{block['size']:X}u"
    if not select:
        return f"{{{place}, 0, 0, {text('')}}}"
    return f"{{{place}, {word(select['register'])}, {select['bits']}, {text(select['ports'])}}}"


def _selector(one):
    shifts = f"{one['shift']}, {one['shift_stride']}"
    return (
        f"{{{text(one['dma'])}, {word(one['register'])}, 0x{one['stride']:X}u, {shifts},"
        f" {word(one['mask'])}}}"
    )


def _request(one):
    """One element for each DMA controller that takes it."""
    only = ", ".join(word(one.get(key, 0)) for key in ("register", "mask", "value"))
    receives = flag(one["signal"] == "rx")
    for dma in one["dma"]:
        yield (
            f"{{{text(dma)}, {one.get('channel', -1)}, {one.get('request', -1)},"
            f" {text(one['name'])}, {receives}, {only}}}"
        )
