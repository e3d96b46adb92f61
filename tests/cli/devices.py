# devices.py: what `bootleap devices` and `bootleap pins` say about every row of the table.
# SPDX-License-Identifier: MIT
#
# devices.py BOOTLEAP BATCH CASE [SIM]
import json
import re
import subprocess
import sys

from questions import Answers, check, finish

tool = Answers(*sys.argv[1:3])
rows = json.loads(tool.run("devices", "--json").out)["devices"]


def every(what, holds):
    """Whether `holds` for each device of the table."""
    bad = [row["slug"] for row in rows if not holds(row)]
    check(not bad, f"{what}: not so for {' '.join(bad)}")


def row_of(slug):
    return next(row for row in rows if row["slug"] == slug)


def entry(answer, label):
    """What follows this label, on each line that begins with it."""
    return [line[len(label):].strip() for line in answer.lines if line.startswith(f"{label} ")]


def wrapped(answer, label):
    """This entry, with the lines that go on with it."""
    words, on = [], False
    for line in answer.lines:
        if line.startswith(f"{label:16}"):
            on = True
        elif not (on and line.startswith(" " * 16)):
            on = False
        if on:
            words.append(line[16:])
    return " ".join(words)


def version(rom_id):
    number = int(rom_id, 16)
    return f"V{number >> 4}.{number & 15}"


def keys():
    """Exactly these, for every device."""
    wanted = ["slug", "series", "name", "parts", "core", "product", "rom_ids", "rom_vector",
              "system_memory", "rom_id_address", "flash", "ram", "rom_ram", "interfaces", "enter", "boot0",
              "direct_hz", "no_direct", "remap", "refused_by", "option_entry", "empty_check",
              "dual_bank", "self_reset", "mark", "sources", "tested"]
    lists = ("parts", "rom_ids", "ram", "rom_ram", "interfaces", "sources")
    check(len(rows) >= 4, "fewer than 4 devices")
    every("keys", lambda row: list(row) == wanted)
    every("system memory", lambda row: row["system_memory"] is None
          or sorted(row["system_memory"]) == ["end", "start"])
    every("flash", lambda row: row["flash"] is None or sorted(row["flash"]) == ["size", "start"])
    every("lists", lambda row: all(isinstance(row[key], list) for key in lists))
    every("sources", lambda row: row["sources"] and all(
        source["group"] and source["confidence"] and source["source"] for source in row["sources"]))
    every("parts", lambda row: len(row["parts"]) > 0)


def addresses():
    """Strings of 8 digits, and where they should be."""
    def all_of(row):
        memory, flash = row["system_memory"] or {}, row["flash"] or {}
        yield from (row["rom_vector"], row["rom_id_address"], row["mark"])
        yield from (memory.get("start"), memory.get("end"), flash.get("start"))
        yield from (row["remap"] or {}).values()
        yield from (one["start"] for one in row["ram"] + row["rom_ram"])

    every("8 digits", lambda row: all(
        re.fullmatch("0x[0-9A-F]{8}", one) for one in all_of(row) if one is not None))
    every("product", lambda row: row["product"] is None
          or re.fullmatch("0x[0-9A-F]{3}", row["product"]))
    every("ROM ids", lambda row: all(re.fullmatch("0x[0-9A-F]{2,3}", one)
                                     for one in row["rom_ids"]))
    # Strings of the same length compare as numbers do.
    every("vector in system memory", lambda row: row["rom_vector"] is None or (
        row["system_memory"]["start"] <= row["rom_vector"] < row["system_memory"]["end"]))
    every("entered by reset", lambda row: row["enter"] != "reset"
          or (row["rom_vector"] is not None and row["mark"] is not None))


def facts():
    """Typed here from AN2606 Rev 70, Tables 3 and 226."""
    typed = {
        "f405": ("0x413", "0x1FFF0000", "0x1FFF0000", "0x1FFF77FF", "0x91", 1024, True),
        "g0b1": ("0x467", "0x1FFF0000", "0x1FFF0000", "0x1FFFEFFF", "0x92", 512, False),
        "h723": ("0x483", "0x1FF09800", "0x1FF00000", "0x1FF1E7FF", "0x93", 1024, False),
        "u575": ("0x482", "0x0BF90000", "0x0BF90000", "0x0BF9FFFF", "0x93", 2048, False),
    }
    for slug, wanted in typed.items():
        row = row_of(slug)
        memory = row["system_memory"]
        got = (row["product"], row["rom_vector"], memory["start"], memory["end"],
               row["rom_ids"][-1], row["flash"]["size"] / 1024, row["self_reset"])
        check(got == wanted, f"{slug} is {got} instead of {wanted}")
    # Where sources differ on the RAM that a ROM overwrites, the largest counts, and the mark is outside.
    c031 = row_of("c031")
    check([one["size"] for one in c031["rom_ram"]] == [0x2000], f"c031 loses {c031['rom_ram']}")
    check(c031["mark"] == "0x20002800", f"mark of c031 is at {c031['mark']}")


