/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes, counts and values past 8, 16 and 32 bits: none of their upper bits is lost anywhere. */
#include <stdlib.h>

#include <axvm/types.h>

#include "tap.h"

#define GIB UINT64_C(0x40000000)
#define TWO_TO_32 UINT64_C(0x100000000)
/* Two counts: one past 8 bits, and one past 17. */
#define MANY 300
#define MOST 140000

static const size_t counts[] = { MANY, MOST };
#define EACH_COUNT(count)                                                                          \
	for (size_t count_i = 0, count; count_i < 2 && (count = counts[count_i], true); count_i++)

static unsigned char bytes[MOST], copied[MOST];

static void fill_bytes(void)
{
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i % 251 + 1);
	memset(copied, 0, sizeof(copied));
}

/* The host memory is never touched: any address will do. */
static void test_guest_memory_span(void)
{
	const axvm_guest_region region = { AXVM_GPA_INIT(0x1000), 16 * GIB,
					   (void *)(uintptr_t)0x10000, 0 };
	static const uint64_t offsets[] = { 0,		 0xff,	  0x100,       0x10000,
					    4 * GIB - 1, 4 * GIB, 4 * GIB + 5, 16 * GIB - 1 };

	/* Nor is there such a region where pointers have 32 bits. */
	ok(axvm_guest_memory_is_valid(&region, 1) == (UINTPTR_MAX > UINT32_MAX), "16 GiB");
	each_row(i, offsets) {
		axvm_gpa at = axvm_gpa_new(0x1000 + offsets[i]);
		uintptr_t wanted = 0x10000 + (uintptr_t)offsets[i];
		uint64_t left = 16 * GIB - offsets[i];
		void *host = NULL;
		size_t hint = 0;

		if (offsets[i] > UINTPTR_MAX - 0x10000)
			continue;
		eq_uint(axvm_guest_memory_span(&region, 1, at, UINT64_MAX, &host), left, "span");
		eq_uint((uintptr_t)host, wanted, "its host address");
		eq_uint(axvm_guest_memory_span(&region, 1, at, left - 1, NULL), left - 1, "less");
		eq_uint((uintptr_t)axvm_guest_memory_at(&region, 1, at, 1), wanted, "at");
		eq_uint((uintptr_t)axvm_guest_memory_at(&region, 1, at, left), wanted,
			"to the end");
		ok(!axvm_guest_memory_at(&region, 1, at, left + 1), "past the end");
		eq_uint((uintptr_t)axvm_guest_memory_at_hint(&region, 1, &hint, at, left), wanted,
			"to the end, by a hint");
		ok(!axvm_guest_memory_at_hint(&region, 1, &hint, at, left + 1), "past the end");
		ok(!axvm_guest_memory_at_hint(&region, 1, &hint, at, TWO_TO_32 * 16 + 1),
		   "too long");
	}
	ok(!axvm_guest_memory_at(&region, 1, axvm_gpa_new(0x1000), TWO_TO_32 * 16 + 1), "too long");
	ok(axvm_guest_memory_find(&region, 1, axvm_gpa_new(0x1000 + 16 * GIB - 1)) == &region,
	   "its last byte");
	ok(!axvm_guest_memory_find(&region, 1, axvm_gpa_new(0x1000 + 16 * GIB)),
	   "past its last byte");
	ok(!axvm_guest_memory_find(&region, 1, axvm_gpa_new(0x1000 + TWO_TO_32 * 4)), "2^34 above");
}

static void test_guest_memory_slices(void)
{
	const axvm_guest_region regions[] = {
		{ AXVM_GPA_INIT(0), 6 * GIB, (void *)(uintptr_t)0x10000, 0 },
		{ AXVM_GPA_INIT(6 * GIB), 10 * GIB, (void *)(uintptr_t)0x20000, 0 },
	};
	axvm_guest_slice slices[2] = { { NULL, 0 }, { NULL, 0 } };
	axvm_gpa gpa = AXVM_GPA_INIT(0);
	size_t used = 0;

	ok(axvm_guest_memory_slices(regions, 2, axvm_gpa_new(GIB), 14 * GIB, slices, 2, &used),
	   "slices");
	eq_uint(used, 2, "how many");
	eq_uint((uintptr_t)slices[0].ptr, (uintptr_t)(0x10000 + GIB), "the first one");
	eq_uint(slices[0].length, 5 * GIB, "its length");
	eq_uint((uintptr_t)slices[1].ptr, 0x20000, "the second one");
	eq_uint(slices[1].length, 9 * GIB, "its length");
	ok(!axvm_guest_memory_slices(regions, 2, axvm_gpa_new(GIB), 15 * GIB + 1, slices, 2, &used),
	   "past the end");
	ok(axvm_guest_memory_gpa_of(regions, 1, (void *)(uintptr_t)(0x10000 + 5 * GIB), &gpa),
	   "an address back");
	eq_uint(gpa.addr, 5 * GIB, "that of the guest");
	ok(!axvm_guest_memory_gpa_of(regions, 1, (void *)(uintptr_t)(0x10000 + 6 * GIB), &gpa),
	   "past the region");
}

