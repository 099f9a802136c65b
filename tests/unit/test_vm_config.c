/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/vm_config.h>

#include "config_cases.h"
#include "tap.h"

static void test_mem_mapping_type(void)
{
	static const struct {
		axvm_mem_mapping_type constant, value;
		const char *name;
	} rows[] = {
		{ AXVM_MEM_MAPPING_ALLOC, 0, "alloc" },
		{ AXVM_MEM_MAPPING_IDENTICAL, 1, "identical" },
		{ AXVM_MEM_MAPPING_RESERVED, 2, "reserved" },
	};
	axvm_mem_mapping_type out;

	each_row(i, rows) {
		eq_uint(rows[i].constant, rows[i].value, rows[i].name);
		out = 0xee;
		ok(axvm_mem_mapping_type_try_from_usize(rows[i].value, &out), "try_from_usize");
		eq_uint(out, rows[i].value, "gives it");
		eq_str(axvm_mem_mapping_type_name(rows[i].value), rows[i].name, "name");
		out = 0xee;
		ok(axvm_mem_mapping_type_from_name(rows[i].name, &out), "from_name");
		eq_uint(out, rows[i].value, "gives it");
	}
	out = 0xee;
	ok(!axvm_mem_mapping_type_try_from_usize(3, &out), "3 is unknown");
	ok(!axvm_mem_mapping_type_try_from_usize(0x100, &out), "0x100 is not cut to 0");
	ok(!axvm_mem_mapping_type_from_name("map_alloc", &out), "names are exact");
	ok(!axvm_mem_mapping_type_from_name(NULL, &out), "NULL is no name");
	eq_uint(out, 0xee, "nothing was written");
	eq_str(axvm_mem_mapping_type_name(3), "unknown", "name of an unknown value");
	eq_uint(AXVM_MEM_MAPPING_DEFAULT, 0, "the default is alloc");
}

#if AXVM_MEM_CONFIG_TEXT_SIZE < 1 || AXVM_PASSTHROUGH_ADDRESS_CONFIG_TEXT_SIZE < 1 ||              \
	AXVM_PASSTHROUGH_PORT_CONFIG_TEXT_SIZE < 1 || AXVM_RESERVED_ADDRESS_CONFIG_TEXT_SIZE < 1
#error "TEXT_SIZE does not work in #if"
#endif

static void test_mem_config(void)
{
	axvm_mem_config init = AXVM_MEM_CONFIG_INIT, config, other;
	int longest = 0;

	memset(&config, 0xff, sizeof(config));
	axvm_mem_config_init(&config);
	ok(axvm_mem_config_eq(&config, &init), "init is INIT");
	eq_uint(config.gpa.addr | config.size | config.flags | config.map_type, 0, "all 0");
	check_format(axvm_mem_config_format, &config,
		     "gpa=GPA:0x0 size=0x0 flags=0x0 map_type=alloc");

	config.gpa = axvm_gpa_new(0x80000000);
	config.size = 0x10000000;
	config.flags = 7;
	config.map_type = AXVM_MEM_MAPPING_IDENTICAL;
	check_format(axvm_mem_config_format, &config,
		     "gpa=GPA:0x80000000 size=0x10000000 flags=0x7 map_type=identical");
	other = config;
	ok(axvm_mem_config_eq(&config, &other), "eq");
	other.gpa.addr++;
	ok(!axvm_mem_config_eq(&config, &other), "eq looks at gpa");
	other = config;
	other.size++;
	ok(!axvm_mem_config_eq(&config, &other), "eq looks at size");
	other = config;
	other.flags++;
	ok(!axvm_mem_config_eq(&config, &other), "eq looks at flags");
	other = config;
	other.map_type = 0xfe;
	ok(!axvm_mem_config_eq(&config, &other), "eq looks at map_type");
	check_format(axvm_mem_config_format, &other,
		     "gpa=GPA:0x80000000 size=0x10000000 flags=0x7 map_type=0xfe");
	check_range(axvm_mem_config, gpa, size);

	memset(&config, 0xff, sizeof(config));
	for (unsigned int type = 0; type <= UINT8_MAX; type++) {
		int length;

		config.map_type = (axvm_mem_mapping_type)type;
		length = axvm_mem_config_format(&config, NULL, 0);
		longest = length > longest ? length : longest;
	}
	eq_int(AXVM_MEM_CONFIG_TEXT_SIZE, longest + 1, "TEXT_SIZE holds the longest");
}

