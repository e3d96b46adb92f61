// devices.h: the facts about every STM32 that the host programs need, one struct per device.
// SPDX-License-Identifier: MIT
//
// A device is one line of ST's application note AN2606 (Rev 70). The table itself,
// devices.c, is generated from devices/*.toml, where each fact names its source;
// devices/README.md explains every key. Addresses and sizes are in bytes.
#ifndef BOOTLEAP_COMMON_DEVICES_H
#define BOOTLEAP_COMMON_DEVICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The Cortex-M core that runs the application and the ROM.
enum core { CORE_M0, CORE_M0PLUS, CORE_M3, CORE_M4, CORE_M7, CORE_M33, CORE_M55 };

// How far a fact can be trusted: an ST document says it, somebody measured it on
// silicon, or it follows from other facts and nobody has seen it.
enum confidence { CONFIDENCE_DOCUMENTED, CONFIDENCE_MEASURED, CONFIDENCE_INFERRED };

// What a write to a flash unit that is already programmed does.
enum second_write {
    SECOND_WRITE_CLEARS_BITS, // new content is the bitwise AND of both writes
    SECOND_WRITE_REFUSED,     // the controller sets an error flag, the unit keeps its content
    SECOND_WRITE_BREAKS_ECC,  // the unit's error code no longer fits: reading it faults
};

// Where a ROM leaves proof that it ran before the application, see design: "trace".
enum trace {
    TRACE_NONE,
    TRACE_VTOR,  // VTOR still points into system memory
    TRACE_ALIAS, // or the vector table in force at address 0 is the ROM's
};

// An IP block, named after the register layout and not after a chip.
enum block_kind {
    BLOCK_GPIO,      // MODER at 0, IDR at 0x10, ODR at 0x14, BSRR at 0x18
    BLOCK_USART_SR,  // SR at 0, DR at 4: one data register
    BLOCK_USART_ISR, // ISR at 0x1C, RDR at 0x24, TDR at 0x28
    BLOCK_SYSCFG,    // MEM_MODE lives here where the series has it
    BLOCK_FLASH,     // ACR, key, status and control registers
    BLOCK_IWDG,      // KR at 0, PR at 4, RLR at 8, SR at 12
    BLOCK_PWR,       // power control, kept as plain registers
};

// `size` bytes of address space from `start` on.
struct region {
    const char *name;
    uint32_t start;
    uint32_t size;
};

// RAM as the chip has it in its default configuration.
struct ram {
    struct region region;
    unsigned ecc_bytes; // width that must be written at once; 0 where the RAM has no ECC
};

// `count` equal pages (sectors in some manuals) that follow each other.
struct page_run {
    uint32_t start;        // address of the first one
    unsigned first_number; // its number in the ROM's erase commands
    unsigned count;
    uint32_t size; // of one page
};

// A register that does not start at zero, or that the judge compares with its reset value.
struct register_reset {
    const char *name;
    uint32_t address;
    uint32_t value; // after a system reset
};

// A ready bit that follows its enable bit, as HSIRDY follows HSION. Both in one register.
struct ready_bit {
    uint32_t address;
    uint32_t on;    // mask of the enable bit
    uint32_t ready; // mask of the ready bit
};

// One instance of an IP block.
struct peripheral {
    const char *name; // ST's name, "USART3"
    enum block_kind block;
    uint32_t start;
    uint32_t size;
    uint32_t clock_register; // RCC register that gates it; 0 where it is always clocked
    uint32_t clock_mask;
    uint32_t control_reset; // value after reset of its first register (GPIO: MODER)
};

// A USART that the ROM listens on.
struct rom_usart {
    const char *name; // "USART3": also the name of a peripheral of this device
    const char *tx;   // pin, "PD8"
    const char *rx;
};

struct device {
    const char *slug;         // unique key, "h723"
    const char *series;       // "H7"
    const char *name;         // AN2606's, "STM32H72xxx/73xxx"
    const char *const *parts; // CMSIS macros, NULL-terminated
    const char *tested;       // boards it was tried on, "" where nobody did
    enum core core;
    unsigned interrupts;    // lines that the NVIC has
    unsigned priority_bits; // that the NVIC implements
    uint32_t vtor_reset;    // VTOR after a reset with an application in flash
    bool alias;             // flash, or what MEM_MODE selects, is also seen at address 0

    uint16_t product;       // answer of Get ID
    const uint8_t *rom_ids; // ID bytes of the known ROM versions, oldest first, 0-terminated
    uint32_t rom_id_address;
    uint32_t rom_vector;                // the ROM's vector table
    const struct region *system_memory; // terminated by size 0
    const struct region *rom_ram;       // RAM that the ROM overwrites, terminated by size 0
    const struct rom_usart *rom_usarts; // terminated by name NULL
    uint8_t an3155_version;             // answer of Get, 0x31 is 3.1
    const uint8_t *rom_commands;        // AN3155 codes in the ROM's order, 0xFF-terminated
    bool self_reset;       // this ROM resets the chip when it needs a crystal and finds none
    bool rom_clears_empty; // this ROM clears the EMPTY flag when it starts
    enum trace trace;

    struct region flash;
    const struct page_run *pages; // terminated by count 0
    unsigned program_bytes;       // unit that is programmed at once
    enum second_write second_write;
    uint8_t erased;          // value of an erased byte
    uint32_t empty_register; // holds the EMPTY flag that is latched at power-on; 0: no empty check
    uint32_t empty_mask;

    const struct ram *rams; // terminated by size 0
    uint32_t mark;          // where the mark lives, 8 bytes

    uint32_t rcc; // base address
    uint32_t rcc_size;
    const struct register_reset *rcc_registers; // terminated by name NULL
    const struct ready_bit *ready_bits;         // terminated by address 0
    uint32_t switch_register;                   // holds SW and SWS
    uint32_t switch_mask;                       // of SW
    unsigned switch_status;                     // how many bits SWS stands left of SW
    uint32_t flags_register;                    // reset flags
    uint32_t flags_any;                         // every flag that exists
    uint32_t flags_software, flags_power, flags_pin, flags_watchdog,
        flags_option;                                                   // masks of single flags
    uint32_t flags_clear;                                               // RMVF
    uint32_t after_power_on, after_pin, after_software, after_watchdog; // what each reset adds

    uint32_t remap_register; // holds MEM_MODE; 0 where the series has no remap
    uint32_t remap_mask, remap_system_memory;
    uint32_t remap_clock_register, remap_clock_mask; // SYSCFG's clock; 0 where it needs none

    uint32_t iwdg;
    const struct peripheral *peripherals; // terminated by name NULL
};

extern const struct device devices[];
extern const size_t device_count;

// The device with this slug, or that holds this CMSIS macro ("STM32H723xx"), whatever
// the case of its letters; NULL if there is none.
const struct device *device_find(const char *name);

// The device whose slug or macro is nearest to `name`, for "did you mean": never NULL.
const struct device *device_nearest(const char *name);

// The first device that answers Get ID with `product`, from `after` on (NULL: from the
// start of the table); NULL if there is none. Product ids are not unique: see `rom_ids`.
const struct device *device_by_product(uint16_t product, const struct device *after);

// The page that holds `address`: its number goes to *number, its limits to *page.
// False if the address is not in this device's flash.
bool device_page(const struct device *device, uint32_t address, unsigned *number,
                 struct region *page);

#endif
