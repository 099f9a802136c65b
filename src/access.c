/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/access.h>

#include "export.h"
#include "names.h"
#include "writer.h"

#define WIDTHS(NAME)                                                                               \
	NAME(AXVM_ACCESS_WIDTH_BYTE, "byte")                                                       \
	NAME(AXVM_ACCESS_WIDTH_WORD, "word")                                                       \
	NAME(AXVM_ACCESS_WIDTH_DWORD, "dword")                                                     \
	NAME(AXVM_ACCESS_WIDTH_QWORD, "qword")
AXVM_NAMES(widths, axvm_access_width, WIDTHS, )

AXVM_EXPORT bool axvm_access_width_try_from_usize(uint64_t value, axvm_access_width *out)
{
	for (size_t i = 0; i < AXVM_NAMES_COUNT(widths); i++) {
		if (axvm_access_width_size(widths[i].value) == value) {
			*out = widths[i].value;
			return true;
		}
	}
	return false;
}

AXVM_EXPORT const char *axvm_access_width_name(axvm_access_width width)
{
	return axvm_names_name(widths, AXVM_NAMES_COUNT(widths), width);
}

AXVM_EXPORT bool axvm_access_width_from_name(const char *name, axvm_access_width *out)
{
	return axvm_names_from_name(widths, AXVM_NAMES_COUNT(widths), name, out);
}

AXVM_EXPORT uint64_t axvm_access_width_size(axvm_access_width width)
{
	return width <= AXVM_ACCESS_WIDTH_QWORD ? UINT64_C(1) << width : 0;
}

AXVM_EXPORT uint64_t axvm_access_width_bits(axvm_access_width width)
{
	return 8 * axvm_access_width_size(width);
}

AXVM_EXPORT bool axvm_port_try_from_usize(uint64_t value, axvm_port *out)
{
	if (value > UINT16_MAX)
		return false;
	*out = (axvm_port)value;
	return true;
}

/* `TYPE(0xNUMBER)`. */
static int format_number(const char *type, uint64_t number,
			 void (*write)(struct axvm_writer *w, uint64_t value), char *buf,
			 size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_str(&w, type);
	axvm_writer_str(&w, "(");
	write(&w, number);
	axvm_writer_str(&w, ")");
	return axvm_writer_end(&w);
}

AXVM_EXPORT int axvm_port_format(axvm_port port, char *buf, size_t size)
{
	return format_number("Port", port, axvm_writer_hex, buf, size);
}

AXVM_EXPORT int axvm_port_format_upper(axvm_port port, char *buf, size_t size)
{
	return format_number("Port", port, axvm_writer_hex_upper, buf, size);
}

AXVM_EXPORT int axvm_sys_reg_addr_format(axvm_sys_reg_addr addr, char *buf, size_t size)
{
	return format_number("SysRegAddr", addr, axvm_writer_hex, buf, size);
}

AXVM_EXPORT int axvm_sys_reg_addr_format_upper(axvm_sys_reg_addr addr, char *buf, size_t size)
{
	return format_number("SysRegAddr", addr, axvm_writer_hex_upper, buf, size);
}
