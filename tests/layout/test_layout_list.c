/* SPDX-License-Identifier: Apache-2.0 */
/* What stands twice in the device tables: wherever in them the two stand, and however short. */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING

static struct sample s;

/* Tables without a device. */
static void init(void)
{
	sample_init_devices(&s);
	s.vm.emu_device_count = s.vm.passthrough_device_count = s.vm.passthrough_address_count = 0;
}

static void add_emulated(const char *name, uint64_t base, uint64_t length,
			 axvm_emulated_device_type type)
{
	set_emulated(&s.emulated[s.vm.emu_device_count++], name, base, length, type);
}

static void add_passthrough(uint64_t base, uint64_t host, uint64_t length)
{
	set_passthrough(&s.passthrough[s.vm.passthrough_device_count++], NULL, base, host, length,
			0);
}

static void add_address(uint64_t base, uint64_t length)
{
	set_address(&s.addresses[s.vm.passthrough_address_count++], base, length);
}

#define CONSOLE AXVM_EMULATED_DEVICE_CONSOLE
#define DUMMY AXVM_EMULATED_DEVICE_DUMMY

/* The first of a kind need not be the first of all. */
static void test_second_of_a_kind(void)
{
	init();
	add_emulated("a", 0x1000, 0x1000, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	add_emulated("b", 0x40, 0x22, AXVM_EMULATED_DEVICE_X86_PIT);
	add_emulated("c", 0x3f8, 8, CONSOLE);
	add_emulated("d", 0x3f8, 8, CONSOLE);
	add_emulated("e", 0x40, 0x22, AXVM_EMULATED_DEVICE_X86_PIT);
	add_emulated("f", 0x3f8, 8, CONSOLE);
	finds_at_both(
		&s,
		{ AXVM_FINDING_DEVICE_TWICE, ERROR, 0, PORTS(2, 0x3f8, 0x400),
		  PORTS(3, 0x3f8, 0x400) },
		{ AXVM_FINDING_DEVICE_TWICE, ERROR, 0, PORTS(1, 0x40, 0x62), PORTS(4, 0x40, 0x62) },
		{ AXVM_FINDING_DEVICE_TWICE, ERROR, 0, PORTS(2, 0x3f8, 0x400),
		  PORTS(5, 0x3f8, 0x400) });
}

/* Of a kind that is skipped there is not even one, nor has it the place of its kind. */
static void test_skipped_twice(void)
{
	init();
	add_emulated("a", 0x3f8, 8, CONSOLE);
	add_emulated("b", 0x2f8, 8, CONSOLE);
	limits.arch = AXVM_ARCH_RISCV64;
	finds_at_both(
		&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, CONSOLE, PORTS(0, 0x3f8, 0x400), NOBODY },
		{ AXVM_FINDING_DEVICE_ARCH, WARNING, CONSOLE, PORTS(1, 0x2f8, 0x300), NOBODY });
}

/* Each is told against the first one that has an architecture. */
static void test_two_archs(void)
{
	const axvm_emulated_device_type apic = AXVM_EMULATED_DEVICE_X86_IO_APIC;
	const axvm_emulated_device_type gic = AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR;

	init();
	add_emulated("a", 0, 0, DUMMY);
	add_emulated("b", 0x1000, 0x1000, AXVM_EMULATED_DEVICE_IVC_CHANNEL);
	add_emulated("c", 0x2000, 0x1000, apic);
	add_emulated("d", 0x3000, 0x1000, apic);
	add_emulated("e", 0x4000, 0x1000, gic);
	add_emulated("f", 0x5000, 0x1000, gic);
	finds_at_both(
		&s,
		{ AXVM_FINDING_DEVICE_ARCH, WARNING, apic, GUEST(EMU_DEVICES, 2, 0x2000, 0x3000),
		  GUEST(EMU_DEVICES, 4, 0x4000, 0x5000) },
		{ AXVM_FINDING_DEVICE_ARCH, WARNING, apic, GUEST(EMU_DEVICES, 2, 0x2000, 0x3000),
		  GUEST(EMU_DEVICES, 5, 0x5000, 0x6000) });
}

