/* SPDX-License-Identifier: Apache-2.0 */
/* What a finding's value says in words, of every code. */
#include <axvm/device.h>
#include <axvm/finding.h>

#include "tap.h"

/* Of a finding: its first owner is the first element of the table, its second one the next. */
struct row {
	axvm_finding_code code;
	axvm_severity severity;
	axvm_layout_table a, b;
	uint64_t value;
	const char *text, *message;
};

#define E AXVM_SEVERITY_ERROR
#define W AXVM_SEVERITY_WARNING
#define N AXVM_SEVERITY_NOTE
#define NONE AXVM_LAYOUT_TABLE_NONE
#define ID AXVM_LAYOUT_TABLE_ID
#define NAME AXVM_LAYOUT_TABLE_NAME
#define CPU_NUM AXVM_LAYOUT_TABLE_CPU_NUM
#define IDS AXVM_LAYOUT_TABLE_PHYS_CPU_IDS
#define SETS AXVM_LAYOUT_TABLE_PHYS_CPU_SETS
#define ENTRY AXVM_LAYOUT_TABLE_ENTRY_POINT
#define KERNEL AXVM_LAYOUT_TABLE_KERNEL_LOAD_ADDR
#define RAMDISK AXVM_LAYOUT_TABLE_RAMDISK_LOAD_ADDR
#define PROTOCOL AXVM_LAYOUT_TABLE_BOOT_PROTOCOL
#define CMDLINE AXVM_LAYOUT_TABLE_CMDLINE
#define MEMORY AXVM_LAYOUT_TABLE_MEMORY_REGIONS
#define EMULATED AXVM_LAYOUT_TABLE_EMU_DEVICES
#define DEVICES AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES
#define PORTS AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS
#define DISABLED AXVM_LAYOUT_TABLE_DISABLED_PATHS
#define DISK AXVM_LAYOUT_TABLE_DISK_PATH

