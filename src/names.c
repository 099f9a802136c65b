/* SPDX-License-Identifier: Apache-2.0 */
#include "names.h"

#include <string.h>

/* The first row of a value, or NULL. */
static const struct axvm_name *find_value(const struct axvm_name *names, size_t count,
					  uint64_t value)
{
	for (size_t i = 0; i < count; i++) {
		if (names[i].value == value)
			return &names[i];
	}
	return NULL;
}

bool axvm_names_try_from_usize(const struct axvm_name *names, size_t count, uint64_t value,
			       uint8_t *out)
{
	const struct axvm_name *found = find_value(names, count, value);

	if (!found)
		return false;
	*out = found->value;
	return true;
}

const char *axvm_names_name(const struct axvm_name *names, size_t count, uint8_t value)
{
	const struct axvm_name *found = find_value(names, count, value);

	return found ? found->name : "unknown";
}

bool axvm_names_from_name(const struct axvm_name *names, size_t count, const char *name,
			  uint8_t *out)
{
	if (!name)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i].name, name) == 0) {
			*out = names[i].value;
			return true;
		}
	}
	return false;
}
