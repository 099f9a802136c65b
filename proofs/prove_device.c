/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/device.h>

#include "proof_names.h"

/* The scheme of the model: what it has is in these groups. */
static bool is_emulated_device_type(uint64_t value)
{
	return value <= 0x03 || value == 0x0a || (value >= 0x20 && value <= 0x25) ||
	       value == 0x30 || (value >= 0xe1 && value <= 0xe3);
}

static bool is_of_0_5(uint64_t value)
{
	return is_emulated_device_type(value) && value != 0x03 && value != 0x25;
}

static bool is_of(axvm_model model, uint64_t value)
{
	return model == AXVM_MODEL_0_5	 ? is_of_0_5(value)
	       : model == AXVM_MODEL_0_7 ? is_emulated_device_type(value)
					 : false;
}

void prove_axvm_emulated_device_type_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_emulated_device_type, is_of_0_5);
}

void prove_axvm_emulated_device_type_try_from_usize_in(void)
{
	axvm_model model = nondet_uint8();
	uint64_t value = nondet_uint64();
	uint8_t before = nondet_uint8(), out = before;
	bool known = axvm_emulated_device_type_try_from_usize_in(model, value, &out);

	PROVE(known == is_of(model, value));
	PROVE(out == (known ? value : before));
	REACHED(known && value == 0x25);
	REACHED(!known && model > AXVM_MODEL_0_7);
}

/* Each of a version is listed, in ascending order, and nothing else. */
static void is_list(const axvm_emulated_device_type *all, size_t count, axvm_model model)
{
	size_t i = nondet_size(), j = nondet_size();
	uint8_t value = nondet_uint8();
	bool listed = false;

	for (size_t k = 0; k < count; k++)
		listed = listed || all[k] == value;
	PROVE(listed == is_of(model, value));
	ASSUME(i < j && j < count);
	PROVE(all[i] < all[j]);
	REACHED(true);
}

void prove_axvm_emulated_device_type_all(void)
{
	size_t count;
	const axvm_emulated_device_type *all = axvm_emulated_device_type_all(&count);

	PROVE(axvm_emulated_device_type_all(NULL) == all);
	is_list(all, count, AXVM_MODEL_0_5);
}

void prove_axvm_emulated_device_type_all_in(void)
{
	axvm_model model = nondet_uint8();
	size_t count;
	const axvm_emulated_device_type *all = axvm_emulated_device_type_all_in(model, &count);

	PROVE(axvm_emulated_device_type_all_in(model, NULL) == all);
	if (model <= AXVM_MODEL_0_7)
		is_list(all, count, model);
	else
		PROVE(count == 0);
}

static const struct named emulated_device_type_names[] = {
	{ 0x0, "dummy" },
	{ 0x1, "interrupt-controller" },
	{ 0x2, "console" },
	{ 0x3, "fw-cfg" },
	{ 0xa, "ivc-channel" },
	{ 0x20, "gppt-redistributor" },
	{ 0x21, "gppt-distributor" },
	{ 0x22, "gppt-its" },
	{ 0x23, "x86-io-apic" },
	{ 0x24, "x86-pit" },
	{ 0x25, "loongarch-pch-pic" },
	{ 0x30, "pppt-global" },
	{ 0xe1, "virtio-blk" },
	{ 0xe2, "virtio-net" },
	{ 0xe3, "virtio-console" },
};

void prove_axvm_emulated_device_type_name(void)
{
	PROVE_NAME(axvm_emulated_device_type, is_emulated_device_type, emulated_device_type_names);
}

void prove_axvm_emulated_device_type_from_name(void)
{
	PROVE_FROM_NAME(axvm_emulated_device_type, emulated_device_type_names, no_alias);
}

