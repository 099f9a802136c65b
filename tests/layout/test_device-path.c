/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/device-path.c. */
#include "layout_direct.h"
#include "layout_sample.h"

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

	each_row(i, bad) {
		new_init(AXVM_ARCH_AARCH64);
		set_paths(bad[i], NULL);
		finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
			    NOBODY });
		set_paths(NULL, bad[i]);
		finds(&s, { AXVM_FINDING_DEVICE_PATH, ERROR, 0, ENTRY(DISABLED_PATHS, 0), NOBODY });
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
	/* They are compared exactly: the one with a slash is that of no device. */
	set_paths("/soc/uart", "/soc/uart/");
	finds(&s, { AXVM_FINDING_DEVICE_DISABLED, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
		    ENTRY(DISABLED_PATHS, 0) });
	ok(strstr(findings[0].text, "slash"), "what differs");
	set_paths("/soc/uart/", "/soc/uart");
	finds(&s, { AXVM_FINDING_DEVICE_DISABLED, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
		    ENTRY(DISABLED_PATHS, 0) });
	limits.model = AXVM_MODEL_0_7;
	set_paths("/soc/uart", "/soc/uart/");
	finds(&s, { AXVM_FINDING_DEVICE_DISABLED, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
		    ENTRY(DISABLED_PATHS, 0) });
	ok(strstr(findings[0].text, "slash"), "what differs, at 0.7 as well");
	set_paths("/soc/uart", "/soc/uart");
	finds(&s, { AXVM_FINDING_DEVICE_DISABLED, WARNING, 0, ENTRY(PASSTHROUGH_DEVICES, 0),
		    ENTRY(DISABLED_PATHS, 0) });
	ok(strstr(findings[0].text, "kept from the guest as"), "what is excluded");
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
	each_row(a, archs) {
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

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_PATH, AXVM_FINDING_DEVICE_PATH);
}

int main(void)
{
	test(test_paths);
	test(test_paths_in_both);
	test(test_paths_twice);
	test(test_paths_without_tree);
	test(test_seen);
	return done();
}
