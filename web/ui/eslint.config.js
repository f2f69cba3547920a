import vueI18n from '@intlify/eslint-plugin-vue-i18n';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import typescript from 'typescript-eslint';

export default typescript.config(
  { ignores: ['node_modules', '*.json', 'src/api/schema.d.ts'] },
  ...typescript.configs.recommended,
  ...vue.configs['flat/recommended'],
  ...vueI18n.configs['flat/recommended'],
  {
    settings: {
      'vue-i18n': { messageSyntaxVersion: '^11.0.0', localeDir: { pattern: './src/messages/*/*.json', localePattern: /^.*\/(?<locale>zh|en)\/[a-z_]+\.json$/, localeKey: 'path' } },
    },
  },
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: typescript.parser } },
    rules: {
      // What people read stands in the message files, what it looks like in style sheets.
      '@intlify/vue-i18n/no-raw-text': ['error', { ignorePattern: '^[-–—·/:：()（）#|×+…→\\d\\s]*$', attributes: { '/.+/': ['title', 'aria-label', 'placeholder', 'label', 'alt', 'description'] } }],
      '@intlify/vue-i18n/no-missing-keys': 'error',
      '@intlify/vue-i18n/no-dynamic-keys': 'off',
      'vue/no-static-inline-styles': ['error', { allowBinding: false }],
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-macros-order': 'error',
      'vue/require-default-prop': 'off',
      'no-console': ['error', { allow: ['error'] }],
      eqeqeq: 'error',
    },
  },
  prettier,
);
