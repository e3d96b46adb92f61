// devices.h: the facts about every STM32 that the host programs need, one struct per device.
// SPDX-License-Identifier: MIT
//
// A device is one line of ST's application note AN2606 (Rev 70). The table itself,
// devices.c, is generated from devices/*.toml, where each fact names its source;
// devices/README.md explains every key. Addresses and sizes are in bytes.
#ifndef BOOTLEAP_COMMON_DEVICES_H
#define BOOTLEAP_COMMON_DEVICES_H

#include "devices_blocks.h"
#include "devices_chip_state.h"
#include "devices_clock.h"
#include "devices_clock_tree.h"
#include "devices_dfu.h"
#include "devices_flash.h"
#include "devices_interfaces.h"
#include "devices_interrupts.h"
#include "devices_option_fields.h"
#include "devices_options.h"
#include "devices_registers.h"
#include "devices_rom.h"
#include "devices_timer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The Cortex-M core that runs the application and the ROM.
enum core { CORE_M0, CORE_M0PLUS, CORE_M3, CORE_M4, CORE_M7, CORE_M33, CORE_M55 };

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

// How the application gets into the ROM. Later work may add ways.
enum entry {
    ENTRY_NONE,        // no documented way, or the device is not known well enough
    ENTRY_RESET,       // mark, reset, jump; MEM_MODE is set where the series has it
    ENTRY_ERASE_FIRST, // the ROM looks at the first word of flash, which must be erased before
};

// Who looks whether the flash is empty.
enum empty_check {
    EMPTY_CHECK_NONE,
    EMPTY_CHECK_FLAG, // the hardware, at power-on and option-byte load: it then starts the ROM
    EMPTY_CHECK_FIRST_WORD, // and the ROM too, whoever started it: it goes back to a filled flash
};

// What decides which of two banks starts.
enum dual_bank {
    DUAL_BANK_NONE,
    DUAL_BANK_BFB2,   // the ROM: it starts a bank that looks valid instead of serving
    DUAL_BANK_NDBOOT, // the ROM, when the options nDBANK and nDBOOT are both 0
    DUAL_BANK_SWAP,   // the hardware: an option bit swaps the banks, the ROM does not look
};

// What happens when an interface needs a crystal and there is none.
enum without_crystal {
    WITHOUT_CRYSTAL_NOTHING,           // no interface needs one
    WITHOUT_CRYSTAL_INTERFACE_MISSING, // the others work
    WITHOUT_CRYSTAL_RESET,             // the ROM resets the chip
    WITHOUT_CRYSTAL_UNKNOWN,
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
    uint32_t also_at;      // where the same RAM is seen too; 0: nowhere
    unsigned ecc_bytes;    // width that must be written at once; 0 where the RAM has no ECC
    const char *erased_by; // option bit that has every reset erase it; "" where there is none
    bool loses_last;       // even a whole unit is lost if a reset comes before the next store
};

// `count` equal pages (sectors in some manuals) that follow each other.
struct page_run {
    uint32_t start;        // address of the first one
    unsigned first_number; // its number in the ROM's erase commands
    unsigned count;
    uint32_t size;     // of one page
    unsigned erase_ms; // how long its erasure takes at most
};

// A register that does not start at zero, or that the judge compares with its reset value.
struct register_reset {
    const char *name;
    uint32_t address;
    uint32_t value; // after a system reset
};

// A register of RCC that resets peripherals.
struct reset_register {
    const char *name; // "APB1RSTR"
    uint32_t address;
    uint32_t safe; // the bits that can be set while code runs: flash and supplies have none
};

// Why the options of a chip can keep an application from entering the ROM.
enum option_refusal {
    OPTION_RDP_LEVEL_2,
    OPTION_RDP_LEVEL_1,
    OPTION_BOOT_LOCK,
    OPTION_TRUSTZONE,
    OPTION_PRODUCT_STATE,
    OPTION_DUAL_BANK,
    OPTION_RAM_ERASED,
    OPTION_HARDWARE_WWDG,
    OPTION_WATCHDOG_NOT_FED,
    OPTION_SECOND_CORE,
};

