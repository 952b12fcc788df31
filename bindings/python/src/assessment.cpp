#include "eraudit/evaluate/assessment.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>
#include <stop_token>
#include <thread>

#include "assessment_handles.hpp"
#include "common.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/evaluate/evaluate.hpp"
#include "eraudit/report/report.hpp"
#include "python_names.hpp"

namespace eraudit::python {
namespace {

/// Runs `evaluate` on a thread of its own, so that this one can look for Ctrl-C, a stop and a
/// progress callable meanwhile, and the engine never waits for Python.
class Run {
 public:
  Run(const PyNetwork& network, const PyRules& rules, Options options, nb::object progress,
      nb::object stop)
      : network_(network),
        rules_(rules),
        options_(std::move(options)),
        progress_(std::move(progress)),
        stop_(std::move(stop)) {
    options_.stop = source_.get_token();
    options_.progress = [this](const Progress& now) {
      total_.store(now.total, std::memory_order_relaxed);
      done_.store(now.done, std::memory_order_relaxed);
    };
  }

  Assessment result() {
    std::optional<Assessment> made;
    std::exception_ptr failure;
    {
      const nb::gil_scoped_release release;
      std::jthread worker([&] {
        try {
          made = evaluate(network_.value, rules_.value, options_);
        } catch (...) {
          failure = std::current_exception();
        }
        const std::lock_guard lock(mutex_);
        finished_ = true;
        finishing_.notify_all();
      });
      std::unique_lock lock(mutex_);
      while (!finishing_.wait_for(lock, std::chrono::milliseconds(50), [&] { return finished_; })) {
        lock.unlock();
        if (!python_failure_) look();
        lock.lock();
      }
    }
    if (python_failure_) throw std::move(*python_failure_);
    if (failure) std::rethrow_exception(failure);
    tell();
    return *std::move(made);
  }

 private:
  void look() {
    const nb::gil_scoped_acquire acquire;
    try {
      if (PyErr_CheckSignals() != 0) throw nb::python_error();
      tell();
      if (!stop_.is_none() && nb::cast<bool>(nb::bool_(stop_.attr("is_set")()))) {
        source_.request_stop();
      }
    } catch (nb::python_error& error) {
      python_failure_.emplace(std::move(error));
      source_.request_stop();
    }
  }

  void tell() {
    const std::uint64_t done = done_.load(std::memory_order_relaxed);
    const std::uint64_t total = total_.load(std::memory_order_relaxed);
    if (progress_.is_none() || (told_ && done == told_done_)) return;
    told_ = true;
    told_done_ = done;
    progress_(python_function("_types", "Progress")(done, total));
  }

