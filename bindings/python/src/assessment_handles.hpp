#pragma once
// What assessment, findings and report share.

#include "common.hpp"
#include "eraudit/report/summary.hpp"

namespace eraudit::python {

/// An `eraudit.Explanation`. Call with the GIL, which is released meanwhile.
nb::object explanation_object(const PyAssessment& assessment, std::uint32_t rule, NodeId subject,
                              std::string_view language);

}  // namespace eraudit::python
