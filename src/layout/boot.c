/* SPDX-License-Identifier: Apache-2.0 */
#include "boot.h"
#include "range.h"

/* A multiboot kernel that is moved goes so far after the start of the region. */
#define MULTIBOOT_OFFSET AXVM_PAGE_SIZE_2M

static bool give_address(const axvm_layout_vm *vm, axvm_layout_flags flag, axvm_gpa address,
			 axvm_gpa *out)
{
	if (!axvm_vm_has(vm, flag))
		return false;
	*out = address;
	return true;
}

bool axvm_boot_address(const axvm_layout_vm *vm, axvm_layout_table key, axvm_gpa *out)
{
	switch (key) {
	case AXVM_LAYOUT_TABLE_ENTRY_POINT:
		return give_address(vm, AXVM_LAYOUT_HAS_ENTRY_POINT, vm->entry_point, out);
	case AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR:
		return give_address(vm, AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR, vm->kernel_load_addr,
				    out);
	case AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR:
		return give_address(vm, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR, vm->dtb_load_addr, out);
	case AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR:
		return give_address(vm, AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR, vm->ramdisk_load_addr,
				    out);
	case AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR:
		return give_address(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR, vm->bios_load_addr, out);
	default:
		return false;
	}
}

bool axvm_effective_protocol(const axvm_layout_vm *vm, axvm_boot_protocol *out)
{
	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_BOOT_PROTOCOL))
		return axvm_boot_protocol_try_from_usize(vm->boot_protocol, out);
	*out = axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS) ? AXVM_BOOT_PROTOCOL_MULTIBOOT
							: AXVM_BOOT_PROTOCOL_DIRECT;
	return true;
}

bool axvm_may_be(const struct axvm_check *c, axvm_arch arch)
{
	axvm_arch known;

	return c->limits.arch == arch || !axvm_arch_try_from_usize(c->limits.arch, &known);
}

bool axvm_protocol_may_be(const struct axvm_check *c, axvm_boot_protocol protocol)
{
	return axvm_may_be(c, AXVM_ARCH_X86_64) ||
	       (protocol == AXVM_BOOT_PROTOCOL_UEFI && c->limits.model >= AXVM_MODEL_0_7 &&
		axvm_may_be(c, AXVM_ARCH_LOONGARCH64));
}

static bool is_protocol(const axvm_layout_vm *vm, axvm_boot_protocol wanted)
{
	axvm_boot_protocol protocol;

	return axvm_effective_protocol(vm, &protocol) && protocol == wanted;
}

bool axvm_may_be_bzimage(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	return axvm_may_be(c, AXVM_ARCH_X86_64) && is_protocol(vm, AXVM_BOOT_PROTOCOL_DIRECT) &&
	       !axvm_vm_has(vm, AXVM_LAYOUT_KERNEL_NOT_BZIMAGE);
}

bool axvm_is_bzimage(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	return axvm_may_be_bzimage(c, vm) && axvm_vm_has(vm, AXVM_LAYOUT_KERNEL_BZIMAGE);
}

/* The host places an identical region; a reserved one is where it is in the host. */
static bool first_region_moves_images(const axvm_layout_vm *vm)
{
	axvm_mem_mapping_type type;

	if (vm->memory_region_count == 0)
		return false;
	type = vm->memory_regions[0].map_type;
	return type == AXVM_MEM_MAPPING_IDENTICAL || type == AXVM_MEM_MAPPING_RESERVED;
}

bool axvm_kernel_is_moved(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	/* 0.5 does that for UEFI as well. */
	if (is_protocol(vm, AXVM_BOOT_PROTOCOL_UEFI) && c->limits.model >= AXVM_MODEL_0_7)
		return false;
	return first_region_moves_images(vm) && !axvm_is_bzimage(c, vm);
}

bool axvm_firmware_loads_all(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	return c->limits.arch == AXVM_ARCH_LOONGARCH64 && is_protocol(vm, AXVM_BOOT_PROTOCOL_UEFI);
}

