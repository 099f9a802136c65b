/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/ivc.h>

#include "export.h"
#include "names.h"

#define LAYOUTS(NAME)                                                                              \
	NAME(AXVM_IVC_LAYOUT_NONE, "none")                                                         \
	NAME(AXVM_IVC_LAYOUT_V2, "v2")                                                             \
	NAME(AXVM_IVC_LAYOUT_V3_CELLS, "v3-cells")                                                 \
	NAME(AXVM_IVC_LAYOUT_V3_SLOTS, "v3-slots")
AXVM_NAMES(layouts, axvm_ivc_layout, LAYOUTS, case AXVM_IVC_LAYOUT_UNKNOWN:)

AXVM_EXPORT bool axvm_ivc_layout_try_from_usize(uint64_t value, axvm_ivc_layout *out)
{
	return axvm_names_try_from_usize(layouts, AXVM_NAMES_COUNT(layouts), value, out);
}

AXVM_EXPORT const char *axvm_ivc_layout_name(axvm_ivc_layout layout)
{
	return axvm_names_name(layouts, AXVM_NAMES_COUNT(layouts), layout);
}

AXVM_EXPORT bool axvm_ivc_layout_from_name(const char *name, axvm_ivc_layout *out)
{
	return axvm_names_from_name(layouts, AXVM_NAMES_COUNT(layouts), name, out);
}

#define PROBLEMS(NAME)                                                                             \
	NAME(AXVM_IVC_PROBLEM_NONE, "none")                                                        \
	NAME(AXVM_IVC_PROBLEM_LENGTH, "length")                                                    \
	NAME(AXVM_IVC_PROBLEM_PUBLISHER_ID, "publisher-id")                                        \
	NAME(AXVM_IVC_PROBLEM_KEY, "key")                                                          \
	NAME(AXVM_IVC_PROBLEM_MAGIC, "magic")                                                      \
	NAME(AXVM_IVC_PROBLEM_VERSION, "version")                                                  \
	NAME(AXVM_IVC_PROBLEM_HEADER_SIZE, "header-size")                                          \
	NAME(AXVM_IVC_PROBLEM_REGION_SIZE, "region-size")                                          \
	NAME(AXVM_IVC_PROBLEM_FEATURES, "features")                                                \
	NAME(AXVM_IVC_PROBLEM_PUBLISHER_RING_OFFSET, "publisher-ring-offset")                      \
	NAME(AXVM_IVC_PROBLEM_SUBSCRIBER_RING_OFFSET, "subscriber-ring-offset")                    \
	NAME(AXVM_IVC_PROBLEM_RING_SIZE, "ring-size")                                              \
	NAME(AXVM_IVC_PROBLEM_PUBLISHER_DIRECTION, "publisher-direction")                          \
	NAME(AXVM_IVC_PROBLEM_PUBLISHER_CAPACITY, "publisher-capacity")                            \
	NAME(AXVM_IVC_PROBLEM_PUBLISHER_PAYLOAD_SIZE, "publisher-payload-size")                    \
	NAME(AXVM_IVC_PROBLEM_SUBSCRIBER_DIRECTION, "subscriber-direction")                        \
	NAME(AXVM_IVC_PROBLEM_SUBSCRIBER_CAPACITY, "subscriber-capacity")                          \
	NAME(AXVM_IVC_PROBLEM_SUBSCRIBER_PAYLOAD_SIZE, "subscriber-payload-size")
AXVM_NAMES(problems, axvm_ivc_problem, PROBLEMS, )

AXVM_EXPORT bool axvm_ivc_problem_try_from_usize(uint64_t value, axvm_ivc_problem *out)
{
	return axvm_names_try_from_usize(problems, AXVM_NAMES_COUNT(problems), value, out);
}

AXVM_EXPORT const char *axvm_ivc_problem_name(axvm_ivc_problem problem)
{
	return axvm_names_name(problems, AXVM_NAMES_COUNT(problems), problem);
}

AXVM_EXPORT bool axvm_ivc_problem_from_name(const char *name, axvm_ivc_problem *out)
{
	return axvm_names_from_name(problems, AXVM_NAMES_COUNT(problems), name, out);
}

/* By bytes: a copy has any alignment, and the host any byte order. */
static uint32_t word_at(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	       (uint32_t)at[3] << 24;
}

