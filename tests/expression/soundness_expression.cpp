#include <array>
#include <fmt/format.h>

#include "tests/expression/soundness_network.hpp"

namespace eraudit::test {
namespace {

/// Writes expressions of one type each; `depth` bounds how far they nest.
class Writer {
 public:
  explicit Writer(std::mt19937& random) : random_(random) {}

  std::string boolean(int depth) {
    if (depth <= 0) {
      if (edge_ > 0 && chance(2)) {
        return one_of({edge() + ".b", edge() + ".t == 'x'", edge() + ".amount > 0",
                       edge() + ".k > " + small(), edge() + ".from.b", edge() + ".j < " + small(),
                       edge() + ".on <= as_of"});
      }
      return one_of({"c.b", "c.t == 'x'", "c.n > " + small(), "c.m <= " + small(), "c.wage > 0",
                     "has(c.a)", "c.d < as_of", "true", "c.x >= 0.5", "has(c.n)"});
    }
    switch (pick(19)) {
      case 0:
      case 1:
        return junction(" && ", depth);
      case 2:
      case 3:
        return junction(" || ", depth);
      case 4:
        return "!(" + boolean(depth - 1) + ")";
      case 5:
        return "(" + boolean(depth - 1) + " ? " + boolean(depth - 1) + " : " + boolean(depth - 1) +
               ")";
      case 6:
      case 7:
        return compare(&Writer::integer, depth);
      case 8:
        return compare(&Writer::amount, depth);
      case 9:
        return "(" + amount(depth - 1) + comparison() + "0)";
      case 10:
        return compare(&Writer::number, depth);
      case 11:
        return compare(&Writer::date, depth);
      case 12:
        return "(has(c.a) && c.a " + comparison() + small() + ")";
      case 13:
        return quantifier(depth);
      case 14:
        return quantifier(depth);
      case 15:
        return one_of({"('x' in " + edges(depth - 1) + ".map(q, q.t))",
                       "(" + integer(depth - 1) + " in [0, 1, " + integer(depth - 1) + "])",
                       "(" + integer(depth - 1) + " in " + integers(depth - 1) + ")"});
      case 16:
        return one_of({"sets.contains(", "sets.intersects(", "sets.equivalent("}) +
               integers(depth - 1) + ", " + integers(depth - 1) + ")";
      case 17:
        return "c.?a.optMap(a, a" + comparison() + integer(depth - 1) + ").orValue(" +
               boolean(depth - 1) + ")";
      default:
        if (chance(2)) return "c.held.exists(v, v.valid_on(" + date(depth - 1) + "))";
        return one_of({"c.takers.exists(q, q.b)", "c.takers.all(q, q.n > 0)",
                       "c.held.exists(q, q.k > 1)", "c.holders.exists_one(q, q.b)",
                       "c.held.all(v, v.until >= as_of)"});
    }
  }

  std::string integer(int depth) {
    if (depth <= 0) {
      if (edge_ > 0 && chance(2)) {
        return one_of({edge() + ".k", edge() + ".j", edge() + ".from.n"});
      }
      return one_of({small(), "c.n", "c.m", "c.n", "c.m", "c.fees.size()", "c.held.size()",
                     "c.takers.size()"});
    }
    switch (pick(17)) {
      case 0:
      case 1:
        return binary(" + ", depth);
      case 2:
        return binary(" - ", depth);
      case 3:
        return binary(" * ", depth);
      case 4:
        return binary(" / ", depth);
      case 5:
        return binary(" % ", depth);
      case 6:
        return edges(depth - 1) + ".size()";
      case 7:
        return integers(depth - 1) + one_of({".sum()", ".min()", ".max()"});
      case 8:
        return integers(depth - 1) + ".sum()";
      case 9:
        return "(" + boolean(depth - 1) + " ? " + integer(depth - 1) + " : " + integer(depth - 1) +
               ")";
      case 10:
        return "abs(" + integer(depth - 1) + ")";
      case 11:
        return one_of({"months_between(" + date(depth - 1) + ", " + date(depth - 1) + ")",
                       "(" + date(depth - 1) + " - " + date(depth - 1) + ")",
                       "int(" + number(depth - 1) + ")", "c.fees.map(q, q.t).distinct().size()"});
      case 12:
        return one_of({"math.greatest(", "math.least("}) + integer(depth - 1) + ", " +
               integer(depth - 1) + (chance(2) ? ")" : ", " + integer(depth - 1) + ")");
      case 13:
        return one_of({"math.sign(", "math.abs("}) + integer(depth - 1) + ")";
      case 14:
        return one_of({"math.greatest(", "math.least("}) + integers(depth - 1) + ")";
      case 15:
        return integers(depth - 1) + one_of({".sort()", ".reverse()", ".sortBy(i, -i)"}) +
               one_of({".first()", ".last()", "[?1]"}) + ".orValue(" + integer(depth - 1) + ")";
      default:
        return one_of({"(has(c.a) ? c.a : ", "c.?a.orValue("}) + integer(depth - 1) + ")";
    }
  }

