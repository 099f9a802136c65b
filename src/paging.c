/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/paging.h>

#include "export.h"
#include "members.h"

AXVM_EXPORT void axvm_nested_paging_config_init(axvm_nested_paging_config *it)
{
	const axvm_nested_paging_config init = AXVM_NESTED_PAGING_CONFIG_INIT;

	*it = init;
}

AXVM_EXPORT bool axvm_nested_paging_config_eq(const axvm_nested_paging_config *a,
					      const axvm_nested_paging_config *b)
{
	return axvm_hpa_eq(a->root_paddr, b->root_paddr) && a->levels == b->levels &&
	       a->gpa_bits == b->gpa_bits && a->mode == b->mode;
}

AXVM_EXPORT int axvm_nested_paging_config_format(const axvm_nested_paging_config *it, char *buf,
						 size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_member_hpa(&w, "root_paddr", it->root_paddr);
	axvm_member_uint(&w, "levels", it->levels);
	axvm_member_uint(&w, "gpa_bits", it->gpa_bits);
	axvm_member_uint(&w, "mode", it->mode);
	return axvm_writer_end(&w);
}

AXVM_EXPORT void axvm_nested_page_fault_info_init(axvm_nested_page_fault_info *it)
{
	const axvm_nested_page_fault_info init = AXVM_NESTED_PAGE_FAULT_INFO_INIT;

	*it = init;
}

AXVM_EXPORT bool axvm_nested_page_fault_info_eq(const axvm_nested_page_fault_info *a,
						const axvm_nested_page_fault_info *b)
{
	return a->access_flags == b->access_flags &&
	       axvm_gpa_eq(a->fault_guest_paddr, b->fault_guest_paddr);
}

AXVM_EXPORT int axvm_nested_page_fault_info_format(const axvm_nested_page_fault_info *it, char *buf,
						   size_t size)
{
	char flags[AXVM_MAPPING_FLAGS_TEXT_SIZE];
	struct axvm_writer w;

	axvm_mapping_flags_format(it->access_flags, flags, sizeof(flags));
	axvm_writer_init(&w, buf, size);
	axvm_member_key(&w, "access_flags");
	axvm_writer_str(&w, flags);
	axvm_member_gpa(&w, "fault_guest_paddr", it->fault_guest_paddr);
	return axvm_writer_end(&w);
}
