// embed.c: at build time, writes files as arrays of C, so that the program can write them again.
// SPDX-License-Identifier: MIT
//
// embed OUTPUT NAME=FILE...   NAME: where the file goes in a project; with .in behind it, it is a
// template.
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int add_bytes(FILE *out, int number, const char *path)
{
    FILE *in = fopen(path, "rb");
    int byte, column = 0;

    if (in == NULL) {
        return -1;
    }
    fprintf(out, "static const unsigned char file_%d[] = {\n", number);
    while ((byte = getc(in)) != EOF) {
        fprintf(out, "%d,%s", byte, ++column % 24 ? "" : "\n");
    }
    fprintf(out, "};\n");
    return fclose(in);
}

static void add_name(FILE *out, int number, const char *name, size_t length)
{
    bool template = length > 3 && strncmp(name + length - 3, ".in", 3) == 0;

    fprintf(out, "    {\"%.*s\", file_%d, sizeof file_%d, %s},\n",
            (int)(template ? length - 3 : length), name, number, number,
            template ? "true" : "false");
}

static int embed(FILE *out, int count, char **files)
{
    fprintf(out, "// example_files.c: written by embed.c: do not edit.\n"
                 "// SPDX-License-Identifier: MIT\n"
                 "#include \"example_files.h\"\n\n");
    for (int i = 0; i < count; i++) {
        const char *equals = strchr(files[i], '=');
        if (equals == NULL || add_bytes(out, i, equals + 1) != 0) {
            fprintf(stderr, "embed: %s: not NAME=FILE, or it cannot be read\n", files[i]);
            return 1;
        }
    }
    fprintf(out, "const struct example_file example_files[] = {\n");
    for (int i = 0; i < count; i++) {
        add_name(out, i, files[i], strcspn(files[i], "="));
    }
    fprintf(out, "    {NULL, NULL, 0, false},\n};\n");
    return ferror(out) != 0;
}

int main(int argc, char **argv)
{
    FILE *out = argc > 1 ? fopen(argv[1], "wb") : NULL;

    if (out == NULL) {
        fprintf(stderr, "embed: no OUTPUT\n");
        return 1;
    }
    int error = embed(out, argc - 2, argv + 2);
    return fclose(out) != 0 || error;
}
