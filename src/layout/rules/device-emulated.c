/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/boot.h"
#include "layout/devices.h"
#include "layout/range.h"
#include "layout/report.h"
#include "layout/rules/device-range.h"
#include "layout/rules/rules.h"

#define RISCV_PLIC 0x0c000000
/* A PLIC's contexts begin at 0x20_0000, a page each; the last byte that counts is in the last. */
#define PLIC_CONTEXTS 0x200004

#define RENUMBER_OR_REMOVE                                                                         \
	"If this file is from before July 2025, renumber the types: 2 was a gppt, 3 was "          \
	"virtio-blk. Else remove it: the hypervisor skips it."

/*
 * device-type
 *
 * What: emu_type of an emulated device is a number that this version does not know.
 * Why: The hypervisor refuses the file. Types had other numbers before July 2025, and some of those
 * are gone.
 * How: Use a number of this version; for an old file, renumber all of its types: some old numbers
 * are another type today.
 */
static const struct axvm_rule type =
	AXVM_RULE(AXVM_FINDING_DEVICE_TYPE, AXVM_SEVERITY_ERROR, "has an unknown emu_type",
		  "Use a type that the hypervisor knows.");
static const struct axvm_rule type_of_old_file =
	AXVM_RULE(AXVM_FINDING_DEVICE_TYPE, AXVM_SEVERITY_ERROR, "has an unknown emu_type",
		  "Renumber the types: this is probably a file from before July 2025.");

/*
 * device-config
 *
 * What: cfg_list or length of an emulated device does not suit its type: a redistributor has three
 * members, an ITS and a PLIC have one, and the length of a PLIC has room for its contexts. A
 * warning where a redistributor's cpu_num is not the VM's, or its length not its stride.
 * Why: 0.5 reads the members without looking at the length of the list, and panics; 0.7 refuses the
 * VM. With too few redistributors some vCPUs get no interrupts.
 * How: Set the members that the message lists, in this order.
 */
static const struct axvm_rule config_short =
	AXVM_RULE(AXVM_FINDING_DEVICE_CONFIG, AXVM_SEVERITY_ERROR,
		  "has fewer members in its cfg_list than its type needs",
		  "Set all members: Axvisor before 0.5.16 panics at a shorter list, later ones "
		  "refuse the VM.");
static const struct axvm_rule config_long =
	AXVM_RULE_SINCE(AXVM_FINDING_DEVICE_CONFIG, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR,
			"has more members in its cfg_list than its type takes",
			"Remove the members after the first one.");
static const struct axvm_rule config_cpu_num =
	AXVM_RULE(AXVM_FINDING_DEVICE_CONFIG, AXVM_SEVERITY_WARNING,
		  "is a redistributor for another number of vCPUs than the VM has",
		  "Set the first member of its cfg_list to cpu_num.");
static const struct axvm_rule config_stride =
	AXVM_RULE(AXVM_FINDING_DEVICE_CONFIG, AXVM_SEVERITY_WARNING,
		  "has a length (of one frame) that is not the stride of its frames",
		  "Set both to 0x2_0000: length is that of one frame, not of all.");
static const struct axvm_rule config_frames =
	AXVM_RULE_SINCE(AXVM_FINDING_DEVICE_CONFIG, AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR,
			"has overlapping frames: its length (of one frame) exceeds their stride",
			"Set both to 0x2_0000: length is that of one frame, not of all.");
static const struct axvm_rule config_contexts =
	AXVM_RULE(AXVM_FINDING_DEVICE_CONFIG, AXVM_SEVERITY_ERROR, "is too short for its contexts",
		  "Make its length more than 0x20_0004 + context_num x 0x1000.");

/*
 * device-fixed
 *
 * What: An emulated device is configured at another place than the hypervisor gives it: the console
 * has the ports 0x3f8-0x3ff, the PIT 0x40-0x61, the interrupt controller 0x1 has 0x8000000 with
 * 0x10000 bytes. Also a RISC-V PLIC that is not at 0xc000000.
 * Why: The hypervisor does not read base_gpa and length of these devices. RISC-V interrupts reach
 * the guest's PLIC at that one address only.
 * How: Configure the place that the message names.
 */
