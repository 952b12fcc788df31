// ZIP archives, damaged as they may be.

#include "eraudit/import/detail/zip_archive.hpp"
#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

void run(std::string_view bytes) {
  WorkbookLimits limits;
  limits.unpacked_bytes = 1u << 16;
  Diagnostics diagnostics;
  const auto archive = detail::ZipArchive::open(source_of(bytes), limits, diagnostics);
  require((archive == nullptr) == diagnostics.has_errors(), "what is refused is refused aloud");
  if (archive == nullptr) return;
  for (const std::string& name : archive->names()) {
    std::string part;
    const bool whole = archive->read(name, part, limits.unpacked_bytes, diagnostics);
    require(part.size() <= limits.unpacked_bytes, "a part keeps within its limit");
    require(whole || diagnostics.has_errors(), "what is damaged is said to be");
  }
}

const Target target("zip", run);

}  // namespace
}  // namespace eraudit::fuzz
