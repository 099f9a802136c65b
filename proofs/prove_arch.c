/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/arch.h>

#include "proof_names.h"

static bool is_arch(uint64_t value)
{
	return value >= 1 && value <= 4;
}

static bool arch_alias(const char *text, uint8_t value)
{
	switch (value) {
	case AXVM_ARCH_AARCH64:
		return same_text(text, "arm64");
	case AXVM_ARCH_RISCV64:
		return same_text(text, "riscv");
	case AXVM_ARCH_X86_64:
		return same_text(text, "x86-64") || same_text(text, "amd64");
	case AXVM_ARCH_LOONGARCH64:
		return same_text(text, "loongarch");
	default:
		return false;
	}
}

void prove_axvm_arch_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_arch, is_arch);
}

static const struct named arch_names[] = {
	{ 1, "aarch64" },
	{ 2, "riscv64" },
	{ 3, "x86_64" },
	{ 4, "loongarch64" },
};

void prove_axvm_arch_name(void)
{
	PROVE_NAME(axvm_arch, is_arch, arch_names);
}

void prove_axvm_arch_from_name(void)
{
	PROVE_FROM_NAME(axvm_arch, arch_names, arch_alias);
}
