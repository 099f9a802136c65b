/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The flush of backend riscv-hfence on a RISC-V hart, 64-bit or 32-bit, with the
 * hypervisor extension (WITH_H is 1) or without it (0).
 *
 * A load through a guest's page table, by hlv in HS mode, leaves a translation in
 * the TLB. The leaf is changed under it: the load goes on to return the old page,
 * until the flush.
 */
#define UART 0x10000000
#include <axvm/tlb.h>

#include "bare.h"

#if __riscv_xlen == 64
#define LEVELS 3
#define INDEX_BITS 9
/* Sv39 in vsatp, Sv39x4 in hgatp. */
#define MODE_PAGED (UINT64_C(8) << 60)
#define WORD_A 0xaaaaaaaa11111111
#define WORD_B 0xbbbbbbbb22222222
#define HLV ".insn r 0x73, 4, 0x36, %0, %1, x0"
#else
#define LEVELS 2
#define INDEX_BITS 10
/* Sv32 and Sv32x4. */
#define MODE_PAGED (UINT32_C(1) << 31)
#define WORD_A 0xaaaa1111
#define WORD_B 0xbbbb2222
#define HLV ".insn r 0x73, 4, 0x34, %0, %1, x0"
#endif

#define HFENCE_VVMA 0x22000073
#define HFENCE_GVMA 0x62000073
#define RS1(insn) ((insn) >> 15 & 31)

/* riscv.S knows them: bit 0 is S or U, bit 2 a guest's. */
enum { MODE_U = 0, MODE_HS = 1, MODE_M = 3, MODE_VU = 4, MODE_VS = 5 };
enum { ILLEGAL_INSTRUCTION = 2, VIRTUAL_INSTRUCTION = 22 };

/* By number: assemblers of our age know the names only with the H extension on. */
#define HSTATUS "0x600"
#define HGATP "0x680"
#define VSATP "0x280"
#define HSTATUS_SPVP 0x100
#define MSTATUS_TVM 0x100000

#define csr_read(csr)                                                                              \
	__extension__({                                                                            \
		uintptr_t value;                                                                   \
		__asm__ __volatile__("csrr %0, " csr : "=r"(value));                               \
		value;                                                                             \
	})
#define csr_write(csr, value) __asm__ __volatile__("csrw " csr ", %0" : : "r"(value) : "memory")
#define csr_set(csr, bits) __asm__ __volatile__("csrs " csr ", %0" : : "r"(bits) : "memory")
#define csr_clear(csr, bits) __asm__ __volatile__("csrc " csr ", %0" : : "r"(bits) : "memory")

/* Accessed, dirty, executable, writable, readable, valid; for the guest stage a user's page too. */
#define LEAF 0xcf
#define LEAF_USER 0xdf
#define POINTER 0x01

struct ending ended;

static uintptr_t page_a[1024] __attribute__((aligned(4096))) = { WORD_A };
static uintptr_t page_b[1024] __attribute__((aligned(4096))) = { WORD_B };

/* A stage of translation: the root of the guest stage has four pages, the others one. */
struct stage {
	uintptr_t root[4][4096 / sizeof(uintptr_t)];
	uintptr_t below[LEVELS - 1][4096 / sizeof(uintptr_t)];
};
static struct stage vs_stage __attribute__((aligned(16384)));
static struct stage g_stage __attribute__((aligned(16384)));

/* Where the image is; an entry of a root table covers all of it. */
#define IMAGE ((uintptr_t)0x80000000)
/* A page that shares no entry of a root table with the image. */
#define GUEST_ADDR ((uintptr_t)0x40003000)

void unexpected_trap(uintptr_t cause, uintptr_t pc);
void main(void);

void unexpected_trap(uintptr_t cause, uintptr_t pc)
{
	put_str("Bail out! unexpected trap, cause ");
	put_hex(cause);
	put_str(" at ");
	put_hex(pc);
	put_str("\n");
}

static uintptr_t pte(const void *page, uintptr_t bits)
{
	return (uintptr_t)page >> 12 << 10 | bits;
}

/* Maps addr, and nothing else, and returns its leaf. */
static volatile uintptr_t *map(struct stage *stage, uintptr_t addr, const void *page,
			       uintptr_t bits)
{
	uintptr_t *table = stage->root[0];

	for (unsigned int level = LEVELS - 1;; level--) {
		uintptr_t *entry =
			&table[addr >> (12 + level * INDEX_BITS) & ((1u << INDEX_BITS) - 1)];

		if (level == 0) {
			*entry = pte(page, bits);
			return entry;
		}
		table = stage->below[level - 1];
		*entry = pte(table, POINTER);
	}
}

static uintptr_t paged_by(const struct stage *stage)
{
	return MODE_PAGED | (uintptr_t)stage >> 12;
}

