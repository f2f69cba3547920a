#include "engine/render/bpmn.hpp"
namespace xueji {
std::string render_bpmn(const Definition&, Language) { return {}; }
}  // namespace xueji
