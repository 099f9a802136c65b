/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/device-host.c. */
#include "layout_devices.h"
#include "layout_sample.h"

/* Of the host, a byte by a device and the second of two addresses. */
static void test_adjacent(void)
{
	no_devices();
	limits.model = AXVM_MODEL_0_7;
	add_passthrough(0x1000, 0x9000, 1);
	add_address(0x5000, 0x1000);
	add_address(0x8000, 0x1001);
	finds(&s, { AXVM_FINDING_DEVICE_HOST_TWICE, WARNING, 0,
		    HOST_OF(0, PASSTHROUGH_DEVICES, 0, 0x9000, 0x9001),
		    HOST_OF(0, PASSTHROUGH_ADDRESSES, 1, 0x8000, 0x9001) });
}

static void test_two_ranges(void)
{
	const struct wanted ignored = { AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, 0x9000000,
					GUEST(PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9011000),
					NOBODY };

	sample_init(&s);
	s.passthrough[1].base_hpa.addr = 0x9000000;
	finds(&s, ignored,
	      { AXVM_FINDING_DEVICE_HOST_TWICE, WARNING, 0,
		HOST_OF(0, PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		HOST_OF(0, PASSTHROUGH_DEVICES, 1, 0x9000000, 0x9001000) });
	s.passthrough[0].base_gpa.addr = s.passthrough[0].base_hpa.addr = 0x9001000;
	finds(&s, ignored); /* they touch */
	set_address(&s.addresses[0], 0x9000000, 1);
	finds(&s, ignored,
	      { AXVM_FINDING_DEVICE_HOST_TWICE, WARNING, 0,
		HOST_OF(0, PASSTHROUGH_DEVICES, 1, 0x9000000, 0x9001000),
		HOST_OF(0, PASSTHROUGH_ADDRESSES, 0, 0x9000000, 0x9000001) });
}

/* One without a length takes no byte of another. */
static void test_empty(void)
{
	no_devices();
	limits.model = AXVM_MODEL_0_7;
	add_passthrough(0x1000, 0x9000, 0x3000);
	add_passthrough(0x5000, 0xa000, 0);
	finds(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x5000, 0x5000), NOBODY });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_HOST_TWICE, AXVM_FINDING_DEVICE_HOST_TWICE);
}

int main(void)
{
	test(test_adjacent);
	test(test_two_ranges);
	test(test_empty);
	test(test_seen);
	return done();
}
