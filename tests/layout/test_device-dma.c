/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/device-dma.c. */
#include "guard.h"
#include "layout_direct.h"
#include "layout_sample.h"

static void test_dma(void)
{
	for (size_t m = 0; m < 2; m++) {
		for (size_t a = 0; a < 3; a++) {
			const struct wanted dma = { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
						    GUEST(MEMORY_REGIONS, 0, 0, 0x1000000),
						    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000,
							  0x9001000) };

			direct_init(models[m], archs[a]);
			set_passthrough(&s.passthrough[0], "dma", 0x9000000, 0x9000000, 0x1000, 0);
			s.vm.passthrough_device_count = 1;
			finds(&s, dma);
			s.memory[0].map_type = RESERVED;
			finds_nothing(&s);
			/* The alloc one is reported, wherever it is. */
			set_memory(&s.memory[1], 0x4000000, 0x1000, ALLOC);
			s.vm.memory_region_count = 2;
			finds(&s, { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
				    GUEST(MEMORY_REGIONS, 1, 0x4000000, 0x4001000),
				    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000) });
			s.vm.passthrough_device_count = 0;
			finds_nothing(&s);
			set_address(&s.addresses[0], 0x9000000, 0x1000);
			s.vm.passthrough_address_count = 1;
			finds(&s, { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
				    GUEST(MEMORY_REGIONS, 1, 0x4000000, 0x4001000),
				    GUEST(PASSTHROUGH_ADDRESSES, 0, 0x9000000, 0x9001000) });
		}
	}
}

/* The interrupt controllers, timers and chipset registers of a PC. */
static void test_dma_of_chipset(void)
{
	static const struct {
		uint64_t base, length;
		bool may_do_dma;
	} rows[] = {
		{ 0xfec00000, 0x1000, false },	 { 0xfed00000, 0x400, false },
		{ 0xfec00000, 0x300000, false }, { 0xfeeff000, 0x1000, false },
		{ 0xfec00000, 0x300001, true },	 { 0xfebfffff, 0x1000, true },
		{ 0xfeeff000, 0x1001, true },	 { 0xfeb00000, 0x1000, true },
		{ 0xff000000, 0x1000, true },	 { 0xfec00000, UINT64_MAX, true },
	};

	for (size_t i = 0; i < 2 * COUNT(rows); i++) {
		for (size_t a = 0; a < COUNT(archs) + 1; a++) {
			axvm_arch arch = a < COUNT(archs) ? archs[a] : AXVM_ARCH_UNKNOWN;
			size_t row = i / 2, said = 0;
			bool may_do_dma = arch != AXVM_ARCH_X86_64 || rows[row].may_do_dma;

			direct_init(models[i % 2], arch);
			set_passthrough(&s.passthrough[0], "a", rows[row].base, rows[row].base,
					rows[row].length, 0);
			set_address(&s.addresses[0], rows[row].base, rows[row].length);
			for (size_t k = 0; k < 2; k++) {
				s.vm.passthrough_device_count = k == 0;
				s.vm.passthrough_address_count = k == 1;
				check_vms(&s.vm, 1);
				for (size_t f = 0; f < finding_count; f++)
					said += findings[f].code == AXVM_FINDING_DEVICE_DMA;
			}
			eq_uint(said, may_do_dma ? 2 : 0, "a device and a range");
		}
	}
	/* 0.5 maps a guest address to the same host address, 0.7 to base_hpa. */
	direct_init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	set_passthrough(&s.passthrough[0], "a", 0xfed00000, 0xf0000000, 0x1000, 0);
	s.vm.passthrough_device_count = 1;
	finds(&s, { AXVM_FINDING_DEVICE_HOST_IGNORED, WARNING, 0xf0000000,
		    GUEST(PASSTHROUGH_DEVICES, 0, 0xfed00000, 0xfed01000), NOBODY });
	limits.model = AXVM_MODEL_0_7;
	finds(&s,
	      { AXVM_FINDING_DEVICE_DMA, NOTE, 0, GUEST(MEMORY_REGIONS, 0, 0, 0x1000000),
		GUEST(PASSTHROUGH_DEVICES, 0, 0xfed00000, 0xfed01000) });
	/* The first one that may do DMA. */
	set_passthrough(&s.passthrough[0], "a", 0xfed00000, 0xfed00000, 0x1000, 0);
	set_passthrough(&s.passthrough[1], "b", 0xf0000000, 0xf0000000, 0x1000, 0);
	s.vm.passthrough_device_count = 2;
	finds(&s,
	      { AXVM_FINDING_DEVICE_DMA, NOTE, 0, GUEST(MEMORY_REGIONS, 0, 0, 0x1000000),
		GUEST(PASSTHROUGH_DEVICES, 1, 0xf0000000, 0xf0001000) });
}

