/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vm_config.h>

#include "proof_names.h"

static bool is_mem_mapping_type(uint64_t value)
{
	return value <= 2;
}

void prove_axvm_mem_mapping_type_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_mem_mapping_type, is_mem_mapping_type);
}

static const struct named mem_mapping_type_names[] = {
	{ 0, "alloc" },
	{ 1, "identical" },
	{ 2, "reserved" },
};

void prove_axvm_mem_mapping_type_name(void)
{
	PROVE_NAME(axvm_mem_mapping_type, is_mem_mapping_type, mem_mapping_type_names);
}

void prove_axvm_mem_mapping_type_from_name(void)
{
	PROVE_FROM_NAME(axvm_mem_mapping_type, mem_mapping_type_names, no_alias);
}

/* ------------------------------------------------------------------ ranges */

static axvm_gpa nondet_gpa(void)
{
	axvm_gpa a = { nondet_uint64() };

	return a;
}

/* What every range function gives for a base and a length. */
static void is_range(bool made, axvm_gpa_range out, axvm_gpa_range before, uint64_t base,
		     wide length)
{
	wide end = base + length;

	PROVE(made == !ABOVE_UINT64(end));
	PROVE(out.start.addr == (made ? base : before.start.addr));
	PROVE(out.end.addr == (made ? end : before.end.addr));
	REACHED(made);
	REACHED(!made);
}

void prove_axvm_mem_config_range(void)
{
	axvm_mem_config config = { .gpa = nondet_gpa(), .size = nondet_uint64() };
	axvm_gpa_range before = { nondet_gpa(), nondet_gpa() }, out = before;

	is_range(axvm_mem_config_range(&config, &out), out, before, config.gpa.addr, config.size);
}

void prove_axvm_emulated_device_config_range(void)
{
	axvm_emulated_device_config config = { .base_gpa = nondet_gpa(),
					       .length = nondet_uint64() };
	axvm_gpa_range before = { nondet_gpa(), nondet_gpa() }, out = before;
	bool made = axvm_emulated_device_config_range(&config, &out);

	is_range(made, out, before, config.base_gpa.addr, config.length);
}

void prove_axvm_passthrough_device_config_range(void)
{
	axvm_passthrough_device_config config = { .base_gpa = nondet_gpa(),
						  .length = nondet_uint64() };
	axvm_gpa_range before = { nondet_gpa(), nondet_gpa() }, out = before;
	bool made = axvm_passthrough_device_config_range(&config, &out);

	is_range(made, out, before, config.base_gpa.addr, config.length);
}

void prove_axvm_passthrough_device_config_host_range(void)
{
	axvm_passthrough_device_config config = { .base_hpa = { nondet_uint64() },
						  .length = nondet_uint64() };
	axvm_hpa_range before = { { nondet_uint64() }, { nondet_uint64() } }, out = before;
	wide end = (wide)config.base_hpa.addr + config.length;
	bool made = axvm_passthrough_device_config_host_range(&config, &out);

	PROVE(made == !ABOVE_UINT64(end));
	PROVE(out.start.addr == (made ? config.base_hpa.addr : before.start.addr));
	PROVE(out.end.addr == (made ? end : before.end.addr));
	REACHED(made);
	REACHED(!made);
}

void prove_axvm_passthrough_address_config_range(void)
{
	axvm_passthrough_address_config config = { nondet_gpa(), nondet_uint64() };
	axvm_gpa_range before = { nondet_gpa(), nondet_gpa() }, out = before;
	bool made = axvm_passthrough_address_config_range(&config, &out);

	is_range(made, out, before, config.base_gpa.addr, config.length);
}

void prove_axvm_reserved_address_config_range(void)
{
	axvm_reserved_address_config config = { nondet_gpa(), nondet_uint64() };
	axvm_gpa_range before = { nondet_gpa(), nondet_gpa() }, out = before;
	bool made = axvm_reserved_address_config_range(&config, &out);

	is_range(made, out, before, config.base_gpa.addr, config.length);
}

/* The last of them is one of 2^16. */
void prove_axvm_passthrough_port_config_last(void)
{
	axvm_passthrough_port_config config = { (uint16_t)nondet_uint32(),
						(uint16_t)nondet_uint32() };
	uint16_t before = (uint16_t)nondet_uint32(), out = before;
	int last = config.base + config.length - 1;
	bool made = axvm_passthrough_port_config_last(&config, &out);

	PROVE(made == (config.length > 0 && last <= 0xffff));
	PROVE(out == (made ? last : before));
	REACHED(made && out == 0xffff);
	REACHED(!made && config.length > 0);
}

/* ------------------------------------------------------- defaults and equality */

