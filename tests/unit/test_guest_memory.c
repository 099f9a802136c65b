/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/guest_memory.h>

#include "tap.h"

#define LAST UINT64_MAX
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define UNTOUCHED ((void *)&sentinel)

static char sentinel;
static unsigned char host_a[0x100], host_b[0x80], host_c[0xff];

/* Two that touch, and one that ends at the last address that an end can have. */
static const axvm_guest_region three[] = {
	{ AXVM_GPA_INIT(0x1000), sizeof(host_a), host_a, 1 },
	{ AXVM_GPA_INIT(0x1100), sizeof(host_b), host_b, 2 },
	{ AXVM_GPA_INIT(LAST - 0xff), sizeof(host_c), host_c, 3 },
};

static void test_valid(void)
{
	static const struct {
		uint64_t gpa, size, next;
		uintptr_t host;
		bool valid;
	} rows[] = {
		{ 0, 1, 1, 1, true },
		{ 0, 0, 1, 1, false }, /* empty */
		{ 0, 1, 1, 0, false }, /* no host pointer */
		{ 0x1000, 0x1000, 0x2000, 0x1000, true },
		{ 0x1000, 0x1001, 0x2000, 0x1000, false }, /* overlaps the next one */
		{ 0x1000, 0x1000, 0x1000, 0x1000, false },
		{ 0x3000, 0x1000, 0x2000, 0x1000, false }, /* not sorted */
		{ 0, UINTPTR_MAX - 0x1000, LAST - 1, 0x1000, true },
		{ 0, UINTPTR_MAX - 0xfff, LAST - 1, 0x1000, false }, /* the host's end wraps */
		{ 0, 1, LAST - 1, UINTPTR_MAX - 1, true },
		{ 0, 1, LAST - 1, UINTPTR_MAX, false },
	};
	axvm_guest_region regions[2] = { { AXVM_GPA_INIT(LAST - 1), 1, host_a, 0 } };

	ok(axvm_guest_memory_is_valid(NULL, 0), "no region");
	ok(axvm_guest_memory_is_valid(regions, 1), "a region up to the last end");
	regions[0].size = 2;
	ok(!axvm_guest_memory_is_valid(regions, 1), "none beyond");
	regions[0].gpa.addr = LAST;
	regions[0].size = 1;
	ok(!axvm_guest_memory_is_valid(regions, 1), "none with the last byte");
	each_row(i, rows) {
		regions[0].gpa = axvm_gpa_new(rows[i].gpa);
		regions[0].size = rows[i].size;
		regions[0].host = (void *)rows[i].host;
		regions[1].gpa = axvm_gpa_new(rows[i].next);
		regions[1].size = 1;
		regions[1].host = host_b;
		eq_int(axvm_guest_memory_is_valid(regions, 2), rows[i].valid, "is_valid");
	}
	ok(axvm_guest_memory_is_valid(three, COUNT(three)), "three regions");
	regions[0] = three[0];
	regions[1] = three[2];
	regions[1].size += 2;
	ok(!axvm_guest_memory_is_valid(regions, 2), "none past the end, whatever comes before");
	if (SIZE_MAX < UINT64_MAX) {
		regions[0].gpa = axvm_gpa_new(0);
		regions[0].size = (uint64_t)SIZE_MAX + 1;
		regions[0].host = host_a;
		ok(!axvm_guest_memory_is_valid(regions, 1), "none above SIZE_MAX");
	}
}

static void test_find(void)
{
	static const struct {
		uint64_t at;
		int region;
	} rows[] = {
		{ 0, -1 },	    { 0xfff, -1 },   { 0x1000, 0 },  { 0x10ff, 0 },
		{ 0x1100, 1 },	    { 0x117f, 1 },   { 0x1180, -1 }, { LAST - 0x100, -1 },
		{ LAST - 0xff, 2 }, { LAST - 1, 2 }, { LAST, -1 },
	};

	each_row(i, rows) {
		axvm_gpa at = axvm_gpa_new(rows[i].at);
		const axvm_guest_region *wanted =
			rows[i].region < 0 ? NULL : &three[rows[i].region];
		char *host = wanted ? (char *)wanted->host + (at.addr - wanted->gpa.addr) : NULL;

		ok(axvm_guest_memory_find(three, COUNT(three), at) == wanted, "find");
		ok(axvm_guest_memory_at(three, COUNT(three), at, 0) == host, "at of length 0");
		ok(axvm_guest_memory_at(three, COUNT(three), at, 1) == host, "at of one byte");
		ok(!axvm_guest_memory_find(NULL, 0, at), "find in nothing");
		ok(!axvm_guest_memory_at(NULL, 0, at, 0), "at of nothing");
	}
}

