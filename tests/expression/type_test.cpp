#include "eraudit/expression/type.hpp"

#include <string>
#include <vector>

#include "eraudit/expression/builtin.hpp"
#include "eraudit/expression/detail/signature.hpp"
#include "eraudit/expression/detail/unify.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace eraudit;
using detail::Unifier;

Schema small_schema() {
  NodeKind company;
  company.name = "Company";
  NodeKind facility;
  facility.name = "Facility";
  EdgeKind owns;
  owns.name = "owns";
  owns.from = {{KindId{0}}, "owned", "holdings", false, {}};
  owns.to = {{KindId{1}}, "shares", "owners", false, {}};
  return Schema("small", {company, facility}, {owns});
}

TEST_CASE("expression: a type says its name as signatures write it", "[expression][type]") {
  const Schema schema = small_schema();
  CHECK(Type().text() == "dyn");
  CHECK(Type(TypeKind::text).text() == "string");
  CHECK(Type::list(Type::map(TypeKind::text, Type())).text() == "list(map(string, dyn))");
  CHECK(Type::type_of(TypeKind::integer).text() == "type(int)");
  CHECK(Type(TypeKind::type).text() == "type");
  CHECK(Type::node({KindId{1}, KindId{0}}).text(&schema) == "Company|Facility");
  CHECK(Type::node({KindId{0}}).text() == "node");
  CHECK(Type::edge({EdgeKindId{0}}).text(&schema) == "edge(owns)");
  CHECK(Type::opaque("tuple", {TypeKind::integer, Type()}).text() == "tuple(int, dyn)");
  CHECK(Type::record("row", {{"a", TypeKind::money}}).text() == "row");
}

TEST_CASE("expression: types are equal by shape, kinds and names, not by what is said about values",
          "[expression][type]") {
  Attribute role;
  role.name = "role";
  role.type = AttributeType::enumeration;
  role.values = {{"agency", {}}, {"sub_agent", {}}};
  Attribute workers;
  workers.name = "workers";
  workers.type = AttributeType::integer;
  workers.unit = "people";
  workers.non_negative = true;
  CHECK(Type::of(role) == Type(TypeKind::text));
  CHECK(Type::of(workers) == Type(TypeKind::integer));
  CHECK(Type::list(Type::of(workers)) == Type::list(TypeKind::integer));
  CHECK_FALSE(Type::list(TypeKind::integer) == Type::list(TypeKind::number));
  CHECK(Type::node({KindId{0}, KindId{1}}) == Type::node({KindId{1}, KindId{0}, KindId{1}}));
  CHECK_FALSE(Type::node({KindId{0}}) == Type::node({KindId{1}}));
  CHECK_FALSE(Type::opaque("a", {}) == Type::opaque("b", {}));
  CHECK(Type::of(workers).unit() == "people");
  CHECK(Type::of(workers).non_negative());
  CHECK(Type::of(role).enumeration() == &role);
  CHECK(Type::of(role).values(nullptr) == std::vector<std::string_view>{"agency", "sub_agent"});
  CHECK(Type::of(workers).bare().unit().empty());
}

TEST_CASE("expression: an attribute's type says all the schema knows", "[expression][type]") {
  Attribute attribute;
  attribute.type = AttributeType::money;
  attribute.wage = true;
  attribute.unit = "";
  CHECK(Type::of(attribute) == Type(TypeKind::money));
  CHECK(Type::of(attribute).wage());
  attribute = {};
  attribute.type = AttributeType::text_list;
  attribute.format = TextFormat::country;
  CHECK(Type::of(attribute) == Type::list(TypeKind::text));
  CHECK(Type::of(attribute).element().format() == TextFormat::country);
  attribute = {};
  attribute.type = AttributeType::date;
  CHECK(Type::of(attribute) == Type(TypeKind::date));
  attribute.type = AttributeType::boolean;
  CHECK(Type::of(attribute) == Type(TypeKind::boolean));
  attribute.type = AttributeType::number;
  CHECK(Type::of(attribute) == Type(TypeKind::number));
}

TEST_CASE("expression: joined types keep what both say", "[expression][type]") {
  Attribute a;
  a.type = AttributeType::enumeration;
  a.values = {{"x", {}}, {"y", {}}};
  Attribute b = a;
  b.values = {{"y", {}}, {"z", {}}};
  const Type both = Type::join(Type::of(a), Type::of(b));
  CHECK(both.values(nullptr) == std::vector<std::string_view>{"x", "y", "z"});
  // Beside free text nothing is known.
  CHECK(Type::join(Type::of(a), TypeKind::text).values(nullptr).empty());
  const Type people = Type(TypeKind::integer).with_unit("people", true);
  CHECK(Type::join(people, people).unit() == "people");
  CHECK(Type::join(people, Type(TypeKind::integer).with_unit("days", true)).unit().empty());
  CHECK(Type::join(people, Type(TypeKind::integer).with_unit("days", true)).non_negative());
  CHECK_FALSE(Type::join(people, TypeKind::integer).non_negative());
  CHECK(Type::join(Type::node({KindId{0}}), Type::node({KindId{1}})).node_kinds().size() == 2);
  CHECK(Type::join(TypeKind::integer, TypeKind::text) == Type());
}

