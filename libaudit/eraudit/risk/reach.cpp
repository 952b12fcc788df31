#include "eraudit/risk/detail/reach.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace eraudit::risk_detail {
namespace {

/// When the rows of one edge table hold. A missing day does not bound, unless the schema requires
/// it or claims about it disagree.
class RowTimes {
 public:
  RowTimes(const Network& network, const EdgeTable& table, Date day) : day_(day.days) {
    const EdgeKind& kind = network.schema().edge(table.kind);
    since_ = bound(kind, table, "since");
    until_ = bound(kind, table, "until");
  }

  enum class Answer : std::uint8_t { no, perhaps, yes };

  [[nodiscard]] Answer holds(std::uint32_t row) const {
    const Answer begun = after(since_, row, true);
    const Answer not_over = after(until_, row, false);
    return std::min(begun, not_over);
  }

 private:
  struct Bound {
    const Column* column = nullptr;
    bool required = false;
  };

  static Bound bound(const EdgeKind& kind, const EdgeTable& table, std::string_view name) {
    const auto attribute = kind.find(name);
    if (!attribute) return {};
    return {&table.columns[attribute->index], kind.attributes[attribute->index].required};
  }

  /// Whether the day is on the right side of the bound: from it on, or until it.
  [[nodiscard]] Answer after(const Bound& bound, std::uint32_t row, bool since) const {
    if (bound.column == nullptr || bound.column->absent.test(row)) return Answer::yes;
    const Column& column = *bound.column;
    if (!column.known.test(row)) {
      return bound.required || column.disputed.test(row) ? Answer::perhaps : Answer::yes;
    }
    const std::int64_t low = column.days[row];
    const std::int64_t high = column.ranged.test(row) ? column.range(row).high : low;
    if (since) return day_ >= high ? Answer::yes : day_ >= low ? Answer::perhaps : Answer::no;
    return day_ <= low ? Answer::yes : day_ <= high ? Answer::perhaps : Answer::no;
  }

  std::int64_t day_;
  Bound since_;
  Bound until_;
};

/// A rating on its way. Of one node at most two are kept, from different origins, so that one is
/// left when the other comes from the node itself.
struct Label {
  Thousandths value = 0;
  std::uint32_t from = Steps::none;
};
using Labels = std::array<Label, 2>;

/// More first; of equal ones the smaller origin.
bool better(const Label& a, const Label& b) noexcept {
  return a.value != b.value ? a.value > b.value : a.from < b.from;
}

void offer(Labels& kept, Label label) noexcept {
  if (label.value == 0) return;
  if (label.from == kept[0].from) {
    if (better(label, kept[0])) kept[0] = label;
  } else if (better(label, kept[0])) {
    kept[1] = kept[0];
    kept[0] = label;
  } else if (label.from == kept[1].from ? label.value > kept[1].value : better(label, kept[1])) {
    kept[1] = label;
  }
}

Thousandths end_of(const RatingRange& range, End end) noexcept {
  return end == End::low ? range.low : range.high;
}

Labels start(std::uint32_t node, std::span<const RatingRange> own, End end) noexcept {
  Labels labels;
  offer(labels, {end_of(own[node], end), node});
  return labels;
}

/// What comes to a node over one step from the labels of its neighbours.
template <class LabelsOf>
Labels pull(const Steps& steps, std::uint32_t node, End end, const LabelsOf& labels_of) {
  Labels labels;
  for (const Steps::Step& step : steps.of(node)) {
    if (end == End::low && !step.certain) continue;
    for (const Label& label : labels_of(step.to)) {
      if (label.from == node) continue;
      offer(labels, {label.value * step.weight / 1000, label.from});
    }
  }
  return labels;
}

}  // namespace

