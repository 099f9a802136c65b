# SPDX-License-Identifier: Apache-2.0
"""What the program is asked for: the options, the configuration file, and the values of both."""
