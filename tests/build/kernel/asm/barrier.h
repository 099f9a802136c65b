/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FAKE_ASM_BARRIER_H
#define FAKE_ASM_BARRIER_H

#define smp_store_release(pointer, value) __atomic_store_n(pointer, value, __ATOMIC_RELEASE)

#endif
