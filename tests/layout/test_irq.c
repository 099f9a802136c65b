/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/irq.c. */
#include "layout_sample.h"
#include "layout_vms.h"

static struct sample s;

static void test_twice_in_a_vm(void)
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

/* A RISC-V guest whose PLIC has one context. */
static void plic_init(axvm_model model)
{
	static const uint64_t one = 1;

	sample_init(&s);
	limits.arch = AXVM_ARCH_RISCV64;
	limits.model = model;
	set_emulated(&s.emulated[0], "plic", 0xc000000, 0x400000, AXVM_EMULATED_DEVICE_PPPT_GLOBAL);
	s.emulated[0].cfg_list = &one;
	s.emulated[0].cfg_list_len = 1;
	s.vm.emu_device_count = 1;
}

/* 0.7 refuses it without interrupts, 0.5 does not; and of that cause no more is said. */
static void test_plic(void)
{
	plic_init(AXVM_MODEL_0_7);
	finds_nothing(&s);
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_EMULATED;
	finds_nothing(&s);
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_NO_IRQ;
	finds(&s, { AXVM_FINDING_IRQ_UNUSED, ERROR, 0, GUEST(EMU_DEVICES, 0, 0xc000000, 0xc400000),
		    NOBODY });
	/* It need not come first. */
	s.emulated[1] = s.emulated[0];
	set_emulated(&s.emulated[0], "nothing", 0, 0, AXVM_EMULATED_DEVICE_DUMMY);
	s.vm.emu_device_count = 2;
	finds(&s, { AXVM_FINDING_IRQ_UNUSED, ERROR, 0, GUEST(EMU_DEVICES, 1, 0xc000000, 0xc400000),
		    NOBODY });
	/* A mode that is not known is none. */
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	finds_nothing(&s);
}

static void test_no_irq_at_0_5(void)
{
	plic_init(AXVM_MODEL_0_5);
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_NO_IRQ;
	s.passthrough[1].irq_id = 33;
	finds(&s, { AXVM_FINDING_IRQ_UNUSED, NOTE, 33,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000), NOBODY });
}

/* Without a PLIC that counts, the numbers are reported at 0.7, too. */
static void test_no_irq_at_0_7(void)
{
	plic_init(AXVM_MODEL_0_7);
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_NO_IRQ;
	s.passthrough[1].irq_id = 33;
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds(&s, { AXVM_FINDING_IRQ_UNUSED, ERROR, 0, GUEST(EMU_DEVICES, 0, 0xc000000, 0xc400000),
		    NOBODY });
	limits.arch = AXVM_ARCH_RISCV64;
	s.vm.emu_device_count = 0;
	finds(&s, { AXVM_FINDING_IRQ_UNUSED, NOTE, 33,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000), NOBODY });
}

/* One of another architecture is skipped. */
static void test_skipped_plic(void)
{
	plic_init(AXVM_MODEL_0_7);
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_NO_IRQ;
	s.passthrough[0].irq_id = s.passthrough[1].irq_id = 0;
	limits.arch = AXVM_ARCH_AARCH64;
	finds(&s,
	      { AXVM_FINDING_DEVICE_ARCH, AXVM_SEVERITY_WARNING, AXVM_EMULATED_DEVICE_PPPT_GLOBAL,
		GUEST(EMU_DEVICES, 0, 0xc000000, 0xc400000), NOBODY });
}

/* Numbers that two, three and four devices have, the first emulated one among them. */
static void test_shared(void)
{
	static const struct {
		uint64_t irq;
		size_t devices;
		const char *text;
	} rows[] = {
		{ 41, 2, "has the same IRQ as" },
		{ 42, 1, NULL },
		{ 43, 2, "has the same IRQ as" },
		{ 44, 3, "has the same IRQ as several devices, such as" },
		{ 45, 4, "has the same IRQ as several devices, such as" },
		{ 46, 2, "has the same IRQ as" },
	};
	size_t count = 0, found = 0;

	sample_init(&s);
	each_row(i, rows) {
		for (size_t j = 0; j < rows[i].devices; j++) {
			uint64_t base = 0x10000000 + 0x1000 * count;

			set_passthrough(&s.passthrough[count++], NULL, base, base, 0x1000,
					rows[i].irq);
		}
	}
	/* The one that has the last number alone is the first of another list. */
	s.vm.passthrough_device_count = count - 1;
	s.emulated[0].irq_id = rows[5].irq;
	check_vms(&s.vm, 1);
	eq_uint(finding_count, 5, "one finding a number");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && found < finding_count; i++) {
		if (!rows[i].text)
			continue;
		eq_uint(findings[found].code, AXVM_FINDING_IRQ_SHARED, "code");
		eq_uint(findings[found].value, rows[i].irq, "IRQ");
		eq_str(findings[found++].text, rows[i].text, "how many");
	}
	eq_uint(findings[4].a.table, AXVM_LAYOUT_TABLE_EMU_DEVICES, "the emulated one");
	eq_uint(findings[4].a.index, 0, "which is the first");
}

