#!/usr/bin/env node
// script/name-variants: writes engine/registry/name_variants.cpp from Unihan_Variants.txt (Unicode licence), as Debian's
// package unicode-data has it. Names are found by the common form of each character: an ideograph outside of GB 2312 is
// taken for the one within it that Unihan calls its simplified, semantic or z-variant, or one that it is confused with.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'unihan-'));
try {
  execFileSync('sh', ['-c', 'apt-get download -qq unicode-data && dpkg-deb -x unicode-data*.deb .'], { cwd: folder });
  const file = join(folder, 'usr/share/unicode/Unihan_Variants.txt.bz2');
  const lines = execFileSync('bzcat', [file], { encoding: 'utf8' }).split('\n');
  const version = lines.find((line) => line.startsWith('# Unicode version:')).split(': ')[1].trim();

  const common = new Set();
  const gb = new TextDecoder('gbk');
  for (let row = 0xb0; row <= 0xf7; row += 1)
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      const text = gb.decode(Uint8Array.of(row, cell));
      if (/^\p{Script=Han}$/u.test(text)) common.add(text.codePointAt(0));
    }

  const order = ['kSimplifiedVariant', 'kSemanticVariant', 'kZVariant', 'kSpoofingVariant', 'kTraditionalVariant'];
  const variants = new Map();
  for (const line of lines) {
    const [from, property, to] = line.split('\t');
    const rank = order.indexOf(property);
    if (rank < 0 || from.startsWith('#')) continue;
    const one = parseInt(from.slice(2), 16);
    if (!variants.has(one)) variants.set(one, []);
    for (const target of to.trim().split(' ')) variants.get(one).push([rank, parseInt(target.slice(2), 16)]);
  }
  const common_form = (one, seen = new Set()) => {
    if (common.has(one)) return one;
    seen.add(one);
    for (const [, target] of (variants.get(one) ?? []).sort(([a], [b]) => a - b)) {
      const found = seen.has(target) ? undefined : common_form(target, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const pairs = [];
  for (const one of [...variants.keys()].sort((a, b) => a - b)) {
    const form = common_form(one);
    if (form !== undefined && form !== one) pairs.push(String.fromCodePoint(one, form));
  }
  const rows = [];
  for (let at = 0; at < pairs.length; at += 25) rows.push(`    U"${pairs.slice(at, at + 25).join('')}"`);

  writeFileSync(
    join(root, 'engine/registry/name_variants.cpp'),
    `// Written by script/name-variants.mjs from Unihan of Unicode ${version}: change that, not this.
#include "engine/registry/name_variants.hpp"

#include <string_view>

namespace xueji {
namespace {

// clang-format off
/// A character and its common form, by the first in order.
constexpr std::u32string_view pairs =
${rows.join('\n')};
// clang-format on

}  // namespace

char32_t common_form(char32_t c) {
  std::size_t from = 0, to = pairs.size() / 2;
  while (from < to) {
    const std::size_t middle = (from + to) / 2;
    if (pairs[2 * middle] == c) return pairs[2 * middle + 1];
    if (pairs[2 * middle] < c)
      from = middle + 1;
    else
      to = middle;
  }
  return c;
}

}  // namespace xueji
`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
