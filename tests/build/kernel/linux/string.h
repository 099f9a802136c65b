/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FAKE_LINUX_STRING_H
#define FAKE_LINUX_STRING_H

void *memset(void *memory, int byte, __SIZE_TYPE__ size);

#endif