static struct owner device(size_t vm, uint32_t index)
{
	const struct owner owner = { (uint32_t)vm,
				     AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES,
				     index,
				     AXVM_LAYOUT_SPACE_GUEST,
				     0x10000000 * (vm + 1) + 0x1000 * index,
				     0x10000000 * (vm + 1) + 0x1000 * index + 0x1000 };

	return owner;
}

/* Three IRQs, one, and two that the first VM shares with each of the others. */
static void test_pairs_of_vms(void)
{
	static const uint64_t irqs[VMS][4] = {
		{ 40, 41, 42, 43 }, { 42, 40, 41, 0 }, { 43, 0, 0, 0 }, { 0, 41, 42, 44 }
	};
	const char *one = "has the same physical IRQ as";
	const char *several = "is the first of several devices that share physical IRQs with";

	vms_init();
	for (size_t vm = 0; vm < VMS; vm++)
		set_irqs(vm, irqs[vm], 4);
	among(4, { AXVM_FINDING_IRQ_CONFLICT, NOTE, 40, device(0, 0), device(1, 1) },
	      { AXVM_FINDING_IRQ_CONFLICT, NOTE, 43, device(0, 3), device(2, 0) },
	      { AXVM_FINDING_IRQ_CONFLICT, NOTE, 41, device(0, 1), device(3, 1) });
	eq_str(findings[0].text, several, "of three");
	eq_str(findings[1].text, one, "of one");
	eq_str(findings[2].text, several, "of two");
}

static void test_among_vms(void)
{
	machine_init();
	samples[1].passthrough[1].irq_id = 33;
	together({ AXVM_FINDING_IRQ_CONFLICT,
		   NOTE,
		   33,
		   GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		   { 1, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 1, AXVM_LAYOUT_SPACE_GUEST,
		     0x9110000, 0x9111000 } });
	/* However many they share; the third VM shares one with the first. */
	samples[1].passthrough[0].irq_id = 34;
	samples[2].passthrough[0].irq_id = 34;
	together({ AXVM_FINDING_IRQ_CONFLICT,
		   NOTE,
		   33,
		   GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000),
		   { 1, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 1, AXVM_LAYOUT_SPACE_GUEST,
		     0x9110000, 0x9111000 } },
		 { AXVM_FINDING_IRQ_CONFLICT,
		   NOTE,
		   34,
		   GUEST(PASSTHROUGH_DEVICES, 1, 0x9010000, 0x9011000),
		   { 2, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0, AXVM_LAYOUT_SPACE_GUEST,
		     0x9200000, 0x9201000 } });
	samples[1].passthrough[0].irq_id = 43;
	samples[2].passthrough[0].irq_id = 53;
	samples[1].passthrough[1].irq_id = 0;
	samples[0].passthrough[0].irq_id = 0;
	together_nothing();
	/* That of an emulated device is no physical one. */
	samples[0].emulated[0].irq_id = 43;
	together_nothing();
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_IRQ_SHARED, AXVM_FINDING_IRQ_SHARED);
	all_seen(AXVM_FINDING_IRQ_UNUSED, AXVM_FINDING_IRQ_UNUSED);
	all_seen(AXVM_FINDING_IRQ_CONFLICT, AXVM_FINDING_IRQ_CONFLICT);
}

int main(void)
{
	test(test_twice_in_a_vm);
	test(test_plic);
	test(test_no_irq_at_0_5);
	test(test_no_irq_at_0_7);
	test(test_skipped_plic);
	test(test_shared);
	test(test_pairs_of_vms);
	test(test_among_vms);
	test(test_seen);
	return done();
}
