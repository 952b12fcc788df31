// Twenty lines that judge a network inside another program.
#include <eraudit/eraudit.hpp>
#include <iostream>

int main(int argc, char* argv[]) {
  if (argc != 2) return 64;
  // [embed]
  auto network = eraudit::read_network(argv[1]);
  if (!network) {
    std::cerr << network.diagnostics();  // file, line, column, what to write
    return 65;
  }
  auto rules = eraudit::load_rules("core");
  auto assessment =
      eraudit::evaluate(*network, *rules, {.as_of = eraudit::parse_date("2026-06-30")});

  for (const auto& finding : assessment.findings()) {
    std::cout << network->id(finding.subject) << ": " << assessment.message(finding) << '\n';
  }
  for (const auto& ask : assessment.asks()) {
    std::cout << "to ask: " << assessment.question(ask) << " (" << ask.verdicts << " verdicts)\n";
  }
  // [embed]
  return assessment.empty() ? 3 : 0;
}
