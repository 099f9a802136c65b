# SPDX-License-Identifier: Apache-2.0
"""Mirror of <axvm/model.h>: the versions of the model. (axvm_types.model is a function.)"""

from ._values import Enumeration, enumeration


@enumeration("axvm_model")
class Model(Enumeration):
    """A version of the hypervisor's types: Model.V0_5, Model.V0_7."""
