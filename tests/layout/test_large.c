/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout check of more than 2^16 entries in every list: what is wrong with the last ones is
 * found, and named by their indexes.
 */
#include <axvm/machine.h>

#include "layout_large.h"

static void test_memory(void)
{
	init();
	vm.memory_region_count = MANY;
	vm.flags = AXVM_LAYOUT_HAS_ENTRY_POINT;
	vm.entry_point.addr = ((uint64_t)LAST << 20) + 8;
	found(&vm, 1, AXVM_FINDING_MEMORY_OVERLAP, 0, "none of many regions");
	vm.entry_point.addr += PAGE;
	found(&vm, 1, AXVM_FINDING_BOOT_ADDRESS, 1, "an entry past the last region");
	vm.entry_point.addr -= PAGE;
	memory[LAST].size = 0;
	vm.flags = 0;
	vm.entry_point.addr = 0;
	found(&vm, 1, AXVM_FINDING_MEMORY_EMPTY, 1, "the last one is empty");
	is_between(0, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, LAST, 0, "empty");
	memory[LAST] = memory[LAST - 1];
	memory[300] = memory[0];
	found(&vm, 1, AXVM_FINDING_MEMORY_OVERLAP, 2, "two pairs that overlap");
	is_between(0, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, 0, 300, "the lower one");
	is_between(1, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, LAST - 1, LAST, "the upper one");
	/* In the host only the last one has a known place. */
	init();
	vm.memory_region_count = MANY;
	memory[LAST].map_type = AXVM_MEM_MAPPING_RESERVED;
	limits.hypervisor = &host[LAST];
	limits.hypervisor_count = 1;
	found(&vm, 1, AXVM_FINDING_HOST_CONFLICT, 1, "the hypervisor's range");
	is_between(0, AXVM_LAYOUT_TABLE_MEMORY_REGIONS, LAST, 0, "the last region");
}

/* x86_64 needs a region that begins at 0, which is the last one. */
static void test_lowest_memory(void)
{
	init();
	for (size_t i = 0; i < MANY; i++)
		memory[i].gpa.addr += UINT64_C(0x100000000);
	vm.memory_region_count = MANY;
	limits.arch = AXVM_ARCH_X86_64;
	limits.model = AXVM_MODEL_0_7_3;
	found(&vm, 1, AXVM_FINDING_BOOT_MEMORY, 1, "no region at 0");
	memory[LAST].gpa.addr = 0;
	found(&vm, 1, AXVM_FINDING_BOOT_MEMORY, 0, "the last one");
}

/* A kernel whose size reaches through all regions, which touch: from 0.7.3 on they hold it. */
static void test_long_image(void)
{
	init();
	for (size_t i = 0; i < MANY; i++)
		memory[i].gpa = axvm_gpa_new(i * PAGE);
	vm.memory_region_count = MANY;
	vm.flags = AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR;
	vm.kernel_size = MANY * PAGE;
	limits.model = AXVM_MODEL_0_7_3;
	found(&vm, 1, AXVM_FINDING_BOOT_ADDRESS, 0, "it fits");
	vm.kernel_size++;
	found(&vm, 1, AXVM_FINDING_BOOT_ADDRESS, 1, "one byte too long");
	vm.kernel_size = UINT64_C(0x100000000) + PAGE;
	found(&vm, 1, AXVM_FINDING_BOOT_ADDRESS, 1, "4 GiB too long");
	eq_uint(kept[0].value, vm.kernel_size, "its size");
	/* Too long for the region that decides, which is the last one. */
	limits.model = AXVM_MODEL_0_7;
	vm.kernel_load_addr.addr = LAST * PAGE;
	found(&vm, 1, AXVM_FINDING_BOOT_ADDRESS, 1, "too long for the last region");
	eq_uint(kept[0].b.index, LAST, "that region");
}

