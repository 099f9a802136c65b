# SPDX-License-Identifier: Apache-2.0
"""Findings counted, left out and printed, in each output format; what their codes mean."""
