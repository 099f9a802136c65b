/* SPDX-License-Identifier: Apache-2.0 */
/* What the layout check says in words, and the names of its enumerations. */
#include "layout/layout_sample.h"

static struct sample s;

/* Text of the only finding. */
static const char *only_text(void)
{
	static char text[512];
	int length;

	check_vms(&s.vm, 1);
	eq_uint(finding_count, 1, "one finding");
	length = axvm_finding_format(&findings[0], text, sizeof(text));
	eq_int(length, (int)strlen(text), "length");
	return text;
}

static void test_two_owners(void)
{
	sample_init(&s);
	s.emulated[0].base_gpa.addr = 0x40000000;
	eq_str(only_text(),
	       "error[device-in-memory]: memory_regions[0] GPA:0x40000000..GPA:0x50000000 overlaps "
	       "emu_devices[0] \"gicd\" GPA:0x40000000..GPA:0x40010000",
	       "text");
	sample_init(&s);
	s.passthrough[1].irq_id = 33;
	s.passthrough[1].name = "r\"t\nc";
	eq_str(only_text(),
	       "note[irq-shared]: passthrough_devices[0] \"uart\" GPA:0x9000000..GPA:0x9001000 "
	       "has the same IRQ as passthrough_devices[1] \"r\\\"t\\nc\" GPA:0x9010000..GPA:0x9011000: "
	       "33",
	       "text with an IRQ, and a name that would hurt a terminal");
	sample_init(&s);
	set_emulated(&s.emulated[0], NULL, 0x3f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	set_emulated(&s.emulated[1], "com2", 0x2f8, 8, AXVM_EMULATED_DEVICE_CONSOLE);
	eq_str(only_text(),
	       "error[device-twice]: emu_devices[0] port 0x3f8..0x400 has the same place as "
	       "emu_devices[1] \"com2\" port 0x2f8..0x300",
	       "text about ports");
}

static void test_one_owner(void)
{
	char text[256];

	sample_init(&s);
	s.vm.entry_point.addr = 0x50000000;
	eq_str(only_text(),
	       "error[boot-address]: entry_point GPA:0x50000000 is in no memory region",
	       "text about a key");
	sample_init(&s);
	s.vm.memory_region_count = 0;
	eq_str(only_text(),
	       "error[memory-none]: memory_regions is empty: the VM has no memory",
	       "text about a table");
	sample_init(&s);
	s.emulated[0].emu_type = 4;
	eq_str(only_text(),
	       "error[device-type]: emu_devices[0] \"gicd\" GPA:0x8000000..GPA:0x8010000 has an "
	       "unknown emu_type: 0x4, which meant virtio-net before July 2025",
	       "text about an old type");
	s.emulated[0].emu_type = 12;
	eq_str(only_text(),
	       "error[device-type]: emu_devices[0] \"gicd\" GPA:0x8000000..GPA:0x8010000 has an "
	       "unknown emu_type: 0xc",
	       "text about a type that never was");
	/* Those that the model has, or had, say no more; nothing finds them. */
	findings[0].value = AXVM_EMULATED_DEVICE_CONSOLE;
	axvm_finding_format(&findings[0], text, sizeof(text));
	eq_str(text,
	       "error[device-type]: emu_devices[0] \"gicd\" GPA:0x8000000..GPA:0x8010000 has an "
	       "unknown emu_type: 0x2",
	       "text about a type of today");
	sample_init(&s);
	s.emulated[1].cfg_list_len = 1;
	eq_str(only_text(),
	       "error[device-config]: emu_devices[1] \"gicr\" GPA:0x80a0000..GPA:0x80c0000 has "
	       "fewer "
	       "members in its cfg_list than its type needs: [cpu_num, stride, pcpu_id]",
	       "text about a short list");
	sample_init(&s);
	s.redistributor[1] = UINT64_C(0xffffffffff000000);
	eq_str(only_text(),
	       "error[device-overflow]: emu_devices[1] \"gicr\" GPA:0x80a0000..GPA:0x80c0000 has "
	       "frames, cpu_num x stride, whose end does not fit into 64 bits: its stride is "
	       "0xffffffffff000000",
	       "text about a stride");
	sample_init(&s);
	s.emulated[0].length = UINT64_MAX;
	eq_str(only_text(),
	       "error[device-overflow]: emu_devices[0] \"gicd\" "
	       "GPA:0x8000000..GPA:0xffffffffffffffff has an end that does not fit into 64 bits: "
	       "its length is 0xffffffffffffffff",
	       "text about a length");
	sample_init(&s);
	s.passthrough[0].base_hpa.addr = 0xfd000000;
	eq_str(only_text(),
	       "warning[device-host-ignored]: passthrough_devices[0] \"uart\" "
	       "GPA:0x9000000..GPA:0x9001000 differs from its base_hpa: PA:0xfd000000",
	       "text about a host address");
	sample_init(&s);
	s.vm.passthrough_address_count = 0;
	limits.gpa_bits = 31;
	eq_str(only_text(),
	       "error[memory-beyond-width]: memory_regions[1] GPA:0x80000000..GPA:0x81000000 "
	       "ends "
	       "past the guest address width of 31 bits",
	       "text about a width");
	sample_init(&s);
	s.vm.flags &= ~(uint32_t)AXVM_LAYOUT_HAS_PHYS_CPU_IDS;
	s.vm.phys_cpu_id_count = 0;
	limits.arch = AXVM_ARCH_AARCH64;
	eq_str(only_text(), "error[cpu-list]: phys_cpu_ids is missing", "text about what is not");
}

static void test_two_vms(void)
{
	axvm_layout_vm vms[2];
	char text[256];

	sample_init(&s);
	s.vm.passthrough_device_count = s.vm.passthrough_address_count = 0;
	s.vm.phys_cpu_id_count = s.vm.phys_cpu_set_count = 0;
	s.vm.flags = 0;
	s.vm.entry_point = s.vm.kernel_load_addr = s.vm.dtb_load_addr = axvm_gpa_new(0);
	s.vm.memory_region_count = 1;
	vms[0] = vms[1] = s.vm;
	vms[1].name = "other";
	check_vms(vms, 2);
	eq_uint(finding_count, 1, "one finding");
	axvm_finding_format(&findings[0], text, sizeof(text));
	eq_str(text, "error[vm-id]: vms[0].id 7 (\"guest\") is the same as vms[1].id 7 (\"other\")",
	       "each owner with its VM");
	axvm_finding_message_format(&findings[0], "", "b.toml: ", text, sizeof(text));
	eq_str(text, "id 7 (\"guest\") is the same as b.toml: id 7 (\"other\")",
	       "or as the caller says");
	axvm_finding_message_format(&findings[0], NULL, NULL, text, sizeof(text));
	eq_str(text, "id 7 (\"guest\") is the same as id 7 (\"other\")", "or not");
}

/* What VMs share, in words. */
static void test_shared(void)
{
	static const struct {
		axvm_layout_table table;
		uint32_t index;
		uint64_t value;
		const char *text, *message;
	} rows[] = {
		{ AXVM_LAYOUT_TABLE_PHYS_CPU_IDS, 1, 0x100, "is the same CPU as",
		  "phys_cpu_ids[1] is the same CPU as b: phys_cpu_ids[1], hardware id 0x100" },
		{ AXVM_LAYOUT_TABLE_PHYS_CPU_IDS, AXVM_LAYOUT_WHOLE_TABLE, 0xf1, "shares CPUs with",
		  "phys_cpu_ids shares CPUs with b: phys_cpu_ids, those of its vCPUs 0,4-7" },
		{ AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, 1, 0x100, "is the same CPU as",
		  "phys_cpu_sets[1] is the same CPU as b: phys_cpu_sets[1], host CPU 8" },
		{ AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, 1, UINT64_C(1) << 63, "is the same CPU as",
		  "phys_cpu_sets[1] is the same CPU as b: phys_cpu_sets[1], host CPU 63" },
		{ AXVM_LAYOUT_TABLE_PHYS_CPU_SETS, AXVM_LAYOUT_WHOLE_TABLE, 0xff,
		  "shares CPUs with",
		  "phys_cpu_sets shares CPUs with b: phys_cpu_sets, host CPUs 0-7" },
	};
	axvm_finding finding;
	char text[128];

	each_row(i, rows) {
		memset(&finding, 0, sizeof(finding));
		finding.code = AXVM_FINDING_CPU_CONFLICT;
		finding.a.table = finding.b.table = rows[i].table;
		finding.a.index = finding.b.index = rows[i].index;
		finding.b.vm = 1;
		finding.value = rows[i].value;
		finding.text = rows[i].text;
		axvm_finding_message_format(&finding, NULL, "b: ", text, sizeof(text));
		eq_str(text, rows[i].message, "what two VMs share");
	}
}

static void test_hypervisor(void)
{
	const axvm_hpa_range hypervisor = AXVM_HPA_RANGE_INIT(0x80000000, 0x80001000);

	sample_init(&s);
	limits.hypervisor = &hypervisor;
	limits.hypervisor_count = 1;
	eq_str(only_text(),
	       "error[host-conflict]: vms[0].memory_regions[1] PA:0x80000000..PA:0x81000000 "
	       "overlaps "
	       "in the host hypervisor[0] PA:0x80000000..PA:0x80001000",
	       "the hypervisor is no VM");
}

static void test_host_memory(void)
{
	axvm_hpa_range memory = AXVM_HPA_RANGE_INIT(0x70000000, 0x80800000);

	sample_init(&s);
	limits.host_memory = &memory;
	limits.host_memory_count = 1;
	eq_str(only_text(),
	       "warning[tree-ram]: vms[0].memory_regions[1] PA:0x80000000..PA:0x81000000 has "
	       "addresses that are not in host_memory: PA:0x80800000",
	       "an address of the host");
	s.vm.memory_region_count = 1;
	memory.end.addr = 0x70001000;
	eq_str(only_text(),
	       "warning[tree-ram]: vms[0].memory_regions[0] GPA:0x40000000..GPA:0x50000000 needs, "
	       "together with the regions before it, more than host_memory: it has 0x1000",
	       "a size");
}

static void test_cut(void)
{
	char whole[256], buf[16];
	int length;

	sample_init(&s);
	s.vm.cpu_num = 0;
	check_vms(&s.vm, 1);
	length = axvm_finding_format(&findings[0], whole, sizeof(whole));
	eq_str(whole, "error[cpu-count]: cpu_num is not a number from 1 to 64: 0", "text");
	eq_int(axvm_finding_format(&findings[0], NULL, 0), length, "counts without a buffer");
	memset(buf, '#', sizeof(buf));
	eq_int(axvm_finding_format(&findings[0], buf, 8), length, "cuts");
	ok(memcmp(buf, "error[c\0#", 9) == 0, "and ends within the buffer");
	eq_int(axvm_finding_owner_format(&findings[0].a, buf, sizeof(buf)), 7, "an owner");
	eq_str(buf, "cpu_num", "by itself");
	eq_int(axvm_finding_owner_format(&findings[0].b, buf, sizeof(buf)), 0, "no owner");
	eq_str(buf, "", "is no text");
}

/* Of a struct that is all zero, or that another version has filled: no crash. */
static void test_unknown(void)
{
	axvm_finding finding;
	char text[128];

	memset(&finding, 0, sizeof(finding));
	axvm_finding_format(&finding, text, sizeof(text));
	eq_str(text, "unknown[unknown]:  ", "nothing");
	memset(&finding.a, 0xff, sizeof(finding.a));
	finding.a.name = NULL;
	finding.code = 0xff;
	finding.severity = 0xff;
	finding.text = "is odd";
	axvm_finding_format(&finding, text, sizeof(text));
	eq_str(text, "unknown[unknown]: unknown 0xffffffffffffffff is odd", "unknown values");
}

#define TEST_NAMES(type, names, first)                                                             \
	static void test_##type(void)                                                              \
	{                                                                                          \
		size_t count = sizeof(names) / sizeof(names[0]);                                   \
		axvm_##type out = 0xee;                                                            \
                                                                                                   \
		for (size_t i = 0; i < count; i++) {                                               \
			uint64_t value = (first) + i;                                              \
                                                                                                   \
			eq_str(axvm_##type##_name((axvm_##type)value), names[i], "name");          \
			ok(axvm_##type##_try_from_usize(value, &out) && out == value, names[i]);   \
			out = 0xee;                                                                \
			ok(axvm_##type##_from_name(names[i], &out) && out == value, names[i]);     \
		}                                                                                  \
		out = 0xee;                                                                        \
		ok(!axvm_##type##_try_from_usize((first) + count, &out), "one too many");          \
		ok(!axvm_##type##_try_from_usize(0x101, &out), "a wide number is not cut");        \
		ok(!axvm_##type##_from_name("unknown", &out), "unknown is no name");               \
		ok(!axvm_##type##_from_name(NULL, &out), "nor is NULL");                           \
		eq_uint(out, 0xee, "nothing was written");                                         \
		eq_str(axvm_##type##_name(0xff), "unknown", "name of another number");             \
	}

static const char *const severities[] = { "note", "warning", "error" };
static const char *const spaces[] = { "none", "guest", "host", "port" };
static const char *const tables[] = {
	"none",
	"id",
	"name",
	"cpu_num",
	"phys_cpu_ids",
	"phys_cpu_sets",
	"entry_point",
	"kernel_load_addr",
	"dtb_load_addr",
	"ramdisk_load_addr",
	"bios_load_addr",
	"boot_protocol",
	"enable_bios",
	"image_location",
	"cmdline",
	"memory_regions",
	"emu_devices",
	"passthrough_devices",
	"passthrough_addresses",
	"passthrough_ports",
	"reserved_addresses",
	"hypervisor",
	"disabled_paths",
	"machine",
	"host_memory",
	"kernel_path",
	"bios_path",
	"uefi_firmware_path",
	"disk_path",
	"guest_type",
};

TEST_NAMES(severity, severities, 1)
TEST_NAMES(layout_space, spaces, 0)
TEST_NAMES(layout_table, tables, 0)

static void test_codes(void)
{
	static const struct {
		axvm_finding_code code;
		const char *name;
	} rows[] = {
		{ 0x01, "memory-none" },
		{ 0x02, "memory-empty" },
		{ 0x03, "memory-overflow" },
		{ 0x04, "memory-beyond-width" },
		{ 0x05, "memory-map-type" },
		{ 0x06, "memory-unaligned" },
		{ 0x07, "memory-overlap" },
		{ 0x08, "memory-reserved" },
		{ 0x10, "boot-address" },
		{ 0x11, "boot-image-clash" },
		{ 0x12, "boot-protocol" },
		{ 0x13, "boot-entry-below-load" },
		{ 0x14, "boot-image-missing" },
		{ 0x15, "boot-memory" },
		{ 0x16, "boot-entry" },
		{ 0x20, "device-empty" },
		{ 0x21, "device-overflow" },
		{ 0x22, "device-beyond-width" },
		{ 0x23, "device-page-offset" },
		{ 0x24, "device-host-ignored" },
		{ 0x25, "device-unaligned" },
		{ 0x26, "device-in-memory" },
		{ 0x27, "device-overlap" },
		{ 0x28, "device-host-twice" },
		{ 0x29, "device-name" },
		{ 0x2a, "device-type" },
		{ 0x2b, "device-config" },
		{ 0x2c, "device-arch" },
		{ 0x2d, "device-ivc" },
		{ 0x2e, "device-reserved" },
		{ 0x2f, "device-twice" },
		{ 0x30, "device-fixed" },
		{ 0x31, "device-discovery" },
		{ 0x32, "device-path" },
		{ 0x33, "device-dma" },
		{ 0x34, "device-disabled" },
		{ 0x38, "port-conflict" },
		{ 0x39, "machine-conflict" },
		{ 0x40, "irq-shared" },
		{ 0x41, "irq-unused" },
		{ 0x42, "irq-conflict" },
		{ 0x50, "cpu-count" },
		{ 0x51, "cpu-list" },
		{ 0x52, "cpu-mask" },
		{ 0x53, "cpu-repeated" },
		{ 0x54, "cpu-shared" },
		{ 0x55, "cpu-conflict" },
		{ 0x60, "vm-id" },
		{ 0x61, "vm-name" },
		{ 0x62, "host-conflict" },
		{ 0x68, "key-unused" },
		{ 0x70, "tree-ram" },
		{ 0x80, "file-syntax" },
		{ 0x81, "file-key" },
		{ 0x82, "file-value" },
		{ 0x83, "file-allow" },
		{ 0x84, "file-format" },
		{ 0x85, "virtual-id" },
		{ 0x86, "virtual-model" },
		{ 0x87, "virtual-option" },
		{ 0x88, "file-machine" },
		{ 0x90, "tree-path" },
		{ 0x91, "tree-cpu" },
		{ 0x92, "tree-owned" },
		{ 0x93, "tree-nothing" },
		{ 0x94, "tree-disabled" },
		{ 0x95, "tree-reserved" },
		{ 0x96, "tree-board" },
	};
	size_t count;
	const axvm_finding_code *all = axvm_finding_code_all(&count);
	axvm_finding_code out = 0xee;

	eq_uint(count, sizeof(rows) / sizeof(rows[0]), "all reports how many");
	ok(axvm_finding_code_all(NULL) == all, "all takes no count");
	for (size_t i = 0; i < count && i < sizeof(rows) / sizeof(rows[0]); i++) {
		eq_uint(all[i], rows[i].code, "all ascends");
		eq_str(axvm_finding_code_name(rows[i].code), rows[i].name, "name");
		ok(axvm_finding_code_try_from_usize(rows[i].code, &out) && out == rows[i].code,
		   rows[i].name);
		out = 0xee;
		ok(axvm_finding_code_from_name(rows[i].name, &out) && out == rows[i].code,
		   rows[i].name);
	}
	out = 0xee;
	ok(!axvm_finding_code_try_from_usize(0, &out), "zero");
	ok(!axvm_finding_code_try_from_usize(0x101, &out), "a wide number is not cut");
	ok(!axvm_finding_code_from_name("unknown", &out), "unknown is no name");
	ok(!axvm_finding_code_from_name(NULL, &out), "nor is NULL");
	eq_uint(out, 0xee, "nothing was written");
	eq_str(axvm_finding_code_name(0), "unknown", "name of no code");
}

int main(void)
{
	test(test_two_owners);
	test(test_one_owner);
	test(test_two_vms);
	test(test_shared);
	test(test_hypervisor);
	test(test_host_memory);
	test(test_cut);
	test(test_unknown);
	test(test_severity);
	test(test_layout_space);
	test(test_layout_table);
	test(test_codes);
	return done();
}
