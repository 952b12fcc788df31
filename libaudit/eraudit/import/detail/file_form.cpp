#include "eraudit/import/detail/file_form.hpp"

#include <algorithm>
#include <string>

namespace eraudit::detail {
namespace {

constexpr std::string_view save_as =
    "open it in a spreadsheet program and save it as .xlsx or .csv";

/// Names of the streams of an OLE file are UTF-16 in its directory.
bool names_stream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) {
    wide += c;
    wide += '\0';
  }
  return bytes.find(wide) != std::string_view::npos;
}

bool begins_with_word(std::string_view bytes, std::string_view word) noexcept {
  if (bytes.size() < word.size()) return false;
  return std::equal(word.begin(), word.end(), bytes.begin(), [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
  });
}

}  // namespace

FileForm form_of(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return {true, {}, {}};
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    if (names_stream(bytes, "EncryptedPackage")) {
      return {false, "a workbook that is protected by a password", "save a copy without one"};
    }
    if (names_stream(bytes, "Workbook") || names_stream(bytes, "Book")) {
      return {false, "a workbook of the old form (.xls), which is not read", save_as};
    }
    return {false, "an old Office file, and no table", save_as};
  }
  if (bytes.starts_with("%PDF")) {
    return {false, "a PDF, and no table", "ask for the table it was printed from"};
  }
  if (bytes.starts_with("\x1F\x8B") || bytes.starts_with("7z\xBC\xAF") ||
      bytes.starts_with("Rar!")) {
    return {false, "a packed file", "unpack it and name the table that is in it"};
  }
  if (bytes.starts_with("\x89PNG") || bytes.starts_with("\xFF\xD8\xFF")) {
    return {false, "a picture, and no table", "the table must be typed in"};
  }
  if (bytes.starts_with("SQLite format 3") || bytes.starts_with("PAR1")) {
    return {false, "a database, and no table", "write the table out as CSV"};
  }
  std::string_view text = bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (begins_with_word(text, "<!doctype html") || begins_with_word(text, "<html") ||
      begins_with_word(text, "<table")) {
    return {false, "a web page, whatever its name says", save_as};
  }
  if (begins_with_word(text, "<?xml")) return {false, "XML, and no table", save_as};
  if (begins_with_word(text, "{\\rtf")) return {false, "a text document, and no table", save_as};
  return {};
}

}  // namespace eraudit::detail
