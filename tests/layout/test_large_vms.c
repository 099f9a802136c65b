/* SPDX-License-Identifier: Apache-2.0 */
/* The same of as many VMs, and of what two of them share. */
#include "layout_large.h"

static void is_of_vms(size_t i, size_t a, size_t b, const char *what)
{
	char text[512];

	eq_uint(kept[i].a.vm, a, what);
	eq_uint(kept[i].b.vm, b, what);
	axvm_finding_format(&kept[i], text, sizeof(text));
	if (a == LAST - 1 && b == LAST)
		ok(strstr(text, "vms[65998].") && strstr(text, "vms[65999]."), text);
}

static void test_vms(void)
{
	size_t count = 0;

	if (!init_vms())
		return;
	found(vms, MANY, AXVM_FINDING_VM_ID, 0, "many VMs");
	vms[LAST].id = vms[LAST - 1].id;
	found(vms, MANY, AXVM_FINDING_VM_ID, 1, "an id twice");
	is_of_vms(0, LAST - 1, LAST, "the id");
	vms[LAST].id = MANY;
	vms[LAST].interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH;
	limits.arch = AXVM_ARCH_AARCH64;
	found(vms, MANY, AXVM_FINDING_VM_ID, 1, "an id without a CPU");
	eq_uint(kept[0].a.vm, LAST, "its VM");
	limits.arch = AXVM_ARCH_UNKNOWN;
	vms[LAST].id = vms[LAST - 1].id + UINT64_C(0x100000000);
	vms[LAST].name = vms[LAST - 1].name;
	found(vms, MANY, AXVM_FINDING_VM_NAME, 1, "a name twice");
	is_of_vms(0, LAST - 1, LAST, "the name");
	vms[LAST].name = NULL;
	vms[LAST].cpu_num = 65;
	found(vms, MANY, AXVM_FINDING_CPU_COUNT, 1, "one VM alone");
	eq_uint(kept[0].a.vm, LAST, "it");
	eq_int(axvm_layout_findings(vms, MANY, &limits, kept, sizeof(kept[0]), KEPT, &count),
	       AXVM_OK, "as an array");
	eq_uint(count, 1, "one VM alone");
	eq_uint(kept[0].a.vm, LAST, "it");
	eq_uint(kept[0].a.vm_id, vms[LAST].id, "its id");
	vms[LAST].cpu_num = UINT64_C(0x100000001);
	found(vms, MANY, AXVM_FINDING_CPU_COUNT, 1, "2^32 + 1 CPUs");
	eq_uint(kept[0].value, UINT64_C(0x100000001), "as many");
	free(vms);
}

/* A kernel in two regions that touch, above 4 GiB, of the last VM. */
static void test_long_image_of_last_vm(void)
{
	if (!init_vms())
		return;
	memory[0].gpa.addr = UINT64_C(0x100000000);
	memory[1].gpa.addr = UINT64_C(0x100000000) + PAGE;
	vm.memory_region_count = 2;
	vm.flags = AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR;
	vm.kernel_load_addr = memory[0].gpa;
	vm.kernel_size = 2 * PAGE;
	limits.model = AXVM_MODEL_0_7_3;
	vms[LAST] = vm;
	found(vms, MANY, AXVM_FINDING_BOOT_ADDRESS, 0, "it fits");
	vms[LAST].kernel_size++;
	found(vms, MANY, AXVM_FINDING_BOOT_ADDRESS, 1, "one byte too long");
	eq_uint(kept[0].a.vm, LAST, "the last VM");
	free(vms);
}

