/* SPDX-License-Identifier: Apache-2.0 */
/* Text of addresses, ranges and sets, and back. */
#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <axvm/types.h>

#define RUST "rust_peer.so"
#define HWLOC "libhwloc.so.15"
#define RANGE_SIZE UINT64_C(0x10000)

static size_t (*rust_address)(uint64_t addr, char *buf, size_t size);
static size_t (*rust_range)(uint64_t start, uint64_t end, char *buf, size_t size);

/* hwloc_bitmap_t, and what we use of it. */
static void *(*bitmap_alloc)(void);
static int (*bitmap_from_ith_ulong)(void *bitmap, unsigned i, unsigned long mask);
static int (*bitmap_list_snprintf)(char *buf, size_t size, const void *bitmap);
static int (*bitmap_list_sscanf)(void *bitmap, const char *text);
static unsigned long (*bitmap_to_ulong)(const void *bitmap);
static int (*bitmap_next)(const void *bitmap, int previous);

#define SETS 256
static uint64_t sets[SETS];
static void *bitmaps[SETS];
static char lists[SETS][AXVM_VCPU_SET_LIST_SIZE];
static char numbers[BENCH_NUMBERS][24];

static bool find(const char *library, const char *name, void *function)
{
	*(void **)function = bench_symbol(library, name);
	return *(void **)function != NULL;
}

static bool setup_rust(const struct bench_row *row, const char **why)
{
	(void)row;
	*why = "no rustc, or no shared library by it";
	if (!find(RUST, "peer_format_address", &rust_address) ||
	    !find(RUST, "peer_format_range", &rust_range))
		return false;
	*why = NULL;
	return true;
}

static bool setup_hwloc(const struct bench_row *row, const char **why)
{
	(void)row;
	*why = "no libhwloc (Debian: libhwloc15)";
	if (!find(HWLOC, "hwloc_bitmap_alloc", &bitmap_alloc) ||
	    !find(HWLOC, "hwloc_bitmap_from_ith_ulong", &bitmap_from_ith_ulong) ||
	    !find(HWLOC, "hwloc_bitmap_list_snprintf", &bitmap_list_snprintf) ||
	    !find(HWLOC, "hwloc_bitmap_list_sscanf", &bitmap_list_sscanf) ||
	    !find(HWLOC, "hwloc_bitmap_to_ulong", &bitmap_to_ulong) ||
	    !find(HWLOC, "hwloc_bitmap_next", &bitmap_next))
		return false;
	*why = sizeof(long) < 8 ? "a long of hwloc holds no set" : NULL;
	/* A few ranges of CPUs each, as VMs have. */
	for (size_t i = 0; i < SETS; i++) {
		uint64_t some = bench_random() & bench_random();

		sets[i] = i % 2 ? some & bench_random() : (some | some << 1 | some << 2);
		if (!bitmaps[i])
			bitmaps[i] = bitmap_alloc();
		bitmap_from_ith_ulong(bitmaps[i], 0, (unsigned long)sets[i]);
		axvm_vcpu_set_format_list(axvm_vcpu_set_from_bits(sets[i]), lists[i],
					  sizeof(lists[i]));
	}
	return !*why;
}

static bool setup_numbers(const struct bench_row *row, const char **why)
{
	(void)row;
	(void)why;
	for (size_t i = 0; i < BENCH_NUMBERS; i++)
		snprintf(numbers[i], sizeof(numbers[i]), i % 2 ? "%" PRIu64 : "0x%" PRIx64,
			 bench_numbers[i]);
	return true;
}

static uint64_t address_ours(size_t operations)
{
	uint64_t sum = 0;
	char buf[64];

	for (size_t i = 0; i < operations; i++) {
		axvm_gpa a = axvm_gpa_new(bench_numbers[i % BENCH_NUMBERS]);

		sum += (uint64_t)axvm_gpa_format(a, buf, sizeof(buf)) + (unsigned char)buf[6];
	}
	return sum;
}

static uint64_t address_rust(size_t operations)
{
	uint64_t sum = 0;
	char buf[64];

	for (size_t i = 0; i < operations; i++)
		sum += rust_address(bench_numbers[i % BENCH_NUMBERS], buf, sizeof(buf)) +
		       (unsigned char)buf[6];
	return sum;
}

static uint64_t address_snprintf(size_t operations)
{
	uint64_t sum = 0;
	char buf[64];

	for (size_t i = 0; i < operations; i++)
		sum += (uint64_t)snprintf(buf, sizeof(buf), "GPA:0x%" PRIx64,
					  bench_numbers[i % BENCH_NUMBERS]) +
		       (unsigned char)buf[6];
	return sum;
}

