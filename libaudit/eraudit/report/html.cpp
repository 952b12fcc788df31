#include "eraudit/report/html.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "eraudit/core/error.hpp"
#include "eraudit/core/file.hpp"
#include "eraudit/core/json_writer.hpp"
#include "eraudit/core/language.hpp"
#include "eraudit/report/detail/html_assets.hpp"
#include "eraudit/report/detail/html_edition.hpp"
#include "eraudit/report/detail/markup.hpp"
#include "eraudit/report/detail/payload.hpp"
#include "eraudit/report/detail/report_view.hpp"
#include "eraudit/report/languages.hpp"
#include "eraudit/report/texts.hpp"
#include "eraudit/schema/schema.hpp"

namespace eraudit {
namespace {

using detail::escaped;

struct PageLanguage {
  std::string_view code;
  std::string_view name;  ///< in itself
};
constexpr std::array<PageLanguage, 3> own_languages{
    {{"en", "English"}, {"fr", "Français"}, {"es", "Español"}}};
// Of languages that only rules speak. Others are shown by their tag.
constexpr std::array<PageLanguage, 21> more_languages{{{"am", "አማርኛ"},
                                                       {"ar", "العربية"},
                                                       {"bn", "বাংলা"},
                                                       {"fil", "Filipino"},
                                                       {"hi", "हिन्दी"},
                                                       {"id", "Bahasa Indonesia"},
                                                       {"km", "ភាសាខ្មែរ"},
                                                       {"lo", "ລາວ"},
                                                       {"ms", "Bahasa Melayu"},
                                                       {"my", "မြန်မာဘာသာ"},
                                                       {"ne", "नेपाली"},
                                                       {"pt", "Português"},
                                                       {"pt-BR", "Português (Brasil)"},
                                                       {"si", "සිංහල"},
                                                       {"sw", "Kiswahili"},
                                                       {"ta", "தமிழ்"},
                                                       {"th", "ไทย"},
                                                       {"ur", "اردو"},
                                                       {"vi", "Tiếng Việt"},
                                                       {"zh-Hans", "简体中文"},
                                                       {"zh-Hant", "繁體中文"}}};

/// The three that the engine speaks and, behind them, the one that was asked for if only rules
/// speak it.
class PageLanguages {
 public:
  PageLanguages(const std::vector<std::string>& of_report, std::string_view asked) {
    all_.assign(own_languages.begin(), own_languages.end());
    for (; !asked.empty(); asked = broader_language(asked)) {
      if (has(asked)) break;
      const auto found = std::find(of_report.begin(), of_report.end(), asked);
      if (found == of_report.end()) continue;
      const auto* const named =
          std::find_if(more_languages.begin(), more_languages.end(),
                       [&](const PageLanguage& known) { return known.code == *found; });
      all_.push_back({*found, named == more_languages.end() ? *found : named->name});
      break;
    }
    if (!asked.empty()) chosen_ = asked;
  }

  [[nodiscard]] const std::vector<PageLanguage>& all() const noexcept { return all_; }
  [[nodiscard]] std::string_view chosen() const noexcept { return chosen_; }

 private:
  [[nodiscard]] bool has(std::string_view code) const {
    return std::any_of(all_.begin(), all_.end(),
                       [&](const PageLanguage& language) { return language.code == code; });
  }

