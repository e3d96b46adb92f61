// causes_core.c: why points about the core do not hold, and what to do on this chip.
// SPDX-License-Identifier: MIT
#include "causes_parts.h"

#include "wrong_table.h"

enum {
    SYSTICK_ENABLE = 1,
    SYSTICK_TICKINT = 2,
    SHCSR = 0xD24, // from 0xE000E000
    CPACR = 0xD88,
    MPU_CTRL = 0xD94,
    SCR = 0xD10,
    CCR = 0xD14,
    VTOR = 0xD08,
    ICSR = 0xD04,
    FPCCR = 0xF34,
    SYST_CSR = 0x010,
    NVIC_ISER = 0x100,
    CONTROL_SPSEL = 2,
    SCR_SLEEPONEXIT = 1 << 1,
    SCR_SLEEPDEEP = 1 << 2,
    CCR_UNALIGN_TRP = 1 << 3,
    CCR_DIV_0_TRP = 1 << 4,
    CCR_STKALIGN = 1 << 9,
    CCR_DATA_CACHE = 1 << 16,
    CCR_INSTRUCTION_CACHE = 1 << 17,
    ICSR_PENDSTSET = 1 << 26,
    ICSR_PENDSVSET = 1 << 28,
};
#define SYSTEM_CONTROL_SPACE 0xE000E000u

static unsigned get(const struct judge *judge, enum cpu_register which)
{
    return cpu_get(judge->chip->core.cpu, which);
}

static void causes_pc(const struct judge *judge, struct causes *causes)
{
    struct cause *cause = causes_add(causes, 0, 0);

    if (judge->wrong_table) {
        unsigned more;
        const char *owner = wrong_table_owner(judge->wrong_table, &more);
        cause_so(cause, "The two words at 0x%08X are taken for the ROM's vector table, %s%s%s",
                 (unsigned)judge->wrong_table, owner ? "which is there on " : "and are not",
                 owner ? owner : "", more ? " and others" : "");
    } else if (judge->left_thumb) {
        cause_so(cause, "Bit 0 of the address of the jump is clear, so the core leaves Thumb state "
                        "and faults (INVSTATE)");
    } else {
        cause_so(cause, "The jump goes to 0x%08X, where no function of the ROM begins",
                 (unsigned)judge->chip->rom_pc);
    }
    cause_cure(cause,
               "Jump to the address that is stored in word 1 of the ROM's vector table "
               "(0x%08X), with bit 0 set",
               (unsigned)judge->chip->device->rom_vector + 4);
    if (cause) {
        cause->before_jump = false;
    }
}

// A core without FPU has no FPCA and no CPACR: contract_stack() finds neither there.
static void causes_stack(const struct judge *judge, struct causes *causes)
{
    const struct chip *chip = judge->chip;
    const struct exceptions *exceptions = &chip->core.exceptions;
    unsigned control = get(judge, CPU_CONTROL);
    unsigned word0 = (unsigned)memory_word(&chip->memory, chip->device->rom_vector);
    bool fpu = cpu_has_fpu(chip->device->core);

    if (control || chip->core.isb_missing) {
        struct cause *cause = causes_add(causes, register_special(SPECIAL_CONTROL), control);
        cause_so(cause, control & CONTROL_SPSEL ? "The jump is made on PSP, on which tasks run"
                        : control               ? "CONTROL is not 0 when the ROM starts"
                                                : "No ISB follows the write of CONTROL");
        cause_cure(cause, "Write 0 to CONTROL, and then execute an ISB");
    }
    if (get(judge, CPU_MSP) != word0) {
        struct cause *cause = causes_add(causes, register_special(SPECIAL_MSP), 0);
        cause_so(cause, "MSP is 0x%08X when the ROM starts", get(judge, CPU_MSP));
        cause_cure(cause, "Load MSP with word 0 of the ROM's vector table, 0x%08X", word0);
    }
    if (fpu && exceptions->fp_control & FPCCR_LSPACT) {
        struct cause *cause = causes_add(causes, SYSTEM_CONTROL_SPACE + FPCCR, FPCCR_LSPACT);
        cause_so(cause, "Registers of the FPU wait to be stacked");
        cause_cure(cause, "Clear LSPACT in FPCCR");
    }
    if (fpu && exceptions->plain[CPACR / 4]) {
        struct cause *cause =
            causes_add(causes, SYSTEM_CONTROL_SPACE + CPACR, exceptions->plain[CPACR / 4]);
        cause_so(cause, "The FPU is on");
        cause_cure(cause, "Write 0 to CPACR (0xE000ED88)");
    }
}

