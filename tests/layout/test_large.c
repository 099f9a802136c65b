/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout check of more than 2^16 entries in every list, and of as many VMs: what is wrong with
 * the last ones is found, and named by their indexes.
 */
#include <stdlib.h>

#include <axvm/layout.h>
#include <axvm/machine.h>

#include "tap.h"

#define MANY 66000
#define LAST (MANY - 1)
#define KEPT 16
#define PAGE UINT64_C(0x1000)

static axvm_mem_config memory[MANY];
static axvm_emulated_device_config emulated[MANY];
static axvm_passthrough_device_config passthrough[MANY];
static axvm_passthrough_address_config addresses[MANY];
static axvm_passthrough_port_config ports[MANY];
static axvm_reserved_address_config reserved[MANY];
static axvm_hpa_range host[MANY];
static const char *paths[MANY];
static char names[MANY][32];
static uint64_t ids[MANY];
static axvm_vcpu_set sets[MANY];
static axvm_layout_vm vm, *vms;
static axvm_layout_limits limits;

/* The first findings of a code, and how many there were of it, and of others. */
static axvm_finding kept[KEPT];
static axvm_finding_code wanted_code;
static size_t kept_count, other_count;
static axvm_finding_code other_code;

static bool keep(const axvm_finding *finding, void *ctx)
{
	(void)ctx;
	if (finding->code != wanted_code) {
		other_code = finding->code;
		other_count++;
	} else if (kept_count++ < KEPT) {
		kept[kept_count - 1] = *finding;
	}
	return true;
}

static void init(void)
{
	static const axvm_layout_vm none = AXVM_LAYOUT_VM_INIT;
	static const axvm_layout_limits unknown = AXVM_LAYOUT_LIMITS_INIT;

	vm = none;
	limits = unknown;
	for (size_t i = 0; i < MANY; i++) {
		axvm_mem_config_init(&memory[i]);
		memory[i].gpa = axvm_gpa_new((uint64_t)i << 20);
		memory[i].size = PAGE;
		axvm_emulated_device_config_init(&emulated[i]);
		emulated[i].base_gpa = axvm_gpa_new(((uint64_t)i << 20) + 2 * PAGE);
		emulated[i].length = PAGE;
		emulated[i].emu_type = AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR;
		axvm_passthrough_device_config_init(&passthrough[i]);
		passthrough[i].base_gpa = axvm_gpa_new(((uint64_t)i << 20) + 4 * PAGE);
		passthrough[i].base_hpa = axvm_hpa_new(((uint64_t)i << 20) + 4 * PAGE);
		passthrough[i].length = PAGE;
		addresses[i].base_gpa = axvm_gpa_new(((uint64_t)i << 20) + 6 * PAGE);
		addresses[i].length = PAGE;
		reserved[i].base_gpa = axvm_gpa_new(((uint64_t)i << 20) + 8 * PAGE);
		reserved[i].length = PAGE;
		host[i] = axvm_hpa_range_from_start_size(axvm_hpa_new((uint64_t)i << 20), 2 * PAGE);
		snprintf(names[i], sizeof(names[i]), "/soc/d@%05zu", i);
		paths[i] = names[i];
		ids[i] = i;
		sets[i].bits = (i << 1) | 1;
	}
	vm.memory_regions = memory;
	vm.emu_devices = emulated;
	vm.passthrough_devices = passthrough;
	vm.passthrough_addresses = addresses;
	vm.passthrough_ports = ports;
	vm.reserved_addresses = reserved;
	vm.disabled_paths = paths;
	vm.phys_cpu_ids = ids;
	vm.phys_cpu_sets = sets;
}

/* What is found of a code: so many findings, and none of another code. */
static void found(const axvm_layout_vm *of, size_t count, axvm_finding_code code, size_t wanted,
		  const char *what)
{
	wanted_code = code;
	kept_count = other_count = 0;
	memset(kept, 0, sizeof(kept));
	eq_int(axvm_layout_check(of, count, &limits, keep, NULL, NULL, 0), AXVM_OK, what);
	eq_uint(kept_count, wanted, what);
	eq_uint(other_count, 0, what);
	if (other_count != 0)
		printf("# also %s\n", axvm_finding_code_name(other_code));
}

