import { defineConfig, globalIgnores } from 'eslint/config';
import obsidianmd from 'eslint-plugin-obsidianmd';

export default defineConfig([
  globalIgnores(['dist', 'test', 'node_modules', '*.mjs', 'package.json', 'package-lock.json']),
  ...obsidianmd.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true } },
    // Declared settings came with a later app than the oldest one that this plugin runs in.
    rules: { 'obsidianmd/settings-tab/prefer-setting-definitions': 'off' },
  },
]);
