/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An enumeration as a table: a row for each name, a value's own name before its
 * aliases. Text is in the rows, as a pointer would need a relocation.
 */
struct axvm_name {
	uint8_t value;
	char name[24];
};

#define AXVM_NAMES_COUNT(table) (sizeof(table) / sizeof((table)[0]))

/*
 * Refuses to compile when a constant of the enumeration E (of enum E_values) is not among these
 * cases, which are made from the rows of its table. The function is never called.
 */
#pragma GCC diagnostic error "-Wswitch"
#define AXVM_NAMES_EVERY(E, cases)                                                                 \
	__attribute__((unused)) static inline void E##_has_rows(enum E##_values value)             \
	{                                                                                          \
		switch (value) {                                                                   \
			cases return;                                                              \
		}                                                                                  \
	}

/*
 * A table and its guard. rows(NAME) is a macro with a NAME(value, name) for each row; others are
 * the cases of constants that have no name.
 */
#define AXVM_NAMES(table, E, rows, others)                                                         \
	static const struct axvm_name table[] = { rows(AXVM_NAMES_ROW) };                          \
	AXVM_NAMES_EVERY(E, others rows(AXVM_NAMES_CASE))
/* The same of rows(NAME, ALIAS): a value's aliases come after its own name. */
#define AXVM_NAMES_WITH_ALIASES(table, E, rows, others)                                            \
	static const struct axvm_name table[] = { rows(AXVM_NAMES_ROW, AXVM_NAMES_ROW) };          \
	AXVM_NAMES_EVERY(E, others rows(AXVM_NAMES_CASE, AXVM_NAMES_NO_CASE))

#define AXVM_NAMES_ROW(value, name) { value, name },
#define AXVM_NAMES_CASE(value, name) case value:
#define AXVM_NAMES_NO_CASE(value, name)

bool axvm_names_try_from_usize(const struct axvm_name *names, size_t count, uint64_t value,
			       uint8_t *out);
const char *axvm_names_name(const struct axvm_name *names, size_t count, uint8_t value);
bool axvm_names_from_name(const struct axvm_name *names, size_t count, const char *name,
			  uint8_t *out);

#endif
