/* SPDX-License-Identifier: Apache-2.0 */
#include <axvm/device.h>
#include <axvm/finding.h>
#include <axvm/vcpu_set.h>

#include "export.h"
#include "owners.h"
#include "writer.h"

/* How the numbers of a range are written; "" for what has none. */
static const char *space_prefix(axvm_layout_space space)
{
	switch (space) {
	case AXVM_LAYOUT_SPACE_GUEST:
		return "GPA:";
	case AXVM_LAYOUT_SPACE_HOST:
		return "PA:";
	default:
		return "";
	}
}

static void write_range(struct axvm_writer *w, const axvm_finding_owner *owner)
{
	const char *prefix = space_prefix(owner->space);

	if (owner->space == AXVM_LAYOUT_SPACE_NONE)
		return;
	axvm_writer_str(w, owner->space == AXVM_LAYOUT_SPACE_PORT ? " port " : " ");
	axvm_writer_str(w, prefix);
	axvm_writer_hex(w, owner->start);
	if (owner->end == owner->start)
		return;
	axvm_writer_str(w, "..");
	axvm_writer_str(w, prefix);
	axvm_writer_hex(w, owner->end);
}

static bool is_list(axvm_layout_table table)
{
	switch (table) {
	case AXVM_LAYOUT_TABLE_PHYS_CPU_IDS:
	case AXVM_LAYOUT_TABLE_PHYS_CPU_SETS:
	case AXVM_LAYOUT_TABLE_MEMORY_REGIONS:
	case AXVM_LAYOUT_TABLE_EMU_DEVICES:
	case AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES:
	case AXVM_LAYOUT_TABLE_PASSTHROUGH_ADDRESSES:
	case AXVM_LAYOUT_TABLE_PASSTHROUGH_PORTS:
	case AXVM_LAYOUT_TABLE_RESERVED_ADDRESSES:
	case AXVM_LAYOUT_TABLE_HYPERVISOR:
	case AXVM_LAYOUT_TABLE_DISABLED_PATHS:
	case AXVM_LAYOUT_TABLE_MACHINE:
	case AXVM_LAYOUT_TABLE_HOST_MEMORY:
		return true;
	default:
		return false;
	}
}

static void write_id(struct axvm_writer *w, const axvm_finding_owner *owner)
{
	axvm_writer_str(w, " ");
	axvm_writer_uint(w, owner->vm_id);
	if (!owner->name)
		return;
	axvm_writer_str(w, " (");
	axvm_writer_quoted(w, owner->name);
	axvm_writer_str(w, ")");
}

static void write_owner(struct axvm_writer *w, const axvm_finding_owner *owner)
{
	if (owner->table == AXVM_LAYOUT_TABLE_NONE)
		return;
	axvm_writer_str(w, axvm_layout_table_name(owner->table));
	if (is_list(owner->table) && owner->index != AXVM_LAYOUT_WHOLE_TABLE) {
		axvm_writer_str(w, "[");
		axvm_writer_uint(w, owner->index);
		axvm_writer_str(w, "]");
	}
	if (owner->table == AXVM_LAYOUT_TABLE_ID) {
		write_id(w, owner);
		return;
	}
	if (owner->name) {
		axvm_writer_str(w, " ");
		axvm_writer_quoted(w, owner->name);
	}
	write_range(w, owner);
}

static void write_hex(struct axvm_writer *w, const char *before, uint64_t value)
{
	axvm_writer_str(w, before);
	axvm_writer_hex(w, value);
}

static void write_uint(struct axvm_writer *w, const char *before, uint64_t value, const char *after)
{
	axvm_writer_str(w, before);
	axvm_writer_uint(w, value);
	axvm_writer_str(w, after);
}

static void write_old_name(struct axvm_writer *w, uint64_t number)
{
	axvm_writer_str(w, ", which meant ");
	axvm_writer_str(w, axvm_emulated_device_type_old_name(number));
	axvm_writer_str(w, " before July 2025");
}

static void write_old_type(struct axvm_writer *w, uint64_t number)
{
	axvm_emulated_device_type known;

	write_hex(w, ": ", number);
	if (!axvm_emulated_device_type_try_from_usize(number, &known) && number <= 11)
		write_old_name(w, number);
}

static void write_type_of_arch(struct axvm_writer *w, const axvm_finding *finding)
{
	axvm_emulated_device_type type = (axvm_emulated_device_type)finding->value;
	bool is_old_gppt = type == AXVM_EMULATED_DEVICE_CONSOLE &&
			   finding->a.space != AXVM_LAYOUT_SPACE_PORT &&
			   finding->a.start > UINT16_MAX;

	axvm_writer_str(w, ": ");
	axvm_writer_str(w, axvm_emulated_device_type_name(type));
	if (type != AXVM_EMULATED_DEVICE_FW_CFG && !is_old_gppt)
		return;
	write_hex(w, ", ", type);
	write_old_name(w, type);
}

