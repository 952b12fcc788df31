// Columns under construction, and what becomes of them.

#include <algorithm>

#include "eraudit/network/detail/draft.hpp"

namespace eraudit::detail {
namespace {

std::strong_ordering order_of(double a, double b) noexcept {
  return a < b ? std::strong_ordering::less
               : (a > b ? std::strong_ordering::greater : std::strong_ordering::equal);
}

std::strong_ordering order_of(std::string_view a, std::string_view b) noexcept {
  return a.compare(b) <=> 0;
}

std::strong_ordering order_of(const CellValue& a, const CellValue& b) noexcept {
  if (a.index() != b.index()) return a.index() <=> b.index();
  switch (a.index()) {
    case 0:
      return *std::get_if<bool>(&a) <=> *std::get_if<bool>(&b);
    case 1:
      return *std::get_if<std::int64_t>(&a) <=> *std::get_if<std::int64_t>(&b);
    case 2:
      return order_of(*std::get_if<double>(&a), *std::get_if<double>(&b));
    case 3:
      return order_of(std::string_view(*std::get_if<std::string>(&a)),
                      std::string_view(*std::get_if<std::string>(&b)));
    case 4:
      return *std::get_if<Date>(&a) <=> *std::get_if<Date>(&b);
    case 5: {
      const Money& x = *std::get_if<Money>(&a);
      const Money& y = *std::get_if<Money>(&b);
      const auto currency = order_of(x.currency.code(), y.currency.code());
      return currency != 0 ? currency : x.minor <=> y.minor;
    }
    default: {
      const auto& x = *std::get_if<std::vector<std::string>>(&a);
      const auto& y = *std::get_if<std::vector<std::string>>(&b);
      for (std::size_t i = 0; i < x.size() && i < y.size(); ++i) {
        const auto item = order_of(std::string_view(x[i]), std::string_view(y[i]));
        if (item != 0) return item;
      }
      return x.size() <=> y.size();
    }
  }
}

/// Copies `from[rows[i]]`; rows beyond the end have no value.
template <class T>
std::vector<T> gathered(const std::vector<T>& from, const std::vector<std::uint32_t>& rows) {
  std::vector<T> out(rows.size());
  const std::size_t have = from.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] < have) out[i] = from[rows[i]];
  }
  return out;
}

Bitmap gathered(const Bitmap& from, const std::vector<std::uint32_t>& rows) {
  if (from.none()) return {};
  std::vector<std::uint64_t> words((rows.size() + 63) / 64);
  std::uint64_t any = 0;
  for (std::size_t word = 0; word < words.size(); ++word) {
    const std::size_t first = word * 64;
    const std::size_t count = std::min<std::size_t>(64, rows.size() - first);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
      bits |= std::uint64_t{from.test(rows[first + i])} << i;
    }
    words[word] = bits;
    any |= bits;
  }
  return any == 0 ? Bitmap() : Bitmap::from_words(std::move(words));
}

}  // namespace

std::strong_ordering compare(const Cell& a, const Cell& b) noexcept {
  const auto rank = [](const Cell& cell) {
    return cell.state == CellState::range ? CellState::known : cell.state;
  };
  if (rank(a) != rank(b)) return rank(a) <=> rank(b);
  if (a.state == CellState::unknown || a.state == CellState::absent) {
    return std::strong_ordering::equal;
  }
  if (const auto low = order_of(a.low, b.low); low != 0) return low;
  if (a.state != b.state) return a.state <=> b.state;
  if (a.state == CellState::known) return std::strong_ordering::equal;
  if (const auto high = order_of(a.high, b.high); high != 0) return high;
  if (a.typical.has_value() != b.typical.has_value()) {
    return a.typical.has_value() <=> b.typical.has_value();
  }
  return a.typical ? order_of(*a.typical, *b.typical) : std::strong_ordering::equal;
}