static void test_pieces(void)
{
	static const struct {
		uint64_t at, length;
		bool whole; /* in one region */
		uint64_t span;
		void *host; /* of the first byte; NULL in none */
	} rows[] = {
		{ 0x1000, 0, true, 0, host_a },
		{ 0x1000, 0x100, true, 0x100, host_a },
		{ 0x1000, 0x101, false, 0x100, host_a }, /* crosses into the next one */
		{ 0x10ff, 1, true, 1, host_a + 0xff },
		{ 0x10ff, 2, false, 1, host_a + 0xff },
		{ 0x1100, 0x80, true, 0x80, host_b },
		{ 0x1100, 0x81, false, 0x80, host_b },
		{ 0x1180, 0, false, 0, NULL },
		{ 0xfff, 1, false, 0, NULL },
		{ 0xfff, 2, false, 0, NULL },
		{ 0x1000, LAST, false, 0x100, host_a }, /* a length that would wrap */
		{ LAST - 0xff, 0xff, true, 0xff, host_c },
		{ LAST - 0xff, 0x100, false, 0xff, host_c },
		{ LAST - 1, 1, true, 1, host_c + 0xfe },
		{ LAST - 1, LAST, false, 1, host_c + 0xfe },
		{ LAST, 0, false, 0, NULL },
		{ LAST, LAST, false, 0, NULL },
	};

	each_row(i, rows) {
		axvm_gpa at = axvm_gpa_new(rows[i].at);
		void *host = UNTOUCHED;

		ok(axvm_guest_memory_at(three, COUNT(three), at, rows[i].length) ==
			   (rows[i].whole ? rows[i].host : NULL),
		   "at");
		eq_uint(axvm_guest_memory_span(three, COUNT(three), at, rows[i].length, &host),
			rows[i].span, "span");
		ok(host == (rows[i].host ? rows[i].host : UNTOUCHED), "span gives the pointer");
		eq_uint(axvm_guest_memory_span(three, COUNT(three), at, rows[i].length, NULL),
			rows[i].span, "span without a pointer");
	}
}

static void test_copy(void)
{
	unsigned char buf[0x180], wanted[0x180];

	memset(host_a, 'a', sizeof(host_a));
	memset(host_b, 'b', sizeof(host_b));
	memset(host_c, 'c', sizeof(host_c));
	memset(wanted, 'a', 0x100);
	memset(wanted + 0x100, 'b', 0x80);
	ok(axvm_guest_memory_read(three, 3, axvm_gpa_new(0x1000), buf, sizeof(buf)) &&
		   memcmp(buf, wanted, sizeof(buf)) == 0,
	   "read across two that touch");
	memset(buf, '#', sizeof(buf));
	memset(wanted, '#', sizeof(wanted));
	ok(!axvm_guest_memory_read(three, 3, axvm_gpa_new(0x1001), buf, sizeof(buf)),
	   "read of one byte too much");
	ok(memcmp(buf, wanted, sizeof(buf)) == 0, "touches nothing");
	ok(!axvm_guest_memory_write(three, 3, axvm_gpa_new(0x1001), buf, sizeof(buf)),
	   "write of one byte too much");
	ok(host_a[1] == 'a' && host_a[0xff] == 'a' && host_b[0] == 'b' && host_b[0x7f] == 'b',
	   "touches nothing");
	ok(axvm_guest_memory_write(three, 3, axvm_gpa_new(0x10fe), "1234", 4), "write across two");
	ok(memcmp(host_a + 0xfd, "a12", 3) == 0 && memcmp(host_b, "34b", 3) == 0, "at its place");
	ok(axvm_guest_memory_write(three, 3, axvm_gpa_new(LAST - 3), "xyz", 3), "the last bytes");
	ok(memcmp(host_c + 0xfb, "cxyz", 4) == 0, "can be written");
	ok(!axvm_guest_memory_write(three, 3, axvm_gpa_new(LAST - 3), "wxyz", 4), "and no more");
	ok(host_c[0xfc] == 'x', "and nothing of it");
	ok(!axvm_guest_memory_read(three, 3, axvm_gpa_new(LAST - 3), buf, SIZE_MAX), "nor read");
	ok(axvm_guest_memory_read(three, 3, axvm_gpa_new(0x117f), NULL, 0), "nothing, inside");
	ok(axvm_guest_memory_write(three, 3, axvm_gpa_new(0x117f), NULL, 0), "nothing, inside");
	ok(!axvm_guest_memory_read(three, 3, axvm_gpa_new(0x1180), NULL, 0), "nothing, outside");
	ok(!axvm_guest_memory_write(NULL, 0, axvm_gpa_new(0), NULL, 0), "nothing, without regions");
}