static void test_shared_by_vms(void)
{
	if (!init_vms())
		return;
	for (size_t i = 0; i < MANY; i++) {
		vms[i].interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH;
		vms[i].phys_cpu_ids = &ids[i];
		vms[i].phys_cpu_id_count = 1;
		vms[i].passthrough_devices = &passthrough[i];
		vms[i].passthrough_device_count = 1;
		passthrough[i].irq_id = i + 1;
	}
	found(vms, MANY, AXVM_FINDING_CPU_CONFLICT, 0, "many VMs");
	ids[LAST] = ids[LAST - 1];
	found(vms, MANY, AXVM_FINDING_CPU_CONFLICT, 1, "a CPU twice");
	is_of_vms(0, LAST - 1, LAST, "its VMs");
	ids[LAST] = LAST;
	/* The last one of the second VM, or of the first one. */
	for (size_t i = 0; i < 2; i++) {
		vms[i].phys_cpu_ids = ids;
		vms[i].phys_cpu_id_count = MANY;
		vms[1 - i].phys_cpu_ids = &ids[LAST];
		vms[1 - i].phys_cpu_id_count = 1;
		found(vms, 2, AXVM_FINDING_CPU_CONFLICT, 1, "the last CPU of a list");
		eq_uint(kept[0].a.index, i == 0 ? LAST : 0, "its place in the first VM");
		eq_uint(kept[0].b.index, i == 0 ? 0 : LAST, "and in the second one");
	}
	/* 257 of them, of which the set has the first 64. */
	for (size_t i = 0; i < 2; i++) {
		vms[i].phys_cpu_ids = ids;
		vms[i].phys_cpu_id_count = 257;
	}
	found(vms, 2, AXVM_FINDING_CPU_CONFLICT, 1, "257 CPUs");
	eq_uint(kept[0].a.index, AXVM_LAYOUT_WHOLE_TABLE, "as a set");
	eq_uint(kept[0].value, UINT64_MAX, "of the first 64");
	/* The last mask of a VM, and the masks of the last VMs. */
	sets[LAST].bits = UINT64_C(1) << 40;
	for (size_t i = 0; i < 2; i++) {
		vms[i].phys_cpu_ids = &ids[i];
		vms[i].phys_cpu_id_count = 1;
	}
	vms[0].phys_cpu_sets = sets;
	vms[0].phys_cpu_set_count = MANY;
	vms[1].phys_cpu_sets = &sets[LAST];
	vms[1].phys_cpu_set_count = 1;
	found(vms, 2, AXVM_FINDING_CPU_CONFLICT, 1, "the last mask");
	eq_uint(kept[0].a.index, LAST, "its place");
	eq_uint(kept[0].value, UINT64_C(1) << 40, "the mask");
	vms[0].phys_cpu_set_count = vms[1].phys_cpu_set_count = 0;
	for (size_t i = LAST - 1; i < MANY; i++) {
		vms[i].phys_cpu_sets = &sets[LAST];
		vms[i].phys_cpu_set_count = 1;
	}
	found(vms, MANY, AXVM_FINDING_CPU_CONFLICT, 1, "one mask of the last two");
	is_of_vms(0, LAST - 1, LAST, "its VMs");
	vms[LAST].phys_cpu_set_count = 0;
	passthrough[LAST].irq_id = passthrough[LAST - 1].irq_id;
	found(vms, MANY, AXVM_FINDING_IRQ_CONFLICT, 1, "an IRQ twice");
	is_of_vms(0, LAST - 1, LAST, "its VMs");
	eq_uint(kept[0].value, LAST, "the number");
	passthrough[LAST] = passthrough[LAST - 1];
	passthrough[LAST].irq_id = 0;
	found(vms, MANY, AXVM_FINDING_HOST_CONFLICT, 1, "a device twice");
	is_of_vms(0, LAST - 1, LAST, "its VMs");
	limits.model = AXVM_MODEL_0_7;
	passthrough[LAST].base_hpa.addr = UINT64_MAX - 0xfff;
	passthrough[LAST].length = 2 * PAGE;
	found(vms, MANY, AXVM_FINDING_DEVICE_OVERFLOW, 1, "past the host");
	eq_uint(kept[0].a.vm, LAST, "its VM");
	eq_uint(kept[0].a.index, 0, "its only device");
	limits.model = AXVM_MODEL_0_5;
	passthrough[LAST].length = PAGE;
	limits.hypervisor = host;
	limits.hypervisor_count = MANY;
	passthrough[LAST].base_gpa = axvm_gpa_new((uint64_t)LAST << 20);
	passthrough[LAST].base_hpa = axvm_hpa_new((uint64_t)LAST << 20);
	found(vms, MANY, AXVM_FINDING_HOST_CONFLICT, 1, "a page of the hypervisor");
	eq_uint(kept[0].a.vm, LAST, "its VM");
	eq_uint(kept[0].b.index, LAST, "the range");
	eq_uint(kept[0].b.start, (uint64_t)LAST << 20, "its start");
	free(vms);
}

