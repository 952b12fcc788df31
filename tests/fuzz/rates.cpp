// Exchange rates: YAML, CSV, and the ECB's CSV, told apart by content.

#include "eraudit/core/rates.hpp"

#include "tests/fuzz/target.hpp"

namespace eraudit::fuzz {
namespace {

void run(std::string_view bytes) {
  const SourcePtr source = source_of(bytes);
  const auto rates = read_rates(source);
  require_places(rates.diagnostics(), *source);
  if (!rates || rates->empty()) return;
  const Date day = *parse_date("2026-06-30");
  const Money amount{12'345, *Currency::from_code("USD")};
  for (const std::string_view code : {"NPR", "MYR", "EUR", "JPY"}) {
    const Currency to = *Currency::from_code(code);
    const auto rate = rates->find(amount.currency, to, day);
    if (!rate) {
      require(!rates->convert(amount, to, day), "nothing is converted without a rate");
      continue;
    }
    require(rate->numerator > 0 && rate->denominator > 0, "rates are positive");
    require(rate->on <= day, "no rate of a later day is used");
    const auto converted = rates->convert(amount, to, day);
    require(!converted || converted->currency == to,
            "what is converted has the currency asked for");
  }
}

const Target target("rates", run);

}  // namespace
}  // namespace eraudit::fuzz
