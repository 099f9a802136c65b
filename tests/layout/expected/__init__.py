# SPDX-License-Identifier: Apache-2.0
"""What the layout check has to find, said a second time: a module for each family of rules.

Written from the rules of the hypervisor, in the plainest way: by sets, and all with all. Each module
has a function `findings(machine)` that yields `Expected`.
"""
