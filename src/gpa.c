/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa.h>

#include <string.h>

#include <axvm/text.h>

#include "export.h"
#include "writer.h"

static const char prefix[] = "GPA:";

AXVM_EXPORT int axvm_gpa_format(axvm_gpa a, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_bytes(&w, prefix, sizeof(prefix) - 1);
	axvm_writer_hex(&w, a.addr);
	return axvm_writer_end(&w);
}

AXVM_EXPORT int axvm_gpa_format_upper(axvm_gpa a, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_bytes(&w, prefix, sizeof(prefix) - 1);
	axvm_writer_hex_upper(&w, a.addr);
	return axvm_writer_end(&w);
}

AXVM_EXPORT bool axvm_gpa_parse(const char *text, axvm_gpa *out)
{
	size_t length = sizeof(prefix) - 1;

	if (text && strncmp(text, prefix, length) == 0)
		text += length;
	return axvm_uint_parse(text, &out->addr);
}
