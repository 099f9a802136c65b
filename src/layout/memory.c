/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "report.h"
#include "rules.h"

static const struct axvm_rule none = AXVM_RULE(
	AXVM_FINDING_MEMORY_NONE, AXVM_SEVERITY_ERROR, "has no region: the VM has no memory",
	"Give at least one region [gpa, size, flags, map_type]; the first one is main memory.");
static const struct axvm_rule empty =
	AXVM_RULE(AXVM_FINDING_MEMORY_EMPTY, AXVM_SEVERITY_ERROR, "has size 0",
		  "Give it a size, or take it out: the hypervisor panics at an empty region.");
static const struct axvm_rule overflow =
	AXVM_RULE(AXVM_FINDING_MEMORY_OVERFLOW, AXVM_SEVERITY_ERROR,
		  "has an end that does not fit into 64 bits", "Lower its gpa or its size.");
static const struct axvm_rule beyond_width =
	AXVM_RULE(AXVM_FINDING_MEMORY_BEYOND_WIDTH, AXVM_SEVERITY_ERROR,
		  "reaches past the guest address width",
		  "Move it below the highest address that the guest can form.");
static const struct axvm_rule map_type =
	AXVM_RULE(AXVM_FINDING_MEMORY_MAP_TYPE, AXVM_SEVERITY_ERROR, "has an unknown map_type",
		  "Use 0 (alloc), 1 (identical) or 2 (reserved).");

#define UNALIGNED_TEXT "has a gpa or a size that is no multiple of 4 KiB"
#define UNALIGNED_HINT "Round both to whole pages: memory is mapped by pages."

static const struct axvm_rule unaligned = AXVM_RULE(
	AXVM_FINDING_MEMORY_UNALIGNED, AXVM_SEVERITY_WARNING, UNALIGNED_TEXT, UNALIGNED_HINT);
static const struct axvm_rule unaligned_reserved = AXVM_RULE(
	AXVM_FINDING_MEMORY_UNALIGNED, AXVM_SEVERITY_ERROR, UNALIGNED_TEXT, UNALIGNED_HINT);

static bool is_aligned(const axvm_mem_config *memory)
{
	return axvm_gpa_is_aligned_4k(memory->gpa) &&
	       axvm_is_aligned(memory->size, AXVM_PAGE_SIZE_4K);
}

/* Most are: a region that no rule has a word on takes no other look. */
static bool is_fine(const axvm_mem_config *memory, uint32_t gpa_bits)
{
	axvm_gpa_range r;

	return memory->map_type <= AXVM_MEM_MAPPING_RESERVED && memory->size != 0 &&
	       is_aligned(memory) &&
	       axvm_gpa_range_try_from_start_size(memory->gpa, memory->size, &r) &&
	       (gpa_bits == 0 || !axvm_range_is_beyond_width(r, gpa_bits));
}

static void check_region(struct axvm_check *c, size_t vm, size_t index)
{
	const axvm_mem_config *memory = &axvm_check_vm(c, vm)->memory_regions[index];
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_MEMORY_REGIONS;
	axvm_mem_mapping_type known;
	axvm_gpa_range r;

	if (!axvm_mem_mapping_type_try_from_usize(memory->map_type, &known))
		axvm_report(c, &map_type, vm, table, index, memory->map_type);
	if (memory->size == 0) {
		axvm_report(c, &empty, vm, table, index, 0);
		return;
	}
	if (!axvm_mem_config_range(memory, &r))
		axvm_report(c, &overflow, vm, table, index, memory->size);
	else if (axvm_range_is_beyond_width(r, c->limits.gpa_bits))
		axvm_report(c, &beyond_width, vm, table, index, c->limits.gpa_bits);
	if (!is_aligned(memory))
		axvm_report(c,
			    memory->map_type == AXVM_MEM_MAPPING_RESERVED ? &unaligned_reserved
									  : &unaligned,
			    vm, table, index, 0);
}

void axvm_rules_memory(struct axvm_check *c, size_t vm)
{
	const axvm_layout_vm *config = axvm_check_vm(c, vm);
	size_t count = config->memory_region_count;

	if (count == 0 && axvm_vm_is_complete(config))
		axvm_report(c, &none, vm, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, AXVM_LAYOUT_WHOLE_TABLE,
			    0);
	for (size_t i = 0; i < count; i++) {
		if (!is_fine(&config->memory_regions[i], c->limits.gpa_bits))
			check_region(c, vm, i);
	}
}
