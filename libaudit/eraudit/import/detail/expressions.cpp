#include "eraudit/import/detail/expressions.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "eraudit/core/suggest.hpp"
#include "eraudit/import/detail/values.hpp"
#include "eraudit/network/read.hpp"

namespace eraudit::detail {
namespace {

bool is_name(std::string_view text) noexcept {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  if (text.empty() || !letter(text.front())) return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

/// Functions under which unlike texts become one.
bool is_normalising(std::string_view function) noexcept {
  return function == "normal_name" || function == "plain_name" || function == "slug";
}

}  // namespace

ExpressionText expression_text(DocumentNode scalar) {
  ExpressionText out;
  // `~` is YAML's other word for null; every other scalar that is no text is CEL as it stands.
  out.text = scalar.is_null() ? "null" : std::string(scalar.text());
  out.source = scalar.document().source_ptr();
  out.offsets = scalar.places();
  if (scalar.is_null()) out.offsets.assign(out.text.size() + 1, out.offsets.front());
  return out;
}

ExpressionCompiler::ExpressionCompiler(MappingReader& reader, TableMapping& table,
                                       const SchemaPtr& schema, const Limits& limits)
    : reader_(reader), table_(table), schema_(schema), limits_(limits), environment_(schema) {
  std::vector<std::pair<std::string, Type>> texts;
  std::vector<std::pair<std::string, Type>> marks;
  for (const ColumnMapping& column : table.columns) {
    texts.emplace_back(column.name, TypeKind::text);
    marks.emplace_back(column.name, TypeKind::boolean);
  }
  names_.row_type = Type::record("row", std::move(texts));
  names_.filled_type = Type::record("filled", std::move(marks));
  names_.row = environment_.add_variable("row", names_.row_type);
  names_.filled = environment_.add_variable("filled", names_.filled_type);
  names_.row_key = environment_.add_variable("row_key", TypeKind::text);
  names_.repeat = environment_.add_variable("repeat", TypeKind::integer);
  names_.company_forms =
      environment_.add_variable("company_forms", Type::list(Type(TypeKind::text)));
}

bool ExpressionCompiler::check_scalar(DocumentNode node, std::string_view what) {
  if (!node.is_scalar()) {
    reader_.error(node, "mapping-not-expression",
                  fmt::format("{} must be an expression, not {}", what, kind_in_words(node)));
    return false;
  }
  const std::string_view text = node.text();
  const bool known = environment_.find_variable(text).has_value() || text == "as_of" ||
                     text == "true" || text == "false" || text == "null";
  if (node.is_text() && !known && is_name(text)) {
    std::vector<std::string_view> columns;
    for (const ColumnMapping& column : table_.columns) columns.push_back(column.name);
    const auto near = nearest_name(text, columns);
    reader_.error(node, "mapping-bare-word",
                  fmt::format("{} is an expression, and {} alone is nothing it can read", what,
                              in_quotes(text)),
                  near ? fmt::format("for the column write row.{}; for the text itself "
                                     "{{constant: {}}}",
                                     *near, text)
                       : fmt::format("for the text itself write {{constant: {}}}", text));
    return false;
  }
  return true;
}

std::optional<Expression> ExpressionCompiler::compile(DocumentNode node, std::string_view what,
                                                      Use use) {
  if (!check_scalar(node, what)) return std::nullopt;
  const ExpressionText text = expression_text(node);
  auto program =
      use == Use::condition ? eraudit::compile(text, environment_, Type(TypeKind::boolean), limits_)
      : use == Use::id      ? eraudit::compile(text, environment_, Type(TypeKind::text), limits_)
                            : eraudit::compile(text, environment_, limits_);
  reader_.diagnostics().append(program.diagnostics());
  if (!program) return std::nullopt;
  Expression out;
  out.program = *program;
  out.bound = eraudit::bind(out.program, nullptr);
  out.text = text.text;
  out.place = node.span();
  if (!read_columns(out, use)) return std::nullopt;
  return out;
}

bool ExpressionCompiler::read_columns(Expression& expression, Use use) {
  const Program& program = *expression.program;
  bool sound = true;
  bool reads_row = false;
  const auto is_row = [&](const Operation& operation) {
    return operation.op == Op::variable &&
           (operation.payload == names_.row || operation.payload == names_.filled);
  };
  struct Read {
    std::uint32_t at;
    std::uint16_t column;
  };
  std::vector<Read> reads;
  for (std::uint32_t i = 0; i < program.operations.size(); ++i) {
    const Operation& operation = program.operations[i];
    if (operation.op == Op::variable &&
        (operation.payload == names_.row_key || operation.payload == names_.repeat)) {
      expression.reads_row_key = true;
      reads_row_key_ = true;
    }
    if (operation.op == Op::as_of) expression.reads_as_of = true;
    if (operation.op == Op::call && is_normalising(builtins()[operation.payload].name)) {
      expression.normalises = true;
    }
    if (is_row(operation)) reads_row = true;
    const auto children = program.children_of(operation);
    for (const std::uint32_t child : children) {
      const Operation& of = program.operations[child];
      if (!is_row(of)) continue;
      if (operation.op != Op::select && operation.op != Op::has_select) {
        error(expression, of, "mapping-whole-row",
              fmt::format("{} can only be read column by column", in_quotes(program.text_of(of))),
              "write row.NAME, or row_key for a digest of the whole row");
        sound = false;
        continue;
      }
      const std::string& name = program.names[operation.payload];
      const auto column = std::find_if(table_.columns.begin(), table_.columns.end(),
                                       [&](const ColumnMapping& c) { return c.name == name; });
      if (column == table_.columns.end()) continue;  // the checker has said so
      const auto index = static_cast<std::uint16_t>(column - table_.columns.begin());
      const bool content = operation.op == Op::select && of.payload == names_.row;
      if (!note_column(expression, index, operation, content, use)) sound = false;
      reads.push_back({operation.span.offset, index});
    }
  }
  if (is_row(program.operation(program.root))) {
    error(expression, program.operation(program.root), "mapping-whole-row",
          "the row as a whole is no value", "write row.NAME");
    sound = false;
  }
  std::stable_sort(reads.begin(), reads.end(),
                   [](const Read& a, const Read& b) { return a.at < b.at; });
  for (const Read& read : reads) {
    if (std::find(expression.columns.begin(), expression.columns.end(), read.column) ==
        expression.columns.end()) {
      expression.columns.push_back(read.column);
    }
  }
  const Operation& root = program.operation(program.root);
  if (!reads_row && !expression.reads_row_key && !expression.reads_as_of &&
      program.variables().empty()) {
    expression.form = Expression::Form::constant;
  } else if (root.op == Op::select &&
             program.operation(program.children_of(root)[0]).op == Op::variable &&
             program.operation(program.children_of(root)[0]).payload == names_.row) {
    expression.form = Expression::Form::column;
  }
  return sound;
}

bool ExpressionCompiler::note_column(Expression& expression, std::uint16_t column,
                                     const Operation& operation, bool content, Use use) {
  ColumnMapping& mapped = table_.columns[column];
  mapped.read = true;
  if (mapped.person == Person::drop) {
    error(expression, operation, "mapping-person-dropped",
          fmt::format("the column {} is dropped and cannot be read", in_quotes(mapped.name)),
          "to tell rows apart by it, declare it `person: key_only` and use it in an id");
    return false;
  }
  const bool tells_apart = use == Use::id || use == Use::key;
  if (mapped.person == Person::key_only && !tells_apart && (content || use == Use::value)) {
    error(expression, operation, "mapping-person-leaks",
          fmt::format("the column {} may only be used in ids", in_quotes(mapped.name)),
          use == Use::condition
              ? fmt::format("a condition may ask whether filled.{} or has(row.{})", mapped.name,
                            mapped.name)
              : std::string());
    return false;
  }
  return true;
}

void ExpressionCompiler::error(const Expression& expression, const Operation& operation,
                               std::string_view id, std::string message, std::string help) {
  reader_.error(locate(expression.program->text, operation.span), id, std::move(message),
                std::move(help));
}

std::optional<Expression> ExpressionCompiler::condition(DocumentNode node, std::string_view what) {
  return compile(node, what, Use::condition);
}

std::optional<Expression> ExpressionCompiler::id(DocumentNode node, std::string_view what) {
  return compile(node, what, Use::id);
}

std::optional<Expression> ExpressionCompiler::group_value(DocumentNode node, std::string_view what,
                                                          bool persons) {
  return compile(node, what, persons ? Use::key : Use::value);
}

std::optional<Expression> ExpressionCompiler::value(DocumentNode node, const Attribute& attribute,
                                                    const std::string& path) {
  auto out = compile(node, path, Use::value);
  if (!out) return std::nullopt;
  if (!check_type(*out, attribute, path)) return std::nullopt;
  if (!check_constants(*out, out->program->root, attribute, path)) return std::nullopt;
  return out;
}

bool ExpressionCompiler::check_type(const Expression& expression, const Attribute& attribute,
                                    const std::string& path) {
  const Type& type = expression.program->type();
  const std::string help = type_problem(attribute, type);
  if (help.empty()) return true;
  error(expression, expression.program->operation(expression.program->root), "mapping-type",
        fmt::format("{} is {}, but this gives {}", path, to_text(attribute.type),
                    type.text(schema_.get())),
        help);
  return false;
}

bool ExpressionCompiler::check_constants(const Expression& expression, std::uint32_t operation,
                                         const Attribute& attribute, const std::string& path) {
  const Program& program = *expression.program;
  const Operation& at = program.operation(operation);
  if (at.op == Op::conditional) {
    const auto children = program.children_of(at);
    const bool first = check_constants(expression, children[1], attribute, path);
    const bool second = check_constants(expression, children[2], attribute, path);
    return first && second;
  }
  if (at.op != Op::constant) return true;
  const CellOutcome read = to_cell(attribute, program.constants[at.payload]);
  if (read.error.empty()) return true;
  error(expression, at, "mapping-constant", fmt::format("{}: {}", path, read.error), read.help);
  return false;
}

}  // namespace eraudit::detail
