/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vm_config.h>

#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "members.h"
#include "names.h"

#define MAPPING_TYPES(NAME)                                                                        \
	NAME(AXVM_MEM_MAPPING_ALLOC, "alloc")                                                      \
	NAME(AXVM_MEM_MAPPING_IDENTICAL, "identical")                                              \
	NAME(AXVM_MEM_MAPPING_RESERVED, "reserved")
AXVM_NAMES(mem_mapping_types, axvm_mem_mapping_type, MAPPING_TYPES, )

static const axvm_mem_config mem_config_default = AXVM_MEM_CONFIG_INIT;
static const axvm_passthrough_address_config passthrough_address_config_default =
	AXVM_PASSTHROUGH_ADDRESS_CONFIG_INIT;
static const axvm_passthrough_port_config passthrough_port_config_default =
	AXVM_PASSTHROUGH_PORT_CONFIG_INIT;
static const axvm_reserved_address_config reserved_address_config_default =
	AXVM_RESERVED_ADDRESS_CONFIG_INIT;

AXVM_EXPORT bool axvm_mem_mapping_type_try_from_usize(uint64_t value, axvm_mem_mapping_type *out)
{
	return axvm_names_try_from_usize(mem_mapping_types, AXVM_NAMES_COUNT(mem_mapping_types),
					 value, out);
}

AXVM_EXPORT const char *axvm_mem_mapping_type_name(axvm_mem_mapping_type type)
{
	return axvm_names_name(mem_mapping_types, AXVM_NAMES_COUNT(mem_mapping_types), type);
}

AXVM_EXPORT bool axvm_mem_mapping_type_from_name(const char *name, axvm_mem_mapping_type *out)
{
	return axvm_names_from_name(mem_mapping_types, AXVM_NAMES_COUNT(mem_mapping_types), name,
				    out);
}

static bool is_empty(const char *name)
{
	return !name || name[0] == '\0';
}