static void causes_thread_mode(const struct judge *judge, struct causes *causes)
{
    const struct chip *chip = judge->chip;
    struct cause *cause = causes_add(causes, 0, 0);
    unsigned active = get(judge, CPU_IPSR);
    uint32_t handler = memory_word(&chip->memory, chip->device->flash.start + 4 * active);

    cause_so(cause,
             active ? "Exception %u is active: the jump is made from its handler"
                    : "An exception is still active when the ROM starts",
             active);
    cause_cure(cause, "%sSet a flag there, and jump from the main loop",
               chip->device->entry != ENTRY_NONE
                   ? "Call bootleap_enter() there, which resets first. Or: "
                   : "");
    if (cause) {
        cause->place = active ? handler & ~1u : 0;
        cause->before_jump = false;
    }
}

static void causes_masks(const struct judge *judge, struct causes *causes)
{
    static const struct {
        enum cpu_register which;
        unsigned number;
        const char *name, *cure;
    } masks[] = {
        {CPU_PRIMASK, SPECIAL_PRIMASK, "PRIMASK", "Call __enable_irq()"},
        {CPU_FAULTMASK, SPECIAL_FAULTMASK, "FAULTMASK", "Write 0 to FAULTMASK"},
        {CPU_BASEPRI, SPECIAL_BASEPRI, "BASEPRI", "Write 0 to BASEPRI"},
    };

    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        unsigned value = get(judge, masks[i].which);
        if (value) {
            struct cause *cause = causes_add(causes, register_special(masks[i].number), value);
            cause_so(cause,
                     "Interrupts are masked when the ROM starts: %s is 0x%X, and the ROM "
                     "need not clear it",
                     masks[i].name, value);
            cause_cure(cause, "%s", masks[i].cure);
        }
    }
}

static void causes_limits(const struct judge *judge, struct causes *causes)
{
    uint32_t limits[2];

    cpu_stack_limits(judge->chip->core.cpu, &limits[0], &limits[1]);
    for (unsigned i = 0; i < 2; i++) {
        if (limits[i]) {
            struct cause *cause = causes_add(causes, register_special(SPECIAL_MSPLIM + i), 0);
            const char *name = i ? "PSPLIM" : "MSPLIM";
            unsigned stack = get(judge, i ? CPU_PSP : CPU_MSP);
            cause_so(cause, "%s is 0x%08X, %s", name, (unsigned)limits[i],
                     limits[i] > stack ? i ? "above PSP: a push on that stack faults"
                                           : "above MSP: the first push of the ROM faults"
                                       : "which a reset leaves 0: a push below it faults");
            cause_cure(cause, "Write 0 to %s", name);
        }
    }
}

static void causes_interrupts(const struct judge *judge, struct causes *causes)
{
    const struct exceptions *exceptions = &judge->chip->core.exceptions;
    uint32_t pending = exceptions->pending[0];

    for (unsigned n = EXCEPTION_IRQ0; n < EXCEPTION_COUNT; n++) {
        unsigned irq = n - EXCEPTION_IRQ0;
        bool enabled = exceptions->enabled[n / 32] >> n % 32 & 1u;
        bool waits = n != exceptions->held_line && exceptions->pending[n / 32] >> n % 32 & 1u;
        if (enabled || waits) {
            struct cause *cause =
                causes_add(causes, SYSTEM_CONTROL_SPACE + NVIC_ISER + irq / 32 * 4, 1u << irq % 32);
            cause_so(cause, "Interrupt %u is %s%s%s", irq, enabled ? "enabled" : "",
                     enabled && waits ? " and " : "", waits ? "pending" : "");
            cause_cure(cause, "Write ones to NVIC_ICER%u and NVIC_ICPR%u", irq / 32, irq / 32);
        }
    }
    if (pending & (1u << EXCEPTION_PENDSV | 1u << EXCEPTION_SYSTICK)) {
        bool tick = pending >> EXCEPTION_SYSTICK & 1u, sv = pending >> EXCEPTION_PENDSV & 1u;
        struct cause *cause = causes_add(causes, SYSTEM_CONTROL_SPACE + ICSR,
                                         (tick ? ICSR_PENDSTSET : 0u) | (sv ? ICSR_PENDSVSET : 0u));
        cause_so(cause, "%s pending",
                 tick && sv ? "SysTick and PendSV are"
                 : tick     ? "SysTick is"
                            : "PendSV is");
        cause_cure(cause, "Write %s to ICSR",
                   tick && sv ? "PENDSTCLR and PENDSVCLR"
                   : tick     ? "PENDSTCLR"
                              : "PENDSVCLR");
    }
    if (exceptions->plain[SHCSR / 4]) {
        struct cause *cause =
            causes_add(causes, SYSTEM_CONTROL_SPACE + SHCSR, exceptions->plain[SHCSR / 4]);
        cause_so(cause, "Handlers of faults are enabled");
        cause_cure(cause, "Write 0 to SHCSR");
    }
}

