/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Conditions of the rules about devices and CPUs that have several sides: each side alone, with all
 * others as they have to be.
 */
#include "layout_sides.h"

/* phys_cpu_ids are there by their number, or, as [], by the flag; so are phys_cpu_sets. */
static void test_cpu_lists(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_AARCH64);
	silent(CPU_LIST);
	s.vm.flags &= ~(axvm_layout_flags)HAS(PHYS_CPU_IDS);
	silent(CPU_LIST);
	s.vm.phys_cpu_id_count = 0;
	says(CPU_LIST, "is missing");
	s.vm.flags |= HAS(PHYS_CPU_IDS);
	says(CPU_LIST, "fewer");
	s.vm.phys_cpu_id_count = 3;
	s.vm.flags &= ~(axvm_layout_flags)HAS(PHYS_CPU_IDS);
	says(CPU_LIST, "more");

	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	silent(CPU_LIST);
	s.vm.flags |= HAS(PHYS_CPU_SETS);
	says(CPU_LIST, "fewer");
	s.vm.flags &= ~(axvm_layout_flags)HAS(PHYS_CPU_SETS);
	s.vm.phys_cpu_set_count = 1;
	says(CPU_LIST, "fewer");
	s.vm.phys_cpu_set_count = 3;
	says(CPU_LIST, "more");
	limits.arch = AXVM_ARCH_AARCH64;
	silent(CPU_LIST);
	/* Compared with a wrong number all would be wrong. */
	limits.arch = AXVM_ARCH_X86_64;
	s.vm.cpu_num = 65;
	silent(CPU_LIST);
	says(CPU_COUNT, "from 1 to 64");
	s.vm.cpu_num = 0;
	silent(CPU_LIST);
	says(CPU_COUNT, "from 1 to 64");
	s.vm.flags &= ~(axvm_layout_flags)AXVM_LAYOUT_COMPLETE;
	silent(CPU_COUNT);
	s.vm.cpu_num = 2;
	silent(CPU_LIST);
}

static void test_cpu_ids(void)
{
	init(AXVM_MODEL_0_7_3, AXVM_ARCH_AARCH64);
	s.vm.cpu_num = 3;
	s.vm.phys_cpu_id_count = 1;
	s.ids[0] = 2;
	says(CPU_REPEATED, "is also the index");
	s.vm.flags &= ~(axvm_layout_flags)HAS(PHYS_CPU_IDS);
	says(CPU_REPEATED, "is also the index");
	s.ids[0] = 3;
	silent(CPU_REPEATED);
	s.ids[0] = 0;
	silent(CPU_REPEATED);
	s.ids[0] = 2;
	s.vm.flags &= ~(axvm_layout_flags)AXVM_LAYOUT_COMPLETE;
	silent(CPU_REPEATED);
	s.vm.flags |= AXVM_LAYOUT_COMPLETE;
	limits.arch = AXVM_ARCH_RISCV64;
	silent(CPU_REPEATED);
	limits.arch = AXVM_ARCH_AARCH64;
	limits.model = AXVM_MODEL_0_7;
	silent(CPU_REPEATED);
	/* What is past the last vCPU is ignored, from 0.7.3 on. */
	s.vm.cpu_num = 2;
	s.vm.phys_cpu_id_count = 3;
	s.ids[0] = s.ids[2] = 5;
	says(CPU_REPEATED, "is the same CPU");
	limits.model = AXVM_MODEL_0_7_3;
	silent(CPU_REPEATED);
	s.vm.cpu_num = 65;
	says(CPU_REPEATED, "is the same CPU");
	s.vm.cpu_num = 0;
	says(CPU_REPEATED, "is the same CPU");
}