static void test_emulated_device_config(void)
{
	static const uint64_t list[] = { 1, 0x20000, LAST }, same_list[] = { 1, 0x20000, LAST },
			      other_list[] = { 1, 0x20000, 0 };
	axvm_emulated_device_config init = AXVM_EMULATED_DEVICE_CONFIG_INIT, config, other;
	char name[] = "gicr";

	memset(&config, 0xff, sizeof(config));
	axvm_emulated_device_config_init(&config);
	ok(axvm_emulated_device_config_eq(&config, &init), "init is INIT");
	eq_str(config.name, "", "no name");
	eq_uint(config.base_gpa.addr | config.length | config.irq_id | config.emu_type |
			config.cfg_list_len,
		0, "all 0");
	ok(config.cfg_list == NULL, "no list");
	check_format(axvm_emulated_device_config_format, &config,
		     "name=\"\" base_gpa=GPA:0x0 length=0x0 irq_id=0 emu_type=dummy cfg_list=[]");

	config.name = "gicr";
	config.base_gpa = axvm_gpa_new(0x80a0000);
	config.length = 0x20000;
	config.irq_id = 27;
	config.emu_type = AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR;
	config.cfg_list = list;
	config.cfg_list_len = 3;
	check_format(axvm_emulated_device_config_format, &config,
		     "name=\"gicr\" base_gpa=GPA:0x80a0000 length=0x20000 irq_id=27 "
		     "emu_type=gppt-redistributor cfg_list=[0x1,0x20000,0xffffffffffffffff]");

	other = config;
	other.name = name;
	other.cfg_list = same_list;
	ok(axvm_emulated_device_config_eq(&config, &other), "eq compares contents");
	other.name = "gicd";
	ok(!axvm_emulated_device_config_eq(&config, &other), "eq looks at name");
	other = config;
	other.base_gpa.addr++;
	ok(!axvm_emulated_device_config_eq(&config, &other), "eq looks at base_gpa");
	other = config;
	other.length++;
	ok(!axvm_emulated_device_config_eq(&config, &other), "eq looks at length");
	other = config;
	other.irq_id++;
	ok(!axvm_emulated_device_config_eq(&config, &other), "eq looks at irq_id");
	other = config;
	other.emu_type = 0x99;
	ok(!axvm_emulated_device_config_eq(&config, &other), "eq looks at emu_type");
	other = config;
	other.cfg_list = other_list;
	ok(!axvm_emulated_device_config_eq(&config, &other), "eq looks at cfg_list");
	other.cfg_list_len = 2;
	ok(!axvm_emulated_device_config_eq(&config, &other), "eq looks at cfg_list_len");
	other = config;
	other.cfg_list = NULL;
	ok(!axvm_emulated_device_config_eq(&config, &other), "eq survives a NULL list");
	other.name = NULL;
	other.emu_type = 0x99;
	check_format(axvm_emulated_device_config_format, &other,
		     "name=\"\" base_gpa=GPA:0x80a0000 length=0x20000 irq_id=27 emu_type=0x99 "
		     "cfg_list=NULL");
	config.cfg_list_len = other.cfg_list_len = 0;
	config.name = "";
	other.emu_type = config.emu_type;
	ok(axvm_emulated_device_config_eq(&config, &other), "no name is NULL, no list either");
	ok(axvm_emulated_device_config_eq(&other, &config), "the other way round");
	config.cfg_list_len = other.cfg_list_len = 3;
	ok(!axvm_emulated_device_config_eq(&other, &config), "but no list is none of three");
	ok(axvm_emulated_device_config_eq(&config, &config), "which equals itself");
	check_range(axvm_emulated_device_config, base_gpa, length);
}

