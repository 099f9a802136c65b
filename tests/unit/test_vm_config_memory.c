/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Copies and what they own, with an allocator that counts and can fail: the
 * source file is compiled into this program with it.
 */
#include <stdlib.h>

static void *test_malloc(size_t size);
static void test_free(void *ptr);

#define malloc test_malloc
#define free test_free
#include "vm_config.c"
#undef malloc
#undef free

#include "tap.h"

static int owned; /* what is allocated and not freed */
static int allowed = -1; /* allocations before one fails; negative: all */
static size_t asked; /* for, by the last allocation, in bytes */

static void *test_malloc(size_t size)
{
	asked = size;
	if (allowed == 0 || size > 0x10000)
		return NULL;
	allowed--;
	owned++;
	return malloc(size);
}

static void test_free(void *ptr)
{
	if (ptr)
		owned--;
	free(ptr);
}

static const uint64_t list[] = { 1, 0x20000, 0 };

static const axvm_emulated_device_config emulated = {
	"gicr", AXVM_GPA_INIT(0x80a0000), 0x20000, 5, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, list,
	3,
};

static const axvm_passthrough_device_config passthrough = {
	"uart", AXVM_GPA_INIT(0x9000000), AXVM_HPA_INIT(0xfe000000), 0x1000, 33,
};

static bool is_default(const axvm_emulated_device_config *config)
{
	return config->name[0] == '\0' && config->base_gpa.addr == 0 && config->length == 0 &&
	       config->irq_id == 0 && config->emu_type == 0 && !config->cfg_list &&
	       config->cfg_list_len == 0;
}

static void test_emulated(void)
{
	axvm_emulated_device_config src = emulated, dst;

	memset(&dst, 0xff, sizeof(dst)); /* written, not read */
	eq_int(axvm_emulated_device_config_copy(&dst, &src), AXVM_OK, "copy");
	ok(axvm_emulated_device_config_eq(&dst, &src), "the copy equals");
	ok(dst.name != src.name && dst.cfg_list != src.cfg_list, "and shares nothing");
	eq_int(owned, 2, "it owns its name and its list");
	eq_uint(asked, sizeof("gicr"), "as many bytes as the name has, with its NUL");
	axvm_emulated_device_config_clear(&dst);
	eq_int(owned, 0, "clear frees both");
	ok(is_default(&dst), "and leaves the default");
	axvm_emulated_device_config_clear(&dst);
	eq_int(owned, 0, "clear is harmless twice");

	src.name = NULL;
	eq_int(axvm_emulated_device_config_copy(&dst, &src), AXVM_OK, "copy without a name");
	eq_str(dst.name, "", "a NULL name is copied as an empty one");
	eq_int(owned, 1, "which is not owned");
	axvm_emulated_device_config_clear(&dst);
	eq_int(owned, 0, "clear frees the list");

	src = emulated;
	src.cfg_list_len = 0;
	eq_int(axvm_emulated_device_config_copy(&dst, &src), AXVM_OK, "copy without a list");
	eq_int(owned, 1, "owns the name alone");
	axvm_emulated_device_config_clear(&dst);
	eq_int(owned, 0, "clear frees it");

	src = emulated;
	src.cfg_list_len = 1;
	eq_int(axvm_emulated_device_config_copy(&dst, &src), AXVM_OK, "copy of a list of one");
	eq_uint(dst.cfg_list[0], list[0], "has its value");
	eq_int(owned, 2, "and owns it");
	axvm_emulated_device_config_clear(&dst);
	eq_int(owned, 0, "clear frees it");

	eq_int(axvm_emulated_device_config_copy(&src, &src), AXVM_OK, "copy onto itself");
	eq_str(src.name, "gicr", "keeps the contents");
	axvm_emulated_device_config_clear(&src);
	eq_int(owned, 0, "and is cleared like any copy");
}

