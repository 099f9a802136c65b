/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FAKE_ASM_CPUFEATURE_H
#define FAKE_ASM_CPUFEATURE_H

#define X86_FEATURE_VMMCALL 1

int boot_cpu_has(int feature);

#endif