/* Where a code has no value in the header, one that is set is not reported. */
/* clang-format off */
static const struct row rows[] = {
	{ AXVM_FINDING_MEMORY_NONE, E, MEMORY, NONE, 7, "has no region",
	  "memory_regions[1] has no region" },
	{ AXVM_FINDING_MEMORY_EMPTY, E, MEMORY, NONE, 7, "has size 0",
	  "memory_regions[1] has size 0" },
	{ AXVM_FINDING_MEMORY_OVERFLOW, E, MEMORY, NONE, 0x3000, "has an end that does not fit",
	  "memory_regions[1] has an end that does not fit: its size is 0x3000" },
	{ AXVM_FINDING_MEMORY_BEYOND_WIDTH, E, MEMORY, NONE, 39, "reaches past the width",
	  "memory_regions[1] reaches past the width of 39 bits" },
	{ AXVM_FINDING_MEMORY_BEYOND_WIDTH, E, MEMORY, NONE, 1, "reaches past the width",
	  "memory_regions[1] reaches past the width of 1 bits" },
	{ AXVM_FINDING_MEMORY_BEYOND_WIDTH, E, MEMORY, NONE, 0, "reaches past the width",
	  "memory_regions[1] reaches past the width, 0x7ffffffff000" },
	{ AXVM_FINDING_MEMORY_MAP_TYPE, E, MEMORY, NONE, 3, "has an unknown map_type",
	  "memory_regions[1] has an unknown map_type: 0x3" },
	{ AXVM_FINDING_MEMORY_UNALIGNED, E, MEMORY, NONE, 7, "has a size that is no multiple",
	  "memory_regions[1] has a size that is no multiple" },
	{ AXVM_FINDING_MEMORY_OVERLAP, E, MEMORY, MEMORY, 7, "overlaps",
	  "memory_regions[1] overlaps memory_regions[2]" },
	{ AXVM_FINDING_MEMORY_RESERVED, E, MEMORY, NONE, 0xfee00000, "covers a page",
	  "memory_regions[1] covers a page: GPA:0xfee00000" },

	{ AXVM_FINDING_BOOT_ADDRESS, E, ENTRY, NONE, 0, "is in no region",
	  "entry_point is in no region" },
	{ AXVM_FINDING_BOOT_ADDRESS, E, KERNEL, NONE, 1, "begins an image that does not fit",
	  "kernel_load_addr begins an image that does not fit: its size is 0x1" },
	{ AXVM_FINDING_BOOT_ADDRESS, E, KERNEL, NONE, 0x200000, "begins an image that does not fit",
	  "kernel_load_addr begins an image that does not fit: its size is 0x200000" },
	{ AXVM_FINDING_BOOT_IMAGE_CLASH, E, KERNEL, RAMDISK, 7, "is the same address as",
	  "kernel_load_addr is the same address as ramdisk_load_addr" },
	{ AXVM_FINDING_BOOT_PROTOCOL, E, PROTOCOL, NONE, 0, "is no boot protocol",
	  "boot_protocol is no boot protocol" },
	{ AXVM_FINDING_BOOT_PROTOCOL, E, CMDLINE, NONE, 1, "is too long",
	  "cmdline is too long: 1 bytes" },
	{ AXVM_FINDING_BOOT_PROTOCOL, E, CMDLINE, NONE, 512, "is too long",
	  "cmdline is too long: 512 bytes" },
	{ AXVM_FINDING_BOOT_ENTRY_BELOW_LOAD, E, ENTRY, KERNEL, 7, "is below",
	  "entry_point is below kernel_load_addr" },
	{ AXVM_FINDING_BOOT_IMAGE_MISSING, E, RAMDISK, NONE, 7, "is missing",
	  "ramdisk_load_addr is missing" },
	{ AXVM_FINDING_BOOT_ENTRY, E, ENTRY, KERNEL, 0x800000, "is past the kernel,",
	  "entry_point is past the kernel, kernel_load_addr, whose size is 0x800000" },
	{ AXVM_FINDING_BOOT_ENTRY, W, ENTRY, KERNEL, 0, "is below the kernel,",
	  "entry_point is below the kernel, kernel_load_addr" },
	{ AXVM_FINDING_BOOT_MEMORY, E, PROTOCOL, NONE, 0x8000, "asks for memory that is not there",
	  "boot_protocol asks for memory that is not there: GPA:0x8000" },

	{ AXVM_FINDING_DEVICE_EMPTY, E, DEVICES, NONE, 7, "has length 0",
	  "passthrough_devices[1] has length 0" },
	{ AXVM_FINDING_DEVICE_BEYOND_WIDTH, E, EMULATED, NONE, 48, "reaches past the width",
	  "emu_devices[1] reaches past the width of 48 bits" },
	{ AXVM_FINDING_DEVICE_BEYOND_WIDTH, E, EMULATED, NONE, 0, "reaches past the width",
	  "emu_devices[1] reaches past the width, 0x7ffffffff000" },
	{ AXVM_FINDING_DEVICE_PAGE_OFFSET, W, DEVICES, NONE, 0xfd000010, "has another base_hpa",
	  "passthrough_devices[1] has another base_hpa: PA:0xfd000010" },
	{ AXVM_FINDING_DEVICE_HOST_IGNORED, W, DEVICES, NONE, 0xfd000000, "differs from its base_hpa",
	  "passthrough_devices[1] differs from its base_hpa: PA:0xfd000000" },
	{ AXVM_FINDING_DEVICE_UNALIGNED, W, DEVICES, NONE, 7, "begins inside a page",
	  "passthrough_devices[1] begins inside a page" },
	{ AXVM_FINDING_DEVICE_IN_MEMORY, E, MEMORY, EMULATED, 7, "overlaps",
	  "memory_regions[1] overlaps emu_devices[2]" },
	{ AXVM_FINDING_DEVICE_OVERLAP, E, EMULATED, DEVICES, 7, "overlaps",
	  "emu_devices[1] overlaps passthrough_devices[2]" },
	{ AXVM_FINDING_DEVICE_HOST_TWICE, W, DEVICES, DEVICES, 7, "is passed through again by",
	  "passthrough_devices[1] is passed through again by passthrough_devices[2]" },
	{ AXVM_FINDING_DEVICE_NAME, W, DEVICES, DEVICES, 7, "has the same name as",
	  "passthrough_devices[1] has the same name as passthrough_devices[2]" },
	{ AXVM_FINDING_DEVICE_TYPE, E, EMULATED, NONE, 3, "has an unknown emu_type",
	  "emu_devices[1] has an unknown emu_type: 0x3, which meant virtio-blk before July 2025" },
	{ AXVM_FINDING_DEVICE_TYPE, E, EMULATED, NONE, 11, "has an unknown emu_type",
	  "emu_devices[1] has an unknown emu_type: 0xb, which meant meta before July 2025" },
	{ AXVM_FINDING_DEVICE_TYPE, E, EMULATED, NONE, 12, "has an unknown emu_type",
	  "emu_devices[1] has an unknown emu_type: 0xc" },
	{ AXVM_FINDING_DEVICE_TYPE, E, EMULATED, NONE, UINT64_C(0x100000003),
	  "has an unknown emu_type", "emu_devices[1] has an unknown emu_type: 0x100000003" },
	{ AXVM_FINDING_DEVICE_CONFIG, E, EMULATED, NONE, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR,
	  "has a short cfg_list",
	  "emu_devices[1] has a short cfg_list: [cpu_num, stride, pcpu_id]" },
	{ AXVM_FINDING_DEVICE_CONFIG, E, EMULATED, NONE, AXVM_EMULATED_DEVICE_GPPT_ITS,
	  "has a short cfg_list", "emu_devices[1] has a short cfg_list: [host_gits_base]" },
	{ AXVM_FINDING_DEVICE_CONFIG, W, EMULATED, NONE, 4, "has another cpu_num",
	  "emu_devices[1] has another cpu_num: 4" },
	{ AXVM_FINDING_DEVICE_ARCH, W, EMULATED, NONE, AXVM_EMULATED_DEVICE_CONSOLE,
	  "has a type of another architecture",
	  "emu_devices[1] has a type of another architecture: console" },
	{ AXVM_FINDING_DEVICE_ARCH, W, EMULATED, NONE, AXVM_EMULATED_DEVICE_FW_CFG,
	  "has a type of another architecture",
	  "emu_devices[1] has a type of another architecture: fw-cfg, 0x3, which meant virtio-blk "
	  "before July 2025" },
	{ AXVM_FINDING_DEVICE_ARCH, W, EMULATED, EMULATED, AXVM_EMULATED_DEVICE_CONSOLE,
	  "is for another architecture than",
	  "emu_devices[1] is for another architecture than emu_devices[2]" },
	{ AXVM_FINDING_DEVICE_IVC, W, EMULATED, EMULATED, 7, "is the only IVC channel, not",
	  "emu_devices[1] is the only IVC channel, not emu_devices[2]" },
	{ AXVM_FINDING_DEVICE_RESERVED, E, DEVICES, NONE, 0xfee00000, "covers a page",
	  "passthrough_devices[1] covers a page: GPA:0xfee00000" },
	{ AXVM_FINDING_DEVICE_TWICE, E, EMULATED, EMULATED, 7, "has the same place as",
	  "emu_devices[1] has the same place as emu_devices[2]" },
	{ AXVM_FINDING_DEVICE_DISCOVERY, W, DEVICES, DEVICES, 7, "drops the range",
	  "passthrough_devices[1] drops the range passthrough_devices[2]" },

	{ AXVM_FINDING_DEVICE_DMA, N, MEMORY, DEVICES, 7, "is not found by",
	  "memory_regions[1] is not found by passthrough_devices[2]" },
	{ AXVM_FINDING_DEVICE_DISABLED, W, DEVICES, DISABLED, 7, "is kept from the guest by",
	  "passthrough_devices[1] is kept from the guest by disabled_paths[2]" },

	{ AXVM_FINDING_PORT_CONFLICT, E, PORTS, NONE, 17, "has too many ranges",
	  "passthrough_ports[1] has too many ranges: 17" },
	{ AXVM_FINDING_PORT_CONFLICT, E, PORTS, PORTS, 7, "overlaps",
	  "passthrough_ports[1] overlaps passthrough_ports[2]" },

	{ AXVM_FINDING_IRQ_SHARED, N, DEVICES, DEVICES, 33, "has the same IRQ as",
	  "passthrough_devices[1] has the same IRQ as passthrough_devices[2]: 33" },
	{ AXVM_FINDING_IRQ_UNUSED, N, DEVICES, NONE, 33, "has an IRQ",
	  "passthrough_devices[1] has an IRQ: 33" },
	{ AXVM_FINDING_IRQ_UNUSED, N, DEVICES, NONE, 1, "has an IRQ",
	  "passthrough_devices[1] has an IRQ: 1" },
	{ AXVM_FINDING_IRQ_UNUSED, E, EMULATED, NONE, 0, "is a PLIC", "emu_devices[1] is a PLIC" },
	{ AXVM_FINDING_IRQ_CONFLICT, N, DEVICES, DEVICES, 33, "has the same physical IRQ as",
	  "passthrough_devices[1] has the same physical IRQ as passthrough_devices[2], IRQ 33" },

	{ AXVM_FINDING_CPU_COUNT, E, CPU_NUM, NONE, 0, "is no number from 1 to 64",
	  "cpu_num is no number from 1 to 64: 0" },
	{ AXVM_FINDING_CPU_COUNT, E, CPU_NUM, NONE, 65, "is no number from 1 to 64",
	  "cpu_num is no number from 1 to 64: 65" },
	{ AXVM_FINDING_CPU_COUNT, E, CPU_NUM, NONE, UINT64_MAX, "is no number from 1 to 64",
	  "cpu_num is no number from 1 to 64: 18446744073709551615" },
	{ AXVM_FINDING_CPU_LIST, E, IDS, NONE, 0, "is missing", "phys_cpu_ids[1] is missing" },
	{ AXVM_FINDING_CPU_LIST, E, IDS, NONE, 1, "has more entries",
	  "phys_cpu_ids[1] has more entries: 1" },
	{ AXVM_FINDING_CPU_LIST, E, IDS, NONE, 12, "has more entries",
	  "phys_cpu_ids[1] has more entries: 12" },
	{ AXVM_FINDING_CPU_LIST, W, IDS, NONE, 12, "has more entries",
	  "phys_cpu_ids[1] has more entries: 12" },
	{ AXVM_FINDING_CPU_LIST, W, IDS, NONE, 0, "has fewer entries",
	  "phys_cpu_ids[1] has fewer entries: 0" },
	{ AXVM_FINDING_CPU_MASK, E, SETS, NONE, 0, "is an empty mask",
	  "phys_cpu_sets[1] is an empty mask" },
	{ AXVM_FINDING_CPU_MASK, E, SETS, NONE, 1, "names CPUs that are not there",
	  "phys_cpu_sets[1] names CPUs that are not there: 0x1" },
	{ AXVM_FINDING_CPU_MASK, E, SETS, NONE, 0xf0, "names CPUs that are not there",
	  "phys_cpu_sets[1] names CPUs that are not there: 0xf0" },
	{ AXVM_FINDING_CPU_REPEATED, W, IDS, IDS, 0x101, "is the same CPU as",
	  "phys_cpu_ids[1] is the same CPU as phys_cpu_ids[2]: 0x101" },
	{ AXVM_FINDING_CPU_SHARED, N, SETS, SETS, 0xf0, "is the same mask as",
	  "phys_cpu_sets[1] is the same mask as phys_cpu_sets[2]: 0xf0" },
	{ AXVM_FINDING_CPU_CONFLICT, W, IDS, IDS, 0x101, "is the same CPU as",
	  "phys_cpu_ids[1] is the same CPU as phys_cpu_ids[2], hardware id 0x101" },

	{ AXVM_FINDING_VM_ID, E, ID, ID, 7, "is the same as", "id 1 is the same as id 2" },
	{ AXVM_FINDING_VM_NAME, W, NAME, NAME, 7, "is the same as", "name is the same as name" },
	{ AXVM_FINDING_HOST_CONFLICT, E, MEMORY, DEVICES, 7, "overlaps in the host",
	  "memory_regions[1] overlaps in the host passthrough_devices[2]" },

	{ AXVM_FINDING_DEVICE_PATH, E, DEVICES, NONE, 7, "is bad", "passthrough_devices[1] is bad" },
	{ AXVM_FINDING_MACHINE_CONFLICT, E, MEMORY, DEVICES, 0, "overlaps",
	  "memory_regions[1] overlaps passthrough_devices[2]" },
	{ AXVM_FINDING_MACHINE_CONFLICT, E, MEMORY, NONE, 0xb000000, "fills the window",
	  "memory_regions[1] fills the window: GPA:0xb000000" },

	{ AXVM_FINDING_KEY_UNUSED, N, DISK, NONE, 7, "has no effect", "disk_path has no effect" },

	{ AXVM_FINDING_FILE_SYNTAX, E, NAME, NONE, 7, "is no TOML", "name is no TOML" },
	{ AXVM_FINDING_FILE_KEY, E, NAME, NONE, 7, "is missing", "name is missing" },
	{ AXVM_FINDING_FILE_VALUE, E, NAME, NONE, 7, "is empty", "name is empty" },
	{ AXVM_FINDING_FILE_ALLOW, W, NAME, NONE, 7, "is not found", "name is not found" },
	{ AXVM_FINDING_FILE_FORMAT, W, NAME, NONE, 7, "is old", "name is old" },
	{ AXVM_FINDING_VIRTUAL_ID, E, NAME, NONE, 7, "is empty", "name is empty" },
	{ AXVM_FINDING_VIRTUAL_MODEL, E, NAME, NONE, 7, "is unknown", "name is unknown" },
	{ AXVM_FINDING_VIRTUAL_OPTION, E, NAME, NONE, 7, "is missing", "name is missing" },
	{ AXVM_FINDING_FILE_MACHINE, W, NAME, NONE, 7, "is elsewhere", "name is elsewhere" },

	{ AXVM_FINDING_TREE_RAM, W, MEMORY, NONE, 0x1000, "does not fit",
	  "memory_regions[1] does not fit: it has 0x1000" },
	{ AXVM_FINDING_TREE_PATH, E, DEVICES, NONE, 7, "has no node",
	  "passthrough_devices[1] has no node" },
	{ AXVM_FINDING_TREE_CPU, E, IDS, NONE, 7, "is no CPU", "phys_cpu_ids[1] is no CPU" },
	{ AXVM_FINDING_TREE_OWNED, E, DEVICES, NONE, 7, "is kept", "passthrough_devices[1] is kept" },
	{ AXVM_FINDING_TREE_NOTHING, W, DEVICES, NONE, 7, "is empty",
	  "passthrough_devices[1] is empty" },
	{ AXVM_FINDING_TREE_DISABLED, W, DEVICES, NONE, 7, "is off", "passthrough_devices[1] is off" },
	{ AXVM_FINDING_TREE_RESERVED, W, MEMORY, NONE, 7, "is free", "memory_regions[1] is free" },
	{ AXVM_FINDING_TREE_BOARD, E, NAME, NONE, 7, "is refused", "name is refused" },
};
/* clang-format on */

