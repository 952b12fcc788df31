#pragma once
// Outside data that tests read where it stands: conformance suites and real files.

#include <string>

namespace eraudit::test {

/// The folder of outside data: `$ERAUDIT_SHARED`, else `../shared` beside the checkout. Empty if
/// there is none; tests then say so and pass, unless `$ERAUDIT_SHARED_REQUIRED` is set (as in CI).
[[nodiscard]] std::string shared_data();

/// `shared_data()`, or an empty text after a line on stderr that says what was skipped. Throws if
/// the data is required.
[[nodiscard]] std::string shared_data_or_skip(const std::string& what);

/// A file of this checkout, by its path from the root.
[[nodiscard]] std::string project_file(const std::string& path);

}  // namespace eraudit::test
