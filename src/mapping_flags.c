/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/mapping_flags.h>

#include <string.h>

#include <axvm/text.h>

#include "export.h"
#include "names.h"
#include "writer.h"

#define FLAGS(NAME)                                                                                \
	NAME(AXVM_MAPPING_READ, "READ")                                                            \
	NAME(AXVM_MAPPING_WRITE, "WRITE")                                                          \
	NAME(AXVM_MAPPING_EXECUTE, "EXECUTE")                                                      \
	NAME(AXVM_MAPPING_USER, "USER")                                                            \
	NAME(AXVM_MAPPING_DEVICE, "DEVICE")                                                        \
	NAME(AXVM_MAPPING_UNCACHED, "UNCACHED")
AXVM_NAMES(names, axvm_mapping_flags, FLAGS, case AXVM_MAPPING_ALL:)

AXVM_EXPORT bool axvm_mapping_flags_try_from_usize(uint64_t value, axvm_mapping_flags *out)
{
	if ((value & ~(uint64_t)AXVM_MAPPING_ALL) != 0)
		return false;
	*out = value;
	return true;
}

AXVM_EXPORT axvm_mapping_flags axvm_mapping_flags_truncate(uint64_t value)
{
	return value & AXVM_MAPPING_ALL;
}

AXVM_EXPORT axvm_mapping_flags axvm_mapping_flags_complement(axvm_mapping_flags flags)
{
	return ~flags & AXVM_MAPPING_ALL;
}

AXVM_EXPORT bool axvm_mapping_flags_contains(axvm_mapping_flags flags, axvm_mapping_flags others)
{
	return (flags & others) == others;
}

AXVM_EXPORT const char *axvm_mapping_flags_name(axvm_mapping_flags flag)
{
	/* What is wider than the rows' values is none of them. */
	if (flag > AXVM_MAPPING_ALL)
		return "unknown";
	return axvm_names_name(names, AXVM_NAMES_COUNT(names), (uint8_t)flag);
}

AXVM_EXPORT bool axvm_mapping_flags_from_name(const char *name, axvm_mapping_flags *out)
{
	uint8_t flag;

	if (!axvm_names_from_name(names, AXVM_NAMES_COUNT(names), name, &flag))
		return false;
	*out = flag;
	return true;
}

static const char between[] = " | ";

static void separate(struct axvm_writer *w)
{
	if (w->length != 0)
		axvm_writer_str(w, between);
}

AXVM_EXPORT int axvm_mapping_flags_format(axvm_mapping_flags flags, char *buf, size_t size)
{
	axvm_mapping_flags unknown = flags & ~(axvm_mapping_flags)AXVM_MAPPING_ALL;
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	for (size_t i = 0; i < AXVM_NAMES_COUNT(names); i++) {
		if ((flags & names[i].value) == 0)
			continue;
		separate(&w);
		axvm_writer_str(&w, names[i].name);
	}
	if (unknown != 0 || flags == 0) {
		separate(&w);
		axvm_writer_hex(&w, unknown);
	}
	return axvm_writer_end(&w);
}

/* The flag whose name is next; moves past it. */
static bool read_flag(const char **text, axvm_mapping_flags *out)
{
	for (size_t i = 0; i < AXVM_NAMES_COUNT(names); i++) {
		size_t length = strlen(names[i].name);

		if (strncmp(*text, names[i].name, length) == 0) {
			*text += length;
			*out = names[i].value;
			return true;
		}
	}
	return false;
}

AXVM_EXPORT bool axvm_mapping_flags_parse(const char *text, axvm_mapping_flags *out)
{
	axvm_mapping_flags flags = 0, item = 0;

	if (!text)
		return false;
	for (;;) {
		if (!axvm_uint_parse_prefix(text, &item, &text) && !read_flag(&text, &item))
			return false;
		flags |= item;
		if (*text == '\0')
			break;
		if (strncmp(text, between, sizeof(between) - 1) != 0)
			return false;
		text += sizeof(between) - 1;
	}
	*out = flags;
	return true;
}