static void init(axvm_finding *finding, const struct row *row)
{
	memset(finding, 0, sizeof(*finding));
	finding->size = sizeof(*finding);
	finding->code = row->code;
	finding->severity = row->severity;
	finding->a.table = row->a;
	finding->a.index = 1;
	finding->a.vm_id = 1;
	finding->b.table = row->b;
	finding->b.index = 2;
	finding->b.vm_id = 2;
	finding->value = row->value;
	finding->text = row->text;
}

static void test_values(void)
{
	bool seen[0x100] = { false };
	size_t count;
	const axvm_finding_code *all = axvm_finding_code_all(&count);
	axvm_finding finding;
	char text[256];

	each_row(i, rows) {
		init(&finding, &rows[i]);
		axvm_finding_message_format(&finding, NULL, NULL, text, sizeof(text));
		eq_str(text, rows[i].message, axvm_finding_code_name(rows[i].code));
		seen[rows[i].code] = true;
	}
	/* These two look at the range as well. */
	seen[AXVM_FINDING_DEVICE_OVERFLOW] = seen[AXVM_FINDING_DEVICE_FIXED] = true;
	for (size_t i = 0; i < count; i++)
		ok(seen[all[i]], axvm_finding_code_name(all[i]));
}

/* What a value is depends on the range of the device. */
static void test_ranges(void)
{
	static const struct {
		axvm_finding_code code;
		axvm_layout_space space;
		uint64_t start, end, value;
		const char *message;
	} ranges[] = {
		{ AXVM_FINDING_DEVICE_OVERFLOW, AXVM_LAYOUT_SPACE_GUEST, 0x1000, UINT64_MAX, 0x2000,
		  "emu_devices[1] GPA:0x1000..GPA:0xffffffffffffffff T: its length is 0x2000" },
		{ AXVM_FINDING_DEVICE_OVERFLOW, AXVM_LAYOUT_SPACE_GUEST, 0x1000, 0x2000, 0x20000,
		  "emu_devices[1] GPA:0x1000..GPA:0x2000 T: its stride is 0x20000" },
		{ AXVM_FINDING_DEVICE_OVERFLOW, AXVM_LAYOUT_SPACE_PORT, 0xffff, 0x10001, 2,
		  "emu_devices[1] port 0xffff..0x10001 T: its length is 0x2" },
		{ AXVM_FINDING_DEVICE_FIXED, AXVM_LAYOUT_SPACE_PORT, 0x2f8, 0x300, 0x3f8,
		  "emu_devices[1] port 0x2f8..0x300 T: port 0x3f8" },
		{ AXVM_FINDING_DEVICE_FIXED, AXVM_LAYOUT_SPACE_GUEST, 0x1000, 0x20000, 0x3f8,
		  "emu_devices[1] GPA:0x1000..GPA:0x20000 T: port 0x3f8" },
		{ AXVM_FINDING_DEVICE_ARCH, AXVM_LAYOUT_SPACE_GUEST, 0x10000, 0x20000,
		  AXVM_EMULATED_DEVICE_CONSOLE,
		  "emu_devices[1] GPA:0x10000..GPA:0x20000 T: console, 0x2, which meant gppt before "
		  "July 2025" },
		{ AXVM_FINDING_DEVICE_ARCH, AXVM_LAYOUT_SPACE_GUEST, 0xffff, 0x20000,
		  AXVM_EMULATED_DEVICE_CONSOLE,
		  "emu_devices[1] GPA:0xffff..GPA:0x20000 T: console" },
		{ AXVM_FINDING_DEVICE_FIXED, AXVM_LAYOUT_SPACE_PORT, 0xfff0, 0x10000, 0xffff,
		  "emu_devices[1] port 0xfff0..0x10000 T: port 0xffff" },
		{ AXVM_FINDING_DEVICE_FIXED, AXVM_LAYOUT_SPACE_GUEST, 0x1000, 0x2000, 0x10000,
		  "emu_devices[1] GPA:0x1000..GPA:0x2000 T: GPA:0x10000" },
		{ AXVM_FINDING_DEVICE_FIXED, AXVM_LAYOUT_SPACE_GUEST, 0x1000, 0x2000, 0x8000000,
		  "emu_devices[1] GPA:0x1000..GPA:0x2000 T: GPA:0x8000000" },
	};
	static const struct row row = { .severity = E, .a = EMULATED, .text = "T" };
	axvm_finding finding;
	char text[128];

	each_row(i, ranges) {
		init(&finding, &row);
		finding.code = ranges[i].code;
		finding.a.space = ranges[i].space;
		finding.a.start = ranges[i].start;
		finding.a.end = ranges[i].end;
		finding.value = ranges[i].value;
		axvm_finding_message_format(&finding, NULL, NULL, text, sizeof(text));
		eq_str(text, ranges[i].message, "range and value");
	}
}

