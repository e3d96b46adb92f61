# chip_steps.py: steps that put what is around a chip's core into a state, by the facts of its row.
# SPDX-License-Identifier: MIT
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from act import change, set_bits, wait, write  # noqa: E402
from table.register_bits import part_registers  # noqa: E402

ENABLE = re.compile(r"(ENR|RSTR)\d*$")
KERNEL = re.compile(r"CCIP|^CFGR3$|^DCKCFGR2?$")
# What names of the sources have in them.
OF_WIRE = {"usb": ("USB", "48"), "usart": ("USART",), "i2c": ("I2C",), "spi": ("SPI",), "can": ("CAN",)}
LATENCY, PREFETCH = 0x7, {0x40023C00: 0x700}  # FLASH_ACR; F2, F4 and F7: PRFTEN, ICEN and DCEN
MPU_CTRL, MPU_RNR, MPU_RBAR, MPU_RASR = 0xE000ED94, 0xE000ED98, 0xE000ED9C, 0xE000EDA0
PROGRAM_AT = 0x1000  # as program.ld: behind the vector table
USB_CNTR = 0x40
OTG_GAHBCFG, OTG_GINTMSK, OTG_USBRST, OTG_DCTL = 0x08, 0x18, 0x1000, 0x804
# CR1 with its place: enable, receiver, transmitter, interrupt of a byte that has come.
USART_CR1 = {"usart-sr": (0x0C, 0x202C), "usart-isr": (0x00, 0x2D)}
# Of the first channel: where its address in memory and its count are, and what makes it go round.
DMA = {
    "dma-channels": (0x14, 0x0C, [(0x08, 0x9A1)]),  # CMAR, CNDTR, CCR
    "dma-streams": (0x1C, 0x14, [(0x10, 0x4501)]),  # M0AR, NDTR, CR
    # CDAR and CBR1; CTR1 with words and DINC, CLLR with UB1, CCR
    "gpdma": (0xA0, 0x98, [(0x90, 0xA0000), (0xCC, 0x10004), (0x64, 0x1)]),
}


class Missing(Exception):
    """The virtual chip, or its row, has not what an observation is about."""


