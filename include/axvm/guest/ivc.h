/* SPDX-License-Identifier: Apache-2.0 OR MIT */
#ifndef AXVM_GUEST_IVC_H
#define AXVM_GUEST_IVC_H

/**
 * @defgroup guest_ivc Shared memory of VMs, for guests
 * @brief Layouts and numbers of inter-VM communication (IVC).
 *
 * This header is for code that runs inside a guest: Linux kernel modules, RTOSes, user
 * programs and assembler, which sees the numbers only. It includes `<linux/types.h>` where
 * `__KERNEL__` is defined, `<stdint.h>` elsewhere, and needs no library. It does not compile
 * if a structure has another layout than it should. Its licence is Apache-2.0 or MIT, so
 * that a kernel module under GPL-2.0 can include it. axvm/ivc.h identifies and checks a copy
 * of a region, for tools.
 *
 * A channel is pages that two VMs share: axvm/guest/hypercall.h has the calls. The
 * hypervisor writes the first 16 bytes, axvm_ivc_channel_header. What follows is a protocol
 * of the guests. Releases of Axvisor and StarryOS use version 2, axvm_ivc_v2_region: two
 * rings, each with one writer and one reader. All numbers are little-endian.
 *
 * **The size granted.** The hypervisor rounds a request up to pages, and cuts it at a limit:
 *
 * | Axvisor | largest channel | all channels of a VM | content when new |
 * |---|---|---|---|
 * | before 0.6.0 | 4096 bytes | length of its ivc device | old bytes of the host |
 * | 0.6.0 | 1 MiB | 64 KiB | old bytes of the host |
 * | 0.7.0 and later | 16 MiB | 16 MiB | zero |
 *
 * Compare the size granted with what the layout needs. Before 0.6.0 it is always 4096.
 *
 * **The memory type.** Map the pages as normal, write-back memory, in both VMs. Device and
 * uncached mappings are against the contract of Axvisor.
 *
 * **The publisher** keeps axvm_ivc_channel_header as it is, clears what follows, writes both
 * rings and the region header, and writes `magic` last, with release order. **The
 * subscriber** compares publisher_id and key, waits for `magic`, reads it with acquire order,
 * and then checks every other word.
 *
 * **The rings.** head and tail count modulo 2^32. Slot number n is slots[n % capacity]. A
 * ring is full when tail - head is capacity or more. A writer reads head with acquire order,
 * fills the slot, and stores tail with release order. A reader reads tail with acquire order,
 * copies the slot, and stores head with release order. The members are plain: C, C++ and
 * kernels have different words for atomic ones.
 *
 * **Version 3 is two layouts** that do not understand each other: cells of 64 bytes, and
 * slots of 256 bytes. Neither is in a release that we know, so neither is here.
 * axvm_ivc_region_identify() distinguishes them.
 *
 * Left out on purpose: sending and receiving, which differ by kernel; the layouts of version
 * 3; ivshmem, which is in no release that we know; version 0, which Axvisor never had.
 * @{
 */

/** Size of a page in bytes; the size of a channel is a multiple of it. */
#define AXVM_IVC_PAGE_SIZE 4096

/** `magic` of a region: "IVC2" as a big-endian number, so that memory holds "2CVI". */
#define AXVM_IVC_REGION_MAGIC 0x49564332

/** `version` of a region of version 2. */
#define AXVM_IVC_REGION_V2 2

/** Size of a region of version 2 in bytes, with the channel header: what must be granted. */
#define AXVM_IVC_V2_REGION_SIZE 2240

/** Size of axvm_ivc_region_header in bytes. */
#define AXVM_IVC_V2_HEADER_SIZE 32

/** Size of a ring in bytes. */
#define AXVM_IVC_V2_RING_SIZE 1088

/** Offset in the region, in bytes, of the ring from the publisher to the subscriber. */
#define AXVM_IVC_V2_PUBLISHER_RING_OFFSET 64

/** Offset in the region, in bytes, of the ring from the subscriber to the publisher. */
#define AXVM_IVC_V2_SUBSCRIBER_RING_OFFSET 1152