bool axvm_boots_loongarch(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	return c->limits.arch == AXVM_ARCH_LOONGARCH64 && c->limits.model >= AXVM_MODEL_0_7_3 &&
	       is_protocol(vm, AXVM_BOOT_PROTOCOL_DIRECT);
}

static bool entry_counts(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_ENTRY_POINT) || axvm_is_bzimage(c, vm))
		return false;
	if (!is_protocol(vm, AXVM_BOOT_PROTOCOL_UEFI))
		return true;
	return c->limits.model >= AXVM_MODEL_0_7 && !axvm_may_be(c, AXVM_ARCH_LOONGARCH64);
}

static bool dtb_counts(const struct axvm_check *c, const axvm_layout_vm *vm)
{
	if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_DTB_LOAD_ADDR) || c->limits.arch == AXVM_ARCH_X86_64)
		return false;
	if (c->limits.arch == AXVM_ARCH_LOONGARCH64)
		return axvm_vm_has(vm, AXVM_LAYOUT_HAS_DTB_PATH) && !axvm_firmware_loads_all(c, vm);
	/* The hypervisor makes a tree for its place of the first region. */
	return !first_region_moves_images(vm);
}

static bool bios_counts(const axvm_layout_vm *vm)
{
	if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR | AXVM_LAYOUT_ENABLE_BIOS))
		return false;
	return axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH) ||
	       (is_protocol(vm, AXVM_BOOT_PROTOCOL_UEFI) &&
		axvm_vm_has(vm, AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH));
}

/* The kernel at the region's start, and the entry point as far from it as configured. */
static void move_kernel(const axvm_layout_vm *vm, struct axvm_place *entry,
			struct axvm_place *kernel)
{
	axvm_gpa from = vm->kernel_load_addr;
	axvm_gpa to = vm->memory_regions[0].gpa;

	if (is_protocol(vm, AXVM_BOOT_PROTOCOL_MULTIBOOT))
		to = axvm_gpa_wrapping_add(to, MULTIBOOT_OFFSET);
	kernel->start = to;
	kernel->is_moved = entry->is_moved = true;
	if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR) ||
	    axvm_gpa_cmp(vm->entry_point, from) < 0)
		entry->is_used = false; /* not known, or the finding boot-entry-below-load */
	else
		entry->start = axvm_gpa_wrapping_add(to, vm->entry_point.addr - from.addr);
}

void axvm_places(const struct axvm_check *c, const axvm_layout_vm *vm,
		 struct axvm_place places[AXVM_PLACES])
{
	bool loads = !axvm_firmware_loads_all(c, vm);

	places[0] = (struct axvm_place){
		.key = AXVM_LAYOUT_TABLE_ENTRY_POINT,
		.start = vm->entry_point,
		.is_used = entry_counts(c, vm),
	};
	places[1] = (struct axvm_place){
		.key = AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR,
		.start = vm->kernel_load_addr,
		.size = vm->kernel_size > vm->kernel_run_size ? vm->kernel_size
							      : vm->kernel_run_size,
		.is_used = loads && axvm_vm_has(vm, AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR),
	};
	places[2] = (struct axvm_place){
		.key = AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR,
		.start = vm->dtb_load_addr,
		.size = vm->dtb_size,
		.is_used = dtb_counts(c, vm),
	};
	places[3] = (struct axvm_place){
		.key = AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR,
		.start = vm->ramdisk_load_addr,
		.size = vm->ramdisk_size,
		.is_used = loads && axvm_vm_has(vm, AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR |
							    AXVM_LAYOUT_HAS_RAMDISK_PATH),
	};
	places[4] = (struct axvm_place){
		.key = AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR,
		.start = vm->bios_load_addr,
		.size = vm->bios_size,
		.is_used = bios_counts(vm),
	};
	if (axvm_kernel_is_moved(c, vm))
		move_kernel(vm, &places[0], &places[1]);
	/* There kernel and ramdisk addresses are offsets into a region at an unknown place. */
	if (axvm_is_bzimage(c, vm) && first_region_moves_images(vm))
		places[1].is_used = places[3].is_used = false;
}

