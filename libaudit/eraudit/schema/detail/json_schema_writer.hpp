#pragma once
// The phrases of JSON Schema. JSON Schemas help while typing: names, values, shapes, questions as
// hover text. What a file means is judged by the readers, so patterns are generous where the
// readers say better what is wrong.

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "eraudit/core/json_writer.hpp"

namespace eraudit::detail {

inline constexpr std::string_view json_schema_draft = "http://json-schema.org/draft-07/schema#";

/// JsonWriter with the phrases of JSON Schema.
class JsonSchemaWriter {
 public:
  JsonSchemaWriter() : json_(out_) {}

  std::string finish() {
    out_ += '\n';
    return std::move(out_);
  }

  void begin() { json_.begin_object(); }
  void begin(std::string_view key) { json_.key(key).begin_object(); }
  void end() { json_.end_object(); }
  void begin_list(std::string_view key) { json_.key(key).begin_array(); }
  void end_list() { json_.end_array(); }
  void member(std::string_view key, std::string_view value) { json_.member(key, value); }
  void number(std::string_view key, std::int64_t value) { json_.member(key, value); }
  void yes_or_no(std::string_view key, bool value) { json_.key(key).boolean(value); }
  void item(std::string_view value) { json_.text(value); }

  void words(std::string_view key, std::initializer_list<std::string_view> values) {
    begin_list(key);
    for (const std::string_view value : values) item(value);
    end_list();
  }
  void words(std::string_view key, std::span<const std::string_view> values) {
    begin_list(key);
    for (const std::string_view value : values) item(value);
    end_list();
  }
  /// `{"type": ..}` as a list item or, with a key, a member.
  void typed(std::string_view type) {
    begin();
    member("type", type);
    end();
  }
  void text_like(std::string_view pattern) {
    begin();
    member("type", "string");
    member("pattern", pattern);
    end();
  }
  void reference(std::string_view name) {
    begin();
    member("$ref", "#/definitions/" + std::string(name));
    end();
  }
  void reference(std::string_view key, std::string_view name) {
    json_.key(key);
    reference(name);
  }
  void typed(std::string_view key, std::string_view type) {
    json_.key(key);
    typed(type);
  }
  void text_like(std::string_view key, std::string_view pattern) {
    json_.key(key);
    text_like(pattern);
  }

 private:
  std::string out_;
  JsonWriter json_;
};

}  // namespace eraudit::detail
