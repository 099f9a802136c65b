/* SPDX-License-Identifier: Apache-2.0 */
/* What a user's C++ program does; test_install builds it against the installed library. */
#include <cstdio>
#include <cstring>

#include <axvm/types.h>

int main()
{
	axvm_emulated_device_config console = AXVM_EMULATED_DEVICE_CONFIG_INIT;
	axvm_emulated_device_config copy;
	char text[128];

	console.name = "com1";
	console.emu_type = AXVM_EMULATED_DEVICE_CONSOLE;
	if (axvm_emulated_device_config_copy(&copy, &console) != AXVM_OK)
		return 1;
	axvm_emulated_device_config_format(&copy, text, sizeof(text));
	axvm_emulated_device_config_clear(&copy);
	if (std::strcmp(text, "name=\"com1\" base_gpa=GPA:0x0 length=0x0 irq_id=0 "
			      "emu_type=console cfg_list=[]") != 0)
		return 2;
	if (axvm_gpa_value(axvm_gpa_align_up_4k(axvm_gpa_new(1))) != AXVM_PAGE_SIZE_4K)
		return 3;
	std::printf("%s\n", axvm_types_version());
	return 0;
}
