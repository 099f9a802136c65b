/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/guest_memory.h>

#include "proof.h"

/*
 * Arrays of up to MOST regions. They end where their storage ends, so that reading a region
 * more is an error.
 */
#define MOST 3

struct regions {
	axvm_guest_region storage[MOST];
	axvm_guest_region *array;
	size_t count;
};

static axvm_guest_region nondet_region(void)
{
	axvm_guest_region r = { { nondet_uint64() },
				nondet_uint64(),
				(void *)(uintptr_t)nondet_uint64(),
				nondet_uint64() };

	return r;
}

static void nondet_regions(struct regions *regions)
{
	regions->count = nondet_size();
	ASSUME(regions->count <= MOST);
	regions->array = regions->storage + (MOST - regions->count);
	for (size_t i = 0; i < MOST; i++)
		regions->storage[i] = nondet_region();
}

static bool same(const axvm_guest_region *r, const axvm_guest_region *o)
{
	return r->gpa.addr == o->gpa.addr && r->size == o->size && r->host == o->host &&
	       r->tag == o->tag;
}

static wide end_of(const axvm_guest_region *r)
{
	return (wide)r->gpa.addr + r->size;
}

static bool region_has(const axvm_guest_region *r, uint64_t addr)
{
	return addr >= r->gpa.addr && addr < end_of(r);
}

/* Each by itself and each against every one behind it. */
static bool is_valid(const struct regions *regions)
{
	for (size_t i = 0; i < MOST; i++) {
		const axvm_guest_region *r = &regions->array[i];

		if (i >= regions->count)
			continue;
		if (r->size == 0 || r->size > SIZE_MAX || ABOVE_UINT64(end_of(r)) ||
		    (uintptr_t)r->host == 0 || (wide)(uintptr_t)r->host + r->size > UINTPTR_MAX)
			return false;
		for (size_t k = i + 1; k < MOST; k++) {
			if (k < regions->count && end_of(r) > regions->array[k].gpa.addr)
				return false;
		}
	}
	return true;
}

static const axvm_guest_region *find(const struct regions *regions, uint64_t addr)
{
	for (size_t i = 0; i < MOST; i++) {
		if (i < regions->count && region_has(&regions->array[i], addr))
			return &regions->array[i];
	}
	return NULL;
}

/* How often a region is there. */
static size_t count_of(const axvm_guest_region storage[MOST], const axvm_guest_region *r)
{
	size_t count = 0;

	for (size_t i = 0; i < MOST; i++)
		count += (size_t)same(&storage[i], r);
	return count;
}

void prove_axvm_guest_memory_sort(void)
{
	struct regions regions;
	axvm_guest_region any = nondet_region(), first;
	size_t before, i = nondet_size(), k = nondet_size();

	nondet_regions(&regions);
	first = regions.storage[0];
	before = count_of(regions.storage, &any);
	/* A length that is constant to CBMC, as it is slow with others. */
	for (size_t n = 0; n <= MOST; n++) {
		if (n == regions.count)
			axvm_guest_memory_sort(regions.storage + (MOST - n), n);
	}
	PROVE(count_of(regions.storage, &any) == before);
	PROVE(regions.count == MOST || same(&regions.storage[0], &first));
	ASSUME(i <= k && k < regions.count);
	PROVE(regions.array[i].gpa.addr <= regions.array[k].gpa.addr);
	REACHED(regions.count == MOST && same(&regions.storage[1], &first) && before == 2);
	axvm_guest_memory_sort(NULL, 0);
}

void prove_axvm_guest_memory_is_valid(void)
{
	struct regions regions;
	bool valid;

	nondet_regions(&regions);
	valid = axvm_guest_memory_is_valid(regions.array, regions.count);
	PROVE(valid == is_valid(&regions));
	REACHED(valid && regions.count == MOST);
	REACHED(!valid);
	PROVE(axvm_guest_memory_is_valid(NULL, 0));
}