static void test_cpu_masks(void)
{
	init(AXVM_MODEL_0_7_3, AXVM_ARCH_X86_64);
	s.vm.phys_cpu_set_count = 2;
	s.sets[0].bits = s.sets[1].bits = 0;
	says(CPU_MASK, "only empty masks");
	s.vm.cpu_num = 3;
	finds_code(AXVM_FINDING_CPU_MASK, 2, "is an empty mask", __FILE__, __LINE__);
	s.vm.cpu_num = 65;
	finds_code(AXVM_FINDING_CPU_MASK, 2, "is an empty mask", __FILE__, __LINE__);
	s.vm.cpu_num = 1;
	says(CPU_MASK, "only empty masks");
	limits.model = AXVM_MODEL_0_7;
	finds_code(AXVM_FINDING_CPU_MASK, 2, "is an empty mask", __FILE__, __LINE__);
	limits.model = AXVM_MODEL_0_7_3;
	s.vm.cpu_num = 2;
	s.sets[1].bits = 4;
	says(CPU_MASK, "is an empty mask");
	limits.host_cpus.bits = 3;
	finds_code(AXVM_FINDING_CPU_MASK, 2, "is an empty mask", __FILE__, __LINE__);
	limits.host_cpus.bits = 0;
	s.sets[0].bits = 1;
	s.sets[1].bits = 0;
	says(CPU_MASK, "is an empty mask");
	/* Empty masks are not one mask. */
	s.vm.cpu_num = s.vm.phys_cpu_set_count = 3;
	s.sets[2].bits = 0;
	silent(CPU_SHARED);
	s.sets[0].bits = 0;
	s.sets[1].bits = s.sets[2].bits = 1;
	says(CPU_SHARED, "is the same mask");
	s.vm.cpu_num = s.vm.phys_cpu_set_count = 2;
	limits.arch = AXVM_ARCH_RISCV64;
	silent(CPU_MASK);
	says(KEY_UNUSED, "made from phys_cpu_ids");
}

/* A path that is found in the device tree has no number at all. */
static void test_discovered(void)
{
	static const struct {
		uint64_t gpa, hpa, length, irq;
		bool discovered;
	} rows[] = { { 0, 0, 0, 0, true },
		     { 0x1000, 0, 0, 0, false },
		     { 0, 0x1000, 0, 0, false },
		     { 0, 0, 0x1000, 0, false },
		     { 0, 0, 0, 1, false } };

	each_row(i, rows) {
		init(AXVM_MODEL_0_5, AXVM_ARCH_AARCH64);
		s.vm.passthrough_device_count = 2;
		set_passthrough(&s.passthrough[0], "/soc/uart", rows[i].gpa, rows[i].hpa,
				rows[i].length, rows[i].irq);
		set_passthrough(&s.passthrough[1], "uart", 0x9000000, 0x9000000, 0x1000, 0);
		finds_code(AXVM_FINDING_DEVICE_DISCOVERY, rows[i].discovered, "ignores the range",
			   __FILE__, __LINE__);
		finds_code(AXVM_FINDING_DEVICE_EMPTY, !rows[i].discovered && rows[i].length == 0,
			   NULL, __FILE__, __LINE__);
		/* Nor is it one by its numbers alone. */
		s.passthrough[0].name = "soc";
		silent(DEVICE_DISCOVERY);
		s.passthrough[0].name = "";
		silent(DEVICE_DISCOVERY);
		s.passthrough[0].name = NULL;
		silent(DEVICE_DISCOVERY);
	}
}

static void test_discovery(void)
{
	init(AXVM_MODEL_0_7, AXVM_ARCH_LOONGARCH64);
	s.vm.passthrough_device_count = 2;
	set_passthrough(&s.passthrough[0], "uart", 0x9000000, 0x9000000, 0x1000, 0);
	set_passthrough(&s.passthrough[1], "/", 0, 0, 0, 0);
	says(DEVICE_DISCOVERY, "is ignored");
	s.passthrough[1].name = "/soc";
	says(DEVICE_DISCOVERY, "no device tree");
	s.passthrough[1].name = "/";
	limits.model = AXVM_MODEL_0_5;
	says(DEVICE_DISCOVERY, "no device tree");
	limits.arch = AXVM_ARCH_AARCH64;
	says(DEVICE_DISCOVERY, "refuses the device tree path");
	limits.arch = AXVM_ARCH_X86_64;
	says(DEVICE_DISCOVERY, "no device tree");
	/* A range without a length is not dropped, but empty. */
	limits.arch = AXVM_ARCH_AARCH64;
	set_passthrough(&s.passthrough[0], "/", 0, 0, 0, 0);
	set_passthrough(&s.passthrough[1], "uart", 0x9000000, 0x9000000, 0, 0);
	silent(DEVICE_DISCOVERY);
	says(DEVICE_EMPTY, "length 0");
}

