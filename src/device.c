/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/device.h>

#include <string.h>

#include "export.h"
#include "names.h"

/*
 * The types, one row each, in order of their values: the constant, the versions that have it, and
 * what is said of it. What a row does not name is false, none or "".
 */
/* clang-format off */
#define TYPES(TYPE)                                                                                \
	TYPE(DUMMY, FROM_0_5, .name = "dummy", .text = "meta device",                              \
	     .archs = EVERY)                                                                       \
	TYPE(INTERRUPT_CONTROLLER, FROM_0_5, .name = "interrupt-controller",                       \
	     .text = "interrupt controller",                                                       \
	     .archs = AARCH64, .bus = MEMORY, .removable = true)                                   \
	TYPE(CONSOLE, FROM_0_5, .name = "console", .text = "console",                              \
	     .archs = X86_64, .bus = PORT)                                                         \
	TYPE(FW_CFG, FROM_0_7, .name = "fw-cfg", .text = "fw_cfg",                                 \
	     .archs = LOONGARCH64, .bus = MEMORY)                                                  \
	TYPE(IVC_CHANNEL, FROM_0_5, .name = "ivc-channel", .text = "ivc channel",                  \
	     .archs = EVERY, .bus = MEMORY)                                                        \
	TYPE(GPPT_REDISTRIBUTOR, FROM_0_5, .name = "gppt-redistributor",                           \
	     .text = "gic partial passthrough redistributor",                                      \
	     .archs = AARCH64, .bus = MEMORY, .removable = true,                                   \
	     .config_count = 3, .config = "cpu_num\0stride\0pcpu_id")                              \
	TYPE(GPPT_DISTRIBUTOR, FROM_0_5, .name = "gppt-distributor",                               \
	     .text = "gic partial passthrough distributor",                                        \
	     .archs = AARCH64, .bus = MEMORY)                                                      \
	TYPE(GPPT_ITS, FROM_0_5, .name = "gppt-its", .text = "gic partial passthrough its",        \
	     .archs = AARCH64, .bus = MEMORY,                                                      \
	     .config_count = 1, .config = "host_gits_base")                                        \
	TYPE(X86_IO_APIC, FROM_0_5, .name = "x86-io-apic", .text = "x86 io apic",                  \
	     .archs = X86_64, .bus = MEMORY, .removable = true)                                    \
	TYPE(X86_PIT, FROM_0_5, .name = "x86-pit", .text = "x86 pit",                              \
	     .archs = X86_64, .bus = PORT, .removable = true)                                      \
	TYPE(LOONGARCH_PCH_PIC, FROM_0_7, .name = "loongarch-pch-pic", .text = "loongarch pch pic", \
	     .archs = LOONGARCH64, .bus = MEMORY)                                                  \
	TYPE(PPPT_GLOBAL, FROM_0_5, .name = "pppt-global",                                         \
	     .text = "plic partial passthrough global",                                            \
	     .archs = RISCV64, .bus = MEMORY,                                                      \
	     .config_count = 1, .config = "context_num")                                           \
	TYPE(VIRTIO_BLK, FROM_0_5, .name = "virtio-blk", .text = "virtio block",                   \
	     .bus = MEMORY, .removable = true)                                                     \
	TYPE(VIRTIO_NET, FROM_0_5, .name = "virtio-net", .text = "virtio net",                     \
	     .bus = MEMORY, .removable = true)                                                     \
	TYPE(VIRTIO_CONSOLE, FROM_0_5, .name = "virtio-console", .text = "virtio console",         \
	     .bus = MEMORY, .removable = true)
/* clang-format on */

/* A set of architectures in a row: bit n for the architecture n. */
enum {
	AARCH64 = 1 << AXVM_ARCH_AARCH64,
	RISCV64 = 1 << AXVM_ARCH_RISCV64,
	X86_64 = 1 << AXVM_ARCH_X86_64,
	LOONGARCH64 = 1 << AXVM_ARCH_LOONGARCH64,
	EVERY = UINT8_MAX
};

enum { MEMORY = AXVM_DEVICE_BUS_MEMORY, PORT = AXVM_DEVICE_BUS_PORT };

/* Text is in the rows, as a pointer would need a relocation. */
struct row {
	char name[22];
	char text[38];
	char config[23]; /* the names of the members of cfg_list, NUL between them */
	uint8_t config_count;
	axvm_emulated_device_type value;
	uint8_t archs;
	axvm_device_bus bus;
	bool removable;
};

