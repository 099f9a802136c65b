/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Specifications of enumerations: the numbers, names and aliases that there are come from the
 * harness, which has them from the contract and not from the sources.
 */
#ifndef PROOF_NAMES_H
#define PROOF_NAMES_H

#include "proof_text.h"

/* The longest name, and one that is longer. */
#define NAME_BLOCK 25

/* E_try_from_usize: is_known(uint64_t) is what the harness says of numbers. */
#define PROVE_TRY_FROM_USIZE(E, is_known)                                                          \
	do {                                                                                       \
		uint64_t value = nondet_uint64();                                                  \
		uint8_t before = nondet_uint8(), out = before;                                     \
		bool known = E##_try_from_usize(value, &out);                                      \
                                                                                                   \
		PROVE(known == is_known(value));                                                   \
		PROVE(out == (known ? value : before));                                            \
		REACHED(known);                                                                    \
		REACHED(!known && is_known((uint8_t)value));                                       \
	} while (0)

/* A name by the contract, and the number that it stands for. */
struct named {
	uint8_t value;
	char name[24];
};

/*
 * E_name: the values that there are have the names of the harness's table, one in turn after the
 * other, as CBMC then has nothing to solve; any other value is unknown, by the text of one of them.
 * PROVE_FROM_NAME has the way back.
 */
#define PROVE_NAME(E, is_known, names)                                                             \
	do {                                                                                       \
		uint8_t other = nondet_uint8();                                                    \
		bool listed = false;                                                               \
                                                                                                   \
		for (size_t i = 0; i < sizeof(names) / sizeof((names)[0]); i++) {                  \
			uint8_t value = (names)[i].value;                                          \
                                                                                                   \
			PROVE(same_text(E##_name(value), (names)[i].name));                        \
			listed = listed || value == other;                                         \
		}                                                                                  \
		PROVE(listed == is_known(other));                                                  \
		ASSUME(!listed);                                                                   \
		PROVE(!is_known(UINT8_MAX) && same_text(E##_name(UINT8_MAX), "unknown"));          \
		PROVE(E##_name(other) == E##_name(UINT8_MAX));                                     \
		REACHED(other != UINT8_MAX);                                                       \
	} while (0)

/*
 * E_from_name: the names of that table and the harness's is_alias(text, value), and nothing else,
 * of a text that can be any.
 */
#define PROVE_FROM_NAME(E, names, is_alias)                                                        \
	do {                                                                                       \
		char text[NAME_BLOCK];                                                             \
		uint8_t before = nondet_uint8(), out = before;                                     \
		bool known, named = false;                                                         \
                                                                                                   \
		PROVE(!E##_from_name(NULL, &out) && out == before);                                \
		any_text(text);                                                                    \
		known = E##_from_name(text, &out);                                                 \
		for (size_t i = 0; i < sizeof(names) / sizeof((names)[0]); i++) {                  \
			uint8_t value = (names)[i].value;                                          \
			bool names_it = same_text(text, (names)[i].name) || is_alias(text, value); \
                                                                                                   \
			PROVE(names_it == (known && out == value));                                \
			named = named || names_it;                                                 \
		}                                                                                  \
		PROVE(known == named);                                                             \
		PROVE(known || out == before);                                                     \
		REACHED(known);                                                                    \
		REACHED(!known);                                                                   \
	} while (0)

static inline void any_text(char *text)
{
	for (size_t i = 0; i < NAME_BLOCK - 1; i++)
		text[i] = nondet_char();
	text[NAME_BLOCK - 1] = '\0';
}

static inline bool no_alias(const char *text, uint8_t value)
{
	(void)text;
	(void)value;
	return false;
}

#endif
