#pragma once
// A YAML or JSON file as one flat arena of values that know where they were written.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/core/source.hpp"

namespace eraudit {

/// Scalars by the YAML 1.2 core schema: only `null ~ true false` and JSON-like numbers are not
/// text; `no`, `on`, `y`, `0o17`, `1_000` and dates are text. A quoted scalar is always text.
enum class DocumentKind : std::uint8_t { null, boolean, integer, number, text, list, map };

/// How a scalar was written; matters to explain traps.
enum class ScalarStyle : std::uint8_t { plain, quoted, block };

class Document;

namespace detail {
struct ArenaAccess;
}

/// A value in a `Document`. Two words; valid as long as the document lives.
class ERAUDIT_API DocumentNode {
 public:
  [[nodiscard]] DocumentKind kind() const noexcept;
  [[nodiscard]] bool is_null() const noexcept { return kind() == DocumentKind::null; }
  [[nodiscard]] bool is_text() const noexcept { return kind() == DocumentKind::text; }
  [[nodiscard]] bool is_list() const noexcept { return kind() == DocumentKind::list; }
  [[nodiscard]] bool is_map() const noexcept { return kind() == DocumentKind::map; }
  [[nodiscard]] bool is_scalar() const noexcept { return kind() < DocumentKind::list; }

  /// The scalar as written, escapes and folding resolved, whatever its kind (`1.50` stays `1.50`).
  /// Empty for lists and maps.
  [[nodiscard]] std::string_view text() const noexcept;
  [[nodiscard]] ScalarStyle style() const noexcept;
  [[nodiscard]] std::optional<bool> boolean() const noexcept;
  /// Nothing unless the kind is integer and it fits.
  [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
  /// Nothing unless the kind is integer or number.
  [[nodiscard]] std::optional<double> number() const noexcept;

  /// Items of a list or entries of a map.
  [[nodiscard]] std::size_t size() const noexcept;
  /// Item `index` of a list, or the value of entry `index` of a map. O(1).
  [[nodiscard]] DocumentNode at(std::size_t index) const noexcept;
  /// Key of entry `index` of a map, in the order written. O(1).
  [[nodiscard]] DocumentNode key(std::size_t index) const noexcept;
  /// The value under `name`. O(entries) up to eight entries, else O(log entries).
  [[nodiscard]] std::optional<DocumentNode> find(std::string_view name) const noexcept;

  /// The whole of what was written, quotes included.
  [[nodiscard]] Span span() const noexcept;
  /// Where byte `offset` of `text()` was written: quotes, escapes, indentation and folding undone.
  /// For placing errors inside an expression. O(length of the scalar).
  [[nodiscard]] std::uint32_t locate(std::size_t offset) const;
  /// The same for every byte of `text()` and its end: one more than it has bytes. O(length of the
  /// scalar).
  [[nodiscard]] std::vector<std::uint32_t> places() const;
  [[nodiscard]] const Document& document() const noexcept { return *document_; }
  [[nodiscard]] std::uint32_t index() const noexcept { return index_; }

 private:
  friend class Document;
  DocumentNode(const Document* document, std::uint32_t index)
      : document_(document), index_(index) {}
  const Document* document_;
  std::uint32_t index_;
};

/// Immutable; safe to read from many threads. Not copyable (nodes point into it), shared by
/// pointer.
class ERAUDIT_API Document {
 public:
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document();

  [[nodiscard]] DocumentNode root() const noexcept;
  [[nodiscard]] const Source& source() const noexcept;
  [[nodiscard]] const SourcePtr& source_ptr() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;  ///< values, keys included

  struct Arena;  ///< private to the readers (core/detail/document_arena.hpp)
  explicit Document(std::unique_ptr<const Arena> arena);

 private:
  friend class DocumentNode;
  friend struct detail::ArenaAccess;
  std::unique_ptr<const Arena> arena_;
};

using DocumentPtr = std::shared_ptr<const Document>;

enum class Aliases : std::uint8_t { refuse, expand };

/// One YAML document. Refused, each with its place: bad UTF-8, NUL and other control characters,
/// duplicate keys, keys that are not text, a second document or anything after the first, tags
/// other than the core ones, merge keys (`<<`), tabs as indentation, cycles, what a strict YAML 1.2
/// parser refuses, and whatever exceeds `limits`. Terminates in time linear in the text.
[[nodiscard]] ERAUDIT_API Checked<DocumentPtr> read_yaml(SourcePtr source,
                                                         const Limits& limits = {},
                                                         Aliases aliases = Aliases::refuse);

/// The documents of a YAML stream that `---` separates, each as strict as `read_yaml`.
[[nodiscard]] ERAUDIT_API Checked<std::vector<DocumentPtr>> read_yaml_stream(
    SourcePtr source, const Limits& limits = {}, Aliases aliases = Aliases::refuse);

/// RFC 8259 and nothing else: no comments, no trailing commas, no duplicate keys, one value.
[[nodiscard]] ERAUDIT_API Checked<DocumentPtr> read_json(SourcePtr source,
                                                         const Limits& limits = {});

/// Files ending in `.json` as JSON, others as YAML. Throws `Error` (`no_such_file`).
[[nodiscard]] ERAUDIT_API Checked<DocumentPtr> read_document(const std::string& path,
                                                             const Limits& limits = {},
                                                             Aliases aliases = Aliases::refuse);

}  // namespace eraudit