  const PyNetwork& network_;
  const PyRules& rules_;
  Options options_;
  nb::object progress_;
  nb::object stop_;
  std::stop_source source_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::uint64_t> total_{0};
  bool told_ = false;
  std::uint64_t told_done_ = 0;
  std::mutex mutex_;
  std::condition_variable finishing_;
  bool finished_ = false;
  std::optional<nb::python_error> python_failure_;
};

PyAssessment run_evaluate(const PyNetwork& network, const PyRules& rules,
                          const std::optional<std::string>& as_of,
                          const std::optional<PyRates>& rates,
                          const std::optional<std::string>& proof_path,
                          const std::optional<std::string>& proof_text, unsigned threads,
                          const nb::object& progress, const nb::object& stop,
                          const LimitsDict& limits) {
  Options options;
  if (as_of) options.as_of = day_from(*as_of);
  if (rates) options.rates = rates->value;
  options.threads = threads;
  options.limits = limits_from(limits);
  const Schema& schema = network.value.schema();
  if (proof_path) {
    options.proof = require(read_proof_table(*proof_path, schema));
  } else if (proof_text) {
    const DocumentPtr document =
        require(read_yaml(std::make_shared<const Source>("proof", *proof_text)));
    options.proof = require(read_proof_table(*document, schema));
  }
  if (network.schema_file) options.files.push_back(*network.schema_file);
  Run run(network, rules, std::move(options), progress, stop);
  return {run.result(), network, rules};
}

PyRates rates_from_text(std::string name, std::string text) {
  return {require(read_rates(std::make_shared<const Source>(std::move(name), std::move(text))))};
}

PyRates rates_from_path(const std::string& path) {
  return {require(read_rates(read_file(path, Limits{}.data_file_bytes)))};
}

nb::object counts_object(const RuleCounts& counts) {
  nb::dict by_verdict;
  for (const Verdict verdict : verdicts) {
    by_verdict[nb::cast(verdict)] = counts.by_verdict[std::size_t(verdict)];
  }
  return python_function("_types", "RuleCounts")(counts.selected, counts.applicable, counts.decided,
                                                 counts.not_reached, counts.skipped, by_verdict);
}

nb::object run_object(const RunInformation& run) {
  nb::list limits;
  const nb::object make = python_function("_types", "LimitHit");
  for (const LimitHit& hit : run.limits_hit) {
    limits.append(make(py_text(to_text(hit.reached.limit)), hit.reached.most, py_text(hit.rule),
                       py_text(hit.place), py_text(hit.reached.part), hit.count));
  }
  return python_function("_types", "RunInformation")(py_date(run.as_of), run.stopped,
                                                     nb::tuple(limits), run.findings_dropped,
                                                     py_text(to_text(run.proof)));
}

/// Verdicts of one rule by node, into `out`; the others are not applicable.
void fill_verdicts(const Assessment& assessment, std::uint32_t rule, std::uint8_t* out) {
  const Network& network = assessment.network();
  std::fill_n(out, network.node_count(), static_cast<std::uint8_t>(Verdict::not_applicable));
  for (const KindId kind : assessment.rules().all()[rule].kinds) {
    for (const NodeId node : network.nodes(kind)) {
      out[node.index] = static_cast<std::uint8_t>(assessment.verdict(rule, node));
    }
  }
}

nb::object verdicts_of(const PyAssessment& self, nb::handle id) {
  const std::uint32_t rule = rule_named(self.rules.value, id);
  std::vector<std::uint8_t> values(self.network.value.node_count());
  {
    const nb::gil_scoped_release release;
    fill_verdicts(self.value, rule, values.data());
  }
  const std::size_t nodes = values.size();
  return owned_array(std::move(values), {nodes});
}

nb::object verdict_matrix(const PyAssessment& self) {
  const std::size_t nodes = self.network.value.node_count();
  const std::size_t rules = self.rules.value.size();
  std::vector<std::uint8_t> values(nodes * rules);
  {
    const nb::gil_scoped_release release;
    for (std::uint32_t rule = 0; rule < rules; ++rule) {
      fill_verdicts(self.value, rule, values.data() + rule * nodes);
    }
  }
  return owned_array(std::move(values), {rules, nodes});
}

nb::object from_json(const std::string& text) {
  return nb::module_::import_("json").attr("loads")(py_text(text));
}

/// Explanations as Python has them: the shape of report.json, with texts in one language beside.
class Explaining {
 public:
  Explaining(const Schema& schema, std::string_view language)
      : labels_(schema), language_(language) {}

  [[nodiscard]] nb::dict reading(const Reading& reading) const {
    nb::dict out;
    out["fact"] = py_text(reading.name);
    out["path"] = py_text(reading.path);
    out["value"] = plain(reading.value);
    out["value_text"] = told(reading.value);
    out["source"] = py_text(reading.source);
    out["file"] = py_text(reading.file);
    out["line"] = reading.line;
    return out;
  }

  [[nodiscard]] nb::list readings(const std::vector<Reading>& all) const {
    nb::list out;
    for (const Reading& one : all) out.append(reading(one));
    return out;
  }

  [[nodiscard]] nb::list missing(const std::vector<Missing>& all) const {
    nb::list out;
    for (const Missing& one : all) {
      nb::dict made = reading(one.reading);
      made["question"] = py_text(one.question.in(language_));
      out.append(made);
    }
    return out;
  }

  [[nodiscard]] nb::list enough(const std::vector<Enough>& sets) const {
    nb::list out;
    for (const Enough& one : sets) {
      nb::dict set;
      set["facts"] = missing(one.facts);
      set["more"] = one.more;
      nb::list conditions;
      for (const std::string& condition : one.conditions) conditions.append(py_text(condition));
      set["conditions"] = conditions;
      nb::list verdicts;
      for (const Verdict verdict : one.verdicts) verdicts.append(nb::cast(verdict));
      set["verdicts"] = verdicts;
      out.append(set);
    }
    return out;
  }

  [[nodiscard]] nb::list sides(const std::vector<ConflictSide>& all) const {
    nb::list out;
    for (const ConflictSide& side : all) {
      nb::dict item;
      item["verdict"] = nb::cast(side.verdict);
      item["says"] = readings(side.says);
      out.append(item);
    }
    return out;
  }

