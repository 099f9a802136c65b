/* SPDX-License-Identifier: Apache-2.0 */
/* What the layout check finds from 0.7.3 on: each rule that is new or changed, and near misses. */
#include "layout_sample.h"

#include <axvm/machine.h>

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define NOTE AXVM_SEVERITY_NOTE
#define WHOLE AXVM_LAYOUT_WHOLE_TABLE

#define ALLOC AXVM_MEM_MAPPING_ALLOC
#define IDENTICAL AXVM_MEM_MAPPING_IDENTICAL
#define RESERVED AXVM_MEM_MAPPING_RESERVED

static struct sample s;

static const axvm_arch archs[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_RISCV64, AXVM_ARCH_X86_64,
				   AXVM_ARCH_LOONGARCH64 };

#define ARCHS (sizeof(archs) / sizeof(archs[0]))

/* A guest of an architecture at 0.7.3, of which nothing is to be said. */
static void new_init(axvm_arch arch)
{
	sample_init(&s);
	limits.model = AXVM_MODEL_0_7_3;
	limits.arch = arch;
	s.vm.emu_device_count = s.vm.passthrough_device_count = 0;
	s.vm.passthrough_address_count = 0;
	s.vm.flags &= ~(uint32_t)(AXVM_LAYOUT_HAS_DTB_LOAD_ADDR | AXVM_LAYOUT_HAS_PHYS_CPU_SETS);
	s.vm.phys_cpu_set_count = 0;
	s.vm.dtb_load_addr = axvm_gpa_new(0);
	s.vm.entry_point = s.vm.kernel_load_addr = axvm_gpa_new(0x200000);
	set_memory(&s.memory[0], 0, 0x400000, ALLOC);
	s.vm.memory_region_count = 1;
}

/* Mostly, the first finding decides about the next one. */
static void changes(uint32_t set, uint32_t cleared)
{
	s.vm.flags |= set;
	s.vm.flags &= ~cleared;
}

static void test_good(void)
{
	for (size_t a = 0; a < ARCHS; a++) {
		new_init(archs[a]);
		finds_nothing(&s);
	}
	new_init(AXVM_ARCH_UNKNOWN);
	finds_nothing(&s);
}

static void test_memory_empty(void)
{
	new_init(AXVM_ARCH_AARCH64);
	set_memory(&s.memory[1], 0x1000000, 0, ALLOC);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MEMORY_EMPTY, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x1000000, 0x1000000), NOBODY });
	ok(!strstr(findings[0].hint, "panic"), "no panic");
	limits.model = AXVM_MODEL_0_7;
	check_vms(&s.vm, 1);
	ok(strstr(findings[0].hint, "panic"), "as there was");
	new_init(AXVM_ARCH_AARCH64);
	set_memory(&s.memory[1], 0x1000000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
}

/* Memory is reserved where it is configured, whatever its type. */
static void test_identical_place(void)
{
	const uint64_t past = UINT64_C(0x7fffffff0000), end = UINT64_C(0x800000000000);

	new_init(AXVM_ARCH_RISCV64);
	set_memory(&s.memory[1], past, 0x10000, IDENTICAL);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, past, end), NOBODY });
	s.memory[1].size = 0xf000;
	finds_nothing(&s);
	limits.gpa_bits = 40;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, ERROR, 40,
		    GUEST(MEMORY_REGIONS, 1, past, end - 0x1000), NOBODY });
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_MEMORY_BEYOND_WIDTH, NOTE, 40,
		    GUEST(MEMORY_REGIONS, 1, past, end - 0x1000), NOBODY });
	new_init(AXVM_ARCH_RISCV64);
	set_memory(&s.memory[1], UINT64_MAX - 0xfff, 0x2000, IDENTICAL);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MEMORY_OVERFLOW, ERROR, 0x2000,
		    GUEST(MEMORY_REGIONS, 1, UINT64_MAX - 0xfff, UINT64_MAX), NOBODY });
	/* But there its gpa need not be aligned. */
	s.memory[1].gpa.addr = 0x1000800;
	finds_nothing(&s);
}

