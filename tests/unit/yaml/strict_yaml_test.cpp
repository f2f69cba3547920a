#include "engine/yaml/strict_yaml.hpp"

#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;
using Catch::Matchers::StartsWith;

namespace {

std::string refused(const std::string& yaml) {
  const auto read = read_strict_yaml(yaml, "y");
  std::string lines;
  if (const auto* faults = std::get_if<std::vector<Fault>>(&read))
    for (const auto& fault : *faults) lines += fault.to_string() + "\n";
  return lines;
}

std::string repeated(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("anchors, aliases, tags and merge keys are refused where they stand") {
  CHECK(refused("a: &x 1\nb: *x\n") ==
        "y:1:4: error: anchors are not allowed; remove the `&` and its name; put texts that begin with `&` between "
        "quotes\n"
        "y:2:4: error: aliases are not allowed; write the value out again\n");
  const std::string tag =
      "tags are not allowed; remove the `!` and its name; put texts that begin with `!` between quotes\n";
  CHECK(refused("a: !!str 1\n") == "y:1:4: error: " + tag);
  CHECK(refused("a: ! 1\n") == "y:1:4: error: " + tag);
  CHECK(refused("a: ! \"1\"\n") == "y:1:4: error: " + tag);
  CHECK(refused("a: !!set {b: c}\n") == "y:1:4: error: " + tag);
  CHECK(refused("a: !!seq [b]\n") == "y:1:4: error: " + tag);
  CHECK(refused("a: {<<: {b: c}}\n") == "y:1:5: error: merge keys are not allowed; write the keys out again\n");
}

TEST_CASE("a bomb of aliases is refused without being unfolded") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const auto before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeated(before + ", ", 9) + before + "]\n";
  }
  CHECK_THAT(refused(bomb), StartsWith("y:1:5: error: anchors are not allowed;"));
}

TEST_CASE("a list that holds itself is refused") {
  CHECK_THAT(refused("a: &a [*a]\n"), StartsWith("y:1:4: error: anchors are not allowed;"));
}

TEST_CASE("a key may stand once in a map") {
  CHECK(refused("role: county\nrole: ministry\n") ==
        "y:2:1: error: the key `role` stands here a second time; keep one of the two\n");
  CHECK(refused("a: {b: 1, \"b\": 2}\n") ==
        "y:1:11: error: the key `b` stands here a second time; keep one of the two\n");
  CHECK(refused("a: {b: 1}\nc: {b: 1}\n").empty());
}

TEST_CASE("a key must be a plain text") {
  CHECK(refused("? [a]\n: b\n") == "y:1:3: error: a key must be a plain text; write `key: value`\n");
  CHECK(refused("~: b\n") == "y:1:1: error: a key must be a plain text; write `key: value`\n");
}

TEST_CASE("a second document is refused") {
  const std::string advice = "a second document begins here; keep one document in a file; remove `---` and `...`\n";
  CHECK(refused("a: 1\n---\nb: 2\n") == "y:2:1: error: " + advice);
  CHECK(refused("a: 1\n...\nb)\n") == "y:3:1: error: " + advice);
  CHECK(refused("---\na: 1\n").empty());
}

