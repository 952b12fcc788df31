#pragma once
// What libFuzzer calls with any bytes, and what the ordinary tests call with those of the corpus.

#include <string>
#include <string_view>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit::fuzz {

/// A target stands alone in its file, as a constant there. An exception that leaves it is a
/// mistake of the library.
class Target {
 public:
  using Run = void (*)(std::string_view bytes);
  Target(std::string_view name, Run how) noexcept;

  [[nodiscard]] std::string_view name() const noexcept { return name_; }
  void run(std::string_view bytes) const { run_(bytes); }

  /// Null if there is none. Without a name: the first, which is the only one of a fuzzer.
  [[nodiscard]] static const Target* find(std::string_view name = {}) noexcept;

 private:
  std::string_view name_;
  Run run_;
  const Target* next_;
};

/// Stops the program, saying which law does not hold and what is known of it.
[[noreturn]] void broken(std::string_view law, std::string_view details = {});
inline void require(bool holds, std::string_view law) {
  if (!holds) broken(law);
}

[[nodiscard]] SourcePtr source_of(std::string_view bytes, std::string name = "input");

/// Each message about `source` names a place in it, can be printed, and what is printed is UTF-8.
void require_places(const Diagnostics& diagnostics, const Source& source);

}  // namespace eraudit::fuzz
