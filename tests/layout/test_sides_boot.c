/* SPDX-License-Identifier: Apache-2.0 */
/* The same of the rules about booting. */
#include "layout_sides.h"

/* Memory at 0, which is only known to be needed where the architecture is known. */
static void test_lowest_memory(void)
{
	init(AXVM_MODEL_0_7_3, AXVM_ARCH_X86_64);
	says(BOOT_MEMORY, "begins at 0");
	limits.arch = AXVM_ARCH_UNKNOWN;
	silent(BOOT_MEMORY);
	limits.arch = AXVM_ARCH_X86_64;
	limits.model = AXVM_MODEL_0_7;
	silent(BOOT_MEMORY);
	limits.model = AXVM_MODEL_0_7_3;
	s.vm.memory_region_count = 2;
	set_memory(&s.memory[1], 0, 0x100000, AXVM_MEM_MAPPING_ALLOC);
	silent(BOOT_MEMORY);
	s.memory[1].map_type = AXVM_MEM_MAPPING_RESERVED;
	says(BOOT_MEMORY, "begins at 0");
	set_memory(&s.memory[1], 0x1000, 0x100000, AXVM_MEM_MAPPING_ALLOC);
	says(BOOT_MEMORY, "begins at 0");
	s.vm.memory_region_count = 0;
	silent(BOOT_MEMORY);
}

/* multiboot without enable_bios: nothing of the BIOS counts. */
static void test_multiboot(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	set_protocol(AXVM_BOOT_PROTOCOL_MULTIBOOT, false);
	silent(BOOT_MEMORY);
	says(BOOT_PROTOCOL, "enable_bios is not true");
	s.vm.flags |= AXVM_LAYOUT_ENABLE_BIOS;
	says(BOOT_MEMORY, "that no region contains");
	silent(BOOT_PROTOCOL);
	s.vm.flags |= HAS(BIOS_PATH);
	silent(BOOT_MEMORY);
	s.vm.flags &= ~(axvm_layout_flags)HAS(BIOS_PATH);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	silent(BOOT_MEMORY);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	silent(BOOT_MEMORY);

	/* A protocol that is set counts, whatever else is not known. */
	init(AXVM_MODEL_0_5, AXVM_ARCH_AARCH64);
	s.vm.flags &= ~(axvm_layout_flags)AXVM_LAYOUT_COMPLETE;
	silent(BOOT_PROTOCOL);
	set_protocol(AXVM_BOOT_PROTOCOL_MULTIBOOT, false);
	says(BOOT_PROTOCOL, "which only x86_64 has");
	s.vm.flags ^= HAS(BOOT_PROTOCOL) | AXVM_LAYOUT_ENABLE_BIOS;
	says(BOOT_PROTOCOL, "which only x86_64 has");

	/* The entry in the BIOS, below the kernel. */
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	set_memory(&s.memory[0], 0, GIB, AXVM_MEM_MAPPING_ALLOC);
	set_protocol(AXVM_BOOT_PROTOCOL_MULTIBOOT, true);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x200000);
	give_address(entry_point, ENTRY_POINT, 0x8000);
	silent(BOOT_ENTRY_BELOW_LOAD);
	s.vm.entry_point.addr = 0x9000;
	says(BOOT_ENTRY_BELOW_LOAD, "boot stub");
	s.vm.flags |= HAS(BIOS_PATH);
	give_address(bios_load_addr, BIOS_LOAD_ADDR, 0x9000);
	silent(BOOT_ENTRY_BELOW_LOAD);
	s.vm.entry_point.addr = 0x8000;
	says(BOOT_ENTRY_BELOW_LOAD, "boot stub");
	s.vm.entry_point.addr = 0x9000;
	s.vm.flags &= ~(axvm_layout_flags)AXVM_LAYOUT_ENABLE_BIOS;
	says(BOOT_ENTRY_BELOW_LOAD, "boot stub");
	s.vm.flags |= AXVM_LAYOUT_ENABLE_BIOS;
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	says(BOOT_ENTRY_BELOW_LOAD, "boot stub");
}

