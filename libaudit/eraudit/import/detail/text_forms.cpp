#include "eraudit/import/detail/text_forms.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <new>
#include <utf8proc.h>

#include "eraudit/expression/names.hpp"

namespace eraudit::detail {
namespace {

/// Bytes of a space at the front of `text`; 0 if there is none.
std::size_t space_in_front(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) == ' ' || (byte(0) >= '\t' && byte(0) <= '\r')) return 1;
  if (text.size() >= 2 && byte(0) == 0xC2 && (byte(1) == 0xA0 || byte(1) == 0x85)) return 2;
  if (text.size() < 3) return 0;
  if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) <= 0x8B || byte(2) == 0xAF)) return 3;
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return 3;
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
  return 0;
}

std::size_t space_at_end(std::string_view text) noexcept {
  for (const std::size_t size : {1u, 2u, 3u}) {
    if (text.size() >= size && space_in_front(text.substr(text.size() - size)) == size) return size;
  }
  return 0;
}

/// `plain_name` of what people write for nothing. A text of signs only is one, too.
constexpr std::string_view filler_words[] = {
    "blank",
    "don t know",
    "empty",
    "missing",
    "n a",
    "na",
    "nil",
    "no data",
    "none",
    "not applicable",
    "not available",
    "not given",
    "not known",
    "not provided",
    "not stated",
    "null",
    "pending",
    "tba",
    "tbc",
    "tbd",
    "to be confirmed",
    "to be determined",
    "unknown",
    "unspecified",
    "xxx",
};

/// Words of headers, `_` on both sides, that tell persons.
constexpr std::string_view person_words[] = {
    "_first_name_",
    "_firstname_",
    "_last_name_",
    "_lastname_",
    "_middle_name_",
    "_middlename_",
    "_given_name_",
    "_given_names_",
    "_family_name_",
    "_full_name_",
    "_fullname_",
    "_maiden_name_",
    "_surname_",
    "_father_s_name_",
    "_father_name_",
    "_mother_s_name_",
    "_mother_name_",
    "_worker_name_",
    "_worker_names_",
    "_worker_id_",
    "_worker_no_",
    "_worker_number_",
    "_employee_name_",
    "_employee_id_",
    "_employee_no_",
    "_employee_number_",
    "_name_of_worker_",
    "_name_of_employee_",
    "_passport_",
    "_passport_no_",
    "_passport_number_",
    "_national_id_",
    "_identity_card_",
    "_ssn_",
    "_social_security_number_",
    "_date_of_birth_",
    "_dob_",
    "_birth_date_",
    "_birthday_",
    "_phone_",
    "_telephone_",
    "_mobile_",
    "_cell_phone_",
    "_email_",
    "_e_mail_",
    "_iban_",
    "_bank_account_",
    "_account_number_",
    "_fingerprint_",
};

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::size_t bytes = space_in_front(text);
    if (bytes == 0) break;
    text.remove_prefix(bytes);
  }
  while (!text.empty()) {
    const std::size_t bytes = space_at_end(text);
    if (bytes == 0) break;
    text.remove_suffix(bytes);
  }
  return text;
}

std::string folded(std::string_view text) {
  text = trimmed(text);
  if (std::all_of(text.begin(), text.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    std::string out(text);
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(mapped, std::free);
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (size < 0) return std::string(text);  // no UTF-8: only equal to itself
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

std::string folded_header(std::string_view text) {
  std::string out = plain_name(text);
  std::replace(out.begin(), out.end(), ' ', '_');
  return out;
}

bool looks_like_filler(std::string_view text) {
  if (text.size() > 40) return false;
  const std::string plain = plain_name(text);
  return plain.empty() || std::find(std::begin(filler_words), std::end(filler_words), plain) !=
                              std::end(filler_words);
}

bool looks_like_person(std::string_view header) {
  const std::string plain = "_" + folded_header(header) + "_";
  return std::any_of(std::begin(person_words), std::end(person_words),
                     [&](std::string_view word) { return plain.find(word) != std::string::npos; });
}

}  // namespace eraudit::detail