void prove_axvm_guest_memory_find(void)
{
	struct regions regions;
	axvm_gpa at = { nondet_uint64() };
	const axvm_guest_region *found;

	nondet_regions(&regions);
	ASSUME(is_valid(&regions));
	found = axvm_guest_memory_find(regions.array, regions.count, at);
	PROVE(found == find(&regions, at.addr));
	REACHED(!found && regions.count == MOST);
	REACHED(found && found == &regions.storage[1] && regions.count == MOST);
	PROVE(!axvm_guest_memory_find(NULL, 0, at));
}

/* Of an array that is not valid, still nothing but an element. */
void prove_axvm_guest_memory_find_invalid(void)
{
	struct regions regions;
	axvm_gpa at = { nondet_uint64() };
	const axvm_guest_region *found;
	bool element = false;

	nondet_regions(&regions);
	found = axvm_guest_memory_find(regions.array, regions.count, at);
	for (size_t i = 0; i < MOST; i++)
		element = element || (i < regions.count && found == &regions.array[i]);
	PROVE(!found || element);
	REACHED(found && !is_valid(&regions));
}

void prove_axvm_guest_memory_gpa_of(void)
{
	struct regions regions;
	uintptr_t host = (uintptr_t)nondet_uint64();
	axvm_gpa before = { nondet_uint64() }, out = before;
	wide lowest = UINT64_MAX;
	bool found;

	nondet_regions(&regions);
	ASSUME(is_valid(&regions));
	for (size_t i = MOST; i-- != 0;) {
		const axvm_guest_region *r = &regions.array[i];

		if (i < regions.count && host >= (uintptr_t)r->host &&
		    host < (wide)(uintptr_t)r->host + r->size)
			lowest = (wide)r->gpa.addr + (host - (uintptr_t)r->host);
	}
	found = axvm_guest_memory_gpa_of(regions.array, regions.count, (void *)host, &out);
	PROVE(found == (lowest != UINT64_MAX));
	PROVE(out.addr == (found ? lowest : before.addr));
	REACHED(found);
	REACHED(!found && regions.count == MOST);
	PROVE(!axvm_guest_memory_gpa_of(NULL, 0, (void *)host, &out));
}

/* ------------------------------------------------------------------ host memory */

/*
 * Up to MAPPED regions, each of up to LARGEST bytes in memory of its own: pointers are into
 * something, and CBMC is slow with much of it.
 */
#define MAPPED 2
#define LARGEST 4

static char lower_memory[LARGEST], upper_memory[LARGEST];

struct mapped {
	axvm_guest_region array[MAPPED];
	size_t count;
};

static void nondet_mapped(struct mapped *mapped, uint64_t largest)
{
	mapped->count = nondet_size();
	ASSUME(mapped->count <= MAPPED);
	for (size_t i = 0; i < MAPPED; i++) {
		mapped->array[i] = nondet_region();
		mapped->array[i].host = i == 0 ? lower_memory : upper_memory;
		ASSUME(mapped->array[i].size - 1 < largest &&
		       !ABOVE_UINT64(end_of(&mapped->array[i])));
	}
	ASSUME(end_of(&mapped->array[0]) <= mapped->array[1].gpa.addr);
}

/* Where a byte of the guest is, region by region; NULL when in none. */
static char *byte_at(const struct mapped *mapped, wide addr)
{
	for (size_t i = 0; i < MAPPED; i++) {
		const axvm_guest_region *r = &mapped->array[i];

		if (i < mapped->count && addr >= r->gpa.addr && addr < end_of(r))
			return &(i == 0 ? lower_memory : upper_memory)[addr - r->gpa.addr];
	}
	return NULL;
}

/* How many bytes follow from there in the same region. */
static uint64_t bytes_from(const struct mapped *mapped, uint64_t addr)
{
	for (size_t i = 0; i < MAPPED; i++) {
		if (i < mapped->count && region_has(&mapped->array[i], addr))
			return (uint64_t)(end_of(&mapped->array[i]) - addr);
	}
	return 0;
}

