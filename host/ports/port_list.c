// port_list.c: asks libserialport.
// SPDX-License-Identifier: MIT
#include "port_list.h"

#include "port_name.h"

#include <libserialport.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void visit_one(struct sp_port *port,
                      void (*visit)(const struct port_info *port, void *context), void *context)
{
    char usb[16] = "";
    int vendor, product;

    if (sp_get_port_usb_vid_pid(port, &vendor, &product) == SP_OK) {
        snprintf(usb, sizeof usb, "%04X:%04X", (unsigned)vendor & 0xFFFF,
                 (unsigned)product & 0xFFFF);
    }
    const struct port_info info = {
        .path = sp_get_port_name(port),
        .description = sp_get_port_description(port),
        .usb = usb[0] ? usb : NULL,
        .serial_number = sp_get_port_usb_serial(port),
    };
    visit(&info, context);
}

int port_list_each(void (*visit)(const struct port_info *port, void *context), void *context,
                   struct problem *problem)
{
    struct sp_port **found;

    if (sp_list_ports(&found) != SP_OK) {
        return problem_set(problem, EXIT_FAILED, NULL,
                           "serial ports: this computer does not list them");
    }
    for (size_t i = 0; found[i]; i++) {
        visit_one(found[i], visit, context);
    }
    sp_free_port_list(found);
    return 0;
}

bool port_list_usb_address(const char *port, unsigned *bus, unsigned *address)
{
    static const char scheme[] = "serial:";
    bool has_scheme = strncmp(port, scheme, sizeof scheme - 1) == 0;
    char *path = port_name_real(has_scheme ? port + sizeof scheme - 1 : port);
    struct sp_port *found;
    int on_bus, at;

    bool is_port = path && sp_get_port_by_name(path, &found) == SP_OK;
    free(path);
    if (!is_port) {
        return false;
    }
    bool known = sp_get_port_usb_bus_address(found, &on_bus, &at) == SP_OK;
    sp_free_port(found);
    if (known) {
        *bus = (unsigned)on_bus;
        *address = (unsigned)at;
    }
    return known;
}
