/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What users ran into: keys without effect, DMA into memory that is elsewhere, devices that two VMs
 * name by path, an entry where no image is, and kernels that need more than their file has. At all
 * versions that have it, on at least two architectures, each with a near miss.
 */
#include "layout_sample.h"

#define ERROR AXVM_SEVERITY_ERROR
#define WARNING AXVM_SEVERITY_WARNING
#define NOTE AXVM_SEVERITY_NOTE
#define WHOLE AXVM_LAYOUT_WHOLE_TABLE

#define ALLOC AXVM_MEM_MAPPING_ALLOC
#define IDENTICAL AXVM_MEM_MAPPING_IDENTICAL
#define RESERVED AXVM_MEM_MAPPING_RESERVED

static struct sample s, other;
static axvm_layout_vm vms[2];
static const char *paths[2][3];

static const axvm_model models[] = { AXVM_MODEL_0_5, AXVM_MODEL_0_7, AXVM_MODEL_0_7_3 };
static const axvm_arch archs[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_RISCV64, AXVM_ARCH_X86_64,
				   AXVM_ARCH_LOONGARCH64 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Guests with a device tree come first. */
static bool has_tree(axvm_arch arch)
{
	return arch == AXVM_ARCH_AARCH64 || arch == AXVM_ARCH_RISCV64;
}

/* A guest of direct boot without devices, of which nothing is to be said. */
static void init(axvm_model model, axvm_arch arch)
{
	sample_init(&s);
	tells_all = true;
	limits.model = model;
	limits.arch = arch;
	s.vm.emu_device_count = s.vm.passthrough_device_count = 0;
	s.vm.passthrough_address_count = 0;
	s.vm.interrupt_mode = AXVM_INTERRUPT_MODE_EMULATED;
	s.vm.phys_cpu_set_count = 0;
	s.vm.flags &= ~(uint32_t)(AXVM_LAYOUT_HAS_DTB_LOAD_ADDR | AXVM_LAYOUT_HAS_PHYS_CPU_SETS);
	s.vm.flags |= AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	s.vm.entry_point = s.vm.kernel_load_addr = axvm_gpa_new(0x200000);
	set_memory(&s.memory[0], 0, 0x1000000, ALLOC);
	s.vm.memory_region_count = 1;
}

/* 0.7 has no direct boot on LoongArch. */
static bool boots(axvm_model model, axvm_arch arch)
{
	return arch != AXVM_ARCH_LOONGARCH64 || model != AXVM_MODEL_0_7;
}

static void says(const char *text)
{
	char message[512];

	axvm_finding_message_format(&findings[0], NULL, NULL, message, sizeof(message));
	ok(strstr(message, text), text);
}

#define UNUSED(severity, key, index)                                                               \
	{                                                                                          \
		AXVM_FINDING_KEY_UNUSED, severity, 0, ENTRY(key, index), NOBODY                    \
	}

static void test_firmware(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < COUNT(archs); a++) {
			if (!boots(models[m], archs[a]))
				continue;
			init(models[m], archs[a]);
			finds_nothing(&s);
			s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR |
				      AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH;
			s.vm.bios_load_addr.addr = 0x8000;
			finds(&s, UNUSED(WARNING, BIOS_PATH, 0),
			      UNUSED(WARNING, UEFI_FIRMWARE_PATH, 0),
			      { AXVM_FINDING_KEY_UNUSED, WARNING, 0,
				ADDRESS(BIOS_LOAD_ADDR, 0x8000), NOBODY });
			eq_int(strstr(findings[0].hint, "enable_bios") != NULL, !has_tree(archs[a]),
			       "what to do, where that can be done");
			/* Asked for by name as well. */
			s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
			check_vms(&s.vm, 1);
			eq_uint(finding_count, 3, "the same");
			/* Of a VM that is only partly known nothing is missed. */
			s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
			check_vms(&s.vm, 1);
			for (size_t i = 0; i < finding_count; i++)
				ok(findings[i].code != AXVM_FINDING_KEY_UNUSED, "unused");
		}
	}
}

