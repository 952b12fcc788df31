#pragma once
// What a network may say: node kinds, edge kinds, their attributes, and the question to ask when
// one is missing. The engine knows no domain; `rules/schema/recruitment.yaml` is the schema that
// ships.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eraudit/core/diagnostic.hpp"
#include "eraudit/core/document.hpp"
#include "eraudit/core/export.hpp"
#include "eraudit/schema/local_text.hpp"

namespace eraudit {

/// Index of a node kind in its schema.
struct KindId {
  std::uint16_t index = 0;
  friend auto operator<=>(KindId, KindId) = default;
};

/// Index of an edge kind in its schema.
struct EdgeKindId {
  std::uint16_t index = 0;
  friend auto operator<=>(EdgeKindId, EdgeKindId) = default;
};

/// Index of an attribute in its node kind or edge kind.
struct AttributeId {
  std::uint16_t index = 0;
  friend auto operator<=>(AttributeId, AttributeId) = default;
};

/// Which end of an edge a node is at.
enum class Side : std::uint8_t { from, to };

/// The edges of one kind as the node at one side sees them: `c.fees` is (charged, to).
struct ListId {
  EdgeKindId edge;
  Side side = Side::from;
  friend auto operator<=>(ListId, ListId) = default;
};

enum class AttributeType : std::uint8_t {
  boolean,
  integer,  ///< 64 bits; ranges allowed (`1000..5000`)
  number,   ///< double; ranges allowed
  text,
  enumeration,  ///< one of `Attribute::values`
  date,         ///< a day; windows and partial dates are ranges
  money,        ///< ranges allowed; a wage (`Attribute::wage`) is kept per month
  text_list,
  enumeration_list,
};

/// `bool int double string enum date money`, `list(string)`, `list(enum)`: as schema files spell
/// it.
[[nodiscard]] ERAUDIT_API std::string_view to_text(AttributeType type);

/// What a text attribute must look like.
enum class TextFormat : std::uint8_t {
  any,
  country,   ///< ISO 3166-1 alpha-2, capitals
  place,     ///< ISO 3166-1 alpha-2 or an ISO 3166-2 code below it (`US-TX`)
  language,  ///< BCP 47 primary tag, lower case
};

/// Who may see a value: reports for audiences leave out what is above their level.
enum class Sensitivity : std::uint8_t { open, internal, sensitive };

struct EnumerationValue {
  std::string id;  ///< as written in networks and rules
  LocalText label;
};

/// Whom a question is put to: `workers`, `employer`, `register`.
struct Respondent {
  std::string id;
  LocalText label;  ///< "the workers, away from the site"
};

struct Attribute {
  std::string name;
  AttributeType type = AttributeType::text;
  std::string unit;            ///< `people`, `percent`, `hours/week` ...; empty if none
  bool wage = false;           ///< money per period; written `1500 MYR/month`, kept per month
  bool non_negative = false;   ///< a negative value is refused; unknown ones add up to 0 or more
  bool may_be_absent = false;  ///< `null`: known not to exist. Rules must guard with `has()`
  bool required = false;       ///< of `since`, `until`: a missing one is unknown, not unbounded
  TextFormat format = TextFormat::any;
  Sensitivity sensitivity = Sensitivity::open;
  std::vector<EnumerationValue> values;
  LocalText label;
  LocalText ask;             ///< the question to put when the value is not known
  LocalText about;           ///< what it means and what counts; may be empty
  std::string respondent{};  ///< who can answer; empty: as for its kind
  std::string declared;      ///< `rules/schema/recruitment.yaml:57`; empty if built by hand

  [[nodiscard]] ERAUDIT_API std::optional<std::uint32_t> find_value(
      std::string_view id) const noexcept;
};

/// "n of N": two integer attributes that people write as one. Files say `payers: 11 of 12` or
/// `payers: {said: 11, asked: 12}` (either part may be missing: it stays unknown), or set
/// `payers_said` and `payers_asked` one by one, as tables do; rules read the two attributes. A part
/// above its whole is an error of the file. A share is no attribute: it has no column, no facts and
/// no place in expressions.
struct Share {
  std::string name;       ///< `payers`; unique among the attributes and shares of its kind
  std::string part_key;   ///< `said`
  std::string whole_key;  ///< `asked`
  AttributeId part;       ///< `payers_said`
  AttributeId whole;      ///< `payers_asked`
};

struct NodeKind {
  std::string name;  ///< `Cohort`
  LocalText label;
  LocalText plural;
  LocalText about;
  std::vector<Attribute> attributes;
  std::vector<Share> shares;
  std::string respondent{};  ///< who can answer for its attributes and lists; may be empty
  std::string declared;      ///< file and line; empty if built by hand

  [[nodiscard]] ERAUDIT_API std::optional<AttributeId> find(
      std::string_view attribute) const noexcept;
  /// Null if there is none; valid as long as this kind.
  [[nodiscard]] ERAUDIT_API const Share* find_share(std::string_view share) const noexcept;
};

/// One end of an edge kind, and what the node there calls its edges and neighbours.
struct EdgeEnd {
  std::vector<KindId> kinds;  ///< who may stand here; at least one
  std::string edges;          ///< edge list of the node here: `fees`
  std::string nodes;          ///< node list, distinct neighbours: `fee_takers`
  bool complete = false;      ///< unless said otherwise there are no more than those given
  LocalText ask;              ///< "Who else charged these workers?"
  std::string respondent{};   ///< who can answer; empty: as for the kind of the node here
};

struct EdgeKind {
  std::string name;  ///< `charged`
  LocalText label;   ///< reads from `from` to `to`: "charged"
  LocalText about;
  EdgeEnd from;
  EdgeEnd to;
  /// Attributes that, with both ends, tell one edge from another. Two records with one key are
  /// claims on one edge. Always begins with both ends; an edge with an `id` is told by its id
  /// instead.
  std::vector<AttributeId> key;  ///< without the ends themselves; may be empty
  std::vector<Attribute> attributes;
  std::vector<Share> shares;
  std::string respondent{};  ///< who can answer for its attributes; may be empty
  std::string declared;      ///< file and line; empty if built by hand