static void causes_systick(const struct judge *judge, struct causes *causes)
{
    struct cause *cause = causes_add(causes, SYSTEM_CONTROL_SPACE + SYST_CSR, SYSTICK_ENABLE);
    bool tickint = judge->chip->core.exceptions.systick_control & SYSTICK_TICKINT;

    cause_so(cause, tickint ? "SysTick runs with its interrupt when the ROM starts"
                            : "SysTick runs when the ROM starts, without its interrupt");
    cause_cure(cause, "Write 0 to SYST_CSR (SysTick->CTRL)");
}

// The way to have exceptions reach the ROM is that of this core: VTOR, or what is seen at 0.
static void causes_vectors(const struct judge *judge, struct causes *causes)
{
    const struct device *device = judge->chip->device;
    bool vtor = cpu_has_vtor(device->core);
    char name[REGISTER_NAME_ROOM];
    struct cause *cause =
        causes_add(causes, vtor ? SYSTEM_CONTROL_SPACE + VTOR : device->remap_register,
                   vtor ? 0 : device->remap_mask);

    cause_so(cause, "Exceptions go to the application, not to the ROM");
    if (vtor) {
        cause_cure(cause, "Write 0x%08X to VTOR", (unsigned)device->rom_vector);
    } else {
        register_name(judge->chip, device->remap_register, name);
        cause_cure(cause, "Select system memory in MEM_MODE of %s", name);
        cause_why(cause, "this core has no VTOR");
    }
}

static void causes_remap(const struct judge *judge, struct causes *causes)
{
    const struct chip *chip = judge->chip;
    const struct device *device = chip->device;
    const struct block *remap = block_at(chip, device->remap_register);
    char name[REGISTER_NAME_ROOM], clock[REGISTER_NAME_ROOM];
    struct cause *cause = causes_add(causes, device->remap_register, device->remap_mask);

    register_name(chip, device->remap_register, name);
    register_name(chip, device->remap_clock_register, clock);
    cause_so(cause, "Flash is seen at address 0, not system memory");
    if (remap && !block_is_clocked(remap)) {
        cause_cure(cause, "Enable the clock of %s in %s, then select system memory in MEM_MODE",
                   remap->peripheral->name, clock);
        cause_why(cause, "without the clock the write is lost");
    } else {
        cause_cure(cause, "Select system memory in MEM_MODE of %s, and execute a DSB", name);
    }
}

static void causes_cache_block(const struct judge *judge, struct causes *causes)
{
    const struct block *block = block_with_role(judge->chip, ROLE_CACHE, NULL);
    char name[REGISTER_NAME_ROOM];

    for (; block; block = block_with_role(judge->chip, ROLE_CACHE, block)) {
        if (!block_is_reset(block)) {
            struct cause *cause = causes_add(causes, block->peripheral->start,
                                             block->registers[0] ^ block->at_reset[0]);
            register_name(judge->chip, block->peripheral->start, name);
            cause_so(cause, "%s is on", block->peripheral->name);
            cause_cure(cause, "Write 0x%X to %s", (unsigned)block->at_reset[0], name);
        }
    }
}

