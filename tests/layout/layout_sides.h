/* SPDX-License-Identifier: Apache-2.0 */
/* What is found of one VM: compared by code, number, and words of the text or of what to do. */
#ifndef LAYOUT_SIDES_H
#define LAYOUT_SIDES_H

#include "layout_sample.h"

#define HAS(what) AXVM_LAYOUT_HAS_##what
#define GIB UINT64_C(0x40000000)

static struct sample s;

/* So many findings of a code; the first of them contains these words. */
static inline void finds_code(axvm_finding_code code, size_t wanted, const char *words, const char *file,
		       int line)
{
	const axvm_finding *first = NULL;
	char what[128];
	size_t count = 0;

	tells_all = true;
	check_vms(&s.vm, 1);
	tells_all = false;
	for (size_t i = 0; i < finding_count && i < MAX_FINDINGS; i++) {
		if (findings[i].code != code)
			continue;
		if (count++ == 0)
			first = &findings[i];
	}
	snprintf(what, sizeof(what), "%s, %zu times", axvm_finding_code_name(code), wanted);
	if (!tap_check(count == wanted, file, line, what))
		tell_findings();
	if (first && words &&
	    !tap_check(strstr(first->text, words) || strstr(first->hint, words), file, line, words))
		tell_findings();
}

#define says(code, words) finds_code(AXVM_FINDING_##code, 1, words, __FILE__, __LINE__)
#define silent(code) finds_code(AXVM_FINDING_##code, 0, NULL, __FILE__, __LINE__)

/* A VM without devices and keys, of one region. */
static inline void init(axvm_model model, axvm_arch arch)
{
	sample_init(&s);
	s.vm.emu_device_count = s.vm.passthrough_device_count = s.vm.passthrough_address_count = 0;
	s.vm.memory_region_count = 1;
	s.vm.flags = HAS(KERNEL_PATH) | HAS(PHYS_CPU_IDS) | AXVM_LAYOUT_COMPLETE;
	s.vm.phys_cpu_set_count = 0;
	limits.model = model;
	limits.arch = arch;
}

static inline void give(axvm_gpa *address, uint64_t value, axvm_layout_flags flag)
{
	address->addr = value;
	s.vm.flags |= flag;
}

#define give_address(key, flag, value) give(&s.vm.key, value, HAS(flag))

static inline void set_protocol(axvm_boot_protocol protocol, bool enable_bios)
{
	s.vm.flags |= HAS(BOOT_PROTOCOL);
	s.vm.boot_protocol = protocol;
	if (enable_bios)
		s.vm.flags |= AXVM_LAYOUT_ENABLE_BIOS;
}

#endif
