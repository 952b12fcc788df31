#pragma once
// How ratings are made and how far they reach, as a file says it (rules/exposure.yaml).

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/core/limits.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {

/// Of a scale from 0 to 1, in thousandths: exact, so that contributions add up.
using Thousandths = std::int32_t;

/// Immutable once read; checked against the schema that it was read for.
struct Exposure {
  /// What a finding of one severity does.
  struct Weight {
    Thousandths least = 0;  ///< as the gravest finding
    Thousandths adds = 0;   ///< as another one: of the way that is left to the next `least`
  };
  /// Verdicts on neighbours that count as the node's own.
  struct Own {
    KindId kind;
    ListId list;
    std::vector<std::string> families;  ///< of indicators; empty: all
  };
  /// Neighbours whose rating reaches the node.
  struct Reach {
    KindId kind;
    ListId list;
    Thousandths weight = 0;
  };

  std::vector<KindId> rated;         ///< in the order of the schema
  std::array<Weight, 5> severities;  ///< by Severity; none: nothing
  std::vector<Own> own;
  std::vector<Reach> reach;
  std::uint32_t most_steps = 8;
  std::string file;
  std::string sha256;  ///< of the file; empty for the one that ships
};

using ExposurePtr = std::shared_ptr<const Exposure>;

/// `eraudit: exposure/1`. All mistakes are collected: unknown keys, kinds, lists and families (with
/// the nearest name), numbers outside of 0..1 or finer than thousandths, severities that do not
/// rise, a list that nobody who is rated has.
[[nodiscard]] ERAUDIT_API Checked<ExposurePtr> read_exposure(const Document& document,
                                                             const Schema& schema);
/// Throws `Error` (`no_such_file`).
[[nodiscard]] ERAUDIT_API Checked<ExposurePtr> read_exposure(const std::string& path,
                                                             const Schema& schema,
                                                             const Limits& limits = {});
/// The one that ships. `schema` must be the recruitment schema or an extension of it.
[[nodiscard]] ERAUDIT_API ExposurePtr builtin_exposure(const Schema& schema);

}  // namespace eraudit
