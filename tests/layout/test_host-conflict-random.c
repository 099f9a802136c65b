/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rule of src/layout/rules/host-conflict.c about devices by path: random machines against a
 * reading of the rule that compares every entry with every other one.
 */
#include "layout_sample.h"

#define MOST_VMS 6
#define MOST_PATHS 5
#define ROUNDS 5000

static const char *const paths[] = { "/",	"/a",	  "/a/b",   "/a/b/c", "/a/b/c/d",
				     "/a/b2",	"/a-b",	  "/a-b/c", "/e",     "/e/f",
				     "/a/b2/c", "/a/b/c/" };

#define PATHS (sizeof(paths) / sizeof(paths[0]))

struct machine {
	size_t passed_count[MOST_VMS], disabled_count[MOST_VMS];
	const char *passed[MOST_VMS][MOST_PATHS], *disabled[MOST_VMS][MOST_PATHS];
	size_t vm_count;
};

static struct machine machine;

/* Without a slash at its end. */
static size_t length_of(const char *path)
{
	size_t length = strlen(path);

	return length != 0 && path[length - 1] == '/' ? length - 1 : length;
}

static bool is_at_or_below(const char *path, const char *above)
{
	size_t length = length_of(above);

	return strncmp(path, above, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static bool is_same(const char *a, const char *b)
{
	return is_at_or_below(a, b) && is_at_or_below(b, a);
}

/* Whether a VM keeps a path from its guest. */
static bool hides(size_t vm, const char *path)
{
	for (size_t i = 0; i < machine.disabled_count[vm]; i++) {
		if (is_at_or_below(path, machine.disabled[vm][i]))
			return true;
	}
	return false;
}

/* Whether an entry of one VM gives its guest what an entry of another VM names. */
static bool takes(size_t other, size_t entry, size_t vm, const char *path)
{
	const char *above = machine.passed[other][entry];

	if (hides(other, path) || !is_at_or_below(path, above))
		return false;
	/* Of one node the VMs are in their order. */
	return !is_same(path, above) || other < vm;
}

/* Whether the finding is about this entry, and one that takes the same. */
static bool is_about(const axvm_finding *finding, size_t vm, size_t entry)
{
	const char *path = machine.passed[vm][entry];
	const axvm_finding_owner *a = &finding->a, *b = &finding->b;

	if (finding->code != AXVM_FINDING_HOST_CONFLICT)
		return false;
	if (b->vm == vm && b->index == entry && a->vm != vm && takes(a->vm, a->index, vm, path))
		return true;
	return a->vm == vm && a->index == entry && b->vm != vm && takes(b->vm, b->index, vm, path);
}

static bool is_taken(size_t vm, size_t entry)
{
	const char *path = machine.passed[vm][entry];

	if (hides(vm, path))
		return false;
	for (size_t other = 0; other < machine.vm_count; other++) {
		for (size_t i = 0; i < machine.passed_count[other]; i++) {
			if (other != vm && takes(other, i, vm, path))
				return true;
		}
	}
	return false;
}

static uint32_t state = 1;

static size_t below(size_t limit)
{
	state = state * 1664525 + 1013904223;
	return (state >> 16) % limit;
}

static void make_machine(void)
{
	machine.vm_count = 2 + below(MOST_VMS - 1);
	for (size_t vm = 0; vm < machine.vm_count; vm++) {
		machine.passed_count[vm] = below(MOST_PATHS);
		machine.disabled_count[vm] = below(3);
		for (size_t i = 0; i < MOST_PATHS; i++) {
			machine.passed[vm][i] = paths[below(PATHS)];
			machine.disabled[vm][i] = paths[1 + below(PATHS - 1)];
		}
	}
}

static void check_machine(void)
{
	static axvm_passthrough_device_config devices[MOST_VMS][MOST_PATHS];
	axvm_layout_vm vms[MOST_VMS];

	for (size_t vm = 0; vm < machine.vm_count; vm++) {
		axvm_layout_vm_init(&vms[vm]);
		for (size_t i = 0; i < machine.passed_count[vm]; i++)
			set_passthrough(&devices[vm][i], machine.passed[vm][i], 0, 0, 0, 0);
		vms[vm].passthrough_devices = devices[vm];
		vms[vm].passthrough_device_count = machine.passed_count[vm];
		vms[vm].disabled_paths = machine.disabled[vm];
		vms[vm].disabled_path_count = machine.disabled_count[vm];
	}
	check_vms(vms, machine.vm_count);
}

/* One finding for each entry of what an earlier VM has, or one that has what is above. */
static void test_random(void)
{
	size_t taken = 0;
	bool right = true;

	axvm_layout_limits_init(&limits);
	limits.arch = AXVM_ARCH_RISCV64;
	for (size_t round = 0; round < ROUNDS && right; round++) {
		size_t wanted = 0, found = 0;

		limits.model = round % 2 ? AXVM_MODEL_0_7 : AXVM_MODEL_0_7_3;
		make_machine();
		check_machine();
		for (size_t vm = 0; vm < machine.vm_count; vm++) {
			for (size_t i = 0; i < machine.passed_count[vm]; i++) {
				bool is_told = false;

				for (size_t f = 0; f < finding_count; f++)
					is_told = is_told || is_about(&findings[f], vm, i);
				if (!is_taken(vm, i))
					continue;
				wanted++;
				right = right && is_told;
			}
		}
		for (size_t f = 0; f < finding_count; f++)
			found += findings[f].code == AXVM_FINDING_HOST_CONFLICT;
		taken += wanted;
		right = right && found == wanted;
		if (!ok(right, "each entry that is taken twice"))
			printf("# round %zu: %zu findings, %zu entries\n", round, found, wanted);
	}
	ok(taken > ROUNDS, "many are");
}

/* Two VMs that have a node above and keep it from their guests, and two that take it. */
static void test_hidden_from_two(void)
{
	axvm_layout_limits_init(&limits);
	limits.arch = AXVM_ARCH_RISCV64;
	memset(&machine, 0, sizeof(machine));
	machine.vm_count = 4;
	for (size_t vm = 0; vm < 4; vm++) {
		machine.passed[vm][0] = vm < 2 ? "/soc" : "/soc/uart";
		machine.disabled[vm][0] = "/soc/uart";
		machine.passed_count[vm] = 1;
		machine.disabled_count[vm] = vm < 2;
	}
	check_machine();
	eq_uint(finding_count, 2, "of each two");
	eq_uint(findings[1].a.vm, 2, "the first that has it");
	eq_uint(findings[1].b.vm, 3, "and the next one");
}

int main(void)
{
	test(test_hidden_from_two);
	test(test_random);
	return done();
}