static void test_guest_memory_bytes(void)
{
	axvm_guest_region region = { AXVM_GPA_INIT(0x1000), MOST, copied, 0 };
	static unsigned char back[MOST];
	axvm_gpa from = AXVM_GPA_INIT(0x1000);

	EACH_COUNT(count)
	{
		fill_bytes();
		memset(back, 0, sizeof(back));
		ok(axvm_guest_memory_write(&region, 1, from, bytes, count), "write");
		ok(memcmp(copied, bytes, count) == 0, "all bytes are written");
		ok(count == MOST || copied[count] == 0, "and no more");
		ok(axvm_guest_memory_read(&region, 1, from, back, count), "read");
		ok(memcmp(back, bytes, count) == 0, "all bytes are read");
		ok(axvm_guest_memory_fill(&region, 1, from, 0xee, count), "fill");
		ok(copied[0] == 0xee && copied[count - 1] == 0xee && copied[count / 2] == 0xee,
		   "all bytes are filled");
		ok(count == MOST || copied[count] == 0, "and no more");
	}
	ok(!axvm_guest_memory_write(&region, 1, from, bytes, MOST + 1), "more than there is");
	ok(!axvm_guest_memory_fill(&region, 1, from, 0xdd, TWO_TO_32 + 1), "nor so many");
	ok(copied[0] == 0xee, "untouched");
}

/* So many regions of 16 bytes, 32 apart, in no order; the host's are in the same places. */
static axvm_guest_region *new_regions(size_t count)
{
	axvm_guest_region *regions = malloc(count * sizeof(*regions));

	for (size_t i = 0; regions && i < count; i++) {
		size_t place = i * 7919 % count;

		regions[i].gpa = axvm_gpa_new(place * 32);
		regions[i].size = 16;
		regions[i].host = bytes + place % 1000;
		regions[i].tag = place;
	}
	return regions;
}

static void test_guest_memory_regions(void)
{
	EACH_COUNT(count)
	{
		axvm_guest_region *regions = new_regions(count);
		bool found = true, sorted = true;
		axvm_gpa gpa;
		size_t hint;

		if (!ok(regions != NULL, "memory"))
			return;
		axvm_guest_memory_sort(regions, count);
		for (size_t i = 0; i < count; i++)
			sorted = sorted && regions[i].gpa.addr == i * 32 && regions[i].tag == i;
		ok(sorted, "all of them are sorted");
		ok(axvm_guest_memory_is_valid(regions, count), "and valid");
		for (size_t i = 0; i < count; i++) {
			const axvm_guest_region *region =
				axvm_guest_memory_find(regions, count, axvm_gpa_new(i * 32 + 15));

			found = found && region == &regions[i] &&
				!axvm_guest_memory_find(regions, count, axvm_gpa_new(i * 32 + 16));
		}
		ok(found, "and each one is found");
		hint = count - 1;
		ok(axvm_guest_memory_at_hint(regions, count, &hint, regions[hint].gpa, 16) ==
			   regions[count - 1].host,
		   "by a hint to the last one");
		eq_uint(hint, count - 1, "which stays");
		for (size_t i = 0; i < count; i += count - 1) {
			unsigned char there[2] = { 0, 0 };
			axvm_gpa at = axvm_gpa_new(i * 32 + 1);

			ok(axvm_guest_memory_at(regions, count, at, 2) == bytes + i % 1000 + 1, "at");
			ok(axvm_guest_memory_fill(regions, count, at, 0x7e, 2), "fill");
			ok(axvm_guest_memory_read(regions, count, at, there, 2), "read");
			ok(there[0] == 0x7e && there[1] == 0x7e, "what was filled");
		}
		regions[count - 1].host = copied;
		ok(axvm_guest_memory_gpa_of(regions, count, copied + 3, &gpa) &&
			   gpa.addr == (count - 1) * 32 + 3,
		   "the last one by its host address");
		regions[count - 1].size = 0;
		ok(!axvm_guest_memory_is_valid(regions, count), "an empty one at the end");
		free(regions);
	}
}

