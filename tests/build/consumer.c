/* SPDX-License-Identifier: Apache-2.0 */
/* What a user's program does; test_install builds it against the installed library. */
#include <stdio.h>
#include <string.h>

#include <axvm/types.h>

int main(void)
{
	axvm_gpa_range ram = axvm_gpa_range_from_start_size(axvm_gpa_new(0x80000000), 0x10000000);
	axvm_vcpu_set cpus;
	char text[64];
	size_t members = 0;

	axvm_gpa_range_format(ram, text, sizeof(text));
	if (strcmp(text, "GPA:0x80000000..GPA:0x90000000") != 0)
		return 1;
	if (!axvm_vcpu_set_parse_list("0-3,8", &cpus))
		return 2;
	AXVM_VCPU_SET_FOREACH(i, cpus)
		members += axvm_vcpu_set_get(cpus, i);
	if (members != axvm_vcpu_set_len(cpus))
		return 3;
	if (strcmp(axvm_types_version(), AXVM_TYPES_VERSION) != 0)
		return 4;
	printf("%s\n", axvm_types_version());
	return 0;
}
