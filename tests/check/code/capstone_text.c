// capstone_text.c: takes the words of Capstone apart, and says them as own_text.c does.
// SPDX-License-Identifier: MIT
#include "capstone_text.h"
#include "operand_tokens.h"
#include "text_draft.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// How the operands are said: as they are; without the second one if it is the first one; a place
// behind the instruction; registers as a list; not at all.
enum style { AS_IS, ONCE, PRODUCT, BYTE, HALF, PLACE, LIST, STACK_LIST, NONE };

// What Capstone calls an instruction, what it is here.
struct word {
    const char *capstone, *own;
    enum style style;
};

static const struct word words[] = {
    {"adc", "adc", ONCE},
    {"adcs", "adcs", ONCE},
    {"add", "add", ONCE},
    {"adds", "adds", ONCE},
    {"addw", "add", ONCE},
    {"adr", "adr", PLACE},
    {"and", "and", ONCE},
    {"ands", "ands", ONCE},
    {"asr", "asr", ONCE},
    {"asrs", "asrs", ONCE},
    {"bic", "bic", ONCE},
    {"bics", "bics", ONCE},
    {"eor", "eor", ONCE},
    {"eors", "eors", ONCE},
    {"lsl", "lsl", ONCE},
    {"lsls", "lsls", ONCE},
    {"lsr", "lsr", ONCE},
    {"lsrs", "lsrs", ONCE},
    {"ror", "ror", ONCE},
    {"rors", "rors", ONCE},
    {"orn", "orn", ONCE},
    {"orns", "orns", ONCE},
    {"orr", "orr", ONCE},
    {"orrs", "orrs", ONCE},
    {"rsb", "rsb", ONCE},
    {"rsbs", "rsbs", ONCE},
    {"sbc", "sbc", ONCE},
    {"sbcs", "sbcs", ONCE},
    {"sub", "sub", ONCE},
    {"subs", "subs", ONCE},
    {"subw", "sub", ONCE},
    {"mul", "mul", PRODUCT},
    {"muls", "muls", PRODUCT},
    {"mla", "mla", ONCE},
    {"mls", "mls", ONCE},
    {"udiv", "udiv", ONCE},
    {"sdiv", "sdiv", ONCE},
    {"mov", "mov", AS_IS},
    {"movs", "movs", AS_IS},
    {"movw", "mov", AS_IS},
    {"movt", "movt", AS_IS},
    {"mvn", "mvn", AS_IS},
    {"mvns", "mvns", AS_IS},
    {"cmp", "cmp", AS_IS},
    {"cmn", "cmn", AS_IS},
    {"tst", "tst", AS_IS},
    {"teq", "teq", AS_IS},
    {"clz", "clz", AS_IS},
    {"rbit", "rbit", AS_IS},
    {"rev", "rev", AS_IS},
    {"smull", "smull", AS_IS},
    {"umull", "umull", AS_IS},
    {"bfi", "insert", AS_IS},
    {"bfc", "insert", AS_IS},
    {"ubfx", "extract", AS_IS},
    {"sbfx", "signed", AS_IS},
    {"sxtb", "signed", BYTE},
    {"sxth", "signed", HALF},
    {"uxtb", "extract", BYTE},
    {"uxth", "extract", HALF},
    {"ldr", "load4", AS_IS},
    {"ldrb", "load1", AS_IS},
    {"ldrh", "load2", AS_IS},
    {"ldrsb", "load1s", AS_IS},
    {"ldrsh", "load2s", AS_IS},
    {"ldrd", "load8", AS_IS},
    {"ldrt", "load4", AS_IS},
    {"ldrbt", "load1", AS_IS},
    {"ldrht", "load2", AS_IS},
    {"ldrsbt", "load1s", AS_IS},
    {"ldrsht", "load2s", AS_IS},
    {"strt", "store4", AS_IS},
    {"strbt", "store1", AS_IS},
    {"strht", "store2", AS_IS},
    {"lda", "load4", AS_IS},
    {"ldab", "load1", AS_IS},
    {"ldah", "load2", AS_IS},
    {"stl", "store4", AS_IS},
    {"stlb", "store1", AS_IS},
    {"stlh", "store2", AS_IS},
    {"str", "store4", AS_IS},
    {"strb", "store1", AS_IS},
    {"strh", "store2", AS_IS},
    {"strd", "store8", AS_IS},
    {"ldrex", "loadex4", AS_IS},
    {"ldrexb", "loadex1", AS_IS},
    {"ldrexh", "loadex2", AS_IS},
    {"ldaex", "loadex4", AS_IS},
    {"ldaexb", "loadex1", AS_IS},
    {"ldaexh", "loadex2", AS_IS},
    {"strex", "storeex4", AS_IS},
    {"strexb", "storeex1", AS_IS},
    {"strexh", "storeex2", AS_IS},
    {"stlex", "storeex4", AS_IS},
    {"stlexb", "storeex1", AS_IS},
    {"stlexh", "storeex2", AS_IS},
    {"ldm", "loadia", LIST},
    {"ldmdb", "loaddb", LIST},
    {"stm", "storeia", LIST},
    {"stmdb", "storedb", LIST},
    {"push", "storedb", STACK_LIST},
    {"pop", "loadia", STACK_LIST},
    {"bl", "bl", AS_IS},
    {"bx", "bx", AS_IS},
    {"bxns", "bx", AS_IS},
    {"blx", "blx", AS_IS},
    {"blxns", "blx", AS_IS},
    {"cbz", "cbz", AS_IS},
    {"cbnz", "cbnz", AS_IS},
    {"tbb", "table1", AS_IS},
    {"tbh", "table2", AS_IS},
    {"svc", "svc", AS_IS},
    {"isb", "isb", NONE},
    {"udf", "stops", NONE},
    {"bkpt", "stops", NONE},
    {"hlt", "stops", NONE},
    {"nop", "nothing", NONE},
    {"yield", "nothing", NONE},
    {"wfe", "nothing", NONE},
    {"wfi", "nothing", NONE},
    {"sev", "nothing", NONE},
    {"sevl", "nothing", NONE},
    {"hint", "nothing", NONE},
    {"dbg", "nothing", NONE},
    {"csdb", "nothing", NONE},
    {"dmb", "nothing", NONE},
    {"dsb", "nothing", NONE},
    {"clrex", "nothing", NONE},
    {"pld", "nothing", NONE},
    {"pldw", "nothing", NONE},
    {"pli", "nothing", NONE},
    {"sg", "nothing", NONE},
};