/* A write across so many regions of one byte each. */
static void test_guest_memory_pieces(void)
{
	static axvm_guest_region regions[MOST];
	static axvm_guest_slice slices[MOST];
	size_t used = 0;

	fill_bytes();
	for (size_t i = 0; i < MOST; i++)
		regions[i] = (axvm_guest_region){ AXVM_GPA_INIT(i), 1, copied + (MOST - 1 - i), 0 };
	ok(axvm_guest_memory_write(regions, MOST, axvm_gpa_new(0), bytes, MOST), "write");
	ok(copied[0] == bytes[MOST - 1] && copied[MOST - 1] == bytes[0], "to all regions");
	ok(axvm_guest_memory_slices(regions, MOST, axvm_gpa_new(0), MOST, slices, MOST, &used),
	   "slices");
	eq_uint(used, MOST, "one of each region");
	ok(slices[MOST - 1].ptr == copied && slices[MOST - 1].length == 1, "the last one");
	ok(!axvm_guest_memory_slices(regions, MOST, axvm_gpa_new(0), MOST, slices, MOST - 1, &used),
	   "no room");
	eq_uint(used, MOST, "how many it needs");
}

/* Ranges of 16 bytes, 32 apart, of which every second one is in reverse order. */
static void fill_ranges(axvm_gpa_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t place = i % 2 == 0 ? i : (count - 1 - i) | 1;

		ranges[i] = axvm_gpa_range_from_start_size(axvm_gpa_new(place * 32), 16);
	}
}

static void check_ranges(const axvm_gpa_range_list *list, size_t count)
{
	bool same = list->count == count, held = true;

	for (size_t i = 0; i < count && same; i++)
		same = list->ranges[i].start.addr == i * 32 &&
		       list->ranges[i].end.addr == i * 32 + 16;
	ok(same, "all of them are in order");
	for (size_t i = 0; i < count; i++) {
		axvm_gpa_range r = axvm_gpa_range_from_start_size(axvm_gpa_new(i * 32 + 8), 8);

		held = held && axvm_gpa_range_list_contains(list, axvm_gpa_new(i * 32 + 15)) &&
		       !axvm_gpa_range_list_contains(list, axvm_gpa_new(i * 32 + 16)) &&
		       axvm_gpa_range_list_contains_range(list, r) &&
		       axvm_gpa_range_list_overlaps(list, r);
	}
	ok(held, "and each one is found");
}