static void test_local_apic(void)
{
	new_init(AXVM_ARCH_X86_64);
	set_memory(&s.memory[1], 0xfee00000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MEMORY_RESERVED, ERROR, 0xfee00000,
		    GUEST(MEMORY_REGIONS, 1, 0xfee00000, 0xfee01000), NOBODY });
	ok(!strstr(findings[0].text, "Intel") && !strstr(findings[0].hint, "Intel"),
	   "on every processor");
	s.memory[1].map_type = IDENTICAL;
	finds(&s, { AXVM_FINDING_MEMORY_RESERVED, NOTE, 0xfee00000,
		    GUEST(MEMORY_REGIONS, 1, 0xfee00000, 0xfee01000), NOBODY });
	s.memory[1].gpa.addr = 0xfee01000;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	s.memory[1].gpa.addr = 0xfee00000;
	check_vms(&s.vm, 1);
	ok(strstr(findings[0].text, "Intel"), "at 0.7 on Intel's");
}

/* Each device of each architecture: its first and its last byte, and the bytes around it. */
static void test_machine_devices(void)
{
	axvm_machine_device devices[AXVM_MACHINE_MAX_DEVICES];

	for (size_t a = 0; a < ARCHS; a++) {
		bool by_tree = a < 2;
		size_t count = axvm_machine_devices(AXVM_MODEL_0_7_3, archs[a], 2, devices,
						    AXVM_MACHINE_MAX_DEVICES);

		for (size_t i = 0; i < count; i++) {
			axvm_gpa_range device = devices[i].range, page = device;
			bool is_apic = device.start.addr == 0xfee00000;

			new_init(archs[a]);
			ok(axvm_gpa_range_page_expand(device, 0x1000, &page), "pages");
			s.vm.memory_region_count = 2;
			set_memory(&s.memory[1], page.start.addr - 0x1000, 0x1000, RESERVED);
			finds_nothing(&s);
			s.memory[1].gpa.addr = page.end.addr;
			finds_nothing(&s);
			s.memory[1].gpa.addr = page.end.addr - 0x1000;
			if (is_apic)
				continue;
			finds(&s, { AXVM_FINDING_MACHINE_CONFLICT, by_tree ? WARNING : ERROR, 0,
				    GUEST(MEMORY_REGIONS, 1, page.end.addr - 0x1000, page.end.addr),
				    GUEST(MACHINE, (uint32_t)i, device.start.addr,
					  device.end.addr) });
			eq_str(findings[0].b.name, devices[i].name, "its name");
			/* As configured: the true place of this type is nobody's business. */
			set_memory(&s.memory[1], page.start.addr, 0x1000, IDENTICAL);
			finds(&s, { AXVM_FINDING_MACHINE_CONFLICT, by_tree ? WARNING : ERROR, 0,
				    GUEST(MEMORY_REGIONS, 1, page.start.addr,
					  page.start.addr + 0x1000),
				    GUEST(MACHINE, (uint32_t)i, device.start.addr,
					  device.end.addr) });
		}
	}
}

/* A region is reported once, however many devices it overlaps; each vCPU has a redistributor. */
static void test_machine_once(void)
{
	new_init(AXVM_ARCH_X86_64);
	set_memory(&s.memory[1], 0xc0000000, 0x3ec01000, ALLOC);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MACHINE_CONFLICT, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, 0xc0000000, 0xfec01000),
		    GUEST(MACHINE, 0, 0xc0000000, 0xd0000000) });
	new_init(AXVM_ARCH_AARCH64);
	set_memory(&s.memory[1], 0x80e0000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
	s.vm.cpu_num = 3;
	s.ids[2] = 0x200;
	s.vm.phys_cpu_id_count = 3;
	finds(&s, { AXVM_FINDING_MACHINE_CONFLICT, WARNING, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x80e0000, 0x80e1000),
		    GUEST(MACHINE, 1, 0x80a0000, 0x8100000) });
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds_nothing(&s);
	new_init(AXVM_ARCH_X86_64);
	limits.model = AXVM_MODEL_0_7;
	set_memory(&s.memory[1], 0xc0000000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
}

