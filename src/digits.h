/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of text in other files need of text.c. */
#ifndef DIGITS_H
#define DIGITS_H

#include <stdbool.h>
#include <stdint.h>

/* The value of a digit in any base up to 16; above that for what is none. */
unsigned int axvm_digit_value(char c);
/* Reads hexadecimal digits alone and moves past them; false for none or above 2^64 - 1. */
bool axvm_digits_hex(const char **text, uint64_t *out);

#endif
