/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa_range.h>

#include "proof_text.h"

static void is_text_of(const char *text, int length, axvm_gpa_range r, char ten)
{
	const char *at = text;

	PROVE(takes(&at, "GPA:"));
	PROVE(takes_hex(&at, r.start.addr, ten));
	PROVE(takes(&at, "..GPA:"));
	PROVE(takes_hex(&at, r.end.addr, ten));
	PROVE(ends(at, text, length));
	REACHED(length == AXVM_GPA_RANGE_TEXT_SIZE - 1);
}

/* Any two addresses, also where the end is below the start. */
static axvm_gpa_range nondet_range(void)
{
	axvm_gpa_range r = { { nondet_uint64() }, { nondet_uint64() } };

	return r;
}

void prove_axvm_gpa_range_format(void)
{
	char text[AXVM_GPA_RANGE_TEXT_SIZE];
	axvm_gpa_range r = nondet_range();

	is_text_of(text, axvm_gpa_range_format(r, text, sizeof(text)), r, 'a');
}

void prove_axvm_gpa_range_format_upper(void)
{
	char text[AXVM_GPA_RANGE_TEXT_SIZE];
	axvm_gpa_range r = nondet_range();

	is_text_of(text, axvm_gpa_range_format_upper(r, text, sizeof(text)), r, 'A');
}
