// blocks.c: the one table of all IP blocks: what a row calls a block, and who models it.
// SPDX-License-Identifier: MIT
#include "blocks.h"

// Each line is read twice, as a declaration and as an entry: a new block is one line.
#define BLOCKS(BLOCK)                                                                              \
    BLOCK(BLOCK_GPIO, gpio_type)                                                                   \
    BLOCK(BLOCK_GPIO_CRL, gpio_crl_type)                                                           \
    BLOCK(BLOCK_USART_SR, usart_sr_type)                                                           \
    BLOCK(BLOCK_USART_ISR, usart_isr_type)                                                         \
    BLOCK(BLOCK_SYSCFG, syscfg_type)                                                               \
    BLOCK(BLOCK_FLASH, flash_type)                                                                 \
    BLOCK(BLOCK_IWDG, iwdg_type)                                                                   \
    BLOCK(BLOCK_WWDG, wwdg_type)                                                                   \
    BLOCK(BLOCK_PWR, pwr_type)                                                                     \
    BLOCK(BLOCK_DMA_CHANNELS, dma_type)                                                            \
    BLOCK(BLOCK_DMA_STREAMS, dma_type)                                                             \
    BLOCK(BLOCK_GPDMA, dma_type)                                                                   \
    BLOCK(BLOCK_MDMA, dma_type)                                                                    \
    BLOCK(BLOCK_BACKUP, backup_type)                                                               \
    BLOCK(BLOCK_BACKUP_SRAM, backup_sram_type)                                                     \
    BLOCK(BLOCK_TIMER, timer_type)                                                                 \
    BLOCK(BLOCK_USB, usb_type)                                                                     \
    BLOCK(BLOCK_ICACHE, icache_type)                                                               \
    BLOCK(BLOCK_EXTI_IMR, exti_type)                                                               \
    BLOCK(BLOCK_EXTI_PR, exti_type)                                                                \
    BLOCK(BLOCK_EXTI_CPU, exti_type)                                                               \
    BLOCK(BLOCK_EXTI_RPR, exti_type)                                                               \
    BLOCK(BLOCK_DMAMUX, dmamux_type)                                                               \
    BLOCK(BLOCK_RNG, rng_type)                                                                     \
    BLOCK(BLOCK_CRC, crc_type)                                                                     \
    BLOCK(BLOCK_CRC_POL, crc_type)

#define DECLARE(kind, type) extern const struct block_type type;
#define ENTER(kind, type)   [kind] = &(type),

// NOLINTNEXTLINE(readability-redundant-declaration): several kinds may share a type
BLOCKS(DECLARE)

const struct block_type *blocks_type(enum block_kind kind)
{
    static const struct block_type *const types[] = {BLOCKS(ENTER)};

    return kind < sizeof types / sizeof types[0] ? types[kind] : NULL;
}