/* As many IRQs in one VM, and shared by two. */
static void test_irqs(void)
{
	if (!init_vms())
		return;
	for (size_t i = 0; i < MANY; i++)
		passthrough[i].irq_id = i + 1;
	for (size_t i = 0; i < 2; i++) {
		vms[i].interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH;
		vms[i].passthrough_devices = passthrough;
		vms[i].passthrough_device_count = MANY;
	}
	found(vms, 1, AXVM_FINDING_IRQ_SHARED, 0, "many IRQs");
	wanted_code = AXVM_FINDING_IRQ_CONFLICT;
	kept_count = 0;
	eq_int(axvm_layout_check(vms, 2, &limits, keep, NULL, NULL, 0), AXVM_OK, "two VMs");
	eq_uint(kept_count, 1, "one finding for all that they share");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0, 0, "the first");
	eq_uint(kept[0].value, 1, "its number");
	passthrough[LAST].irq_id = LAST;
	found(vms, 1, AXVM_FINDING_IRQ_SHARED, 1, "an IRQ twice");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, LAST - 1, LAST, "the last two");
	free(vms);
}

static void test_paths_of_vms(void)
{
	if (!init_vms())
		return;
	limits.model = AXVM_MODEL_0_7_3;
	for (size_t i = 0; i < MANY; i++) {
		passthrough[i].name = names[i];
		vms[i].passthrough_devices = &passthrough[i];
		vms[i].passthrough_device_count = 1;
	}
	found(vms, MANY, AXVM_FINDING_HOST_CONFLICT, 0, "many VMs");
	passthrough[LAST].name = names[LAST - 1];
	found(vms, MANY, AXVM_FINDING_HOST_CONFLICT, 1, "a path twice");
	is_of_vms(0, LAST - 1, LAST, "its VMs");
	/* The first one still counts once the second one is left. */
	passthrough[LAST - 1].name = "/x";
	passthrough[LAST].name = "/x/a";
	passthrough[1].name = "/x/b";
	found(vms, MANY, AXVM_FINDING_HOST_CONFLICT, 2, "two paths below one");
	is_of_vms(0, LAST - 1, LAST, "the last two VMs");
	is_of_vms(1, 1, LAST - 1, "and the second one");
	passthrough[1].name = names[1];
	passthrough[LAST - 1].name = names[LAST - 1];
	passthrough[LAST].name = names[LAST];
	vms[LAST - 1].guest_type = vms[LAST].guest_type = AXVM_GUEST_TYPE_PASSTHROUGH;
	found(vms, MANY, AXVM_FINDING_HOST_CONFLICT, 1, "all devices twice");
	is_of_vms(0, LAST - 1, LAST, "its VMs");
	/* Each path of the first VM, and the last one of the second. */
	vms[0].passthrough_devices = passthrough;
	vms[0].passthrough_device_count = MANY;
	vms[1].passthrough_devices = &passthrough[LAST];
	found(vms, 2, AXVM_FINDING_HOST_CONFLICT, 1, "the last path twice");
	eq_uint(kept[0].a.index, LAST, "it");
	/* Unless the second VM does not get it. */
	vms[1].disabled_paths = paths;
	vms[1].disabled_path_count = MANY;
	wanted_code = AXVM_FINDING_HOST_CONFLICT;
	kept_count = 0;
	eq_int(axvm_layout_check(vms, 2, &limits, keep, NULL, NULL, 0), AXVM_OK, "a disabled path");
	eq_uint(kept_count, 0, "a disabled path");
	free(vms);
}

/* The last range of the host's memory, and regions of GiB that do not fit into all of it. */
static void test_host_memory(void)
{
	init();
	limits.host_memory = host;
	limits.host_memory_count = MANY;
	vm.memory_region_count = 1;
	memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	memory[0].gpa.addr = (uint64_t)LAST << 20;
	found(&vm, 1, AXVM_FINDING_TREE_RAM, 0, "in the last range");
	memory[0].size = 3 * PAGE;
	found(&vm, 1, AXVM_FINDING_TREE_RAM, 1, "past its end");
	eq_uint(kept[0].value, ((uint64_t)LAST << 20) + 2 * PAGE, "there");
	host[LAST].end.addr += UINT64_C(0x300000000);
	vm.memory_region_count = MANY;
	for (size_t i = 0; i < MANY; i++)
		memory[i].map_type = AXVM_MEM_MAPPING_ALLOC;
	memory[0].size = PAGE;
	memory[0].gpa.addr = 0;
	found(&vm, 1, AXVM_FINDING_TREE_RAM, 0, "all fit");
	memory[LAST].size = MANY * PAGE + UINT64_C(0x300000000) + PAGE;
	found(&vm, 1, AXVM_FINDING_TREE_RAM, 0, "12 GiB still fit");
	memory[LAST].size += PAGE;
	found(&vm, 1, AXVM_FINDING_TREE_RAM, 1, "one page too many");
	eq_uint(kept[0].a.index, LAST, "the last one");
	eq_uint(kept[0].value, MANY * 2 * PAGE + UINT64_C(0x300000000), "all of the host's");
}

