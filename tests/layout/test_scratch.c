/* SPDX-License-Identifier: Apache-2.0 */
/* How much memory the check needs, and that it stays within: the longest list counts. */
#include "guard.h"
#include "layout_sample.h"

#define VMS 3
#define SCRATCH (64 * 2 * VMS * ENTRIES)

static struct sample samples[VMS];
static axvm_layout_vm vms[VMS];
static uint64_t ids[VMS * ENTRIES];
static axvm_vcpu_set sets[VMS * ENTRIES];
static axvm_passthrough_port_config ports[ENTRIES];
static axvm_reserved_address_config kept[ENTRIES];
static unsigned char *scratch_end;

static bool count_all(const axvm_finding *finding, void *ctx)
{
	size_t *count = ctx;

	(void)finding;
	++*count;
	return true;
}

/*
 * Checks in a buffer of just the size that is asked for, behind which nothing can be touched;
 * gives the entries that this is for.
 */
static size_t entries_needed(size_t vm_count)
{
	size_t size = 0, alone = 0, count = 0, wanted = 0, entry = 0;
	axvm_layout_vm one = { .size = sizeof(one), .phys_cpu_ids = ids, .phys_cpu_id_count = 1 };
	unsigned char *scratch;

	eq_int(axvm_layout_scratch_size(&one, 1, NULL, &entry), AXVM_OK, "size of an entry");
	ok(entry > 0 && entry <= 64, "64 bytes an entry are enough");
	eq_int(axvm_layout_scratch_size(vms, vm_count, &limits, &size), AXVM_OK, "size");
	eq_int(axvm_layout_scratch_size(vms, vm_count, NULL, &alone), AXVM_OK, "size");
	if (limits.hypervisor_count == 0 && limits.host_memory_count == 0)
		eq_uint(alone, size, "which limits without ranges do not change");
	if (!ok(size <= SCRATCH, "memory") || entry == 0)
		return 0;
	scratch = scratch_end - size;
	memset(scratch, 0x5a, size);
	eq_int(axvm_layout_check(vms, vm_count, &limits, count_all, &count, scratch, size), AXVM_OK,
	       "check");
	tells_all = true;
	check_vms(vms, vm_count);
	wanted = finding_count;
	eq_uint(count, wanted, "it finds what it finds in memory of its own");
	ok(size % entry == 0, "whole entries");
	return size / entry;
}

/* VMs that are all alike, so that everything conflicts. */
static void init(size_t memory, size_t devices, size_t addresses, size_t cpus)
{
	for (size_t vm = 0; vm < VMS; vm++) {
		struct sample *s = &samples[vm];

		sample_init(s);
		s->vm.memory_region_count = memory;
		s->vm.emu_device_count = s->vm.passthrough_device_count = devices;
		s->vm.passthrough_address_count = addresses;
		s->vm.phys_cpu_ids = ids;
		s->vm.phys_cpu_sets = sets;
		s->vm.phys_cpu_id_count = s->vm.phys_cpu_set_count = cpus;
		vms[vm] = s->vm;
	}
	for (size_t i = 0; i < VMS * ENTRIES; i++) {
		ids[i] = i;
		sets[i] = axvm_vcpu_set_one_shot(i % 64);
	}
}

static void test_one_vm(void)
{
	init(2, 2, 1, 0);
	eq_uint(entries_needed(1), 7, "regions, devices and addresses");
	init(2, 2, 1, 5);
	eq_uint(entries_needed(1), 10, "ids and masks");
	init(1, 0, 0, 0);
	eq_uint(entries_needed(1), 1, "a region");
	init(0, 0, 1, 0);
	eq_uint(entries_needed(1), 1, "an address");
	init(0, 1, 0, 0);
	eq_uint(entries_needed(1), 2, "two devices");
	init(0, 0, 0, 0);
	eq_uint(entries_needed(1), 0, "nothing");
}