static void test_firmware_that_counts(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		init(models[m], AXVM_ARCH_X86_64);
		s.vm.flags |= AXVM_LAYOUT_HAS_BIOS_PATH | AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR |
			      AXVM_LAYOUT_ENABLE_BIOS;
		s.vm.bios_load_addr.addr = s.vm.entry_point.addr = 0x8000;
		finds_nothing(&s);
		s.vm.flags |= AXVM_LAYOUT_HAS_UEFI_FIRMWARE_PATH;
		finds(&s, UNUSED(WARNING, UEFI_FIRMWARE_PATH, 0));
		s.vm.flags |= AXVM_LAYOUT_HAS_BOOT_PROTOCOL;
		s.vm.boot_protocol = AXVM_BOOT_PROTOCOL_UEFI;
		finds_nothing(&s);
		/* A contradiction is the finding. */
		s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_ENABLE_BIOS;
		finds(&s,
		      { AXVM_FINDING_BOOT_PROTOCOL, ERROR, 0, ENTRY(BOOT_PROTOCOL, 0), NOBODY });
	}
}

static void test_ramdisk(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < 2; a++) {
			init(models[m], archs[a]);
			s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
			s.vm.ramdisk_load_addr.addr = 0x800000;
			finds(&s, { AXVM_FINDING_KEY_UNUSED, NOTE, 0,
				    ADDRESS(RAMDISK_LOAD_ADDR, 0x800000), NOBODY });
			s.vm.flags |= AXVM_LAYOUT_HAS_RAMDISK_PATH;
			finds_nothing(&s);
		}
	}
}

static void test_disk(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < 3; a++) {
			init(models[m], archs[a]);
			s.vm.flags |= AXVM_LAYOUT_HAS_DISK_PATH;
			/* At 0.7.3 there is no such key. */
			if (models[m] < AXVM_MODEL_0_7_3)
				finds(&s, UNUSED(NOTE, DISK_PATH, 0));
			else
				finds_nothing(&s);
		}
	}
}

static void test_sets(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < COUNT(archs); a++) {
			if (!boots(models[m], archs[a]))
				continue;
			init(models[m], archs[a]);
			s.vm.phys_cpu_set_count = 2;
			s.vm.flags |= AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
			if (has_tree(archs[a]))
				finds(&s, UNUSED(NOTE, PHYS_CPU_SETS, WHOLE));
			else
				finds_nothing(&s);
			/* An empty list is none; nor is it known of what machine. */
			limits.arch = AXVM_ARCH_UNKNOWN;
			finds_nothing(&s);
		}
		init(models[m], AXVM_ARCH_AARCH64);
		s.vm.flags |= AXVM_LAYOUT_HAS_PHYS_CPU_SETS;
		finds_nothing(&s);
	}
}

static void test_cmdline(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < COUNT(archs); a++) {
			bool is_old = models[m] < AXVM_MODEL_0_7_3;

			if (!boots(models[m], archs[a]))
				continue;
			init(models[m], archs[a]);
			s.vm.flags |= AXVM_LAYOUT_HAS_CMDLINE;
			finds_nothing(&s);
			s.vm.cmdline_length = 9;
			if (is_old && archs[a] != AXVM_ARCH_X86_64)
				finds(&s, UNUSED(NOTE, CMDLINE, 0));
			else
				finds_nothing(&s);
		}
	}
	/* 0.7 reads it on LoongArch. */
	init(AXVM_MODEL_0_7, AXVM_ARCH_LOONGARCH64);
	s.vm.flags |= AXVM_LAYOUT_HAS_CMDLINE;
	s.vm.cmdline_length = 9;
	check_vms(&s.vm, 1);
	ok(finding_count == 1 && findings[0].code == AXVM_FINDING_BOOT_PROTOCOL, "not unused");
}

static void set_disabled(struct sample *of, size_t count, const char *a, const char *b)
{
	const char **list = paths[of == &other];

	list[0] = a;
	list[1] = b;
	of->vm.disabled_paths = list;
	of->vm.disabled_path_count = count;
}

static void set_passed(struct sample *of, size_t count, const char *a, const char *b)
{
	set_passthrough(&of->passthrough[0], a, 0, 0, 0, 0);
	set_passthrough(&of->passthrough[1], b, 0, 0, 0, 0);
	of->vm.passthrough_devices = of->passthrough;
	of->vm.passthrough_device_count = count;
}

