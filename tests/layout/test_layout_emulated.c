/* SPDX-License-Identifier: Apache-2.0 */
/* Emulated devices: fixed places, types of which a VM has one, and what a type asks for. */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING

static struct sample s;

/* The only emulated device of the sample. */
static void only(uint64_t base, uint64_t length, axvm_emulated_device_type type)
{
	sample_init_devices(&s);
	set_emulated(&s.emulated[0], "x", base, length, type);
	s.vm.emu_device_count = 1;
}

static void test_fixed_ports(void)
{
	only(0x3f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	finds_nothing_at_both(&s);
	s.emulated[0].length = 7;
	finds_at_both(
		&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0x3f8, PORTS(0, 0x3f8, 0x3ff), NOBODY });
	only(0x2f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	finds_at_both(
		&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0x3f8, PORTS(0, 0x2f8, 0x300), NOBODY });
	eq_int(strstr(findings[0].hint, "July 2025") != NULL, false, "these are ports");
	/* Nor does it occupy what is configured. */
	only(0x40000000, 0x1000, AXVM_EMULATED_DEVICE_CONSOLE);
	finds_at_both(&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0x3f8,
			    GUEST(EMU_DEVICES, 0, 0x40000000, 0x40001000), NOBODY });
	ok(strstr(findings[0].hint, "July 2025") != NULL, "an old file is told");
	/* Where there is no console, its number has the same explanation. */
	limits.arch = AXVM_ARCH_AARCH64;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_CONSOLE,
			    GUEST(EMU_DEVICES, 0, 0x40000000, 0x40001000), NOBODY });
	ok(strstr(findings[0].hint, "July 2025") != NULL, "an old file is told");
	only(0x3f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	limits.arch = AXVM_ARCH_AARCH64;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_CONSOLE,
			    PORTS(0, 0x3f8, 0x400), NOBODY });
	ok(!strstr(findings[0].hint, "July 2025"), "a console");
	/* Up to the last port they are ports. */
	only(0xffff, 1, AXVM_EMULATED_DEVICE_CONSOLE);
	finds_at_both(&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0x3f8, PORTS(0, 0xffff, 0x10000),
			    NOBODY });
	s.emulated[0].length = 2;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0x3f8,
			    GUEST(EMU_DEVICES, 0, 0xffff, 0x10001), NOBODY });
	ok(!strstr(findings[0].hint, "July 2025"), "the last port");
	s.emulated[0].base_gpa.addr = 0x10000;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0x3f8,
			    GUEST(EMU_DEVICES, 0, 0x10000, 0x10002), NOBODY });
	ok(strstr(findings[0].hint, "July 2025") != NULL, "none");
	only(UINT64_MAX, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	finds_at_both(&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0x3f8,
			    GUEST(EMU_DEVICES, 0, UINT64_MAX, UINT64_MAX), NOBODY });
	s.emulated[0].length = 0;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			    GUEST(EMU_DEVICES, 0, UINT64_MAX, UINT64_MAX), NOBODY });

	only(0x40, 0x22, AXVM_EMULATED_DEVICE_X86_PIT);
	finds_nothing_at_both(&s);
	s.emulated[0].length = 4;
	finds_at_both(&s,
		      { AXVM_FINDING_DEVICE_FIXED, WARNING, 0x40, PORTS(0, 0x40, 0x44), NOBODY });
}

static void test_fixed_memory(void)
{
	only(0x8000000, 0x10000, AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER);
	finds_nothing_at_both(&s);
	only(0x40000000, 0x1000, AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER);
	finds_at_both(&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0x8000000,
			    GUEST(EMU_DEVICES, 0, 0x40000000, 0x40001000), NOBODY });
	/* It occupies the place that it has. */
	only(0x8000000, 0x10000, AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER);
	set_address(&s.addresses[0], 0x800f000, 0x1000);
	finds_at_both(&s, { AXVM_FINDING_DEVICE_OVERLAP, ERROR, 0,
			    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000),
			    GUEST(PASSTHROUGH_ADDRESSES, 0, 0x800f000, 0x8010000) });
	s.addresses[0].base_gpa.addr = 0x8010000;
	finds_nothing_at_both(&s);
	/* And none on another architecture. */
	s.addresses[0].base_gpa.addr = 0x800f000;
	limits.arch = AXVM_ARCH_RISCV64;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING,
			    AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER,
			    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000), NOBODY });
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

static void test_plic(void)
{
	uint64_t config[] = { 2, 7 };

	only(0xc000000, 0x202005, AXVM_EMULATED_DEVICE_PPPT_GLOBAL);
	s.emulated[0].cfg_list = config;
	s.emulated[0].cfg_list_len = 1;
	finds_nothing_at_both(&s);
	s.emulated[0].length--;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_CONFIG, ERROR, AXVM_EMULATED_DEVICE_PPPT_GLOBAL,
			    GUEST(EMU_DEVICES, 0, 0xc000000, 0xc202004), NOBODY });
	/* Numbers of contexts for which the length does not fit into 64 bits. */
	config[0] = UINT64_MAX;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_CONFIG, ERROR, AXVM_EMULATED_DEVICE_PPPT_GLOBAL,
			    GUEST(EMU_DEVICES, 0, 0xc000000, 0xc202004), NOBODY });
	config[0] = UINT64_MAX / 0x1000;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_CONFIG, ERROR, AXVM_EMULATED_DEVICE_PPPT_GLOBAL,
			    GUEST(EMU_DEVICES, 0, 0xc000000, 0xc202004), NOBODY });
	config[0] = 1;
	finds_nothing_at_both(&s);
	s.emulated[0].cfg_list_len = 2;
	limits.model = AXVM_MODEL_0_5;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_CONFIG, ERROR, AXVM_EMULATED_DEVICE_PPPT_GLOBAL,
		    GUEST(EMU_DEVICES, 0, 0xc000000, 0xc202004), NOBODY });
	s.emulated[0].cfg_list_len = 1;
	s.emulated[0].length = 0;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			    GUEST(EMU_DEVICES, 0, 0xc000000, 0xc000000), NOBODY });
	s.emulated[0].length = 0x400000;
	s.emulated[0].base_gpa.addr = 0xc001000;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_FIXED, WARNING, 0xc000000,
			    GUEST(EMU_DEVICES, 0, 0xc001000, 0xc401000), NOBODY });
}

