# SPDX-License-Identifier: Apache-2.0
"""axvm-lint: reads Axvisor VM configurations, says what they are and what is wrong with them.

`toml_file` makes a document of a file, and `reader` a `model.VirtualMachine` of a document, whose
`shape` the `schema` gives. `machine` has the library check them all. Both give `findings`, which
`report` prints. `describe` makes a text of a VM; `text_map` and `svg` draw its `picture`.
`command` is the program, and `options` what it takes.
"""
