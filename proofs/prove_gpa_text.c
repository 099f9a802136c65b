/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/gpa.h>
#include <axvm/text.h>

#include "proof_text.h"

/* The number in a text, whose digits above 9 begin with `ten`, is the address. */
static void is_text_of(const char *text, int length, axvm_gpa a, char ten)
{
	const char *at = text;
	uint64_t number;

	PROVE(takes(&at, "GPA:0x"));
	PROVE(length > at - text && length < AXVM_GPA_TEXT_SIZE);
	PROVE(text[length] == '\0');
	PROVE(takes_digits(at, (size_t)(text + length - at), 16, ten, &number));
	PROVE(number == a.addr);
	REACHED(length == AXVM_GPA_TEXT_SIZE - 1);
}

void prove_axvm_gpa_format(void)
{
	char text[AXVM_GPA_TEXT_SIZE];
	axvm_gpa a = { nondet_uint64() };

	is_text_of(text, axvm_gpa_format(a, text, sizeof(text)), a, 'a');
}

void prove_axvm_gpa_format_upper(void)
{
	char text[AXVM_GPA_TEXT_SIZE];
	axvm_gpa a = { nondet_uint64() };

	is_text_of(text, axvm_gpa_format_upper(a, text, sizeof(text)), a, 'A');
}

/* What axvm_uint_parse() makes of what is behind the prefix. */
static void is_parsed(const char *text, const char *behind)
{
	axvm_gpa before = { nondet_uint64() }, out = before;
	uint64_t number = before.addr;
	bool wanted = axvm_uint_parse(behind, &number);

	PROVE(axvm_gpa_parse(text, &out) == wanted);
	PROVE(out.addr == number);
	REACHED(wanted);
}

/* Up to 4 characters, without the prefix. */
void prove_axvm_gpa_parse(void)
{
	char block[5];
	axvm_gpa before = { nondet_uint64() }, out = before;

	PROVE(!axvm_gpa_parse(NULL, &out) && out.addr == before.addr);
	for (size_t length = 0; length < sizeof(block); length++) {
		const char *text = make_text(block, sizeof(block), length);
		const char *at = text;

		ASSUME(!takes(&at, "GPA:"));
		is_parsed(text, text);
	}
}

/* As many behind it. */
void prove_axvm_gpa_parse_prefix(void)
{
	static const char prefix[] = "GPA:";
	char block[sizeof(prefix) + 4];

	for (size_t length = 0; length <= 4; length++) {
		char *text = block + 4 - length;

		for (size_t i = 0; i < sizeof(prefix) - 1; i++)
			text[i] = prefix[i];
		is_parsed(text, make_text(block, sizeof(block), length));
	}
}
