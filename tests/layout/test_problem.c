/* SPDX-License-Identifier: Apache-2.0 */
/* What the check accepts: sizes, flags, arrays, limits, and the words for what it refuses. */
#include "layout_sample.h"

#define INVALID AXVM_ERROR_INVALID_INPUT

static struct sample s;

static axvm_error check(void)
{
	size_t size;
	axvm_error error = axvm_layout_findings(&s.vm, 1, &limits, findings, sizeof(findings[0]),
						MAX_FINDINGS, &finding_count);

	eq_int(axvm_layout_scratch_size(&s.vm, 1, &limits, &size), error,
	       "scratch_size says the same");
	return error;
}

static void test_vm_sizes(void)
{
	struct {
		axvm_layout_vm vm;
		uint64_t more;
	} longer[2];

	sample_init(&s);
	s.vm.passthrough_device_count = s.vm.passthrough_address_count = 0;
	memset(longer, 0, sizeof(longer));
	longer[0].vm = longer[1].vm = s.vm;
	longer[0].vm.size = longer[1].vm.size = sizeof(longer[0]);
	longer[1].vm.memory_region_count = 0;
	longer[1].vm.flags = AXVM_LAYOUT_COMPLETE;
	longer[1].vm.entry_point = longer[1].vm.kernel_load_addr = axvm_gpa_new(0);
	longer[1].vm.dtb_load_addr = axvm_gpa_new(0);
	eq_int(axvm_layout_findings(&longer[0].vm, 2, NULL, findings, sizeof(findings[0]),
				    MAX_FINDINGS, &finding_count),
	       AXVM_OK, "longer VMs");
	eq_uint(findings[0].code, AXVM_FINDING_MEMORY_NONE, "are found by their size");
	eq_uint(findings[0].a.vm, 1, "the second one, too");
	longer[1].more = UINT64_C(1) << 56;
	eq_int(axvm_layout_findings(&longer[0].vm, 2, NULL, findings, sizeof(findings[0]),
				    MAX_FINDINGS, &finding_count),
	       INVALID, "what is not known must be zero");

	longer[1].more = 0;
	longer[1].vm.size = sizeof(s.vm);
	eq_int(axvm_layout_findings(&longer[0].vm, 2, NULL, NULL, 1, 0, NULL), INVALID,
	       "VMs of two sizes");
	eq_int(axvm_layout_findings(NULL, 1, NULL, NULL, 1, 0, NULL), INVALID, "no VMs, but one");
	eq_int(axvm_layout_findings(NULL, 0, NULL, NULL, 1, 0, NULL), AXVM_OK, "no VM");
}

/* The longest struct that a size may tell of. */
static void test_longest(void)
{
	static union {
		axvm_layout_vm vm;
		axvm_layout_limits limits;
		unsigned char bytes[4096 + 8];
	} vm, known;

	sample_init(&s);
	vm.vm = s.vm;
	for (size_t size = 4096; size <= sizeof(vm); size += 8) {
		const axvm_error wanted = size == 4096 ? AXVM_OK : INVALID;

		vm.vm.size = size;
		eq_int(axvm_layout_findings(&vm.vm, 1, NULL, NULL, 1, 0, NULL), wanted, "a VM");
		known.limits.size = size;
		eq_int(axvm_layout_findings(&s.vm, 1, &known.limits, NULL, 1, 0, NULL), wanted,
		       "limits");
	}
	vm.vm.size = 4096;
	vm.bytes[4095] = 1;
	eq_int(axvm_layout_findings(&vm.vm, 1, NULL, NULL, 1, 0, NULL), INVALID, "its last byte");
}

/* Of a size that was never set, nothing is read beyond the object. */
static void test_hostile_sizes(void)
{
	static const size_t bad[] = { 0,
				      1,
				      8,
				      sizeof(axvm_layout_vm) - 8,
				      sizeof(axvm_layout_vm) - 1,
				      sizeof(axvm_layout_vm) + 1,
				      4097,
				      4104,
				      65536,
				      SIZE_MAX / 2,
				      SIZE_MAX - 7,
				      SIZE_MAX };
	axvm_layout_vm *vm = malloc(sizeof(*vm));
	axvm_layout_limits *known = malloc(sizeof(*known));

	sample_init(&s);
	if (!ok(vm && known, "memory"))
		goto out;
	each_row(i, bad) {
		for (size_t count = 1; count < 5; count++) {
			*vm = s.vm;
			vm->size = bad[i];
			eq_int(axvm_layout_findings(vm, count, NULL, NULL, 1, 0, NULL), INVALID,
			       "a VM of a size that no version has");
		}
	}
	each_row(i, bad) {
		*known = limits;
		/* Shorter ones as much shorter; what is longer by little may be another version's. */
		known->size = bad[i] < 8 || bad[i] > 4096 ? bad[i] : sizeof(*known) - 1 - i;
		eq_int(axvm_layout_findings(&s.vm, 1, known, NULL, 1, 0, NULL), INVALID,
		       "limits of a size that no version has");
	}
out:
	free(known);
	free(vm);
}

