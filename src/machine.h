/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdint.h>

/* The page of the local APIC, which the hypervisor maps by itself on x86_64. */
#define AXVM_X86_LOCAL_APIC UINT64_C(0xfee00000)

#endif
