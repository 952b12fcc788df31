#include "eraudit/rules/detail/rule_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/suggest.hpp"
#include "eraudit/rules/detail/builtin.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/rules.hpp"

namespace eraudit::rules_detail {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> endings = {".yaml", ".yml", ".json"};
constexpr std::string_view packs_folder = "rules/packs/";
constexpr std::size_t most_files = 100'000;

/// Length of the ending if `name` is a file that rules may stand in, else 0.
std::size_t ending_of(std::string_view name) {
  for (const std::string_view ending : endings) {
    if (name.size() > ending.size() && name.ends_with(ending)) return ending.size();
  }
  return 0;
}

bool is_pack_file(std::string_view relative) {
  const std::string_view name = relative.substr(relative.rfind('/') + 1);  // npos + 1 is 0
  return name == "pack.yaml" || name == "pack.yml" || name == "pack.json";
}

/// Sorts files below one root into packs; files below no `pack.yaml` go to the root itself.
std::vector<RuleFolder> group(const std::string& root, std::vector<RuleFile> files) {
  std::sort(files.begin(), files.end(),
            [](const RuleFile& a, const RuleFile& b) { return a.relative < b.relative; });
  std::map<std::string, RuleFolder> folders;
  for (const RuleFile& file : files) {
    if (!is_pack_file(file.relative)) continue;
    const std::string folder = file.relative.substr(0, file.relative.rfind('/') + 1);
    folders[folder].pack.push_back(file);
  }
  for (RuleFile& file : files) {
    if (is_pack_file(file.relative)) continue;
    std::string folder = file.relative.substr(0, file.relative.rfind('/') + 1);
    while (!folder.empty() && folders.find(folder) == folders.end()) {
      folder.pop_back();
      folder.resize(folder.rfind('/') + 1);
    }
    RuleFolder& home = folders[folder];
    const std::string_view inside = std::string_view(file.relative).substr(folder.size());
    const std::string_view stem = inside.substr(0, inside.size() - ending_of(inside));
    if (stem.ends_with(".test")) {
      home.cases.push_back(std::move(file));
    } else if (inside.substr(0, 7) == "tables/") {
      home.tables.push_back(std::move(file));
    } else {
      home.rules.push_back(std::move(file));
    }
  }
  std::vector<RuleFolder> out;
  for (auto& [folder, content] : folders) {
    content.name = folder.empty() ? root : root + "/" + folder.substr(0, folder.size() - 1);
    out.push_back(std::move(content));
  }
  return out;
}

std::vector<RuleFolder> built_in_pack(const std::string& name) {
  const std::string prefix = std::string(packs_folder) + name + "/";
  std::vector<RuleFile> files;
  for (const std::string_view file : builtin_files()) {
    if (!file.starts_with(prefix)) continue;
    files.push_back({std::string(file), std::string(file.substr(prefix.size())), true});
  }
  return group(name, std::move(files));
}

std::vector<RuleFolder> folder_on_disk(const std::string& path) {
  std::vector<RuleFile> files;
  std::error_code problem;
  fs::recursive_directory_iterator entry(path, problem);
  const fs::recursive_directory_iterator end;
  while (!problem && entry != end) {
    const std::string name = entry->path().filename().string();
    std::error_code ignored;
    if (name.empty() || name.front() == '.') {
      if (entry->is_directory(ignored)) entry.disable_recursion_pending();
    } else if (entry->is_regular_file(ignored) && ending_of(name) != 0) {
      files.push_back({entry->path().generic_string(),
                       entry->path().lexically_relative(path).generic_string(), false});
      if (files.size() > most_files) {
        throw Error(ErrorCode::limit_exceeded,
                    "more than " + std::to_string(most_files) + " files in " + path);
      }
    }
    entry.increment(problem);
  }
  if (problem) {
    throw Error(ErrorCode::no_such_file,
                "cannot read the folder " + path + ": " + problem.message());
  }
  std::string root = path;
  while (root.size() > 1 && root.back() == '/') root.pop_back();
  return group(root, std::move(files));
}

std::vector<RuleFolder> one_file(const std::string& path) {
  RuleFolder folder;
  folder.name = path;
  folder.rules.push_back({path, fs::path(path).filename().generic_string(), false});
  const std::string cases = cases_name(path);
  std::error_code ignored;
  if (fs::is_regular_file(cases, ignored)) {
    folder.cases.push_back({cases, fs::path(cases).filename().generic_string(), false});
  }
  // Tables of the pack that the file lies in, or beside it.
  const fs::path parent =
      fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
  for (fs::path at = parent;; at = at.parent_path()) {
    const bool is_pack = fs::is_regular_file(at / "pack.yaml", ignored);
    if ((is_pack || at == parent) && fs::is_directory(at / "tables", ignored)) {
      const std::string tables = (at / "tables").lexically_normal().generic_string();
      for (RuleFolder& found : folder_on_disk(tables)) {
        for (RuleFile& file : found.rules) folder.tables.push_back(std::move(file));
      }
    }
    if (is_pack || at == "." || at == at.root_path()) break;
    if (!at.has_parent_path()) at = fs::path(".") / "x";
  }
  return {std::move(folder)};
}

}  // namespace

