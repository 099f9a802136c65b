/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_RULES_H
#define LAYOUT_RULES_H

#include "layout/context.h"

/*
 * The rules, a file for each family of codes; it has all rules of its codes. CONTRIBUTING.md says
 * what they may call. Each function may use the list of the check as it likes.
 */

/* About one VM, by its index; in the order of their findings. */
void axvm_rules_memory(struct axvm_check *c, size_t vm);
void axvm_rules_boot_address(struct axvm_check *c, size_t vm);
void axvm_rules_boot_image(struct axvm_check *c, size_t vm);
void axvm_rules_boot_memory(struct axvm_check *c, size_t vm);
void axvm_rules_boot_protocol(struct axvm_check *c, size_t vm);
void axvm_rules_boot_entry(struct axvm_check *c, size_t vm);
void axvm_rules_device_emulated(struct axvm_check *c, size_t vm); /* each device */
void axvm_rules_device_passthrough(struct axvm_check *c, size_t vm);
void axvm_rules_overlap(struct axvm_check *c, size_t vm);
void axvm_rules_port(struct axvm_check *c, size_t vm);
void axvm_rules_device_host(struct axvm_check *c, size_t vm);
void axvm_rules_device_emulated_list(struct axvm_check *c, size_t vm); /* all of them */
void axvm_rules_device_twice(struct axvm_check *c, size_t vm);
void axvm_rules_irq(struct axvm_check *c, size_t vm);
void axvm_rules_machine(struct axvm_check *c, size_t vm);
void axvm_rules_device_path(struct axvm_check *c, size_t vm);
void axvm_rules_device_disabled(struct axvm_check *c, size_t vm);
void axvm_rules_device_dma(struct axvm_check *c, size_t vm);
void axvm_rules_cpu(struct axvm_check *c, size_t vm);
void axvm_rules_vm_id(struct axvm_check *c, size_t vm);
void axvm_rules_key(struct axvm_check *c, size_t vm);

/* About all VMs of the machine and the hypervisor; in the order of their findings. */
void axvm_rules_vm_id_conflict(struct axvm_check *c);
void axvm_rules_host_conflict(struct axvm_check *c);
void axvm_rules_host_path(struct axvm_check *c);
void axvm_rules_host_memory(struct axvm_check *c);
void axvm_rules_cpu_conflict(struct axvm_check *c);
void axvm_rules_irq_conflict(struct axvm_check *c);

#endif
