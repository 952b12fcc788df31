#pragma once
// What rules may name: indicators, kinds of fees, provisions of standards and laws.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/rules/verdict.hpp"
#include "eraudit/schema/local_text.hpp"

namespace eraudit {

/// Of the merged taxonomy.
struct Indicator {
  std::string id;
  LocalText title;
  Severity severity = Severity::medium;  ///< of a rule that states none
  std::string family;
};

struct FeeCategory {
  std::string id;
  LocalText title;
};

/// A standard or law.
struct ProvisionSource {
  std::string id;
  std::string name;
  std::string version;
};

struct Provision {
  std::string id;
  std::string source;     ///< id of a `ProvisionSource`
  std::string reference;  ///< where it stands there: `Article 7(1)`
  LocalText title;
};

/// Immutable; safe from many threads. Ids are unique among their kind.
class ERAUDIT_API Vocabulary {
 public:
  Vocabulary(std::vector<Indicator> indicators, std::vector<FeeCategory> fee_categories,
             std::vector<ProvisionSource> sources, std::vector<Provision> provisions);

  [[nodiscard]] std::span<const Indicator> indicators() const noexcept { return indicators_; }
  [[nodiscard]] std::span<const FeeCategory> fee_categories() const noexcept {
    return fee_categories_;
  }
  [[nodiscard]] std::span<const ProvisionSource> sources() const noexcept { return sources_; }
  [[nodiscard]] std::span<const Provision> provisions() const noexcept { return provisions_; }
  // Null if there is none. O(entries).
  [[nodiscard]] const Indicator* indicator(std::string_view id) const noexcept;
  [[nodiscard]] const FeeCategory* fee_category(std::string_view id) const noexcept;
  [[nodiscard]] const ProvisionSource* source(std::string_view id) const noexcept;
  [[nodiscard]] const Provision* provision(std::string_view id) const noexcept;

 private:
  std::vector<Indicator> indicators_;
  std::vector<FeeCategory> fee_categories_;
  std::vector<ProvisionSource> sources_;
  std::vector<Provision> provisions_;
};

/// `eraudit: vocabulary/1`; all mistakes are collected.
[[nodiscard]] ERAUDIT_API Checked<Vocabulary> read_vocabulary(const Document& document);

/// The one that ships with this library (rules/vocabulary.yaml). Read once, on first use; safe from
/// many threads.
[[nodiscard]] ERAUDIT_API const Vocabulary& vocabulary();

}  // namespace eraudit