/** Number of slots of a ring. */
#define AXVM_IVC_V2_CAPACITY 16

/** Most bytes of data in a slot; a longer message is cut without an error. */
#define AXVM_IVC_V2_PAYLOAD_SIZE 48

/** Size of a slot in bytes. */
#define AXVM_IVC_V2_SLOT_SIZE 64

/** `features` of a region of version 2. */
#define AXVM_IVC_V2_FEATURES 1

/** `direction` of the ring that the publisher writes. */
#define AXVM_IVC_DIRECTION_TO_SUBSCRIBER 1

/** `direction` of the ring that the subscriber writes. */
#define AXVM_IVC_DIRECTION_TO_PUBLISHER 2

/** `kind` of a slot: a request. */
#define AXVM_IVC_KIND_REQUEST 1

/** `kind` of a slot: an acknowledgement. */
#define AXVM_IVC_KIND_ACKNOWLEDGEMENT 2

/**
 * Number of the ioctl of Linux's /dev/axivc and of StarryOS that publishes a channel, with
 * an axvm_ivc_ioctl_publish. Here and below it is _IOW(0, n, 80 bytes) as x86_64, aarch64,
 * riscv64 and loongarch64 have it; MIPS, PowerPC and SPARC number otherwise.
 */
#define AXVM_IVC_IOCTL_PUBLISH 0x40500000

/** Number of the ioctl that unpublishes a channel, with an axvm_ivc_ioctl_publish. */
#define AXVM_IVC_IOCTL_UNPUBLISH 0x40500001

/** Number of the ioctl that subscribes to a channel, with an axvm_ivc_ioctl_subscribe. */
#define AXVM_IVC_IOCTL_SUBSCRIBE 0x40500002

/** Number of the ioctl that unsubscribes from a channel, with an axvm_ivc_ioctl_subscribe. */
#define AXVM_IVC_IOCTL_UNSUBSCRIBE 0x40500003

/** Size of the device names in the structures of the ioctls, in bytes, with the final NUL. */
#define AXVM_IVC_IOCTL_NAME_SIZE 64

#if !defined(__ASSEMBLER__) && !defined(__ASSEMBLY__)

#ifndef __KERNEL__
#include <stdint.h>

/** An unsigned number of 32 bits; `__u32` where `__KERNEL__` is defined. */
typedef uint32_t axvm_guest_u32;

/** An unsigned number of 64 bits; `__u64` where `__KERNEL__` is defined. */
typedef uint64_t axvm_guest_u64;
#else
#include <linux/types.h>

typedef __u32 axvm_guest_u32;
typedef __u64 axvm_guest_u64;
#endif

/**
 * `compatible` of the device tree node that describes the area of a VM's channels; `reg` is
 * the area. Axvisor 0.6.0 and later write it; there is none on x86_64.
 */
#define AXVM_IVC_FDT_COMPATIBLE "axvisor,ivc-channel"

/** Property of that node: the number of the interrupt of AXVM_HYPERCALL_IVC_NOTIFY. */
#define AXVM_IVC_FDT_NOTIFY_IRQ "axvisor,notify-irq"

/** Property of that node: the version of the node's format, which is 1. */
#define AXVM_IVC_FDT_VERSION "axvisor,ivc-version"

#if defined(__GNUC__)
/** In front of the first member of a structure: aligns the structure to so many bytes. */
#define AXVM_GUEST_ALIGNED(bytes) __attribute__((__aligned__(bytes)))
#elif defined(__cplusplus)
#define AXVM_GUEST_ALIGNED(bytes) alignas(bytes)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define AXVM_GUEST_ALIGNED(bytes) _Alignas(bytes)
#else
#define AXVM_GUEST_ALIGNED(bytes)
#endif

/** What the hypervisor writes at the begin of a channel. Guests only read it. */
typedef struct axvm_ivc_channel_header {
	AXVM_GUEST_ALIGNED(8) axvm_guest_u64 publisher_id; /**< Id of the publisher's VM. */
	axvm_guest_u64 key; /**< The publisher's key of the channel. */
} axvm_ivc_channel_header;