static void test_flags(void)
{
	for (int bit = 0; bit < 32; bit++) {
		sample_init(&s);
		s.vm.flags |= UINT32_C(1) << bit;
		eq_int(check(), bit < 20 ? AXVM_OK : INVALID, "a bit is known or refused");
	}
	sample_init(&s);
	s.vm.flags |= AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	eq_int(check(), INVALID, "a kernel of two kinds");
}

static void test_reserved(void)
{
	for (size_t i = 0; i < sizeof(limits.reserved); i++) {
		sample_init(&s);
		limits.reserved[i] = 0x80;
		eq_int(check(), INVALID, "of the limits");
	}
}

static void test_null(void)
{
#define TRY_NULL(array)                                                                            \
	do {                                                                                       \
		sample_init(&s);                                                                   \
		s.vm.array = NULL;                                                                 \
		eq_int(check(), INVALID, #array " NULL with elements");                            \
	} while (0)
	TRY_NULL(phys_cpu_ids);
	TRY_NULL(phys_cpu_sets);
	TRY_NULL(memory_regions);
	TRY_NULL(emu_devices);
	TRY_NULL(passthrough_devices);
	TRY_NULL(passthrough_addresses);
	sample_init(&s);
	s.vm.passthrough_port_count = 1;
	eq_int(check(), INVALID, "ports NULL with elements");
	sample_init(&s);
	s.vm.reserved_address_count = 1;
	eq_int(check(), INVALID, "reserved ranges NULL with elements");
	for (size_t i = 0; i < 3; i++) {
		sample_init(&s);
		s.vm.emu_device_count = 3;
		s.emulated[i].cfg_list = NULL;
		s.emulated[i].cfg_list_len = 1;
		eq_int(check(), INVALID, "cfg_list NULL with elements");
	}
	sample_init(&s);
	s.vm.memory_regions = (const axvm_mem_config *)(const void *)((const char *)s.memory + 1);
	eq_int(check(), INVALID, "an array misaligned");
	sample_init(&s);
	s.vm.memory_region_count = SIZE_MAX;
	s.vm.memory_regions = NULL;
	eq_int(check(), INVALID, "nothing, but a lot of it");
	s.vm.memory_region_count = 256;
	eq_int(check(), INVALID, "256 of nothing");
#if SIZE_MAX > UINT32_MAX
	s.vm.memory_region_count = UINT32_MAX;
	s.vm.memory_regions = s.memory;
	eq_int(check(), INVALID, "more than an index can tell");
#endif
}

static void test_limits(void)
{
	struct {
		axvm_layout_limits limits;
		uint64_t more;
	} longer;
	axvm_hpa_range inverted = AXVM_HPA_RANGE_INIT(0x2000, 0x1000);
	const axvm_hpa_range second[] = { AXVM_HPA_RANGE_INIT(0x1000, 0x2000), inverted };

	sample_init(&s);
	limits.gpa_bits = 64;
	eq_int(check(), AXVM_OK, "64 bits");
	limits.gpa_bits = 65;
	eq_int(check(), INVALID, "65 bits");
	sample_init(&s);
	for (unsigned int model = 0; model <= UINT8_MAX; model++) {
		axvm_model known;

		limits.model = (axvm_model)model;
		eq_int(check(), axvm_model_try_from_usize(model, &known) ? AXVM_OK : INVALID,
		       "each version, and no unknown one");
	}
	limits.model = UINT8_MAX;
	eq_int(check(), INVALID, "an unknown version");
	sample_init(&s);
	limits.hypervisor_count = 1;
	eq_int(check(), INVALID, "ranges NULL with elements");
	limits.hypervisor = &inverted;
	eq_int(check(), INVALID, "an inverted range");
	inverted.end.addr = 0x2000;
	eq_int(check(), AXVM_OK, "an empty one");
	limits.hypervisor = second;
	eq_int(check(), AXVM_OK, "a right one");
	limits.hypervisor_count = 2;
	eq_int(check(), INVALID, "and an inverted one behind it");
	sample_init(&s);
	limits.host_memory_count = 1;
	eq_int(check(), INVALID, "the host's memory NULL with elements");
	limits.host_memory = second;
	eq_int(check(), AXVM_OK, "a right one");
	limits.host_memory_count = 2;
	eq_int(check(), INVALID, "with an inverted one behind it");
	limits.size = sizeof(limits) - 1;
	eq_int(check(), INVALID, "shorter than any version's");
	sample_init(&s);
	memset(&longer, 0, sizeof(longer));
	eq_int(axvm_layout_findings(&s.vm, 1, (const void *)((const char *)&longer + 1), NULL, 1, 0,
				    NULL),
	       INVALID, "misaligned");
	sample_init(&s);
	memset(&longer, 0, sizeof(longer));
	longer.limits.size = sizeof(longer);
	eq_int(axvm_layout_findings(&s.vm, 1, &longer.limits, NULL, 1, 0, NULL), AXVM_OK, "longer");
	longer.more = UINT64_C(1) << 63;
	eq_int(axvm_layout_findings(&s.vm, 1, &longer.limits, NULL, 1, 0, NULL), INVALID,
	       "what is not known must be zero");
}

static void is_problem(const axvm_layout_vm *vms, size_t count, const axvm_layout_limits *known,
		       const char *wanted)
{
	axvm_error error = axvm_layout_findings(vms, count, known, NULL, 1, 0, NULL);
	const char *problem = axvm_layout_problem(vms, count, known);

	eq_int(error, wanted ? INVALID : AXVM_OK, wanted ? wanted : "no problem");
	/* Its beginning, as some go on for all arrays or sizes alike. */
	ok(wanted ? problem && strncmp(problem, wanted, strlen(wanted)) == 0 : !problem,
	   problem ? problem : "NULL");
}

static void test_problem(void)
{
	static const struct {
		size_t offset;
		axvm_layout_flags flag;
		const char *problem;
	} addresses[] = {
		{ offsetof(axvm_layout_vm, entry_point), AXVM_LAYOUT_HAS_ENTRY_POINT,
		  "entry_point is set without AXVM_LAYOUT_HAS_ENTRY_POINT" },
		{ offsetof(axvm_layout_vm, kernel_load_addr), AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR,
		  "kernel_load_addr is set without AXVM_LAYOUT_HAS_KERNEL_LOAD_ADDR" },
		{ offsetof(axvm_layout_vm, dtb_load_addr), AXVM_LAYOUT_HAS_DTB_LOAD_ADDR,
		  "dtb_load_addr is set without AXVM_LAYOUT_HAS_DTB_LOAD_ADDR" },
		{ offsetof(axvm_layout_vm, ramdisk_load_addr), AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR,
		  "ramdisk_load_addr is set without AXVM_LAYOUT_HAS_RAMDISK_LOAD_ADDR" },
		{ offsetof(axvm_layout_vm, bios_load_addr), AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR,
		  "bios_load_addr is set without AXVM_LAYOUT_HAS_BIOS_LOAD_ADDR" },
	};
	axvm_hpa_range range = AXVM_HPA_RANGE_INIT(2, 1);
	axvm_layout_vm vms[2];
	struct {
		axvm_layout_vm vm;
		uint64_t more;
	} longer;
	struct {
		axvm_layout_limits limits;
		uint64_t more;
	} longer_limits;

	sample_init(&s);
	is_problem(NULL, 0, NULL, NULL);
	is_problem(&s.vm, 1, &limits, NULL);
	is_problem(NULL, 1, NULL, "vms is NULL");
	is_problem((const void *)((const char *)&s.vm + 1), 1, NULL,
		   "vms is NULL with elements, misal");
	each_row(i, addresses) {
		axvm_layout_vm_init(&vms[0]);
		((axvm_gpa *)(void *)((char *)&vms[0] + addresses[i].offset))->addr = 1;
		is_problem(vms, 1, NULL, addresses[i].problem);
		vms[0].flags = addresses[i].flag;
		is_problem(vms, 1, NULL, NULL);
	}
	axvm_layout_vm_init(&vms[0]);
	axvm_layout_vm_init(&vms[1]);
	vms[1].size += sizeof(void *);
	is_problem(vms, 2, NULL, "size of a VM is not that of the first one");
	is_problem(vms, 1, NULL, NULL);
	vms[0].size--;
	is_problem(vms, 1, NULL, "size of a VM is below");
	memset(&longer, 0, sizeof(longer));
	longer.vm.size = sizeof(longer);
	longer.more = 1;
	is_problem(&longer.vm, 1, NULL, "axvm_layout_vm has bytes past its end");
	axvm_layout_vm_init(&vms[0]);
	vms[0].flags = UINT32_C(1) << 31;
	is_problem(vms, 1, NULL, "flags has a bit");
	vms[0].flags = AXVM_LAYOUT_KERNEL_BZIMAGE | AXVM_LAYOUT_KERNEL_NOT_BZIMAGE;
	is_problem(vms, 1, NULL, "flags has AXVM_LAYOUT_KERNEL_BZIMAGE and");
#define TRY_ARRAY(array, count)                                                                    \
	do {                                                                                       \
		axvm_layout_vm_init(&vms[0]);                                                      \
		vms[0].count = 1;                                                                  \
		is_problem(vms, 1, NULL, #array " is NULL");                                       \
	} while (0)
	TRY_ARRAY(phys_cpu_ids, phys_cpu_id_count);
	TRY_ARRAY(phys_cpu_sets, phys_cpu_set_count);
	TRY_ARRAY(memory_regions, memory_region_count);
	TRY_ARRAY(emu_devices, emu_device_count);
	TRY_ARRAY(passthrough_devices, passthrough_device_count);
	TRY_ARRAY(passthrough_addresses, passthrough_address_count);
	TRY_ARRAY(passthrough_ports, passthrough_port_count);
	TRY_ARRAY(reserved_addresses, reserved_address_count);
	TRY_ARRAY(disabled_paths, disabled_path_count);
	axvm_layout_vm_init(&vms[0]);
	vms[0].reserved[0] = 1;
	is_problem(vms, 1, NULL, "reserved of a VM is not zero");
	sample_init(&s);
	s.emulated[0].cfg_list = NULL;
	s.emulated[0].cfg_list_len = 1;
	is_problem(&s.vm, 1, NULL, "cfg_list of an emulated device is NULL");
	sample_init(&s);
	is_problem(&s.vm, 1, (const void *)((const char *)&limits + 1),
		   "the limits are misaligned");
	limits.size--;
	is_problem(&s.vm, 1, &limits, "size of the limits is below");
	memset(&longer_limits, 0, sizeof(longer_limits));
	longer_limits.limits.size = sizeof(longer_limits);
	longer_limits.more = 1;
	is_problem(&s.vm, 1, &longer_limits.limits, "axvm_layout_limits has bytes");
	sample_init(&s);
	limits.gpa_bits = 65;
	is_problem(&s.vm, 1, &limits, "gpa_bits is above 64");
	sample_init(&s);
	limits.model = 0xee;
	is_problem(&s.vm, 1, &limits, "model is a version");
	sample_init(&s);
	limits.reserved[1] = 1;
	is_problem(&s.vm, 1, &limits, "reserved of the limits is not zero");
	sample_init(&s);
	limits.hypervisor_count = 1;
	is_problem(&s.vm, 1, &limits, "hypervisor is NULL");
	limits.hypervisor = &range;
	is_problem(&s.vm, 1, &limits, "a range of the hypervisor is inverted");
	sample_init(&s);
	limits.host_memory_count = 1;
	is_problem(&s.vm, 1, &limits, "host_memory is NULL");
	limits.host_memory = &range;
	is_problem(&s.vm, 1, &limits, "a range of the host's memory is inverted");
}

/* Of two problems the first one, in the order of the members. */
static void test_first_problem(void)
{
	axvm_layout_vm vm;
#define TRY_TWO(a, b, words)                                                                       \
	do {                                                                                       \
		axvm_layout_vm_init(&vm);                                                          \
		vm.a = vm.b = 1;                                                                   \
		is_problem(&vm, 1, NULL, words);                                                   \
	} while (0)
	TRY_TWO(entry_point.addr, kernel_load_addr.addr, "entry_point is set without");
	TRY_TWO(kernel_load_addr.addr, dtb_load_addr.addr, "kernel_load_addr is set without");
	TRY_TWO(dtb_load_addr.addr, ramdisk_load_addr.addr, "dtb_load_addr is set without");
	TRY_TWO(ramdisk_load_addr.addr, bios_load_addr.addr, "ramdisk_load_addr is set without");
	TRY_TWO(phys_cpu_id_count, phys_cpu_set_count, "phys_cpu_ids is NULL");
	TRY_TWO(phys_cpu_set_count, memory_region_count, "phys_cpu_sets is NULL");
	TRY_TWO(memory_region_count, emu_device_count, "memory_regions is NULL");
	TRY_TWO(emu_device_count, passthrough_device_count, "emu_devices is NULL");
	TRY_TWO(passthrough_device_count, passthrough_address_count, "passthrough_devices is NULL");
	TRY_TWO(passthrough_address_count, passthrough_port_count, "passthrough_addresses is NULL");
	TRY_TWO(passthrough_port_count, reserved_address_count, "passthrough_ports is NULL");
	TRY_TWO(reserved_address_count, disabled_path_count, "reserved_addresses is NULL");
}

int main(void)
{
	test(test_vm_sizes);
	test(test_longest);
	test(test_hostile_sizes);
	test(test_flags);
	test(test_reserved);
	test(test_null);
	test(test_limits);
	test(test_problem);
	test(test_first_problem);
	return done();
}