static void test_disabled_without_tree(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < COUNT(archs); a++) {
			if (!boots(models[m], archs[a]))
				continue;
			init(models[m], archs[a]);
			set_disabled(&s, 1, "/soc/uart", NULL);
			if (models[m] == AXVM_MODEL_0_7_3 && !has_tree(archs[a]))
				finds(&s, UNUSED(NOTE, DISABLED_PATHS, WHOLE));
			else
				finds_nothing(&s);
			set_disabled(&s, 0, NULL, NULL);
			finds_nothing(&s);
		}
	}
}

static void test_dma(void)
{
	for (size_t m = 0; m < 2; m++) {
		for (size_t a = 0; a < 3; a++) {
			const struct wanted dma = { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
						    GUEST(MEMORY_REGIONS, 0, 0, 0x1000000),
						    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000,
							  0x9001000) };

			init(models[m], archs[a]);
			set_passthrough(&s.passthrough[0], "dma", 0x9000000, 0x9000000, 0x1000, 0);
			s.vm.passthrough_device_count = 1;
			finds(&s, dma);
			s.memory[0].map_type = RESERVED;
			finds_nothing(&s);
			/* The alloc one is told, wherever it is. */
			set_memory(&s.memory[1], 0x4000000, 0x1000, ALLOC);
			s.vm.memory_region_count = 2;
			finds(&s, { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
				    GUEST(MEMORY_REGIONS, 1, 0x4000000, 0x4001000),
				    GUEST(PASSTHROUGH_DEVICES, 0, 0x9000000, 0x9001000) });
			s.vm.passthrough_device_count = 0;
			finds_nothing(&s);
			set_address(&s.addresses[0], 0x9000000, 0x1000);
			s.vm.passthrough_address_count = 1;
			finds(&s, { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
				    GUEST(MEMORY_REGIONS, 1, 0x4000000, 0x4001000),
				    GUEST(PASSTHROUGH_ADDRESSES, 0, 0x9000000, 0x9001000) });
		}
	}
}

static void test_dma_by_path(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < 2; a++) {
			init(models[m], archs[a]);
			set_passed(&s, 1, "/soc/dma", NULL);
			finds(&s, { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
				    GUEST(MEMORY_REGIONS, 0, 0, 0x1000000),
				    ENTRY(PASSTHROUGH_DEVICES, 0) });
			s.memory[0].map_type = IDENTICAL;
			finds_nothing(&s);
		}
	}
	for (size_t a = 0; a < COUNT(archs); a++) {
		init(AXVM_MODEL_0_7_3, archs[a]);
		s.vm.guest_type = AXVM_GUEST_TYPE_PASSTHROUGH;
		if (has_tree(archs[a]))
			finds(&s, { AXVM_FINDING_DEVICE_DMA, NOTE, 0,
				    GUEST(MEMORY_REGIONS, 0, 0, 0x1000000), ENTRY(GUEST_TYPE, 0) });
		else
			finds_nothing(&s);
		/* Before, the type of a guest says nothing about it. */
		limits.model = AXVM_MODEL_0_5;
		finds_nothing(&s);
	}
	/* Where no path works, that is the finding. */
	init(AXVM_MODEL_0_7_3, AXVM_ARCH_X86_64);
	set_passed(&s, 1, "/soc/dma", NULL);
	finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0), NOBODY });
}

#define NOT_GIVEN(disabled)                                                                        \
	{                                                                                          \
		AXVM_FINDING_DEVICE_DISABLED, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 0),           \
			ENTRY(DISABLED_PATHS, disabled)                                            \
	}

