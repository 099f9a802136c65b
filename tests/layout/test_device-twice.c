/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/device-twice.c. */
#include "layout_devices.h"
#include "layout_sample.h"

#define CONSOLE AXVM_EMULATED_DEVICE_CONSOLE
#define DUMMY AXVM_EMULATED_DEVICE_DUMMY

static void test_names(void)
{
	static char uart[] = "uart", long_name[] = "a-name-of-more-than-8-bytes-1",
		    longer[] = "a-name-of-more-than-8-bytes-12";

	sample_init(&s);
	s.passthrough[1].name = uart; /* another string with the same text */
	finds(&s, { AXVM_FINDING_DEVICE_NAME, WARNING, 0,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9011000) });
	eq_str(findings[0].a.name, "uart", "name of a");
	eq_str(findings[0].b.name, "uart", "name of b");
	s.passthrough[0].name = long_name;
	s.passthrough[1].name = longer;
	finds_nothing(&s);
	s.emulated[0].name = long_name; /* in another list */
	finds_nothing(&s);
	s.emulated[1].name = long_name;
	finds(&s,
	      { AXVM_FINDING_DEVICE_NAME, WARNING, 0, GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000),
		GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80e0000) });
	/* No name is not a name. */
	s.emulated[0].name = s.emulated[1].name = "";
	s.passthrough[0].name = s.passthrough[1].name = NULL;
	finds_nothing(&s);
}

static void test_twice(void)
{
	static const uint64_t contexts = 2;

	only(0x3f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	set_emulated(&s.emulated[1], "y", 0x2f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	s.vm.emu_device_count = 2;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_TWICE, ERROR, 0, PORTS(0, 0x3f8, 0x400),
			    PORTS(1, 0x2f8, 0x300) });
	set_emulated(&s.emulated[1], "y", 0x40, 0x22, AXVM_EMULATED_DEVICE_X86_PIT);
	finds_nothing_at_both(&s);
	set_emulated(&s.emulated[0], "x", 0x40, 0x22, AXVM_EMULATED_DEVICE_X86_PIT);
	finds_at_both(&s, { AXVM_FINDING_DEVICE_TWICE, ERROR, 0, PORTS(0, 0x40, 0x62),
			    PORTS(1, 0x40, 0x62) });

	only(0x8000000, 0x10000, AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER);
	s.emulated[1] = s.emulated[0];
	s.emulated[1].name = "y";
	s.vm.emu_device_count = 2;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_TWICE, ERROR, 0,
			    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000),
			    GUEST(EMU_DEVICES, 1, 0x8000000, 0x8010000) });

	only(0xc000000, 0x400000, AXVM_EMULATED_DEVICE_PPPT_GLOBAL);
	s.emulated[0].cfg_list = &contexts;
	s.emulated[0].cfg_list_len = 1;
	s.emulated[1] = s.emulated[0];
	s.emulated[1].name = "y";
	s.emulated[1].base_gpa.addr = 0xd000000;
	s.vm.emu_device_count = 2;
	finds(&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0xc000000,
		    GUEST(EMU_DEVICES, 1, 0xd000000, 0xd400000), NOBODY });
	limits.model = AXVM_MODEL_0_7;
	finds(&s,
	      { AXVM_FINDING_DEVICE_TWICE, ERROR, 0, GUEST(EMU_DEVICES, 0, 0xc000000, 0xc400000),
		GUEST(EMU_DEVICES, 1, 0xd000000, 0xd400000) });
}

static void add_emulated(const char *name, uint64_t base, uint64_t length,
			 axvm_emulated_device_type type)
{
	set_emulated(&s.emulated[s.vm.emu_device_count++], name, base, length, type);
}

/* The first of a kind need not be the first of all. */
static void test_second_of_a_kind(void)
{
	no_devices();
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
	no_devices();
	add_emulated("a", 0x3f8, 8, CONSOLE);
	add_emulated("b", 0x2f8, 8, CONSOLE);
	limits.arch = AXVM_ARCH_RISCV64;
	finds_at_both(
		&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, CONSOLE, PORTS(0, 0x3f8, 0x400), NOBODY },
		{ AXVM_FINDING_DEVICE_ARCH, WARNING, CONSOLE, PORTS(1, 0x2f8, 0x300), NOBODY });
}

/* Each is reported against the first one that has an architecture. */
static void test_two_archs(void)
{
	const axvm_emulated_device_type apic = AXVM_EMULATED_DEVICE_X86_IO_APIC;
	const axvm_emulated_device_type gic = AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR;

	no_devices();
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
static void test_names_apart(void)
{
	static const char *const names[] = { "b", "a", "c", "b", "a" };

	no_devices();
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
	no_devices();
	for (uint64_t i = 0; i < 4; i++)
		add_passthrough(0x1000, 0x1000, 0x1000 + 0x1000 * (i % 2));
	finds_at_both(&s,
		      { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
			GUEST(PASSTHROUGH_DEVICES, 0, 0x1000, 0x2000),
			GUEST(PASSTHROUGH_DEVICES, 2, 0x1000, 0x2000) },
		      { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
			GUEST(PASSTHROUGH_DEVICES, 1, 0x1000, 0x3000),
			GUEST(PASSTHROUGH_DEVICES, 3, 0x1000, 0x3000) });
	no_devices();
	add_passthrough(0x1000, 0x1000, 1);
	add_passthrough(0x2000, 0x2000, 1);
	add_passthrough(0x2000, 0x2000, 1);
	finds_at_both(&s, { AXVM_FINDING_DEVICE_TWICE, WARNING, 0,
			    GUEST(PASSTHROUGH_DEVICES, 1, 0x2000, 0x2001),
			    GUEST(PASSTHROUGH_DEVICES, 2, 0x2000, 0x2001) });
	no_devices();
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
	no_devices();
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

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_NAME, AXVM_FINDING_DEVICE_NAME);
	all_seen(AXVM_FINDING_DEVICE_TWICE, AXVM_FINDING_DEVICE_TWICE);
}

int main(void)
{
	test(test_names);
	test(test_twice);
	test(test_second_of_a_kind);
	test(test_skipped_twice);
	test(test_two_archs);
	test(test_names_apart);
	test(test_same_ranges);
	test(test_no_ranges);
	test(test_same_range);
	test(test_seen);
	return done();
}
