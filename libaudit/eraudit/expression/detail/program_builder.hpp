#pragma once
// Operations of a program under construction: equal ones are one, constants are computed. Private
// to the module.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "eraudit/expression/builtin.hpp"
#include "eraudit/expression/evaluator.hpp"
#include "eraudit/expression/program.hpp"

namespace eraudit::detail {

class ProgramBuilder {
 public:
  ProgramBuilder() : program_(std::make_shared<Program>()) {}

  /// The id of an operation like this, new or not. What can be computed from constants alone
  /// without an error becomes a constant.
  std::uint32_t emit(Op op, std::uint32_t payload, std::span<const std::uint32_t> children,
                     const Type& type, Span span);
  std::uint32_t constant(Value value, const Type& type, Span span);
  /// The error `message` whenever it is evaluated.
  std::uint32_t fail(std::string message, Span span);

  // Payloads.
  std::uint32_t name(std::string_view name);
  std::uint32_t attribute(AttributeReference reference);
  std::uint32_t list(ListReference reference);
  std::uint32_t comprehension(Comprehension comprehension);

  [[nodiscard]] const Operation& operation(std::uint32_t id) const {
    return program_->operations[id];
  }
  [[nodiscard]] std::span<const std::uint32_t> children(std::uint32_t id) const {
    return program_->children_of(program_->operations[id]);
  }
  /// Null unless it is a constant.
  [[nodiscard]] const Value* constant_of(std::uint32_t id) const;
  [[nodiscard]] const std::string& name_of(std::uint32_t payload) const {
    return program_->names[payload];
  }

  [[nodiscard]] const ListReference& list_at(std::uint32_t payload) const {
    return program_->lists[payload];
  }

  [[nodiscard]] const AttributeReference& attribute_at(std::uint32_t payload) const {
    return program_->attributes[payload];
  }

  /// Keeps `what` as long as the program.
  template <class T>
  const T* own(T what) {
    auto owned = std::make_shared<const T>(std::move(what));
    const T* const at = owned.get();
    program_->owned.push_back(std::move(owned));
    return at;
  }
  void own(std::shared_ptr<const void> what) { program_->owned.push_back(std::move(what)); }

  void set_type(std::uint32_t id, Type type) { program_->operations[id].type = std::move(type); }
  [[nodiscard]] std::size_t size() const noexcept { return program_->operations.size(); }
  [[nodiscard]] Program& program() noexcept { return *program_; }

  /// Leaves out what `root` does not need.
  [[nodiscard]] std::shared_ptr<Program> finish(std::uint32_t root);

 private:
  [[nodiscard]] std::optional<std::uint32_t> fold(Op op, std::uint32_t payload,
                                                  std::span<const std::uint32_t> children,
                                                  const Type& type, Span span);
  [[nodiscard]] std::optional<std::uint32_t> fold_call(std::uint32_t builtin,
                                                       std::span<const std::uint32_t> children,
                                                       const Type& type, Span span);
  [[nodiscard]] std::optional<Value> computed(const Builtin& builtin,
                                              std::span<const std::uint32_t> children);
  [[nodiscard]] std::optional<std::uint32_t> fold_map(std::span<const std::uint32_t> children,
                                                      const Type& type, Span span);
  std::uint32_t add(Op op, std::uint32_t payload, std::span<const std::uint32_t> children,
                    const Type& type, Span span);

  std::shared_ptr<Program> program_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> ids_;  ///< by hash of op, payload, children
  std::unordered_map<std::string, std::uint32_t> names_;
  std::unique_ptr<Evaluator> evaluator_;  ///< of constants; made when first needed
};

}  // namespace eraudit::detail
