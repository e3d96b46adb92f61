// dfu_session.c: does what `bootleap flash` does, without a command line.
// SPDX-License-Identifier: MIT
#include "dfu_session.h"

#include "bootloader_open.h"

uint8_t dfu_session_bytes[SESSION_IMAGE_BYTES];

static struct segment segment = {FAKE_START, SESSION_IMAGE_BYTES, dfu_session_bytes};
static struct image image = {.segments = &segment, .count = 1};

int dfu_session_find(struct dfu_session *session)
{
    const struct bootloader_settings settings = {.baud = 115200};
    struct serial *line;

    *session = (struct dfu_session){.bootloader = NULL};
    int error =
        bootloader_open(&session->bootloader, "usb:1-2.3", &settings, &line, &session->problem);
    if (error == 0) {
        error = session->bootloader->ops->identify(session->bootloader, 1000, 0, &session->problem);
    }
    if (error == 0) {
        error = target_identify(&session->target, session->bootloader, &session->problem);
    }
    if (error == 0) {
        error = target_require_device(&session->target, NULL, &session->problem);
    }
    return error ? error : target_ask(&session->target, NULL, &session->problem);
}

static int bring_in(struct dfu_session *session)
{
    int error = plan_make(&session->plan, &session->target, &image, &session->problem);
    if (error) {
        return error;
    }
    session->flasher =
        (struct flasher){.target = &session->target, .image = &image, .plan = &session->plan};
    error = flasher_run(&session->flasher, &session->problem);
    plan_free(&session->plan);
    return error ? error
                 : session->bootloader->ops->go(session->bootloader, FAKE_START, &session->problem);
}

int dfu_session_run(struct dfu_session *session)
{
    for (size_t i = 0; i < sizeof dfu_session_bytes; i++) {
        dfu_session_bytes[i] = (uint8_t)(i * 31 / 7);
    }
    int error = dfu_session_find(session);
    if (error == 0) {
        error = bring_in(session);
    }
    if (session->bootloader) {
        session->bootloader->ops->close(session->bootloader);
    }
    return error;
}
