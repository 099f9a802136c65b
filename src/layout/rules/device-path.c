/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/report.h"
#include "layout/rules/rules.h"

/* Devices of the host, which VM files of 0.7.3 and later name by their device tree paths. */

/*
 * device-path
 *
 * What: From 0.7.3 on, a path among passthrough or disabled devices is not absolute or is "/"; or
 * one path is in both lists; or a device is passed through on x86_64 or loongarch64. A note where a
 * list has a path twice.
 * Why: The hypervisor finds devices of the host in its device tree, and refuses the file or the VM.
 * x86_64 and loongarch64 have no device tree.
 * How: Write the path of one device, for example /soc/serial@feb50000. For all devices of the host
 * use guest_type = "passthrough" and an empty list.
 */
static const struct axvm_rule bad_path =
	AXVM_RULE_SINCE(AXVM_FINDING_DEVICE_PATH, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
			"is not an absolute path of a device",
			"Write a device tree path that begins with \"/\" and has a name after it.");
static const struct axvm_rule root =
	AXVM_RULE_SINCE(AXVM_FINDING_DEVICE_PATH, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
			"is the root of the device tree, which is not a device",
			"Name single devices. For all of them set guest_type = \"passthrough\" "
			"and leave the passthrough list empty.");
static const struct axvm_rule no_tree = AXVM_RULE_SINCE(
	AXVM_FINDING_DEVICE_PATH, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
	"is a device tree path, but this architecture has no device tree",
	"Remove it: on this architecture no single device can be passed through.");
static const struct axvm_rule in_both =
	AXVM_RULE_SINCE(AXVM_FINDING_DEVICE_PATH, AXVM_MODEL_0_7_3, AXVM_SEVERITY_ERROR,
			"is passed through, but also disabled by", "Remove it from one of the lists.");
static const struct axvm_rule twice =
	AXVM_RULE_SINCE(AXVM_FINDING_DEVICE_PATH, AXVM_MODEL_0_7_3, AXVM_SEVERITY_NOTE,
			"is the same path as", "Remove one of the two.");

/* Adds a path that can be one to the list of the check. */
static void check_path(struct axvm_check *c, size_t index, axvm_layout_table table, size_t i,
		       const char *path)
{
	if (!path || path[0] != '/')
		axvm_report(c, &bad_path, index, table, i, 0);
	else if (path[1] == '\0')
		axvm_report(c, &root, index, table, i, 0);
	else
		axvm_spans_add_name(&c->spans, index, table, i, path);
}

void axvm_rules_device_path(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	const struct axvm_span *first;

	axvm_spans_clear(&c->spans);
	for (size_t i = 0; i < vm->passthrough_device_count; i++)
		check_path(c, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
			   vm->passthrough_devices[i].name);
	for (size_t i = 0; i < c->spans.count && axvm_host_has_no_tree(c); i++)
		axvm_report(c, &no_tree, index, c->spans.list[i].table, c->spans.list[i].index, 0);
	for (size_t i = 0; i < vm->disabled_path_count; i++)
		check_path(c, index, AXVM_LAYOUT_TABLE_DISABLED_PATHS, i, vm->disabled_paths[i]);
	axvm_spans_sort(&c->spans, axvm_span_tie_name);
	first = c->spans.list;
	for (size_t i = 1; i < c->spans.count; i++) {
		const struct axvm_span *span = &c->spans.list[i];

		if (span->start != first->start || axvm_span_tie_name(first, span) != 0)
			first = span;
		else
			axvm_report_two(c, span->table == first->table ? &twice : &in_both,
					SIDE_GUEST, first, span, 0);
	}
}
