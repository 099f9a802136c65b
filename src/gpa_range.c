/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa_range.h>

#include <string.h>

#include <axvm/text.h>

#include "digits.h"
#include "export.h"
#include "writer.h"

static const char prefix[] = "GPA:";
static const char dots[] = "..GPA:";

AXVM_EXPORT int axvm_gpa_range_format(axvm_gpa_range r, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_bytes(&w, prefix, sizeof(prefix) - 1);
	axvm_writer_hex(&w, r.start.addr);
	axvm_writer_bytes(&w, dots, sizeof(dots) - 1);
	axvm_writer_hex(&w, r.end.addr);
	return axvm_writer_end(&w);
}

AXVM_EXPORT int axvm_gpa_range_format_upper(axvm_gpa_range r, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_bytes(&w, prefix, sizeof(prefix) - 1);
	axvm_writer_hex_upper(&w, r.start.addr);
	axvm_writer_bytes(&w, dots, sizeof(dots) - 1);
	axvm_writer_hex_upper(&w, r.end.addr);
	return axvm_writer_end(&w);
}

AXVM_EXPORT bool axvm_gpa_range_parse(const char *text, axvm_gpa_range *out)
{
	axvm_gpa start, other;
	uint64_t size;

	if (text && strncmp(text, prefix, sizeof(prefix) - 1) == 0)
		text += sizeof(prefix) - 1;
	if (!axvm_uint_parse_prefix(text, &start.addr, &text))
		return false;
	switch (*text++) {
	case '.':
		return *text++ == '.' && axvm_gpa_parse(text, &other) &&
		       axvm_gpa_range_try_new(start, other, out);
	case '-':
		return axvm_gpa_parse(text, &other) &&
		       axvm_gpa_range_try_from_first_last(start, other, out);
	case '+':
		return axvm_size_parse(text, &size) &&
		       axvm_gpa_range_try_from_start_size(start, size, out);
	default:
		return false;
	}
}

AXVM_EXPORT bool axvm_gpa_range_parse_hex_prefix(const char *text, axvm_gpa_range *out,
						 const char **rest)
{
	axvm_gpa first, last;

	if (!text || !axvm_digits_hex(&text, &first.addr) || *text++ != '-' ||
	    !axvm_digits_hex(&text, &last.addr) ||
	    !axvm_gpa_range_try_from_first_last(first, last, out))
		return false;
	*rest = text;
	return true;
}

AXVM_EXPORT bool axvm_gpa_range_parse_hex(const char *text, axvm_gpa_range *out)
{
	axvm_gpa_range r;

	if (!axvm_gpa_range_parse_hex_prefix(text, &r, &text) || *text != '\0')
		return false;
	*out = r;
	return true;
}