  std::vector<PageLanguage> all_;
  std::string_view chosen_ = "en";
};

/// Which edition is shown hangs on what is chosen above it.
std::string switching_style(const std::vector<PageLanguage>& languages) {
  std::string out;
  for (const PageLanguage& language : languages) {
    out += fmt::format(
        "html:has(#language-{0}:checked) .edition[data-edition={0}] {{ display: block; }}\n"
        "html:has(#language-{0}:checked) div.edition[data-edition={0}] {{ display: grid; }}\n",
        language.code);
  }
  return out;
}

// What the script says; the sections say the rest. Keys of rules/texts/report.yaml.
constexpr std::array script_texts{"against",
                                  "also",
                                  "and-more",
                                  "and-more-one",
                                  "basis",
                                  "days",
                                  "days-one",
                                  "for-element",
                                  "for-possible",
                                  "html-any-kind",
                                  "html-any-rule",
                                  "html-any-severity",
                                  "html-any-standard",
                                  "html-broken",
                                  "html-broken-rules",
                                  "html-by-indicator",
                                  "html-by-kind",
                                  "html-by-rule",
                                  "html-by-severity",
                                  "html-by-standard",
                                  "html-by-subject",
                                  "html-by-urgency",
                                  "html-certain",
                                  "html-clear",
                                  "html-counter",
                                  "html-counter-no-reply",
                                  "html-counter-none",
                                  "html-diagram",
                                  "html-disputed",
                                  "html-fact",
                                  "html-filter",
                                  "html-grave",
                                  "html-group-by",
                                  "html-keys",
                                  "html-kind",
                                  "html-message",
                                  "html-more-facts",
                                  "html-no-match",
                                  "html-not-readable",
                                  "html-path",
                                  "html-place",
                                  "html-print",
                                  "html-result",
                                  "html-result-one",
                                  "html-rule",
                                  "html-rule-file",
                                  "html-save-csv",
                                  "html-save-report",
                                  "html-search",
                                  "html-search-hint",
                                  "html-severity-least",
                                  "html-show-more",
                                  "html-source",
                                  "html-standard",
                                  "html-subject",
                                  "html-suspected",
                                  "html-title",
                                  "html-tree",
                                  "html-unexplained-one",
                                  "html-value",
                                  "html-verdict",
                                  "is",
                                  "lead-conflict",
                                  "lead-suspect",
                                  "relation-equal",
                                  "relation-intersect",
                                  "relation-subset",
                                  "relation-superset",
                                  "remedy",
                                  "rests-on",
                                  "severity",
                                  "side",
                                  "sides",
                                  "sides-not-tried",
                                  "to",
                                  "too-weak",
                                  "when",
                                  "would-change"};

/// `sha256:hexadecimal` as a policy writes it.
std::string policy_digest(std::string_view content) {
  const std::string hexadecimal = sha256(content).substr(sizeof("sha256:") - 1);
  const auto digit = [](char c) {
    return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
  };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2) {
    bytes += static_cast<char>(digit(hexadecimal[i]) << 4u | digit(hexadecimal[i + 1]));
  }
  return fmt::format("'sha256-{}'", detail::base64(bytes));
}

/// What the script needs to know beside the report: texts, and names for ids.
class PageFacts {
 public:
  PageFacts(DocumentNode report, const detail::Payload& payload, const PageLanguages& languages,
            const std::vector<std::string>& of_report)
      : report_(report),
        payload_(payload),
        languages_(languages),
        of_report_(of_report),
        json_(out_, JsonWriter::Layout::compact) {}