static const char *const conditions[] = {"eq", "ne", "hs", "lo", "mi", "pl", "vs", "vc",
                                         "hi", "ls", "ge", "lt", "gt", "le", ""};
static void put_from(const struct text_draft *line, const struct tokens *tokens, unsigned first)
{
    for (unsigned i = first; i < tokens->count; i++) {
        if (operand_token_is(tokens, i, "0") && i && strchr("r", tokens->token[i - 1][0]) &&
            operand_token_is(tokens, i + 1, "]")) {
            continue; // [R1, #0]
        }
        text_say(line, " %s", tokens->token[i]);
    }
}

static void put_list(const struct text_draft *line, const struct tokens *tokens, unsigned first)
{
    unsigned list = 0;

    for (unsigned i = first; i < tokens->count; i++) {
        if (tokens->token[i][0] == 'r') {
            list |= 1u << strtoul(tokens->token[i] + 1, NULL, 10);
        }
    }
    text_say(line, " list %X", list);
}

// [PC, #n] is a place.
static bool put_literal(const struct text_draft *line, const struct tokens *tokens,
                        uint32_t address)
{
    unsigned at = 0;

    while (at < tokens->count && !operand_token_is(tokens, at, "[")) {
        at++;
    }
    if (!operand_token_is(tokens, at + 1, "r15") ||
        (at + 2 < tokens->count && tokens->token[at + 2][0] == 'r')) {
        return false;
    }
    for (unsigned i = 0; i < at; i++) {
        text_say(line, " %s", tokens->token[i]);
    }
    uint32_t offset = (uint32_t)strtoul(tokens->token[at + 2], NULL, 16);
    text_say(line, " literal %X", (unsigned)(((address + 4) & ~3u) + offset));
    return true;
}

// SXTB and the like: bits from a rotation on.
static void put_extension(const struct text_draft *line, const struct tokens *tokens,
                          unsigned width)
{
    text_say(line, " %s %s", tokens->token[0], tokens->token[1]);
    text_say(line, " %s %X", tokens->count > 3 ? tokens->token[3] : "0", width);
}

// A product, whose operands may be the result: it is there once.
static void put_product(const struct text_draft *line, const struct tokens *tokens)
{
    text_say(line, " %s", tokens->token[0]);
    for (unsigned i = 1; i < tokens->count; i++) {
        if (strcmp(tokens->token[i], tokens->token[0]) != 0) {
            text_say(line, " %s", tokens->token[i]);
        }
    }
}

static void put_place(const struct text_draft *line, const struct tokens *tokens, uint32_t address)
{
    uint32_t offset = (uint32_t)strtoul(tokens->token[1], NULL, 16);

    text_say(line, " %s %X", tokens->token[0], (unsigned)(((address + 4) & ~3u) + offset));
}

