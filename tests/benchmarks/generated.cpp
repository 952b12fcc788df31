#include "tests/benchmarks/generated.hpp"

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace eraudit::test {
namespace {

namespace fs = std::filesystem;

/// The lines of a file after its header, split at commas: the generator quotes nothing.
class Lines {
 public:
  static constexpr std::size_t most = 9;
  explicit Lines(const fs::path& path) : file_(path) {
    std::string header;
    if (!std::getline(file_, header)) throw std::runtime_error("cannot read " + path.string());
  }
  bool next() {
    if (!std::getline(file_, line_)) return false;
    std::string_view rest = line_;
    for (std::string_view& field : fields_) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      field = rest.substr(0, comma);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return true;
  }
  std::string_view operator[](std::size_t field) const { return fields_[field]; }

 private:
  std::ifstream file_;
  std::string line_;
  std::array<std::string_view, most> fields_;
};

/// One table under way, by the name of its kind.
class Folder {
 public:
  explicit Folder(fs::path path) : path_(std::move(path)) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  void open(const std::string& kind, std::string_view header) {
    files_[kind].open(path_ / (kind + ".csv"));
    files_[kind] << header << '\n';
  }
  template <class... Parts>
  void row(const std::string& kind, const Parts&... parts) {
    std::ofstream& file = files_[kind];
    bool first = true;
    ((first ? (void)(first = false) : (void)file.put(','), (void)(file << parts)), ...);
    file.put('\n');
  }
  [[nodiscard]] std::uint64_t close() {
    for (auto& [kind, file] : files_) {
      file.close();
      if (!file) throw std::runtime_error("cannot write " + kind + ".csv");
    }
    std::uint64_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(path_)) {
      if (entry.path().extension() == ".csv") bytes += entry.file_size();
    }
    return bytes;
  }

 private:
  fs::path path_;
  boost::unordered_flat_map<std::string, std::ofstream> files_;
};

std::string money(std::string_view amount, std::string_view per = {}) {
  if (amount.empty()) return {};
  return std::string(amount) + " USD" + std::string(per);
}

std::string_view yes_or_no(std::string_view digit) {
  return digit.empty() ? "" : digit == "1" ? "true" : "false";
}

/// The generator's ties end before `valid_to`, ours with `until`.
std::string day_before(std::string_view day) {
  if (day.empty()) return {};
  const auto part = [&](std::size_t first, std::size_t count) {
    return std::stoi(std::string(day.substr(first, count)));
  };
  namespace calendar = std::chrono;
  const calendar::year_month_day before{
      calendar::sys_days{calendar::year(part(0, 4)) / part(5, 2) / part(8, 2)} - calendar::days(1)};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int(before.year()),
                unsigned(before.month()), unsigned(before.day()));
  return text.data();
}

void split_nodes(const fs::path& from, Folder& to, Tables& tables) {
  to.open("Company", "id,roles,tier,country");
  to.open("Facility", "id,country");
  to.open("Recruiter", "id,role,level,country,licensed,licence_until");
  to.open("Cohort",
          "id,origin,workers,base_wage,fees_paid,documents_with,contract_substituted,recruited,"
          "licence_until,severity");
  Lines cohorts(from / "cohorts.csv");
  for (Lines line(from / "nodes.csv"); line.next(); ++tables.nodes) {
    const std::string_view kind = line[1];
    if (kind == "brand" || kind == "supplier") {
      to.row("Company", line[0], kind, line[2], line[3]);
    } else if (kind == "facility") {
      to.row("Facility", line[0], line[3]);
    } else if (kind == "recruiter" || kind == "subagent") {
      to.row("Recruiter", line[0], kind == "recruiter" ? "agency" : "sub_agent", line[2], line[3],
             yes_or_no(line[4]), line[5]);
    } else if (kind == "cohort" && cohorts.next() && cohorts[0] == line[0]) {
      to.row("Cohort", line[0], line[3], cohorts[1], money(cohorts[2], "/month"), money(cohorts[3]),
             cohorts[4], cohorts[5], cohorts[6], cohorts[7], cohorts[8]);
    } else {
      throw std::runtime_error("nodes.csv is not of the generator: " + std::string(line[0]));
    }
  }
}

void split_edges(const fs::path& from, Folder& to, Tables& tables) {
  to.open("supplies", "from,to,id,strength,since,until");
  to.open("operates", "from,to,id,strength,since,until");
  to.open("engages", "from,to,id,strength,price_per_worker,since,until");
  to.open("employs", "from,to,id,strength,since,until");
  to.open("recruited", "from,to,id,strength,fee,on,until");
  to.open("charged", "from,to,id,category,strength,amount,on,until");
  boost::unordered_flat_set<std::string> seen;
  for (Lines line(from / "edges.csv"); line.next(); ++tables.edges) {
    const std::string_view kind = line[2];
    const std::string until = day_before(line[6]);
    std::string ends(line[0]);
    ends.append(",").append(line[1]).append(",").append(kind);
    if (kind == "CHARGES") ends.append(",").append(line[5]);  // the day belongs to its key
    std::string id;
    if (!seen.insert(std::move(ends)).second) id = "again-" + std::to_string(tables.edges);
    if (kind == "SUPPLIES") {
      to.row("supplies", line[0], line[1], id, line[3], line[5], until);
    } else if (kind == "OPERATES") {
      to.row("operates", line[0], line[1], id, line[3], line[5], until);
    } else if (kind == "RECRUITS_FOR") {
      to.row("engages", line[1], line[0], id, line[3], "", line[5], until);
    } else if (kind == "SUBCONTRACTS") {
      to.row("engages", line[0], line[1], id, line[3], money(line[4]), line[5], until);
    } else if (kind == "EMPLOYS") {
      to.row("employs", line[0], line[1], id, line[3], line[5], until);
    } else if (kind == "RECRUITED") {
      to.row("recruited", line[0], line[1], id, line[3], money(line[4]), line[5], until);
    } else if (kind == "CHARGES") {
      to.row("charged", line[0], line[1], id, "service-fee", line[3], money(line[4]), line[5],
             until);
    } else {
      throw std::runtime_error("edges.csv is not of the generator: " + std::string(kind));
    }
  }
}

}  // namespace

Tables split_generated(const std::string& from, const std::string& to) {
  Tables tables;
  Folder folder(to);
  split_nodes(from, folder, tables);
  split_edges(from, folder, tables);
  tables.bytes = folder.close();
  fs::copy_file(fs::path(ERAUDIT_SOURCE_DIR) / "tests/benchmarks/generated_schema.yaml",
                fs::path(to) / "schema.yaml");
  return tables;
}

}  // namespace eraudit::test