/* Findings about the memory of the last of many VMs. */
static void test_memory_of_vms(void)
{
	if (!init_vms())
		return;
	vms[LAST].memory_regions = memory;
	vms[LAST].memory_region_count = 1;
	limits.host_memory = host;
	limits.host_memory_count = 1;
	found(vms, MANY, AXVM_FINDING_TREE_RAM, 0, "it fits");
	memory[0].size = 3 * PAGE;
	found(vms, MANY, AXVM_FINDING_TREE_RAM, 1, "more than the host has");
	eq_uint(kept[0].a.vm, LAST, "its VM");
	memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	found(vms, MANY, AXVM_FINDING_TREE_RAM, 1, "not in the host's memory");
	eq_uint(kept[0].a.vm, LAST, "its VM");
	limits.host_memory_count = 0;
	limits.model = AXVM_MODEL_0_7_3;
	limits.arch = AXVM_ARCH_RISCV64;
	memory[0].gpa.addr = 0xc000000;
	found(vms, MANY, AXVM_FINDING_MACHINE_CONFLICT, 1, "a device of the machine");
	eq_uint(kept[0].a.vm, LAST, "its VM");
	eq_uint(kept[0].b.vm, LAST, "its device");
	memory[0].gpa.addr = 0;
	memory[0].map_type = AXVM_MEM_MAPPING_ALLOC;
	vms[LAST].guest_type = AXVM_GUEST_TYPE_PASSTHROUGH;
	found(vms, MANY, AXVM_FINDING_DEVICE_DMA, 1, "devices with DMA");
	eq_uint(kept[0].a.vm, LAST, "its VM");
	eq_uint(kept[0].b.vm, LAST, "that VM");
	free(vms);
	/* The last region of one VM. */
	for (size_t i = 0; i < LAST; i++)
		memory[i].gpa.addr += UINT64_C(0x100000000);
	memory[LAST].gpa.addr = 0xc000000;
	vm.memory_region_count = MANY;
	found(&vm, 1, AXVM_FINDING_MACHINE_CONFLICT, 1, "a device of the machine");
	eq_uint(kept[0].a.index, LAST, "its region");
	eq_uint(kept[0].b.index, 0, "the device");
}

/* What is refused is the last one of many. */
static void test_refused(void)
{
	if (!init_vms())
		return;
	eq_str(axvm_layout_problem(vms, MANY, &limits), NULL, "many VMs");
	vms[LAST].flags = UINT32_C(1) << 31;
	ok(axvm_layout_problem(vms, MANY, &limits) != NULL, "an unknown flag");
	vms[LAST].flags = 0;
	vms[LAST].emu_devices = emulated;
	vms[LAST].emu_device_count = MANY;
	eq_str(axvm_layout_problem(vms, MANY, &limits), NULL, "many devices");
	emulated[LAST].cfg_list_len = 1;
	ok(axvm_layout_problem(vms, MANY, &limits) != NULL, "a list that is not there");
	free(vms);
	limits.hypervisor = host;
	limits.hypervisor_count = MANY;
	eq_str(axvm_layout_problem(&vm, 1, &limits), NULL, "many ranges");
	host[LAST].end.addr = host[LAST].start.addr - 1;
	ok(axvm_layout_problem(&vm, 1, &limits) != NULL, "an inverted range");
	limits.hypervisor_count = 0;
	limits.host_memory = host;
	limits.host_memory_count = MANY;
	ok(axvm_layout_problem(&vm, 1, &limits) != NULL, "an inverted range");
}

int main(void)
{
	test(test_vms);
	test(test_long_image_of_last_vm);
	test(test_shared_by_vms);
	test(test_irqs);
	test(test_paths_of_vms);
	test(test_host_memory);
	test(test_memory_of_vms);
	test(test_refused);
	return done();
}
