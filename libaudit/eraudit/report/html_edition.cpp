#include "eraudit/report/detail/html_edition.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

#include "eraudit/report/detail/markup.hpp"
#include "eraudit/report/detail/report_view.hpp"
#include "eraudit/report/detail/wording.hpp"
#include "eraudit/report/texts.hpp"

namespace eraudit::detail {

namespace {

constexpr std::size_t most_asks = 300;
constexpr std::size_t most_ratings = 25;

class Edition {
 public:
  Edition(const ReportFile& report, const HtmlOptions& options, std::string_view language)
      : report_(report.root()),
        options_(options),
        language_(language),
        words_language_(engine_language(language)),
        labels_(report_),
        words_(language, &labels_),
        rules_(report_),
        findings_(member(report_, "findings")),
        totals_(member(report_, "totals")) {}

  std::string write() && {
    for (std::size_t i = 0; i < findings_.size(); ++i) grave_ += grave(findings_.at(i)) ? 1 : 0;
    out_ = fmt::format(
        "<div class=\"edition\" lang=\"{0}\" id=\"edition-{1}\" data-edition=\"{1}\">\n",
        words_language_, language_);
    write_head();
    write_short();
    write_contents();
    write_grave();
    write_asks();
    write_ratings();
    write_findings();
    write_reach();
    write_open();
    write_origin();
    write_meanings();
    out_ += "</div>\n";
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string say(std::string_view key) const { return escaped(words_.say(key)); }
  [[nodiscard]] std::string number(std::uint64_t n) const { return grouped(n, language_); }

  /// Text `key` with escaped texts for its places.
  [[nodiscard]] std::string fill(std::string_view key, Wording::Replacements replacements) const {
    return escaped(words_.fill(key, replacements));
  }

  /// "1 verdict", "2,130 verdicts".
  [[nodiscard]] std::string count(std::string_view key, std::uint64_t n) const {
    const bool single = n == 1 || (n == 0 && words_language_ == "fr");
    return fill(single ? std::string(key) + "-one" : std::string(key), {{"n", number(n)}});
  }

  [[nodiscard]] std::string id(std::string_view name) const {
    return fmt::format("{}-{}", escaped(name), language_);
  }

  [[nodiscard]] std::uint64_t verdicts(Verdict verdict) const {
    return number_of(member(totals_, "verdicts"), to_text(verdict));
  }

  /// The sign of a verdict: a shape of its own, so that colour is not needed.
  [[nodiscard]] static std::string sign(Verdict verdict) {
    return fmt::format(
        "<svg class=\"sign v-{0}\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">"
        "<use href=\"#sign-{0}\"/></svg>",
        to_text(verdict));
  }

  /// The same where no word stands beside it.
  [[nodiscard]] std::string named_sign(Verdict verdict) const {
    return fmt::format(
        "<svg class=\"sign v-{0}\" viewBox=\"0 0 16 16\" role=\"img\" aria-label=\"{1}\">"
        "<use href=\"#sign-{0}\"/></svg>",
        to_text(verdict), escaped(words_.verdict(verdict)));
  }

  [[nodiscard]] std::string severity(DocumentNode finding) const {
    return escaped(words_.severity({severity_of(finding, "low"), severity_of(finding, "high")}));
  }

  [[nodiscard]] std::string severity_is(DocumentNode finding) const {
    const std::string range =
        words_.severity({severity_of(finding, "low"), severity_of(finding, "high")});
    return fill("html-severity-is", {{"x", range}});
  }

  [[nodiscard]] std::string title_of(DocumentNode rule) const {
    const SpokenText title = spoken_in(member(rule, "title"), language_);
    return title.text.empty() ? escaped(text_of(rule, "rule")) : spoken(title);
  }

  /// A text of a rule; the page around it is in the engine's words.
  [[nodiscard]] std::string spoken(const SpokenText& text) const {
    const bool same = text.language.empty() || text.language == words_language_;
    return same ? escaped(text.text) : isolated_in(text.language, text.text);
  }
  [[nodiscard]] std::string spoken_alone(DocumentNode texts) const {
    const SpokenText text = spoken_in(texts, language_);
    return text.language == words_language_ ? isolated(text.text) : spoken(text);
  }

  void begin_section(std::string_view name, std::string_view key, std::string_view lead = {}) {
    out_ += fmt::format(
        "<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\" "
        "tabindex=\"-1\">{1}</h2>\n",
        id(name), say(key));
    if (!lead.empty()) out_ += fmt::format("<p class=\"lead\">{}</p>\n", lead);
  }
  void end_section() { out_ += "</section>\n"; }

  void write_head() {
    const DocumentNode run = member(report_, "run");
    out_ += fmt::format("<p class=\"kicker\">{}</p>\n<h1>{}</h1>\n", say("html-kicker"),
                        say("html-title"));
    out_ += "<dl class=\"facts\">\n";
    fact("html-day", escaped(text_of(run, "as_of")));
    std::string packs;
    const DocumentNode listed = member(report_, "packs");
    for (std::size_t i = 0; i < listed.size(); ++i) {
      packs += fmt::format("{}{} {}", i == 0 ? "" : ", ", isolated(text_of(listed.at(i), "id")),
                           escaped(text_of(listed.at(i), "version")));
    }
    const std::string rules = count("rules", member(report_, "rules").size());
    fact("html-rules", packs.empty() ? rules : fmt::format("{} ({})", rules, packs));
    const DocumentNode network = member(report_, "network");
    fact("network", fmt::format("{}, {}", count("nodes", sum(member(network, "nodes"))),
                                count("edges", sum(member(network, "edges")))));
    fact("html-written-by",
         fmt::format("eraudit {}", escaped(text_of(member(run, "tool"), "version"))));
    out_ += "</dl>\n";
    out_ += fmt::format("<p class=\"banner\">{}</p>\n", say("html-internal"));
  }

  static std::uint64_t sum(DocumentNode counts) {
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      all += static_cast<std::uint64_t>(counts.at(i).integer().value_or(0));
    }
    return all;
  }

