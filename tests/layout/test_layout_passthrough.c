/* SPDX-License-Identifier: Apache-2.0 */
/* Pass-through by version: host addresses, whole pages, the device tree, ports, kept addresses. */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING

static struct sample s;

static void test_host(void)
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

/* Less than a page below the last port is told as ports where the VM may be one of x86_64. */
static void test_like_ports(void)
{
	static const struct {
		uint64_t base, length;
		axvm_arch arch;
		bool told;
	} rows[] = {
		{ 0x2f8, 8, AXVM_ARCH_X86_64, true },	 { 0x2f8, 8, AXVM_ARCH_UNKNOWN, true },
		{ 0x2f8, 8, AXVM_ARCH_RISCV64, false },	 { 0xf800, 0x800, AXVM_ARCH_X86_64, true },
		{ 0xf800, 0x801, AXVM_ARCH_X86_64, false }, { 0x800, 0xfff, AXVM_ARCH_X86_64, true },
		{ 0x800, 0x1000, AXVM_ARCH_X86_64, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		sample_init_devices(&s);
		set_passthrough(&s.passthrough[1], "com", rows[i].base, rows[i].base, rows[i].length,
				0);
		limits.arch = rows[i].arch;
		check_vms(&s.vm, 1);
		for (size_t k = 0; k < finding_count; k++) {
			if (findings[k].code == AXVM_FINDING_DEVICE_UNALIGNED)
				eq_int(strstr(findings[k].hint, "I/O ports") != NULL, rows[i].told,
				       "the hint");
		}
	}
}

/* Of two owners as well, where the second one is such a range. */
static void test_like_ports_in_memory(void)
{
	static const struct {
		uint64_t base, length;
		bool told;
	} rows[] = { { 0x1000, 8, true }, { 0x1000, 0x1000, false }, { 0xff00000, 8, false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool found = false;

		sample_init_devices(&s);
		limits.arch = AXVM_ARCH_X86_64;
		s.vm.emu_device_count = 0;
		set_memory(&s.memory[0], 0, 0x10000000, AXVM_MEM_MAPPING_ALLOC);
		set_passthrough(&s.passthrough[1], "com", rows[i].base, rows[i].base,
				rows[i].length, 0);
		check_vms(&s.vm, 1);
		for (size_t k = 0; k < finding_count; k++) {
			if (findings[k].code != AXVM_FINDING_DEVICE_IN_MEMORY ||
			    findings[k].b.index != 1)
				continue;
			found = true;
			eq_uint(findings[k].a.table, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, "memory");
			eq_int(strstr(findings[k].hint, "I/O ports") != NULL, rows[i].told,
			       "the hint");
		}
		ok(found, "a device in memory");
	}
}

static void test_same_range(void)
{
	sample_init_devices(&s);
	set_passthrough(&s.passthrough[1], "b", 0x9000000, 0x9000000, 0x1000, 0);
	finds(&s, { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x9000000, 0x9001000) });
	s.passthrough[1].length = 0x1001;
	finds_nothing_at_both(&s);
	set_address(&s.addresses[0], 0x9000000, 0x1000);
	finds(&s, { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		    GUEST(PASSTHROUGH_ADDRESSES, 0, 0x9000000, 0x9001000) });
	/* Each later one against the first. */
	s.passthrough[1].length = 0x1000;
	finds(&s,
	      { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
		GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		GUEST(PASSTHROUGH_DEVICES, 1, 0x9000000, 0x9001000) },
	      { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
		GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		GUEST(PASSTHROUGH_ADDRESSES, 0, 0x9000000, 0x9001000) });
	/* Another place of the host contradicts it, which is said once. */
	sample_init_devices(&s);
	limits.model = AXVM_MODEL_0_7;
	set_passthrough(&s.passthrough[1], "b", 0x9000000, 0xb000000, 0x1000, 0);
	finds(&s, { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x9000000, 0x9001000) });
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
	eq_str(findings[0].text, "is ignored, because the list has a device tree path:", "the one before the path");
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

static axvm_passthrough_port_config ports[18];

static void set_ports(size_t count)
{
	for (size_t i = 0; i < count; i++) {
		ports[i].base = (uint16_t)(0x6000 + 16 * i);
		ports[i].length = 8;
	}
	sample_init_devices(&s);
	set_emulated(&s.emulated[0], "com", 0x3f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	set_emulated(&s.emulated[1], "pit", 0x40, 0x22, AXVM_EMULATED_DEVICE_X86_PIT);
	limits.arch = AXVM_ARCH_X86_64;
	limits.model = AXVM_MODEL_0_7;
	s.vm.passthrough_ports = ports;
	s.vm.passthrough_port_count = count;
}

#define PORT_RANGE(index, start, end)                                                              \
	{                                                                                          \
		0, AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS, index, AXVM_LAYOUT_SPACE_PORT, start, end  \
	}

static void test_ports(void)
{
	set_ports(2);
	finds_nothing_at_both(&s);
	ports[0].base = 0x3f1;
	finds(&s, { AXVM_FINDING_PORT_CONFLICT, ERROR, 0, PORTS(0, 0x3f8, 0x400),
		    PORT_RANGE(0, 0x3f1, 0x3f9) });
	ports[0].base = 0x3f0;
	finds_nothing(&s);
	ports[0].base = 0x61;
	finds(&s, { AXVM_FINDING_PORT_CONFLICT, ERROR, 0, PORTS(1, 0x40, 0x62),
		    PORT_RANGE(0, 0x61, 0x69) });
	ports[0] = ports[1];
	finds(&s, { AXVM_FINDING_PORT_CONFLICT, ERROR, 0, PORT_RANGE(0, 0x6010, 0x6018),
		    PORT_RANGE(1, 0x6010, 0x6018) });
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds(&s, { AXVM_FINDING_PORT_CONFLICT, ERROR, 0, PORT_RANGE(0, 0x6010, 0x6018),
		    PORT_RANGE(1, 0x6010, 0x6018) });
	limits.model = AXVM_MODEL_0_5;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	limits.arch = AXVM_ARCH_RISCV64;
	s.vm.emu_device_count = 0;
	finds_nothing(&s);
}

/* Which emulated devices are in the way of ports. */
static void test_ports_of_devices(void)
{
	set_ports(1);
	ports[0].base = 0x3f8;
	set_emulated(&s.emulated[0], "apic", 0x3f8, 8, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	limits.arch = AXVM_ARCH_UNKNOWN;
	s.vm.emu_device_count = 1;
	finds_nothing(&s);
	/* One in memory, at a place of its own. */
	set_ports(1);
	ports[0].base = 0x3f8;
	set_emulated(&s.emulated[0], "gic", 0x8000000, 0x10000,
		     AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER);
	limits.arch = AXVM_ARCH_UNKNOWN;
	s.vm.emu_device_count = 1;
	finds_nothing(&s);
	/* What is behind the devices is none. */
	set_ports(1);
	ports[0].base = 0x40;
	s.vm.emu_device_count = 1;
	finds_nothing(&s);
	/* A second console is nowhere; nor is one that its architecture skips. */
	set_ports(1);
	ports[0].base = 0x3ff;
	s.emulated[1] = s.emulated[0];
	s.emulated[1].name = "com2";
	finds(&s,
	      { AXVM_FINDING_PORT_CONFLICT, ERROR, 0, PORTS(0, 0x3f8, 0x400),
		PORT_RANGE(0, 0x3ff, 0x407) },
	      { AXVM_FINDING_DEVICE_TWICE, ERROR, 0, PORTS(0, 0x3f8, 0x400),
		PORTS(1, 0x3f8, 0x400) });
	set_ports(1);
	ports[0].base = 0x3ff;
	s.vm.emu_device_count = 1;
	limits.arch = AXVM_ARCH_AARCH64;
	finds(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_CONSOLE,
		    PORTS(0, 0x3f8, 0x400), NOBODY });
}

static void test_port_ranges(void)
{
	const struct owner whole = { 0,
				     AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS,
				     AXVM_LAYOUT_WHOLE_TABLE,
				     AXVM_LAYOUT_SPACE_NONE,
				     0,
				     0 };

	set_ports(16);
	finds_nothing_at_both(&s);
	set_ports(17);
	finds(&s, { AXVM_FINDING_PORT_CONFLICT, ERROR, 17, whole, NOBODY });
	/* One that is refused for itself is none too many. */
	ports[16] = ports[0];
	finds(&s, { AXVM_FINDING_PORT_CONFLICT, ERROR, 0, PORT_RANGE(0, 0x6000, 0x6008),
		    PORT_RANGE(16, 0x6000, 0x6008) });
	set_ports(1);
	ports[0].base = 0xfff8;
	finds_nothing(&s);
	ports[0].length = 9;
	finds(&s,
	      { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, 9, PORT_RANGE(0, 0xfff8, 0x10001), NOBODY });
	ports[0].length = 0;
	finds(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0, PORT_RANGE(0, 0xfff8, 0xfff8), NOBODY });
	/* That refuses the file wherever it is read. */
	limits.arch = AXVM_ARCH_AARCH64;
	s.vm.emu_device_count = 0;
	finds(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0, PORT_RANGE(0, 0xfff8, 0xfff8), NOBODY });
	limits.model = AXVM_MODEL_0_5;
	finds_nothing(&s);
}

