# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: reads Axvisor VM configurations, describes them and reports what is wrong with them.

Each folder imports those that are named before it, never one that is named after it:

  schema     what a file may contain, for each version
  reading    a file to a document, with places and comments, and to a VM
  checking   the VMs of one machine to findings, by the library
  reporting  findings to an output format; codes to their descriptions
  showing    a VM to a text or a picture; templates
  migrating  a file of the old format to one of today's
  options    the command line and the configuration file

`text`, `streams`, `output` and `findings` are below the folders that use them. `command` is the
program, and `check` what it does most of the time. The binding `axvm_types` is a package of its own.
"""
