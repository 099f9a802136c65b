/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/key-unused.c. */
#include "layout_direct.h"
#include "layout_sample.h"

#define UNUSED(severity, key, index)                                                               \
	{                                                                                          \
		AXVM_FINDING_KEY_UNUSED, severity, 0, ENTRY(key, index), NOBODY                    \
	}

/* Whatever else there may be. */
static void finds_no_unused(void)
{
	check_vms(&s.vm, 1);
	for (size_t i = 0; i < finding_count; i++)
		ok(findings[i].code != AXVM_FINDING_KEY_UNUSED, "unused");
}

static void test_firmware(void)
{
	each_row(m, models) {
		each_row(a, archs) {
			if (!boots(models[m], archs[a]))
				continue;
			direct_init(models[m], archs[a]);
			finds_nothing(&s);
			s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR |
				      AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH;
			s.vm.bios_load_addr.addr = 0x8000;
			finds(&s, UNUSED(WARNING, BIOS_PATH, 0),
			      UNUSED(WARNING, UEFI_FIRMWARE_PATH, 0),
			      { AXVM_FINDING_KEY_UNUSED, WARNING, 0,
				ADDRESS(BIOS_LOAD_ADDR, 0x8000), NOBODY });
			eq_int(strstr(findings[0].hint, "enable_bios") != NULL, !has_tree(archs[a]),
			       "what to do, where that can be done");
			/* Asked for by name as well. */
			s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
			check_vms(&s.vm, 1);
			eq_uint(finding_count, 3, "the same");
			/* Of a VM that is only partly known nothing is missed. */
			s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
			finds_no_unused();
		}
	}
}

static void test_firmware_that_counts(void)
{
	each_row(m, models) {
		direct_init(models[m], AXVM_ARCH_X86_64);
		s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR |
			      AXVM_LAYOUT_ENABLE_BIOS;
		s.vm.bios_load_addr.addr = s.vm.entry_point.addr = 0x8000;
		finds_nothing(&s);
		s.vm.flags |= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH;
		finds(&s, UNUSED(WARNING, UEFI_FIRMWARE_PATH, 0));
		s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
		s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
		finds_nothing(&s);
		/* A contradiction is the finding. */
		s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
		finds(&s,
		      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
		s.vm.flags |= AXVM_LAYOUT_ENABLE_BIOS;
		s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
		finds_no_unused();
		ok(finding_count != 0, "direct boot with a firmware");
	}
}

static void test_ramdisk(void)
{
	each_row(m, models) {
		for (size_t a = 0; a < 2; a++) {
			direct_init(models[m], archs[a]);
			s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
			s.vm.ramdisk_load_addr.addr = 0x800000;
			finds(&s, { AXVM_FINDING_KEY_UNUSED, NOTE, 0,
				    ADDRESS(RAMDISK_LOAD_ADDR, 0x800000), NOBODY });
			s.vm.flags ^= AXVM_LAYOUT_COMPLETE;
			finds_nothing(&s);
			s.vm.flags ^= AXVM_LAYOUT_COMPLETE | AXVM_LAYOUT_HAS_RAMDISK_PATH;
			finds_nothing(&s);
		}
	}
}

static void test_disk(void)
{
	each_row(m, models) {
		for (size_t a = 0; a < 3; a++) {
			direct_init(models[m], archs[a]);
			s.vm.flags |= AXVM_LAYOUT_HAS_DISK_PATH;
			/* At 0.7.3 there is no such key. */
			if (models[m] < AXVM_MODEL_0_7_3)
				finds(&s, UNUSED(NOTE, DISK_PATH, 0));
			else
				finds_nothing(&s);
		}
	}
}

static void test_sets(void)
{
	each_row(m, models) {
		each_row(a, archs) {
			if (!boots(models[m], archs[a]))
				continue;
			direct_init(models[m], archs[a]);
			s.vm.phys_cpu_set_count = 2;
			s.vm.flags |= AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
			if (has_tree(archs[a]))
				finds(&s, UNUSED(NOTE, PHYS_CPU_SETS, WHOLE));
			else
				finds_nothing(&s);
			/* An empty list is none; nor is it known of what machine. */
			limits.arch = AXVM_ARCH_UNKNOWN;
			finds_nothing(&s);
		}
		direct_init(models[m], AXVM_ARCH_AARCH64);
		s.vm.flags |= AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
		finds_nothing(&s);
	}
}

static void test_cmdline(void)
{
	each_row(m, models) {
		each_row(a, archs) {
			bool is_old = models[m] < AXVM_MODEL_0_7_3;

			if (!boots(models[m], archs[a]))
				continue;
			direct_init(models[m], archs[a]);
			s.vm.flags |= AXVM_LAYOUT_HAS_CMDLINE;
			finds_nothing(&s);
			s.vm.cmdline_length = 9;
			if (is_old && archs[a] != AXVM_ARCH_X86_64)
				finds(&s, UNUSED(NOTE, CMDLINE, 0));
			else
				finds_nothing(&s);
		}
	}
	/* 0.7 reads it on LoongArch. */
	direct_init(AXVM_MODEL_0_7, AXVM_ARCH_LOONGARCH64);
	s.vm.flags |= AXVM_LAYOUT_HAS_CMDLINE;
	s.vm.cmdline_length = 9;
	check_vms(&s.vm, 1);
	ok(finding_count == 1 && findings[0].code == AXVM_FINDING_BOOT_PROTOCOL, "not unused");
}

static void test_disabled_without_tree(void)
{
	each_row(m, models) {
		each_row(a, archs) {
			if (!boots(models[m], archs[a]))
				continue;
			direct_init(models[m], archs[a]);
			set_disabled(&s, 1, "/soc/uart", NULL);
			if (models[m] == AXVM_MODEL_0_7_3 && !has_tree(archs[a]))
				finds(&s, UNUSED(NOTE, DISABLED_PATHS, WHOLE));
			else
				finds_nothing(&s);
			set_disabled(&s, 0, NULL, NULL);
			finds_nothing(&s);
		}
	}
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_KEY_UNUSED, AXVM_FINDING_KEY_UNUSED);
}

int main(void)
{
	test(test_firmware);
	test(test_firmware_that_counts);
	test(test_ramdisk);
	test(test_disk);
	test(test_sets);
	test(test_cmdline);
	test(test_disabled_without_tree);
	test(test_seen);
	return done();
}
