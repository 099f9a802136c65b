/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_PAGING_H
#define AXVM_PAGING_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/gpa.h>
#include <axvm/hpa.h>
#include <axvm/inline.h>
#include <axvm/mapping_flags.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup paging Nested paging
 * @brief How a guest's physical addresses are translated, and what a fault of that says.
 *
 * The structs are frozen: members never change, and are in the model's order. Every
 * function is thread-safe for distinct objects, and async-signal-safe.
 * @{
 */

/**
 * @brief How the hypervisor translates guest physical addresses.
 *
 * Model: NestedPagingConfig, from 0.7 on.
 */
typedef struct axvm_nested_paging_config {
	axvm_hpa root_paddr; /**< The root of the page table. */
	uint64_t levels; /**< Levels of the page table: 3 or 4. */
	uint64_t gpa_bits; /**< Width of a guest physical address in bits. */
	/** AArch64: width of a host physical address in bits; RISC-V: MODE of hgatp; else 0. */
	uint64_t mode;
} axvm_nested_paging_config;

/** Initializer of an axvm_nested_paging_config: all 0. Not in axvm-types, which has no Default. */
#define AXVM_NESTED_PAGING_CONFIG_INIT { AXVM_HPA_INIT(0), 0, 0, 0 }

/**
 * @brief Set all members to 0.
 * @param[out] it Struct; its former contents are not looked at.
 *
 * Not in axvm-types.
 */
void axvm_nested_paging_config_init(axvm_nested_paging_config *it);

/**
 * @brief Check whether two structs are the same.
 * @param a Struct.
 * @param b Struct.
 * @return true when all their members are equal.
 *
 * Model: PartialEq of NestedPagingConfig.
 */
bool axvm_nested_paging_config_eq(const axvm_nested_paging_config *a,
				  const axvm_nested_paging_config *b);

/** Size of a buffer for every text that axvm_nested_paging_config_format() writes, with its NUL. */
#define AXVM_NESTED_PAGING_CONFIG_TEXT_SIZE 117

/**
 * @brief Write a struct as one line of text with every member.
 *
 * Example: `root_paddr=PA:0x80001000 levels=4 gpa_bits=48 mode=0`.
 *
 * @param it Struct.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: Debug of NestedPagingConfig.
 */
int axvm_nested_paging_config_format(const axvm_nested_paging_config *it, char *buf, size_t size);

/**
 * @brief What a fault of that translation says.
 *
 * Model: NestedPageFaultInfo, from 0.7 on.
 */
typedef struct axvm_nested_page_fault_info {
	axvm_mapping_flags access_flags; /**< What the guest tried to do. */
	axvm_gpa fault_guest_paddr; /**< Where it tried to. */
} axvm_nested_page_fault_info;

/** Initializer of an axvm_nested_page_fault_info: all 0. Not in axvm-types, which has no Default. */
#define AXVM_NESTED_PAGE_FAULT_INFO_INIT { 0, AXVM_GPA_INIT(0) }

/**
 * @brief Set all members to 0.
 * @param[out] it Struct; its former contents are not looked at.
 *
 * Not in axvm-types.
 */
void axvm_nested_page_fault_info_init(axvm_nested_page_fault_info *it);

/**
 * @brief Check whether two structs are the same.
 * @param a Struct.
 * @param b Struct.
 * @return true when all their members are equal.
 *
 * Not in axvm-types.
 */
bool axvm_nested_page_fault_info_eq(const axvm_nested_page_fault_info *a,
				    const axvm_nested_page_fault_info *b);

/** Size of a buffer for every text that axvm_nested_page_fault_info_format() writes, with its NUL. */
#define AXVM_NESTED_PAGE_FAULT_INFO_TEXT_SIZE 125

/**
 * @brief Write a struct as one line of text with every member.
 *
 * Example: `access_flags=READ | WRITE fault_guest_paddr=GPA:0xfee00000`.
 *
 * @param it Struct.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: Debug of NestedPageFaultInfo.
 */
int axvm_nested_page_fault_info_format(const axvm_nested_page_fault_info *it, char *buf,
				       size_t size);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