/* The page that two ranges share is reported where they are apart, and where both are ranges. */
static void test_shared_page(void)
{
	static const struct {
		uint64_t a_start, a_end, b_start, b_end;
		const char *message;
	} pages[] = {
		{ 0x1000, 0x1800, 0x1800, 0x1c00,
		  "passthrough_devices[1] GPA:0x1000..GPA:0x1800 T GPA:0x1000 with "
		  "passthrough_devices[2] GPA:0x1800..GPA:0x1c00" },
		{ 0x1800, 0x1c00, 0x1000, 0x1800,
		  "passthrough_devices[1] GPA:0x1800..GPA:0x1c00 T GPA:0x1000 with "
		  "passthrough_devices[2] GPA:0x1000..GPA:0x1800" },
		{ 0x1000, 0x1801, 0x1800, 0x1c00,
		  "passthrough_devices[1] GPA:0x1000..GPA:0x1801 T passthrough_devices[2] "
		  "GPA:0x1800..GPA:0x1c00" },
		{ 0x1000, 0x1800, 0x1c00, 0x1c00,
		  "passthrough_devices[1] GPA:0x1000..GPA:0x1800 T passthrough_devices[2] "
		  "GPA:0x1c00" },
		{ 0x1000, 0x1000, 0x1800, 0x1c00,
		  "passthrough_devices[1] GPA:0x1000 T passthrough_devices[2] "
		  "GPA:0x1800..GPA:0x1c00" },
	};
	static const struct row row = {
		AXVM_FINDING_DEVICE_OVERLAP, E, DEVICES, DEVICES, 0x1000, "T", NULL
	};
	axvm_finding finding;
	char text[256];

	each_row(i, pages) {
		init(&finding, &row);
		finding.a.space = finding.b.space = AXVM_LAYOUT_SPACE_GUEST;
		finding.a.start = pages[i].a_start;
		finding.a.end = pages[i].a_end;
		finding.b.start = pages[i].b_start;
		finding.b.end = pages[i].b_end;
		axvm_finding_message_format(&finding, NULL, NULL, text, sizeof(text));
		eq_str(text, pages[i].message, "page");
	}
}