  [[nodiscard]] nb::list later(const std::vector<Later>& all) const {
    nb::list out;
    for (const Later& needs : all) {
      nb::dict item;
      item["condition"] = py_text(needs.condition);
      item["outcome"] = needs.outcome;
      item["facts"] = missing(needs.facts);
      item["more"] = needs.more;
      out.append(item);
    }
    return out;
  }

  [[nodiscard]] nb::dict condition(const Condition& condition) const {
    nb::dict out;
    out["text"] = py_text(condition.text);
    out["line"] = condition.position.line;
    out["column"] = condition.position.column;
    out["name"] = py_text(condition.name);
    out["element"] = condition.element ? plain(*condition.element) : nb::none();
    out["element_text"] =
        condition.element ? nb::object(told(*condition.element)) : nb::object(nb::none());
    out["possible"] = condition.possible;
    out["outcome"] = plain(condition.outcome);
    out["outcome_text"] = told(condition.outcome);
    out["parts"] = conditions(condition.parts);
    out["more_parts"] = condition.more_parts;
    out["variables"] = conditions(condition.variables);
    out["readings"] = readings(condition.readings);
    out["more_readings"] = condition.more_readings;
    return out;
  }

  [[nodiscard]] nb::list conditions(const std::vector<Condition>& all) const {
    nb::list out;
    for (const Condition& one : all) out.append(condition(one));
    return out;
  }

  [[nodiscard]] nb::object condition(const std::optional<Condition>& one) const {
    return one ? nb::object(condition(*one)) : nb::none();
  }

 private:
  [[nodiscard]] static nb::object plain(const PlainValue& value) {
    std::string text;
    JsonWriter json(text, JsonWriter::Layout::compact);
    write_json(json, value);
    return from_json(text);
  }
  [[nodiscard]] nb::str told(const PlainValue& value) const {
    return py_text(to_text(value, language_, &labels_));
  }

