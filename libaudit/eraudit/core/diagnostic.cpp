#include "eraudit/core/diagnostic.hpp"

#include <algorithm>
#include <ostream>

#include "eraudit/core/text.hpp"
#include "eraudit/core/utf8.hpp"

namespace eraudit {

std::string_view to_text(DiagnosticLevel level) {
  switch (level) {
    case DiagnosticLevel::error:
      return "error";
    case DiagnosticLevel::warning:
      return "warning";
    case DiagnosticLevel::note:
      return "note";
  }
  return "error";
}

namespace {

constexpr std::size_t tab_stop = 8;
constexpr std::size_t line_number_width = 5;
// A file may be one line of a gigabyte: what is kept of a line, around the place at fault.
constexpr std::size_t longest_line = 160;
constexpr std::size_t kept_before = 60;

/// Appends `text` for a terminal, with tabs as blanks. `column` is the display column before and
/// after.
void append_shown(std::string& out, std::string_view text, std::size_t& column) {
  while (!text.empty()) {
    const std::size_t tab = std::min(text.find('\t'), text.size());
    const std::string piece = printable(text.substr(0, tab));
    out += piece;
    column += display_width(piece);
    if (tab == text.size()) return;
    const std::size_t blanks = tab_stop - column % tab_stop;
    out.append(blanks, ' ');
    column += blanks;
    text.remove_prefix(tab + 1);
  }
}

/// The first `count` code points of `text`.
std::string_view first_code_points(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count != 0 && at < text.size(); --count)
    at += detail::first_code_point(text.substr(at)).bytes;
  return text.substr(0, at);
}

void append_source_line(std::string& out, const Diagnostic& diagnostic) {
  const std::string number = std::to_string(diagnostic.position.line);
  if (number.size() < line_number_width) out.append(line_number_width - number.size(), ' ');
  const std::size_t margin = std::max(number.size(), line_number_width);
  out += number + " | ";

  const std::uint32_t column = std::max(diagnostic.position.column, diagnostic.line_start);
  const std::size_t before_count = column - diagnostic.line_start;
  const std::string_view line = diagnostic.line;
  const std::string_view before = first_code_points(line, before_count);
  const std::string_view marked =
      first_code_points(line.substr(before.size()), std::max<std::uint32_t>(diagnostic.width, 1));
  const std::string_view after = line.substr(before.size() + marked.size());

  std::size_t shown = 0;
  std::string text;
  if (diagnostic.line_start > 1) {
    text += "...";
    shown = 3;
  }
  append_shown(text, before, shown);
  const std::size_t caret = shown;
  append_shown(text, marked, shown);
  const std::size_t marked_width = std::max<std::size_t>(shown - caret, 1);
  append_shown(text, after, shown);
  while (text.ends_with(' ')) text.pop_back();
  if (text.empty()) out.pop_back();
  out += text + "\n";

  out.append(margin, ' ');
  out += " | ";
  out.append(caret, ' ');
  out += '^';
  out.append(marked_width - 1, '~');
  out += '\n';
}

/// The part of `line` that is shown; `column` (from 1) is in it.
void keep_line(Diagnostic& diagnostic, std::string_view line, std::size_t column_byte) {
  if (line.size() <= longest_line) {
    diagnostic.line = line;
    return;
  }
  std::size_t begin = column_byte > kept_before ? column_byte - kept_before : 0;
  const auto continues = [&](std::size_t at) {
    return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0u) == 0x80u;
  };
  while (begin > 0 && continues(begin)) --begin;
  std::size_t end = std::min(begin + longest_line, line.size());
  while (end > begin && continues(end)) --end;
  const std::size_t cut = code_points(line.substr(begin, column_byte - begin));
  diagnostic.line = line.substr(begin, end - begin);
  if (end < line.size()) diagnostic.line += "...";
  if (begin > 0)
    diagnostic.line_start = diagnostic.position.column - static_cast<std::uint32_t>(cut);
}