TEST_CASE("nesting, size and number of values are bounded") {
  CHECK(refused("a: " + repeated("[", 31) + repeated("]", 31) + "\n").empty());
  CHECK(refused("a: " + repeated("[", 32) + repeated("]", 32) + "\n") ==
        "y:1:35: error: this is nested deeper than 32 levels; make the file flatter\n");
  CHECK_THAT(refused(repeated("{a: ", 100'000 / 4)),
             StartsWith("y:1:125: error: this is nested deeper than 32 levels"));
  CHECK_THAT(refused(repeated("- ", 50'000)), StartsWith("y:1:65: error: this is nested deeper than 32 levels"));
  CHECK(refused("a: " + std::string(300 * 1024, 'x') + "\n") ==
        "y:1:1: error: this file is larger than 256 KiB; split it into several files\n");
  CHECK_THAT(refused("a: [" + repeated("x,", 25'000) + "]\n"),
             StartsWith("y:1:39999: error: this file has more than 20000 values"));
}

TEST_CASE("text that is not clean UTF-8 is refused, and Windows line ends are not") {
  const std::string rest =
      "this line is not UTF-8 text or holds a control character; save the file as UTF-8 and remove characters that "
      "cannot be seen\n";
  CHECK(refused("a: 1\nb: \xFF\n") == "y:2:1: error: " + rest);
  CHECK(refused(std::string{"a: \0\n", 5}) == "y:1:1: error: " + rest);
  CHECK(refused("a: 1\rb: 2\n") == "y:1:1: error: " + rest);
  CHECK(refused("a: \"\\u0007\"\n") ==
        "y:1:4: error: this text holds a control character; remove the escape that makes it\n");
  CHECK(refused("\xEF\xBB\xBF"
                "a: 1\r\nb: 2\r\n")
            .empty());
}

TEST_CASE("what is no YAML is refused with its place") {
  const std::string advice = "look at the indentation, colons, brackets and quotes here and on the line before\n";
  CHECK(refused("a: b: c\n") == "y:1:5: error: this is not valid YAML (illegal map value); " + advice);
  CHECK(refused("a: 1\n b: 2\n") == "y:2:3: error: this is not valid YAML (illegal map value); " + advice);
  CHECK(refused("a: [1, 2)\n") == "y:2:1: error: this is not valid YAML (end of sequence flow not found); " + advice);
  CHECK(refused("{a: b}}\n") == "y:1:7: error: this is not valid YAML (illegal flow end); " + advice);
  CHECK(refused("中: @x\n") == "y:1:4: error: this is not valid YAML (unknown token); " + advice);
  CHECK(refused("a: \"never closed\n") ==
        "y:1:4: error: the quoted text that begins here does not end; close it with \"\n");
  CHECK(refused("a: 'it''s\n") == "y:1:4: error: the quoted text that begins here does not end; close it with '\n");
}

TEST_CASE("a file that is empty or no map is refused") {
  CHECK(refused("") == "y:1:1: error: this file is empty; begin with `format: 1`\n");
  CHECK(refused("# nothing\n") == "y:1:1: error: this file is empty; begin with `format: 1`\n");
  CHECK(refused("- a\n") == "y:1:1: error: this file is no map of keys; begin with `format: 1`\n");
  CHECK(refused(")\n") == "y:1:1: error: this file is no map of keys; begin with `format: 1`\n");
}

TEST_CASE("documents that once made the library eat all memory are answered at once") {
  for (const auto* malformed : {"a: 1\n)\n", "- rule: x\n  desc: y\n)\n- rule: z\n", "a:\n  - b: |\n    c\n)\n---\n)\n",
                                "{a: [1, 2}\n)\n", "%TAG\n---\n)"})
    CHECK_NOTHROW(refused(malformed));
  CHECK_THAT(faults_of("format: 1\n)\n"), StartsWith("w.yaml:1:1: error: a definition needs `key`"));
}

TEST_CASE("scalars are texts as they were written, never guessed") {
  const auto read = read_strict_yaml("a: no\nb: 0123\nc: 1e3\nd: \"true\"\n", "y");
  const auto& root = std::get<YamlDocument>(read).root;
  CHECK(root.find("a")->text == "no");
  CHECK(root.find("b")->text == "0123");
  CHECK(root.find("c")->text == "1e3");
  CHECK_FALSE(root.find("a")->quoted);
  CHECK(root.find("d")->quoted);
  CHECK(root.find("missing") == nullptr);
}

TEST_CASE("columns count characters, as an editor does") {
  const auto read = read_strict_yaml("中文: {钥匙: \"张三 and more\"}\n", "y");
  const auto& document = std::get<YamlDocument>(read);
  const auto& text = *document.root.find("中文")->find("钥匙");
  CHECK(text.position == Position{1, 10});
  CHECK(document.place_in(text, std::string{"张三 "}.size()) == Position{1, 14});
}
