// test_idle_units.c: firmware that starts a unit which does nothing here goes on as on silicon.
// SPDX-License-Identifier: MIT
//
// Every row is asked about the units that it has; the bits are those of ST's headers.
#include "bench.h"

#include "runnable.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { READS = 9 }; // more than any flag takes

// A write to a register, and the bits that become so.
struct step {
    const char *wrote; // NULL: nothing
    uint32_t value;
    const char *reads;
    uint32_t mask, wanted;
};

// As firmware of ST's examples does it. A unit without the first register is of another kind.
static const struct step adc[] = {
    {"ADC1_CR", 0x80000000, "ADC1_CR", 0x80000000, 0}, // ADCAL
    {"ADC1_CR", 0x1, "ADC1_ISR", 0x1, 0x1},            // ADEN, ADRDY
    {"ADC1_CR", 0x5, "ADC1_ISR", 0xC, 0xC},            // ADSTART, EOC and EOS
    {NULL, 0, "ADC1_CR", 0x4, 0},                      // one conversion
    {"ADC1_ISR", 0xC, "ADC1_ISR", 0xC, 0},             // cleared by ones
    {"ADC1_CR", 0x11, "ADC1_CR", 0x11, 0x1},           // ADSTP
    {"ADC1_CR", 0x2, "ADC1_CR", 0x3, 0},               // ADDIS
    {NULL, 0, NULL, 0, 0},
};
static const struct step adc_with_sr[] = {
    {"ADC1_CR2", 0x1, "ADC1_CR2", 0x1, 0x1},
    {NULL, 0, NULL, 0, 0},
};
static const struct step spi[] = {
    {NULL, 0, "SPI1_SR", 0x2, 0x2}, // TXE, or TXP
    {NULL, 0, "SPI1_CRCPR", 0xFFFF, 0x7},
    {"SPI1_DR", 0, "SPI1_SR", 0x83, 0x3}, // RXNE, and not BSY
    {NULL, 0, NULL, 0, 0},
};
static const struct step spi_with_fifo_levels[] = {
    {NULL, 0, "SPI1_SR", 0x1002, 0x1002},
    {"SPI1_CR1", 0x201, "SPI1_SR", 0x8, 0x8}, // CSTART, EOT
    {"SPI1_IFCR", 0x8, "SPI1_SR", 0x8, 0},
    {NULL, 0, "SPI1_CR1", 0x200, 0},
    {NULL, 0, NULL, 0, 0},
};
static const struct step i2c[] = {
    {NULL, 0, "I2C1_ISR", 0x1, 0x1},
    {"I2C1_CR2", 0x2000, "I2C1_ISR", 0x30, 0x30}, // START, nobody answers: NACKF, STOPF
    {"I2C1_ICR", 0x30, "I2C1_ISR", 0x30, 0},
    {NULL, 0, NULL, 0, 0},
};
static const struct step i2c_with_sr1[] = {
    {"I2C1_CR1", 0x101, "I2C1_SR1", 0x1, 0x1},   // START, SB
    {"I2C1_DR", 0x42, "I2C1_SR1", 0x401, 0x400}, // the address: AF
    {"I2C1_SR1", 0xFBFF, "I2C1_SR1", 0x400, 0},
    {NULL, 0, NULL, 0, 0},
};
static const struct step can[] = {
    {NULL, 0, "CAN1_MSR", 0x3, 0x2},
    {"CAN1_MCR", 0x1, "CAN1_MSR", 0x3, 0x1}, // INRQ, INAK
    {NULL, 0, NULL, 0, 0},
};
static const struct step fdcan[] = {
    {NULL, 0, "FDCAN1_CREL", 0xF0000000, 0x30000000},
    {NULL, 0, "FDCAN1_CCCR", 0x1, 0x1}, // INIT
    {NULL, 0, NULL, 0, 0},
};
static const struct step lptim[] = {
    {"LPTIM1_ARR", 0xFFFF, "LPTIM1_ISR", 0x18, 0x10}, // ARROK
    {"LPTIM1_ICR", 0x10, "LPTIM1_ISR", 0x18, 0},
    {NULL, 0, NULL, 0, 0},
};
// In the space of external memory: a fault where the row has none.
static const struct step fmc[] = {
    {NULL, 0, "FMC_BCR1", 0xFFFF, 0x30DB},
    {"FMC_BTR1", 0x1234, "FMC_BTR1", 0xFFFF, 0x1234},
    {NULL, 0, NULL, 0, 0},
};
static const struct step quadspi[] = {
    {"QUADSPI_CCR", 0x06, "QUADSPI_SR", 0x22, 0x2}, // TCF, and not BUSY
    {"QUADSPI_FCR", 0x2, "QUADSPI_SR", 0x2, 0},
    {NULL, 0, NULL, 0, 0},
};