def table():
    """One line a device."""
    answer = tool.run("devices")
    check(len(answer.lines) == len(rows) + 1, "not one line a device")
    for line, row in zip(answer.lines[1:], rows):
        got = re.split(" {2,}", re.sub(" and [0-9]+ more", "", line))
        wanted = [row["slug"], row["name"], row["parts"][0], row["core"], row["product"] or "-",
                  row["rom_vector"] or "-", row["enter"] or "-", row["tested"] or "never"]
        check(got == wanted, f"the table has {got}, the JSON {wanted}")


def macros():
    """Each slug and each macro names its own row."""
    names = [(name, row) for row in rows for name in (row["slug"], *row["parts"])]
    for (name, row), answer in zip(names, tool.ask(("devices", name) for name, _ in names)):
        answer.expect(0)
        wanted = f"device          {row['name']} ({row['slug']})"
        check(answer.lines[0] == wanted, f"{name} is not {row['slug']}: {answer.lines[0]}")
    check(len(names) >= 18, f"only {len(names)} names")


def codes():
    """Ordering codes, and any case of letters."""
    for name in ("STM32H723ZGT6", "stm32h723zgt6", "STM32H730IBK6Q", "H723"):
        check(json.loads(tool.run("devices", name, "--json").out)["device"]["slug"] == "h723", name)
    check(json.loads(tool.run("pins", "STM32F407VGT6", "--json").out)["slug"] == "f405", "pins")
    one = json.loads(tool.run("devices", "f405", "--json").out)["device"]
    check(one == row_of("f405"), "one is not as in the array")


def text():
    """What the JSON has, for each device."""
    for row, answer in zip(rows, tool.ask(("devices", row["slug"]) for row in rows)):
        slug = row["slug"]
        answer.expect(0)
        wanted = {
            "ROM vector": row["rom_vector"],
            "Get ID": row["product"],
            "enter": row["enter"] or "not known",
            "tested": row["tested"] or "never on hardware",
            "ROM versions": ", ".join(version(one) for one in row["rom_ids"]) or None,
        }
        for label, value in wanted.items():
            check(entry(answer, label) == ([value] if value else []), f"{label} of {slug}")
        sources = [(one["group"], one["source"]) for one in row["sources"]]
        told = [one for i, one in enumerate(sources) if i == 0 or one != sources[i - 1]]
        check(len(entry(answer, "source")) == len(told), f"sources of {slug}")
        # A line may be longer only where a single word is.
        check(not any(len(line) > 100 and " " in line[16:] for line in answer.lines),
              f"long line in {slug}")
        check(any("RMVF clears the flags" in line for line in answer.lines)
              == (slug in ("c53", "c55", "c59")), f"RMVF of {slug}")
    check(len(rows) >= 4, f"only {len(rows)} devices")
    check(tool.run("devices", "f405").out == tool.ask([("devices", "f405")])[0].out,
          "the tool does not say what the batch says")


def unknown():
    """Nothing like it, and something like it."""
    answer = tool.run("devices", "xyzzy", code=2)
    answer.expect(2, 'bootleap: devices: "xyzzy": no device, macro or ordering code of the table. Try: '
                  "bootleap devices for all of them")
    check(answer.out == "", "results in spite of the error")
    for verb in ("devices", "pins"):
        tool.run(verb, "", code=2).expect(2, f"bootleap: {verb}: the name of the device: it is empty."
                                          " Try: bootleap devices for all of them")
    for near in ("hh723", "STM32HH723xx"):
        tool.run("pins", near, code=2).expect(
            2, f'bootleap: pins: "{near}": no device, macro or ordering code of the table.',
            "Try: bootleap pins h723, or")
    tool.run("pins", code=2).expect(2, "it needs 1 argument, there are 0")
    tool.run("devices", "f405", "h723", code=2).expect(2, '"h723" is one argument too many')


def several_of(name, series, fit, answer):
    """The answer to a name that is the beginning of those of the devices `fit`."""
    answer.expect(4, f'bootleap: devices: "{name}": {len(fit)} devices fit: {fit[0]} (STM32{series}',
                  f". Try: bootleap devices {fit[0]}")
    told = json.loads(answer.out)
    check(told["exit_code"] == 4 and "device" not in told, "results in spite of the error")
    check(answer.message.startswith(f"bootleap: devices: {told['error']['what']}. Try: "
                                    f"{told['error']['try']}"), "another error as JSON")
    # Those named, and those that only are counted.
    listed, more = re.search(r" fit: (.*?)(?: and (\d+) more)?\. Try:", answer.message).groups()
    named = [one.split()[0] for one in listed.split(", ")]
    check(len(named) + int(more or 0) == len(fit), f"{name}: wrong number")
    check(named == fit[:len(named)], f"{name}: other devices")


