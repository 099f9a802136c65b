/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/boot-protocol.c. */
#include "layout_boot.h"
#include "layout_direct.h"
#include "layout_sample.h"

#define PROTOCOL(key)                                                                              \
	{                                                                                          \
		AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(key, 0), NOBODY                        \
	}

#define MULTIBOOT_TEXT "selects multiboot, which only x86_64 has"
#define UEFI_TEXT "selects uefi, which this architecture does not have"
#define LOONGARCH_TEXT "does not select uefi, but loongarch64 boots by UEFI only"

static void test_protocol_names(void)
{
	sample_init(&s);
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	finds_nothing(&s); /* direct */
	s.vm.boot_protocol = 3;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.boot_protocol = 0xff;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	finds_nothing(&s); /* not given, so not looked at */
}

static void test_protocol_and_bios(void)
{
	multiboot_init();
	finds_nothing(&s);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	multiboot_init();
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	/* Not given, it is multiboot with enable_bios and direct without. */
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	finds_nothing(&s);
}

static void test_protocol_and_arch(void)
{
	multiboot_init();
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds_nothing(&s);
	limits.arch = 0xff;
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_AARCH64;
	finds_at_both(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	finds_at_both(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	limits.model = AXVM_MODEL_0_5;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	finds(&s, PROTOCOL(ENABLE_BIOS));
	/* Of a VM that is only partly known, that is given all the same. */
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	finds(&s, PROTOCOL(ENABLE_BIOS));
	s.vm.flags |= AXVM_LAYOUT_COMPLETE;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_LOONGARCH64; /* direct is refused there at 0.7 */
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, PROTOCOL(ENABLE_BIOS));
	s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_ENABLE_BIOS;
	finds(&s, PROTOCOL(BOOT_PROTOCOL)); /* multiboot */
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	finds(&s, PROTOCOL(BOOT_PROTOCOL)); /* one finding, not two */
}

static void test_multiboot(void)
{
	multiboot_init();
	s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.bios_load_addr.addr = 0x8000;
	finds_nothing(&s);
	s.vm.bios_load_addr.addr = 0x9000;
	finds(&s,
	      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, 0x9000), NOBODY });
	s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_PATH;
	finds_nothing(&s);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	finds(&s, MISSING(BIOS_LOAD_ADDR));
}

static void test_uefi(void)
{
	multiboot_init();
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.flags |= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.bios_load_addr.addr = 0x40400000;
	finds_nothing(&s);
	s.vm.flags ^= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH | AXVM_LAYOUT_HAS_BIOS_PATH;
	finds_nothing(&s);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	finds(&s, MISSING(BIOS_LOAD_ADDR));
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_PATH;
	finds(&s, MISSING(RAMDISK_LOAD_ADDR), MISSING(BIOS_LOAD_ADDR));
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_RAMDISK_PATH;
	s.vm.flags ^= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
	s.vm.flags |= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH;
	s.vm.bios_load_addr.addr = RAM_END;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, RAM_END), NOBODY });
}

/* A guest of LoongArch that boots as 0.7 wants it. */
static void loongarch_init(void)
{
	multiboot_init();
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.flags |= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	s.vm.bios_load_addr.addr = 0x40000000;
	set_memory(&s.memory[1], 0, 0x101000, AXVM_MEM_MAPPING_ALLOC);
	set_emulated(&s.emulated[0], "fw", 0x1e020000, 0x18, AXVM_EMULATED_DEVICE_FW_CFG);
	s.vm.emu_device_count = 1;
	limits.arch = AXVM_ARCH_LOONGARCH64;
	limits.model = AXVM_MODEL_0_7;
}

