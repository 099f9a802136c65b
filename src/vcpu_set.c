/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vcpu_set.h>

#include "digits.h"
#include "export.h"
#include "writer.h"

/* Writes an index, of one digit or two, and gives the place after it. */
static char *put_index(char *out, int index)
{
	if (index >= 10)
		*out++ = (char)('0' + index / 10);
	*out++ = (char)('0' + index % 10);
	return out;
}

AXVM_EXPORT int axvm_vcpu_set_format_list(axvm_vcpu_set s, char *buf, size_t size)
{
	char text[AXVM_VCPU_SET_LIST_SIZE], *end = text;
	int first = axvm_vcpu_set_first_index(s);
	struct axvm_writer w;

	while (first >= 0) {
		int past = axvm_vcpu_set_next_false_index(s, (axvm_vcpu_id)first);

		if (past < 0)
			past = AXVM_MAX_VCPU_NUM;
		end = put_index(end, first);
		if (past - first > 1) {
			*end++ = '-';
			end = put_index(end, past - 1);
		}
		first = axvm_vcpu_set_next_index(s, (axvm_vcpu_id)past);
		if (first >= 0)
			*end++ = ',';
	}
	axvm_writer_init(&w, buf, size);
	axvm_writer_bytes(&w, text, (size_t)(end - text));
	return axvm_writer_end(&w);
}

/* Reads an index and moves past it; false without a digit or at 64 and above. */
static bool read_index(const char **text, axvm_vcpu_id *out)
{
	const char *first = *text;

	for (*out = 0; **text >= '0' && **text <= '9'; (*text)++) {
		*out = *out * 10 + (axvm_vcpu_id)(**text - '0');
		if (*out >= AXVM_MAX_VCPU_NUM)
			return false;
	}
	return *text != first;
}

/* Reads `N` or `N-M` and moves past it. */
static bool read_item(const char **text, axvm_vcpu_set *out)
{
	axvm_vcpu_id first, last;

	if (!read_index(text, &first))
		return false;
	last = first;
	if (**text == '-') {
		(*text)++;
		if (!read_index(text, &last) || last < first)
			return false;
	}
	*out = axvm_vcpu_set_range(first, last);
	return true;
}

/* The end, or the newline that ends a file of sysfs. */
static bool at_end(const char *text)
{
	return text[0] == '\0' || (text[0] == '\n' && text[1] == '\0');
}

AXVM_EXPORT bool axvm_vcpu_set_parse_list(const char *text, axvm_vcpu_set *out)
{
	axvm_vcpu_set set = axvm_vcpu_set_new();

	if (!text)
		return false;
	if (at_end(text)) {
		*out = set;
		return true;
	}
	for (;;) {
		bool take_out = *text == '^';
		axvm_vcpu_set item;

		if (take_out)
			text++;
		if (!read_item(&text, &item))
			return false;
		set = take_out ? axvm_vcpu_set_andnot(set, item) : axvm_vcpu_set_or(set, item);
		if (at_end(text))
			break;
		if (*text++ != ',')
			return false;
	}
	*out = set;
	return true;
}

AXVM_EXPORT int axvm_vcpu_set_format_mask(axvm_vcpu_set s, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_hex(&w, s.bits);
	return axvm_writer_end(&w);
}

AXVM_EXPORT bool axvm_vcpu_set_parse_mask(const char *text, axvm_vcpu_set *out)
{
	uint64_t bits;

	if (!text || text[0] != '0' || text[1] != 'x')
		return false;
	text += 2;
	if (!axvm_digits_hex(&text, &bits) || !at_end(text))
		return false;
	*out = axvm_vcpu_set_from_bits(bits);
	return true;
}
