/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Copies of configurations under an allocator that fails at each step in turn: the copy is
 * equal, or the default; nothing is left behind, and nothing is freed twice.
 */
#include <stddef.h>
#include <stdlib.h>

static void *counting_malloc(size_t size);
static void counting_free(void *block);

#define malloc counting_malloc
#define free counting_free
#include "vm_config.c"
#undef malloc
#undef free

#include "fuzz.h"

static int until_failure, blocks;

static void *counting_malloc(size_t size)
{
	void *block = until_failure-- == 0 ? NULL : malloc(size);

	blocks += block != NULL;
	return block;
}

static void counting_free(void *block)
{
	blocks -= block != NULL;
	free(block);
}

static void emulated(const axvm_emulated_device_config *src)
{
	axvm_emulated_device_config none = AXVM_EMULATED_DEVICE_CONFIG_INIT, dst;
	axvm_error error;
	int step = 0;

	do {
		until_failure = step++;
		memset(&dst, 0xa5, sizeof(dst));
		error = axvm_emulated_device_config_copy(&dst, src);
		CHECK(axvm_emulated_device_config_eq(&dst, error == AXVM_OK ? src : &none));
		CHECK(error == AXVM_OK || blocks == 0);
		axvm_emulated_device_config_clear(&dst);
		axvm_emulated_device_config_clear(&dst);
		CHECK(blocks == 0 && axvm_emulated_device_config_eq(&dst, &none));
		CHECK(step < 4);
	} while (error == AXVM_ERROR_NO_MEMORY);
	CHECK(error ==
	      (src->cfg_list_len != 0 && !src->cfg_list ? AXVM_ERROR_INVALID_INPUT : AXVM_OK));
}

static void passthrough(const axvm_passthrough_device_config *src)
{
	axvm_passthrough_device_config none = AXVM_PASSTHROUGH_DEVICE_CONFIG_INIT, dst;
	axvm_error error;
	int step = 0;

	do {
		until_failure = step++;
		memset(&dst, 0xa5, sizeof(dst));
		error = axvm_passthrough_device_config_copy(&dst, src);
		CHECK(axvm_passthrough_device_config_eq(&dst, error == AXVM_OK ? src : &none));
		CHECK(error == AXVM_OK || blocks == 0);
		axvm_passthrough_device_config_clear(&dst);
		axvm_passthrough_device_config_clear(&dst);
		CHECK(blocks == 0 && axvm_passthrough_device_config_eq(&dst, &none));
		CHECK(step < 3);
	} while (error == AXVM_ERROR_NO_MEMORY);
	CHECK(error == AXVM_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	uint64_t list[5];
	axvm_emulated_device_config device = {
		.base_gpa = { take_uint64(&in) },
		.length = take_uint64(&in),
		.irq_id = take_byte(&in),
		.emu_type = take_byte(&in),
		.cfg_list_len = take_byte(&in) % 6,
	};
	axvm_passthrough_device_config other = { .base_hpa = { take_uint64(&in) } };
	bool no_list = take_byte(&in) % 4 == 0, no_name = take_byte(&in) % 4 == 0;
	char *name;

	for (size_t i = 0; i < 5; i++)
		list[i] = take_uint64(&in);
	name = take_text(&in, in.size);
	device.cfg_list = no_list ? NULL : list;
	device.name = other.name = no_name ? NULL : name;
	emulated(&device);
	passthrough(&other);
	free(name);
	return 0;
}
