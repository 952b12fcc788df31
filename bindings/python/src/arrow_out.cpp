#include "arrow_out.hpp"

#include <cerrno>

namespace eraudit::python {
namespace {

struct Words {
  std::vector<std::int64_t> offsets{0};
  std::string bytes;

  void add(std::string_view word) {
    bytes.append(word);
    offsets.push_back(static_cast<std::int64_t>(bytes.size()));
  }
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
};

}  // namespace

struct ArrowExport::Column {
  std::string name;
  bool coded = false;
  std::vector<std::int32_t> codes;
  Words words;  ///< of rows, or of the dictionary
};

struct ArrowExport::Content {
  std::vector<Column> columns;
  std::int64_t rows = 0;
};

namespace {

using Shared = std::shared_ptr<ArrowExport::Content>;

/// What the structs handed out point into; freed with the outermost, as the interface demands that
/// children can be moved out of their parent.
struct SchemaParts {
  Shared content;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

void release_plain_schema(ArrowSchema* schema) {
  delete static_cast<Shared*>(schema->private_data);
  schema->release = nullptr;
}

void release_coded_schema(ArrowSchema* schema) {
  if (schema->dictionary != nullptr) {
    if (schema->dictionary->release != nullptr) schema->dictionary->release(schema->dictionary);
    delete schema->dictionary;
  }
  release_plain_schema(schema);
}

void release_table_schema(ArrowSchema* schema) {
  auto* parts = static_cast<SchemaParts*>(schema->private_data);
  for (ArrowSchema& child : parts->children) {
    if (child.release != nullptr) child.release(&child);
  }
  delete parts;
  schema->release = nullptr;
}

ArrowSchema plain_schema(const Shared& content, const char* format, const char* name) {
  return {format, name, nullptr, 0, 0, nullptr, nullptr, release_plain_schema, new Shared(content)};
}

void make_schema(const Shared& content, ArrowSchema* out) {
  auto* parts = new SchemaParts{content, {}, {}};
  for (const ArrowExport::Column& column : content->columns) {
    ArrowSchema child = plain_schema(content, column.coded ? "i" : "U", column.name.c_str());
    if (column.coded) {
      child.dictionary = new ArrowSchema(plain_schema(content, "U", ""));
      child.release = release_coded_schema;
    }
    parts->children.push_back(child);
  }
  for (ArrowSchema& child : parts->children) parts->pointers.push_back(&child);
  *out = {"+s",
          "",
          nullptr,
          0,
          static_cast<std::int64_t>(parts->children.size()),
          parts->pointers.data(),
          nullptr,
          release_table_schema,
          parts};
}

struct ArrayParts {
  Shared content;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

void release_array(ArrowArray* array) {
  auto* parts = static_cast<ArrayParts*>(array->private_data);
  for (ArrowArray& child : parts->children) {
    if (child.release != nullptr) child.release(&child);
  }
  if (array->dictionary != nullptr) {
    if (array->dictionary->release != nullptr) array->dictionary->release(array->dictionary);
    delete array->dictionary;
  }
  delete parts;
  array->release = nullptr;
}

ArrowArray make_array(const Shared& content, std::int64_t rows, std::vector<const void*> buffers) {
  auto* parts = new ArrayParts{content, std::move(buffers), {}, {}};
  return {rows,
          0,
          0,
          static_cast<std::int64_t>(parts->buffers.size()),
          0,
          parts->buffers.data(),
          nullptr,
          nullptr,
          release_array,
          parts};
}

ArrowArray words_array(const Shared& content, const Words& words) {
  return make_array(content, words.size(), {nullptr, words.offsets.data(), words.bytes.data()});
}

ArrowArray table_array(const Shared& content) {
  ArrowArray table = make_array(content, content->rows, {nullptr});
  auto* parts = static_cast<ArrayParts*>(table.private_data);
  for (const ArrowExport::Column& column : content->columns) {
    if (!column.coded) {
      parts->children.push_back(words_array(content, column.words));
      continue;
    }
    ArrowArray child = make_array(content, content->rows, {nullptr, column.codes.data()});
    child.dictionary = new ArrowArray(words_array(content, column.words));
    parts->children.push_back(child);
  }
  for (ArrowArray& child : parts->children) parts->pointers.push_back(&child);
  table.n_children = static_cast<std::int64_t>(parts->children.size());
  table.children = parts->pointers.data();
  return table;
}

struct Stream {
  Shared content;
  bool done = false;
};

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  make_schema(static_cast<Stream*>(stream->private_data)->content, out);
  return 0;
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  auto* state = static_cast<Stream*>(stream->private_data);
  *out = state->done ? ArrowArray{} : table_array(state->content);
  state->done = true;
  return 0;
}

const char* stream_error(ArrowArrayStream*) {
  return nullptr;
}

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<Stream*>(stream->private_data);
  stream->release = nullptr;
}

void free_capsule(PyObject* capsule) {
  auto* stream =
      static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
  if (stream == nullptr) return PyErr_Clear();
  if (stream->release != nullptr) stream->release(stream);
  delete stream;
}

}  // namespace

ArrowExport::ArrowExport() : content_(std::make_shared<Content>()) {}
ArrowExport::~ArrowExport() = default;
ArrowExport::ArrowExport(ArrowExport&&) noexcept = default;

void ArrowExport::dictionary(std::string name, const std::vector<std::string>& words,
                             std::vector<std::int32_t> codes) {
  Column column;
  column.name = std::move(name);
  column.coded = true;
  for (const std::string& word : words) column.words.add(word);
  column.codes = std::move(codes);
  content_->rows = static_cast<std::int64_t>(column.codes.size());
  content_->columns.push_back(std::move(column));
}

void ArrowExport::texts(std::string name, std::size_t rows,
                        const std::function<std::string_view(std::size_t)>& text) {
  Column column;
  column.name = std::move(name);
  for (std::size_t i = 0; i < rows; ++i) column.words.add(text(i));
  content_->rows = static_cast<std::int64_t>(rows);
  content_->columns.push_back(std::move(column));
}

nb::object ArrowExport::capsule() && {
  auto* stream = new ArrowArrayStream{stream_schema, stream_next, stream_error, release_stream,
                                      new Stream{content_, false}};
  PyObject* made = PyCapsule_New(stream, "arrow_array_stream", free_capsule);
  if (made == nullptr) throw nb::python_error();
  return nb::steal(made);
}

}  // namespace eraudit::python