void DraftColumn::store(std::uint32_t row, const RawCell& cell, NameTable& strings) {
  if (cell.state == CellState::absent) {
    absent.set(row);
    return;
  }
  switch (attribute->type) {
    case AttributeType::boolean:
      put_at(bytes, row, static_cast<std::uint8_t>(cell.low));
      break;
    case AttributeType::integer:
      put_at(longs, row, cell.low);
      break;
    case AttributeType::number:
      put_at(doubles, row, cell.number);
      break;
    case AttributeType::text:
      put_at(codes, row, strings.intern(cell.text));
      break;
    case AttributeType::enumeration:
      put_at(codes, row, static_cast<std::uint32_t>(cell.low));
      break;
    case AttributeType::date:
      put_at(days, row, static_cast<std::int32_t>(cell.low));
      break;
    case AttributeType::money:
      store_money(row, cell.low, cell.currency);
      break;
    case AttributeType::text_list:
    case AttributeType::enumeration_list: {
      const auto first = static_cast<std::uint32_t>(codes.size());
      for (const std::string_view item : cell.items) codes.push_back(strings.intern(item));
      codes.insert(codes.end(), cell.codes.begin(), cell.codes.end());
      put_at(lists, row, {first, static_cast<std::uint32_t>(codes.size()) - first});
      break;
    }
  }
  known.set(row);
  if (cell.state == CellState::range) {
    ranged.set(row);
    Column::Range range;
    range.row = row;
    range.has_typical = cell.has_typical;
    if (attribute->type == AttributeType::number) {
      range.high_number = cell.high_number;
      if (cell.has_typical) range.typical_number = cell.typical_number;
    } else {
      range.high = cell.high;
      if (cell.has_typical) range.typical = cell.typical;
    }
    ranges.push_back(range);
  }
}

void DraftColumn::store_money(std::uint32_t row, std::int64_t minor, Currency of_row) {
  if (currencies.empty() && of_row != currency) {
    if (currency.none()) {
      currency = of_row;
    } else {
      currencies.assign(longs.size(), currency);
    }
  }
  put_at(longs, row, minor);
  if (!currencies.empty()) put_at(currencies, row, of_row);
}

void DraftColumn::expect(std::size_t rows) {
  switch (attribute->type) {
    case AttributeType::boolean:
      return bytes.reserve(rows);
    case AttributeType::integer:
    case AttributeType::money:
      return longs.reserve(rows);
    case AttributeType::number:
      return doubles.reserve(rows);
    case AttributeType::text:
    case AttributeType::enumeration:
      return codes.reserve(rows);
    case AttributeType::date:
      return days.reserve(rows);
    case AttributeType::text_list:
    case AttributeType::enumeration_list:
      return lists.reserve(rows);
  }
}

void DraftTable::expect_nodes(std::size_t more) {
  name.reserve(rows + more);
  file.values.reserve(rows + more);
  line.values.reserve(rows + more);
}

void DraftTable::expect_edges(std::size_t more) {
  from.reserve(rows + more);
  to.reserve(rows + more);
  file.values.reserve(rows + more);
  line.values.reserve(rows + more);
}

void DraftColumn::sort_ranges() {
  const auto by_row = [](const Column::Range& a, const Column::Range& b) { return a.row < b.row; };
  if (!std::is_sorted(ranges.begin(), ranges.end(), by_row)) {
    std::sort(ranges.begin(), ranges.end(), by_row);
  }
}

const Column::Range& DraftColumn::range(std::uint32_t row) const noexcept {
  return *std::lower_bound(
      ranges.begin(), ranges.end(), row,
      [](const Column::Range& range, std::uint32_t wanted) { return range.row < wanted; });
}

Cell DraftColumn::cell(std::uint32_t row, const NameTable& strings) const {
  if (absent.test(row)) return Cell::absent();
  if (!known.test(row)) return Cell::unknown();
  RawCell raw;
  raw.state = CellState::known;
  switch (attribute->type) {
    case AttributeType::boolean:
      raw.low = bytes[row];
      break;
    case AttributeType::integer:
      raw.low = longs[row];
      break;
    case AttributeType::number:
      raw.number = doubles[row];
      break;
    case AttributeType::text:
      raw.text = strings.at(codes[row]);
      break;
    case AttributeType::enumeration:
      raw.low = codes[row];
      break;
    case AttributeType::date:
      raw.low = days[row];
      break;
    case AttributeType::money:
      raw.low = longs[row];
      raw.currency = currency_of(row);
      break;
    case AttributeType::text_list:
    case AttributeType::enumeration_list:
      for (std::uint32_t i = 0; i < lists[row].length; ++i) {
        const std::uint32_t code = codes[lists[row].offset + i];
        if (attribute->type == AttributeType::text_list) {
          raw.items.push_back(strings.at(code));
        } else {
          raw.codes.push_back(code);
        }
      }
      break;
  }
  if (ranged.test(row)) {
    const Column::Range& ends = range(row);
    raw.state = CellState::range;
    raw.high = ends.high;
    raw.high_number = ends.high_number;
    raw.has_typical = ends.has_typical;
    raw.typical = ends.typical;
    raw.typical_number = ends.typical_number;
  }
  return to_cell(*attribute, raw);
}

