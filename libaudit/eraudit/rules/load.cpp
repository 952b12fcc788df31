// Packs, folders and files of rules into `Rules`.

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "eraudit/core/file.hpp"
#include "eraudit/rules/detail/builtin.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/detail/lint.hpp"
#include "eraudit/rules/detail/rule_files.hpp"
#include "eraudit/rules/detail/rule_reader.hpp"
#include "eraudit/rules/detail/rule_visitor.hpp"
#include "eraudit/rules/detail/state.hpp"
#include "eraudit/rules/load_texts.hpp"
#include "eraudit/rules/rules.hpp"
#include "eraudit/rules/vocabulary.hpp"

namespace eraudit {
namespace {

using rules_detail::FileReader;
using rules_detail::Node;
using rules_detail::quoted;
using rules_detail::RuleFile;
using rules_detail::RuleFolder;
using rules_detail::RuleVisitor;
using rules_detail::TableCatalogue;

constexpr std::string_view pack_form = "pack/1";
constexpr std::array<std::string_view, 6> pack_keys = {"eraudit", "id",    "version",
                                                       "title",   "about", "licence"};
constexpr std::string_view tables_folder = "rules/tables/";

std::optional<Pack> read_pack(const Document& document, const Limits& limits,
                              Diagnostics& diagnostics) {
  FileReader reader(document, "pack", limits);
  Pack pack;
  const Node root = document.root();
  if (reader.is_map(root, "a pack file")) {
    reader.known_keys(root, pack_keys, "a pack file");
    const auto required = [&](std::string_view key) -> std::optional<Node> {
      const auto found = root.find(key);
      if (!found) reader.error(root, "missing-key", "a pack file needs " + quoted(key));
      return found;
    };
    if (const auto version = root.find("eraudit"); !version) {
      reader.error(root, "header", "a pack file begins with 'eraudit: pack/1'");
    } else if (version->text() != pack_form) {
      reader.error(*version, "header", quoted(version->text()) + " is not a form of pack files",
                   "write 'eraudit: pack/1'");
    }
    if (const auto id = required("id"); id && reader.is_id(*id, "the id of a pack")) {
      pack.id = std::string(id->text());
    }
    if (const auto version = required("version")) {
      pack.version = std::string(reader.word(*version, "'version'").value_or(""));
    }
    if (const auto title = required("title")) pack.title = reader.local_text(*title, "'title'");
    if (const auto about = root.find("about")) pack.about = reader.local_text(*about, "'about'");
    if (const auto licence = root.find("licence")) {
      pack.licence = std::string(reader.word(*licence, "'licence'").value_or(""));
    }
  }
  const bool usable = !reader.has_errors();
  diagnostics.append(reader.take());
  if (!usable) return std::nullopt;
  return pack;
}

/// Over names and digests, so that it says which file changed as well as that one did.
std::string digest_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string lines;
  for (const auto& [name, digest] : files)
    lines.append(digest).append("  ").append(name).append("\n");
  return sha256(lines);
}

class Loader {
 public:
  explicit Loader(const LoadOptions& options, RuleVisitor visit = {})
      : visit_(std::move(visit)),
        schema_(options.schema ? options.schema : recruitment_schema()),
        limits_(options.limits),
        pattern_limits_(options.pattern_limits),
        diagnostics_(options.limits.diagnostics_per_file, options.limits.diagnostics) {
    for (const std::string_view file : rules_detail::builtin_files()) {
      if (!file.starts_with(tables_folder)) continue;
      std::string_view stem = file.substr(tables_folder.size());
      stem = stem.substr(0, stem.rfind('.'));
      library_.add_lazy(rules_detail::table_function(stem), [this, file] {
        return rules_detail::read_table(*rules_detail::builtin_document(file), schema_, limits_,
                                        diagnostics_);
      });
    }
  }

  Checked<Rules> load(std::span<const RuleFolder> folders) {
    for (const RuleFolder& folder : folders) load_folder(folder);
    if (diagnostics_.has_errors()) return std::move(diagnostics_);
    return {rules_detail::make_rules(std::move(rules_), std::move(packs_), schema_),
            std::move(diagnostics_)};
  }

 private:
  void load_folder(const RuleFolder& folder) {
    std::vector<std::pair<std::string, std::string>> digests;
    const auto note = [&](const RuleFile& file, const Document& document) {
      digests.emplace_back(file.relative, sha256(document.source().text()));
    };
    std::optional<Pack> pack;
    bool faulty_pack = false;
    for (const RuleFile& file : folder.pack) {
      const DocumentPtr document = rules_detail::read_rule_file(file, limits_, diagnostics_);
      if (document) {
        note(file, *document);
        pack = read_pack(*document, limits_, diagnostics_);
      }
      faulty_pack = !pack;
      if (pack && !pack_places_.emplace(pack->id, file.name).second) {
        diagnostics_.error(
            document->source(), document->root().find("id")->span(), "pack-duplicate-id",
            "pack " + quoted(pack->id) + " stands in " + pack_places_[pack->id] + " too",
            "one of them needs another id");
      }
    }
    TableCatalogue tables(&library_);
    load_tables(folder, tables, note);
    if (folder.rules.empty() && !faulty_pack) {
      diagnostics_.error(folder.name, "rule-none", "there are no rules in " + quoted(folder.name),
                         "rules are files that end in .yaml and begin with 'rule: ID'");
    }
    std::set<std::string> cases;
    for (const RuleFile& file : folder.cases) cases.insert(file.name);
    for (const RuleFile& file : folder.rules) {
      const DocumentPtr document = rules_detail::read_rule_file(file, limits_, diagnostics_);
      if (!document) continue;
      note(file, *document);
      load_rule(file, *document, pack ? pack->id : std::string(), cases, tables);
    }
    if (pack) {
      std::sort(digests.begin(), digests.end());
      pack->sha256 = digest_of(digests);
      packs_.push_back(*std::move(pack));
    }
  }

