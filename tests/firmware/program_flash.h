// program_flash.h: the flash controller that program_flash.c uses, on a row of each layout.
// SPDX-License-Identifier: MIT
//
// CHIP is the row. PAGE is a page that holds no code, NUMBER what chooses it, UNIT the bytes that
// are programmed at once, STRAY the flags that a store leaves which nobody asked for; 0: it is a
// fault, or nobody knows.
#ifndef PROGRAM_FLASH_H
#define PROGRAM_FLASH_H

#include <stdint.h>

#define f10medium 1
#define f405      2
#define g0b1      3
#define h723      4
#define u575      5
#define l07       6

#if CHIP == f405
#define KEYR   0x40023C04u
#define SR     0x40023C0Cu
#define CR     0x40023C10u
#define CLEAR  SR
#define LOCK   0x80000000u
#define PG     (2u << 8 | 1u) // PSIZE: words
#define PER    2u
#define NUMBER (11u << 3)
#define STRT   (1u << 16)
#define BUSY   (1u << 16)
#define STRAY  (0x80u | 0x40u) // PGSERR, and PGPERR: PSIZE is bytes
#define PAGE   0x080E0000u
#define UNIT   4u

#elif CHIP == g0b1 // in the second bank
#define KEYR   0x40022008u
#define SR     0x40022010u
#define CR     0x40022014u
#define CLEAR  SR
#define LOCK   0x80000000u
#define PG     1u
#define PER    2u
#define NUMBER (127u << 3 | 1u << 13)
#define STRT   (1u << 16)
#define BUSY   (1u << 16 | 1u << 18)
#define STRAY  0x80u
#define PAGE   0x0807F800u
#define UNIT   8u

#elif CHIP == h723
#define KEYR   0x52002004u
#define SR     0x52002010u
#define CR     0x5200200Cu
#define CLEAR  0x52002014u
#define LOCK   1u
#define PG     2u
#define PER    4u
#define NUMBER (7u << 8)
#define STRT   (1u << 7)
#define BUSY   5u
#define STRAY  0u
#define PAGE   0x080E0000u
#define UNIT   32u

#elif CHIP == u575 // in the second bank
#define KEYR   0x40022008u
#define SR     0x40022020u
#define CR     0x40022028u
#define CLEAR  SR
#define LOCK   0x80000000u
#define PG     1u
#define PER    2u
#define NUMBER (127u << 3 | 1u << 11)
#define STRT   (1u << 16)
#define BUSY   (1u << 16)
#define STRAY  0x80u
#define PAGE   0x081FE000u
#define UNIT   16u

#elif CHIP == f10medium // half-words; the page is told by its address
#define KEYR   0x40022004u
#define SR     0x4002200Cu
#define CR     0x40022010u
#define AR     0x40022014u
#define CLEAR  SR
#define LOCK   0x80u
#define PG     1u
#define PER    2u
#define NUMBER 0u
#define STRT   (1u << 6)
#define BUSY   1u
#define STRAY  0u
#define PAGE   0x0801FC00u
#define UNIT   4u
#define HALF_WORDS

#elif CHIP == l07 // two locks, and a page is erased by a store to it; the last page of the flash
#define KEYR       0x4002200Cu
#define SECOND_KEY 0x02030405u
#define FIRST_KEY  0x89ABCDEFu
#define PRGKEYR    0x40022010u
#define SR         0x40022018u
#define CR         0x40022004u
#define CLEAR      SR
#define LOCK       1u
#define PG         0u
#define PER        0x208u
#define NUMBER     0u
#define BUSY       1u
#define STRAY      0x100u // WRPERR
#define PAGE       0x0802FF80u
#define UNIT       4u
#define ERASED     0u
#endif

#ifndef ERASED
#define ERASED 0xFFFFFFFFu
#endif
#ifndef FIRST_KEY
#define FIRST_KEY  0x45670123u
#define SECOND_KEY 0xCDEF89ABu
#endif

#endif