/* No room for virtual devices, where some need it. */
static void test_machine_window(void)
{
	axvm_gpa_range window;

	for (size_t a = 0; a < ARCHS; a++) {
		uint64_t middle;

		new_init(archs[a]);
		ok(axvm_machine_auto_window(AXVM_MODEL_0_7_3, archs[a], &window), "a window");
		middle = window.start.addr + 0x10000;
		/* In two parts, the upper one first. */
		set_memory(&s.memory[1], middle, window.end.addr - middle, RESERVED);
		set_memory(&s.memory[2], window.start.addr, 0x10000, IDENTICAL);
		s.vm.memory_region_count = 3;
		finds_nothing(&s);
		s.vm.auto_device_count = 1;
		finds(&s, { AXVM_FINDING_MACHINE_CONFLICT, ERROR, window.start.addr,
			    ENTRY(MEMORY_REGIONS, WHOLE), NOBODY });
		/* A page is left: at the start, between them, at the end. */
		s.memory[2].gpa.addr += 0x1000;
		s.memory[2].size -= 0x1000;
		finds_nothing(&s);
		set_memory(&s.memory[2], window.start.addr, 0xf000, IDENTICAL);
		finds_nothing(&s);
		set_memory(&s.memory[2], window.start.addr, 0x10000, IDENTICAL);
		s.memory[1].size -= 0x1000;
		finds_nothing(&s);
	}
	/* Another architecture may have its window elsewhere. */
	s.memory[1].size += 0x1000;
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds_nothing(&s);
}

/* A region without bytes fills nothing, and one within another takes nothing from that. */
static void test_machine_window_odd(void)
{
	const uint64_t start = 0x11000000, end = 0x20000000;

	new_init(AXVM_ARCH_RISCV64);
	s.vm.auto_device_count = 1;
	set_memory(&s.memory[1], start + 0x1000, end - start - 0x1000, ALLOC);
	set_memory(&s.memory[2], start, 0, ALLOC);
	s.vm.memory_region_count = 3;
	finds(&s, { AXVM_FINDING_MEMORY_EMPTY, ERROR, 0, GUEST(MEMORY_REGIONS, 2, start, start),
		    NOBODY });
	set_memory(&s.memory[1], start, end - start, ALLOC);
	set_memory(&s.memory[2], start + 0x1000, 0x1000, ALLOC);
	finds(&s,
	      { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0, GUEST(MEMORY_REGIONS, 1, start, end),
		GUEST(MEMORY_REGIONS, 2, start + 0x1000, start + 0x2000) },
	      { AXVM_FINDING_MACHINE_CONFLICT, ERROR, start, ENTRY(MEMORY_REGIONS, WHOLE), NOBODY });
}

static void test_boot_memory_x86(void)
{
	static const axvm_mem_mapping_type others[] = { IDENTICAL, RESERVED };
	static const struct wanted lacks = { AXVM_FINDING_BOOT_MEMORY, ERROR, 0,
					     ENTRY(MEMORY_REGIONS, WHOLE), NOBODY };

	for (size_t i = 0; i < 2; i++) {
		new_init(AXVM_ARCH_X86_64);
		s.memory[0].map_type = others[i];
		finds(&s, lacks);
		/* Another region may be there. */
		s.vm.memory_region_count = 2;
		set_memory(&s.memory[1], 0x800000, 0x1000, ALLOC);
		finds(&s, lacks);
	}
	new_init(AXVM_ARCH_X86_64);
	s.memory[0].gpa.addr = 0x1000;
	finds(&s, lacks);
	/* It need not be the first one. */
	s.vm.memory_region_count = 2;
	set_memory(&s.memory[1], 0, 0x1000, ALLOC);
	finds_nothing(&s);
	/* Under every protocol, and in place of what the protocol asks for itself. */
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_ENABLE_BIOS, 0);
	finds_nothing(&s);
	s.memory[0].gpa.addr = 0x100000;
	finds(&s, lacks);
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_HAS_CMDLINE, 0);
	s.memory[0].gpa.addr = 0x100000;
	finds(&s, lacks);
	/* Not on other architectures, nor before. */
	new_init(AXVM_ARCH_AARCH64);
	s.memory[0].gpa.addr = 0x1000;
	finds_nothing(&s);
	new_init(AXVM_ARCH_X86_64);
	limits.model = AXVM_MODEL_0_7;
	s.memory[0].gpa.addr = 0x1000;
	finds_nothing(&s);
	new_init(AXVM_ARCH_X86_64);
	s.vm.memory_region_count = 0;
	finds(&s, { AXVM_FINDING_MEMORY_NONE, ERROR, 0, ENTRY(MEMORY_REGIONS, WHOLE), NOBODY });
}

