# SPDX-License-Identifier: Apache-2.0
"""The board that the VMs run on, as its device tree describes it."""
