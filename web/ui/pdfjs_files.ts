import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const package_folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const { version } = JSON.parse(readFileSync(join(package_folder, 'package.json'), 'utf8')) as { version: string };

/** Where they lie in the built application; the version in the address lets browsers keep them for ever. */
export const pdfjs_address = `/assets/pdfjs-${version}/`;

const kinds: [folder: string, wanted: RegExp][] = [
  ['cmaps', /\.bcmap$/],
  ['standard_fonts', /\.(pfb|ttf)$|^LICENSE/],
  ['wasm', /_nowasm_fallback\.js$|^LICENSE_(JBIG2|OPENJPEG|PDFJS_JBIG2|PDFJS_OPENJPEG)$/],
];

function files(): Map<string, string> {
  const found = new Map<string, string>();
  for (const [folder, wanted] of kinds)
    for (const name of readdirSync(join(package_folder, folder)))
      if (wanted.test(name)) found.set(name, join(package_folder, folder, name));
  return found;
}

/** Character maps, fonts and image decoders that pdf.js asks for by name while it reads a file; they come from our own host like all else. */
export function pdfjs_files(): Plugin {
  return {
    name: 'xueji:pdfjs-files',
    configureServer(server) {
      const served = files();
      server.middlewares.use(pdfjs_address, (request, response, next) => {
        const file = served.get((request.url ?? '').slice(1).split('?')[0] ?? '');
        if (!file) return next();
        response.setHeader('Content-Type', file.endsWith('.js') ? 'text/javascript' : 'application/octet-stream');
        createReadStream(file).on('error', next).pipe(response);
      });
    },
    generateBundle() {
      for (const [name, file] of files())
        this.emitFile({ type: 'asset', fileName: `${pdfjs_address.slice(1)}${name}`, source: readFileSync(file) });
    },
  };
}
