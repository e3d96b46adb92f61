# bad_dfu.py: bad rows of a ROM's USB device, for test_gen_devices.py.
# SPDX-License-Identifier: MIT
F105, F405, F410 = ("f1.toml", "f105"), ("f4.toml", "f405"), ("f4.toml", "f410")
H743, L5 = ("h7.toml", "h743"), ("l5.toml", "l5")
# fmt: off
BAD = (
    ("no such serial number", F405, 'serial = "middle"', 'serial = "first"', "dfu.serial",
     "must be one of"),
    ("fixed without a text", F105, 'serial_text = "STM32"\n', "", "dfu.serial", "go together"),
    ("a text that is not fixed", F105, 'serial = "fixed"', 'serial = "middle"', "dfu.serial",
     "go together"),
    ("transfers of nothing", F405, "transfer_size = 2048", "transfer_size = 8",
     "dfu.transfer_size", "not between 64 and 4096"),
    ("release too long", F405, "release = 0x2200", "release = 0x22000", "dfu.release",
     "more than 16 bits"),
    ("strings over strings", F405, "first_string = 4", "first_string = 3", "dfu.first_string",
     "not between 4 and 8"),
    ("flash with an address", F405, 'flash = "@Internal Flash  "',
     'flash = "@Internal Flash  /0x08000000"', "dfu.flash", "must be @ and a name"),
    ("a memory without sectors", F405, "/0x1FFFC000/01*016 e", "/0x1FFFC000", "dfu.memories",
     "no string of a memory"),
    ("a memory of no letter", F405, "/01*004 e", "/01*004 x", "dfu.memories",
     "no string of a memory"),
    ("quirk of no ROM", F405, '"dfu-memories-erasable", versions = [0x30]',
     '"dfu-memories-erasable", versions = [0x32]', "dfu", "0x32 is not in rom.ids"),
    ("no such quirk", F405, '"dfu-memories-erasable"', '"double-ack"', "dfu.quirks[1].what",
     "must be one of"),
    ("quirk without its number", F405, ", number = 300", "", "dfu.quirks", "lacks one"),
    ("leave of no ROM", L5, "leave_fails = [0x90]", "leave_fails = [0x93]", "dfu",
     "0x93 is not in rom.ids"),
    ("no such moment", H743, 'leaves_first = "yes"', 'leaves_first = "soon"', "dfu.leaves_first",
     "must be one of"),
    ("a device of a ROM that is not on USB", F105, 'kind = "usb"', 'kind = "can"', "dfu",
     "the ROM is not on USB"),
    ("a ROM on USB without a device", F410, 'kind = "spi", name = "SPI1"',
     'kind = "usb", name = "SPI1"', "dfu", "missing"),
)
# fmt: on
