/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/device.h>

#include "export.h"
#include "names.h"

static const axvm_emulated_device_type types_0_5[] = {
	AXVM_EMULATED_DEVICE_DUMMY,
	AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER,
	AXVM_EMULATED_DEVICE_CONSOLE,
	AXVM_EMULATED_DEVICE_IVC_CHANNEL,
	AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR,
	AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR,
	AXVM_EMULATED_DEVICE_GPPT_ITS,
	AXVM_EMULATED_DEVICE_X86_IO_APIC,
	AXVM_EMULATED_DEVICE_X86_PIT,
	AXVM_EMULATED_DEVICE_PPPT_GLOBAL,
	AXVM_EMULATED_DEVICE_VIRTIO_BLK,
	AXVM_EMULATED_DEVICE_VIRTIO_NET,
	AXVM_EMULATED_DEVICE_VIRTIO_CONSOLE,
};

static const axvm_emulated_device_type types_0_7[] = {
	AXVM_EMULATED_DEVICE_DUMMY,
	AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER,
	AXVM_EMULATED_DEVICE_CONSOLE,
	AXVM_EMULATED_DEVICE_FW_CFG,
	AXVM_EMULATED_DEVICE_IVC_CHANNEL,
	AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR,
	AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR,
	AXVM_EMULATED_DEVICE_GPPT_ITS,
	AXVM_EMULATED_DEVICE_X86_IO_APIC,
	AXVM_EMULATED_DEVICE_X86_PIT,
	AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC,
	AXVM_EMULATED_DEVICE_PPPT_GLOBAL,
	AXVM_EMULATED_DEVICE_VIRTIO_BLK,
	AXVM_EMULATED_DEVICE_VIRTIO_NET,
	AXVM_EMULATED_DEVICE_VIRTIO_CONSOLE,
};

/* Of every version. */
static const struct axvm_name names[] = {
	{ AXVM_EMULATED_DEVICE_DUMMY, "dummy" },
	{ AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER, "interrupt-controller" },
	{ AXVM_EMULATED_DEVICE_CONSOLE, "console" },
	{ AXVM_EMULATED_DEVICE_FW_CFG, "fw-cfg" },
	{ AXVM_EMULATED_DEVICE_IVC_CHANNEL, "ivc-channel" },
	{ AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, "gppt-redistributor" },
	{ AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR, "gppt-distributor" },
	{ AXVM_EMULATED_DEVICE_GPPT_ITS, "gppt-its" },
	{ AXVM_EMULATED_DEVICE_X86_IO_APIC, "x86-io-apic" },
	{ AXVM_EMULATED_DEVICE_X86_PIT, "x86-pit" },
	{ AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC, "loongarch-pch-pic" },
	{ AXVM_EMULATED_DEVICE_PPPT_GLOBAL, "pppt-global" },
	{ AXVM_EMULATED_DEVICE_VIRTIO_BLK, "virtio-blk" },
	{ AXVM_EMULATED_DEVICE_VIRTIO_NET, "virtio-net" },
	{ AXVM_EMULATED_DEVICE_VIRTIO_CONSOLE, "virtio-console" },
};

static const struct axvm_name buses[] = {
	{ AXVM_DEVICE_BUS_NONE, "none" },
	{ AXVM_DEVICE_BUS_MEMORY, "memory" },
	{ AXVM_DEVICE_BUS_PORT, "port" },
};

static const struct axvm_name old_names[] = {
	{ 0, "console" },
	{ 1, "interrupt-controller" },
	{ 2, "gppt" },
	{ 3, "virtio-blk" },
	{ 4, "virtio-net" },
	{ 5, "virtio-console" },
	{ 6, "iommu" },
	{ 7, "icc-sre" },
	{ 8, "sgir" },
	{ 9, "gicr" },
	{ 10, "ivc" },
	{ 11, "meta" },
};

/* What each is, in words; the first one is for what is unknown. */
static const char texts[][40] = {
	"unknown device",
	"meta device",
	"interrupt controller",
	"console",
	"fw_cfg",
	"ivc channel",
	"gic partial passthrough redistributor",
	"gic partial passthrough distributor",
	"gic partial passthrough its",
	"x86 io apic",
	"x86 pit",
	"loongarch pch pic",
	"plic partial passthrough global",
	"virtio block",
	"virtio net",
	"virtio console",
};