static void test_ports_and_kept(void)
{
	init(1, 1, 0, 0);
	vms[0].passthrough_ports = ports;
	vms[0].reserved_addresses = kept;
	vms[0].passthrough_port_count = 5;
	eq_uint(entries_needed(1), 8, "ports");
	vms[0].reserved_address_count = 7;
	eq_uint(entries_needed(1), 15, "addresses that are kept free");
	vms[0].passthrough_port_count = 0;
	eq_uint(entries_needed(2), 13, "with those of another VM");
	limits.model = AXVM_MODEL_0_7;
	eq_uint(entries_needed(1), 10, "at the version that has them");
}

static void test_paths(void)
{
	static const char *const paths[] = { "/a", NULL, "" };

	init(1, 1, 0, 0);
	vms[0].disabled_paths = paths;
	vms[0].disabled_path_count = 3;
	eq_uint(entries_needed(1), 6, "disabled paths");
	vms[0].disabled_paths = (const void *)((const char *)paths + 1);
	eq_int(axvm_layout_check(vms, 1, NULL, NULL, NULL, NULL, 0), AXVM_ERROR_INVALID_INPUT,
	       "misaligned");
	vms[0].disabled_paths = NULL;
	eq_int(axvm_layout_check(vms, 1, NULL, NULL, NULL, NULL, 0), AXVM_ERROR_INVALID_INPUT,
	       "NULL with elements");
	vms[0].disabled_path_count = 0;
	vms[0].reserved[6] = 1;
	eq_int(axvm_layout_check(vms, 1, NULL, NULL, NULL, NULL, 0), AXVM_ERROR_INVALID_INPUT,
	       "a reserved byte that is not zero");
}

/* Lists that are full, in order and not, in either half of the buffer. */
static void test_full(void)
{
	static const size_t sizes[] = { 1, 2, 7, 15, 16, 17, 31, 32, 33, ENTRIES };

	each_row(i, sizes) {
		size_t n = sizes[i];

		for (size_t kind = 0; kind < 4; kind++) {
			struct sample *s = &samples[0];

			init(kind == 0 ? n : 0, kind == 1 ? n : 0, kind == 2 ? n : 0,
			     kind == 3 ? n : 0);
			for (size_t j = 0; j < n; j++) {
				/* Each second one is before the one before it. */
				uint64_t at = UINT64_C(0x100000000) + 0x10000 * (j ^ 1);

				set_memory(&s->memory[j], at, 0x1000, AXVM_MEM_MAPPING_ALLOC);
				set_emulated(&s->emulated[j], "e", at, 0x1000,
					     AXVM_EMULATED_DEVICE_X86_IO_APIC);
				set_passthrough(&s->passthrough[j], "p", at + 0x2000, at + 0x2000,
						0x1000, 1 + (j ^ 1));
				set_address(&s->addresses[j], at, 0x1000);
				ids[j] = j ^ 1;
				s->emulated[j].irq_id = 100 + (j ^ 1);
			}
			eq_uint(entries_needed(1), kind == 1 || kind == 3 ? 2 * n : n,
				"one kind of entries");
		}
	}
}

static void test_several_vms(void)
{
	init(2, 2, 1, 0);
	eq_uint(entries_needed(2), 14, "the ranges of both");
	eq_uint(entries_needed(3), 21, "of all three");
	vms[1].emu_device_count = 0;
	vms[2].passthrough_address_count = 0;
	eq_uint(entries_needed(3), 18, "which need not have as many");
	init(2, 2, 1, 9);
	eq_uint(entries_needed(2), 36, "the ids and masks of both");
	init(0, 0, 0, 0);
	eq_uint(entries_needed(3), 3, "the VMs, which have ids and names");
	init(2, 2, 1, 5);
	vms[0].phys_cpu_id_count = 30;
	eq_uint(entries_needed(1), 35, "the longest list is that of a VM");
	eq_uint(entries_needed(2), 45, "or of both");
	/* Ranges of one, CPUs of the other. */
	init(ENTRIES, 0, 0, 0);
	vms[1].memory_region_count = 0;
	vms[1].phys_cpu_id_count = 20;
	eq_uint(entries_needed(2), ENTRIES, "which are in two lists");
}

