# devices_schema.py: says which keys a device file has, and checks names, types and sources.
# SPDX-License-Identifier: MIT
"""The shape of devices/*.toml. devices/README.md tells the same to people.

A group is a table of facts that share a source. A group that a row does not have is taken
from [series] of the same file, as a whole: groups are never mixed.
"""
import re
from dataclasses import dataclass, field

CORES = {
    # core: (enumerator, has VTOR, has a data cache, has stack limits)
    "cortex-m0": ("CORE_M0", False, False, False),
    "cortex-m0plus": ("CORE_M0PLUS", True, False, False),
    "cortex-m3": ("CORE_M3", True, False, False),
    "cortex-m4": ("CORE_M4", True, False, False),
    "cortex-m7": ("CORE_M7", True, True, False),
    "cortex-m33": ("CORE_M33", True, False, True),
    "cortex-m55": ("CORE_M55", True, True, True),
}
BLOCKS = (
    "gpio",
    "gpio-crl",
    "usart-sr",
    "usart-isr",
    "syscfg",
    "flash",
    "iwdg",
    "wwdg",
    "pwr",
    "dma-channels",
    "dma-streams",
    "gpdma",
    "mdma",
    "backup",
    "usb",
    "icache",
)
# Blocks that write memory by themselves.
DMA_BLOCKS = ("dma-channels", "dma-streams", "gpdma", "mdma")
SECOND_WRITES = ("clears-bits", "refused", "breaks-ecc")
TRACES = ("none", "vtor", "alias")
# How software clears the EMPTY flag: it writes 0, or a 1 that toggles it.
EMPTY_CLEARS = ("write-0", "toggle")
FED = ("yes", "no", "unknown")
# When a ROM looks for a bank to start: at each start, only when option bytes ask for it, or nobody
# knows which.
BANK_CHECKS = ("always", "option", "unknown")
# States that an application leaves behind, of which users report what a ROM makes of them.
BURDENS = ("systick", "clock-tree", "masked-interrupts", "foreign-vectors")
CONFIDENCES = ("documented", "measured", "inferred")
FLAG_ROLES = ("software", "power", "pin", "watchdog", "option", "other")
AFFECTED = ("entry", "flash", "return", "protection")
MECHANISMS = ("reset", "erase-first", "none")
EMPTY_CHECKS = ("none", "flag", "first-word")
DUAL_BANKS = ("none", "bfb2", "ndboot", "swap")
WITHOUT_CRYSTAL = ("reset", "interface-missing", "nothing", "unknown")
INTERFACES = ("usart", "i2c", "spi", "can", "usb", "i3c")
# What an option byte can be a reason for not to enter the ROM.
REFUSALS = (
    "rdp-level-2",
    "rdp-level-1",
    "boot-lock",
    "trustzone",
    "product-state",
    "dual-bank",
    "ram-erased",
    "hardware-wwdg",
    "watchdog-not-fed",
    "second-core",
)
# What some versions answer otherwise than AN3155 says.
QUIRKS = (
    "double-ack",
    "double-nack-protected",
    "go-without-first-ack",
    "no-nack-for-address",
    "get-version-0x20",
)
# What comes of a jump with bits set that the ROM cannot live with.
JUMP_ENDS = ("hangs", "crashes", "no-usb")
MARK_PLACES = ("ram", "backup")
PIN_MODES = ("input", "driven", "when-found", "open-drain", "usb", "untouched", "unknown")
PULLS = ("pull-up", "pull-down", "no pull", "pull unknown")

NUMBER_MAX = 0xFFFFFFFF


@dataclass(frozen=True)
class Key:
    """What may stand behind one key."""

    # number, bit, byte, flag, text, choice, texts, bytes, ids, pins, sources, rows, group
    kind: str
    optional: bool = False
    choices: tuple = ()
    keys: dict = field(default_factory=dict)  # of a group, or of each of the rows
    may_be_empty: bool = False


def choice(*choices):
    return Key("choice", choices=choices)


