# SPDX-License-Identifier: Apache-2.0
# mypy: no-warn-return-any
"""Mirror of <axvm/model.h>: the versions of the model. (axvm_types.model is a function.)"""

from __future__ import annotations

from typing import ClassVar

from ._values import Enumeration, enumeration


@enumeration("axvm_model")
class Model(Enumeration):
    """A version of the hypervisor's types: Model.V0_5, Model.V0_7, Model.V0_7_3."""

    V0_5: ClassVar["Model"]
    V0_7: ClassVar["Model"]
    V0_7_3: ClassVar["Model"]
