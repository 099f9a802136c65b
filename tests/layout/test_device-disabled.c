/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/device-disabled.c. */
#include "layout_direct.h"
#include "layout_sample.h"

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
		{ "/soc/bus\x01", "/soc/bus", false, false },
		{ "/soc/bus", "/soc/bus2", false, false },
		{ "/soc", "/soc/uart", false, false },
		{ "/soc/uart", "/so", false, false },
		{ "/soc/uart", "soc", false, false },
		{ "/socket", "/soc", false, false },
	};

	each_row(m, models) {
		each_row(i, rows) {
			bool is_new = models[m] == AXVM_MODEL_0_7_3;

			direct_init(models[m], archs[i % 2]);
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
	direct_init(AXVM_MODEL_0_5, AXVM_ARCH_RISCV64);
	s.memory[0].map_type = RESERVED;
	set_passed(&s, 1, "/", NULL);
	set_disabled(&s, 1, "/soc/uart", NULL);
	finds_nothing(&s);
	/* The highest one is reported; a node between says nothing else. */
	set_passed(&s, 1, "/a/b/c", NULL);
	set_disabled(&s, 2, "/a/b", "/a");
	finds(&s, NOT_GIVEN(1));
	/* Of the same twice, the first one. */
	set_passed(&s, 1, "/a/b", NULL);
	set_disabled(&s, 2, "/a", "/a");
	finds(&s, NOT_GIVEN(0));
	/* One beside it, as long, is another one. */
	set_passed(&s, 1, "/a/c", NULL);
	set_disabled(&s, 2, "/a", "/a/b");
	finds(&s, NOT_GIVEN(0));
	says("by the node above it");
	eq_str(findings[0].a.name, "/a/c", "its name");
	eq_str(findings[0].b.name, "/a", "that of the node");
	/* A range is no path. */
	set_passthrough(&s.passthrough[0], "/soc/uart", 0x9000000, 0x9000000, 0x1000, 0);
	set_disabled(&s, 1, "/soc/uart", NULL);
	finds_nothing(&s);
}

/* Paths that differ after 300 bytes, or end there. */
static void test_long_paths(void)
{
	static char node[310], below[310], beside[310];

	memset(node, 'a', 300);
	node[0] = '/';
	memcpy(below, node, 300);
	memcpy(below + 300, "/b", 2);
	memcpy(beside, node, 300);
	memcpy(beside + 300, "-c", 2);
	each_row(m, models) {
		direct_init(models[m], AXVM_ARCH_RISCV64);
		s.memory[0].map_type = RESERVED;
		set_passed(&s, 1, below, NULL);
		set_disabled(&s, 2, node, beside);
		check_vms(&s.vm, 1);
		eq_uint(finding_count, 1, "one finding");
		eq_uint(findings[0].b.index, 0, "against the node");
		says("by the node above it");
		set_disabled(&s, 1, beside, NULL);
		finds_nothing(&s);
		set_passed(&s, 1, beside, NULL);
		set_disabled(&s, 1, below, NULL);
		finds_nothing(&s);
	}
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_DEVICE_DISABLED, AXVM_FINDING_DEVICE_DISABLED);
}

int main(void)
{
	test(test_disabled);
	test(test_long_paths);
	test(test_seen);
	return done();
}