TEST_CASE("expression: dyn goes with everything, other kinds with themselves",
          "[expression][type]") {
  Unifier types;
  CHECK(types.assignable(Type(), TypeKind::integer));
  CHECK(types.assignable(TypeKind::integer, Type()));
  CHECK(types.assignable(TypeKind::error, TypeKind::integer));
  CHECK_FALSE(types.assignable(TypeKind::integer, TypeKind::uinteger));
  CHECK_FALSE(types.assignable(TypeKind::null, TypeKind::text));
  CHECK(types.assignable(Type::list(Type()), Type::list(TypeKind::integer)));
  CHECK_FALSE(types.assignable(Type::list(TypeKind::text), Type::list(TypeKind::integer)));
  CHECK(types.assignable(Type::type_of(TypeKind::integer), Type::type_of(TypeKind::text)));
  CHECK(types.assignable(Type::node({KindId{0}, KindId{1}}), Type::node({KindId{1}})));
  CHECK_FALSE(types.assignable(Type::node({KindId{0}}), Type::node({KindId{1}})));
  CHECK(types.assignable(TypeKind::node, Type::node({KindId{1}})));
}

TEST_CASE("expression: a type variable becomes what it is compared with", "[expression][type]") {
  Unifier types;
  const Type a = types.fresh();
  CHECK(types.assignable(Type::list(a), Type::list(TypeKind::integer)));
  CHECK(types.resolve(a) == Type(TypeKind::integer));
  CHECK_FALSE(types.assignable(a, TypeKind::text));
  // The more general of two types that go together is kept.
  CHECK(types.assignable(a, Type()));
  CHECK(types.resolve(a) == Type());
  const Type b = types.fresh();
  const Type c = types.fresh();
  CHECK(types.assignable(b, c));
  CHECK(types.assignable(TypeKind::text, c));
  CHECK(types.resolve(b) == Type(TypeKind::text));
  const Type free = types.fresh();
  CHECK(types.finish(Type::list(free)) == Type::list(Type()));
  // No type contains itself.
  CHECK_FALSE(types.assignable(free, Type::list(free)));
}

TEST_CASE("expression: a failed comparison of types can be taken back", "[expression][type]") {
  Unifier types;
  const Type a = types.fresh();
  const std::size_t mark = types.mark();
  CHECK_FALSE(types.assignable(Type::map(a, TypeKind::text),
                               Type::map(TypeKind::integer, TypeKind::bytes)));
  CHECK(types.resolve(a) == Type(TypeKind::integer));
  types.undo(mark);
  CHECK(types.resolve(a).is(TypeKind::variable));
}

TEST_CASE("expression: signatures are read, and what is wrong in them is said",
          "[expression][type]") {
  std::string problem;
  const auto read = [&](std::string_view text, bool host = false) {
    problem.clear();
    return detail::parse_signatures(text, host, problem);
  };
  const auto overloads = read("(int, int) -> int; list(A).sum() -> A;map(A, B).get(A) -> B");
  REQUIRE(overloads);
  REQUIRE(overloads->size() == 3);
  CHECK((*overloads)[0].text == "(int, int) -> int");
  CHECK_FALSE((*overloads)[0].method);
  CHECK_FALSE((*overloads)[0].generic);
  CHECK((*overloads)[1].method);
  CHECK((*overloads)[1].generic);
  CHECK((*overloads)[1].operands.size() == 1);
  CHECK((*overloads)[2].operands[0].text() == "map(A, B)");
  CHECK((*overloads)[2].result.text() == "B");
  CHECK_FALSE(read("(integer) -> int"));
  CHECK(problem == "'integer' is no type");
  CHECK(read("(tuple(A, B)) -> A", true));
  CHECK_FALSE(read("(int -> int"));
  CHECK(problem == "expected ')' at '-> int'");
  CHECK_FALSE(read("(int) int"));
  CHECK(problem == "expected '->' at 'int'");
  CHECK_FALSE(read("(int) -> int int"));
  CHECK(problem == "unexpected 'int'");
}

TEST_CASE("expression: every built-in has a name of its own and signatures that can be read",
          "[expression][type]") {
  const auto all = builtins();
  REQUIRE(all.size() > 20);
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    INFO(all[i].name);
    CHECK_FALSE(detail::builtin_overloads(i).empty());
    CHECK(find_builtin(all[i].name) == i);
    CHECK(all[i].apply != nullptr);
    CHECK_FALSE(all[i].about.empty());
    if (i != 0) CHECK(all[i - 1].name < all[i].name);
  }
  CHECK_FALSE(find_builtin("no such function"));
  for (const std::string_view name :
       {"_+_", "_-_", "_*_", "_/_", "_%_", "-_", "_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_",
        "_in_", "size", "date", "money", "sum"}) {
    INFO(name);
    CHECK(find_builtin(name));
  }
}

}  // namespace
