// host.c: what somebody builds for a host, in a project that has firmware too.
// SPDX-License-Identifier: MIT
int main(void)
{
    return 0;
}
