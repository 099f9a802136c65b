/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/paging.h>

#include "tap.h"

#if AXVM_NESTED_PAGING_CONFIG_TEXT_SIZE < 1 || AXVM_NESTED_PAGE_FAULT_INFO_TEXT_SIZE < 1
#error "TEXT_SIZE does not work in #if"
#endif

static void test_config(void)
{
	static const char text[] = "root_paddr=PA:0x80001000 levels=4 gpa_bits=48 mode=9";
	axvm_nested_paging_config zero = AXVM_NESTED_PAGING_CONFIG_INIT, it, other;
	char buf[AXVM_NESTED_PAGING_CONFIG_TEXT_SIZE];

	memset(&it, 0xff, sizeof(it));
	eq_int(axvm_nested_paging_config_format(&it, buf, sizeof(buf)) + 1,
	       AXVM_NESTED_PAGING_CONFIG_TEXT_SIZE, "TEXT_SIZE holds the longest");
	axvm_nested_paging_config_init(&it);
	ok(axvm_nested_paging_config_eq(&it, &zero), "init is INIT");
	eq_uint(it.root_paddr.addr | it.levels | it.gpa_bits | it.mode, 0, "all 0");

	it.root_paddr = axvm_hpa_new(0x80001000);
	it.levels = 4;
	it.gpa_bits = 48;
	it.mode = 9;
	eq_int(axvm_nested_paging_config_format(&it, NULL, 0), (int)strlen(text), "counts");
	eq_int(axvm_nested_paging_config_format(&it, buf, sizeof(buf)), (int)strlen(text),
	       "writes");
	eq_str(buf, text, "the text");
	axvm_nested_paging_config_format(&it, buf, 11);
	eq_str(buf, "root_paddr", "a short buffer gets what fits");
	other = it;
	ok(axvm_nested_paging_config_eq(&it, &other), "eq");
	other.root_paddr.addr++;
	ok(!axvm_nested_paging_config_eq(&it, &other), "eq looks at root_paddr");
	other = it;
	other.levels++;
	ok(!axvm_nested_paging_config_eq(&it, &other), "eq looks at levels");
	other = it;
	other.gpa_bits++;
	ok(!axvm_nested_paging_config_eq(&it, &other), "eq looks at gpa_bits");
	other = it;
	other.mode++;
	ok(!axvm_nested_paging_config_eq(&it, &other), "eq looks at mode");
}

static void test_fault(void)
{
	static const char text[] = "access_flags=READ | 0x40 fault_guest_paddr=GPA:0xfee00000";
	axvm_nested_page_fault_info zero = AXVM_NESTED_PAGE_FAULT_INFO_INIT, it, other;
	char buf[AXVM_NESTED_PAGE_FAULT_INFO_TEXT_SIZE];

	memset(&it, 0xff, sizeof(it));
	eq_int(axvm_nested_page_fault_info_format(&it, buf, sizeof(buf)) + 1,
	       AXVM_NESTED_PAGE_FAULT_INFO_TEXT_SIZE, "TEXT_SIZE holds the longest");
	axvm_nested_page_fault_info_init(&it);
	ok(axvm_nested_page_fault_info_eq(&it, &zero), "init is INIT");
	eq_uint(it.access_flags | it.fault_guest_paddr.addr, 0, "all 0");

	it.access_flags = AXVM_MAPPING_READ | 0x40;
	it.fault_guest_paddr = axvm_gpa_new(0xfee00000);
	eq_int(axvm_nested_page_fault_info_format(&it, NULL, 0), (int)strlen(text), "counts");
	eq_int(axvm_nested_page_fault_info_format(&it, buf, sizeof(buf)), (int)strlen(text),
	       "writes");
	eq_str(buf, text, "the text");
	other = it;
	ok(axvm_nested_page_fault_info_eq(&it, &other), "eq");
	other.access_flags ^= AXVM_MAPPING_WRITE;
	ok(!axvm_nested_page_fault_info_eq(&it, &other), "eq looks at access_flags");
	other = it;
	other.fault_guest_paddr.addr++;
	ok(!axvm_nested_page_fault_info_eq(&it, &other), "eq looks at fault_guest_paddr");
}

int main(void)
{
	test(test_config);
	test(test_fault);
	return done();
}
