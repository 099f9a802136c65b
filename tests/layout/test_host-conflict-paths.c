/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/host-conflict.c about devices by path, and whole machines. */
#include "layout_direct.h"
#include "layout_sample.h"

#define two_find_nothing() two_find(0, NULL, __LINE__)
#define two_find_one(severity, a, b)                                                               \
	do {                                                                                       \
		const struct wanted one = { AXVM_FINDING_HOST_CONFLICT, severity, 0,               \
					    ENTRY_OF(0, PASSTHROUGH_DEVICES, a),                   \
					    ENTRY_OF(1, PASSTHROUGH_DEVICES, b) };                 \
                                                                                                   \
		two_find(1, &one, __LINE__);                                                       \
	} while (0)

static axvm_layout_vm vms[2];

static void init_two(axvm_model model, axvm_arch arch)
{
	direct_init(model, arch);
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

static void test_path_in_two_vms(void)
{
	each_row(m, models) {
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
	each_row(m, models) {
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
	const struct wanted both[] = { { AXVM_FINDING_HOST_CONFLICT, WARNING, 0,
					 ENTRY(PASSTHROUGH_DEVICES, 0),
					 ENTRY_OF(1, PASSTHROUGH_DEVICES, 0) },
				       one };

	for (size_t a = 0; a < 2; a++) {
		init_two(AXVM_MODEL_0_7_3, archs[a]);
		s.vm.guest_type = other.vm.guest_type = AXVM_GUEST_TYPE_PASSTHROUGH;
		two_find(1, &one, __LINE__);
		/* One device is more precise than all of them: it comes first. */
		set_passed(&s, 1, "/soc/uart", NULL);
		set_passed(&other, 1, "/soc/uart", NULL);
		two_find(2, both, __LINE__);
		s.vm.passthrough_device_count = other.vm.passthrough_device_count = 0;
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

/* Each VM's list alone fills its part of what the check sorts with. */
static void test_many_paths(void)
{
	enum { PATHS = 99 };
	static axvm_passthrough_device_config devices[2][PATHS];
	static char names[2][PATHS][sizeof("/a/98")];

	init_two(AXVM_MODEL_0_7_3, AXVM_ARCH_AARCH64);
	for (unsigned int vm = 0; vm < 2; vm++) {
		for (unsigned int i = 0; i < PATHS; i++) {
			/* In no order, and all of them different but for the first one. */
			unsigned int number = i * 37 % PATHS;

			snprintf(names[vm][i], sizeof(names[vm][i]), "/%c/%u",
				 i == 0 ? 'a' : "bc"[vm], number);
			axvm_passthrough_device_config_init(&devices[vm][i]);
			devices[vm][i].name = names[vm][i];
		}
	}
	s.vm.passthrough_devices = devices[0];
	other.vm.passthrough_devices = devices[1];
	s.vm.passthrough_device_count = other.vm.passthrough_device_count = PATHS;
	two_find_one(WARNING, 0, 0);
}

int main(void)
{
	test(test_path_in_two_vms);
	test(test_path_given_back);
	test(test_root_in_two_vms);
	test(test_passthrough_guests);
	test(test_path_in_three_vms);
	test(test_path_below_own);
	test(test_path_hint);
	test(test_shared_page);
	test(test_many_paths);
	return done();
}