/** What the publisher writes after the channel header; the same words in versions 2 and 3. */
typedef struct axvm_ivc_region_header {
	axvm_guest_u32 magic; /**< AXVM_IVC_REGION_MAGIC; written last. */
	axvm_guest_u32 version; /**< AXVM_IVC_REGION_V2. */
	axvm_guest_u32 header_size; /**< AXVM_IVC_V2_HEADER_SIZE, in bytes. */
	axvm_guest_u32 region_size; /**< AXVM_IVC_V2_REGION_SIZE, in bytes. */
	axvm_guest_u32 features; /**< AXVM_IVC_V2_FEATURES. */
	axvm_guest_u32 publisher_ring_offset; /**< AXVM_IVC_V2_PUBLISHER_RING_OFFSET, in bytes. */
	axvm_guest_u32 subscriber_ring_offset; /**< AXVM_IVC_V2_SUBSCRIBER_RING_OFFSET, in bytes. */
	axvm_guest_u32 ring_size; /**< AXVM_IVC_V2_RING_SIZE, in bytes. */
} axvm_ivc_region_header;

/** A message of version 2. */
typedef struct axvm_ivc_v2_slot {
	AXVM_GUEST_ALIGNED(64) axvm_guest_u64 sequence; /**< Number of the message. */
	axvm_guest_u32 len; /**< Bytes of payload, 0 to AXVM_IVC_V2_PAYLOAD_SIZE. */
	axvm_guest_u32 kind; /**< One of AXVM_IVC_KIND_*. */
	unsigned char payload[AXVM_IVC_V2_PAYLOAD_SIZE]; /**< Data; zero after its end. */
} axvm_ivc_v2_slot;

/** A ring of version 2. */
typedef struct axvm_ivc_v2_ring {
	AXVM_GUEST_ALIGNED(64) axvm_guest_u32 direction; /**< One of AXVM_IVC_DIRECTION_*. */
	axvm_guest_u32 capacity; /**< AXVM_IVC_V2_CAPACITY. */
	axvm_guest_u32 slot_payload_size; /**< AXVM_IVC_V2_PAYLOAD_SIZE, in bytes. */
	axvm_guest_u32 head; /**< Count of slots read, modulo 2^32; the reader writes it. */
	axvm_guest_u32 tail; /**< Count of slots written, modulo 2^32; the writer writes it. */
	axvm_guest_u32 reserved[11]; /**< Zero. */
	axvm_ivc_v2_slot slots[AXVM_IVC_V2_CAPACITY]; /**< The messages. */
} axvm_ivc_v2_ring;

/** A region of version 2: all that the two VMs share. */
typedef struct axvm_ivc_v2_region {
	AXVM_GUEST_ALIGNED(64) axvm_ivc_channel_header channel; /**< The hypervisor's; read it. */
	axvm_ivc_region_header header; /**< The publisher's. */
	axvm_guest_u32 reserved[4]; /**< Zero. */
	axvm_ivc_v2_ring to_subscriber; /**< From the publisher to the subscriber. */
	axvm_ivc_v2_ring to_publisher; /**< From the subscriber to the publisher. */
} axvm_ivc_v2_region;

/** Argument of AXVM_IVC_IOCTL_PUBLISH and AXVM_IVC_IOCTL_UNPUBLISH. */
typedef struct axvm_ivc_ioctl_publish {
	AXVM_GUEST_ALIGNED(8) axvm_guest_u64 channel_key; /**< Key of the channel. */
	axvm_guest_u64 channel_size; /**< Size of the channel in bytes. */
	char device_name[AXVM_IVC_IOCTL_NAME_SIZE]; /**< Receives the name of its device. */
} axvm_ivc_ioctl_publish;