static void test_range_list(void)
{
	EACH_COUNT(count)
	{
		axvm_gpa_range *ranges = malloc((count + 1) * sizeof(*ranges)),
			       *by = malloc(count * sizeof(*by));
		axvm_gpa_range all = AXVM_GPA_RANGE_INIT(0, count * 32), gap;
		axvm_gpa_range_list list;

		if (!ok(ranges && by, "memory"))
			return;
		axvm_gpa_range_list_init(&list, ranges, count + 1);
		fill_ranges(by, count);
		eq_int(axvm_gpa_range_list_assign(&list, by, count), AXVM_OK, "assign");
		check_ranges(&list, count);
		/* The gap after the last range; and the one that is left once all others are filled. */
		ok(axvm_gpa_range_list_find_gap(&list, all, 16, 1, &gap) && gap.start.addr == 16,
		   "the first gap");
		ok(axvm_gpa_range_list_find_gap_high(&list, all, 16, 1, &gap) &&
			   gap.start.addr == count * 32 - 16,
		   "the last gap");
		ok(!axvm_gpa_range_list_find_gap(&list, all, 17, 1, &gap), "no gap of 17 bytes");
		ok(!axvm_gpa_range_list_find_gap_high(&list, all, 17, 1, &gap), "from above");
		ok(axvm_gpa_range_list_remove(
			   &list,
			   axvm_gpa_range_from_start_size(axvm_gpa_new((count - 2) * 32 + 4), 8)),
		   "cut one");
		eq_uint(list.count, count + 1, "into two");
		ok(!axvm_gpa_range_list_insert(
			   &list, axvm_gpa_range_from_start_size(axvm_gpa_new(count * 32), 1)),
		   "full");
		ok(axvm_gpa_range_list_insert(
			   &list,
			   axvm_gpa_range_from_start_size(axvm_gpa_new((count - 2) * 32 + 4), 8)),
		   "join them");
		check_ranges(&list, count);
		ok(axvm_gpa_range_list_remove(&list, axvm_gpa_range_from_start_size(
							     axvm_gpa_new((count - 3) * 32), 32)),
		   "remove one");
		ok(axvm_gpa_range_list_find_gap(&list, all, 48, 1, &gap) &&
			   gap.start.addr == (count - 3) * 32 - 16,
		   "its gap");
		ok(axvm_gpa_range_list_find_gap_high(&list, all, 48, 1, &gap) &&
			   gap.start.addr == (count - 3) * 32 - 16,
		   "from above");
		eq_int(axvm_gpa_range_list_claim(
			       &list,
			       axvm_gpa_range_from_start_size(axvm_gpa_new((count - 3) * 32), 16)),
		       AXVM_OK, "claim it");
		check_ranges(&list, count);
		eq_int(axvm_gpa_range_list_claim(&list, axvm_gpa_range_from_start_size(
								axvm_gpa_new((count - 1) * 32), 1)),
		       AXVM_ERROR_ALREADY_EXISTS, "the last one is taken");
		ok(axvm_gpa_range_list_insert(&list, all) && list.count == 1, "one range over all");
		free(by);
		free(ranges);
	}
}

/* One range at a time, each at the front. */
static void test_range_list_insert(void)
{
	static axvm_gpa_range ranges[MANY];
	axvm_gpa_range_list list;

	axvm_gpa_range_list_init(&list, ranges, MANY);
	for (size_t i = MANY; i-- != 0;)
		ok(axvm_gpa_range_list_insert(
			   &list, axvm_gpa_range_from_start_size(axvm_gpa_new(i * 32), 16)),
		   "insert");
	check_ranges(&list, MANY);
	ok(axvm_gpa_range_list_remove(
		   &list, axvm_gpa_range_from_start_size(axvm_gpa_new(32), (MANY - 2) * 32)) &&
		   list.count == 2,
	   "remove all but two");
}

/* Ranges that join: more than there is room for until they are merged. */
static void test_range_list_merge(void)
{
	EACH_COUNT(count)
	{
		axvm_gpa_range *by = malloc(count * sizeof(*by)), one[2];
		axvm_gpa_range_list list;

		if (!ok(by != NULL, "memory"))
			return;
		for (size_t i = 0; i < count; i++)
			by[i] = axvm_gpa_range_from_start_size(axvm_gpa_new((count - 1 - i) * 16),
							       16);
		axvm_gpa_range_list_init(&list, one, 1);
		eq_int(axvm_gpa_range_list_assign(&list, by, count), AXVM_OK, "they are one");
		ok(list.count == 1 && one[0].start.addr == 0 && one[0].end.addr == count * 16,
		   "over all");
		by[count - 1].end.addr++;
		by[count - 1].start.addr = by[count - 1].end.addr;
		by[0].start.addr = (count + 3) * 16;
		by[0].end.addr = (count + 4) * 16;
		eq_int(axvm_gpa_range_list_assign(&list, by, count), AXVM_ERROR_NO_MEMORY,
		       "two do not fit");
		free(by);
	}
}

/* A name of so many letters; of two of them the last one differs. */
static char *new_name(size_t length, char last)
{
	char *name = malloc(length + 1);

	if (name) {
		memset(name, 'n', length);
		name[length - 1] = last;
		name[length] = '\0';
	}
	return name;
}

