/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/paging.h>

#include "proof_text.h"

static axvm_nested_paging_config nondet_config(void)
{
	axvm_nested_paging_config it = {
		{ nondet_uint64() }, nondet_uint64(), nondet_uint64(), nondet_uint64()
	};

	return it;
}

void prove_axvm_nested_paging_config_init(void)
{
	axvm_nested_paging_config it = nondet_config();
	axvm_nested_paging_config initialized = AXVM_NESTED_PAGING_CONFIG_INIT;

	axvm_nested_paging_config_init(&it);
	PROVE(it.root_paddr.addr == 0 && it.levels == 0 && it.gpa_bits == 0 && it.mode == 0);
	PROVE(axvm_nested_paging_config_eq(&it, &initialized));
	REACHED(true);
}

void prove_axvm_nested_paging_config_eq(void)
{
	axvm_nested_paging_config a = nondet_config(), b = nondet_config();
	bool differ = a.root_paddr.addr != b.root_paddr.addr || a.levels != b.levels ||
		      a.gpa_bits != b.gpa_bits || a.mode != b.mode;

	PROVE(axvm_nested_paging_config_eq(&a, &b) == !differ);
	REACHED(!differ);
	REACHED(differ);
}

static axvm_nested_page_fault_info nondet_info(void)
{
	axvm_nested_page_fault_info it = { nondet_uint64(), { nondet_uint64() } };

	return it;
}

void prove_axvm_nested_page_fault_info_init(void)
{
	axvm_nested_page_fault_info it = nondet_info();
	axvm_nested_page_fault_info initialized = AXVM_NESTED_PAGE_FAULT_INFO_INIT;

	axvm_nested_page_fault_info_init(&it);
	PROVE(it.access_flags == 0 && it.fault_guest_paddr.addr == 0);
	PROVE(axvm_nested_page_fault_info_eq(&it, &initialized));
	REACHED(true);
}

void prove_axvm_nested_page_fault_info_eq(void)
{
	axvm_nested_page_fault_info a = nondet_info(), b = nondet_info();
	bool differ = a.access_flags != b.access_flags ||
		      a.fault_guest_paddr.addr != b.fault_guest_paddr.addr;

	PROVE(axvm_nested_page_fault_info_eq(&a, &b) == !differ);
	REACHED(!differ);
	REACHED(differ);
}

/* The text of the flags is that of axvm_mapping_flags_format(): of none and of three. */
void prove_axvm_nested_page_fault_info_format(void)
{
	char text[AXVM_NESTED_PAGE_FAULT_INFO_TEXT_SIZE], flags[AXVM_MAPPING_FLAGS_TEXT_SIZE];
	axvm_nested_page_fault_info it = nondet_info();

	for (axvm_mapping_flags set = 0; set <= 7; set += 7) {
		const char *at = text;
		int length;

		it.access_flags = set;
		axvm_mapping_flags_format(set, flags, sizeof(flags));
		length = axvm_nested_page_fault_info_format(&it, text, sizeof(text));
		PROVE(takes(&at, "access_flags="));
		PROVE(takes(&at, flags));
		PROVE(takes(&at, " fault_guest_paddr=GPA:"));
		PROVE(takes_hex(&at, it.fault_guest_paddr.addr, 'a'));
		PROVE(ends(at, text, length));
	}
	REACHED(true);
}