// Option bits that are a reason not to enter the ROM: when the bits under `mask` are `value`, or
// with `unless`, when they are anything else.
struct option_check {
    enum option_refusal refusal;
    const char *name; // ST's name of the bits, "RDP"
    uint32_t address; // of the register that shows them
    uint32_t mask;
    uint32_t value;
    bool unless;
    uint32_t factory;         // the bits under `mask` on a chip as it is delivered
    const char *const *parts; // macros that have them, NULL-terminated; empty: all of the row
};

// A write to a register.
struct register_write {
    const char *name;
    uint32_t address;
    uint32_t value;
};

// One instance of an IP block.
struct peripheral {
    const char *name; // ST's name, "USART3"
    enum block_kind block;
    uint32_t start;
    uint32_t size;
    uint32_t clock_register; // RCC register that gates it; 0 where it is always clocked
    uint32_t clock_mask;
    uint32_t control_reset;  // value after reset of its first register (GPIO: MODER)
    uint32_t reset_register; // RCC register that resets it; 0 where there is none
    uint32_t reset_mask;
    int interrupt; // its line in the NVIC; -1: nobody has written it down
    struct timer_kind timer;
};

// What is known to be broken in the ROM.
struct rom_defect {
    const char *affects;      // "entry", "flash", "return" or "protection"
    const uint16_t *versions; // that have it, 0-terminated
    const char *what;
    const char *workaround; // "" where none is known
    const char *source;
};

// Where a group of facts comes from. A group with several sources is there several times.
struct fact_source {
    const char *group; // key in devices/*.toml, "rom"
    enum confidence confidence;
    const char *source;
};

// A device that AN2606 does not name is `unlisted`: then all numbers that nobody knows are 0
// and all lists that nobody knows are empty.
struct device {
    const char *slug;         // unique key, "h723"
    const char *series;       // "H7"
    const char *name;         // AN2606's, "STM32H72xxx/73xxx"
    const char *const *parts; // CMSIS macros, NULL-terminated
    const char *largest_part; // the macro with the most peripherals and ports
    const char *part_note;    // how to tell where a macro is about two devices, or ""
    const char *const *codes; // patterns of ordering codes besides the macros', NULL-terminated
    const char *tested;       // boards it was tried on, "" where nobody did
    bool unlisted;
    const char *const *unknown;        // sentences: what is not known of it, NULL-terminated
    const char *const *differs;        // sentences: where sources disagree, NULL-terminated
    const struct fact_source *sources; // terminated by group NULL
    const struct rom_defect *defects;  // terminated by affects NULL
    enum core core;
    unsigned interrupts;    // lines that the NVIC has
    unsigned priority_bits; // that the NVIC implements
    bool mpu;               // the part has an MPU
    uint32_t vtor_reset;    // VTOR after a reset with an application in flash
    bool dwt_lock;          // the DWT ignores writes until a key is written to DWT_LAR
    uint32_t ccr_reset;     // CCR after a reset
    bool alias;             // flash, or what MEM_MODE selects, is also seen at address 0
    // Each bit of the first megabyte from 0x40000000 on is also a word from 0x42000000 on, and of
    // that from 0x20000000 on one from 0x22000000 on.
    bool bit_band;
    uint32_t uid;               // first two words of the unique id; 0: unknown
    uint32_t uid_last;          // its third, which is not always behind them
    uint32_t debug_id_register; // DBGMCU_IDCODE, whose low 12 bits are `product`; 0: unknown

    enum entry entry;
    unsigned entry_pattern; // boot pattern of AN2606 Table 2
    const char *entry_how;  // a sentence
    bool boot0_allows;      // an erase-first ROM stays while the BOOT0 pin is high
    struct boot0 boot0;
    enum empty_check empty_check;
    enum dual_bank dual_bank;
    const char *boot_how;            // a sentence about both
    const char *crystal_for;         // kinds of interface that need one, "usb, can"
    const char *crystal_frequencies; // that the ROM knows, or ""
    enum without_crystal without_crystal;

