// Not part of the tests: pictures of every page, to be looked at. `npm run screenshots`
import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

export default defineConfig({
  ...tests,
  testMatch: 'screenshots.ts',
  fullyParallel: true,
  timeout: 300_000,
  reporter: [['list']],
});