std::strong_ordering DraftColumn::compare_rows(std::uint32_t a, std::uint32_t b,
                                               const NameTable& strings) const noexcept {
  const auto rank = [this](std::uint32_t row) { return known.test(row) ? 2 : absent.test(row); };
  if (const auto ranks = rank(a) <=> rank(b); ranks != 0) return ranks;
  if (!known.test(a)) return std::strong_ordering::equal;
  std::strong_ordering low = std::strong_ordering::equal;
  switch (attribute->type) {
    case AttributeType::boolean:
      low = bytes[a] <=> bytes[b];
      break;
    case AttributeType::integer:
      low = longs[a] <=> longs[b];
      break;
    case AttributeType::number:
      low = order_of(doubles[a], doubles[b]);
      break;
    case AttributeType::text:
      if (codes[a] != codes[b]) low = order_of(strings.at(codes[a]), strings.at(codes[b]));
      break;
    case AttributeType::enumeration:
      low = codes[a] <=> codes[b];
      break;
    case AttributeType::date:
      low = days[a] <=> days[b];
      break;
    case AttributeType::money:
      low = order_of(currency_of(a).code(), currency_of(b).code());
      if (low == 0) low = longs[a] <=> longs[b];
      break;
    case AttributeType::text_list:
    case AttributeType::enumeration_list: {
      const std::uint32_t shorter = std::min(lists[a].length, lists[b].length);
      for (std::uint32_t i = 0; i < shorter && low == 0; ++i) {
        const std::uint32_t x = codes[lists[a].offset + i];
        const std::uint32_t y = codes[lists[b].offset + i];
        if (x == y) continue;
        low = attribute->type == AttributeType::text_list ? order_of(strings.at(x), strings.at(y))
                                                          : x <=> y;
      }
      if (low == 0) low = lists[a].length <=> lists[b].length;
      break;
    }
  }
  if (low != 0) return low;
  if (ranged.test(a) != ranged.test(b)) return ranged.test(a) <=> ranged.test(b);
  if (!ranged.test(a)) return std::strong_ordering::equal;
  const Column::Range& x = range(a);
  const Column::Range& y = range(b);
  if (x.high != y.high) return x.high <=> y.high;
  if (const auto high = order_of(x.high_number, y.high_number); high != 0) return high;
  if (x.has_typical != y.has_typical) return x.has_typical <=> y.has_typical;
  if (x.typical != y.typical) return x.typical <=> y.typical;
  return order_of(x.typical_number, y.typical_number);
}

Column DraftColumn::freeze(const std::vector<std::uint32_t>& rows, std::vector<bool>& used) const {
  Column out;
  out.type = attribute->type;
  if (empty()) return out;
  out.known = gathered(known, rows);
  out.absent = gathered(absent, rows);
  out.ranged = gathered(ranged, rows);
  out.disputed = gathered(disputed, rows);
  if (out.known.none()) return out;
  switch (out.type) {
    case AttributeType::boolean:
      out.bytes = gathered(bytes, rows);
      break;
    case AttributeType::integer:
      out.longs = gathered(longs, rows);
      break;
    case AttributeType::number:
      out.doubles = gathered(doubles, rows);
      break;
    case AttributeType::text:
      out.codes = gathered(codes, rows);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (out.known.test(i)) used[out.codes[i]] = true;
      }
      break;
    case AttributeType::enumeration:
      out.codes = gathered(codes, rows);
      break;
    case AttributeType::date:
      out.days = gathered(days, rows);
      break;
    case AttributeType::money: {
      out.longs = gathered(longs, rows);
      Currency one = currency;
      bool mixed = false;
      if (!currencies.empty()) {
        out.currencies = gathered(currencies, rows);
        one = Currency();
        for (std::size_t i = 0; i < rows.size() && !mixed; ++i) {
          if (!out.known.test(i)) continue;
          if (one.none()) one = out.currencies[i];
          mixed = one != out.currencies[i];
        }
      }
      if (mixed) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
          if (!out.known.test(i)) out.currencies[i] = Currency();
        }
      } else {
        out.currencies.assign(1, one);
        out.currencies.shrink_to_fit();
      }
      break;
    }
    case AttributeType::text_list:
    case AttributeType::enumeration_list: {
      out.list_offsets.reserve(rows.size() + 1);
      out.list_offsets.push_back(0);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (out.known.test(i)) {
          const List list = lists[rows[i]];
          for (std::uint32_t k = 0; k < list.length; ++k) {
            const std::uint32_t code = codes[list.offset + k];
            if (out.type == AttributeType::text_list) used[code] = true;
            out.codes.push_back(code);
          }
        }
        out.list_offsets.push_back(static_cast<std::uint32_t>(out.codes.size()));
      }
      out.codes.shrink_to_fit();
      break;
    }
  }
  if (!out.ranged.none()) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!out.ranged.test(i)) continue;
      out.ranges.push_back(range(rows[i]));
      out.ranges.back().row = static_cast<std::uint32_t>(i);
    }
    out.ranges.shrink_to_fit();
  }
  return out;
}

}  // namespace eraudit::detail