  std::string write() && {
    json_.begin_object();
    json_.member("language", languages_.chosen());
    write_languages();
    json_.key("findings").unsigned_integer(payload_.findings);
    json_.key("whole").boolean(payload_.findings == detail::member(report_, "findings").size());
    json_.key("texts").begin_object();
    for (const PageLanguage& language : languages_.all()) {
      json_.key(language.code).begin_object();
      for (const std::string_view key : script_texts) {
        json_.member(key, engine_text(key, language.code));
      }
      for (const Severity severity :
           {Severity::none, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
        json_.member(fmt::format("severity:{}", to_text(severity)), label(severity, language.code));
      }
      json_.end_object();
    }
    json_.end_object();
    write_kinds();
    write_paths();
    write_indicators();
    write_basis();
    write_classes();
    json_.end_object();
    return std::move(out_);
  }

 private:
  /// Those of the messages; in which the engine's words are, edition by edition; and which of all
  /// are read from right to left.
  void write_languages() {
    json_.key("languages").begin_array();
    for (const std::string& language : payload_.languages) json_.text(language);
    json_.end_array();
    json_.key("spoken").begin_object();
    for (const PageLanguage& language : languages_.all()) {
      json_.member(language.code, engine_language(language.code));
    }
    json_.end_object();
    json_.key("rightToLeft").begin_array();
    for (const std::string& language : of_report_) {
      if (is_right_to_left(language)) json_.text(language);
    }
    json_.end_array();
  }

  template <class Label>
  void texts(std::string_view key, Label&& label) {
    json_.key(key).begin_object();
    for (const PageLanguage& language : languages_.all()) {
      json_.member(language.code, label(language.code));
    }
    json_.end_object();
  }

  void write_kinds() {
    json_.key("kinds").begin_object();
    for (const NodeKind& kind : recruitment_schema()->kinds()) {
      texts(kind.name,
            [&](std::string_view code) { return detail::label_of_kind(kind.name, code); });
    }
    json_.end_object();
  }

  /// Attributes by what they are called, lists by what they lead to, kinds of edge by how many
  /// values tell one edge from another.
  void write_paths() {
    const Schema& schema = *recruitment_schema();
    json_.key("paths").begin_object();
    for (std::uint16_t k = 0; k < schema.kinds().size(); ++k) {
      const NodeKind& kind = schema.kinds()[k];
      for (const Attribute& attribute : kind.attributes) {
        const std::string path = fmt::format("{}.{}", kind.name, attribute.name);
        texts(path, [&](std::string_view code) { return detail::label_of_path(path, code); });
      }
    }
    for (const EdgeKind& edge : schema.edges()) {
      for (const Attribute& attribute : edge.attributes) {
        const std::string path = fmt::format("{}.{}", edge.name, attribute.name);
        texts(path, [&](std::string_view code) { return detail::label_of_path(path, code); });
      }
    }
    json_.end_object();
    json_.key("lists").begin_object();
    for (std::uint16_t k = 0; k < schema.kinds().size(); ++k) {
      for (const ListId list : schema.lists(KindId{k})) {
        const EdgeKind& edge = schema.edge(list.edge);
        json_.key(schema.path(KindId{k}, list)).begin_object();
        json_.member("edge", edge.name);
        json_.key("out").boolean(list.side == Side::from);
        json_.key("kinds").begin_array();
        for (const KindId other : edge.end(list.side == Side::from ? Side::to : Side::from).kinds) {
          json_.text(schema.kind(other).name);
        }
        json_.end_array();
        json_.end_object();
      }
    }
    json_.end_object();
    json_.key("edges").begin_object();
    for (const EdgeKind& edge : schema.edges()) {
      json_.key(edge.name).begin_object();
      json_.key("key").unsigned_integer(edge.key.size());
      for (const auto& [name, end] : {std::pair{"from", &edge.from}, std::pair{"to", &edge.to}}) {
        json_.key(name).begin_array();
        for (const KindId kind : end->kinds) json_.text(schema.kind(kind).name);
        json_.end_array();
      }
      texts("label", [&](std::string_view code) { return edge.label.in(code); });
      json_.end_object();
    }
    json_.end_object();
  }

  void write_indicators() {
    std::set<std::string_view> used;
    const DocumentNode rules = detail::member(report_, "rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
      used.insert(detail::text_of(rules.at(i), "indicator"));
    }
    json_.key("indicators").begin_object();
    for (const std::string_view id : used) {
      if (const Indicator* const known = vocabulary().indicator(id)) {
        texts(id, [&](std::string_view code) { return known->title.in(code); });
      }
    }
    json_.end_object();
  }

  void write_basis() {
    std::map<std::string_view, detail::Cited> used;
    const DocumentNode rules = detail::member(report_, "rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
      for (const detail::Cited& cited : detail::basis_of(rules.at(i)))
        used.emplace(cited.id, cited);
    }
    json_.key("provisions").begin_object();
    for (const auto& [id, cited] : used) {
      json_.key(id).begin_object();
      json_.member("standard", cited.standard);
      json_.member("reference", cited.reference);
      texts("title", [&, &title = cited.title, &name = id](std::string_view code) {
        return title == nullptr ? name : title->in(code);
      });
      json_.end_object();
    }
    json_.end_object();
  }

  void write_classes() {
    std::set<std::string_view> used;
    const DocumentNode sources = detail::member(report_, "sources");
    for (std::size_t i = 0; i < sources.size(); ++i) {
      used.insert(detail::text_of(sources.at(i), "class"));
    }
    json_.key("classes").begin_object();
    for (const std::string_view id : used) {
      texts(id, [&](std::string_view code) { return detail::label_of_class(id, code); });
    }
    json_.end_object();
  }

  DocumentNode report_;
  const detail::Payload& payload_;
  const PageLanguages& languages_;
  const std::vector<std::string>& of_report_;
  std::string out_;
  JsonWriter json_;
};

std::string language_switch(const PageLanguages& languages) {
  std::string out = "<fieldset class=\"languages\"><legend>";
  std::string_view gap;
  for (const PageLanguage& language : own_languages) {
    out += fmt::format("{}<span lang=\"{}\">{}</span>", gap, language.code,
                       escaped(engine_text("html-language", language.code)));
    gap = " · ";
  }
  out += "</legend>\n";
  for (const PageLanguage& language : languages.all()) {
    out += fmt::format(
        "<label lang=\"{0}\"><input type=\"radio\" name=\"language\" id=\"language-{0}\" "
        "value=\"{0}\"{1}> {2}</label>\n",
        language.code, language.code == languages.chosen() ? " checked" : "", language.name);
  }
  return out + "</fieldset>\n";
}

}  // namespace

std::string write_html(const ReportFile& report, const HtmlOptions& options) {
  const std::string asked = language_tag(options.language).value_or("en");
  const std::vector<std::string> of_report = languages_of(report);
  const PageLanguages languages(of_report, asked);
  const std::string_view words = engine_language(languages.chosen());
  const DocumentNode root = report.root();
  detail::Payload payload = detail::pack_report(root, options.findings);
  const std::string style = std::string(detail::html_style()) + switching_style(languages.all());
  const std::string_view script = detail::html_script();

  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {}; "
      "style-src {}; base-uri 'none'; form-action 'none'\">\n",
      words, policy_digest(script), policy_digest(style));
  out += fmt::format(
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n<title>{}, "
      "{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n",
      escaped(engine_text("html-title", words)),
      escaped(detail::text_of(detail::member(root, "run"), "as_of")), style);
  out += detail::html_signs();
  out += "<header class=\"top\">\n<p class=\"mark\">eraudit</p>\n";
  out += language_switch(languages);
  out += "</header>\n<main>\n";
  for (const PageLanguage& language : languages.all()) {
    HtmlOptions shown = options;
    shown.findings = payload.findings;
    out += detail::html_edition(report, shown, language.code);
  }
  out += "</main>\n<footer>\n";
  for (const PageLanguage& language : languages.all()) {
    out += fmt::format("<p class=\"edition\" lang=\"{}\" data-edition=\"{}\">{}</p>\n",
                       engine_language(language.code), language.code,
                       escaped(detail::text_in(detail::member(root, "statement"), language.code)));
  }
  out += "</footer>\n";
  out += fmt::format("<script type=\"application/json\" id=\"facts\">{}</script>\n",
                     detail::script_safe(PageFacts(root, payload, languages, of_report).write()));
  for (auto& [name, content] : payload.blocks) {
    out += fmt::format("<script type=\"text/plain\" id=\"{}\">{}</script>\n", name,
                       detail::compressed(content));
    content.clear();
    content.shrink_to_fit();
  }
  out += fmt::format("<script>{}</script>\n</body>\n</html>\n", script);
  return out;
}

}  // namespace eraudit
