#pragma once
// A table for whoever reads the Arrow C stream interface: one batch.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "arrow.hpp"
#include "common.hpp"

namespace eraudit::python {

class ArrowExport {
 public:
  ArrowExport();
  ~ArrowExport();
  ArrowExport(ArrowExport&&) noexcept;

  /// `codes` are positions in `words`.
  void dictionary(std::string name, const std::vector<std::string>& words,
                  std::vector<std::int32_t> codes);
  void texts(std::string name, std::size_t rows,
             const std::function<std::string_view(std::size_t)>& text);

  /// `arrow_array_stream`. With the GIL.
  [[nodiscard]] nb::object capsule() &&;

  struct Column;
  struct Content;  ///< private

 private:
  std::shared_ptr<Content> content_;
};

}  // namespace eraudit::python