  std::string amount(int depth) {
    if (depth <= 0) {
      if (edge_ > 0 && chance(2)) return edge() + ".amount";
      return one_of({"c.wage", "c.wage", "money('1 NPR')", "money('2 USD')", "money('0 NPR')"});
    }
    switch (pick(10)) {
      case 0:
        return "(" + amount(depth - 1) + " + " + amount(depth - 1) + ")";
      case 1:
        return "(" + amount(depth - 1) + " - " + amount(depth - 1) + ")";
      case 2:
        return "(" + amount(depth - 1) + " * " + integer(depth - 1) + ")";
      case 3:
        return "(" + amount(depth - 1) + " / " + integer(depth - 1) + ")";
      case 4:
        return "(" + amount(depth - 1) + " * " + number(depth - 1) + ")";
      case 5:
        return "(" + boolean(depth - 1) + " ? " + amount(depth - 1) + " : " + amount(depth - 1) +
               ")";
      case 6:
        return amounts(depth - 1) + one_of({".min()", ".max()"});
      default:
        return amounts(depth - 1) + ".sum()";
    }
  }

  std::string number(int depth) {
    if (depth <= 0) return one_of({"c.x", "0.5", "1.0", "-1.5", "double(c.n)"});
    switch (pick(7)) {
      case 0:
        return "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
      case 1:
        return "(" + number(depth - 1) + " * " + number(depth - 1) + ")";
      case 2:
        return "(" + number(depth - 1) + " / " + number(depth - 1) + ")";
      case 3:
        return "double(" + integer(depth - 1) + ")";
      case 4:
        return "c.fees.map(q, " + under("q", [&] { return number(depth - 1); }) + ").sum()";
      case 5:
        return one_of({"math.ceil(", "math.floor(", "math.round(", "math.trunc(", "math.sqrt(",
                       "math.sign("}) +
               number(depth - 1) + ")";
      default:
        return "(" + amount(depth - 1) + " / " + amount(depth - 1) + ")";
    }
  }

  std::string date(int depth) {
    if (depth <= 0) {
      if (edge_ > 0 && chance(3)) return edge() + ".on";
      return one_of({"c.d", "c.d", "as_of", "date('2026-06-29')"});
    }
    switch (pick(4)) {
      case 0:
        return "(" + date(depth - 1) + " + days(" + integer(depth - 1) + "))";
      case 1:
        return "(" + date(depth - 1) + " - days(" + integer(depth - 1) + "))";
      case 2:
        return "add_months(" + date(depth - 1) + ", " + integer(depth - 1) + ")";
      default:
        return "(" + boolean(depth - 1) + " ? " + date(depth - 1) + " : " + date(depth - 1) + ")";
    }
  }

  /// A list of `paid` edges.
  std::string edges(int depth) {
    if (depth <= 0 || chance(2)) return "c.fees";
    if (chance(6)) {
      return "(" + boolean(depth - 1) + " ? " + edges(depth - 1) + " : " + edges(depth - 1) + ")";
    }
    if (chance(6)) return "(" + edges(depth - 1) + " + " + edges(depth - 1) + ")";
    return edges(depth - 1) + ".filter(" + under_new([&] { return boolean(depth - 1); }) + ")";
  }

  std::string integers(int depth) {
    switch (pick(5)) {
      case 0:
        return "[" + integer(depth - 1) + ", " + integer(depth - 1) + "]";
      case 1:
        return "c.takers.map(q, q.n)";
      case 2:
        return integers_of_edges(depth) + ".filter(i, i > " + small() + ")";
      default:
        return integers_of_edges(depth);
    }
  }

  std::string value(int depth) {
    switch (pick(8)) {
      case 0:
      case 1:
        return integer(depth);
      case 2:
        return amount(depth);
      case 3:
        return number(depth);
      case 4:
        return date(depth);
      case 5:
        return edges(depth);
      case 6:
        return integers(depth);
      default:
        return boolean(depth);
    }
  }

 private:
  using Part = std::string (Writer::*)(int);

