# check_images.py: makes programs of 1 MiB for the benchmark of bootleap-check, with arm-none-eabi-gcc.
# SPDX-License-Identifier: MIT
import random
import subprocess

SIZE, UNITS = 1 << 20, 16
DEVICE = "h723"
FUNCTION = 300  # bytes of code of a function, about
ARM = "arm-none-eabi-"
FLAGS = ("-mcpu=cortex-m7", "-mthumb", "-Os", "-g", "-ffreestanding", "-nostdlib")

# A unit is compiled once, and linked UNITS times under different names.
UNIT = """
#include <stdint.h>
#define REGISTER(address) (*(volatile uint32_t *)(address))
static uint32_t words[256], table[256];
%(functions)s
uint32_t unit(uint32_t argument)
{
%(calls)s
    return argument;
}
"""
# The jump needs no more on this chip.
MAIN = """
#include <stdint.h>
#define REGISTER(address) (*(volatile uint32_t *)(address))
#define ROM 0x1FF09800
extern uint32_t stack_top;
%(declarations)s
__attribute__((section(".noinit"))) volatile uint32_t request;
__attribute__((noinline)) static void jump(void)
{
    REGISTER(0xE000E010) = 0;
    for (int i = 0; i < 8; i++) {
        REGISTER(0xE000E180 + 4 * i) = 0xFFFFFFFF;
        REGISTER(0xE000E280 + 4 * i) = 0xFFFFFFFF;
    }
    REGISTER(0xE000ED08) = ROM;
    uint32_t stack = REGISTER(ROM), first = REGISTER(ROM + 4);
    __asm volatile("msr msp, %%0\\nbx %%1" : : "r"(stack), "r"(first));
    __builtin_unreachable();
}
void reset(void)
{
    uint32_t argument = 0;
    if (%(first)d && request == 0xB007B007) {
        request = 0;
        jump();
    }
%(calls)s
    if (!%(first)d) {
        jump();
    }
    request = 0xB007B007;
    __asm volatile("dsb");
    REGISTER(0xE000ED0C) = 0x05FA0004;
    for (;;) {
    }
}
__attribute__((section(".vectors"), used)) static const void *vectors[] = {&stack_top, reset};
"""
SCRIPT = """
ENTRY(reset)
MEMORY { FLASH (rx) : ORIGIN = 0x08000000, LENGTH = 2M  RAM (rw) : ORIGIN = 0x20000000, LENGTH = 128K }
stack_top = 0x20020000;
SECTIONS {
    .text : { KEEP(*(.vectors)) *(.text*) *(.rodata*) } > FLASH
    .bss (NOLOAD) : { *(.bss*) *(.data*) } > RAM
    .noinit (NOLOAD) : { *(.noinit*) } > RAM
    /DISCARD/ : { *(.ARM.*) }
}
"""


def statement(draw):
    """As firmware has it: registers of peripherals, bits, tables, arithmetic, short loops."""
    number, slot = draw.randrange(1 << 16), draw.randrange(256)
    register = 0x40020000 + 4 * draw.randrange(256)
    return draw.choice((
        f"REGISTER(0x{register:X}) = words[{slot}] | 0x{number:X};",
        f"words[{slot}] += argument * {number} + table[argument % 256];",
        f"if (REGISTER(0x{register:X}) & {1 << draw.randrange(32)}u) {{ words[{slot}] ^= 0x{number:X}; }}",
        f"for (unsigned i = 0; i < {draw.randrange(2, 9)}; i++) {{ table[{slot} ^ i] = argument >> i; }}",
        f"argument = (argument << {draw.randrange(1, 9)}) - words[{slot}];",
        f"switch (argument & 3) {{ case 0: words[{slot}] = {number}; break; case 1: table[{slot}]++; "
        f"break; default: argument ^= {number}; }}",
    ))


def unit(count):
    """`count` functions; most of them call one that stands before them."""
    draw = random.Random(19)
    functions = []
    for i in range(count):
        body = "\n    ".join(statement(draw) for _ in range(FUNCTION // 25))
        below = i // 8 * 8
        call = f"argument += f{draw.randrange(below)}(argument);" if below and i % 8 else ""
        functions.append(f"__attribute__((noinline)) static uint32_t f{i}(uint32_t argument)\n{{\n    {body}\n"
                         f"    {call}\n    return argument;\n}}\n")
    calls = "\n".join(f"    argument += f{i}(argument);" for i in range(count))
    return UNIT % {"functions": "".join(functions), "calls": calls}


def call(tool, *words):
    return subprocess.run([ARM + tool, *words], capture_output=True, text=True, check=True).stdout


def size_of(file):
    return int(call("size", file).splitlines()[1].split()[0])


def units(folder):
    """Object files with SIZE bytes of code together, as near as whole functions come."""
    source, made, count = folder / "unit.c", folder / "unit.o", SIZE // UNITS // FUNCTION
    for _ in range(2):
        source.write_text(unit(count), encoding="ascii")
        call("gcc", *FLAGS, "-c", "-o", made, source)
        count = count * SIZE // UNITS // size_of(made)
    for i in range(UNITS):
        call("objcopy", "--redefine-sym", f"unit=unit_{i}", made, folder / f"unit_{i}.o")
    return [folder / f"unit_{i}.o" for i in range(UNITS)]


def images(folder):
    """(what it does, ELF): one jumps before all that code, the other behind it."""
    objects, script = units(folder), folder / "image.ld"
    script.write_text(SCRIPT, encoding="ascii")
    for first, text in ((1, "1 MiB, jumps before all other code"), (0, "1 MiB, jumps after all other code")):
        source, elf = folder / f"main_{first}.c", folder / f"image_{first}.elf"
        source.write_text(MAIN % {
            "declarations": "\n".join(f"uint32_t unit_{i}(uint32_t argument);" for i in range(UNITS)),
            "calls": "\n".join(f"    argument += unit_{i}(argument);" for i in range(UNITS)),
            "first": first}, encoding="ascii")
        call("gcc", *FLAGS, "-T", script, "-o", elf, source, *objects)
        yield text, elf
