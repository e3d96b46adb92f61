// look_at_port.c: what the system shows of a serial port before it is opened.
// SPDX-License-Identifier: MIT
#include "look.h"

#include "port_holder.h"
#include "system_files.h"
#include "usb_ids.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALL_BYTES = 32 };

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static void sysfs_path(char path[SYSTEM_PATH_BYTES], const struct observations *seen,
                       const char *what)
{
    snprintf(path, SYSTEM_PATH_BYTES, "/sys/class/tty/%s%s", seen->texts[TEXT_NAME], what);
}

// The name of the kernel's, as udev makes links to ports.
static void note_name(struct observations *seen, const char *root)
{
    char target[SYSTEM_PATH_BYTES];
    bool is_link = system_link(root, seen->texts[TEXT_PORT], target);

    observations_note(seen, TEXT_NAME, last_part(is_link ? target : seen->texts[TEXT_PORT]));
}

// Who has made a pseudo-terminal has it open, too, and is no obstacle.
static void note_holder(struct observations *seen, const char *root)
{
    char path[SYSTEM_PATH_BYTES];
    struct port_holder holder;

    sysfs_path(path, seen, "");
    if (!system_exists(root, path)) {
        return;
    }
    bool found = port_holder_find(&holder, root, seen->texts[TEXT_PORT]);

    seen->signs[SIGN_HOLDERS_HIDDEN] = holder.hidden;
    if (!found) {
        return;
    }
    const char *name = holder.name;
    seen->signs[SIGN_HELD] = true;
    seen->signs[SIGN_HELD_BY_MODEM] = strcmp(name, "ModemManager") == 0;
    seen->signs[SIGN_HELD_BY_BRLTTY] = strcmp(name, "brltty") == 0;
    seen->signs[SIGN_HELD_BY_GETTY] =
        strcmp(name, "agetty") == 0 || strcmp(name, "getty") == 0 || strcmp(name, "login") == 0;
    observations_note(seen, TEXT_HOLDER, name);
    observations_note_number(seen, TEXT_PID, holder.pid);
}

static void note_access(struct observations *seen, const char *root)
{
    struct system_access access;
    char mode[SEEN_TEXT_BYTES];

    system_access(root, seen->texts[TEXT_PORT], &access);
    seen->signs[SIGN_NO_FILE] = !access.is_there;
    seen->signs[SIGN_NO_ACCESS] = access.is_there && !access.allowed;
    seen->signs[SIGN_GROUP_MAY] = access.group_allowed;
    seen->signs[SIGN_USER_LISTED] = access.user_listed;
    snprintf(mode, sizeof mode, "%s, group %s", access.mode, access.group);
    observations_note(seen, TEXT_MODE, mode);
    observations_note(seen, TEXT_USER, access.user[0] ? access.user : "$USER");
    observations_note(seen, TEXT_GROUP, access.group);
}

// A program that has a port for itself writes its number into a file.
static void note_lock(struct observations *seen, const char *root)
{
    static const char *const folders[] = {"/run/lock", "/var/lock"};
    char file[SYSTEM_PATH_BYTES], line[SYSTEM_LINE_BYTES], process[SYSTEM_PATH_BYTES];

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(file, sizeof file, "%s/LCK..%s", folders[i], seen->texts[TEXT_NAME]);
        unsigned long pid = system_line(root, file, "", line) ? strtoul(line, NULL, 10) : 0;
        snprintf(process, sizeof process, "/proc/%lu", pid);
        if (pid && system_exists(root, process)) {
            seen->signs[SIGN_LOCKED] = true;
            observations_note(seen, TEXT_FILE, file);
            observations_note_number(seen, TEXT_PID, pid);
            return;
        }
    }
}

