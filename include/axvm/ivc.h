/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_IVC_H
#define AXVM_IVC_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/guest/ivc.h>
#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup ivc Shared memory of VMs
 * @brief Identifies and checks the layout of a region of inter-VM communication (IVC).
 *
 * The layouts are in axvm/guest/ivc.h; code in a guest includes that header alone.
 *
 * **Copy first.** These functions take a copy of the first bytes of a region, never the
 * shared pages: the other VM can write there at any time, and a word that was checked could
 * be another one when it is used. The copy may have any alignment, and is read as
 * little-endian on every host.
 *
 * Left out on purpose: sending and receiving, atomic access and mapping, which belong to a
 * guest's kernel. Not in axvm-types: the protocol is that of the crate axivc. Every function
 * is thread-safe and async-signal-safe. The enumerations are open: a value that this version
 * does not know can be stored and passed on, and its name is "unknown".
 * @{
 */

/** How many bytes of a region identify and check its header. */
#define AXVM_IVC_HEADER_COPY_SIZE 64

/** Which layout a region has; one of AXVM_IVC_LAYOUT_*. */
typedef uint8_t axvm_ivc_layout;

enum axvm_ivc_layout_values {
	AXVM_IVC_LAYOUT_UNKNOWN = 0, /**< None of these; no layout has this number. */
	AXVM_IVC_LAYOUT_NONE = 1, /**< "none": no magic number, so not initialised yet. */
	AXVM_IVC_LAYOUT_V2 = 2, /**< "v2": version 2, that of releases; axvm_ivc_v2_region. */
	AXVM_IVC_LAYOUT_V3_CELLS = 3, /**< "v3-cells": version 3 with cells of 64 bytes. */
	AXVM_IVC_LAYOUT_V3_SLOTS = 4 /**< "v3-slots": version 3 with slots of 256 bytes. */
};

/**
 * @brief Turn a number into a layout if it is one.
 * @param value Number.
 * @param[out] out Receives the layout; untouched on failure.
 * @return false when this version knows no such layout; so for 0.
 */
AXVM_MUST_CHECK bool axvm_ivc_layout_try_from_usize(uint64_t value, axvm_ivc_layout *out);

/**
 * @brief The stable name of a layout.
 * @param layout Layout.
 * @return A string with static lifetime, "unknown" for an unknown value.
 */
const char *axvm_ivc_layout_name(axvm_ivc_layout layout);

/**
 * @brief Find a layout by its name.
 * @param name "none", "v2", "v3-cells" or "v3-slots"; NULL is no name.
 * @param[out] out Receives the layout; untouched on failure.
 * @return false when no layout has that name.
 */
AXVM_MUST_CHECK bool axvm_ivc_layout_from_name(const char *name, axvm_ivc_layout *out);

/** What is wrong in a region; one of AXVM_IVC_PROBLEM_*. */
typedef uint8_t axvm_ivc_problem;

enum axvm_ivc_problem_values {
	AXVM_IVC_PROBLEM_NONE = 0, /**< "none": every word is right. */
	AXVM_IVC_PROBLEM_LENGTH = 1, /**< "length": the copy is too short. */
	AXVM_IVC_PROBLEM_PUBLISHER_ID = 2, /**< "publisher-id": that of another VM. */
	AXVM_IVC_PROBLEM_KEY = 3, /**< "key": that of another channel. */
	AXVM_IVC_PROBLEM_MAGIC = 4, /**< "magic": not initialised yet, or something else. */
	AXVM_IVC_PROBLEM_VERSION = 5, /**< "version": another than 2. */
	AXVM_IVC_PROBLEM_HEADER_SIZE = 6, /**< "header-size". */
	AXVM_IVC_PROBLEM_REGION_SIZE = 7, /**< "region-size". */
	AXVM_IVC_PROBLEM_FEATURES = 8, /**< "features". */
	AXVM_IVC_PROBLEM_PUBLISHER_RING_OFFSET = 9, /**< "publisher-ring-offset". */
	AXVM_IVC_PROBLEM_SUBSCRIBER_RING_OFFSET = 10, /**< "subscriber-ring-offset". */
	AXVM_IVC_PROBLEM_RING_SIZE = 11, /**< "ring-size". */
	AXVM_IVC_PROBLEM_PUBLISHER_DIRECTION = 12, /**< "publisher-direction": of its ring. */
	AXVM_IVC_PROBLEM_PUBLISHER_CAPACITY = 13, /**< "publisher-capacity": of its ring. */
	AXVM_IVC_PROBLEM_PUBLISHER_PAYLOAD_SIZE = 14, /**< "publisher-payload-size". */
	AXVM_IVC_PROBLEM_SUBSCRIBER_DIRECTION = 15, /**< "subscriber-direction": of its ring. */
	AXVM_IVC_PROBLEM_SUBSCRIBER_CAPACITY = 16, /**< "subscriber-capacity": of its ring. */
	AXVM_IVC_PROBLEM_SUBSCRIBER_PAYLOAD_SIZE = 17 /**< "subscriber-payload-size". */
};

/**
 * @brief Turn a number into a problem if it is one.
 * @param value Number.
 * @param[out] out Receives the problem; untouched on failure.
 * @return false when this version knows no such problem.
 */
AXVM_MUST_CHECK bool axvm_ivc_problem_try_from_usize(uint64_t value, axvm_ivc_problem *out);

/**
 * @brief The stable name of a problem.
 * @param problem Problem.
 * @return A string with static lifetime, "unknown" for an unknown value.
 */
const char *axvm_ivc_problem_name(axvm_ivc_problem problem);

/**
 * @brief Find a problem by its name.
 * @param name A name, as the list of AXVM_IVC_PROBLEM_* has them; NULL is no name.
 * @param[out] out Receives the problem; untouched on failure.
 * @return false when no problem has that name.
 */
AXVM_MUST_CHECK bool axvm_ivc_problem_from_name(const char *name, axvm_ivc_problem *out);

/**
 * @brief Find out which layout a region has.
 * @param bytes Copy of the begin of the region, of any alignment.
 * @param length Bytes of the copy, AXVM_IVC_HEADER_COPY_SIZE or more. No more are read.
 * @param[out] out Receives the layout; untouched on failure. AXVM_IVC_LAYOUT_UNKNOWN when the
 *                 magic number is there, but not all the words of one of the layouts.
 * @return false when the copy is too short.
 *
 * Version 3 is two layouts under one number, which sizes and offsets distinguish.
 */
AXVM_MUST_CHECK bool axvm_ivc_region_identify(const void *bytes, size_t length,
					      axvm_ivc_layout *out);

/**
 * @brief Find the first word of a region of version 2 that is wrong.
 * @param bytes Copy of the begin of the region, of any alignment.
 * @param length Bytes of the copy. AXVM_IVC_HEADER_COPY_SIZE or more checks the header;
 *               AXVM_IVC_V2_REGION_SIZE or more checks both rings as well.
 * @param publisher Id of the VM that should be the publisher.
 * @param key Key that the channel should have.
 * @return AXVM_IVC_PROBLEM_NONE, or the problem that is first in memory;
 *         AXVM_IVC_PROBLEM_LENGTH when the copy is too short for the header.
 *
 * head and tail of the rings, and the slots, are not checked: they change all the time.
 */
axvm_ivc_problem axvm_ivc_region_check(const void *bytes, size_t length, uint64_t publisher,
				       uint64_t key);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
