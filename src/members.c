/* SPDX-License-Identifier: Apache-2.0 */
#include "members.h"

void axvm_member_key(struct axvm_writer *w, const char *key)
{
	if (w->length != 0)
		axvm_writer_str(w, " ");
	axvm_writer_str(w, key);
	axvm_writer_str(w, "=");
}

void axvm_member_gpa(struct axvm_writer *w, const char *key, axvm_gpa a)
{
	char text[32];

	axvm_gpa_format(a, text, sizeof(text));
	axvm_member_key(w, key);
	axvm_writer_str(w, text);
}

void axvm_member_hpa(struct axvm_writer *w, const char *key, axvm_hpa a)
{
	char text[32];

	axvm_hpa_format(a, text, sizeof(text));
	axvm_member_key(w, key);
	axvm_writer_str(w, text);
}

void axvm_member_hex(struct axvm_writer *w, const char *key, uint64_t value)
{
	axvm_member_key(w, key);
	axvm_writer_hex(w, value);
}

void axvm_member_uint(struct axvm_writer *w, const char *key, uint64_t value)
{
	axvm_member_key(w, key);
	axvm_writer_uint(w, value);
}
