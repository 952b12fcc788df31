// The opt-in header, from an installed library: a chain of two agencies is no cycle.
#include <boost/graph/strong_components.hpp>
#include <eraudit/eraudit.hpp>
#include <eraudit/network/boost_graph.hpp>
#include <vector>

int main() {
  eraudit::NetworkBuilder builder(eraudit::recruitment_schema());
  const auto recruiter = *builder.schema().find_kind("Recruiter");
  builder.node(recruiter, "first");
  builder.node(recruiter, "second");
  builder.edge(*builder.schema().find_edge("engages"), "first", "second");
  const auto network = builder.build();
  const eraudit::BoostGraph graph(*network);
  std::vector<int> component(num_vertices(graph));
  const int components = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  return components == 2 ? 0 : 1;
}