/* The firmware's address counts with enable_bios and an image; one of UEFI's own with UEFI alone. */
static void test_bios_counts(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	set_protocol(AXVM_BOOT_PROTOCOL_UEFI, true);
	give_address(bios_load_addr, BIOS_LOAD_ADDR, 0x1000);
	silent(BOOT_ADDRESS);
	s.vm.flags |= HAS(UEFI_FIRMWARE_PATH);
	says(BOOT_ADDRESS, "in no memory region");
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	silent(BOOT_ADDRESS);
	says(KEY_UNUSED, "only boot_protocol");
	s.vm.flags |= HAS(BIOS_PATH);
	says(BOOT_ADDRESS, "in no memory region");
	s.vm.flags &= ~(axvm_layout_flags)AXVM_LAYOUT_ENABLE_BIOS;
	silent(BOOT_ADDRESS);
	silent(KEY_UNUSED);
	s.vm.flags |= AXVM_LAYOUT_ENABLE_BIOS;
	limits.arch = AXVM_ARCH_AARCH64;
	silent(KEY_UNUSED);
}

/* An entry moves with the kernel, from its configured place: without that it is nowhere. */
static void test_moved_entry(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_AARCH64);
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	give_address(entry_point, ENTRY_POINT, 0x80000000);
	silent(BOOT_ADDRESS);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x70000000);
	says(BOOT_ADDRESS, "moved with");
	s.vm.kernel_load_addr.addr = 0x7ffff000;
	silent(BOOT_ADDRESS);
	eq_uint(finding_count, 0, "nothing");
	s.vm.kernel_load_addr.addr = 0x80001000;
	silent(BOOT_ADDRESS);
	says(BOOT_ENTRY_BELOW_LOAD, "moves with this first region");
}

/* UEFI enters its firmware: at 0.5, and wherever loongarch64 is possible. */
static void test_uefi_entry(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	set_protocol(AXVM_BOOT_PROTOCOL_UEFI, true);
	s.vm.flags |= HAS(BIOS_PATH);
	give_address(bios_load_addr, BIOS_LOAD_ADDR, 0x40000000);
	give_address(entry_point, ENTRY_POINT, 0x1000);
	silent(BOOT_ADDRESS);
	limits.model = AXVM_MODEL_0_7;
	says(BOOT_ADDRESS, "in no memory region");
	limits.arch = AXVM_ARCH_UNKNOWN;
	silent(BOOT_ADDRESS);
	limits.arch = AXVM_ARCH_X86_64;
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	limits.model = AXVM_MODEL_0_5;
	says(BOOT_ADDRESS, "in no memory region");
	/* 0.5 moves the kernel of UEFI with a first region that is reserved, later versions do not. */
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	s.vm.flags &= ~(axvm_layout_flags)HAS(ENTRY_POINT);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x1000);
	silent(BOOT_ADDRESS);
	limits.model = AXVM_MODEL_0_7;
	says(BOOT_ADDRESS, "in no memory region");
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	silent(BOOT_ADDRESS);
}

/* A kernel that moves with an identical first region is known to be there, and nowhere else. */
static void test_moved_images(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_AARCH64);
	s.vm.memory_region_count = 2;
	set_memory(&s.memory[0], 0x40000000, 0x1000, AXVM_MEM_MAPPING_IDENTICAL);
	set_memory(&s.memory[1], 0x40000000, 0x200000, AXVM_MEM_MAPPING_ALLOC);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x70000000);
	silent(BOOT_ADDRESS);
	s.vm.kernel_size = 0x1001;
	silent(BOOT_ADDRESS);
	s.memory[1].gpa.addr = 0x50000000;
	says(BOOT_ADDRESS, "whatever kernel_load_addr says");
	/* A second identical region has no known place: it may hold all of it. */
	s.memory[1].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	says(BOOT_ADDRESS, "no memory region with a fixed address");
	s.memory[1].gpa.addr = 0x40000000;
	says(BOOT_ADDRESS, "no memory region with a fixed address");
	s.memory[1].gpa.addr = 0x50000000;
	s.vm.kernel_size = 0x1000;
	silent(BOOT_ADDRESS);
	/* What does not move is in none of them for sure. */
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 0x40000000);
	s.vm.flags |= HAS(RAMDISK_PATH);
	says(BOOT_ADDRESS, "no memory region with a fixed address");
	/* From 0.7.3 on regions that adjoin count as one, the first one too, where it moves along. */
	limits.model = AXVM_MODEL_0_7_3;
	s.vm.flags &= ~(axvm_layout_flags)(HAS(RAMDISK_LOAD_ADDR) | HAS(RAMDISK_PATH));
	s.vm.kernel_size = 0x2000;
	set_memory(&s.memory[1], 0x40001000, 0x1000, AXVM_MEM_MAPPING_ALLOC);
	silent(BOOT_ADDRESS);
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	silent(BOOT_ADDRESS);
	limits.model = AXVM_MODEL_0_7;
	says(BOOT_ADDRESS, "does not fit into");
	limits.model = AXVM_MODEL_0_7_3;
	s.memory[0].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	s.memory[1].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	says(BOOT_ADDRESS, "no memory region with a fixed address");
}

