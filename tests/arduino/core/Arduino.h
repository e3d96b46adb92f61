// Arduino.h: what the sketches of this project use of an Arduino core: a stand-in of our own.
// SPDX-License-Identifier: MIT
#ifndef ARDUINO_H
#define ARDUINO_H

#include "board.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LED_BUILTIN 0
#define OUTPUT      1

#ifdef __cplusplus
extern "C" {
#endif

void pinMode(uint32_t pin, uint32_t mode);
void digitalWrite(uint32_t pin, uint32_t level);
unsigned long millis(void);

// Characters of the board's serial port; those that came in were put aside by its interrupt.
void usart_begin(void);
void usart_write(uint8_t byte);
void usart_flush(void);
int usart_available(void);
int usart_read(void);

#ifdef __cplusplus
}

#include "Serial.h"

void setup();
void loop();
#endif

#endif