void prove_axvm_guest_memory_span(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	uint64_t length = nondet_uint64(), span, most;
	void *host = &mapped;
	char *byte;

	nondet_mapped(&mapped, LARGEST);
	most = bytes_from(&mapped, at.addr);
	byte = byte_at(&mapped, at.addr);
	span = axvm_guest_memory_span(mapped.array, mapped.count, at, length, &host);
	PROVE(span == (length < most ? length : most));
	PROVE(host == (byte ? (void *)byte : &mapped));
	REACHED(span == length && span > 1);
	REACHED(span != 0 && span < length && at.addr >= mapped.array[1].gpa.addr);
	REACHED(!byte && mapped.count == MAPPED);
}

void prove_axvm_guest_memory_span_alone(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	uint64_t length = nondet_uint64(), span, most;

	nondet_mapped(&mapped, LARGEST);
	most = bytes_from(&mapped, at.addr);
	span = axvm_guest_memory_span(mapped.array, mapped.count, at, length, NULL);
	PROVE(span == (length < most ? length : most));
	PROVE(axvm_guest_memory_span(NULL, 0, at, length, NULL) == 0);
	REACHED(span > 1);
}

void prove_axvm_guest_memory_at(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	uint64_t length = nondet_uint64();
	char *byte;
	void *host;

	nondet_mapped(&mapped, LARGEST);
	byte = byte_at(&mapped, at.addr);
	host = axvm_guest_memory_at(mapped.array, mapped.count, at, length);
	PROVE(host == (length <= bytes_from(&mapped, at.addr) ? byte : NULL));
	PROVE(!axvm_guest_memory_at(NULL, 0, at, length));
	REACHED(host && length == 0);
	REACHED(host && length > 1);
	REACHED(!host && byte);
}

void prove_axvm_guest_memory_at_hint(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	uint64_t length = nondet_uint64();
	size_t before = nondet_size(), hint = before;
	char *byte;
	void *host;

	nondet_mapped(&mapped, LARGEST);
	byte = byte_at(&mapped, at.addr);
	host = axvm_guest_memory_at_hint(mapped.array, mapped.count, &hint, at, length);
	PROVE(host == (length <= bytes_from(&mapped, at.addr) ? byte : NULL));
	if (byte)
		PROVE(hint < mapped.count && region_has(&mapped.array[hint], at.addr));
	else
		PROVE(hint == before);
	REACHED(host && before == 0 && hint == 1);
	REACHED(host && before == SIZE_MAX);
	REACHED(!host && byte);
	hint = before;
	PROVE(!axvm_guest_memory_at_hint(NULL, 0, &hint, at, length) && hint == before);
}

/* ------------------------------------------------------------------ large regions */

/*
 * The same of regions of any size that CBMC can point into, in memory of their own. Of pointers
 * their objects and offsets are proved; no byte is looked at.
 */
#define LARGEST_REGION (SIZE_MAX >> 14)

static void nondet_large(struct mapped *mapped)
{
	mapped->count = nondet_size();
	ASSUME(mapped->count <= MAPPED);
	for (size_t i = 0; i < MAPPED; i++) {
		axvm_guest_region *r = &mapped->array[i];

		*r = nondet_region();
		ASSUME(r->size != 0 && r->size <= LARGEST_REGION && !ABOVE_UINT64(end_of(r)));
		r->host = __CPROVER_allocate((size_t)r->size, false);
	}
	ASSUME(end_of(&mapped->array[0]) <= mapped->array[1].gpa.addr);
}

/* The region that an address is in, or NULL. */
static const axvm_guest_region *region_at(const struct mapped *mapped, uint64_t addr)
{
	for (size_t i = 0; i < MAPPED; i++) {
		if (i < mapped->count && region_has(&mapped->array[i], addr))
			return &mapped->array[i];
	}
	return NULL;
}

