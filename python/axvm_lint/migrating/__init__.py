# SPDX-License-Identifier: Apache-2.0
"""Makes today's file of an old one: what becomes of each key, and the text with its comments."""