static void test_emulated(void)
{
	init();
	vm.emu_device_count = MANY;
	found(&vm, 1, AXVM_FINDING_DEVICE_OVERLAP, 0, "none of many devices");
	emulated[LAST].length = 0;
	found(&vm, 1, AXVM_FINDING_DEVICE_EMPTY, 1, "the last one is empty");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, LAST, 0, "empty");
	emulated[LAST] = emulated[LAST - 1];
	emulated[300] = emulated[0];
	found(&vm, 1, AXVM_FINDING_DEVICE_OVERLAP, 2, "two pairs that overlap");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, 0, 300, "the lower one");
	is_between(1, AXVM_LAYOUT_TABLE_EMU_DEVICES, LAST - 1, LAST, "the upper one");
	init();
	vm.emu_device_count = MANY;
	emulated[LAST - 1].name = emulated[LAST].name = "one";
	emulated[300].name = "other";
	found(&vm, 1, AXVM_FINDING_DEVICE_NAME, 1, "two names");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, LAST - 1, LAST, "names");
	emulated[LAST].name = NULL;
	emulated[LAST - 1].irq_id = emulated[LAST].irq_id = UINT64_C(0x100000001);
	emulated[300].irq_id = 1;
	vm.interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH;
	found(&vm, 1, AXVM_FINDING_IRQ_SHARED, 1, "two IRQs");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, LAST - 1, LAST, "IRQs");
	eq_uint(kept[0].value, UINT64_C(0x100000001), "the number");
}

/* Types that a VM has one of, and architectures. */
static void test_types(void)
{
	init();
	vm.emu_device_count = MANY;
	emulated[300].emu_type = emulated[LAST].emu_type = AXVM_EMULATED_DEVICE_IVC_CHANNEL;
	found(&vm, 1, AXVM_FINDING_DEVICE_IVC, 1, "a second channel");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, 300, LAST, "channels");
	init();
	vm.emu_device_count = MANY;
	for (size_t i = 0; i < MANY; i++)
		emulated[i].emu_type = AXVM_EMULATED_DEVICE_IVC_CHANNEL;
	emulated[0].emu_type = emulated[LAST].emu_type = AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER;
	emulated[0].base_gpa.addr = emulated[LAST].base_gpa.addr = 0x8000000;
	emulated[0].length = emulated[LAST].length = 0x10000;
	wanted_code = AXVM_FINDING_DEVICE_TWICE;
	kept_count = 0;
	eq_int(axvm_layout_check(&vm, 1, &limits, keep, NULL, NULL, 0), AXVM_OK,
	       "a second controller");
	eq_uint(kept_count, 1, "a second controller");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, 0, LAST, "controllers");
	for (size_t i = 0; i < LAST; i++)
		emulated[i].emu_type = AXVM_EMULATED_DEVICE_DUMMY;
	emulated[LAST].length = PAGE;
	found(&vm, 1, AXVM_FINDING_DEVICE_FIXED, 1, "the controller's place");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, LAST, 0, "controller");
	init();
	vm.emu_device_count = MANY;
	emulated[LAST].emu_type = AXVM_EMULATED_DEVICE_X86_IO_APIC;
	found(&vm, 1, AXVM_FINDING_DEVICE_ARCH, 1, "another architecture");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, 0, LAST, "architectures");
	emulated[LAST].emu_type = AXVM_EMULATED_DEVICE_FW_CFG;
	limits.model = AXVM_MODEL_0_7;
	vm.flags = AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
	vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	found(&vm, 1, AXVM_FINDING_DEVICE_ARCH, 1, "a lone fw-cfg");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, LAST, 0, "fw-cfg");
}

