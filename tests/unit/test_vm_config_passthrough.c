/* SPDX-License-Identifier: Apache-2.0 */
/* Configurations of what is passed through, and of what is kept. */
#include <axvm/vm_config.h>

#include "config_cases.h"
#include "tap.h"

static void test_passthrough_device_config(void)
{
	axvm_passthrough_device_config init = AXVM_PASSTHROUGH_DEVICE_CONFIG_INIT, config, other;
	char name[] = "ua\"rt";

	memset(&config, 0xff, sizeof(config));
	axvm_passthrough_device_config_init(&config);
	ok(axvm_passthrough_device_config_eq(&config, &init), "init is INIT");
	eq_str(config.name, "", "no name");
	eq_uint(config.base_gpa.addr | config.base_hpa.addr | config.length | config.irq_id, 0,
		"all 0");

	config.name = "ua\"rt";
	config.base_gpa = axvm_gpa_new(0x9000000);
	config.base_hpa = axvm_hpa_new(0xfe000000);
	config.length = 0x1000;
	config.irq_id = 33;
	check_format(axvm_passthrough_device_config_format, &config,
		     "name=\"ua\\\"rt\" base_gpa=GPA:0x9000000 base_hpa=PA:0xfe000000 "
		     "length=0x1000 irq_id=33");
	other = config;
	other.name = name;
	ok(axvm_passthrough_device_config_eq(&config, &other), "eq compares contents");
	other.name = NULL;
	ok(!axvm_passthrough_device_config_eq(&config, &other), "eq looks at name");
	other = config;
	other.base_gpa.addr++;
	ok(!axvm_passthrough_device_config_eq(&config, &other), "eq looks at base_gpa");
	other = config;
	other.base_hpa.addr++;
	ok(!axvm_passthrough_device_config_eq(&config, &other), "eq looks at base_hpa");
	other = config;
	other.length++;
	ok(!axvm_passthrough_device_config_eq(&config, &other), "eq looks at length");
	other = config;
	other.irq_id++;
	ok(!axvm_passthrough_device_config_eq(&config, &other), "eq looks at irq_id");
	check_range(axvm_passthrough_device_config, base_gpa, length);

	each_row(i, ranges) {
		axvm_hpa_range out = AXVM_HPA_RANGE_INIT(1, 2);

		config.base_hpa = axvm_hpa_new(ranges[i].base);
		config.length = ranges[i].length;
		eq_int(axvm_passthrough_device_config_host_range(&config, &out), ranges[i].fits,
		       "host_range returns");
		eq_uint(out.start.addr, ranges[i].fits ? ranges[i].base : 1, "host_range: start");
		eq_uint(out.end.addr, ranges[i].fits ? ranges[i].base + ranges[i].length : 2,
			"host_range: end");
	}
}

static void test_passthrough_address_config(void)
{
	axvm_passthrough_address_config init = AXVM_PASSTHROUGH_ADDRESS_CONFIG_INIT, config, other;

	memset(&config, 0xff, sizeof(config));
	axvm_passthrough_address_config_init(&config);
	ok(axvm_passthrough_address_config_eq(&config, &init), "init is INIT");
	eq_uint(config.base_gpa.addr | config.length, 0, "all 0");
	config.base_gpa = axvm_gpa_new(0x28041000);
	config.length = 0x1000000;
	check_format(axvm_passthrough_address_config_format, &config,
		     "base_gpa=GPA:0x28041000 length=0x1000000");
	other = config;
	ok(axvm_passthrough_address_config_eq(&config, &other), "eq");
	other.base_gpa.addr++;
	ok(!axvm_passthrough_address_config_eq(&config, &other), "eq looks at base_gpa");
	other = config;
	other.length++;
	ok(!axvm_passthrough_address_config_eq(&config, &other), "eq looks at length");
	check_range(axvm_passthrough_address_config, base_gpa, length);

	memset(&config, 0xff, sizeof(config));
	eq_int(AXVM_PASSTHROUGH_ADDRESS_CONFIG_TEXT_SIZE,
	       axvm_passthrough_address_config_format(&config, NULL, 0) + 1,
	       "TEXT_SIZE holds the longest");
}

