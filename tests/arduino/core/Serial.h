// Serial.h: the serial port of a sketch, on the board's USART or, with USB support, on USB.
// SPDX-License-Identifier: MIT
#ifndef SERIAL_H
#define SERIAL_H

class Port
{
  public:
    explicit Port(unsigned long first);
    void begin(unsigned long baud);
    virtual int available();
    virtual int read();
    void println(const char *text);
    void flush();

  protected:
    unsigned long rate;
};

// Its host is somebody at the USART: the characters 1 and 9 are a request for 1200 and 9600 baud,
// D and d raise and drop DTR.
class UsbPort : public Port
{
  public:
    UsbPort();
    int available() override;
    int read() override;
    unsigned long baud();
    bool dtr();

  private:
    void serve();
    bool open;
    int kept; // a character for the sketch, or -1
};

extern UsbPort SerialUSB;
extern Port Serial1;

#ifdef USBD_USE_CDC
#define Serial SerialUSB
#else
#define Serial Serial1
#endif

#endif