static void test_dma_by_path(void)
{
	each_row(m, models) {
		for (size_t a = 0; a < 2; a++) {
			direct_init(models[m], archs[a]);
			set_passed(&s, 1, "/soc/dma", NULL);
			finds(&s, { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
				    GUEST(MEMORY_REGIONS, 0, 0, 0x1000000),
				    ENTRY(PASSTHROUGH_DEVICES, 0) });
			s.memory[0].map_type = IDENTICAL;
			finds_nothing(&s);
		}
	}
	each_row(a, archs) {
		direct_init(AXVM_MODEL_0_7_3, archs[a]);
		s.vm.guest_type = AXVM_GUEST_TYPE_PASSTHROUGH;
		if (has_tree(archs[a]))
			finds(&s, { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
				    GUEST(MEMORY_REGIONS, 0, 0, 0x1000000), ENTRY(GUEST_TYPE, 0) });
		else
			finds_nothing(&s);
		/* Before, the type of a guest says nothing about it. */
		limits.model = AXVM_MODEL_0_5;
		finds_nothing(&s);
	}
	/* A path of one letter is one; a name is none, nor is the root, which is the finding. */
	direct_init(AXVM_MODEL_0_7_3, AXVM_ARCH_RISCV64);
	set_passed(&s, 1, "/a", NULL);
	finds(&s, { AXVM_FINDING_DEVICE_DMA, NOTE, 0, GUEST(MEMORY_REGIONS, 0, 0, 0x1000000),
		    ENTRY(PASSTHROUGH_DEVICES, 0) });
	set_passed(&s, 2, "uart", "/");
	finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0), NOBODY },
	      { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 1), NOBODY });
	/* Where no path works, that is the finding. */
	direct_init(AXVM_MODEL_0_7_3, AXVM_ARCH_X86_64);
	set_passed(&s, 1, "/soc/dma", NULL);
	finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0), NOBODY });
}

/* A range that is empty is no device, but one of a byte is. */
static void test_dma_of_range(void)
{
	for (uint64_t length = 0; length < 2; length++) {
		size_t said = 0;

		direct_init(AXVM_MODEL_0_7, AXVM_ARCH_AARCH64);
		set_passthrough(&s.passthrough[0], "a", 0x9000000, 0x9000000, length, 0);
		s.vm.passthrough_device_count = 1;
		check_vms(&s.vm, 1);
		for (size_t i = 0; i < finding_count; i++)
			said += findings[i].code == AXVM_FINDING_DEVICE_DMA;
		eq_uint(said, length, "of a range of that length");
	}
}

/* Where no region is of type alloc, what comes after the last one is not read. */
static void test_last_region(void)
{
	axvm_mem_config *end = (axvm_mem_config *)(void *)guard_end_of(2 * sizeof(*end));

	if (!ok(end != NULL, "memory"))
		return;
	each_row(m, models) {
		for (size_t count = 1; count <= 2; count++) {
			direct_init(models[m], AXVM_ARCH_AARCH64);
			set_passed(&s, 1, "/soc/dma", NULL);
			set_memory(end - 1, 0x4000000, 0x1000, RESERVED);
			set_memory(end - count, 0, 0x1000000, RESERVED);
			s.vm.memory_regions = end - count;
			s.vm.memory_region_count = count;
			finds_nothing(&s);
			end[-1].map_type = ALLOC;
			check_vms(&s.vm, 1);
			eq_uint(finding_count, 1, "the last one is read");
		}
	}
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_DMA, AXVM_FINDING_DEVICE_DMA);
}

int main(void)
{
	test(test_dma);
	test(test_dma_of_chipset);
	test(test_dma_by_path);
	test(test_dma_of_range);
	test(test_last_region);
	test(test_seen);
	return done();
}