static void check_names(size_t length)
{
	char *name = new_name(length, 'a'), *other = new_name(length, 'b'),
	     *text = malloc(length + 200);
	uint64_t *list = calloc(length, sizeof(*list)), *other_list = calloc(length, sizeof(*list));
	axvm_emulated_device_config device, copy, changed;
	axvm_passthrough_device_config passthrough, passed_copy;
	char small[64];
	int size;

	if (!ok(name && other && text && list && other_list, "memory"))
		goto out;
	list[length - 1] = TWO_TO_32 + 1;
	other_list[length - 1] = TWO_TO_32 + 2;
	axvm_emulated_device_config_init(&device);
	device.name = name;
	device.cfg_list = list;
	device.cfg_list_len = length;
	eq_int(axvm_emulated_device_config_copy(&copy, &device), AXVM_OK, "copy");
	ok(strcmp(copy.name, name) == 0, "its whole name");
	ok(copy.cfg_list_len == length && memcmp(copy.cfg_list, list, length * sizeof(*list)) == 0,
	   "its whole list");
	ok(axvm_emulated_device_config_eq(&copy, &device), "they are equal");
	changed = device;
	changed.name = other;
	ok(!axvm_emulated_device_config_eq(&copy, &changed), "unlike one with another name");
	changed = device;
	changed.cfg_list = other_list;
	ok(!axvm_emulated_device_config_eq(&copy, &changed), "unlike one with another list");
	axvm_emulated_device_config_clear(&copy);

	axvm_passthrough_device_config_init(&passthrough);
	passthrough.name = name;
	eq_int(axvm_passthrough_device_config_copy(&passed_copy, &passthrough), AXVM_OK, "copy");
	ok(strcmp(passed_copy.name, name) == 0, "its whole name");
	axvm_passthrough_device_config_clear(&passed_copy);

	memset(small, '#', sizeof(small));
	size = axvm_passthrough_device_config_format(&passthrough, small, sizeof(small));
	ok(size > (int)length, "the length of its text");
	eq_int(axvm_passthrough_device_config_format(&passthrough, text, length + 200), size,
	       "all of it");
	eq_uint(strlen(text), (uint64_t)size, "as long as said");
	ok(strstr(text, name) != NULL, "with the whole name");
	eq_uint(strlen(small), sizeof(small) - 1, "as much as fits");
	ok(memcmp(small, text, sizeof(small) - 1) == 0, "the beginning of it");
out:
	free(name);
	free(other);
	free(text);
	free(list);
	free(other_list);
}

static void test_names(void)
{
	static const size_t lengths[] = { 254, 255, 256, 257, MANY, MOST };

	each_row(i, lengths)
		check_names(lengths[i]);
}

/* One prefix and two lengths; and lists that are NULL, of one length. */
static void test_config_eq(void)
{
	static const uint64_t list[] = { 1, 2, 3 };
	axvm_emulated_device_config a, b;

	axvm_emulated_device_config_init(&a);
	a.cfg_list = list;
	a.cfg_list_len = 3;
	b = a;
	b.cfg_list_len = 2;
	ok(!axvm_emulated_device_config_eq(&a, &b), "a list and its beginning");
	ok(!axvm_emulated_device_config_eq(&b, &a), "the other way around");
	b.cfg_list_len = 0;
	b.cfg_list = NULL;
	ok(!axvm_emulated_device_config_eq(&a, &b), "a list and none");
	b.cfg_list_len = 3;
	ok(!axvm_emulated_device_config_eq(&a, &b), "a list and NULL of one length");
	ok(!axvm_emulated_device_config_eq(&b, &a), "the other way around");
	a.cfg_list = NULL;
	ok(axvm_emulated_device_config_eq(&a, &b), "NULL and NULL of one length");
	b.cfg_list_len = 2;
	ok(!axvm_emulated_device_config_eq(&a, &b), "NULL and NULL of two lengths");
}

static void test_subtract(void)
{
	static const axvm_gpa_range r = AXVM_GPA_RANGE_INIT(0x2000, 0x3000);
	static const axvm_gpa_range apart[] = {
		AXVM_GPA_RANGE_INIT(0, 0x1000),
		AXVM_GPA_RANGE_INIT(0x1000, 0x2000),
		AXVM_GPA_RANGE_INIT(0x3000, 0x4000),
		AXVM_GPA_RANGE_INIT(0x4000, 0x5000),
		AXVM_GPA_RANGE_INIT(0x2800, 0x2800),
		AXVM_GPA_RANGE_INIT(TWO_TO_32 + 0x2000, TWO_TO_32 + 0x3000),
	};

	each_row(i, apart) {
		axvm_gpa_range left[2] = { AXVM_GPA_RANGE_INIT(1, 2), AXVM_GPA_RANGE_INIT(3, 4) };

		eq_uint(axvm_gpa_range_subtract(r, apart[i], left), 1, "it is whole");
		ok(axvm_gpa_range_eq(left[0], r), "as it was");
		ok(left[1].start.addr == 3 && left[1].end.addr == 4, "and nothing else is written");
	}
}

