/* SPDX-License-Identifier: Apache-2.0 */
/* The check as a function: how it gives its findings, and what a VM that is known in part has. */
#include "layout_sample.h"

#define INVALID AXVM_ERROR_INVALID_INPUT

static struct sample s;

/* Two findings: an empty region, then an IRQ twice. */
static void init_broken(void)
{
	sample_init(&s);
	s.memory[1].size = 0;
	s.passthrough[1].irq_id = 33;
}

static bool count_two(const axvm_finding *finding, void *ctx)
{
	int *calls = ctx;

	ok(finding->size == sizeof(*finding), "a callback gets the whole struct");
	return ++*calls < 2;
}

static bool count_one(const axvm_finding *finding, void *ctx)
{
	int *calls = ctx;

	(void)finding;
	++*calls;
	return false;
}

static bool count_all(const axvm_finding *finding, void *ctx)
{
	int *calls = ctx;

	(void)finding;
	++*calls;
	return true;
}

static void test_callback(void)
{
	axvm_layout_vm two[2];
	int calls = 0;

	init_broken();
	s.ids[1] = s.ids[0]; /* a third */
	eq_int(axvm_layout_check(&s.vm, 1, NULL, count_two, &calls, NULL, 0), AXVM_OK, "check");
	eq_int(calls, 2, "false ends it");
	calls = 0;
	eq_int(axvm_layout_check(&s.vm, 1, NULL, count_one, &calls, NULL, 0), AXVM_OK, "check");
	eq_int(calls, 1, "at once");
	/* So it does among ranges that overlap. */
	sample_init(&s);
	s.passthrough[0].base_gpa = s.passthrough[1].base_gpa = s.memory[0].gpa;
	calls = 0;
	eq_int(axvm_layout_check(&s.vm, 1, NULL, count_all, &calls, NULL, 0), AXVM_OK, "check");
	ok(calls > 1, "several");
	calls = 0;
	eq_int(axvm_layout_check(&s.vm, 1, NULL, count_one, &calls, NULL, 0), AXVM_OK, "check");
	eq_int(calls, 1, "at the first of them");
	init_broken();
	s.ids[1] = s.ids[0];
	/* Nothing is looked at in the VMs behind it. */
	two[0] = two[1] = s.vm;
	calls = 0;
	eq_int(axvm_layout_check(two, 2, NULL, count_two, &calls, NULL, 0), AXVM_OK, "check");
	eq_int(calls, 2, "two of the first VM");
	calls = 0;
	eq_int(axvm_layout_check(two, 2, NULL, count_all, &calls, NULL, 0), AXVM_OK, "check");
	ok(calls > 6, "three of each, and what they share");
}

static void test_array(void)
{
	axvm_finding out[3];
	size_t count = 77;

	init_broken();
	memset(out, 0x5a, sizeof(out));
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, out, sizeof(out[0]), 1, &count), AXVM_OK,
	       "an array too short");
	eq_uint(count, 3, "all are counted");
	eq_uint(out[0].code, AXVM_FINDING_MEMORY_EMPTY, "the first is there");
	eq_uint(out[1].code, 0x5a, "and nothing behind it");
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, NULL, sizeof(out[0]), 0, &count), AXVM_OK,
	       "no array at all");
	eq_uint(count, 3, "counts");
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, out, sizeof(out[0]), 3, NULL), AXVM_OK,
	       "the count may be NULL");
	eq_uint(out[1].code, AXVM_FINDING_IRQ_SHARED, "the second is there");
	eq_uint(out[1].a.vm_id, 7, "with the id of its VM");
	count = 77;
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, NULL, sizeof(out[0]), 1, &count),
	       AXVM_ERROR_INVALID_INPUT, "an array that is NULL");
	eq_uint(count, 0, "counts nothing");
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, out, 0, 1, &count), AXVM_ERROR_INVALID_INPUT,
	       "elements of no size");
}

