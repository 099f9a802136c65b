/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls the library from many threads at once. A subject is a function that calls all of
 * one header with numbers made of a seed, and notes what comes back. Each thread runs every
 * subject with every seed, each thread in an order of its own, and what it noted is to be
 * what one thread alone has noted before. ThreadSanitizer sees more, where it watches.
 */
#ifndef THREADS_H
#define THREADS_H

#include <pthread.h>
#include <stddef.h>

#include "tap.h"

#define THREADS 8
#define SEEDS 128
#define MAX_SUBJECTS 24

struct record {
	uint64_t digest, state;
	size_t count;
};

struct subject {
	const char *name;
	void (*run)(struct record *r);
};

static const struct subject *threads_subjects;
static size_t threads_count;
static struct record threads_alone[MAX_SUBJECTS][SEEDS];
static pthread_mutex_t threads_gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t threads_start = PTHREAD_COND_INITIALIZER;
static bool threads_started;

/* FNV-1a, which tells the order as well. */
static void note(struct record *r, uint64_t value)
{
	for (int shift = 0; shift < 64; shift += 8)
		r->digest = (r->digest ^ (value >> shift & 0xff)) * 0x100000001b3;
	r->count++;
}

static void note_text(struct record *r, const char *text)
{
	note(r, text != NULL);
	for (; text && *text; text++)
		r->digest = (r->digest ^ (unsigned char)*text) * 0x100000001b3;
}

/* The next number; from 0 up to a limit it is below_of(). */
static uint64_t number_of(struct record *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static uint64_t below_of(struct record *r, uint64_t limit)
{
	return number_of(r) % limit;
}

/* The text and its length. */
#define note_format(r, format, value)                                                              \
	do {                                                                                       \
		char noted_text[320];                                                              \
                                                                                                   \
		note(r, (uint64_t)format(value, noted_text, sizeof(noted_text)));                  \
		note_text(r, noted_text);                                                          \
	} while (0)

static struct record threads_run(size_t subject, size_t seed)
{
	struct record r = { 0xcbf29ce484222325, seed, 0 };

	threads_subjects[subject].run(&r);
	return r;
}

struct threads_thread {
	pthread_t id;
	size_t number;
	size_t differences[MAX_SUBJECTS];
};

static void *threads_main(void *argument)
{
	struct threads_thread *thread = argument;

	/* All at once, or the first is done before the last begins. */
	pthread_mutex_lock(&threads_gate);
	while (!threads_started)
		pthread_cond_wait(&threads_start, &threads_gate);
	pthread_mutex_unlock(&threads_gate);
	for (size_t i = 0; i < threads_count * SEEDS; i++) {
		size_t subject = (i + thread->number) % threads_count;
		size_t seed = i / threads_count;
		struct record r = threads_run(subject, seed);
		const struct record *alone = &threads_alone[subject][seed];

		if (r.digest != alone->digest || r.count != alone->count)
			thread->differences[subject]++;
	}
	return NULL;
}

/* A point for each subject. */
static void threads_compare(const struct subject *subjects, size_t count)
{
	static struct threads_thread threads[THREADS];
	bool created = count <= MAX_SUBJECTS;

	threads_subjects = subjects;
	threads_count = count;
	for (size_t i = 0; i < count; i++) {
		for (size_t seed = 0; seed < SEEDS; seed++)
			threads_alone[i][seed] = threads_run(i, seed);
	}
	for (size_t i = 0; created && i < THREADS; i++) {
		threads[i].number = i;
		created = pthread_create(&threads[i].id, NULL, threads_main, &threads[i]) == 0;
	}
	if (!created) {
		puts("Bail out! no threads");
		_exit(99);
	}
	pthread_mutex_lock(&threads_gate);
	threads_started = true;
	pthread_cond_broadcast(&threads_start);
	pthread_mutex_unlock(&threads_gate);
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(threads[i].id, NULL);

	for (size_t i = 0; i < count; i++) {
		bool passed = true;

		for (size_t seed = 1; seed < SEEDS; seed++)
			passed = passed && threads_alone[i][seed].count != 0;
		for (size_t t = 0; t < THREADS; t++)
			passed = passed && threads[t].differences[i] == 0;
		tap_failed_points += !passed;
		printf("%sok %d - %s: %d threads note what one does\n", passed ? "" : "not ",
		       ++tap_points, subjects[i].name, THREADS);
	}
}

#endif