static void test_disabled(void)
{
	static const struct {
		const char *passed, *disabled;
		bool is_kept, is_same;
	} rows[] = {
		{ "/soc/uart", "/soc/uart", true, true },
		{ "/soc/uart", "/soc", true, false },
		{ "/soc/uart@1/port", "/soc", true, false },
		{ "/soc/uart", "/soc/", true, false },
		{ "/soc/bus2", "/soc/bus", false, false },
		{ "/soc/bus-2", "/soc/bus", false, false },
		{ "/soc/bus", "/soc/bus2", false, false },
		{ "/soc", "/soc/uart", false, false },
		{ "/soc/uart", "/so", false, false },
		{ "/soc/uart", "soc", false, false },
		{ "/socket", "/soc", false, false },
	};

	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t i = 0; i < COUNT(rows); i++) {
			bool is_new = models[m] == AXVM_MODEL_0_7_3;

			init(models[m], archs[i % 2]);
			s.memory[0].map_type = RESERVED;
			set_passed(&s, 1, rows[i].passed, NULL);
			set_disabled(&s, 2, "/other", rows[i].disabled);
			if (is_new && rows[i].is_same)
				finds(&s,
				      { AXVM_FINDING_DEVICE_PATH, ERROR, 0,
					ENTRY(PASSTHROUGH_DEVICES, 0), ENTRY(DISABLED_PATHS, 1) });
			else if (rows[i].is_kept)
				finds(&s, NOT_GIVEN(1));
			else if (is_new && rows[i].disabled[0] != '/')
				finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0,
					    ENTRY(DISABLED_PATHS, 1), NOBODY });
			else
				finds_nothing(&s);
		}
	}
	/* All but one: what "/" is for. */
	init(AXVM_MODEL_0_5, AXVM_ARCH_RISCV64);
	s.memory[0].map_type = RESERVED;
	set_passed(&s, 1, "/", NULL);
	set_disabled(&s, 1, "/soc/uart", NULL);
	finds_nothing(&s);
	/* The highest one is told; a node between says nothing else. */
	set_passed(&s, 1, "/a/b/c", NULL);
	set_disabled(&s, 2, "/a/b", "/a");
	finds(&s, NOT_GIVEN(1));
	/* A range is no path. */
	set_passthrough(&s.passthrough[0], "/soc/uart", 0x9000000, 0x9000000, 0x1000, 0);
	set_disabled(&s, 1, "/soc/uart", NULL);
	finds_nothing(&s);
}

static void init_two(axvm_model model, axvm_arch arch)
{
	init(model, arch);
	s.memory[0].map_type = IDENTICAL;
	other = s;
	other.vm.id = 8;
	other.vm.name = "other";
	other.vm.memory_regions = other.memory;
	other.ids[0] = 2;
	other.ids[1] = 3;
	other.vm.phys_cpu_ids = other.ids;
}

static void two_find(size_t count, const struct wanted *wanted, int line)
{
	vms[0] = s.vm;
	vms[1] = other.vm;
	check_found(vms, 2, wanted, count, __FILE__, line);
}

#define two_find_nothing() two_find(0, NULL, __LINE__)
#define two_find_one(severity, a, b)                                                               \
	do {                                                                                       \
		const struct wanted one = { AXVM_FINDING_HOST_CONFLICT, severity, 0,               \
					    ENTRY_OF(0, PASSTHROUGH_DEVICES, a),                   \
					    ENTRY_OF(1, PASSTHROUGH_DEVICES, b) };                 \
                                                                                                   \
		two_find(1, &one, __LINE__);                                                       \
	} while (0)

static void test_path_in_two_vms(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < 2; a++) {
			init_two(models[m], archs[a]);
			set_passed(&s, 1, "/soc/ethernet@1", NULL);
			set_passed(&other, 2, "/soc/ethernet@2", "/soc/ethernet@1");
			two_find_one(WARNING, 0, 1);
			set_passed(&other, 2, "/soc/ethernet@2", "/soc/ethernet@11");
			two_find_nothing();
			/* One above the other, by whole components. */
			set_passed(&other, 1, "/soc", NULL);
			two_find_one(WARNING, 0, 0);
			says("is, in the host, a part of the device");
			set_passed(&s, 1, "/soc/bus", NULL);
			set_passed(&other, 1, "/soc/bus/uart", NULL);
			two_find_one(WARNING, 0, 0);
			says("has in the host, as a part of it, the device");
			set_passed(&other, 1, "/soc/bus2", NULL);
			two_find_nothing();
			set_passed(&other, 1, "/soc/bus-a/uart", NULL);
			two_find_nothing();
			/* What is between in the order of letters does not hide it. */
			set_passed(&other, 2, "/soc/bus-a", "/soc/bus/x");
			two_find_one(WARNING, 0, 1);
		}
	}
}

