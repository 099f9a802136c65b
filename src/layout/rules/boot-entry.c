/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/boot.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/rules.h"

#define BELOW_TEXT "is below"

/*
 * boot-entry-below-load
 *
 * What: With direct or multiboot boot, entry_point is below kernel_load_addr. An error where the
 * first region is identical or reserved (a warning if the kernel may be a bzImage), else a note.
 * On architectures without a boot stub boot-entry takes the place of that note.
 * Why: With such a first region the kernel moves to its start and the entry point moves with it;
 * the hypervisor panics at an entry point below the kernel. Otherwise it is right for a boot stub.
 * How: Set entry_point to an address in the image, or disable the code for VMs with a stub.
 */
static const struct axvm_rule entry_panics = AXVM_RULE(
	AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, AXVM_SEVERITY_ERROR, BELOW_TEXT,
	"Raise entry_point: the kernel moves with this first region, and the hypervisor panics.");
static const struct axvm_rule entry_may_panic = AXVM_RULE(
	AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, AXVM_SEVERITY_WARNING, BELOW_TEXT,
	"Raise entry_point, unless the kernel is a bzImage: for any other the hypervisor panics.");
static const struct axvm_rule entry_of_stub =
	AXVM_RULE(AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, AXVM_SEVERITY_NOTE, BELOW_TEXT,
		  "Check that a boot stub is there: the kernel image begins at kernel_load_addr.");

/*
 * boot-entry
 *
 * What: Direct boot enters the VM at an address where no image is loaded: past the end of the
 * kernel, or, on aarch64, riscv64 and loongarch64, below its load address. A warning where the size
 * of the kernel is not known.
 * Why: The VM starts, and its first instruction is whatever is in that memory: it hangs or faults
 * without a message. Only x86_64 has boot stubs that may be below the kernel.
 * How: Set entry_point to the address in the kernel where it begins, which mostly is
 * kernel_load_addr.
 */
static const struct axvm_rule entry_past =
	AXVM_RULE(AXVM_FINDING_BOOT_ENTRY, AXVM_SEVERITY_ERROR,
		  "is past the end of the kernel, where nothing is loaded:",
		  "Set entry_point to an address in the kernel, usually kernel_load_addr.");
static const struct axvm_rule entry_before =
	AXVM_RULE(AXVM_FINDING_BOOT_ENTRY, AXVM_SEVERITY_ERROR,
		  "is below the kernel, where nothing is loaded:",
		  "Set entry_point to an address in the kernel, usually kernel_load_addr.");
static const struct axvm_rule entry_before_kernel = AXVM_RULE(
	AXVM_FINDING_BOOT_ENTRY, AXVM_SEVERITY_WARNING, "is below the kernel,",
	"Set entry_point to an address in the kernel: this architecture has no boot stub.");

/* Whether a VM starts in the BIOS, which then is the boot stub. */
static bool enters_bios(const axvm_layout_vm *vm, axvm_boot_protocol protocol)
{
	if (protocol != AXVM_BOOT_PROTOCOL_MULTIBOOT || !axvm_vm_has(vm, AXVM_LAYOUT_ENABLE_BIOS))
		return false;
	if (axvm_vm_has(vm, AXVM_LAYOUT_HAS_BIOS_PATH))
		return axvm_gpa_eq(vm->entry_point, vm->bios_load_addr);
	return vm->entry_point.addr == AXVM_BUILTIN_BIOS_ADDR;
}

/* Whether the hypervisor enters a VM there by itself, in what it has loaded. */
static bool enters_directly(const struct axvm_check *c, const axvm_layout_vm *vm,
			    axvm_boot_protocol protocol)
{
	return protocol == AXVM_BOOT_PROTOCOL_DIRECT && !axvm_may_be_bzimage(c, vm) &&
	       !axvm_vm_has(vm, AXVM_LAYOUT_KERNEL_HAS_ENTRY);
}

/* Whether one of the other images is there; of one whose size is not known its first byte. */
static bool other_image_holds(const struct axvm_place places[AXVM_PLACES], axvm_gpa address)
{
	for (size_t i = AXVM_FIRST_IMAGE; i < AXVM_PLACES; i++) {
		uint64_t distance = address.addr - places[i].start.addr;

		if (places[i].is_used && places[i].key != AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR &&
		    (distance == 0 || distance < places[i].size))
			return true;
	}
	return false;
}

/* The note of this is boot-entry-below-load, that of an entry outside all memory boot-address. */
static const struct axvm_rule *direct_rule(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	uint64_t size = vm->kernel_size, entry = vm->entry_point.addr;
	uint64_t kernel = vm->kernel_load_addr.addr;
	struct axvm_place places[AXVM_PLACES];
	bool past = size != 0 && entry >= kernel && entry - kernel >= size;
	bool below =
		entry < kernel && !axvm_may_be(c, AXVM_ARCH_X86_64) && !axvm_kernel_is_moved(c, vm);

	if (!past && !below)
		return NULL;
	axvm_places(c, vm, places);
	if (other_image_holds(places, places[0].start) ||
	    axvm_memory_holds(c, index, &places[0]) == AXVM_HOLD_NO)
		return NULL;
	if (past)
		return &entry_past;
	return size != 0 ? &entry_before : &entry_before_kernel;
}

static const struct axvm_rule *entry_rule(const struct axvm_check *c, const axvm_layout_vm *vm,
					  axvm_boot_protocol protocol)
{
	if (axvm_kernel_is_moved(c, vm))
		return axvm_may_be_bzimage(c, vm) ? &entry_may_panic : &entry_panics;
	return enters_bios(vm, protocol) || (protocol == AXVM_BOOT_PROTOCOL_DIRECT &&
					     !axvm_may_be(c, AXVM_ARCH_X86_64))
		       ? NULL
		       : &entry_of_stub;
}

static void report_entry(struct axvm_check *c, const struct axvm_rule *rule, enum axvm_side side,
			 size_t index, uint64_t value)
{
	const struct axvm_span entry = { .vm = (uint32_t)index,
					 .table = AXVM_LAYOUT_TABLE_ENTRY_POINT };
	const struct axvm_span kernel = { .vm = (uint32_t)index,
					  .table = AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR };

	axvm_report_two(c, rule, side, &entry, &kernel, value);
}

void axvm_rules_boot_entry(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	const struct axvm_rule *rule;
	axvm_boot_protocol protocol;

	if (!axvm_vm_has(vm, AXVM_LAYOUT_HAS_ENTRY_POINT | AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR) ||
	    !axvm_effective_protocol(vm, &protocol) || protocol == AXVM_BOOT_PROTOCOL_UEFI ||
	    axvm_is_bzimage(c, vm))
		return;
	rule = enters_directly(c, vm, protocol) ? direct_rule(c, index) : NULL;
	if (rule)
		report_entry(c, rule, SIDE_GUEST, index, vm->kernel_size);
	if (axvm_gpa_cmp(vm->entry_point, vm->kernel_load_addr) >= 0)
		return;
	/* Which of them is moved where is not the point. */
	rule = entry_rule(c, vm, protocol);
	if (rule)
		report_entry(c, rule, SIDE_CONFIGURED, index, 0);
}