static void test_passthrough_port_config(void)
{
	axvm_passthrough_port_config init = AXVM_PASSTHROUGH_PORT_CONFIG_INIT, config, other;
	static const struct {
		uint16_t base, length;
		bool there;
		uint16_t last;
	} rows[] = {
		{ 0x3f8, 8, true, 0x3ff },    { 0, 1, true, 0 },
		{ 0, 0, false, 0 },	      { 0x3f8, 0, false, 0 },
		{ 0xffff, 1, true, 0xffff },  { 0xffff, 2, false, 0 },
		{ 0xffff, 0, false, 0 },      { 0xfff0, 0x10, true, 0xffff },
		{ 0xfff0, 0x11, false, 0 },   { 1, 0xffff, true, 0xffff },
		{ 2, 0xffff, false, 0 },      { 0, 0xffff, true, 0xfffe },
		{ 0xffff, 0xffff, false, 0 },
	};

	memset(&config, 0xff, sizeof(config));
	axvm_passthrough_port_config_init(&config);
	ok(axvm_passthrough_port_config_eq(&config, &init), "init is INIT");
	eq_uint(config.base | config.length, 0, "all 0");
	config.base = 0x6000;
	config.length = 0x80;
	check_format(axvm_passthrough_port_config_format, &config, "base=0x6000 length=0x80");
	other = config;
	ok(axvm_passthrough_port_config_eq(&config, &other), "eq");
	other.base++;
	ok(!axvm_passthrough_port_config_eq(&config, &other), "eq looks at base");
	other = config;
	other.length++;
	ok(!axvm_passthrough_port_config_eq(&config, &other), "eq looks at length");

	each_row(i, rows) {
		uint16_t last = 0xeeee;

		config.base = rows[i].base;
		config.length = rows[i].length;
		eq_int(axvm_passthrough_port_config_last(&config, &last), rows[i].there,
		       "last returns");
		eq_uint(last, rows[i].there ? rows[i].last : 0xeeee, "the port, or untouched");
	}

	memset(&config, 0xff, sizeof(config));
	eq_int(AXVM_PASSTHROUGH_PORT_CONFIG_TEXT_SIZE,
	       axvm_passthrough_port_config_format(&config, NULL, 0) + 1,
	       "TEXT_SIZE holds the longest");
}

static void test_reserved_address_config(void)
{
	axvm_reserved_address_config init = AXVM_RESERVED_ADDRESS_CONFIG_INIT, config, other;

	memset(&config, 0xff, sizeof(config));
	axvm_reserved_address_config_init(&config);
	ok(axvm_reserved_address_config_eq(&config, &init), "init is INIT");
	eq_uint(config.base_gpa.addr | config.length, 0, "all 0");
	config.base_gpa = axvm_gpa_new(0xfe000000);
	config.length = 0x2000;
	check_format(axvm_reserved_address_config_format, &config,
		     "base_gpa=GPA:0xfe000000 length=0x2000");
	other = config;
	ok(axvm_reserved_address_config_eq(&config, &other), "eq");
	other.base_gpa.addr++;
	ok(!axvm_reserved_address_config_eq(&config, &other), "eq looks at base_gpa");
	other = config;
	other.length++;
	ok(!axvm_reserved_address_config_eq(&config, &other), "eq looks at length");
	check_range(axvm_reserved_address_config, base_gpa, length);

	memset(&config, 0xff, sizeof(config));
	eq_int(AXVM_RESERVED_ADDRESS_CONFIG_TEXT_SIZE,
	       axvm_reserved_address_config_format(&config, NULL, 0) + 1,
	       "TEXT_SIZE holds the longest");
}

int main(void)
{
	test(test_passthrough_device_config);
	test(test_passthrough_address_config);
	test(test_passthrough_port_config);
	test(test_reserved_address_config);
	return done();
}
