/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/model.h>

#include "export.h"
#include "names.h"

/* The versions, in order. */
#define MODELS(MODEL)                                                                              \
	MODEL(AXVM_MODEL_0_5, "0.5")                                                               \
	MODEL(AXVM_MODEL_0_7, "0.7")                                                               \
	MODEL(AXVM_MODEL_0_7_3, "0.7.3")

#define ROW(model, name) { model, name },
#define CASE(model, name) case model:

/* clang-format off */
static const struct axvm_name names[] = {
	MODELS(ROW)
	{ AXVM_MODEL_0_5, "0.5.12" },
	{ AXVM_MODEL_0_7, "0.7.1" },
};
AXVM_NAMES_EVERY(axvm_model, MODELS(CASE))
/* clang-format on */

AXVM_EXPORT bool axvm_model_try_from_usize(uint64_t value, axvm_model *out)
{
	return axvm_names_try_from_usize(names, AXVM_NAMES_COUNT(names), value, out);
}

AXVM_EXPORT const char *axvm_model_name(axvm_model model)
{
	return axvm_names_name(names, AXVM_NAMES_COUNT(names), model);
}

AXVM_EXPORT bool axvm_model_from_name(const char *name, axvm_model *out)
{
	return axvm_names_from_name(names, AXVM_NAMES_COUNT(names), name, out);
}