/* Images and stubs may be in regions that adjoin. */
static void test_boot_memory_adjoining(void)
{
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_HAS_CMDLINE, 0);
	set_memory(&s.memory[0], 0, 0x8000, ALLOC);
	set_memory(&s.memory[1], 0x8000, 0x3f8000, RESERVED);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
	set_memory(&s.memory[1], 0x9000, 0x3f7000, RESERVED);
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0x7000, ADDRESS(KERNEL_LOAD_ADDR, 0x200000), NOBODY });
}

static void test_images_adjoining(void)
{
	new_init(AXVM_ARCH_RISCV64);
	s.vm.kernel_size = 0x300000;
	set_memory(&s.memory[1], 0x480000, 0x80000, ALLOC);
	set_memory(&s.memory[2], 0x400000, 0x80000, ALLOC);
	s.vm.memory_region_count = 3;
	finds_nothing(&s);
	s.vm.kernel_size++;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x300001, ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
		    GUEST(MEMORY_REGIONS, 0, 0, 0x400000) });
	s.vm.kernel_size--;
	s.memory[1].gpa.addr += 0x1000;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x300000, ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
		    GUEST(MEMORY_REGIONS, 0, 0, 0x400000) });
	/* At 0.7 one region holds an image. */
	s.memory[1].gpa.addr -= 0x1000;
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x300000, ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
		    GUEST(MEMORY_REGIONS, 0, 0, 0x400000) });
	/* A region that overflows holds all past its start, as ever; an empty one nothing. */
	new_init(AXVM_ARCH_RISCV64);
	s.vm.kernel_size = 0x300000;
	set_memory(&s.memory[1], 0x400000, 0, ALLOC);
	s.vm.memory_region_count = 2;
	check_vms(&s.vm, 1);
	eq_uint(finding_count, 1, "one finding");
	eq_uint(findings[0].code, AXVM_FINDING_MEMORY_EMPTY, "about the region");
}

/* A region that ends before the image is no part of it. */
static void test_images_above_a_region(void)
{
	new_init(AXVM_ARCH_RISCV64);
	s.vm.kernel_size = 0x280000;
	set_memory(&s.memory[0], 0, 0x100000, ALLOC);
	set_memory(&s.memory[1], 0x200000, 0x200000, ALLOC);
	set_memory(&s.memory[2], 0x400000, 0x80000, ALLOC);
	s.vm.memory_region_count = 3;
	finds_nothing(&s);
	s.vm.kernel_size++;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x280001, ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
		    GUEST(MEMORY_REGIONS, 1, 0x200000, 0x400000) });
}

/* A kernel goes to the start of the first region. An identical one need not adjoin that. */
static void test_images_moved(void)
{
	new_init(AXVM_ARCH_RISCV64);
	s.vm.kernel_size = 0x480000;
	s.memory[0].map_type = IDENTICAL;
	set_memory(&s.memory[1], 0x400000, 0x80000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
	s.vm.kernel_size++;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x480001, ADDRESS(KERNEL_LOAD_ADDR, 0),
		    GUEST(MEMORY_REGIONS, 0, 0, 0x400000) });
	s.vm.kernel_size--;
	s.memory[1].map_type = IDENTICAL;
	finds(&s, { AXVM_FINDING_BOOT_ADDRESS, NOTE, 0, ADDRESS(KERNEL_LOAD_ADDR, 0), NOBODY });
}

