/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/device-range.c. */
#include "layout_devices.h"
#include "layout_sample.h"

#define LAST UINT64_MAX
#define LAST_PAGE (UINT64_MAX - 0xfff)

static axvm_reserved_address_config kept[2];

static void test_empty(void)
{
	sample_init(&s);
	s.emulated[0].length = 0;
	finds(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
		    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8000000), NOBODY });
	s.emulated[0].length = 1;
	finds_nothing(&s);
	sample_init(&s);
	s.passthrough[1].length = 0;
	finds(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9010000), NOBODY });
	sample_init(&s);
	s.addresses[0].length = 0;
	finds(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
		    GUEST(PASSTHROUGH_ADDRESSES, 0, 0xa000000, 0xa000000), NOBODY });
}

static void test_discovered(void)
{
	sample_init(&s);
	set_passthrough(&s.passthrough[0], "/", 0, 0, 0, 0);
	set_passthrough(&s.passthrough[1], "/soc/serial@10000000", 0, 0, 0, 0);
	limits.arch = AXVM_ARCH_AARCH64;
	finds_nothing(&s);
	/* No name at all is reported as none. */
	s.passthrough[1].name = "";
	finds(&s,
	      { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0, GUEST(PASSTHROUGH_DEVICES, 1, 0, 0), NOBODY });
	ok(findings[0].a.name == NULL, "an empty name");
	s.passthrough[1].name = "soc";
	finds(&s,
	      { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0, GUEST(PASSTHROUGH_DEVICES, 1, 0, 0), NOBODY });
	s.passthrough[1].name = NULL;
	finds(&s,
	      { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0, GUEST(PASSTHROUGH_DEVICES, 1, 0, 0), NOBODY });
	set_passthrough(&s.passthrough[1], "/soc", 0, 0, 0, 5);
	finds(&s,
	      { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0, GUEST(PASSTHROUGH_DEVICES, 1, 0, 0), NOBODY });
	set_passthrough(&s.passthrough[1], "/soc", 0, 0x9000000, 0, 0);
	finds(&s,
	      { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0, GUEST(PASSTHROUGH_DEVICES, 1, 0, 0), NOBODY });
	/* A name with a slash, but a place. */
	s.vm.passthrough_device_count = 1;
	set_passthrough(&s.passthrough[0], "/soc", 0, 0, 0x1000, 0);
	finds_nothing(&s);
	set_passthrough(&s.passthrough[0], "/soc", 0x9000000, 0x9000000, 0x1000, 0);
	finds_nothing(&s);
}

static void test_dummy(void)
{
	sample_init(&s);
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_NO_IRQ;
	s.vm.passthrough_device_count = 0;
	limits.gpa_bits = 32;
	set_emulated(&s.emulated[0], "dummy", 0x40000000, 0, AXVM_EMULATED_DEVICE_DUMMY);
	s.emulated[0].irq_id = 1;
	finds_nothing(&s);
	set_emulated(&s.emulated[0], "dummy", LAST, LAST, AXVM_EMULATED_DEVICE_DUMMY);
	finds_nothing(&s);
}

static void test_overflow(void)
{
	sample_init(&s);
	limits.gpa_bits = 64;
	set_emulated(&s.emulated[0], "x", LAST_PAGE, 0xfff, AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR);
	finds_nothing(&s);
	s.emulated[0].length = 0x1000;
	finds(&s, { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, 0x1000,
		    GUEST(EMU_DEVICES, 0, LAST_PAGE, LAST), NOBODY });
	sample_init(&s);
	s.redistributor[1] = LAST; /* reported by its stride, not by its length */
	finds(&s, { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, LAST,
		    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80c0000), NOBODY });
	s.redistributor[1] = LAST - 0x80bffff; /* which leaves a byte too few */
	finds(&s, { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, LAST - 0x80bffff,
		    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80c0000), NOBODY });
	s.redistributor[1]--;
	check_vms(&s.vm, 1);
	for (size_t i = 0; i < finding_count; i++)
		ok(findings[i].code != AXVM_FINDING_DEVICE_OVERFLOW, "it fits, over all else");
	s.emulated[1].length = LAST;
	finds(&s, { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, LAST,
		    GUEST(EMU_DEVICES, 1, 0x80a0000, LAST), NOBODY });
	sample_init(&s);
	set_passthrough(&s.passthrough[0], "x", LAST_PAGE, LAST_PAGE, 0x1000, 33);
	finds(&s, { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, 0x1000,
		    GUEST(PASSTHROUGH_DEVICES, 0, LAST_PAGE, LAST), NOBODY });
	s.passthrough[0].base_gpa.addr = 0x9000000;
	finds(&s, { AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, LAST_PAGE,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000), NOBODY });
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, 0x1000,
		    HOST_OF(0, PASSTHROUGH_DEVICES, 0, LAST_PAGE, LAST), NOBODY });
	limits.arch = AXVM_ARCH_AARCH64;
	finds(&s, { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, 0x1000,
		    HOST_OF(0, PASSTHROUGH_DEVICES, 0, LAST_PAGE, LAST), NOBODY });
	sample_init(&s);
	limits.gpa_bits = 64;
	set_address(&s.addresses[0], LAST_PAGE, 0xfff);
	finds_nothing(&s);
	s.addresses[0].length = LAST;
	finds(&s, { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, LAST,
		    GUEST(PASSTHROUGH_ADDRESSES, 0, LAST_PAGE, LAST), NOBODY });
}