axvm_gpa axvm_effective_address(const struct axvm_check *c, const axvm_layout_vm *vm,
				axvm_layout_table key, axvm_gpa configured)
{
	struct axvm_place places[AXVM_PLACES];

	axvm_places(c, vm, places);
	for (size_t i = 0; i < AXVM_PLACES; i++) {
		if (places[i].key == key && places[i].is_used)
			return places[i].start;
	}
	return configured;
}

/* A region whose end is wrong is open: the finding about it is enough. */
static enum axvm_hold region_holds(const axvm_mem_config *memory, const struct axvm_place *place)
{
	axvm_gpa_range r;

	if (!axvm_memory_range(memory, &r))
		return axvm_gpa_cmp(memory->gpa, place->start) <= 0 ? AXVM_HOLD_ALL : AXVM_HOLD_NO;
	if (!axvm_gpa_range_contains(r, place->start))
		return AXVM_HOLD_NO;
	return place->size > r.end.addr - place->start.addr ? AXVM_HOLD_PART : AXVM_HOLD_ALL;
}

/* The place of an identical region is unknown, but for what goes along with it. */
static enum axvm_hold hold_of(const axvm_layout_vm *vm, size_t index,
			      const struct axvm_place *place)
{
	const axvm_mem_config *memory = &vm->memory_regions[index];
	enum axvm_hold hold = AXVM_HOLD_NO;

	if (memory->map_type != AXVM_MEM_MAPPING_IDENTICAL)
		return region_holds(memory, place);
	if (place->is_moved && index == 0)
		hold = region_holds(memory, place);
	return hold == AXVM_HOLD_NO ? AXVM_HOLD_PERHAPS : hold;
}

/* Whether regions that adjoin, at known places, hold it together, although no single one does. */
static bool regions_hold(struct axvm_check *c, size_t index, const struct axvm_place *place)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	uint64_t from = place->start.addr, size = place->size;
	axvm_gpa_range r;

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->memory_region_count; i++) {
		const axvm_mem_config *memory = &vm->memory_regions[i];
		bool moves_along = place->is_moved && i == 0;

		if (memory->map_type == AXVM_MEM_MAPPING_IDENTICAL && !moves_along)
			continue;
		/* As above: what is wrong with its end is a finding already. */
		if (!axvm_memory_range(memory, &r))
			r = axvm_gpa_range_new(memory->gpa, axvm_gpa_new(UINT64_MAX));
		axvm_spans_add(&c->spans, index, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, i, r.start.addr,
			       r.end.addr);
	}
	axvm_spans_sort(&c->spans, NULL);
	for (size_t i = 0; i < c->spans.count && c->spans.list[i].start <= from; i++) {
		uint64_t end = c->spans.list[i].end;

		if (end <= from)
			continue;
		if (size <= end - from)
			return true;
		size -= end - from;
		from = end;
	}
	return false;
}

enum axvm_hold axvm_memory_holds(struct axvm_check *c, size_t index, const struct axvm_place *place)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	enum axvm_hold best = AXVM_HOLD_NO;

	for (size_t i = 0; i < vm->memory_region_count; i++) {
		enum axvm_hold hold = hold_of(vm, i, place);

		if (hold > best)
			best = hold;
	}
	if ((best == AXVM_HOLD_PART || best == AXVM_HOLD_PERHAPS) &&
	    c->limits.model >= AXVM_MODEL_0_7_3 && regions_hold(c, index, place))
		return AXVM_HOLD_ALL;
	return best;
}

size_t axvm_deciding_region(const axvm_layout_vm *vm, const struct axvm_place *place)
{
	size_t i = 0;

	while (!place->is_moved && hold_of(vm, i, place) != AXVM_HOLD_PART)
		i++;
	return i;
}

enum axvm_hold axvm_memory_holds_range(struct axvm_check *c, size_t index, uint64_t start,
				       uint64_t size)
{
	const struct axvm_place place = { .start = axvm_gpa_new(start), .size = size };

	return axvm_memory_holds(c, index, &place);
}
