/* SPDX-License-Identifier: Apache-2.0 */
/* Several VMs at once. */
#ifndef LAYOUT_VMS_H
#define LAYOUT_VMS_H

#include "layout_sample.h"

/* So many there are; so many of them are checked together. */
#define VMS 4
#define TOGETHER 3

__attribute__((__unused__)) static struct sample samples[VMS];
__attribute__((__unused__)) static axvm_layout_vm vms[VMS];

/* VMs with ids of their own, and of which nothing else is known. */
__attribute__((__unused__)) static void vms_init(void)
{
	for (size_t i = 0; i < VMS; i++) {
		sample_init(&samples[i]);
		vms[i] = (axvm_layout_vm){
			.size = sizeof(vms[i]),
			.id = i + 1,
			.interrupt_mode = AXVM_INTERRUPT_MODE_PASSTHROUGH,
			.phys_cpu_ids = samples[i].ids,
			.phys_cpu_sets = samples[i].sets,
			.memory_regions = samples[i].memory,
			.passthrough_devices = samples[i].passthrough,
			.passthrough_addresses = samples[i].addresses,
		};
	}
}

#define among(count, ...)                                                                          \
	do {                                                                                       \
		const struct wanted list[] = { __VA_ARGS__ };                                      \
                                                                                                   \
		check_found(vms, count, list, sizeof(list) / sizeof(list[0]), __FILE__, __LINE__); \
	} while (0)

#define among_nothing(count) check_found(vms, count, NULL, 0, __FILE__, __LINE__)

__attribute__((__unused__)) static void set_irqs(size_t vm, const uint64_t *irqs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t base = 0x10000000 * (vm + 1) + 0x1000 * i;

		set_passthrough(&samples[vm].passthrough[i], NULL, base, base, 0x1000, irqs[i]);
	}
	vms[vm].passthrough_device_count = count;
}

/* Three guests that keep out of each other's way. */
__attribute__((__unused__)) static void machine_init(void)
{
	static const char *const names[] = { "one", "two", "three" };

	for (size_t i = 0; i < TOGETHER; i++) {
		struct sample *s = &samples[i];
		uint64_t base = 0x100000 * i;

		sample_init(s);
		s->vm.id = i + 1;
		s->vm.name = names[i];
		s->ids[0] = 0x200 * i;
		s->ids[1] = 0x200 * i + 0x100;
		s->sets[0].bits = UINT64_C(1) << 2 * i;
		s->sets[1].bits = UINT64_C(2) << 2 * i;
		s->memory[1].gpa.addr += 0x1000000 * i;
		set_passthrough(&s->passthrough[0], "uart", 0x9000000 + base, 0x9000000 + base,
				0x1000, 33 + 10 * i);
		set_passthrough(&s->passthrough[1], "rtc", 0x9010000 + base, 0x9010000 + base,
				0x1000, 34 + 10 * i);
		s->addresses[0].base_gpa.addr += base;
	}
}

__attribute__((__unused__)) static void check_together(const struct wanted *wanted, size_t count,
						       int line)
{
	for (size_t i = 0; i < TOGETHER; i++)
		vms[i] = samples[i].vm;
	check_found(vms, TOGETHER, wanted, count, __FILE__, line);
}

#define together_nothing() check_together(NULL, 0, __LINE__)
#define together(...)                                                                              \
	do {                                                                                       \
		const struct wanted list[] = { __VA_ARGS__ };                                      \
                                                                                                   \
		check_together(list, sizeof(list) / sizeof(list[0]), __LINE__);                    \
	} while (0)

#endif