def several():
    """The beginning of several names is none of them."""
    questions = []
    for series in sorted({"", *(row["series"] for row in rows)}):
        fit = [row["slug"] for row in rows
               if any(part.startswith(f"STM32{series}") for part in row["parts"])]
        questions += [(name, series, fit) for name in (f"STM32{series}", f"stm32{series}xx")]
    check(sum(len(fit) > 1 for _, _, fit in questions) >= 4, "hardly any series has several")
    answers = tool.ask(("devices", name, "--json") for name, _, _ in questions)
    for (name, series, fit), answer in zip(questions, answers):
        if len(fit) > 1:
            several_of(name, series, fit, answer)
        elif not fit:
            answer.expect(2)
        else:
            answer.expect(0)
            check(json.loads(answer.out)["device"]["slug"] == fit[0], f"{name} is not {fit[0]}")
    # An x inside a macro stands for the package: only the letter after it tells these two apart.
    if {"STM32F401xC", "STM32F401xE"} <= {part for row in rows for part in row["parts"]}:
        tool.run("devices", "STM32F401R", code=4).expect(
            4, "2 devices fit: f401xc (STM32F401xC), f401xe (STM32F401xE).")


def pin_key(pin):
    return pin["pin"][1], int(pin["pin"][2:])


def uses_of_devices():
    """One line for each pin and ROM version, by `devices`; no version says that the pin is there."""
    for row in rows:
        for one in row["interfaces"]:
            for pin in one["pins"]:
                for rom_id in (*one["rom_ids"], None):
                    yield (row["slug"], one["name"], pin["signal"], pin["pin"], pin["mode"],
                           pin["pull"], one["i2c_address"], rom_id, one["packages"])


def uses_of_pins(objects):
    """The same by `pins`."""
    for one in objects:
        for pin in one["pins"]:
            for rom_id in (*pin["rom_ids"], None) if pin["interface"] else ():
                yield (one["slug"], pin["interface"], pin["signal"], pin["pin"], pin["mode"],
                       pin["pull"], pin["i2c_address"], rom_id, pin["packages"])


def pins():
    """What the table has, once each, in order."""
    questions = [("pins", row["slug"]) for row in rows]
    objects = []
    for answer in tool.ask((*one, "--json") for one in questions):
        answer.expect(0)
        objects.append(json.loads(answer.out))
    for one in objects:
        order = [pin_key(pin) for pin in one["pins"]]
        check(order == sorted(order), f"not in order: {one['slug']}")
    wanted = set(uses_of_devices())
    check(len(wanted) >= 100, f"only {len(wanted)} pins")
    check(set(uses_of_pins(objects)) == wanted, "the pins differ from those of the devices")
    for one, answer in zip(objects, tool.ask(questions)):
        pins_text(one, answer)
    check(len(objects) >= 4, f"only {len(objects)} devices")


def pins_text(one, answer):
    slug, uses = one["slug"], one["pins"]
    answer.expect(0)
    check(sum(bool(re.match("P[A-Z][0-9]* ", line)) for line in answer.lines) == len(uses),
          f"not one line a pin of {slug}")
    for label, key, value in (("driven", "mode", "driven"), ("open drain", "mode", "open-drain"),
                              ("pulled up", "pull", "pull-up"), ("pulled down", "pull", "pull-down")):
        names = dict.fromkeys(pin["pin"] for pin in uses if pin[key] == value)
        check(wrapped(answer, label) == " ".join(names), f"{label} in {slug}: {' '.join(names)}")
    check("WARNING" in answer.out, f"no warning for {slug}")
    check("(odriverobotics/ODrive 02e29d8 Firmware/" in answer.lines[-1], f"no source for {slug}")


def pins_f405():
    """Typed here from AN2606 Rev 70, Tables 73 and 75."""
    answer = tool.run("pins", "f405")
    got = [re.sub(" +", " ", line) for line in answer.lines]
    for line in ("PA9 USART1 TX input no pull all", "PA6 SPI1 MISO driven pull-down V9.0, V9.1",
                 "PB10 USART3 TX input pull-up V3.0, V3.1",
                 "PB10 USART3 TX unknown pull unknown V9.0, V9.1",
                 "PB11 USART3 RX input pull-up all",
                 "PB6 I2C1 at 0x3A SCL open-drain no pull V9.0, V9.1"):
        check(line in got, f"no line: {line}")
    order = [line.split()[0] for line in answer.lines if re.match("PA(9|10) ", line)]
    check(order == ["PA9", "PA10"], "PA10 is not after PA9")
    check(entry(answer, "driven") == ["PA6 PB13 PI2"], "other pins are driven")
    check(entry(answer, "pulled up") == ["PB5 PB10 PB11 PB13 PC10 PC11"], "others are pulled up")
    check("source          interfaces: AN2606 Rev 70 Tables 73 and 75, Section 4.3 (documented)"
          in answer.lines, "no source")


