/* SPDX-License-Identifier: Apache-2.0 */
/* The check as a function: what it accepts, how it gives its findings, what it needs. */
#include "layout_sample.h"

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

static void test_callback(void)
{
	int calls = 0;

	init_broken();
	s.ids[1] = s.ids[0]; /* a third */
	eq_int(axvm_layout_check(&s.vm, sizeof(s.vm), 1, NULL, count_two, &calls, NULL, 0), AXVM_OK,
	       "check");
	eq_int(calls, 2, "false ends it");
	calls = 0;
	eq_int(axvm_layout_check(&s.vm, sizeof(s.vm), 1, NULL, count_one, &calls, NULL, 0), AXVM_OK,
	       "check");
	eq_int(calls, 1, "at once");
}

static void test_array(void)
{
	axvm_finding out[3];
	size_t count = 77;

	init_broken();
	memset(out, 0x5a, sizeof(out));
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, out, sizeof(out[0]), 1, &count,
				    NULL, 0),
	       AXVM_OK, "an array too short");
	eq_uint(count, 2, "all are counted");
	eq_uint(out[0].code, AXVM_FINDING_MEMORY_EMPTY, "the first is there");
	eq_uint(out[1].code, 0x5a, "and nothing behind it");
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, NULL, sizeof(out[0]), 0, &count,
				    NULL, 0),
	       AXVM_OK, "no array at all");
	eq_uint(count, 2, "counts");
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, out, sizeof(out[0]), 3, NULL,
				    NULL, 0),
	       AXVM_OK, "the count may be NULL");
	eq_uint(out[1].code, AXVM_FINDING_IRQ_SHARED, "the second is there");
	eq_uint(out[1].a.vm_id, 7, "with the id of its VM");
	count = 77;
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, NULL, sizeof(out[0]), 1, &count,
				    NULL, 0),
	       AXVM_ERROR_INVALID_INPUT, "an array that is NULL");
	eq_uint(count, 0, "counts nothing");
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, out, 0, 1, &count, NULL, 0),
	       AXVM_ERROR_INVALID_INPUT, "elements of no size");
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
	} shorter[2];
	unsigned char zeros[24] = { 0 };
	size_t count;

	init_broken();
	memset(longer, 0x5a, sizeof(longer));
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, &longer[0].finding,
				    sizeof(longer[0]), 2, &count, NULL, 0),
	       AXVM_OK, "longer elements");
	for (size_t i = 0; i < 2; i++) {
		eq_uint(longer[i].finding.size, sizeof(axvm_finding), "tell what is filled in");
		ok(memcmp(longer[i].more, zeros, sizeof(zeros)) == 0, "the rest is zero");
	}
	eq_uint(longer[1].finding.code, AXVM_FINDING_IRQ_SHARED, "code");
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, (axvm_finding *)(void *)shorter,
				    sizeof(shorter[0]), 2, &count, NULL, 0),
	       AXVM_OK, "shorter elements");
	for (size_t i = 0; i < 2; i++)
		eq_uint(shorter[i].size, sizeof(shorter[0]), "tell that they are cut");
	eq_uint(shorter[0].a.table, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, "owner of the first");
	eq_uint(shorter[1].a.table, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, "and of the second");
}

static axvm_error check(void)
{
	size_t size;
	axvm_error error =
		axvm_layout_findings(&s.vm, s.vm.size, 1, &limits, findings, sizeof(findings[0]),
				     MAX_FINDINGS, &finding_count, NULL, 0);

	eq_int(axvm_layout_scratch_size(&s.vm, s.vm.size, 1, &limits, &size), error,
	       "scratch_size says the same");
	return error;
}

#define INVALID AXVM_ERROR_INVALID_INPUT