static void test_boot_memory_loongarch(void)
{
	new_init(AXVM_ARCH_LOONGARCH64);
	s.memory[0].gpa.addr = 0x1000;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0, ENTRY(ENABLE_BIOS, 0), NOBODY });
	set_memory(&s.memory[0], 0, 0x101000, ALLOC);
	set_memory(&s.memory[1], 0x200000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
	s.memory[0].size -= 0x1000;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0, ENTRY(ENABLE_BIOS, 0), NOBODY });
	new_init(AXVM_ARCH_LOONGARCH64);
	changes(AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR, 0);
	s.vm.ramdisk_load_addr.addr = 0x101000;
	finds_nothing(&s);
	s.vm.ramdisk_load_addr.addr--;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0x101000, ADDRESS(RAMDISK_LOAD_ADDR, 0x100fff),
		    NOBODY });
	limits.arch = AXVM_ARCH_RISCV64;
	finds_nothing(&s);
}

static void test_protocol_loongarch(void)
{
	/* Direct, which 0.7 refuses. */
	new_init(AXVM_ARCH_LOONGARCH64);
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(ENABLE_BIOS, 0), NOBODY });
	/* With a short command line. */
	new_init(AXVM_ARCH_LOONGARCH64);
	changes(AXVM_LAYOUT_HAS_CMDLINE, 0);
	s.vm.cmdline_length = 511;
	finds_nothing(&s);
	s.vm.cmdline_length = 512;
	finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 512, ENTRY(CMDLINE, 0), NOBODY });
	limits.arch = AXVM_ARCH_RISCV64;
	finds_nothing(&s);
	/* UEFI, without a device that gives it its tables. */
	new_init(AXVM_ARCH_LOONGARCH64);
	changes(AXVM_LAYOUT_ENABLE_BIOS | AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_HAS_BIOS_PATH |
			AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR,
		0);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.bios_load_addr.addr = 0x200000;
	finds_nothing(&s);
	s.memory[0].gpa.addr = 0x101000;
	finds(&s, { AXVM_FINDING_BOOT_MEMORY, ERROR, 0x100000, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
}

/* enable_bios alone is multiboot. */
static void test_protocol_multiboot(void)
{
	for (size_t a = 0; a < ARCHS; a++) {
		new_init(archs[a]);
		changes(AXVM_LAYOUT_ENABLE_BIOS, 0);
		if (archs[a] == AXVM_ARCH_X86_64) {
			finds_nothing(&s);
			continue;
		}
		finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(ENABLE_BIOS, 0), NOBODY });
		ok(strstr(findings[0].text, "multiboot"), "as x86_64 alone has it");
	}
	/* Without a firmware of its own, at one address or none. */
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_ENABLE_BIOS | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR, 0);
	s.vm.bios_load_addr.addr = 0x8000;
	finds_nothing(&s);
	s.vm.bios_load_addr.addr = 0x9000;
	finds(&s, { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ADDRESS(BIOS_LOAD_ADDR, 0x9000), NOBODY });
}

static void test_kernel_path(void)
{
	for (size_t a = 0; a < ARCHS; a++) {
		new_init(archs[a]);
		changes(0, AXVM_LAYOUT_HAS_KERNEL_PATH);
		finds(&s, { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(KERNEL_PATH, 0),
			    NOBODY });
		changes(0, AXVM_LAYOUT_COMPLETE);
		finds_nothing(&s);
	}
	new_init(AXVM_ARCH_AARCH64);
	changes(0, AXVM_LAYOUT_HAS_KERNEL_PATH);
	limits.model = AXVM_MODEL_0_7;
	finds_nothing(&s);
}