/* UEFI on loongarch64, whose fw-cfg is the last device. */
static void test_fw_cfg(void)
{
	init();
	for (size_t i = 0; i < MANY; i++)
		emulated[i].emu_type = AXVM_EMULATED_DEVICE_DUMMY;
	vm.emu_device_count = MANY;
	vm.flags = AXVM_LAYOUT_COMPLETE | AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_ENABLE_BIOS |
		   AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR |
		   AXVM_LAYOUT_HAS_KERNEL_PATH;
	vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	vm.image_location = AXVM_IMAGE_LOCATION_FS;
	vm.cpu_num = 1;
	vm.memory_region_count = 1;
	memory[0].size = 0x200000;
	limits.arch = AXVM_ARCH_LOONGARCH64;
	limits.model = AXVM_MODEL_0_7;
	found(&vm, 1, AXVM_FINDING_BOOT_IMAGE_MISSING, 1, "no fw-cfg");
	emulated[LAST].emu_type = AXVM_EMULATED_DEVICE_FW_CFG;
	emulated[LAST].length = 0x18;
	found(&vm, 1, AXVM_FINDING_BOOT_IMAGE_MISSING, 0, "the last one is it");
}

static void test_passthrough(void)
{
	init();
	vm.passthrough_device_count = MANY;
	found(&vm, 1, AXVM_FINDING_DEVICE_OVERLAP, 0, "none of many devices");
	passthrough[LAST].length = 0;
	found(&vm, 1, AXVM_FINDING_DEVICE_EMPTY, 1, "the last one is empty");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, LAST, 0, "empty");
	passthrough[LAST] = passthrough[LAST - 1];
	passthrough[LAST].base_gpa.addr = UINT64_C(0x800000000000);
	passthrough[LAST].base_hpa.addr = UINT64_C(0x800000000000);
	found(&vm, 1, AXVM_FINDING_DEVICE_BEYOND_WIDTH, 1, "the last one is too far up");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, LAST, 0, "too far up");
	passthrough[LAST] = passthrough[LAST - 1];
	passthrough[300] = passthrough[0];
	found(&vm, 1, AXVM_FINDING_DEVICE_TWICE, 2, "two pairs");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0, 300, "the lower one");
	is_between(1, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, LAST - 1, LAST, "the upper one");
	init();
	vm.passthrough_device_count = MANY;
	/* One page of the host at two addresses. */
	limits.model = AXVM_MODEL_0_7;
	passthrough[LAST].base_hpa = passthrough[LAST - 1].base_hpa;
	found(&vm, 1, AXVM_FINDING_DEVICE_HOST_TWICE, 1, "one page of the host");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, LAST - 1, LAST, "its owners");
	/* More than 4 GiB from the last page of the host. */
	passthrough[LAST].base_hpa.addr = UINT64_MAX - 0xfff;
	passthrough[LAST].length = UINT64_C(0x100002000);
	found(&vm, 1, AXVM_FINDING_DEVICE_OVERFLOW, 1, "past the host");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, LAST, 0, "its owner");
	eq_uint(kept[0].value, UINT64_C(0x100002000), "its length");
	/* Two pages of the host at one address. */
	passthrough[LAST] = passthrough[LAST - 1];
	passthrough[LAST].base_hpa.addr += UINT64_C(0x100000000);
	found(&vm, 1, AXVM_FINDING_DEVICE_OVERLAP, 1, "two pages of the host");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, LAST - 1, LAST, "its owners");
}

/* A list of ranges, of which the last entry is a path. */
static void test_discovery(void)
{
	static const axvm_passthrough_device_config root = { "/", AXVM_GPA_INIT(0),
							     AXVM_HPA_INIT(0), 0, 0 };

	init();
	vm.passthrough_device_count = MANY;
	passthrough[LAST] = root;
	found(&vm, 1, AXVM_FINDING_DEVICE_DISCOVERY, 1, "a path after ranges");
	eq_uint(kept[0].b.index, LAST, "the path");
	limits.arch = AXVM_ARCH_LOONGARCH64;
	limits.model = AXVM_MODEL_0_7;
	found(&vm, 1, AXVM_FINDING_DEVICE_DISCOVERY, MANY - 1, "ranges beside the one path");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0, LAST, "the first of them");
	limits.arch = AXVM_ARCH_AARCH64;
	passthrough[0] = root;
	passthrough[LAST] = passthrough[LAST - 1];
	found(&vm, 1, AXVM_FINDING_DEVICE_DISCOVERY, MANY - 1, "ranges after a path");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 0, 1, "the first of them");
}

