/* SPDX-License-Identifier: Apache-2.0 */
/* Of a kernel only what the guest headers and examples/ivc-publish.c ask for. */
#ifndef FAKE_LINUX_TYPES_H
#define FAKE_LINUX_TYPES_H

typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef __u64 u64;

#endif
