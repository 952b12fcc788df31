#include "eraudit/expression/names.hpp"

#include <algorithm>
#include <array>
#include <utf8proc.h>
#include <vector>

#include "eraudit/expression/detail/country_names.hpp"

namespace eraudit {
namespace {

// In the order of the letters; `company_forms` promises nothing about it.
constexpr std::string_view forms_table[] = {
    "and co",
    "and company",
    "bhd",
    "co",
    "company",
    "corp",
    "corporation",
    "doo",
    "eirl",
    "gmbh",
    "inc",
    "incorporated",
    "limited",
    "llc",
    "llp",
    "ltd",
    "ltda",
    "plc",
    "private limited",
    "pte ltd",
    "pvt limited",
    "pvt ltd",
    "s de rl",
    "s de rl de cv",
    "sa",
    "sa de cv",
    "sapi de cv",
    "sarl",
    "sas",
    "sdn bhd",
    "spa",
    "srl",
};

/// What a letter that does not decompose is written as in a-z; empty: nothing of the kind.
std::string_view latin_letter(std::uint32_t code) noexcept {
  switch (code) {
    case 0xDF:
      return "ss";  // ß
    case 0xE6:
      return "ae";  // æ
    case 0xF0:
      return "d";  // ð
    case 0xF8:
      return "o";  // ø
    case 0xFE:
      return "th";  // þ
    case 0x111:
      return "d";  // đ
    case 0x127:
      return "h";  // ħ
    case 0x131:
      return "i";  // ı
    case 0x138:
      return "k";  // ĸ
    case 0x142:
      return "l";  // ł
    case 0x14B:
      return "n";  // ŋ
    case 0x153:
      return "oe";  // œ
    case 0x167:
      return "t";  // ŧ
    default:
      return {};
  }
}

/// Accents: the marks that NFKD takes off Latin, Greek and Cyrillic letters. Marks of other scripts
/// are vowels.
bool is_accent(std::uint32_t code) noexcept {
  return code >= 0x300 && code <= 0x36F;
}

bool belongs_to_a_word(std::uint32_t code) noexcept {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

class NameWriter {
 public:
  void sign() noexcept { gap_ = true; }
  void word(std::string_view letters) {
    if (gap_ && !out_.empty()) out_ += ' ';
    gap_ = false;
    out_ += letters;
  }
  void ascii(unsigned char byte) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<unsigned char>(byte - 'A' + 'a');
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
    if (letter) {
      const char c = static_cast<char>(byte);
      word({&c, 1});
    } else if (byte == '&') {
      sign();
      word("and");
      sign();
    } else {
      sign();
    }
  }
  void code_point(utf8proc_int32_t code) {
    const auto value = static_cast<std::uint32_t>(code);
    if (value < 0x80) return ascii(static_cast<unsigned char>(value));
    if (is_accent(value)) return;
    if (const std::string_view letters = latin_letter(value); !letters.empty())
      return word(letters);
    if (!belongs_to_a_word(value)) return sign();
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(code, bytes.data());
    word({reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size)});
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
  bool gap_ = false;
};

bool is_ascii(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

/// The code points of `text` in NFKD and lower case, without those that only steer how it is drawn;
/// nothing if it is not valid UTF-8.
std::vector<utf8proc_int32_t> decomposed(std::string_view text) {
  constexpr auto options = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto size = static_cast<utf8proc_ssize_t>(text.size());
  std::vector<utf8proc_int32_t> out(text.size() + 8);
  for (;;) {
    const auto room = static_cast<utf8proc_ssize_t>(out.size());
    const auto count = utf8proc_decompose(bytes, size, out.data(), room, options);
    if (count < 0) return {};
    const bool fits = count <= room;
    out.resize(static_cast<std::size_t>(count));
    if (fits) return out;
  }
}

std::string without_blanks(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != ' '; });
  return out;
}

/// Where the words of `name` end whose letters, from there on, are `form`; nothing if they are not,
/// or if nothing would be left.
std::optional<std::size_t> form_at_end(std::string_view name, std::string_view form) {
  std::size_t at = name.size();
  std::size_t left = form.size();
  while (left != 0) {
    if (at == 0) return std::nullopt;
    --at;
    if (name[at] == ' ') continue;
    if (name[at] != form[--left]) return std::nullopt;
  }
  if (at == 0 || name[at - 1] != ' ') return std::nullopt;
  return at - 1;
}

std::string drop_forms(std::string name, std::span<const std::string> forms) {
  for (;;) {
    std::size_t longest = 0;
    std::size_t end = 0;
    for (const std::string& form : forms) {
      if (form.size() <= longest) continue;
      if (const auto found = form_at_end(name, form)) {
        longest = form.size();
        end = *found;
      }
    }
    if (longest == 0) return name;
    name.resize(end);
  }
}

std::vector<std::string> letters_of(std::span<const std::string_view> forms) {
  std::vector<std::string> out;
  out.reserve(forms.size());
  for (const std::string_view form : forms) out.push_back(without_blanks(plain_name(form)));
  return out;
}

}  // namespace

std::string plain_name(std::string_view text) {
  NameWriter out;
  if (is_ascii(text)) {
    for (const char byte : text) out.ascii(static_cast<unsigned char>(byte));
  } else {
    for (const utf8proc_int32_t code : decomposed(text)) out.code_point(code);
  }
  return out.take();
}

std::string normal_name(std::string_view text, std::span<const std::string_view> forms) {
  return drop_forms(plain_name(text), letters_of(forms));
}

std::string normal_name(std::string_view text) {
  static const std::vector<std::string> forms = letters_of(forms_table);
  return drop_forms(plain_name(text), forms);
}

std::span<const std::string_view> company_forms() noexcept {
  return forms_table;
}

std::optional<std::string_view> country_code(std::string_view text) {
  const std::string plain = plain_name(text);
  std::string_view name = plain;
  if (name.starts_with("the ")) name.remove_prefix(4);
  const auto* const found = std::lower_bound(
      std::begin(detail::country_names), std::end(detail::country_names), name,
      [](const detail::CountryName& row, std::string_view wanted) { return row.name < wanted; });
  if (found == std::end(detail::country_names) || found->name != name) return std::nullopt;
  return found->code;
}

}  // namespace eraudit