static void test_addresses(void)
{
	init();
	vm.passthrough_address_count = MANY;
	found(&vm, 1, AXVM_FINDING_DEVICE_TWICE, 0, "none of many ranges");
	addresses[LAST].length = 0;
	found(&vm, 1, AXVM_FINDING_DEVICE_EMPTY, 1, "the last one is empty");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, LAST, 0, "empty");
	addresses[LAST] = addresses[LAST - 1];
	found(&vm, 1, AXVM_FINDING_DEVICE_TWICE, 1, "a pair");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES, LAST - 1, LAST, "the pair");
	/* A device at the last one has other pages of the host. */
	vm.passthrough_address_count = MANY - 1;
	vm.passthrough_device_count = 1;
	limits.model = AXVM_MODEL_0_7;
	passthrough[0].base_gpa = addresses[LAST - 1].base_gpa;
	found(&vm, 1, AXVM_FINDING_DEVICE_OVERLAP, 1, "another page of the host");
	eq_uint(kept[0].b.index, LAST - 1, "against the last one");
	passthrough[0].base_gpa.addr = 4 * PAGE;
	passthrough[0].base_hpa.addr = addresses[LAST - 1].base_gpa.addr;
	found(&vm, 1, AXVM_FINDING_DEVICE_HOST_TWICE, 1, "one page of the host");
	eq_uint(kept[0].b.index, LAST - 1, "against the last one");
}

static void test_reserved(void)
{
	init();
	limits.model = AXVM_MODEL_0_7;
	vm.reserved_address_count = MANY;
	found(&vm, 1, AXVM_FINDING_DEVICE_OVERLAP, 0, "none of many ranges");
	reserved[LAST].length = 0;
	found(&vm, 1, AXVM_FINDING_DEVICE_EMPTY, 1, "the last one is empty");
	is_between(0, AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES, LAST, 0, "empty");
	reserved[LAST] = reserved[LAST - 1];
	found(&vm, 1, AXVM_FINDING_DEVICE_OVERLAP, 1, "a pair");
	is_between(0, AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES, LAST - 1, LAST, "the pair");
}

static void test_ports(void)
{
	init();
	limits.model = AXVM_MODEL_0_7;
	vm.passthrough_port_count = MANY;
	for (size_t i = 0; i < MANY; i++) {
		ports[i].base = (uint16_t)i;
		ports[i].length = 1;
	}
	wanted_code = AXVM_FINDING_PORT_CONFLICT;
	kept_count = other_count = 0;
	eq_int(axvm_layout_check(&vm, 1, &limits, keep, NULL, NULL, 0), AXVM_OK, "many ports");
	eq_uint(kept_count, MANY - 0x10000 + 1,
		"those that meet an earlier one, and that there are so many");
	eq_uint(other_count, 0, "nothing else");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS, 0, 0x10000, "the first two that meet");
	vm.passthrough_port_count = 0x100;
	found(&vm, 1, AXVM_FINDING_PORT_CONFLICT, 1, "256 ranges");
	eq_uint(kept[0].value, 0x100, "as many");
	ports[LAST].length = 0;
	vm.emu_device_count = MANY;
	for (size_t i = 0; i < MANY; i++)
		emulated[i].emu_type = AXVM_EMULATED_DEVICE_DUMMY;
	emulated[LAST].emu_type = AXVM_EMULATED_DEVICE_CONSOLE;
	emulated[LAST].base_gpa.addr = 0x3f8;
	emulated[LAST].length = 8;
	vm.passthrough_port_count = 1;
	ports[0].base = 0x3f8;
	found(&vm, 1, AXVM_FINDING_PORT_CONFLICT, 1, "the last device's ports");
	is_between(0, AXVM_LAYOUT_TABLE_EMU_DEVICES, LAST, 0, "the device");
}