/* A bzImage does not move, but in a first region without a known place nothing is said of it. */
static void test_bzimage_moves(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	s.vm.flags |= AXVM_LAYOUT_KERNEL_BZIMAGE | HAS(RAMDISK_PATH);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x1000);
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 0x2000);
	finds_code(AXVM_FINDING_BOOT_ADDRESS, 2, "in no memory region", __FILE__, __LINE__);
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	silent(BOOT_ADDRESS);
	/* Only direct boot on x86_64 has one: else the kernel moves, and the ramdisk stays. */
	set_protocol(AXVM_BOOT_PROTOCOL_MULTIBOOT, true);
	says(BOOT_ADDRESS, "in no memory region");
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	silent(BOOT_ADDRESS);
	limits.arch = AXVM_ARCH_AARCH64;
	says(BOOT_ADDRESS, "in no memory region");
	limits.arch = AXVM_ARCH_X86_64;
	s.vm.flags ^= AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	says(BOOT_ADDRESS, "in no memory region");
}

/* UEFI on loongarch64 loads the ramdisk by itself, wherever its address is. */
static void test_uefi_ramdisk(void)
{
	init(AXVM_MODEL_0_7, AXVM_ARCH_LOONGARCH64);
	set_protocol(AXVM_BOOT_PROTOCOL_UEFI, true);
	s.vm.flags |= HAS(BIOS_PATH) | HAS(RAMDISK_PATH);
	give_address(bios_load_addr, BIOS_LOAD_ADDR, 0x40000000);
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 0x1000);
	silent(BOOT_ADDRESS);
	limits.arch = AXVM_ARCH_X86_64;
	says(BOOT_ADDRESS, "in no memory region");
	s.vm.flags &= ~(axvm_layout_flags)HAS(RAMDISK_PATH);
	silent(BOOT_ADDRESS);
	/* Direct boot does not. */
	init(AXVM_MODEL_0_7_3, AXVM_ARCH_LOONGARCH64);
	s.vm.flags |= HAS(RAMDISK_PATH);
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 0x1000);
	says(BOOT_ADDRESS, "in no memory region");
	/* It needs the lowest memory itself; a ramdisk is loaded by its path and its address. */
	set_memory(&s.memory[0], 0, 8 * GIB, AXVM_MEM_MAPPING_ALLOC);
	silent(BOOT_ADDRESS);
	says(BOOT_MEMORY, "Load the ramdisk at");
	s.vm.flags &= ~(axvm_layout_flags)HAS(RAMDISK_PATH);
	silent(BOOT_MEMORY);
	s.vm.flags ^= HAS(RAMDISK_PATH) | HAS(RAMDISK_LOAD_ADDR);
	silent(BOOT_MEMORY);
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 4 * GIB + 0x1000);
	silent(BOOT_MEMORY);
}

