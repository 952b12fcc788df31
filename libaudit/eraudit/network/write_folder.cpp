// A network as a folder of tables.

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

#include "eraudit/core/text.hpp"
#include "eraudit/network/detail/row_out.hpp"
#include "eraudit/network/detail/state.hpp"
#include "eraudit/network/detail/text_out.hpp"
#include "eraudit/network/write.hpp"

namespace eraudit {
namespace {

namespace fs = std::filesystem;

/// How a folder says that it is ours to replace.
constexpr std::string_view first_line =
    "# Written by eraudit beside the tables of this folder: what tables cannot say.\n";

[[noreturn]] void cannot_write(const std::string& path, std::string_view why) {
  throw Error(ErrorCode::cannot_write, fmt::format("cannot write '{}': {}", printable(path), why));
}

class TableText {
 public:
  explicit TableText(const Network& network) : network_(network) {}

  void header(std::span<const Attribute> attributes, std::span<const Column> columns,
              bool sources) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].empty()) continue;
      used_.push_back(i);
      next();
      append(attributes[i].name);
    }
    sources_ = sources;
    if (sources) next(), append("source");
    out_ += '\n';
    first_ = true;
  }
  void next() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  void append(std::string_view text, bool quoted = false) {
    detail::append_csv(out_, text, quoted);
  }

  void cells(std::span<const Attribute> attributes, std::span<const Column> columns,
             std::size_t row, std::uint16_t source) {
    for (const std::size_t i : used_) {
      next();
      cell(attributes[i], columns[i], row);
    }
    if (sources_) {
      next();
      if (source != 0) append(network_.sources()[source].id);
    }
    out_ += '\n';
    first_ = true;
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void cell(const Attribute& attribute, const Column& column, std::size_t row) {
    if (column.absent.test(row)) {
      out_ += "null";
      return;
    }
    if (!column.known.test(row)) return;
    const bool ranged = column.ranged.test(row);
    std::array<char, 24> digits;
    switch (column.type) {
      case AttributeType::text: {
        const std::string_view text = network_.text(column.codes[row]);
        append(text, text.empty() || text == "null");
        return;
      }
      case AttributeType::enumeration:
        append(attribute.values[column.codes[row]].id);
        return;
      case AttributeType::boolean:
        out_ += column.bytes[row] != 0 ? "true" : "false";
        return;
      case AttributeType::integer:
        if (!ranged) {
          out_.append(
              digits.data(),
              std::to_chars(digits.data(), digits.data() + digits.size(), column.longs[row]).ptr);
          return;
        }
        break;
      case AttributeType::date:
        if (!ranged) {
          out_ += to_text(Date{column.days[row]});
          return;
        }
        break;
      case AttributeType::money:
        if (!ranged) {
          out_ += to_text(column.money(row));
          if (attribute.wage) out_ += "/month";
          return;
        }
        break;
      default:
        break;
    }
    append(to_text(detail::column_cell(attribute, column, row, network_.strings()), attribute));
  }

  const Network& network_;
  std::string out_;
  std::vector<std::size_t> used_;
  bool sources_ = false;
  bool first_ = true;
};

/// `{file name, content}` of every table.
using Files = std::vector<std::pair<std::string, std::string>>;

void node_tables(const Network& network, Files& files) {
  const std::vector<bool> plain = detail::plain_nodes(network);
  const auto kinds = network.schema().kinds();
  for (std::uint16_t k = 0; k < kinds.size(); ++k) {
    const IdRange<NodeId> nodes = network.nodes(KindId{k});
    const auto is_plain = [&](NodeId node) { return static_cast<bool>(plain[node.index]); };
    if (std::none_of(nodes.begin(), nodes.end(), is_plain)) continue;
    std::span<const Column> columns;
    if (!kinds[k].attributes.empty()) {
      columns = {&network.column(KindId{k}, AttributeId{0}), kinds[k].attributes.size()};
    }
    bool sources = false;
    for (const NodeId node : nodes) sources = sources || network.source(node) != 0;
    TableText table(network);
    table.next();
    table.append("id");
    table.header(kinds[k].attributes, columns, sources);
    for (const NodeId node : nodes) {
      if (!is_plain(node)) continue;
      table.next();
      table.append(network.id(node));
      table.cells(kinds[k].attributes, columns, node.index - nodes.first, network.source(node));
    }
    files.emplace_back(kinds[k].name + ".csv", table.take());
  }
}

/// Whether any row has a value in column `i`, over all tables of one kind.
std::vector<Column> used_columns(std::span<const EdgeTable> tables, std::size_t count) {
  std::vector<Column> used(count);
  for (const EdgeTable& table : tables) {
    for (std::size_t i = 0; i < count; ++i) {
      if (!table.columns[i].empty()) used[i].known.set(0);
    }
  }
  return used;
}

