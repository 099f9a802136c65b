/* SPDX-License-Identifier: Apache-2.0 OR MIT */
/*
 * A Linux kernel module for a guest of Axvisor: publishes a channel to another VM, with the
 * rings of version 2 in it, and unpublishes it when the module is removed.
 *
 *	make -C /lib/modules/$(uname -r)/build M=$PWD
 *	insmod ivc-publish.ko key=7
 *
 * The VM needs an ivc device in its configuration. AXVM_INCLUDE=DIR names another folder of
 * headers than /usr/include. A driver would add what this leaves out: sending, receiving and
 * the interrupt.
 */
#include <linux/types.h>

#include <linux/io.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <asm/barrier.h>
#ifdef CONFIG_X86_64
#include <asm/cpufeature.h>
#endif

#include <axvm/guest/hypercall.h>
#include <axvm/guest/ivc.h>

static unsigned long long key = 1;
module_param(key, ullong, 0444);
MODULE_PARM_DESC(key, "key of the channel");

static struct axvm_ivc_v2_region *region;

/* A call with up to three arguments; <axvm/guest/hypercall.h> has the registers. */
static u64 hypercall(u64 code, u64 first, u64 second, u64 third)
{
#if defined(CONFIG_ARM64)
	register u64 x0 __asm__("x0") = code;
	register u64 x1 __asm__("x1") = first;
	register u64 x2 __asm__("x2") = second;
	register u64 x3 __asm__("x3") = third;

	__asm__ volatile("hvc #0" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x3) : "memory");
	return x0;
#elif defined(CONFIG_X86_64)
	/* The other vendor's instruction is an invalid one. */
	if (boot_cpu_has(X86_FEATURE_VMMCALL))
		__asm__ volatile("vmmcall"
				 : "+a"(code)
				 : "D"(first), "S"(second), "d"(third)
				 : "memory");
	else
		__asm__ volatile("vmcall"
				 : "+a"(code)
				 : "D"(first), "S"(second), "d"(third)
				 : "memory");
	return code;
#elif defined(CONFIG_RISCV)
	register u64 a0 __asm__("a0") = first;
	register u64 a1 __asm__("a1") = second;
	register u64 a2 __asm__("a2") = third;
	register u64 a6 __asm__("a6") = code;
	register u64 a7 __asm__("a7") = AXVM_HYPERCALL_RISCV_EXTENSION;

	__asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a6), "r"(a7) : "memory");
	return a0;
#elif defined(CONFIG_LOONGARCH)
	register u64 a0 __asm__("$a0") = code;
	register u64 a1 __asm__("$a1") = first;
	register u64 a2 __asm__("$a2") = second;
	register u64 a3 __asm__("$a3") = third;

	/* hvcl 0, which older assemblers do not know. */
	__asm__ volatile(".word 0x002b8000" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a3) : "memory");
	return a0;
#else
#error Axvisor does not run guests of this architecture.
#endif
}

static void unpublish(void)
{
	if (!AXVM_HYPERCALL_SUCCEEDED(hypercall(AXVM_HYPERCALL_IVC_UNPUBLISH, key, 0, 0)))
		pr_err("ivc-publish: the channel cannot be unpublished\n");
}

static void write_ring(struct axvm_ivc_v2_ring *ring, __u32 direction)
{
	ring->direction = direction;
	ring->capacity = AXVM_IVC_V2_CAPACITY;
	ring->slot_payload_size = AXVM_IVC_V2_PAYLOAD_SIZE;
}

/* All but the channel header, which the hypervisor has written: subscribers compare it. */
static void write_region(struct axvm_ivc_v2_region *it)
{
	struct axvm_ivc_region_header *header = &it->header;

	memset((char *)it + sizeof(it->channel), 0, sizeof(*it) - sizeof(it->channel));
	write_ring(&it->to_subscriber, AXVM_IVC_DIRECTION_TO_SUBSCRIBER);
	write_ring(&it->to_publisher, AXVM_IVC_DIRECTION_TO_PUBLISHER);
	header->version = AXVM_IVC_REGION_V2;
	header->header_size = AXVM_IVC_V2_HEADER_SIZE;
	header->region_size = AXVM_IVC_V2_REGION_SIZE;
	header->features = AXVM_IVC_V2_FEATURES;
	header->publisher_ring_offset = AXVM_IVC_V2_PUBLISHER_RING_OFFSET;
	header->subscriber_ring_offset = AXVM_IVC_V2_SUBSCRIBER_RING_OFFSET;
	header->ring_size = AXVM_IVC_V2_RING_SIZE;
	/* Whoever sees the magic number sees all the rest. */
	smp_store_release(&header->magic, AXVM_IVC_REGION_MAGIC);
}

static int __init ivc_publish_init(void)
{
	/* Not on the stack: virt_to_phys() has no address for a stack that is mapped by pages. */
	struct slots {
		u64 base, size;
	} *slots = kzalloc(sizeof(*slots), GFP_KERNEL);
	u64 result, base, size;

	if (!slots)
		return -ENOMEM;
	slots->size = AXVM_IVC_V2_REGION_SIZE;
	result = hypercall(AXVM_HYPERCALL_IVC_PUBLISH, key, virt_to_phys(&slots->base),
			   virt_to_phys(&slots->size));
	base = slots->base;
	size = slots->size;
	kfree(slots);
	/* No errno: a call that fails gives no reason. */
	if (!AXVM_HYPERCALL_SUCCEEDED(result))
		return -EIO;
	/* From here on, the channel is there: take it back on every way out. */
	if (size < AXVM_IVC_V2_REGION_SIZE) {
		unpublish();
		return -ENOSPC;
	}
	/* Write-back memory, as the other VM maps it: no ioremap(). */
	region = memremap(base, AXVM_IVC_V2_REGION_SIZE, MEMREMAP_WB);
	if (!region) {
		unpublish();
		return -ENOMEM;
	}
	write_region(region);
	pr_info("ivc-publish: VM %llu publishes key %llu: %llu bytes at 0x%llx\n",
		(unsigned long long)region->channel.publisher_id, key, (unsigned long long)size,
		(unsigned long long)base);
	return 0;
}

static void __exit ivc_publish_exit(void)
{
	memunmap(region);
	unpublish();
}

module_init(ivc_publish_init);
module_exit(ivc_publish_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Publishes a channel to another VM of Axvisor");