Diagnostic about(DiagnosticLevel level, const Source& source, Span span, std::string_view id,
                 std::string message, std::string help) {
  Diagnostic diagnostic;
  diagnostic.level = level;
  diagnostic.id = id;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostic.file = source.name();
  diagnostic.position = source.position(span.offset);
  const std::string_view line = source.line(diagnostic.position.line);
  // Within its line: text() and line() share memory, so the difference is the byte of the column.
  const std::size_t line_begin = static_cast<std::size_t>(line.data() - source.text().data());
  const std::size_t column_byte =
      line.data() == nullptr
          ? 0
          : std::min<std::size_t>(
                std::max<std::size_t>(diagnostic.position.byte, line_begin) - line_begin,
                line.size());
  const std::string_view marked = line.substr(column_byte, span.length);
  diagnostic.width = static_cast<std::uint32_t>(std::max<std::size_t>(code_points(marked), 1));
  keep_line(diagnostic, line, column_byte);
  return diagnostic;
}

}  // namespace

std::string to_text(const Diagnostic& diagnostic) {
  std::string out = printable(diagnostic.file);
  if (diagnostic.position.line != 0) {
    out += ':' + std::to_string(diagnostic.position.line) + ':' +
           std::to_string(diagnostic.position.column);
  }
  if (!out.empty()) out += ": ";
  out += to_text(diagnostic.level);
  out += ": " + printable(diagnostic.message);
  if (!diagnostic.id.empty()) out += " [" + printable(diagnostic.id) + "]";
  out += '\n';
  if (diagnostic.position.line != 0 && !diagnostic.line.empty())
    append_source_line(out, diagnostic);
  if (!diagnostic.help.empty()) {
    std::string_view help = diagnostic.help;
    out += "  help: ";
    for (;;) {
      const std::size_t end = std::min(help.find('\n'), help.size());
      out += printable(help.substr(0, end)) + "\n";
      if (end == help.size()) break;
      help.remove_prefix(end + 1);
      out += "        ";
    }
  }
  return out;
}

bool Diagnostics::count(DiagnosticLevel level, const std::string& name) {
  if (level == DiagnosticLevel::error) ++errors_;
  auto file = std::find_if(per_file_.begin(), per_file_.end(),
                           [&](const auto& entry) { return entry.first == name; });
  if (file == per_file_.end()) file = per_file_.insert(per_file_.end(), {name, 0});
  if (file->second >= keep_per_file_ || items_.size() >= keep_) {
    ++dropped_;
    return false;
  }
  ++file->second;
  return true;
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (count(diagnostic.level, diagnostic.file)) items_.push_back(std::move(diagnostic));
}

void Diagnostics::error(const Source& source, Span span, std::string_view id, std::string message,
                        std::string help) {
  if (!count(DiagnosticLevel::error, source.name())) return;
  items_.push_back(
      about(DiagnosticLevel::error, source, span, id, std::move(message), std::move(help)));
}

void Diagnostics::warning(const Source& source, Span span, std::string_view id, std::string message,
                          std::string help) {
  if (!count(DiagnosticLevel::warning, source.name())) return;
  items_.push_back(
      about(DiagnosticLevel::warning, source, span, id, std::move(message), std::move(help)));
}

void Diagnostics::error(std::string_view file, std::string_view id, std::string message,
                        std::string help) {
  Diagnostic diagnostic;
  diagnostic.id = id;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostic.file = file;
  add(std::move(diagnostic));
}

void Diagnostics::append(const Diagnostics& other) {
  std::size_t kept_errors = 0;
  for (const Diagnostic& diagnostic : other.items_) {
    kept_errors += diagnostic.level == DiagnosticLevel::error;
    add(diagnostic);
  }
  dropped_ += other.dropped_;
  errors_ += other.errors_ - kept_errors;
}

void Diagnostics::sort_by_place() {
  const auto rank = [this](const Diagnostic& diagnostic) {
    return std::find_if(per_file_.begin(), per_file_.end(),
                        [&](const auto& entry) { return entry.first == diagnostic.file; });
  };
  std::stable_sort(items_.begin(), items_.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    if (a.file != b.file) return rank(a) < rank(b);
    return a.position.byte < b.position.byte;
  });
}

std::string to_text(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.items()) out += to_text(diagnostic);
  if (diagnostics.dropped() != 0) {
    out += "... and " + std::to_string(diagnostics.dropped()) + " more\n";
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, const Diagnostics& diagnostics) {
  return out << to_text(diagnostics);
}

}  // namespace eraudit
