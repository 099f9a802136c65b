/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the layout check allocates, with an allocator that counts and can fail: the
 * source file is compiled into this program with it.
 */
#include <stdlib.h>

static void *test_malloc(size_t size);
static void test_free(void *ptr);

#define malloc test_malloc
#define free test_free
#include "layout/check.c"
#undef malloc
#undef free

#include "layout_sample.h"

static int owned; /* what is allocated and not freed */
static int allocations;
static bool fails;

static void *test_malloc(size_t size)
{
	allocations++;
	if (fails)
		return NULL;
	owned++;
	return malloc(size);
}

static void test_free(void *ptr)
{
	if (ptr)
		owned--;
	free(ptr);
}

static struct sample s;

static void test_one_allocation(void)
{
	size_t size = 0;

	sample_init(&s);
	s.memory[1].size = 0;
	check_vms(&s.vm, 1);
	eq_uint(finding_count, 1, "it finds");
	eq_int(allocations, 1, "with one allocation");
	eq_int(owned, 0, "that is freed");
	eq_int(axvm_layout_scratch_size(&s.vm, 1, &limits, &size), AXVM_OK, "size");
	eq_int(allocations, 1, "which reports its size without one");
}

static bool ignore(const axvm_finding *finding, void *ctx)
{
	(void)finding;
	(void)ctx;
	return true;
}

static void test_callers_buffer(void)
{
	size_t size = 0;
	void *scratch;

	sample_init(&s);
	eq_int(axvm_layout_scratch_size(&s.vm, 1, NULL, &size), AXVM_OK, "size");
	scratch = malloc(size);
	allocations = 0;
	eq_int(axvm_layout_check(&s.vm, 1, NULL, ignore, NULL, scratch, size), AXVM_OK,
	       "check with a buffer of the caller's");
	eq_int(allocations, 0, "allocates nothing");
	free(scratch);
}

static void test_no_memory(void)
{
	sample_init(&s);
	finding_count = 77;
	fails = true;
	eq_int(axvm_layout_findings(&s.vm, 1, NULL, findings, sizeof(findings[0]), MAX_FINDINGS,
				    &finding_count),
	       AXVM_ERROR_NO_MEMORY, "memory runs out");
	eq_uint(finding_count, 0, "nothing is found");
	/* Nothing to sort, nothing to allocate. */
	eq_int(axvm_layout_findings(NULL, 0, NULL, findings, sizeof(findings[0]), MAX_FINDINGS,
				    &finding_count),
	       AXVM_OK, "no VMs need no memory");
	fails = false;
}

int main(void)
{
	test(test_one_allocation);
	test(test_callers_buffer);
	test(test_no_memory);
	return done();
}
