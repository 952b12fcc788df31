#include "tests/conformance/tally.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <ostream>

#include "eraudit/core/error.hpp"

namespace eraudit::test {

ExpectedFailures::ExpectedFailures(std::string_view text) {
  const auto trimmed = [](std::string_view part) {
    const auto first = part.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return std::string();
    return std::string(part.substr(first, part.find_last_not_of(" \t\r") - first + 1));
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    // Ids may hold `#` (a repeated name); a comment begins a line or follows a blank.
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (line[at] == '#' && (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t')) {
        line = line.substr(0, at);
      }
    }
    const std::string content = trimmed(line);
    if (content.empty()) continue;
    const std::size_t blank = std::min(content.find_first_of(" \t"), content.size());
    const std::string id = content.substr(0, blank);
    const std::string reason = trimmed(std::string_view(content).substr(blank));
    if (reason.empty()) {
      throw Error(ErrorCode::bad_argument, "no reason is given for '" + id + "'");
    }
    if (!reasons_.emplace(id, reason).second) {
      throw Error(ErrorCode::bad_argument, "'" + id + "' is listed twice");
    }
  }
}

void Tally::fail(const std::string& id, const std::string& why) {
  ++wrongly_listed_;
  out_ << "FAILED " << id << ": " << why << '\n';
}

void Tally::add(const Outcome& outcome) {
  if (!met_.insert(outcome.id).second) {
    throw Error(ErrorCode::bad_argument, "two tests have the id '" + outcome.id + "'");
  }
  const bool listed = expected_.reasons().contains(outcome.id);
  Group& group = groups_[outcome.group];
  switch (outcome.kind) {
    case Outcome::Kind::skipped:
      ++skipped_[outcome.reason];
      if (listed) fail(outcome.id, "is listed, but was skipped: " + outcome.reason);
      return;
    case Outcome::Kind::passed:
      if (listed) {
        fail(outcome.id, "passes, but is listed");
        ++group.failed;
        return;
      }
      ++group.passed;
      ++all_.passed;
      return;
    case Outcome::Kind::failed:
      if (listed) {
        ++group.expected;
        ++all_.expected;
        return;
      }
      ++group.failed;
      ++all_.failed;
      out_ << "FAILED " << outcome.id << "\n  asked    " << outcome.asked << "\n  expected "
           << outcome.expected << "\n  got      " << outcome.got << '\n';
      return;
  }
}

int Tally::finish() {
  for (const auto& [id, reason] : expected_.reasons()) {
    if (!filtered_ && !met_.contains(id)) fail(id, "is listed, but there is no such test");
  }
  for (const auto& [name, group] : groups_) {
    const std::size_t run = group.passed + group.failed + group.expected;
    if (run == 0) continue;
    out_ << fmt::format("{}: {} of {} passed, {} failed, {} expected to fail\n", name, group.passed,
                        run, group.failed, group.expected);
  }
  std::size_t skipped = 0;
  for (const auto& [reason, count] : skipped_) {
    out_ << fmt::format("skipped {}: {}\n", count, reason);
    skipped += count;
  }
  if (all_.expected != 0) out_ << fmt::format("{} failures were expected\n", all_.expected);
  const std::size_t failed = all_.failed + wrongly_listed_;
  const bool any = all_.passed + all_.expected + failed != 0;
  if (!any) out_ << "nothing was run\n";
  out_ << fmt::format("{} passed, {} failed, {} skipped\n", all_.passed, failed, skipped);
  return failed != 0 ? 1 : (any ? 0 : 3);
}

}  // namespace eraudit::test