/* What a caller of another version passes and gets. */
static void test_finding_sizes(void)
{
	struct {
		axvm_finding finding;
		unsigned char more[24];
	} longer[2];
	struct {
		size_t size;
		axvm_finding_owner a;
	} shorter[8];
	static struct {
		axvm_finding finding;
		unsigned char more[70000];
	} longest[2];
	unsigned char zeros[24] = { 0 };
	size_t count;

	init_broken();
	memset(longer, 0x5a, sizeof(longer));
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, &longer[0].finding, sizeof(longer[0]), 2,
				    &count),
	       AXVM_OK, "longer elements");
	for (size_t i = 0; i < 2; i++) {
		eq_uint(longer[i].finding.size, sizeof(axvm_finding), "tell what is filled in");
		ok(memcmp(longer[i].more, zeros, sizeof(zeros)) == 0, "the rest is zero");
	}
	eq_uint(longer[1].finding.code, AXVM_FINDING_IRQ_SHARED, "code");
	memset(longest, 0x5a, sizeof(longest));
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, &longest[0].finding, sizeof(longest[0]), 2,
				    &count),
	       AXVM_OK, "elements of more than 2^16 bytes");
	for (size_t i = 0; i < 2; i++) {
		eq_uint(longest[i].finding.size, sizeof(axvm_finding), "tell what is filled in");
		eq_uint(longest[i].more[0], 0, "the rest is zero");
		ok(memcmp(longest[i].more, longest[i].more + 1, sizeof(longest[i].more) - 1) == 0,
		   "all of it");
	}
	eq_uint(longest[1].finding.code, AXVM_FINDING_IRQ_SHARED, "code");
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, (axvm_finding *)(void *)shorter,
				    sizeof(shorter[0]), 2, &count),
	       AXVM_OK, "shorter elements");
	for (size_t i = 0; i < 2; i++)
		eq_uint(shorter[i].size, sizeof(shorter[0]), "tell that they are cut");
	eq_uint(shorter[0].a.table, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, "owner of the first");
	eq_uint(shorter[1].a.table, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, "and of the second");
	ok(sizeof(shorter) > 2 * sizeof(axvm_finding), "room for what must not be there");
	memset(shorter, 0, sizeof(shorter));
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, (axvm_finding *)(void *)shorter,
				    sizeof(shorter[0]), 1, &count),
	       AXVM_OK, "one shorter element");
	eq_uint(shorter[0].size, sizeof(shorter[0]), "is filled in");
	for (size_t i = 1; i < sizeof(shorter) / sizeof(shorter[0]); i++)
		ok(memcmp(&shorter[i], zeros, sizeof(zeros)) == 0, "and nothing after it");
}

/* What is not known is not missed; the same VM is found to lack it once it is complete. */
static void test_absence(void)
{
	axvm_layout_vm known;

	sample_init(&s);
	known = (axvm_layout_vm){
		.size = sizeof(known),
		.phys_cpu_ids = s.ids,
		.phys_cpu_id_count = 2,
		.memory_regions = s.memory,
		.memory_region_count = 2,
		.emu_devices = s.emulated,
		.emu_device_count = 2,
		.passthrough_devices = s.passthrough,
		.passthrough_device_count = 2,
	};
	for (int arch = 0; arch < 5; arch++) {
		const axvm_layout_vm alone[] = { { .size = sizeof(known) },
						 { .size = sizeof(known) } };

		limits.arch = (axvm_arch)arch;
		known.emu_device_count = arch == AXVM_ARCH_AARCH64 ? 2 : 0;
		check_found(&known, 1, NULL, 0, __FILE__, __LINE__);
		check_found(alone, 2, NULL, 0, __FILE__, __LINE__);
	}
	known.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	known.flags = AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	limits.arch = AXVM_ARCH_X86_64;
	check_found(&known, 1, NULL, 0, __FILE__, __LINE__);

	known.flags |= AXVM_LAYOUT_COMPLETE;
	known.memory_region_count = 0;
	limits.arch = AXVM_ARCH_UNKNOWN;
	check_vms(&known, 1);
	for (size_t i = 0; i < finding_count && i < MAX_FINDINGS; i++)
		seen_codes[findings[i].code] = true;
	ok(seen_codes[AXVM_FINDING_MEMORY_NONE], "no memory");
	ok(seen_codes[AXVM_FINDING_CPU_COUNT], "no CPU");
	ok(seen_codes[AXVM_FINDING_BOOT_PROTOCOL], "no enable_bios, and no firmware");
	ok(seen_codes[AXVM_FINDING_BOOT_IMAGE_MISSING], "no address, and no image_location");
	ok(seen_codes[AXVM_FINDING_IRQ_UNUSED], "no interrupt mode");
}