static void test_emulated_failures(void)
{
	axvm_emulated_device_config src = emulated, dst;

	for (int n = 0; n < 2; n++) {
		allowed = n;
		memset(&dst, 0xff, sizeof(dst));
		eq_int(axvm_emulated_device_config_copy(&dst, &src), AXVM_ERROR_NO_MEMORY,
		       "copy without memory");
		ok(is_default(&dst), "leaves the default");
		eq_int(owned, 0, "and leaks nothing");
	}
	allowed = -1;
	src.cfg_list_len = SIZE_MAX / 4;
	memset(&dst, 0xff, sizeof(dst));
	eq_int(axvm_emulated_device_config_copy(&dst, &src), AXVM_ERROR_NO_MEMORY,
	       "the size of the list overflows");
	ok(is_default(&dst), "the default is left");
	src.cfg_list_len = SIZE_MAX / 8 + 2; /* 8 times that is 8 bytes, modulo the width */
	eq_int(axvm_emulated_device_config_copy(&dst, &src), AXVM_ERROR_NO_MEMORY,
	       "the size of the list overflows to a small one");
	src.cfg_list = NULL;
	src.cfg_list_len = 1;
	memset(&dst, 0xff, sizeof(dst));
	eq_int(axvm_emulated_device_config_copy(&dst, &src), AXVM_ERROR_INVALID_INPUT,
	       "a NULL list with a length");
	ok(is_default(&dst), "the default is left");
	eq_int(owned, 0, "nothing leaks");
}

static void test_passthrough(void)
{
	axvm_passthrough_device_config src = passthrough, dst;

	memset(&dst, 0xff, sizeof(dst));
	eq_int(axvm_passthrough_device_config_copy(&dst, &src), AXVM_OK, "copy");
	ok(axvm_passthrough_device_config_eq(&dst, &src), "the copy equals");
	ok(dst.name != src.name, "and shares nothing");
	eq_int(owned, 1, "it owns its name");
	axvm_passthrough_device_config_clear(&dst);
	eq_int(owned, 0, "clear frees it");
	eq_str(dst.name, "", "and leaves the default");
	eq_uint(dst.base_gpa.addr | dst.base_hpa.addr | dst.length | dst.irq_id, 0, "all of it");
	axvm_passthrough_device_config_clear(&dst);
	eq_int(owned, 0, "clear is harmless twice");

	src.name = "";
	eq_int(axvm_passthrough_device_config_copy(&dst, &src), AXVM_OK, "copy without a name");
	eq_int(owned, 0, "owns nothing");
	axvm_passthrough_device_config_clear(&dst);

	allowed = 0;
	memset(&dst, 0xff, sizeof(dst));
	eq_int(axvm_passthrough_device_config_copy(&dst, &passthrough), AXVM_ERROR_NO_MEMORY,
	       "copy without memory");
	eq_str(dst.name, "", "leaves the default");
	eq_uint(dst.base_gpa.addr | dst.base_hpa.addr | dst.length | dst.irq_id, 0, "all of it");
	eq_int(owned, 0, "and leaks nothing");
	allowed = -1;
}

/* Every name but an empty one is owned, whatever its first byte is. */
static void test_names(void)
{
	static const char *const names[] = { "", "a", "ab", "\xc3\xa9", "\xff", " " };

	each_row(i, names) {
		axvm_emulated_device_config src = AXVM_EMULATED_DEVICE_CONFIG_INIT, dst;

		src.name = names[i];
		eq_int(axvm_emulated_device_config_copy(&dst, &src), AXVM_OK, "copy");
		eq_str(dst.name, names[i], "the whole name");
		eq_int(owned, names[i][0] != '\0', "which is owned unless it is empty");
		axvm_emulated_device_config_clear(&dst);
		eq_int(owned, 0, "clear frees it");
	}
}

static void test_clear_of_init(void)
{
	axvm_emulated_device_config emulated_init = AXVM_EMULATED_DEVICE_CONFIG_INIT;
	axvm_passthrough_device_config passthrough_init = AXVM_PASSTHROUGH_DEVICE_CONFIG_INIT;

	axvm_emulated_device_config_clear(&emulated_init);
	axvm_passthrough_device_config_clear(&passthrough_init);
	eq_int(owned, 0, "clear is harmless after INIT");
}

int main(void)
{
	test(test_emulated);
	test(test_emulated_failures);
	test(test_passthrough);
	test(test_names);
	test(test_clear_of_init);
	return done();
}