/* With UEFI the firmware loads it. */
static void test_ramdisk_address(void)
{
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_HAS_RAMDISK_PATH, 0);
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(RAMDISK_LOAD_ADDR, 0), NOBODY });
	changes(AXVM_LAYOUT_ENABLE_BIOS | AXVM_LAYOUT_HAS_BOOT_PROTOCOL | AXVM_LAYOUT_HAS_BIOS_PATH |
			AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR,
		0);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
	s.vm.bios_load_addr.addr = 0x300000;
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	finds(&s, { AXVM_FINDING_BOOT_IMAGE_MISSING, ERROR, 0, ENTRY(RAMDISK_LOAD_ADDR, 0), NOBODY });
}

/* Any length will do, but some list must be there where CPUs have ids. */
static void test_cpu_list(void)
{
	for (size_t a = 0; a < ARCHS; a++) {
		bool by_ids = a < 2;

		new_init(archs[a]);
		s.vm.phys_cpu_id_count = 1;
		finds_nothing(&s);
		s.ids[2] = 0x200;
		s.vm.phys_cpu_id_count = 3;
		finds_nothing(&s);
		s.vm.phys_cpu_id_count = 0;
		changes(0, AXVM_LAYOUT_HAS_PHYS_CPU_IDS);
		if (by_ids)
			finds(&s, { AXVM_FINDING_CPU_LIST, ERROR, 0, ENTRY(PHYS_CPU_IDS, WHOLE),
				    NOBODY });
		else
			finds_nothing(&s);
		changes(AXVM_LAYOUT_HAS_PHYS_CPU_IDS, 0);
		finds_nothing(&s);
	}
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_HAS_PHYS_CPU_SETS, 0);
	s.vm.phys_cpu_set_count = 1;
	finds_nothing(&s);
	s.sets[2] = axvm_vcpu_set_from_bits(4);
	s.vm.phys_cpu_set_count = 3;
	finds_nothing(&s);
}

static void test_cpu_repeated(void)
{
	for (size_t a = 0; a < ARCHS; a++) {
		axvm_severity severity = archs[a] == AXVM_ARCH_AARCH64 ? ERROR : WARNING;

		new_init(archs[a]);
		s.ids[0] = 0x100;
		finds(&s, { AXVM_FINDING_CPU_REPEATED, severity, 0x100, ENTRY(PHYS_CPU_IDS, 0),
			    ENTRY(PHYS_CPU_IDS, 1) });
		/* What is past the last vCPU is ignored. */
		s.ids[0] = 0;
		s.ids[2] = 0x100;
		s.vm.phys_cpu_id_count = 3;
		finds_nothing(&s);
	}
}

/* A vCPU without an id takes its own index. */
static void test_cpu_index(void)
{
	new_init(AXVM_ARCH_AARCH64);
	s.vm.cpu_num = 4;
	s.ids[0] = 3;
	finds(&s, { AXVM_FINDING_CPU_REPEATED, ERROR, 3, ENTRY(PHYS_CPU_IDS, 0), NOBODY });
	s.ids[0] = 4;
	finds_nothing(&s);
	/* The first ones have ids of their own. */
	s.ids[0] = 1;
	finds_nothing(&s);
	s.ids[1] = 2;
	finds(&s, { AXVM_FINDING_CPU_REPEATED, ERROR, 2, ENTRY(PHYS_CPU_IDS, 1), NOBODY });
	limits.arch = AXVM_ARCH_RISCV64;
	finds_nothing(&s);
	limits.arch = AXVM_ARCH_AARCH64;
	changes(0, AXVM_LAYOUT_COMPLETE);
	finds_nothing(&s);
}