  std::size_t pick(std::size_t below) { return random_() % below; }
  bool chance(std::size_t of) { return pick(of) == 0; }
  std::string one_of(std::initializer_list<std::string> all) {
    return *(all.begin() + pick(all.size()));
  }
  std::string small() { return std::to_string(static_cast<int>(pick(5)) - 1); }
  std::string edge() { return fmt::format("e{}", 1 + pick(static_cast<std::size_t>(edge_))); }
  std::string comparison() { return one_of({" < ", " <= ", " > ", " >= ", " == ", " != "}); }

  std::string junction(const std::string& sign, int depth) {
    std::string text = "(" + boolean(depth - 1) + sign + boolean(depth - 1);
    if (chance(3)) text += sign + boolean(depth - 1);
    return text + ")";
  }
  std::string compare(Part part, int depth) {
    return "(" + (this->*part)(depth - 1) + comparison() + (this->*part)(depth - 1) + ")";
  }
  std::string binary(const std::string& sign, int depth) {
    return "(" + integer(depth - 1) + sign + integer(depth - 1) + ")";
  }
  std::string quantifier(int depth) {
    return edges(depth - 1) + "." + one_of({"exists", "all", "exists_one", "exists"}) + "(" +
           under_new([&] { return boolean(depth - 1); }) + ")";
  }
  std::string integers_of_edges(int depth) {
    return edges(depth - 1) + ".map(" + under_new([&] { return integer(depth - 1); }) + ")";
  }
  std::string amounts(int depth) {
    return edges(depth - 1) + ".map(" +
           under_new([&] { return amount(depth <= 1 ? 0 : depth - 2); }) + ")";
  }

  /// `e1, BODY` with a new variable for an edge.
  template <class Body>
  std::string under_new(const Body& body) {
    ++edge_;
    const std::string name = fmt::format("e{}", edge_);
    std::string text = name + ", " + body();
    --edge_;
    return text;
  }
  template <class Body>
  std::string under(const std::string& /*name*/, const Body& body) {
    const int outer = std::exchange(edge_, 0);
    std::string text = body();
    edge_ = outer;
    return text;
  }

