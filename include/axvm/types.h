/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AXVM_TYPES_H
#define AXVM_TYPES_H

/**
 * @defgroup types All of libaxvm-types
 * @brief The umbrella: includes every public header.
 */

#include <axvm/access.h>
#include <axvm/align.h>
#include <axvm/arch.h>
#include <axvm/backend_error.h>
#include <axvm/device.h>
#include <axvm/error.h>
#include <axvm/finding.h>
#include <axvm/gpa.h>
#include <axvm/gpa_range.h>
#include <axvm/gpa_range_list.h>
#include <axvm/guest_memory.h>
#include <axvm/gva.h>
#include <axvm/gva_range.h>
#include <axvm/gva_range_list.h>
#include <axvm/hpa.h>
#include <axvm/hpa_range.h>
#include <axvm/hpa_range_list.h>
#include <axvm/hva.h>
#include <axvm/hva_ptr.h>
#include <axvm/hva_range.h>
#include <axvm/hva_range_list.h>
#include <axvm/hypercall.h>
#include <axvm/inline.h>
#include <axvm/ivc.h>
#include <axvm/layout.h>
#include <axvm/machine.h>
#include <axvm/mapping_flags.h>
#include <axvm/model.h>
#include <axvm/paging.h>
#include <axvm/text.h>
#include <axvm/tlb.h>
#include <axvm/vcpu_set.h>
#include <axvm/version.h>
#include <axvm/vm.h>
#include <axvm/vm_config.h>

#endif