def rows(may_be_empty=False, **keys):
    return Key("rows", keys=keys, may_be_empty=may_be_empty)


def group(**keys):
    return Key("group", keys=keys)


def facts(**keys):
    """A group: its keys, and where they come from."""
    return Key("group", keys=keys | SOURCED)


NUMBER, BIT, BYTE, FLAG = Key("number"), Key("bit"), Key("byte"), Key("flag")
TEXT, TEXTS, BYTES = Key("text"), Key("texts"), Key("bytes")
ANY_TEXTS = Key("texts", may_be_empty=True)
SOURCED = {
    "source": Key("sources"),
    "confidence": choice(*CONFIDENCES),
    # Keys of the same group that are known less well, or better, than the group.
    "inferred": Key("texts", optional=True),
    "measured": Key("texts", optional=True),
}

GROUPS = {
    "core": facts(
        name=choice(*CORES),
        interrupts=NUMBER,
        priority_bits=NUMBER,
        mpu=FLAG,
        vtor_reset=Key("number", optional=True),
        alias=Key("flag", optional=True),
    ),
    "rom": facts(
        product=NUMBER,
        ids=Key("ids"),
        shares_product_with=Key("texts", optional=True),
        id_address=Key("number", optional=True),
        vector=NUMBER,
        memory=rows(name=TEXT, start=NUMBER, size=NUMBER),
    ),
    "entry": facts(
        mechanism=choice(*MECHANISMS),
        pattern=NUMBER,
        how=TEXT,
        boot0_allows=Key("flag", optional=True),
        no_direct=Key("text", optional=True),
    ),
    "boot": facts(
        empty_check=choice(*EMPTY_CHECKS), dual_bank=choice(*DUAL_BANKS), how=TEXT
    ),
    "crystal": facts(
        needed_for=ANY_TEXTS,
        frequencies=Key("text", optional=True),
        without=choice(*WITHOUT_CRYSTAL),
    ),
    "manners": facts(
        self_reset=FLAG,
        clears_empty=FLAG,
        trace=choice(*TRACES),
        feeds_iwdg=Key("choice", optional=True, choices=FED),
        clears_empty_in=Key("ids", optional=True),
        unmasks=Key("ids", optional=True),
        overwrites=rows(name=TEXT, start=NUMBER, size=NUMBER),
    ),
    # Only where the ROM looks for a bank to start before it listens.
    "bank_check": facts(
        when=choice(*BANK_CHECKS),
        remap_cures=choice(*FED),
        versions=Key("ids", optional=True),
        banks=Key("numbers"),
        swaps=choice(*FED),
        swap_register=Key("number", optional=True),
        swap_mask=Key("number", optional=True),
        windows=rows(
            name=TEXT, first=NUMBER, last=NUMBER, versions=Key("ids", optional=True)
        ),
    ),
    # Only where somebody reports it: what this ROM serves in spite of, and what it does not.
    "reports": facts(
        lives_with=Key("texts", optional=True), fails_with=Key("texts", optional=True)
    ),
    # What the ROM asks of an application that jumps to it, besides what every ROM asks.
    "asked": facts(
        list=rows(
            name=TEXT,
            register=NUMBER,
            mask=NUMBER,
            value=NUMBER,
            end=choice(*JUMP_ENDS),
            options=Key("texts", optional=True),
            versions=Key("ids", optional=True),
        ),
    ),
    # Pins that, held low, keep the ROM from finding a host on some interfaces, or on any.
    "detection": facts(
        deaf=rows(
            pin=TEXT,
            floats=Key("flag", optional=True),
            loses=Key("texts", optional=True),
            packages=Key("text", optional=True),
            versions=Key("ids", optional=True),
        ),
    ),
    "go": facts(
        pvu=FLAG,
        leaves=Key(
            "rows",
            optional=True,
            keys=dict(
                name=TEXT,
                register=NUMBER,
                mask=NUMBER,
                value=Key("number", optional=True),
                versions=Key("ids", optional=True),
            ),
        ),
        fails=Key("ids", optional=True),
        keeps_stack=Key("ids", optional=True),
        stack_room=Key(
            "rows",
            optional=True,
            keys=dict(bytes=NUMBER, versions=Key("ids", optional=True)),
        ),
    ),
    "startup": facts(
        list=rows(
            us=NUMBER, when=Key("text", optional=True), versions=Key("ids", optional=True)
        ),
    ),
    "protocol": facts(
        an3155_version=BYTE,
        commands=BYTES,
        quirks=Key(
            "rows",
            optional=True,
            keys=dict(what=choice(*QUIRKS), versions=Key("ids")),
        ),
    ),
    "interfaces": facts(
        list=rows(
            kind=choice(*INTERFACES),
            name=TEXT,
            pins=Key("pins"),
            address=Key("byte", optional=True),
            versions=Key("ids", optional=True),
            packages=Key("text", optional=True),
        ),
        unused=Key("pins", optional=True),
        notes=Key("texts", optional=True),
    ),
    "flash": facts(
        start=NUMBER,
        size=NUMBER,
        pages=rows(start=NUMBER, first_number=NUMBER, count=NUMBER, size=NUMBER),
        program_bytes=NUMBER,
        second_write=choice(*SECOND_WRITES),
        erased=BYTE,
        also_at=Key("number", optional=True),
        empty_register=Key("number", optional=True),
        empty_bit=Key("bit", optional=True),
        empty_clear=Key("choice", optional=True, choices=EMPTY_CLEARS),
    ),
    "mark": facts(
        place=Key("choice", optional=True, choices=MARK_PLACES), address=NUMBER, why=TEXT
    ),
    "reset_flags": facts(
        register=NUMBER,
        clear=BIT,
        flags=rows(name=TEXT, bit=BIT, role=choice(*FLAG_ROLES)),
        after_power_on=TEXTS,
        after_pin=ANY_TEXTS,
        after_software=TEXTS,
        after_watchdog=TEXTS,
    ),
    "rcc": facts(start=NUMBER, size=NUMBER),
    "clock": facts(
        rcc=NUMBER,
        rcc_size=NUMBER,
        switch_register=NUMBER,
        switch_mask=NUMBER,
        switch_status=NUMBER,
        registers=rows(name=TEXT, address=NUMBER, value=NUMBER),
        ready=rows(
            name=TEXT,
            address=NUMBER,
            on=BIT,
            ready=BIT,
            selects=Key("number", optional=True),
            locks=Key("texts", optional=True),
        ),
    ),
    "remap": facts(
        register=NUMBER,
        mask=NUMBER,
        system_memory=NUMBER,
        clock_register=NUMBER,
        clock_mask=NUMBER,
    ),
    "peripherals": facts(
        list=rows(
            name=TEXT,
            block=choice(*BLOCKS),
            start=NUMBER,
            size=NUMBER,
            clock_register=NUMBER,
            clock_mask=NUMBER,
            control_reset=NUMBER,
            reset_register=Key("number", optional=True),
            reset_mask=Key("number", optional=True),
        ),
        reset_values=Key(
            "rows", optional=True, keys=dict(name=TEXT, address=NUMBER, value=NUMBER)
        ),
    ),
    "iwdg": facts(
        address=NUMBER,
        largest_prescaler=NUMBER,
        lsi_register=Key("number", optional=True),
        lsi_bit=Key("bit", optional=True),
    ),
    "wwdg": facts(address=NUMBER),
    "backup": facts(
        name=TEXT,
        address=NUMBER,
        count=NUMBER,
        bytes=NUMBER,
        clocks=rows(may_be_empty=True, name=TEXT, register=NUMBER, bit=BIT),
        unlock_register=Key("number", optional=True),
        unlock_bit=Key("bit", optional=True),
        interrupt=Key("number", optional=True),
    ),
    "options": facts(
        list=rows(
            refuses=choice(*REFUSALS),
            name=TEXT,
            register=NUMBER,
            mask=NUMBER,
            value=Key("number", optional=True),
            unless=Key("number", optional=True),
            factory=NUMBER,
            parts=Key("texts", optional=True),
        ),
    ),
    # Only where the ROM looks at the flash: how its first page is erased.
    "first_pages": facts(
        addresses=Key("numbers"),
        writes=rows(name=TEXT, register=NUMBER, value=NUMBER),
        erase=rows(name=TEXT, register=NUMBER, value=NUMBER),
        lock=Key(
            "rows", optional=True, keys=dict(name=TEXT, register=NUMBER, value=NUMBER)
        ),
        busy_register=NUMBER,
        busy_mask=NUMBER,
        size_register=NUMBER,
    ),
    "usb_pullup": facts(
        list=rows(name=TEXT, register=NUMBER, bit=BIT, off=choice("set", "clear"))
    ),
    "reset_registers": facts(list=rows(name=TEXT, address=NUMBER, safe_mask=NUMBER)),
    # Only where the way back to the clock of a reset is known from two sources.
    "jump": facts(
        steps=rows(
            name=TEXT,
            register=NUMBER,
            mask=NUMBER,
            value=NUMBER,
            wait=Key("flag", optional=True),
        ),
        latency=group(
            register=NUMBER, mask=NUMBER, value=NUMBER, raise_first=Key("flag", optional=True)
        ),
        hz=NUMBER,
        ports=group(register=NUMBER, start=NUMBER, stride=NUMBER, first=BIT, mask=NUMBER),
    ),
    "clock_reset": facts(
        oscillator=TEXT,
        hz=NUMBER,
        latency=Key("number", optional=True),
        reset_values=Key("texts", optional=True),
        steps=TEXTS,
    ),
}
# What a device may be without: the chip lacks it (remap: no MEM_MODE), or nobody has typed it.
OPTIONAL_GROUPS = (
    "bank_check",
    "reports",
    "asked",
    "detection",
    "go",
    "startup",
    "mark",
    "rcc",
    "clock",
    "remap",
    "peripherals",
    "iwdg",
    "wwdg",
    "backup",
    "options",
    "first_pages",
    "usb_pullup",
    "reset_registers",
    "jump",
    "clock_reset",
)

