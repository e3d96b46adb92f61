// EnterBySerial.ino: an LED blinks; the letter b on the serial port starts the system bootloader.
// SPDX-License-Identifier: MIT
//
// For boards of STM32duino. Open the serial monitor at 115200 baud and send b. The bootloader then
// waits for a host; docs/arduino.md says how to see that it does.
#include <bootleap.h>
#include <bootleap_hook.h>
#include <bootleap_strerror.h>

void setup()
{
    pinMode(LED_BUILTIN, OUTPUT);
    Serial.begin(115200);
    if (bootleap_hooked_origin() == BOOTLEAP_FROM_ROM) {
        Serial.println("back from the system bootloader");
    } else {
        Serial.println("started by a reset");
    }
}

void loop()
{
    digitalWrite(LED_BUILTIN, millis() / 250 % 2);
    if (Serial.available() > 0 && Serial.read() == 'b') {
        Serial.println("to the system bootloader");
        Serial.flush();                 // the reset would cut off the last characters
        int refusal = bootleap_enter(); // comes back only if it refuses
        Serial.println(bootleap_strerror(refusal));
    }
}
