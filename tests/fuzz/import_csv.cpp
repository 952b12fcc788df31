// CSV tables in any encoding through a mapping with columns of every type.

#include <array>
#include <sys/mman.h>
#include <unistd.h>

#include "eraudit/core/document.hpp"
#include "eraudit/import/import.hpp"
#include "eraudit/network/write.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/import/support.hpp"

namespace eraudit::fuzz {
namespace {

constexpr std::string_view mapping_text = R"(
eraudit: mapping/1
as_of: 2026-06-30
fillers: [N/A, "-"]
absent: [none]
table:
  columns:
    id: ID
    name: {header: [NAME, Agency], required: false}
    workers: {header: WORKERS, required: false, number: "1,234.56"}
    fee: {header: FEE, required: false, money: {currency: NPR, format: indian}}
    start: {header: START, required: false, date: DD/MM/YYYY}
    place: {header: PLACE, required: false}
nodes:
  agency:
    kind: Recruiter
    id: slug(row.id)
    when: filled.id
    attributes:
      name: {value: row.name, many: most_frequent}
      also_written: {value: row.name, many: all, except: name}
      workers: row.workers
      since: row.start
  line: {kind: Recruitment, id: row_key, attributes: {city: row.place}}
edges:
  - {kind: through, from: line, to: agency, attributes: {as_written: row.name, amount: row.fee}}
)";

/// A file in memory, which readers find by a path.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("table", 0)) {
    require(descriptor_ >= 0, "there are files in memory");
    path_ = "/proc/self/fd/" + std::to_string(descriptor_);
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  void write(std::string_view bytes) const {
    const bool empty = ftruncate(descriptor_, 0) == 0;
    const auto written = pwrite(descriptor_, bytes.data(), bytes.size(), 0);
    require(empty && written == static_cast<ssize_t>(bytes.size()), "memory can be written");
  }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  int descriptor_;
  std::string path_;
};

void run(std::string_view bytes) {
  static const Mapping mapping = test::read_mapping_text(mapping_text).value();
  static const MemoryFile file;
  file.write(bytes);
  ImportOptions options;
  options.limits.csv_columns = 64;
  const auto result = import_tables(mapping, std::span(&file.path(), 1), options);
  for (const Diagnostic& one : result.diagnostics().items()) static_cast<void>(to_text(one));
  if (!result) {
    require(result.diagnostics().has_errors(), "what is refused is refused aloud");
    return;
  }
  const std::string yaml = write_network_yaml(result->network);
  const auto again = import_tables(mapping, std::span(&file.path(), 1), options);
  require(again && write_network_yaml(again->network) == yaml, "twice gives the same");
}

const Target target("import_csv", run);

}  // namespace
}  // namespace eraudit::fuzz
