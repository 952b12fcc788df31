#pragma once
// What the caller or the machine did wrong, as an exception.
//
// Mistakes inside a data or rule file are not exceptions: they are collected as `Diagnostics`
// (core/diagnostic.hpp). Missing or contradicting evidence is a value (`Verdict::unknown`).

#include <cstdint>
#include <stdexcept>
#include <string>

#include "eraudit/core/export.hpp"

namespace eraudit {

enum class ErrorCode : std::uint8_t {
  bad_argument,    ///< an id of another network, a negative limit, a name that does not exist
  no_such_file,    ///< nothing there, or not readable
  file_exists,     ///< the target of a write exists, and was not to be replaced
  cannot_write,    ///< disk full, no permission, not a file
  bad_content,     ///< `Checked<T>::value()` on something that was refused; text of the diagnostics
  limit_exceeded,  ///< an input is larger than `Limits` allow
  internal,        ///< a bug in this library
};

/// Base of everything this library throws, besides `std::bad_alloc`.
class ERAUDIT_API Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& what) : std::runtime_error(what), code_(code) {}
  [[nodiscard]] ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace eraudit
