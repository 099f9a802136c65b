# SPDX-License-Identifier: Apache-2.0
"""Changes files where a finding has one right answer: what changes, what that does, and the files."""
