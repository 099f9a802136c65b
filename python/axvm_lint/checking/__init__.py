# SPDX-License-Identifier: Apache-2.0
"""The checks of the library, for the VMs of one machine and each version of the model."""