static void test_footprint(void)
{
	static const uint64_t two[] = { 2, 0x20000, 0 }, none[] = { 0, 0x20000, 0 };
	static const uint64_t one[] = { 1, UINT64_MAX, 0 }, most[] = { 2, UINT64_MAX - 8, 0 };
	static const uint64_t wide[] = { 1 + (UINT64_C(1) << 60), 0x10, 0 };
	static const struct {
		uint64_t base, length;
		axvm_emulated_device_type type;
		const uint64_t *list;
		size_t list_len;
		bool there;
		uint64_t end;
	} rows[] = {
		{ 0xfec00000, 0x1000, AXVM_EMULATED_DEVICE_X86_IO_APIC, NULL, 0, true, 0xfec01000 },
		{ 0x1000, 0, AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR, NULL, 0, true, 0x1000 },
		{ UINT64_MAX, 0, AXVM_EMULATED_DEVICE_VIRTIO_BLK, NULL, 0, true, UINT64_MAX },
		{ UINT64_MAX - 9, 9, AXVM_EMULATED_DEVICE_VIRTIO_BLK, NULL, 0, true, UINT64_MAX },
		{ UINT64_MAX - 9, 10, AXVM_EMULATED_DEVICE_VIRTIO_BLK, NULL, 0, false, 0 },
		{ 0x1000, 8, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, two, 3, true, 0x21008 },
		{ 0x1000, 8, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, two, 2, true, 0x21008 },
		{ 0x1000, 8, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, two, 1, false, 0 },
		{ 0x1000, 8, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, NULL, 3, false, 0 },
		{ 0x1000, 0x20000, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, two, 3, true, 0x41000 },
		{ 0x1000, 8, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, none, 3, true, 0x1000 },
		{ 0x1000, 8, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, one, 3, true, 0x1008 },
		{ 0x1000, 8, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, wide, 3, false, 0 },
		{ 0, 8, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, most, 3, true, UINT64_MAX },
		{ 1, 8, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR, most, 3, false, 0 },
		{ 0x3f8, 8, AXVM_EMULATED_DEVICE_CONSOLE, NULL, 0, false, 0 },
		{ 0x40, 4, AXVM_EMULATED_DEVICE_X86_PIT, NULL, 0, false, 0 },
		{ 0x1000, 0x1000, AXVM_EMULATED_DEVICE_DUMMY, NULL, 0, false, 0 },
		{ 0x1000, 0x1000, 0x04, NULL, 0, false, 0 },
		{ 0x1000, 0x1000, AXVM_EMULATED_DEVICE_FW_CFG, NULL, 0, true, 0x2000 },
	};

	each_row(i, rows) {
		axvm_emulated_device_config config = AXVM_EMULATED_DEVICE_CONFIG_INIT;
		axvm_gpa_range out = AXVM_GPA_RANGE_INIT(7, 77);

		config.base_gpa = axvm_gpa_new(rows[i].base);
		config.length = rows[i].length;
		config.emu_type = rows[i].type;
		config.cfg_list = rows[i].list;
		config.cfg_list_len = rows[i].list_len;
		eq_int(axvm_emulated_device_config_footprint(&config, &out), rows[i].there,
		       "footprint returns");
		eq_uint(out.start.addr, rows[i].there ? rows[i].base : 7,
			"its start, or untouched");
		eq_uint(out.end.addr, rows[i].there ? rows[i].end : 77, "its end, or untouched");
	}
}

/* Of an interrupt controller nothing that is configured counts. */
static void test_fixed_footprint(void)
{
	static const uint64_t numbers[] = { 0, 0x8000000, UINT64_MAX };

	for (size_t i = 0; i < 3; i++) {
		axvm_emulated_device_config config = AXVM_EMULATED_DEVICE_CONFIG_INIT;
		axvm_gpa_range out = AXVM_GPA_RANGE_INIT(7, 77);

		config.base_gpa = axvm_gpa_new(numbers[i]);
		config.length = numbers[2 - i];
		config.emu_type = AXVM_EMULATED_DEVICE_INTERRUPT_CONTROLLER;
		ok(axvm_emulated_device_config_footprint(&config, &out), "it has one");
		eq_uint(out.start.addr, 0x8000000, "its start");
		eq_uint(out.end.addr, 0x8010000, "its end");
	}
}

int main(void)
{
	test(test_mem_mapping_type);
	test(test_mem_config);
	test(test_emulated_device_config);
	test(test_footprint);
	test(test_fixed_footprint);
	return done();
}