/* Numbers of which the lower bits alone are a value. */
static void test_wide_values(void)
{
	axvm_vcpu_set set = axvm_vcpu_set_full(), read;
	axvm_mapping_flags flag = AXVM_MAPPING_READ;
	axvm_error error = 7;

	for (unsigned int i = 0; i < 64; i++)
		ok(!axvm_vcpu_set_get(set, TWO_TO_32 + i), "a vCPU of 2^32 and more");
	ok(strcmp(axvm_mapping_flags_name(flag), "unknown") != 0, "a flag");
	for (unsigned int bit = 0; bit < 64; bit++) {
		axvm_mapping_flags both = flag | UINT64_C(1) << bit;

		if (both != flag)
			eq_str(axvm_mapping_flags_name(both), "unknown", "two flags");
	}
	for (unsigned int bit = 8; bit < 31; bit++) {
		ok(!axvm_error_from_linux((1 << bit) | 1, &error), "an upper bit beside EPERM");
		ok(!axvm_error_from_linux((1 << bit) | 133, &error),
		   "an upper bit beside the last one");
		eq_str(axvm_error_name((1 << bit) | 1), "Unknown", "an upper bit beside a kind");
	}
	ok(!axvm_error_from_linux(65537, &error), "65537 is not EPERM");
	eq_int(error, 7, "untouched");
	ok(!axvm_vcpu_set_parse_mask("1x5", &read), "1x5");
	ok(!axvm_vcpu_set_parse_mask("0y5", &read), "0y5");
	ok(!axvm_vcpu_set_parse_mask("x5", &read), "x5");
	ok(axvm_vcpu_set_parse_mask("0x5", &read) && read.bits == 5, "0x5");
}