/* The row of a type in texts, one behind that in names; a look is all that it takes. */
static const uint8_t rows[UINT8_MAX + 1] = {
	[AXVM_EMULATED_DEVICE_DUMMY] = 1,
	[AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER] = 2,
	[AXVM_EMULATED_DEVICE_CONSOLE] = 3,
	[AXVM_EMULATED_DEVICE_FW_CFG] = 4,
	[AXVM_EMULATED_DEVICE_IVC_CHANNEL] = 5,
	[AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR] = 6,
	[AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR] = 7,
	[AXVM_EMULATED_DEVICE_GPPT_ITS] = 8,
	[AXVM_EMULATED_DEVICE_X86_IO_APIC] = 9,
	[AXVM_EMULATED_DEVICE_X86_PIT] = 10,
	[AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC] = 11,
	[AXVM_EMULATED_DEVICE_PPPT_GLOBAL] = 12,
	[AXVM_EMULATED_DEVICE_VIRTIO_BLK] = 13,
	[AXVM_EMULATED_DEVICE_VIRTIO_NET] = 14,
	[AXVM_EMULATED_DEVICE_VIRTIO_CONSOLE] = 15,
};

/* 0.7 has what 0.5 has, and more. */
_Static_assert(AXVM_NAMES_COUNT(names) == sizeof(types_0_7), "one name for each type");
_Static_assert(AXVM_NAMES_COUNT(texts) == sizeof(types_0_7) + 1, "one text for each type");

AXVM_EXPORT const axvm_emulated_device_type *axvm_emulated_device_type_all_in(axvm_model model,
									      size_t *count)
{
	size_t known = 0;

	if (model == AXVM_MODEL_0_5)
		known = sizeof(types_0_5);
	else if (model == AXVM_MODEL_0_7)
		known = sizeof(types_0_7);
	if (count)
		*count = known;
	return model == AXVM_MODEL_0_7 ? types_0_7 : types_0_5;
}

AXVM_EXPORT const axvm_emulated_device_type *axvm_emulated_device_type_all(size_t *count)
{
	return axvm_emulated_device_type_all_in(AXVM_MODEL_0_5, count);
}

AXVM_EXPORT bool axvm_emulated_device_type_try_from_usize_in(axvm_model model, uint64_t value,
							     axvm_emulated_device_type *out)
{
	size_t count;
	const axvm_emulated_device_type *types = axvm_emulated_device_type_all_in(model, &count);

	for (size_t i = 0; i < count; i++) {
		if (types[i] == value) {
			*out = types[i];
			return true;
		}
	}
	return false;
}

AXVM_EXPORT bool axvm_emulated_device_type_try_from_usize(uint64_t value,
							  axvm_emulated_device_type *out)
{
	return axvm_emulated_device_type_try_from_usize_in(AXVM_MODEL_0_5, value, out);
}

AXVM_EXPORT bool axvm_emulated_device_type_removable(axvm_emulated_device_type type)
{
	switch (type) {
	case AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER:
	case AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR:
	case AXVM_EMULATED_DEVICE_X86_IO_APIC:
	case AXVM_EMULATED_DEVICE_X86_PIT:
	case AXVM_EMULATED_DEVICE_VIRTIO_BLK:
	case AXVM_EMULATED_DEVICE_VIRTIO_NET:
	case AXVM_EMULATED_DEVICE_VIRTIO_CONSOLE:
		return true;
	default:
		return false;
	}
}

AXVM_EXPORT const char *axvm_emulated_device_type_describe(axvm_emulated_device_type type)
{
	return texts[rows[type]];
}

AXVM_EXPORT const char *axvm_emulated_device_type_name(axvm_emulated_device_type type)
{
	return rows[type] != 0 ? names[rows[type] - 1].name : "unknown";
}

AXVM_EXPORT bool axvm_emulated_device_type_from_name(const char *name,
						     axvm_emulated_device_type *out)
{
	return axvm_names_from_name(names, AXVM_NAMES_COUNT(names), name, out);
}

