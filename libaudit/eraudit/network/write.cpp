#include "eraudit/network/write.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "eraudit/core/text.hpp"
#include "eraudit/network/detail/row_out.hpp"
#include "eraudit/network/detail/state.hpp"
#include "eraudit/network/detail/text_out.hpp"

namespace eraudit {
namespace detail {
namespace {

/// Writes one file. Every row is a flow map on a line of its own.
class Writer {
 public:
  Writer(const Network& network, bool json, RowChoice rows)
      : network_(network), json_(json), rows_(rows) {
    if (rows == RowChoice::not_plain) {
      plain_nodes_ = plain_nodes(network);
      plain_edges_ = plain_edges(network);
    }
  }

  std::string run() {
    if (json_) out_ += "{\n  ";
    member("eraudit");
    text("network/1");
    if (network_.as_of()) {
      next(2 * json_);
      member("as_of");
      bare(to_text(*network_.as_of()));
    }
    sources();
    nodes();
    edges();
    completions();
    out_ += json_ ? "\n}\n" : "\n";
    return std::move(out_);
  }

 private:
  // Layout. A block ends where the next line begins.
  void next(std::size_t indent) {
    if (json_) out_ += ',';
    line(indent);
  }
  void line(std::size_t indent) {
    out_ += '\n';
    out_.append(indent, ' ');
  }
  /// Opens `name: {` or `name:` at `indent`; `close` ends it.
  void open(std::size_t indent, std::string_view name, char bracket, bool first) {
    if (first) {
      line(indent);
    } else {
      next(indent);
    }
    name_and_colon(name);
    if (json_) out_ += bracket;
  }
  void close(std::size_t indent, char bracket) {
    if (!json_) return;
    line(indent);
    out_ += bracket;
  }
  void name_and_colon(std::string_view name) {
    text(name);
    out_ += json_ ? ": " : ":";
  }
  void member(std::string_view name) {
    text(name);
    out_ += ": ";
  }
  void entry(std::string_view name, bool& first) {
    if (!first) out_ += ", ";
    first = false;
    member(name);
  }

  // Scalars.
  void text(std::string_view value) {
    if (json_) {
      append_quoted(out_, value);
    } else {
      append_yaml(out_, value);
    }
  }
  /// Known to be a harmless text in YAML: a date, an amount, a range.
  void bare(std::string_view value) {
    if (json_) {
      append_quoted(out_, value);
    } else {
      out_ += value;
    }
  }
  void integer(std::int64_t value) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.append(digits.data(), end);
  }
  void amount(Money money, bool wage) {
    std::string value = to_text(money);
    if (wage) value += "/month";
    bare(value);
  }

  void single(const CellValue& value, bool wage) {
    switch (value.index()) {
      case 0:
        out_ += std::get<bool>(value) ? "true" : "false";
        break;
      case 1:
        integer(std::get<std::int64_t>(value));
        break;
      case 2:
        out_ += to_text(std::get<double>(value));
        break;
      case 3:
        text(std::get<std::string>(value));
        break;
      case 4:
        bare(to_text(std::get<Date>(value)));
        break;
      case 5:
        amount(std::get<Money>(value), wage);
        break;
      default: {
        out_ += '[';
        bool first = true;
        for (const std::string& item : std::get<std::vector<std::string>>(value)) {
          if (!first) out_ += ", ";
          first = false;
          text(item);
        }
        out_ += ']';
      }
    }
  }

  void cell(const Attribute& attribute, const Cell& value) {
    switch (value.state) {
      case CellState::unknown:
      case CellState::absent:
        out_ += "null";
        return;
      case CellState::known:
        single(value.low, attribute.wage);
        return;
      case CellState::range:
        if (!value.typical) {
          bare(to_text(value, attribute));
          return;
        }
        out_ += '{';
        bool first = true;
        entry("low", first);
        single(value.low, attribute.wage);
        entry("typical", first);
        single(*value.typical, attribute.wage);
        entry("high", first);
        single(value.high, attribute.wage);
        out_ += '}';
        return;
    }
  }

