/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The flush of backend aarch64-tlbi on an AArch64 processor, at EL2.
 *
 * A guest at EL1 reads through stage 2. The leaf is changed under it: the guest
 * goes on to read the old page, until the flush.
 */
#define UART 0x09000000
#include <axvm/tlb.h>

#include "bare.h"

#define WORD_A 0xaaaaaaaa11111111
#define WORD_B 0xbbbbbbbb22222222

#define TLBI_VMALLS12E1IS 0xd50c83df
#define TLBI_IPAS2E1IS 0xd50c8020
#define TLBI_RT(insn) ((insn)&31)

/* Interrupts masked; the level with its own stack pointer. */
enum { MODE_EL0 = 0x3c0, MODE_EL1 = 0x3c5, MODE_EL2 = 0x3c9 };
/* Exception class and the bit that marks a 32-bit instruction. */
#define UNKNOWN_INSTRUCTION 0x02000000

#define HCR_VM (UINT64_C(1) << 0)
#define HCR_TGE (UINT64_C(1) << 27)
#define HCR_RW (UINT64_C(1) << 31)
/* 39 bits of address from level 1 on, pages of 4 KiB. */
#define T0SZ_39 25
#define VTCR_SL0_LEVEL1 (UINT64_C(1) << 6)
#define VTCR_PS_40 (UINT64_C(2) << 16)
#define VTCR_RES1 (UINT64_C(1) << 31)
#define TCR_EPD1 (UINT64_C(1) << 23)
#define VMID_7 (UINT64_C(7) << 48)

#define DESC_BLOCK 1
#define DESC_TABLE 3
#define DESC_PAGE 3
#define DESC_AF (UINT64_C(1) << 10)
/* Normal memory, readable and writable; the guest's own stage has it at 0. */
#define STAGE2_MEMORY (UINT64_C(0xf) << 2 | UINT64_C(3) << 6 | DESC_AF)
#define STAGE1_MEMORY DESC_AF

#define sysreg_read(reg)                                                                           \
	__extension__({                                                                            \
		uint64_t value;                                                                    \
		__asm__ __volatile__("mrs %0, " reg : "=r"(value));                                \
		value;                                                                             \
	})
#define sysreg_write(reg, value)                                                                   \
	__asm__ __volatile__("msr " reg ", %0\n\tisb" : : "r"((uint64_t)(value)) : "memory")

struct ending ended;

typedef uint64_t table[512] __attribute__((aligned(4096)));

static table page_a = { WORD_A };
static table page_b = { WORD_B };
/* Levels 1 to 3 of the hypervisor's stage. */
static table stage2[3];
/* Levels 1 and 2 of the guest's stage, and two tables to be level 3. */
static table stage1[2];
static table stage1_to_a;
static table stage1_to_b;

/* In gigabyte 2 of stage 2, as page 3: RAM, with this image, is gigabyte 1. */
#define GUEST_ADDR UINT64_C(0x80003000)
/* Page 0 of gigabyte 4, of the guest's stage. */
#define GUEST_VIRT UINT64_C(0x100000000)

void unexpected_trap(uintptr_t cause, uintptr_t pc);
void main(void);

void unexpected_trap(uintptr_t cause, uintptr_t pc)
{
	put_str("Bail out! unexpected trap, ESR ");
	put_hex(cause);
	put_str(" at ");
	put_hex(pc);
	put_str("\n");
}

/* Guest RAM as it is, and the page at GUEST_ADDR; returns the leaf of that. */
static volatile uint64_t *map_stage2(const void *page)
{
	stage2[0][1] = 0x40000000 | STAGE2_MEMORY | DESC_BLOCK;
	stage2[0][2] = (uintptr_t)stage2[1] | DESC_TABLE;
	stage2[1][0] = (uintptr_t)stage2[2] | DESC_TABLE;
	stage2[2][3] = (uintptr_t)page | STAGE2_MEMORY | DESC_PAGE;
	return &stage2[2][3];
}

/* Guest RAM as it is, and GUEST_VIRT by a table of level 3 that is at GUEST_ADDR. */
static void map_stage1(void)
{
	stage1[0][1] = 0x40000000 | STAGE1_MEMORY | DESC_BLOCK;
	stage1[0][4] = (uintptr_t)stage1[1] | DESC_TABLE;
	stage1[1][0] = GUEST_ADDR | DESC_TABLE;
	stage1_to_a[0] = (uintptr_t)page_a | STAGE1_MEMORY | DESC_PAGE;
	stage1_to_b[0] = (uintptr_t)page_b | STAGE1_MEMORY | DESC_PAGE;
}

/* By instructions of its own: what is tested must not be what cleans up for the test. */
static void start_guest(uint64_t sctlr)
{
	sysreg_write("vtcr_el2", VTCR_RES1 | VTCR_PS_40 | VTCR_SL0_LEVEL1 | T0SZ_39);
	sysreg_write("vttbr_el2", VMID_7 | (uintptr_t)stage2);
	sysreg_write("tcr_el1", TCR_EPD1 | T0SZ_39);
	sysreg_write("ttbr0_el1", (uintptr_t)stage1);
	/* Memory of attribute index 0 is normal memory. */
	sysreg_write("mair_el1", 0xff);
	sysreg_write("sctlr_el1", sctlr);
	sysreg_write("hcr_el2", HCR_RW | HCR_VM);
	__asm__ __volatile__("dsb ish\n\ttlbi alle1\n\tdsb ish\n\tisb" : : : "memory");
}