/* Three images of which the first two are apart; and four, of which the last meets the third. */
static void test_clashes(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_AARCH64);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x40200000);
	give_address(dtb_load_addr, DTB_LOAD_ADDR, 0x40000000);
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 0x40000000);
	s.vm.flags |= HAS(RAMDISK_PATH);
	says(BOOT_IMAGE_CLASH, "is the same address as");
	eq_int(findings[0].a.table, AXVM_LAYOUT_TABLE_DTB_LOAD_ADDR, "the second image");
	eq_int(findings[0].b.table, AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR, "with the third");
	s.vm.dtb_size = 0x1000;
	says(BOOT_IMAGE_CLASH, "is the same address as");
	s.vm.ramdisk_load_addr.addr = 0x40000fff;
	silent(BOOT_IMAGE_CLASH);
	s.vm.ramdisk_size = 1;
	says(BOOT_IMAGE_CLASH, "overlaps");
	s.vm.ramdisk_load_addr.addr = 0x40001000;
	silent(BOOT_IMAGE_CLASH);
	/* Past the kernel's start, whose size is not known. */
	s.vm.ramdisk_size = 0x200000;
	silent(BOOT_IMAGE_CLASH);
	s.vm.kernel_size = 1;
	says(BOOT_IMAGE_CLASH, "overlaps");
	eq_int(findings[0].a.table, AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR, "the first image");
	eq_int(findings[0].b.table, AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR, "with the third");
	/* Apart by 4 GiB. */
	set_memory(&s.memory[0], 0x40000000, 8 * GIB, AXVM_MEM_MAPPING_ALLOC);
	s.vm.ramdisk_load_addr.addr = s.vm.kernel_load_addr.addr + 4 * GIB;
	silent(BOOT_IMAGE_CLASH);
	s.vm.kernel_size = 4 * GIB;
	silent(BOOT_IMAGE_CLASH);
	s.vm.kernel_size++;
	says(BOOT_IMAGE_CLASH, "overlaps");
	/* It meets the first two: one finding, against the first. */
	s.vm.ramdisk_load_addr.addr = 0x40000800;
	says(BOOT_IMAGE_CLASH, "overlaps");
	eq_int(findings[0].a.table, AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR, "the first image");
	/* The last of four. */
	init(AXVM_MODEL_0_5, AXVM_ARCH_UNKNOWN);
	set_protocol(AXVM_BOOT_PROTOCOL_MULTIBOOT, true);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x40200000);
	give_address(dtb_load_addr, DTB_LOAD_ADDR, 0x40000000);
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 0x40100000);
	give_address(bios_load_addr, BIOS_LOAD_ADDR, 0x40100000);
	s.vm.flags |= HAS(RAMDISK_PATH) | HAS(BIOS_PATH);
	says(BOOT_IMAGE_CLASH, "is the same address as");
	s.vm.flags &= ~(axvm_layout_flags)HAS(RAMDISK_PATH);
	silent(BOOT_IMAGE_CLASH);
}

/* A kernel that moves into an identical region is at no known distance from what stays. */
static void test_clash_when_moved(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_AARCH64);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x70000000);
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 0x40000000);
	s.vm.flags |= HAS(RAMDISK_PATH);
	silent(BOOT_IMAGE_CLASH);
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	says(BOOT_IMAGE_CLASH, "is the same address as");
	s.memory[0].map_type = AXVM_MEM_MAPPING_IDENTICAL;
	silent(BOOT_IMAGE_CLASH);
	/* Two that stay are where they are, whatever the first region is. */
	give_address(bios_load_addr, BIOS_LOAD_ADDR, 0x40000000);
	s.vm.flags |= HAS(BIOS_PATH);
	set_protocol(AXVM_BOOT_PROTOCOL_MULTIBOOT, true);
	says(BOOT_IMAGE_CLASH, "is the same address as");
	/* Nothing moves under UEFI from 0.7 on: all are compared. */
	limits.model = AXVM_MODEL_0_7;
	limits.arch = AXVM_ARCH_X86_64;
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.kernel_load_addr.addr = 0x40000000;
	finds_code(AXVM_FINDING_BOOT_IMAGE_CLASH, 2, "is the same address as", __FILE__, __LINE__);
}