static uint64_t range_ours(size_t operations)
{
	uint64_t sum = 0;
	char buf[64];

	for (size_t i = 0; i < operations; i++) {
		axvm_gpa a = axvm_gpa_new(bench_numbers[i % BENCH_NUMBERS]);
		axvm_gpa_range r = axvm_gpa_range_from_start_size(a, RANGE_SIZE);

		sum += (uint64_t)axvm_gpa_range_format(r, buf, sizeof(buf)) + (unsigned char)buf[6];
	}
	return sum;
}

static uint64_t range_rust(size_t operations)
{
	uint64_t sum = 0;
	char buf[64];

	for (size_t i = 0; i < operations; i++) {
		uint64_t start = bench_numbers[i % BENCH_NUMBERS];

		sum += rust_range(start, start + RANGE_SIZE, buf, sizeof(buf)) +
		       (unsigned char)buf[6];
	}
	return sum;
}

static uint64_t range_snprintf(size_t operations)
{
	uint64_t sum = 0;
	char buf[64];

	for (size_t i = 0; i < operations; i++) {
		uint64_t start = bench_numbers[i % BENCH_NUMBERS];

		sum += (uint64_t)snprintf(buf, sizeof(buf), "GPA:0x%" PRIx64 "..GPA:0x%" PRIx64,
					  start, start + RANGE_SIZE) +
		       (unsigned char)buf[6];
	}
	return sum;
}

static uint64_t number_ours(size_t operations)
{
	uint64_t sum = 0, value = 0;

	for (size_t i = 0; i < operations; i++) {
		if (axvm_uint_parse(numbers[i % BENCH_NUMBERS], &value))
			sum += value;
	}
	return sum;
}

static uint64_t number_strtoull(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += strtoull(numbers[i % BENCH_NUMBERS], NULL, 0);
	return sum;
}

static uint64_t list_write_ours(size_t operations)
{
	uint64_t sum = 0;
	char buf[AXVM_VCPU_SET_LIST_SIZE];

	for (size_t i = 0; i < operations; i++)
		sum += (uint64_t)axvm_vcpu_set_format_list(axvm_vcpu_set_from_bits(sets[i % SETS]),
							   buf, sizeof(buf));
	return sum;
}

static uint64_t list_write_hwloc(size_t operations)
{
	uint64_t sum = 0;
	char buf[AXVM_VCPU_SET_LIST_SIZE];

	for (size_t i = 0; i < operations; i++)
		sum += (uint64_t)bitmap_list_snprintf(buf, sizeof(buf), bitmaps[i % SETS]);
	return sum;
}

static uint64_t list_read_ours(size_t operations)
{
	axvm_vcpu_set set = axvm_vcpu_set_new();
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		if (axvm_vcpu_set_parse_list(lists[i % SETS], &set))
			sum += axvm_vcpu_set_to_bits(set);
	}
	return sum;
}

static uint64_t list_read_hwloc(size_t operations)
{
	static void *bitmap;
	uint64_t sum = 0;

	if (!bitmap)
		bitmap = bitmap_alloc();
	for (size_t i = 0; i < operations; i++) {
		bitmap_list_sscanf(bitmap, lists[i % SETS]);
		sum += bitmap_to_ulong(bitmap);
	}
	return sum;
}

static uint64_t iterate_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		AXVM_VCPU_SET_FOREACH(cpu, axvm_vcpu_set_from_bits(sets[i % SETS]))
			sum += cpu;
	}
	return sum;
}

static uint64_t iterate_hwloc(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		for (int cpu = bitmap_next(bitmaps[i % SETS], -1); cpu >= 0;
		     cpu = bitmap_next(bitmaps[i % SETS], cpu))
			sum += (uint64_t)cpu;
	}
	return sum;
}

static const struct bench_row rows[] = {
	{ "address text", "exported", "Rust's formatter", 0.50, 0, setup_rust, NULL, address_ours,
	  address_rust, true, NULL },
	{ "address text", "exported", "snprintf", 0.30, 0, NULL, NULL, address_ours,
	  address_snprintf, true, NULL },
	{ "range text", "exported", "Rust's formatter", 0.50, 0, setup_rust, NULL, range_ours,
	  range_rust, true, NULL },
	{ "range text", "exported", "snprintf", 0.30, 0, NULL, NULL, range_ours, range_snprintf,
	  true, NULL },
	{ "number parse", "exported", "strtoull", 0.70, 0, setup_numbers, NULL, number_ours,
	  number_strtoull, true, NULL },
	{ "list text write", "exported", "hwloc", 0.11, 0, setup_hwloc, NULL, list_write_ours,
	  list_write_hwloc, true, NULL },
	{ "list text read", "exported", "hwloc", 0.18, 0, setup_hwloc, NULL, list_read_ours,
	  list_read_hwloc, true, NULL },
	{ "set iteration", "inlined", "hwloc", 0.14, 0, setup_hwloc, NULL, iterate_ours,
	  iterate_hwloc, true, NULL },
};

const struct bench_rows bench_text = BENCH_ROWS(rows);
