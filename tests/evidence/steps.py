# steps.py: turns one observation into a program, and the options of the run that it needs.
# SPDX-License-Identifier: MIT
from dataclasses import dataclass, field

from act import Step, change, execute, set_bits, write
from chip_steps import ChipSteps, Missing
from surroundings import NotExpressible, boot0_is_high, failing_go, surroundings, usual_wire

# What a program of this way leaves where nobody says otherwise, as most programs do.
#   direct  HAL_RCC_DeInit() has put the clocks back (the step that ST's article has and most copy),
#           SysTick is stopped and the NVIC cleared behind it, interrupts are not masked; the vector
#           table is the application's own, MEM_MODE is set where the series has it, MSP is word 0;
#           a pin is in use, and the FPU is on, as ST's SystemInit() leaves it.
#   early   the jump is made before start-up code did anything: all is as the reset leaves it.
#   back    the application sets VTOR, as most start-up code but the newer one of ST's does; an
#           observation with VTOR in the ROM is about one that does not.
DEFAULTS = {
    "direct": {"clocks": "hal", "systick": "off", "primask": "0", "nvic": "clr", "vtor": "app",
               "remap": "yes", "msp": "rom", "control": "0", "isr": "no", "gpio": "used",
               "fpu": "on"},
    "early": {"clocks": "reset", "systick": "reset", "primask": "0", "nvic": "clr", "vtor": "0",
              "remap": "no", "msp": "rom", "control": "0", "isr": "no", "gpio": "reset",
              "fpu": "off"},
}
WITH_FPU = ("cortex-m4", "cortex-m7", "cortex-m33", "cortex-m55")
WITH_LIMITS = ("cortex-m33", "cortex-m55")
WITH_CACHES = ("cortex-m7", "cortex-m55")
REQUEST, DONE = 0xB0070001, 0xB0070002  # with their complements: a request, and no second one
DTCM = "DTCM"
SYST_CSR, SYST_RVR, SYST_CVR = 0xE000E010, 0xE000E014, 0xE000E018
NVIC_ISER, NVIC_ICER, NVIC_ISPR, NVIC_ICPR = 0xE000E100, 0xE000E180, 0xE000E200, 0xE000E280
NVIC_IPR = 0xE000E400
ICSR, VTOR, CCR, CPACR, MPU_CTRL = 0xE000ED04, 0xE000ED08, 0xE000ED14, 0xE000ED88, 0xE000ED94
ICSR_PENDSVSET = 1 << 28
CCR_CACHES, CCR_TRAP, FPU_ACCESS = 3 << 16, 1 << 3, 0xF << 20
MSR_PRIMASK, MSR_BASEPRI, MSR_CONTROL = (0xF380, 0x8810), (0xF380, 0x8811), (0xF380, 0x8814)
MSR_MSPLIM, MSR_PSPLIM, ISB = (0xF380, 0x880A), (0xF380, 0x880B), (0xF3BF, 0x8F6F)
VMOV = (0xEEB0, 0x0A40)  # S0 to itself: the FPU is in use
RUN_TO_ARRIVED = ("--host", "go", "--until", "arrived")


@dataclass
class Plan:
    """What to run: the steps of the program, word 0 of its table, options of bootleap-sim run."""

    row: str
    steps: list = field(default_factory=list)
    stack: int = 0
    options: list = field(default_factory=list)


class Planner:
    """Makes plans for the rows of devices/. `stacks` has where RAM ends, by slug; `registers` is what
    devices/registers says, by series."""

    def __init__(self, devices, stacks, registers):
        self.devices, self.stacks, self.registers = devices, stacks, registers

    def plan(self, observation):
        """The Plan of an observation. Raises NotExpressible."""
        row = observation.get("row")
        if not row:
            raise NotExpressible("the part is not named")
        if row not in self.stacks or not self.devices[row].get("peripherals"):
            raise NotExpressible("the row does not run on the virtual chip")
        device = self.devices[row]
        if device["flash"]["start"] != 0x08000000:
            raise NotExpressible("the program is made for a flash at 0x08000000")
        plan = Plan(row, stack=self.stacks[row])
        left = observation.get("left", {})
        plan.options = surroundings(observation, device, left)
        plan.options += ["--interface", observation.get("wire") or usual_wire(device)]
        try:
            chip = ChipSteps(device, self.registers, plan.stack)
            plan.steps = WAYS[observation["way"]](chip, observation, left, plan)
        except Missing as missing:
            raise NotExpressible(str(missing)) from missing
        return plan


