/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/device-passthrough.c. */
#include "layout_sample.h"

static struct sample s;

static void test_host(void)
{
	sample_init(&s);
	s.passthrough[0].base_hpa.addr = 0xfe000004;
	finds(&s, { AXVM_FINDING_DEVICE_PAGE_OFFSET, WARNING, 0xfe000004,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000), NOBODY });
	s.passthrough[0].base_hpa.addr = 0xfe000000;
	finds(&s, { AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, 0xfe000000,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000), NOBODY });
	s.passthrough[0].base_hpa.addr = 0x9000000;
	finds_nothing(&s);
}

static void test_unaligned(void)
{
	sample_init(&s);
	set_passthrough(&s.passthrough[0], "x", 0x9000800, 0x9000800, 0x1000, 33);
	finds(&s, { AXVM_FINDING_DEVICE_UNALIGNED, WARNING, 0,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000800, 0x9001800), NOBODY });
	set_passthrough(&s.passthrough[0], "x", 0x9000000, 0x9000000, 0x800, 33);
	finds_nothing(&s);
	s.addresses[0].base_gpa.addr += 1;
	finds(&s, { AXVM_FINDING_DEVICE_UNALIGNED, WARNING, 0,
		    GUEST(PASSTHROUGH_ADDRESSES, 0, 0xa000001, 0xa004001), NOBODY });
	/* Emulated devices are not mapped. */
	sample_init(&s);
	s.emulated[0].base_gpa.addr += 0x10;
	finds_nothing(&s);
}

static void test_reserved(void)
{
	const uint64_t apic = 0xfee00000;

	sample_init(&s);
	s.vm.emu_device_count = 0;
	limits.arch = AXVM_ARCH_X86_64;
	set_address(&s.addresses[0], apic - 0x1000, 0x1000);
	finds_nothing(&s);
	s.addresses[0].length = 0x1001;
	finds(&s, { AXVM_FINDING_DEVICE_RESERVED, ERROR, apic,
		    GUEST(PASSTHROUGH_ADDRESSES, 0, apic - 0x1000, apic + 1), NOBODY });
	set_address(&s.addresses[0], apic + 0x1000, 0x1000);
	finds_nothing(&s);
	set_passthrough(&s.passthrough[0], "apic", apic, apic, 0x1000, 33);
	finds(&s, { AXVM_FINDING_DEVICE_RESERVED, ERROR, apic,
		    GUEST(PASSTHROUGH_DEVICES, 0, apic, apic + 0x1000), NOBODY });
	limits.arch = AXVM_ARCH_RISCV64;
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds_nothing(&s);
}

static void test_host_by_version(void)
{
	const axvm_arch by_tree[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_RISCV64 };
	const axvm_arch honoured[] = { AXVM_ARCH_X86_64, AXVM_ARCH_LOONGARCH64, AXVM_ARCH_UNKNOWN };
	const struct owner uart = GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000);

	sample_init_devices(&s);
	s.vm.emu_device_count = 0;
	s.passthrough[0].base_hpa.addr = 0xfe000004;
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_PAGE_OFFSET, ERROR, 0xfe000004, uart, NOBODY });
	limits.arch = AXVM_ARCH_AARCH64;
	finds(&s, { AXVM_FINDING_DEVICE_PAGE_OFFSET, ERROR, 0xfe000004, uart, NOBODY });
	s.passthrough[0].base_hpa.addr = 0xfe000000;
	for (size_t i = 0; i < 2; i++) {
		limits.arch = by_tree[i];
		finds(&s, { AXVM_FINDING_DEVICE_HOST_IGNORED, ERROR, 0xfe000000, uart, NOBODY });
	}
	for (size_t i = 0; i < 3; i++) {
		limits.arch = honoured[i];
		limits.model = AXVM_MODEL_0_7;
		finds_nothing(&s);
		limits.model = AXVM_MODEL_0_5;
		finds(&s, { AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, 0xfe000000, uart, NOBODY });
	}
}

/* 0.5 maps no more pages than the length has; 0.7 each one that is touched. */
static void test_pages(void)
{
	const struct owner rtc = GUEST(PASSTHROUGH_DEVICES, 1, 0x9010800, 0x9011800);

	sample_init_devices(&s);
	set_passthrough(&s.passthrough[1], "rtc", 0x9010800, 0x9010800, 0x1000, 0);
	s.emulated[0].base_gpa.addr = 0x9011000;
	finds(&s, { AXVM_FINDING_DEVICE_UNALIGNED, WARNING, 0, rtc, NOBODY });
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0,
		    GUEST(EMU_DEVICES, 0, 0x9011000, 0x9021000), rtc });
	s.emulated[0].base_gpa.addr = 0x9012000;
	finds_nothing(&s);
}

