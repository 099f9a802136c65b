/* SPDX-License-Identifier: Apache-2.0 */
/* Texts and names by number, and numbers by name. */
#define _GNU_SOURCE 1
#include "bench.h"

#include <stdlib.h>
#include <string.h>

#include <axvm/types.h>

#define HWLOC "libhwloc.so.15"

/* hwloc_obj_type_t: any of these has a name. */
#define HWLOC_TYPES 13

static const char *(*obj_type_string)(int type);
static int (*type_sscanf)(const char *text, int *type, void *attributes, size_t size);

static const axvm_emulated_device_type *types;
static size_t type_count;
static uint8_t picks[BENCH_NUMBERS]; /* below the number of types */

static bool setup(const struct bench_row *row, const char **why)
{
	(void)row;
	(void)why;
	types = axvm_emulated_device_type_all(&type_count);
	for (size_t i = 0; i < BENCH_NUMBERS; i++)
		picks[i] = (uint8_t)(bench_random() %
				     (type_count < HWLOC_TYPES ? type_count : HWLOC_TYPES));
	return true;
}

#ifdef __GLIBC__
#define HAS_STRERRORDESC 1
#else
#define HAS_STRERRORDESC 0
#define strerrordesc_np(number) NULL
#endif

static bool setup_libc(const struct bench_row *row, const char **why)
{
	*why = HAS_STRERRORDESC ? NULL : "not glibc";
	return HAS_STRERRORDESC && setup(row, why);
}

static bool setup_hwloc(const struct bench_row *row, const char **why)
{
	*(void **)&obj_type_string = bench_symbol(HWLOC, "hwloc_obj_type_string");
	*(void **)&type_sscanf = bench_symbol(HWLOC, "hwloc_type_sscanf");
	*why = obj_type_string && type_sscanf ? NULL : "no libhwloc (Debian: libhwloc15)";
	return !*why && setup(row, why);
}

/* Addresses of texts: to look at the text would be the same work for both. */
static uint64_t device_text(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uintptr_t)axvm_emulated_device_type_describe(
			types[picks[i % BENCH_NUMBERS]]);
	return sum;
}

static uint64_t device_strerror(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uintptr_t)strerrordesc_np(types[picks[i % BENCH_NUMBERS]]);
	return sum;
}

static uint64_t error_text(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uintptr_t)axvm_error_message(
			-1 - (int)(bench_numbers[i % BENCH_NUMBERS] >> 12 & 127));
	return sum;
}

static uint64_t error_strerror(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uintptr_t)strerrordesc_np(
			1 + (int)(bench_numbers[i % BENCH_NUMBERS] >> 12 & 127));
	return sum;
}

static uint64_t name_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uintptr_t)axvm_emulated_device_type_name(types[picks[i % BENCH_NUMBERS]]);
	return sum;
}

static uint64_t name_hwloc(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += (uintptr_t)obj_type_string(picks[i % BENCH_NUMBERS]);
	return sum;
}

static uint64_t from_name_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		const char *name = axvm_emulated_device_type_name(types[picks[i % BENCH_NUMBERS]]);
		axvm_emulated_device_type type;

		if (axvm_emulated_device_type_from_name(name, &type))
			sum += type;
	}
	return sum;
}

static uint64_t from_name_hwloc(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		int type = 0;

		if (type_sscanf(obj_type_string(picks[i % BENCH_NUMBERS]), &type, NULL, 0) == 0)
			sum += (uint64_t)type;
	}
	return sum;
}

static const struct bench_row rows[] = {
	{ "device text by number", "exported", "strerrordesc_np", 1.00, 0, setup_libc, NULL,
	  device_text, device_strerror, false, NULL },
	{ "error text by number", "exported", "strerrordesc_np", 1.00, 0, setup_libc, NULL,
	  error_text, error_strerror, false, NULL },
	{ "device name by number", "exported", "hwloc_obj_type_string", 0, 0, setup_hwloc, NULL,
	  name_ours, name_hwloc, false, NULL },
	{ "device number by name", "exported", "hwloc_type_sscanf", 0, 0, setup_hwloc, NULL,
	  from_name_ours, from_name_hwloc, false, NULL },
};

const struct bench_rows bench_names = BENCH_ROWS(rows);
