// firmware.c: opens an ELF for checking, and refuses what cannot be checked.
// SPDX-License-Identifier: MIT
#include "firmware.h"

#include "decoder.h"
#include "function_starts.h"
#include "image_reader.h"
#include "vector_table.h"

#include <stdlib.h>

static const char needs_elf[] = "give the ELF that the linker made: it says what is code, and what "
                                "is copied to RAM";
static const char not_cortex_m[] = "give the ELF of the Cortex-M core";

static const char *format_name(const struct source *source)
{
    if (image_hex_matches(source)) {
        return "Intel HEX";
    }
    if (image_srec_matches(source)) {
        return "Motorola S-records";
    }
    if (image_uf2_matches(source)) {
        return "UF2";
    }
    return image_dfuse_matches(source) ? "DfuSe" : NULL;
}

static int check_format(const struct source *source, struct problem *problem)
{
    const char *name = format_name(source);

    if (image_elf_matches(source)) {
        return 0;
    }
    if (name) {
        return problem_set(problem, EXIT_USAGE, needs_elf, "%s: %s, not an ELF", source->path,
                           name);
    }
    return problem_set(problem, EXIT_USAGE, needs_elf,
                       "%s: not an ELF; of a raw binary nothing says where it is code",
                       source->path);
}

// Values of Tag_CPU_arch: "Addenda to, and Errata in, the ABI for the Arm Architecture", 3.3.5.2.
static bool is_cortex_m(const struct image *image)
{
    enum { V7 = 10, V6_M, V6S_M, V7E_M, V8_M_BASE = 16, V8_M_MAIN, V8_1_M_MAIN = 21 };

    if (image->profile && image->profile != 'M') {
        return false;
    }
    switch (image->architecture) {
    case IMAGE_ANY_ARCHITECTURE:
    case V7:
    case V6_M:
    case V6S_M:
    case V7E_M:
    case V8_M_BASE:
    case V8_M_MAIN:
    case V8_1_M_MAIN:
        return true;
    default:
        return false;
    }
}

static int check_architecture(const struct image *image, const char *path, struct problem *problem)
{
    if (is_cortex_m(image)) {
        return 0;
    }
    if (image->profile == 'A' || image->profile == 'R') {
        return problem_set(problem, EXIT_USAGE, not_cortex_m, "%s: built for a Cortex-%c", path,
                           image->profile);
    }
    return problem_set(problem, EXIT_USAGE, not_cortex_m,
                       "%s: built for another Arm core than a Cortex-M (Tag_CPU_arch %u)", path,
                       image->architecture);
}

static int check_code(const struct firmware *firmware, struct problem *problem)
{
    for (size_t i = 0; i < firmware->map.count; i++) {
        if (firmware->map.regions[i].executable) {
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "give the ELF that the linker made for an STM32",
                       "%s: ELF without code", firmware->path);
}

static void find_vectors(struct firmware *firmware)
{
    struct vector_table table;

    firmware->has_vectors = vector_table_find(&firmware->map, &table);
    if (firmware->has_vectors) {
        firmware->vectors = table.address;
        firmware->initial_sp = table.initial_sp;
        firmware->reset = table.reset;
        firmware->vector_count = table.count;
    }
}

static bool find_functions(struct firmware *firmware)
{
    const struct vector_table table = {.address = firmware->vectors,
                                       .count = firmware->vector_count};
    const struct function_sources sources = {.map = &firmware->map,
                                             .scan = &firmware->scan,
                                             .image = &firmware->image,
                                             .vectors = &table};

    firmware->starts = function_starts_find(&sources, &firmware->start_count);
    return firmware->starts != NULL;
}

static int read_image(struct firmware *firmware, const struct source *source,
                      struct problem *problem)
{
    int error = check_format(source, problem);

    if (error == 0) {
        error = image_elf_read(&firmware->image, source, problem);
    }
    if (error == 0) {
        error = image_join(&firmware->image, source->path, problem);
    }
    return error ? error : check_architecture(&firmware->image, source->path, problem);
}

static int read_code(struct firmware *firmware, const struct source *source,
                     struct problem *problem)
{
    int error = elf_file_open(&firmware->file, source->path, source->bytes, source->size, problem);

    if (error == 0) {
        error = code_map_open(&firmware->map, &firmware->file, problem);
    }
    if (error == 0) {
        error = check_code(firmware, problem);
    }
    if (error == 0) {
        error = code_scan_run(&firmware->scan, &firmware->map, problem);
    }
    if (error) {
        return error;
    }
    find_vectors(firmware);
    firmware->decoder = decoder_open(&firmware->map);
    if (!firmware->decoder || !find_functions(firmware)) {
        return problem_no_memory(problem, "%s", source->path);
    }
    return 0;
}

int firmware_open_bytes(struct firmware *firmware, const char *path, uint8_t *bytes, size_t size,
                        struct problem *problem)
{
    struct source source = {.path = path, .bytes = bytes, .size = size};

    *firmware = (struct firmware){.path = path};
    firmware->bytes = bytes;
    int error = read_image(firmware, &source, problem);
    if (error == 0) {
        error = read_code(firmware, &source, problem);
    }
    if (error) {
        firmware_close(firmware);
        return problem->fault == FAULT_COMPUTER ? error : problem_blame(problem, FAULT_FILE);
    }
    return 0;
}

int firmware_open(struct firmware *firmware, const char *path, struct problem *problem)
{
    struct source source = {.path = path};

    *firmware = (struct firmware){.path = path};
    int error = image_file_read(&source, problem);
    if (error) {
        free(source.bytes);
        return problem_blame(problem, FAULT_FILE);
    }
    return firmware_open_bytes(firmware, path, source.bytes, source.size, problem);
}

void firmware_close(struct firmware *firmware)
{
    decoder_close(firmware->decoder);
    free(firmware->starts);
    code_scan_close(&firmware->scan);
    code_map_close(&firmware->map);
    image_close(&firmware->image);
    free(firmware->bytes);
    *firmware = (struct firmware){0};
}

const struct instruction *firmware_instruction(const struct firmware *firmware, uint32_t address)
{
    return decoder_read(firmware->decoder, address);
}

size_t firmware_instruction_count(const struct firmware *firmware)
{
    return decoder_count(firmware->decoder);
}

bool firmware_handler(const struct firmware *firmware, unsigned exception, uint32_t *address)
{
    return exception && exception < firmware->vector_count &&
           vector_table_handler(&firmware->map, firmware->vectors, exception, address);
}