  /// Straight from the column: most cells of most networks.
  void column_cell(const Attribute& attribute, const Column& column, std::size_t row) {
    switch (column.type) {
      case AttributeType::boolean:
        out_ += column.bytes[row] != 0 ? "true" : "false";
        return;
      case AttributeType::integer:
        integer(column.longs[row]);
        return;
      case AttributeType::number:
        out_ += to_text(column.doubles[row]);
        return;
      case AttributeType::text:
        text(network_.text(column.codes[row]));
        return;
      case AttributeType::enumeration:
        text(attribute.values[column.codes[row]].id);
        return;
      case AttributeType::date:
        bare(to_text(Date{column.days[row]}));
        return;
      case AttributeType::money:
        amount(column.money(row), attribute.wage);
        return;
      case AttributeType::text_list:
      case AttributeType::enumeration_list: {
        out_ += '[';
        bool first = true;
        for (const std::uint32_t code : column.list(row)) {
          if (!first) out_ += ", ";
          first = false;
          text(column.type == AttributeType::text_list ? network_.text(code)
                                                       : attribute.values[code].id);
        }
        out_ += ']';
        return;
      }
    }
  }

  void claims(const Attribute& attribute, std::span<const Claim> all, bool row_has_source) {
    out_ += '[';
    bool first_claim = true;
    for (const Claim& claim : all) {
      if (!first_claim) out_ += ", ";
      first_claim = false;
      out_ += '{';
      bool first = true;
      entry("value", first);
      cell(attribute, claim.cell);
      if (claim.source != 0) {
        entry("source", first);
        text(network_.sources()[claim.source].id);
      } else if (row_has_source) {
        entry("source", first);
        out_ += "null";
      }
      out_ += '}';
    }
    out_ += ']';
  }

  /// `source` and attributes of a row; `of_row` are all claims on it.
  void row(std::span<const Attribute> attributes, std::span<const Column> columns, std::size_t row,
           std::uint16_t source, std::span<const Claim> of_row, bool& first) {
    const auto about = [&](AttributeId attribute) {
      const auto begin = std::find_if(of_row.begin(), of_row.end(), [&](const Claim& claim) {
        return claim.attribute == attribute;
      });
      const auto end = std::find_if(
          begin, of_row.end(), [&](const Claim& claim) { return claim.attribute != attribute; });
      return std::span<const Claim>(begin, end);
    };
    for (std::uint16_t i = 0; i < attributes.size(); ++i) {
      const Column& column = columns[i];
      const auto said = of_row.empty() ? of_row : about(AttributeId{i});
      if (!said.empty()) {
        entry(attributes[i].name, first);
        claims(attributes[i], said, source != 0);
      } else if (column.absent.test(row)) {
        entry(attributes[i].name, first);
        out_ += "null";
      } else if (column.ranged.test(row)) {
        entry(attributes[i].name, first);
        cell(attributes[i], detail::column_cell(attributes[i], column, row, network_.strings()));
      } else if (column.known.test(row)) {
        entry(attributes[i].name, first);
        column_cell(attributes[i], column, row);
      }
    }
    const auto there = of_row.empty() ? of_row : about(row_itself);
    if (!there.empty()) {
      entry("source", first);
      out_ += '[';
      bool first_source = true;
      for (const Claim& claim : there) {
        if (!first_source) out_ += ", ";
        first_source = false;
        text(network_.sources()[claim.source].id);
      }
      out_ += ']';
    } else if (source != 0) {
      entry("source", first);
      text(network_.sources()[source].id);
    }
  }

  void sources() {
    const auto all = network_.sources();
    if (all.size() < 2) return;
    open(2 * json_, "sources", '{', false);
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (i == 1) {
        line(2 + 2 * json_);
      } else {
        next(2 + 2 * json_);
      }
      member(all[i].id);
      out_ += '{';
      bool first = true;
      if (!all[i].source_class.empty()) {
        entry("class", first);
        text(all[i].source_class);
      }
      if (all[i].date) {
        entry("date", first);
        bare(to_text(*all[i].date));
      }
      if (!all[i].ref.empty()) {
        entry("ref", first);
        text(all[i].ref);
      }
      for (const auto& [name, value] : all[i].details) {
        entry(name, first);
        text(value);
      }
      out_ += '}';
    }
    close(2, '}');
  }

  /// The claims on row `id`, given that rows are asked for in order.
  std::span<const Claim> claims_of(bool of_edge, std::uint32_t id) {
    const auto all = network_.claims();
    const auto before = [&](const Claim& claim) {
      return claim.of_edge != of_edge ? !claim.of_edge : claim.id < id;
    };
    while (next_claim_ < all.size() && before(all[next_claim_])) ++next_claim_;
    const std::size_t begin = next_claim_;
    while (next_claim_ < all.size() && all[next_claim_].of_edge == of_edge &&
           all[next_claim_].id == id) {
      ++next_claim_;
    }
    return all.subspan(begin, next_claim_ - begin);
  }

