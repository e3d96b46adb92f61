// sha256_windows.c: SHA-256 by Windows.
// SPDX-License-Identifier: MIT
#include "sha256.h"

#include <limits.h>
#include <windows.h>

#include <bcrypt.h>

static bool hash(BCRYPT_ALG_HANDLE algorithm, const uint8_t *bytes, size_t size,
                 uint8_t digest[SHA256_BYTES])
{
    BCRYPT_HASH_HANDLE work;

    if (BCryptCreateHash(algorithm, &work, NULL, 0, NULL, 0, 0) != 0) {
        return false;
    }
    bool done = size <= ULONG_MAX &&
                BCryptHashData(work, (PUCHAR)(uintptr_t)bytes, (ULONG)size, 0) == 0 &&
                BCryptFinishHash(work, digest, SHA256_BYTES, 0) == 0;
    BCryptDestroyHash(work);
    return done;
}

bool sha256_of(const uint8_t *bytes, size_t size, uint8_t digest[SHA256_BYTES])
{
    BCRYPT_ALG_HANDLE algorithm;

    if (BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0) != 0) {
        return false;
    }
    bool done = hash(algorithm, bytes, size, digest);
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return done;
}
