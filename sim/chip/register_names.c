// register_names.c: finds the name of a register, by what the row and Arm say.
// SPDX-License-Identifier: MIT
#include "register_names.h"

#include "block.h"
#include "step_names.h"

#include <stdio.h>
#include <string.h>

static const struct {
    uint32_t address;
    const char *name;
} core_registers[] = {
    {0xE0001000, "DWT_CTRL"},
    {0xE0001004, "DWT_CYCCNT"},
    {0xE000E010, "SYST_CSR"},
    {0xE000E014, "SYST_RVR"},
    {0xE000E018, "SYST_CVR"},
    {0xE000ED00, "CPUID"},
    {0xE000ED04, "ICSR"},
    {0xE000ED08, "VTOR"},
    {0xE000ED0C, "AIRCR"},
    {0xE000ED10, "SCR"},
    {0xE000ED14, "CCR"},
    {0xE000ED18, "SHPR1"},
    {0xE000ED1C, "SHPR2"},
    {0xE000ED20, "SHPR3"},
    {0xE000ED24, "SHCSR"},
    {0xE000ED88, "CPACR"},
    {0xE000ED90, "MPU_TYPE"},
    {0xE000ED94, "MPU_CTRL"},
    {0xE000ED98, "MPU_RNR"},
    {0xE000ED9C, "MPU_RBAR"},
    {0xE000EDFC, "DEMCR"},
    {0xE000EF34, "FPCCR"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_MSP, "MSP"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_PSP, "PSP"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_MSPLIM, "MSPLIM"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_PSPLIM, "PSPLIM"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_PRIMASK, "PRIMASK"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_BASEPRI, "BASEPRI"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_FAULTMASK, "FAULTMASK"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_CONTROL, "CONTROL"},
};

// Registers of the NVIC that are there once for each 32 interrupts, or for each 4.
static const struct {
    uint32_t start, end;
    const char *name;
} core_lists[] = {
    {0xE000E100, 0xE000E140, "NVIC_ISER"}, {0xE000E180, 0xE000E1C0, "NVIC_ICER"},
    {0xE000E200, 0xE000E240, "NVIC_ISPR"}, {0xE000E280, 0xE000E2C0, "NVIC_ICPR"},
    {0xE000E400, 0xE000E800, "NVIC_IPR"},
};

uint32_t register_special(unsigned number)
{
    return (uint32_t)REGISTER_SPECIAL + number;
}

static bool name_core(uint32_t address, char name[REGISTER_NAME_ROOM])
{
    address &= address < register_special(0) ? ~3u : ~0u;
    for (size_t i = 0; i < sizeof core_registers / sizeof *core_registers; i++) {
        if (core_registers[i].address == address) {
            snprintf(name, REGISTER_NAME_ROOM, "%s", core_registers[i].name);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof core_lists / sizeof *core_lists; i++) {
        if (address - core_lists[i].start < core_lists[i].end - core_lists[i].start) {
            snprintf(name, REGISTER_NAME_ROOM, "%s%u", core_lists[i].name,
                     (unsigned)(address - core_lists[i].start) / 4);
            return true;
        }
    }
    return false;
}

static bool is_in_rcc(const struct device *device, uint32_t address)
{
    return address - device->rcc < device->rcc_size;
}

static bool name_from(const struct register_reset *list, const char *prefix, uint32_t address,
                      char name[REGISTER_NAME_ROOM])
{
    for (; list->name; list++) {
        if (list->address == address) {
            snprintf(name, REGISTER_NAME_ROOM, "%s%s", prefix, list->name);
            return true;
        }
    }
    return false;
}

// The lists of the row that name registers.
static bool name_listed(const struct device *device, uint32_t address,
                        char name[REGISTER_NAME_ROOM])
{
    for (const struct register_known *one = device->known_registers; one->name; one++) {
        if (one->address == address) {
            snprintf(name, REGISTER_NAME_ROOM, "%s", one->name);
            return true;
        }
    }
    for (const struct reset_register *one = device->reset_registers; one->name; one++) {
        if (one->address == address) {
            snprintf(name, REGISTER_NAME_ROOM, "RCC_%s", one->name);
            return true;
        }
    }
    return name_from(device->rcc_registers, "RCC_", address, name) ||
           name_from(device->peripheral_resets, "", address, name);
}

static bool name_by_step(const struct device *device, uint32_t address,
                         char name[REGISTER_NAME_ROOM])
{
    for (const struct jump_step *step = device->jump.steps; step->name; step++) {
        struct word word = step_register(step);
        if (step->address == address && word.length) {
            snprintf(name, REGISTER_NAME_ROOM, "%s%.*s", is_in_rcc(device, address) ? "RCC_" : "",
                     word.length, word.text);
            return true;
        }
    }
    return false;
}

// The word of a layout for an offset; empty where it has none.
static struct word word_of_layout(const char *layout, uint32_t offset)
{
    const char *text = layout ? layout : "";

    for (uint32_t i = 0; i < offset / 4 && *text; i++) {
        text += strcspn(text, " ");
        text += *text == ' ';
    }
    int length = (int)strcspn(text, " ");
    return (struct word){text, *text == '-' ? 0 : length};
}

static bool name_by_block(const struct chip *chip, uint32_t address, char name[REGISTER_NAME_ROOM])
{
    const struct block *block = block_at(chip, address);

    if (!block) {
        return false;
    }
    uint32_t offset = address - block->peripheral->start;
    struct word word = word_of_layout(block->type->layout, offset);
    if (word.length) {
        snprintf(name, REGISTER_NAME_ROOM, "%s_%.*s", block->peripheral->name, word.length,
                 word.text);
    } else {
        snprintf(name, REGISTER_NAME_ROOM, "%s + 0x%02X", block->peripheral->name,
                 (unsigned)offset);
    }
    return true;
}

void register_name(const struct chip *chip, uint32_t address, char name[REGISTER_NAME_ROOM])
{
    const struct device *device = chip->device;

    if (name_core(address, name)) {
        return;
    }
    address &= ~3u;
    if (name_listed(device, address, name) || name_by_step(device, address, name) ||
        name_by_block(chip, address, name)) {
        return;
    }
    if (is_in_rcc(device, address)) {
        snprintf(name, REGISTER_NAME_ROOM, "RCC + 0x%02X", (unsigned)(address - device->rcc));
    } else {
        snprintf(name, REGISTER_NAME_ROOM, "0x%08X", (unsigned)address);
    }
}
