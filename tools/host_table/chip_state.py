# chip_state.py: writes what a host can ask the ROM of the chip in its hands.
# SPDX-License-Identifier: MIT
from c_literals import enumerator, flag, text, word
from host_table.elements import erase_times, page_run
from table.confidence import confidence_of
from table.layouts import end_of, layouts_of


def chip_state_arrays(device):
    """An array is (type in C, name, elements, what ends it)."""
    readable = device.get("readable", {})
    areas = (f"{{{word(one['start'])}, {one['size']}}}" for one in readable.get("areas", []))
    codes = (f"{{{one['code']}, {one['kb']}}}" for one in readable.get("size_codes", []))
    listed = device.get("write_protection", {}).get("list", [])
    letters = device.get("flash", {}).get("letters", [])
    sizes = (f"{{'{one['letter']}', {one['kb']}}}" for one in letters)
    yield "struct size_letter ", "size_letters", sizes, "{0}"
    yield "struct read_area ", "readable", areas, "{0}"
    yield "struct size_code ", "size_codes", codes, "{0}"
    yield "struct write_protection ", "write_protections", map(_protection, listed), "{0}"
    yield from _layout_arrays(device)


def chip_state_fields(device):
    yield "size_letters", f"{device.slug}_size_letters"
    yield "readable", f"{device.slug}_readable"
    yield "size_mask", word(device.get("readable", {}).get("size_mask", 0xFFFF))
    yield "size_codes", f"{device.slug}_size_codes"
    yield "readout_protection", _readout(device.get("readout_protection"))
    yield "write_protections", f"{device.slug}_write_protections"
    yield "layouts", f"{device.slug}_layouts"
    yield "bank_swap", _swap(device.get("bank_swap"))


def _layout_arrays(device):
    layouts, times = [], erase_times(device)
    for i, (kb, entry, runs) in enumerate(layouts_of(device)):
        name = f"layout_{i}_pages"
        yield "struct page_run ", name, [page_run(run, times) for run in runs], "{0}"
        size = end_of(device, kb, entry) - device["flash"]["start"]
        inferred = confidence_of(device["layouts"], "list") == "inferred"
        layouts.append(
            f"{{{kb}, 0x{size:X}u, {entry['banks']}, {_condition(entry.get('when'))},"
            f" {device.slug}_{name}, {flag(inferred)}}}"
        )
    yield "struct chip_layout ", "layouts", layouts, "{0}"


def _condition(one):
    if not one:
        return "{0}"
    numbers = (word(one[key]) for key in ("register", "mask", "value"))
    return f"{{{text(one['name'])}, {', '.join(numbers)}}}"


def _protection(one):
    numbers = ("first", "count", "protects", "page", "pages")
    counts = ", ".join(str(one.get(key, 0)) for key in numbers)
    last = one.get("last_pages", one.get("pages", 0))
    masks = f"{word(one.get('start_mask', 0))}, {word(one.get('end_mask', 0))}"
    return (
        f"{{{text(one['name'])}, {enumerator('PROTECTION', one['kind'])}, {word(one['register'])},"
        f" {counts}, {last}, {masks}, {_condition(one.get('when'))}}}"
    )


def _readout(one):
    if not one:
        return "{0}"
    half = one.get("level_half", one["level_0"])
    second = one.get("level_2", one["level_0"])
    numbers = (one["register"], one["mask"], one["level_0"], half, second)
    return f"{{{', '.join(map(word, numbers))}}}"


def _swap(one):
    if not one:
        return "{0}"
    numbers = (word(one[key]) for key in ("register", "mask", "swapped"))
    return f'{{"swap", {", ".join(numbers)}}}'