static bool points_to(const void *host, const axvm_guest_region *r, uint64_t addr)
{
	return __CPROVER_same_object(host, r->host) &&
	       __CPROVER_POINTER_OFFSET(host) == addr - r->gpa.addr;
}

/* Whether it is as far into a region as 32 bits do not reach, where there are such offsets. */
static bool is_far(const axvm_guest_region *r, uint64_t addr)
{
	return addr - r->gpa.addr > (LARGEST_REGION > UINT32_MAX ? UINT32_MAX : UINT16_MAX);
}

void prove_axvm_guest_memory_span_large(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	uint64_t length = nondet_uint64(), span, most;
	const axvm_guest_region *r;
	void *host = &mapped;

	nondet_large(&mapped);
	r = region_at(&mapped, at.addr);
	most = bytes_from(&mapped, at.addr);
	span = axvm_guest_memory_span(mapped.array, mapped.count, at, length, &host);
	PROVE(span == (length < most ? length : most));
	PROVE(r ? points_to(host, r, at.addr) : host == (void *)&mapped);
	REACHED(r && is_far(r, at.addr) && span == length && is_far(r, at.addr + span));
	REACHED(r == &mapped.array[1] && span != 0 && span < length && is_far(r, at.addr));
	REACHED(!r && mapped.count == MAPPED);
}

void prove_axvm_guest_memory_at_large(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	uint64_t length = nondet_uint64();
	const axvm_guest_region *r;
	void *host;

	nondet_large(&mapped);
	r = region_at(&mapped, at.addr);
	host = axvm_guest_memory_at(mapped.array, mapped.count, at, length);
	PROVE(!host == (!r || length > bytes_from(&mapped, at.addr)));
	PROVE(!host || points_to(host, r, at.addr));
	REACHED(host && is_far(r, at.addr) && length > UINT16_MAX);
	REACHED(!host && r && is_far(r, at.addr));
}

void prove_axvm_guest_memory_at_hint_large(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	uint64_t length = nondet_uint64();
	size_t before = nondet_size(), hint = before;
	const axvm_guest_region *r;
	void *host;

	nondet_large(&mapped);
	r = region_at(&mapped, at.addr);
	host = axvm_guest_memory_at_hint(mapped.array, mapped.count, &hint, at, length);
	PROVE(!host == (!r || length > bytes_from(&mapped, at.addr)));
	PROVE(!host || points_to(host, r, at.addr));
	PROVE(hint == (r ? (size_t)(r - mapped.array) : before));
	REACHED(host && is_far(r, at.addr) && before == hint);
	REACHED(host && is_far(r, at.addr) && before != hint);
}

/* ------------------------------------------------------------------ copies */

/* The most bytes of a region that is copied, and of all. */
#define BYTES 2
#define ALL_BYTES (MAPPED * BYTES)

/*
 * Whether all of so many bytes are in a region: the first and the last one do, and there is
 * no gap between two regions that have them.
 */
static bool all_there(const struct mapped *mapped, uint64_t at, uint64_t length)
{
	const axvm_guest_region *lower = &mapped->array[0], *upper = &mapped->array[1];
	wide last = (wide)at + length - 1;

	if (length == 0)
		return byte_at(mapped, at);
	if (!byte_at(mapped, at) || !byte_at(mapped, last))
		return false;
	return last < end_of(lower) || at >= upper->gpa.addr || end_of(lower) == upper->gpa.addr;
}

/*
 * Where copies are proved: at the least and the greatest addresses, in two regions, as CBMC is slow
 * with others. Addresses and count go to find and span alone, whose proofs have every one.
 */
static void nondet_copied(struct mapped *mapped)
{
	nondet_mapped(mapped, BYTES);
	mapped->count = MAPPED;
	for (size_t i = 0; i < MAPPED; i++) {
		axvm_guest_region *r = &mapped->array[i];

		ASSUME(r->gpa.addr == (uint64_t)(int8_t)r->gpa.addr);
	}
}

