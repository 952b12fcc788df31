#include "eraudit/network/countries.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include "eraudit/core/language.hpp"
#include "eraudit/core/suggest.hpp"

namespace eraudit::detail {
namespace {

struct Country {
  std::string_view code;
  std::string_view name;
};

// clang-format off
constexpr Country countries[] = {
    {"AD", "Andorra"}, {"AE", "United Arab Emirates"}, {"AF", "Afghanistan"},
    {"AG", "Antigua and Barbuda"}, {"AI", "Anguilla"}, {"AL", "Albania"}, {"AM", "Armenia"},
    {"AO", "Angola"}, {"AQ", "Antarctica"}, {"AR", "Argentina"}, {"AS", "American Samoa"},
    {"AT", "Austria"}, {"AU", "Australia"}, {"AW", "Aruba"}, {"AX", "Åland Islands"},
    {"AZ", "Azerbaijan"}, {"BA", "Bosnia and Herzegovina"}, {"BB", "Barbados"},
    {"BD", "Bangladesh"}, {"BE", "Belgium"}, {"BF", "Burkina Faso"}, {"BG", "Bulgaria"},
    {"BH", "Bahrain"}, {"BI", "Burundi"}, {"BJ", "Benin"}, {"BL", "St. Barthélemy"},
    {"BM", "Bermuda"}, {"BN", "Brunei"}, {"BO", "Bolivia"}, {"BQ", "Caribbean Netherlands"},
    {"BR", "Brazil"}, {"BS", "Bahamas"}, {"BT", "Bhutan"}, {"BV", "Bouvet Island"},
    {"BW", "Botswana"}, {"BY", "Belarus"}, {"BZ", "Belize"}, {"CA", "Canada"},
    {"CC", "Cocos Islands"}, {"CD", "DR Congo"}, {"CF", "Central African Republic"},
    {"CG", "Congo"}, {"CH", "Switzerland"}, {"CI", "Côte d'Ivoire"}, {"CK", "Cook Islands"},
    {"CL", "Chile"}, {"CM", "Cameroon"}, {"CN", "China"}, {"CO", "Colombia"},
    {"CR", "Costa Rica"}, {"CU", "Cuba"}, {"CV", "Cape Verde"}, {"CW", "Curaçao"},
    {"CX", "Christmas Island"}, {"CY", "Cyprus"}, {"CZ", "Czechia"}, {"DE", "Germany"},
    {"DJ", "Djibouti"}, {"DK", "Denmark"}, {"DM", "Dominica"}, {"DO", "Dominican Republic"},
    {"DZ", "Algeria"}, {"EC", "Ecuador"}, {"EE", "Estonia"}, {"EG", "Egypt"},
    {"EH", "Western Sahara"}, {"ER", "Eritrea"}, {"ES", "Spain"}, {"ET", "Ethiopia"},
    {"FI", "Finland"}, {"FJ", "Fiji"}, {"FK", "Falkland Islands"}, {"FM", "Micronesia"},
    {"FO", "Faroe Islands"}, {"FR", "France"}, {"GA", "Gabon"}, {"GB", "United Kingdom"},
    {"GD", "Grenada"}, {"GE", "Georgia"}, {"GF", "French Guiana"}, {"GG", "Guernsey"},
    {"GH", "Ghana"}, {"GI", "Gibraltar"}, {"GL", "Greenland"}, {"GM", "Gambia"},
    {"GN", "Guinea"}, {"GP", "Guadeloupe"}, {"GQ", "Equatorial Guinea"}, {"GR", "Greece"},
    {"GS", "South Georgia and South Sandwich Islands"}, {"GT", "Guatemala"}, {"GU", "Guam"},
    {"GW", "Guinea-Bissau"}, {"GY", "Guyana"}, {"HK", "Hong Kong"},
    {"HM", "Heard and McDonald Islands"}, {"HN", "Honduras"}, {"HR", "Croatia"}, {"HT", "Haiti"},
    {"HU", "Hungary"}, {"ID", "Indonesia"}, {"IE", "Ireland"}, {"IL", "Israel"},
    {"IM", "Isle of Man"}, {"IN", "India"}, {"IO", "British Indian Ocean Territory"},
    {"IQ", "Iraq"}, {"IR", "Iran"}, {"IS", "Iceland"}, {"IT", "Italy"}, {"JE", "Jersey"},
    {"JM", "Jamaica"}, {"JO", "Jordan"}, {"JP", "Japan"}, {"KE", "Kenya"}, {"KG", "Kyrgyzstan"},
    {"KH", "Cambodia"}, {"KI", "Kiribati"}, {"KM", "Comoros"}, {"KN", "St. Kitts and Nevis"},
    {"KP", "North Korea"}, {"KR", "South Korea"}, {"KW", "Kuwait"}, {"KY", "Cayman Islands"},
    {"KZ", "Kazakhstan"}, {"LA", "Laos"}, {"LB", "Lebanon"}, {"LC", "St. Lucia"},
    {"LI", "Liechtenstein"}, {"LK", "Sri Lanka"}, {"LR", "Liberia"}, {"LS", "Lesotho"},
    {"LT", "Lithuania"}, {"LU", "Luxembourg"}, {"LV", "Latvia"}, {"LY", "Libya"},
    {"MA", "Morocco"}, {"MC", "Monaco"}, {"MD", "Moldova"}, {"ME", "Montenegro"},
    {"MF", "St. Martin"}, {"MG", "Madagascar"}, {"MH", "Marshall Islands"},
    {"MK", "North Macedonia"}, {"ML", "Mali"}, {"MM", "Myanmar"}, {"MN", "Mongolia"},
    {"MO", "Macao"}, {"MP", "Northern Mariana Islands"}, {"MQ", "Martinique"},
    {"MR", "Mauritania"}, {"MS", "Montserrat"}, {"MT", "Malta"}, {"MU", "Mauritius"},
    {"MV", "Maldives"}, {"MW", "Malawi"}, {"MX", "Mexico"}, {"MY", "Malaysia"},
    {"MZ", "Mozambique"}, {"NA", "Namibia"}, {"NC", "New Caledonia"}, {"NE", "Niger"},
    {"NF", "Norfolk Island"}, {"NG", "Nigeria"}, {"NI", "Nicaragua"}, {"NL", "Netherlands"},
    {"NO", "Norway"}, {"NP", "Nepal"}, {"NR", "Nauru"}, {"NU", "Niue"}, {"NZ", "New Zealand"},
    {"OM", "Oman"}, {"PA", "Panama"}, {"PE", "Peru"}, {"PF", "French Polynesia"},
    {"PG", "Papua New Guinea"}, {"PH", "Philippines"}, {"PK", "Pakistan"}, {"PL", "Poland"},
    {"PM", "St. Pierre and Miquelon"}, {"PN", "Pitcairn"}, {"PR", "Puerto Rico"},
    {"PS", "Palestine"}, {"PT", "Portugal"}, {"PW", "Palau"}, {"PY", "Paraguay"},
    {"QA", "Qatar"}, {"RE", "Réunion"}, {"RO", "Romania"}, {"RS", "Serbia"}, {"RU", "Russia"},
    {"RW", "Rwanda"}, {"SA", "Saudi Arabia"}, {"SB", "Solomon Islands"}, {"SC", "Seychelles"},
    {"SD", "Sudan"}, {"SE", "Sweden"}, {"SG", "Singapore"}, {"SH", "St. Helena"},
    {"SI", "Slovenia"}, {"SJ", "Svalbard and Jan Mayen"}, {"SK", "Slovakia"},
    {"SL", "Sierra Leone"}, {"SM", "San Marino"}, {"SN", "Senegal"}, {"SO", "Somalia"},
    {"SR", "Suriname"}, {"SS", "South Sudan"}, {"ST", "São Tomé and Príncipe"},
    {"SV", "El Salvador"}, {"SX", "Sint Maarten"}, {"SY", "Syria"}, {"SZ", "Eswatini"},
    {"TC", "Turks and Caicos Islands"}, {"TD", "Chad"}, {"TF", "French Southern Territories"},
    {"TG", "Togo"}, {"TH", "Thailand"}, {"TJ", "Tajikistan"}, {"TK", "Tokelau"},
    {"TL", "Timor-Leste"}, {"TM", "Turkmenistan"}, {"TN", "Tunisia"}, {"TO", "Tonga"},
    {"TR", "Türkiye"}, {"TT", "Trinidad and Tobago"}, {"TV", "Tuvalu"}, {"TW", "Taiwan"},
    {"TZ", "Tanzania"}, {"UA", "Ukraine"}, {"UG", "Uganda"}, {"UM", "U.S. Outlying Islands"},
    {"US", "United States"}, {"UY", "Uruguay"}, {"UZ", "Uzbekistan"}, {"VA", "Vatican City"},
    {"VC", "St. Vincent and Grenadines"}, {"VE", "Venezuela"}, {"VG", "British Virgin Islands"},
    {"VI", "U.S. Virgin Islands"}, {"VN", "Vietnam"}, {"VU", "Vanuatu"},
    {"WF", "Wallis and Futuna"}, {"WS", "Samoa"}, {"XK", "Kosovo"}, {"YE", "Yemen"},
    {"YT", "Mayotte"}, {"ZA", "South Africa"}, {"ZM", "Zambia"}, {"ZW", "Zimbabwe"}
};
// clang-format on

// What people write for a country besides its code and name.
constexpr Country other_names[] = {
    {"GB", "UK"},
    {"GB", "Great Britain"},
    {"GB", "England"},
    {"US", "USA"},
    {"AE", "UAE"},
    {"AE", "Emirates"},
    {"GR", "EL"},
    {"KR", "Korea"},
    {"MM", "Burma"},
    {"CZ", "Czech Republic"},
    {"TR", "Turkey"},
    {"CI", "Ivory Coast"},
    {"VN", "Viet Nam"},
    {"LA", "Lao PDR"},
    {"SA", "KSA"},
    {"SZ", "Swaziland"},
    {"RU", "Russian Federation"},
    {"SY", "Syrian Arab Republic"},
    {"TZ", "Tanzania"},
};

/// Of two capital letters.
constexpr std::size_t place_of(std::string_view code) noexcept {
  const auto letter = [](char c) { return static_cast<std::size_t>(c - 'A'); };
  return letter(code[0]) * 26 + letter(code[1]);
}

constexpr auto assigned = [] {
  std::array<bool, 26 * 26> table{};
  for (const Country& country : countries) {
    table[place_of(country.code)] = true;
  }
  return table;
}();

bool lower(char c) noexcept {
  return c >= 'a' && c <= 'z';
}
bool upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}

bool same_name(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return (upper(x) ? x - 'A' + 'a' : x) == (upper(y) ? y - 'A' + 'a' : y);
  });
}

}  // namespace

