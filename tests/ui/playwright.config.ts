import { defineConfig } from '@playwright/test';
import { chromium } from './support/chromium.ts';

const report = process.env.PLAYWRIGHT_JSON_OUTPUT_NAME;

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: process.env.XUEJI_TESTS_RESULTS ?? 'test-results',
  globalSetup: './support/demo_data.ts',
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: chromium,
});