  void fact(std::string_view key, const std::string& value) {
    out_ += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", say(key), value);
  }

  [[nodiscard]] bool nothing_checked() const {
    return number_of(member(totals_, "counts"), "applicable") == 0;
  }

  void write_short() {
    begin_section("short", "html-short");
    if (nothing_checked()) {
      out_ += fmt::format("<p class=\"nothing\"><strong>{}</strong> {}</p>\n",
                          say("html-nothing-checked"), say("nothing-checked-means"));
    }
    out_ += "<ul class=\"tiles\">\n";
    for (const Verdict verdict : eraudit::verdicts) {
      const bool always =
          verdict == Verdict::fail || verdict == Verdict::unknown || verdict == Verdict::pass;
      if (verdicts(verdict) == 0 && !always) continue;
      out_ += fmt::format("<li class=\"tile v-{}\">{}<strong>{}</strong> <span>{}</span>",
                          to_text(verdict), sign(verdict), number(verdicts(verdict)),
                          escaped(words_.verdict(verdict)));
      const std::string more = below_tile(verdict);
      if (!more.empty()) out_ += fmt::format("<small>{}</small>", more);
      out_ += "</li>\n";
    }
    out_ += "</ul>\n";
    write_bar();
    if (verdicts(Verdict::unknown) != 0) {
      out_ += fmt::format("<p class=\"note\">{}</p>\n", say("html-unknown-note"));
    }
    if (member(member(report_, "run"), "stopped").boolean().value_or(false)) {
      out_ += fmt::format("<p class=\"nothing\"><strong>{}</strong></p>\n", say("stopped"));
    }
    end_section();
  }

  [[nodiscard]] std::string below_tile(Verdict verdict) const {
    if (verdict == Verdict::fail && grave_ != 0) {
      return fill("html-of-them-grave", {{"n", number(grave_)}});
    }
    const std::uint64_t applicable = number_of(member(totals_, "counts"), "applicable");
    if (verdict == Verdict::unknown && applicable != 0) {
      const std::uint64_t open = applicable - number_of(member(totals_, "counts"), "decided");
      return fill("html-undecided-share", {{"share", words_.per_cent(open, applicable)}});
    }
    return {};
  }

  /// All verdicts that apply, as long as they are many.
  void write_bar() {
    const std::uint64_t whole = number_of(member(totals_, "counts"), "applicable");
    if (whole == 0) return;
    std::string label;
    std::string pieces;
    std::uint64_t before = 0;
    for (const Verdict verdict : eraudit::verdicts) {
      const std::uint64_t n = verdicts(verdict);
      if (verdict == Verdict::not_applicable || n == 0) continue;
      label = words_.also(
          label, words_.fill("is", {{"a", words_.verdict(verdict)}, {"b", std::to_string(n)}}));
      const std::uint64_t from = before * 1000 / whole;
      before += n;
      const std::uint64_t to = std::max(before * 1000 / whole, from + 3);
      pieces += fmt::format("<rect class=\"v-{}\" x=\"{}\" y=\"0\" width=\"{}\" height=\"14\"/>",
                            to_text(verdict), from, std::max<std::uint64_t>(to - from, 3) - 1);
    }
    out_ += fmt::format(
        "<svg class=\"bar\" viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\" role=\"img\" "
        "aria-label=\"{}\">{}</svg>\n",
        escaped(label), pieces);
  }