/* Where direct boot enters: in nothing, in another image, or where an image says itself. */
static void test_entry(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_AARCH64);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x40200000);
	give_address(entry_point, ENTRY_POINT, 0x40201000);
	silent(BOOT_ENTRY);
	s.vm.kernel_size = 0x1000;
	says(BOOT_ENTRY, "past the end");
	s.vm.kernel_size = 0x1001;
	silent(BOOT_ENTRY);
	s.vm.kernel_size = 0x1000;
	s.vm.flags |= AXVM_LAYOUT_KERNEL_HAS_ENTRY;
	silent(BOOT_ENTRY);
	s.vm.flags ^= AXVM_LAYOUT_KERNEL_HAS_ENTRY;
	limits.arch = AXVM_ARCH_X86_64;
	silent(BOOT_ENTRY);
	s.vm.flags |= AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	says(BOOT_ENTRY, "past the end");
	s.vm.entry_point.addr = 0x401ff000;
	silent(BOOT_ENTRY);
	says(BOOT_ENTRY_BELOW_LOAD, "boot stub");
	limits.arch = AXVM_ARCH_AARCH64;
	says(BOOT_ENTRY, "where nothing is loaded");
	silent(BOOT_ENTRY_BELOW_LOAD);
	s.vm.kernel_size = 0;
	says(BOOT_ENTRY, "is below the kernel,");
	/* In another image: in its first byte, where its size is not known. */
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 0x401ff000);
	says(BOOT_ENTRY, "is below the kernel,");
	s.vm.flags |= HAS(RAMDISK_PATH);
	silent(BOOT_ENTRY);
	s.vm.ramdisk_load_addr.addr = 0x401fe000;
	says(BOOT_ENTRY, "is below the kernel,");
	s.vm.ramdisk_size = 0x1000;
	says(BOOT_ENTRY, "is below the kernel,");
	s.vm.ramdisk_size = 0x1001;
	silent(BOOT_ENTRY);
	/* In no memory: boot-address alone. */
	s.vm.entry_point.addr = 0x30000000;
	silent(BOOT_ENTRY);
	says(BOOT_ADDRESS, "in no memory region");
	/* The first region moves the kernel: a panic, not an empty place. */
	s.vm.entry_point.addr = 0x401ff000;
	s.vm.ramdisk_size = 0;
	s.memory[0].map_type = AXVM_MEM_MAPPING_RESERVED;
	silent(BOOT_ENTRY);
	says(BOOT_ENTRY_BELOW_LOAD, "moves with this first region");
	limits.arch = AXVM_ARCH_X86_64;
	s.vm.flags &= ~(axvm_layout_flags)AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	says(BOOT_ENTRY_BELOW_LOAD, "unless the kernel is a bzImage");
}

/* Kernels and entries above 4 GiB, and sizes. */
static void test_large_entry(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_AARCH64);
	set_memory(&s.memory[0], 0, 16 * GIB, AXVM_MEM_MAPPING_ALLOC);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 5 * GIB);
	give_address(entry_point, ENTRY_POINT, 5 * GIB + 0x800);
	s.vm.kernel_size = 0x1000;
	silent(BOOT_ENTRY);
	s.vm.kernel_size = 4 * GIB + 0x800;
	silent(BOOT_ENTRY);
	s.vm.entry_point.addr = 9 * GIB + 0x800;
	says(BOOT_ENTRY, "past the end");
	eq_uint(findings[0].value, 4 * GIB + 0x800, "the kernel's size");
	/* It is 4 GiB above the first byte of the ramdisk. */
	give_address(ramdisk_load_addr, RAMDISK_LOAD_ADDR, 5 * GIB + 0x800);
	s.vm.flags |= HAS(RAMDISK_PATH);
	says(BOOT_ENTRY, "past the end");
	s.vm.ramdisk_load_addr.addr = 9 * GIB + 0x800;
	silent(BOOT_ENTRY);
}