static void test_path_given_back(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		init_two(models[m], AXVM_ARCH_AARCH64);
		set_passed(&s, 1, "/soc", NULL);
		set_disabled(&s, 2, "/soc/uart", "/soc/rtc");
		set_passed(&other, 2, "/soc/uart", "/soc/rtc/x");
		two_find_nothing();
		set_disabled(&s, 2, "/soc/uart", "/soc/r");
		two_find_one(WARNING, 0, 1);
		/* The same the other way round. */
		init_two(models[m], AXVM_ARCH_RISCV64);
		set_passed(&s, 1, "/soc/uart", NULL);
		set_passed(&other, 1, "/soc", NULL);
		set_disabled(&other, 1, "/soc/uart", NULL);
		two_find_nothing();
		set_disabled(&other, 1, "/soc/uart/port", NULL);
		two_find_one(WARNING, 0, 0);
	}
	/* What a VM does not get itself is no conflict, but a finding of that VM. */
	init_two(AXVM_MODEL_0_7, AXVM_ARCH_AARCH64);
	set_passed(&s, 1, "/soc/uart", NULL);
	set_disabled(&s, 1, "/soc", NULL);
	set_passed(&other, 1, "/soc/uart", NULL);
	vms[0] = s.vm;
	vms[1] = other.vm;
	{
		const struct wanted one = NOT_GIVEN(0);

		check_found(vms, 2, &one, 1, __FILE__, __LINE__);
	}
}

static void test_root_in_two_vms(void)
{
	for (size_t m = 0; m < 2; m++) {
		init_two(models[m], archs[m]);
		set_passed(&s, 1, "/", NULL);
		set_passed(&other, 1, "/", NULL);
		two_find_one(NOTE, 0, 0);
		set_passed(&other, 1, "/soc/uart", NULL);
		two_find_one(WARNING, 0, 0);
		set_disabled(&s, 1, "/soc/uart", NULL);
		two_find_nothing();
	}
	/* Where there is no tree, that is another finding. */
	init_two(AXVM_MODEL_0_7, AXVM_ARCH_X86_64);
	set_passed(&s, 1, "/", NULL);
	set_passed(&other, 1, "/", NULL);
	vms[0] = s.vm;
	vms[1] = other.vm;
	check_vms(vms, 2);
	for (size_t i = 0; i < finding_count; i++)
		ok(findings[i].code != AXVM_FINDING_HOST_CONFLICT, "no conflict");
}

static void test_passthrough_guests(void)
{
	const struct wanted one = { AXVM_FINDING_HOST_CONFLICT, NOTE, 0, ENTRY(GUEST_TYPE, 0),
				    ENTRY_OF(1, GUEST_TYPE, 0) };

	for (size_t a = 0; a < 2; a++) {
		init_two(AXVM_MODEL_0_7_3, archs[a]);
		s.vm.guest_type = other.vm.guest_type = AXVM_GUEST_TYPE_PASSTHROUGH;
		two_find(1, &one, __LINE__);
		other.vm.guest_type = AXVM_GUEST_TYPE_VIRTUALIZED;
		two_find_nothing();
		other.vm.guest_type = AXVM_GUEST_TYPE_PASSTHROUGH;
		limits.model = AXVM_MODEL_0_7;
		two_find_nothing();
	}
}