static void test_gpa_of(void)
{
	static const axvm_guest_region alias[] = {
		{ AXVM_GPA_INIT(0x1000), sizeof(host_a), host_a, 1 },
		{ AXVM_GPA_INIT(0x8000), sizeof(host_a), host_a, 1 },
	};
	unsigned char alone[1] = { 0 };
	axvm_gpa out = axvm_gpa_new(0x5ca1ab1e);

	ok(!axvm_guest_memory_gpa_of(three, 3, alone, &out), "a pointer elsewhere");
	ok(!axvm_guest_memory_gpa_of(three, 3, NULL, &out), "NULL");
	ok(!axvm_guest_memory_gpa_of(three, 1, host_a + sizeof(host_a), &out), "one past the end");
	ok(!axvm_guest_memory_gpa_of(three, 1, (void *)((uintptr_t)host_a - 1), &out),
	   "one before");
	ok(!axvm_guest_memory_gpa_of(NULL, 0, host_a, &out), "no region");
	eq_uint(out.addr, 0x5ca1ab1e, "nothing was written");
	ok(axvm_guest_memory_gpa_of(three, 3, host_a, &out), "the first byte");
	eq_uint(out.addr, 0x1000, "at its address");
	ok(axvm_guest_memory_gpa_of(three, 3, host_b + 0x7f, &out), "the last byte of the second");
	eq_uint(out.addr, 0x117f, "at its address");
	ok(axvm_guest_memory_gpa_of(three, 3, host_c + 0xfe, &out), "the last byte of all");
	eq_uint(out.addr, LAST - 1, "at its address");
	ok(axvm_guest_memory_gpa_of(alias, 2, host_a + 1, &out), "memory of two regions");
	eq_uint(out.addr, 0x1001, "at the lowest address");
}

static void test_hint(void)
{
	size_t hint = 0;

	ok(axvm_guest_memory_at_hint(three, 3, &hint, axvm_gpa_new(0x1001), 0xff) == host_a + 1,
	   "a hint that is right");
	eq_uint(hint, 0, "stays");
	ok(axvm_guest_memory_at_hint(three, 3, &hint, axvm_gpa_new(0x1100), 0x80) == host_b,
	   "the next region");
	eq_uint(hint, 1, "is the hint");
	ok(axvm_guest_memory_at_hint(three, 3, &hint, axvm_gpa_new(0x1000), 0) == host_a,
	   "and back");
	eq_uint(hint, 0, "is the hint");
	ok(!axvm_guest_memory_at_hint(three, 3, &hint, axvm_gpa_new(0x1101), 0x80), "too long");
	eq_uint(hint, 1, "but its region is found");
	ok(!axvm_guest_memory_at_hint(three, 3, &hint, axvm_gpa_new(0x1101), LAST), "too long");
	ok(!axvm_guest_memory_at_hint(three, 3, &hint, axvm_gpa_new(0x1180), 0), "past the end");
	ok(!axvm_guest_memory_at_hint(three, 3, &hint, axvm_gpa_new(0xfff), 1), "below all");
	ok(!axvm_guest_memory_at_hint(three, 3, &hint, axvm_gpa_new(LAST), 0), "the last address");
	eq_uint(hint, 1, "which leaves the hint");
	for (size_t i = 0; i < 4; i++) {
		hint = i < 3 ? 3 + i : SIZE_MAX;
		ok(axvm_guest_memory_at_hint(three, 3, &hint, axvm_gpa_new(LAST - 1), 1) ==
			   host_c + 0xfe,
		   "a hint past the end");
		eq_uint(hint, 2, "is set right");
	}
	hint = 2;
	ok(!axvm_guest_memory_at_hint(three, 2, &hint, axvm_gpa_new(LAST - 1), 1),
	   "what is after the array is no region");
	hint = SIZE_MAX;
	ok(!axvm_guest_memory_at_hint(NULL, 0, &hint, axvm_gpa_new(0), 0), "no region");
	eq_uint(hint, SIZE_MAX, "leaves any hint");
}