Steps::Steps(const Network& network, const Exposure& exposure,
             std::span<const std::uint32_t> number, std::uint32_t count, Date day) {
  struct Entry {
    std::uint32_t from;
    Step step;
  };
  std::vector<Entry> entries;
  for (const Exposure::Reach& reach : exposure.reach) {
    for (const std::uint16_t index : network.tables(reach.kind, reach.list)) {
      const EdgeTable& table = network.tables()[index];
      const RowTimes times(network, table, day);
      const bool outward = reach.list.side == Side::from;
      for (std::uint32_t row = 0; row < table.size(); ++row) {
        const std::uint32_t here = number[(outward ? table.from : table.to)[row].index];
        const std::uint32_t there = number[(outward ? table.to : table.from)[row].index];
        if (here == none || there == none || here == there) continue;
        const RowTimes::Answer holds = times.holds(row);
        if (holds == RowTimes::Answer::no) continue;
        entries.push_back(
            {here,
             {there, EdgeId{table.first + row}, reach.weight, holds == RowTimes::Answer::yes}});
      }
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    if (a.from != b.from) return a.from < b.from;
    if (a.step.to != b.step.to) return a.step.to < b.step.to;
    return a.step.edge < b.step.edge;
  });
  offsets_.assign(std::size_t{count} + 1, 0);
  steps_.reserve(entries.size());
  for (const Entry& entry : entries) {
    ++offsets_[entry.from + 1];
    steps_.push_back(entry.step);
  }
  for (std::size_t node = 1; node < offsets_.size(); ++node) offsets_[node] += offsets_[node - 1];
}

std::vector<Thousandths> spread(const Steps& steps, std::span<const RatingRange> own, End end,
                                std::uint32_t most_steps) {
  const std::uint32_t count = steps.size();
  std::vector<Labels> before(count);
  std::vector<Labels> now(count);
  for (std::uint32_t node = 0; node < count; ++node) before[node] = start(node, own, end);
  std::vector<Thousandths> most(count, 0);
  for (std::uint32_t step = 1; step <= most_steps; ++step) {
    bool moved = false;
    for (std::uint32_t node = 0; node < count; ++node) {
      now[node] = pull(steps, node, end, [&](std::uint32_t other) { return before[other]; });
      moved = moved || now[node][0].value > 0;
      most[node] = std::max(most[node], now[node][0].value);
    }
    if (!moved) break;
    std::swap(before, now);
  }
  return most;
}

std::optional<Way> find_way(const Steps& steps, std::span<const RatingRange> own, End end,
                            std::uint32_t most_steps, std::uint32_t node) {
  // The nodes within reach, by distance; then the labels of each for every number of steps that it
  // can still have on a way to `node`. Labels are those of `spread`: all ways of so many steps from
  // a node within reach stay within what was collected.
  std::unordered_map<std::uint32_t, std::uint32_t> place{{node, 0}};
  std::vector<std::uint32_t> nodes{node};
  std::vector<std::size_t> ends{1};  // nodes within 0, 1, ... steps
  for (std::uint32_t step = 1; step <= most_steps; ++step) {
    for (std::size_t at = step == 1 ? 0 : ends[step - 2]; at < ends[step - 1]; ++at) {
      for (const Steps::Step& next : steps.of(nodes[at])) {
        if (place.emplace(next.to, static_cast<std::uint32_t>(nodes.size())).second)
          nodes.push_back(next.to);
      }
    }
    ends.push_back(nodes.size());
  }
  std::vector<std::vector<Labels>> layers(most_steps + 1);
  for (std::uint32_t step = 0; step <= most_steps; ++step) {
    // After `step` steps only those count from which the rest of the way can still be gone.
    const std::size_t within = ends[most_steps - step];
    layers[step].resize(within);
    for (std::size_t at = 0; at < within; ++at) {
      layers[step][at] = step == 0 ? start(nodes[at], own, end)
                                   : pull(steps, nodes[at], end, [&](std::uint32_t other) {
                                       return layers[step - 1][place.at(other)];
                                     });
    }
  }

  std::uint32_t length = 0;
  Label wanted;
  for (std::uint32_t step = 1; step <= most_steps; ++step) {
    const Label& label = layers[step][0][0];
    if (label.value > wanted.value) {
      wanted = label;
      length = step;
    }
  }
  if (length == 0) return std::nullopt;
  Way way{wanted.from, wanted.value, {}};
  std::uint32_t at = node;
  for (std::uint32_t left = length; left > 0; --left) {
    for (const Steps::Step& step : steps.of(at)) {
      if (end == End::low && !step.certain) continue;
      const Labels& labels = layers[left - 1][place.at(step.to)];
      const auto found = std::find_if(labels.begin(), labels.end(), [&](const Label& label) {
        return label.from == wanted.from && label.value * step.weight / 1000 == wanted.value;
      });
      if (found == labels.end()) continue;
      wanted = *found;
      way.edges.push_back(step.edge);
      at = step.to;
      break;
    }
  }
  return way;
}

}  // namespace eraudit::risk_detail