/* Only direct boot enters the kernel itself; of others the entry may be anywhere. */
static void test_entry_protocols(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	give_address(kernel_load_addr, KERNEL_LOAD_ADDR, 0x40200000);
	give_address(entry_point, ENTRY_POINT, 0x40201000);
	s.vm.kernel_size = 0x1000;
	s.vm.flags |= AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	set_protocol(AXVM_BOOT_PROTOCOL_MULTIBOOT, true);
	silent(BOOT_ENTRY);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	says(BOOT_ENTRY, "past the end");
	/* In the BIOS, which enable_bios loads, although direct boot is refused with it. */
	give_address(bios_load_addr, BIOS_LOAD_ADDR, 0x40201000);
	s.vm.flags |= HAS(BIOS_PATH);
	silent(BOOT_ENTRY);
	s.vm.flags &= ~(axvm_layout_flags)AXVM_LAYOUT_ENABLE_BIOS;
	says(BOOT_ENTRY, "past the end");
	/* Below the kernel: a note of each protocol, which boot-entry replaces for direct boot. */
	s.vm.entry_point.addr = 0x401ff000;
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	says(BOOT_ENTRY_BELOW_LOAD, "boot stub");
	limits.arch = AXVM_ARCH_AARCH64;
	says(BOOT_ENTRY_BELOW_LOAD, "boot stub");
	silent(BOOT_ENTRY);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	silent(BOOT_ENTRY_BELOW_LOAD);
	says(BOOT_ENTRY, "below the kernel");
}

/* A file without what its protocol needs; each key alone. */
static void test_missing(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_LOONGARCH64);
	s.vm.flags |= HAS(DTB_PATH);
	says(BOOT_IMAGE_MISSING, "dtb_path");
	limits.arch = AXVM_ARCH_AARCH64;
	silent(BOOT_IMAGE_MISSING);
	limits.arch = AXVM_ARCH_LOONGARCH64;
	give_address(dtb_load_addr, DTB_LOAD_ADDR, 0x40000000);
	silent(BOOT_IMAGE_MISSING);
	s.vm.flags &= ~(axvm_layout_flags)(HAS(DTB_PATH) | HAS(DTB_LOAD_ADDR));
	silent(BOOT_IMAGE_MISSING);

	init(AXVM_MODEL_0_7, AXVM_ARCH_X86_64);
	s.vm.flags |= HAS(RAMDISK_PATH);
	says(BOOT_IMAGE_MISSING, "ramdisk_path");
	set_protocol(AXVM_BOOT_PROTOCOL_UEFI, true);
	s.vm.flags |= HAS(BIOS_PATH);
	give_address(bios_load_addr, BIOS_LOAD_ADDR, 0x40000000);
	says(BOOT_IMAGE_MISSING, "ramdisk_path");
	limits.model = AXVM_MODEL_0_7_3;
	silent(BOOT_IMAGE_MISSING);
	limits.model = AXVM_MODEL_0_7;
	limits.arch = AXVM_ARCH_LOONGARCH64;
	says(BOOT_IMAGE_MISSING, "fw-cfg");
	limits.model = AXVM_MODEL_0_5;
	silent(BOOT_IMAGE_MISSING);
	s.vm.flags &= ~(axvm_layout_flags)HAS(BIOS_LOAD_ADDR);
	silent(BOOT_IMAGE_MISSING);
	limits.arch = AXVM_ARCH_X86_64;
	finds_code(AXVM_FINDING_BOOT_IMAGE_MISSING, 2, NULL, __FILE__, __LINE__);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	s.vm.flags &= ~(axvm_layout_flags)HAS(RAMDISK_PATH);
	says(BOOT_IMAGE_MISSING, "a BIOS or UEFI image");
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_DIRECT;
	silent(BOOT_IMAGE_MISSING);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	s.vm.flags &= ~(axvm_layout_flags)HAS(BIOS_PATH);
	silent(BOOT_IMAGE_MISSING);
	s.vm.image_location = 3;
	says(BOOT_IMAGE_MISSING, "not a place of images");
	s.vm.image_location = AXVM_IMAGE_LOCATION_UNKNOWN;
	says(BOOT_IMAGE_MISSING, "not a place of images");
	s.vm.flags &= ~(axvm_layout_flags)AXVM_LAYOUT_COMPLETE;
	silent(BOOT_IMAGE_MISSING);
}

int main(void)
{
	test(test_lowest_memory);
	test(test_multiboot);
	test(test_bios_counts);
	test(test_moved_entry);
	test(test_uefi_entry);
	test(test_moved_images);
	test(test_bzimage_moves);
	test(test_uefi_ramdisk);
	test(test_clashes);
	test(test_clash_when_moved);
	test(test_entry);
	test(test_large_entry);
	test(test_entry_protocols);
	test(test_missing);
	return done();
}
