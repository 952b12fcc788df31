#include "tests/expression/cel_conformance.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "eraudit/core/file.hpp"

namespace eraudit::test {
namespace {

std::string text_of(DocumentNode node, std::string_view key) {
  const auto value = node.find(key);
  return value ? std::string(value->text()) : std::string();
}

bool flag_of(DocumentNode node, std::string_view key) {
  const auto value = node.find(key);
  return value && value->boolean().value_or(false);
}

std::vector<std::string> texts_of(DocumentNode node, std::string_view key) {
  std::vector<std::string> all;
  if (const auto list = node.find(key)) {
    for (std::size_t i = 0; i < list->size(); ++i) all.emplace_back(list->at(i).text());
  }
  return all;
}

CelTest read_test(DocumentNode node) {
  CelTest test;
  test.id = text_of(node, "id");
  test.expression = text_of(node, "expr");
  test.container = text_of(node, "container");
  test.checked = !flag_of(node, "disable_check");
  test.macros = !flag_of(node, "disable_macros");
  test.check_only = flag_of(node, "check_only");
  test.needs_proto = flag_of(node, "needs_proto");
  test.needs_ext = texts_of(node, "needs_ext");
  test.upstream_skips = texts_of(node, "upstream_skips");
  test.types = node.find("type_env");
  if (const auto bindings = node.find("bindings")) {
    for (std::size_t i = 0; i < bindings->size(); ++i) {
      test.bindings.push_back(
          {std::string(bindings->key(i).text()), bindings->at(i).find("value")});
    }
  }
  // The unknown data have values without a wrapper, and no flag for what is to be left unchecked.
  if (const auto known = node.find("known")) {
    for (std::size_t i = 0; i < known->size(); ++i) {
      test.bindings.push_back({std::string(known->key(i).text()), known->at(i)});
    }
    test.unknown = texts_of(node, "unknown");
    test.possible_outcomes = node.find("possible_outcomes");
    test.checked = test.possible_outcomes.has_value();
    for (const std::string& path : test.unknown) {
      const std::string name = path.substr(0, path.find_first_of(".["));
      const bool bound = std::any_of(test.bindings.begin(), test.bindings.end(),
                                     [&](const CelBinding& one) { return one.name == name; });
      if (!bound) test.bindings.push_back({name, std::nullopt});
    }
  }
  if (const auto expected = node.find("expected")) {
    if (const auto value = expected->find("value")) test.expected_value = *value;
    if (expected->find("error")) test.expected_error = true;
    test.expected_unknown = texts_of(*expected, "unknown");
    if (const auto typed = expected->find("typed_result")) {
      test.expected_type = text_of(*typed, "type");
      const auto value = typed->find("value");
      if (value && !value->is_null()) test.expected_value = *value;
    }
  }
  return test;
}

/// Reads `list(T)`, `abstract(name; T, ...)`.
class TypeReader {
 public:
  explicit TypeReader(std::string_view text) : text_(text) {}

  Type read() {
    const std::string word = name();
    std::vector<Type> inside;
    std::string named;
    if (accept('(')) {
      if (word == "message" || word == "abstract" || word == "param") {
        named = name();
        static_cast<void>(accept(';'));
      }
      while (!accept(')')) {
        inside.push_back(read());
        if (!accept(',')) static_cast<void>(accept(';'));
      }
    }
    if (word == "bool") return TypeKind::boolean;
    if (word == "int") return TypeKind::integer;
    if (word == "uint") return TypeKind::uinteger;
    if (word == "double") return TypeKind::number;
    if (word == "string") return TypeKind::text;
    if (word == "bytes") return TypeKind::bytes;
    if (word == "null_type") return TypeKind::null;
    if (word == "timestamp" || named == "google.protobuf.Timestamp") return TypeKind::timestamp;
    if (word == "duration" || named == "google.protobuf.Duration") return TypeKind::duration;
    if (word == "type") return inside.empty() ? Type(TypeKind::type) : Type::type_of(inside[0]);
    if (word == "list") return Type::list(inside.at(0));
    if (word == "map") return Type::map(inside.at(0), inside.at(1));
    if (word == "param") return Type::parameter(named);
    if (word == "abstract") return Type::opaque(named, std::move(inside));
    return {};
  }

