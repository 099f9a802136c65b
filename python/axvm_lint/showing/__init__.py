# SPDX-License-Identifier: Apache-2.0
"""What a VM is: as a text, as a picture of its address spaces; templates of new files."""