static void test_cpu_mask(void)
{
	static const axvm_arch with_masks[] = { AXVM_ARCH_X86_64, AXVM_ARCH_LOONGARCH64 };

	for (size_t a = 0; a < 2; a++) {
		new_init(with_masks[a]);
		changes(AXVM_LAYOUT_HAS_PHYS_CPU_SETS, 0);
		s.vm.phys_cpu_set_count = 2;
		s.sets[0] = s.sets[1] = axvm_vcpu_set_new();
		finds(&s, { AXVM_FINDING_CPU_MASK, ERROR, 0, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
		/* What is past the last vCPU does not count; a vCPU without a mask has its id. */
		s.sets[2] = axvm_vcpu_set_from_bits(1);
		s.vm.phys_cpu_set_count = 3;
		finds(&s, { AXVM_FINDING_CPU_MASK, ERROR, 0, ENTRY(PHYS_CPU_SETS, WHOLE), NOBODY });
		s.vm.phys_cpu_set_count = 1;
		finds(&s, { AXVM_FINDING_CPU_MASK, WARNING, 0, ENTRY(PHYS_CPU_SETS, 0), NOBODY });
		s.sets[0] = axvm_vcpu_set_from_bits(0x11);
		limits.host_cpus = axvm_vcpu_set_mask(4);
		finds(&s, { AXVM_FINDING_CPU_MASK, ERROR, 0x10, ENTRY(PHYS_CPU_SETS, 0), NOBODY });
		s.sets[0] = axvm_vcpu_set_from_bits(0xf);
		finds_nothing(&s);
	}
	/* Without a right number of vCPUs it is not known whether each has one. */
	new_init(AXVM_ARCH_X86_64);
	changes(AXVM_LAYOUT_HAS_PHYS_CPU_SETS, 0);
	s.vm.phys_cpu_set_count = 2;
	s.sets[0] = axvm_vcpu_set_from_bits(1);
	s.sets[1] = axvm_vcpu_set_from_bits(2);
	s.vm.cpu_num = 0;
	finds(&s, { AXVM_FINDING_CPU_COUNT, ERROR, 0, ENTRY(CPU_NUM, 0), NOBODY });
	/* Where sets are ignored it is a note at most. */
	new_init(AXVM_ARCH_AARCH64);
	changes(AXVM_LAYOUT_HAS_PHYS_CPU_SETS, 0);
	s.vm.phys_cpu_set_count = 1;
	s.sets[0] = axvm_vcpu_set_from_bits(0);
	finds_nothing(&s); /* ignored: key-unused says so */
}

static void set_paths(const char *passthrough, const char *disabled)
{
	static const char *paths[2];

	set_passthrough(&s.passthrough[0], passthrough, 0, 0, 0, 0);
	s.vm.passthrough_device_count = passthrough != NULL;
	paths[0] = disabled;
	s.vm.disabled_paths = paths;
	s.vm.disabled_path_count = disabled != NULL;
}

static void test_paths(void)
{
	static const char *const bad[] = { "", "uart", "soc/uart", "." };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		new_init(AXVM_ARCH_AARCH64);
		set_paths(bad[i], NULL);
		finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
			    NOBODY });
		set_paths(NULL, bad[i]);
		finds(&s,
		      { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(DISABLED_PATHS, 0), NOBODY });
	}
	new_init(AXVM_ARCH_RISCV64);
	set_paths("/", NULL);
	finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0), NOBODY });
	ok(strstr(findings[0].hint, "guest_type"), "what to do in place of it");
	set_paths(NULL, "/");
	finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(DISABLED_PATHS, 0), NOBODY });
	/* These are paths. */
	set_paths("//", "/soc/uart/");
	finds_nothing(&s);
	/* No name at all. */
	set_passthrough(&s.passthrough[0], NULL, 0, 0, 0, 0);
	finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0), NOBODY });
}

static void test_paths_in_both(void)
{
	new_init(AXVM_ARCH_AARCH64);
	set_paths("/soc/uart", "/soc/uart");
	finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
		    ENTRY(DISABLED_PATHS, 0) });
	eq_str(findings[0].b.name, "/soc/uart", "the path");
	/* They are compared exactly. */
	set_paths("/soc/uart", "/soc/uart/");
	finds_nothing(&s);
	limits.model = AXVM_MODEL_0_7;
	set_paths("/soc/uart", "/soc/uart");
	finds(&s, { AXVM_FINDING_DEVICE_DISABLED, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
		    ENTRY(DISABLED_PATHS, 0) });
}