static void test_redistributor(void)
{
	const struct wanted stride = { AXVM_FINDING_DEVICE_CONFIG, WARNING, 0x20000,
				       GUEST(EMU_DEVICES, 1, 0x80a0000, 0x8100000), NOBODY };

	sample_init_devices(&s);
	finds_nothing_at_both(&s);
	s.emulated[1].length = 0x40000;
	limits.model = AXVM_MODEL_0_5;
	finds(&s, stride);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_CONFIG, ERROR, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR,
		    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x8100000), NOBODY });
	/* Of one frame none overlaps. */
	s.redistributor[0] = s.vm.cpu_num = 1;
	s.vm.phys_cpu_id_count = s.vm.phys_cpu_set_count = 1;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_CONFIG, WARNING, 0x20000,
			    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80e0000), NOBODY });
	sample_init_devices(&s);
	s.emulated[1].length = 0x10000;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_CONFIG, WARNING, 0x20000,
			    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80d0000), NOBODY });
	/* Without a length that is the finding, and without frames it is nowhere. */
	sample_init_devices(&s);
	s.emulated[1].length = 0;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_EMPTY, ERROR, 0,
			    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80c0000), NOBODY });
	s.redistributor[0] = 0;
	s.emulated[1].length = 0x20000;
	s.emulated[1].base_gpa.addr = 0x40000000;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_CONFIG, WARNING, 0,
			    GUEST(EMU_DEVICES, 1, 0x40000000, 0x40000000), NOBODY });
	sample_init_devices(&s);
	s.emulated[1].length = 0x10000;
	/* Members that a skipped device lacks harm nobody. */
	s.emulated[1].cfg_list_len = 0;
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_DUMMY;
	limits.arch = AXVM_ARCH_X86_64;
	finds_at_both(&s,
		      { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR,
			GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80b0000), NOBODY });
}

static bool is_told(axvm_finding_code code)
{
	check_vms(&s.vm, 1);
	for (size_t i = 0; i < finding_count; i++) {
		if (findings[i].code == code)
			return true;
	}
	return false;
}

static void test_types_of_0_7(void)
{
	const struct wanted lacks = { AXVM_FINDING_DEVICE_ARCH, WARNING,
				      AXVM_EMULATED_DEVICE_FW_CFG,
				      GUEST(EMU_DEVICES, 0, 0x40000000, 0x40000018), NOBODY };

	only(0x40000000, 0x18, AXVM_EMULATED_DEVICE_FW_CFG);
	finds(&s, { AXVM_FINDING_DEVICE_TYPE, ERROR, AXVM_EMULATED_DEVICE_FW_CFG,
		    GUEST(EMU_DEVICES, 0, 0x40000000, 0x40000018), NOBODY });
	limits.model = AXVM_MODEL_0_7;
	finds(&s,
	      { AXVM_FINDING_DEVICE_IN_MEMORY, ERROR, 0,
		GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x50000000),
		GUEST(EMU_DEVICES, 0, 0x40000000, 0x40000018) },
	      lacks);
	limits.arch = AXVM_ARCH_X86_64;
	finds(&s, lacks);
	ok(strstr(findings[0].hint, "July 2025") != NULL, "an old file is told");
	only(0x1e020000, 0x18, AXVM_EMULATED_DEVICE_FW_CFG);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_FW_CFG,
		    GUEST(EMU_DEVICES, 0, 0x1e020000, 0x1e020018), NOBODY });
	ok(strstr(findings[0].hint, "July 2025") != NULL, "an old file is told");
	limits.arch = AXVM_ARCH_LOONGARCH64;
	eq_int(is_told(AXVM_FINDING_DEVICE_ARCH), false, "it has one");
	/* What only loongarch64 has is beside it. */
	limits.arch = AXVM_ARCH_UNKNOWN;
	set_emulated(&s.emulated[1], "pic", 0x10000000, 0x1000,
		     AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC);
	s.vm.emu_device_count = 2;
	eq_int(is_told(AXVM_FINDING_DEVICE_ARCH), false, "so it is for loongarch64");
}

/* A byte may be too far; what has no length is told as that, wherever it is. */
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

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_CONFIG, AXVM_FINDING_DEVICE_ARCH);
	all_seen(AXVM_FINDING_DEVICE_TWICE, AXVM_FINDING_DEVICE_FIXED);
}

int main(void)
{
	test(test_fixed_ports);
	test(test_fixed_memory);
	test(test_twice);
	test(test_plic);
	test(test_redistributor);
	test(test_types_of_0_7);
	test(test_beyond);
	test(test_seen);
	return done();
}
