/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/machine.h>

#include "proof.h"

void prove_axvm_machine_devices(void)
{
	axvm_model model = nondet_uint8();
	axvm_arch arch = nondet_uint8();
	uint64_t cpu_num = nondet_uint64();
	size_t i = nondet_size();
	axvm_machine_device out[AXVM_MACHINE_MAX_DEVICES];
	size_t count = axvm_machine_devices(model, arch, cpu_num, out, AXVM_MACHINE_MAX_DEVICES);

	PROVE(count <= AXVM_MACHINE_MAX_DEVICES);
	PROVE((count != 0) == (model >= AXVM_MODEL_0_7_3 && arch >= 1 && arch <= 4));
	ASSUME(i < count);
	PROVE(out[i].range.start.addr < out[i].range.end.addr);
	PROVE(i == 0 || out[i - 1].range.end.addr <= out[i].range.start.addr);
	REACHED(cpu_num > 64 && i == 2);
}

void prove_axvm_machine_auto_window(void)
{
	axvm_model model = nondet_uint8();
	axvm_arch arch = nondet_uint8();
	uint64_t start = nondet_uint64(), end = nondet_uint64();
	axvm_gpa_range window = { { start }, { end } };
	bool has = axvm_machine_auto_window(model, arch, &window);

	PROVE(has == (model >= AXVM_MODEL_0_7_3 && arch >= 1 && arch <= 4));
	PROVE(has ? window.start.addr < window.end.addr
		  : window.start.addr == start && window.end.addr == end);
	REACHED(has);
}