  void write_contents() {
    out_ += fmt::format("<nav class=\"contents\" aria-label=\"{}\"><ol>\n", say("html-contents"));
    const DocumentNode asks = member(report_, "asks");
    entry("grave", "html-grave", number(grave_));
    entry("ask", "html-ask", number(asks.size()));
    if (const auto ratings = report_.find("ratings")) {
      entry("ratings", "html-ratings", number(number_of(*ratings, "rated")));
    }
    entry("all", "html-all", number(findings_.size()));
    entry("reach", "html-reach", number(member(report_, "rules").size()));
    entry("open", "html-open", {});
    entry("origin", "html-origin", {});
    entry("words", "html-words", {});
    out_ += "</ol></nav>\n";
  }

  void entry(std::string_view name, std::string_view key, const std::string& n) {
    out_ += fmt::format("<li><a href=\"#{}\">{}{}</a></li>\n", id(name), say(key),
                        n.empty() ? "" : fmt::format(" <b>{}</b>", n));
  }

  void write_grave() {
    begin_section("grave", "html-grave", say("html-grave-lead"));
    if (grave_ == 0) {
      const std::uint64_t open = verdicts(Verdict::unknown);
      const std::string none =
          findings_.size() != 0 || open == 0
              ? say(findings_.size() != 0 ? "html-grave-none" : "findings-none")
              : fill("findings-none-yet", {{"n", number(open)}});
      out_ += fmt::format("<p>{}</p>\n", none);
    }
    std::size_t shown = 0;
    for (std::size_t i = 0; i < findings_.size() && shown < options_.cards; ++i) {
      if (!grave(findings_.at(i))) continue;
      write_card(findings_.at(i));
      ++shown;
    }
    if (shown < grave_) {
      out_ += fmt::format(
          "<p class=\"more\"><a href=\"#{}\" data-show=\"v=fail&amp;s=high\">{}</a></p>\n",
          id("all"), fill("html-of-all", {{"n", number(shown)}, {"all", number(grave_)}}));
    }
    end_section();
  }

  void write_card(DocumentNode finding) {
    const DocumentNode rule = rules_.find(text_of(finding, "rule"));
    const DocumentNode subject = member(finding, "subject");
    const Verdict verdict = verdict_of(finding);
    out_ += fmt::format(
        "<article class=\"card v-{} s-{}\" data-finding=\"{}\">\n<h3>{}<span>{}</span> "
        "<span class=\"who\">{}</span></h3>\n",
        to_text(verdict), text_of(member(finding, "severity"), "high"), text_of(finding, "id"),
        sign(verdict), title_of(rule), isolated(text_of(subject, "id")));
    out_ += fmt::format(
        "<p class=\"tags\"><span class=\"tag severity\">{}</span> <span "
        "class=\"tag\">{}</span> "
        "<span class=\"tag\">{}</span>{}</p>\n",
        severity_is(finding), escaped(words_.verdict(verdict)),
        escaped(label_of_kind(text_of(subject, "kind"), language_)),
        text_of(rule, "status") == "draft"
            ? fmt::format(" <span class=\"tag\">{}</span>", say("draft"))
            : "");
    out_ += fmt::format("<p class=\"message\">{}{}</p>\n", lead(verdict),
                        spoken_alone(member(finding, "message")));
    write_remedy(rule);
    out_ += fmt::format("<details class=\"why\"><summary>{}</summary>\n", say("html-why"));
    if (const auto match = finding.find("match")) write_match(*match);
    write_readings("rests-on", member(finding, "witness"));
    write_readings("against", member(finding, "against"));
    write_sides(finding);
    if (const auto weak = finding.find("too_weak")) write_readings("too-weak", *weak);
    write_basis(rule);
    out_ += "</details>\n</article>\n";
  }