/* An id of 0 may be one that is not known. */
static void test_ids_of_zero(void)
{
	const struct wanted same = { AXVM_FINDING_VM_ID, AXVM_SEVERITY_ERROR, 0, ENTRY_OF(0, ID, 0),
				     ENTRY_OF(1, ID, 0) };
	axvm_layout_vm vms[2] = { { .size = sizeof(vms[0]) }, { .size = sizeof(vms[0]) } };

	vms[0].flags = AXVM_LAYOUT_COMPLETE;
	vms[0].image_location = AXVM_IMAGE_LOCATION_MEMORY;
	vms[0].cpu_num = 1;
	set_memory(&s.memory[0], 0x40000000, 0x1000, AXVM_MEM_MAPPING_ALLOC);
	vms[0].memory_regions = s.memory;
	vms[0].memory_region_count = 1;
	limits.arch = AXVM_ARCH_UNKNOWN;
	check_found(vms, 2, NULL, 0, __FILE__, __LINE__);
	vms[1] = vms[0];
	check_found(vms, 2, &same, 1, __FILE__, __LINE__);
}

static void test_init(void)
{
	static const axvm_layout_vm none = AXVM_LAYOUT_VM_INIT;
	axvm_layout_limits all_zero = AXVM_LAYOUT_LIMITS_INIT, known;
	axvm_layout_vm vm;

	memset(&vm, 0xa5, sizeof(vm));
	axvm_layout_vm_init(&vm);
	ok(memcmp(&vm, &none, sizeof(vm)) == 0 && vm.size == sizeof(vm), "a VM of nothing");
	memset(&known, 0xa5, sizeof(known));
	axvm_layout_limits_init(&known);
	eq_uint(known.model, AXVM_MODEL_NEWEST, "the newest model");
	ok(!axvm_model_try_from_usize(AXVM_MODEL_NEWEST + 1, &known.model), "none is newer");
	eq_uint(all_zero.model, AXVM_MODEL_0_5, "where 0 stays 0.5");
	known.model = AXVM_MODEL_0_5;
	ok(memcmp(&known, &all_zero, sizeof(known)) == 0, "and nothing else is known");
	eq_int(axvm_layout_findings(&vm, 1, &known, NULL, 1, 0, NULL), AXVM_OK, "both are valid");
}

static void test_scratch(void)
{
	unsigned char *scratch;
	size_t size = 0;
	int count = 0;

	init_broken();
	eq_int(axvm_layout_scratch_size(&s.vm, 1, NULL, &size), AXVM_OK, "size");
	/* Two regions, two emulated and two pass-through devices, an address. */
	ok(size > 0 && size <= (size_t)7 * 64, "64 bytes an entry are enough");
	scratch = malloc(size + 16);
	if (!ok(scratch != NULL, "memory"))
		return;
	memset(scratch, 0x5a, size + 16);
	eq_int(axvm_layout_check(&s.vm, 1, NULL, count_all, &count, scratch, size), AXVM_OK,
	       "a buffer of that size");
	eq_int(count, 3, "serves");
	for (size_t i = 0; i < 16; i++)
		eq_uint(scratch[size + i], 0x5a, "and nothing is written behind it");
	eq_int(axvm_layout_check(&s.vm, 1, NULL, count_all, &count, scratch, size - 1), INVALID,
	       "one byte less is refused");
	eq_int(axvm_layout_check(&s.vm, 1, NULL, count_all, &count, scratch + 1, size), INVALID,
	       "so is one misaligned");
	eq_int(count, 3, "before anything is found");
	free(scratch);
	size = 77;
	eq_int(axvm_layout_scratch_size(NULL, 0, NULL, &size), AXVM_OK, "for nothing");
	eq_uint(size, 0, "nothing");
}

int main(void)
{
	test(test_callback);
	test(test_array);
	test(test_finding_sizes);
	test(test_absence);
	test(test_ids_of_zero);
	test(test_init);
	test(test_scratch);
	return done();
}