void prove_axvm_emulated_device_type_removable(void)
{
	uint8_t type = nondet_uint8();
	/* virtio and what the two interrupt controllers and timers of x86 are. */
	bool wanted = (type >= 0xe1 && type <= 0xe3) || type == 0x01 || type == 0x20 ||
		      type == 0x23 || type == 0x24;

	PROVE(axvm_emulated_device_type_removable(type) == wanted);
	REACHED(wanted);
	REACHED(!wanted);
}

void prove_axvm_emulated_device_type_config_count(void)
{
	uint8_t type = nondet_uint8();
	size_t count = axvm_emulated_device_type_config_count(type);

	PROVE(count == (type == 0x20 ? 3 : type == 0x22 || type == 0x30 ? 1 : 0));
	REACHED(count == 3);
}

/* Of the types that have members, by the contract; the indexes in turn, as CBMC then solves nothing. */
static void has_config_names(uint8_t type, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		PROVE(same_text(axvm_emulated_device_type_config_name(type, i), names[i]));
	PROVE(same_text(axvm_emulated_device_type_config_name(type, count), "unknown"));
	PROVE(same_text(axvm_emulated_device_type_config_name(type, SIZE_MAX), "unknown"));
}

void prove_axvm_emulated_device_type_config_name(void)
{
	static const char *const redistributor[] = { "cpu_num", "stride", "pcpu_id" };
	static const char *const its[] = { "host_gits_base" }, *const plic[] = { "context_num" };
	uint8_t other = nondet_uint8();

	has_config_names(0x20, redistributor, 3);
	has_config_names(0x22, its, 1);
	has_config_names(0x30, plic, 1);
	ASSUME(other != 0x20 && other != 0x22 && other != 0x30);
	PROVE(same_text(axvm_emulated_device_type_config_name(other, 0), "unknown"));
	REACHED(!is_emulated_device_type(other));
}

void prove_axvm_emulated_device_type_old_name(void)
{
	uint64_t beyond = nondet_uint64();

	for (uint64_t number = 0; number < 12; number++) {
		const char *name = axvm_emulated_device_type_old_name(number);

		PROVE(!same_text(name, "unknown"));
		for (uint64_t other = 0; other < number; other++)
			PROVE(!same_text(name, axvm_emulated_device_type_old_name(other)));
	}
	ASSUME(beyond >= 12);
	PROVE(same_text(axvm_emulated_device_type_old_name(beyond), "unknown"));
	REACHED(true);
}

/* The first of a kind on memory, ports or none: see the header's table. */
void prove_axvm_emulated_device_type_bus(void)
{
	uint8_t type = nondet_uint8();
	axvm_device_bus bus = axvm_emulated_device_type_bus(type);

	PROVE(bus <= AXVM_DEVICE_BUS_PORT);
	if (bus != AXVM_DEVICE_BUS_NONE)
		PROVE(is_emulated_device_type(type) && type != AXVM_EMULATED_DEVICE_DUMMY);
	REACHED(bus == AXVM_DEVICE_BUS_MEMORY);
	REACHED(bus == AXVM_DEVICE_BUS_PORT);
}

void prove_axvm_emulated_device_type_supports(void)
{
	uint8_t type = nondet_uint8(), arch = nondet_uint8();
	bool supports = axvm_emulated_device_type_supports(type, arch);

	if (supports)
		PROVE(is_emulated_device_type(type) && arch >= 1 && arch <= 4);
	REACHED(supports);
	REACHED(!supports);
}

static bool is_device_bus(uint64_t value)
{
	return value <= 2;
}

void prove_axvm_device_bus_try_from_usize(void)
{
	PROVE_TRY_FROM_USIZE(axvm_device_bus, is_device_bus);
}

static const struct named device_bus_names[] = {
	{ 0, "none" },
	{ 1, "memory" },
	{ 2, "port" },
};

void prove_axvm_device_bus_name(void)
{
	PROVE_NAME(axvm_device_bus, is_device_bus, device_bus_names);
}

void prove_axvm_device_bus_from_name(void)
{
	PROVE_FROM_NAME(axvm_device_bus, device_bus_names, no_alias);
}