/* A console above the ports was a gppt; another type there was not. */
static void test_old_gppt(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	s.vm.emu_device_count = 1;
	set_emulated(&s.emulated[0], "one", 0x10000, 0x1000, AXVM_EMULATED_DEVICE_CONSOLE);
	says(DEVICE_FIXED, "a gppt is no longer 2");
	s.emulated[0].base_gpa.addr = 0xffff;
	says(DEVICE_FIXED, "are not read");
	s.emulated[0].base_gpa.addr = 0x10000;
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_X86_PIT;
	says(DEVICE_FIXED, "are not read");
	s.emulated[0].length = 0;
	silent(DEVICE_FIXED);
	says(DEVICE_EMPTY, "length 0");

	init(AXVM_MODEL_0_7, AXVM_ARCH_AARCH64);
	s.vm.emu_device_count = 1;
	set_emulated(&s.emulated[0], "one", 0x10000, 0x1000, AXVM_EMULATED_DEVICE_CONSOLE);
	says(DEVICE_ARCH, "renumber the types");
	s.emulated[0].base_gpa.addr = 0xffff;
	says(DEVICE_ARCH, "Remove it: the hypervisor skips it.");
	s.emulated[0].base_gpa.addr = 0x10000;
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_X86_PIT;
	says(DEVICE_ARCH, "Remove it: the hypervisor skips it.");
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_FW_CFG;
	says(DEVICE_ARCH, "renumber the types");

	/* Where the architecture is not known, an old gppt is for none. */
	init(AXVM_MODEL_0_5, AXVM_ARCH_UNKNOWN);
	s.vm.emu_device_count = 2;
	set_emulated(&s.emulated[0], "one", 0x10000, 0x1000, AXVM_EMULATED_DEVICE_CONSOLE);
	set_emulated(&s.emulated[1], "two", 0x8000000, 0x1000,
		     AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR);
	silent(DEVICE_ARCH);
	s.emulated[0].base_gpa.addr = 0xffff;
	says(DEVICE_ARCH, "another architecture");
	s.emulated[0].base_gpa.addr = 0x10000;
	s.emulated[0].emu_type = AXVM_EMULATED_DEVICE_X86_PIT;
	says(DEVICE_ARCH, "another architecture");
}