static axvm_reserved_address_config kept[2];

static void set_kept(uint64_t base, uint64_t length)
{
	sample_init_devices(&s);
	limits.model = AXVM_MODEL_0_7;
	kept[0].base_gpa.addr = base;
	kept[0].length = length;
	s.vm.reserved_addresses = kept;
	s.vm.reserved_address_count = 1;
}

static void test_reserved(void)
{
	set_kept(0x9001000, 0x1000);
	finds_nothing_at_both(&s);
	set_kept(0x9000800, 0x10);
	finds(&s, { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		    GUEST(RESERVED_ADDRESSES, 0, 0x9000800, 0x9000810) });
	limits.model = AXVM_MODEL_0_5;
	finds_nothing(&s);
	set_kept(0x4ffff000, 0x2000);
	finds(&s, { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(RESERVED_ADDRESSES, 0, 0x4ffff000, 0x50001000) });
	/* What is kept free is kept from each other, too. */
	set_kept(0x60000000, 0x1000);
	kept[1] = kept[0];
	s.vm.reserved_address_count = 2;
	finds(&s, { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0,
		    GUEST(RESERVED_ADDRESSES, 0, 0x60000000, 0x60001000),
		    GUEST(RESERVED_ADDRESSES, 1, 0x60000000, 0x60001000) });
	set_kept(0x60000000, 0);
	finds(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
		    GUEST(RESERVED_ADDRESSES, 0, 0x60000000, 0x60000000), NOBODY });
	kept[1].base_gpa.addr = 0x60000000;
	kept[1].length = 0;
	kept[0].length = 0x1000;
	s.vm.reserved_address_count = 2;
	finds(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
		    GUEST(RESERVED_ADDRESSES, 1, 0x60000000, 0x60000000), NOBODY });
	set_kept(UINT64_MAX, 1);
	finds(&s, { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, 1,
		    GUEST(RESERVED_ADDRESSES, 0, UINT64_MAX, UINT64_MAX), NOBODY });
	set_kept(0x7fffffffe000, 0x1001);
	finds(&s, { AXVM_FINDING_DEVICE_BEYOND_WIDTH, ERROR, 0,
		    GUEST(RESERVED_ADDRESSES, 0, 0x7fffffffe000, 0x7ffffffff001), NOBODY });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_DISCOVERY, AXVM_FINDING_DEVICE_DISCOVERY);
	all_seen(AXVM_FINDING_PORT_CONFLICT, AXVM_FINDING_PORT_CONFLICT);
}

int main(void)
{
	test(test_host);
	test(test_pages);
	test(test_like_ports);
	test(test_like_ports_in_memory);
	test(test_same_range);
	test(test_discovery_order);
	test(test_discovery_arch);
	test(test_ports);
	test(test_ports_of_devices);
	test(test_port_ranges);
	test(test_reserved);
	test(test_seen);
	return done();
}
