/* SPDX-License-Identifier: Apache-2.0 */
#include "path.h"
#include "devices.h"

/* A byte of a path in the order of a tree: its end, then "/", then all others as they are. */
static unsigned rank(const char *at)
{
	unsigned char byte = (unsigned char)*at;

	if (byte == '/')
		return at[1] == '\0' ? 0 : 1;
	return byte < '/' && byte != 0 ? byte + 1U : byte;
}

void axvm_spans_add_path(struct axvm_spans *spans, size_t vm, axvm_layout_table table, size_t index,
			 const char *path)
{
	uint64_t key = 0;
	const char *at = path;

	if (!path || path[0] != '/')
		return;
	/* The first bytes order as the paths do, and spare most calls of the tie. */
	for (size_t i = 0; i < sizeof(key); i++) {
		unsigned byte = rank(at);

		key = key << 8 | byte;
		/* It stays at its end, or at the slash there. */
		if (byte != 0)
			at++;
	}
	axvm_spans_add(spans, vm, table, index, key, 0)->name = path;
}

void axvm_add_passed_paths(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t i = 0; i < vm->passthrough_device_count; i++) {
		const axvm_passthrough_device_config *device = &vm->passthrough_devices[i];

		if (axvm_lists_devices(c) && (!axvm_passthrough_is_discovered(device) ||
					      !axvm_passthrough_discovery_works(c, device)))
			continue;
		axvm_spans_add_path(&c->spans, index, AXVM_LAYOUT_TABLE_PASSTHROUGH_DEVICES, i,
				    device->name);
	}
}

void axvm_add_disabled_paths(struct axvm_check *c, size_t index)
{
	const axvm_layout_vm *vm = axvm_check_vm(c, index);

	for (size_t i = 0; i < vm->disabled_path_count; i++)
		axvm_spans_add_path(&c->spans, index, AXVM_LAYOUT_TABLE_DISABLED_PATHS, i,
				    vm->disabled_paths[i]);
}

/* How many bytes two paths have in common. */
static size_t common(const char *a, const char *b)
{
	size_t i = 0;

	while (rank(a + i) != 0 && rank(a + i) == rank(b + i))
		i++;
	return i;
}

int axvm_span_tie_path(const struct axvm_span *a, const struct axvm_span *b)
{
	size_t i = common(a->name, b->name);

	return (int)rank(a->name + i) - (int)rank(b->name + i);
}

bool axvm_path_is(const char *a, const char *b)
{
	size_t i = common(a, b);

	return rank(a + i) == rank(b + i);
}

bool axvm_path_holds(const char *a, const char *b)
{
	size_t i = common(a, b);

	return rank(a + i) == 0 && rank(b + i) <= 1;
}

bool axvm_path_is_root(const char *path)
{
	return rank(path) == 0;
}