static void write_members(struct axvm_writer *w, uint64_t number)
{
	axvm_emulated_device_type type = (axvm_emulated_device_type)number;
	size_t count = axvm_emulated_device_type_config_count(type);

	axvm_writer_str(w, ": [");
	for (size_t i = 0; i < count; i++) {
		if (i != 0)
			axvm_writer_str(w, ", ");
		axvm_writer_str(w, axvm_emulated_device_type_config_name(type, i));
	}
	axvm_writer_str(w, "]");
}

static void write_set(struct axvm_writer *w, const char *before, uint64_t bits)
{
	char list[AXVM_VCPU_SET_LIST_SIZE];

	axvm_vcpu_set_format_list(axvm_vcpu_set_from_bits(bits), list, sizeof(list));
	axvm_writer_str(w, before);
	axvm_writer_str(w, list);
}

static void write_shared_cpus(struct axvm_writer *w, const axvm_finding *finding)
{
	bool several = finding->a.index == AXVM_LAYOUT_WHOLE_TABLE;

	if (finding->a.table != AXVM_LAYOUT_TABLE_PHYS_CPU_IDS)
		write_set(w, several ? ", host CPUs " : ", host CPU ", finding->value);
	else if (several)
		write_set(w, ", those of its vCPUs ", finding->value);
	else
		write_hex(w, ", hardware id ", finding->value);
}

/* What the value says, by code; see the header. */
static void write_value(struct axvm_writer *w, const axvm_finding *finding)
{
	uint64_t value = finding->value;

	switch (finding->code) {
	case AXVM_FINDING_MEMORY_OVERFLOW:
		write_hex(w, ": its size is ", value);
		break;
	case AXVM_FINDING_DEVICE_OVERFLOW:
		/* Without the configured value, a range that is cut would show no fault. */
		write_hex(w,
			  finding->a.end == UINT64_MAX || finding->a.space == AXVM_LAYOUT_SPACE_PORT
				  ? ": its length is "
				  : ": its stride is ",
			  value);
		break;
	case AXVM_FINDING_BOOT_ADDRESS:
		if (value != 0)
			write_hex(w, ": its size is ", value);
		break;
	case AXVM_FINDING_BOOT_ENTRY:
		if (value != 0)
			write_hex(w, ", whose size is ", value);
		break;
	case AXVM_FINDING_BOOT_MEMORY:
		write_hex(w, ": GPA:", value);
		break;
	case AXVM_FINDING_BOOT_PROTOCOL:
		if (value != 0)
			write_uint(w, ": ", value, " bytes");
		break;
	case AXVM_FINDING_MEMORY_BEYOND_WIDTH:
	case AXVM_FINDING_DEVICE_BEYOND_WIDTH:
		if (value == 0)
			axvm_writer_str(w, ", 0x7ffffffff000");
		else
			write_uint(w, " of ", value, " bits");
		break;
	case AXVM_FINDING_DEVICE_TYPE:
		write_old_type(w, value);
		break;
	case AXVM_FINDING_DEVICE_CONFIG:
		if (finding->severity == AXVM_SEVERITY_ERROR)
			write_members(w, value);
		else
			write_uint(w, ": ", value, "");
		break;
	case AXVM_FINDING_DEVICE_ARCH:
		if (finding->b.table == AXVM_LAYOUT_TABLE_NONE)
			write_type_of_arch(w, finding);
		break;
	case AXVM_FINDING_DEVICE_PAGE_OFFSET:
	case AXVM_FINDING_DEVICE_HOST_IGNORED:
		write_hex(w, ": PA:", value);
		break;
	case AXVM_FINDING_MEMORY_RESERVED:
	case AXVM_FINDING_DEVICE_RESERVED:
		write_hex(w, ": GPA:", value);
		break;
	case AXVM_FINDING_DEVICE_FIXED:
		/* What is at a port may have been configured elsewhere. */
		write_hex(w, value <= UINT16_MAX ? ": port " : ": GPA:", value);
		break;
	case AXVM_FINDING_MACHINE_CONFLICT:
		if (value != 0)
			write_hex(w, ": GPA:", value);
		break;
	case AXVM_FINDING_PORT_CONFLICT:
		if (finding->b.table == AXVM_LAYOUT_TABLE_NONE)
			write_uint(w, ": ", value, "");
		break;
	case AXVM_FINDING_IRQ_UNUSED:
		/* Not about a number, but a device that the mode refuses. */
		if (value != 0)
			write_uint(w, ": ", value, "");
		break;
	case AXVM_FINDING_IRQ_SHARED:
	case AXVM_FINDING_CPU_COUNT:
		write_uint(w, ": ", value, "");
		break;
	case AXVM_FINDING_CPU_LIST:
		/* A list that is missing has no length. */
		if (value != 0 || finding->severity == AXVM_SEVERITY_WARNING)
			write_uint(w, ": ", value, "");
		break;
	case AXVM_FINDING_MEMORY_MAP_TYPE:
	case AXVM_FINDING_CPU_REPEATED:
	case AXVM_FINDING_CPU_SHARED:
		write_hex(w, ": ", value);
		break;
	case AXVM_FINDING_CPU_CONFLICT:
		write_shared_cpus(w, finding);
		break;
	case AXVM_FINDING_IRQ_CONFLICT:
		write_uint(w, ", IRQ ", value, "");
		break;
	case AXVM_FINDING_CPU_MASK:
		if (value != 0)
			write_hex(w, ": ", value);
		break;
	case AXVM_FINDING_TREE_RAM:
		if (finding->a.space == AXVM_LAYOUT_SPACE_HOST)
			write_hex(w, ": PA:", value);
		else
			write_hex(w, ": it has ", value);
		break;
	default:
		break;
	}
}

