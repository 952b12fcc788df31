#include "eraudit/report/detail/markup.hpp"

#include "eraudit/core/language.hpp"
#include "eraudit/core/text.hpp"

namespace eraudit::detail {
namespace {

void append_escaped(std::string& out, std::string_view line) {
  for (const char c : printable(line)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find('\n', at);
    append_escaped(out, text.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return out;
    out += '\n';
    at = end + 1;
  }
}

std::string isolated(std::string_view text) {
  return "<bdi>" + escaped(text) + "</bdi>";
}

std::string isolated_in(std::string_view language, std::string_view text) {
  const std::string_view direction = is_right_to_left(language) ? " dir=\"rtl\"" : "";
  std::string out = "<bdi lang=\"";
  return out.append(escaped(language))
      .append("\"")
      .append(direction)
      .append(">")
      .append(escaped(text))
      .append("</bdi>");
}

std::string script_safe(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else if (json.substr(i, 3) == "\xE2\x80\xA8" || json.substr(i, 3) == "\xE2\x80\xA9") {
      out += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace eraudit::detail