  void nodes() {
    bool opened = false;
    const auto kinds = network_.schema().kinds();
    for (std::uint16_t k = 0; k < kinds.size(); ++k) {
      const IdRange<NodeId> ids = network_.nodes(KindId{k});
      std::vector<const Column*> columns;
      bool kind_opened = false;
      for (const NodeId node : ids) {
        if (rows_ == RowChoice::not_plain && plain_nodes_[node.index]) continue;
        if (!opened) open(2 * json_, "nodes", '{', false);
        if (!kind_opened) open(2 + 2 * json_, kinds[k].name, '{', !opened);
        opened = true;
        if (kind_opened) {
          next(4 + 2 * json_);
        } else {
          line(4 + 2 * json_);
        }
        kind_opened = true;
        member(network_.id(node));
        out_ += '{';
        bool first = true;
        row(kinds[k].attributes, node_columns(KindId{k}), node.index - ids.first,
            network_.source(node), claims_of(false, node.index), first);
        out_ += '}';
      }
      if (kind_opened) close(4, '}');
    }
    if (opened) close(2, '}');
  }

  std::span<const Column> node_columns(KindId kind) const {
    if (network_.schema().kind(kind).attributes.empty()) return {};
    return {&network_.column(kind, AttributeId{0}), network_.schema().kind(kind).attributes.size()};
  }

  void edges() {
    bool opened = false;
    bool kind_opened = false;
    EdgeKindId open_kind;
    for (const EdgeTable& table : network_.tables()) {
      const EdgeKind& kind = network_.schema().edge(table.kind);
      for (std::uint32_t r = 0; r < table.size(); ++r) {
        const std::uint32_t edge = table.first + r;
        if (rows_ == RowChoice::not_plain && plain_edges_[edge]) continue;
        if (kind_opened && open_kind != table.kind) {
          close(4, ']');
          kind_opened = false;
        }
        if (!opened) open(2 * json_, "edges", '{', false);
        if (!kind_opened) open(2 + 2 * json_, kind.name, '[', !opened);
        if (kind_opened) {
          next(4 + 2 * json_);
        } else {
          line(4 + 2 * json_);
        }
        opened = true;
        kind_opened = true;
        open_kind = table.kind;
        out_ += json_ ? "{" : "- {";
        bool first = true;
        entry("from", first);
        text(network_.id(table.from[r]));
        entry("to", first);
        text(network_.id(table.to[r]));
        if (!table.ids.empty() && table.ids[r] != 0) {
          entry("id", first);
          text(network_.text(table.ids[r] - 1));
        }
        row(kind.attributes, table.columns, r,
            table.sources.empty() ? std::uint16_t{0} : table.sources[r], claims_of(true, edge),
            first);
        out_ += '}';
      }
    }
    if (kind_opened) close(4, ']');
    if (opened) close(2, '}');
  }

  void completions() {
    if (network_.completions().empty()) return;
    open(2 * json_, "complete", '[', false);
    bool first_row = true;
    for (const Completion& said : network_.completions()) {
      if (first_row) {
        line(2 + 2 * json_);
      } else {
        next(2 + 2 * json_);
      }
      first_row = false;
      out_ += json_ ? "{" : "- {";
      bool first = true;
      entry("node", first);
      text(network_.id(said.node));
      entry("list", first);
      text(network_.schema().end(said.list).edges);
      if (said.source != 0) {
        entry("source", first);
        text(network_.sources()[said.source].id);
      }
      out_ += '}';
    }
    close(2, ']');
  }

  const Network& network_;
  std::size_t json_;
  RowChoice rows_;
  std::vector<bool> plain_nodes_;
  std::vector<bool> plain_edges_;
  std::string out_;
  std::size_t next_claim_ = 0;
};

}  // namespace

std::vector<bool> plain_nodes(const Network& network) {
  std::vector<bool> plain(network.node_count(), true);
  for (const Claim& claim : network.claims()) {
    if (!claim.of_edge) plain[claim.id] = false;
  }
  return plain;
}

std::vector<bool> plain_edges(const Network& network) {
  std::vector<bool> plain(network.edge_count(), true);
  for (const Claim& claim : network.claims()) {
    if (claim.of_edge) plain[claim.id] = false;
  }
  return plain;
}

std::string network_text(const Network& network, bool json, RowChoice rows) {
  return Writer(network, json, rows).run();
}

}  // namespace detail

std::string write_network_yaml(const Network& network) {
  return detail::network_text(network, false, detail::RowChoice::all);
}

std::string write_network_json(const Network& network) {
  return detail::network_text(network, true, detail::RowChoice::all);
}

}  // namespace eraudit
