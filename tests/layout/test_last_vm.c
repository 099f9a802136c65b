/* SPDX-License-Identifier: Apache-2.0 */
/* Each rule finds the same of the last of many VMs as of that VM alone. */
#include "layout_large.h"

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
	test(test_last_vm);
	return done();
}
