/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/access.h>

#include "tap.h"

#if AXVM_PORT_TEXT_SIZE < 1 || AXVM_SYS_REG_ADDR_TEXT_SIZE < 1
#error "TEXT_SIZE does not work in #if"
#endif

static const struct {
	axvm_access_width constant, value;
	uint64_t size;
	const char *name;
} widths[] = {
	{ AXVM_ACCESS_WIDTH_BYTE, 0, 1, "byte" },
	{ AXVM_ACCESS_WIDTH_WORD, 1, 2, "word" },
	{ AXVM_ACCESS_WIDTH_DWORD, 2, 4, "dword" },
	{ AXVM_ACCESS_WIDTH_QWORD, 3, 8, "qword" },
};

static void test_width(void)
{
	each_row(i, widths) {
		axvm_access_width out = 0xee;

		eq_uint(widths[i].constant, widths[i].value, widths[i].name);
		ok(axvm_access_width_try_from_usize(widths[i].size, &out), "a size in bytes");
		eq_uint(out, widths[i].value, "gives the width");
		eq_uint(axvm_access_width_size(widths[i].value), widths[i].size, "size");
		eq_uint(axvm_access_width_bits(widths[i].value), widths[i].size * 8, "bits");
		eq_str(axvm_access_width_name(widths[i].value), widths[i].name, "name");
		out = 0xee;
		ok(axvm_access_width_from_name(widths[i].name, &out), "from_name knows it");
		eq_uint(out, widths[i].value, "and gives it");
	}
}

static void test_no_width(void)
{
	static const uint64_t wide[] = { 0x100, 0x101, UINT64_C(1) << 32, UINT64_MAX };
	axvm_access_width out = 0xee;
	size_t known = 0;

	for (uint64_t size = 0; size < 0x100; size++) {
		axvm_access_width width;

		known += axvm_access_width_try_from_usize(size, &width);
	}
	eq_uint(known, 4, "four sizes, and no others");
	ok(!axvm_access_width_try_from_usize(0, &out), "none of no bytes");
	ok(!axvm_access_width_try_from_usize(3, &out), "none of 3");
	ok(!axvm_access_width_try_from_usize(16, &out), "none of 16");
	each_row(i, wide)
		ok(!axvm_access_width_try_from_usize(wide[i], &out), "a number is not cut");
	ok(!axvm_access_width_from_name("Byte", &out), "case matters");
	ok(!axvm_access_width_from_name("unknown", &out), "unknown is no name");
	ok(!axvm_access_width_from_name(NULL, &out), "nor is NULL");
	eq_uint(out, 0xee, "nothing was written");
	for (int value = 4; value < 0x100; value++) {
		axvm_access_width width = (axvm_access_width)value;

		eq_str(axvm_access_width_name(width), "unknown", "name of an unknown width");
		eq_uint(axvm_access_width_size(width), 0, "its size");
		eq_uint(axvm_access_width_bits(width), 0, "its bits");
	}
}

static void test_port(void)
{
	static const uint64_t wide[] = { 0x10000, 0x103f8, UINT64_C(1) << 32, UINT64_MAX };
	char buf[AXVM_PORT_TEXT_SIZE];
	axvm_port out = 0xeeee;

	each_row(i, wide)
		ok(!axvm_port_try_from_usize(wide[i], &out), "no port above 0xffff");
	eq_uint(out, 0xeeee, "nothing was written");
	ok(axvm_port_try_from_usize(0, &out) && out == 0, "the first port");
	ok(axvm_port_try_from_usize(0xffff, &out) && out == 0xffff, "the last port");
	eq_int(axvm_port_format(0x3f8, buf, sizeof(buf)), 11, "format: the length");
	eq_str(buf, "Port(0x3f8)", "format");
	eq_int(axvm_port_format_upper(0x3f8, buf, sizeof(buf)), 11, "format_upper: the length");
	eq_str(buf, "Port(0x3F8)", "format_upper");
	axvm_port_format(0, buf, sizeof(buf));
	eq_str(buf, "Port(0x0)", "zero");
	eq_int(axvm_port_format(0xffff, NULL, 0) + 1, AXVM_PORT_TEXT_SIZE,
	       "TEXT_SIZE holds the longest");
	eq_int(axvm_port_format_upper(0xffff, NULL, 0) + 1, AXVM_PORT_TEXT_SIZE,
	       "in upper case, too");
	axvm_port_format(0x3f8, buf, 5);
	eq_str(buf, "Port", "a short buffer gets what fits");
}

static void test_sys_reg_addr(void)
{
	char buf[AXVM_SYS_REG_ADDR_TEXT_SIZE];

	eq_int(axvm_sys_reg_addr_format(0x3a, buf, sizeof(buf)), 16, "format: the length");
	eq_str(buf, "SysRegAddr(0x3a)", "format");
	eq_int(axvm_sys_reg_addr_format_upper(0x3a, buf, sizeof(buf)), 16, "format_upper");
	eq_str(buf, "SysRegAddr(0x3A)", "its text");
	axvm_sys_reg_addr_format(UINT64_MAX, buf, sizeof(buf));
	eq_str(buf, "SysRegAddr(0xffffffffffffffff)", "the last one");
	eq_int(axvm_sys_reg_addr_format(UINT64_MAX, NULL, 0) + 1, AXVM_SYS_REG_ADDR_TEXT_SIZE,
	       "TEXT_SIZE holds the longest");
	eq_int(axvm_sys_reg_addr_format_upper(UINT64_MAX, NULL, 0) + 1, AXVM_SYS_REG_ADDR_TEXT_SIZE,
	       "in upper case, too");
}

int main(void)
{
	test(test_width);
	test(test_no_width);
	test(test_port);
	test(test_sys_reg_addr);
	return done();
}