def _said(way, left):
    """All that a program of this way leaves. What is live has its interrupt enabled."""
    live = "live" in (left.get("usb"), left.get("usart"))
    return DEFAULTS[way] | ({"nvic": "left"} if live else {}) | left


def _direct(chip, observation, left, plan):
    said = _said("direct", left)
    try:
        once = [*_stop_if_done(chip), *_store(_flag(chip, {}), DONE)]
    except NotExpressible:
        once = []  # the run ends where it is sent back again and again
    return [*once, *state(chip, said, observation), *_jump(chip, said, plan)]


def _early(chip, observation, left, plan):
    said = _said("early", left)
    if left.get("check") == "late":
        said = {"clocks": "cfg", "fpu": "on"} | said | {"clocks": "cfg"}
    flag = _flag(chip, left)
    asked = [*_store(flag, DONE), *state(chip, said, observation), *_jump(chip, said, plan)]
    if left.get("check") == "missing" or left.get("loader") == "between":
        asked = [*_store(flag, DONE), Step("STAY")]  # nobody looks, or another one takes it away
    return [*_stop_if_done(chip, left), Step("GO_ON_IF", flag, REQUEST, ~REQUEST), *asked,
            Step("OTHERWISE"), *_ask(chip, left, flag), Step("RESET")]


def _pin(chip, observation, left, plan):
    """BOOT0, option bytes and an empty flash start the ROM behind a reset: one and the same to it."""
    if observation["way"] == "empty":
        plan.options += ["--empty", "--host", "end"]
    elif left.get("ob") == "default" and chip.device["boot0"]["factory"] == "ignored":
        plan.options += ["--host", "end"]  # on a chip as it is delivered the pin does not count
    else:
        plan.options += ["--boot0", "--host", "end"]
    return [*(chip.start_watchdog() if left.get("iwdg") == "run" else []), Step("STAY")]


def _back(chip, observation, left, plan):
    """A jump that the ROM serves, a Go, and an application that needs an exception."""
    if left.get("entry") == "resethandler":
        raise NotExpressible("a Go with the address of Reset_Handler, not of a table")
    version = int(observation.get("rom", "V0.0")[1:].replace(".", ""))
    if left.get("back") == "leave" and f"{version:03d}" in failing_go(chip.device):
        raise NotExpressible("the ROM's Go, which stands for DFU's leave, fails in this version")
    flag = _flag(chip, {})
    plan.options += RUN_TO_ARRIVED
    entering = DEFAULTS["early"] | {"vtor": "rom", "remap": "yes"}
    vectors = {"rom": "none"}.get(left.get("vtor", "app"), left.get("vtor", "app"))
    return [Step("GO_ON_IF", flag, DONE, ~DONE), *_vectors(chip, vectors),
            write(ICSR, ICSR_PENDSVSET), Step("HANDLER"), Step("ARRIVE"), Step("OTHERWISE"),
            Step("GO_ON_IF", flag, REQUEST, ~REQUEST), *_store(flag, DONE),
            *state(chip, entering, observation), *_jump(chip, entering, plan), Step("OTHERWISE"),
            *_store(flag, REQUEST), Step("RESET")]


WAYS = {"direct": _direct, "early": _early, "boot0": _pin, "optionbytes": _pin, "empty": _pin,
        "back": _back}


# The flag that asks for the jump.


def _flag(chip, left):
    """Where it is: in RAM that neither reset nor ROM touches, or where the observation has it."""
    rams = {ram["name"]: ram["start"] for ram in chip.device["ram"]}
    if left.get("flag") == "dtcm":
        if DTCM not in rams:
            raise NotExpressible("a flag in DTCM, which this row has not")
        return rams[DTCM] + 0x8000
    mark = chip.device.get("mark")
    if not mark or mark.get("place") == "backup":
        raise NotExpressible("no RAM keeps a flag on this row")
    return mark["address"] + 0x40


def _store(flag, word):
    return [write(flag, word), write(flag + 4, ~word)]