/* Three VMs, each against the first that has the node. */
static void test_path_in_three_vms(void)
{
	static const struct wanted wanted[] = {
		{ AXVM_FINDING_HOST_CONFLICT, WARNING, 0, ENTRY_OF(0, PASSTHROUGH_DEVICES, 0),
		  ENTRY_OF(1, PASSTHROUGH_DEVICES, 0) },
		{ AXVM_FINDING_HOST_CONFLICT, WARNING, 0, ENTRY_OF(0, PASSTHROUGH_DEVICES, 0),
		  ENTRY_OF(2, PASSTHROUGH_DEVICES, 0) },
	};
	static axvm_passthrough_device_config third[1];
	axvm_layout_vm three[3];

	init_two(AXVM_MODEL_0_7_3, AXVM_ARCH_AARCH64);
	set_passed(&s, 1, "/soc", NULL);
	set_passed(&other, 1, "/soc/a", NULL);
	set_passthrough(&third[0], "/soc/a/b", 0, 0, 0, 0);
	three[0] = s.vm;
	three[1] = three[2] = other.vm;
	three[2].passthrough_devices = third;
	three[2].id = 9;
	three[2].name = "third";
	three[2].phys_cpu_id_count = 0;
	three[2].flags &= ~(uint32_t)AXVM_LAYOUT_COMPLETE;
	check_found(three, 3, wanted, 2, __FILE__, __LINE__);
	/* Where the first does not have it, the second one does. */
	set_disabled(&s, 1, "/soc/a", NULL);
	three[0] = s.vm;
	check_vms(three, 3);
	eq_uint(finding_count, 1, "one");
	eq_uint(findings[0].a.vm, 1, "between the two others");
	eq_uint(findings[0].b.vm, 2, "between the two others");
	/* Nor does it below a node that the second one has, too, and keeps. */
	set_disabled(&s, 1, "/soc/a/b", NULL);
	three[0] = s.vm;
	check_vms(three, 3);
	eq_uint(finding_count, 2, "two");
	eq_uint(findings[0].a.vm, 0, "of the first");
	eq_uint(findings[0].b.vm, 1, "and the second one");
	eq_uint(findings[1].a.vm, 1, "of the second");
	eq_uint(findings[1].b.vm, 2, "and the third one");
	/* What another VM does not get takes nothing from the first. */
	set_disabled(&s, 0, NULL, NULL);
	set_disabled(&other, 1, "/soc/a/b", NULL);
	three[0] = s.vm;
	three[1].disabled_paths = other.vm.disabled_paths;
	three[1].disabled_path_count = 1;
	check_found(three, 3, wanted, 2, __FILE__, __LINE__);
}

/* A VM that has a node and one below it is one VM with both. */
static void test_path_below_own(void)
{
	init_two(AXVM_MODEL_0_7_3, AXVM_ARCH_AARCH64);
	set_passed(&s, 2, "/soc", "/soc/uart");
	set_passed(&other, 1, "/rtc", NULL);
	two_find_nothing();
	set_passed(&other, 1, "/soc/uart/port", NULL);
	two_find_one(WARNING, 0, 0);
}

/* A path has no address, and so is no I/O ports, whatever the architecture. */
static void test_path_hint(void)
{
	init_two(AXVM_MODEL_0_5, AXVM_ARCH_UNKNOWN);
	set_passed(&s, 1, "/soc/uart", NULL);
	set_passed(&other, 1, "/soc/uart", NULL);
	two_find_one(WARNING, 0, 0);
	ok(strstr(findings[0].hint, "I/O ports") == NULL, "the hint");
}

#define ENTERS(severity, size, entry)                                                              \
	{                                                                                          \
		AXVM_FINDING_BOOT_ENTRY, severity, size, ADDRESS(ENTRY_POINT, entry),              \
			ADDRESS(KERNEL_LOAD_ADDR, 0x200000)                                        \
	}

static void test_entry_past_kernel(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < COUNT(archs); a++) {
			if (!boots(models[m], archs[a]))
				continue;
			init(models[m], archs[a]);
			s.vm.kernel_size = 0x1000;
			s.vm.entry_point.addr = 0x200fff;
			finds_nothing(&s);
			s.vm.entry_point.addr = 0x201000;
			finds(&s, ENTERS(ERROR, 0x1000, 0x201000));
			/* What it needs when it runs is not loaded. */
			s.vm.kernel_run_size = 0x2000;
			finds(&s, ENTERS(ERROR, 0x1000, 0x201000));
			/* Its header says where. */
			s.vm.flags |= AXVM_LAYOUT_KERNEL_HAS_ENTRY;
			finds_nothing(&s);
			s.vm.flags ^= AXVM_LAYOUT_KERNEL_HAS_ENTRY;
			s.vm.kernel_size = 0;
			finds_nothing(&s);
			/* Another image is there. */
			s.vm.kernel_size = 0x1000;
			s.vm.flags |=
				AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
			s.vm.entry_point.addr = s.vm.ramdisk_load_addr.addr = 0x400000;
			finds_nothing(&s);
			s.vm.entry_point.addr++;
			finds(&s, ENTERS(ERROR, 0x1000, 0x400001));
			s.vm.ramdisk_size = 2;
			finds_nothing(&s);
			/* Outside all memory, one cause is one finding. */
			s.vm.entry_point.addr = 0x1000000;
			finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0,
				    ADDRESS(ENTRY_POINT, 0x1000000), NOBODY });
			s.vm.memory_region_count = 0;
			finds(&s, { AXVM_FINDING_MEMORY_NONE, ERROR, 0,
				    ENTRY(MEMORY_REGIONS, WHOLE), NOBODY });
		}
		/* A bzImage has its entry by itself. */
		init(models[m], AXVM_ARCH_X86_64);
		s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
		s.vm.kernel_size = 0x1000;
		s.vm.entry_point.addr = 0x201000;
		finds_nothing(&s);
	}
}

