/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Emits every inline function of the public headers as a symbol of the library:
 * an `extern inline` definition is an external one in C.
 */
#include "export.h"

#define AXVM_INLINE AXVM_EXPORT extern inline

#include <axvm/types.h>