static bool slice_is(const axvm_guest_slice *slice, const void *ptr, size_t length)
{
	return slice->ptr == ptr && slice->length == length;
}

static void test_slices(void)
{
	const axvm_guest_slice untouched = { UNTOUCHED, 77 };
	axvm_guest_slice slices[3] = { untouched, untouched, untouched };
	size_t used = 77;

	ok(axvm_guest_memory_slices(three, 3, axvm_gpa_new(0x10f0), 0x20, slices, 2, &used),
	   "across two regions");
	eq_uint(used, 2, "two slices");
	ok(slice_is(&slices[0], host_a + 0xf0, 0x10), "the first");
	ok(slice_is(&slices[1], host_b, 0x10), "the second");
	ok(slice_is(&slices[2], UNTOUCHED, 77), "and no more");
	slices[0] = slices[1] = untouched;
	ok(!axvm_guest_memory_slices(three, 3, axvm_gpa_new(0x10f0), 0x20, slices, 1, &used),
	   "room for one");
	eq_uint(used, 2, "is one too few");
	ok(slice_is(&slices[0], UNTOUCHED, 77), "and nothing was written");
	ok(!axvm_guest_memory_slices(three, 3, axvm_gpa_new(0x10f0), 0x20, NULL, 0, &used), "none");
	eq_uint(used, 2, "to ask how many");
	ok(!axvm_guest_memory_slices(three, 3, axvm_gpa_new(0x10f0), 0x91, slices, 3, &used),
	   "a hole");
	eq_uint(used, 0, "is 0");
	ok(slice_is(&slices[0], UNTOUCHED, 77), "and nothing was written");
	ok(!axvm_guest_memory_slices(three, 3, axvm_gpa_new(0x10f0), LAST, slices, 3, &used),
	   "to the end");
	eq_uint(used, 0, "is 0");
	ok(axvm_guest_memory_slices(three, 3, axvm_gpa_new(0x1000), 0x100, slices, 1, &used),
	   "a whole region");
	ok(used == 1 && slice_is(&slices[0], host_a, 0x100), "is one slice");
	ok(axvm_guest_memory_slices(three, 3, axvm_gpa_new(0x117f), 0, NULL, 0, &used) && used == 0,
	   "nothing, inside");
	used = 77;
	ok(!axvm_guest_memory_slices(three, 3, axvm_gpa_new(0x1180), 0, slices, 3, &used) &&
		   used == 0,
	   "nothing, outside");
	used = 77;
	ok(!axvm_guest_memory_slices(NULL, 0, axvm_gpa_new(0), 1, slices, 3, &used) && used == 0,
	   "without regions");
}

static void test_fill(void)
{
	memset(host_a, 1, sizeof(host_a));
	memset(host_b, 1, sizeof(host_b));
	ok(axvm_guest_memory_fill(three, 3, axvm_gpa_new(0x10ff), 0xee, 2), "across two regions");
	ok(host_a[0xfe] == 1 && host_a[0xff] == 0xee && host_b[0] == 0xee && host_b[1] == 1,
	   "two bytes");
	ok(!axvm_guest_memory_fill(three, 3, axvm_gpa_new(0x117f), 0xdd, 2), "past the end");
	eq_uint(host_b[0x7f], 1, "writes nothing");
	ok(!axvm_guest_memory_fill(three, 3, axvm_gpa_new(0x1000), 0xdd, LAST), "all");
	eq_uint(host_a[0], 1, "writes nothing");
	ok(axvm_guest_memory_fill(three, 3, axvm_gpa_new(0x1000), 0, 0x180), "both whole");
	for (size_t i = 0; i < sizeof(host_a); i++)
		ok(host_a[i] == 0 && host_b[i / 2] == 0, "each byte");
	ok(axvm_guest_memory_fill(three, 3, axvm_gpa_new(0x117f), 0xdd, 0), "nothing, inside");
	ok(!axvm_guest_memory_fill(three, 3, axvm_gpa_new(0x1180), 0xdd, 0), "nothing, outside");
	ok(!axvm_guest_memory_fill(NULL, 0, axvm_gpa_new(0), 0xdd, 1), "without regions");
	eq_uint(host_b[0x7f], 0, "writes nothing");
}

int main(void)
{
	test(test_valid);
	test(test_find);
	test(test_pieces);
	test(test_copy);
	test(test_gpa_of);
	test(test_hint);
	test(test_slices);
	test(test_fill);
	return done();
}
