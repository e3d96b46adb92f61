# bad_chip_state.py: bad rows of what a host asks the ROM of a chip, for test_gen_devices.py.
# SPDX-License-Identifier: MIT
F76, G47, G0B1 = ("f7.toml", "f76"), ("g4.toml", "g47"), ("g0.toml", "g0b1")
L5, WB1, WBA6 = ("l5.toml", "l5"), ("wb.toml", "wb1"), ("wba.toml", "wba6")
# As in bad_rows.py.
# fmt: off
BAD = (
    ("bits that no area has", F76, 'name = "nDBANK", register = 0x1FFF0008',
     'name = "nDBANK", register = 0x1FFF0028', "write_protection.list", "in no area of readable"),
    ("value beside its mask", F76, "mask = 0x2000, value = 0x2000",
     "mask = 0x2000, value = 0x4000", "write_protection.list", "outside mask"),
    ("size that no area has", G0B1, "areas = [{ start = 0x1FFF75E0, size = 2 }",
     "areas = [{ start = 0x1FFF75F0, size = 2 }", "readable.areas", "no flash size register"),
    ("level beside its mask", L5, "level_half = 0x55", "level_half = 0x155",
     "readout_protection", "outside mask"),
    ("two levels alike", L5, "level_half = 0x55", "level_half = 0xAA",
     "readout_protection", "same value"),
    ("readout protection that no area has", L5, "register = 0x40022040\nmask = 0xFF",
     "register = 0x40022140\nmask = 0xFF", "readout_protection.register", "in no area"),
    ("area of bits", L5, 'kind = "area"', 'kind = "bits"', "write_protection.list", "bits has first"),
    ("bits beyond a word", F76, "first = 0, count = 12", "first = 24, count = 12",
     "write_protection.list", "beyond 31"),
    ("masks that share bits", L5, "end_mask = 0x007F0000", "end_mask = 0x0000007F",
     "write_protection.list", "share bits"),
    ("pages twice", L5, "page = 0x800,", "page = 0x800, pages = [{ start = 0x08000000, "
     "first_number = 0, count = 1, size = 0x800 }],", "layouts.list", "not both"),
    ("three banks", L5, "banks = 2", "banks = 3", "layouts.list", "1 or 2"),
    ("nothing for the largest", WBA6, "kb = [2048]", "kb = [512]", "layouts.list", "largest part"),
    ("behind the flash", G47, "second = 0x08040000", "second = 0x08080000",
     "layouts.list", "behind the flash"),
    ("time of a page of a layout", L5, "page = 0x1000", "page = 0x2000",
     "erase_times.list", "nothing about the pages of 512 KB"),
    ("letter that is two", WB1, 'letter = "C"', 'letter = "CC"', "flash.letters", "no letter"),
)
# fmt: on
