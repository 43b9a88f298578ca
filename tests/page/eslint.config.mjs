import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    rules: { "no-control-regex": "off", "prefer-const": "error", eqeqeq: ["error", "always", { null: "ignore" }] },
  },
];