static void test_paths_twice(void)
{
	static const char *const paths[] = { "/a", "/b", "/a" };

	new_init(AXVM_ARCH_RISCV64);
	set_passthrough(&s.passthrough[0], "/soc/uart", 0, 0, 0, 0);
	set_passthrough(&s.passthrough[1], "/soc/uart", 0, 0, 0, 0);
	s.vm.passthrough_device_count = 2;
	finds(&s, { AXVM_FINDING_DEVICE_PATH, NOTE, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
		    ENTRY(PASSTHROUGH_DEVICES, 1) });
	s.passthrough[1].name = "/soc/uart1";
	finds_nothing(&s);
	s.vm.disabled_paths = paths;
	s.vm.disabled_path_count = 3;
	finds(&s, { AXVM_FINDING_DEVICE_PATH, NOTE, 0, ENTRY(DISABLED_PATHS, 0),
		    ENTRY(DISABLED_PATHS, 2) });
	s.vm.disabled_path_count = 2;
	finds_nothing(&s);
}

static void test_paths_without_tree(void)
{
	for (size_t a = 0; a < ARCHS; a++) {
		bool has_tree = a < 2;

		new_init(archs[a]);
		set_paths("/soc/uart", "/soc/rtc");
		if (has_tree)
			finds_nothing(&s);
		else
			finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0,
				    ENTRY(PASSTHROUGH_DEVICES, 0), NOBODY });
		set_paths(NULL, "/soc/rtc");
		finds_nothing(&s);
		/* One cause, one finding. */
		set_paths("uart", NULL);
		finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
			    NOBODY });
	}
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
	struct sample other;
	axvm_layout_vm vms[2];
	const struct wanted id = { AXVM_FINDING_VM_ID, ERROR, 7, ENTRY(ID, 0), ENTRY_OF(1, ID, 0) };

	new_init(AXVM_ARCH_AARCH64);
	set_passthrough(&s.passthrough[0], "/soc/uart@0", 0x9000000, 0x9000000, 0x1000, 33);
	s.vm.passthrough_device_count = 1;
	set_memory(&s.memory[1], 0x80000000, 0x1000, RESERVED);
	s.vm.memory_region_count = 2;
	vms[0] = s.vm;
	other = s;
	other.vm.memory_regions = other.memory;
	other.vm.passthrough_devices = other.passthrough;
	other.passthrough[0].name = "/soc/uart@1";
	other.vm.name = "other";
	other.ids[0] = 0x200;
	other.ids[1] = 0x300;
	other.vm.phys_cpu_ids = other.ids;
	other.memory[1].gpa.addr += 0x1000;
	vms[1] = other.vm;
	check_found(vms, 2, &id, 1, __FILE__, __LINE__);
	vms[1].id = 8;
	check_found(vms, 2, NULL, 0, __FILE__, __LINE__);
	other.memory[1].gpa.addr -= 0x1000;
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

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_PATH, AXVM_FINDING_DEVICE_PATH);
	all_seen(AXVM_FINDING_MACHINE_CONFLICT, AXVM_FINDING_MACHINE_CONFLICT);
}

int main(void)
{
	test(test_good);
	test(test_memory_empty);
	test(test_identical_place);
	test(test_local_apic);
	test(test_machine_devices);
	test(test_machine_once);
	test(test_machine_window);
	test(test_machine_window_odd);
	test(test_boot_memory_x86);
	test(test_boot_memory_adjoining);
	test(test_images_adjoining);
	test(test_images_above_a_region);
	test(test_images_moved);
	test(test_boot_memory_loongarch);
	test(test_protocol_loongarch);
	test(test_protocol_multiboot);
	test(test_kernel_path);
	test(test_ramdisk_address);
	test(test_cpu_list);
	test(test_cpu_repeated);
	test(test_cpu_index);
	test(test_cpu_mask);
	test(test_paths);
	test(test_paths_in_both);
	test(test_paths_twice);
	test(test_paths_without_tree);
	test(test_gone);
	test(test_vms);
	test(test_unchanged);
	test(test_seen);
	return done();
}
