/* SPDX-License-Identifier: Apache-2.0 */
#include "range.h"

bool axvm_memory_range(const axvm_mem_config *memory, axvm_gpa_range *out)
{
	return memory->size != 0 &&
	       axvm_gpa_range_try_from_start_size(memory->gpa, memory->size, out);
}

axvm_gpa_range axvm_range_saturated(axvm_gpa start, uint64_t size)
{
	axvm_gpa end;

	if (!axvm_gpa_checked_add(start, size, &end))
		end = axvm_gpa_new(UINT64_MAX);
	return axvm_gpa_range_new_unchecked(start, end);
}

axvm_gpa_range axvm_range_pages(axvm_gpa_range r)
{
	axvm_gpa_range pages;

	if (!axvm_gpa_range_page_expand(r, AXVM_PAGE_SIZE_4K, &pages))
		pages = axvm_gpa_range_new_unchecked(axvm_gpa_align_down_4k(r.start),
						     axvm_gpa_new(UINT64_MAX));
	return pages;
}

bool axvm_range_is_beyond_width(axvm_gpa_range r, uint32_t gpa_bits)
{
	if (gpa_bits == 0)
		return r.end.addr > UINT64_C(0x7ffffffff000);
	return gpa_bits < 64 && r.end.addr > UINT64_C(1) << gpa_bits;
}

bool axvm_range_covers_apic(const struct axvm_check *c, axvm_gpa_range r)
{
	const axvm_gpa_range page = AXVM_GPA_RANGE_INIT(AXVM_X86_LOCAL_APIC,
							AXVM_X86_LOCAL_APIC + AXVM_PAGE_SIZE_4K);

	return c->limits.arch == AXVM_ARCH_X86_64 &&
	       axvm_gpa_range_overlaps(axvm_range_pages(r), page);
}

struct axvm_span *axvm_add_pages(struct axvm_check *c, size_t vm, axvm_layout_table table,
				 size_t index, axvm_gpa_range r)
{
	axvm_gpa_range pages = axvm_range_pages(r);

	return axvm_spans_add(&c->spans, vm, table, index, pages.start.addr, pages.end.addr);
}