/* Less than a page below the last port is reported as ports where the VM may be one of x86_64. */
static void test_like_ports(void)
{
	static const struct {
		uint64_t base, length;
		axvm_arch arch;
		bool reported;
	} rows[] = {
		{ 0x2f8, 8, AXVM_ARCH_X86_64, true },
		{ 0x2f8, 8, AXVM_ARCH_UNKNOWN, true },
		{ 0x2f8, 8, AXVM_ARCH_RISCV64, false },
		{ 0xf800, 0x800, AXVM_ARCH_X86_64, true },
		{ 0xf800, 0x801, AXVM_ARCH_X86_64, false },
		{ 0x800, 0xfff, AXVM_ARCH_X86_64, true },
		{ 0x800, 0x1000, AXVM_ARCH_X86_64, false },
	};

	each_row(i, rows) {
		sample_init_devices(&s);
		set_passthrough(&s.passthrough[1], "com", rows[i].base, rows[i].base,
				rows[i].length, 0);
		limits.arch = rows[i].arch;
		check_vms(&s.vm, 1);
		for (size_t k = 0; k < finding_count; k++) {
			if (findings[k].code == AXVM_FINDING_DEVICE_UNALIGNED)
				eq_int(strstr(findings[k].hint, "I/O ports") != NULL, rows[i].reported,
				       "the hint");
		}
	}
}

static void set_paths(const char *first, const char *second)
{
	sample_init_devices(&s);
	s.vm.emu_device_count = 0;
	if (first)
		set_passthrough(&s.passthrough[0], first, 0, 0, 0, 0);
	if (second)
		set_passthrough(&s.passthrough[1], second, 0, 0, 0, 0);
}

static void test_discovery_order(void)
{
	set_paths("/", "/soc");
	finds_nothing_at_both(&s);
	set_paths("/", NULL);
	finds(&s, { AXVM_FINDING_DEVICE_DISCOVERY, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9011000) });
	/* What is dropped harms nobody. */
	s.passthrough[1].base_gpa.addr = 0x40000000;
	s.passthrough[1].base_hpa.addr = 0x40000004;
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_DISCOVERY, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x40000000, 0x40001000) });
	/* But a length of 0 refuses the file. */
	s.passthrough[1].length = 0;
	finds(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x40000000, 0x40000000), NOBODY });
	set_paths(NULL, "/soc");
	finds(&s, { AXVM_FINDING_DEVICE_DISCOVERY, ERROR, 0,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		    ENTRY(PASSTHROUGH_DEVICES, 1) });
}

static void test_discovery_arch(void)
{
	const struct wanted refused = { AXVM_FINDING_DEVICE_DISCOVERY, ERROR, 0,
					ENTRY(PASSTHROUGH_DEVICES, 0), NOBODY };
	const struct wanted dropped = { AXVM_FINDING_DEVICE_DISCOVERY, WARNING, 0,
					GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
					ENTRY(PASSTHROUGH_DEVICES, 1) };

	set_paths("/", NULL);
	limits.arch = AXVM_ARCH_X86_64;
	finds(&s, refused);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, refused);
	s.vm.passthrough_device_count = 1;
	limits.arch = AXVM_ARCH_LOONGARCH64;
	finds_nothing(&s);
	s.passthrough[0].name = "/soc";
	finds(&s, refused);
	s.passthrough[0].name = "/";
	limits.model = AXVM_MODEL_0_5;
	finds(&s, refused);
	/* There it may stand anywhere. */
	set_paths(NULL, "/");
	limits.arch = AXVM_ARCH_LOONGARCH64;
	limits.model = AXVM_MODEL_0_7;
	finds(&s, dropped);
	eq_str(findings[0].text,
	       "is ignored, because the list has a device tree path:", "the one before the path");
	/* Nor does a name that is as short as a path decide. */
	s.passthrough[0].name = "x";
	finds(&s, dropped);
	eq_str(findings[0].text,
	       "is ignored, because the list has a device tree path:", "the one before the path");
	/* Another path is refused, and drops nothing. */
	set_paths("/soc", "/");
	limits.arch = AXVM_ARCH_LOONGARCH64;
	limits.model = AXVM_MODEL_0_7;
	finds(&s, refused);
	/* Nor is it what drops the range. */
	s.vm.passthrough_device_count = 3;
	set_passthrough(&s.passthrough[2], "x", 0x9010000, 0x9010000, 0x1000, 0);
	finds(&s, refused,
	      { AXVM_FINDING_DEVICE_DISCOVERY, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 1),
		GUEST(PASSTHROUGH_DEVICES, 2, 0x9010000, 0x9011000) });
	eq_str(findings[1].text, "is a device tree path, so the hypervisor ignores the range",
	       "the one behind the path");
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_PAGE_OFFSET, AXVM_FINDING_DEVICE_PAGE_OFFSET);
	all_seen(AXVM_FINDING_DEVICE_HOST_IGNORED, AXVM_FINDING_DEVICE_HOST_IGNORED);
	all_seen(AXVM_FINDING_DEVICE_UNALIGNED, AXVM_FINDING_DEVICE_UNALIGNED);
	all_seen(AXVM_FINDING_DEVICE_RESERVED, AXVM_FINDING_DEVICE_RESERVED);
	all_seen(AXVM_FINDING_DEVICE_DISCOVERY, AXVM_FINDING_DEVICE_DISCOVERY);
}

int main(void)
{
	test(test_host);
	test(test_unaligned);
	test(test_reserved);
	test(test_host_by_version);
	test(test_pages);
	test(test_like_ports);
	test(test_discovery_order);
	test(test_discovery_arch);
	test(test_seen);
	return done();
}