static void is_between(size_t i, axvm_layout_table table, size_t a, size_t b, const char *what)
{
	eq_str(axvm_layout_table_name(kept[i].a.table), axvm_layout_table_name(table), what);
	eq_uint(kept[i].a.index, a, what);
	if (b == 0)
		return;
	eq_str(axvm_layout_table_name(kept[i].b.table), axvm_layout_table_name(table), what);
	eq_uint(kept[i].b.index, b, what);
}

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

/* As many VMs, of which nothing is known but what a test sets. */
static bool init_vms(void)
{
	init();
	vms = malloc(MANY * sizeof(*vms));
	for (size_t i = 0; vms && i < MANY; i++) {
		axvm_layout_vm_init(&vms[i]);
		vms[i].id = i + 1;
		vms[i].name = names[i];
	}
	return ok(vms != NULL, "memory");
}

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

#define MOST_FINDINGS 128

struct all_findings {
	axvm_finding list[MOST_FINDINGS];
	size_t count;
};

/* A VM with something wrong of most kinds, in every list. */
static void init_bad(void)
{
	static const uint64_t one[] = { 1 };

	init();
	vm.flags = AXVM_LAYOUT_COMPLETE | AXVM_LAYOUT_HAS_ENTRY_POINT |
		   AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR | AXVM_LAYOUT_HAS_DTB_LOAD_ADDR |
		   AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR | AXVM_LAYOUT_HAS_RAMDISK_PATH |
		   AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_DISK_PATH | AXVM_LAYOUT_HAS_CMDLINE;
	vm.id = 9;
	vm.cpu_num = 3;
	vm.phys_cpu_id_count = vm.phys_cpu_set_count = 2;
	ids[1] = ids[0] = 2;
	sets[0].bits = 0;
	vm.memory_region_count = 9;
	memory[0].size = 0x1800;
	memory[1].gpa = memory[0].gpa;
	memory[2].size = 0;
	memory[3].gpa.addr = 0x10000000;
	memory[3].size = 0x300000;
	memory[4].map_type = 3;
	memory[5].gpa.addr = UINT64_MAX - PAGE + 1;
	memory[6].gpa.addr = UINT64_C(0x7ffffffff000);
	memory[7].gpa.addr = 0xfee00000;
	memory[8].gpa.addr = 0xb000000; /* over all windows of virtual devices */
	memory[8].size = 0xc0000000 - 0xb000000;
	vm.emu_device_count = 8;
	emulated[0].emu_type = AXVM_EMULATED_DEVICE_IVC_CHANNEL;
	emulated[0].base_gpa.addr = 8;
	emulated[0].irq_id = emulated[1].irq_id = 5;
	emulated[1].emu_type = AXVM_EMULATED_DEVICE_GPPT_ITS;
	emulated[2].emu_type = AXVM_EMULATED_DEVICE_CONSOLE;
	emulated[3].emu_type = AXVM_EMULATED_DEVICE_IVC_CHANNEL;
	emulated[4].emu_type = AXVM_EMULATED_DEVICE_PPPT_GLOBAL;
	emulated[4].cfg_list = one;
	emulated[4].cfg_list_len = 1;
	emulated[5].emu_type = 8;
	emulated[6].emu_type = AXVM_EMULATED_DEVICE_FW_CFG;
	emulated[7] = emulated[4];
	vm.passthrough_device_count = 7;
	passthrough[0].base_hpa.addr += 8;
	passthrough[1] = passthrough[2];
	passthrough[1].name = passthrough[2].name = "/soc";
	passthrough[3].length = 0;
	passthrough[3].name = "/soc/uart";
	passthrough[4].base_gpa.addr = passthrough[4].base_hpa.addr = UINT64_C(0x800000000000);
	passthrough[5].base_hpa = passthrough[4].base_hpa;
	axvm_passthrough_device_config_init(&passthrough[6]);
	passthrough[6].name = "/bus";
	vm.passthrough_address_count = 2;
	addresses[0].base_gpa.addr = 0xfee00010;
	addresses[1].length = 0;
	vm.reserved_address_count = 3;
	reserved[0].length = 0;
	reserved[1].base_gpa.addr = UINT64_MAX;
	reserved[2].base_gpa.addr = UINT64_C(0x800000000000);
	vm.passthrough_port_count = 3;
	ports[0].base = ports[1].base = 0x3f8;
	ports[0].length = 8;
	ports[1].length = 0;
	ports[2].base = ports[2].length = 0xffff;
	vm.disabled_path_count = 1;
	paths[0] = "/soc";
	vm.auto_device_count = 1;
	vm.cmdline_length = 600;
	vm.entry_point.addr = 0x900;
	vm.kernel_load_addr.addr = 0x1000;
	vm.kernel_size = 0x3000;
	vm.dtb_load_addr.addr = vm.ramdisk_load_addr.addr = 0x100800;
}