  template <class Note>
  void load_tables(const RuleFolder& folder, TableCatalogue& tables, Note note) {
    std::map<std::string, std::string> places;
    for (const RuleFile& file : folder.tables) {
      const DocumentPtr document = rules_detail::read_rule_file(file, limits_, diagnostics_);
      if (!document) continue;
      note(file, *document);
      const TablePtr table = rules_detail::read_table(*document, schema_, limits_, diagnostics_);
      if (!table) {
        const auto name = document->root().is_map() ? document->root().find("table") : std::nullopt;
        if (name && name->is_scalar())
          tables.add_faulty(rules_detail::table_function(name->text()));
        continue;
      }
      const auto [place, fresh] = places.emplace(table->name(), file.name);
      if (!fresh) {
        diagnostics_.error(
            document->source(), document->root().find("table")->span(), "table-duplicate-name",
            "table " + quoted(table->name()) + " stands in " + place->second + " too",
            "one of them needs another name");
        continue;
      }
      tables.add(table);
    }
  }

  void load_rule(const RuleFile& file, const Document& document, const std::string& pack,
                 const std::set<std::string>& cases, TableCatalogue& tables) {
    const Node root = document.root();
    if (root.is_map() && !root.find("rule") && root.find("table")) {
      diagnostics_.error(document.source(), root.key(0).span(), "rule-misplaced-table",
                         "this is a table, and tables stand in the folder 'tables' of a pack",
                         "move it to tables/" + file.relative);
      return;
    }
    if (places_.size() >= limits_.rules) {
      diagnostics_.error(file.name, "rule-too-many",
                         "more than " + std::to_string(limits_.rules) + " rules");
      return;
    }
    rules_detail::RuleSurroundings around;
    around.schema = schema_;
    around.tables = &tables;
    around.vocabulary = &vocabulary();
    around.pack = pack;
    around.limits = limits_;
    around.pattern_limits = pattern_limits_;
    const std::string cases_file = rules_detail::cases_name(file.name);
    around.has_cases = cases.count(cases_file) != 0;
    around.cases_file = cases_file.substr(cases_file.rfind('/') + 1);
    auto rule = rules_detail::RuleReader(document, around).read(diagnostics_);
    // The id counts even if the rest is wrong: two rules with one id are found in the same go.
    const auto id = root.is_map() ? root.find("rule") : std::nullopt;
    if (id && id->is_scalar() && !id->text().empty()) {
      const std::string place =
          file.name + ":" + std::to_string(document.source().position(id->span().offset).line);
      const auto [first, fresh] = places_.emplace(std::string(id->text()), place);
      if (!fresh) {
        diagnostics_.error(document.source(), id->span(), "rule-duplicate-id",
                           "rule " + quoted(id->text()) + " stands at " + first->second + " too",
                           "one of them needs another id");
        return;
      }
    }
    if (!rule) return;
    // What has mistakes may lack parts.
    if (!file.built_in && !diagnostics_.has_errors()) {
      Diagnostics dead;
      rules_detail::lint_dead_conditions(*rule, *schema_, dead);
      rules_detail::append_untold(diagnostics_, dead);
    }
    if (visit_) visit_(*rule, document, around);
    rules_.push_back(*std::move(rule));
  }

  RuleVisitor visit_;
  SchemaPtr schema_;
  Limits limits_;
  PatternLimits pattern_limits_;
  Diagnostics diagnostics_;
  TableCatalogue library_;
  std::vector<Rule> rules_;
  std::vector<Pack> packs_;
  std::map<std::string, std::string> places_;       ///< of rule ids
  std::map<std::string, std::string> pack_places_;  ///< of pack ids
};

}  // namespace

std::vector<std::string> builtin_packs() {
  constexpr std::string_view folder = "rules/packs/";
  std::vector<std::string> out;
  for (const std::string_view file : rules_detail::builtin_files()) {
    if (!file.starts_with(folder)) continue;
    const std::string_view rest = file.substr(folder.size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos || rest.substr(slash) != "/pack.yaml") continue;
    out.emplace_back(rest.substr(0, slash));
  }
  return out;
}

Checked<Rules> load_rules(std::span<const std::string> what, const LoadOptions& options) {
  return Loader(options).load(rules_detail::find_rule_files(what));
}

Checked<Rules> load_rules(std::span<const std::string> what, std::span<const SourcePtr> texts,
                          const LoadOptions& options) {
  std::vector<RuleFolder> folders;
  if (!what.empty() || texts.empty()) folders = rules_detail::find_rule_files(what);
  for (const SourcePtr& text : texts) {
    RuleFile file{text->name(), text->name(), false, text};
    folders.push_back({text->name(), {}, {std::move(file)}, {}, {}});
  }
  return Loader(options).load(folders);
}

namespace rules_detail {

Checked<Rules> load_rules(std::span<const std::string> what, const LoadOptions& options,
                          const RuleVisitor& visit) {
  return Loader(options, visit).load(find_rule_files(what));
}

}  // namespace rules_detail

Checked<Rules> load_rules(const std::string& what, const LoadOptions& options) {
  return load_rules(std::span(&what, 1), options);
}

}  // namespace eraudit
