/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/version.h>

#include "export.h"

AXVM_EXPORT const char *axvm_types_version(void)
{
	return AXVM_TYPES_VERSION;
}

AXVM_EXPORT const char *axvm_types_model(void)
{
	return "axvm-types 0.5.12 (Axvisor before 0.5.16), 0.7.1 (0.5.16 to 0.5.23), "
	       "0.7.3 (0.5.24 to 0.8.3), ax-errno 0.6.0";
}
