/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/error.h>

#include "error_rows.h"
#include "proof_text.h"

/*
 * What the tests have as rows is the specification: each row by itself, which leaves CBMC
 * nothing to solve, and then all that no row is about.
 */
#define KINDS (sizeof(kind_rows) / sizeof(kind_rows[0]))
#define LINUX_ERRORS (sizeof(linux_rows) / sizeof(linux_rows[0]))

/* The kinds have no gap, and the errors of Linux these two. */
static bool is_kind(int32_t code)
{
	return code >= 1 && code <= 46;
}

static bool is_linux(int32_t code)
{
	return code >= 1 && code <= 133 && code != 41 && code != 58;
}

/* Of no row: not a valid code. */
static int32_t nondet_invalid(void)
{
	int32_t code = nondet_int32();

	ASSUME(!is_kind(code) && (code == INT32_MIN || !is_linux(-code)) && code != 0);
	return code;
}

void prove_axvm_error_is_valid(void)
{
	int32_t code = nondet_int32();

	PROVE(axvm_error_is_valid(code) ==
	      (is_kind(code) || (code != INT32_MIN && is_linux(-code))));
	REACHED(code == INT32_MIN);
}

void prove_axvm_error_canonicalize(void)
{
	int32_t other = nondet_int32();

	for (size_t i = 0; i < LINUX_ERRORS; i++) {
		int32_t kind = linux_rows[i].converts_to, code = -linux_rows[i].number;

		PROVE(axvm_error_canonicalize(code) == (kind != 0 ? kind : code));
	}
	ASSUME(other >= 0 || other == INT32_MIN || !is_linux(-other));
	PROVE(axvm_error_canonicalize(other) == other);
	REACHED(other == INT32_MIN);
}

void prove_axvm_error_to_linux(void)
{
	for (size_t i = 0; i < KINDS; i++)
		PROVE(axvm_error_to_linux(kind_rows[i].number) == kind_rows[i].converts_to);
	for (size_t i = 0; i < LINUX_ERRORS; i++)
		PROVE(axvm_error_to_linux(-linux_rows[i].number) == linux_rows[i].number);
	PROVE(axvm_error_to_linux(0) == 0);
	PROVE(axvm_error_to_linux(nondet_invalid()) == -1);
	REACHED(true);
}

void prove_axvm_error_from_linux(void)
{
	int32_t errnum = nondet_int32();
	axvm_error before = nondet_int32(), out = before;
	bool known = axvm_error_from_linux(errnum, &out);

	PROVE(known == is_linux(errnum));
	PROVE(out == (known ? -errnum : before));
	REACHED(known);
	REACHED(!known);
}

void prove_axvm_error_to_kind(void)
{
	int32_t code = nondet_int32(), kind = axvm_error_canonicalize(code);
	axvm_error before = nondet_int32(), out = before;
	bool has_kind = axvm_error_to_kind(code, &out);

	PROVE(has_kind == is_kind(kind));
	PROVE(out == (has_kind ? kind : before));
	REACHED(has_kind && code < 0);
	REACHED(!has_kind && code < 0);
}

/* The host of the proofs has the generic numbers; tests/unit/test_error.c has another one. */
void prove_axvm_error_from_errno(void)
{
	int errnum = nondet_int32();
	axvm_error fallback = nondet_int32();

	PROVE(axvm_error_from_errno(errnum, fallback) == (is_linux(errnum) ? -errnum : fallback));
	REACHED(errnum == 133);
	REACHED(errnum == INT32_MIN);
}