  void write_remedy(DocumentNode rule) {
    const auto remedy = rule.find("remedy");
    if (!remedy) return;
    const std::string text = spoken(spoken_in(member(*remedy, "text"), language_));
    const auto days = member(*remedy, "days").integer();
    out_ += fmt::format("<p class=\"remedy\"><b>{}</b> {}{}</p>\n", say("remedy"), text,
                        days ? fmt::format(" <span class=\"tag\">{}</span>",
                                           count("days", static_cast<std::uint64_t>(*days)))
                             : "");
  }

  /// The chains that the rule's pattern found, the shortest first.
  void write_match(DocumentNode match) {
    const DocumentNode rows = member(match, "rows");
    if (rows.size() == 0) return;
    out_ += fmt::format("<p class=\"chain\"><b>{}</b></p>\n<ul>", say("html-path"));
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const DocumentNode paths = member(rows.at(r), "paths");
      out_ += "<li>";
      for (std::size_t p = 0; p < paths.size(); ++p) {
        out_ += fmt::format("{}{}", p == 0 ? "" : ", ", chain(paths.at(p)));
      }
      out_ += "</li>";
    }
    const std::uint64_t left = number_of(match, "more");
    if (left != 0) out_ += fmt::format("<li class=\"more\">{}</li>", count("and-more", left));
    out_ += "</ul>\n";
  }

  [[nodiscard]] std::string chain(DocumentNode path) const {
    const DocumentNode nodes = member(path, "nodes");
    const DocumentNode edges = member(path, "edges");
    std::string out;
    for (std::size_t n = 0; n < nodes.size(); ++n) {
      const std::string_view id = text_of(nodes.at(n), "id");
      if (n > 0) out += text_of(edges.at(n - 1), "to") == id ? " → " : " ← ";
      out += isolated(id);
    }
    return out;
  }

  /// Of a finding that is not settled: what comes before its message.
  [[nodiscard]] std::string lead(Verdict verdict) const {
    const std::string_view text = words_.lead(verdict);
    return text.empty() ? std::string() : fmt::format("<b>{}</b> ", escaped(text));
  }

  [[nodiscard]] std::string plain_lead(Verdict verdict) const {
    const std::string_view text = words_.lead(verdict);
    return text.empty() ? std::string() : escaped(text) + " ";
  }

  /// Those who disagree, in the same size.
  void write_sides(DocumentNode finding) {
    const auto sides = finding.find("sides");
    if (!sides) return;
    out_ += fmt::format("<p class=\"chain\"><b>{}</b></p>\n", say("sides"));
    if (sides->size() == 0) out_ += fmt::format("<p>{}</p>\n", say("sides-not-tried"));
    out_ += "<div class=\"pair\">\n";
    for (std::size_t i = 0; i < sides->size(); ++i) {
      out_ += fmt::format("<div class=\"against\"><p><b>{}</b></p><ul class=\"reads\">",
                          fill("side", {{"x", words_.verdict(verdict_of(sides->at(i)))}}));
      const DocumentNode says = member(sides->at(i), "says");
      for (std::size_t s = 0; s < says.size(); ++s) {
        const DocumentNode reading = says.at(s);
        out_ += fmt::format("<li><code>{}</code> = <b>{}</b> <span class=\"origin\">{}</span></li>",
                            isolated(text_of(reading, "fact")),
                            isolated(words_.value(read_plain_value(member(reading, "value")))),
                            isolated(text_of(reading, "source")));
      }
      out_ += "</ul></div>\n";
    }
    out_ += "</div>\n";
  }

  [[nodiscard]] std::string sides_below(DocumentNode finding) const {
    const std::string sides = sides_in_line(finding, words_);
    return sides.empty() ? sides : fmt::format("<p>{}</p>", isolated(sides));
  }