/* No number of which the lower bits alone are a value is one. */
#define WIDE(type)                                                                                 \
	do {                                                                                       \
		axvm_##type out = 0;                                                               \
		unsigned int known = 0;                                                            \
                                                                                                   \
		for (uint64_t value = 0; value < 0x10000; value++) {                               \
			if (!axvm_##type##_try_from_usize(value, &out))                            \
				continue;                                                          \
			known++;                                                                   \
			for (unsigned int bit = 32; bit < 64; bit++)                               \
				ok(!axvm_##type##_try_from_usize(UINT64_C(1) << bit | value, &out), \
				   #type " of a wide number");                                     \
		}                                                                                  \
		ok(known > 1, "there are some " #type);                                            \
	} while (0)

static void test_try_from_usize(void)
{
	axvm_mapping_flags flags;
	axvm_port port;

	WIDE(access_width);
	WIDE(arch);
	WIDE(backend_error);
	WIDE(emulated_device_type);
	WIDE(device_bus);
	WIDE(severity);
	WIDE(finding_code);
	WIDE(layout_table);
	WIDE(layout_space);
	WIDE(ivc_layout);
	WIDE(ivc_problem);
	WIDE(model);
	WIDE(text_kind);
	WIDE(vm_type);
	WIDE(boot_protocol);
	WIDE(interrupt_mode);
	WIDE(address_space_policy);
	WIDE(guest_type);
	WIDE(image_location);
	WIDE(vcpu_state);
	WIDE(interrupt_trigger_mode);
	WIDE(mem_mapping_type);
	ok(!axvm_mapping_flags_try_from_usize(TWO_TO_32 | 1, &flags), "flags of a wide number");
	ok(!axvm_port_try_from_usize(TWO_TO_32 | 1, &port), "a port of a wide number");
	eq_str(axvm_emulated_device_type_old_name(TWO_TO_32 + 1), "unknown", "an old number");
	eq_str(axvm_emulated_device_type_config_name(AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, 0x100),
	       "unknown", "an index");
	eq_int(axvm_vm_type_from_usize(TWO_TO_32 | AXVM_VM_TYPE_HOST), AXVM_VM_TYPE_DEFAULT, "a type");
	eq_str(axvm_hypercall_argument_name(AXVM_HYPERCALL_IVC_PUBLISH, 0x100), "unknown", "an index");
}

/* A buffer whose size has no lower bits gets the whole text. */
#define WHOLE(call)                                                                                \
	each_row(i, sizes) {                                                                       \
		size_t size = sizes[i];                                                            \
                                                                                                   \
		memset(buf, '#', sizeof(buf));                                                     \
		length = (call);                                                                   \
		ok(length == (int)strlen(buf), #call);                                             \
	}

static void test_formats(void)
{
	static const size_t sizes[] = { 0x100, 0x10000 };
	static char buf[0x10001];
	const axvm_finding finding = { 0 };
	const axvm_nested_paging_config paging = AXVM_NESTED_PAGING_CONFIG_INIT;
	const axvm_nested_page_fault_info fault = AXVM_NESTED_PAGE_FAULT_INFO_INIT;
	const axvm_mem_config memory = AXVM_MEM_CONFIG_INIT;
	static const uint64_t list[MANY];
	axvm_emulated_device_config emulated = AXVM_EMULATED_DEVICE_CONFIG_INIT;
	const axvm_passthrough_device_config device = AXVM_PASSTHROUGH_DEVICE_CONFIG_INIT;
	const axvm_passthrough_address_config address = AXVM_PASSTHROUGH_ADDRESS_CONFIG_INIT;
	const axvm_passthrough_port_config ports = AXVM_PASSTHROUGH_PORT_CONFIG_INIT;
	const axvm_reserved_address_config reserved = AXVM_RESERVED_ADDRESS_CONFIG_INIT;
	const axvm_vcpu_set set = axvm_vcpu_set_full();
	const axvm_gpa_range range = AXVM_GPA_RANGE_INIT(0xa, 0xb);
	int length;

	WHOLE(axvm_port_format(1, buf, size));
	WHOLE(axvm_port_format_upper(1, buf, size));
	WHOLE(axvm_sys_reg_addr_format(1, buf, size));
	WHOLE(axvm_sys_reg_addr_format_upper(1, buf, size));
	WHOLE(axvm_error_format(1, buf, size));
	WHOLE(axvm_finding_format(&finding, buf, size));
	WHOLE(axvm_finding_message_format(&finding, NULL, NULL, buf, size));
	WHOLE(axvm_finding_owner_format(&finding.a, buf, size));
	WHOLE(axvm_gpa_format(range.start, buf, size));
	WHOLE(axvm_gpa_format_upper(range.start, buf, size));
	WHOLE(axvm_gpa_range_format(range, buf, size));
	WHOLE(axvm_gpa_range_format_upper(range, buf, size));
	WHOLE(axvm_mapping_flags_format(1, buf, size));
	WHOLE(axvm_nested_paging_config_format(&paging, buf, size));
	WHOLE(axvm_nested_page_fault_info_format(&fault, buf, size));
	WHOLE(axvm_size_format(1, buf, size));
	WHOLE(axvm_uint_format_hex(1, 1, buf, size));
	WHOLE(axvm_vcpu_set_format_list(set, buf, size));
	WHOLE(axvm_vcpu_set_format_mask(set, buf, size));
	WHOLE(axvm_irq_line_id_format(1, buf, size));
	WHOLE(axvm_mem_config_format(&memory, buf, size));
	WHOLE(axvm_emulated_device_config_format(&emulated, buf, size));
	emulated.cfg_list = list;
	emulated.cfg_list_len = MANY;
	length = axvm_emulated_device_config_format(&emulated, buf, sizeof(buf));
	eq_int(length, (int)strlen(buf), "a long list");
	ok(strlen(buf) > 4 * MANY, "all of it");
	WHOLE(axvm_passthrough_device_config_format(&device, buf, size));
	WHOLE(axvm_passthrough_address_config_format(&address, buf, size));
	WHOLE(axvm_passthrough_port_config_format(&ports, buf, size));
	WHOLE(axvm_reserved_address_config_format(&reserved, buf, size));
}

int main(void)
{
	test(test_guest_memory_span);
	if (UINTPTR_MAX > UINT32_MAX)
		test(test_guest_memory_slices);
	else
		skip("guest_memory_slices", "pointers have 32 bits");
	test(test_guest_memory_bytes);
	test(test_guest_memory_regions);
	test(test_guest_memory_pieces);
	test(test_range_list);
	test(test_range_list_insert);
	test(test_range_list_merge);
	test(test_names);
	test(test_config_eq);
	test(test_subtract);
	test(test_wide_values);
	test(test_try_from_usize);
	test(test_formats);
	return done();
}
