// capstone_rows.c: encodings that Capstone and this project's decoder read differently, and why.
// SPDX-License-Identifier: MIT
//
// A-numbers are sections of the Armv7-M Architecture Reference Manual (DDI 0403E.e), C2.4 that of
// the Armv8-M one (DDI 0553). "UNPREDICTABLE": the manual promises nothing, so that compilers make
// none. "Capstone 4" is 4.0.2, as Debian 12 has it, whose ARM tables are those of LLVM 3.9.
#include "capstone_rows.h"

#include <stdbool.h>
#include <string.h>

const struct capstone_row capstone_rows[] = {
    {0xFF00, 0x4700, 0x0000, 0x0000, false, "stops", "b",
     "UNPREDICTABLE: a bit that the manual writes as (0) is 1 (A7.7.19, A7.7.20, and Armv8-M "
     "C2.4.16)"},
    {0xFE00, 0xEA00, 0x8000, 0x8000, false, "stops", "",
     "UNPREDICTABLE: a bit that the manual writes as (0) is 1 (A5.3.11, bit 15)"},
    {0xFE00, 0xEA00, 0x000F, 0x000F, false, "stops", "",
     "UNPREDICTABLE: the PC is an operand (A5.3.11, Rm)"},
    {0xFE00, 0xEA00, 0x0F00, 0x0F00, false, "stops", "",
     "UNPREDICTABLE: the result goes to the PC (A5.3.11, Rd)"},
    {0xFE0F, 0xEA0F, 0x0000, 0x0000, false, "stops", "",
     "UNPREDICTABLE: the PC is an operand (A5.3.11, Rn)"},
    {0xFFF0, 0xEAC0, 0x0000, 0x0000, false, "other", "stops",
     "PKHBT and PKHTB have no S and no T bit; Capstone knows that they are UNDEFINED so (A7.7.93)"},
    {0xFFF0, 0xEA50, 0x8000, 0x8000, false, "other", "",
     "Armv8.1-M: CSEL, CSINC, CSINV, CSNEG, and long shifts (DDI 0553 C2.4), which Capstone 4 "
     "reads as ORRS with bit 15"},
    {0xFFF0, 0xEA50, 0x000F, 0x000F, false, "other", "", "Armv8.1-M: long shifts (DDI 0553 C2.4)"},
    {0xFA00, 0xF000, 0x8F00, 0x0F00, false, "stops", "",
     "UNPREDICTABLE: the result goes to the PC (A5.3.1, A5.3.3)"},
    {0xFA0F, 0xF00F, 0x8000, 0x0000, false, "stops", "",
     "UNPREDICTABLE: the PC is an operand (A5.3.1)"},
    {0xFA00, 0xF200, 0x8F00, 0x0F00, false, "", "",
     "UNPREDICTABLE: the result goes to the PC (A5.3.3)"},
    {0xFB20, 0xF300, 0x8020, 0x0020, false, "stops", "",
     "UNPREDICTABLE: a bit that the manual writes as (0) is 1 (A7.7.126, A7.7.193: SBFX, UBFX, "
     "BFI, BFC, bit 5)"},
    {0xFF00, 0xF700, 0x8000, 0x0000, false, "stops", "",
     "UNPREDICTABLE: a bit that the manual writes as (0) is 1"},
    {0xEC00, 0xEC00, 0x0000, 0x0000, false, "other", "stops",
     "the FPU, MVE (Armv8.1-M) and coprocessors: which of them exist is not looked at; nothing but "
     "registers that they may write is unknown behind one"},
    {0xFF00, 0xF900, 0x0000, 0x0000, false, "stops", "other",
     "Advanced SIMD of the A profile, which Capstone reads in spite of CS_MODE_MCLASS"},
    {0xFE40, 0xE800, 0x2000, 0x2000, false, "", "stops",
     "UNPREDICTABLE: SP in a list of registers (A7.7.41, A7.7.159)"},
    {0xFFF0, 0xE850, 0x0F00, 0x0F00, true, "loadex", "stops",
     "UNPREDICTABLE: a bit that the manual writes as (1) is 0 (A7.7.52, LDREX)"},
    {0xFFF0, 0xE8D0, 0x0F00, 0x0F00, true, "load", "stops",
     "UNPREDICTABLE: a bit that the manual writes as (1) is 0 (A7.7.53, A7.7.54; Armv8-M: LDA, "
     "LDAEX)"},
    {0xFFF0, 0xE8C0, 0x0F00, 0x0F00, true, "store", "stops",
     "UNPREDICTABLE: a bit that the manual writes as (1) is 0 (A7.7.168, A7.7.169; Armv8-M: STL, "
     "STLEX)"},
    {0xFE70, 0xE850, 0x000F, 0x000F, true, "load", "stops",
     "UNPREDICTABLE: a bit that the manual writes as (1) is 0"},
    {0xFFF0, 0xE8D0, 0x000F, 0x000F, true, "load", "stops",
     "UNPREDICTABLE: a bit that the manual writes as (1) is 0 (bits 3 to 0)"},
    {0xFFF0, 0xE8C0, 0x000F, 0x000F, true, "store", "stops",
     "UNPREDICTABLE: a bit that the manual writes as (1) is 0 (bits 3 to 0)"},
    {0xFFF0, 0xE8D0, 0xFF00, 0xF000, true, "table", "stops",
     "UNPREDICTABLE: bits 15 to 8 of TBB and TBH are (1111)(0000) (A7.7.185)"},
    {0xFE4F, 0xE84F, 0x0000, 0x0000, false, "", "",
     "UNPREDICTABLE: the PC is the base of a store, an exclusive access, or of one that writes it "
     "back (A7.7.50, A7.7.166)"},
    {0xFE4F, 0xE80F, 0x0000, 0x0000, false, "", "",
     "UNPREDICTABLE: the PC is the base of LDM or STM; Armv8.1-M has CLRM there"},
    {0xFFF0, 0xE840, 0xF000, 0xF000, false, "other", "",
     "Armv8-M: TT, TTT, TTA, TTAT (DDI 0553 C2.4), which Capstone 4 reads as STREX of the PC"},
    {0xFFE0, 0xE8C0, 0x0030, 0x0030, false, "stops", "other",
     "LDREXD, STREXD and their kin of the A profile"},
    {0xFFC0, 0xE800, 0x0000, 0x0000, false, "stops", "other",
     "Capstone 4 reads SHA1 and the like of the A profile, whatever the mode"},
    {0xFE00, 0xEC00, 0x0F00, 0x0900, false, "v", "",
     "VLDR and VSTR of half a word (Armv8.1-M), which Capstone 4 reads as LDC and STC"},
    {0xFE00, 0xEC00, 0x0E00, 0x0E00, false, "v", "",
     "MVE (Armv8.1-M): whole vectors, which Capstone 4 reads as LDC and STC"},
    {0xFF80, 0xEC00, 0x0E00, 0x0A00, false, "v", "",
     "Armv8-M: VLSTM and VLLDM, which Capstone 4 lacks"},
    {0xFE00, 0xEC00, 0x0E00, 0x0A00, false, "v", "stops",
     "UNPREDICTABLE: a list of no or too many registers of the FPU"},
    {0xFE00, 0xEC00, 0x0F01, 0x0B01, false, "v", "other",
     "FLDMX and FSTMX: an odd number of words (A7.7.235), other names of VLDM and VSTM"},
    {0xFE0F, 0xEC0F, 0x0000, 0x0000, false, "stops", "",
     "UNPREDICTABLE: the PC is the base of VLDM or VSTM"},
    {0xFE00, 0xEC00, 0x0F00, 0x0900, false, "stops", "other",
     "as LDC and STC: coprocessor 9 is the FPU's"},
    {0xFFE0, 0xF380, 0xD000, 0x8000, false, "msr", "stops",
     "MSR of a register that Capstone 4 has no name for: MSPLIM, PSPLIM and those of the other "
     "state (Armv8-M), and reserved ones"},
    {0xFFE0, 0xF3E0, 0xD000, 0x8000, false, "mrs", "stops",
     "MRS of such a register; bits 19 to 16 that are not (1111)"},
    {0xF800, 0xF000, 0xD000, 0xC000, false, "", "",
     "Armv8.1-M: loops and branch futures (DDI 0553 C2.4), which Capstone 4 lacks"},
    {0xFFC0, 0xFB80, 0x00F0, 0x00F0, false, "", "stops",
     "UNPREDICTABLE: bits 15 to 12 of SDIV and UDIV are not (1111)"},
    {0xFFF0, 0xFB90, 0x00F0, 0x00F0, false, "", "stops",
     "UNPREDICTABLE: bits 15 to 12 of SDIV are not (1111)"},
    {0xFFF0, 0xFBB0, 0x00F0, 0x00F0, false, "", "stops",
     "UNPREDICTABLE: bits 15 to 12 of UDIV are not (1111)"},
    {0xFF00, 0xFB00, 0x0000, 0x0000, false, "stops", "",
     "UNPREDICTABLE: a result goes to the PC (A5.3.16, A5.3.17)"},
    {0xFF00, 0xFB00, 0x0000, 0x0000, false, "other", "stops",
     "UNDEFINED multiplications (A5.3.16, A5.3.17), which are read as one that writes its "
     "registers"},
    {0xFF00, 0xFA00, 0x0000, 0x0000, false, "other", "stops",
     "UNDEFINED or UNPREDICTABLE operations of registers (A5.3.12 to A5.3.15), which are read as "
     "one that writes its register"},
    {0xFF10, 0xF800, 0xF000, 0xF000, false, "stops", "store",
     "UNPREDICTABLE: a store of the PC (A7.7.161)"},
    {0xFE10, 0xF810, 0xF000, 0xF000, false, "nothing", "",
     "UNPREDICTABLE: a load of less than a word to the PC, and memory hints that Capstone 4 does "
     "not read as such (A5.3.8, A5.3.9)"},
    {0xFB00, 0xF300, 0x8000, 0x0000, false, "other", "stops",
     "UNPREDICTABLE: a bit that the manual writes as (0) is 1: SSAT, USAT (A7.7.152, A7.7.213)"},
    {0xFB40, 0xF340, 0x8000, 0x0000, false, "stops", "",
     "UNPREDICTABLE: bits of SBFX and UBFX behind bit 31 (A7.7.126, A7.7.193)"},
    {0xFFF0, 0xF360, 0x8000, 0x0000, false, "stops", "insert",
     "UNPREDICTABLE: the last bit of BFI and BFC before the first one (A7.7.13, A7.7.14)"},
    {0xF7C0, 0xF7C0, 0xD000, 0x8000, false, "stops", "other", "SMC and HVC of the A profile"},
    {0xFF87, 0x4687, 0x0000, 0x0000, false, "bx", "mov", "MOV PC is a jump to the walk"},
    {0xFF87, 0x4784, 0x0000, 0x0000, false, "blx", "stops",
     "Armv8-M: BLXNS (DDI 0553 C2.4), which Capstone 4 lacks"},
    {0xFF78, 0x4468, 0x0000, 0x0000, false, "add", "add",
     "ADD of SP and a register, whose result is the last operand (A7.7.6, T1): said in another "
     "order"},
    {0xFFFF, 0xDEFE, 0x0000, 0x0000, false, "stops", "other",
     "UDF #254 has a name of its own: trap"},
    {0x0000, 0x0000, 0x0000, 0x0000, false, "", "simd",
     "Capstone 4 tries the tables of Advanced SIMD and of cryptography (A profile) where its own "
     "have nothing, also for encodings with UNPREDICTABLE bits and those of Armv8.1-M"},
    {0xFE00, 0xEA00, 0x70F0, 0x0030, false, "other", "",
     "RRX: the result is unknown to the walk, and is read so"},
    {0xFFC0, 0xFA80, 0x0000, 0x0000, false, "", "",
     "UNPREDICTABLE: CLZ, REV and RBIT that name two registers (A7.7.24, A7.7.112, A7.7.113)"},
    {0xFF00, 0xFA00, 0x0F00, 0x0F00, false, "stops", "",
     "UNPREDICTABLE: the result goes to the PC (A5.3.12)"},
    {0xFF8F, 0xFA0F, 0xF0B0, 0xF0B0, false, "other", "",
     "SXTH and UXTH of bits that wrap around: the result is read as unknown"},
    {0xFE50, 0xE810, 0xC000, 0xC000, false, "load", "stops",
     "UNPREDICTABLE: LR and the PC in one list (A7.7.41)"},
    {0xFFF0, 0xF3A0, 0x8000, 0x8000, false, "nothing", "",
     "hints whose bits are not as they should be (A5.3.4)"},
    {0xFFF0, 0xF3B0, 0x8000, 0x8000, false, "", "",
     "barriers whose bits are not as they should be (A5.3.4)"},
    {0xFFE0, 0xF3E0, 0xD020, 0x8020, false, "mrs", "other",
     "banked registers of the A profile, which Capstone 4 reads in spite of CS_MODE_MCLASS"},
    {0xFFE0, 0xF380, 0xD020, 0x8020, false, "msr", "other",
     "banked registers of the A profile, which Capstone 4 reads in spite of CS_MODE_MCLASS"},
};
const size_t capstone_row_count = sizeof capstone_rows / sizeof *capstone_rows;

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

size_t capstone_row_find(unsigned first, unsigned second, const char *own, const char *capstone)
{
    size_t i = 0;

    while (i < capstone_row_count) {
        const struct capstone_row *row = &capstone_rows[i];
        bool is = (second & row->second_mask) == row->second;
        if ((first & row->first_mask) == row->first && is != row->differs &&
            begins(own, row->own) && begins(capstone, row->capstone)) {
            break;
        }
        i++;
    }
    return i;
}
