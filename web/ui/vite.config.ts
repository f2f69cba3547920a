import vue from '@vitejs/plugin-vue';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import components from 'unplugin-vue-components/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The running server that `script/ui` passes on to. */
const server = process.env.XUEJI_SERVER ?? 'http://127.0.0.1:8080';
const passed_on = ['/api', '/demo', '/healthz', '/readyz', '/metrics', '/openapi.json', '/docs', '/problems', '/style.css', '/fonts'];

export default defineConfig({
  plugins: [
    vue(),
    components({ dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })], dts: false }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  build: {
    outDir: '../../build/ui',
    emptyOutDir: true,
    // The last Chromium for Windows 7, as old school PCs have it.
    target: ['chrome109', 'firefox115', 'safari16'],
    // A data: URI would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(passed_on.map((path) => [path, { target: server, ws: path === '/api' }])),
  },
  test: { include: ['src/**/*.test.ts'] },
});