/* By fences of its own: what is tested must not be what cleans up for the test. */
static void set_stages(uintptr_t vsatp, uintptr_t hgatp)
{
	csr_write(VSATP, vsatp);
	csr_write(HGATP, hgatp);
	csr_write(HSTATUS, HSTATUS_SPVP);
	__asm__ __volatile__(".insn r 0x73, 0, 0x31, x0, x0, x0\n\t"
			     ".insn r 0x73, 0, 0x11, x0, x0, x0"
			     :
			     :
			     : "memory");
}

static uintptr_t hlv(uintptr_t addr)
{
	uintptr_t value;

	__asm__ __volatile__(HLV : "=r"(value) : "r"(addr) : "memory");
	return value;
}

static const axvm_gpa *flush_addr;

static uintptr_t flush_tlb(uintptr_t unused)
{
	(void)unused;
	return (uintptr_t)axvm_gpa_flush_tlb(flush_addr);
}

static uintptr_t flush_stage2(uintptr_t unused)
{
	(void)unused;
	return (uintptr_t)axvm_gpa_flush_stage2(flush_addr);
}

/* A leaf that moves from page A to page B, and what the guest reads meanwhile. */
static struct move {
	volatile uintptr_t *leaf;
	uintptr_t bits;
	function *flush;
	uintptr_t word, stale_word, result, new_word;
} move;

/* In one go at one privilege: QEMU drops translations when that changes. */
static uintptr_t run_move(uintptr_t addr)
{
	*move.leaf = pte(page_a, move.bits);
	move.word = hlv(addr);
	*move.leaf = pte(page_b, move.bits);
	move.stale_word = hlv(addr);
	move.result = move.flush(0);
	move.new_word = hlv(addr);
	return 0;
}

static void move_flushes(unsigned int mode, const axvm_gpa *addr)
{
	flush_addr = addr;
	ok(run_in(mode, run_move, GUEST_ADDR), "nothing traps");
	flush_addr = NULL;
	eq(move.word, (uintptr_t)WORD_A, "the guest reads page A");
	eq(move.stale_word, (uintptr_t)WORD_A, "with page B in the table as well: it is stale");
	eq(move.result, AXVM_OK, "the flush is AXVM_OK");
	eq(move.new_word, (uintptr_t)WORD_B, "after the flush the guest reads page B");
}

static void flush_tlb_moves(unsigned int mode, const axvm_gpa *addr)
{
	set_stages(paged_by(&vs_stage), 0);
	move = (struct move){ .leaf = map(&vs_stage, GUEST_ADDR, page_a, LEAF),
			      .bits = LEAF,
			      .flush = flush_tlb };
	move_flushes(mode, addr);
	set_stages(0, 0);
}

static void flush_tlb_of_all_in_hs_mode(void)
{
	flush_tlb_moves(MODE_HS, NULL);
}

static void flush_tlb_of_all_in_m_mode(void)
{
	flush_tlb_moves(MODE_M, NULL);
}

static void flush_tlb_of_an_address(void)
{
	axvm_gpa addr = axvm_gpa_new(GUEST_ADDR);

	flush_tlb_moves(MODE_HS, &addr);
}

/* The model flushes everything, whatever the address. */
static void flush_tlb_of_another_address(void)
{
	axvm_gpa addr = axvm_gpa_new(0);

	flush_tlb_moves(MODE_HS, &addr);
}

static void flush_stage2_moves(unsigned int mode, uintptr_t vsatp, const axvm_gpa *addr)
{
	set_stages(vsatp, paged_by(&g_stage));
	move = (struct move){ .leaf = map(&g_stage, GUEST_ADDR, page_a, LEAF_USER),
			      .bits = LEAF_USER,
			      .flush = flush_stage2 };
	move_flushes(mode, addr);
	set_stages(0, 0);
}

static void flush_stage2_of_all_in_hs_mode(void)
{
	flush_stage2_moves(MODE_HS, 0, NULL);
}

static void flush_stage2_of_all_in_m_mode(void)
{
	flush_stage2_moves(MODE_M, 0, NULL);
}

static void flush_stage2_of_an_address(void)
{
	axvm_gpa addr = axvm_gpa_new(GUEST_ADDR);

	flush_stage2_moves(MODE_HS, 0, &addr);
}

/* The guest's own table leads to GUEST_ADDR, and is in guest memory itself. */
static uintptr_t guest_table(void)
{
	uintptr_t *root = g_stage.root[0];

	root[IMAGE >> (12 + (LEVELS - 1) * INDEX_BITS)] = pte((const void *)IMAGE, LEAF_USER);
	map(&vs_stage, GUEST_ADDR, (const void *)GUEST_ADDR, LEAF);
	return paged_by(&vs_stage);
}

static void flush_stage2_of_all_under_a_guest_table(void)
{
	flush_stage2_moves(MODE_HS, guest_table(), NULL);
}

static void flush_stage2_of_an_address_under_a_guest_table(void)
{
	axvm_gpa addr = axvm_gpa_new(GUEST_ADDR);

	flush_stage2_moves(MODE_HS, guest_table(), &addr);
}

