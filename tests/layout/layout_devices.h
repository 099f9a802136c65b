/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of devices to fill. */
#ifndef LAYOUT_DEVICES_H
#define LAYOUT_DEVICES_H

#include "layout_sample.h"

__attribute__((__unused__)) static struct sample s;

/* The only emulated device of the sample. */
__attribute__((__unused__)) static void only(uint64_t base, uint64_t length,
					     axvm_emulated_device_type type)
{
	sample_init_devices(&s);
	set_emulated(&s.emulated[0], "x", base, length, type);
	s.vm.emu_device_count = 1;
}

/* Tables without a device. */
__attribute__((__unused__)) static void no_devices(void)
{
	sample_init_devices(&s);
	s.vm.emu_device_count = s.vm.passthrough_device_count = s.vm.passthrough_address_count = 0;
}

__attribute__((__unused__)) static void add_passthrough(uint64_t base, uint64_t host,
							uint64_t length)
{
	set_passthrough(&s.passthrough[s.vm.passthrough_device_count++], NULL, base, host, length,
			0);
}

__attribute__((__unused__)) static void add_address(uint64_t base, uint64_t length)
{
	set_address(&s.addresses[s.vm.passthrough_address_count++], base, length);
}

#endif
