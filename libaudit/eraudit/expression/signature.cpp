#include "eraudit/expression/detail/signature.hpp"

#include <array>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/expression/builtin.hpp"

namespace eraudit::detail {
namespace {

constexpr std::array<std::pair<std::string_view, TypeKind>, 17> type_names{{
    {"bool", TypeKind::boolean},
    {"int", TypeKind::integer},
    {"uint", TypeKind::uinteger},
    {"double", TypeKind::number},
    {"string", TypeKind::text},
    {"bytes", TypeKind::bytes},
    {"null_type", TypeKind::null},
    {"dyn", TypeKind::dyn},
    {"type", TypeKind::type},
    {"timestamp", TypeKind::timestamp},
    {"duration", TypeKind::duration},
    {"date", TypeKind::date},
    {"money", TypeKind::money},
    {"list", TypeKind::list},
    {"map", TypeKind::map},
    {"node", TypeKind::node},
    {"edge", TypeKind::edge},
}};

/// Throws what is wrong, as text.
class Reader {
 public:
  Reader(std::string_view text, bool host_types) : text_(text), host_types_(host_types) {}

  std::vector<Overload> read() {
    std::vector<Overload> all;
    do {
      skip();
      const std::size_t begin = at_;
      Overload one = overload();
      one.text = text_.substr(begin, at_ - begin);
      all.push_back(std::move(one));
    } while (accept(";"));
    skip();
    if (at_ != text_.size()) throw "unexpected '" + std::string(text_.substr(at_)) + "'";
    return all;
  }

 private:
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool accept(std::string_view wanted) {
    skip();
    if (!text_.substr(at_).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }
  void expect(std::string_view wanted) {
    if (!accept(wanted)) {
      throw "expected '" + std::string(wanted) + "' at '" + std::string(text_.substr(at_)) + "'";
    }
  }
  std::string name() {
    skip();
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (text_[at_] == '_' || (text_[at_] >= 'a' && text_[at_] <= 'z') ||
            (text_[at_] >= 'A' && text_[at_] <= 'Z') || (text_[at_] >= '0' && text_[at_] <= '9'))) {
      ++at_;
    }
    if (begin == at_) throw "expected a name at '" + std::string(text_.substr(at_)) + "'";
    return std::string(text_.substr(begin, at_ - begin));
  }

  /// `(int, int) -> int` or `list(A).sum() -> A`.
  Overload overload() {
    Overload one;
    generic_ = false;
    skip();
    if (at_ < text_.size() && text_[at_] != '(') {
      one.method = true;
      one.operands.push_back(type());
      expect(".");
      static_cast<void>(name());
    }
    expect("(");
    if (!accept(")")) {
      do {
        one.operands.push_back(type());
      } while (accept(","));
      expect(")");
    }
    expect("->");
    one.result = type();
    one.generic = generic_;
    return one;
  }

  Type type() {
    const std::string word = name();
    std::vector<Type> parameters;
    if (accept("(")) {
      do {
        parameters.push_back(type());
      } while (accept(","));
      expect(")");
    }
    if (word == "list" && parameters.size() == 1) return Type::list(parameters[0]);
    if (word == "map" && parameters.size() == 2) return Type::map(parameters[0], parameters[1]);
    if (word == "type" && parameters.size() == 1) return Type::type_of(parameters[0]);
    if (word == "optional_type" && parameters.size() == 1) {
      return Type::opaque(word, std::move(parameters));
    }
    if (parameters.empty()) {
      for (const auto& [known, kind] : type_names) {
        if (known == word) return kind;
      }
      if (word.front() >= 'A' && word.front() <= 'Z') {
        generic_ = true;
        return Type::parameter(word);
      }
    }
    if (!host_types_) throw "'" + word + "' is no type";
    return Type::opaque(word, std::move(parameters));
  }

  std::string_view text_;
  bool host_types_;
  bool generic_ = false;
  std::size_t at_ = 0;
};

std::vector<std::vector<Overload>> read_builtins() {
  std::vector<std::vector<Overload>> all;
  for (const Builtin& builtin : builtins()) {
    std::string problem;
    auto overloads = parse_signatures(builtin.signatures, false, problem);
    if (!overloads) {
      throw Error(ErrorCode::internal,
                  "signatures of '" + std::string(builtin.name) + "': " + problem);
    }
    all.push_back(std::move(*overloads));
  }
  return all;
}

}  // namespace

std::optional<std::vector<Overload>> parse_signatures(std::string_view text, bool host_types,
                                                      std::string& problem) {
  try {
    return Reader(text, host_types).read();
  } catch (const std::string& what) {
    problem = what;
    return std::nullopt;
  }
}

std::span<const Overload> builtin_overloads(std::uint32_t builtin) {
  static const std::vector<std::vector<Overload>> all = read_builtins();
  return all.at(builtin);
}

}  // namespace eraudit::detail
