/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Regions of inter-VM communication, against a second reader: bytes from the input alone, and
 * laid over a region of one of the layouts, so that most words are right.
 */
#include <axvm/types.h>

#include "fuzz.h"

#define WORDS 8
#define RING_WORDS 6

/* The words from 16 on by layout; then those of the rings of version 2. */
static const uint32_t words[3][WORDS] = {
	{ 0x49564332, 2, 32, 2240, 1, 64, 1152, 1088 },
	{ 0x49564332, 3, 32, 2240, 1, 64, 1152, 1088 },
	{ 0x49564332, 3, 32, 17152, 1, 256, 8704, 8448 },
};
static const struct {
	uint32_t offset, word;
} ring_words[RING_WORDS] = {
	{ 64, 1 }, { 68, 16 }, { 72, 48 }, { 1152, 2 }, { 1156, 16 }, { 1160, 48 },
};

static void put(uint8_t *at, uint32_t word)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(word >> 8 * i);
}

/* Whether the word is there, byte by byte. */
static bool has(const uint8_t *at, uint32_t word)
{
	uint8_t bytes[4];

	put(bytes, word);
	return memcmp(at, bytes, sizeof(bytes)) == 0;
}

/* How many words of a layout are right, from the first on. */
static size_t right(const uint8_t *region, size_t layout)
{
	size_t count = 0;

	while (count < WORDS && has(region + 16 + 4 * count, words[layout][count]))
		count++;
	return count;
}

static axvm_ivc_layout layout_of(const uint8_t *region)
{
	static const axvm_ivc_layout layouts[] = { AXVM_IVC_LAYOUT_V2, AXVM_IVC_LAYOUT_V3_CELLS,
						   AXVM_IVC_LAYOUT_V3_SLOTS };

	for (size_t i = 0; i < 3; i++) {
		if (right(region, i) == WORDS)
			return layouts[i];
	}
	return has(region + 16, 0x49564332) ? AXVM_IVC_LAYOUT_UNKNOWN : AXVM_IVC_LAYOUT_NONE;
}

/* The problem of a header whose channel is right. */
static axvm_ivc_problem problem_of(const uint8_t *region, size_t length)
{
	size_t count = right(region, 0);

	if (count < WORDS)
		return (axvm_ivc_problem)(AXVM_IVC_PROBLEM_MAGIC + count);
	for (size_t i = 0; i < RING_WORDS && length >= 2240; i++) {
		if (!has(region + ring_words[i].offset, ring_words[i].word))
			return (axvm_ivc_problem)(AXVM_IVC_PROBLEM_PUBLISHER_DIRECTION + i);
	}
	return AXVM_IVC_PROBLEM_NONE;
}

/* The copy ends where its block ends, and begins anywhere. */
static void check(const uint8_t *region, size_t length)
{
	uint64_t publisher = 0, key = 0;
	axvm_ivc_layout layout = 0xee;

	CHECK(axvm_ivc_region_identify(region, length, &layout) == (length >= 64));
	if (length < 64) {
		CHECK(layout == 0xee);
		CHECK(axvm_ivc_region_check(region, length, 0, 0) == AXVM_IVC_PROBLEM_LENGTH);
		return;
	}
	CHECK(layout == layout_of(region));
	CHECK(strcmp(axvm_ivc_layout_name(layout), "") != 0);
	for (int i = 7; i >= 0; i--) {
		publisher = publisher << 8 | region[i];
		key = key << 8 | region[8 + i];
	}
	CHECK(axvm_ivc_region_check(region, length, publisher, key) == problem_of(region, length));
	CHECK(axvm_ivc_region_check(region, length, publisher + 1, key) ==
	      AXVM_IVC_PROBLEM_PUBLISHER_ID);
	CHECK(axvm_ivc_region_check(region, length, publisher, ~key) == AXVM_IVC_PROBLEM_KEY);
}

/* As a tracer has it: any number in the register. */
static void hypercall(uint32_t code)
{
	axvm_hypercall out = 0xee, named = 0xee;
	bool known = axvm_hypercall_try_from_u32(code, &out);

	CHECK(known == (code < 8) && out == (known ? code : 0xee));
	CHECK(axvm_hypercall_from_name(axvm_hypercall_name(code), &named) == known);
	CHECK(named == out);
	for (size_t i = 0; i < 7; i++)
		CHECK((strcmp(axvm_hypercall_argument_name(code, i), "unknown") != 0) ==
		      (i < axvm_hypercall_argument_count(code)));
	CHECK(known || strcmp(axvm_hypercall_since(code), "unknown") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	uint8_t how = take_byte(&in);
	size_t shift = how & 7, layout = (how >> 3 & 3) % 3, length;
	bool whole = how & 0x20;
	uint8_t *block, *region;

	hypercall((uint32_t)take_byte(&in));
	hypercall((uint32_t)take_uint64(&in));
	length = whole ? (size_t)2240 + (how >> 6) : in.size < 2240 ? in.size : 2240;
	/* The region ends where its block ends; one byte more only where that is none. */
	block = calloc(1, shift + length != 0 ? shift + length : 1);
	CHECK(block != NULL);
	region = block + shift;
	if (whole) {
		for (size_t i = 0; i < WORDS; i++)
			put(region + 16 + 4 * i, words[layout][i]);
		for (size_t i = 0; i < RING_WORDS; i++)
			put(region + ring_words[i].offset, ring_words[i].word);
		/* Some bytes are other ones. */
		while (in.size >= 3) {
			size_t at = (size_t)take_byte(&in) << 8;

			at = (at | take_byte(&in)) % length;
			region[at] ^= take_byte(&in);
		}
	} else if (length != 0) {
		memcpy(region, in.data, length);
	}
	check(region, length);
	free(block);
	return 0;
}
