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

static uint64_t random_state = 1;

static size_t random_below(size_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (size_t)((random_state >> 33) % n);
}

static void test_sort(void)
{
	axvm_guest_region regions[100];

	axvm_guest_memory_sort(NULL, 0);
	for (size_t count = 0; count <= COUNT(regions); count++) {
		uintptr_t sum = 0, wanted = 0;
		bool ascending = true;

		for (size_t i = 0; i < count; i++) {
			/* Some are the same. */
			regions[i].gpa =
				axvm_gpa_new(random_below(count) == 0 ? LAST : random_below(50));
			regions[i].size = regions[i].gpa.addr + 1;
			regions[i].host = (void *)(uintptr_t)(i + 1);
			wanted += (i + 1) * (i + 1);
		}
		axvm_guest_memory_sort(regions, count);
		for (size_t i = 0; i < count; i++) {
			ascending = ascending && regions[i].size == regions[i].gpa.addr + 1 &&
				    (i == 0 || regions[i - 1].gpa.addr <= regions[i].gpa.addr);
			sum += (uintptr_t)regions[i].host * (uintptr_t)regions[i].host;
		}
		ok(ascending, "sort: each whole, in order");
		eq_uint(sum, wanted, "sort: all of them");
	}
}

/* Every order of up to five addresses, the same one twice among them. */
static void test_sort_orders(void)
{
	axvm_guest_region regions[5];

	for (size_t count = 2; count <= COUNT(regions); count++) {
		size_t orders = 1;
		bool right = true;

		for (size_t i = 0; i < count; i++)
			orders *= count;
		for (size_t order = 0; order < orders; order++) {
			size_t wanted[COUNT(regions)] = { 0 }, rest = order;

			for (size_t i = 0; i < count; i++, rest /= count) {
				regions[i].gpa = axvm_gpa_new(rest % count);
				wanted[rest % count]++;
			}
			axvm_guest_memory_sort(regions, count);
			for (size_t i = 0; i < count; i++) {
				wanted[regions[i].gpa.addr]--;
				right = right &&
					(i == 0 || regions[i - 1].gpa.addr <= regions[i].gpa.addr);
			}
			for (size_t i = 0; i < count; i++)
				right = right && wanted[i] == 0;
		}
		ok(right, "sort: every order");
	}
}

/* ----------------- against a table that has, for each of 64 addresses, where its byte is */

#define CELLS 64

static unsigned char cells[CELLS * 2];

static size_t make_regions(axvm_guest_region *regions, uint64_t base, unsigned char **table)
{
	size_t count = 0, at = random_below(8), host = CELLS * 2;

	memset(table, 0, CELLS * sizeof(*table));
	while (at < CELLS) {
		size_t size = 1 + random_below(12);

		size = size < CELLS - at ? size : CELLS - at;
		/* Downwards, and now and then with a hole: touching, but not in one piece. */
		host -= size + random_below(2);
		for (size_t i = 0; i < size; i++)
			table[at + i] = cells + host + i;
		regions[count].gpa = axvm_gpa_new(base + at);
		regions[count].size = size;
		regions[count++].host = cells + host;
		at += size + (random_below(2) ? random_below(6) : 0);
	}
	return count;
}

static bool is_there(unsigned char **table, size_t at, size_t length)
{
	for (size_t i = 0; i < (length ? length : 1); i++) {
		if (at + i >= CELLS || !table[at + i])
			return false;
	}
	return true;
}

/* The bytes of the slices, one after the other, are those of the table. */
static bool right_slices(const axvm_guest_region *regions, size_t count, axvm_gpa gpa,
			 size_t length, bool there, unsigned char **table)
{
	axvm_guest_slice slices[CELLS];
	size_t used = CELLS + 1, needed, byte = 0;

	if (axvm_guest_memory_slices(regions, count, gpa, length, slices, CELLS, &used) != there)
		return false;
	for (size_t i = 0; i < used; i++) {
		for (size_t k = 0; k < slices[i].length; k++) {
			if (table[byte++] != (unsigned char *)slices[i].ptr + k)
				return false;
		}
	}
	if (byte != (there ? length : 0) || used > length)
		return false;
	return used == 0 ||
	       (!axvm_guest_memory_slices(regions, count, gpa, length, slices, used - 1, &needed) &&
		needed == used);
}

static void test_random(void)
{
	static const uint64_t bases[] = { 0, 0x80000000, LAST - CELLS };
	size_t good = 0, bad = 0;

	for (size_t round = 0; round < 300; round++) {
		uint64_t base = bases[round % COUNT(bases)];
		axvm_guest_region regions[CELLS];
		unsigned char *table[CELLS];
		size_t count = make_regions(regions, base, table);
		bool right = axvm_guest_memory_is_valid(regions, count);
		size_t hint = random_below(CELLS);

		for (size_t step = 0; step < 100; step++) {
			size_t at = random_below(CELLS), length = random_below(20);
			unsigned char buf[20], before[sizeof(cells)], in[20];
			axvm_gpa gpa = axvm_gpa_new(base + at), back;
			bool there = is_there(table, at, length);

			for (size_t i = 0; i < sizeof(in); i++)
				in[i] = (unsigned char)random_below(256);
			memcpy(before, cells, sizeof(cells));
			memset(buf, '#', sizeof(buf));
			right = right &&
				axvm_guest_memory_write(regions, count, gpa, in, length) == there;
			for (size_t i = 0; there && i < length; i++)
				before[table[at + i] - cells] = in[i];
			right = right && memcmp(before, cells, sizeof(cells)) == 0;
			right = right &&
				axvm_guest_memory_read(regions, count, gpa, buf, length) == there;
			for (size_t i = 0; i < length; i++)
				right = right && buf[i] == (there ? in[i] : '#');
			right = right &&
				axvm_guest_memory_at(regions, count, gpa, 1) == (void *)table[at];
			right = right &&
				(!table[at] ||
				 (axvm_guest_memory_gpa_of(regions, count, table[at], &back) &&
				  axvm_gpa_eq(back, gpa)));
			right = right &&
				right_slices(regions, count, gpa, length, there, table + at);
			right = right &&
				axvm_guest_memory_at_hint(regions, count, &hint, gpa, length) ==
					axvm_guest_memory_at(regions, count, gpa, length);
			right = right &&
				(!table[at] ||
				 &regions[hint] == axvm_guest_memory_find(regions, count, gpa));
			right = right &&
				axvm_guest_memory_fill(regions, count, gpa, in[0], length) == there;
			for (size_t i = 0; there && i < length; i++)
				before[table[at + i] - cells] = in[0];
			right = right && memcmp(before, cells, sizeof(cells)) == 0;
			good += there;
			bad += !there;
		}
		ok(right, "the regions are those of the table");
	}
	ok(good > 5000 && bad > 5000, "many were there, and many not");
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
	test(test_sort);
	test(test_sort_orders);
	test(test_random);
	return done();
}
