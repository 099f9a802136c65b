/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of src/layout/rules/machine-conflict.c. */
#include "layout_direct.h"
#include "layout_sample.h"

#include <axvm/machine.h>

/* Each device of each architecture: its first and its last byte, and the bytes around it. */
static void test_machine_devices(void)
{
	axvm_machine_device devices[AXVM_MACHINE_MAX_DEVICES];

	each_row(a, archs) {
		bool by_tree = a < 2;
		size_t count = axvm_machine_devices(AXVM_MODEL_0_7_3, archs[a], 2, devices,
						    AXVM_MACHINE_MAX_DEVICES);

		for (size_t i = 0; i < count; i++) {
			axvm_gpa_range device = devices[i].range, page = device;
			bool is_apic = device.start.addr == 0xfee00000;

			new_init(archs[a]);
			ok(axvm_gpa_range_page_expand(device, 0x1000, &page), "pages");
			s.vm.memory_region_count = 2;
			set_memory(&s.memory[1], page.start.addr - 0x1000, 0x1000, RESERVED);
			finds_nothing(&s);
			s.memory[1].gpa.addr = page.end.addr;
			finds_nothing(&s);
			s.memory[1].gpa.addr = page.end.addr - 0x1000;
			if (is_apic)
				continue;
			finds(&s,
			      { AXVM_FINDING_MACHINE_CONFLICT, by_tree ? WARNING : ERROR, 0,
				GUEST(MEMORY_REGIONS, 1, page.end.addr - 0x1000, page.end.addr),
				GUEST(MACHINE, (uint32_t)i, device.start.addr, device.end.addr) });
			eq_str(findings[0].b.name, devices[i].name, "its name");
			/* As configured: the true place of this type is nobody's business. */
			set_memory(&s.memory[1], page.start.addr, 0x1000, IDENTICAL);
			finds(&s,
			      { AXVM_FINDING_MACHINE_CONFLICT, by_tree ? WARNING : ERROR, 0,
				GUEST(MEMORY_REGIONS, 1, page.start.addr, page.start.addr + 0x1000),
				GUEST(MACHINE, (uint32_t)i, device.start.addr, device.end.addr) });
		}
	}
}

/* A region is reported once, however many devices it overlaps; each vCPU has a redistributor. */
static void test_machine_once(void)
{
	new_init(AXVM_ARCH_X86_64);
	set_memory(&s.memory[1], 0xc0000000, 0x3ec01000, ALLOC);
	s.vm.memory_region_count = 2;
	finds(&s, { AXVM_FINDING_MACHINE_CONFLICT, ERROR, 0,
		    GUEST(MEMORY_REGIONS, 1, 0xc0000000, 0xfec01000),
		    GUEST(MACHINE, 0, 0xc0000000, 0xd0000000) });
	new_init(AXVM_ARCH_AARCH64);
	set_memory(&s.memory[1], 0x80e0000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
	s.vm.cpu_num = 3;
	s.ids[2] = 0x200;
	s.vm.phys_cpu_id_count = 3;
	finds(&s, { AXVM_FINDING_MACHINE_CONFLICT, WARNING, 0,
		    GUEST(MEMORY_REGIONS, 1, 0x80e0000, 0x80e1000),
		    GUEST(MACHINE, 1, 0x80a0000, 0x8100000) });
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds_nothing(&s);
	new_init(AXVM_ARCH_X86_64);
	limits.model = AXVM_MODEL_0_7;
	set_memory(&s.memory[1], 0xc0000000, 0x1000, ALLOC);
	s.vm.memory_region_count = 2;
	finds_nothing(&s);
}

/* No room for virtual devices, where some need it. */
static void test_machine_window(void)
{
	axvm_gpa_range window;

	each_row(a, archs) {
		uint64_t middle;

		new_init(archs[a]);
		ok(axvm_machine_auto_window(AXVM_MODEL_0_7_3, archs[a], &window), "a window");
		middle = window.start.addr + 0x10000;
		/* In two parts, the upper one first. */
		set_memory(&s.memory[1], middle, window.end.addr - middle, RESERVED);
		set_memory(&s.memory[2], window.start.addr, 0x10000, IDENTICAL);
		s.vm.memory_region_count = 3;
		finds_nothing(&s);
		s.vm.auto_device_count = 1;
		finds(&s, { AXVM_FINDING_MACHINE_CONFLICT, ERROR, window.start.addr,
			    ENTRY(MEMORY_REGIONS, WHOLE), NOBODY });
		/* A page is left: at the start, between them, at the end. */
		s.memory[2].gpa.addr += 0x1000;
		s.memory[2].size -= 0x1000;
		finds_nothing(&s);
		set_memory(&s.memory[2], window.start.addr, 0xf000, IDENTICAL);
		finds_nothing(&s);
		set_memory(&s.memory[2], window.start.addr, 0x10000, IDENTICAL);
		s.memory[1].size -= 0x1000;
		finds_nothing(&s);
	}
	/* Another architecture may have its window elsewhere. */
	s.memory[1].size += 0x1000;
	limits.arch = AXVM_ARCH_UNKNOWN;
	finds_nothing(&s);
}

/* A region without bytes fills nothing, and one within another takes nothing from that. */
static void test_machine_window_odd(void)
{
	const uint64_t start = 0x11000000, end = 0x20000000;

	new_init(AXVM_ARCH_RISCV64);
	s.vm.auto_device_count = 1;
	set_memory(&s.memory[1], start + 0x1000, end - start - 0x1000, ALLOC);
	set_memory(&s.memory[2], start, 0, ALLOC);
	s.vm.memory_region_count = 3;
	finds(&s, { AXVM_FINDING_MEMORY_EMPTY, ERROR, 0, GUEST(MEMORY_REGIONS, 2, start, start),
		    NOBODY });
	set_memory(&s.memory[1], start, end - start, ALLOC);
	set_memory(&s.memory[2], start + 0x1000, 0x1000, ALLOC);
	finds(&s,
	      { AXVM_FINDING_MEMORY_OVERLAP, ERROR, 0, GUEST(MEMORY_REGIONS, 1, start, end),
		GUEST(MEMORY_REGIONS, 2, start + 0x1000, start + 0x2000) },
	      { AXVM_FINDING_MACHINE_CONFLICT, ERROR, start, ENTRY(MEMORY_REGIONS, WHOLE),
		NOBODY });
	/* One that goes on past 4 GiB. */
	s.vm.memory_region_count = 2;
	set_memory(&s.memory[1], start, 0x100000000, ALLOC);
	finds(&s, { AXVM_FINDING_MACHINE_CONFLICT, ERROR, start, ENTRY(MEMORY_REGIONS, WHOLE),
		    NOBODY });
}

static void test_seen(void)
{
	all_seen(AXVM_FINDING_MACHINE_CONFLICT, AXVM_FINDING_MACHINE_CONFLICT);
}

int main(void)
{
	test(test_machine_devices);
	test(test_machine_once);
	test(test_machine_window);
	test(test_machine_window_odd);
	test(test_seen);
	return done();
}
