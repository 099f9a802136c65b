/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/model.h>

#include "proof_names.h"

static bool is_model(uint64_t value)
{
	return value <= 2;
}

static bool model_alias(const char *text, uint8_t value)
{
	switch (value) {
	case AXVM_MODEL_0_5:
		return same_text(text, "0.5.12");
	case AXVM_MODEL_0_7:
		return same_text(text, "0.7.1");
	default:
		return false;
	}
}

void prove_axvm_model_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_model, is_model);
}

static const struct named model_names[] = {
	{ 0, "0.5" },
	{ 1, "0.7" },
	{ 2, "0.7.3" },
};

void prove_axvm_model_name(void)
{
	PROVE_NAME(axvm_model, is_model, model_names);
}

void prove_axvm_model_from_name(void)
{
	PROVE_FROM_NAME(axvm_model, model_names, model_alias);
}
