/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_RULES_H
#define LAYOUT_RULES_H

#include "check.h"

/*
 * The rules, a file for each subject. No file of them calls another: what two of them need is
 * in facts.h, span.h or report.h. Each function may use the list of the check as it likes.
 */

/* About one VM, by its index; in the order of their findings. */
void axvm_rules_memory(struct axvm_check *c, size_t vm); /* memory.c */
void axvm_rules_image(struct axvm_check *c, size_t vm); /* image.c */
void axvm_rules_boot(struct axvm_check *c, size_t vm); /* boot.c */
void axvm_rules_protocol(struct axvm_check *c, size_t vm); /* protocol.c */
void axvm_rules_emulated(struct axvm_check *c, size_t vm); /* emulated.c */
void axvm_rules_passthrough(struct axvm_check *c, size_t vm); /* passthrough.c */
void axvm_rules_overlap(struct axvm_check *c, size_t vm); /* overlap.c */
void axvm_rules_port(struct axvm_check *c, size_t vm); /* port.c */
void axvm_rules_host_twice(struct axvm_check *c, size_t vm); /* host.c */
void axvm_rules_list(struct axvm_check *c, size_t vm); /* list.c */
void axvm_rules_irq(struct axvm_check *c, size_t vm); /* irq.c */
void axvm_rules_cpu(struct axvm_check *c, size_t vm); /* cpu.c */
void axvm_rules_id(struct axvm_check *c, size_t vm); /* identity.c */

/* About all VMs of the machine and the hypervisor; in the order of their findings. */
void axvm_rules_identity(struct axvm_check *c); /* identity.c */
void axvm_rules_host_conflict(struct axvm_check *c); /* host.c */
void axvm_rules_cpu_conflict(struct axvm_check *c); /* cpu.c */
void axvm_rules_irq_conflict(struct axvm_check *c); /* irq.c */

#endif