static const struct axvm_rule fixed = AXVM_RULE(
	AXVM_FINDING_DEVICE_FIXED, AXVM_SEVERITY_WARNING,
	"is not configured where the hypervisor places it",
	"Set the place that the message names: base_gpa and length of this type are not read.");
static const struct axvm_rule fixed_of_old_file = AXVM_RULE(
	AXVM_FINDING_DEVICE_FIXED, AXVM_SEVERITY_WARNING,
	"is a console, but not at the I/O ports where the hypervisor places it",
	"If this file is from before July 2025, renumber the types: a gppt is no longer 2.");
static const struct axvm_rule plic =
	AXVM_RULE(AXVM_FINDING_DEVICE_FIXED, AXVM_SEVERITY_WARNING,
		  "is not where the hypervisor looks for a PLIC",
		  "Move it to 0x0c00_0000: else the guest gets no interrupts.");

/*
 * device-arch
 *
 * What: A device type is not implemented on the architecture (--arch), or on any; or one file has
 * types of two architectures. A type that no architecture implements is a warning for 0.5, an error
 * for 0.7. A fw-cfg (0x3) where nothing else is of loongarch64, which alone has it.
 * Why: The hypervisor skips the device with a warning, and the guest lacks it. Virtio devices have
 * types, but no architecture has the devices: 0.5 skips them, 0.7 refuses the VM. Before July 2025
 * types had other numbers: 2 was a gppt, 3 was virtio-blk.
 * How: Remove the device, or use a type of the architecture; for an old file, renumber its types.
 */
static const struct axvm_rule arch_lacks =
	AXVM_RULE(AXVM_FINDING_DEVICE_ARCH, AXVM_SEVERITY_WARNING,
		  "has a type that is not implemented on this architecture",
		  "Remove it: the hypervisor skips it.");
static const struct axvm_rule arch_lacks_of_old_file =
	AXVM_RULE(AXVM_FINDING_DEVICE_ARCH, AXVM_SEVERITY_WARNING,
		  "has a type that is not implemented on this architecture", RENUMBER_OR_REMOVE);
static const struct axvm_rule arch_one =
	AXVM_RULE_SINCE(AXVM_FINDING_DEVICE_ARCH, AXVM_MODEL_0_7, AXVM_SEVERITY_WARNING,
			"has a type of loongarch64, but nothing else in the VM is for loongarch64",
			RENUMBER_OR_REMOVE);
static const struct axvm_rule arch_none =
	AXVM_RULE_BY_MODEL(AXVM_FINDING_DEVICE_ARCH,
			   AXVM_STEPS(AXVM_SINCE(AXVM_MODEL_0_5, AXVM_SEVERITY_WARNING),
				      AXVM_SINCE(AXVM_MODEL_0_7, AXVM_SEVERITY_ERROR)),
			   "has a type that is not implemented on any architecture",
			   "Remove it: Axvisor before 0.5.16 skips it, later ones refuse the VM.");
static const struct axvm_rule arch_mixed = AXVM_RULE(
	AXVM_FINDING_DEVICE_ARCH, AXVM_SEVERITY_WARNING, "is for another architecture than",
	"Remove the one of the other architecture: the hypervisor skips it.");

/*
 * device-ivc
 *
 * What: A VM has a second IVC channel; or, an error, a channel does not begin at a multiple of 4
 * KiB.
 * Why: The hypervisor uses the first channel only, so the guest waits in vain at the second one. It
 * allocates the memory of a channel in whole pages.
 * How: Remove one, or align the base to 4 KiB.
 */
static const struct axvm_rule ivc_unaligned = AXVM_RULE(
	AXVM_FINDING_DEVICE_IVC, AXVM_SEVERITY_ERROR, "is an IVC channel that is not page-aligned",
	"Align its base to 4 KiB: its memory is mapped by pages.");
static const struct axvm_rule ivc_second = AXVM_RULE(
	AXVM_FINDING_DEVICE_IVC, AXVM_SEVERITY_WARNING,
	"is the only IVC channel that is used; the hypervisor ignores", "Remove the second one.");

/* A look at one device, as all that is said about it needs. */
struct look {
	struct axvm_check *c;
	const axvm_layout_vm *vm;
	const axvm_emulated_device_config *device;
	size_t vm_index, index;
};