static void test_entry_before_kernel(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < COUNT(archs); a++) {
			if (!boots(models[m], archs[a]))
				continue;
			init(models[m], archs[a]);
			s.vm.entry_point.addr = 0x1fffff;
			if (archs[a] == AXVM_ARCH_X86_64) {
				finds(&s, { AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, NOTE, 0,
					    ADDRESS(ENTRY_POINT, 0x1fffff),
					    ADDRESS(KERNEL_LOAD_ADDR, 0x200000) });
				continue;
			}
			finds(&s, ENTERS(WARNING, 0, 0x1fffff));
			s.vm.kernel_size = 0x1000;
			finds(&s, ENTERS(ERROR, 0x1000, 0x1fffff));
			/* A kernel that is moved panics, as ever. */
			s.memory[0].map_type = RESERVED;
			finds(&s, { AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, ERROR, 0,
				    ADDRESS(ENTRY_POINT, 0x1fffff),
				    ADDRESS(KERNEL_LOAD_ADDR, 0x200000) });
		}
	}
}

/* Both are moved, and the message says from where. */
static void test_entry_moved(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		init(models[m], AXVM_ARCH_AARCH64);
		s.memory[0].map_type = RESERVED;
		s.vm.kernel_size = 0x1000;
		s.vm.entry_point.addr = 0x201000;
		finds(&s, { AXVM_FINDING_BOOT_ENTRY, ERROR, 0x1000, ADDRESS(ENTRY_POINT, 0x1000),
			    ADDRESS(KERNEL_LOAD_ADDR, 0) });
		says("entry_point GPA:0x1000 (moved with memory_regions[0] from GPA:0x201000) "
		     "is past the end of the kernel");
		s.vm.entry_point.addr = 0x200fff;
		finds_nothing(&s);
	}
}

static void test_run_size(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		for (size_t a = 0; a < 2; a++) {
			init(models[m], archs[a]);
			s.vm.flags |=
				AXVM_LAYOUT_HAS_RAMDISK_PATH | AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR;
			s.vm.ramdisk_load_addr.addr = 0x400000;
			s.vm.ramdisk_size = 0x1000;
			s.vm.kernel_size = 0x100000;
			s.vm.kernel_run_size = 0x200000;
			finds_nothing(&s);
			s.vm.kernel_run_size++;
			finds(&s, { AXVM_FINDING_BOOT_IMAGE_CLASH, ERROR, 0,
				    ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
				    ADDRESS(RAMDISK_LOAD_ADDR, 0x400000) });
			/* The larger one counts. */
			s.vm.kernel_size = s.vm.kernel_run_size;
			s.vm.kernel_run_size = 1;
			finds(&s, { AXVM_FINDING_BOOT_IMAGE_CLASH, ERROR, 0,
				    ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
				    ADDRESS(RAMDISK_LOAD_ADDR, 0x400000) });
			s.vm.ramdisk_load_addr.addr = 0x1000;
			s.vm.kernel_run_size = 0xe00000;
			finds_nothing(&s);
			s.vm.kernel_run_size++;
			finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0xe00001,
				    ADDRESS(KERNEL_LOAD_ADDR, 0x200000),
				    GUEST(MEMORY_REGIONS, 0, 0, 0x1000000) });
		}
	}
}

