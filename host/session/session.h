// session.h: one chip on one port: what a handle of libbootleap.h holds.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_SESSION_H
#define BOOTLEAP_HOST_SESSION_H

#include "connection.h"
#include "image.h"
#include "libbootleap.h"
#include "modem_sequence.h"
#include "target.h"
#include "watch.h"

// The public view of a target, and the lists that it points to.
struct session_view {
    struct libbootleap_chip chip;
    struct libbootleap_pages pages[TARGET_RANGES];
    struct libbootleap_range protected[TARGET_RANGES];
    const char *notes[TARGET_NOTES];
};

struct libbootleap {
    struct libbootleap_settings settings;
    struct libbootleap_callbacks callbacks;
    struct monitor monitor;       // the frames of them
    struct watch watch;           // the same callbacks, for the rooms below
    struct ask_sequence sequence; // of settings.ask
    struct modem_sequence lines;  // of settings.dtr_rts
    const struct device *wanted;  // settings.device; NULL: any
    struct connection connection;
    struct target target;
    bool identified;     // target is filled in
    bool asked;          // ... and the chip was asked for its flash
    uint32_t started_at; // the last vector table that the ROM was told to start
    bool start_blank;    // what was flashed has no vector table at the start of flash
    struct session_view view;
};

struct libbootleap_file {
    char *path;
    struct libbootleap_file_settings settings;
    struct image image;
};

// All return 0 or the exit code of *problem; libbootleap.h says what they do.
int session_open(struct libbootleap **chip, const struct libbootleap_settings *settings,
                 const struct libbootleap_callbacks *callbacks, struct problem *problem);
void session_close(struct libbootleap *chip);
int session_list(void (*visit)(const struct libbootleap_port *port, void *context), void *context,
                 struct problem *problem);
int session_find(struct libbootleap *chip, struct problem *problem);
int session_enter(struct libbootleap *chip, struct problem *problem);
int session_ask(struct libbootleap *chip, struct problem *problem);

// The same, where the device must be known. What follows needs it.
int session_require(struct libbootleap *chip, struct problem *problem);

// Whether the user lets it go on; asked between two commands. Problem: EXIT_FAILED.
int session_go_on(const struct libbootleap *chip, struct problem *problem);

int session_unique_id(struct libbootleap *chip, char text[LIBBOOTLEAP_UNIQUE_ID_BYTES],
                      struct problem *problem);
const struct libbootleap_chip *session_view(struct libbootleap *chip);

int session_read(struct libbootleap *chip, uint32_t address, uint32_t size, uint8_t *bytes,
                 struct problem *problem);
int session_file_open(struct libbootleap_file **file, const char *path,
                      const struct libbootleap_file_settings *settings, struct problem *problem);
void session_file_close(struct libbootleap_file *file);
int session_file_check(struct libbootleap *chip, struct libbootleap_file *file,
                       struct problem *problem);

int session_file_copy(struct libbootleap_file **copy, const struct libbootleap_file *file,
                      struct problem *problem);
int session_file_put(struct libbootleap *chip, struct libbootleap_file *file, uint32_t address,
                     uint32_t size, const uint8_t *bytes, struct problem *problem);

// Whether the file can be meant for the flash of the chip that answers; what of the file cannot be
// meant for it.
int session_file_fit(struct libbootleap *chip, struct libbootleap_file *file,
                     struct problem *problem);

int session_flash(struct libbootleap *chip, struct libbootleap_file *file,
                  const struct libbootleap_flash_settings *settings,
                  struct libbootleap_flash_result *result, struct problem *problem);
int session_verify(struct libbootleap *chip, struct libbootleap_file *file,
                   struct libbootleap_verify_result *result, struct problem *problem);
int session_erase(struct libbootleap *chip, const struct libbootleap_erase_settings *settings,
                  struct libbootleap_erase_result *result, struct problem *problem);
int session_option_read(struct libbootleap *chip, const char *name, uint32_t *value,
                        struct problem *problem);
int session_option_write(struct libbootleap *chip, const char *const *changes, size_t count,
                         unsigned losses, struct problem *problem);
int session_start(struct libbootleap *chip, const struct libbootleap_start_settings *settings,
                  char line[LIBBOOTLEAP_LINE_BYTES], struct problem *problem);
int session_reset(struct libbootleap *chip, const struct libbootleap_start_settings *settings,
                  char line[LIBBOOTLEAP_LINE_BYTES], struct problem *problem);

#endif
