/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints what a region of inter-VM communication has in it: whose channel it is, which layout
 * the guests have written, what is wrong with it, and how far the rings are.
 *
 * usage: ivc-region FILE, for example a file with a copy of the region, or the device of a
 * channel that a driver can map, such as /dev/axivc_publisher_0
 *
 * It exits with 0; with 1 when the file cannot be read, or holds no region of version 2; with
 * 2 when the call is wrong. Copy it: the Makefile beside it needs pkg-config and a compiler.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <axvm/types.h>

/* Numbers in a region are little-endian, whatever the host is. */
static unsigned long long number(const unsigned char *at, size_t bytes)
{
	unsigned long long n = 0;

	while (bytes-- != 0)
		n = n << 8 | at[bytes];
	return n;
}

/*
 * Copies the begin of the file; how many bytes. The other VM writes while we read, so nothing
 * looks at the pages themselves. Devices can be mapped only, and say no size: of a page.
 */
static size_t copy_region(const char *name, unsigned char *copy, size_t size)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	struct stat about;
	void *mapped;

	if (fd < 0)
		return 0;
	if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && (size_t)about.st_size < size)
		size = (size_t)about.st_size;
	mapped = size == 0 ? MAP_FAILED : mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (mapped == MAP_FAILED)
		return 0;
	memcpy(copy, mapped, size);
	munmap(mapped, size);
	return size;
}

static void print_ring(const char *name, const unsigned char *ring)
{
	unsigned long long head = number(ring + offsetof(axvm_ivc_v2_ring, head), 4);
	unsigned long long tail = number(ring + offsetof(axvm_ivc_v2_ring, tail), 4);

	printf("%s: %llu written, %llu read, %llu waiting\n", name, tail, head,
	       (tail - head) & 0xffffffff);
}

int main(int argc, char **argv)
{
	unsigned char copy[AXVM_IVC_V2_REGION_SIZE];
	unsigned long long publisher, key;
	axvm_ivc_layout layout;
	axvm_ivc_problem problem;
	size_t length;

	if (argc != 2) {
		fprintf(stderr, "usage: ivc-region FILE\n");
		return 2;
	}
	length = copy_region(argv[1], copy, sizeof(copy));
	if (!axvm_ivc_region_identify(copy, length, &layout)) {
		fprintf(stderr, "ivc-region: %s: cannot be read, or is too short\n", argv[1]);
		return 1;
	}
	publisher = number(copy + offsetof(axvm_ivc_channel_header, publisher_id), 8);
	key = number(copy + offsetof(axvm_ivc_channel_header, key), 8);
	printf("channel of VM %llu, key %llu\n", publisher, key);
	printf("layout: %s\n", axvm_ivc_layout_name(layout));
	/* A subscriber passes the id and the key that it has subscribed to. */
	problem = axvm_ivc_region_check(copy, length, publisher, key);
	if (problem != AXVM_IVC_PROBLEM_NONE) {
		printf("not version 2: the first difference is in %s\n",
		       axvm_ivc_problem_name(problem));
		return 1;
	}
	if (length < sizeof(copy)) {
		printf("the copy ends before the rings\n");
		return 1;
	}
	print_ring("to the subscriber", copy + AXVM_IVC_V2_PUBLISHER_RING_OFFSET);
	print_ring("to the publisher", copy + AXVM_IVC_V2_SUBSCRIBER_RING_OFFSET);
	return 0;
}