/* Where ranges are apart, what they have in common. */
static void write_page(struct axvm_writer *w, const axvm_finding *finding)
{
	switch (finding->code) {
	case AXVM_FINDING_MEMORY_OVERLAP:
	case AXVM_FINDING_DEVICE_IN_MEMORY:
	case AXVM_FINDING_DEVICE_OVERLAP:
	case AXVM_FINDING_HOST_CONFLICT:
		break;
	default:
		return;
	}
	if (!axvm_owners_are_apart(&finding->a, &finding->b))
		return;
	axvm_writer_str(w, " ");
	write_hex(w, space_prefix(finding->a.space), finding->value);
	axvm_writer_str(w, " with");
}

static void write_move(struct axvm_writer *w, const axvm_finding *finding)
{
	if (finding->moved_by == 0)
		return;
	write_hex(w,
		  " (moved with memory_regions[0] from GPA:", finding->a.start - finding->moved_by);
	axvm_writer_str(w, ")");
}

static void write_message(struct axvm_writer *w, const axvm_finding *finding, const char *a_where,
			  const char *b_where)
{
	axvm_writer_str(w, a_where ? a_where : "");
	write_owner(w, &finding->a);
	write_move(w, finding);
	axvm_writer_str(w, " ");
	axvm_writer_str(w, finding->text ? finding->text : "");
	write_page(w, finding);
	if (finding->b.table != AXVM_LAYOUT_TABLE_NONE) {
		axvm_writer_str(w, " ");
		axvm_writer_str(w, b_where ? b_where : "");
		write_owner(w, &finding->b);
	}
	write_value(w, finding);
}

/* A VM by its index, for an owner that is of one. */
static const char *write_vm(const axvm_finding_owner *owner, char *buf, size_t size)
{
	struct axvm_writer w;

	if (owner->vm == AXVM_LAYOUT_NO_VM)
		return NULL;
	axvm_writer_init(&w, buf, size);
	write_uint(&w, "vms[", owner->vm, "].");
	axvm_writer_end(&w);
	return buf;
}

AXVM_EXPORT int axvm_finding_format(const axvm_finding *finding, char *buf, size_t size)
{
	bool two_vms = finding->b.table != AXVM_LAYOUT_TABLE_NONE && finding->a.vm != finding->b.vm;
	char a_where[sizeof("vms[4294967295].")], b_where[sizeof(a_where)];
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	axvm_writer_str(&w, axvm_severity_name(finding->severity));
	axvm_writer_str(&w, "[");
	axvm_writer_str(&w, axvm_finding_code_name(finding->code));
	axvm_writer_str(&w, "]: ");
	write_message(&w, finding, two_vms ? write_vm(&finding->a, a_where, sizeof(a_where)) : NULL,
		      two_vms ? write_vm(&finding->b, b_where, sizeof(b_where)) : NULL);
	return axvm_writer_end(&w);
}

AXVM_EXPORT int axvm_finding_message_format(const axvm_finding *finding, const char *a_where,
					    const char *b_where, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	write_message(&w, finding, a_where, b_where);
	return axvm_writer_end(&w);
}

AXVM_EXPORT int axvm_finding_owner_format(const axvm_finding_owner *owner, char *buf, size_t size)
{
	struct axvm_writer w;

	axvm_writer_init(&w, buf, size);
	write_owner(&w, owner);
	return axvm_writer_end(&w);
}
