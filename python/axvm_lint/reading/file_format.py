# SPDX-License-Identifier: Apache-2.0
"""The codes of findings about files for axvm-types 0.7.3, which are not read yet."""

from axvm_types import FindingCode

# file-format
#
# What: The file is written for another version of the hypervisor, or for no released one. A
# warning for a file that only Axvisor before 0.5.24 (2026-08-09) reads.
# Why: Axvisor 0.5.24 replaced the format of VM files: no file is valid before and after.
# How: Write the keys of the version that runs the file, or choose that version.
# Severity: error, warning
#
# virtual-id
#
# What: The id of a virtual device is empty, has a character that is not allowed, occurs twice, or
# is the id of a device of the machine.
# Why: The hypervisor finds devices by their id, and refuses the VM.
# How: Give each device an id of its own, of letters, digits and the characters - _ . @.
# Severity: error
#
# virtual-model
#
# What: The model of a virtual device is unknown, is not for the architecture (--arch), or is one
# of which the VM has another already.
# Why: The hypervisor refuses the VM.
# How: Use a model that the architecture has, or remove the device.
# Severity: error
#
# virtual-option
#
# What: An option of a virtual device is unknown to its model, is missing, has a value that does
# not fit, or is chosen by the hypervisor.
# Why: The hypervisor refuses the VM.
# How: Set the option that the message names, or remove it.
# Severity: error
CODES = (FindingCode.FILE_FORMAT, FindingCode.VIRTUAL_ID, FindingCode.VIRTUAL_MODEL,
         FindingCode.VIRTUAL_OPTION)
