/* SPDX-License-Identifier: Apache-2.0 */
/* Boot protocols that an architecture lacks, in words; and what an entry point is compared with. */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING

static struct sample s;

/* A guest with a firmware, but without memory where multiboot wants it. */
static void init(axvm_arch arch, axvm_boot_protocol protocol)
{
	sample_init(&s);
	limits.arch = arch;
	s.vm.emu_device_count = 0;
	s.vm.boot_protocol = protocol;
	s.vm.bios_load_addr.addr = 0x40400000;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_ENABLE_BIOS |
		      AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
}

#define MULTIBOOT_TEXT "selects multiboot, which only x86_64 has"
#define UEFI_TEXT "selects uefi, which this architecture does not have"
#define LOONGARCH_TEXT "does not select uefi, but loongarch64 boots by UEFI only"

/* That is the one finding: what the protocol needs is not asked for as well. */
static void test_lacking(void)
{
	static const struct {
		axvm_arch arch;
		axvm_boot_protocol protocol;
		const char *at_0_5, *at_0_7;
	} rows[] = {
		{ AXVM_ARCH_AARCH64, AXVM_BOOT_PROTOCOL_MULTIBOOT, MULTIBOOT_TEXT, MULTIBOOT_TEXT },
		{ AXVM_ARCH_AARCH64, AXVM_BOOT_PROTOCOL_UEFI, UEFI_TEXT, UEFI_TEXT },
		{ AXVM_ARCH_RISCV64, AXVM_BOOT_PROTOCOL_MULTIBOOT, MULTIBOOT_TEXT, MULTIBOOT_TEXT },
		{ AXVM_ARCH_RISCV64, AXVM_BOOT_PROTOCOL_UEFI, UEFI_TEXT, UEFI_TEXT },
		{ AXVM_ARCH_LOONGARCH64, AXVM_BOOT_PROTOCOL_MULTIBOOT, MULTIBOOT_TEXT,
		  LOONGARCH_TEXT },
		{ AXVM_ARCH_LOONGARCH64, AXVM_BOOT_PROTOCOL_UEFI, UEFI_TEXT, NULL },
		{ AXVM_ARCH_X86_64, AXVM_BOOT_PROTOCOL_UEFI, NULL, NULL },
	};
	const struct wanted lacks = { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0),
				      NOBODY };

	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = i % 2 ? rows[i / 2].at_0_7 : rows[i / 2].at_0_5;

		init(rows[i / 2].arch, rows[i / 2].protocol);
		limits.model = i % 2 ? AXVM_MODEL_0_7 : AXVM_MODEL_0_5;
		/* What uefi on loongarch64 has at 0.7. */
		if (!text) {
			set_memory(&s.memory[1], 0, 0x101000, AXVM_MEM_MAPPING_ALLOC);
			set_emulated(&s.emulated[0], "fw", 0x1e020000, 0x18,
				     AXVM_EMULATED_DEVICE_FW_CFG);
			s.vm.emu_device_count = limits.arch == AXVM_ARCH_LOONGARCH64;
			finds_nothing(&s);
			continue;
		}
		finds(&s, lacks);
		eq_str(findings[0].text, text, "which it lacks");
	}
}

static void test_direct(void)
{
	init(AXVM_ARCH_LOONGARCH64, AXVM_BOOT_PROTOCOL_DIRECT);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
	eq_str(findings[0].text, LOONGARCH_TEXT, "nor does direct");
	init(AXVM_ARCH_AARCH64, AXVM_BOOT_PROTOCOL_DIRECT);
	finds_at_both(&s,
		      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
	eq_str(findings[0].text, "is direct, but enable_bios is true",
	       "with a BIOS");
}

/* An address that is not given is 0 or whatever the caller left there, and is not compared. */
static void test_entry_not_given(void)
{
	init(AXVM_ARCH_AARCH64, AXVM_BOOT_PROTOCOL_DIRECT);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
	finds_nothing_at_both(&s);
	s.vm.entry_point.addr = 0x40100000;
	finds_at_both(&s,
		      { AXVM_FINDING_BOOT_ENTRY, WARNING, 0, ADDRESS(ENTRY_POINT, 0x40100000),
			ADDRESS(KERNEL_LOAD_ADDR, 0x40200000) });
	s.vm.flags ^= AXVM_LAYOUT_HAS_ENTRY_POINT;
	finds_nothing_at_both(&s);
	s.vm.flags ^= AXVM_LAYOUT_HAS_ENTRY_POINT | AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR;
	finds_nothing_at_both(&s);
	s.vm.flags ^= AXVM_LAYOUT_HAS_ENTRY_POINT;
	finds_nothing_at_both(&s);
}

/* A firmware is entered by itself; and of a protocol that is none nothing more is said. */
static void test_entry_of_others(void)
{
	init(AXVM_ARCH_X86_64, AXVM_BOOT_PROTOCOL_UEFI);
	s.vm.entry_point.addr = 0x40100000;
	finds_nothing_at_both(&s);
	s.vm.boot_protocol = 3;
	finds_at_both(&s,
		      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
}

int main(void)
{
	test(test_lacking);
	test(test_direct);
	test(test_entry_not_given);
	test(test_entry_of_others);
	return done();
}
