#include "eraudit/expression/environment.hpp"

#include <algorithm>
#include <utility>

#include "eraudit/core/error.hpp"
#include "eraudit/core/text.hpp"
#include "eraudit/expression/builtin.hpp"
#include "eraudit/expression/detail/lexer.hpp"
#include "eraudit/expression/detail/signature.hpp"
#include "eraudit/expression/program.hpp"

namespace eraudit {
namespace {

/// Names separated by dots, none of them a word of the language.
bool dotted_name(std::string_view name) {
  for (;;) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    const std::string_view part = name.substr(0, dot);
    if (part.empty() || (part.front() >= '0' && part.front() <= '9')) return false;
    const bool plain = std::all_of(part.begin(), part.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!plain || part == "true" || part == "false" || part == "null" || part == "in") return false;
    if (dot == name.size()) return !detail::reserved_word(name);
    name.remove_prefix(dot + 1);
  }
}

[[noreturn]] void refuse(std::string_view name, std::string_view why) {
  throw Error(ErrorCode::bad_argument, "'" + printable(name) + "' " + std::string(why));
}

}  // namespace

Slot Environment::add_variable(std::string name, Type type) {
  const Slot slot = reserve(std::move(type));
  try {
    this->name(slot, std::move(name));
  } catch (...) {
    variables_.pop_back();
    throw;
  }
  return slot;
}

Slot Environment::reserve(Type type) {
  variables_.push_back({{}, std::move(type), nullptr});
  return static_cast<Slot>(variables_.size() - 1);
}

void Environment::name(Slot slot, std::string name) {
  if (!dotted_name(name)) refuse(name, "cannot be the name of a variable");
  if (find_variable(name) || (schema_ != nullptr && name == "as_of")) {
    refuse(name, "is the name of another variable already");
  }
  variables_.at(slot).name = std::move(name);
}

Slot Environment::add_variable(std::string name, const std::shared_ptr<const Program>& definition) {
  const Slot slot = add_variable(std::move(name), definition->type());
  variables_.back().definition = definition;
  return slot;
}

void Environment::assume(const Program& condition) {
  assumed_.insert(assumed_.end(), condition.exist_when_true.begin(),
                  condition.exist_when_true.end());
}

void Environment::add_table(TablePtr table) {
  if (!dotted_name(table->name())) refuse(table->name(), "cannot be the name of a table");
  if (find_table(table->name())) refuse(table->name(), "is the name of another table already");
  if (find_builtin(table->name()) || table->name() == "has")
    refuse(table->name(), "is the name of a function");
  tables_.push_back(std::move(table));
}

void Environment::add_function(std::string name, std::string signatures) {
  std::string problem;
  if (!detail::parse_signatures(signatures, true, problem)) {
    refuse(name, "has signatures that cannot be read: " + problem);
  }
  functions_.push_back({std::move(name), std::move(signatures)});
}

std::optional<Slot> Environment::find_variable(std::string_view name) const noexcept {
  for (std::size_t slot = 0; slot < variables_.size(); ++slot) {
    if (variables_[slot].name == name) return static_cast<Slot>(slot);
  }
  return std::nullopt;
}

std::optional<std::uint32_t> Environment::find_table(std::string_view name) const noexcept {
  for (std::size_t number = 0; number < tables_.size(); ++number) {
    if (tables_[number]->name() == name) return static_cast<std::uint32_t>(number);
  }
  return std::nullopt;
}

}  // namespace eraudit
