/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MEMBERS_H
#define MEMBERS_H

#include <axvm/gpa.h>
#include <axvm/hpa.h>

#include "writer.h"

/*
 * Members of a struct as text, for its format function: each of these writes one,
 * ` key=value`, and the first one without the blank.
 */
void axvm_member_gpa(struct axvm_writer *w, const char *key, axvm_gpa a);
void axvm_member_hpa(struct axvm_writer *w, const char *key, axvm_hpa a);
void axvm_member_hex(struct axvm_writer *w, const char *key, uint64_t value);
void axvm_member_uint(struct axvm_writer *w, const char *key, uint64_t value);
/* The key alone; the caller writes the value. */
void axvm_member_key(struct axvm_writer *w, const char *key);

#endif