/* The same with a firmware that its protocol refuses. */
static void set_firmware(axvm_boot_protocol protocol)
{
	vm.flags &= ~(axvm_layout_flags)AXVM_LAYOUT_HAS_BIOS_PATH;
	vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_ENABLE_BIOS |
		    AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR;
	vm.boot_protocol = protocol;
	vm.bios_load_addr.addr = 0x9000;
	/* And a list of paths. */
	axvm_passthrough_device_config_init(&passthrough[0]);
	passthrough[0].name = "/";
}

static bool keep_all(const axvm_finding *finding, void *ctx)
{
	struct all_findings *all = ctx;

	if (all->count < MOST_FINDINGS)
		all->list[all->count] = *finding;
	all->count++;
	return true;
}

static bool is_same(const axvm_finding *alone, axvm_finding last, size_t vm_index)
{
	bool both = alone->b.table != AXVM_LAYOUT_TABLE_NONE;
	bool of_last = last.a.vm == vm_index && (!both || last.b.vm == vm_index);

	last.a.vm = 0;
	last.b.vm = alone->b.vm;
	return of_last && memcmp(alone, &last, sizeof(last)) == 0;
}

/* The last of many VMs, of which the others are nothing: the same is found as of it alone. */
static void test_last_vm(void)
{
	static const axvm_model models[] = { AXVM_MODEL_0_5, AXVM_MODEL_0_7, AXVM_MODEL_0_7_3 };
	static struct all_findings alone, last;
	if (!init_vms())
		return;
	for (size_t i = 0; i < MANY; i++)
		axvm_layout_vm_init(&vms[i]);
	for (unsigned int i = 0; i < 3 * 5; i++) {
		bool same = true;

		init_bad();
		limits.model = models[i / 5];
		limits.arch = (axvm_arch)(i % 5);
		/* Each region is the first one that moves images, and none; then each firmware. */
		for (unsigned int j = 0; j < 5; j++) {
			size_t count = j == i % 3 ? MANY : 300;

			memory[0].map_type = (axvm_mem_mapping_type)(j % 3);
			if (j >= 3)
				set_firmware(j == 3 ? AXVM_BOOT_PROTOCOL_MULTIBOOT
						    : AXVM_BOOT_PROTOCOL_UEFI);
			vms[count - 1] = vm;
			alone.count = last.count = 0;
			eq_int(axvm_layout_check(&vm, 1, &limits, keep_all, &alone, NULL, 0),
			       AXVM_OK, "alone");
			eq_int(axvm_layout_check(vms, count, &limits, keep_all, &last, NULL, 0),
			       AXVM_OK, "the last");
			axvm_layout_vm_init(&vms[count - 1]);
			ok(alone.count > 10 && alone.count <= MOST_FINDINGS, "there are some");
			eq_uint(last.count, alone.count, "as many findings");
			for (size_t k = 0; k < alone.count && k < last.count; k++)
				same = same && is_same(&alone.list[k], last.list[k], count - 1);
		}
		ok(same, "the same findings, of the last VM");
	}
	free(vms);
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
	test(test_vms);
	test(test_long_image_of_last_vm);
	test(test_shared_by_vms);
	test(test_irqs);
	test(test_window);
	test(test_paths_of_vms);
	test(test_host_memory);
	test(test_memory_of_vms);
	test(test_refused);
	test(test_findings);
	test(test_last_vm);
	return done();
}
