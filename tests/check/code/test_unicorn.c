// test_unicorn.c: the walk executes instructions as Unicorn does.
// SPDX-License-Identifier: MIT
//
// test_check_unicorn ELF...: each instruction of the ELFs that moves numbers, and many made by
// chance, run from the same registers, flags and RAM in both, and once more behind an IT. Whatever
// the walk says that it knows must be so, and of plain arithmetic it must know all.
#include "chance.h"
#include "core.h"
#include "decoder.h"
#include "instruction_list.h"
#include "instruction_text.h"
#include "walker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Slots of code: an instruction, and the same behind IT EQ.
enum { SLOT = 16, BEHIND_IT = 8, IT_EQ = 0xBF08, NOP = 0xBF00 };
enum { WORDS = CORE_RAM_SIZE / 4, MIDDLE = CORE_RAM + 0x800, TRIES = 60000, PAGE = 4096 };

struct bench {
    struct instruction_list list;
    uint8_t *code;
    size_t code_size;
    uc_engine *core;
    struct code_region region;
    struct firmware firmware;
    struct walk_chip chip;
    struct walker walker;
    struct memory memory; // as `ram`
    uint32_t ram[WORDS], after[WORDS];
    uint32_t seed;
    unsigned long compared, faults, wrong;
};

static void put_half(uint8_t *at, unsigned half)
{
    at[0] = (uint8_t)half;
    at[1] = (uint8_t)(half >> 8);
}

static void write_code(struct bench *bench)
{
    bench->code_size = (bench->list.count * SLOT + PAGE - 1) / PAGE * PAGE;
    bench->code = calloc(1, bench->code_size);
    for (size_t i = 0; i < bench->list.count; i++) {
        uint8_t *at = bench->code + i * SLOT;
        for (unsigned half = 0; half < SLOT; half += 2) {
            put_half(at + half, NOP);
        }
        put_half(at, bench->list.codes[i] >> 16);
        put_half(at + 2, bench->list.codes[i] & 0xFFFF);
        put_half(at + BEHIND_IT, IT_EQ);
        put_half(at + BEHIND_IT + 2, bench->list.codes[i] >> 16);
        put_half(at + BEHIND_IT + 4, bench->list.codes[i] & 0xFFFF);
    }
}

// A number that can be jumped to.
static uint32_t place_of_code(struct bench *bench)
{
    return CORE_CODE + ((uint32_t)(chance(&bench->seed) * (uint64_t)bench->code_size >> 32) | 1);
}

// Words of RAM are places of code, so that what is loaded can be jumped to.
static bool write_ram(struct bench *bench)
{
    memory_open(&bench->memory);
    for (uint32_t i = 0; i < WORDS; i++) {
        struct word word = {.written = true};
        bench->ram[i] = i % 2 ? chance(&bench->seed) | 1 : place_of_code(bench);
        word.value = value_number(bench->ram[i]);
        if (!memory_put(&bench->memory, CORE_RAM + 4 * i, &word)) {
            return false;
        }
    }
    return true;
}

static bool open_bench(struct bench *bench)
{
    write_code(bench);
    bench->region = (struct code_region){.address = CORE_CODE,
                                         .load_address = CORE_CODE,
                                         .size = (uint32_t)bench->code_size,
                                         .bytes = bench->code,
                                         .executable = true};
    bench->firmware.map = (struct code_map){.regions = &bench->region, .count = 1};
    bench->firmware.decoder = decoder_open(&bench->firmware.map);
    bench->walker = (struct walker){.firmware = &bench->firmware,
                                    .chip = &bench->chip,
                                    .store = walk_store_open(NULL),
                                    .origin = ORIGIN_RESET};
    bench->core = core_open(bench->code, bench->code_size);
    return bench->firmware.decoder && bench->walker.store && bench->core && write_ram(bench);
}

static void close_bench(struct bench *bench)
{
    memory_close(&bench->memory);
    walk_store_close(bench->walker.store);
    decoder_close(bench->firmware.decoder);
    uc_close(bench->core);
    free(bench->code);
}

