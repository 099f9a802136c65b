/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/vm-id.c. */
#include "layout_sample.h"
#include "layout_vms.h"

static struct sample s;

/* The CPU of interrupts that are passed through is the id less 1, of eight. */
static void test_interrupt_cpu(void)
{
	static const axvm_vm_id bad[] = { 0, 9, UINT64_C(0x100000001), UINT64_MAX };

	for (size_t i = 0; i < 8; i++) {
		sample_init(&s);
		limits.arch = AXVM_ARCH_AARCH64;
		limits.model = i % 2 ? AXVM_MODEL_0_7 : AXVM_MODEL_0_5;
		s.vm.id = bad[i / 2];
		finds(&s, { AXVM_FINDING_VM_ID, WARNING, bad[i / 2], ENTRY(ID, 0), NOBODY });
		s.vm.id = i + 1;
		finds_nothing(&s);
		s.vm.id = bad[i / 2];
		s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_EMULATED;
		finds_nothing(&s);
		s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH;
		s.vm.emu_device_count = 0;
		limits.arch = AXVM_ARCH_RISCV64;
		finds_nothing(&s);
		limits.arch = AXVM_ARCH_UNKNOWN;
		finds_nothing(&s);
	}
	/* An id that is not known is none. */
	limits.arch = AXVM_ARCH_AARCH64;
	s.vm.id = 0;
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	finds_nothing(&s);
	s.vm.id = 9;
	finds(&s, { AXVM_FINDING_VM_ID, WARNING, 9, ENTRY(ID, 0), NOBODY });
}

/* No more VMs are looked at than there are. */
static void test_behind(void)
{
	vms_init();
	vms[0].name = "one";
	vms[1].name = "two";
	vms[2] = vms[0];
	among_nothing(2);
	among(3, { AXVM_FINDING_VM_ID, ERROR, 1, ENTRY_OF(0, ID, 0), ENTRY_OF(2, ID, 0) },
	      { AXVM_FINDING_VM_NAME, WARNING, 0, ENTRY_OF(0, NAME, 0), ENTRY_OF(2, NAME, 0) });
}

static void test_id(void)
{
	machine_init();
	samples[2].vm.id = 1;
	together({ AXVM_FINDING_VM_ID, ERROR, 1, ENTRY_OF(0, ID, 0), ENTRY_OF(2, ID, 0) });
	eq_str(findings[0].a.name, "one", "name of a");
	eq_uint(findings[0].b.vm_id, 1, "id of b");
	samples[1].vm.id = 1;
	together({ AXVM_FINDING_VM_ID, ERROR, 1, ENTRY_OF(0, ID, 0), ENTRY_OF(1, ID, 0) },
		 { AXVM_FINDING_VM_ID, ERROR, 1, ENTRY_OF(0, ID, 0), ENTRY_OF(2, ID, 0) });
	samples[1].vm.id = UINT64_C(0x100000001);
	samples[2].vm.id = 0;
	together_nothing();
}

static void test_name(void)
{
	static char one[] = "one";

	machine_init();
	samples[2].vm.name = one;
	together({ AXVM_FINDING_VM_NAME, WARNING, 0, ENTRY_OF(0, NAME, 0), ENTRY_OF(2, NAME, 0) });
	samples[0].vm.name = NULL;
	samples[1].vm.name = "";
	samples[2].vm.name = "";
	together_nothing();
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_VM_ID, AXVM_FINDING_VM_ID);
	all_seen(AXVM_FINDING_VM_NAME, AXVM_FINDING_VM_NAME);
}

int main(void)
{
	test(test_interrupt_cpu);
	test(test_behind);
	test(test_id);
	test(test_name);
	test(test_seen);
	return done();
}