RAM = dict(
    name=TEXT,
    start=NUMBER,
    size=NUMBER,
    ecc_bytes=NUMBER,
    loses_last=Key("flag", optional=True),
    erased_by=Key("text", optional=True),
)
DEVICE = {
    "slug": TEXT,
    "name": TEXT,
    "parts": TEXTS,
    "part_note": Key("text", optional=True),
    "codes": Key("texts", optional=True),
    "tested": ANY_TEXTS,
    "differs": ANY_TEXTS,
    "ram": Key("rows", keys=RAM | SOURCED),
    "defect": Key(
        "rows",
        optional=True,
        may_be_empty=True,
        keys=dict(
            affects=choice(*AFFECTED),
            versions=Key("ids"),
            what=TEXT,
            workaround=Key("text", optional=True),
            source=Key("sources"),
        ),
    ),
}


def optional(key):
    return Key(key.kind, True, key.choices, key.keys, key.may_be_empty)


# A device that AN2606 does not name: what is not known stands in `unknown`, the rest may lack.
UNLISTED = {
    name: key if name in ("slug", "name", "parts") else optional(key)
    for name, key in DEVICE.items()
} | {"unlisted": FLAG, "unknown": TEXTS, "source": Key("sources")}

# A source says which document, which issue of it, and where in it: a revision or a commit,
# and a table, section, figure, page or file; or the number of an issue or pull request.
_ISSUE = re.compile(r"#\d+|\bthreads? \d+")
_REVISION = re.compile(r"\bRev\.? ?\d+|\b[0-9a-f]{7,40}\b|\b[vV]?\d+\.\d+\.\d+\b")
_PLACE = re.compile(
    r"\b(Tables?|Sections?|Figures?|pages?|chapters?) [0-9A-Z]"
    r"|\b[\w/-]+\.(h|c|rs|svd|toml|py|md|json|cfg)\b"
)


