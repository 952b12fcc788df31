#include "eraudit/rules/detail/table_catalogue.hpp"

#include <algorithm>
#include <utility>

#include "eraudit/rules/verdict.hpp"

namespace eraudit::rules_detail {

std::string table_function(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '-', '_');
  return out;
}

const Attribute& severity_attribute() {
  static const Attribute attribute = [] {
    Attribute made;
    made.name = "severity";
    made.type = AttributeType::enumeration;
    for (const Severity severity :
         {Severity::none, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
      EnumerationValue value;
      value.id = std::string(to_text(severity));
      made.values.push_back(std::move(value));
    }
    return made;
  }();
  return attribute;
}

void TableCatalogue::add(TablePtr table) {
  std::string name = table->name();
  entries_[std::move(name)] = {std::move(table), {}};
}

void TableCatalogue::add_faulty(std::string name) {
  entries_[std::move(name)] = {};
}

void TableCatalogue::add_lazy(std::string name, std::function<TablePtr()> read) {
  entries_[std::move(name)] = {nullptr, std::move(read)};
}

bool TableCatalogue::has(std::string_view name) const {
  return entries_.find(name) != entries_.end() || (below_ != nullptr && below_->has(name));
}

TablePtr TableCatalogue::find(std::string_view name) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return below_ == nullptr ? nullptr : below_->find(name);
  Entry& entry = found->second;
  if (entry.read) {
    entry.table = entry.read();
    entry.read = nullptr;
  }
  return entry.table;
}

std::vector<std::string> TableCatalogue::names() const {
  std::vector<std::string> out;
  if (below_ != nullptr) out = below_->names();
  for (const auto& [name, entry] : entries_) out.push_back(name);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace eraudit::rules_detail