AXVM_EXPORT bool axvm_device_bus_try_from_usize(uint64_t value, axvm_device_bus *out)
{
	return axvm_names_try_from_usize(buses, AXVM_NAMES_COUNT(buses), value, out);
}

AXVM_EXPORT const char *axvm_device_bus_name(axvm_device_bus bus)
{
	return axvm_names_name(buses, AXVM_NAMES_COUNT(buses), bus);
}

AXVM_EXPORT bool axvm_device_bus_from_name(const char *name, axvm_device_bus *out)
{
	return axvm_names_from_name(buses, AXVM_NAMES_COUNT(buses), name, out);
}

AXVM_EXPORT axvm_device_bus axvm_emulated_device_type_bus(axvm_emulated_device_type type)
{
	switch (type) {
	case AXVM_EMULATED_DEVICE_CONSOLE:
	case AXVM_EMULATED_DEVICE_X86_PIT:
		return AXVM_DEVICE_BUS_PORT;
	case AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER:
	case AXVM_EMULATED_DEVICE_FW_CFG:
	case AXVM_EMULATED_DEVICE_IVC_CHANNEL:
	case AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR:
	case AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR:
	case AXVM_EMULATED_DEVICE_GPPT_ITS:
	case AXVM_EMULATED_DEVICE_X86_IO_APIC:
	case AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC:
	case AXVM_EMULATED_DEVICE_PPPT_GLOBAL:
	case AXVM_EMULATED_DEVICE_VIRTIO_BLK:
	case AXVM_EMULATED_DEVICE_VIRTIO_NET:
	case AXVM_EMULATED_DEVICE_VIRTIO_CONSOLE:
		return AXVM_DEVICE_BUS_MEMORY;
	default:
		return AXVM_DEVICE_BUS_NONE;
	}
}

AXVM_EXPORT bool axvm_emulated_device_type_supports(axvm_emulated_device_type type, axvm_arch arch)
{
	axvm_arch known;

	switch (type) {
	case AXVM_EMULATED_DEVICE_DUMMY:
	case AXVM_EMULATED_DEVICE_IVC_CHANNEL:
		return axvm_arch_try_from_usize(arch, &known);
	case AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER:
	case AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR:
	case AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR:
	case AXVM_EMULATED_DEVICE_GPPT_ITS:
		return arch == AXVM_ARCH_AARCH64;
	case AXVM_EMULATED_DEVICE_CONSOLE:
	case AXVM_EMULATED_DEVICE_X86_IO_APIC:
	case AXVM_EMULATED_DEVICE_X86_PIT:
		return arch == AXVM_ARCH_X86_64;
	case AXVM_EMULATED_DEVICE_PPPT_GLOBAL:
		return arch == AXVM_ARCH_RISCV64;
	case AXVM_EMULATED_DEVICE_FW_CFG:
	case AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC:
		return arch == AXVM_ARCH_LOONGARCH64;
	default:
		return false;
	}
}

AXVM_EXPORT size_t axvm_emulated_device_type_config_count(axvm_emulated_device_type type)
{
	switch (type) {
	case AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR:
		return 3;
	case AXVM_EMULATED_DEVICE_GPPT_ITS:
	case AXVM_EMULATED_DEVICE_PPPT_GLOBAL:
		return 1;
	default:
		return 0;
	}
}

AXVM_EXPORT const char *axvm_emulated_device_type_config_name(axvm_emulated_device_type type,
							      size_t index)
{
	if (index >= axvm_emulated_device_type_config_count(type))
		return "unknown";
	switch (type) {
	case AXVM_EMULATED_DEVICE_GPPT_ITS:
		return "host_gits_base";
	case AXVM_EMULATED_DEVICE_PPPT_GLOBAL:
		return "context_num";
	default:
		return index == 0 ? "cpu_num" : index == 1 ? "stride" : "pcpu_id";
	}
}

AXVM_EXPORT const char *axvm_emulated_device_type_old_name(uint64_t number)
{
	uint8_t known;

	if (!axvm_names_try_from_usize(old_names, AXVM_NAMES_COUNT(old_names), number, &known))
		return "unknown";
	return axvm_names_name(old_names, AXVM_NAMES_COUNT(old_names), known);
}
