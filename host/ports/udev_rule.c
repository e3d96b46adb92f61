// udev_rule.c: makes the udev rule of the list of USB ids.
// SPDX-License-Identifier: MIT
#include "udev_rule.h"

#include "usb_ids.h"

void udev_rule_print(FILE *out)
{
    const struct usb_id *id;

    fputs("# 70-bootleap.rules: the user at the screen may open an STM32's ROM on USB.\n", out);
    for (unsigned i = 0; (id = usb_id_at(i)) != NULL; i++) {
        if (id->kind == USB_ID_ROM || id->kind == USB_ID_APPLICATION) {
            fprintf(out,
                    "# %s\nSUBSYSTEM==\"usb\", ATTR{idVendor}==\"%04x\", "
                    "ATTR{idProduct}==\"%04x\", MODE=\"0660\", TAG+=\"uaccess\"\n",
                    id->name, id->vendor, id->product);
        }
    }
}
