/* SPDX-License-Identifier: Apache-2.0 */
/* Guest memory: the order of regions, and random ones against a table of bytes. */
#include <axvm/guest_memory.h>

#include "tap.h"

#define LAST UINT64_MAX
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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
	test(test_sort);
	test(test_sort_orders);
	test(test_random);
	return done();
}