class ChipSteps:
    """The steps for one row of devices/. `registers` is what devices/registers says, by series,
    `stack` the end of the program's stack."""

    def __init__(self, device, registers, stack):
        self.device, self.stack = device, stack
        series = registers.get(device.series)
        self.registers = series and part_registers(series, device["parts"][0], device.slug)

    def peripheral(self, name):
        for found in self.device["peripherals"]["list"]:
            if found["name"] == name:
                return found
        raise Missing(f"{name} is not modelled on this row")

    def ram(self):
        """Where the RAM with the stack starts."""
        return next(ram["start"] for ram in self.device["ram"]
                    if ram["start"] < self.stack <= ram["start"] + ram["size"])

    def blocks(self, *kinds):
        return [one for one in self.device["peripherals"]["list"] if one["block"] in kinds]

    def start_clock(self, peripheral):
        register = peripheral["clock_register"]
        return [set_bits(register, peripheral["clock_mask"])] if register else []

    def known(self, name):
        """Where a register of devices/registers is."""
        if not self.registers or name not in self.registers.known:
            raise Missing(f"{name} is not in devices/registers")
        return self.registers.known[name].address

    # Clocks.

    def _reset_value(self, register):
        return next((one["value"] for one in self.device["clock"]["registers"]
                     if one["address"] == register), 0)

    def _switch(self, selects):
        clock = self.device["clock"]
        mask = clock["switch_mask"]
        value = selects * (mask & -mask)
        status = clock["switch_status"]
        return [change(clock["switch_register"], mask, value),
                wait(clock["switch_register"], mask << status, value << status)]

    def _start(self, ready):
        return [set_bits(ready["address"], 1 << ready["on"]),
                wait(ready["address"], 1 << ready["ready"], 1 << ready["ready"])]

    def _stop(self, ready):
        return [change(ready["address"], 1 << ready["on"], 0),
                wait(ready["address"], 1 << ready["ready"], 0)]

    def _stop_others(self):
        """All that a reset leaves off, a PLL before what feeds it."""
        off = [one for one in self.device["clock"]["ready"]
               if not self._reset_value(one["address"]) >> one["on"] & 1]
        off.sort(key=lambda one: "PLL" not in one["name"])
        return [step for one in off for step in self._stop(one)]

    def _drivers(self):
        """(the oscillator of a reset, the last other one: a PLL where there is one)"""
        clock = self.device["clock"]
        mask = clock["switch_mask"]
        selected = (self._reset_value(clock["switch_register"]) & mask) // (mask & -mask)
        drivers = [one for one in clock["ready"] if "selects" in one]
        of_reset = next((one for one in drivers if one["selects"] == selected), None)
        others = [one for one in drivers if one["selects"] != selected]
        if not of_reset or not others:
            raise Missing("the row knows one source of the system clock")
        return of_reset, others[-1]

    def _oscillator(self, name):
        for one in self.device["clock"]["ready"]:
            if one["name"] == name:
                return one
        raise Missing(f"the row has no {name}")

    def _feed(self, driver):
        """A crystal for the PLL, where the row says how to choose."""
        tree = self.device["clock_tree"]
        node = next((one for one in tree["list"] if one["name"] == driver["name"]), {})
        source = next((i for i, name in enumerate(node.get("from", [])) if name[:3] == "HSE"), None)
        field = next((one for one in tree["fields"] if one["name"] == node.get("select")), None)
        if source is None or not field:
            return []
        mask = field["mask"]
        return [*self._start(self._oscillator("HSE")),
                change(field["register"], mask, source * (mask & -mask))]

    def configure_clocks(self):
        """As an application does: supplies, latency, a crystal, the PLL."""
        _, driver = self._drivers()
        return [*self.set_supplies(), *self.set_flash(LATENCY), *self._feed(driver),
                *self._start(driver), *self._switch(driver["selects"])]

    def restore_clocks(self):
        """As a vendor's HAL does: the clock tree, not the enables of peripherals."""
        of_reset, _ = self._drivers()
        return [*self._start(of_reset), *self._switch(of_reset["selects"]), *self._stop_others(),
                *(write(one["address"], one["value"]) for one in self.device["clock"]["registers"]
                  if not ENABLE.search(one["name"]))]

    def restore_part_of_clocks(self):
        """The system clock is that of a reset, what drove it runs on."""
        of_reset, _ = self._drivers()
        return [*self._start(of_reset), *self._switch(of_reset["selects"])]

    def stop_hsi(self):
        """The crystal drives the chip, and HSI is off."""
        hse = self._oscillator("HSE")
        hsi = self._oscillator("HSI")
        return [*self._start(hse), *self._switch(hse["selects"]),
                change(hsi["address"], 1 << hsi["on"], 0)]

    def switch_mpu_on(self):
        """Nobody says with which regions: one over RAM, that may not be executed."""
        if self.device["core"]["name"] == "cortex-m33":  # regions by limit
            return [write(MPU_RNR, 0), write(MPU_RBAR, 0x20000003), write(MPU_RASR, 0x2007FFE1), set_bits(MPU_CTRL, 5)]
        return [write(MPU_RNR, 0), write(MPU_RBAR, 0x20000000), write(MPU_RASR, 0x13000025), set_bits(MPU_CTRL, 5)]

    def change_kernel_clock(self, wire):
        """The source of this wire's clock, where it has a name; else the lowest bit of the first register
        that chooses them."""
        masks = self.registers.masks if self.registers else {}
        for one in self.device["clock"]["registers"]:
            for (register, bits), mask in masks.items():
                chooses = register == f"RCC_{one['name']}" and KERNEL.search(one["name"])
                if chooses and any(name in bits for name in OF_WIRE.get(wire, ())):
                    return [set_bits(one["address"], mask & -mask)]
        for one in self.device["clock"]["registers"]:
            if KERNEL.search(one["name"]):
                return [set_bits(one["address"], 1)]
        raise Missing("no register of kernel clocks in the row")

    def set_supplies(self):
        """Another voltage of the core, where devices/registers knows the bits."""
        masks = self.registers.masks if self.registers else {}
        for (register, bits), mask in masks.items():
            if register.startswith("PWR_") and bits == "VOS":
                reset = self.registers.known[register].reset
                return [*self.start_clock(self.peripheral("PWR")),
                        change(self.known(register), mask, ~reset & mask)]
        return []

    def set_flash(self, latency=0):
        """FLASH_ACR: prefetch, as HAL_Init() sets it, and this latency as far as it reaches."""
        acr = (self.device.get("jump") or {}).get("latency")
        if not acr:
            return []
        bits = acr["mask"] & (PREFETCH.get(acr["register"], 0) | LATENCY & latency)
        return [set_bits(acr["register"], bits)] if bits else []

    # What is seen at address 0, pins, buses.

    def clock_syscfg(self):
        remap = self.device.get("remap")
        if not remap or not remap["clock_register"]:
            return []
        return [set_bits(remap["clock_register"], remap["clock_mask"])]

    def remap(self):
        remap = self.device.get("remap")
        if not remap:
            return []
        return [change(remap["register"], remap["mask"], remap["system_memory"])]

    def drive_pin(self, port="GPIOB", pin=0):
        """An output that is high: of GPIOB, as a LED."""
        found = self.peripheral(port)
        first, place, width, output = found["start"], pin, 2, 0x14
        if found["block"] == "gpio-crl":
            first, place, width, output = found["start"] + pin // 8 * 4, pin % 8, 4, 0x0C
        return [*self.start_clock(found),
                change(first, (1 << width) - 1 << width * place, 1 << width * place),
                set_bits(found["start"] + output, 1 << pin)]

    def free_line(self):
        """An interrupt that no block of the virtual chip raises."""
        used = {line for one in self.device["interrupts"]["lines"] for line in one["lines"]}
        used |= {one["interrupt"] for one in self.device["timers"]["list"]}
        return next(line for line in range(1, self.device["core"]["interrupts"]) if line not in used)

    def usb(self):
        """USB as a device that a host has enumerated: its interrupts and its pull-up are on."""
        found = self.blocks("usb")
        if not found:
            raise Missing("the row has no USB that is modelled")
        usb = found[-1]
        start = usb["start"]
        if usb["size"] > 0x400 or "OTG" in usb["name"]:
            state = [write(start + OTG_GAHBCFG, 1), write(start + OTG_GINTMSK, OTG_USBRST),
                     write(start + OTG_DCTL, 0)]
        else:
            state = [write(start + USB_CNTR, 0x8400), *self._pull_up(usb)]
        return self.start_clock(usb) + state

    def _pull_up(self, usb):
        for one in (self.device.get("usb_pullup") or {"list": []})["list"]:
            if one["name"] == usb["name"]:
                mask = 1 << one["bit"]
                return [change(one["register"], mask, mask if one["off"] == "clear" else 0)]
        return []

    def rom_usart(self):
        """The first USART that the ROM listens on and that the virtual chip has."""
        names = [one["name"] for one in self.device["interfaces"]["list"] if one["kind"] == "usart"]
        modelled = {one["name"]: one for one in self.device["peripherals"]["list"]}
        for name in names:
            if name in modelled:
                return modelled[name]
        raise Missing("no USART of the ROM is modelled")

    def usart(self):
        """The USART of the ROM receives, and its interrupt is on."""
        found = self.rom_usart()
        offset, control = USART_CR1[found["block"]]
        line = found["interrupt"]
        return [*self.start_clock(found), write(found["start"] + offset, control),
                write(0xE000E100 + line // 32 * 4, 1 << line % 32)]

    def bus(self, wire):
        """A bus of the ROM besides USB and USARTs is on: CAN where the observation is about none."""
        names = {"can": ("FDCAN1_CCCR", "CAN1_MCR", "CAN_MCR"), "i2c": ("I2C1_CR1",),
                 "spi": ("SPI1_CR1",)}
        for name in names.get(wire, names["can"] + names["i2c"]):
            if self.registers and name in self.registers.known:
                known = self.registers.known[name]
                return [write(known.address, known.reset ^ 1)]
        raise Missing(f"devices/registers has no register of {wire or 'CAN or I2C'}")

    def dma(self, over_rom):
        """A channel goes round over RAM that the ROM uses, or over other."""
        mark = self.device.get("mark") or {"place": "backup"}
        inside = over_rom or mark.get("place") == "backup"
        buffer = self.ram() + 0x100 if inside else mark["address"] + 0x80
        found = self.blocks(*DMA)
        if not found:
            raise Missing("the row has no DMA that is modelled")
        start = found[0]["start"]
        address, count, go = DMA[found[0]["block"]]
        return [*self.start_clock(found[0]),
                write(start + address, buffer),
                write(start + count, 16), *(write(start + offset, value) for offset, value in go)]

    # The backup domain, watchdogs, what ST's start-up writes.

    def unlock_backup(self):
        backup = self.device.get("backup")
        if not backup or "unlock_register" not in backup:
            raise Missing("the row has no lock of the backup domain")
        return [*(set_bits(one["register"], 1 << one["bit"]) for one in backup["clocks"]),
                set_bits(backup["unlock_register"], 1 << backup["unlock_bit"])]

    def unlock_rtc(self):
        wpr = self.known("RTC_WPR")
        return [*self.unlock_backup(), write(wpr, 0xCA), write(wpr, 0x53)]

    def use_backup_sram(self):
        found = self.blocks("backup-sram")
        if not found:
            raise Missing("the row has no backup SRAM that is modelled")
        return self.start_clock(found[0])

    def start_watchdog(self):
        """The IWDG with a period of a second, as HAL_IWDG_Init() starts it."""
        start = self.device["iwdg"]["address"]
        return [write(start, 0xCCCC), write(start, 0x5555), write(start + 4, 3),
                write(start + 8, 1000), write(start, 0xAAAA)]

    def start_window_watchdog(self):
        found = next((one for one in self.blocks("wwdg")), None)
        if not found:
            raise Missing("the row has no WWDG that is modelled")
        return [*self.start_clock(found), write(found["start"] + 4, 0x1FF),
                write(found["start"], 0xFF)]

    def system_init(self):
        """What ST's SystemInit() writes that a reset leaves otherwise."""
        steps = []
        for one in (self.device.get("system_init") or {"list": []})["list"]:
            clock, mask = one.get("clock_register", 0), one.get("clock_mask", 0)
            steps += [set_bits(clock, mask)] if clock else []
            steps.append(change(one["register"], one["mask"], one["left"]))
            steps += [change(clock, mask, 0)] if clock else []
        return steps

    def turn_on_icache(self):
        found = self.blocks("icache")
        if not found:
            raise Missing("the row has no ICACHE that is modelled")
        return [set_bits(found[0]["start"], 1)]

    def erase_first_page(self):
        """The page that holds the vector table, with the flash's lock open behind it."""
        if self.device["flash"]["pages"][0]["size"] > PROGRAM_AT:
            raise Missing("the first page holds the program too")
        part = self.device["flash_control"]["list"][0]
        start, control = self.device["flash"]["start"], part["control"]
        steps = [write(part["key_register"], key) for key in part["keys"]]
        if "program_keys" in part:
            steps += [write(part["program_key_register"], key) for key in part["program_keys"]]
        steps.append(set_bits(control, part["page_erase"]))
        if "page_address" in part:
            steps.append(write(part["page_address"], start))
        if "start_bit" in part:
            steps.append(set_bits(control, part["start_bit"]))
        else:
            steps.append(write(start, 0))
        return [*steps, wait(part["status"], part["busy"] & -part["busy"], 0)]