void prove_axvm_mem_config_eq(void)
{
	axvm_mem_config a = { nondet_gpa(), nondet_uint64(), nondet_uint64(), nondet_uint8() };
	axvm_mem_config b = { nondet_gpa(), nondet_uint64(), nondet_uint64(), nondet_uint8() };
	bool differ = a.gpa.addr != b.gpa.addr || a.size != b.size || a.flags != b.flags ||
		      a.map_type != b.map_type;

	PROVE(axvm_mem_config_eq(&a, &b) == !differ);
	REACHED(!differ);
	REACHED(differ);
}

void prove_axvm_mem_config_init(void)
{
	axvm_mem_config config, initialized = AXVM_MEM_CONFIG_INIT;

	axvm_mem_config_init(&config);
	PROVE(config.gpa.addr == 0 && config.size == 0 && config.flags == 0);
	PROVE(config.map_type == AXVM_MEM_MAPPING_ALLOC);
	PROVE(axvm_mem_config_eq(&config, &initialized));
	REACHED(true);
}

void prove_axvm_passthrough_address_config_eq(void)
{
	axvm_passthrough_address_config a = { nondet_gpa(), nondet_uint64() };
	axvm_passthrough_address_config b = { nondet_gpa(), nondet_uint64() };
	bool differ = a.base_gpa.addr != b.base_gpa.addr || a.length != b.length;

	PROVE(axvm_passthrough_address_config_eq(&a, &b) == !differ);
	REACHED(!differ);
	REACHED(differ);
}

void prove_axvm_passthrough_address_config_init(void)
{
	axvm_passthrough_address_config config;

	axvm_passthrough_address_config_init(&config);
	PROVE(config.base_gpa.addr == 0 && config.length == 0);
	REACHED(true);
}

void prove_axvm_reserved_address_config_eq(void)
{
	axvm_reserved_address_config a = { nondet_gpa(), nondet_uint64() };
	axvm_reserved_address_config b = { nondet_gpa(), nondet_uint64() };
	bool differ = a.base_gpa.addr != b.base_gpa.addr || a.length != b.length;

	PROVE(axvm_reserved_address_config_eq(&a, &b) == !differ);
	REACHED(!differ);
	REACHED(differ);
}

void prove_axvm_reserved_address_config_init(void)
{
	axvm_reserved_address_config config;

	axvm_reserved_address_config_init(&config);
	PROVE(config.base_gpa.addr == 0 && config.length == 0);
	REACHED(true);
}

void prove_axvm_passthrough_port_config_eq(void)
{
	axvm_passthrough_port_config a = { (uint16_t)nondet_uint32(), (uint16_t)nondet_uint32() };
	axvm_passthrough_port_config b = { (uint16_t)nondet_uint32(), (uint16_t)nondet_uint32() };

	PROVE(axvm_passthrough_port_config_eq(&a, &b) ==
	      !(a.base != b.base || a.length != b.length));
	REACHED(axvm_passthrough_port_config_eq(&a, &b));
}

void prove_axvm_passthrough_port_config_init(void)
{
	axvm_passthrough_port_config config;

	axvm_passthrough_port_config_init(&config);
	PROVE(config.base == 0 && config.length == 0);
	REACHED(true);
}

/* ---------------------------------------------------------- what owns memory */

/* Names of up to two bytes, or none; lists of up to two numbers. malloc() may fail. */
#define SHORT 3

static const char *nondet_name(char *block)
{
	block[0] = nondet_char();
	block[1] = nondet_char();
	block[2] = '\0';
	return nondet_bool() ? NULL : block;
}

static bool same_name(const char *a, const char *b)
{
	return same_text(a ? a : "", b ? b : "");
}

static bool is_default(const axvm_emulated_device_config *config)
{
	return same_text(config->name, "") && config->base_gpa.addr == 0 && config->length == 0 &&
	       config->irq_id == 0 && config->emu_type == AXVM_EMULATED_DEVICE_DUMMY &&
	       !config->cfg_list && config->cfg_list_len == 0;
}

static axvm_emulated_device_config nondet_emulated(char *name, uint64_t *list, size_t len)
{
	axvm_emulated_device_config config;

	list[0] = nondet_uint64();
	list[1] = nondet_uint64();
	config.name = nondet_name(name);
	config.base_gpa = nondet_gpa();
	config.length = nondet_uint64();
	config.irq_id = nondet_uint64();
	config.emu_type = nondet_uint8();
	config.cfg_list = list;
	config.cfg_list_len = len;
	return config;
}

void prove_axvm_emulated_device_config_init(void)
{
	axvm_emulated_device_config config;

	axvm_emulated_device_config_init(&config);
	PROVE(is_default(&config));
	REACHED(true);
}

