/* SPDX-License-Identifier: Apache-2.0 */
/* Versions: what is right at 0.7.3, what has gone there, and what has not changed. */
#include "layout_direct.h"
#include "layout_sample.h"

static void test_good(void)
{
	each_row(a, archs) {
		new_init(archs[a]);
		finds_nothing(&s);
	}
	new_init(AXVM_ARCH_UNKNOWN);
	finds_nothing(&s);
}

/* What no file of this version can have is ignored; of passthrough devices the names count. */
static void test_gone(void)
{
	static const axvm_passthrough_port_config ports[] = { { 0x3f8, 0 } };
	static const axvm_reserved_address_config kept[] = { { AXVM_GPA_INIT(0x1000), 0x1000 } };

	new_init(AXVM_ARCH_AARCH64);
	s.vm.id = 9;
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_NO_IRQ;
	s.vm.emu_device_count = 2;
	set_emulated(&s.emulated[0], "a", 0, 0, 0x99);
	s.emulated[0].irq_id = 1;
	set_emulated(&s.emulated[1], "a", 0x1000, 0x1000, AXVM_EMULATED_DEVICE_VIRTIO_BLK);
	set_passthrough(&s.passthrough[0], "/a", 0x1000, 0x2001, 0, 1);
	set_passthrough(&s.passthrough[1], "/b", 0x1000, 0x3000, UINT64_MAX, 1);
	s.vm.passthrough_device_count = 2;
	set_address(&s.addresses[0], 0x1000, 0x1000);
	s.vm.passthrough_address_count = 1;
	s.vm.passthrough_ports = ports;
	s.vm.passthrough_port_count = 1;
	s.vm.reserved_addresses = kept;
	s.vm.reserved_address_count = 1;
	finds_nothing(&s);
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH;
	finds_nothing(&s);
	s.passthrough[1].name = "b";
	finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 1), NOBODY });
}

/* Of the host, two VMs have reserved memory only. */
static void test_vms(void)
{
	struct sample second;
	axvm_layout_vm vms[2];
	const struct wanted id = { AXVM_FINDING_VM_ID, ERROR, 7, ENTRY(ID, 0), ENTRY_OF(1, ID, 0) };

	new_init(AXVM_ARCH_AARCH64);
	set_passthrough(&s.passthrough[0], "/soc/uart@0", 0x9000000, 0x9000000, 0x1000, 33);
	s.vm.passthrough_device_count = 1;
	set_memory(&s.memory[1], 0x80000000, 0x1000, RESERVED);
	s.vm.memory_region_count = 2;
	vms[0] = s.vm;
	second = s;
	second.vm.memory_regions = second.memory;
	second.vm.passthrough_devices = second.passthrough;
	second.passthrough[0].name = "/soc/uart@1";
	second.vm.name = "other";
	second.ids[0] = 0x200;
	second.ids[1] = 0x300;
	second.vm.phys_cpu_ids = second.ids;
	second.memory[1].gpa.addr += 0x1000;
	vms[1] = second.vm;
	check_found(vms, 2, &id, 1, __FILE__, __LINE__);
	vms[1].id = 8;
	check_found(vms, 2, NULL, 0, __FILE__, __LINE__);
	second.memory[1].gpa.addr -= 0x1000;
	check_vms(vms, 2);
	eq_uint(finding_count, 1, "one finding");
	eq_uint(findings[0].code, AXVM_FINDING_HOST_CONFLICT, "about the memory");
}

/* What has not changed. */
static void test_unchanged(void)
{
	new_init(AXVM_ARCH_RISCV64);
	s.memory[0].map_type = 3;
	finds(&s, { AXVM_FINDING_MEMORY_MAP_TYPE, ERROR, 3, GUEST(MEMORY_REGIONS, 0, 0, 0x400000),
		    NOBODY });
	new_init(AXVM_ARCH_RISCV64);
	s.memory[0].size += 0x800;
	finds(&s, { AXVM_FINDING_MEMORY_UNALIGNED, ERROR, 0, GUEST(MEMORY_REGIONS, 0, 0, 0x400800),
		    NOBODY });
	new_init(AXVM_ARCH_RISCV64);
	set_memory(&s.memory[1], 0x3ff000, 0x2000, RESERVED);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0, GUEST(MEMORY_REGIONS, 0, 0, 0x400000),
		    GUEST(MEMORY_REGIONS, 1, 0x3ff000, 0x401000) });
	new_init(AXVM_ARCH_LOONGARCH64);
	s.memory[0].map_type = RESERVED;
	s.vm.entry_point.addr--;
	finds(&s, { AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, ERROR, 0, ADDRESS(ENTRY_POINT, 0x1fffff),
		    ADDRESS(KERNEL_LOAD_ADDR, 0x200000) });
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_HAS_DTB_LOAD_ADDR, 0);
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0, ADDRESS(DTB_LOAD_ADDR, 0), NOBODY });
	new_init(AXVM_ARCH_AARCH64);
	s.vm.cpu_num = 0;
	finds(&s, { AXVM_FINDING_CPU_COUNT, ERROR, 0, ENTRY(CPU_NUM, 0), NOBODY });
	new_init(AXVM_ARCH_AARCH64);
	s.vm.image_location = AXVM_IMAGE_LOCATION_UNKNOWN;
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(IMAGE_LOCATION, 0), NOBODY });
}

int main(void)
{
	test(test_good);
	test(test_gone);
	test(test_vms);
	test(test_unchanged);
	return done();
}
