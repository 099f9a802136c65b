/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/port.c. */
#include "layout_sample.h"

#define PORT_RANGE(index, start, end)                                                              \
	{                                                                                          \
		0, AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS, index, AXVM_LAYOUT_SPACE_PORT, start, end  \
	}

static struct sample s;
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
	/* Of those with one start an emulated device is the first, then the list follows. */
	ports[0] = (axvm_passthrough_port_config){ 0x3f8, 4 };
	ports[1] = (axvm_passthrough_port_config){ 0x3f8, 8 };
	finds(&s,
	      { AXVM_FINDING_PORT_CONFLICT, ERROR, 0, PORTS(0, 0x3f8, 0x400),
		PORT_RANGE(0, 0x3f8, 0x3fc) },
	      { AXVM_FINDING_PORT_CONFLICT, ERROR, 0, PORTS(0, 0x3f8, 0x400),
		PORT_RANGE(1, 0x3f8, 0x400) });
	set_ports(2);
	ports[0] = ports[1];
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

static void test_seen(void)
{
	all_seen(AXVM_FINDING_PORT_CONFLICT, AXVM_FINDING_PORT_CONFLICT);
}

int main(void)
{
	test(test_ports);
	test(test_ports_of_devices);
	test(test_port_ranges);
	test(test_seen);
	return done();
}
