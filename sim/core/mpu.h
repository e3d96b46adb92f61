// mpu.h: the memory protection unit: its registers, and whether it lets a store pass.
// SPDX-License-Identifier: MIT
//
// Armv7-M ARM (DDI0403E) B3.5 and Armv6-M ARM (DDI0419E) B3.5: regions by size, the highest
// number wins. Armv8-M ARM (DDI0553) D1.2: regions by limit, an overlap is a fault.
#ifndef BOOTLEAP_SIM_MPU_H
#define BOOTLEAP_SIM_MPU_H

#include <stdbool.h>
#include <stdint.h>

enum mpu_kind { MPU_ABSENT, MPU_BY_SIZE, MPU_BY_LIMIT };

enum {
    MPU_FIRST = 0xD90, // offsets of its registers from 0xE000E000
    MPU_END = 0xDC8,
    MPU_REGIONS = 16,
    MPU_CONTROL_ENABLE = 1 << 0,
    MPU_CONTROL_HFNMIENA = 1 << 1,
    MPU_CONTROL_PRIVDEFENA = 1 << 2,
};

struct mpu {
    enum mpu_kind kind;
    uint32_t control, number;
    struct {
        uint32_t base;       // RBAR
        uint32_t attributes; // RASR, or RLAR
    } regions[MPU_REGIONS];
    uint32_t kinds_of_memory[2]; // MAIR0 and MAIR1
};

// All regions off, as after a reset.
void mpu_reset(struct mpu *mpu, enum mpu_kind kind);

uint32_t mpu_read(const struct mpu *mpu, uint32_t offset);
void mpu_write(struct mpu *mpu, uint32_t offset, uint32_t value);

// What of the core decides.
struct mpu_access {
    bool privileged;
    bool urgent; // in HardFault or NMI, or FAULTMASK is set
};

bool mpu_allows_store(const struct mpu *mpu, uint32_t address, unsigned size,
                      struct mpu_access access);

// Whether a region holds this address; else privileged code has the default memory map, or nothing.
bool mpu_decides(const struct mpu *mpu, uint32_t address);

// Whether code there may be executed.
bool mpu_allows_fetch(const struct mpu *mpu, uint32_t address, struct mpu_access access);

// Whether a store to RAM at `address` stays in a write-back cache: the regions may say that
// there is none, or that it writes through, as may the map that holds without regions.
bool mpu_is_write_back(const struct mpu *mpu, uint32_t address);

#endif