    uint16_t product; // answer of Get ID
    // Versions of the known ROMs, oldest first, 0-terminated; 0x91 is V9.1, 0x121 is V18.1.
    const uint16_t *rom_ids;
    uint32_t rom_id_address;      // of their low byte; 0 where the ROM has no ID byte
    uint32_t rom_vector;          // the ROM's vector table
    uint32_t rom_other_vector;    // another vector table through which the ROM starts; 0: none
    uint32_t rom_mistaken_vector; // what others take for its address, and is not; 0: nothing
    uint32_t rom_also_at;         // where the first region of system_memory is seen too; 0: nowhere
    const struct region *system_memory;     // terminated by size 0
    const struct region *rom_ram;           // RAM that the ROM overwrites, terminated by size 0
    const struct rom_interface *interfaces; // terminated by name NULL
    const struct rom_pin *unused_pins;      // that the ROM changes without use, by signal NULL
    const char *const *interface_notes;     // sentences, NULL-terminated
    const struct package_pins *packages;    // terminated by code NULL; empty: nobody has typed them
    const struct rom_usart *rom_usarts;     // terminated by name NULL
    uint8_t an3155_version;                 // answer of Get, 0x31 is 3.1
    const uint8_t *rom_commands;            // AN3155 codes in the ROM's order, 0xFF-terminated
    bool self_reset;       // this ROM resets the chip when it needs a crystal and finds none
    bool rom_clears_empty; // this ROM clears the EMPTY flag when it starts
    enum trace trace;
    enum whether feeds_iwdg;       // a watchdog that option bytes have started
    const uint16_t *rom_clears_in; // versions that clear EMPTY, 0-terminated; empty: all
    const uint16_t *rom_unmasks;   // versions that clear PRIMASK, 0-terminated; empty: none
    struct bank_check bank_check;
    const struct jump_condition *jump_conditions; // of whoever jumps to it, terminated by name NULL
    const struct deaf_pin *deaf_pins;             // terminated by pin NULL
    struct rom_go go;
    const struct startup *startup;  // terminated by versions NULL
    const struct rom_quirk *quirks; // terminated by 0
    struct rom_dfu dfu;

    struct region flash;
    uint32_t flash_also_at;       // where the same flash is seen too, on another bus; 0: nowhere
    const struct page_run *pages; // terminated by count 0
    const struct size_letter *size_letters; // of its own; terminated by kb 0
    unsigned program_bytes;                 // unit that is programmed at once
    enum second_write second_write;
    uint8_t erased;                                   // value of an erased byte
    const struct flash_controller *flash_controllers; // terminated by name NULL; empty: unknown
    uint32_t empty_register; // holds the EMPTY flag that is latched at power-on; 0: no empty check
    uint32_t empty_mask;
    bool empty_toggles; // software clears the flag by a 1, which toggles it, and not by a 0

    const struct ram *rams; // terminated by size 0
    uint32_t mark;          // where the mark lives, 8 bytes; 0 where there is no place
    bool mark_in_backup;    // `mark` is a backup register, not RAM
    const char *mark_why;

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
        flags_option;       // masks of single flags
    uint32_t flags_clear;   // RMVF
    bool flags_clear_stays; // RMVF does not go back to 0 by itself, and keeps flags at 0 till then
    uint32_t after_power_on, after_pin, after_software, after_watchdog; // what each reset adds

    uint32_t reset_hz; // of the system clock after a reset, and of all that hangs on it; 0: unknown
    const struct clock_tree *clock_tree; // NULL: nobody has typed it

