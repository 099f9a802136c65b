/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_ACCESS_H
#define AXVM_ACCESS_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include <axvm/inline.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup access Accesses of guests
 * @brief What a guest's access to a port or a register is about.
 *
 * Enumerations are open: a value that this version does not know can be stored
 * and passed on, and its name is "unknown". A number from outside becomes a value
 * through a `_try_from_usize` function, never through a cast.
 *
 * Every function is thread-safe and async-signal-safe.
 * @{
 */

/** How much an access moves; one of AXVM_ACCESS_WIDTH_*. Model: AccessWidth, from 0.7 on. */
typedef uint8_t axvm_access_width;

enum axvm_access_width_values {
	AXVM_ACCESS_WIDTH_BYTE = 0, /**< "byte": 8 bits. Model: Byte. */
	AXVM_ACCESS_WIDTH_WORD = 1, /**< "word": 16 bits. Model: Word. */
	AXVM_ACCESS_WIDTH_DWORD = 2, /**< "dword": 32 bits. Model: Dword. */
	AXVM_ACCESS_WIDTH_QWORD = 3 /**< "qword": 64 bits. Model: Qword. */
};

/**
 * @brief Turn a number into an access width if it is one.
 * @param value Number of bytes, not of a constant: 1, 2, 4 or 8.
 * @param[out] out Receives the width; untouched on failure.
 * @return false when this version knows no such width: it is not 1, 2, 4 or 8.
 *
 * Model: TryFrom<usize> for AccessWidth.
 */
AXVM_MUST_CHECK bool axvm_access_width_try_from_usize(uint64_t value, axvm_access_width *out);

/**
 * @brief The stable name of an access width.
 * @param width Width.
 * @return A string with static lifetime, "unknown" for an unknown value.
 *
 * Not in axvm-types.
 */
const char *axvm_access_width_name(axvm_access_width width);

/**
 * @brief Find an access width by its name.
 * @param name "byte", "word", "dword" or "qword"; NULL is no name.
 * @param[out] out Receives the width; untouched on failure.
 * @return false when no width has that name.
 *
 * Not in axvm-types.
 */
AXVM_MUST_CHECK bool axvm_access_width_from_name(const char *name, axvm_access_width *out);

/**
 * @brief How many bytes an access moves.
 * @param width Width.
 * @return 1, 2, 4 or 8; 0 for an unknown value.
 *
 * Model: AccessWidth::size, and From<AccessWidth> for usize.
 */
uint64_t axvm_access_width_size(axvm_access_width width);

/**
 * @brief How many bits an access moves.
 * @param width Width.
 * @return 8, 16, 32 or 64; 0 for an unknown value.
 *
 * Model: the end of AccessWidth::bits_range, which begins at 0.
 */
uint64_t axvm_access_width_bits(axvm_access_width width);

/** Number of an x86 I/O port. Model: Port, from 0.7 on. */
typedef uint16_t axvm_port;

/**
 * @brief Turn a number into that of a port if there is one.
 * @param value Number.
 * @param[out] out Receives the port; untouched on failure.
 * @return false above 0xffff.
 *
 * Not in axvm-types, which takes numbers of 16 bits only.
 */
AXVM_MUST_CHECK bool axvm_port_try_from_usize(uint64_t value, axvm_port *out);

/** Size of a buffer for every text of a port, with its NUL. */
#define AXVM_PORT_TEXT_SIZE 13

/**
 * @brief Write a port as text.
 *
 * `Port(0x3f8)`
 *
 * @param port Port.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: LowerHex of Port.
 */
int axvm_port_format(axvm_port port, char *buf, size_t size);

/**
 * @brief Write a port as text with upper case digits.
 *
 * `Port(0x3F8)`
 *
 * @param port Port.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: UpperHex of Port.
 */
int axvm_port_format_upper(axvm_port port, char *buf, size_t size);

/**
 * Address of a system register, as its architecture numbers them.
 * Model: SysRegAddr, from 0.7 on.
 */
typedef uint64_t axvm_sys_reg_addr;

/** Size of a buffer for every text of the address of a system register, with its NUL. */
#define AXVM_SYS_REG_ADDR_TEXT_SIZE 31

/**
 * @brief Write the address of a system register as text.
 *
 * `SysRegAddr(0x3a)`
 *
 * @param addr Address.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: LowerHex of SysRegAddr.
 */
int axvm_sys_reg_addr_format(axvm_sys_reg_addr addr, char *buf, size_t size);

/**
 * @brief Write the address of a system register as text with upper case digits.
 *
 * `SysRegAddr(0x3A)`
 *
 * @param addr Address.
 * @param[out] buf Receives the text, cut to fit and always ended by a NUL when
 *                 @p size is not 0; may be NULL when it is.
 * @param size Size of @p buf in bytes.
 * @return Length of the whole text in bytes without its NUL, as snprintf does.
 *
 * Model: UpperHex of SysRegAddr.
 */
int axvm_sys_reg_addr_format_upper(axvm_sys_reg_addr addr, char *buf, size_t size);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