static uint32_t number_by_chance(struct bench *bench)
{
    static const uint32_t corners[] = {0, 1, 31, 32, 33, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
    uint32_t kind = chance(&bench->seed);

    if (kind % 4 == 0) {
        return corners[kind / 4 % 8];
    }
    return chance(&bench->seed) >> (kind % 4 == 1 ? kind / 4 % 32 : 0);
}

// Registers that lead loads and stores to RAM, and branches to code.
static void choose_registers(struct bench *bench, const struct instruction *instruction,
                             struct core_registers *registers)
{
    bool jumps = instruction->operation == OP_BX || instruction->operation == OP_BLX;

    for (unsigned i = 0; i < 15; i++) {
        registers->r[i] = number_by_chance(bench);
    }
    registers->r[REGISTER_SP] = MIDDLE + (chance(&bench->seed) & 0x1F8);
    registers->flags = chance(&bench->seed) & 0xF0000000;
    if (jumps) {
        registers->r[instruction->m] = place_of_code(bench);
    }
    if (instruction->is_memory && instruction->m < REGISTER_SP) {
        registers->r[instruction->m] = chance(&bench->seed) & 0xFC;
    }
    if (instruction->is_memory && instruction->n < REGISTER_PC) {
        registers->r[instruction->n] = MIDDLE + (chance(&bench->seed) & 0x1FC);
    }
}

static void start_state(const struct bench *bench, const struct core_registers *registers,
                        struct state *state)
{
    memset(state, 0, sizeof *state);
    for (unsigned i = 0; i < 15; i++) {
        state->r[i] = value_number(registers->r[i]);
    }
    state->core.sp = state->core.msp = state->r[REGISTER_SP];
    state->core.control = value_number(0);
    state->pc = registers->pc;
    state->flags.n = (int8_t)(registers->flags >> 31);
    state->flags.z = registers->flags >> 30 & 1;
    state->flags.c = registers->flags >> 29 & 1;
    state->flags.v = registers->flags >> 28 & 1;
    if (!memory_copy(&state->memory, &bench->memory)) {
        abort();
    }
}

static void complain(struct bench *bench, const struct instruction *instruction, const char *what,
                     uint32_t walk, uint32_t core)
{
    char text[INSTRUCTION_TEXT];

    instruction_text(instruction, text);
    if (bench->wrong++ < 40) {
        fprintf(stderr, "%08X %s: %s is %08X in the walk, %08X in Unicorn\n",
                (unsigned)bench->list.codes[(instruction->address - CORE_CODE) / SLOT], text, what,
                (unsigned)walk, (unsigned)core);
    }
}

static void compare_registers(struct bench *bench, const struct instruction *instruction,
                              const struct state *state, const struct core_registers *registers)
{
    char name[8];

    for (unsigned i = 0; i < 15; i++) {
        struct value value = state_register(state, i);
        uint32_t mask = i == REGISTER_SP ? value.known & ~3u : value.known;
        snprintf(name, sizeof name, "R%u", i);
        if ((value.bits ^ registers->r[i]) & mask) {
            complain(bench, instruction, name, value.bits, registers->r[i]);
        }
        if (value.known != UINT32_MAX && instruction->operation < OP_LOAD &&
            instruction->operation != OP_OTHER) {
            complain(bench, instruction, name, 0, registers->r[i]);
        }
    }
}

static void compare_flags(struct bench *bench, const struct instruction *instruction,
                          const struct state *state, uint32_t flags)
{
    const int8_t known[] = {state->flags.n, state->flags.z, state->flags.c, state->flags.v};
    static const char *const names[] = {"N", "Z", "C", "V"};

    for (unsigned i = 0; i < 4; i++) {
        uint32_t flag = flags >> (31 - i) & 1;
        if (known[i] >= 0 && (uint32_t)known[i] != flag) {
            complain(bench, instruction, names[i], (uint32_t)known[i], flag);
        }
    }
}

static void compare_ram(struct bench *bench, const struct instruction *instruction,
                        const struct state *state)
{
    core_get_ram(bench->core, bench->after);
    for (uint32_t i = 0; i < WORDS; i++) {
        const struct value *value = &memory_word(&state->memory, CORE_RAM + 4 * i)->value;
        if ((value->bits ^ bench->after[i]) & value->known) {
            complain(bench, instruction, "a word of RAM", value->bits, bench->after[i]);
        }
    }
    core_set_ram(bench->core, bench->ram);
}

static bool is_store(const struct instruction *instruction)
{
    return instruction->operation == OP_STORE || instruction->operation == OP_STORE_TWO ||
           instruction->operation == OP_STORE_MANY || instruction->operation == OP_STORE_FLOATS ||
           instruction->stores;
}

static void compare(struct bench *bench, const struct instruction *instruction,
                    const struct state *state, const struct core_registers *registers)
{
    // The walk comes back at once from calls that it does not follow.
    bool skipped = instruction->operation == OP_BL || instruction->operation == OP_BLX;

    compare_registers(bench, instruction, state, registers);
    compare_flags(bench, instruction, state, registers->flags);
    if (state->pc != registers->pc && !skipped) {
        complain(bench, instruction, "the PC", state->pc, registers->pc);
    }
    if (instruction->operation == OP_BL && registers->pc != instruction->address + 4 &&
        registers->pc != instruction->immediate) {
        complain(bench, instruction, "the target", instruction->immediate, registers->pc);
    }
    if (is_store(instruction)) {
        compare_ram(bench, instruction, state);
    }
    bench->compared++;
}

// Runs the instruction at `address`, with the IT before it where there is one.
static void run(struct bench *bench, uint32_t address, unsigned count)
{
    const struct instruction *instruction =
        firmware_instruction(&bench->firmware, address + 2 * (count - 1));
    struct core_registers registers;
    struct state state;
    enum step step = STEP_ON;

    choose_registers(bench, instruction, &registers);
    registers.pc = address;
    start_state(bench, &registers, &state);
    for (unsigned i = 0; i < count && step == STEP_ON; i++) {
        step = walker_step(&bench->walker, &state);
    }
    if (!core_run(bench->core, &registers, count, instruction->address + instruction->size)) {
        bench->faults++;
        core_set_ram(bench->core, bench->ram);
    } else if (step == STEP_ON) {
        compare(bench, instruction, &state, &registers);
    } else if (is_store(instruction)) {
        core_set_ram(bench->core, bench->ram);
    }
    memory_close(&state.memory);
}

// Branches with a condition of their own stand behind no IT.
static bool may_follow_it(const struct instruction *instruction)
{
    return instruction->operation != OP_CBZ && instruction->operation != OP_CBNZ &&
           instruction->condition == CONDITION_ALWAYS;
}

static void run_all(struct bench *bench)
{
    core_set_ram(bench->core, bench->ram);
    for (size_t i = 0; i < bench->list.count; i++) {
        uint32_t slot = CORE_CODE + (uint32_t)i * SLOT;
        run(bench, slot, 1);
        run(bench, slot, 1);
        if (may_follow_it(firmware_instruction(&bench->firmware, slot))) {
            run(bench, slot + BEHIND_IT, 2);
        }
    }
}

int main(int argc, char **argv)
{
    static struct bench bench = {.seed = 1};

    for (int i = 1; i < argc; i++) {
        instruction_list_add_elf(&bench.list, argv[i]);
    }
    instruction_list_add_any(&bench.list, TRIES);
    if (!open_bench(&bench)) {
        fprintf(stderr, "the test does not start\n");
        return 1;
    }
    run_all(&bench);
    printf("%zu instructions, %lu runs compared, %lu faults, %lu wrong\n", bench.list.count,
           bench.compared, bench.faults, bench.wrong);
    close_bench(&bench);
    return bench.wrong || bench.compared < bench.list.count;
}
