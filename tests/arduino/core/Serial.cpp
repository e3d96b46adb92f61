// Serial.cpp: a sketch's serial port. Its object is made by a constructor, after the clock runs.
// SPDX-License-Identifier: MIT
#include "Arduino.h"

Port::Port(unsigned long first) : rate(first)
{
}

void Port::begin(unsigned long baud)
{
    rate = baud;
    usart_begin();
}

int Port::available()
{
    return usart_available();
}

int Port::read()
{
    return usart_read();
}

void Port::println(const char *text)
{
    for (; *text; text++) {
        usart_write(static_cast<uint8_t>(*text));
    }
    usart_write('\r');
    usart_write('\n');
}

void Port::flush()
{
    usart_flush();
}

UsbPort::UsbPort() : Port(115200), open(false), kept(-1)
{
}

void UsbPort::serve()
{
    while (kept < 0 && usart_available() > 0) {
        int request = usart_read();

        if (request == '1' || request == '9') {
            rate = request == '1' ? 1200 : 9600;
        } else if (request == 'D' || request == 'd') {
            open = request == 'D';
        } else {
            kept = request;
        }
    }
}

int UsbPort::available()
{
    serve();
    return kept >= 0;
}

int UsbPort::read()
{
    int taken = available() > 0 ? kept : -1;

    kept = -1;
    return taken;
}

unsigned long UsbPort::baud()
{
    serve();
    return rate;
}

bool UsbPort::dtr()
{
    serve();
    return open;
}

UsbPort SerialUSB;
Port Serial1(0);