  [[nodiscard]] ERAUDIT_API std::optional<AttributeId> find(
      std::string_view attribute) const noexcept;
  [[nodiscard]] ERAUDIT_API const Share* find_share(std::string_view share) const noexcept;
  [[nodiscard]] const EdgeEnd& end(Side side) const noexcept {
    return side == Side::from ? from : to;
  }
};

/// A list name as a node of one kind sees it.
struct ListName {
  ListId list;
  bool nodes = false;  ///< false: the edges; true: the distinct neighbours
};

/// A short form that source files may use for a class: `worker_interview`, if the source also says
/// `place: off_site`; `contract` alone, if `detail` is empty.
struct SourceAlias {
  std::string name;
  std::string detail;
  std::string value;
};

/// What kind of evidence a source is. The ids are those of the evidence types.
struct SourceClass {
  std::string id;  ///< `worker-interview-offsite`
  LocalText label;
  LocalText about;
  bool self_declared = false;  ///< a party speaking about itself: alone it never settles anything
  std::vector<SourceAlias> aliases;
};

/// Immutable once read; shared by pointer; safe from many threads.
class ERAUDIT_API Schema {
 public:
  /// Throws `Error` (`bad_argument`) if an edge end names a kind that is not there. All else that a
  /// schema must keep is checked by `read_schema`.
  Schema(std::string name, std::vector<NodeKind> kinds, std::vector<EdgeKind> edges,
         std::vector<SourceClass> source_classes = {}, std::vector<Respondent> respondents = {});

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::span<const NodeKind> kinds() const noexcept { return kinds_; }
  [[nodiscard]] std::span<const EdgeKind> edges() const noexcept { return edges_; }
  [[nodiscard]] const NodeKind& kind(KindId id) const { return kinds_.at(id.index); }
  [[nodiscard]] const EdgeKind& edge(EdgeKindId id) const { return edges_.at(id.index); }

  [[nodiscard]] std::optional<KindId> find_kind(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<EdgeKindId> find_edge(std::string_view name) const noexcept;
  /// `fees` of Cohort. List names are unique among the lists and attributes of a kind.
  [[nodiscard]] std::optional<ListName> find_list(KindId kind,
                                                  std::string_view name) const noexcept;
  /// All lists a node of `kind` has, by edge kind, `from` before `to`.
  [[nodiscard]] std::span<const ListId> lists(KindId kind) const;
  [[nodiscard]] const EdgeEnd& end(ListId list) const { return edge(list.edge).end(list.side); }

  /// `Cohort.base_wage`, `charged.amount`, `Cohort.fees`: how facts are named in rules and asks.
  [[nodiscard]] std::string path(KindId kind, AttributeId attribute) const;
  [[nodiscard]] std::string path(EdgeKindId edge, AttributeId attribute) const;
  [[nodiscard]] std::string path(KindId kind, ListId list) const;

  [[nodiscard]] std::span<const Respondent> respondents() const noexcept { return respondents_; }
  /// Whom to ask for `Cohort.base_wage`, `charged.amount`, `Cohort.fees`. Null: the schema does not
  /// say, or has no such path.
  [[nodiscard]] const Respondent* respondent(std::string_view path) const noexcept;

  /// What `class:` of a source may be; empty: anything goes.
  [[nodiscard]] std::span<const SourceClass> source_classes() const noexcept {
    return source_classes_;
  }
  /// The class that a source means: by its id, or by an alias whose detail the source gives
  /// (`details`: the other keys of the source, as `SourceRecord::details`). Index into
  /// `source_classes()`.
  [[nodiscard]] std::optional<std::uint32_t> find_source_class(
      std::string_view name,
      std::span<const std::pair<std::string, std::string>> details = {}) const noexcept;
  /// What to write instead of `name` when `find_source_class` found nothing: which detail an alias
  /// still needs, or the nearest id.
  [[nodiscard]] std::string source_class_help(std::string_view name) const;

  /// Names that no attribute, share or list may have: `id kind from to source`, and the words that
  /// CEL keeps for itself (`in true false null`, `for`, `if` ...).
  [[nodiscard]] static bool reserved(std::string_view name) noexcept;

 private:
  std::string name_;
  std::vector<NodeKind> kinds_;
  std::vector<EdgeKind> edges_;
  std::vector<SourceClass> source_classes_;
  std::vector<Respondent> respondents_;
  std::vector<std::vector<ListId>> lists_;
};

using SchemaPtr = std::shared_ptr<const Schema>;

/// `eraudit: schema/1`; the form is explained at the head of rules/schema/recruitment.yaml. With
/// `base`, the document extends it: new kinds, edges, attributes, shares, enumeration values and
/// source classes are appended; what exists may not change (an error says what stands where), so
/// that ids of the base stay valid and rules written for the base still pass the checker. Mistakes
/// are collected; with a schema there may still be warnings (a missing label or question).
[[nodiscard]] ERAUDIT_API Checked<SchemaPtr> read_schema(const Document& document,
                                                         SchemaPtr base = nullptr);

/// The schema that ships with this library. Read once, on first use; safe from many threads.
[[nodiscard]] ERAUDIT_API const SchemaPtr& recruitment_schema();

}  // namespace eraudit