static void test_beyond_width(void)
{
	sample_init(&s);
	s.vm.memory_region_count = 1;
	limits.gpa_bits = 32;
	s.emulated[0].base_gpa.addr = 0xffff0000;
	finds_nothing(&s);
	s.emulated[0].base_gpa.addr = 0xffff1000;
	finds(&s, { AXVM_FINDING_DEVICE_BEYOND_WIDTH, ERROR, 32,
		    GUEST(EMU_DEVICES, 0, 0xffff1000, 0x100001000), NOBODY });
	/* The length of a redistributor says nothing of it. */
	sample_init(&s);
	s.vm.memory_region_count = 1;
	limits.gpa_bits = 32;
	s.emulated[1].base_gpa.addr = 0xfffc0000;
	finds_nothing(&s);
	s.emulated[1].base_gpa.addr = 0xfffd0000;
	finds(&s, { AXVM_FINDING_DEVICE_BEYOND_WIDTH, ERROR, 32,
		    GUEST(EMU_DEVICES, 1, 0xfffd0000, 0x100010000), NOBODY });

	sample_init(&s);
	limits.gpa_bits = 32;
	set_passthrough(&s.passthrough[0], "x", 0xfffff000, 0xfffff000, 0x1000, 33);
	finds_nothing(&s);
	s.passthrough[0].length = 0x1001;
	finds(&s, { AXVM_FINDING_DEVICE_BEYOND_WIDTH, ERROR, 32,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0xfffff000, 0x100000001), NOBODY });
	sample_init(&s);
	limits.gpa_bits = 32;
	set_address(&s.addresses[0], 0x100000000, 0x1000);
	finds(&s, { AXVM_FINDING_DEVICE_BEYOND_WIDTH, ERROR, 32,
		    GUEST(PASSTHROUGH_ADDRESSES, 0, 0x100000000, 0x100001000), NOBODY });
	limits.gpa_bits = 0;
	finds_nothing(&s);
	/* Without a width there is one that no machine exceeds. */
	set_address(&s.addresses[0], 0x7fffffffe000, 0x1000);
	finds_nothing(&s);
	s.addresses[0].length = 0x1001;
	finds(&s, { AXVM_FINDING_DEVICE_BEYOND_WIDTH, ERROR, 0,
		    GUEST(PASSTHROUGH_ADDRESSES, 0, 0x7fffffffe000, 0x7ffffffff001), NOBODY });
	limits.gpa_bits = 48;
	finds_nothing(&s);
	sample_init(&s);
	set_emulated(&s.emulated[0], "x", 0x7fffffffe000, 0x1000,
		     AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR);
	finds_nothing(&s);
	s.emulated[0].length++;
	finds(&s, { AXVM_FINDING_DEVICE_BEYOND_WIDTH, WARNING, 0,
		    GUEST(EMU_DEVICES, 0, 0x7fffffffe000, 0x7ffffffff001), NOBODY });
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_BEYOND_WIDTH, ERROR, 0,
		    GUEST(EMU_DEVICES, 0, 0x7fffffffe000, 0x7ffffffff001), NOBODY });
}

/* A byte may be too far; what has no length is reported as that, wherever it is. */
static void test_beyond(void)
{
	only(UINT64_C(1) << 40, 1, AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR);
	limits.gpa_bits = 40;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_BEYOND_WIDTH, ERROR, 40,
			    GUEST(EMU_DEVICES, 0, UINT64_C(1) << 40, (UINT64_C(1) << 40) + 1),
			    NOBODY });
	s.emulated[0].base_gpa.addr += 0x1000;
	s.emulated[0].length = 0;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			    GUEST(EMU_DEVICES, 0, (UINT64_C(1) << 40) + 0x1000,
				  (UINT64_C(1) << 40) + 0x1000),
			    NOBODY });
}

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
	all_seen(AXVM_FINDING_DEVICE_EMPTY, AXVM_FINDING_DEVICE_EMPTY);
	all_seen(AXVM_FINDING_DEVICE_OVERFLOW, AXVM_FINDING_DEVICE_OVERFLOW);
	all_seen(AXVM_FINDING_DEVICE_BEYOND_WIDTH, AXVM_FINDING_DEVICE_BEYOND_WIDTH);
}

int main(void)
{
	test(test_empty);
	test(test_discovered);
	test(test_dummy);
	test(test_overflow);
	test(test_beyond_width);
	test(test_beyond);
	test(test_reserved);
	test(test_seen);
	return done();
}