static void test_vm_sizes(void)
{
	struct {
		axvm_layout_vm vm;
		uint64_t more;
	} longer[2];

	sample_init(&s);
	memset(longer, 0, sizeof(longer));
	longer[0].vm = longer[1].vm = s.vm;
	longer[0].vm.size = longer[1].vm.size = sizeof(longer[0]);
	longer[1].vm.memory_region_count = 0;
	longer[1].vm.flags = 0;
	eq_int(axvm_layout_findings(&longer[0].vm, sizeof(longer[0]), 2, NULL, findings,
				    sizeof(findings[0]), MAX_FINDINGS, &finding_count, NULL, 0),
	       AXVM_OK, "longer VMs");
	eq_uint(findings[0].code, AXVM_FINDING_MEMORY_NONE, "are found by their size");
	eq_uint(findings[0].a.vm, 1, "the second one, too");
	longer[1].more = UINT64_C(1) << 56;
	eq_int(axvm_layout_findings(&longer[0].vm, sizeof(longer[0]), 2, NULL, findings,
				    sizeof(findings[0]), MAX_FINDINGS, &finding_count, NULL, 0),
	       INVALID, "what is not known must be zero");

	s.vm.size = sizeof(s.vm) - 8;
	eq_int(check(), INVALID, "a shorter VM than any version's");
	s.vm.size = 0;
	eq_int(check(), INVALID, "a VM of no size");
	s.vm.size = sizeof(s.vm) + 8;
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, NULL, 1, 0, NULL, NULL, 0),
	       INVALID, "a VM and an array that differ");
	eq_int(axvm_layout_findings(NULL, sizeof(s.vm), 1, NULL, NULL, 1, 0, NULL, NULL, 0),
	       INVALID, "no VMs, but one");
	eq_int(axvm_layout_findings(NULL, 0, 0, NULL, NULL, 1, 0, NULL, NULL, 0), AXVM_OK, "no VM");
}

static void test_flags(void)
{
	for (int bit = 0; bit < 32; bit++) {
		sample_init(&s);
		s.vm.flags |= UINT32_C(1) << bit;
		eq_int(check(), bit < 14 ? AXVM_OK : INVALID, "a bit is known or refused");
	}
}

static void test_reserved(void)
{
	for (size_t i = 0; i < sizeof(s.vm.reserved); i++) {
		sample_init(&s);
		s.vm.reserved[i] = 1;
		eq_int(check(), INVALID, "of a VM");
	}
	for (size_t i = 0; i < sizeof(limits.reserved); i++) {
		sample_init(&s);
		limits.reserved[i] = 0x80;
		eq_int(check(), INVALID, "of the limits");
	}
}

