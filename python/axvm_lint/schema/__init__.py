# SPDX-License-Identifier: Apache-2.0
"""What a VM configuration may contain, as data: a file for each version that differs.

`types` reads values, `keys` is what the tables are made of, `versions` lists the tables.
"""