void prove_axvm_emulated_device_config_eq(void)
{
	char name_a[SHORT], name_b[SHORT];
	uint64_t list_a[2], list_b[2];
	axvm_emulated_device_config a = nondet_emulated(name_a, list_a, 2);
	axvm_emulated_device_config b = nondet_emulated(name_b, list_b, nondet_bool() ? 2 : 1);
	bool same = same_name(a.name, b.name) && a.base_gpa.addr == b.base_gpa.addr &&
		    a.length == b.length && a.irq_id == b.irq_id && a.emu_type == b.emu_type &&
		    b.cfg_list_len == 2 && list_a[0] == list_b[0] && list_a[1] == list_b[1];

	PROVE(axvm_emulated_device_config_eq(&a, &b) == same);
	REACHED(same && a.name == NULL && b.name != NULL);
	REACHED(!same);
}

/* Nothing is left and nothing freed twice: --memory-leak-check and the pointer checks. */
static axvm_passthrough_device_config nondet_passthrough(char *name)
{
	axvm_passthrough_device_config config;

	config.name = nondet_name(name);
	config.base_gpa = nondet_gpa();
	config.base_hpa.addr = nondet_uint64();
	config.length = nondet_uint64();
	config.irq_id = nondet_uint64();
	return config;
}

static bool is_default_passthrough(const axvm_passthrough_device_config *config)
{
	return same_text(config->name, "") && config->base_gpa.addr == 0 &&
	       config->base_hpa.addr == 0 && config->length == 0 && config->irq_id == 0;
}

void prove_axvm_passthrough_device_config_init(void)
{
	axvm_passthrough_device_config config;

	axvm_passthrough_device_config_init(&config);
	PROVE(is_default_passthrough(&config));
	REACHED(true);
}

void prove_axvm_passthrough_device_config_eq(void)
{
	char name_a[SHORT], name_b[SHORT];
	axvm_passthrough_device_config a = nondet_passthrough(name_a);
	axvm_passthrough_device_config b = nondet_passthrough(name_b);
	bool same = same_name(a.name, b.name) && a.base_gpa.addr == b.base_gpa.addr &&
		    a.base_hpa.addr == b.base_hpa.addr && a.length == b.length &&
		    a.irq_id == b.irq_id;

	PROVE(axvm_passthrough_device_config_eq(&a, &b) == same);
	REACHED(same);
	REACHED(!same);
}

void prove_axvm_passthrough_device_config_copy(void)
{
	char name[SHORT];
	axvm_passthrough_device_config src = nondet_passthrough(name), dst;

	if (axvm_passthrough_device_config_copy(&dst, &src) == AXVM_OK) {
		PROVE(axvm_passthrough_device_config_eq(&dst, &src) && dst.name != src.name);
		REACHED(true);
	} else {
		PROVE(is_default_passthrough(&dst));
		REACHED(true);
	}
	axvm_passthrough_device_config_clear(&dst);
}

void prove_axvm_passthrough_device_config_clear(void)
{
	char name[SHORT];
	axvm_passthrough_device_config src = nondet_passthrough(name), dst;

	ASSUME(axvm_passthrough_device_config_copy(&dst, &src) == AXVM_OK);
	axvm_passthrough_device_config_clear(&dst);
	PROVE(is_default_passthrough(&dst));
	axvm_passthrough_device_config_clear(&dst);
	PROVE(is_default_passthrough(&dst));
	REACHED(true);
}

/*
 * The length in the header's words, in 128 bits: of all redistributors, or as it stands; but
 * the interrupt controller has a place of its own.
 */
void prove_axvm_emulated_device_config_footprint(void)
{
	char name[SHORT];
	uint64_t list[2];
	axvm_emulated_device_config config = nondet_emulated(name, list, 2);
	axvm_gpa_range before = { nondet_gpa(), nondet_gpa() }, out = before;
	bool made;

	config.emu_type = AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR;
	/* A product of two numbers that could be any takes the solver too long. */
	ASSUME(list[0] <= 3);
	made = axvm_emulated_device_config_footprint(&config, &out);
	is_range(made, out, before, config.base_gpa.addr,
		 list[0] == 0 ? 0 : (wide)list[1] * (list[0] - 1) + config.length);
	config.emu_type = nondet_uint8();
	ASSUME(config.emu_type != AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR);
	out = before;
	made = axvm_emulated_device_config_footprint(&config, &out);
	if (config.emu_type == AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER)
		PROVE(made && out.start.addr == 0x8000000 && out.end.addr == 0x8010000);
	else if (axvm_emulated_device_type_bus(config.emu_type) == AXVM_DEVICE_BUS_MEMORY)
		is_range(made, out, before, config.base_gpa.addr, config.length);
	else
		PROVE(!made && out.start.addr == before.start.addr);
	config.emu_type = AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR;
	config.cfg_list_len = 1;
	PROVE(!axvm_emulated_device_config_footprint(&config, &out));
	config.cfg_list_len = 2;
	config.cfg_list = NULL;
	PROVE(!axvm_emulated_device_config_footprint(&config, &out));
}
