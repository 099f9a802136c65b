# SPDX-License-Identifier: Apache-2.0
"""A file's text, its places and comments, its document and the VM that this describes."""
