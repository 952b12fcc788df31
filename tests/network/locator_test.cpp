// Where a row stands is found again by reading its file again, if that is still the same.

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "eraudit/core/file.hpp"
#include "eraudit/network/detail/reader.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using eraudit::detail::FileLocator;
using eraudit::detail::Locator;

TEST_CASE("network: the place of a row in a table that has changed since is not known",
          "[network][csv]") {
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("eraudit-locator-" + std::to_string(::getpid()) + ".csv"))
                               .string();
  const std::string text = "from,to\n\"a\nb\",c\nd,e\n";
  const auto place = [&](const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
    FileLocator locator;
    locator.shape(1, 1);
    locator.add_csv_rows(locator.table(EdgeKindId{0}), 0, Source(path, text), sha256(text),
                         {-1, 0, 1, -1});
    const auto found = locator.edge(EdgeKindId{0}, 1, 4, Locator::Part::to);
    if (!found) return std::string("nowhere");
    return std::string(found->source->text().substr(found->span.offset, found->span.length));
  };
  CHECK(place(text) == "e");
  CHECK(place("from,to\n\"a\nb\",c\nd,f\n") == "nowhere");
  CHECK(place(text + "g,h\n") == "nowhere");
  CHECK(place("") == "nowhere");
  std::filesystem::remove(path);
}
