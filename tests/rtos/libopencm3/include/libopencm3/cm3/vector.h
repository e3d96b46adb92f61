// vector.h: what the reset handler of docs/libopencm3.md uses of libopencm3's header.
// SPDX-License-Identifier: MIT
#ifndef LIBOPENCM3_VECTOR_H
#define LIBOPENCM3_VECTOR_H

extern unsigned _data_loadaddr, _data, _edata, _ebss, _stack;

void reset_handler(void);

#endif
