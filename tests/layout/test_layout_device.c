/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define NOTE AXVM_SEVERITY_NOTE
#define LAST UINT64_MAX
#define LAST_PAGE (UINT64_MAX - 0xfff)

static struct sample s;

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
	/* No name at all is told as none. */
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
	s.redistributor[1] = LAST; /* told by its stride, not by its length */
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
		       (number >= 3 && number <= 9) || number == 11, "an old file is told");
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
		bool reported = false, is_old = a == AXVM_EMULATED_DEVICE_FW_CFG ||
						b == AXVM_EMULATED_DEVICE_FW_CFG;

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
	/* One that is not used may lie where it likes. */
	set_emulated(&s.emulated[1], NULL, 0x8000c00, 0x1000, AXVM_EMULATED_DEVICE_IVC_CHANNEL);
	s.emulated[0].base_gpa.addr = 0x8000000;
	finds(&s,
	      { AXVM_FINDING_DEVICE_IVC, WARNING, 0, GUEST(EMU_DEVICES, 0, 0x8000000, 0x8001000),
		GUEST(EMU_DEVICES, 1, 0x8000c00, 0x8001c00) });
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

static void test_irqs(void)
{
	sample_init(&s);
	s.passthrough[1].irq_id = 33;
	finds(&s, { AXVM_FINDING_IRQ_SHARED, NOTE, 33,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9011000) });
	s.passthrough[1].irq_id = 0;
	s.emulated[1].irq_id = UINT64_C(0x100000021); /* not to be cut to 33 */
	finds_nothing(&s);
	s.emulated[1].irq_id = 33;
	s.passthrough[1].irq_id = 33;
	/* However many have it. */
	finds(&s, { AXVM_FINDING_IRQ_SHARED, NOTE, 33, GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80e0000),
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000) });
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_NO_IRQ;
	finds(&s, { AXVM_FINDING_IRQ_UNUSED, NOTE, 33, GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80e0000),
		    NOBODY });
	s.passthrough[0].irq_id = 32;
	s.passthrough[1].irq_id = 34;
	finds(&s,
	      { AXVM_FINDING_IRQ_UNUSED, NOTE, 32,
		GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000), NOBODY },
	      { AXVM_FINDING_IRQ_UNUSED, NOTE, 33, GUEST(EMU_DEVICES, 1, 0x80a0000, 0x80e0000),
		NOBODY },
	      { AXVM_FINDING_IRQ_UNUSED, NOTE, 34,
		GUEST(PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9011000), NOBODY });

	sample_init(&s);
	s.passthrough[0].irq_id = 0;
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_NO_IRQ;
	finds(&s, { AXVM_FINDING_IRQ_UNUSED, NOTE, 34,
		    GUEST(PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9011000), NOBODY });
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_EMULATED;
	finds_nothing(&s);
	s.vm.interrupt_mode = 0xff;
	finds_nothing(&s);
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_EMPTY, AXVM_FINDING_DEVICE_UNALIGNED);
	all_seen(AXVM_FINDING_DEVICE_NAME, AXVM_FINDING_DEVICE_RESERVED);
	all_seen(AXVM_FINDING_IRQ_SHARED, AXVM_FINDING_IRQ_UNUSED);
}

int main(void)
{
	test(test_empty);
	test(test_discovered);
	test(test_dummy);
	test(test_overflow);
	test(test_beyond_width);
	test(test_host);
	test(test_unaligned);
	test(test_type);
	test(test_config);
	test(test_arch_pairs);
	test(test_arch);
	test(test_ivc);
	test(test_reserved);
	test(test_names);
	test(test_irqs);
	test(test_seen);
	return done();
}