  SchemaLabels labels_;
  std::string_view language_;
};

}  // namespace

nb::object explanation_object(const PyAssessment& assessment, std::uint32_t rule, NodeId subject,
                              std::string_view language) {
  std::optional<Explanation> made;
  std::string text;
  std::string json;
  {
    const nb::gil_scoped_release release;
    made = assessment.value.explain(rule, subject, language);
    TextOptions options;
    options.language = std::string(language);
    text = describe(assessment.value, *made, options);
    json = write_explanation_json(assessment.value, *made);
  }
  const Explaining explaining(assessment.network.value.schema(), language);
  nb::dict out;
  out["rule"] = py_text(assessment.rules.value.all()[made->rule].id);
  out["subject"] = py_text(assessment.network.value.id(made->subject));
  out["verdict"] = nb::cast(made->verdict);
  out["severity"] = nb::make_tuple(made->severity.low, made->severity.high);
  out["message"] = py_text(made->message);
  out["when"] = explaining.condition(made->when);
  nb::list paths;
  for (const MatchedRow& row : made->match.rows) {
    std::string path;
    for (const MatchedPath& part : row.paths) {
      if (!path.empty()) path += ", ";
      path += to_text(part, assessment.network.value);
    }
    paths.append(py_text(path));
  }
  out["paths"] = paths;
  out["where"] = explaining.conditions(made->where);
  out["condition"] = explaining.condition(made->condition);
  out["witness"] = explaining.readings(made->witness);
  out["waits_for"] = explaining.missing(made->waits_for);
  out["would_change"] = explaining.readings(made->would_change);
  out["sides"] = explaining.sides(made->sides);
  out["too_weak"] = explaining.readings(made->too_weak);
  out["against"] = explaining.readings(made->against);
  nb::list detection;
  for (const Detection& one : made->detection) {
    detection.append(python_function("_types", "Detection")(py_text(one.source), one.asked, one.of,
                                                            one.affected));
  }
  out["detection"] = detection;
  out["open_conditions"] = made->open_conditions;
  out["enough"] = explaining.enough(made->enough);
  out["later"] = explaining.later(made->later);
  out["error"] = py_text(made->error);
  return python_function("_types", "make_explanation")(out, py_text(text), py_text(json));
}

nb::class_<PyAssessment> bind_assessment(nb::module_& m) {
  auto verdict =
      nb::enum_<Verdict>(m, "Verdict", nb::is_str(),
                         "Worst first. A member is its code as text: `Verdict.fail == 'fail'`; the "
                         "position in `list(Verdict)` is the number that arrays hold.");
  verdict
      .str_value("fail", Verdict::fail, "fail",
                 "the indicator is there, with the proof the rule demands")
      .str_value("suspect", Verdict::suspect, "suspect", "it is there, on weaker evidence")
      .str_value("conflict", Verdict::conflict, "conflict",
                 "admissible claims disagree and the verdict hangs on which is true")
      .str_value("error", Verdict::error, "error", "the rule itself broke")
      .str_value("unknown", Verdict::unknown, "unknown", "what is known does not decide")
      .str_value("pass_", Verdict::pass, "pass", "not found in what was checked")
      .str_value("not_applicable", Verdict::not_applicable, "not_applicable",
                 "the rule does not apply");
  auto severity = nb::enum_<Severity>(m, "Severity", nb::is_str(),
                                      "How grave a finding is, least first; the position in "
                                      "`list(Severity)` is the number that arrays hold.");
  severity.str_value("none", Severity::none, "none", "no severity: a connection to examine")
      .str_value("low", Severity::low, "low", "may be put right in the ordinary course")
      .str_value("medium", Severity::medium, "medium", "needs a plan")
      .str_value("high", Severity::high, "high", "serious harm")
      .str_value("critical", Severity::critical, "critical", "the gravest: act first");

  m.def(
      "label", [](Verdict of, std::string_view language) { return py_text(label(of, language)); },
      nb::arg("verdict"), nb::arg("language") = "en",
      "What people read for a verdict, in `en`, `fr` or `es`: `indicator present`.");

  nb::class_<PyRates>(m, "Rates",
                      "Dated exchange rates that the user supplies; there are none built in. "
                      "Immutable. Made by `read_rates`.")
      .def("__len__", [](const PyRates& self) { return self.value.size(); })
      .def_prop_ro(
          "max_age_days", [](const PyRates& self) { return self.value.max_age_days(); },
          "A rate speaks for its day and that many days after it.")
      .def(
          "convert",
          [](const PyRates& self, Money amount, std::string_view to,
             std::string_view on) -> std::optional<Money> {
            const auto currency = Currency::from_code(to);
            if (!currency) bad_argument("'" + std::string(to) + "' is no code of ISO 4217");
            return self.value.convert(amount, *currency, day_from(on));
          },
          nb::arg("amount"), nb::arg("to"), nb::arg("on"),
          "`amount` in the currency `to` on a day (`2026-06-30`), half to even; None without a "
          "rate: a missing rate is never zero.")
      .def("__repr__", [](const PyRates& self) {
        return "<eraudit.Rates: " + several(self.value.size(), "rate") + ">";
      });

  nb::class_<PyAssessment> type(
      m, "Assessment",
      "All verdicts of one run, and how they were reached. Made by `evaluate`. Immutable; keeps "
      "its network and rules alive; safe from many threads.");
  type.def_prop_ro(
          "network", [](const PyAssessment& self) { return self.network; }, "What was judged.")
      .def_prop_ro(
          "rules", [](const PyAssessment& self) { return self.rules; }, "What it was judged by.")
      .def_prop_ro(
          "run", [](const PyAssessment& self) { return run_object(self.value.run()); },
          nb::sig("def run(self) -> eraudit.RunInformation"),
          "As-of day, whether it was stopped, limits that were hit.")
      .def_prop_ro(
          "empty", [](const PyAssessment& self) { return self.value.empty(); },
          "Nothing was checked: no rule had a subject that it applied to.")
      .def_prop_ro(
          "totals", [](const PyAssessment& self) { return counts_object(self.value.totals()); },
          nb::sig("def totals(self) -> eraudit.RuleCounts"), "Sum over all rules.")
      .def(
          "counts",
          [](const PyAssessment& self, nb::handle rule) {
            return counts_object(self.value.counts(rule_named(self.rules.value, rule)));
          },
          nb::arg("rule"), nb::sig("def counts(self, rule: str | int) -> eraudit.RuleCounts"),
          "How much of its population a rule could judge.")
      .def(
          "verdict",
          [](const PyAssessment& self, nb::handle rule, nb::handle subject) {
            return self.value.verdict(rule_named(self.rules.value, rule),
                                      node_named(self.network.value, subject));
          },
          nb::arg("rule"), nb::arg("subject"),
          nb::sig("def verdict(self, rule: str | int, subject: str | int) -> Verdict"),
          "Of one rule on one node; `not_applicable` for a node that is not of the rule's kinds. "
          "O(1).")
      .def(
          "worst",
          [](const PyAssessment& self, nb::handle subject) {
            return self.value.worst(node_named(self.network.value, subject));
          },
          nb::arg("subject"), nb::sig("def worst(self, subject: str | int) -> Verdict"),
          "The worst of a node's verdicts. O(rules).")
      .def("verdicts", verdicts_of, nb::arg("rule"),
           nb::sig("def verdicts(self, rule: str | int) -> numpy.typing.NDArray[numpy.uint8]"),
           "Verdicts of a rule as a read-only array of shape (nodes,), by number of the node: "
           "positions in `list(Verdict)`. One pass, without the GIL.")
      .def("verdict_matrix", verdict_matrix,
           nb::sig("def verdict_matrix(self) -> numpy.typing.NDArray[numpy.uint8]"),
           "The same for all rules: shape (rules, nodes). One byte each.")
      .def(
          "explain",
          [](const PyAssessment& self, nb::handle rule, nb::handle subject,
             std::string_view language) {
            return explanation_object(self, rule_named(self.rules.value, rule),
                                      node_named(self.network.value, subject), language);
          },
          nb::arg("rule"), nb::arg("subject"), nb::arg("language") = "en",
          nb::sig("def explain(self, rule: str | int, subject: str | int, language: str = 'en') -> "
                  "eraudit.Explanation"),
          "One verdict with its condition tree, what was read and where it stands, and what would "
          "change it; of an unknown one what would be enough, with some answers, to decide it, and "
          "what is asked later. Evaluates the rule once more for this node.")
      .def(
          "fingerprint",
          [](const PyAssessment& self, nb::handle rule, nb::handle subject) {
            return self.value.fingerprint(rule_named(self.rules.value, rule),
                                          node_named(self.network.value, subject));
          },
          nb::arg("rule"), nb::arg("subject"),
          nb::sig("def fingerprint(self, rule: str | int, subject: str | int) -> str"),
          "Of (rule id, subject id): stable across runs, versions and order of input.")
      .def(
          "_repr_html_",
          [](nb::handle self) { return python_function("_html", "assessment_html")(self); },
          nb::sig("def _repr_html_(self) -> str"))
      .def("__repr__", [](const PyAssessment& self) {
        const RuleCounts totals = self.value.totals();
        std::string counts;
        for (const Verdict one : verdicts) {
          const std::uint64_t count = totals.by_verdict[std::size_t(one)];
          if (count == 0 || one == Verdict::not_applicable) continue;
          counts += (counts.empty() ? ": " : ", ") + std::to_string(count) + " " +
                    std::string(to_text(one));
        }
        return "<eraudit.Assessment as of " + to_text(self.value.run().as_of) + ", " +
               several(self.rules.value.size(), "rule") + " on " +
               several(self.network.value.node_count(), "node") + counts +
               (self.value.run().stopped ? ", stopped before the end" : "") +
               (self.value.empty() ? ", nothing was checked" : "") + ">";
      });

  m.def(
      "_describe_limit",
      [](std::string_view limit, std::uint64_t most, std::string rule, std::string place,
         std::string part, std::uint64_t count, std::string_view language) {
        const auto known = parse_limit(limit);
        if (!known) bad_argument("there is no limit '" + std::string(limit) + "'");
        return describe_limit(
            {{*known, most, std::move(part)}, std::move(rule), std::move(place), count}, language);
      },
      nb::arg("limit"), nb::arg("most"), nb::arg("rule"), nb::arg("place"), nb::arg("part"),
      nb::arg("count"), nb::arg("language"));
  m.def("_evaluate", run_evaluate, nb::arg("network"), nb::arg("rules"), nb::arg("as_of").none(),
        nb::arg("rates").none(), nb::arg("proof_path").none(), nb::arg("proof_text").none(),
        nb::arg("threads"), nb::arg("progress").none(), nb::arg("stop").none(), nb::arg("limits"));
  m.def("_read_rates_text", rates_from_text, nb::arg("name"), nb::arg("text"));
  m.def("_read_rates", rates_from_path, nb::arg("path"));
  return type;
}

}  // namespace eraudit::python
