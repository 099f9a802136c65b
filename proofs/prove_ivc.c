/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/ivc.h>

#include "proof_names.h"

static bool is_layout(uint64_t value)
{
	return value >= 1 && value <= 4;
}

void prove_axvm_ivc_layout_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_ivc_layout, is_layout);
}

static const struct named ivc_layout_names[] = {
	{ 1, "none" },
	{ 2, "v2" },
	{ 3, "v3-cells" },
	{ 4, "v3-slots" },
};

void prove_axvm_ivc_layout_name(void)
{
	PROVE_NAME(axvm_ivc_layout, is_layout, ivc_layout_names);
}

void prove_axvm_ivc_layout_from_name(void)
{
	PROVE_FROM_NAME(axvm_ivc_layout, ivc_layout_names, no_alias);
}

static bool is_problem(uint64_t value)
{
	return value <= 17;
}

void prove_axvm_ivc_problem_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_ivc_problem, is_problem);
}

static const struct named ivc_problem_names[] = {
	{ 0, "none" },
	{ 1, "length" },
	{ 2, "publisher-id" },
	{ 3, "key" },
	{ 4, "magic" },
	{ 5, "version" },
	{ 6, "header-size" },
	{ 7, "region-size" },
	{ 8, "features" },
	{ 9, "publisher-ring-offset" },
	{ 10, "subscriber-ring-offset" },
	{ 11, "ring-size" },
	{ 12, "publisher-direction" },
	{ 13, "publisher-capacity" },
	{ 14, "publisher-payload-size" },
	{ 15, "subscriber-direction" },
	{ 16, "subscriber-capacity" },
	{ 17, "subscriber-payload-size" },
};

void prove_axvm_ivc_problem_name(void)
{
	PROVE_NAME(axvm_ivc_problem, is_problem, ivc_problem_names);
}

void prove_axvm_ivc_problem_from_name(void)
{
	PROVE_FROM_NAME(axvm_ivc_problem, ivc_problem_names, no_alias);
}

static uint64_t number_at(const uint8_t *at, int bytes)
{
	uint64_t n = 0;

	while (bytes-- > 0)
		n = n << 8 | at[bytes];
	return n;
}

/* Each of three layouts is what its words say, and all else is unknown or not initialised. */
void prove_axvm_ivc_region_identify(void)
{
	uint8_t region[AXVM_IVC_HEADER_COPY_SIZE], before = nondet_uint8(), out = before;
	size_t length = nondet_size();
	uint64_t magic = number_at(region + 16, 4), version = number_at(region + 20, 4);
	bool known = axvm_ivc_region_identify(region, length, &out);
	bool small, large;

	PROVE(known == (length >= sizeof(region)));
	if (!known) {
		PROVE(out == before);
		return;
	}
	small = number_at(region + 24, 4) == 32 && number_at(region + 28, 4) == 2240 &&
		number_at(region + 32, 4) == 1 && number_at(region + 36, 4) == 64 &&
		number_at(region + 40, 4) == 1152 && number_at(region + 44, 4) == 1088;
	large = number_at(region + 24, 4) == 32 && number_at(region + 28, 4) == 17152 &&
		number_at(region + 32, 4) == 1 && number_at(region + 36, 4) == 256 &&
		number_at(region + 40, 4) == 8704 && number_at(region + 44, 4) == 8448;
	PROVE((out == AXVM_IVC_LAYOUT_NONE) == (magic != 0x49564332));
	PROVE((out == AXVM_IVC_LAYOUT_V2) == (magic == 0x49564332 && version == 2 && small));
	PROVE((out == AXVM_IVC_LAYOUT_V3_CELLS) == (magic == 0x49564332 && version == 3 && small));
	PROVE((out == AXVM_IVC_LAYOUT_V3_SLOTS) == (magic == 0x49564332 && version == 3 && large));
	PROVE(out <= AXVM_IVC_LAYOUT_V3_SLOTS);
	REACHED(out == AXVM_IVC_LAYOUT_UNKNOWN);
	REACHED(out == AXVM_IVC_LAYOUT_V2);
	REACHED(out == AXVM_IVC_LAYOUT_V3_SLOTS);
}