# "TX PA9: driven, pull-up"
PIN = re.compile(
    rf"(\w+) (P[A-Z]\d{{1,2}}): ({'|'.join(PIN_MODES)}), ({'|'.join(PULLS)})"
)


def source_is_vague(source):
    if _ISSUE.search(source):
        return False
    return not (_REVISION.search(source) and _PLACE.search(source))


def sources_of(table):
    """A table's sources as a list: one may be written without brackets."""
    source = table.get("source", [])
    return [source] if isinstance(source, str) else list(source)


def check_keys(table, keys, path, report):
    """Reports each unknown, missing or wrongly typed key of `table`; true if there is none."""
    fine = True
    for name in table.keys() - keys.keys():
        report(path + name, "unknown key")
        fine = False
    for name, key in keys.items():
        if name in table:
            fine &= _check_value(table[name], key, path + name, report)
        elif not key.optional:
            report(path + name, "missing")
            fine = False
    return fine


def _is_number(value, limit):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= limit


def _is_list(value, test):
    return isinstance(value, list) and all(test(item) for item in value)


def _is_text(value):
    return isinstance(value, str) and value.strip() != ""


_SIMPLE = {
    "number": (lambda v: _is_number(v, NUMBER_MAX), "a number from 0 to 0xFFFFFFFF"),
    "bit": (lambda v: _is_number(v, 31), "a bit number from 0 to 31"),
    "byte": (lambda v: _is_number(v, 0xFF), "a number from 0 to 0xFF"),
    "flag": (lambda v: isinstance(v, bool), "true or false"),
    "text": (_is_text, "a text that is not empty"),
    "texts": (lambda v: _is_list(v, _is_text), "a list of texts"),
    "bytes": (lambda v: _is_list(v, lambda b: _is_number(b, 0xFF)), "a list of bytes"),
    "ids": (lambda v: _is_list(v, lambda i: _is_number(i, 0xFFF)), "a list of ROM versions"),
    "numbers": (
        lambda v: _is_list(v, lambda n: _is_number(n, NUMBER_MAX)),
        "a list of numbers from 0 to 0xFFFFFFFF",
    ),
    "pins": (
        lambda v: _is_list(v, lambda p: isinstance(p, str) and PIN.fullmatch(p)),
        f"a list of texts SIGNAL PIN: MODE, PULL; modes are {', '.join(PIN_MODES)}, "
        f"pulls {', '.join(PULLS)}",
    ),
}