static void test_loongarch(void)
{
	loongarch_init();
	finds_nothing(&s);
	/* The firmware loads all but itself. */
	s.vm.entry_point.addr = s.vm.kernel_load_addr.addr = s.vm.dtb_load_addr.addr = 0x1000000000;
	s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_DTB_PATH;
	finds_nothing(&s);
	s.vm.bios_load_addr.addr = RAM_END;
	finds(&s,
	      { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, RAM_END), NOBODY });
	loongarch_init();
	s.vm.emu_device_count = 0;
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0,
		    ENTRY(EMU_DEVICES, AXVM_LAYOUT_WHOLE_TABLE), NOBODY });
	/* What is not known is not missed. */
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	finds_nothing(&s);
	/* It need not come first. */
	loongarch_init();
	s.emulated[1] = s.emulated[0];
	set_emulated(&s.emulated[0], "nothing", 0, 0, AXVM_EMULATED_DEVICE_DUMMY);
	s.vm.emu_device_count = 2;
	finds_nothing(&s);
	loongarch_init();
	s.memory[1].size = 0x100000;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0x100000, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
	/* 0.5 has no UEFI there, and that is all to be said. */
	limits.model = AXVM_MODEL_0_5;
	s.vm.emu_device_count = 0;
	finds(&s, PROTOCOL(BOOT_PROTOCOL));
}

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

		protocol_init(rows[i / 2].arch, rows[i / 2].protocol);
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
	protocol_init(AXVM_ARCH_LOONGARCH64, AXVM_BOOT_PROTOCOL_DIRECT);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
	eq_str(findings[0].text, LOONGARCH_TEXT, "nor does direct");
	protocol_init(AXVM_ARCH_AARCH64, AXVM_BOOT_PROTOCOL_DIRECT);
	finds_at_both(&s,
		      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
	eq_str(findings[0].text, "is direct, but enable_bios is true", "with a BIOS");
}

static void test_protocol_loongarch(void)
{
	/* Direct, which 0.7 refuses. */
	new_init(AXVM_ARCH_LOONGARCH64);
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(ENABLE_BIOS, 0), NOBODY });
	/* With a short command line. */
	new_init(AXVM_ARCH_LOONGARCH64);
	changes(AXVM_LAYOUT_HAS_CMDLINE, 0);
	s.vm.cmdline_length = 511;
	finds_nothing(&s);
	s.vm.cmdline_length = 512;
	finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 512, ENTRY(CMDLINE, 0), NOBODY });
	limits.arch = AXVM_ARCH_RISCV64;
	finds_nothing(&s);
	/* UEFI, without a device that gives it its tables. */
	new_init(AXVM_ARCH_LOONGARCH64);
	changes(AXVM_LAYOUT_ENABLE_BIOS | AXVM_LAYOUT_HAS_BOOT_PROTOCOL |
			AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR,
		0);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.bios_load_addr.addr = 0x200000;
	finds_nothing(&s);
	s.memory[0].gpa.addr = 0x101000;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0x100000, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
}

/* enable_bios alone is multiboot. */
static void test_protocol_multiboot(void)
{
	each_row(a, archs) {
		new_init(archs[a]);
		changes(AXVM_LAYOUT_ENABLE_BIOS, 0);
		if (archs[a] == AXVM_ARCH_X86_64) {
			finds_nothing(&s);
			continue;
		}
		finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(ENABLE_BIOS, 0), NOBODY });
		ok(strstr(findings[0].text, "multiboot"), "as x86_64 alone has it");
	}
	/* Without a firmware of its own, at one address or none. */
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_ENABLE_BIOS | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR, 0);
	s.vm.bios_load_addr.addr = 0x8000;
	finds_nothing(&s);
	s.vm.bios_load_addr.addr = 0x9000;
	finds(&s,
	      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, 0x9000), NOBODY });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_BOOT_PROTOCOL, AXVM_FINDING_BOOT_PROTOCOL);
}

int main(void)
{
	test(test_protocol_names);
	test(test_protocol_and_bios);
	test(test_protocol_and_arch);
	test(test_multiboot);
	test(test_uefi);
	test(test_loongarch);
	test(test_lacking);
	test(test_direct);
	test(test_protocol_loongarch);
	test(test_protocol_multiboot);
	test(test_seen);
	return done();
}
