/* SPDX-License-Identifier: Apache-2.0 */
/* Copies, comparisons and texts of a device's configuration, against the same by hand with libc. */
#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <axvm/types.h>

static const uint64_t list[] = { 4, 0x20000, 0 };

static const axvm_emulated_device_config config = {
	.name = "gppt-gicr",
	.base_gpa = AXVM_GPA_INIT(0x80a0000),
	.length = 0x20000,
	.irq_id = 0,
	.emu_type = AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR,
	.cfg_list = list,
	.cfg_list_len = 3,
};

static axvm_emulated_device_config twin;

static bool setup(const struct bench_row *row, const char **why)
{
	(void)row;
	(void)why;
	if (axvm_emulated_device_config_copy(&twin, &config) != AXVM_OK)
		exit(2);
	return true;
}

static uint64_t copy_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		axvm_emulated_device_config copy;

		if (axvm_emulated_device_config_copy(&copy, &config) != AXVM_OK)
			exit(2);
		sum += copy.cfg_list[0];
		axvm_emulated_device_config_clear(&copy);
	}
	return sum;
}

static uint64_t copy_theirs(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		size_t size = strlen(config.name) + 1;
		char *name = malloc(size);
		volatile uint64_t *numbers = malloc(sizeof(list));

		if (!name || !numbers)
			exit(2);
		memcpy(name, config.name, size);
		memcpy((uint64_t *)(uintptr_t)numbers, config.cfg_list, sizeof(list));
		sum += numbers[0];
		free(name);
		free((uint64_t *)(uintptr_t)numbers);
	}
	return sum;
}

static uint64_t eq_ours(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++)
		sum += axvm_emulated_device_config_eq(&twin, &config);
	return sum;
}

static uint64_t eq_theirs(size_t operations)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < operations; i++) {
		const axvm_emulated_device_config *a = &twin, *b = &config;

		/* Or the compiler would compare once. */
		__asm__ volatile("" : "+r"(a), "+r"(b) : : "memory");
		sum += strcmp(a->name, b->name) == 0 && a->base_gpa.addr == b->base_gpa.addr &&
		       a->length == b->length && a->irq_id == b->irq_id &&
		       a->emu_type == b->emu_type && a->cfg_list_len == b->cfg_list_len &&
		       memcmp(a->cfg_list, b->cfg_list, a->cfg_list_len * sizeof(uint64_t)) == 0;
	}
	return sum;
}

static uint64_t format_ours(size_t operations)
{
	uint64_t sum = 0;
	char buf[256];

	for (size_t i = 0; i < operations; i++)
		sum += (uint64_t)axvm_emulated_device_config_format(&config, buf, sizeof(buf));
	return sum;
}

static uint64_t format_theirs(size_t operations)
{
	uint64_t sum = 0;
	char buf[256];

	for (size_t i = 0; i < operations; i++)
		sum += (uint64_t)snprintf(
			buf, sizeof(buf),
			"name=\"%s\" base_gpa=GPA:0x%" PRIx64 " length=0x%" PRIx64
			" irq_id=%" PRIu64 " emu_type=%s cfg_list=[0x%" PRIx64 ",0x%" PRIx64
			",0x%" PRIx64 "]",
			config.name, config.base_gpa.addr, config.length, config.irq_id,
			axvm_emulated_device_type_name(config.emu_type), list[0], list[1], list[2]);
	return sum;
}

static const struct bench_row rows[] = {
	{ "config copy and clear", "exported", "by hand", 0, 0, setup, NULL, copy_ours, copy_theirs,
	  true, NULL },
	{ "config eq", "exported", "by hand", 0, 0, setup, NULL, eq_ours, eq_theirs, true, NULL },
	{ "config format", "exported", "snprintf", 0, 0, setup, NULL, format_ours, format_theirs,
	  true, NULL },
};

const struct bench_rows bench_config = BENCH_ROWS(rows);