bool is_country(std::string_view code) noexcept {
  return code.size() == 2 && upper(code[0]) && upper(code[1]) && assigned[place_of(code)];
}

bool is_place(std::string_view text) noexcept {
  if (text.size() == 2) return is_country(text);
  if (text.size() < 4 || text.size() > 6 || text[2] != '-') return false;
  const std::string_view part = text.substr(3);
  return is_country(text.substr(0, 2)) && std::all_of(part.begin(), part.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

std::string country_help(std::string_view text) {
  const auto write = [](const Country& country) {
    return "write " + std::string(country.code) + " for " + std::string(country.name);
  };
  for (const Country& country : other_names) {
    if (same_name(country.name, text)) return write(country);
  }
  for (const Country& country : countries) {
    if (same_name(country.code, text) || same_name(country.name, text)) return write(country);
  }
  if (text.size() > 3) {
    std::array<std::string_view, std::size(countries)> names;
    std::transform(std::begin(countries), std::end(countries), names.begin(),
                   [](const Country& country) { return country.name; });
    if (const auto near = nearest_name(text, names)) {
      const auto* found =
          std::find_if(std::begin(countries), std::end(countries),
                       [&](const Country& country) { return country.name == *near; });
      return write(*found);
    }
  }
  return "write the two capital letters of ISO 3166-1, such as NP";
}

bool is_language(std::string_view code) noexcept {
  if (!std::all_of(code.begin(), code.end(), lower)) return false;
  return (code.size() == 2 || code.size() == 3) && is_known_language(code);
}

}  // namespace eraudit::detail