def _check_value(value, key, path, report):
    if key.kind in _SIMPLE:
        test, wanted = _SIMPLE[key.kind]
        if not test(value):
            report(path, f"must be {wanted}, not {value!r}")
            return False
        if value == [] and not key.may_be_empty:
            report(path, "must not be empty")
            return False
        return True
    if key.kind == "choice":
        if value not in key.choices:
            report(path, f"must be one of {', '.join(key.choices)}, not {value!r}")
            return False
        return True
    if key.kind == "sources":
        return _check_sources(value, path, report)
    if key.kind == "group":
        if not isinstance(value, dict):
            report(path, "must be a table")
            return False
        return check_keys(value, key.keys, path + ".", report)
    return _check_rows(value, key, path, report)


def _check_sources(value, path, report):
    sources = [value] if isinstance(value, str) else value
    if not _is_list(sources, _is_text) or not sources:
        report(path, "must be a text, or a list of texts, that says where the facts come from")
        return False
    vague = [source for source in sources if source_is_vague(source)]
    for source in vague:
        report(path, f"{source!r} is vague: say which revision or commit, and where in it")
    return not vague


def _check_rows(value, key, path, report):
    if not _is_list(value, lambda row: isinstance(row, dict)):
        report(path, "must be a list of tables")
        return False
    if not value and not key.may_be_empty:
        report(path, "must not be empty")
        return False
    fine = True
    for i, row in enumerate(value):
        fine &= check_keys(row, key.keys, f"{path}[{i}].", report)
    return fine