    uint32_t remap_register; // holds MEM_MODE; 0 where the series has no remap
    uint32_t remap_mask, remap_system_memory;
    uint32_t remap_clock_register, remap_clock_mask; // SYSCFG's clock; 0 where it needs none
    uint32_t iwdg;
    unsigned iwdg_slowest;                  // what IWDG_PR holds for the largest prescaler
    bool iwdg_window;                       // it has WINR
    bool iwdg_onf;                          // IWDG_SR.ONF is 1 while it runs
    const struct system_init *system_inits; // terminated by name NULL
    // How the pull-ups on USB's D+ that software switches are off; terminated by name NULL.
    const struct jump_step *usb_pullups;
    uint32_t lsi_register, lsi_mask; // LSIRDY: the IWDG's oscillator runs; 0 where it is not known
    const struct peripheral *peripherals; // terminated by name NULL
    // Registers of peripherals, other than the first of each, that do not start at 0.
    const struct register_reset *peripheral_resets; // terminated by name NULL
    const struct reset_register *reset_registers;   // terminated by name NULL
    // How registers behave, sorted by address; and names and values after a reset of those that are
    // in no other list; names of bits. All are terminated by name NULL, and empty where nobody has
    // typed them.
    const struct register_bits *register_bits;
    const struct register_known *known_registers;
    const struct named_bits *named_bits;
    const struct block_lines *block_lines;    // terminated by name NULL
    const struct dma_selector *dma_selectors; // terminated by dma NULL
    const struct dma_request *dma_requests;   // terminated by dma NULL
    struct exti exti;
    const struct option_check *options; // terminated by name NULL
    struct jump jump;                   // the direct way
    const char *no_direct; // why there is no direct way; "" where there is one, or none at all

    struct option_entry option_entry;

    // The backup registers: 0 where there are none.
    uint32_t backup, backup_size;               // in bytes
    unsigned backup_bytes;                      // that each register holds
    const struct register_write *backup_clocks; // bits that must be set, terminated by name NULL
    uint32_t backup_unlock, backup_unlock_mask; // DBP; 0 where nothing locks them
    unsigned backup_interrupt;                  // line of the RTC's alarm in the NVIC; 0: unknown

    // How the first pages of flash are erased where the ROM looks at them: addresses in them,
    // 0-terminated, writes that unlock the controller, and those that erase one page, in which
    // address 0 and value 0 stand for the page's. Empty where there is no need.
    const uint32_t *first_pages;
    const struct register_write *first_page_unlock; // terminated by name NULL
    const struct register_write *first_page_erase;  // terminated by name NULL
    const struct register_write *first_page_lock;   // terminated by name NULL
    uint32_t flash_busy_register, flash_busy_mask;
    uint32_t flash_size_register; // holds the size of the flash in KB; 0: unknown

    // What the ROM lets a host read of the chip: areas in the order in which they are asked for,
    // terminated by size 0, and what stands there.
    const struct read_area *readable;
    uint32_t size_mask;                 // of the flash size register
    const struct size_code *size_codes; // terminated by kb 0
    struct readout_protection readout_protection;
    const struct write_protection *write_protections; // terminated by name NULL
    // For each size and each value of the option bits, the factory's first; terminated by kb 0.
    // Empty where the flash of a smaller chip is the first part of the largest one's.
    const struct chip_layout *layouts;
    const struct option_layout *option_layout; // NULL: nobody has typed it
    struct option_condition bank_swap; // then bank 2 is seen first; name NULL: there is no such bit
};

// Whether a list of ROM versions holds `version`: an empty list holds all of them.
bool device_version_in(const uint16_t *versions, uint16_t version);

// The newest ROM of the device; 0 where no version is known.
uint16_t device_newest_rom(const struct device *device);

extern const struct device devices[];
extern const size_t device_count;

// The device with this slug, or that holds this CMSIS macro ("STM32H723xx") or ordering code
// ("STM32H723ZGT6"), whatever the case of its letters, and without STM32 or behind NUCLEO- as well;
// NULL if there is none. Where patterns of several devices fit a code, the one that spells out most
// of it wins.
const struct device *device_find(const char *name);

// The device whose slug or macro is nearest to `name`, for "did you mean". NULL where none is near,
// and for a name of ST's of whose series the table has nothing: STM32MP157.
const struct device *device_nearest(const char *name);

// The first device that answers Get ID with `product`, from `after` on (NULL: from the
// start of the table); NULL if there is none, as for product 0. Product ids are not unique: see
// `rom_ids`.
const struct device *device_by_product(uint16_t product, const struct device *after);

// The page that holds `address`: its number goes to *number, its limits to *page.
// False if the address is not in this device's flash.
bool device_page(const struct device *device, uint32_t address, unsigned *number,
                 struct region *page);

#endif
