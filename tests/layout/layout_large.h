/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of more than 2^16 entries, for a VM each, and as many VMs. */
#ifndef LAYOUT_LARGE_H
#define LAYOUT_LARGE_H

#include <stdlib.h>

#include <axvm/layout.h>

#include "tap.h"

#define MANY 66000
#define LAST (MANY - 1)
#define KEPT 16
#define PAGE UINT64_C(0x1000)

static axvm_mem_config memory[MANY];
static axvm_emulated_device_config emulated[MANY];
static axvm_passthrough_device_config passthrough[MANY];
static axvm_passthrough_address_config addresses[MANY];
static axvm_passthrough_port_config ports[MANY];
static axvm_reserved_address_config reserved[MANY];
static axvm_hpa_range host[MANY];
static const char *paths[MANY];
static char names[MANY][32];
static uint64_t ids[MANY];
static axvm_vcpu_set sets[MANY];
static axvm_layout_vm vm, *vms;
static axvm_layout_limits limits;

/* The first findings of a code, and how many there were of it, and of others. */
static axvm_finding kept[KEPT];
static axvm_finding_code wanted_code;
static size_t kept_count, other_count;
static axvm_finding_code other_code;

static inline bool keep(const axvm_finding *finding, void *ctx)
{
	(void)ctx;
	if (finding->code != wanted_code) {
		other_code = finding->code;
		other_count++;
	} else if (kept_count++ < KEPT) {
		kept[kept_count - 1] = *finding;
	}
	return true;
}

static inline void init(void)
{
	static const axvm_layout_vm none = AXVM_LAYOUT_VM_INIT;
	static const axvm_layout_limits unknown = AXVM_LAYOUT_LIMITS_INIT;

	vm = none;
	limits = unknown;
	for (size_t i = 0; i < MANY; i++) {
		axvm_mem_config_init(&memory[i]);
		memory[i].gpa = axvm_gpa_new((uint64_t)i << 20);
		memory[i].size = PAGE;
		axvm_emulated_device_config_init(&emulated[i]);
		emulated[i].base_gpa = axvm_gpa_new(((uint64_t)i << 20) + 2 * PAGE);
		emulated[i].length = PAGE;
		emulated[i].emu_type = AXVM_EMULATED_DEVICE_GPPT_DISTRIBUTOR;
		axvm_passthrough_device_config_init(&passthrough[i]);
		passthrough[i].base_gpa = axvm_gpa_new(((uint64_t)i << 20) + 4 * PAGE);
		passthrough[i].base_hpa = axvm_hpa_new(((uint64_t)i << 20) + 4 * PAGE);
		passthrough[i].length = PAGE;
		addresses[i].base_gpa = axvm_gpa_new(((uint64_t)i << 20) + 6 * PAGE);
		addresses[i].length = PAGE;
		reserved[i].base_gpa = axvm_gpa_new(((uint64_t)i << 20) + 8 * PAGE);
		reserved[i].length = PAGE;
		host[i] = axvm_hpa_range_from_start_size(axvm_hpa_new((uint64_t)i << 20), 2 * PAGE);
		snprintf(names[i], sizeof(names[i]), "/soc/d@%05zu", i);
		paths[i] = names[i];
		ids[i] = i;
		sets[i].bits = (i << 1) | 1;
	}
	vm.memory_regions = memory;
	vm.emu_devices = emulated;
	vm.passthrough_devices = passthrough;
	vm.passthrough_addresses = addresses;
	vm.passthrough_ports = ports;
	vm.reserved_addresses = reserved;
	vm.disabled_paths = paths;
	vm.phys_cpu_ids = ids;
	vm.phys_cpu_sets = sets;
}

/* What is found of a code: so many findings, and none of another code. */
static inline void found(const axvm_layout_vm *of, size_t count, axvm_finding_code code, size_t wanted,
		  const char *what)
{
	wanted_code = code;
	kept_count = other_count = 0;
	memset(kept, 0, sizeof(kept));
	eq_int(axvm_layout_check(of, count, &limits, keep, NULL, NULL, 0), AXVM_OK, what);
	eq_uint(kept_count, wanted, what);
	eq_uint(other_count, 0, what);
	if (other_count != 0)
		printf("# also %s\n", axvm_finding_code_name(other_code));
}

static inline void is_between(size_t i, axvm_layout_table table, size_t a, size_t b, const char *what)
{
	eq_str(axvm_layout_table_name(kept[i].a.table), axvm_layout_table_name(table), what);
	eq_uint(kept[i].a.index, a, what);
	if (b == 0)
		return;
	eq_str(axvm_layout_table_name(kept[i].b.table), axvm_layout_table_name(table), what);
	eq_uint(kept[i].b.index, b, what);
}

/* As many VMs, of which nothing is known but what a test sets. */
static inline bool init_vms(void)
{
	init();
	vms = malloc(MANY * sizeof(*vms));
	for (size_t i = 0; vms && i < MANY; i++) {
		axvm_layout_vm_init(&vms[i]);
		vms[i].id = i + 1;
		vms[i].name = names[i];
	}
	return ok(vms != NULL, "memory");
}

#endif