// ADDW and SUBW of the PC are ADR, if they are what the assembler makes of it.
static bool say_address(const struct text_draft *line, const char *name,
                        const struct tokens *tokens, uint32_t address)
{
    bool adds = strcmp(name, "addw") == 0, subtracts = strcmp(name, "subw") == 0;

    if (!(adds || subtracts) || !operand_token_is(tokens, 1, "r15")) {
        return false;
    }
    uint32_t base = (address + 4) & ~3u, offset = (uint32_t)strtoul(tokens->token[2], NULL, 16);
    text_say(line, "adr %s %X", tokens->token[0], (unsigned)(adds ? base + offset : base - offset));
    return true;
}

static void put_operands(const struct text_draft *line, struct tokens *tokens, enum style style,
                         uint32_t address)
{
    bool writes = operand_token_is(tokens, 1, "!");

    switch (style) {
    case NONE:
        return;
    case PRODUCT:
        put_product(line, tokens);
        return;
    case BYTE:
    case HALF:
        put_extension(line, tokens, style == BYTE ? 8 : 16);
        return;
    case PLACE:
        put_place(line, tokens, address);
        return;
    case LIST:
        text_say(line, " %s%s", tokens->token[0], writes ? " !" : "");
        put_list(line, tokens, 1);
        return;
    case STACK_LIST:
        text_say(line, " r13 !");
        put_list(line, tokens, 0);
        return;
    case ONCE:
        text_say(line, " %s", tokens->token[0]);
        put_from(line, tokens,
                 tokens->count > 2 && strcmp(tokens->token[0], tokens->token[1]) == 0 ? 2 : 1);
        return;
    default:
        if (!put_literal(line, tokens, address)) {
            put_from(line, tokens, 0);
        }
    }
}

static bool say_branch(const struct text_draft *line, const char *name, const struct tokens *tokens)
{
    for (unsigned i = 0; name[0] == 'b' && i < 15; i++) {
        if (strcmp(name + 1, conditions[i]) == 0) {
            text_say(line, "b%u %s", i, tokens->token[0]);
            return true;
        }
    }
    return false;
}

// Advanced SIMD and cryptography, by how their names begin.
static bool is_of_a_profile(const char *name)
{
    static const char *const names[] = {"sha1",   "sha256", "aes", "vmaxnm",
                                        "vminnm", "vrint",  "vcvt"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strncmp(name, names[i], strlen(names[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void say_special(const struct text_draft *line, const char *name,
                        const struct tokens *tokens)
{
    if (strcmp(name, "mrs") == 0) {
        text_say(line, "mrs %s", tokens->token[0]);
    } else if (strcmp(name, "msr") == 0) {
        text_say(line, "msr %s", tokens->token[tokens->count - 1]);
    } else if (strncmp(name, "cps", 3) == 0) {
        bool i = strchr(tokens->token[0], 'i'), f = strchr(tokens->token[0], 'f');
        text_say(line, "%s%s%s", name, i ? " i" : "", f ? " f" : "");
    } else if (name[0] == 'i' && name[1] == 't') {
        text_say(line, "it");
    } else if (strcmp(name, "vpush") == 0 || strcmp(name, "vpop") == 0) {
        text_say(line, "%s r13 !", name[2] == 'u' ? "vstm" : "vldm");
    } else if (strncmp(name, "vldm", 4) == 0 || strncmp(name, "vstm", 4) == 0) {
        text_say(line, "%.4s %s%s", name, tokens->token[0],
                 operand_token_is(tokens, 1, "!") ? " !" : "");
    } else {
        text_say(line, is_of_a_profile(name) ? "simd" : "other");
    }
}

static bool say_float(const struct text_draft *line, const char *name, const struct tokens *tokens,
                      uint32_t address)
{
    if (strcmp(name, "vldr") != 0 && strcmp(name, "vstr") != 0) {
        return false;
    }
    struct tokens rest = *tokens;
    memmove(rest.token[0], rest.token[1], sizeof rest.token - sizeof rest.token[0]);
    rest.count--;
    text_say(line, "%s%u", name, tokens->token[0][0] == 'd' ? 8 : 4);
    put_operands(line, &rest, AS_IS, address);
    return true;
}

void capstone_text(const char *mnemonic, const char *operands, uint32_t address,
                   char text[CAPSTONE_TEXT])
{
    const struct text_draft line = {text, CAPSTONE_TEXT};
    struct tokens tokens;
    char name[16] = "";

    text[0] = '\0';
    memcpy(name, mnemonic, strcspn(mnemonic, ".") < 15 ? strcspn(mnemonic, ".") : 15);
    operand_tokens_take(operands, &tokens);
    if (say_address(&line, name, &tokens, address)) {
        return;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(name, words[i].capstone) == 0) {
            text_say(&line, "%s", words[i].own);
            put_operands(&line, &tokens, words[i].style, address);
            return;
        }
    }
    if (!say_branch(&line, name, &tokens) && !say_float(&line, name, &tokens, address)) {
        say_special(&line, name, &tokens);
    }
}
