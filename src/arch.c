/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/arch.h>

#include "export.h"
#include "names.h"

#define ARCHS(ARCH)                                                                                \
	ARCH(AXVM_ARCH_AARCH64, "aarch64")                                                         \
	ARCH(AXVM_ARCH_RISCV64, "riscv64")                                                         \
	ARCH(AXVM_ARCH_X86_64, "x86_64")                                                           \
	ARCH(AXVM_ARCH_LOONGARCH64, "loongarch64")

#define ROW(arch, name) { arch, name },
#define CASE(arch, name) case arch:

/* clang-format off */
static const struct axvm_name names[] = {
	ARCHS(ROW)
	{ AXVM_ARCH_AARCH64, "arm64" },
	{ AXVM_ARCH_RISCV64, "riscv" },
	{ AXVM_ARCH_X86_64, "x86-64" },
	{ AXVM_ARCH_X86_64, "amd64" },
	{ AXVM_ARCH_LOONGARCH64, "loongarch" },
};
AXVM_NAMES_EVERY(axvm_arch, case AXVM_ARCH_UNKNOWN: ARCHS(CASE))
/* clang-format on */

AXVM_EXPORT bool axvm_arch_try_from_usize(uint64_t value, axvm_arch *out)
{
	return axvm_names_try_from_usize(names, AXVM_NAMES_COUNT(names), value, out);
}

AXVM_EXPORT const char *axvm_arch_name(axvm_arch arch)
{
	return axvm_names_name(names, AXVM_NAMES_COUNT(names), arch);
}

AXVM_EXPORT bool axvm_arch_from_name(const char *name, axvm_arch *out)
{
	return axvm_names_from_name(names, AXVM_NAMES_COUNT(names), name, out);
}