def _ask(chip, left, flag):
    """Stores the flag as the observation says."""
    if left.get("flag") == "32bit":  # the other word of its unit, and another unit, were there before
        return [write(flag + 4, ~REQUEST), *_store(flag + 0x40, 0), write(flag, REQUEST)]
    caches = [set_bits(CCR, CCR_CACHES)] if left.get("flag") == "dirty" else []
    return [*caches, *_store(flag, REQUEST)]


def _stop_if_done(chip, left=()):
    """A ROM that gave up, or a Go, ends the program."""
    flag = _flag(chip, left or {})
    return [Step("GO_ON_IF", flag, DONE, ~DONE), Step("STAY"), Step("OTHERWISE")]


# The state that the program leaves.


def state(chip, said, observation):
    """The steps that make all that is said, in the order in which programs do it."""
    unknown = {key for key in said if key not in ORDER | SURROUNDING}
    if unknown:
        raise NotExpressible(f"no steps for {', '.join(sorted(unknown))}")
    steps = list(chip.system_init() if said.get("sysinit") == "h7" else [])
    for key in ORDER:
        if key in said:
            steps += STATES[key](chip, said[key], said, observation)
    return steps


def _clocks(chip, value, said, _):
    if value == "reset":
        return [] if said.get("hsi") != "off" else chip.stop_hsi()
    steps = chip.configure_clocks()
    if said.get("hsi") == "off":
        return steps + chip.stop_hsi()
    if value == "hal":
        return [*steps, *chip.restore_clocks(), *chip.set_flash()]
    return steps + (chip.restore_part_of_clocks() if value == "part" else [])


def _usb(chip, value, _, __):
    if value == "gated":  # its clock was switched off, its registers stay
        usb = chip.blocks("usb")[-1:]
        return [*chip.usb(), *(change(one["clock_register"], one["clock_mask"], 0) for one in usb)]
    return chip.usb() if value == "live" else []


def _vectors(chip, value):
    flash = chip.device["flash"]["start"]
    places = {"app": flash, "rom": chip.device["rom"]["vector"], "0": 0, "wrong": flash + 0x200}
    if value == "none" or chip.device["core"]["name"] == "cortex-m0":
        return []
    return [write(VTOR, places[value])]


def _vtor(chip, value, said, observation):
    if observation["way"] == "early" and "vtor" not in observation.get("left", {}):
        return []  # as the reset leaves it
    return _vectors(chip, value)


def _remap(chip, value, _, __):
    """With "yes?" nobody shows that SYSCFG's clock is on, and much code has it off."""
    if value == "no":
        return []
    return [*(chip.clock_syscfg() if value == "yes" else []), *chip.remap()]


def _fpu(chip, value, said, _):
    on = value in ("on", "lspact") or said.get("control") == "fpca"
    if chip.device["core"]["name"] not in WITH_FPU or not on:
        return []
    return [set_bits(CPACR, FPU_ACCESS)]


def _cache(chip, value, _, __):
    if chip.device["core"]["name"] not in WITH_CACHES:
        return chip.turn_on_icache() if value == "on" and chip.blocks("icache") else []
    cached = next(ram["start"] for ram in chip.device["ram"]
                  if "TCM" not in ram["name"])  # the ROM's RAM, behind the data cache
    dirty = [write(cached + 0x100, 0x1234)] if value == "dirty" else []
    return [set_bits(CCR, CCR_CACHES), *dirty] if value != "off" else []


