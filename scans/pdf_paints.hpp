// Whether what a PDF paints with is whole: patterns, shadings, colour spaces. Poppler leaves out the others, or paints
// on in the colour of before, and mostly says nothing.
#pragma once
#include <Object.h>

class XRef;

namespace xueji::scans {

/// Also its shading. Tiles are whole if they have contents; what these paint is another question.
bool is_whole_pattern(const Object& pattern);

/// Its colours and functions are there, and of a mesh the last point.
bool is_whole_shading(const Object& shading);

bool is_whole_colour_space(const Object& space);

}  // namespace xueji::scans
