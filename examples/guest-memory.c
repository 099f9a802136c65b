/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Maps the memory of a guest, loads an image into it, and reads it back as a device
 * would: by guest physical address, checked, never past the end of the memory.
 *
 * usage: guest-memory IMAGE ADDRESS, for example guest-memory Image 0x80200000
 *
 * It exits with 0; with 1 when the image cannot be read or has no room there; with 2
 * when the call is wrong. Copy it: the Makefile beside it needs pkg-config and a compiler.
 */
#include <stdio.h>
#include <stdlib.h>

#include <axvm/types.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LOW_SIZE 0x100000
#define HIGH_SIZE 0x400000

/* Reads a whole file in pieces; each goes where its bytes belong, or nowhere. */
static bool load(FILE *image, const axvm_guest_region *memory, size_t count, axvm_gpa at,
		 uint64_t *loaded)
{
	char piece[4096];
	size_t length;

	*loaded = 0;
	while ((length = fread(piece, 1, sizeof(piece), image)) != 0) {
		axvm_gpa to;

		if (!axvm_gpa_checked_add(at, *loaded, &to) ||
		    !axvm_guest_memory_write(memory, count, to, piece, length))
			return false;
		*loaded += length;
	}
	return true;
}

/* A sum over the bytes, by pointers into the memory: one for each region that the bytes are in. */
static uint32_t sum(const axvm_guest_region *memory, size_t count, axvm_gpa at, uint64_t length)
{
	uint32_t total = 0;

	while (length != 0) {
		void *host = NULL;
		uint64_t span = axvm_guest_memory_span(memory, count, at, length, &host);
		const unsigned char *byte = host;

		if (span == 0)
			break;
		for (uint64_t i = 0; i < span; i++)
			total += byte[i];
		at = axvm_gpa_add(at, span);
		length -= span;
	}
	return total;
}

/* Loads the image, and reports where it is; the exit status. */
static int load_file(const char *name, const axvm_guest_region *memory, size_t count, axvm_gpa at)
{
	char text[AXVM_GPA_TEXT_SIZE];
	unsigned char first[4];
	uint64_t loaded;
	FILE *image = fopen(name, "rb");
	int status = 1;

	if (!image) {
		perror(name);
		return 1;
	}
	axvm_gpa_format(at, text, sizeof(text));
	if (!load(image, memory, count, at, &loaded)) {
		fprintf(stderr, "guest-memory: %s: no room at %s\n", name, text);
	} else if (ferror(image)) {
		fprintf(stderr, "guest-memory: %s: cannot be read\n", name);
	} else {
		status = 0;
		printf("%llu bytes at %s, sum 0x%lx\n", (unsigned long long)loaded, text,
		       (unsigned long)sum(memory, count, at, loaded));
		if (axvm_guest_memory_read(memory, count, at, first, sizeof(first)))
			printf("begins with %02x %02x %02x %02x\n", first[0], first[1], first[2],
			       first[3]);
	}
	fclose(image);
	return status;
}

int main(int argc, char **argv)
{
	/* In any order: they are sorted. */
	axvm_guest_region memory[] = {
		{ AXVM_GPA_INIT(0x80100000), HIGH_SIZE, NULL, 0 },
		{ AXVM_GPA_INIT(0x80000000), LOW_SIZE, NULL, 0 },
	};
	axvm_gpa at;
	int status = 1;

	if (argc != 3 || !axvm_gpa_parse(argv[2], &at)) {
		fprintf(stderr, "usage: guest-memory IMAGE ADDRESS\n");
		return 2;
	}
	/* A VMM maps them by mmap. */
	for (size_t i = 0; i < COUNT(memory); i++)
		memory[i].host = calloc(1, (size_t)memory[i].size);
	axvm_guest_memory_sort(memory, COUNT(memory));
	if (axvm_guest_memory_is_valid(memory, COUNT(memory)))
		status = load_file(argv[1], memory, COUNT(memory), at);
	else
		fprintf(stderr, "guest-memory: no memory for the guest\n");
	for (size_t i = 0; i < COUNT(memory); i++)
		free(memory[i].host);
	return status;
}
