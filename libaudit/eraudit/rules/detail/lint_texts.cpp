// Words, languages and questions of rules.

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "eraudit/core/language.hpp"
#include "eraudit/rules/detail/builtin.hpp"
#include "eraudit/rules/detail/file_reader.hpp"
#include "eraudit/rules/detail/lint.hpp"

namespace eraudit::rules_detail {
namespace {

constexpr std::string_view words_file = "rules/wording.yaml";
constexpr std::string_view lets_it_stand = "# wording:";

/// ASCII and Latin-1 letters as small ones, byte for byte.
std::string lower(std::string_view text) {
  std::string out(text);
  for (std::size_t at = 0; at < out.size(); ++at) {
    const auto byte = static_cast<unsigned char>(out[at]);
    if (byte >= 'A' && byte <= 'Z') out[at] = static_cast<char>(byte + 0x20);
    const auto before = at == 0 ? 0U : static_cast<unsigned char>(out[at - 1]);
    if (before == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97) {
      out[at] = static_cast<char>(byte + 0x20);
    }
  }
  return out;
}

/// Whether the character that ends before `at`, or begins there, is a letter or digit.
bool letter_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  std::size_t lead = at - 1;
  while (lead > 0 && (static_cast<unsigned char>(text[lead]) & 0xC0U) == 0x80U) --lead;
  const auto byte = static_cast<unsigned char>(text[lead]);
  if (byte < 0x80) return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
  return byte >= 0xC3 && byte <= 0xDF;  // not the signs of General Punctuation
}
bool letter_at(std::string_view text, std::size_t at) {
  std::size_t next = at + 1;
  while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
  return at < text.size() && letter_before(text, next);
}

const std::vector<std::string>& words() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> made;
    const DocumentPtr document = builtin_document(words_file);
    const Node languages = document->root().find("words").value();
    for (std::size_t language = 0; language < languages.size(); ++language) {
      const Node list = languages.at(language);
      for (std::size_t index = 0; index < list.size(); ++index) {
        made.push_back(lower(list.at(index).text()));
      }
    }
    return made;
  }();
  return all;
}

/// `use` gets each text of a rule that people read.
template <class Use>
void for_each_text(Node node, Use use) {
  if (node.is_scalar()) {
    use(node);
    return;
  }
  for (std::size_t index = 0; index < node.size(); ++index) for_each_text(node.at(index), use);
}

void look_for_words(const Document& document, Node scalar, Diagnostics& found) {
  const std::string text = lower(scalar.text());
  const Source& source = document.source();
  std::vector<std::uint32_t> places;  // found when there is something to place
  std::uint32_t line = 0;
  bool stands = false;
  for (const std::string& word : words()) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      if (letter_before(text, at) || letter_at(text, at + word.size())) continue;
      if (places.empty()) places = scalar.places();
      const std::uint32_t begin = places[at];
      const std::uint32_t end = places[at + word.size() - 1] + 1;
      if (const std::uint32_t found_on = source.position(begin).line; found_on != line) {
        line = found_on;
        stands = source.line(line).find(lets_it_stand) != std::string_view::npos;
      }
      if (stands) continue;
      found.warning(source, {begin, end - begin}, "lint-wording",
                    quoted(scalar.text().substr(at, word.size())) +
                        " accuses, or says more than a rule can know",
                    "say what was found, and that it is a sign to examine");
    }
  }
}

std::vector<std::string> languages_of(Node node) {
  std::vector<std::string> languages;
  if (!node.is_map()) return {"en"};
  for (std::size_t index = 0; index < node.size(); ++index) {
    if (auto tag = language_tag(node.key(index).text())) languages.push_back(*std::move(tag));
  }
  return languages;
}

void compare_languages(const Document& document, const std::vector<std::string>& wanted, Node key,
                       Node node, const std::string& what, Diagnostics& found) {
  const std::vector<std::string> there = languages_of(node);
  std::vector<std::string> missing;
  for (const std::string& language : wanted) {
    if (std::find(there.begin(), there.end(), language) == there.end()) missing.push_back(language);
  }
  if (missing.empty()) return;
  found.warning(document.source(), key.span(), "lint-missing-language",
                "the title speaks " + enumerate(missing) + ", and " + what + " does not",
                "readers of another language get English, or the first that there is");
}

/// Where a rule reads what `path` names; nothing if only its patterns do, or navigation.
bool warn_where_read(const Rule& rule, const Schema& schema, std::string_view path,
                     const std::string& message, const std::string& help, Diagnostics& found) {
  for (const Program* program : programs_of_verdict(rule)) {
    for (std::uint32_t id = 0; id < program->operations.size(); ++id) {
      const Operation& operation = program->operation(id);
      bool here = false;
      if (operation.op == Op::attribute || operation.op == Op::has_attribute) {
        const AttributeReference& reference = program->attributes[operation.payload];
        for (const AttributeReference::Member& member : reference.members) {
          here = here ||
                 path == (reference.of_edge ? schema.path(EdgeKindId{member.kind}, member.attribute)
                                            : schema.path(KindId{member.kind}, member.attribute));
        }
      } else if (operation.op == Op::list) {
        for (const ListReference::Member& member : program->lists[operation.payload].members) {
          here = here || path == schema.path(member.kind, member.list);
        }
      }
      if (!here) continue;
      warning_at(found, *program, id, "lint-no-question", message, help);
      return true;
    }
  }
  return false;
}

}  // namespace

void lint_wording(const Document& document, Diagnostics& found) {
  for (const char* key : {"title", "why", "message", "ask", "remedy"}) {
    if (const auto node = document.root().find(key)) {
      for_each_text(*node, [&](Node scalar) { look_for_words(document, scalar, found); });
    }
  }
}

void lint_languages(const Document& document, Diagnostics& found) {
  const Node root = document.root();
  const auto title = root.find("title");
  if (!title) return;
  const std::vector<std::string> wanted = languages_of(*title);
  for (std::size_t index = 0; index < root.size(); ++index) {
    const Node key = root.key(index);
    const Node value = root.at(index);
    if (key.text() == "message") {
      compare_languages(document, wanted, key, value, "the message", found);
    } else if (key.text() == "ask" && value.is_map()) {
      for (std::size_t entry = 0; entry < value.size(); ++entry) {
        compare_languages(document, wanted, value.key(entry), value.at(entry),
                          "the question for " + quoted(value.key(entry).text()), found);
      }
    }
  }
}

void lint_questions(const Rule& rule, const Schema& schema, Diagnostics& found) {
  for (const std::string& path : rule.reads) {
    if (question(rule, schema, path) != nullptr) continue;
    const std::string message =
        "the rule may wait for " + quoted(path) + ", and there is no question for it";
    const std::string help = "write one under 'ask', or in the schema";
    if (warn_where_read(rule, schema, path, message, help, found)) continue;
    const SourcePtr& source = rule.condition->text.source;
    if (!source) continue;
    found.warning(*source, {rule.position.byte, 1}, "lint-no-question", message, help);
  }
}

}  // namespace eraudit::rules_detail
