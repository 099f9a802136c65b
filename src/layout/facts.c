/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"

bool axvm_memory_range(const axvm_mem_config *memory, axvm_gpa_range *out)
{
	return memory->size != 0 &&
	       axvm_gpa_range_try_from_start_size(memory->gpa, memory->size, out);
}

bool axvm_boot_address(const axvm_layout_vm *vm, axvm_layout_table key, axvm_gpa *out)
{
	axvm_layout_flags flag;
	axvm_gpa address;

	switch (key) {
	case AXVM_LAYOUT_TABLE_ENTRY_POINT:
		flag = AXVM_LAYOUT_HAS_ENTRY_POINT;
		address = vm->entry_point;
		break;
	case AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR:
		flag = AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR;
		address = vm->kernel_load_addr;
		break;
	case AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR:
		flag = AXVM_LAYOUT_HAS_DTB_LOAD_ADDR;
		address = vm->dtb_load_addr;
		break;
	case AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR:
		flag = AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
		address = vm->ramdisk_load_addr;
		break;
	case AXVM_LAYOUT_TABLE_BIOS_LOAD_ADDR:
		flag = AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
		address = vm->bios_load_addr;
		break;
	default:
		return false;
	}
	if (!axvm_vm_has(vm, flag))
		return false;
	*out = address;
	return true;
}

bool axvm_effective_protocol(const axvm_layout_vm *vm, axvm_boot_protocol *out)
{
	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_BOOT_PROTOCOL))
		return axvm_boot_protocol_try_from_usize(vm->boot_protocol, out);
	*out = axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS) ? AXVM_BOOT_PROTOCOL_MULTIBOOT
							: AXVM_BOOT_PROTOCOL_DIRECT;
	return true;
}

axvm_gpa_range axvm_range_saturated(axvm_gpa start, uint64_t size)
{
	axvm_gpa end;

	if (!axvm_gpa_checked_add(start, size, &end))
		end = axvm_gpa_new(UINT64_MAX);
	return axvm_gpa_range_new_unchecked(start, end);
}

axvm_gpa_range axvm_range_pages(axvm_gpa_range r)
{
	axvm_gpa_range pages;

	if (!axvm_gpa_range_page_expand(r, AXVM_PAGE_SIZE_4K, &pages))
		pages = axvm_gpa_range_new_unchecked(axvm_gpa_align_down_4k(r.start),
						     axvm_gpa_new(UINT64_MAX));
	return pages;
}

bool axvm_range_is_beyond_width(axvm_gpa_range r, uint32_t gpa_bits)
{
	if (gpa_bits == 0)
		return r.end.addr > UINT64_C(0x7ffffffff000);
	return gpa_bits < 64 && r.end.addr > UINT64_C(1) << gpa_bits;
}

uint64_t axvm_host_offset(const struct axvm_check *c, const struct axvm_span *span)
{
	const axvm_passthrough_device_config *device;

	if (span->table != AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES)
		return 0;
	device = &axvm_check_vm(c, span->vm)->passthrough_devices[span->index];
	return axvm_hpa_align_down_4k(device->base_hpa).addr -
	       axvm_gpa_align_down_4k(device->base_gpa).addr;
}

struct axvm_span *axvm_add_pages(struct axvm_check *c, size_t vm, axvm_layout_table table,
				 size_t index, axvm_gpa_range r)
{
	axvm_gpa_range pages = axvm_range_pages(r);

	return axvm_spans_add(&c->spans, vm, table, index, pages.start.addr, pages.end.addr);
}
