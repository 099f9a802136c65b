/* SPDX-License-Identifier: Apache-2.0 */
/* Whether what examples/ivc-publish.c writes into a channel is what the library expects. */
#include "../../../examples/ivc-publish.c"

#include <axvm/ivc.h>

/* What the module asks of a kernel, and this program never calls. */
u64 virt_to_phys(volatile void *address)
{
	return (u64)(__UINTPTR_TYPE__)address;
}

void *memremap(u64 address, unsigned long size, unsigned long flags)
{
	return size && flags ? (void *)(__UINTPTR_TYPE__)address : 0;
}

void memunmap(void *address)
{
	(void)address;
}

void *kzalloc(unsigned long size, unsigned int flags)
{
	static u64 memory[2];

	return size <= sizeof(memory) && flags ? memory : 0;
}

void kfree(const void *memory)
{
	(void)memory;
}

int boot_cpu_has(int feature)
{
	return feature;
}

int fake_printk(const char *format, ...)
{
	return *format;
}

int main(void)
{
	static struct axvm_ivc_v2_region shared;

	memset(&shared, 0x5a, sizeof(shared));
	shared.channel.publisher_id = 3;
	shared.channel.key = 7;
	write_region(&shared);
	return axvm_ivc_region_check(&shared, sizeof(shared), 3, 7);
}