/* From 0.7.3 on names are paths, and there are machines. */
static void test_paths(void)
{
	init();
	limits.model = AXVM_MODEL_0_7_3;
	limits.arch = AXVM_ARCH_RISCV64;
	for (size_t i = 0; i < MANY; i++)
		passthrough[i].name = names[i];
	vm.passthrough_device_count = MANY;
	found(&vm, 1, AXVM_FINDING_DEVICE_PATH, 0, "many paths");
	passthrough[LAST].name = names[LAST - 1];
	found(&vm, 1, AXVM_FINDING_DEVICE_PATH, 1, "a path twice");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, LAST - 1, LAST, "the path");
	/* The lowest one, at the end of a list that is sorted from one buffer to the other. */
	vm.passthrough_device_count = 20;
	for (size_t i = 0; i < 20; i++)
		passthrough[i].name = names[i < 18 ? 19 - i : 0];
	found(&vm, 1, AXVM_FINDING_DEVICE_PATH, 1, "a path twice");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, 18, 19, "the path");
	for (size_t i = 0; i < 20; i++)
		passthrough[i].name = names[i];
	vm.passthrough_device_count = MANY;
	limits.arch = AXVM_ARCH_X86_64;
	passthrough[LAST].name = names[LAST];
	found(&vm, 1, AXVM_FINDING_DEVICE_PATH, MANY, "paths of no tree");
	limits.arch = AXVM_ARCH_RISCV64;
	passthrough[LAST].name = "soc";
	found(&vm, 1, AXVM_FINDING_DEVICE_PATH, 1, "not a path");
	is_between(0, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, LAST, 0, "not a path");
	vm.passthrough_device_count = 1;
	vm.disabled_path_count = MANY;
	passthrough[0].name = names[LAST];
	found(&vm, 1, AXVM_FINDING_DEVICE_PATH, 1, "a disabled path");
	eq_uint(kept[0].b.index, LAST, "the last one");
	passthrough[0].name = "/soc/d@65999/uart";
	found(&vm, 1, AXVM_FINDING_DEVICE_DISABLED, 1, "below a disabled path");
	eq_uint(kept[0].b.index, LAST, "the last one");
	memory[LAST].map_type = AXVM_MEM_MAPPING_ALLOC;
	for (size_t i = 0; i < LAST; i++)
		memory[i].map_type = AXVM_MEM_MAPPING_RESERVED;
	for (size_t i = 0; i < MANY; i++)
		memory[i].gpa.addr += UINT64_C(0x100000000);
	vm.memory_region_count = MANY;
	vm.disabled_path_count = 0;
	found(&vm, 1, AXVM_FINDING_DEVICE_DMA, 1, "memory of another kind");
	eq_uint(kept[0].a.index, LAST, "the last region");
	vm.passthrough_device_count = MANY;
	for (size_t i = 0; i < MANY; i++)
		passthrough[i].name = i == LAST ? names[i] : NULL;
	wanted_code = AXVM_FINDING_DEVICE_DMA;
	kept_count = 0;
	eq_int(axvm_layout_check(&vm, 1, &limits, keep, NULL, NULL, 0), AXVM_OK, "the last device");
	eq_uint(kept_count, 1, "the last device");
	eq_uint(kept[0].b.index, LAST, "it");
}