  void write_readings(std::string_view title, DocumentNode readings) {
    if (readings.size() == 0) return;
    out_ += fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\"><table>"
        "<caption>{0}</caption>\n<thead><tr><th scope=\"col\">{1}</th><th scope=\"col\">{2}</th>"
        "<th scope=\"col\">{3}</th><th scope=\"col\">{4}</th></tr></thead>\n<tbody>\n",
        say(title), say("html-fact"), say("html-value"), say("html-source"), say("html-place"));
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const DocumentNode reading = readings.at(i);
      out_ += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                          isolated(text_of(reading, "fact")),
                          isolated(words_.value(read_plain_value(member(reading, "value")))),
                          isolated(text_of(reading, "source")), place(reading));
    }
    out_ += "</tbody></table></div>\n";
  }

  /// A path may be broken, its last name and the line should not.
  static std::string place(DocumentNode where) {
    constexpr std::size_t longest = 24;
    const std::string_view file = text_of(where, "file");
    if (file.empty()) return {};
    const std::size_t name = file.rfind('/') + 1;
    const std::string last =
        fmt::format("{}:{}", escaped(file.substr(name)), number_of(where, "line"));
    return fmt::format(
        "<bdi>{}{}</bdi>", escaped(file.substr(0, name)),
        last.size() > longest ? last : fmt::format("<span class=\"nobr\">{}</span>", last));
  }

  void write_basis(DocumentNode rule) {
    const std::vector<Cited> basis = basis_of(rule);
    if (basis.empty()) return;
    out_ += fmt::format("<h4>{}</h4>\n<dl class=\"basis\">\n", say("basis"));
    std::string_view standard;
    for (const Cited& cited : basis) {
      if (cited.standard != standard) {
        standard = cited.standard;
        out_ += fmt::format("<dt>{}</dt>\n", escaped(standard));
      }
      out_ += fmt::format("<dd>{}{}{} <span class=\"relation\">{}</span></dd>\n",
                          escaped(cited.reference), cited.reference.empty() ? "" : ": ",
                          escaped(cited.title == nullptr ? cited.id : cited.title->in(language_)),
                          relation(cited.relation));
    }
    out_ += "</dl>\n";
  }

  [[nodiscard]] std::string relation(std::string_view name) const {
    constexpr std::array<std::string_view, 4> known{"equal", "subset", "superset", "intersect"};
    if (std::find(known.begin(), known.end(), name) == known.end()) return escaped(name);
    return say(fmt::format("relation-{}", name));
  }

  void write_asks() {
    begin_section("ask", "html-ask", say("html-ask-lead"));
    const std::vector<AskGroup> groups = group_asks(report_);
    if (groups.empty()) {
      const std::uint64_t open = verdicts(Verdict::unknown);
      out_ += fmt::format(
          "<p>{}</p>\n", open == 0 ? say("ask-none") : fill("ask-none-yet", {{"n", number(open)}}));
    }
    std::size_t shown = 0;
    std::size_t all = 0;
    for (const AskGroup& group : groups) {
      all += group.causes.size();
      if (shown >= most_asks) continue;
      out_ +=
          fmt::format("<h3>{}</h3>\n<ol class=\"asks\">\n", escaped(group_label(group, words_)));
      for (const AskCause& cause : group.causes) {
        if (shown >= most_asks) break;
        write_cause(cause);
        ++shown;
      }
      out_ += "</ol>\n";
    }
    if (shown < all)
      out_ += fmt::format("<p class=\"more\">{}</p>\n", count("and-more", all - shown));
    end_section();
  }

  void write_cause(const AskCause& cause) {
    out_ += fmt::format("<li class=\"ask\">{}<div>\n", sign(Verdict::unknown));
    for (const DocumentNode question : cause.questions) {
      out_ += fmt::format("<p class=\"question\">{}</p>\n", spoken_alone(question));
    }
    std::string names;
    for (const std::string_view name : cause.examples) {
      names += fmt::format("<li>{}</li>", isolated(name));
    }
    if (const std::string more = left_out(cause, words_); !more.empty()) {
      names += fmt::format("<li class=\"more\">{}</li>", escaped(more));
    }
    out_ += fmt::format("<ul class=\"names\" aria-label=\"{}\">{}</ul>\n", say("html-missing-of"),
                        names);
    std::string rules;
    for (const std::string_view rule : cause.rules) {
      rules += fmt::format("{}<a href=\"#{}\">{}</a>", rules.empty() ? "" : ", ",
                           id(fmt::format("rule-{}", rule)), title_of(rules_.find(rule)));
    }
    out_ += fmt::format("<p class=\"meta\"><b>{}</b> · {} · <code>{}</code></p>\n</div></li>\n",
                        escaped(words_.settles(cause.verdicts, cause.stated)), rules,
                        escaped(cause.path));
  }

  /// Where to look first. Not verdicts: they come with their range and what they are made of.
  void write_ratings() {
    const auto ratings = report_.find("ratings");
    if (!ratings) return;
    begin_section("ratings", "html-ratings", say("html-ratings-lead"));
    out_ += fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\"><table "
        "class=\"ratings\">\n<caption class=\"hidden\">{0}</caption><thead><tr><th scope=\"col\" "
        "class=\"n\">{1}</th><th scope=\"col\">{2}</th><th scope=\"col\">{3}</th><th scope=\"col\" "
        "class=\"n\">{4}</th><th scope=\"col\">{5}</th></tr></thead>\n<tbody>\n",
        say("html-ratings"), say("html-rank"), say("html-party"), say("html-range"),
        say("html-coverage"), say("html-made-of"));
    const DocumentNode subjects = member(*ratings, "subjects");
    const std::size_t shown = std::min(subjects.size(), most_ratings);
    for (std::size_t i = 0; i < shown; ++i) write_rating(subjects.at(i));
    out_ += "</tbody></table></div>\n";
    const std::uint64_t left = number_of(*ratings, "rated") - shown;
    if (left != 0) out_ += fmt::format("<p class=\"more\">{}</p>\n", count("and-more", left));
    end_section();
  }

  void write_rating(DocumentNode rating) {
    const DocumentNode rank = member(rating, "rank");
    const std::uint64_t best = number_of(rank, "best");
    const std::uint64_t worst = number_of(rank, "worst");
    const DocumentNode total = member(rating, "total");
    const std::uint64_t low = number_of(total, "low");
    const std::uint64_t high = std::max(number_of(total, "high"), low);
    const DocumentNode subject = member(rating, "subject");
    out_ += fmt::format(
        "<tr><td class=\"n\">{}</td><th scope=\"row\">{}<br><span "
        "class=\"relation\">{}</span></th>",
        best == worst ? number(best) : fmt::format("{}–{}", number(best), number(worst)),
        isolated(text_of(subject, "id")),
        escaped(label_of_kind(text_of(subject, "kind"), language_)));
    out_ += fmt::format(
        "<td>{0}<svg class=\"range\" viewBox=\"0 0 1000 16\" preserveAspectRatio=\"none\" "
        "aria-hidden=\"true\"><rect class=\"ground\" width=\"1000\" height=\"16\"/><rect "
        "class=\"sure\" width=\"{1}\" height=\"16\"/><rect class=\"open\" x=\"{1}\" width=\"{2}\" "
        "height=\"16\"/></svg></td><td class=\"n\">{3} / {4}</td><td>",
        low == high ? thousandths(low)
                    : fmt::format("{} – {}", thousandths(low), thousandths(high)),
        low, high - low, number(number_of(rating, "decided")),
        number(number_of(rating, "applicable")));
    write_contributions(rating);
    const DocumentNode path = member(rating, "path");
    if (path.size() > 1) {
      std::string way;
      for (std::size_t i = 0; i < path.size(); ++i) {
        way += fmt::format("{}{}", i == 0 ? "" : " ← ", isolated(path.at(i).text()));
      }
      out_ += fmt::format("<p class=\"way\">{} {}</p>", say("html-reached"), way);
    }
    out_ += "</td></tr>\n";
  }

  void write_contributions(DocumentNode rating) {
    const DocumentNode contributions = member(rating, "contributions");
    const std::size_t shown = std::min<std::size_t>(contributions.size(), 4);
    if (shown == 0) return;
    out_ += "<ul class=\"made\">";
    for (std::size_t i = 0; i < shown; ++i) {
      const DocumentNode one = contributions.at(i);
      const std::uint64_t low = number_of(member(one, "adds"), "low");
      const std::uint64_t high = number_of(member(one, "adds"), "high");
      const Verdict verdict = verdict_of(one);
      out_ += fmt::format(
          "<li>{}{} <span class=\"who\">{}</span> <b>+{}</b></li>", named_sign(verdict),
          title_of(rules_.find(text_of(one, "rule"))),
          isolated(text_of(member(one, "subject"), "id")),
          // What is certain, or else how much it may come to: both ends together would not be a
          // range, since what weighs on one end leaves less to add on the other.
          low != 0 ? thousandths(low) : fmt::format("0 – {}", thousandths(high)));
    }
    const std::uint64_t left =
        contributions.size() - shown + number_of(rating, "more_contributions");
    if (left != 0) out_ += fmt::format("<li class=\"more\">{}</li>", count("and-more", left));
    out_ += "</ul>";
  }

  [[nodiscard]] std::string thousandths(std::uint64_t n) const { return words_.thousandths(n); }

  void write_findings() {
    begin_section("all", "html-all", say("html-all-lead"));
    out_ += fmt::format("<div class=\"explorer\" data-explorer=\"{}\"></div>\n", language_);
    out_ += "<div class=\"plain\">\n";
    if (findings_.size() == 0) {
      const std::uint64_t open = verdicts(Verdict::unknown);
      out_ +=
          fmt::format("<p>{}</p>\n", open == 0 ? say("findings-none")
                                               : fill("findings-none-yet", {{"n", number(open)}}));
    } else {
      write_table();
    }
    out_ += "</div>\n";
    const std::uint64_t dropped = number_of(member(report_, "run"), "findings_dropped");
    const std::uint64_t beyond =
        findings_.size() > options_.findings ? findings_.size() - options_.findings : 0;
    if (dropped + beyond != 0) {
      out_ += fmt::format("<p class=\"nothing\">{}</p>\n",
                          fill("html-findings-beyond", {{"n", number(dropped + beyond)}}));
    }
    end_section();
  }

  void write_table() {
    const std::size_t shown = std::min(findings_.size(), options_.rows);
    out_ += fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\"><table>\n"
        "<caption class=\"hidden\">{0}</caption><thead><tr><th scope=\"col\">{1}</th>"
        "<th scope=\"col\">{2}</th><th scope=\"col\">{3}</th><th scope=\"col\">{4}</th>"
        "<th scope=\"col\">{5}</th></tr></thead>\n<tbody>\n",
        say("html-all"), say("html-verdict"), say("severity"), say("html-subject"),
        say("html-rule"), say("html-message"));
    for (std::size_t i = 0; i < shown; ++i) {
      const DocumentNode finding = findings_.at(i);
      const Verdict verdict = verdict_of(finding);
      const std::string lead = plain_lead(verdict);
      const auto error = finding.find("error");
      const std::string message = spoken_alone(member(finding, "message"));
      out_ += fmt::format(
          "<tr><td>{}{}</td><td>{}</td><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
          sign(verdict), escaped(words_.verdict(verdict)), severity(finding),
          isolated(text_of(member(finding, "subject"), "id")),
          title_of(rules_.find(text_of(finding, "rule"))),
          error ? isolated(error->text()) : lead + message + sides_below(finding));
    }
    out_ += "</tbody></table></div>\n";
    if (shown < findings_.size()) {
      out_ += fmt::format("<p class=\"more\">{} {}</p>\n",
                          count("and-more", findings_.size() - shown), say("html-needs-script"));
    }
  }

  /// Rules that found something first, then those that could decide least.
  void write_reach() {
    begin_section("reach", "html-reach", say("html-reach-lead"));
    out_ += fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\"><table "
        "class=\"rules\">\n<caption class=\"hidden\">{0}</caption><thead><tr><th "
        "scope=\"col\">{1}</th><th scope=\"col\" class=\"n\">{2}</th><th scope=\"col\" "
        "class=\"n\">{3}</th><th scope=\"col\" class=\"n\">{4}</th><th "
        "scope=\"col\">{5}</th></tr></thead>\n<tbody>\n",
        say("html-reach"), say("html-rule"), say("selected"), say("applies"), say("decided"),
        say("html-results"));
    const DocumentNode rules = member(report_, "rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const DocumentNode rule = rules.at(i);
      const DocumentNode counts = member(rule, "counts");
      const bool draft = text_of(rule, "status") == "draft";
      out_ += fmt::format(
          "<tr id=\"{}\"><th scope=\"row\">{}<code>{}</code>{}</th><td class=\"n\">{}</td>"
          "<td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>\n",
          id(fmt::format("rule-{}", text_of(rule, "rule"))), title_of(rule),
          escaped(text_of(rule, "rule")),
          draft ? fmt::format(" <span class=\"tag\">{}</span>", say("draft")) : "",
          number(number_of(counts, "selected")), number(number_of(counts, "applicable")),
          number(number_of(counts, "decided")), results(member(rule, "verdicts")));
    }
    out_ += "</tbody></table></div>\n";
    end_section();
  }

  [[nodiscard]] std::string results(DocumentNode counts) const {
    std::string out = "<ul class=\"results\">";
    for (const Verdict verdict : eraudit::verdicts) {
      const std::uint64_t n = number_of(counts, to_text(verdict));
      if (n == 0 || verdict == Verdict::not_applicable) continue;
      out += fmt::format("<li>{}{} <span>{}</span></li>", sign(verdict), number(n),
                         escaped(words_.verdict(verdict)));
    }
    return out + "</ul>";
  }

  void write_open() {
    begin_section("open", "html-open", say("html-open-lead"));
    out_ += "<ul class=\"open\">\n";
    for (const Unchecked& one : unchecked(report_, words_)) {
      const std::string rule =
          one.rule.text.empty() ? std::string() : fmt::format("<b>{}</b>", spoken(one.rule));
      const std::string text = isolated(one.text);
      out_ += fmt::format("<li>{}{}</li>\n", sign(one.verdict),
                          rule.empty() ? text : words_.fill("is", {{"a", rule}, {"b", text}}));
    }
    out_ += "</ul>\n";
    end_section();
  }

  void write_origin() {
    begin_section("origin", "html-origin", say("html-origin-lead"));
    table(
        "inputs", "inputs", {"html-file", "html-role", "html-rows", "html-digest"},
        [&](DocumentNode input) {
          return fmt::format(
              "<th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td><td><code>{}</code></td>",
              isolated(text_of(input, "path")),
              say(fmt::format("input-{}", text_of(input, "role"))),
              number(number_of(input, "rows")), escaped(text_of(input, "sha256")));
        });
    table("sources", "html-sources",
          {"html-source", "html-evidence", "html-date", "html-reference"},
          [&](DocumentNode source) {
            return fmt::format("<th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td>",
                               isolated(text_of(source, "id")),
                               escaped(label_of_class(text_of(source, "class"), language_)),
                               escaped(text_of(source, "date")), isolated(text_of(source, "ref")));
          });
    table("packs", "html-packs", {"html-pack", "html-version", "html-digest"},
          [&](DocumentNode pack) {
            return fmt::format("<th scope=\"row\">{}</th><td>{}</td><td><code>{}</code></td>",
                               isolated(text_of(pack, "id")), escaped(text_of(pack, "version")),
                               escaped(text_of(pack, "sha256")));
          });
    table(
        "tables", "html-tables", {"html-table", "html-file", "html-rows", "html-digest"},
        [&](DocumentNode entry) {
          return fmt::format(
              "<th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td><td><code>{}</code></td>",
              isolated(text_of(entry, "table")), isolated(text_of(entry, "file")),
              number(number_of(entry, "rows")), escaped(text_of(entry, "sha256")));
        });
    out_ += fmt::format("<p>{} <code>{}</code></p>\n", say("html-report-id"),
                        escaped(text_of(report_, "report_id")));
    end_section();
  }

  template <class Row>
  void table(std::string_view list, std::string_view title,
             std::initializer_list<std::string_view> columns, Row&& row) {
    const DocumentNode entries = member(report_, list);
    if (entries.size() == 0) return;
    out_ += fmt::format(
        "<details{}><summary>{} <b>{}</b></summary><div class=\"scroll\" tabindex=\"0\" "
        "role=\"group\" aria-label=\"{}\"><table>\n<thead><tr>",
        entries.size() <= 20 ? " open" : "", say(title), number(entries.size()), say(title));
    for (const std::string_view column : columns) {
      out_ += fmt::format("<th scope=\"col\"{}>{}</th>",
                          column == "html-rows" ? " class=\"n\"" : "", say(column));
    }
    out_ += "</tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < entries.size(); ++i) {
      out_ += fmt::format("<tr>{}</tr>\n", row(entries.at(i)));
    }
    out_ += "</tbody></table></div></details>\n";
  }

  void write_meanings() {
    begin_section("words", "html-words", say("html-words-lead"));
    out_ += "<dl class=\"meanings\">\n";
    for (const Verdict verdict : eraudit::verdicts) {
      out_ += fmt::format("<div><dt>{}{}</dt><dd>{}</dd></div>\n", sign(verdict),
                          escaped(words_.verdict(verdict)),
                          say(fmt::format("html-means-{}", to_text(verdict))));
    }
    out_ += "</dl>\n";
    end_section();
  }

  DocumentNode report_;
  const HtmlOptions& options_;
  std::string_view language_;        ///< of the texts of rules
  std::string_view words_language_;  ///< of everything else
  ReportLabels labels_;
  Wording words_;
  RuleIndex rules_;
  DocumentNode findings_;
  DocumentNode totals_;
  std::uint64_t grave_ = 0;
  std::string out_;
};

}  // namespace

std::string html_edition(const ReportFile& report, const HtmlOptions& options,
                         std::string_view language) {
  return Edition(report, options, language).write();
}

}  // namespace eraudit::detail
