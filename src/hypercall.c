/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/hypercall.h>

#include <string.h>

#include "export.h"

/* Text is in the rows, as a pointer would need a relocation. */
struct row {
	uint8_t code;
	bool is_implemented;
	uint8_t since_model; /* the first version of the model with a release that knows it */
	char since[6]; /* the first such release; "" for all */
	char name[28];
	char upstream_name[26];
	uint8_t argument_count;
	char arguments[4][10];
};

/* clang-format off */
static const struct row rows[] = {
	{ AXVM_HYPERCALL_HYPERVISOR_DISABLE, false, AXVM_MODEL_0_5, "",
	  "hypervisor-disable", "HypervisorDisable", 0, { "" } },
	{ AXVM_HYPERCALL_HYPERVISOR_PREPARE_DISABLE, false, AXVM_MODEL_0_5, "",
	  "hypervisor-prepare-disable", "HyperVisorPrepareDisable", 0, { "" } },
	{ AXVM_HYPERCALL_HYPERVISOR_DEBUG, false, AXVM_MODEL_0_5, "",
	  "hypervisor-debug", "HyperVisorDebug", 0, { "" } },
	{ AXVM_HYPERCALL_IVC_PUBLISH, true, AXVM_MODEL_0_5, "",
	  "ivc-publish", "HIVCPublishChannel", 3,
	  { "key", "base-slot", "size-slot" } },
	{ AXVM_HYPERCALL_IVC_SUBSCRIBE, true, AXVM_MODEL_0_5, "",
	  "ivc-subscribe", "HIVCSubscribChannel", 4,
	  { "publisher", "key", "base-slot", "size-slot" } },
	{ AXVM_HYPERCALL_IVC_UNPUBLISH, true, AXVM_MODEL_0_5, "",
	  "ivc-unpublish", "HIVCUnPublishChannel", 1,
	  { "key" } },
	{ AXVM_HYPERCALL_IVC_UNSUBSCRIBE, true, AXVM_MODEL_0_5, "",
	  "ivc-unsubscribe", "HIVCUnSubscribChannel", 2,
	  { "publisher", "key" } },
	{ AXVM_HYPERCALL_IVC_NOTIFY, true, AXVM_MODEL_0_7_3, "0.6.0",
	  "ivc-notify", "HIVCNotify", 3,
	  { "publisher", "key", "target" } },
};
/* clang-format on */

#define ROWS (sizeof(rows) / sizeof(rows[0]))

/*
 * The index of a code's row, or ROWS. Not the row: of that Clang makes a table of pointers, one for
 * each code, which the dynamic linker would have to relocate.
 */
static size_t find(axvm_hypercall code)
{
	size_t i = 0;

	while (i < ROWS && rows[i].code != code)
		i++;
	return i;
}

AXVM_EXPORT bool axvm_hypercall_try_from_u32(uint32_t value, axvm_hypercall *out)
{
	if (find(value) == ROWS)
		return false;
	*out = value;
	return true;
}

AXVM_EXPORT const char *axvm_hypercall_name(axvm_hypercall code)
{
	size_t i = find(code);

	return i < ROWS ? rows[i].name : "unknown";
}

AXVM_EXPORT bool axvm_hypercall_from_name(const char *name, axvm_hypercall *out)
{
	if (!name)
		return false;
	for (size_t i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].name, name) == 0 || strcmp(rows[i].upstream_name, name) == 0) {
			*out = rows[i].code;
			return true;
		}
	}
	return false;
}

AXVM_EXPORT size_t axvm_hypercall_argument_count(axvm_hypercall code)
{
	size_t i = find(code);

	return i < ROWS ? rows[i].argument_count : 0;
}

AXVM_EXPORT const char *axvm_hypercall_argument_name(axvm_hypercall code, size_t index)
{
	size_t i = find(code);

	return i < ROWS && index < rows[i].argument_count ? rows[i].arguments[index] : "unknown";
}

AXVM_EXPORT bool axvm_hypercall_is_implemented(axvm_hypercall code)
{
	size_t i = find(code);

	return i < ROWS && rows[i].is_implemented;
}

AXVM_EXPORT const char *axvm_hypercall_since(axvm_hypercall code)
{
	size_t i = find(code);

	return i < ROWS ? rows[i].since : "unknown";
}

AXVM_EXPORT bool axvm_hypercall_known_in(axvm_hypercall code, axvm_model model)
{
	size_t i = find(code);
	axvm_model known;

	return i < ROWS && axvm_model_try_from_usize(model, &known) && model >= rows[i].since_model;
}
