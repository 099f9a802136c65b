/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/hypercall.h>

#include "proof_names.h"

/* The codes are 0 to CODES - 1. */
#define CODES 8

/* Longer than every name. */
#define LONG_BLOCK 29

static const char *const names[CODES] = {
	"hypervisor-disable", "hypervisor-prepare-disable",
	"hypervisor-debug",   "ivc-publish",
	"ivc-subscribe",      "ivc-unpublish",
	"ivc-unsubscribe",    "ivc-notify",
};

static const char *const upstream_names[CODES] = {
	"HypervisorDisable",	 "HyperVisorPrepareDisable",
	"HyperVisorDebug",	 "HIVCPublishChannel",
	"HIVCSubscribChannel",	 "HIVCUnPublishChannel",
	"HIVCUnSubscribChannel", "HIVCNotify",
};

void prove_axvm_hypercall_try_from_u32(void)
{
	uint32_t value = nondet_uint32(), before = nondet_uint32(), out = before;
	bool known = axvm_hypercall_try_from_u32(value, &out);

	PROVE(known == (value < CODES));
	PROVE(out == (known ? value : before));
	REACHED(known);
	REACHED(!known);
}

/* Each code has the name of the contract, there and back, and all others share one. */
void prove_axvm_hypercall_name(void)
{
	uint32_t unknown = nondet_uint32(), out = CODES;

	for (uint32_t code = 0; code < CODES; code++) {
		PROVE(same_text(axvm_hypercall_name(code), names[code]));
		PROVE(axvm_hypercall_from_name(names[code], &out));
		PROVE(out == code);
	}
	ASSUME(unknown >= CODES);
	PROVE(same_text(axvm_hypercall_name(unknown), "unknown"));
	REACHED(true);
}

/* Own names and upstream's, and nothing else. */
void prove_axvm_hypercall_from_name(void)
{
	char text[LONG_BLOCK];
	uint32_t before = nondet_uint32(), out = before;
	bool known, named = false;

	PROVE(!axvm_hypercall_from_name(NULL, &out) && out == before);
	for (size_t i = 0; i < LONG_BLOCK - 1; i++)
		text[i] = nondet_char();
	text[LONG_BLOCK - 1] = '\0';
	known = axvm_hypercall_from_name(text, &out);
	for (uint32_t code = 0; code < CODES; code++) {
		bool names_it =
			same_text(text, names[code]) || same_text(text, upstream_names[code]);

		PROVE(names_it == (known && out == code));
		named = named || names_it;
	}
	PROVE(known == named);
	PROVE(known || out == before);
	REACHED(known);
	REACHED(!known);
}

void prove_axvm_hypercall_argument_count(void)
{
	uint32_t code = nondet_uint32();
	size_t count = axvm_hypercall_argument_count(code);

	PROVE(count <= AXVM_HYPERCALL_ARGUMENTS);
	PROVE(code < CODES || count == 0);
	REACHED(count == 4);
	REACHED(count == 0);
}

/*
 * The arguments of each code by the contract, and no others: each in turn, as CBMC then has little
 * to solve.
 */
void prove_axvm_hypercall_argument_name(void)
{
	static const char *const arguments[CODES][5] = {
		[3] = { "key", "base-slot", "size-slot" },
		[4] = { "publisher", "key", "base-slot", "size-slot" },
		[5] = { "key" },
		[6] = { "publisher", "key" },
		[7] = { "publisher", "key", "target" },
	};
	uint32_t unknown = nondet_uint32();
	size_t beyond = nondet_size();

	for (uint32_t code = 0; code < CODES; code++) {
		size_t count = 0;

		for (; arguments[code][count]; count++)
			PROVE(same_text(axvm_hypercall_argument_name(code, count),
					arguments[code][count]));
		PROVE(axvm_hypercall_argument_count(code) == count);
		if (beyond >= count)
			PROVE(same_text(axvm_hypercall_argument_name(code, beyond), "unknown"));
	}
	ASSUME(unknown >= CODES);
	PROVE(same_text(axvm_hypercall_argument_name(unknown, beyond), "unknown"));
	REACHED(beyond == SIZE_MAX);
}

void prove_axvm_hypercall_is_implemented(void)
{
	uint32_t code = nondet_uint32();

	PROVE(axvm_hypercall_is_implemented(code) ==
	      (code >= AXVM_HYPERCALL_IVC_PUBLISH && code <= AXVM_HYPERCALL_IVC_NOTIFY));
	REACHED(true);
}

void prove_axvm_hypercall_since(void)
{
	uint32_t code = nondet_uint32();
	const char *since = axvm_hypercall_since(code);

	PROVE(same_text(since, "unknown") == (code >= CODES));
	PROVE((since[0] == '\0') == (code < AXVM_HYPERCALL_IVC_NOTIFY));
	REACHED(true);
}

/* What a version of the model knows, later ones know as well. */
void prove_axvm_hypercall_known_in(void)
{
	uint32_t code = nondet_uint32();
	axvm_model model = nondet_uint8(), later = nondet_uint8(), out;
	bool known = axvm_hypercall_known_in(code, model);

	PROVE(!known || code < CODES);
	PROVE(!known || axvm_model_try_from_usize(model, &out));
	ASSUME(later >= model && axvm_model_try_from_usize(later, &out));
	PROVE(!known || axvm_hypercall_known_in(code, later));
	REACHED(known);
	REACHED(!known && code < CODES);
}
