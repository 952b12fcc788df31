#pragma once
// From a syntax tree to a plan.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/pattern/detail/plan.hpp"
#include "eraudit/pattern/detail/report.hpp"

namespace eraudit::pattern_detail {

class Checker {
 public:
  Checker(Reporter& reporter, const Environment& environment, bool local,
          const PatternLimits& pattern_limits, const Limits& limits)
      : reporter_(reporter),
        environment_(environment),
        schema_(*environment.schema()),
        local_(local),
        pattern_limits_(pattern_limits),
        limits_(limits) {}

  /// Null if there are errors. What the environment has to take in stands in `taken()` then.
  [[nodiscard]] std::shared_ptr<Pattern::Plan> run(const PatternTree& tree, std::string_view start);

  struct Taken {
    std::string name;  ///< empty: only reserved
    Type type;
  };
  [[nodiscard]] const std::vector<Taken>& taken() const noexcept { return taken_; }
  [[nodiscard]] const std::vector<ProgramPtr>& assumed() const noexcept { return assumed_; }

 private:
  /// A condition before it is known when it can be asked.
  struct Pending {
    ProgramPtr program;
    Slot slot = 0;
    bool of_node = false;
    std::uint32_t path = 0;
    std::uint32_t number = 0;  ///< of the place or edge
  };

  // check.cpp: names.
  void add_path(const PatternPath& written);
  void check_mode(const PatternPath& written, std::size_t paths);
  [[nodiscard]] KindSet node_kinds(const PatternElement& element);
  [[nodiscard]] bool label_holds(const PatternLabels& labels, KindId kind) const;
  [[nodiscard]] Step edge_step(const PatternElement& element);
  [[nodiscard]] std::uint32_t add_variable(const PatternWord& name, PatternRole role);
  void unknown_kind(const PatternWord& name);
  void unknown_edge(const PatternWord& name);

  // check_steps.cpp: what the schema allows.
  [[nodiscard]] KindSet after(const Step& step, const KindSet& kinds, bool backwards) const;
  [[nodiscard]] KindSet image(const Step& step, const KindSet& kinds, bool backwards) const;
  void narrow();
  [[nodiscard]] bool narrow_path(std::uint32_t path, bool& changed);
  void report_step(const Step& step, const KindSet& from, const KindSet& to);
  [[nodiscard]] std::string step_help(const Step& step, const KindSet& from,
                                      const KindSet& to) const;
  [[nodiscard]] std::string words(const KindSet& kinds) const;
  void warn_idle_kinds(const PatternTree& tree);
  void count_combinations();
  void count_edges();

  // check_conditions.cpp.
  void allocate(const PatternTree& tree);
  void compile_conditions(const PatternTree& tree);
  void compile_condition(const PatternCondition& condition, const Environment& scope,
                         std::string_view name, Pending pending, std::vector<ProgramPtr>* holds);

  // plan.cpp.
  [[nodiscard]] bool order(std::string_view start);
  void add_sites(std::uint32_t path);
  void add_step(std::uint32_t path, std::uint32_t edge, bool forward, bool new_arm);
  void place_checks();
  void find_walkable();

  Reporter& reporter_;
  const Environment& environment_;
  const Schema& schema_;
  bool local_;
  const PatternLimits& pattern_limits_;
  const Limits& limits_;

  std::shared_ptr<Pattern::Plan> plan_;
  std::vector<std::vector<Step>> edges_;  ///< by path, as written
  std::vector<std::vector<KindSet>> written_kinds_;
  std::vector<Taken> taken_;
  std::vector<ProgramPtr> assumed_;
  std::vector<Pending> pending_;
  /// Slots of elements that conditions speak of, by path and element; `none` if there is none.
  std::vector<std::vector<Slot>> element_slots_;
  std::vector<std::uint32_t> path_order_;
};

}  // namespace eraudit::pattern_detail