void edge_tables(const Network& network, Files& files) {
  const std::vector<bool> plain = detail::plain_edges(network);
  const auto tables = network.tables();
  for (std::size_t first = 0; first < tables.size();) {
    std::size_t last = first + 1;
    while (last < tables.size() && tables[last].kind == tables[first].kind) ++last;
    const auto group = tables.subspan(first, last - first);
    first = last;
    const EdgeKind& kind = network.schema().edge(group.front().kind);
    bool ids = false;
    bool sources = false;
    bool rows = false;
    for (const EdgeTable& table : group) {
      ids = ids || !table.ids.empty();
      sources = sources || !table.sources.empty();
      for (std::uint32_t r = 0; r < table.size() && !rows; ++r) rows = plain[table.first + r];
    }
    if (!rows) continue;
    TableText text(network);
    for (const std::string_view name : {"from", "to", "id"}) {
      if (name == "id" && !ids) continue;
      text.next();
      text.append(name);
    }
    text.header(kind.attributes, used_columns(group, kind.attributes.size()), sources);
    for (const EdgeTable& table : group) {
      for (std::uint32_t r = 0; r < table.size(); ++r) {
        if (!plain[table.first + r]) continue;
        text.next();
        text.append(network.id(table.from[r]));
        text.next();
        text.append(network.id(table.to[r]));
        if (ids) {
          text.next();
          if (!table.ids.empty() && table.ids[r] != 0) text.append(network.text(table.ids[r] - 1));
        }
        text.cells(kind.attributes, table.columns, r,
                   table.sources.empty() ? std::uint16_t{0} : table.sources[r]);
      }
    }
    files.emplace_back(kind.name + ".csv", text.take());
  }
}

bool says_ours(const fs::path& path) {
  std::FILE* file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr) return false;
  std::string start(first_line.size(), '\0');
  start.resize(std::fread(start.data(), 1, start.size(), file));
  std::fclose(file);
  return start == first_line;
}

bool is_ours(const fs::path& folder) {
  if (!says_ours(folder / "network.yaml")) return false;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool known = name == "network.yaml" || name == "import-report.json" ||
                       name.ends_with(".csv") || (name == "schema.yaml" && says_ours(entry.path()));
    if (!entry.is_regular_file() || !known) return false;
  }
  return true;
}

/// A folder beside the target that is gone when this object is, unless it was renamed.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const fs::path& target) {
    const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
    std::string name = (parent / ".eraudit-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      cannot_write(target.string(), std::error_code(errno, std::generic_category()).message());
    }
    path_ = name;
    fs::permissions(path_, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                               fs::perms::others_read | fs::perms::others_exec);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const noexcept { return path_; }

 private:
  fs::path path_;
};

/// In one step, so that at every moment the old or the new folder is there.
bool exchange(const fs::path& a, const fs::path& b) noexcept {
#if defined(RENAME_EXCHANGE)
  return ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
#else
  static_cast<void>(a), static_cast<void>(b);
  return false;
#endif
}

}  // namespace

void write_network_folder(const Network& network, const std::string& path, Overwrite overwrite,
                          std::string_view import_report, std::string_view schema) {
  fs::path target(path);
  if (!target.has_filename()) target = target.parent_path();
  Files files;
  files.emplace_back(
      "network.yaml",
      std::string(first_line) + detail::network_text(network, false, detail::RowChoice::not_plain));
  node_tables(network, files);
  edge_tables(network, files);
  if (!import_report.empty()) files.emplace_back("import-report.json", import_report);
  if (!schema.empty())
    files.emplace_back("schema.yaml", std::string(first_line) + std::string(schema));
  std::error_code failure;
  const bool there = fs::exists(fs::symlink_status(target, failure));
  if (there && overwrite == Overwrite::no) {
    throw Error(ErrorCode::file_exists,
                fmt::format("cannot write '{}': it exists already", printable(path)));
  }
  if (there && !(fs::is_directory(fs::symlink_status(target)) && is_ours(target))) {
    cannot_write(path, "it exists, and is not a folder of tables that eraudit wrote");
  }
  const TemporaryFolder folder(target);
  for (const auto& [name, content] : files) {
    write_file((folder.path() / name).string(), content, Overwrite::no);
  }
  if (there) {
    if (exchange(folder.path(), target)) return;
    const fs::path old = folder.path().string() + ".old";
    fs::rename(target, old, failure);
    if (!failure) fs::rename(folder.path(), target, failure);
    if (failure) {
      std::error_code ignored;
      fs::rename(old, target, ignored);
      cannot_write(path, failure.message());
    }
    fs::remove_all(old, failure);
    return;
  }
  fs::rename(folder.path(), target, failure);
  if (failure) cannot_write(path, failure.message());
}

}  // namespace eraudit