/* The region that decides is the one that the kernel goes to. */
static void test_moved_too_long(void)
{
	for (size_t m = 0; m < COUNT(models); m++) {
		init(models[m], archs[m % 2]);
		set_memory(&s.memory[0], 0x40000000, 0x200000, RESERVED);
		set_memory(&s.memory[1], 0x80000000, 0x40000000, ALLOC);
		s.vm.memory_region_count = 2;
		s.vm.kernel_load_addr.addr = s.vm.entry_point.addr = 0x80080000;
		s.vm.kernel_size = 0x200000;
		finds_nothing(&s);
		s.vm.kernel_size = 0x2800000;
		finds(&s, { AXVM_FINDING_BOOT_ADDRESS, ERROR, 0x2800000,
			    ADDRESS(KERNEL_LOAD_ADDR, 0x40000000),
			    GUEST(MEMORY_REGIONS, 0, 0x40000000, 0x40200000) });
		says("kernel_load_addr GPA:0x40000000 (moved with memory_regions[0] from "
		     "GPA:0x80080000) begins an image that does not fit into memory_regions[0]");
	}
}

static void test_shared_page(void)
{
	static const axvm_arch by_range[] = { AXVM_ARCH_AARCH64, AXVM_ARCH_X86_64 };

	for (size_t m = 0; m < 2; m++) {
		struct wanted one = { AXVM_FINDING_HOST_CONFLICT, ERROR, 0xa003000,
				      HOST_OF(0, PASSTHROUGH_DEVICES, 0, 0xa003800, 0xa003c00),
				      HOST_OF(1, PASSTHROUGH_DEVICES, 0, 0xa003400, 0xa003800) };

		init_two(models[m], by_range[m]);
		set_passthrough(&s.passthrough[0], "blk", 0xa003800, 0xa003800, 0x400, 0);
		set_passthrough(&other.passthrough[0], "net", 0xa003400, 0xa003400, 0x400, 0);
		s.vm.passthrough_device_count = other.vm.passthrough_device_count = 1;
		other.vm.passthrough_devices = other.passthrough;
		vms[0] = s.vm;
		vms[1] = other.vm;
		check_vms(vms, 2);
		if (ok(finding_count != 0, "found")) {
			eq_finding(&findings[finding_count - 1], &one, __FILE__, __LINE__);
			findings[0] = findings[finding_count - 1];
			says("\"blk\" PA:0xa003800..PA:0xa003c00 shares the 4 KiB page "
			     "PA:0xa003000 "
			     "with passthrough_devices[0] \"net\" PA:0xa003400..PA:0xa003800");
			ok(strstr(findings[0].hint, "another page"), "what to do");
		}
		/* One byte more, and they overlap. */
		other.passthrough[0].length = 0x401;
		check_vms(vms, 2);
		if (ok(finding_count != 0, "found")) {
			eq_str(findings[finding_count - 1].text, "overlaps in the host", "bytes");
			eq_uint(findings[finding_count - 1].value, 0, "no page");
		}
		/* In the page below they are alone. */
		other.passthrough[0].base_gpa.addr = other.passthrough[0].base_hpa.addr = 0xa002c00;
		other.passthrough[0].length = 0x400;
		check_vms(vms, 2);
		for (size_t i = 0; i < finding_count; i++)
			ok(findings[i].code != AXVM_FINDING_HOST_CONFLICT, "no conflict");
	}
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_BOOT_ENTRY, AXVM_FINDING_BOOT_ENTRY);
	all_seen(AXVM_FINDING_DEVICE_DMA, AXVM_FINDING_DEVICE_DISABLED);
	all_seen(AXVM_FINDING_KEY_UNUSED, AXVM_FINDING_KEY_UNUSED);
}

int main(void)
{
	test(test_firmware);
	test(test_firmware_that_counts);
	test(test_ramdisk);
	test(test_disk);
	test(test_sets);
	test(test_cmdline);
	test(test_disabled_without_tree);
	test(test_dma);
	test(test_dma_by_path);
	test(test_disabled);
	test(test_path_in_two_vms);
	test(test_path_given_back);
	test(test_root_in_two_vms);
	test(test_passthrough_guests);
	test(test_path_in_three_vms);
	test(test_path_below_own);
	test(test_path_hint);
	test(test_entry_past_kernel);
	test(test_entry_before_kernel);
	test(test_entry_moved);
	test(test_run_size);
	test(test_moved_too_long);
	test(test_shared_page);
	test(test_seen);
	return done();
}