/* The instruction that trapped: parcels of 16 bits, as it may be at any even address. */
static uint32_t trapped_insn(void)
{
	const uint16_t *parcel = (const uint16_t *)ended.pc;

	return (uint32_t)parcel[1] << 16 | parcel[0];
}

/* It is the fence itself that traps, and not otherwise than by one of two causes. */
static void fence_traps(unsigned int mode, function *flush, const axvm_gpa *addr, uint32_t fence,
			uintptr_t cause, uintptr_t or_cause)
{
	uint32_t rs1;

	flush_addr = addr;
	ok(!run_in(mode, flush, 0), "the flush traps");
	flush_addr = NULL;
	if (ended.cause != or_cause)
		eq(ended.cause, cause, "the cause");
	rs1 = RS1(trapped_insn());
	eq(trapped_insn(), fence | rs1 << 15, "it was the fence");
	if (!addr || fence == HFENCE_VVMA) {
		eq(rs1, 0, "of all addresses");
		return;
	}
	ok(rs1 != 0, "of an address");
	eq(ended.regs[rs1], (uintptr_t)(addr->addr >> 2), "the address, shifted right by 2");
}

static void stage2_fences_trap(unsigned int mode, uintptr_t cause, uintptr_t or_cause)
{
	/* The last page of Sv32x4 and that of Sv39x4 are among them. */
	static const axvm_gpa addrs[] = { AXVM_GPA_INIT(0), AXVM_GPA_INIT(GUEST_ADDR),
					  AXVM_GPA_INIT(0x3fffff000),
					  AXVM_GPA_INIT(0x1fffffff000) };

	fence_traps(mode, flush_stage2, NULL, HFENCE_GVMA, cause, or_cause);
	for (size_t i = 0; i < sizeof(addrs) / sizeof(addrs[0]); i++)
		fence_traps(mode, flush_stage2, &addrs[i], HFENCE_GVMA, cause, or_cause);
}

static void fences_trap(unsigned int mode, uintptr_t cause, uintptr_t or_cause)
{
	axvm_gpa addr = axvm_gpa_new(GUEST_ADDR);

	fence_traps(mode, flush_tlb, NULL, HFENCE_VVMA, cause, or_cause);
	fence_traps(mode, flush_tlb, &addr, HFENCE_VVMA, cause, or_cause);
	stage2_fences_trap(mode, cause, or_cause);
}

static void traps_in_u_mode(void)
{
	fences_trap(MODE_U, ILLEGAL_INSTRUCTION, ILLEGAL_INSTRUCTION);
}

static void machine_is_the_wanted_one(void)
{
	eq(csr_read("misa") >> ('H' - 'A') & 1, WITH_H,
	   "misa has the hypervisor extension, or not");
}

static void traps_in_vs_mode(void)
{
	fences_trap(MODE_VS, VIRTUAL_INSTRUCTION, VIRTUAL_INSTRUCTION);
}

/* The architecture has a virtual instruction trap here; QEMU 7.2 takes the other. */
static void traps_in_vu_mode(void)
{
	fences_trap(MODE_VU, VIRTUAL_INSTRUCTION, ILLEGAL_INSTRUCTION);
}

/* With TVM, M mode keeps the guest stage from HS mode, but not the guest's own. */
static void stage2_traps_in_hs_mode_under_tvm(void)
{
	csr_set("mstatus", MSTATUS_TVM);
	stage2_fences_trap(MODE_HS, ILLEGAL_INSTRUCTION, ILLEGAL_INSTRUCTION);
	ok(run_in(MODE_HS, flush_tlb, 0), "the other flush returns");
	ok(run_in(MODE_M, flush_stage2, 0), "M mode may do both");
	csr_clear("mstatus", MSTATUS_TVM);
}

/* Without the extension the modes HS and S are one. */
static void traps_in_s_mode(void)
{
	fences_trap(MODE_HS, ILLEGAL_INSTRUCTION, ILLEGAL_INSTRUCTION);
}

static void traps_in_m_mode(void)
{
	fences_trap(MODE_M, ILLEGAL_INSTRUCTION, ILLEGAL_INSTRUCTION);
}

void main(void)
{
	test(machine_is_the_wanted_one);
	test(traps_in_u_mode);
	if (WITH_H) {
		test(traps_in_vs_mode);
		test(traps_in_vu_mode);
		test(stage2_traps_in_hs_mode_under_tvm);
		test(flush_tlb_of_all_in_hs_mode);
		test(flush_tlb_of_all_in_m_mode);
		test(flush_tlb_of_an_address);
		test(flush_tlb_of_another_address);
		test(flush_stage2_of_all_in_hs_mode);
		test(flush_stage2_of_all_in_m_mode);
		test(flush_stage2_of_an_address);
		test(flush_stage2_of_all_under_a_guest_table);
		test(flush_stage2_of_an_address_under_a_guest_table);
	} else {
		test(traps_in_s_mode);
		test(traps_in_m_mode);
	}
	done();
}