/* The words of version 2 by the problem that is about them. */
static const struct {
	uint16_t offset, wanted;
} words[18] = {
	[AXVM_IVC_PROBLEM_VERSION] = { 20, 2 },
	[AXVM_IVC_PROBLEM_HEADER_SIZE] = { 24, 32 },
	[AXVM_IVC_PROBLEM_REGION_SIZE] = { 28, 2240 },
	[AXVM_IVC_PROBLEM_FEATURES] = { 32, 1 },
	[AXVM_IVC_PROBLEM_PUBLISHER_RING_OFFSET] = { 36, 64 },
	[AXVM_IVC_PROBLEM_SUBSCRIBER_RING_OFFSET] = { 40, 1152 },
	[AXVM_IVC_PROBLEM_RING_SIZE] = { 44, 1088 },
	[AXVM_IVC_PROBLEM_PUBLISHER_DIRECTION] = { 64, 1 },
	[AXVM_IVC_PROBLEM_PUBLISHER_CAPACITY] = { 68, 16 },
	[AXVM_IVC_PROBLEM_PUBLISHER_PAYLOAD_SIZE] = { 72, 48 },
	[AXVM_IVC_PROBLEM_SUBSCRIBER_DIRECTION] = { 1152, 2 },
	[AXVM_IVC_PROBLEM_SUBSCRIBER_CAPACITY] = { 1156, 16 },
	[AXVM_IVC_PROBLEM_SUBSCRIBER_PAYLOAD_SIZE] = { 1160, 48 },
};

/* The first problem, by looking at one word after the other up to the last problem. */
static axvm_ivc_problem expected(const uint8_t *region, uint64_t publisher, uint64_t key,
				 axvm_ivc_problem last)
{
	if (number_at(region, 8) != publisher)
		return AXVM_IVC_PROBLEM_PUBLISHER_ID;
	if (number_at(region + 8, 8) != key)
		return AXVM_IVC_PROBLEM_KEY;
	if (number_at(region + 16, 4) != 0x49564332)
		return AXVM_IVC_PROBLEM_MAGIC;
	for (axvm_ivc_problem i = AXVM_IVC_PROBLEM_VERSION; i <= last; i++) {
		if (number_at(region + words[i].offset, 4) != words[i].wanted)
			return i;
	}
	return AXVM_IVC_PROBLEM_NONE;
}

/* Of a copy of the header, and of none. */
void prove_axvm_ivc_region_check(void)
{
	uint8_t region[AXVM_IVC_HEADER_COPY_SIZE];
	size_t length = nondet_size();
	uint64_t publisher = nondet_uint64(), key = nondet_uint64();
	axvm_ivc_problem problem;

	ASSUME(length < AXVM_IVC_V2_REGION_SIZE);
	problem = axvm_ivc_region_check(region, length, publisher, key);
	if (length < sizeof(region))
		PROVE(problem == AXVM_IVC_PROBLEM_LENGTH);
	else
		PROVE(problem == expected(region, publisher, key, AXVM_IVC_PROBLEM_RING_SIZE));
	REACHED(problem == AXVM_IVC_PROBLEM_LENGTH);
	REACHED(problem == AXVM_IVC_PROBLEM_NONE);
	REACHED(problem == AXVM_IVC_PROBLEM_RING_SIZE);
}

/* Of a copy of the region. */
void prove_axvm_ivc_region_check_rings(void)
{
	uint8_t region[AXVM_IVC_V2_REGION_SIZE];
	size_t length = nondet_size();
	uint64_t publisher = nondet_uint64(), key = nondet_uint64();
	axvm_ivc_problem problem;

	ASSUME(length >= sizeof(region));
	problem = axvm_ivc_region_check(region, length, publisher, key);
	PROVE(problem ==
	      expected(region, publisher, key, AXVM_IVC_PROBLEM_SUBSCRIBER_PAYLOAD_SIZE));
	REACHED(problem == AXVM_IVC_PROBLEM_NONE);
	REACHED(problem == AXVM_IVC_PROBLEM_PUBLISHER_DIRECTION);
	REACHED(problem == AXVM_IVC_PROBLEM_SUBSCRIBER_PAYLOAD_SIZE);
}