def _nvic(chip, value, said, _):
    words = range((chip.device["core"]["interrupts"] + 31) // 32)
    if value == "clr":
        return [write(place + 4 * i, 0xFFFFFFFF) for i in words for place in (NVIC_ICER, NVIC_ICPR)]
    line = chip.free_line()
    steps = [write(NVIC_ISER + line // 32 * 4, 1 << line % 32)]
    if value == "pending":
        if said["primask"] != "1":
            raise NotExpressible("an interrupt that waits would come before the jump")
        steps += [execute(1, *MSR_PRIMASK), write(NVIC_ISPR + line // 32 * 4, 1 << line % 32)]
    return steps


def _systick(chip, value, _, __):
    control = {"on": 7, "poll": 5}.get(value, 0)
    if not control:
        return [write(SYST_CSR, 0)] if value == "off" else []
    return [write(SYST_RVR, 7999), write(SYST_CVR, 0), write(SYST_CSR, control)]


def _limit(code):
    def steps(chip, value, _, __):
        if chip.device["core"]["name"] not in WITH_LIMITS or value == "0":
            return []
        return [execute(chip.ram() + 0x20, *code)]
    return steps


def _isr(chip, value, *_):
    """In the handler of an interrupt that a reset's priority has, or a low one."""
    if value == "no":
        return []
    line = chip.free_line()
    place, bit, priority = line // 32 * 4, 1 << line % 32, 0x80 << line % 4 * 8
    low = [set_bits(NVIC_IPR + line // 4 * 4, priority)] if value == "low" else []
    return [*low, write(NVIC_ISER + place, bit), write(NVIC_ISPR + place, bit), Step("HANDLER")]


def _control(chip, value, _, __):
    if value == "psp":
        return [Step("ON_PROCESS_STACK", chip.ram() + 0x600)]
    if value == "fpca" and chip.device["core"]["name"] in WITH_FPU:
        return [execute(0, *VMOV)]
    return [execute(1, *MSR_CONTROL), execute(0, *ISB)] if value == "npriv" else []


def _when(word, method):
    """Steps of the chip for one value of a key; the others leave what a reset leaves."""
    return lambda chip, value, *_: method(chip) if value == word else []


def _gpio(chip, value, said, _):
    """A LED, and the port that is wired to BOOT0."""
    boot0 = chip.drive_pin("GPIOF", 11) if boot0_is_high(said) else []
    return boot0 + (chip.drive_pin() if value == "used" else [])


def _bus(chip, value, _, observation):
    return chip.bus(observation.get("wire"))


def _dma(chip, _, __, observation):
    """Over the ROM's RAM only where that is the cause: else nobody says where its buffer is."""
    return chip.dma(over_rom="dma" in observation.get("cause", []))


def _kernel(chip, value, _, observation):
    return chip.change_kernel_clock(observation.get("wire")) if value == "changed" else []


STATES = {
    "clocks": _clocks,
    "kernel": _kernel,
    "fpu": _fpu,
    "mpu": _when("on", ChipSteps.switch_mpu_on),
    "cache": _cache,
    "icache": _when("on", ChipSteps.turn_on_icache),
    "gpio": _gpio,
    "dbp": _when("on", ChipSteps.unlock_backup),
    "wpr": _when("yes", ChipSteps.unlock_rtc),
    "bkpsram": _when("on", ChipSteps.use_backup_sram),
    "iwdg": _when("run", ChipSteps.start_watchdog),
    "wwdg": _when("run", ChipSteps.start_window_watchdog),
    "usb": _usb,
    "usart": _when("live", ChipSteps.usart),
    "bus": _bus,
    "dma": _dma,
    "scb": lambda *_: [set_bits(CCR, CCR_TRAP)],
    "isr": _isr,  # all that follows is done in the handler: where it is found may change
    "vtor": _vtor,
    "remap": _remap,
    "systick": _systick,
    "nvic": _nvic,
    "msplim": _limit(MSR_MSPLIM),
    "psplim": _limit(MSR_PSPLIM),
    "basepri": lambda chip, value, *_: [execute(0x40, *MSR_BASEPRI)] if value == "yes" else [],
    "primask": lambda _, value, *__: [execute(1, *MSR_PRIMASK)] if value == "1" else [],
    "erased": _when("yes", ChipSteps.erase_first_page),
    "control": _control,
}
ORDER = dict.fromkeys(STATES)
# Said by the observation, and made by surroundings(), by the way, or by the jump; or about what no
# register shows: an RTOS that runs is its stack and its interrupts, CFSR and HFSR are only read.
SURROUNDING = dict.fromkeys(("msp", "table", "hsi", "sysinit", "flag", "check", "loader", "ob",
                             "traffic", "rtos", "faultstatus"))


def _jump(chip, said, plan):
    """The jump: from word 1 of the table, or to where it went wrong."""
    table = chip.device["rom"]["vector"]
    start = table + 9 if said.get("table") == "wrong" else 0  # the vector table as code
    if said["msp"] == "app":
        return [Step("JUMP_KEEP", table, 0, start)]
    stacks = {"zero": 0, "eor": plan.stack, "const": chip.ram() + 0x700}
    if said["msp"] == "rom":
        return [Step("JUMP", table, 0, start)]
    return [Step("JUMP_ON", table, stacks[said["msp"]], start)]
