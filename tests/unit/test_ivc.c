/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/ivc.h>

#include "tap.h"

#ifdef __linux__
#include <sys/ioctl.h>
#endif

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PUBLISHER UINT64_C(0x1122334455667788)
#define KEY UINT64_C(0x99aabbccddeeff00)

/* ------------------------------------------------------------------ the guest header */

/* clang-format off */
#define SIZE(type, size, align) { #type, sizeof(type), size, _Alignof(type), align }
#define PLACE(type, member, offset, size)                                                          \
	{ #type "." #member, offsetof(type, member), offset, sizeof(((type *)0)->member), size }
/* clang-format on */

/* The same on every host; the alignment of a word is that of uint32_t. */
static const struct {
	const char *what;
	size_t got, wanted, got_more, wanted_more;
} pins[] = {
	SIZE(axvm_ivc_channel_header, 16, 8),
	PLACE(axvm_ivc_channel_header, publisher_id, 0, 8),
	PLACE(axvm_ivc_channel_header, key, 8, 8),
	SIZE(axvm_ivc_region_header, 32, _Alignof(uint32_t)),
	PLACE(axvm_ivc_region_header, magic, 0, 4),
	PLACE(axvm_ivc_region_header, version, 4, 4),
	PLACE(axvm_ivc_region_header, header_size, 8, 4),
	PLACE(axvm_ivc_region_header, region_size, 12, 4),
	PLACE(axvm_ivc_region_header, features, 16, 4),
	PLACE(axvm_ivc_region_header, publisher_ring_offset, 20, 4),
	PLACE(axvm_ivc_region_header, subscriber_ring_offset, 24, 4),
	PLACE(axvm_ivc_region_header, ring_size, 28, 4),
	SIZE(axvm_ivc_v2_slot, 64, 64),
	PLACE(axvm_ivc_v2_slot, sequence, 0, 8),
	PLACE(axvm_ivc_v2_slot, len, 8, 4),
	PLACE(axvm_ivc_v2_slot, kind, 12, 4),
	PLACE(axvm_ivc_v2_slot, payload, 16, 48),
	SIZE(axvm_ivc_v2_ring, 1088, 64),
	PLACE(axvm_ivc_v2_ring, direction, 0, 4),
	PLACE(axvm_ivc_v2_ring, capacity, 4, 4),
	PLACE(axvm_ivc_v2_ring, slot_payload_size, 8, 4),
	PLACE(axvm_ivc_v2_ring, head, 12, 4),
	PLACE(axvm_ivc_v2_ring, tail, 16, 4),
	PLACE(axvm_ivc_v2_ring, reserved, 20, 44),
	PLACE(axvm_ivc_v2_ring, slots, 64, 1024),
	SIZE(axvm_ivc_v2_region, 2240, 64),
	PLACE(axvm_ivc_v2_region, channel, 0, 16),
	PLACE(axvm_ivc_v2_region, header, 16, 32),
	PLACE(axvm_ivc_v2_region, reserved, 48, 16),
	PLACE(axvm_ivc_v2_region, to_subscriber, 64, 1088),
	PLACE(axvm_ivc_v2_region, to_publisher, 1152, 1088),
	SIZE(axvm_ivc_ioctl_publish, 80, 8),
	PLACE(axvm_ivc_ioctl_publish, channel_key, 0, 8),
	PLACE(axvm_ivc_ioctl_publish, channel_size, 8, 8),
	PLACE(axvm_ivc_ioctl_publish, device_name, 16, 64),
	SIZE(axvm_ivc_ioctl_subscribe, 80, 8),
	PLACE(axvm_ivc_ioctl_subscribe, target_publisher_id, 0, 8),
	PLACE(axvm_ivc_ioctl_subscribe, channel_key, 8, 8),
	PLACE(axvm_ivc_ioctl_subscribe, device_name, 16, 64),
};

static const struct {
	uint64_t got, wanted;
} numbers[] = {
	{ AXVM_IVC_PAGE_SIZE, 4096 },
	{ AXVM_IVC_REGION_MAGIC, 0x49564332 },
	{ AXVM_IVC_REGION_V2, 2 },
	{ AXVM_IVC_V2_REGION_SIZE, 2240 },
	{ AXVM_IVC_V2_HEADER_SIZE, 32 },
	{ AXVM_IVC_V2_RING_SIZE, 1088 },
	{ AXVM_IVC_V2_PUBLISHER_RING_OFFSET, 64 },
	{ AXVM_IVC_V2_SUBSCRIBER_RING_OFFSET, 1152 },
	{ AXVM_IVC_V2_CAPACITY, 16 },
	{ AXVM_IVC_V2_PAYLOAD_SIZE, 48 },
	{ AXVM_IVC_V2_SLOT_SIZE, 64 },
	{ AXVM_IVC_V2_FEATURES, 1 },
	{ AXVM_IVC_DIRECTION_TO_SUBSCRIBER, 1 },
	{ AXVM_IVC_DIRECTION_TO_PUBLISHER, 2 },
	{ AXVM_IVC_KIND_REQUEST, 1 },
	{ AXVM_IVC_KIND_ACKNOWLEDGEMENT, 2 },
	{ AXVM_IVC_IOCTL_PUBLISH, 0x40500000 },
	{ AXVM_IVC_IOCTL_UNPUBLISH, 0x40500001 },
	{ AXVM_IVC_IOCTL_SUBSCRIBE, 0x40500002 },
	{ AXVM_IVC_IOCTL_UNSUBSCRIBE, 0x40500003 },
	{ AXVM_IVC_IOCTL_NAME_SIZE, 64 },
	{ AXVM_IVC_HEADER_COPY_SIZE, 64 },
};

static void test_pins(void)
{
	each_row(i, pins) {
		eq_uint(pins[i].got, pins[i].wanted, pins[i].what);
		eq_uint(pins[i].got_more, pins[i].wanted_more, pins[i].what);
	}
	each_row(i, numbers)
		eq_uint(numbers[i].got, numbers[i].wanted, "a number");
	eq_str(AXVM_IVC_FDT_COMPATIBLE, "axvisor,ivc-channel", "compatible");
	eq_str(AXVM_IVC_FDT_NOTIFY_IRQ, "axvisor,notify-irq", "the interrupt");
	eq_str(AXVM_IVC_FDT_VERSION, "axvisor,ivc-version", "the version");
}

/* By the kernel's own macro, where it numbers as Axvisor's guests do. */
static void test_ioctls(void)
{
#if defined(_IOW) && defined(__linux__) &&                                                         \
	(defined(__x86_64__) || defined(__i386__) || defined(__aarch64__) || defined(__riscv) ||   \
	 defined(__loongarch__) || defined(__s390x__))
	eq_uint(AXVM_IVC_IOCTL_PUBLISH, _IOW(0, 0, axvm_ivc_ioctl_publish), "publish");
	eq_uint(AXVM_IVC_IOCTL_UNPUBLISH, _IOW(0, 1, axvm_ivc_ioctl_publish), "unpublish");
	eq_uint(AXVM_IVC_IOCTL_SUBSCRIBE, _IOW(0, 2, axvm_ivc_ioctl_subscribe), "subscribe");
	eq_uint(AXVM_IVC_IOCTL_UNSUBSCRIBE, _IOW(0, 3, axvm_ivc_ioctl_subscribe), "unsubscribe");
#else
	ok(true, "another numbering of ioctls");
#endif
}

/* ------------------------------------------------------------------ identify and check */

static void put(unsigned char *at, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

/* The words of a region by offset, in each layout: written out, as a guest would have them. */
static const struct {
	size_t offset;
	uint32_t v2, v3_cells, v3_slots;
	axvm_ivc_problem problem;
} words[] = {
	{ 16, 0x49564332, 0x49564332, 0x49564332, AXVM_IVC_PROBLEM_MAGIC },
	{ 20, 2, 3, 3, AXVM_IVC_PROBLEM_VERSION },
	{ 24, 32, 32, 32, AXVM_IVC_PROBLEM_HEADER_SIZE },
	{ 28, 2240, 2240, 17152, AXVM_IVC_PROBLEM_REGION_SIZE },
	{ 32, 1, 1, 1, AXVM_IVC_PROBLEM_FEATURES },
	{ 36, 64, 64, 256, AXVM_IVC_PROBLEM_PUBLISHER_RING_OFFSET },
	{ 40, 1152, 1152, 8704, AXVM_IVC_PROBLEM_SUBSCRIBER_RING_OFFSET },
	{ 44, 1088, 1088, 8448, AXVM_IVC_PROBLEM_RING_SIZE },
};

static const struct {
	size_t offset;
	uint32_t word;
	axvm_ivc_problem problem;
} ring_words[] = {
	{ 64, 1, AXVM_IVC_PROBLEM_PUBLISHER_DIRECTION },
	{ 68, 16, AXVM_IVC_PROBLEM_PUBLISHER_CAPACITY },
	{ 72, 48, AXVM_IVC_PROBLEM_PUBLISHER_PAYLOAD_SIZE },
	{ 1152, 2, AXVM_IVC_PROBLEM_SUBSCRIBER_DIRECTION },
	{ 1156, 16, AXVM_IVC_PROBLEM_SUBSCRIBER_CAPACITY },
	{ 1160, 48, AXVM_IVC_PROBLEM_SUBSCRIBER_PAYLOAD_SIZE },
};

/* One byte more, so that a region can be at an odd address. */
static unsigned char memory[2241];

static void make(unsigned char *region, axvm_ivc_layout layout)
{
	memset(memory, 0x5a, sizeof(memory));
	put(region, PUBLISHER, 8);
	put(region + 8, KEY, 8);
	each_row(i, words)
		put(region + words[i].offset,
		    layout == AXVM_IVC_LAYOUT_V2	 ? words[i].v2
		    : layout == AXVM_IVC_LAYOUT_V3_CELLS ? words[i].v3_cells
							 : words[i].v3_slots,
		    4);
	each_row(i, ring_words)
		put(region + ring_words[i].offset, ring_words[i].word, 4);
}

static axvm_ivc_layout identify(const unsigned char *region)
{
	axvm_ivc_layout layout = 0xee;

	ok(axvm_ivc_region_identify(region, 64, &layout), "identify");
	return layout;
}

static void test_identify(void)
{
	for (size_t shift = 0; shift < 2; shift++) {
		unsigned char *region = memory + shift;

		make(region, AXVM_IVC_LAYOUT_V2);
		eq_uint(identify(region), AXVM_IVC_LAYOUT_V2, "version 2");
		make(region, AXVM_IVC_LAYOUT_V3_CELLS);
		eq_uint(identify(region), AXVM_IVC_LAYOUT_V3_CELLS, "version 3 with cells");
		make(region, AXVM_IVC_LAYOUT_V3_SLOTS);
		eq_uint(identify(region), AXVM_IVC_LAYOUT_V3_SLOTS, "version 3 with slots");
		put(region + 16, 0, 4);
		eq_uint(identify(region), AXVM_IVC_LAYOUT_NONE, "not initialised");
	}
	/* Any word of any layout: then it is none of them. */
	for (axvm_ivc_layout layout = AXVM_IVC_LAYOUT_V2; layout <= AXVM_IVC_LAYOUT_V3_SLOTS;
	     layout++) {
		each_row(i, words) {
			for (int bit = 0; bit < 32; bit += 31) {
				axvm_ivc_layout wanted =
					i == 0 ? AXVM_IVC_LAYOUT_NONE : AXVM_IVC_LAYOUT_UNKNOWN;

				make(memory, layout);
				memory[words[i].offset + (size_t)(bit / 8)] ^=
					(unsigned char)(1 << bit % 8);
				/* Apart by their number only. */
				if (i == 1 && bit == 0 && layout != AXVM_IVC_LAYOUT_V3_SLOTS)
					wanted = layout == AXVM_IVC_LAYOUT_V2
							 ? AXVM_IVC_LAYOUT_V3_CELLS
							 : AXVM_IVC_LAYOUT_V2;
				eq_uint(identify(memory), wanted, "one bit is wrong");
			}
		}
	}
}

static void test_identify_length(void)
{
	axvm_ivc_layout layout = 0xee;

	make(memory, AXVM_IVC_LAYOUT_V2);
	for (size_t length = 0; length < 64; length++)
		ok(!axvm_ivc_region_identify(memory, length, &layout), "too short");
	eq_uint(layout, 0xee, "out is untouched");
	ok(axvm_ivc_region_identify(memory, 0x10000, &layout), "long enough");
	ok(axvm_ivc_region_identify(memory, SIZE_MAX, &layout), "long enough");
	eq_uint(layout, AXVM_IVC_LAYOUT_V2, "and no more is read");
}

static void test_check(void)
{
	for (size_t shift = 0; shift < 2; shift++) {
		make(memory + shift, AXVM_IVC_LAYOUT_V2);
		eq_uint(axvm_ivc_region_check(memory + shift, 64, PUBLISHER, KEY),
			AXVM_IVC_PROBLEM_NONE, "a header");
		eq_uint(axvm_ivc_region_check(memory + shift, 2240, PUBLISHER, KEY),
			AXVM_IVC_PROBLEM_NONE, "a region");
	}
	make(memory, AXVM_IVC_LAYOUT_V2);
	for (size_t length = 0; length < 64; length++)
		eq_uint(axvm_ivc_region_check(memory, length, PUBLISHER, KEY),
			AXVM_IVC_PROBLEM_LENGTH, "too short");
	make(memory, AXVM_IVC_LAYOUT_V3_CELLS);
	eq_uint(axvm_ivc_region_check(memory, 64, PUBLISHER, KEY), AXVM_IVC_PROBLEM_VERSION,
		"version 3");
}

static void test_check_words(void)
{
	for (unsigned int bit = 0; bit < 64; bit++) {
		make(memory, AXVM_IVC_LAYOUT_V2);
		eq_uint(axvm_ivc_region_check(memory, 64, PUBLISHER ^ UINT64_C(1) << bit, ~KEY),
			AXVM_IVC_PROBLEM_PUBLISHER_ID, "the publisher, and it comes first");
		eq_uint(axvm_ivc_region_check(memory, 64, PUBLISHER, KEY ^ UINT64_C(1) << bit),
			AXVM_IVC_PROBLEM_KEY, "the key");
	}
	each_row(i, words) {
		for (size_t byte = 0; byte < 4; byte++) {
			make(memory, AXVM_IVC_LAYOUT_V2);
			memory[words[i].offset + byte] ^= 0x10;
			/* The first that is wrong is what counts. */
			memory[47] ^= 0x80;
			eq_uint(axvm_ivc_region_check(memory, 2240, PUBLISHER, KEY),
				words[i].problem, "a word of the header");
		}
	}
	each_row(i, ring_words) {
		for (size_t byte = 0; byte < 4; byte++) {
			make(memory, AXVM_IVC_LAYOUT_V2);
			memory[ring_words[i].offset + byte] ^= 0x10;
			eq_uint(axvm_ivc_region_check(memory, 2240, PUBLISHER, KEY),
				ring_words[i].problem, "a word of a ring");
			eq_uint(axvm_ivc_region_check(memory, 2239, PUBLISHER, KEY),
				AXVM_IVC_PROBLEM_NONE, "which a copy of the header does not have");
		}
	}
}

/* ------------------------------------------------------------------ names */

static const char *const layout_names[] = { "unknown", "none", "v2", "v3-cells", "v3-slots" };
static const char *const problem_names[] = {
	"none",
	"length",
	"publisher-id",
	"key",
	"magic",
	"version",
	"header-size",
	"region-size",
	"features",
	"publisher-ring-offset",
	"subscriber-ring-offset",
	"ring-size",
	"publisher-direction",
	"publisher-capacity",
	"publisher-payload-size",
	"subscriber-direction",
	"subscriber-capacity",
	"subscriber-payload-size",
};

static void test_names(void)
{
	for (uint64_t number = 0; number <= 0x101; number++) {
		axvm_ivc_layout layout = 0xee;
		axvm_ivc_problem problem = 0xee;
		bool is_layout = number >= 1 && number < COUNT(layout_names);
		bool is_problem = number < COUNT(problem_names);

		eq_uint(axvm_ivc_layout_try_from_usize(number, &layout), is_layout, "a layout");
		eq_uint(layout, is_layout ? number : 0xee, "and which");
		eq_uint(axvm_ivc_problem_try_from_usize(number, &problem), is_problem, "a problem");
		eq_uint(problem, is_problem ? number : 0xee, "and which");
		if (number > 0xff)
			continue;
		eq_str(axvm_ivc_layout_name((uint8_t)number),
		       is_layout ? layout_names[number] : "unknown", "name of a layout");
		eq_str(axvm_ivc_problem_name((uint8_t)number),
		       is_problem ? problem_names[number] : "unknown", "name of a problem");
		layout = problem = 0xee;
		eq_uint(axvm_ivc_layout_from_name(axvm_ivc_layout_name((uint8_t)number), &layout),
			is_layout, "and back");
		eq_uint(layout, is_layout ? number : 0xee, "and which");
		eq_uint(axvm_ivc_problem_from_name(axvm_ivc_problem_name((uint8_t)number),
						   &problem),
			is_problem, "and back");
		eq_uint(problem, is_problem ? number : 0xee, "and which");
	}
	ok(!axvm_ivc_layout_from_name(NULL, &(axvm_ivc_layout){ 0 }), "NULL is no name");
	ok(!axvm_ivc_problem_from_name("", &(axvm_ivc_problem){ 0 }), "nor is nothing");
}

int main(void)
{
	test(test_pins);
	test(test_ioctls);
	test(test_identify);
	test(test_identify_length);
	test(test_check);
	test(test_check_words);
	test(test_names);
	return done();
}