/* At its fixed place, and as long as there; each of both alone is another place. */
static void test_fixed(void)
{
	static const struct {
		axvm_emulated_device_type type;
		axvm_arch arch;
		uint64_t base, length;
	} rows[] = {
		{ AXVM_EMULATED_DEVICE_CONSOLE, AXVM_ARCH_X86_64, 0x3f8, 8 },
		{ AXVM_EMULATED_DEVICE_X86_PIT, AXVM_ARCH_X86_64, 0x40, 0x22 },
		{ AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER, AXVM_ARCH_AARCH64, 0x8000000,
		  0x10000 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		init(AXVM_MODEL_0_5, rows[i].arch);
		s.vm.emu_device_count = 1;
		set_emulated(&s.emulated[0], "one", rows[i].base, rows[i].length, rows[i].type);
		silent(DEVICE_FIXED);
		s.emulated[0].length++;
		says(DEVICE_FIXED, "are not read");
		s.emulated[0].length--;
		s.emulated[0].base_gpa.addr++;
		says(DEVICE_FIXED, "are not read");
	}
}

/* 0.5 never reads base_hpa, so an end of it that does not fit is nothing to it. */
static void test_host_end(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	s.vm.passthrough_device_count = 1;
	set_passthrough(&s.passthrough[0], "one", 0x9000000, UINT64_MAX - 0xfff, 0x2000, 0);
	silent(DEVICE_OVERFLOW);
	says(DEVICE_HOST_IGNORED, "differs from its base_hpa");
	limits.model = AXVM_MODEL_0_7;
	says(DEVICE_OVERFLOW, "an end that does not fit");
	s.passthrough[0].base_hpa.addr -= 0x2000;
	silent(DEVICE_OVERFLOW);
}

static void test_lone_fw_cfg(void)
{
	init(AXVM_MODEL_0_7, AXVM_ARCH_UNKNOWN);
	s.vm.emu_device_count = 2;
	set_emulated(&s.emulated[0], "one", 0x1e020000, 0x18, AXVM_EMULATED_DEVICE_FW_CFG);
	set_emulated(&s.emulated[1], "two", 0x10000000, 0x1000, AXVM_EMULATED_DEVICE_IVC_CHANNEL);
	says(DEVICE_ARCH, "nothing else in the VM");
	s.emulated[1].emu_type = AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC;
	silent(DEVICE_ARCH);
	s.emulated[1].emu_type = AXVM_EMULATED_DEVICE_IVC_CHANNEL;
	set_protocol(AXVM_BOOT_PROTOCOL_UEFI, true);
	silent(DEVICE_ARCH);
	s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_MULTIBOOT;
	says(DEVICE_ARCH, "nothing else in the VM");
	s.vm.boot_protocol = 3;
	says(DEVICE_ARCH, "nothing else in the VM");
	/* The one that says so may be the first device. */
	set_emulated(&s.emulated[0], "one", 0x10000000, 0x1000,
		     AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC);
	set_emulated(&s.emulated[1], "two", 0x1e020000, 0x18, AXVM_EMULATED_DEVICE_FW_CFG);
	silent(DEVICE_ARCH);
}

/* Contexts of a page each, of which there are GiB; and a number of them that no size holds. */
static void test_plic(void)
{
	static const uint64_t contexts[] = { 1,	       0xfffff,	 0x100000,
					     0x100001, 0x200000, UINT64_C(0x1000000000) };
	uint64_t list[2] = { 0, 0 };

	init(AXVM_MODEL_0_5, AXVM_ARCH_RISCV64);
	s.vm.memory_region_count = 0;
	s.vm.emu_device_count = 1;
	limits.gpa_bits = 64;
	set_emulated(&s.emulated[0], "plic", 0xc000000, 0, AXVM_EMULATED_DEVICE_PPPT_GLOBAL);
	s.emulated[0].cfg_list = list;
	s.emulated[0].cfg_list_len = 1;
	each_row(i, contexts) {
		list[0] = contexts[i];
		s.emulated[0].length = 0x200004 + contexts[i] * 0x1000;
		says(DEVICE_CONFIG, "too short for its contexts");
		s.emulated[0].length++;
		silent(DEVICE_CONFIG);
	}
	s.emulated[0].base_gpa.addr = 0;
	s.emulated[0].length = UINT64_MAX;
	list[0] = UINT64_C(1) << 52; /* times 4 KiB: 0 of 64 bits */
	says(DEVICE_CONFIG, "too short for its contexts");
	list[0] = (UINT64_C(1) << 52) - 1; /* plus the first one: past 64 bits */
	says(DEVICE_CONFIG, "too short for its contexts");
	list[0] = (UINT64_C(1) << 52) - 0x202;
	silent(DEVICE_CONFIG);
	list[0] = 1;
	s.emulated[0].length = 0;
	silent(DEVICE_CONFIG);
	s.emulated[0].length = GIB;
	s.emulated[0].cfg_list_len = 2;
	silent(DEVICE_CONFIG);
	limits.model = AXVM_MODEL_0_7;
	says(DEVICE_CONFIG, "more members");
}

static void test_redistributor(void)
{
	init(AXVM_MODEL_0_7, AXVM_ARCH_AARCH64);
	s.vm.emu_device_count = 2;
	s.vm.memory_region_count = 0;
	s.emulated[1].length = 0x20001;
	says(DEVICE_CONFIG, "overlapping frames");
	limits.model = AXVM_MODEL_0_5;
	says(DEVICE_CONFIG, "not the stride");
	limits.model = AXVM_MODEL_0_7;
	s.emulated[1].length = 0x1ffff;
	says(DEVICE_CONFIG, "not the stride");
	s.emulated[1].length = 0x20001;
	s.redistributor[0] = s.vm.cpu_num = 1;
	says(DEVICE_CONFIG, "not the stride");
	s.emulated[1].length = 0;
	silent(DEVICE_CONFIG);
	s.emulated[1].length = 0x20000;
	silent(DEVICE_CONFIG);
	s.vm.cpu_num = 2;
	says(DEVICE_CONFIG, "another number of vCPUs");
	s.vm.cpu_num = 0;
	silent(DEVICE_CONFIG);
	s.vm.cpu_num = 65;
	silent(DEVICE_CONFIG);
}

/* What overlaps, in words: of two passthrough ranges, and of an emulated device with one. */
static void test_overlap_texts(void)
{
	init(AXVM_MODEL_0_7, AXVM_ARCH_X86_64);
	s.vm.memory_region_count = 0;
	s.vm.passthrough_device_count = 2;
	set_passthrough(&s.passthrough[0], "one", 0x9000000, 0x9000000, 0x1000, 0);
	set_passthrough(&s.passthrough[1], "two", 0x9000000, 0xa000000, 0x1000, 0);
	says(DEVICE_OVERLAP, "maps a GPA to another HPA than");
	/* One offset of 4 GiB is one offset, and another one than 0. */
	set_passthrough(&s.passthrough[0], "one", 0x9000000, 4 * GIB + 0x9000000, 0x2000, 0);
	set_passthrough(&s.passthrough[1], "two", 0x9001000, 4 * GIB + 0x9001000, 0x1000, 0);
	silent(DEVICE_OVERLAP);
	set_passthrough(&s.passthrough[1], "two", 0x9001000, 0x9001000, 0x1000, 0);
	says(DEVICE_OVERLAP, "maps a GPA to another HPA than");
	s.vm.passthrough_device_count = 1;
	s.vm.emu_device_count = 1;
	for (unsigned int i = 0; i < 2; i++) {
		set_emulated(&s.emulated[0], "ioapic", i == 0 ? 0x9000800 : 0x9000000, 0x1000,
			     AXVM_EMULATED_DEVICE_X86_IO_APIC);
		set_passthrough(&s.passthrough[0], "one", 0x9000000, 0xa000000, 0x1000, 0);
		says(DEVICE_OVERLAP, "overlaps");
		set_passthrough(&s.passthrough[0], "one", 0x9000400, 0xa000400, 0x1000, 0);
		says(DEVICE_OVERLAP, "overlaps");
	}
	/* The emulated one begins later. */
	set_emulated(&s.emulated[0], "ioapic", 0x9001000, 0x1000, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	set_passthrough(&s.passthrough[0], "one", 0x9000000, 0xa000000, 0x2000, 0);
	says(DEVICE_OVERLAP, "overlaps");
	set_emulated(&s.emulated[0], "ioapic", 0x9000800, 0x200, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	set_passthrough(&s.passthrough[0], "one", 0x9000000, 0xa000000, 0x800, 0);
	says(DEVICE_OVERLAP, "or remove one: whole pages");
	set_passthrough(&s.passthrough[0], "one", 0x9000a00, 0xa000a00, 0x600, 0);
	says(DEVICE_OVERLAP, "or remove one: whole pages");
	s.vm.passthrough_device_count = 2;
	s.vm.emu_device_count = 0;
	set_passthrough(&s.passthrough[1], "two", 0x9000000, 0x9000000, 0x800, 0);
	says(DEVICE_OVERLAP, "is mapped to one page of the host");
}

/* In the page that the lower one ends in, wherever that begins, and the upper one ends. */
static void test_shared_page(void)
{
	init(AXVM_MODEL_0_7, AXVM_ARCH_X86_64);
	s.vm.emu_device_count = 2;
	set_emulated(&s.emulated[0], "upper", 0x9000800, 0x2800, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	set_emulated(&s.emulated[1], "lower", 0x8ffe800, 0x2000, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	says(DEVICE_OVERLAP, "whole pages");
	eq_uint(findings[0].value, 0x9000000, "the page");
	set_emulated(&s.emulated[0], "lower", 0x8ffe800, 0x2000, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	set_emulated(&s.emulated[1], "upper", 0x9000800, 0x2800, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	says(DEVICE_OVERLAP, "whole pages");
	eq_uint(findings[0].value, 0x9000000, "the page");
}

/* What is passed through below 0x10000, and shorter than a page, is probably I/O ports. */
static void test_like_ports(void)
{
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	s.vm.memory_region_count = 0;
	s.vm.passthrough_address_count = 1;
	set_address(&s.addresses[0], 0x3f8, 8);
	says(DEVICE_UNALIGNED, "I/O ports");
	set_address(&s.addresses[0], 0x3f8, 0xfff);
	says(DEVICE_UNALIGNED, "I/O ports");
	set_address(&s.addresses[0], 0x3f8, 0x1000);
	says(DEVICE_UNALIGNED, "to whole pages");
	set_address(&s.addresses[0], 0xfff8, 8);
	says(DEVICE_UNALIGNED, "I/O ports");
	set_address(&s.addresses[0], 0xfff8, 9);
	says(DEVICE_UNALIGNED, "to whole pages");
	limits.arch = AXVM_ARCH_AARCH64;
	set_address(&s.addresses[0], 0x3f8, 8);
	says(DEVICE_UNALIGNED, "to whole pages");
	/* Neither emulated devices nor memory. */
	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	s.vm.memory_region_count = 0;
	s.vm.emu_device_count = 2;
	set_emulated(&s.emulated[0], "one", 0x1000, 0x100, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	set_emulated(&s.emulated[1], "two", 0x1080, 0x100, AXVM_EMULATED_DEVICE_X86_IO_APIC);
	says(DEVICE_OVERLAP, "can have one owner only");
	s.vm.emu_device_count = 0;
	s.vm.memory_region_count = 1;
	set_memory(&s.memory[0], 0x1000, 0x800, AXVM_MEM_MAPPING_ALLOC);
	s.vm.passthrough_address_count = 1;
	set_address(&s.addresses[0], 0x1000, 0x1000);
	says(DEVICE_IN_MEMORY, "cut a hole");
}

static void test_memory_texts(void)
{
	/* At the top of all addresses, where the end of the last page does not fit. */
	init(AXVM_MODEL_0_5, AXVM_ARCH_UNKNOWN);
	s.vm.memory_region_count = 2;
	limits.gpa_bits = 64;
	set_memory(&s.memory[0], 0x40000000, UINT64_MAX - 0x40000000, AXVM_MEM_MAPPING_ALLOC);
	set_memory(&s.memory[1], 0x50000000, 0x1000, AXVM_MEM_MAPPING_ALLOC);
	says(MEMORY_OVERLAP, "they share pages");
	init(AXVM_MODEL_0_5, AXVM_ARCH_UNKNOWN);
	set_memory(&s.memory[0], 0x40000000, 0x1800, AXVM_MEM_MAPPING_ALLOC);
	says(MEMORY_UNALIGNED, "has a size that");
	set_memory(&s.memory[0], 0x40000800, 0x1800, AXVM_MEM_MAPPING_ALLOC);
	says(MEMORY_UNALIGNED, "has a gpa and a size");
	set_memory(&s.memory[0], 0x40000800, 0x1000, AXVM_MEM_MAPPING_ALLOC);
	says(MEMORY_UNALIGNED, "has a gpa that");
	set_memory(&s.memory[0], 0x40000800, 0x1800, AXVM_MEM_MAPPING_IDENTICAL);
	says(MEMORY_UNALIGNED, "has a size that");
	set_memory(&s.memory[0], 0x40000800, 0x1000, AXVM_MEM_MAPPING_IDENTICAL);
	silent(MEMORY_UNALIGNED);
}

/* Owner a of a finding that is about one device alone, and about two VMs. */
static void test_finding_format(void)
{
	static const struct {
		axvm_layout_table b;
		uint32_t a_vm, b_vm;
		const char *text;
	} rows[] = {
		{ AXVM_LAYOUT_TABLE_NONE, 3, 0, "error[device-empty]: emu_devices[1] text" },
		{ AXVM_LAYOUT_TABLE_NONE, 0, 0, "error[device-empty]: emu_devices[1] text" },
		{ AXVM_LAYOUT_TABLE_EMU_DEVICES, 3, 3,
		  "error[device-empty]: emu_devices[1] text emu_devices[2]" },
		{ AXVM_LAYOUT_TABLE_EMU_DEVICES, 3, 0,
		  "error[device-empty]: vms[3].emu_devices[1] text vms[0].emu_devices[2]" },
		{ AXVM_LAYOUT_TABLE_EMU_DEVICES, 0, 70000,
		  "error[device-empty]: vms[0].emu_devices[1] text vms[70000].emu_devices[2]" },
		{ AXVM_LAYOUT_TABLE_HYPERVISOR, 5, AXVM_LAYOUT_NO_VM,
		  "error[device-empty]: vms[5].emu_devices[1] text hypervisor[2]" },
	};

	each_row(i, rows) {
		axvm_finding finding = { .size = sizeof(finding),
					 .code = AXVM_FINDING_DEVICE_EMPTY,
					 .severity = AXVM_SEVERITY_ERROR,
					 .text = "text",
					 .hint = "Hint." };
		char text[256];

		finding.a.table = AXVM_LAYOUT_TABLE_EMU_DEVICES;
		finding.a.index = 1;
		finding.a.vm = rows[i].a_vm;
		finding.b.table = rows[i].b;
		finding.b.index = 2;
		finding.b.vm = rows[i].b_vm;
		axvm_finding_format(&finding, text, sizeof(text));
		eq_str(text, rows[i].text, "one line");
	}
}

/* A type of before July 2025 is explained of a console above the ports, and of a fw-cfg. */
static void test_old_type_format(void)
{
	static const struct {
		axvm_emulated_device_type type;
		axvm_layout_space space;
		uint64_t start;
		bool is_old;
	} rows[] = {
		{ AXVM_EMULATED_DEVICE_CONSOLE, AXVM_LAYOUT_SPACE_GUEST, 0x10000, true },
		{ AXVM_EMULATED_DEVICE_CONSOLE, AXVM_LAYOUT_SPACE_GUEST, 0xffff, false },
		{ AXVM_EMULATED_DEVICE_CONSOLE, AXVM_LAYOUT_SPACE_PORT, 0x10000, false },
		{ AXVM_EMULATED_DEVICE_X86_PIT, AXVM_LAYOUT_SPACE_GUEST, 0x10000, false },
		{ AXVM_EMULATED_DEVICE_FW_CFG, AXVM_LAYOUT_SPACE_GUEST, 0x1000, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		axvm_finding finding = { .size = sizeof(finding),
					 .code = AXVM_FINDING_DEVICE_ARCH,
					 .severity = AXVM_SEVERITY_WARNING,
					 .value = rows[i].type,
					 .text = "text",
					 .hint = "Hint." };
		char text[256];

		finding.a.table = AXVM_LAYOUT_TABLE_EMU_DEVICES;
		finding.a.space = rows[i].space;
		finding.a.start = rows[i].start;
		finding.a.end = rows[i].start + 8;
		axvm_finding_format(&finding, text, sizeof(text));
		ok((strstr(text, "before July 2025") != NULL) == rows[i].is_old, text);
	}
}

/* A device at a fixed place, that is not the VM's number in its list; and so with two VMs. */
static void test_configured_index(void)
{
	struct sample other;
	axvm_layout_vm vms[2];

	init(AXVM_MODEL_0_5, AXVM_ARCH_X86_64);
	other = s;
	s.vm.emu_device_count = 3;
	for (unsigned int i = 0; i < 3; i++)
		set_emulated(&s.emulated[i], NULL, 0, 0, AXVM_EMULATED_DEVICE_DUMMY);
	set_emulated(&s.emulated[2], "console", 0x3f0, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	vms[0] = other.vm;
	vms[0].id = 8;
	vms[0].phys_cpu_id_count = 0;
	vms[0].flags = 0;
	vms[0].name = NULL;
	vms[0].memory_region_count = 0;
	vms[1] = s.vm;
	check_vms(vms, 2);
	eq_uint(finding_count, 1, "one finding");
	eq_int(findings[0].code, AXVM_FINDING_DEVICE_FIXED, "of a device with a fixed place");
	eq_uint(findings[0].a.vm, 1, "of the second VM");
	eq_uint(findings[0].a.index, 2, "the third device");
	eq_uint(findings[0].a.start, 0x3f0, "as configured");
}

int main(void)
{
	test(test_cpu_lists);
	test(test_cpu_ids);
	test(test_cpu_masks);
	test(test_discovered);
	test(test_discovery);
	test(test_old_gppt);
	test(test_fixed);
	test(test_host_end);
	test(test_lone_fw_cfg);
	test(test_plic);
	test(test_redistributor);
	test(test_overlap_texts);
	test(test_shared_page);
	test(test_like_ports);
	test(test_memory_texts);
	test(test_finding_format);
	test(test_old_type_format);
	test(test_configured_index);
	return done();
}
