// EnterBy1200Baud.ino: a host that opens the USB serial port at 1200 baud starts the bootloader.
// SPDX-License-Identifier: MIT
//
// For boards of STM32duino with USB. Set Tools > USB support to "CDC (generic 'Serial' supersede
// U(S)ART)". The host opens the port at 1200 baud and closes it, which drops DTR:
// `bootleap enter --ask 1200 PORT`, or an uploader that touches the port. Any program that does so
// starts the bootloader. If bootleap refuses, the LED blinks faster, and any key prints why.
#include <bootleap.h>
#include <bootleap_hook.h>
#include <bootleap_strerror.h>

#if !defined(USBCON) || !defined(USBD_USE_CDC)
#error "EnterBy1200Baud: set Tools > USB support to CDC (generic 'Serial' supersede U(S)ART)"
#endif

static const unsigned long TOUCH_BAUD = 1200;
static const unsigned long ANSWER_MS = 250; // the host still fetches the answer to its request

static bool touched;
static unsigned long since;

void setup()
{
    pinMode(LED_BUILTIN, OUTPUT);
    SerialUSB.begin(115200);
}

// The port was closed at 1200 baud, and nobody has opened it again.
static bool touch_is_due()
{
    bool now = SerialUSB.baud() == TOUCH_BAUD && !SerialUSB.dtr();

    if (now && !touched) {
        since = millis();
    }
    touched = now;
    return touched && millis() - since >= ANSWER_MS;
}

void loop()
{
    static int refusal; // 0 until bootleap_enter() has refused

    digitalWrite(LED_BUILTIN, millis() / (refusal ? 50 : 250) % 2);
    if (!refusal && touch_is_due()) {
        refusal = bootleap_enter(); // comes back only if it refuses
    }
    if (refusal && SerialUSB.available() > 0) {
        SerialUSB.read();
        SerialUSB.println(bootleap_strerror(refusal));
    }
}