/* Names that are in no order, in either list. */
static void test_names(void)
{
	static const char *const names[] = { "b", "a", "c", "b", "a" };

	init();
	for (size_t i = 0; i < 5; i++) {
		uint64_t base = 0x1000 * (i + 1);

		add_emulated(names[i], base, 0x1000, AXVM_EMULATED_DEVICE_X86_IO_APIC);
		add_passthrough(base + 0x10000, base + 0x10000, 0x1000);
		s.passthrough[i].name = names[i];
	}
	finds_at_both(&s,
		      { AXVM_FINDING_DEVICE_NAME, WARNING, 0, GUEST(EMU_DEVICES, 1, 0x2000, 0x3000),
			GUEST(EMU_DEVICES, 4, 0x5000, 0x6000) },
		      { AXVM_FINDING_DEVICE_NAME, WARNING, 0, GUEST(EMU_DEVICES, 0, 0x1000, 0x2000),
			GUEST(EMU_DEVICES, 3, 0x4000, 0x5000) },
		      { AXVM_FINDING_DEVICE_NAME, WARNING, 0,
			GUEST(PASSTHROUGH_DEVICES, 1, 0x12000, 0x13000),
			GUEST(PASSTHROUGH_DEVICES, 4, 0x15000, 0x16000) },
		      { AXVM_FINDING_DEVICE_NAME, WARNING, 0,
			GUEST(PASSTHROUGH_DEVICES, 0, 0x11000, 0x12000),
			GUEST(PASSTHROUGH_DEVICES, 3, 0x14000, 0x15000) });
}

/* Ranges of one start, in order of their ends; and of a byte, in either table. */
static void test_same_ranges(void)
{
	init();
	for (uint64_t i = 0; i < 4; i++)
		add_passthrough(0x1000, 0x1000, 0x1000 + 0x1000 * (i % 2));
	finds_at_both(&s,
		      { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
			GUEST(PASSTHROUGH_DEVICES, 0, 0x1000, 0x2000),
			GUEST(PASSTHROUGH_DEVICES, 2, 0x1000, 0x2000) },
		      { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
			GUEST(PASSTHROUGH_DEVICES, 1, 0x1000, 0x3000),
			GUEST(PASSTHROUGH_DEVICES, 3, 0x1000, 0x3000) });
	init();
	add_passthrough(0x1000, 0x1000, 1);
	add_passthrough(0x2000, 0x2000, 1);
	add_passthrough(0x2000, 0x2000, 1);
	finds_at_both(&s, { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
			    GUEST(PASSTHROUGH_DEVICES, 1, 0x2000, 0x2001),
			    GUEST(PASSTHROUGH_DEVICES, 2, 0x2000, 0x2001) });
	init();
	add_address(0x1000, 1);
	add_address(0x2000, 1);
	add_address(0x2000, 1);
	finds_at_both(&s, { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
			    GUEST(PASSTHROUGH_ADDRESSES, 1, 0x2000, 0x2001),
			    GUEST(PASSTHROUGH_ADDRESSES, 2, 0x2000, 0x2001) });
}

/* A length of 0 is a finding each time, and no range that is there twice. */
static void test_no_ranges(void)
{
	init();
	add_passthrough(0x1000, 0x1000, 0);
	add_passthrough(0x1000, 0x1000, 0);
	add_address(0x1000, 0);
	add_address(0x1000, 0);
	finds_at_both(&s,
		      { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			GUEST(PASSTHROUGH_DEVICES, 0, 0x1000, 0x1000), NOBODY },
		      { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			GUEST(PASSTHROUGH_DEVICES, 1, 0x1000, 0x1000), NOBODY },
		      { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			GUEST(PASSTHROUGH_ADDRESSES, 0, 0x1000, 0x1000), NOBODY },
		      { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			GUEST(PASSTHROUGH_ADDRESSES, 1, 0x1000, 0x1000), NOBODY });
}

/* Of the host, a byte by a device and the second of two addresses. */
static void test_host_twice(void)
{
	init();
	limits.model = AXVM_MODEL_0_7;
	add_passthrough(0x1000, 0x9000, 1);
	add_address(0x5000, 0x1000);
	add_address(0x8000, 0x1001);
	finds(&s, { AXVM_FINDING_DEVICE_HOST_TWICE, WARNING, 0,
		    HOST_OF(0, PASSTHROUGH_DEVICES, 0, 0x9000, 0x9001),
		    HOST_OF(0, PASSTHROUGH_ADDRESSES, 1, 0x8000, 0x9001) });
}

/* A byte of a device in memory; what has no length is nowhere, amid a page as well. */
static void test_in_memory(void)
{
	init();
	add_passthrough(0x40001800, 0x40001800, 1);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x40001800, 0x40001801) });
	s.passthrough[0].length = 0;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			    GUEST(PASSTHROUGH_DEVICES, 0, 0x40001800, 0x40001800), NOBODY });
}

int main(void)
{
	test(test_second_of_a_kind);
	test(test_skipped_twice);
	test(test_two_archs);
	test(test_names);
	test(test_same_ranges);
	test(test_no_ranges);
	test(test_host_twice);
	test(test_in_memory);
	return done();
}