void prove_axvm_guest_memory_read(void)
{
	struct mapped mapped;
	char buf[ALL_BYTES], before, *byte;
	axvm_gpa at = { nondet_uint64() };
	size_t length = nondet_size(), k = nondet_size();
	bool done;

	nondet_copied(&mapped);
	ASSUME(length <= ALL_BYTES + 1);
	for (size_t i = 0; i < BYTES; i++) {
		lower_memory[i] = nondet_char();
		upper_memory[i] = nondet_char();
	}
	ASSUME(k < ALL_BYTES);
	before = buf[k];
	byte = byte_at(&mapped, (wide)at.addr + k);
	done = axvm_guest_memory_read(mapped.array, mapped.count, at, buf, length);
	PROVE(done == all_there(&mapped, at.addr, length));
	PROVE(buf[k] == (done && k < length ? *byte : before));
	REACHED(done && length == ALL_BYTES);
	REACHED(done && length == 0);
	REACHED(!done && byte_at(&mapped, at.addr));
}

void prove_axvm_guest_memory_write(void)
{
	struct mapped mapped;
	char buf[ALL_BYTES], before, *any;
	axvm_gpa at = { nondet_uint64() };
	size_t length = nondet_size(), k = nondet_size();
	bool done, upper = nondet_bool();
	wide addr;

	nondet_copied(&mapped);
	ASSUME(length <= ALL_BYTES + 1);
	for (size_t i = 0; i < BYTES; i++) {
		lower_memory[i] = nondet_char();
		upper_memory[i] = nondet_char();
	}
	/* Some byte, which may be after its region. */
	ASSUME(k < LARGEST);
	any = &(upper ? upper_memory : lower_memory)[k];
	addr = (wide)mapped.array[upper].gpa.addr + k;
	before = *any;
	done = axvm_guest_memory_write(mapped.array, mapped.count, at, buf, length);
	PROVE(done == all_there(&mapped, at.addr, length));
	if (done && byte_at(&mapped, addr) == any && addr >= at.addr && addr - at.addr < length)
		PROVE(*any == buf[addr - at.addr]);
	else
		PROVE(*any == before);
	REACHED(done && length == ALL_BYTES);
	REACHED(done && length == 0);
	REACHED(!done && byte_at(&mapped, at.addr));
}

void prove_axvm_guest_memory_fill(void)
{
	struct mapped mapped;
	char before, *any;
	axvm_gpa at = { nondet_uint64() };
	uint64_t length = nondet_uint64();
	size_t k = nondet_size();
	uint8_t byte = nondet_uint8();
	bool done, upper = nondet_bool();
	wide addr;

	nondet_copied(&mapped);
	ASSUME(length <= ALL_BYTES + 1);
	for (size_t i = 0; i < BYTES; i++) {
		lower_memory[i] = nondet_char();
		upper_memory[i] = nondet_char();
	}
	/* Some byte, which may be after its region. */
	ASSUME(k < LARGEST);
	any = &(upper ? upper_memory : lower_memory)[k];
	addr = (wide)mapped.array[upper].gpa.addr + k;
	before = *any;
	done = axvm_guest_memory_fill(mapped.array, mapped.count, at, byte, length);
	PROVE(done == all_there(&mapped, at.addr, length));
	if (done && byte_at(&mapped, addr) == any && addr >= at.addr && addr - at.addr < length)
		PROVE((uint8_t)*any == byte);
	else
		PROVE(*any == before);
	REACHED(done && length == ALL_BYTES);
	REACHED(done && length == 0);
	REACHED(!done && byte_at(&mapped, at.addr));
}