static void test_element_sizes(void)
{
	struct {
		axvm_mem_config config;
		uint64_t more;
	} longer[2];

	sample_init(&s);
	memset(longer, 0, sizeof(longer));
	longer[0].config = s.memory[0];
	longer[1].config = s.memory[1];
	longer[1].config.size = 0;
	s.vm.memory_regions = &longer[0].config;
	s.vm.memory_region_size = sizeof(longer[0]);
	eq_int(check(), AXVM_OK, "longer regions");
	eq_uint(finding_count, 1, "one finding");
	eq_uint(findings[0].a.index, 1, "about the second");
	longer[1].more = 1;
	eq_int(check(), INVALID, "what is not known must be zero");
	s.vm.memory_region_count = 1;
	eq_int(check(), AXVM_OK, "of the elements that are there");

#define TRY_SIZE(member)                                                                           \
	do {                                                                                       \
		sample_init(&s);                                                                   \
		s.vm.member##_size -= 4;                                                           \
		eq_int(check(), INVALID, #member " too short");                                    \
		s.vm.member##_size = 0;                                                            \
		eq_int(check(), INVALID, #member " of no size");                                   \
		s.vm.member##_count = 0;                                                           \
		eq_int(check(), AXVM_OK, #member " without elements have any size");               \
		sample_init(&s);                                                                   \
		s.vm.member##_size += 1;                                                           \
		eq_int(check(), INVALID, #member " misaligned");                                   \
	} while (0)
	TRY_SIZE(memory_region);
	TRY_SIZE(emu_device);
	TRY_SIZE(passthrough_device);
	TRY_SIZE(passthrough_address);
}

static void test_null(void)
{
#define TRY_NULL(array)                                                                            \
	do {                                                                                       \
		sample_init(&s);                                                                   \
		s.vm.array = NULL;                                                                 \
		eq_int(check(), INVALID, #array " NULL with elements");                            \
	} while (0)
	TRY_NULL(phys_cpu_ids);
	TRY_NULL(phys_cpu_sets);
	TRY_NULL(memory_regions);
	TRY_NULL(emu_devices);
	TRY_NULL(passthrough_devices);
	TRY_NULL(passthrough_addresses);
	sample_init(&s);
	s.emulated[0].cfg_list_len = 1;
	eq_int(check(), INVALID, "cfg_list NULL with elements");
	sample_init(&s);
	s.vm.memory_regions = (const axvm_mem_config *)(const void *)((const char *)s.memory + 1);
	eq_int(check(), INVALID, "an array misaligned");
	sample_init(&s);
	s.vm.memory_region_count = SIZE_MAX;
	s.vm.memory_region_size = sizeof(s.memory[0]);
	s.vm.memory_regions = NULL;
	eq_int(check(), INVALID, "nothing, but a lot of it");
}

static void test_limits(void)
{
	struct {
		axvm_layout_limits limits;
		uint64_t more;
	} longer;
	axvm_hpa_range inverted = AXVM_HPA_RANGE_INIT(0x2000, 0x1000);

	sample_init(&s);
	limits.gpa_bits = 64;
	eq_int(check(), AXVM_OK, "64 bits");
	limits.gpa_bits = 65;
	eq_int(check(), INVALID, "65 bits");
	sample_init(&s);
	limits.hypervisor_count = 1;
	eq_int(check(), INVALID, "ranges NULL with elements");
	limits.hypervisor = &inverted;
	eq_int(check(), INVALID, "an inverted range");
	inverted.end.addr = 0x2000;
	eq_int(check(), AXVM_OK, "an empty one");
	limits.size = sizeof(limits) - 1;
	eq_int(check(), INVALID, "shorter than any version's");
	sample_init(&s);
	memset(&longer, 0, sizeof(longer));
	longer.limits.size = sizeof(longer);
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, &longer.limits, NULL, 1, 0, NULL, NULL,
				    0),
	       AXVM_OK, "longer");
	longer.more = UINT64_C(1) << 63;
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, &longer.limits, NULL, 1, 0, NULL, NULL,
				    0),
	       INVALID, "what is not known must be zero");
}

static void test_scratch(void)
{
	unsigned char *scratch;
	size_t size = 0, count;

	init_broken();
	eq_int(axvm_layout_scratch_size(&s.vm, sizeof(s.vm), 1, NULL, &size), AXVM_OK, "size");
	/* Two regions, two emulated and two pass-through devices, an address. */
	ok(size > 0 && size <= (size_t)7 * 64, "64 bytes an entry are enough");
	scratch = malloc(size + 16);
	if (!ok(scratch != NULL, "memory"))
		return;
	memset(scratch, 0x5a, size + 16);
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, findings, sizeof(findings[0]), 2,
				    &count, scratch, size),
	       AXVM_OK, "a buffer of that size");
	eq_uint(count, 2, "serves");
	for (size_t i = 0; i < 16; i++)
		eq_uint(scratch[size + i], 0x5a, "and nothing is written behind it");
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, findings, sizeof(findings[0]), 2,
				    &count, scratch, size - 1),
	       INVALID, "one byte less is refused");
	eq_int(axvm_layout_findings(&s.vm, sizeof(s.vm), 1, NULL, findings, sizeof(findings[0]), 2,
				    &count, scratch + 1, size),
	       INVALID, "so is one misaligned");
	free(scratch);
	size = 77;
	eq_int(axvm_layout_scratch_size(NULL, 0, 0, NULL, &size), AXVM_OK, "for nothing");
	eq_uint(size, 0, "nothing");
}

int main(void)
{
	test(test_callback);
	test(test_array);
	test(test_finding_sizes);
	test(test_vm_sizes);
	test(test_flags);
	test(test_reserved);
	test(test_element_sizes);
	test(test_null);
	test(test_limits);
	test(test_scratch);
	return done();
}