/* The place of a type in rows; 0 is that of an unknown type. */
#define PLACE(type, ...) PLACE_##type,
enum { PLACE_UNKNOWN, TYPES(PLACE) PLACES };

#define ROW(type, versions, ...)                                                                   \
	[PLACE_##type] = { .value = AXVM_EMULATED_DEVICE_##type, __VA_ARGS__ },
static const struct row rows[PLACES] = { { .name = "unknown", .text = "unknown device" },
					 TYPES(ROW) };

#define LOOKUP(type, ...) [AXVM_EMULATED_DEVICE_##type] = PLACE_##type,
static const uint8_t places[UINT8_MAX + 1] = { TYPES(LOOKUP) };

#define CASE(type, ...) case AXVM_EMULATED_DEVICE_##type:
AXVM_NAMES_EVERY(axvm_emulated_device_type, TYPES(CASE))

/* The types of a version that has others than the one before it. */
#define VALUE(type) AXVM_EMULATED_DEVICE_##type,
#define IN_0_5(type, versions, ...) IN_0_5_##versions(type)
#define IN_0_5_FROM_0_5(type) VALUE(type)
#define IN_0_5_FROM_0_7(type)
static const axvm_emulated_device_type types_0_5[] = { TYPES(IN_0_5) };

#define IN_0_7(type, versions, ...) IN_0_7_##versions(type)
#define IN_0_7_FROM_0_5(type) VALUE(type)
#define IN_0_7_FROM_0_7(type) VALUE(type)
static const axvm_emulated_device_type types_0_7[] = { TYPES(IN_0_7) };

static const struct row *row_of(axvm_emulated_device_type type)
{
	return &rows[places[type]];
}

#define BUSES(NAME)                                                                                \
	NAME(AXVM_DEVICE_BUS_NONE, "none")                                                         \
	NAME(AXVM_DEVICE_BUS_MEMORY, "memory")                                                     \
	NAME(AXVM_DEVICE_BUS_PORT, "port")
AXVM_NAMES(buses, axvm_device_bus, BUSES, )

/* By the numbers of files from before July 2025. */
static const char old_names[][21] = {
	"console",    "interrupt-controller",
	"gppt",	      "virtio-blk",
	"virtio-net", "virtio-console",
	"iommu",      "icc-sre",
	"sgir",	      "gicr",
	"ivc",	      "meta",
};

AXVM_EXPORT const axvm_emulated_device_type *axvm_emulated_device_type_all_in(axvm_model model,
									      size_t *count)
{
	bool is_old = model < AXVM_MODEL_0_7;
	size_t known = is_old ? sizeof(types_0_5) : sizeof(types_0_7);

	/* From 0.7.3 on, devices have names of models in place of types. */
	if (count)
		*count = model < AXVM_MODEL_0_7_3 ? known : 0;
	return is_old ? types_0_5 : types_0_7;
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
	return row_of(type)->removable;
}

AXVM_EXPORT const char *axvm_emulated_device_type_describe(axvm_emulated_device_type type)
{
	return row_of(type)->text;
}

AXVM_EXPORT const char *axvm_emulated_device_type_name(axvm_emulated_device_type type)
{
	return row_of(type)->name;
}

AXVM_EXPORT bool axvm_emulated_device_type_from_name(const char *name,
						     axvm_emulated_device_type *out)
{
	if (!name)
		return false;
	for (size_t i = PLACE_UNKNOWN + 1; i < PLACES; i++) {
		if (strcmp(rows[i].name, name) == 0) {
			*out = rows[i].value;
			return true;
		}
	}
	return false;
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
	return row_of(type)->bus;
}

AXVM_EXPORT bool axvm_emulated_device_type_supports(axvm_emulated_device_type type, axvm_arch arch)
{
	axvm_arch known;

	return axvm_arch_try_from_usize(arch, &known) && (row_of(type)->archs >> known & 1) != 0;
}

AXVM_EXPORT size_t axvm_emulated_device_type_config_count(axvm_emulated_device_type type)
{
	return row_of(type)->config_count;
}

AXVM_EXPORT const char *axvm_emulated_device_type_config_name(axvm_emulated_device_type type,
							      size_t index)
{
	const char *name = row_of(type)->config;

	if (index >= axvm_emulated_device_type_config_count(type))
		return "unknown";
	for (; index != 0; index--)
		name += strlen(name) + 1;
	return name;
}

AXVM_EXPORT const char *axvm_emulated_device_type_old_name(uint64_t number)
{
	return number < AXVM_NAMES_COUNT(old_names) ? old_names[number] : "unknown";
}