/* Of more bytes than there are, which touches neither buffer nor guest memory. */
void prove_axvm_guest_memory_read_long(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	size_t length = nondet_size(), k = nondet_size();
	uint64_t filled = nondet_uint64();
	char before, *any;

	nondet_copied(&mapped);
	ASSUME(length > ALL_BYTES && filled > ALL_BYTES && k < LARGEST);
	any = &(nondet_bool() ? upper_memory : lower_memory)[k];
	*any = before = nondet_char();
	PROVE(!axvm_guest_memory_read(mapped.array, MAPPED, at, NULL, length));
	PROVE(!axvm_guest_memory_write(mapped.array, MAPPED, at, NULL, length));
	PROVE(!axvm_guest_memory_fill(mapped.array, MAPPED, at, 0, filled));
	PROVE(*any == before);
	REACHED(bytes_from(&mapped, at.addr) == BYTES);
}

/* The count is constant to CBMC, as it is slow with others. */
static bool slices_of(size_t count, uint64_t length, uint64_t *needed, size_t *capacity)
{
	struct mapped mapped;
	axvm_guest_slice slices[MAPPED], before[MAPPED];
	axvm_gpa at = { nondet_uint64() };
	uint64_t first;
	size_t used = nondet_size();
	bool done, there;

	nondet_copied(&mapped);
	mapped.count = count;
	ASSUME(length <= ALL_BYTES + 1);
	*capacity = nondet_size();
	ASSUME(*capacity <= MAPPED);
	for (size_t i = 0; i < MAPPED; i++) {
		slices[i].ptr = NULL;
		slices[i].length = nondet_size();
		before[i] = slices[i];
	}
	there = all_there(&mapped, at.addr, length);
	first = bytes_from(&mapped, at.addr);
	first = first < length ? first : length;
	*needed = !there || length == 0 ? 0 : first == length ? 1 : 2;
	done = axvm_guest_memory_slices(mapped.array, count, at, length, slices, *capacity, &used);
	PROVE(done == (there && *needed <= *capacity));
	PROVE(used == *needed);
	for (size_t i = 0; i < MAPPED; i++) {
		bool mine = done && i < *needed;

		PROVE(slices[i].ptr ==
		      (!mine ? NULL : byte_at(&mapped, i == 0 ? at.addr : (wide)at.addr + first)));
		PROVE(slices[i].length == (!mine    ? before[i].length
					   : i == 0 ? first
						    : length - first));
	}
	return done;
}

void prove_axvm_guest_memory_slices(void)
{
	uint64_t length = nondet_uint64(), needed;
	size_t capacity;
	bool done = slices_of(MAPPED, length, &needed, &capacity);

	REACHED(done && needed == 2);
	REACHED(!done && needed == 2 && capacity == 1);
	REACHED(done && length == 0);
}

void prove_axvm_guest_memory_slices_long(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	uint64_t length = nondet_uint64();
	size_t used = nondet_size();

	nondet_copied(&mapped);
	ASSUME(length > ALL_BYTES);
	PROVE(!axvm_guest_memory_slices(mapped.array, MAPPED, at, length, NULL, SIZE_MAX, &used));
	PROVE(used == 0);
	REACHED(bytes_from(&mapped, at.addr) == BYTES);
}

void prove_axvm_guest_memory_slices_alone(void)
{
	uint64_t length = nondet_uint64(), needed;
	size_t capacity;
	bool done = slices_of(1, length, &needed, &capacity);

	REACHED(done && needed == 1);
	REACHED(!done && needed == 1);
	REACHED(!done && needed == 0);
}

/* Of no bytes, which no buffer is needed for. */
void prove_axvm_guest_memory_read_nothing(void)
{
	struct mapped mapped;
	axvm_gpa at = { nondet_uint64() };
	bool there;

	nondet_mapped(&mapped, BYTES);
	there = byte_at(&mapped, at.addr);
	PROVE(axvm_guest_memory_read(mapped.array, mapped.count, at, NULL, 0) == there);
	PROVE(axvm_guest_memory_write(mapped.array, mapped.count, at, NULL, 0) == there);
	PROVE(!axvm_guest_memory_read(NULL, 0, at, NULL, 0));
	REACHED(there);
	REACHED(!there);
}
