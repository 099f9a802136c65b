/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FAKE_LINUX_MODULE_H
#define FAKE_LINUX_MODULE_H

#define __init
#define __exit
#define EIO 5
#define ENOMEM 12
#define ENOSPC 28
#define pr_info(...) fake_printk(__VA_ARGS__)
#define pr_err(...) fake_printk(__VA_ARGS__)
#define module_param(name, type, mode) struct fake_parameter
#define module_init(function)                                                                      \
	int init_module(void);                                                                     \
	int init_module(void)                                                                      \
	{                                                                                          \
		return function();                                                                 \
	}                                                                                          \
	struct fake_init
#define module_exit(function)                                                                      \
	void cleanup_module(void);                                                                 \
	void cleanup_module(void)                                                                  \
	{                                                                                          \
		function();                                                                        \
	}                                                                                          \
	struct fake_exit
#define MODULE_LICENSE(text) struct fake_license
#define MODULE_DESCRIPTION(text) struct fake_description
#define MODULE_PARM_DESC(name, text) struct fake_parm_desc

__attribute__((__format__(__printf__, 1, 2))) int fake_printk(const char *format, ...);

#endif
