#pragma once
// Cuts a stream of XML into elements, and refuses what is no plain, well-formed XML.

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/import/workbook_limits.hpp"

namespace eraudit::detail {

/// The name without its namespace prefix.
[[nodiscard]] std::string_view local_name(std::string_view name) noexcept;

/// Tags must match, attributes be quoted, the text be UTF-8 without control characters. A document
/// type, entities other than the five of XML, another encoding, more depth or longer elements than
/// allowed are refused: nothing is expanded, nothing fetched. Memory: one wanted element.
class XmlScanner {
 public:
  /// A wanted element with all that is in it; may be changed in place; valid during the call.
  /// Return false to stop.
  using OnElement = std::function<bool(std::span<char> xml)>;

  /// `wanted`: local names; of elements inside each other the outermost is handed over.
  XmlScanner(const WorkbookLimits& limits, std::vector<std::string_view> wanted,
             OnElement on_element);

  /// False: stopped, by an error or by `on_element`.
  bool feed(std::string_view bytes);
  /// Whether the document is complete. Not to be called after a stop.
  bool finish();

  /// Empty if there was none.
  [[nodiscard]] const std::string& error() const noexcept { return error_; }
  [[nodiscard]] std::string_view error_id() const noexcept { return error_id_; }
  /// Byte of the document at which it was found.
  [[nodiscard]] std::size_t error_at() const noexcept { return error_at_; }

 private:
  bool scan();
  /// Bytes of the token at `at_`; 0 if more are needed, or after an error.
  std::size_t token_size();
  std::size_t markup_size(std::string_view rest);
  std::size_t tag_size(std::string_view rest);
  bool take(std::string_view token);
  bool take_text(std::string_view text);
  bool take_references(std::string_view text);
  bool take_declaration(std::string_view token);
  bool take_end_tag(std::string_view token);
  bool take_start_tag(std::string_view token);
  bool hand_over(std::size_t end);
  bool fail(std::string_view id, std::string message);

  const WorkbookLimits& limits_;
  std::vector<std::string_view> wanted_;
  OnElement on_element_;
  std::string buffer_;
  std::size_t at_ = 0;        ///< in `buffer_`
  std::size_t consumed_ = 0;  ///< bytes of the document before `buffer_`
  std::string names_;         ///< of the open elements, one after the other
  std::vector<std::size_t> open_;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t element_ = none;  ///< where the wanted element begins in `buffer_`
  std::size_t element_depth_ = 0;
  bool begun_ = false;
  bool root_seen_ = false;
  bool final_ = false;
  std::string error_;
  std::string_view error_id_;
  std::size_t error_at_ = 0;
};

}  // namespace eraudit::detail