static bool names_eq(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* A NULL name is copied as "", which is never owned. False when memory runs out. */
static bool copy_name(const char *name, const char **out)
{
	size_t size;
	char *copy;

	if (is_empty(name)) {
		*out = "";
		return true;
	}
	size = strlen(name) + 1;
	copy = malloc(size);
	if (!copy)
		return false;
	memcpy(copy, name, size);
	*out = copy;
	return true;
}

/* Members are const for users that fill in their own; what a copy owns is not. */
static void free_const(const void *owned)
{
	free((void *)(uintptr_t)owned);
}

static void free_name(const char *name)
{
	if (!is_empty(name))
		free_const(name);
}

static void write_name(struct axvm_writer *w, const char *name)
{
	axvm_member_key(w, "name");
	axvm_writer_quoted(w, name ? name : "");
}

/* By name if it has one of its own, else by number. */
static void write_enum(struct axvm_writer *w, const char *key, const char *name, uint8_t value)
{
	axvm_member_key(w, key);
	if (strcmp(name, "unknown") != 0)
		axvm_writer_str(w, name);
	else
		axvm_writer_hex(w, value);
}

AXVM_EXPORT void axvm_mem_config_init(axvm_mem_config *config)
{
	*config = mem_config_default;
}

AXVM_EXPORT bool axvm_mem_config_eq(const axvm_mem_config *a, const axvm_mem_config *b)
{
	return axvm_gpa_eq(a->gpa, b->gpa) && a->size == b->size && a->flags == b->flags &&
	       a->map_type == b->map_type;
}

AXVM_EXPORT int axvm_mem_config_format(const axvm_mem_config *config, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_member_gpa(&w, "gpa", config->gpa);
	axvm_member_hex(&w, "size", config->size);
	axvm_member_hex(&w, "flags", config->flags);
	write_enum(&w, "map_type", axvm_mem_mapping_type_name(config->map_type), config->map_type);
	return axvm_writer_end(&w);
}

AXVM_EXPORT bool axvm_mem_config_range(const axvm_mem_config *config, axvm_gpa_range *out)
{
	return axvm_gpa_range_try_from_start_size(config->gpa, config->size, out);
}

AXVM_EXPORT void axvm_emulated_device_config_init(axvm_emulated_device_config *config)
{
	/* No constant to copy: with the pointer in it, it would need a relocation. */
	memset(config, 0, sizeof(*config));
	config->name = "";
	config->emu_type = AXVM_EMULATED_DEVICE_DEFAULT;
}

/* Both have len elements; a NULL list equals only itself unless it has none. */
static bool lists_eq(const uint64_t *a, const uint64_t *b, size_t len)
{
	if (len == 0 || a == b)
		return true;
	return a && b && memcmp(a, b, len * sizeof(*a)) == 0;
}

AXVM_EXPORT bool axvm_emulated_device_config_eq(const axvm_emulated_device_config *a,
						const axvm_emulated_device_config *b)
{
	return names_eq(a->name, b->name) && axvm_gpa_eq(a->base_gpa, b->base_gpa) &&
	       a->length == b->length && a->irq_id == b->irq_id && a->emu_type == b->emu_type &&
	       a->cfg_list_len == b->cfg_list_len &&
	       lists_eq(a->cfg_list, b->cfg_list, a->cfg_list_len);
}

AXVM_EXPORT int axvm_emulated_device_config_format(const axvm_emulated_device_config *config,
						   char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	write_name(&w, config->name);
	axvm_member_gpa(&w, "base_gpa", config->base_gpa);
	axvm_member_hex(&w, "length", config->length);
	axvm_member_uint(&w, "irq_id", config->irq_id);
	write_enum(&w, "emu_type", axvm_emulated_device_type_name(config->emu_type),
		   config->emu_type);
	axvm_member_key(&w, "cfg_list");
	if (!config->cfg_list && config->cfg_list_len != 0) {
		/* Not a valid list; say so rather than crash in a diagnostic. */
		axvm_writer_str(&w, "NULL");
		return axvm_writer_end(&w);
	}
	axvm_writer_str(&w, "[");
	for (size_t i = 0; i < config->cfg_list_len; i++) {
		if (i != 0)
			axvm_writer_str(&w, ",");
		axvm_writer_hex(&w, config->cfg_list[i]);
	}
	axvm_writer_str(&w, "]");
	return axvm_writer_end(&w);
}

AXVM_EXPORT bool axvm_emulated_device_config_range(const axvm_emulated_device_config *config,
						   axvm_gpa_range *out)
{
	return axvm_gpa_range_try_from_start_size(config->base_gpa, config->length, out);
}

AXVM_EXPORT bool axvm_emulated_device_config_footprint(const axvm_emulated_device_config *config,
						       axvm_gpa_range *out)
{
	uint64_t length = config->length;

	if (axvm_emulated_device_type_bus(config->emu_type) != AXVM_DEVICE_BUS_MEMORY)
		return false;
	if (config->emu_type == AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER) {
		*out = axvm_gpa_range_from_start_size(axvm_gpa_new(0x8000000), 0x10000);
		return true;
	}
	if (config->emu_type == AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR) {
		/* cpu_num and stride. */
		const uint64_t *list = config->cfg_list;
		uint64_t last;

		if (!list || config->cfg_list_len < 2)
			return false;
		if (list[0] == 0)
			length = 0;
		else if (__builtin_mul_overflow(list[0] - 1, list[1], &last) ||
			 __builtin_add_overflow(last, length, &length))
			return false;
	}
	return axvm_gpa_range_try_from_start_size(config->base_gpa, length, out);
}

AXVM_EXPORT axvm_error axvm_emulated_device_config_copy(axvm_emulated_device_config *dst,
							const axvm_emulated_device_config *src)
{
	axvm_emulated_device_config copy = *src;
	uint64_t *list = NULL;
	axvm_error error = AXVM_ERROR_NO_MEMORY;

	if (src->cfg_list_len != 0) {
		size_t size;

		if (!src->cfg_list) {
			error = AXVM_ERROR_INVALID_INPUT;
			goto fail;
		}
		if (__builtin_mul_overflow(src->cfg_list_len, sizeof(*list), &size))
			goto fail;
		list = malloc(size);
		if (!list)
			goto fail;
		memcpy(list, src->cfg_list, size);
	}
	if (!copy_name(src->name, &copy.name))
		goto fail;
	copy.cfg_list = list;
	*dst = copy;
	return AXVM_OK;

fail:
	free(list);
	axvm_emulated_device_config_init(dst);
	return error;
}

AXVM_EXPORT void axvm_emulated_device_config_clear(axvm_emulated_device_config *config)
{
	free_name(config->name);
	if (config->cfg_list_len != 0)
		free_const(config->cfg_list);
	axvm_emulated_device_config_init(config);
}

AXVM_EXPORT void axvm_passthrough_device_config_init(axvm_passthrough_device_config *config)
{
	memset(config, 0, sizeof(*config));
	config->name = "";
}

AXVM_EXPORT bool axvm_passthrough_device_config_eq(const axvm_passthrough_device_config *a,
						   const axvm_passthrough_device_config *b)
{
	return names_eq(a->name, b->name) && axvm_gpa_eq(a->base_gpa, b->base_gpa) &&
	       axvm_hpa_eq(a->base_hpa, b->base_hpa) && a->length == b->length &&
	       a->irq_id == b->irq_id;
}

AXVM_EXPORT int axvm_passthrough_device_config_format(const axvm_passthrough_device_config *config,
						      char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	write_name(&w, config->name);
	axvm_member_gpa(&w, "base_gpa", config->base_gpa);
	axvm_member_hpa(&w, "base_hpa", config->base_hpa);
	axvm_member_hex(&w, "length", config->length);
	axvm_member_uint(&w, "irq_id", config->irq_id);
	return axvm_writer_end(&w);
}

AXVM_EXPORT bool axvm_passthrough_device_config_range(const axvm_passthrough_device_config *config,
						      axvm_gpa_range *out)
{
	return axvm_gpa_range_try_from_start_size(config->base_gpa, config->length, out);
}

AXVM_EXPORT bool
axvm_passthrough_device_config_host_range(const axvm_passthrough_device_config *config,
					  axvm_hpa_range *out)
{
	return axvm_hpa_range_try_from_start_size(config->base_hpa, config->length, out);
}

AXVM_EXPORT axvm_error axvm_passthrough_device_config_copy(
	axvm_passthrough_device_config *dst, const axvm_passthrough_device_config *src)
{
	axvm_passthrough_device_config copy = *src;

	if (!copy_name(src->name, &copy.name)) {
		axvm_passthrough_device_config_init(dst);
		return AXVM_ERROR_NO_MEMORY;
	}
	*dst = copy;
	return AXVM_OK;
}

AXVM_EXPORT void axvm_passthrough_device_config_clear(axvm_passthrough_device_config *config)
{
	free_name(config->name);
	axvm_passthrough_device_config_init(config);
}

AXVM_EXPORT void axvm_passthrough_address_config_init(axvm_passthrough_address_config *config)
{
	*config = passthrough_address_config_default;
}

AXVM_EXPORT bool axvm_passthrough_address_config_eq(const axvm_passthrough_address_config *a,
						    const axvm_passthrough_address_config *b)
{
	return axvm_gpa_eq(a->base_gpa, b->base_gpa) && a->length == b->length;
}

AXVM_EXPORT int
axvm_passthrough_address_config_format(const axvm_passthrough_address_config *config, char *buf,
				       size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_member_gpa(&w, "base_gpa", config->base_gpa);
	axvm_member_hex(&w, "length", config->length);
	return axvm_writer_end(&w);
}

AXVM_EXPORT bool
axvm_passthrough_address_config_range(const axvm_passthrough_address_config *config,
				      axvm_gpa_range *out)
{
	return axvm_gpa_range_try_from_start_size(config->base_gpa, config->length, out);
}

AXVM_EXPORT void axvm_passthrough_port_config_init(axvm_passthrough_port_config *config)
{
	*config = passthrough_port_config_default;
}

AXVM_EXPORT bool axvm_passthrough_port_config_eq(const axvm_passthrough_port_config *a,
						 const axvm_passthrough_port_config *b)
{
	return a->base == b->base && a->length == b->length;
}

AXVM_EXPORT int axvm_passthrough_port_config_format(const axvm_passthrough_port_config *config,
						    char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_member_hex(&w, "base", config->base);
	axvm_member_hex(&w, "length", config->length);
	return axvm_writer_end(&w);
}

AXVM_EXPORT bool axvm_passthrough_port_config_last(const axvm_passthrough_port_config *config,
						   axvm_port *out)
{
	uint32_t end = (uint32_t)config->base + config->length;

	if (config->length == 0 || end > UINT32_C(0x10000))
		return false;
	*out = (uint16_t)(end - 1);
	return true;
}

AXVM_EXPORT void axvm_reserved_address_config_init(axvm_reserved_address_config *config)
{
	*config = reserved_address_config_default;
}

AXVM_EXPORT bool axvm_reserved_address_config_eq(const axvm_reserved_address_config *a,
						 const axvm_reserved_address_config *b)
{
	return axvm_gpa_eq(a->base_gpa, b->base_gpa) && a->length == b->length;
}

AXVM_EXPORT int axvm_reserved_address_config_format(const axvm_reserved_address_config *config,
						    char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_member_gpa(&w, "base_gpa", config->base_gpa);
	axvm_member_hex(&w, "length", config->length);
	return axvm_writer_end(&w);
}

AXVM_EXPORT bool axvm_reserved_address_config_range(const axvm_reserved_address_config *config,
						    axvm_gpa_range *out)
{
	return axvm_gpa_range_try_from_start_size(config->base_gpa, config->length, out);
}