 private:
  bool accept(char wanted) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  std::string name() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of("(),;", at_), text_.size());
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// One overload of `type_env` as `Builtin::signatures` writes it.
std::string signature_of(const std::string& name, DocumentNode overload) {
  std::vector<std::string> operands;
  if (const auto params = overload.find("params")) {
    for (std::size_t i = 0; i < params->size(); ++i) {
      operands.push_back(parse_cel_type(params->at(i).text()).text());
    }
  }
  std::string out;
  std::size_t first = 0;
  if (flag_of(overload, "receiver")) {
    out = operands.at(0) + "." + name;
    first = 1;
  }
  out += "(";
  for (std::size_t i = first; i < operands.size(); ++i) {
    if (i != first) out += ", ";
    out += operands[i];
  }
  return out + ") -> " + parse_cel_type(text_of(overload, "result")).text();
}

}  // namespace

Type parse_cel_type(std::string_view text) {
  return TypeReader(text).read();
}

std::string cel_type_text(const Type& type) {
  switch (type.kind()) {
    case TypeKind::list:
      return "list(" + cel_type_text(type.element()) + ")";
    case TypeKind::map:
      return "map(" + cel_type_text(type.element()) + ", " + cel_type_text(type.mapped()) + ")";
    case TypeKind::opaque: {
      std::string out = "abstract(" + type.name();
      for (const Type& part : type.parameters()) out += "; " + cel_type_text(part);
      return out + ")";
    }
    default:
      return type.text();
  }
}

CelSuite load_cel_suite(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  CelSuite suite;
  for (const std::string& file : files) {
    auto document = read_json(read_file(file, std::size_t{64} << 20));
    if (!document) throw std::runtime_error(to_text(document.diagnostics()));
    suite.documents.push_back(*document);
    const auto tests = suite.documents.back()->root().find("tests");
    if (!tests) throw std::runtime_error(file + " has no tests");
    for (std::size_t i = 0; i < tests->size(); ++i) suite.tests.push_back(read_test(tests->at(i)));
  }
  return suite;
}

Environment environment_of(const CelTest& test) {
  Environment environment;
  environment.container = test.container;
  environment.checked = test.checked;
  environment.macros = test.macros;
  const auto literal = [](std::string_view name) {
    return name == "true" || name == "false" || name == "null";
  };
  if (test.types) {
    for (std::size_t i = 0; i < test.types->size(); ++i) {
      const DocumentNode declaration = test.types->at(i);
      const std::string name = text_of(declaration, "name");
      if (literal(name)) continue;  // a declaration cannot shadow a literal
      if (text_of(declaration, "kind") == "ident") {
        environment.add_variable(name, parse_cel_type(text_of(declaration, "type")));
        continue;
      }
      std::string signatures;
      const DocumentNode overloads = declaration.find("overloads").value();
      for (std::size_t j = 0; j < overloads.size(); ++j) {
        if (j != 0) signatures += "; ";
        signatures += signature_of(name, overloads.at(j));
      }
      environment.add_function(name, signatures);
    }
  }
  for (const CelBinding& binding : test.bindings) {
    if (!literal(binding.name) && !environment.find_variable(binding.name)) {
      environment.add_variable(binding.name, Type());
    }
  }
  return environment;
}

Checked<ProgramPtr> compile_test(const CelTest& test, const Environment& environment) {
  ExpressionText text = ExpressionText::of(test.expression);
  text.name = test.id;
  return compile(text, environment);
}

}  // namespace eraudit::test
