/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa_range.h>

#include "export.h"
#include "writer.h"

AXVM_EXPORT int axvm_gpa_range_format(axvm_gpa_range r, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_str(&w, "GPA:");
	axvm_writer_hex(&w, r.start.addr);
	axvm_writer_str(&w, "..GPA:");
	axvm_writer_hex(&w, r.end.addr);
	return axvm_writer_end(&w);
}

AXVM_EXPORT int axvm_gpa_range_format_upper(axvm_gpa_range r, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_str(&w, "GPA:");
	axvm_writer_hex_upper(&w, r.start.addr);
	axvm_writer_str(&w, "..GPA:");
	axvm_writer_hex_upper(&w, r.end.addr);
	return axvm_writer_end(&w);
}
