/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa.h>

#include "export.h"
#include "writer.h"

AXVM_EXPORT int axvm_gpa_format(axvm_gpa a, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_str(&w, "GPA:");
	axvm_writer_hex(&w, a.addr);
	return axvm_writer_end(&w);
}

AXVM_EXPORT int axvm_gpa_format_upper(axvm_gpa a, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_str(&w, "GPA:");
	axvm_writer_hex_upper(&w, a.addr);
	return axvm_writer_end(&w);
}