static void stop_guest(uint64_t hcr)
{
	sysreg_write("sctlr_el1", 0);
	sysreg_write("hcr_el2", HCR_RW | hcr);
}

static uintptr_t load(uintptr_t addr)
{
	return *(volatile uint64_t *)addr;
}

/* What the guest reads there, or why it cannot. */
static uint64_t guest_word(uint64_t addr)
{
	return run_in(MODE_EL1, load, addr) ? ended.regs[0] : ended.cause;
}

static const axvm_gpa *flush_addr;

static uintptr_t flush_stage2(uintptr_t unused)
{
	(void)unused;
	return (uintptr_t)axvm_gpa_flush_stage2(flush_addr);
}

/* Moves the page at GUEST_ADDR, and reads at addr, which that leads to A and then to B. */
static void move_flushes(uint64_t sctlr, const void *page, const void *new_page, uint64_t addr,
			 const axvm_gpa *flushed)
{
	volatile uint64_t *leaf = map_stage2(page);

	map_stage1();
	start_guest(sctlr);
	eq(guest_word(addr), WORD_A, "the guest reads page A");
	*leaf = (uintptr_t)new_page | STAGE2_MEMORY | DESC_PAGE;
	__asm__ __volatile__("dsb ish" : : : "memory");
	eq(guest_word(addr), WORD_A, "with page B in the table as well: it is stale");
	flush_addr = flushed;
	ok(run_in(MODE_EL2, flush_stage2, 0), "the flush returns");
	flush_addr = NULL;
	eq(ended.regs[0], AXVM_OK, "the flush is AXVM_OK");
	eq(guest_word(addr), WORD_B, "after the flush the guest reads page B");
	stop_guest(0);
}

static void flush_stage2_of_all(void)
{
	move_flushes(0, page_a, page_b, GUEST_ADDR, NULL);
}

static void flush_stage2_of_an_address(void)
{
	axvm_gpa addr = axvm_gpa_new(GUEST_ADDR);

	move_flushes(0, page_a, page_b, GUEST_ADDR, &addr);
}

static void flush_stage2_of_an_address_within_the_page(void)
{
	axvm_gpa addr = axvm_gpa_new(GUEST_ADDR + 0xfff);

	move_flushes(0, page_a, page_b, GUEST_ADDR, &addr);
}

/*
 * The page that moves is a table of the guest's: held by stage 2 for the walk, and
 * by both stages for where the walk came out. Either alone leaves a stale one.
 */
static void flush_stage2_of_all_under_a_guest_table(void)
{
	move_flushes(1, stage1_to_a, stage1_to_b, GUEST_VIRT, NULL);
}

static void flush_stage2_of_an_address_under_a_guest_table(void)
{
	axvm_gpa addr = axvm_gpa_new(GUEST_ADDR);

	move_flushes(1, stage1_to_a, stage1_to_b, GUEST_VIRT, &addr);
}

static void flush_tlb_is_unsupported(void)
{
	axvm_gpa addr = axvm_gpa_new(GUEST_ADDR);

	eq((uint64_t)axvm_gpa_flush_tlb(NULL), AXVM_ERROR_UNSUPPORTED, "of all");
	eq((uint64_t)axvm_gpa_flush_tlb(&addr), AXVM_ERROR_UNSUPPORTED, "of an address");
}

static void flush_traps(unsigned int mode, const axvm_gpa *addr)
{
	uint32_t insn;

	flush_addr = addr;
	ok(!run_in(mode, flush_stage2, 0), "the flush traps");
	flush_addr = NULL;
	eq(ended.cause, UNKNOWN_INSTRUCTION, "it is an undefined instruction");
	insn = *(const uint32_t *)ended.pc;
	if (!addr) {
		eq(insn, TLBI_VMALLS12E1IS, "it was the flush of all");
		return;
	}
	eq(insn, TLBI_IPAS2E1IS | TLBI_RT(insn), "it was the flush of an address");
	eq(ended.regs[TLBI_RT(insn)], addr->addr >> 12 & 0xffffffffff, "the page in bits 0 to 39");
}

static void flushes_trap(unsigned int mode)
{
	static const axvm_gpa addrs[] = { AXVM_GPA_INIT(0), AXVM_GPA_INIT(GUEST_ADDR),
					  AXVM_GPA_INIT(0xffffffffff000),
					  AXVM_GPA_INIT(UINT64_MAX) };

	flush_traps(mode, NULL);
	for (size_t i = 0; i < sizeof(addrs) / sizeof(addrs[0]); i++)
		flush_traps(mode, &addrs[i]);
}

static void traps_in_el1(void)
{
	stop_guest(0);
	flushes_trap(MODE_EL1);
}

static void traps_in_el0(void)
{
	stop_guest(HCR_TGE);
	flushes_trap(MODE_EL0);
	stop_guest(0);
}

static void machine_is_the_wanted_one(void)
{
	eq(sysreg_read("CurrentEL"), 2 << 2, "it booted at EL2");
}

void main(void)
{
	test(machine_is_the_wanted_one);
	test(traps_in_el0);
	test(traps_in_el1);
	test(flush_tlb_is_unsupported);
	test(flush_stage2_of_all);
	test(flush_stage2_of_an_address);
	test(flush_stage2_of_an_address_within_the_page);
	test(flush_stage2_of_all_under_a_guest_table);
	test(flush_stage2_of_an_address_under_a_guest_table);
	done();
}
