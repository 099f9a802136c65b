/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/version.h>

#include "export.h"

AXVM_EXPORT const char *axvm_types_version(void)
{
	return AXVM_TYPES_VERSION;
}

AXVM_EXPORT const char *axvm_types_model(void)
{
	return "axvm-types 0.5.12, ax-errno 0.6.0";
}