static void causes_protection(const struct judge *judge, struct causes *causes)
{
    const struct chip *chip = judge->chip;
    uint32_t caches = chip->core.exceptions.cache_control;
    unsigned dirty = data_cache_dirty(&chip->core.store_path.cache);

    if (chip->core.mpu.control & MPU_CONTROL_ENABLE) {
        struct cause *cause =
            causes_add(causes, SYSTEM_CONTROL_SPACE + MPU_CTRL, MPU_CONTROL_ENABLE);
        cause_so(cause, "The MPU is on");
        cause_cure(cause, "Write 0 to MPU_CTRL");
    }
    if (caches & CCR_DATA_CACHE || dirty) {
        struct cause *cause = causes_add(causes, SYSTEM_CONTROL_SPACE + CCR, CCR_DATA_CACHE);
        cause_so(cause, "The data cache %s, and %u of its lines are dirty",
                 caches & CCR_DATA_CACHE ? "is on" : "was switched off", dirty);
        cause_cure(cause, "Clean the data cache and switch it off");
        cause_why(cause, "SCB_DisableDCache() does both");
    }
    if (caches & CCR_INSTRUCTION_CACHE) {
        struct cause *cause = causes_add(causes, SYSTEM_CONTROL_SPACE + CCR, CCR_INSTRUCTION_CACHE);
        cause_so(cause, "The instruction cache is on");
        cause_cure(cause, "Call SCB_DisableICache()");
    }
    causes_cache_block(judge, causes);
}

static void causes_mark(const struct judge *judge, struct causes *causes)
{
    struct cause *cause = causes_add(causes, 0, 0);

    cause_so(cause, "There is no mark of bootleap at 0x%08X", (unsigned)judge->chip->device->mark);
    if (judge->chip->device->entry == ENTRY_NONE) {
        cause_cure(cause, "The application will not know that it comes from the ROM");
    } else {
        cause_cure(cause, "Enter by bootleap_enter(), or the application will not know that it "
                          "comes from the ROM");
    }
    if (cause) {
        cause->before_jump = false;
    }
}

// What each bit does to the ROM (Armv7-M ARM, DDI0403E, B3.2.7 and B3.2.8).
static const char *what_it_does(uint32_t address, uint32_t bits)
{
    if (address == SYSTEM_CONTROL_SPACE + SCR) {
        return bits & SCR_SLEEPONEXIT
                   ? "with SLEEPONEXIT the core sleeps when a handler of the ROM ends"
               : bits & SCR_SLEEPDEEP ? "with SLEEPDEEP the ROM's WFI stops the clocks"
                                      : "with SEVONPEND masked interrupts wake the ROM from WFE";
    }
    return bits & CCR_UNALIGN_TRP ? "with UNALIGN_TRP each unaligned access of the ROM faults"
           : bits & CCR_DIV_0_TRP ? "with DIV_0_TRP a division by 0 faults, which gives 0 otherwise"
           : bits & CCR_STKALIGN
               ? "STKALIGN says how the frames of the ROM's interrupts are aligned"
               : "the ROM was made for what a reset leaves";
}

static void add_setting(const struct judge *judge, struct causes *causes, uint32_t offset,
                        uint32_t value, uint32_t reset)
{
    uint32_t address = SYSTEM_CONTROL_SPACE + offset, bits = value ^ reset;
    char name[REGISTER_NAME_ROOM], on[REGISTER_BITS_ROOM], off[REGISTER_BITS_ROOM];

    if (bits) {
        struct cause *cause = causes_add(causes, address, bits);
        register_name(judge->chip, address, name);
        register_bit_names(judge->chip, address, bits & value, on);
        register_bit_names(judge->chip, address, bits & reset, off);
        cause_so(cause, "%s is not as a reset leaves it", name);
        cause_cure(cause, "%s%s%s%s%s in %s", on[0] ? "Clear " : "", on,
                   on[0] && off[0] ? " and set " : "", off[0] && !on[0] ? "Set " : "", off, name);
        cause_why(cause, what_it_does(address, bits));
    }
}

static void causes_settings(const struct judge *judge, struct causes *causes)
{
    const struct exceptions *exceptions = &judge->chip->core.exceptions;
    uint32_t caches = CCR_DATA_CACHE | CCR_INSTRUCTION_CACHE;

    add_setting(judge, causes, CCR, exceptions->plain[CCR / 4] & ~caches,
                judge->chip->device->ccr_reset & ~caches);
    add_setting(judge, causes, SCR, exceptions->plain[SCR / 4], 0);
}

void causes_find(const struct judge *judge, int number, struct causes *causes)
{
    static void (*const points[CONTRACT_POINTS])(const struct judge *, struct causes *) = {
        causes_pc,       causes_stack,      causes_thread_mode, causes_masks,
        causes_limits,   causes_interrupts, causes_systick,     causes_vectors,
        causes_remap,    causes_protection, causes_clocks,      causes_peripherals,
        causes_watchdog, causes_options,    causes_mark,        causes_settings,
    };

    *causes = (struct causes){.count = 0};
    points[number - 1](judge, causes);
}
