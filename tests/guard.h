/* SPDX-License-Identifier: Apache-2.0 */
/* Memory right behind which nothing can be touched: not to be read, either. */
#ifndef GUARD_H
#define GUARD_H

#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

/* The end of so many bytes or more before a page without access; NULL without memory. */
static unsigned char *guard_end_of(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t room = (size + page - 1) / page * page;
	unsigned char *memory =
		mmap(NULL, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED || mprotect(memory + room, page, PROT_NONE) != 0)
		return NULL;
	return memory + room;
}

#endif
