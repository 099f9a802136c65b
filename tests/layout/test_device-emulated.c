/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/device-emulated.c. */
#include "layout_devices.h"
#include "layout_sample.h"

#define LAST UINT64_MAX

static void test_type(void)
{
	sample_init(&s);
	for (int number = 0; number < 0x100; number++) {
		axvm_emulated_device_type known;

		if (axvm_emulated_device_type_try_from_usize((uint64_t)number, &known))
			continue;
		s.emulated[0].emu_type = (axvm_emulated_device_type)number;
		finds(&s, { AXVM_FINDING_DEVICE_TYPE, ERROR, (uint64_t)number,
			    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000), NOBODY });
		eq_int(strstr(findings[0].hint, "July 2025") != NULL,
		       (number >= 3 && number <= 9) || number == 11, "an old file is recognized");
	}
	/* What it occupies is not known. */
	set_emulated(&s.emulated[0], "x", 0x40000000, 0, 3);
	finds(&s, { AXVM_FINDING_DEVICE_TYPE, ERROR, 3,
		    GUEST(EMU_DEVICES, 0, 0x40000000, 0x40000000), NOBODY });
	set_emulated(&s.emulated[0], "x", LAST, 2, 3);
	finds(&s, { AXVM_FINDING_DEVICE_TYPE, ERROR, 3, GUEST(EMU_DEVICES, 0, LAST, LAST), NOBODY },
	      { AXVM_FINDING_DEVICE_OVERFLOW, ERROR, 2, GUEST(EMU_DEVICES, 0, LAST, LAST),
		NOBODY });
}

static void test_config(void)
{
	static const uint64_t member = 1;
	const axvm_emulated_device_type types[] = { AXVM_EMULATED_DEVICE_GPPT_ITS,
						    AXVM_EMULATED_DEVICE_PPPT_GLOBAL };

	sample_init(&s);
	s.emulated[1].cfg_list_len = 2;
	finds(&s, { AXVM_FINDING_DEVICE_CONFIG, ERROR, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR,
		    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80e0000), NOBODY });
	s.emulated[1].cfg_list_len = 0;
	finds(&s, { AXVM_FINDING_DEVICE_CONFIG, ERROR, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR,
		    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80c0000), NOBODY });
	s.emulated[1].cfg_list_len = 3;
	s.redistributor[0] = 1;
	finds(&s, { AXVM_FINDING_DEVICE_CONFIG, WARNING, 1,
		    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80c0000), NOBODY });
	for (size_t i = 0; i < 2; i++) {
		sample_init(&s);
		s.vm.emu_device_count = 1;
		set_emulated(&s.emulated[0], NULL, 0xc000000, 0x400000, types[i]);
		finds(&s, { AXVM_FINDING_DEVICE_CONFIG, ERROR, types[i],
			    GUEST(EMU_DEVICES, 0, 0xc000000, 0xc400000), NOBODY });
		s.emulated[0].cfg_list = &member;
		s.emulated[0].cfg_list_len = 1;
		finds_nothing(&s);
	}
}

/* The only architecture that has a type, by all the numbers that there are. */
static axvm_arch only_arch(axvm_emulated_device_type type)
{
	axvm_arch only = AXVM_ARCH_UNKNOWN;

	for (int arch = 0; arch <= UINT8_MAX; arch++) {
		if (!axvm_emulated_device_type_supports(type, (axvm_arch)arch))
			continue;
		if (only != AXVM_ARCH_UNKNOWN)
			return AXVM_ARCH_UNKNOWN;
		only = (axvm_arch)arch;
	}
	return only;
}

/* Two types of different architectures are mixed, but fw_cfg may be the number of an old file. */
static void test_arch_pairs(void)
{
	size_t count, mixed = 0;
	const axvm_emulated_device_type *types =
		axvm_emulated_device_type_all_in(AXVM_MODEL_0_7, &count);

	for (size_t i = 0; i < count * count; i++) {
		axvm_emulated_device_type a = types[i / count], b = types[i % count];
		axvm_arch of_a = only_arch(a), of_b = only_arch(b);
		bool reported = false,
		     is_old = a == AXVM_EMULATED_DEVICE_FW_CFG || b == AXVM_EMULATED_DEVICE_FW_CFG;

		sample_init(&s);
		limits.model = AXVM_MODEL_0_7;
		/* No console has a port above 0xffff: that is an old number as well. */
		s.emulated[0].base_gpa = s.emulated[1].base_gpa = axvm_gpa_new(0x1000);
		s.emulated[0].emu_type = a;
		s.emulated[1].emu_type = b;
		check_vms(&s.vm, 1);
		for (size_t j = 0; j < finding_count; j++)
			reported |= findings[j].code == AXVM_FINDING_DEVICE_ARCH &&
				    findings[j].b.table == AXVM_LAYOUT_TABLE_EMU_DEVICES;
		ok(reported == (!is_old && of_a != of_b && of_a != AXVM_ARCH_UNKNOWN &&
				of_b != AXVM_ARCH_UNKNOWN),
		   axvm_emulated_device_type_name(a));
		mixed += reported;
	}
	ok(mixed != 0, "some are mixed");
}

