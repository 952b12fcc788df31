#pragma once
// A schema with every type of attribute, so that tests of this module depend on no content.

#include "eraudit/schema/schema.hpp"

namespace eraudit::test {

/// Node kinds `Thing` (every type: flag count share label note country on since price wage kinds
/// names), `Place` (name), `Person` (name). Edge kinds `paid` (Thing -> Thing or Place, key
/// category and on), `near` (Thing -> Place, no key), `knows` (Thing or Person -> Thing or Person,
/// key topic).
[[nodiscard]] const SchemaPtr& small_schema();

}  // namespace eraudit::test
