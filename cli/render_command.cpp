#include "cli/render_command.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "cli/setup/console.hpp"
#include "engine/definition/loader.hpp"
#include "engine/render/bpmn.hpp"
#include "engine/render/mermaid.hpp"
#include "engine/render/svg.hpp"

namespace xueji {
namespace {

std::string render(const Definition& definition, const RenderArguments& arguments) {
  const Language language = arguments.language == "en" ? Language::en : Language::zh;
  if (arguments.form == "mermaid") return render_mermaid(definition, language);
  if (arguments.form == "bpmn") return render_bpmn(definition, language);
  return render_svg(definition, language, SvgUse::file);
}

void write(const std::string& text, const std::string& file) {
  if (file.empty()) {
    std::cout << text;
    return;
  }
  std::ofstream stream{file, std::ios::binary | std::ios::trunc};
  stream << text << std::flush;
  if (!stream) throw UsageError(fmt::format("the file {} can't be written", file));
}

}  // namespace

int run_render(const RenderArguments& arguments) {
  const auto loaded = load_definition(read_whole_file(arguments.file), arguments.file);
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) {
    print_faults(*faults);
    return exit_fault;
  }
  write(render(std::get<Definition>(loaded), arguments), arguments.out);
  return exit_done;
}

}  // namespace xueji
