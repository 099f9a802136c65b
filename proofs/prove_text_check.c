/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/text.h>

#include "proof_names.h"

static bool is_kind(uint64_t value)
{
	return value <= AXVM_TEXT_MAPPING_FLAGS;
}

void prove_axvm_text_kind_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_text_kind, is_kind);
}

static const struct named text_kind_names[] = {
	{ 0, "uint" },
	{ 1, "size" },
	{ 2, "gpa" },
	{ 3, "gva" },
	{ 4, "hpa" },
	{ 5, "hva" },
	{ 6, "gpa-range" },
	{ 7, "gva-range" },
	{ 8, "hpa-range" },
	{ 9, "hva-range" },
	{ 10, "vcpu-list" },
	{ 11, "vcpu-mask" },
	{ 12, "mapping-flags" },
};

void prove_axvm_text_kind_name(void)
{
	PROVE_NAME(axvm_text_kind, is_kind, text_kind_names);
}

void prove_axvm_text_kind_from_name(void)
{
	PROVE_FROM_NAME(axvm_text_kind, text_kind_names, no_alias);
}

/*
 * Texts of every length up to this, of any characters: accepted as by the parser of the kind,
 * and what is refused is so at a character of the text or at its end.
 */
#define LONGEST 3
#define BLOCK (LONGEST + 1)

#define PROVE_CHECK(kind, parse, type)                                                             \
	do {                                                                                       \
		char block[BLOCK];                                                                 \
		size_t before = nondet_size(), where = before;                                     \
                                                                                                   \
		PROVE(axvm_text_check(kind, NULL, &where) == -AXVM_LINUX_EINVAL && where == 0);    \
		for (size_t length = 0; length <= LONGEST; length++) {                             \
			const char *text = make_text(block, sizeof(block), length);                \
			type out;                                                                  \
			bool wanted = parse(text, &out);                                           \
			axvm_error code;                                                           \
                                                                                                   \
			where = before;                                                            \
			code = axvm_text_check(kind, text, &where);                                \
			PROVE((code == AXVM_OK) == wanted);                                        \
			PROVE(code == AXVM_OK ? where == before : where <= length);                \
			PROVE(code == AXVM_OK || code == -AXVM_LINUX_EINVAL ||                     \
			      code == -AXVM_LINUX_ERANGE);                                         \
			PROVE(code != -AXVM_LINUX_ERANGE || where < length);                       \
			REACHED(length == LONGEST && wanted);                                      \
			REACHED(length == LONGEST && where == 2);                                  \
		}                                                                                  \
	} while (0)

void prove_axvm_text_check(void)
{
	PROVE_CHECK(AXVM_TEXT_UINT, axvm_uint_parse, uint64_t);
}

void prove_axvm_text_check_size(void)
{
	PROVE_CHECK(AXVM_TEXT_SIZE, axvm_size_parse, uint64_t);
}
