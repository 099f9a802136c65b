/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define NOTE AXVM_SEVERITY_NOTE

static struct sample s;

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

/* Without a PLIC that counts, the numbers are told at 0.7, too. */
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
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
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

int main(void)
{
	test(test_plic);
	test(test_no_irq_at_0_5);
	test(test_no_irq_at_0_7);
	test(test_skipped_plic);
	test(test_shared);
	return done();
}