/** Argument of AXVM_IVC_IOCTL_SUBSCRIBE and AXVM_IVC_IOCTL_UNSUBSCRIBE. */
typedef struct axvm_ivc_ioctl_subscribe {
	AXVM_GUEST_ALIGNED(8) axvm_guest_u64 target_publisher_id; /**< Id of the publisher's VM. */
	axvm_guest_u64 channel_key; /**< Key of the channel. */
	char device_name[AXVM_IVC_IOCTL_NAME_SIZE]; /**< Receives the name of its device. */
} axvm_ivc_ioctl_subscribe;

/* Older C of other compilers has no assertion: there the test programs hold the layout. */
#if defined(__GNUC__) && !defined(__cplusplus)
/** Does not compile unless the condition is true. */
#define AXVM_GUEST_ASSERT(condition) __extension__ _Static_assert(condition, #condition)
#elif defined(__cplusplus)
#define AXVM_GUEST_ASSERT(condition) static_assert(condition, #condition)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define AXVM_GUEST_ASSERT(condition) _Static_assert(condition, #condition)
#else
#define AXVM_GUEST_ASSERT(condition) struct axvm_guest_assert
#endif

AXVM_GUEST_ASSERT(sizeof(axvm_guest_u32) == 4);
AXVM_GUEST_ASSERT(sizeof(axvm_guest_u64) == 8);
AXVM_GUEST_ASSERT(sizeof(axvm_ivc_channel_header) == 16);
AXVM_GUEST_ASSERT(sizeof(axvm_ivc_region_header) == AXVM_IVC_V2_HEADER_SIZE);
AXVM_GUEST_ASSERT(sizeof(axvm_ivc_v2_slot) == AXVM_IVC_V2_SLOT_SIZE);
AXVM_GUEST_ASSERT(sizeof(axvm_ivc_v2_ring) == AXVM_IVC_V2_RING_SIZE);
AXVM_GUEST_ASSERT(sizeof(axvm_ivc_v2_region) == AXVM_IVC_V2_REGION_SIZE);
AXVM_GUEST_ASSERT(sizeof(axvm_ivc_ioctl_publish) == 80);
AXVM_GUEST_ASSERT(sizeof(axvm_ivc_ioctl_subscribe) == 80);

#if defined(__GNUC__)
/** Does not compile unless the member is at that offset; for compilers that GCC's words suit. */
#define AXVM_GUEST_ASSERT_OFFSET(type, member, offset)                                             \
	AXVM_GUEST_ASSERT(__builtin_offsetof(type, member) == (offset))

AXVM_GUEST_ASSERT(__alignof__(axvm_ivc_channel_header) == 8);
AXVM_GUEST_ASSERT(__alignof__(axvm_ivc_v2_slot) == 64);
AXVM_GUEST_ASSERT(__alignof__(axvm_ivc_v2_ring) == 64);
AXVM_GUEST_ASSERT(__alignof__(axvm_ivc_v2_region) == 64);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_channel_header, publisher_id, 0);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_channel_header, key, 8);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_region_header, magic, 0);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_region_header, version, 4);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_region_header, header_size, 8);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_region_header, region_size, 12);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_region_header, features, 16);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_region_header, publisher_ring_offset, 20);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_region_header, subscriber_ring_offset, 24);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_region_header, ring_size, 28);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_slot, sequence, 0);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_slot, len, 8);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_slot, kind, 12);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_slot, payload, 16);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_ring, direction, 0);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_ring, capacity, 4);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_ring, slot_payload_size, 8);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_ring, head, 12);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_ring, tail, 16);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_ring, reserved, 20);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_ring, slots, 64);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_region, channel, 0);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_region, header, 16);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_region, reserved, 48);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_region, to_subscriber, AXVM_IVC_V2_PUBLISHER_RING_OFFSET);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_v2_region, to_publisher, AXVM_IVC_V2_SUBSCRIBER_RING_OFFSET);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_ioctl_publish, channel_key, 0);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_ioctl_publish, channel_size, 8);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_ioctl_publish, device_name, 16);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_ioctl_subscribe, target_publisher_id, 0);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_ioctl_subscribe, channel_key, 8);
AXVM_GUEST_ASSERT_OFFSET(axvm_ivc_ioctl_subscribe, device_name, 16);
#endif

#endif

/** @} */

#endif