static void test_arch(void)
{
	const struct wanted skipped = { AXVM_FINDING_DEVICE_ARCH, WARNING,
					AXVM_EMULATED_DEVICE_X86_IO_APIC,
					GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000), NOBODY };
	const struct wanted two = { AXVM_FINDING_DEVICE_ARCH, WARNING,
				    AXVM_EMULATED_DEVICE_X86_IO_APIC,
				    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000),
				    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80e0000) };

	sample_init(&s);
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_X86_IO_APIC;
	limits.arch = AXVM_ARCH_AARCH64;
	finds(&s, skipped);
	limits.arch = 0xff;
	finds(&s, two);
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds(&s, two);
	s.vm.emu_device_count = 1;
	finds_nothing(&s);
	/* Of all, and of none: no sign of an architecture. */
	s.vm.emu_device_count = 2;
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_IVC_CHANNEL;
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_AARCH64;
	finds_nothing(&s);
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_VIRTIO_BLK;
	finds(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_VIRTIO_BLK,
		    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000), NOBODY });
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_VIRTIO_BLK,
		    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000), NOBODY });
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_ARCH, ERROR, AXVM_EMULATED_DEVICE_VIRTIO_BLK,
		    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000), NOBODY });
	/* Two versions' types. */
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC;
	finds(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC,
		    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000),
		    GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80e0000) });
	limits.model = AXVM_MODEL_0_5;
	finds(&s, { AXVM_FINDING_DEVICE_TYPE, ERROR, AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC,
		    GUEST(EMU_DEVICES, 0, 0x8000000, 0x8010000), NOBODY });
}

static void test_ivc(void)
{
	sample_init(&s);
	s.vm.emu_device_count = 3;
	for (size_t i = 0; i < 3; i++)
		set_emulated(&s.emulated[i], NULL, 0x8000000 + 0x1000 * i, 0x1000,
			     i == 1 ? AXVM_EMULATED_DEVICE_DUMMY
				    : AXVM_EMULATED_DEVICE_IVC_CHANNEL);
	finds(&s,
	      { AXVM_FINDING_DEVICE_IVC, WARNING, 0, GUEST(EMU_DEVICES, 0, 0x8000000, 0x8001000),
		GUEST(EMU_DEVICES, 2, 0x8002000, 0x8003000) });
	s.vm.emu_device_count = 2;
	finds_nothing(&s);
	s.emulated[0].base_gpa.addr = 0x8000800;
	finds(&s, { AXVM_FINDING_DEVICE_IVC, ERROR, 0, GUEST(EMU_DEVICES, 0, 0x8000800, 0x8001800),
		    NOBODY });
	/* One that is not used may be anywhere. */
	set_emulated(&s.emulated[1], NULL, 0x8000c00, 0x1000, AXVM_EMULATED_DEVICE_IVC_CHANNEL);
	s.emulated[0].base_gpa.addr = 0x8000000;
	finds(&s,
	      { AXVM_FINDING_DEVICE_IVC, WARNING, 0, GUEST(EMU_DEVICES, 0, 0x8000000, 0x8001000),
		GUEST(EMU_DEVICES, 1, 0x8000c00, 0x8001c00) });
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
	ok(strstr(findings[0].hint, "July 2025") != NULL, "an old file is recognized");
	/* Where there is no console, its number has the same explanation. */
	limits.arch = AXVM_ARCH_AARCH64;
	finds_at_both(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_CONSOLE,
			    GUEST(EMU_DEVICES, 0, 0x40000000, 0x40001000), NOBODY });
	ok(strstr(findings[0].hint, "July 2025") != NULL, "an old file is recognized");
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
	ok(strstr(findings[0].hint, "July 2025") != NULL, "an old file is recognized");
	only(0x1e020000, 0x18, AXVM_EMULATED_DEVICE_FW_CFG);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_DEVICE_ARCH, WARNING, AXVM_EMULATED_DEVICE_FW_CFG,
		    GUEST(EMU_DEVICES, 0, 0x1e020000, 0x1e020018), NOBODY });
	ok(strstr(findings[0].hint, "July 2025") != NULL, "an old file is recognized");
	limits.arch = AXVM_ARCH_LOONGARCH64;
	eq_int(is_told(AXVM_FINDING_DEVICE_ARCH), false, "it has one");
	/* What only loongarch64 has is beside it. */
	limits.arch = AXVM_ARCH_UNKNOWN;
	set_emulated(&s.emulated[1], "pic", 0x10000000, 0x1000,
		     AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC);
	s.vm.emu_device_count = 2;
	eq_int(is_told(AXVM_FINDING_DEVICE_ARCH), false, "so it is for loongarch64");
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_TYPE, AXVM_FINDING_DEVICE_TYPE);
	all_seen(AXVM_FINDING_DEVICE_CONFIG, AXVM_FINDING_DEVICE_CONFIG);
	all_seen(AXVM_FINDING_DEVICE_FIXED, AXVM_FINDING_DEVICE_FIXED);
	all_seen(AXVM_FINDING_DEVICE_ARCH, AXVM_FINDING_DEVICE_ARCH);
	all_seen(AXVM_FINDING_DEVICE_IVC, AXVM_FINDING_DEVICE_IVC);
}

int main(void)
{
	test(test_type);
	test(test_config);
	test(test_arch_pairs);
	test(test_arch);
	test(test_ivc);
	test(test_fixed_ports);
	test(test_fixed_memory);
	test(test_plic);
	test(test_redistributor);
	test(test_types_of_0_7);
	test(test_seen);
	return done();
}
