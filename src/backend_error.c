/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/backend_error.h>

#include "export.h"
#include "names.h"

#define ERRORS(NAME)                                                                               \
	NAME(AXVM_BACKEND_ERROR_OK, "ok")                                                          \
	NAME(AXVM_BACKEND_ERROR_INVALID_INPUT, "invalid-input")                                    \
	NAME(AXVM_BACKEND_ERROR_INVALID_DATA, "invalid-data")                                      \
	NAME(AXVM_BACKEND_ERROR_INVALID_STATE, "invalid-state")                                    \
	NAME(AXVM_BACKEND_ERROR_UNSUPPORTED, "unsupported")                                        \
	NAME(AXVM_BACKEND_ERROR_OUT_OF_MEMORY, "out-of-memory")                                    \
	NAME(AXVM_BACKEND_ERROR_RESOURCE_BUSY, "resource-busy")
AXVM_NAMES(names, axvm_backend_error, ERRORS, )

AXVM_EXPORT bool axvm_backend_error_try_from_usize(uint64_t value, axvm_backend_error *out)
{
	return axvm_names_try_from_usize(names, AXVM_NAMES_COUNT(names), value, out);
}

AXVM_EXPORT const char *axvm_backend_error_name(axvm_backend_error error)
{
	return axvm_names_name(names, AXVM_NAMES_COUNT(names), error);
}

AXVM_EXPORT bool axvm_backend_error_from_name(const char *name, axvm_backend_error *out)
{
	return axvm_names_from_name(names, AXVM_NAMES_COUNT(names), name, out);
}

AXVM_EXPORT const char *axvm_backend_error_message(axvm_backend_error error)
{
	switch (error) {
	case AXVM_BACKEND_ERROR_OK:
		return "success";
	case AXVM_BACKEND_ERROR_INVALID_INPUT:
		return "invalid virtualization backend input";
	case AXVM_BACKEND_ERROR_INVALID_DATA:
		return "invalid virtualization backend data";
	case AXVM_BACKEND_ERROR_INVALID_STATE:
		return "invalid virtualization backend state";
	case AXVM_BACKEND_ERROR_UNSUPPORTED:
		return "unsupported virtualization backend operation";
	case AXVM_BACKEND_ERROR_OUT_OF_MEMORY:
		return "virtualization backend memory allocation failed";
	case AXVM_BACKEND_ERROR_RESOURCE_BUSY:
		return "virtualization backend resource is busy";
	default:
		return "unknown virtualization backend error";
	}
}
