# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: reads Axvisor VM configurations, says what they are and what is wrong with them.

`toml_file` makes a document of a file, `reader` a `model.VirtualMachine` of a document, whose
`shape` the `schema` gives, and `describe` a text of that; `findings` are what they find, and
`command` is the program.
"""