static uint64_t long_word_at(const unsigned char *at)
{
	return word_at(at) | (uint64_t)word_at(at + 4) << 32;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MAGIC_OFFSET offsetof(axvm_ivc_v2_region, header)

/* The words of a region header after the magic number, in the order of the problems. */
struct layout {
	uint16_t words[7];
	axvm_ivc_layout layout;
};

/* Those of version 3 have no names: nothing but this knows them. */
static const struct layout known[] = {
	{ { AXVM_IVC_REGION_V2, AXVM_IVC_V2_HEADER_SIZE, AXVM_IVC_V2_REGION_SIZE,
	    AXVM_IVC_V2_FEATURES, AXVM_IVC_V2_PUBLISHER_RING_OFFSET,
	    AXVM_IVC_V2_SUBSCRIBER_RING_OFFSET, AXVM_IVC_V2_RING_SIZE },
	  AXVM_IVC_LAYOUT_V2 },
	{ { 3, 32, 2240, 1, 64, 1152, 1088 }, AXVM_IVC_LAYOUT_V3_CELLS },
	{ { 3, 32, 17152, 1, 256, 8704, 8448 }, AXVM_IVC_LAYOUT_V3_SLOTS },
};

#define RING_WORD(ring, member) offsetof(axvm_ivc_v2_region, ring.member)

/* The words of the rings of version 2. */
static const struct {
	uint16_t offset, wanted;
	axvm_ivc_problem problem;
} ring_words[] = {
	{ RING_WORD(to_subscriber, direction), AXVM_IVC_DIRECTION_TO_SUBSCRIBER,
	  AXVM_IVC_PROBLEM_PUBLISHER_DIRECTION },
	{ RING_WORD(to_subscriber, capacity), AXVM_IVC_V2_CAPACITY,
	  AXVM_IVC_PROBLEM_PUBLISHER_CAPACITY },
	{ RING_WORD(to_subscriber, slot_payload_size), AXVM_IVC_V2_PAYLOAD_SIZE,
	  AXVM_IVC_PROBLEM_PUBLISHER_PAYLOAD_SIZE },
	{ RING_WORD(to_publisher, direction), AXVM_IVC_DIRECTION_TO_PUBLISHER,
	  AXVM_IVC_PROBLEM_SUBSCRIBER_DIRECTION },
	{ RING_WORD(to_publisher, capacity), AXVM_IVC_V2_CAPACITY,
	  AXVM_IVC_PROBLEM_SUBSCRIBER_CAPACITY },
	{ RING_WORD(to_publisher, slot_payload_size), AXVM_IVC_V2_PAYLOAD_SIZE,
	  AXVM_IVC_PROBLEM_SUBSCRIBER_PAYLOAD_SIZE },
};

/* The first word of a region header that differs from those of a layout. */
static axvm_ivc_problem compare(const unsigned char *region, const uint16_t words[7])
{
	if (word_at(region + MAGIC_OFFSET) != AXVM_IVC_REGION_MAGIC)
		return AXVM_IVC_PROBLEM_MAGIC;
	for (size_t i = 0; i < COUNT(known[0].words); i++) {
		if (word_at(region + MAGIC_OFFSET + 4 * (i + 1)) != words[i])
			return (axvm_ivc_problem)(AXVM_IVC_PROBLEM_VERSION + i);
	}
	return AXVM_IVC_PROBLEM_NONE;
}

AXVM_EXPORT bool axvm_ivc_region_identify(const void *bytes, size_t length, axvm_ivc_layout *out)
{
	axvm_ivc_problem problem = AXVM_IVC_PROBLEM_NONE;

	if (length < AXVM_IVC_HEADER_COPY_SIZE)
		return false;
	for (size_t i = 0; i < COUNT(known); i++) {
		problem = compare(bytes, known[i].words);
		if (problem == AXVM_IVC_PROBLEM_NONE) {
			*out = known[i].layout;
			return true;
		}
	}
	*out = problem == AXVM_IVC_PROBLEM_MAGIC ? AXVM_IVC_LAYOUT_NONE : AXVM_IVC_LAYOUT_UNKNOWN;
	return true;
}

AXVM_EXPORT axvm_ivc_problem axvm_ivc_region_check(const void *bytes, size_t length,
						   uint64_t publisher, uint64_t key)
{
	const unsigned char *region = bytes;
	axvm_ivc_problem problem;

	if (length < AXVM_IVC_HEADER_COPY_SIZE)
		return AXVM_IVC_PROBLEM_LENGTH;
	if (long_word_at(region) != publisher)
		return AXVM_IVC_PROBLEM_PUBLISHER_ID;
	if (long_word_at(region + offsetof(axvm_ivc_channel_header, key)) != key)
		return AXVM_IVC_PROBLEM_KEY;
	problem = compare(region, known[0].words);
	if (problem != AXVM_IVC_PROBLEM_NONE || length < AXVM_IVC_V2_REGION_SIZE)
		return problem;
	for (size_t i = 0; i < COUNT(ring_words); i++) {
		if (word_at(region + ring_words[i].offset) != ring_words[i].wanted)
			return ring_words[i].problem;
	}
	return AXVM_IVC_PROBLEM_NONE;
}
