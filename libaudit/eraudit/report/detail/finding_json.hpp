#pragma once
// One verdict as report.json has it.

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "eraudit/core/json_writer.hpp"
#include "eraudit/evaluate/assessment.hpp"
#include "eraudit/rules/languages.hpp"

namespace eraudit::detail {

class FindingWriter {
 public:
  FindingWriter(const Assessment& assessment, JsonWriter& json)
      : assessment_(assessment), json_(json), languages_(languages_of(assessment.rules())) {}

  /// The members of a finding, to stand in an object; its condition trees only if `explained`. Of
  /// a verdict that is no finding, the same without a message.
  void write_members(const Explanation& why, bool explained);
  /// Of a pass: how far it could have noticed. Of an unknown: what it waits for with its questions,
  /// what would be enough, what comes later.
  void write_missing(const Explanation& why);
  /// `codes`: what codes of enumerations are called that stand in what was written so far.
  void write_codes();

 private:
  void write(const Reading& reading);
  void write(std::string_view key, const std::vector<Reading>& readings);
  void write(std::string_view key, const std::vector<Missing>& missing);
  void write(const Condition& condition);
  void write(const PlainValue& value);
  void write_members(const Reading& reading);
  void write_detection(const std::vector<Detection>& all);
  void write_sides(const std::vector<ConflictSide>& sides);
  void write_match(const MatchedRows& match);
  void write_path(const MatchedPath& path);

  const Assessment& assessment_;
  JsonWriter& json_;
  std::vector<std::string> languages_;                  ///< of messages, the same for all findings
  std::map<std::string, std::set<std::string>> codes_;  ///< by path of their attribute
};

}  // namespace eraudit::detail
