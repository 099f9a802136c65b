/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/finding.h>

#include "proof_names.h"

static bool is_severity(uint64_t value)
{
	return value >= 1 && value <= 3;
}

void prove_axvm_severity_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_severity, is_severity);
}

void prove_axvm_severity_name(void)
{
	PROVE_NAME(axvm_severity, is_severity);
}

void prove_axvm_severity_from_name(void)
{
	PROVE_FROM_NAME(axvm_severity, is_severity, no_alias);
}

/* One of those that the library lists. */
static bool is_finding_code(uint64_t value)
{
	size_t count;
	const axvm_finding_code *all = axvm_finding_code_all(&count);
	bool found = false;

	for (size_t i = 0; i < count; i++)
		found = found || all[i] == value;
	return found;
}

void prove_axvm_finding_code_all(void)
{
	size_t count, i = nondet_size(), j = nondet_size();
	const axvm_finding_code *all = axvm_finding_code_all(&count);

	PROVE(axvm_finding_code_all(NULL) == all);
	ASSUME(i < j && j < count);
	PROVE(all[i] < all[j]);
	REACHED(true);
}

void prove_axvm_finding_code_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_finding_code, is_finding_code);
}

static bool is_layout_table(uint64_t value)
{
	return value <= AXVM_LAYOUT_TABLE_HOST_MEMORY;
}

void prove_axvm_layout_table_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_layout_table, is_layout_table);
}

void prove_axvm_layout_table_name(void)
{
	PROVE_NAME(axvm_layout_table, is_layout_table);
}

void prove_axvm_layout_table_from_name(void)
{
	PROVE_FROM_NAME(axvm_layout_table, is_layout_table, no_alias);
}

static bool is_layout_space(uint64_t value)
{
	return value <= 3;
}

void prove_axvm_layout_space_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_layout_space, is_layout_space);
}

void prove_axvm_layout_space_name(void)
{
	PROVE_NAME(axvm_layout_space, is_layout_space);
}

void prove_axvm_layout_space_from_name(void)
{
	PROVE_FROM_NAME(axvm_layout_space, is_layout_space, no_alias);
}
