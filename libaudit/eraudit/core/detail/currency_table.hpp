#pragma once
// The currencies of ISO 4217 and what people write instead of their codes.

#include <array>
#include <cstdint>
#include <string_view>

namespace eraudit::detail {

struct CurrencyRow {
  std::string_view code;
  std::uint8_t exponent;
};

// ISO 4217 list one of 2026-01-01, sorted by code, without XTS (testing) and XXX (no currency):
// they name no currency. Units without a minor unit (metals, bond market and accounting units)
// count as 0. A currency's index is its position here + 1.
// clang-format off
inline constexpr std::array currency_table = std::to_array<CurrencyRow>({
    {"AED", 2}, {"AFN", 2}, {"ALL", 2}, {"AMD", 2}, {"AOA", 2}, {"ARS", 2}, {"AUD", 2}, {"AWG", 2},
    {"AZN", 2}, {"BAM", 2}, {"BBD", 2}, {"BDT", 2}, {"BHD", 3}, {"BIF", 0}, {"BMD", 2}, {"BND", 2},
    {"BOB", 2}, {"BOV", 2}, {"BRL", 2}, {"BSD", 2}, {"BTN", 2}, {"BWP", 2}, {"BYN", 2}, {"BZD", 2},
    {"CAD", 2}, {"CDF", 2}, {"CHE", 2}, {"CHF", 2}, {"CHW", 2}, {"CLF", 4}, {"CLP", 0}, {"CNY", 2},
    {"COP", 2}, {"COU", 2}, {"CRC", 2}, {"CUP", 2}, {"CVE", 2}, {"CZK", 2}, {"DJF", 0}, {"DKK", 2},
    {"DOP", 2}, {"DZD", 2}, {"EGP", 2}, {"ERN", 2}, {"ETB", 2}, {"EUR", 2}, {"FJD", 2}, {"FKP", 2},
    {"GBP", 2}, {"GEL", 2}, {"GHS", 2}, {"GIP", 2}, {"GMD", 2}, {"GNF", 0}, {"GTQ", 2}, {"GYD", 2},
    {"HKD", 2}, {"HNL", 2}, {"HTG", 2}, {"HUF", 2}, {"IDR", 2}, {"ILS", 2}, {"INR", 2}, {"IQD", 3},
    {"IRR", 2}, {"ISK", 0}, {"JMD", 2}, {"JOD", 3}, {"JPY", 0}, {"KES", 2}, {"KGS", 2}, {"KHR", 2},
    {"KMF", 0}, {"KPW", 2}, {"KRW", 0}, {"KWD", 3}, {"KYD", 2}, {"KZT", 2}, {"LAK", 2}, {"LBP", 2},
    {"LKR", 2}, {"LRD", 2}, {"LSL", 2}, {"LYD", 3}, {"MAD", 2}, {"MDL", 2}, {"MGA", 2}, {"MKD", 2},
    {"MMK", 2}, {"MNT", 2}, {"MOP", 2}, {"MRU", 2}, {"MUR", 2}, {"MVR", 2}, {"MWK", 2}, {"MXN", 2},
    {"MXV", 2}, {"MYR", 2}, {"MZN", 2}, {"NAD", 2}, {"NGN", 2}, {"NIO", 2}, {"NOK", 2}, {"NPR", 2},
    {"NZD", 2}, {"OMR", 3}, {"PAB", 2}, {"PEN", 2}, {"PGK", 2}, {"PHP", 2}, {"PKR", 2}, {"PLN", 2},
    {"PYG", 0}, {"QAR", 2}, {"RON", 2}, {"RSD", 2}, {"RUB", 2}, {"RWF", 0}, {"SAR", 2}, {"SBD", 2},
    {"SCR", 2}, {"SDG", 2}, {"SEK", 2}, {"SGD", 2}, {"SHP", 2}, {"SLE", 2}, {"SOS", 2}, {"SRD", 2},
    {"SSP", 2}, {"STN", 2}, {"SVC", 2}, {"SYP", 2}, {"SZL", 2}, {"THB", 2}, {"TJS", 2}, {"TMT", 2},
    {"TND", 3}, {"TOP", 2}, {"TRY", 2}, {"TTD", 2}, {"TWD", 2}, {"TZS", 2}, {"UAH", 2}, {"UGX", 0},
    {"USD", 2}, {"USN", 2}, {"UYI", 0}, {"UYU", 2}, {"UYW", 4}, {"UZS", 2}, {"VED", 2}, {"VES", 2},
    {"VND", 0}, {"VUV", 0}, {"WST", 2}, {"XAD", 2}, {"XAF", 0}, {"XAG", 0}, {"XAU", 0}, {"XBA", 0},
    {"XBB", 0}, {"XBC", 0}, {"XBD", 0}, {"XCD", 2}, {"XCG", 2}, {"XDR", 0}, {"XOF", 0}, {"XPD", 0},
    {"XPF", 0}, {"XPT", 0}, {"XSU", 0}, {"XUA", 0}, {"YER", 2}, {"ZAR", 2}, {"ZMW", 2}, {"ZWG", 2},
});

struct WithdrawnCurrency {
  std::string_view code;
  std::string_view successor;
};

// Sorted by code. For messages, and to read histories that still have a column for them.
inline constexpr std::array withdrawn_currencies = std::to_array<WithdrawnCurrency>({
    {"ADP", "EUR"}, {"AFA", "AFN"}, {"ANG", "XCG"}, {"ATS", "EUR"}, {"AZM", "AZN"}, {"BEF", "EUR"},
    {"BGL", "EUR"}, {"BGN", "EUR"}, {"BYR", "BYN"}, {"CSD", "RSD"}, {"CUC", "CUP"}, {"CYP", "EUR"},
    {"DEM", "EUR"}, {"EEK", "EUR"}, {"ESP", "EUR"}, {"FIM", "EUR"}, {"FRF", "EUR"}, {"GHC", "GHS"},
    {"GRD", "EUR"}, {"HRK", "EUR"}, {"IEP", "EUR"}, {"ITL", "EUR"}, {"LTL", "EUR"}, {"LUF", "EUR"},
    {"LVL", "EUR"}, {"MGF", "MGA"}, {"MRO", "MRU"}, {"MTL", "EUR"}, {"MZM", "MZN"}, {"NLG", "EUR"},
    {"PTE", "EUR"}, {"ROL", "RON"}, {"RUR", "RUB"}, {"SDD", "SDG"}, {"SIT", "EUR"}, {"SKK", "EUR"},
    {"SLL", "SLE"}, {"SRG", "SRD"}, {"STD", "STN"}, {"TMM", "TMT"}, {"TPE", "USD"}, {"TRL", "TRY"},
    {"VEB", "VES"}, {"VEF", "VES"}, {"XEU", "EUR"}, {"YUM", "RSD"}, {"ZMK", "ZMW"}, {"ZWD", "ZWG"},
    {"ZWL", "ZWG"},
});

struct CurrencyName {
  std::string_view name;   // lower case, without a final point
  std::string_view codes;  // separated by blanks, the likeliest first
};

inline constexpr std::array currency_names = std::to_array<CurrencyName>({
    {"$", "USD AUD CAD HKD NZD SGD TWD MXN"},
    {"us$", "USD"},
    {"a$", "AUD"},
    {"c$", "CAD"},
    {"hk$", "HKD"},
    {"nt$", "TWD"},
    {"nz$", "NZD"},
    {"s$", "SGD"},
    {"r$", "BRL"},
    {"dollar", "USD AUD CAD HKD NZD SGD TWD"},
    {"dollars", "USD AUD CAD HKD NZD SGD TWD"},
    {"rs", "INR LKR MUR NPR PKR SCR"},
    {"re", "INR LKR MUR NPR PKR SCR"},
    {"rupee", "INR LKR MUR NPR PKR SCR"},
    {"rupees", "INR LKR MUR NPR PKR SCR"},
    {"\u20A8", "INR LKR MUR NPR PKR SCR"},
    {"\u20B9", "INR"},
    {"nrs", "NPR"},
    {"nr", "NPR INR"},
    {"slrs", "LKR"},
    {"\u20AC", "EUR"},
    {"euro", "EUR"},
    {"euros", "EUR"},
    {"\u00A3", "GBP EGP LBP SYP"},
    {"pound", "GBP EGP LBP SYP"},
    {"pounds", "GBP EGP LBP SYP"},
    {"e\u00A3", "EGP"},
    {"\u00A5", "CNY JPY"},
    {"yen", "JPY"},
    {"yuan", "CNY"},
    {"rmb", "CNY"},
    {"tk", "BDT"},
    {"taka", "BDT"},
    {"\u09F3", "BDT"},
    {"rm", "MYR"},
    {"ringgit", "MYR"},
    {"rp", "IDR"},
    {"rupiah", "IDR"},
    {"\u20B1", "PHP"},
    {"peso", "MXN PHP ARS CLP COP"},
    {"pesos", "MXN PHP ARS CLP COP"},
    {"\u0E3F", "THB"},
    {"baht", "THB"},
    {"\u20AB", "VND"},
    {"dong", "VND"},
    {"\u20A9", "KRW"},
    {"won", "KRW"},
    {"kyat", "MMK"},
    {"kyats", "MMK"},
    {"riel", "KHR"},
    {"kip", "LAK"},
    {"dh", "AED MAD"},
    {"dhs", "AED MAD"},
    {"dirham", "AED MAD"},
    {"dirhams", "AED MAD"},
    {"sr", "SAR"},
    {"riyal", "SAR QAR YER"},
    {"riyals", "SAR QAR YER"},
    {"rial", "OMR IRR YER"},
    {"rials", "OMR IRR YER"},
    {"qr", "QAR"},
    {"kd", "KWD"},
    {"bd", "BHD"},
    {"jd", "JOD"},
    {"dinar", "KWD BHD JOD IQD TND DZD LYD"},
    {"dinars", "KWD BHD JOD IQD TND DZD LYD"},
    {"kr", "SEK NOK DKK ISK"},
    {"krona", "SEK ISK"},
    {"krone", "NOK DKK"},
    {"lira", "TRY"},
    {"\u20BA", "TRY"},
    {"tl", "TRY"},
    {"nis", "ILS"},
    {"\u20AA", "ILS"},
    {"shekel", "ILS"},
    {"shekels", "ILS"},
    {"ksh", "KES"},
    {"ush", "UGX"},
    {"tsh", "TZS"},
    {"shilling", "KES TZS UGX SOS"},
    {"shillings", "KES TZS UGX SOS"},
    {"birr", "ETB"},
    {"naira", "NGN"},
    {"\u20A6", "NGN"},
    {"cedi", "GHS"},
    {"cedis", "GHS"},
    {"rand", "ZAR"},
    {"cfa", "XAF XOF"},
    {"fcfa", "XAF XOF"},
    {"franc", "CHF XAF XOF RWF CDF"},
    {"francs", "CHF XAF XOF RWF CDF"},
    {"lei", "RON MDL"},
    {"leu", "RON MDL"},
    {"zloty", "PLN"},
    {"hryvnia", "UAH"},
    {"\u20B4", "UAH"},
    {"rouble", "RUB BYN"},
    {"roubles", "RUB BYN"},
    {"ruble", "RUB BYN"},
    {"rubles", "RUB BYN"},
    {"\u20BD", "RUB"},
    {"quetzal", "GTQ"},
    {"quetzales", "GTQ"},
    {"lempira", "HNL"},
    {"lempiras", "HNL"},
    {"som", "KGS UZS"},
    {"soum", "UZS"},
    {"tenge", "KZT"},
});
// clang-format on

constexpr bool sorted_by_code(const auto& table) {
  for (std::size_t i = 1; i < table.size(); ++i) {
    if (!(table[i - 1].code < table[i].code)) return false;
  }
  return true;
}
static_assert(sorted_by_code(currency_table));
static_assert(sorted_by_code(withdrawn_currencies));

}  // namespace eraudit::detail
