/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pins the ABI: size, alignment and offsets of every public struct, size and
 * constants of every public number type. With --dump it prints the layouts of
 * this host for the tests of other languages' bindings.
 */
#include <stddef.h>

#include <axvm/types.h>

#include "tap.h"

/* How the ABIs of the hosts differ: width of pointers, alignment of uint64_t. */
enum abi { ABI_64, ABI_32_ALIGNED, ABI_32_PACKED, ABI_COUNT };

struct align_probe {
	char c;
	uint64_t u;
};

static enum abi this_abi(void)
{
	if (sizeof(void *) == 8)
		return ABI_64;
	return offsetof(struct align_probe, u) == 8 ? ABI_32_ALIGNED : ABI_32_PACKED;
}

/* One row for a struct (member ""), then one for each of its members. */
struct row {
	const char *type, *member;
	size_t offset, size, align;
	struct {
		size_t offset, size;
	} wanted[ABI_COUNT];
};

#define STRUCT(type, s64, s32a, s32p)                                                              \
	{                                                                                          \
#type, "", 0, sizeof(type), _Alignof(type),                                        \
		{                                                                                  \
			{ 0, s64 }, { 0, s32a },                                                   \
			{                                                                          \
				0, s32p                                                            \
			}                                                                          \
		}                                                                                  \
	}
#define MEMBER(type, member, o64, s64, o32a, s32a, o32p, s32p)                                     \
	{                                                                                          \
#type, #member, offsetof(type, member), sizeof(((type *)0)->member), 0,            \
		{                                                                                  \
			{ o64, s64 }, { o32a, s32a },                                              \
			{                                                                          \
				o32p, s32p                                                         \
			}                                                                          \
		}                                                                                  \
	}
/* A member that lies alike everywhere. */
#define SAME(type, member, offset, size)                                                           \
	MEMBER(type, member, offset, size, offset, size, offset, size)
#define ADDRESS(a)                                                                                 \
	STRUCT(axvm_##a, 8, 8, 8), SAME(axvm_##a, addr, 0, 8),                                     \
		STRUCT(axvm_##a##_range, 16, 16, 16), SAME(axvm_##a##_range, start, 0, 8),         \
		SAME(axvm_##a##_range, end, 8, 8), STRUCT(axvm_##a##_page_iter, 24, 24, 24),       \
		SAME(axvm_##a##_page_iter, next, 0, 8), SAME(axvm_##a##_page_iter, end, 8, 8),     \
		SAME(axvm_##a##_page_iter, page_size, 16, 8)

/* clang-format off */
static const struct row rows[] = {
	ADDRESS(gpa),
	ADDRESS(gva),
	ADDRESS(hpa),
	ADDRESS(hva),

	STRUCT(axvm_vcpu_set, 8, 8, 8),
	SAME(axvm_vcpu_set, bits, 0, 8),

	STRUCT(axvm_mem_config, 32, 32, 28),
	SAME(axvm_mem_config, gpa, 0, 8),
	SAME(axvm_mem_config, size, 8, 8),
	SAME(axvm_mem_config, flags, 16, 8),
	SAME(axvm_mem_config, map_type, 24, 1),

	STRUCT(axvm_emulated_device_config, 56, 48, 40),
	MEMBER(axvm_emulated_device_config, name, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_emulated_device_config, base_gpa, 8, 8, 8, 8, 4, 8),
	MEMBER(axvm_emulated_device_config, length, 16, 8, 16, 8, 12, 8),
	MEMBER(axvm_emulated_device_config, irq_id, 24, 8, 24, 8, 20, 8),
	MEMBER(axvm_emulated_device_config, emu_type, 32, 1, 32, 1, 28, 1),
	MEMBER(axvm_emulated_device_config, cfg_list, 40, 8, 36, 4, 32, 4),
	MEMBER(axvm_emulated_device_config, cfg_list_len, 48, 8, 40, 4, 36, 4),

	STRUCT(axvm_passthrough_device_config, 40, 40, 36),
	MEMBER(axvm_passthrough_device_config, name, 0, 8, 0, 4, 0, 4),
	MEMBER(axvm_passthrough_device_config, base_gpa, 8, 8, 8, 8, 4, 8),
	MEMBER(axvm_passthrough_device_config, base_hpa, 16, 8, 16, 8, 12, 8),
	MEMBER(axvm_passthrough_device_config, length, 24, 8, 24, 8, 20, 8),
	MEMBER(axvm_passthrough_device_config, irq_id, 32, 8, 32, 8, 28, 8),

	STRUCT(axvm_passthrough_address_config, 16, 16, 16),
	SAME(axvm_passthrough_address_config, base_gpa, 0, 8),
	SAME(axvm_passthrough_address_config, length, 8, 8),
};

static const struct {
	const char *type;
	size_t size, wanted;
	bool is_unsigned;
} numbers[] = {
	{ "axvm_vm_id", sizeof(axvm_vm_id), 8, (axvm_vm_id)-1 > 0 },
	{ "axvm_vcpu_id", sizeof(axvm_vcpu_id), 8, (axvm_vcpu_id)-1 > 0 },
	{ "axvm_interrupt_vector", sizeof(axvm_interrupt_vector), 1, (axvm_interrupt_vector)-1 > 0 },
	{ "axvm_vm_type", sizeof(axvm_vm_type), 1, (axvm_vm_type)-1 > 0 },
	{ "axvm_boot_protocol", sizeof(axvm_boot_protocol), 1, (axvm_boot_protocol)-1 > 0 },
	{ "axvm_interrupt_mode", sizeof(axvm_interrupt_mode), 1, (axvm_interrupt_mode)-1 > 0 },
	{ "axvm_emulated_device_type", sizeof(axvm_emulated_device_type), 1,
	  (axvm_emulated_device_type)-1 > 0 },
	{ "axvm_mem_mapping_type", sizeof(axvm_mem_mapping_type), 1, (axvm_mem_mapping_type)-1 > 0 },
};
/* clang-format on */

static void dump(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		printf("%s %s %zu %zu\n", rows[i].type, rows[i].member[0] ? rows[i].member : "-",
		       rows[i].offset, rows[i].size);
}

static void test_structs(void)
{
	enum abi abi = this_abi();
	size_t wide = offsetof(struct align_probe, u);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char what[96];

		snprintf(what, sizeof(what), "offset of %s.%s", rows[i].type, rows[i].member);
		eq_uint(rows[i].offset, rows[i].wanted[abi].offset, what);
		snprintf(what, sizeof(what), "size of %s.%s", rows[i].type, rows[i].member);
		eq_uint(rows[i].size, rows[i].wanted[abi].size, what);
		if (rows[i].align == 0)
			continue;
		/* Every struct holds a uint64_t. */
		snprintf(what, sizeof(what), "alignment of %s", rows[i].type);
		eq_uint(rows[i].align, wide, what);
	}
}

static void test_numbers(void)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		eq_uint(numbers[i].size, numbers[i].wanted, numbers[i].type);
		ok(numbers[i].is_unsigned, "and it is unsigned");
	}
	eq_uint(sizeof(axvm_error), 4, "axvm_error");
	ok((axvm_error)-1 < 0, "and it is signed");
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--dump") == 0) {
		dump();
		return 0;
	}
	test(test_structs);
	test(test_numbers);
	return done();
}
