/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout check from eight threads at once, each in an order of its own: what one of them finds
 * in a VM is what a single thread has found before. ThreadSanitizer sees more, where it watches.
 * It is enough for the whole library, which has nothing to write to: see test_symbols.sh.
 */
#include <pthread.h>

#include "layout_sample.h"

#define THREADS 8
#define SEEDS 256

static uint64_t alone[SEEDS];
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t start = PTHREAD_COND_INITIALIZER;
static bool started;

/* What a thread has found of a VM, as a number that depends on the order, too: FNV-1a. */
struct record {
	uint64_t digest;
	size_t count;
};

static void note_text(struct record *r, const char *text)
{
	for (; *text; text++)
		r->digest = (r->digest ^ (unsigned char)*text) * 0x100000001b3;
	r->count++;
}

static bool note_finding(const axvm_finding *finding, void *ctx)
{
	char text[320];

	axvm_finding_format(finding, text, sizeof(text));
	note_text(ctx, text);
	return true;
}

/* A VM of its own: sample_init() also sets up a variable that the tests share. */
static struct record check_one(uint64_t seed)
{
	static const axvm_layout_vm none = AXVM_LAYOUT_VM_INIT;
	static const axvm_layout_limits unknown = AXVM_LAYOUT_LIMITS_INIT;
	struct record r = { 0xcbf29ce484222325, 0 };
	axvm_layout_limits known = unknown;
	axvm_layout_vm vm = none;
	axvm_mem_config memory[2];
	axvm_passthrough_device_config passthrough[2];
	axvm_finding found[16];
	uint64_t scratch[0x400];
	size_t count = 0;

	for (size_t i = 0; i < 2; i++) {
		set_memory(&memory[i], 0x40000000 + ((seed >> 2 * i & 3) << 20), 0x200000,
			   AXVM_MEM_MAPPING_ALLOC);
		set_passthrough(&passthrough[i], "uart", 0x9000000 + (i << 11), 0x9000000, 0x1000,
				33 + (seed >> (4 + i) & 1));
	}
	vm.memory_regions = memory;
	vm.memory_region_count = 2;
	vm.passthrough_devices = passthrough;
	vm.passthrough_device_count = 2;
	known.model = AXVM_MODEL_0_5;
	known.gpa_bits = 30 + (uint32_t)(seed >> 6);
	if (axvm_layout_check(&vm, 1, &known, note_finding, &r, NULL, 0) != AXVM_OK ||
	    axvm_layout_check(&vm, 1, &known, note_finding, &r, scratch, sizeof(scratch)) !=
		    AXVM_OK ||
	    axvm_layout_findings(&vm, 1, &known, found, sizeof(found[0]), 16, &count) != AXVM_OK)
		return (struct record){ 0, 0 };
	for (size_t i = 0; i < count && i < 16; i++)
		note_finding(&found[i], &r);
	return r;
}

struct thread {
	pthread_t id;
	size_t number, differences;
};

static void *run(void *argument)
{
	struct thread *thread = argument;

	/* All at once, or the first is done before the last begins. */
	pthread_mutex_lock(&gate);
	while (!started)
		pthread_cond_wait(&start, &gate);
	pthread_mutex_unlock(&gate);
	for (size_t i = 0; i < SEEDS; i++) {
		size_t seed = (i + 31 * thread->number) % SEEDS;

		if (check_one(seed).digest != alone[seed])
			thread->differences++;
	}
	return NULL;
}

static void test_threads(void)
{
	static struct thread threads[THREADS];
	size_t created = 0;

	for (size_t seed = 0; seed < SEEDS; seed++) {
		struct record r = check_one(seed);

		ok(r.count != 0, "something is found");
		alone[seed] = r.digest;
	}
	ok(alone[0] != alone[1], "not the same in each VM");
	for (; created < THREADS; created++) {
		threads[created].number = created;
		if (pthread_create(&threads[created].id, NULL, run, &threads[created]) != 0)
			break;
	}
	eq_uint(created, THREADS, "threads");
	pthread_mutex_lock(&gate);
	started = true;
	pthread_cond_broadcast(&start);
	pthread_mutex_unlock(&gate);
	for (size_t i = 0; i < created; i++) {
		pthread_join(threads[i].id, NULL);
		eq_uint(threads[i].differences, 0, "VMs in which a thread finds something else");
	}
}

int main(void)
{
	test(test_threads);
	return done();
}