std::vector<RuleFolder> find_rule_files(std::span<const std::string> what) {
  static const std::array<std::string, 1> usual = {"core"};
  if (what.empty()) what = usual;
  std::vector<RuleFolder> out;
  std::set<std::string> seen;
  const std::vector<std::string> packs = builtin_packs();
  for (const std::string& name : what) {
    if (std::find(packs.begin(), packs.end(), name) != packs.end()) {
      if (!seen.insert(name).second) continue;
      for (RuleFolder& folder : built_in_pack(name)) out.push_back(std::move(folder));
      continue;
    }
    std::error_code problem;
    const fs::file_status status = fs::status(name, problem);
    const fs::path real = fs::weakly_canonical(name, problem);
    if (fs::exists(status) && !seen.insert(real.string()).second) continue;
    if (fs::is_directory(status)) {
      std::vector<RuleFolder> found = folder_on_disk(name);
      // A folder without any file is still a folder that was asked for.
      if (found.empty()) found.emplace_back().name = name;
      for (RuleFolder& folder : found) out.push_back(std::move(folder));
    } else if (fs::is_regular_file(status)) {
      for (RuleFolder& folder : one_file(name)) out.push_back(std::move(folder));
    } else {
      const std::vector<std::string_view> names(packs.begin(), packs.end());
      throw Error(ErrorCode::no_such_file,
                  "there is no pack, folder or file " + rules_detail::quoted(name) +
                      (names.empty() ? "" : "; packs of the library: " + suggest(name, names)));
    }
  }
  return out;
}

DocumentPtr read_rule_file(const RuleFile& file, const Limits& limits, Diagnostics& diagnostics) {
  if (file.built_in) return builtin_document(file.name);
  SourcePtr source = file.source;
  bool too_large = source && source->text().size() > limits.rule_file_bytes;
  try {
    if (!source) source = read_file(file.name, limits.rule_file_bytes);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::limit_exceeded) throw;
    too_large = true;
  }
  if (too_large) {
    diagnostics.error(
        file.name, "rule-file-too-large",
        "this file is larger than " + std::to_string(limits.rule_file_bytes) + " bytes");
    return nullptr;
  }
  auto document = file.name.ends_with(".json")
                      ? read_json(std::move(source), limits)
                      : read_yaml(std::move(source), limits, Aliases::expand);
  diagnostics.append(document.diagnostics());
  return document ? *document : nullptr;
}

std::string cases_name(const std::string& rule_file) {
  const std::size_t ending = ending_of(rule_file);
  return rule_file.substr(0, rule_file.size() - ending) + ".test" +
         rule_file.substr(rule_file.size() - ending);
}

}  // namespace eraudit::rules_detail