static bool has_word(const char *line, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = line; length && (at = strstr(at, word)) != NULL; at += length) {
        bool begins = at == line || at[-1] == ' ';
        if (begins && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

static void note_kind(struct observations *seen, const char *root, bool passive)
{
    char path[SYSTEM_PATH_BYTES], line[SYSTEM_LINE_BYTES];

    sysfs_path(path, seen, "/type");
    // A computer may have many of them. Only one that is asked for is wrong.
    seen->signs[SIGN_NO_UART] = !passive && strncmp(seen->texts[TEXT_NAME], "ttyS", 4) == 0 &&
                                system_line(root, path, "", line) && strcmp(line, "0") == 0;
    seen->signs[SIGN_CONSOLE] = system_line(root, "/sys/class/tty/console/active", "", line) &&
                                has_word(line, seen->texts[TEXT_NAME]);
}

// A port of the same kind with another number.
struct others {
    struct observations *seen;
    const char *root;
    size_t kind; // so many letters
};

static bool is_other(const char *name, void *context)
{
    struct others *others = context;
    char path[SYSTEM_PATH_BYTES];

    if (strncmp(name, others->seen->texts[TEXT_NAME], others->kind) != 0 ||
        !isdigit((unsigned char)name[others->kind])) {
        return false;
    }
    snprintf(path, sizeof path, "/dev/%s", name);
    if (!system_exists(others->root, path)) {
        return false;
    }
    observations_note(others->seen, TEXT_OTHER, path);
    return true;
}

static void note_others(struct observations *seen, const char *root)
{
    char path[SYSTEM_PATH_BYTES];
    struct others others = {.seen = seen, .root = root};

    while (isalpha((unsigned char)seen->texts[TEXT_NAME][others.kind])) {
        others.kind++;
    }
    sysfs_path(path, seen, "");
    seen->signs[SIGN_KERNEL_HAS_PORT] =
        seen->texts[TEXT_NAME][0] != '\0' && system_exists(root, path);
    seen->signs[SIGN_OTHER_PORT] = strncmp(seen->texts[TEXT_NAME], "ttyS", 4) != 0 &&
                                   others.kind > 3 &&
                                   system_any(root, "/sys/class/tty", is_other, &others);
}

// Of ".../usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0" it is "1-2". False where there is no such place.
static bool usb_place(const char *link, char place[SMALL_BYTES])
{
    for (const char *part = link; part; part = strchr(part, '/')) {
        part += *part == '/';
        size_t length = strcspn(part, ":/");
        bool is_interface = part[length] == ':' && memchr(part, '-', length) != NULL;
        if (is_interface && length < SMALL_BYTES) {
            snprintf(place, SMALL_BYTES, "%.*s", (int)length, part);
            return true;
        }
    }
    return false;
}

static unsigned read_id(const char *root, const char *place, const char *what)
{
    char path[SYSTEM_PATH_BYTES], line[SYSTEM_LINE_BYTES];

    snprintf(path, sizeof path, "/sys/bus/usb/devices/%s/%s", place, what);
    return system_line(root, path, "", line) ? (unsigned)strtoul(line, NULL, 16) & 0xFFFF : 0;
}

static void note_usb(struct observations *seen, const char *root)
{
    char path[SYSTEM_PATH_BYTES], link[SYSTEM_PATH_BYTES], place[SMALL_BYTES], id[SMALL_BYTES];
    const struct usb_id *known;

    sysfs_path(path, seen, "");
    if (!system_link(root, path, link) || !usb_place(link, place)) {
        return;
    }
    unsigned vendor = read_id(root, place, "idVendor"), product = read_id(root, place, "idProduct");
    snprintf(id, sizeof id, "%04x:%04x", vendor, product);
    observations_note(seen, TEXT_USB, id);
    observations_note(seen, TEXT_USB_PATH, place);
    known = usb_id_find((uint16_t)vendor, (uint16_t)product);
    seen->signs[SIGN_PORT_APPLICATION] = known && known->kind == USB_ID_APPLICATION;
    seen->signs[SIGN_PORT_STLINK] = known && known->kind == USB_ID_ADAPTER && vendor == 0x0483;
}

void look_at_port(struct observations *seen, const struct doctor_settings *settings)
{
    const char *root = settings->root;

    note_name(seen, root);
    note_access(seen, root);
    if (seen->signs[SIGN_NO_FILE]) {
        note_others(seen, root);
        return;
    }
    note_holder(seen, root);
    note_lock(seen, root);
    note_kind(seen, root, settings->passive);
    note_usb(seen, root);
}