static void say(const struct look *at, const struct axvm_rule *rule, uint64_t value)
{
	axvm_report(at->c, rule, at->vm_index, AXVM_LAYOUT_TABLE_EMU_DEVICES, at->index, value);
}

static bool is_type(const struct look *at, axvm_emulated_device_type of)
{
	return at->device->emu_type == of;
}

static void report_unknown(const struct look *at)
{
	uint8_t number = at->device->emu_type;
	axvm_gpa_range r;

	/*
	 * 0 to 2 are known to both versions. 10, IVC, is the number of another type today, and
	 * so is 3 at 0.7.
	 */
	say(at, number <= 11 ? &type_of_old_file : &type, number);
	if (!axvm_emulated_device_config_range(at->device, &r))
		say(at, &axvm_device_overflow, at->device->length);
}

/* Virtio devices have types, but no architecture has the devices. */
static void check_arch(const struct look *at)
{
	axvm_emulated_device_type number = at->device->emu_type;

	if (number >= AXVM_EMULATED_DEVICE_VIRTIO_BLK)
		say(at, &arch_none, number);
	else if (axvm_emulated_is_skipped(at->c, at->device))
		say(at,
		    axvm_emulated_is_of_old_file(at->device) ? &arch_lacks_of_old_file
							     : &arch_lacks,
		    number);
}

/* One that the hypervisor puts at this place, whatever is configured. */
static void check_fixed(const struct look *at, axvm_gpa_range place)
{
	const axvm_emulated_device_config *device = at->device;
	const struct axvm_rule *rule = &fixed;

	if (device->base_gpa.addr == place.start.addr &&
	    device->length == axvm_gpa_range_size(place))
		return;
	if (device->length == 0)
		rule = &axvm_device_empty;
	else if (axvm_emulated_is_old_gppt(device))
		rule = &fixed_of_old_file;
	axvm_report_configured(at->c, rule, at->vm_index, AXVM_LAYOUT_TABLE_EMU_DEVICES, at->index,
			       device->length == 0 ? 0 : place.start.addr);
}

static void check_redistributor(const struct look *at)
{
	const axvm_emulated_device_config *device = at->device;
	const uint64_t *list = device->cfg_list;

	if (axvm_cpu_num_is_valid(at->vm) && list[0] != at->vm->cpu_num)
		say(at, &config_cpu_num, list[0]);
	if (device->length == 0 || device->length == list[1])
		return;
	if (device->length > list[1] && list[0] > 1 && at->c->limits.model >= AXVM_MODEL_0_7)
		say(at, &config_frames, device->emu_type);
	else
		say(at, &config_stride, list[1]);
}

static void check_plic(const struct look *at)
{
	const axvm_emulated_device_config *device = at->device;
	uint64_t contexts;

	if (device->cfg_list_len > 1)
		say(at, &config_long, device->emu_type);
	if (device->length != 0 &&
	    (__builtin_mul_overflow(device->cfg_list[0], AXVM_PAGE_SIZE_4K, &contexts) ||
	     __builtin_add_overflow(contexts, PLIC_CONTEXTS, &contexts) ||
	     device->length <= contexts))
		say(at, &config_contexts, device->emu_type);
}

static void check_config(const struct look *at)
{
	if (is_type(at, AXVM_EMULATED_DEVICE_GPPT_REDISTRIBUTOR))
		check_redistributor(at);
	else if (is_type(at, AXVM_EMULATED_DEVICE_PPPT_GLOBAL))
		check_plic(at);
}

static void check_place(const struct look *at, bool config_is_short)
{
	const axvm_emulated_device_config *device = at->device;
	uint32_t gpa_bits = at->c->limits.gpa_bits;
	bool frames_fit = true;
	axvm_gpa_range r;

	if (device->length == 0) {
		say(at, &axvm_device_empty, 0);
	} else if (!axvm_emulated_device_config_range(device, &r)) {
		say(at, &axvm_device_overflow, device->length);
		return;
	}
	if (!config_is_short)
		frames_fit = axvm_emulated_device_config_footprint(device, &r);
	if (!frames_fit)
		say(at, &axvm_frames_overflow, device->cfg_list[1]);
	else if (device->length != 0 && axvm_range_is_beyond_width(r, gpa_bits))
		say(at, gpa_bits == 0 ? &axvm_device_beyond_all : &axvm_device_beyond_width,
		    gpa_bits);
	if (is_type(at, AXVM_EMULATED_DEVICE_IVC_CHANNEL) &&
	    !axvm_gpa_is_aligned_4k(device->base_gpa))
		say(at, &ivc_unaligned, 0);
	if (is_type(at, AXVM_EMULATED_DEVICE_PPPT_GLOBAL) && device->base_gpa.addr != RISCV_PLIC)
		say(at, &plic, RISCV_PLIC);
}

