/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/device-dma.c. */
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
			/* The alloc one is told, wherever it is. */
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

static void test_dma_by_path(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
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
	for (size_t a = 0; a < COUNT(archs); a++) {
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
	/* Where no path works, that is the finding. */
	direct_init(AXVM_MODEL_0_7_3, AXVM_ARCH_X86_64);
	set_passed(&s, 1, "/soc/dma", NULL);
	finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0), NOBODY });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_DMA, AXVM_FINDING_DEVICE_DMA);
}

int main(void)
{
	test(test_dma);
	test(test_dma_by_path);
	test(test_seen);
	return done();
}