static void test_move(void)
{
	static const struct row row = { AXVM_FINDING_BOOT_ADDRESS, E, KERNEL, NONE, 0, "T", NULL };
	axvm_finding finding;
	char text[128];

	init(&finding, &row);
	finding.a.space = AXVM_LAYOUT_SPACE_GUEST;
	finding.a.start = 0x5000;
	finding.a.end = 0x7000;
	finding.moved_by = 0x1000;
	axvm_finding_message_format(&finding, NULL, NULL, text, sizeof(text));
	eq_str(text,
	       "kernel_load_addr GPA:0x5000..GPA:0x7000 (moved with memory_regions[0] from "
	       "GPA:0x4000) T",
	       "where it begins is said");
}

/* The longest index is whole, and leaves nothing in the next one. */
static void test_indexes_of_vms(void)
{
	static const struct row row = { AXVM_FINDING_VM_NAME, W, NAME, NAME, 0, "is", NULL };
	axvm_finding finding;
	char longest[128], shortest[128];

	init(&finding, &row);
	finding.a.vm = 4294967293;
	finding.b.vm = 4294967294;
	axvm_finding_format(&finding, longest, sizeof(longest));
	finding.a.vm = 1;
	finding.b.vm = 2;
	axvm_finding_format(&finding, shortest, sizeof(shortest));
	eq_str(longest, "warning[vm-name]: vms[4294967293].name is vms[4294967294].name", "long");
	eq_str(shortest, "warning[vm-name]: vms[1].name is vms[2].name", "short");
}

int main(void)
{
	test(test_values);
	test(test_ranges);
	test(test_shared_page);
	test(test_move);
	test(test_indexes_of_vms);
	return done();
}
