# bad_manners.py: bad rows of what a ROM does besides serving, for test_gen_devices.py.
# SPDX-License-Identifier: MIT
F405, F42, F76 = ("f4.toml", "f405"), ("f4.toml", "f42"), ("f7.toml", "f76")
G03, G07, G0B1 = ("g0.toml", "g03"), ("g0.toml", "g07"), ("g0.toml", "g0b1")
H503, H7RS, L41 = ("h5.toml", "h503"), ("h7rs.toml", "h7rs"), ("l4.toml", "-")
L1XD, L07, H743 = ("l1.toml", "l1xd"), ("l0.toml", "l07"), ("h7.toml", "h743")
# fmt: off
BAD = (
    ("a bank where there is one", F42, 'dual_bank = "bfb2"', 'dual_bank = "none"',
     "bank_check", "boot.dual_bank is none"),
    ("no such moment", F42, 'when = "always"', 'when = "often"', "bank_check.when",
     "must be one of"),
    ("remap without one", F76, 'remap_cures = "no"', 'remap_cures = "yes"',
     "bank_check.remap_cures", "no remap"),
    ("bank outside flash", F42, "banks = [0x08100000", "banks = [0x08200000",
     "bank_check.banks", "outside flash"),
    ("not the first bank", F42, "banks = [0x08100000, 0x08000000]", "banks = [0x08100000]",
     "bank_check.banks", "start of flash"),
    ("window outside RAM", F42, "first = 0x20000000, last = 0x20030000",
     "first = 0x20000000, last = 0x20030004", "bank_check.windows", "no RAM"),
    ("window the wrong way", F42, "first = 0x20000000, last = 0x20030000",
     "first = 0x20030000, last = 0x20000000", "bank_check.windows", "no RAM"),
    ("window of no ROM", L1XD, "versions = [0x42] }", "versions = [0x43] }",
     "bank_check", "0x43 is not in rom.ids"),
    ("check of no ROM", L07, "versions = [0x41, 0xB2]\nbanks", "versions = [0x41, 0xB3]\nbanks",
     "bank_check", "0xB3 is not in rom.ids"),
    ("asked of no register", H7RS, "register = 0x58024500, mask = 0x1",
     "register = 0x68024500, mask = 0x1", "jump.list", "no register"),
    ("asked outside its mask", H7RS, "mask = 0x1, value = 0x1", "mask = 0x1, value = 0x2",
     "jump.list", "outside mask"),
    ("asked by no ROM", H503, "versions = [0xE1] }", "versions = [0xE3] }",
     "jump", "0xE3 is not in rom.ids"),
    ("asked with no option", H503, 'options = ["product-state"]', 'options = ["trustzone"]',
     "jump.list", "options.list has no trustzone"),
    ("no such end", L41, 'end = "no-usb"', 'end = "no-can"', "series.jump.list[0].end", "must be one of"),
    ("left nowhere", F405, 'name = "AHB1ENR", register = 0x40023830',
     'name = "AHB1ENR", register = 0x50023830', "go.leaves", "not in RCC or FLASH"),
    ("left outside its mask", G0B1, "mask = 0x40000, value = 0x0", "mask = 0x40000, value = 0x1",
     "go.leaves", "outside mask"),
    ("left by no ROM", G07, "mask = 0x7F00, versions = [0xB2]",
     "mask = 0x7F00, versions = [0xB5]", "go", "0xB5 is not in rom.ids"),
    ("Go of no ROM", H743, "fails = [0xD2]", "fails = [0xD1]", "go", "0xD1 is not in rom.ids"),
    ("start of no ROM", F405, "us = 74000, versions = [0x90, 0x91]",
     "us = 74000, versions = [0x90, 0x92]", "startup", "0x92 is not in rom.ids"),
    ("a ROM without a start", F405, "us = 74000, versions = [0x90, 0x91]",
     "us = 74000, versions = [0x90]", "startup.list", "nothing of version 0x91"),
    ("clears nothing in one", G07, "clears_empty = true", "clears_empty = false",
     "manners.clears_empty_in", "is false"),
    ("unmasks in no ROM", G03, "unmasks = [0x54]", "unmasks = [0x55]",
     "manners", "0x55 is not in rom.ids"),
)
# fmt: on