static void test_cpus(void)
{
	init();
	vm.phys_cpu_id_count = vm.phys_cpu_set_count = MANY;
	found(&vm, 1, AXVM_FINDING_CPU_REPEATED, 0, "many CPUs");
	ids[LAST] = ids[LAST - 1];
	found(&vm, 1, AXVM_FINDING_CPU_REPEATED, 1, "an id twice");
	is_between(0, AXVM_LAYOUT_TABLE_PHYS_CPU_IDS, LAST - 1, LAST, "the id");
	ids[LAST] = (uint64_t)ids[LAST - 1] + UINT64_C(0x100000000);
	sets[LAST] = sets[LAST - 1];
	found(&vm, 1, AXVM_FINDING_CPU_SHARED, 1, "a mask twice");
	is_between(0, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, LAST - 1, LAST, "the mask");
	sets[LAST].bits = 0;
	found(&vm, 1, AXVM_FINDING_CPU_MASK, 1, "an empty mask");
	is_between(0, AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, LAST, 0, "the mask");
	vm.flags = AXVM_LAYOUT_COMPLETE | AXVM_LAYOUT_HAS_KERNEL_PATH;
	vm.image_location = AXVM_IMAGE_LOCATION_FS;
	vm.memory_region_count = 1;
	vm.phys_cpu_id_count = vm.phys_cpu_set_count = 256 + 2;
	vm.cpu_num = 2;
	found(&vm, 1, AXVM_FINDING_CPU_LIST, 2, "lists of 258 CPUs for two");
	eq_uint(kept[0].value, 256 + 2, "as many");
	vm.flags = 0;
	vm.cpu_num = 0;
	vm.memory_region_count = 0;
	vm.phys_cpu_id_count = vm.phys_cpu_set_count = MANY;
	sets[LAST].bits = sets[LAST - 1].bits ^ UINT64_C(0x100000000);
	found(&vm, 1, AXVM_FINDING_CPU_SHARED, 0, "masks of more than 32 CPUs");
	limits.host_cpus.bits = UINT32_MAX;
	found(&vm, 1, AXVM_FINDING_CPU_MASK, 1, "a CPU above 32");
	eq_uint(kept[0].value, UINT64_C(0x100000000), "it");
}

/* The window of virtual devices, filled page by page. */
static void test_window(void)
{
	axvm_gpa_range window;
	size_t pages;

	init();
	limits.model = AXVM_MODEL_0_7_3;
	limits.arch = AXVM_ARCH_RISCV64;
	ok(axvm_machine_auto_window(limits.model, limits.arch, &window), "a window");
	pages = (size_t)(axvm_gpa_range_size(window) / PAGE);
	if (!ok(pages > 0x100 && pages <= MANY, "not too many pages"))
		return;
	for (size_t i = 0; i < pages; i++)
		memory[i].gpa = axvm_gpa_add(window.start, i * PAGE);
	vm.auto_device_count = 1;
	vm.memory_region_count = pages - 1;
	found(&vm, 1, AXVM_FINDING_MACHINE_CONFLICT, 0, "a page is left");
	vm.memory_region_count = pages;
	found(&vm, 1, AXVM_FINDING_MACHINE_CONFLICT, 1, "no page is left");
}

/* More findings than 16 bits can count. */
static void test_findings(void)
{
	static axvm_finding findings[MANY];
	size_t count = 0;

	init();
	vm.memory_region_count = MANY;
	for (size_t i = 0; i < MANY; i++)
		memory[i].size = 0;
	eq_int(axvm_layout_findings(&vm, 1, &limits, findings, sizeof(findings[0]), MANY, &count),
	       AXVM_OK, "check");
	eq_uint(count, MANY, "one of each region");
	eq_uint(findings[LAST].a.index, LAST, "the last one");
	eq_int(axvm_layout_findings(&vm, 1, &limits, findings, sizeof(findings[0]), 300, &count),
	       AXVM_OK, "check");
	eq_uint(count, MANY, "more than there is room for");
}

int main(void)
{
	test(test_memory);
	test(test_lowest_memory);
	test(test_long_image);
	test(test_emulated);
	test(test_types);
	test(test_fw_cfg);
	test(test_passthrough);
	test(test_discovery);
	test(test_addresses);
	test(test_reserved);
	test(test_ports);
	test(test_paths);
	test(test_cpus);
	test(test_window);
	test(test_findings);
	return done();
}
