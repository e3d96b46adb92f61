// session_list.c: the ports of this computer: serial ports, and the STM32 on USB.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "port_holder.h"
#include "port_list.h"
#include "system_files.h"
#include "usb_ids.h"
#include "usb_list.h"

#include <stdio.h>

enum { PORT_BYTES = 40, ID_BYTES = 16 };

// What is found is handed on to whoever asked.
struct listing {
    void (*visit)(const struct libbootleap_port *port, void *context);
    void *context;
    size_t count;
};

// `file` is what the system calls the port.
static void tell(struct listing *listing, struct libbootleap_port *port, const char *file)
{
    struct port_holder holder;

    if (port_holder_find(&holder, "", file)) {
        port->holder_pid = holder.pid;
        port->holder = holder.name;
    }
    listing->count++;
    listing->visit(port, listing->context);
}

static void tell_serial(const struct port_info *found, void *context)
{
    struct system_access access;

    system_access("", found->path, &access);
    struct libbootleap_port port = {.port = found->path,
                                    .kind = "serial",
                                    .description = found->description,
                                    .usb = found->usb,
                                    .serial_number = found->serial_number,
                                    .may_open = access.allowed};
    tell(context, &port, found->path);
}

// Serial ports on USB are among the serial ports.
static void tell_usb(const struct usb_found *found, void *context)
{
    const struct usb_id *id = usb_id_find(found->vendor, found->product);
    char path[PORT_BYTES], usb[ID_BYTES], file[PORT_BYTES];

    if ((found->roles & (USB_ROLE_DFU | USB_ROLE_RUNTIME)) == 0) {
        return;
    }
    snprintf(path, sizeof path, "usb:%s", found->path);
    snprintf(usb, sizeof usb, "%04X:%04X", found->vendor, found->product);
    snprintf(file, sizeof file, "/dev/bus/usb/%03u/%03u", found->bus, found->address);
    struct libbootleap_port port = {.port = path,
                                    .kind = found->roles & USB_ROLE_DFU ? "dfu" : "application",
                                    .description = id ? id->name : found->name,
                                    .usb = usb,
                                    .serial_number = found->serial,
                                    .may_open = usb_may_open(found)};
    tell(context, &port, file);
}

int session_list(void (*visit)(const struct libbootleap_port *port, void *context), void *context,
                 struct problem *problem)
{
    struct listing listing = {visit, context, 0};

    int error = port_list_each(tell_serial, &listing, problem);
    int of_usb = usb_list_each(tell_usb, &listing, problem);
    if (listing.count) {
        return 0;
    }
    if (of_usb) {
        return of_usb;
    }
    return problem_set(problem, EXIT_NO_DEVICE, "plug in the board or the adapter and run it again",
                       error ? "ports: no STM32 ROM is on USB, and this computer does not list "
                               "serial ports"
                             : "ports: this computer has no serial port, and no STM32 ROM on USB");
}