static const struct step crs[] = {
    {"CRS_CR", 0x60, "CRS_ISR", 0x1, 0x1}, // AUTOTRIMEN and CEN, SYNCOKF
    {"CRS_ICR", 0x1, "CRS_ISR", 0x1, 0},
    {NULL, 0, NULL, 0, 0},
};
static const struct step dts[] = {
    {"DTS_CFGR1", 0x1, "DTS_SR", 0x8000, 0x8000}, // TS1_RDY
    {NULL, 0, NULL, 0, 0},
};
static const struct step pka[] = {
    {"PKA_CR", 0x3, "PKA_SR", 0x20000, 0x20000}, // EN and START, PROCENDF
    {"PKA_CLRFR", 0x20000, "PKA_SR", 0x20000, 0},
    {NULL, 0, "PKA_CR", 0x3, 0x1},
    {NULL, 0, NULL, 0, 0},
};

struct unit {
    const char *has; // the register by which its kind is known
    const struct step *steps;
    size_t least; // rows that have it
};

static const struct unit units[] = {
    {"ADC1_ISR", adc, 50},        {"ADC1_CR2", adc_with_sr, 25},
    {"SPI1_DR", spi, 60},         {"SPI1_CFG1", spi_with_fifo_levels, 15},
    {"I2C1_ISR", i2c, 60},        {"I2C1_SR1", i2c_with_sr1, 20},
    {"CAN1_MCR", can, 20},        {"FDCAN1_CREL", fdcan, 15},
    {"LPTIM1_ARR", lptim, 40},    {"FMC_BCR1", fmc, 10},
    {"QUADSPI_CCR", quadspi, 10}, {"CRS_ICR", crs, 20},
    {"DTS_CFGR1", dts, 5},        {"PKA_CLRFR", pka, 8},
};

static uint32_t place(const struct device *device, const char *name)
{
    for (const struct register_known *one = device->known_registers; one->name; one++) {
        if (strcmp(one->name, name) == 0) {
            return one->address;
        }
    }
    return 0;
}

static bool becomes(struct bench *bench, const struct step *step)
{
    uint32_t address = place(bench->chip.device, step->reads);

    assert_true(address && bus_is_at(bench->chip.device, address));
    for (int i = 0; i < READS; i++) {
        if ((bus_read(&bench->chip, address, 4) & step->mask) == step->wanted) {
            return true;
        }
    }
    return false;
}

static void walk(struct bench *bench, const struct step *steps)
{
    for (const struct step *step = steps; step->reads; step++) {
        if (step->wrote) {
            bus_write(&bench->chip, place(bench->chip.device, step->wrote), 4, step->value);
        }
        if (!becomes(bench, step)) {
            fail_msg("%s: %s is not 0x%X", bench->chip.device->slug, step->reads,
                     (unsigned)step->wanted);
        }
    }
}

static void what_firmware_waits_for_comes(void **state)
{
    size_t rows[sizeof units / sizeof units[0]] = {0};
    (void)state;

    for (size_t i = 0; i < device_count; i++) {
        struct bench bench;
        if (runnable_why_not(&devices[i])) {
            continue;
        }
        bench_open(&bench, &devices[i]);
        for (size_t unit = 0; unit < sizeof units / sizeof units[0]; unit++) {
            if (place(&devices[i], units[unit].has)) {
                walk(&bench, units[unit].steps);
                rows[unit]++;
            }
        }
        bench_close(&bench);
    }
    for (size_t unit = 0; unit < sizeof units / sizeof units[0]; unit++) {
        assert_true(rows[unit] >= units[unit].least);
    }
}

// SWSTART and EOC are not at the same place on all of them.
static void an_old_adc_converts(void **state)
{
    static const struct {
        const char *slug;
        uint32_t start;
    } all[] = {{"f10medium", 0x00400000}, {"f373", 0x00400000}, {"f405", 0x40000000},
               {"f2", 0x40000000},        {"f74", 0x40000000},  {"l1xe", 0x40000000}};
    (void)state;

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        const struct device *device = device_find(all[i].slug);
        const struct step steps[] = {
            {"ADC1_CR2", all[i].start | 1, "ADC1_SR", 0x2, 0x2},
            {NULL, 0, "ADC1_CR2", all[i].start, 0},
            {"ADC1_SR", 0xFFFFFFFD, "ADC1_SR", 0x2, 0},
            {NULL, 0, NULL, 0, 0},
        };
        struct bench bench;
        assert_non_null(device);
        bench_open(&bench, device);
        walk(&bench, steps);
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_firmware_waits_for_comes),
        cmocka_unit_test(an_old_adc_converts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
