// Numbers and names in the engine's texts.

#include "eraudit/report/detail/wording.hpp"

#include <string>

#include "eraudit/core/error.hpp"
#include "tests/support/catch.hpp"

using namespace eraudit;
using eraudit::detail::mark;
using eraudit::detail::one_line;
using eraudit::detail::Wording;

TEST_CASE("report: one thing is one, several are several", "[report][texts]") {
  const Wording en("en");
  CHECK(en.count("files", 0) == "0 files");
  CHECK(en.count("files", 1) == "1 file");
  CHECK(en.count("files", 2) == "2 files");
  const Wording fr("fr");
  CHECK(fr.count("files", 0) == "0 fichier");
  CHECK(fr.count("files", 1) == "1 fichier");
  CHECK(fr.count("files", 2) == "2 fichiers");
  CHECK(Wording("fr-CA").count("files", 0) == "0 fichier");
  const Wording es("es");
  CHECK(es.count("files", 0) == "0 archivos");
  CHECK(es.count("files", 1) == "1 archivo");
  CHECK(es.count("would-settle", 9) == "ayudaría a resolver 9 resultados");
  CHECK(es.count("would-settle", 1) == "ayudaría a resolver 1 resultado");
}

TEST_CASE("report: what stands in a text is named", "[report][texts]") {
  CHECK(Wording("en").fill("for-element", {{"x", "np-24"}}) == "for np-24");
  // What is put in is not looked at again.
  CHECK(Wording("en").fill("undecided-share", {{"share", "{n}"}, {"all", "7"}, {"n", "3"}}) ==
        "{n} % of the verdicts that apply are undecided (3 of 7)");
  CHECK_THROWS_AS(Wording("en").fill("for-element", {{"n", "np-24"}}), Error);
  CHECK_THROWS_AS(Wording("en").fill("for-element", {}), Error);
  CHECK_THROWS_AS(Wording("en").fill("for-element", {{"x", "a"}, {"n", "b"}}), Error);
  CHECK(Wording("en").fill("is", {{"b", "high"}, {"a", "severity"}}) == "severity: high");
  CHECK(Wording("fr").fill("is", {{"a", "gravité"}, {"b", "élevée"}}) == "gravité : élevée");
}

TEST_CASE("report: a severity that is open is a range", "[report][texts]") {
  CHECK(Wording("en").severity({Severity::low, Severity::high}) == "low to high");
  CHECK(Wording("fr").severity({Severity::medium, Severity::critical}) == "moyenne à critique");
  CHECK(Wording("es").severity({Severity::high, Severity::high}) == "alta");
}

TEST_CASE("report: verdicts are told apart by their sign", "[report]") {
  std::string signs;
  for (const Verdict verdict : verdicts) {
    CHECK(signs.find(mark(verdict)) == std::string::npos);
    signs += mark(verdict);
  }
  CHECK(signs == "x~!E?.-");
}

TEST_CASE("report: a text of several lines becomes one", "[report]") {
  CHECK(one_line("a &&\n    b\n") == "a && b");
  CHECK(one_line("\n\ta \t b\r\n") == "a b");
  CHECK(one_line("'a  b'") == "'a  b'");
  CHECK(one_line("") == "");
  CHECK(one_line(" \n ") == "");
  // Nothing that moves a cursor or turns text around reaches a terminal.
  CHECK(one_line("a\x1b[2Jb") == "a\\u{1B}[2Jb");
  CHECK(one_line("a\xE2\x80\xAE") == "a\\u{202E}");
}
