/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Specifications of enumerations. The numbers and aliases that there are come from the
 * harness; that own names and numbers are two ways of saying one thing is proved here.
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

/*
 * E_name: each known value has a name of its own, and all others share one. Every value
 * in turn, as CBMC then has nothing to solve.
 */
#define PROVE_NAME(E, is_known)                                                                    \
	do {                                                                                       \
		for (unsigned int value = 0; value <= UINT8_MAX; value++) {                        \
			const char *name = E##_name((uint8_t)value);                               \
			uint8_t back = (uint8_t)~value;                                            \
                                                                                                   \
			if (is_known(value)) {                                                     \
				PROVE(E##_from_name(name, &back));                                 \
				PROVE(back == value);                                              \
			} else {                                                                   \
				PROVE(same_text(name, "unknown"));                                 \
			}                                                                          \
		}                                                                                  \
		REACHED(true);                                                                     \
	} while (0)

/*
 * E_from_name: own names and the harness's is_alias(text, value), and nothing else. The
 * text can be any, and the values take their turns.
 */
#define PROVE_FROM_NAME(E, is_known, is_alias)                                                     \
	do {                                                                                       \
		char text[NAME_BLOCK];                                                             \
		uint8_t before = nondet_uint8(), out = before;                                     \
		bool known, named = false;                                                         \
                                                                                                   \
		PROVE(!E##_from_name(NULL, &out) && out == before);                                \
		any_text(text);                                                                    \
		known = E##_from_name(text, &out);                                                 \
		for (unsigned int value = 0; value <= UINT8_MAX; value++) {                        \
			bool names_it =                                                            \
				is_known(value) && (same_text(text, E##_name((uint8_t)value)) ||   \
						    is_alias(text, (uint8_t)value));               \
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
