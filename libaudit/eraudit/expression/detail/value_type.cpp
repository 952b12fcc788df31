#include "eraudit/expression/detail/value_type.hpp"

namespace eraudit::detail {

TypeKind type_kind(const Value& value) {
  switch (value.kind) {
    case ValueKind::null:
      return TypeKind::null;
    case ValueKind::boolean:
      return TypeKind::boolean;
    case ValueKind::integer:
      return TypeKind::integer;
    case ValueKind::uinteger:
      return TypeKind::uinteger;
    case ValueKind::number:
      return TypeKind::number;
    case ValueKind::text:
      return TypeKind::text;
    case ValueKind::bytes:
      return TypeKind::bytes;
    case ValueKind::list:
      return TypeKind::list;
    case ValueKind::map:
      return TypeKind::map;
    case ValueKind::type:
      return TypeKind::type;
    case ValueKind::timestamp:
      return TypeKind::timestamp;
    case ValueKind::duration:
      return TypeKind::duration;
    case ValueKind::date:
      return TypeKind::date;
    case ValueKind::money:
    case ValueKind::money_terms:
      return TypeKind::money;
    case ValueKind::node:
      return TypeKind::node;
    case ValueKind::edge:
      return TypeKind::edge;
    case ValueKind::record:
      return TypeKind::record;
    default:
      return TypeKind::dyn;
  }
}

}  // namespace eraudit::detail
