#pragma once
// Workbooks made in a test: whatever a program, or somebody with bad intent, may write.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eraudit::test {

struct ZipPart {
  std::string name;
  std::string bytes;
  bool packed = true;
  std::optional<std::uint32_t> stated_size{};  ///< in the directory, instead of the true one
  bool encrypted = false;                      ///< says that it is
};

/// `stated_entries`: in the end record, instead of the true number.
[[nodiscard]] std::string zip(const std::vector<ZipPart>& parts,
                              std::optional<std::uint16_t> stated_entries = {});

struct BookSheet {
  std::string name = "Sheet1";
  std::string rows{};   ///< what stands in `sheetData`
  std::string after{};  ///< and behind it: merged cells
  std::string state{};  ///< `hidden`, `veryHidden`
};

struct Book {
  std::vector<BookSheet> sheets{};
  std::string texts{};    ///< what stands in `sst`; empty: no such part
  std::string formats{};  ///< what stands in `styleSheet`; empty: no such part
  bool from_1904 = false;
  std::vector<ZipPart> more{};

  [[nodiscard]] std::vector<ZipPart> parts() const;
  [[nodiscard]] std::string bytes() const { return zip(parts()); }
};

/// A row of texts, as `inlineStr`; a text that begins with `=` is written as a number. An empty one
/// is no cell.
[[nodiscard]] std::string sheet_row(std::uint32_t line, const std::vector<std::string>& cells,
                                    std::string_view attributes = {});
/// Rows from line 1 on.
[[nodiscard]] std::string sheet_rows(const std::vector<std::vector<std::string>>& rows);

/// As tests/cases/import/malformed writes it: `@sheet NAME [STATE]`, then the rows as XML,
/// `@after`,
/// `@texts`, `@formats`, `@1904`, `@part NAME`.
[[nodiscard]] Book book(std::string_view text);

}  // namespace eraudit::test
