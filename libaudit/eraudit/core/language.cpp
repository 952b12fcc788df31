#include "eraudit/core/language.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <vector>

namespace eraudit {
namespace {

char low(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char capital(char c) noexcept {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
bool is_tag_letter(char c) noexcept {
  return low(c) >= 'a' && low(c) <= 'z';
}
bool is_tag_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool only_letters(std::string_view part) noexcept {
  return std::all_of(part.begin(), part.end(), is_tag_letter);
}
bool only_digits(std::string_view part) noexcept {
  return std::all_of(part.begin(), part.end(), is_tag_digit);
}
bool alphanumeric(std::string_view part) noexcept {
  return std::all_of(part.begin(), part.end(),
                     [](char c) { return is_tag_letter(c) || is_tag_digit(c); });
}
bool sized(std::string_view part, std::size_t least, std::size_t most) noexcept {
  return part.size() >= least && part.size() <= most;
}

bool is_script(std::string_view part) noexcept {
  return part.size() == 4 && only_letters(part);
}
bool is_region(std::string_view part) noexcept {
  return (part.size() == 2 && only_letters(part)) || (part.size() == 3 && only_digits(part));
}
bool is_variant(std::string_view part) noexcept {
  return sized(part, 5, 8) || (part.size() == 4 && is_tag_digit(part.front()));
}

std::vector<std::string> parts_of(std::string_view tag) {
  std::vector<std::string> parts(1);
  for (const char c : tag) {
    if (c == '-') {
      parts.emplace_back();
    } else {
      parts.back() += low(c);
    }
  }
  return parts;
}

/// Goes through the parts of a tag in the order that RFC 5646 gives them.
class Grammar {
 public:
  explicit Grammar(const std::vector<std::string>& parts) : parts_(parts) {}

  [[nodiscard]] bool holds() {
    for (const std::string& part : parts_) {
      if (!sized(part, 1, 8) || !alphanumeric(part)) return false;
    }
    if (parts_.front() != "x") {
      if (!sized(parts_.front(), 2, 3) || !only_letters(parts_.front())) return false;
      ++at_;
      for (int more = 0; more < 3 && here() && part().size() == 3 && only_letters(part()); ++more)
        ++at_;
      if (here() && is_script(part())) ++at_;
      if (here() && is_region(part())) ++at_;
      if (!variants() || !extensions()) return false;
    }
    if (here() && part() == "x" && at_ + 1 < parts_.size()) at_ = parts_.size();
    return !here();
  }

 private:
  [[nodiscard]] bool here() const { return at_ < parts_.size(); }
  [[nodiscard]] const std::string& part() const { return parts_[at_]; }

  bool variants() {
    const std::size_t first = at_;
    for (; here() && is_variant(part()); ++at_) {
      const auto begin = parts_.begin() + static_cast<std::ptrdiff_t>(first);
      const auto end = parts_.begin() + static_cast<std::ptrdiff_t>(at_);
      if (std::find(begin, end, part()) != end) return false;
    }
    return true;
  }

  bool extensions() {
    std::string seen;
    while (here() && part().size() == 1 && part() != "x") {
      if (seen.find(part()) != std::string::npos) return false;
      seen += part();
      const std::size_t first = ++at_;
      while (here() && part().size() >= 2) ++at_;
      if (at_ == first) return false;
    }
    return true;
  }

  const std::vector<std::string>& parts_;
  std::size_t at_ = 0;
};

struct LanguageName {
  std::string_view name;
  std::string_view tag;
};
// In English, in lower case; the languages that rules of this field are most often written in.
constexpr LanguageName language_names[] = {
    {"amharic", "am"},    {"arabic", "ar"},     {"bahasa", "id"},  {"bangla", "bn"},
    {"bengali", "bn"},    {"burmese", "my"},    {"chinese", "zh"}, {"dutch", "nl"},
    {"english", "en"},    {"filipino", "fil"},  {"french", "fr"},  {"german", "de"},
    {"hindi", "hi"},      {"indonesian", "id"}, {"italian", "it"}, {"japanese", "ja"},
    {"khmer", "km"},      {"korean", "ko"},     {"lao", "lo"},     {"malay", "ms"},
    {"nepali", "ne"},     {"persian", "fa"},    {"polish", "pl"},  {"portuguese", "pt"},
    {"romanian", "ro"},   {"russian", "ru"},    {"sinhala", "si"}, {"spanish", "es"},
    {"swahili", "sw"},    {"tagalog", "tl"},    {"tamil", "ta"},   {"thai", "th"},
    {"turkish", "tr"},    {"ukrainian", "uk"},  {"urdu", "ur"},    {"uzbek", "uz"},
    {"vietnamese", "vi"},
};

// ISO 639-1, each followed by a blank.
constexpr std::string_view two_letter_codes =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs "
    "cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha "
    "he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn "
    "ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb "
    "nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd "
    "se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw "
    "ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

constexpr std::array<std::string_view, 15> right_to_left_languages = {
    "ar", "arz", "azb", "ckb", "dv", "fa", "glk", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"};
constexpr std::array<std::string_view, 10> right_to_left_scripts = {
    "adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"};

/// Whether `part` is one of them, in whatever capitals.
template <class List>
bool is_among(const List& list, std::string_view part) noexcept {
  return std::any_of(std::begin(list), std::end(list), [&](std::string_view known) {
    return std::equal(known.begin(), known.end(), part.begin(), part.end(),
                      [](char a, char b) { return a == low(b); });
  });
}

}  // namespace

std::optional<std::string> language_tag(std::string_view text) {
  const std::vector<std::string> parts = parts_of(text);
  if (!Grammar(parts).holds()) return std::nullopt;
  std::string out;
  bool plain = true;  // after a single letter everything is in lower case
  for (std::size_t index = 0; index < parts.size(); ++index) {
    std::string part = parts[index];
    plain = plain && part.size() > 1;
    if (index != 0 && plain && part.size() == 2) {
      for (char& c : part) c = capital(c);
    } else if (index != 0 && plain && is_script(part)) {
      part.front() = capital(part.front());
    }
    if (index != 0) out += '-';
    out += part;
  }
  return out;
}

std::string language_tag_help(std::string_view text) {
  std::string plain(text.substr(0, text.find_first_of(".@")));  // en_US.UTF-8
  for (char& c : plain) c = c == '_' || c == ' ' ? '-' : low(c);
  for (const LanguageName& known : language_names) {
    if (known.name == plain) return "write '" + std::string(known.tag) + "'";
  }
  if (const auto tag = language_tag(plain)) return "write '" + *tag + "'";
  return "write a language tag such as 'en', 'ne', 'pt-BR' or 'zh-Hant'";
}

bool is_known_language(std::string_view tag) noexcept {
  const std::string_view first = tag.substr(0, tag.find('-'));
  if (first.size() != 2) return true;
  for (std::size_t at = 0; at < two_letter_codes.size(); at += 3) {
    if (two_letter_codes[at] == low(first[0]) && two_letter_codes[at + 1] == low(first[1])) {
      return true;
    }
  }
  return false;
}

std::string_view broader_language(std::string_view tag) noexcept {
  const std::size_t last = tag.rfind('-');
  if (last == std::string_view::npos) return {};
  tag = tag.substr(0, last);
  // A single letter only begins what has been cut off.
  if (tag.size() >= 2 && tag[tag.size() - 2] == '-') tag = tag.substr(0, tag.size() - 2);
  return tag.size() == 1 ? std::string_view() : tag;
}

bool is_right_to_left(std::string_view tag) noexcept {
  if (tag.substr(0, tag.find('-')).size() < 2) return false;
  for (std::size_t at = tag.find('-'); at != std::string_view::npos; at = tag.find('-', at + 1)) {
    const std::string_view part = tag.substr(at + 1, tag.find('-', at + 1) - at - 1);
    if (part.size() == 1) break;
    if (is_script(part)) return is_among(right_to_left_scripts, part);
  }
  return is_among(right_to_left_languages, tag.substr(0, tag.find('-')));
}

}  // namespace eraudit
