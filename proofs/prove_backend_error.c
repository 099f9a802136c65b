/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/backend_error.h>

#include "proof_names.h"

static bool is_backend_error(uint64_t value)
{
	return value <= 6;
}

void prove_axvm_backend_error_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_backend_error, is_backend_error);
}

static const struct named backend_error_names[] = {
	{ 0, "ok" },
	{ 1, "invalid-input" },
	{ 2, "invalid-data" },
	{ 3, "invalid-state" },
	{ 4, "unsupported" },
	{ 5, "out-of-memory" },
	{ 6, "resource-busy" },
};

void prove_axvm_backend_error_name(void)
{
	PROVE_NAME(axvm_backend_error, is_backend_error, backend_error_names);
}

void prove_axvm_backend_error_from_name(void)
{
	PROVE_FROM_NAME(axvm_backend_error, backend_error_names, no_alias);
}

/* Each error has a text of its own, and unknown values share one. */
void prove_axvm_backend_error_message(void)
{
	static const char unknown[] = "unknown virtualization backend error";
	uint8_t other = nondet_uint8();

	PROVE(same_text(axvm_backend_error_message(AXVM_BACKEND_ERROR_OK), "success"));
	for (uint8_t value = 0; is_backend_error(value); value++) {
		const char *message = axvm_backend_error_message(value);

		PROVE(!same_text(message, unknown));
		for (uint8_t lower = 0; lower < value; lower++)
			PROVE(!same_text(message, axvm_backend_error_message(lower)));
	}
	ASSUME(!is_backend_error(other));
	PROVE(same_text(axvm_backend_error_message(other), unknown));
	REACHED(true);
}