static void check_emulated(const struct look *at, unsigned *taken)
{
	const axvm_emulated_device_config *device = at->device;
	bool config_is_short;
	axvm_gpa_range r;

	if (is_type(at, AXVM_EMULATED_DEVICE_DUMMY))
		return;
	if (!axvm_emulated_is_known(at->c, device)) {
		report_unknown(at);
		return;
	}
	check_arch(at);
	if (axvm_emulated_is_skipped(at->c, device) ||
	    !axvm_emulated_take_single(at->c, device, taken))
		return;
	if (axvm_emulated_fixed_place(device->emu_type, &r)) {
		check_fixed(at, r);
		return;
	}
	config_is_short =
		device->cfg_list_len < axvm_emulated_device_type_config_count(device->emu_type);
	if (config_is_short)
		say(at, &config_short, device->emu_type);
	else if (axvm_emulated_device_config_footprint(device, &r))
		check_config(at);
	check_place(at, config_is_short);
}

void axvm_rules_device_emulated(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	unsigned taken = 0;

	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const struct look at = { c, vm, &vm->emu_devices[i], index, i };

		check_emulated(&at, &taken);
	}
}

/* Whether nothing in a VM says that it is for loongarch64 but a fw-cfg: its number is an old one. */
static bool has_lone_fw_cfg(const axvm_layout_vm *vm)
{
	axvm_boot_protocol protocol;

	if (axvm_effective_protocol(vm, &protocol) && protocol == AXVM_BOOT_PROTOCOL_UEFI)
		return false;
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		if (vm->emu_devices[i].emu_type == AXVM_EMULATED_DEVICE_LOONGARCH_PCH_PIC)
			return false;
	}
	return true;
}

/* Where the architecture is set, each device is compared with that. */
static void check_archs(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	axvm_arch known, only = AXVM_ARCH_UNKNOWN;
	bool is_lone = has_lone_fw_cfg(vm);
	size_t first = 0;

	if (axvm_arch_try_from_usize(c->limits.arch, &known))
		return;
	for (size_t i = 0; i < vm->emu_device_count; i++) {
		const axvm_emulated_device_config *device = &vm->emu_devices[i];
		axvm_arch its = axvm_emulated_arch(device->emu_type);
		bool is_fw_cfg = device->emu_type == AXVM_EMULATED_DEVICE_FW_CFG;

		if (its == AXVM_ARCH_UNKNOWN || !axvm_emulated_is_known(c, device))
			continue;
		if (is_fw_cfg && is_lone) {
			axvm_report(c, &arch_one, index, AXVM_LAYOUT_TABLE_EMU_DEVICES, i,
				    device->emu_type);
		} else if (axvm_emulated_is_old_gppt(device)) {
			/* Reported by its place already. */
			continue;
		} else if (only == AXVM_ARCH_UNKNOWN) {
			only = its;
			first = i;
		} else if (its != only) {
			axvm_report_elements(c, &arch_mixed, index, AXVM_LAYOUT_TABLE_EMU_DEVICES,
					     first, i, vm->emu_devices[first].emu_type);
		}
	}
}

/* The hypervisor uses the first IVC channel only. */
static void check_channels(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);
	const axvm_layout_table table = AXVM_LAYOUT_TABLE_EMU_DEVICES;
	size_t first = vm->emu_device_count;

	for (size_t i = 0; i < vm->emu_device_count; i++) {
		if (axvm_emulated_single(c, &vm->emu_devices[i]) != SINGLE_IVC)
			continue;
		if (first < i)
			axvm_report_elements(c, &ivc_second, index, table, first, i, 0);
		else
			first = i;
	}
}

void axvm_rules_device_emulated_list(struct axvm_check *c, size_t index)
{
	check_channels(c, index);
	check_archs(c, index);
}