  std::mt19937& random_;
  int edge_ = 0;  ///< edge variables in sight: e1 to here
};

// What must not be.

bool equal_numbers(double a, double b) {
  return a == b || (a != a && b != b);
}

/// Terms of an amount by currency and day.
struct Term {
  std::uint16_t currency;
  bool open_day;
  std::uint32_t day;
  std::int64_t low;
  std::int64_t high;
  bool no_low = false;
  bool no_high = false;
  bool optional = false;
  bool matched = false;
};

std::vector<Term> terms_of(const Value& value) {
  std::vector<Term> result;
  const auto add = [&](const Value& term) {
    const Value& low = term.is(ValueKind::range) ? term.range->low : term;
    const Value& high = term.is(ValueKind::range) ? term.range->high : term;
    const Value& any = low.is(ValueKind::null) ? high : low;
    result.push_back({any.code, any.has(Value::open_day), any.size, low.integer, high.integer,
                      low.is(ValueKind::null), high.is(ValueKind::null),
                      term.has(Value::optional)});
  };
  if (value.is(ValueKind::money_terms)) {
    for (const Value& term : value.terms->terms) add(term);
  } else {
    add(value);
  }
  return result;
}

bool is_amount(const Value& value) {
  return value.is(ValueKind::money) || value.is(ValueKind::money_terms) ||
         (value.is(ValueKind::range) &&
          (value.range->low.is(ValueKind::money) || value.range->high.is(ValueKind::money)));
}

/// Days are left out where one is open: they may turn out to be any. Amounts are totalled by
/// currency then.
std::string amounts_differ(const Value& earlier, const Value& later) {
  std::vector<Term> before = terms_of(earlier);
  std::vector<Term> after = terms_of(later);
  struct Total {
    std::int64_t low = 0;
    std::int64_t high = 0;
    bool no_low = false;
    bool no_high = false;
    bool there = false;
  };
  std::array<Total, 400> was{};
  std::array<Total, 400> is{};
  bool free_low = false;
  bool free_high = false;
  for (const Term& term : before) {
    if (term.currency == 0) {
      free_low = free_low || term.no_low;
      free_high = free_high || term.no_high;
      continue;
    }
    Total& total = was[term.currency];
    total.there = true;
    total.low += term.low;
    total.high += term.high;
    total.no_low = total.no_low || term.no_low;
    total.no_high = total.no_high || term.no_high;
  }
  bool later_free = false;
  for (const Term& term : after) {
    if (term.currency == 0) {
      later_free = later_free || term.no_low || term.no_high;
      continue;
    }
    Total& total = is[term.currency];
    total.there = true;
    total.low += term.low;
    total.high += term.high;
    total.no_low = total.no_low || term.no_low;
    total.no_high = total.no_high || term.no_high;
  }
  if (later_free && !free_low && !free_high) return "an amount became open";
  for (std::size_t index = 0; index < was.size(); ++index) {
    const Total& a = was[index];
    const Total& b = is[index];
    const bool low_holds = free_low || a.no_low || (!b.no_low && b.low >= a.low);
    const bool high_holds = free_high || a.no_high || (!b.no_high && b.high <= a.high);
    if (!low_holds || !high_holds) return "an amount outside its bounds";
  }
  return {};
}

Value end_of(const Value& value, bool low) {
  if (!value.is(ValueKind::range)) return value;
  return low ? value.range->low : value.range->high;
}

int compare(const Value& a, const Value& b) {
  if (a.is(ValueKind::number)) return a.number < b.number ? -1 : (a.number > b.number ? 1 : 0);
  return a.integer < b.integer ? -1 : (a.integer > b.integer ? 1 : 0);
}

std::string lists_differ(Evaluator& before, const ListData& earlier, Evaluator& after,
                         const ListData& later);

}  // namespace

std::string random_expression(std::mt19937& random, int depth) {
  Writer writer(random);
  return random() % 4 == 0 ? writer.value(depth) : writer.boolean(depth);
}

std::string contradiction(Evaluator& before, const Value& earlier, Evaluator& after,
                          const Value& later) {
  if (earlier.is(ValueKind::unknown)) return {};
  if (earlier.is(ValueKind::error)) return later.is(ValueKind::error) ? "" : "an error went away";
  if (later.is(ValueKind::error)) return "became an error";
  if (later.is(ValueKind::unknown)) return "became unknown";
  if (is_amount(earlier)) {
    return is_amount(later) ? amounts_differ(earlier, later) : "is no amount any more";
  }
  if (earlier.is(ValueKind::range) || later.is(ValueKind::range)) {
    const Value low = end_of(earlier, true);
    const Value high = end_of(earlier, false);
    const Value new_low = end_of(later, true);
    const Value new_high = end_of(later, false);
    const auto null = [](const Value& value) { return value.is(ValueKind::null); };
    const ValueKind kind = null(low) ? high.kind : low.kind;
    if ((!null(new_low) && new_low.kind != kind) || (!null(new_high) && new_high.kind != kind)) {
      return "changed its kind";
    }
    if (!null(low) && (null(new_low) || compare(new_low, low) < 0)) return "below its range";
    if (!null(high) && (null(new_high) || compare(new_high, high) > 0)) return "above its range";
    return {};
  }
  if (earlier.kind != later.kind) return "changed its kind";
  switch (earlier.kind) {
    case ValueKind::boolean:
      return earlier.boolean == later.boolean ? "" : "flipped";
    case ValueKind::number:
      return equal_numbers(earlier.number, later.number) ? "" : "another number";
    case ValueKind::text:
      return earlier.as_text() == later.as_text() ? "" : "another text";
    case ValueKind::edge:
      return before.network()->name(earlier.as_edge()) == after.network()->name(later.as_edge())
                 ? ""
                 : "another edge";
    case ValueKind::list:
      return lists_differ(before, *earlier.list, after, *later.list);
    default:
      return earlier.integer == later.integer ? "" : "another value";
  }
}

namespace {

/// Whether the items of `later` can be those of `earlier`: the certain ones all there and in order,
/// the others possible or, if the list is open, further ones. `later` may itself be partial.
std::string lists_differ(Evaluator& before, const ListData& earlier, Evaluator& after,
                         const ListData& later) {
  if (later.more != nullptr && earlier.more == nullptr) return "a list became open";
  const std::size_t n = earlier.items.size();
  const std::size_t m = later.items.size();
  // fits[i][j]: the first i items can stand for the first j of `later`.
  std::vector<std::vector<bool>> fits(n + 1, std::vector<bool>(m + 1));
  fits[0][0] = true;
  for (std::size_t i = 0; i <= n; ++i) {
    for (std::size_t j = 0; j <= m; ++j) {
      if (i > 0 && earlier.possible_at(i - 1) != nullptr && fits[i - 1][j]) fits[i][j] = true;
      if (j > 0 && earlier.more != nullptr && fits[i][j - 1]) fits[i][j] = true;
      if (i > 0 && j > 0 && fits[i - 1][j - 1] &&
          (later.possible_at(j - 1) == nullptr || earlier.possible_at(i - 1) != nullptr) &&
          contradiction(before, earlier.items[i - 1], after, later.items[j - 1]).empty()) {
        fits[i][j] = true;
      }
    }
  }
  return fits[n][m] ? "" : "another list";
}

}  // namespace
}  // namespace eraudit::test
