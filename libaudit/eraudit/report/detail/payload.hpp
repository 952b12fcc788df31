#pragma once
// The canonical report, packed so that 10,000 findings fit into three megabytes of HTML.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "eraudit/core/document.hpp"

namespace eraudit::detail {

/// Blocks of JSON by name, as the page reads them (html/unpack.js says the same from the other
/// side):
///   head      the report without its findings
///   rows      what lists and filters need of every finding, by column
///   text-en   messages in one language, in the order of the rows; null where there is none
///   values    what facts said and conditions came to, each once, unless its text is the same in
///   all
///             languages and stands in it as `value`
///   told-en   their texts in one language of the engine, in the same order
///   words     strings that stand in several findings; the orders in which keys stand
///   part-0    everything else, 250 findings each
/// Nothing is lost: the page can write the report again.
struct Payload {
  std::vector<std::pair<std::string, std::string>> blocks;
  std::size_t findings = 0;            ///< in it
  std::vector<std::string> languages;  ///< of their messages: one block `text-` each
};

[[nodiscard]] Payload pack_report(DocumentNode report, std::size_t most_findings);

/// Deflated (zlib) and in base64.
[[nodiscard]] std::string compressed(const std::string& text);
[[nodiscard]] std::string base64(std::string_view bytes);

/// `node` as JSON on one line.
[[nodiscard]] std::string compact_json(DocumentNode node);

}  // namespace eraudit::detail
