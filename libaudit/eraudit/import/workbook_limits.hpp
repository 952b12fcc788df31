#pragma once
// How much of a workbook is unpacked and read at most.

#include <cstddef>

namespace eraudit {

/// A workbook is a ZIP archive of XML: small to send, large to read. Reaching one of these is an
/// error of the file.
struct WorkbookLimits {
  std::size_t entries = 10'000;             ///< parts of the archive
  std::size_t unpacked_bytes = 1ull << 30;  ///< of all parts together
  std::size_t ratio = 100;                  ///< unpacked over packed bytes, of parts above 1 MiB
  std::size_t xml_depth = 64;               ///< elements inside each other
  std::size_t element_bytes = 16u << 20;    ///< one row of a sheet, one shared text
  std::size_t part_bytes = 16u << 20;       ///< a part other than sheets and shared texts
  std::size_t texts = 10'000'000;           ///< shared texts
  std::size_t merged_areas = 50'000;        ///< of a sheet
  std::size_t merged_cells = 20'000'000;    ///< cells filled with the text of a merged area
};

}  // namespace eraudit
