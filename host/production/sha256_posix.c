// sha256_posix.c: SHA-256 by libmd.
// SPDX-License-Identifier: MIT
#include "sha256.h"

#include <sha2.h>

_Static_assert((int)SHA256_BYTES == SHA256_DIGEST_LENGTH, "a digest has room");

bool sha256_of(const uint8_t *bytes, size_t size, uint8_t digest[SHA256_BYTES])
{
    SHA2_CTX context;

    SHA256Init(&context);
    SHA256Update(&context, bytes, size);
    SHA256Final(digest, &context);
    return true;
}
