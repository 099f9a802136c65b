/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vm_config.h>

#include "proof_text.h"

void prove_axvm_passthrough_port_config_format(void)
{
	char text[AXVM_PASSTHROUGH_PORT_CONFIG_TEXT_SIZE];
	const char *at = text;
	axvm_passthrough_port_config it = { (uint16_t)nondet_uint32(), (uint16_t)nondet_uint32() };
	int length = axvm_passthrough_port_config_format(&it, text, sizeof(text));

	PROVE(takes(&at, "base="));
	PROVE(takes_hex(&at, it.base, 'a'));
	PROVE(takes(&at, " length="));
	PROVE(takes_hex(&at, it.length, 'a'));
	PROVE(ends(at, text, length));
	REACHED(length == AXVM_PASSTHROUGH_PORT_CONFIG_TEXT_SIZE - 1);
}

static void is_place(const char *text, int length, axvm_gpa base, uint64_t size)
{
	const char *at = text;

	PROVE(takes(&at, "base_gpa=GPA:"));
	PROVE(takes_hex(&at, base.addr, 'a'));
	PROVE(takes(&at, " length="));
	PROVE(takes_hex(&at, size, 'a'));
	PROVE(ends(at, text, length));
	REACHED(length == AXVM_PASSTHROUGH_ADDRESS_CONFIG_TEXT_SIZE - 1);
}

void prove_axvm_passthrough_address_config_format(void)
{
	char text[AXVM_PASSTHROUGH_ADDRESS_CONFIG_TEXT_SIZE];
	axvm_passthrough_address_config it = { { nondet_uint64() }, nondet_uint64() };
	int length = axvm_passthrough_address_config_format(&it, text, sizeof(text));

	is_place(text, length, it.base_gpa, it.length);
}

void prove_axvm_reserved_address_config_format(void)
{
	char text[AXVM_RESERVED_ADDRESS_CONFIG_TEXT_SIZE];
	axvm_reserved_address_config it = { { nondet_uint64() }, nondet_uint64() };
	int length = axvm_reserved_address_config_format(&it, text, sizeof(text));

	is_place(text, length, it.base_gpa, it.length);
}
