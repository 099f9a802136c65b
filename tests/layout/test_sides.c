/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Conditions of rules that have several sides: each side alone, with all others as they have to be.
 * What is found is compared by code, number, and words of the text or of what to do.
 */
#include "layout_sample.h"

#define HAS(what) AXVM_LAYOUT_HAS_##what
#define GIB UINT64_C(0x40000000)

static struct sample s;

/* So many findings of a code; the first of them contains these words. */
static void finds_code(axvm_finding_code code, size_t wanted, const char *words, const char *file,
		       int line)
{
	const axvm_finding *first = NULL;
	char what[128];
	size_t count = 0;

	tells_all = true;
	check_vms(&s.vm, 1);
	tells_all = false;
	for (size_t i = 0; i < finding_count && i < MAX_FINDINGS; i++) {
		if (findings[i].code != code)
			continue;
		if (count++ == 0)
			first = &findings[i];
	}
	snprintf(what, sizeof(what), "%s, %zu times", axvm_finding_code_name(code), wanted);
	if (!tap_check(count == wanted, file, line, what))
		tell_findings();
	if (first && words &&
	    !tap_check(strstr(first->text, words) || strstr(first->hint, words), file, line, words))
		tell_findings();
}

#define says(code, words) finds_code(AXVM_FINDING_##code, 1, words, __FILE__, __LINE__)
#define silent(code) finds_code(AXVM_FINDING_##code, 0, NULL, __FILE__, __LINE__)

/* A VM without devices and keys, of one region. */
static void init(axvm_model model, axvm_arch arch)
{
	sample_init(&s);
	s.vm.emu_device_count = s.vm.passthrough_device_count = s.vm.passthrough_address_count = 0;
	s.vm.memory_region_count = 1;
	s.vm.flags = HAS(KERNEL_PATH) | HAS(PHYS_CPU_IDS) | AXVM_LAYOUT_COMPLETE;
	s.vm.phys_cpu_set_count = 0;
	limits.model = model;
	limits.arch = arch;
}

static void give(axvm_gpa *address, uint64_t value, axvm_layout_flags flag)
{
	address->addr = value;
	s.vm.flags |= flag;
}

#define give_address(key, flag, value) give(&s.vm.key, value, HAS(flag))

static void set_protocol(axvm_boot_protocol protocol, bool enable_bios)
{
	s.vm.flags |= HAS(BOOT_PROTOCOL);
	s.vm.boot_protocol = protocol;
	if (enable_bios)
		s.vm.flags |= AXVM_LAYOUT_ENABLE_BIOS;
}

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
	test(test_finding_format);
	test(test_old_type_format);
	test(test_configured_index);
	return done();
}
