/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sets of vCPUs against the cpu_set_t of libc. Compiled twice: with inlining, and without
 * (BENCH_EXPORTED), so that it calls the symbols of the library.
 */
#define _GNU_SOURCE 1
#include "bench.h"

#include <sched.h>
#include <string.h>

#include <axvm/types.h>

#ifdef BENCH_EXPORTED
#define FORM "exported"
#define GROUP bench_set_exported
#else
#define FORM "inlined"
#define GROUP bench_set_inlined
#endif

#define SETS 64

static axvm_vcpu_set ours[SETS];
static cpu_set_t theirs[SETS];

static bool setup(const struct bench_row *row, const char **why)
{
	(void)row;
	(void)why;
	for (size_t s = 0; s < SETS; s++) {
		ours[s] = axvm_vcpu_set_from_bits(bench_random() & bench_random());
		CPU_ZERO(&theirs[s]);
		AXVM_VCPU_SET_FOREACH(i, ours[s])
			CPU_SET(i, &theirs[s]);
	}
	return true;
}

static uint64_t get_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += axvm_vcpu_set_get(ours[i % SETS],
					 bench_numbers[i % BENCH_NUMBERS] >> 12 & 63);
	return sum;
}

static uint64_t get_theirs(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += CPU_ISSET(bench_numbers[i % BENCH_NUMBERS] >> 12 & 63, &theirs[i % SETS]) !=
		       0;
	return sum;
}

static uint64_t set_ours(size_t operations)
{
	axvm_vcpu_set set = axvm_vcpu_set_new();
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += axvm_vcpu_set_set(&set, bench_numbers[i % BENCH_NUMBERS] >> 12 & 63,
					 i % 3 != 0);
	return sum;
}

static uint64_t set_theirs(size_t operations)
{
	uint64_t sum = 0;
	cpu_set_t set;

	CPU_ZERO(&set);
	for (size_t i = 0; i < operations; i++) {
		size_t cpu = bench_numbers[i % BENCH_NUMBERS] >> 12 & 63;

		sum += CPU_ISSET(cpu, &set) != 0;
		if (i % 3 != 0)
			CPU_SET(cpu, &set);
		else
			CPU_CLR(cpu, &set);
	}
	return sum;
}

static uint64_t len_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += axvm_vcpu_set_len(ours[i % SETS]);
	return sum;
}

static uint64_t len_theirs(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uint64_t)CPU_COUNT(&theirs[i % SETS]);
	return sum;
}

static uint64_t and_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += !axvm_vcpu_set_is_empty(
			axvm_vcpu_set_and(ours[i % SETS], ours[(i + 1) % SETS]));
	return sum;
}

static uint64_t and_theirs(size_t operations)
{
	cpu_set_t none, both;
	uint64_t sum = 0;

	CPU_ZERO(&none);
	for (size_t i = 0; i < operations; i++) {
		CPU_AND(&both, &theirs[i % SETS], &theirs[(i + 1) % SETS]);
		sum += !CPU_EQUAL(&both, &none);
	}
	return sum;
}

static uint64_t iterate_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		for (int cpu = axvm_vcpu_set_first_index(ours[i % SETS]); cpu >= 0;
		     cpu = axvm_vcpu_set_next_index(ours[i % SETS], (axvm_vcpu_id)cpu))
			sum += (uint64_t)cpu;
	}
	return sum;
}

static uint64_t iterate_theirs(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		for (size_t cpu = 0; cpu < AXVM_MAX_VCPU_NUM; cpu++)
			sum += CPU_ISSET(cpu, &theirs[i % SETS]) ? cpu : 0;
	}
	return sum;
}

static const struct bench_row rows[] = {
	{ "set get", FORM, "cpu_set_t", 0, 0, setup, NULL, get_ours, get_theirs, true, NULL },
	{ "set set", FORM, "cpu_set_t", 0, 0, setup, NULL, set_ours, set_theirs, true, NULL },
	{ "set len", FORM, "cpu_set_t", 0, 0, setup, NULL, len_ours, len_theirs, true, NULL },
	{ "set and, is_empty", FORM, "cpu_set_t", 0, 0, setup, NULL, and_ours, and_theirs, true,
	  NULL },
	{ "set next_index", FORM, "cpu_set_t, 64 looks", 0, 0, setup, NULL, iterate_ours,
	  iterate_theirs, true, NULL },
};

const struct bench_rows GROUP = BENCH_ROWS(rows);
