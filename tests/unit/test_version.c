/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/version.h>

#include "tap.h"

#if !AXVM_TYPES_CHECK_VERSION(0, 1, 0) || AXVM_TYPES_CHECK_VERSION(255, 0, 0)
#error "CHECK_VERSION works in #if"
#endif

#define AT(major, minor, patch) (((major) << 16) | ((minor) << 8) | (patch))

static void test_version(void)
{
	char text[32];
	int major = AXVM_TYPES_VERSION_MAJOR, minor = AXVM_TYPES_VERSION_MINOR,
	    patch = AXVM_TYPES_VERSION_PATCH;

	snprintf(text, sizeof(text), "%d.%d.%d", major, minor, patch);
	eq_str(AXVM_TYPES_VERSION, text, "the text holds the three numbers");
	eq_int(AXVM_TYPES_VERSION_NUMBER, AT(major, minor, patch), "and so does the number");
	eq_str(axvm_types_version(), AXVM_TYPES_VERSION, "the library is of the headers' version");
	eq_str(axvm_types_model(), 
	       "axvm-types 0.5.12 (Axvisor before 0.5.16), 0.7.1 (0.5.16 to 0.5.23), "
	       "0.7.3 (0.5.24 to 0.8.3), ax-errno 0.6.0", "the model's versions");
	ok(AXVM_TYPES_CHECK_VERSION(major, minor, patch), "CHECK_VERSION: the same");
	ok(!AXVM_TYPES_CHECK_VERSION(major, minor, patch + 1), "a later patch");
	ok(!AXVM_TYPES_CHECK_VERSION(major, minor + 1, 0), "a later minor");
	ok(!AXVM_TYPES_CHECK_VERSION(major + 1, 0, 0), "a later major");
}

int main(void)
{
	test(test_version);
	return done();
}