static void test_hypervisor(void)
{
	axvm_hpa_range own[ENTRIES];

	for (size_t i = 0; i < ENTRIES; i++)
		own[i] = axvm_hpa_range_new(axvm_hpa_new(0x9000000), axvm_hpa_new(0x9001000));
	init(2, 2, 1, 0);
	limits.hypervisor = own;
	limits.hypervisor_count = ENTRIES;
	eq_uint(entries_needed(1), 7 + ENTRIES, "the ranges of the hypervisor, too");
	eq_uint(entries_needed(3), 21 + ENTRIES, "with those of all VMs");
	eq_uint(entries_needed(0), ENTRIES, "or without any VM");
	limits.hypervisor_count = 0;
	eq_uint(entries_needed(1), 7, "where there are some");
}

static void test_host_memory(void)
{
	axvm_hpa_range memory[ENTRIES];

	for (size_t i = 0; i < ENTRIES; i++)
		memory[i] = axvm_hpa_range_new(axvm_hpa_new(0x2000 * i), axvm_hpa_new(0x2000 * i + 1));
	init(2, 2, 1, 0);
	limits.host_memory = memory;
	limits.host_memory_count = ENTRIES;
	eq_uint(entries_needed(1), ENTRIES, "the ranges of the host's memory");
	eq_uint(entries_needed(0), ENTRIES, "also without any VM");
	limits.host_memory_count = 7;
	eq_uint(entries_needed(1), 7, "as many as there are of the VM");
	limits.host_memory_count = 8;
	eq_uint(entries_needed(1), 8, "one more");
	eq_uint(entries_needed(3), 21, "and not beside those of all VMs");
}

static void test_untouched(void)
{
	size_t size = 77;

	init(1, 0, 0, 0);
	vms[0].size = 0;
	eq_int(axvm_layout_scratch_size(vms, 1, NULL, &size), AXVM_ERROR_INVALID_INPUT,
	       "a bad size");
	eq_uint(size, 77, "leaves the result alone");
}

/* More entries than can be counted, in one VM or in all. None of them is looked at. */
static void test_too_many(void)
{
	const size_t most = UINT32_MAX - 1;
	size_t size = 77;

	init(1, 0, 0, 0);
	vms[0].memory_region_count = vms[0].passthrough_address_count = most;
	eq_int(axvm_layout_scratch_size(vms, 1, NULL, &size), AXVM_ERROR_NO_MEMORY, "ranges");
	init(1, 0, 0, 0);
	vms[0].phys_cpu_id_count = vms[0].phys_cpu_set_count = most;
	eq_int(axvm_layout_scratch_size(vms, 1, NULL, &size), AXVM_ERROR_NO_MEMORY, "CPUs");
	/* What is invalid decides, wherever it is: axvm_layout_problem() has words for it. */
	vms[1].size = 0;
	eq_int(axvm_layout_scratch_size(vms, 2, NULL, &size), AXVM_ERROR_INVALID_INPUT,
	       "before a VM that is invalid");
	ok(axvm_layout_problem(vms, 2, NULL) && !axvm_layout_problem(vms, 1, NULL), "in words");
	init(1, 0, 0, 0);
	vms[0].memory_region_count = vms[1].passthrough_port_count = most;
	vms[1].passthrough_ports = (const void *)ids;
	eq_int(axvm_layout_scratch_size(vms, 2, NULL, &size), AXVM_ERROR_NO_MEMORY, "of two VMs");
	eq_uint(size, 77, "leaves the result alone");
#if SIZE_MAX > UINT32_MAX
	init(1, 0, 0, 0);
	vms[0].memory_region_count = most;
	vms[0].reserved_address_count = 1;
	vms[0].reserved_addresses = (const void *)ids;
	eq_int(axvm_layout_scratch_size(vms, 1, NULL, &size), AXVM_OK, "2^32 - 1 of them");
	ok(size <= UINT64_C(64) * UINT32_MAX && size > 77, "have a size");
#endif
}

int main(void)
{
	scratch_end = guard_end_of(SCRATCH);
	if (!scratch_end)
		return 99;
	test(test_one_vm);
	test(test_ports_and_kept);
	test(test_paths);
	test(test_full);
	test(test_several_vms);
	test(test_hypervisor);
	test(test_host_memory);
	test(test_untouched);
	test(test_too_many);
	return done();
}