def pins_unsaid():
    """Typed here from AN2606 Rev 70: the pins of which it does not say what the ROM makes of them."""
    typed = {
        "f070x6": "PA9 PA14 PA15", "f105": "PD5 PD6", "f405": "PB10", "f42": "PC10 PC11",
        "f2": "PA9 PA10 PB10 PB11 PC10 PC11", "f401xe": "PA9 PA10 PD5 PD6", "f469": "PB11",
        "l43": "PC10", "l45": "PC10", "l47": "PC10", "l4p5": "PA2", "wl3": "PA1 PA15 PB14",
    }
    for row in rows:
        found = {pin["pin"] for one in row["interfaces"] for pin in one["pins"]
                 if pin["mode"] == "unknown"}
        wanted = set(typed.get(row["slug"], "").split())
        check(found == wanted, f"{row['slug']}: {' '.join(sorted(found ^ wanted))}")


def typed():
    """Names that people type: bare lines, boards, and the only device that a name begins."""
    for name, slug in (
        ("g474", "g47"), ("G474RE", "g47"), ("NUCLEO-G474RE", "g47"), ("nucleo-h743zi2", "h743"),
        ("STM32F042", "f04"), ("f042", "f04"), ("STM32F042F", "f04"), ("P-NUCLEO-WB55RG", "wb5"),
        # The letter in a board's name is the flash size: the F412G-DISCO has an F412ZG.
        ("STM32F429I-DISC1", "f42"), ("STM32F412G-DISCO", "f412"), ("STM32F401C-DISCO", "f401xc"),
        ("STM32F411E-DISCO", "f411"), ("STM32F0308-DISCO", "f05"), ("STM32L152C-DISCO", "l1xc"),
        ("STM32L152D-EVAL", "l1xd"), ("STM32H7S78-DK", "h7rs"), ("STM32WBA55G-DK1", "wba5"),
        ("B-L072Z-LRWAN1", "l07"), ("NUCLEO-L412RB-P", "l41"),
        ("STM32F746G-DISCO", "f74"), ("B-L475E-IOT01A", "l47"), ("f103c8", "f10medium"),
        ("NUCLEO-F103RB", "f10medium"), ("NUCLEO-L152RE", "l1xe"), ("NUCLEO-F401RE", "f401xe"),
    ):
        for verb in ("devices", "pins"):
            got = json.loads(tool.run(verb, name, "--json").out)
            got = got.get("device", got)["slug"]
            check(got == slug, f"{verb} {name}: {got} instead of {slug}")
    for name in ("f103", "STM32F103", "NUCLEO-F103", "f4", "h7"):
        tool.run("devices", name, code=4)


def no_hint():
    """Parts of which the table has nothing are not called like one that it has."""
    for name in ("STM32MP157CAA3", "STM32MP135", "stm32mp257", "STM32MP157C-DK2", "mp157", "BLUEPILL",
                 "disco-l475", "STM32F4DISCOVERY", "STM32F3DISCOVERY", "STM32VLDISCOVERY",
                 "STM32L-DISCOVERY", "STM32F4-DISCOVERY"):
        answer = tool.run("pins", name, code=2)
        answer.expect(2, f'"{name}": no device, macro or ordering code of the table. Try: bootleap'
                      " devices for all of them")


def one_lookup():
    """bootleap-sim finds the same devices, and says the same of a name that finds none."""
    for name in ("f103", "STM32H7", "h732", "STM32HH723xx", "mp157", "", "STM32F4DISCOVERY",
                 "STM32F042", "STM32F412G-DISCO", "NUCLEO-G474RE"):
        ours = tool.ask([("pins", name, "--json")])[0]
        done = subprocess.run([sys.argv[4], "run", "--device", name, "--json"], text=True,
                              capture_output=True, check=False, stdin=subprocess.DEVNULL)
        if ours.code == 0:
            check(json.loads(done.stdout)["device"] == json.loads(ours.out)["slug"], name)
            continue
        wanted = ours.message.replace("bootleap: pins:", "bootleap-sim: run:").replace(
            "bootleap pins", "--device").replace("bootleap devices", "bootleap-sim devices")
        check((done.returncode, done.stderr) == (2, wanted), f"{name}: {done.stderr}")


CASES = (keys, addresses, facts, table, macros, codes, text, unknown, several, pins, pins_f405,
         pins_unsaid, typed, no_hint, one_lookup)
finish({case.__name__.replace("_", "-"): case for case in CASES}[sys.argv[3]])
