// scb.h: what the reset handlers use of libopencm3's header.
// SPDX-License-Identifier: MIT
#ifndef LIBOPENCM3_SCB_H
#define LIBOPENCM3_SCB_H

#include <stdint.h>

#define SCB_CCR          (*(volatile uint32_t *)0xE000ED14u)
#define SCB_CCR_STKALIGN (1u << 9)
#define SCB_CPACR        (*(volatile uint32_t *)0xE000ED88u)
#define SCB_CPACR_CP10   (1u << 20)
#define SCB_CPACR_CP11   (1u << 22)
#define SCB_CPACR_FULL   3u

#endif
